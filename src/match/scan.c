#include "match/scan.h"

#include <stdatomic.h>

static int
no_memory(struct fa_scan *s)
{
	return fa_fail(s->err, FA_E_NOMEM, "no memory to match '%.*s'",
		FA_STR_ARG(s->doc->name));
}

int
fa_scan_init(struct fa_scan *s, struct fa_matcher *m, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	int rc;

	*s = (struct fa_scan){ .m = m, .doc = doc, .a = a, .err = err };
	s->hits = fa_arena_new(a, m->bundle->patterns_n + 1, sizeof(*s->hits));
	s->mark = fa_arena_new(a, doc->sentences_n + 1, 1);
	s->rows = fa_arena_new(a, doc->blocks_n, sizeof(*s->rows));
	s->lists = fa_arena_new(a, doc->blocks_n, sizeof(*s->lists));
	if (!s->hits || !s->mark || !s->rows || !s->lists)
		return no_memory(s);
	rc = fa_words_scan(&s->words, m->words, doc, a, err);
	if (rc < 0)
		return rc;
	return fa_match_polarity(&s->polarity, doc, a, err);
}

static bool
posted(const struct fa_posting *p, uint32_t sentence)
{
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (p->sentence[mid] < sentence)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->n && p->sentence[lo] == sentence;
}

bool
fa_scan_posted_in(const struct fa_scan *s, const struct fa_posting *p,
	struct fa_range text)
{
	const struct fa_sentence *at = s->doc->sentences;
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (at[p->sentence[mid]].text.to <= text.from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->n && at[p->sentence[lo]].text.from < text.to;
}

static int
add_hit(struct fa_scan *s, struct fa_phits *h, uint32_t sentence,
	struct fa_range text)
{
	struct fa_phit *grown;

	grown = fa_arena_grow(s->a, h->at, &h->cap, h->n + 1, sizeof(*h->at));
	if (!grown)
		return no_memory(s);
	h->at = grown;
	h->at[h->n].text = text;
	h->at[h->n].sentence = sentence;
	h->at[h->n].polarity =
		s->polarity[fa_scan_clause(s->doc, sentence, text.to)];
	h->n++;
	return FA_OK;
}

/* Matches at every start in one sentence: after a hit the search goes on one
 * character behind its start, so that a hit that begins in an earlier clause
 * hides none that lies in a later one. */
static int
search_sentence(struct fa_scan *s, struct fa_phits *h, const struct fa_re *re,
	uint32_t sentence)
{
	struct fa_range r = s->doc->sentences[sentence].text;
	struct fa_str text = fa_str_sub(s->doc->text, r.from, r.to);
	size_t at = 0;

	while (at < text.n) {
		struct fa_re_hit hit;
		struct fa_err ignored;
		int rc =
			fa_re_find(re, s->m->scratch, text, at, &hit, &ignored);

		if (rc == FA_E_NOMEM)
			return no_memory(s);
		if (rc == 0)
			return FA_OK;
		if (rc < 0 || h->n >= FA_MATCH_HITS_MAX) {
			h->limited = true;
			return FA_OK;
		}
		rc = add_hit(s, h, sentence,
			(struct fa_range){ r.from + (uint32_t)hit.from,
				r.from + (uint32_t)hit.to });
		if (rc < 0)
			return rc;
		at = hit.from + 1;
		while (at < text.n &&
			((unsigned char)text.p[at] & 0xC0) == 0x80)
			at++;
	}
	return FA_OK;
}

/* The shortest posting among the lexicons that the pattern needs; NULL when
 * one of them does not occur at all. */
static int
shortest(const struct fa_posting **out, struct fa_scan *s,
	const struct fa_pattern *p)
{
	const struct fa_posting *best = NULL, *q;

	*out = NULL;
	for (size_t i = 0; i < p->needs_n; i++)
		if (!fa_words_has(s->words, p->needs[i]))
			return FA_OK;
	for (size_t i = 0; i < p->needs_n; i++) {
		if (fa_words_posting(&q, s->words, p->needs[i]) < 0)
			return no_memory(s);
		if (q->n == 0)
			return FA_OK;
		if (!best || q->n < best->n)
			best = q;
	}
	*out = best;
	return FA_OK;
}

/* Does the sentence hold a word of each lexicon that the pattern needs? */
static int
has_all(bool *out, struct fa_scan *s, const struct fa_pattern *p,
	uint32_t sentence)
{
	const struct fa_posting *q;

	*out = false;
	for (size_t k = 0; k < p->needs_n; k++) {
		if (fa_words_posting(&q, s->words, p->needs[k]) < 0)
			return no_memory(s);
		if (!posted(q, sentence))
			return FA_OK;
	}
	*out = true;
	return FA_OK;
}

/* The pattern, compiled now if nobody has; of two threads that compile the
 * same, one throws its own away. */
static int
compiled(const struct fa_re **out, struct fa_scan *s,
	const struct fa_pattern *p, uint32_t index)
{
	_Atomic(struct fa_re *) *at = &s->m->re[index];
	struct fa_re *known = atomic_load_explicit(at, memory_order_acquire);
	struct fa_re *fresh;
	int rc;

	*out = known;
	if (known)
		return FA_OK;
	rc = fa_re_new(&fresh, p->regex, s->err);
	if (rc < 0)
		return rc;
	*out = fresh;
	if (atomic_compare_exchange_strong(at, &known, fresh))
		return FA_OK;
	fa_re_free(fresh);
	*out = known;
	return FA_OK;
}

/* Compiling takes longer than searching a short text: a pattern waits for the
 * first sentence that has all its words. */
static int
search_document(struct fa_scan *s, struct fa_phits *h,
	const struct fa_pattern *p, uint32_t index)
{
	const struct fa_posting *cand;
	const struct fa_re *re = NULL;
	int rc = shortest(&cand, s, p);

	if (rc < 0 || !cand)
		return rc;
	for (size_t i = 0; i < cand->n && !h->limited; i++) {
		bool all;

		rc = has_all(&all, s, p, cand->sentence[i]);
		if (rc == FA_OK && all && !re)
			rc = compiled(&re, s, p, index);
		if (rc == FA_OK && all)
			rc = search_sentence(s, h, re, cand->sentence[i]);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_scan_pattern(
	const struct fa_phits **out, struct fa_scan *s, uint32_t pattern)
{
	struct fa_phits *h = &s->hits[pattern];

	if (!h->done) {
		int rc = search_document(
			s, h, &s->m->bundle->patterns[pattern], pattern);
		if (rc < 0)
			return rc;
		h->done = true;
		s->limits_hit += h->limited;
	}
	s->limited |= h->limited;
	*out = h;
	return FA_OK;
}
