#include "audit/evidence.h"

#include <assert.h>
#include <stdlib.h>

#include "read/read.h"

#define CONTEXT_BYTES 240 /* of text before and after, at most */
#define QUOTE_BUF_BYTES (256u << 10)
#define FEW 2000                        /* places; more are left to qsort */
#define RAW_BYTES (QUOTE_BUF_BYTES / 4) /* of the original in a quote */

static bool
is_tail_byte(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* The texts of one piece of evidence. What stands in the original as it is
 * shown is part of it, which is nearly all of a plain text; the rest is made
 * one behind the other and then copied at once. */
#define PIECES 5
struct pieces {
	const struct fa_doc *doc;
	struct fa_buf *buf; /* empty at first */
	struct fa_str *to[PIECES];
	size_t end[PIECES];
	size_t n;
	struct fa_map_walk walk; /* over the map, to the passage or before it */
};

/* What was appended last becomes *to. */
static void
end_piece(struct pieces *p, struct fa_str *to)
{
	assert(p->n < PIECES);
	p->to[p->n] = to;
	p->end[p->n++] = p->buf->n;
}

static void
visible(struct pieces *p, struct fa_str *to, struct fa_range r)
{
	*to = fa_read_visible_in(p->doc, r, p->walk);
	if (to->p != NULL)
		return;
	if (r.from < r.to)
		fa_read_visible(p->doc, r, p->buf);
	end_piece(p, to);
}

static void
quote(struct pieces *p, struct fa_str *to, struct fa_range raw)
{
	*to = fa_read_quote_in(p->doc, raw);
	if (to->p != NULL)
		return;
	fa_read_quote(p->doc, raw, p->buf);
	end_piece(p, to);
}

static int
keep(struct pieces *p, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str all;
	size_t from = 0;
	int rc = fa_buf_rc(p->buf, "quote", err);

	if (rc < 0 || p->n == 0)
		return rc;
	all = fa_arena_dup(a, fa_buf_str(p->buf));
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

/* The string that a passage belongs to, or the heading it stands under, which
 * is known when another passage stands there; or NULL. Of a heading it is there
 * when the pieces are kept. */
static const struct fa_str *
heading(struct pieces *p, uint32_t sentence, struct fa_cutter_heading *known)
{
	const struct fa_doc *doc = p->doc;
	uint32_t block = doc->sentences[sentence].block;
	const struct fa_key *key = fa_doc_key_at(doc, block);
	uint32_t s = doc->blocks[block].section;
	struct fa_range text;

	if (key != NULL)
		return key->name.n > 0 ? &key->name : NULL;
	if (s == FA_DOC_NONE || doc->loose)
		return NULL;
	known += s & (FA_CUTTER_HEADINGS - 1);
	if (known->section == s && known->text.p != NULL)
		return &known->text;
	known->section = s;
	text = cut_tail(
		doc, doc->blocks[doc->sections[s].heading].text, CONTEXT_BYTES);
	p->walk = fa_map_walk_from(&doc->map, text.from);
	visible(p, &known->text, text);
	return &known->text;
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

/* Shortens a passage, of which *raw are the original bytes, until they, too,
 * are within the limit: markup between two characters may be long. */
static struct fa_range
fit(const struct fa_doc *doc, struct fa_range text, struct fa_range *raw)
{
	struct fa_range r = cut_tail(doc, text, FA_FINDING_QUOTE_BYTES);

	if (r.to != text.to)
		*raw = fa_doc_raw(doc, r);
	while (raw->to - raw->from > RAW_BYTES) {
		struct fa_range one = first_rune(doc, r);

		if (one.to == r.to)
			break;
		r = cut_tail(doc, r, (r.to - r.from) / 2);
		if (r.from == r.to)
			r = one;
		*raw = fa_doc_raw(doc, r);
	}
	return r;
}

/* The part of the text before a passage that is shown; empty when the passage
 * begins its sentence. */
static struct fa_range
before(const struct fa_doc *doc, struct fa_passage at)
{
	struct fa_range r = { doc->sentences[at.sentence].text.from,
		at.text.from };

	if (r.from >= r.to)
		return (struct fa_range){ r.to, r.to };
	return cut_head(doc, r, CONTEXT_BYTES);
}

/* The texts around a passage, of which part is shown, and of itself. */
static void
write_texts(struct pieces *p, struct fa_evidence *e, struct fa_range part,
	struct fa_passage at)
{
	uint32_t end = p->doc->sentences[at.sentence].text.to;
	struct fa_range head = before(p->doc, at), tail = { part.to, end };

	quote(p, &e->quote, e->raw);
	visible(p, &e->text, part);
	if (head.from < head.to)
		visible(p, &e->before, head);
	if (part.to < end)
		visible(p, &e->after, cut_tail(p->doc, tail, CONTEXT_BYTES));
}

static int
cut(struct fa_cutter *c, struct fa_evidence *out, uint32_t rule,
	const struct fa_cutter_known *k, struct fa_err *err)
{
	struct fa_evidence e = { .rule = rule, .raw = k->raw };
	struct pieces p = { .doc = c->doc, .buf = &c->buf, .walk = k->walk };
	struct fa_range part = fit(c->doc, k->at.text, &e.raw);
	const struct fa_str *section;
	int rc;

	e.cut = part.to != k->at.text.to;
	if (e.raw.to - e.raw.from > RAW_BYTES) {
		/* One character: a reference with very many zeros. */
		e.raw.to = e.raw.from + RAW_BYTES;
		e.cut = true;
	}
	fa_buf_reset(&c->buf);
	write_texts(&p, &e, part, k->at);
	section = heading(&p, k->at.sentence, c->headings);
	rc = keep(&p, c->a, err);
	if (rc < 0)
		return rc;
	if (section)
		e.section = *section;
	*out = e;
	return FA_OK;
}

void
fa_cutter_init(
	struct fa_cutter *c, const struct fa_doc *doc, struct fa_arena *a)
{
	*c = (struct fa_cutter){ .doc = doc, .a = a };
	fa_buf_init(&c->buf, (size_t)PIECES * QUOTE_BUF_BYTES);
}

void
fa_cutter_done(struct fa_cutter *c)
{
	fa_buf_done(&c->buf);
}

/* Its place among those that are known; another one may have to go. */
static struct fa_cutter_known *
know(struct fa_cutter *c, struct fa_passage at)
{
	uint32_t h = (at.text.from * 31 + at.text.to) * 31 + at.sentence;
	struct fa_cutter_known *k;

	h *= 2654435769u; /* 2^32 by the golden ratio: its high bits mix */
	k = &c->known[h >> 16 & (FA_CUTTER_KNOWN - 1)];
	if (k->at.text.from == at.text.from && k->at.text.to == at.text.to &&
		k->at.sentence == at.sentence)
		return k;
	*k = (struct fa_cutter_known){ .at = at };
	k->walk = fa_map_walk_from(&c->doc->map, before(c->doc, at).from);
	k->raw = fa_doc_raw_from(c->doc, k->walk, at.text);
	return k;
}

struct fa_range
fa_cutter_raw(struct fa_cutter *c, struct fa_passage at)
{
	return know(c, at)->raw;
}

int
fa_cutter_cut(struct fa_cutter *c, struct fa_evidence *out, uint32_t rule,
	struct fa_passage at, struct fa_err *err)
{
	struct fa_cutter_known *k = know(c, at);
	struct fa_cutter_cut *cuts =
		fa_arena_grow(c->a, c->cuts, &c->cap, c->n + 1, sizeof(*cuts));
	int rc = FA_OK;

	if (!cuts)
		return fa_fail(err, FA_E_NOMEM, "no memory for evidence");
	c->cuts = cuts;
	if (k->first) {
		*out = *k->first;
		out->rule = rule;
	} else {
		rc = cut(c, out, rule, k, err);
	}
	if (rc < 0)
		return rc;
	c->cuts[c->n++] = (struct fa_cutter_cut){ out, k->first };
	if (!k->first)
		k->first = out;
	return FA_OK;
}

int
fa_evidence_cut(struct fa_evidence *out, const struct fa_doc *doc,
	uint32_t rule, struct fa_passage at, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_cutter c FA_CLEANUP(fa_cutter_done);

	fa_cutter_init(&c, doc, a);
	return fa_cutter_cut(&c, out, rule, at, err);
}

int
fa_cutter_place(struct fa_cutter *c, struct fa_err *err)
{
	struct fa_evidence **first =
		fa_arena_new(c->a, c->n, sizeof(struct fa_evidence *));
	size_t n = 0;
	int rc;

	if (!first)
		return fa_fail(err, FA_E_NOMEM, "no memory for evidence");
	for (size_t i = 0; i < c->n; i++)
		if (!c->cuts[i].first)
			first[n++] = c->cuts[i].to;
	rc = fa_evidence_place(first, n, c->doc, c->a, err);
	for (size_t i = 0; rc == FA_OK && i < c->n; i++) {
		const struct fa_cutter_cut *x = &c->cuts[i];

		if (x->first) {
			x->to->from = x->first->from;
			x->to->to = x->first->to;
		}
	}
	return rc;
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Some dozens are the usual case: Shell's sort takes a quarter of the time of
 * qsort, with the gaps of Ciura (2001). */
static void
sort(uint64_t *at, size_t n)
{
	static const size_t gaps[] = { 701, 301, 132, 57, 23, 10, 4, 1 };

	if (n > FEW) {
		qsort(at, n, sizeof(*at), by_value);
		return;
	}
	for (size_t g = 0; g < FA_COUNT(gaps); g++) {
		size_t gap = gaps[g];

		for (size_t i = gap; i < n; i++) {
			uint64_t v = at[i];
			size_t k = i;

			for (; k >= gap && at[k - gap] > v; k -= gap)
				at[k] = at[k - gap];
			at[k] = v;
		}
	}
}

/* Both ends of each piece, in the order of the original: its offset in the
 * upper half of a number, which end of which piece it is in the lower one. */
int
fa_evidence_place(struct fa_evidence **at, size_t n, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	uint64_t *ends = fa_arena_new(a, n * 2, sizeof(*ends));
	uint32_t *raw = fa_arena_new(a, n * 2, sizeof(*raw));
	struct fa_position *pos = fa_arena_new(a, n * 2, sizeof(*pos));

	if (!ends || !raw || !pos)
		return fa_fail(err, FA_E_NOMEM, "no memory to place quotes");
	for (size_t i = 0; i < n; i++) {
		ends[2 * i] = (uint64_t)at[i]->raw.from << 32 | 2 * i;
		ends[2 * i + 1] = (uint64_t)at[i]->raw.to << 32 | (2 * i + 1);
	}
	sort(ends, n * 2);
	for (size_t i = 0; i < n * 2; i++)
		raw[i] = (uint32_t)(ends[i] >> 32);
	fa_read_positions(doc, raw, n * 2, pos);
	for (size_t i = 0; i < n * 2; i++) {
		struct fa_evidence *e = at[(ends[i] & UINT32_MAX) / 2];

		*((ends[i] & 1) != 0 ? &e->to : &e->from) = pos[i];
	}
	return FA_OK;
}
