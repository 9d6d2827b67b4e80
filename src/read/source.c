#include "read/source.h"

#include <assert.h>

#include "base/utf8.h"

/* Two bytes of GB18030 make three of UTF-8 at most. */
#define DECODED_MAX_BYTES ((size_t)FA_DOC_MAX_BYTES * 3)

int
fa_source_init(struct fa_source *s, struct fa_str raw, struct fa_enc_pick pick,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str body = fa_str_sub(raw, pick.bom_bytes, raw.n);
	uint32_t *cache = NULL;
	int rc;

	*s = (struct fa_source){ .raw = raw,
		.encoding = pick.encoding,
		.bom_bytes = pick.bom_bytes,
		.simd = fa_cpu_simd(),
		.at_raw = pick.bom_bytes,
		.back_raw = pick.bom_bytes };
	fa_buf_init(&s->own, DECODED_MAX_BYTES);
	if (pick.encoding == FA_ENC_UTF8 &&
		(pick.valid || fa_utf8_look(body, s->simd).valid)) {
		s->text = body;
		s->same = true;
		return FA_OK;
	}
	if (pick.encoding == FA_ENC_GB18030 || pick.encoding == FA_ENC_BIG5) {
		cache = fa_arena_new(a, FA_ENC_CACHE_RUNES, sizeof(*cache));
		if (cache == NULL) {
			return fa_fail(err, FA_E_NOMEM,
				"out of memory for the decoder");
		}
	}
	rc = fa_enc_decode(
		&s->own, pick.encoding, body, cache, &s->bad_bytes, err);
	if (rc < 0)
		return rc;
	s->text = fa_buf_str(&s->own);
	return fa_buf_rc(&s->own, "decoded document", err);
}

void
fa_source_done(struct fa_source *s)
{
	fa_buf_done(&s->own);
	s->text = FA_STR_NONE;
}

/* Walks to text offset to. */
static size_t
walk(struct fa_source *s, size_t to)
{
	if (to < s->at_text) {
		if (to < s->back_text) {
			s->back_text = 0;
			s->back_raw = s->bom_bytes;
		}
		s->at_text = s->back_text;
		s->at_raw = s->back_raw;
	}
	while (s->at_text < to) {
		struct fa_str text = { s->text.p + s->at_text,
			s->text.n - s->at_text };
		struct fa_str raw = { s->raw.p + s->at_raw,
			s->raw.n - s->at_raw };
		uint32_t cp;

		assert(raw.n > 0);
		s->at_text += fa_utf8_next(text, &cp);
		s->at_raw += fa_enc_unit(s->encoding, raw, cp);
		if (cp == '\n' || cp == '\r') {
			s->back_text = s->at_text;
			s->back_raw = s->at_raw;
		}
	}
	return s->at_raw;
}

void
fa_source_move(struct fa_source *s, size_t text, size_t raw)
{
	s->at_text = text;
	s->at_raw = raw;
}

struct fa_range
fa_source_raw(struct fa_source *s, size_t from, size_t to)
{
	struct fa_range r;

	assert(from <= to && to <= s->text.n);
	if (s->same) {
		return (struct fa_range){ (uint32_t)(from + s->bom_bytes),
			(uint32_t)(to + s->bom_bytes) };
	}
	r.from = (uint32_t)walk(s, from);
	r.to = (uint32_t)walk(s, to);
	return r;
}
