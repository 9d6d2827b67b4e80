#include "read/source.h"

#include <assert.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

/* A bad byte makes three, and decoders ask for a little more. */
#define DECODED_MAX_BYTES ((size_t)FA_DOC_MAX_BYTES * 3 + 64)

/* How much is decoded at once: all, or some of a view up to a byte that is a
 * character of its own and no part of others. */
static size_t
slice(const struct fa_source *s, struct fa_str raw)
{
	size_t n = FA_SOURCE_KEEP_BYTES;

	if (!s->paged || s->encoding == FA_ENC_UTF16LE ||
		s->encoding == FA_ENC_UTF16BE || raw.n < n)
		return raw.n;
	while (n < raw.n && (unsigned char)raw.p[n - 1] >= '0')
		n++;
	return n;
}

static int
decode(struct fa_source *s, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err)
{
	uint32_t *cache = NULL;
	int rc = FA_OK;

	if (s->encoding == FA_ENC_BIG5) {
		cache = fa_arena_new(a, FA_ENC_CACHE_RUNES, sizeof(*cache));
		if (cache == NULL) {
			return fa_fail(err, FA_E_NOMEM,
				"out of memory for the decoder");
		}
	}
	/* Two bytes of GB18030 mostly become three. */
	if (s->encoding == FA_ENC_GB18030)
		(void)fa_buf_reserve(&s->own, raw.n + raw.n / 2);
	while (rc == FA_OK && raw.n > 0) {
		size_t n = slice(s, raw);

		rc = fa_enc_decode(&s->own, s->encoding, fa_str_sub(raw, 0, n),
			cache, &s->bad_bytes, err);
		raw = fa_str_sub(raw, n, raw.n);
		fa_source_pass(s, (size_t)(raw.p - s->raw.p));
	}
	s->text = fa_buf_str(&s->own);
	return rc < 0 ? rc : fa_buf_rc(&s->own, "decoded document", err);
}

int
fa_source_init(struct fa_source *s, struct fa_str raw, struct fa_enc_pick pick,
	bool paged, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str body = fa_str_sub(raw, pick.bom_bytes, raw.n);
	int rc = FA_OK;

	*s = (struct fa_source){ .raw = raw,
		.encoding = pick.encoding,
		.bom_bytes = pick.bom_bytes,
		.simd = fa_cpu_simd(),
		.paged = paged,
		.at_raw = pick.bom_bytes,
		.back_raw = pick.bom_bytes };
	fa_buf_init(&s->own, DECODED_MAX_BYTES);
	s->same = pick.encoding == FA_ENC_UTF8 &&
		(pick.valid || fa_utf8_look(body, s->simd).valid);
	if (paged)
		fa_file_forget(raw);
	if (s->same)
		s->text = body;
	else
		rc = decode(s, body, a, err);
	s->gone = 0; /* from here on it is read once more */
	return rc;
}

void
fa_source_let_go(struct fa_source *s, size_t raw)
{
	fa_file_forget(fa_str_sub(s->raw, s->gone, raw));
	s->gone = raw;
}

void
fa_source_done(struct fa_source *s)
{
	fa_buf_done(&s->own);
	s->text = FA_STR_NONE;
}

/* Whether eight bytes are ASCII without the end of a line. */
static bool
is_inside_line(const char *p)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t w, lf, cr;

	memcpy(&w, p, sizeof(w));
	lf = w ^ ones * '\n';
	cr = w ^ ones * '\r';
	/* A byte that borrows was zero. */
	return ((w | (lf - ones) | (cr - ones)) & ones << 7) == 0;
}

#ifdef __x86_64__
#include <immintrin.h>

/* Walks over ASCII, 32 bytes at once, as far as there is nothing else. */
FA_AVX2 static void
walk_ascii(struct fa_source *s, size_t to)
{
	size_t raw = s->at_raw - s->at_text, at = s->at_text;

	for (; to - at >= 32; at += 32) {
		__m256i v = _mm256_loadu_si256(
			(const __m256i *)(const void *)(s->text.p + at));
		uint32_t ends = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(
			_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')),
			_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'))));

		if (_mm256_movemask_epi8(v) != 0)
			break;
		if (ends != 0) {
			s->back_text = at + 32 - (size_t)__builtin_clz(ends);
			s->back_raw = s->back_text + raw;
		}
	}
	s->at_text = at;
	s->at_raw = at + raw;
}
#endif

/* Walks over one character, or several of ASCII. */
static void
step(struct fa_source *s, size_t to)
{
	struct fa_str text = { s->text.p + s->at_text, s->text.n - s->at_text };
	struct fa_str raw = { s->raw.p + s->at_raw, s->raw.n - s->at_raw };
	bool narrow =
		s->encoding != FA_ENC_UTF16LE && s->encoding != FA_ENC_UTF16BE;
	uint32_t cp;

	assert(raw.n > 0);
	if (narrow && to - s->at_text >= 8 && is_inside_line(text.p)) {
		s->at_text += 8;
		s->at_raw += 8;
#ifdef __x86_64__
		if (s->simd == FA_SIMD_AVX2)
			walk_ascii(s, to);
#endif
		return;
	}
	s->at_text += fa_utf8_next(text, &cp);
	s->at_raw +=
		cp < 0x80 && narrow ? 1 : fa_enc_unit(s->encoding, raw, cp);
	if (cp == '\n' || cp == '\r') {
		s->back_text = s->at_text;
		s->back_raw = s->at_raw;
	}
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
	while (s->at_text < to)
		step(s, to);
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
