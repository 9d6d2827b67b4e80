#include "audit/evidence.h"

#include <assert.h>
#include <stdlib.h>

#include "read/read.h"

#define CONTEXT_BYTES 240 /* of text before and after, at most */
#define QUOTE_BUF_BYTES (256u << 10)
#define RAW_BYTES (QUOTE_BUF_BYTES / 4) /* of the original in a quote */

static bool
is_tail_byte(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* The texts of one piece of evidence, one behind the other while they are made;
 * then they are copied at once. */
#define PIECES 5
struct pieces {
	const struct fa_doc *doc;
	struct fa_buf buf;
	struct fa_str *to[PIECES];
	size_t end[PIECES];
	size_t n;
};

/* What was appended last becomes *to. */
static void
end_piece(struct pieces *p, struct fa_str *to)
{
	assert(p->n < PIECES);
	p->to[p->n] = to;
	p->end[p->n++] = p->buf.n;
}

static void
visible(struct pieces *p, struct fa_str *to, struct fa_range r)
{
	if (r.from < r.to)
		fa_read_visible(p->doc, r, &p->buf);
	end_piece(p, to);
}

static void
done_pieces(struct pieces *p)
{
	fa_buf_done(&p->buf);
}

static int
keep(struct pieces *p, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str all = fa_buf_str(&p->buf);
	size_t from = 0;
	int rc = fa_buf_rc(&p->buf, "quote", err);

	if (rc < 0)
		return rc;
	all = fa_arena_dup(a, all);
	if (!all.p)
		return fa_fail(err, FA_E_NOMEM, "no memory to quote");
	for (size_t i = 0; i < p->n; i++) {
		*p->to[i] = (struct fa_str){ all.p + from, p->end[i] - from };
		from = p->end[i];
	}
	return FA_OK;
}

/* The range cut to at most max bytes of text, at a character. */
static struct fa_range
cut_tail(const struct fa_doc *doc, struct fa_range r, uint32_t max)
{
	if (r.to - r.from > max) {
		r.to = r.from + max;
		while (r.to > r.from && is_tail_byte(doc->text.p[r.to]))
			r.to--;
	}
	return r;
}

static struct fa_range
cut_head(const struct fa_doc *doc, struct fa_range r, uint32_t max)
{
	if (r.to - r.from > max) {
		r.from = r.to - max;
		while (r.from < r.to && is_tail_byte(doc->text.p[r.from]))
			r.from++;
	}
	return r;
}

static void
heading(struct pieces *p, struct fa_str *out, uint32_t sentence)
{
	const struct fa_doc *doc = p->doc;
	uint32_t block = doc->sentences[sentence].block;
	const struct fa_key *key = fa_doc_key_at(doc, block);
	uint32_t s = doc->blocks[block].section;

	if (key != NULL) {
		if (key->name.n > 0)
			*out = key->name;
		return;
	}
	if (s == FA_DOC_NONE || doc->loose)
		return;
	visible(p, out,
		cut_tail(doc, doc->blocks[doc->sections[s].heading].text,
			CONTEXT_BYTES));
}

/* The first character of a range that is not empty. */
static struct fa_range
first_rune(const struct fa_doc *doc, struct fa_range r)
{
	uint32_t to = r.from + 1;

	while (to < r.to && is_tail_byte(doc->text.p[to]))
		to++;
	return (struct fa_range){ r.from, to };
}

/* Shortens a passage until its original bytes, too, are within the limit:
 * markup between two characters may be long. */
static struct fa_range
fit(const struct fa_doc *doc, struct fa_range text)
{
	struct fa_range r = cut_tail(doc, text, FA_FINDING_QUOTE_BYTES);
	struct fa_range raw = fa_doc_raw(doc, r);

	while (raw.to - raw.from > RAW_BYTES) {
		struct fa_range one = first_rune(doc, r);

		if (one.to == r.to)
			break;
		r = cut_tail(doc, r, (r.to - r.from) / 2);
		if (r.from == r.to)
			r = one;
		raw = fa_doc_raw(doc, r);
	}
	return r;
}

int
fa_evidence_cut(struct fa_evidence *out, const struct fa_doc *doc,
	uint32_t rule, uint32_t sentence, struct fa_range text,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_evidence e = { .rule = rule };
	struct pieces p FA_CLEANUP(done_pieces) = { .doc = doc };
	struct fa_range s = doc->sentences[sentence].text;
	struct fa_range part = fit(doc, text);
	int rc;

	e.raw = fa_doc_raw(doc, part);
	e.cut = part.to != text.to;
	if (e.raw.to - e.raw.from > RAW_BYTES) {
		/* One character: a reference with very many zeros. */
		e.raw.to = e.raw.from + RAW_BYTES;
		e.cut = true;
	}
	fa_buf_init(&p.buf, (size_t)PIECES * QUOTE_BUF_BYTES);
	fa_read_quote(doc, e.raw, &p.buf);
	end_piece(&p, &e.quote);
	visible(&p, &e.text, part);
	if (s.from < part.from)
		visible(&p, &e.before,
			cut_head(doc, (struct fa_range){ s.from, part.from },
				CONTEXT_BYTES));
	if (part.to < s.to)
		visible(&p, &e.after,
			cut_tail(doc, (struct fa_range){ part.to, s.to },
				CONTEXT_BYTES));
	heading(&p, &e.section, sentence);
	rc = keep(&p, a, err);
	if (rc == FA_OK)
		*out = e;
	return rc;
}

struct place {
	uint32_t raw;
	struct fa_position *to;
};

static int
by_raw(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->raw < y->raw ? -1 : x->raw > y->raw;
}

int
fa_evidence_place(struct fa_evidence **at, size_t n, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	struct place *want = fa_arena_new(a, n * 2, sizeof(*want));
	uint32_t *raw = fa_arena_new(a, n * 2, sizeof(*raw));
	struct fa_position *pos = fa_arena_new(a, n * 2, sizeof(*pos));

	if (!want || !raw || !pos)
		return fa_fail(err, FA_E_NOMEM, "no memory to place quotes");
	for (size_t i = 0; i < n; i++) {
		want[2 * i] = (struct place){ at[i]->raw.from, &at[i]->from };
		want[2 * i + 1] = (struct place){ at[i]->raw.to, &at[i]->to };
	}
	if (n > 0)
		qsort(want, n * 2, sizeof(*want), by_raw);
	for (size_t i = 0; i < n * 2; i++)
		raw[i] = want[i].raw;
	fa_read_positions(doc, raw, n * 2, pos);
	for (size_t i = 0; i < n * 2; i++)
		*want[i].to = pos[i];
	return FA_OK;
}
