/* Where patterns match. A pattern is looked for only in sentences that hold
 * all words that it needs, and in each of these only when somebody asks: most
 * patterns are asked about few sentences, because the conditions beside them
 * fail first. */
#include <stdatomic.h>
#include <string.h>

#include "match/scan.h"

static int
no_memory(struct fa_scan *s)
{
	return fa_fail(s->err, FA_E_NOMEM, "no memory to match '%.*s'",
		FA_STR_ARG(s->doc->name));
}

bool
fa_scan_may_match(const struct fa_scan *s, uint32_t pattern)
{
	const struct fa_pattern *p = &s->m->bundle->patterns[pattern];

	for (size_t i = 0; i < p->needs_n; i++)
		if (!fa_words_has(s->words, p->needs[i]))
			return false;
	return true;
}

/* The postings of the words that the pattern needs, the shortest first. */
static int
postings_of(const struct fa_posting **q, struct fa_scan *s,
	const struct fa_pattern *p)
{
	for (size_t i = 0; i < p->needs_n; i++) {
		const struct fa_posting *first = q[0];

		if (fa_words_posting(&q[i], s->words, p->needs[i]) < 0)
			return no_memory(s);
		if (i > 0 && q[i]->n < first->n) {
			q[0] = q[i];
			q[i] = first;
		}
	}
	return FA_OK;
}

/* The first of the sentences from at on that is not before the given one.
 * Takes steps of growing length, so that a walk along a long posting costs
 * little more than the short one beside it. */
static size_t
skip_to(const struct fa_posting *p, size_t at, uint32_t sentence)
{
	size_t step = 1, lo = at, hi;

	while (at < p->n && p->sentence[at] < sentence) {
		lo = at + 1;
		at += step;
		step *= 2;
	}
	hi = at < p->n ? at : p->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->sentence[mid] < sentence)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Units of the sentences that all n postings have. */
static int
intersect(struct fa_phits *h, struct fa_scan *s,
	const struct fa_posting *const *q, size_t n)
{
	size_t at[FA_PATTERN_NEEDS] = { 0 };

	h->unit = fa_arena_new(s->a, q[0]->n, sizeof(*h->unit));
	if (!h->unit)
		return no_memory(s);
	for (size_t i = 0; i < q[0]->n; i++) {
		uint32_t sentence = q[0]->sentence[i];
		bool all = true;

		for (size_t k = 1; k < n && all; k++) {
			at[k] = skip_to(q[k], at[k], sentence);
			all = at[k] < q[k]->n &&
				q[k]->sentence[at[k]] == sentence;
		}
		if (all)
			h->unit[h->units_n++].sentence = sentence;
	}
	return FA_OK;
}

int
fa_scan_pattern(struct fa_phits **out, struct fa_scan *s, uint32_t pattern)
{
	const struct fa_pattern *p = &s->m->bundle->patterns[pattern];
	const struct fa_posting *q[FA_PATTERN_NEEDS];
	struct fa_phits *h = s->hits[pattern];
	int rc;

	*out = h;
	if (h)
		return FA_OK;
	h = fa_arena_new(s->a, 1, sizeof(*h));
	if (!h)
		return no_memory(s);
	if (fa_scan_may_match(s, pattern)) {
		rc = postings_of(q, s, p);
		if (rc == FA_OK)
			rc = intersect(h, s, q, p->needs_n);
		if (rc < 0)
			return rc;
	}
	s->hits[pattern] = h;
	*out = h;
	return FA_OK;
}

size_t
fa_scan_unit_from(struct fa_phits *h, uint32_t sentence)
{
	const struct fa_unit *u = h->unit;
	size_t lo = h->near, hi = h->units_n;

	if (lo > 0 && u[lo - 1].sentence >= sentence) {
		hi = lo - 1;
		lo = 0;
	} else if (lo == hi || u[lo].sentence >= sentence) {
		return lo;
	} else if (++lo == hi || u[lo].sentence >= sentence) {
		return h->near = lo;
	}
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (u[mid].sentence < sentence)
			lo = mid + 1;
		else
			hi = mid;
	}
	return h->near = lo;
}

/* The pattern, compiled now if nobody has; of two threads that compile the
 * same, one throws its own away. */
static int
compiled(const struct fa_re **out, struct fa_scan *s, uint32_t pattern)
{
	_Atomic(struct fa_re *) *at = &s->m->re[pattern];
	struct fa_re *known = atomic_load_explicit(at, memory_order_acquire);
	struct fa_re *fresh;
	int rc;

	*out = known;
	if (known)
		return FA_OK;
	rc = fa_re_new(&fresh, s->m->bundle->patterns[pattern].regex, s->err);
	if (rc < 0)
		return rc;
	*out = fresh;
	if (atomic_compare_exchange_strong(at, &known, fresh))
		return FA_OK;
	fa_re_free(fresh);
	*out = known;
	return FA_OK;
}

static int
add_hit(struct fa_scan *s, size_t *n, uint32_t sentence, struct fa_range text)
{
	struct fa_phit *grown = fa_arena_grow(
		s->a, s->found, &s->found_cap, *n + 1, sizeof(*s->found));

	if (!grown)
		return no_memory(s);
	s->found = grown;
	s->found[*n].text = text;
	s->found[*n].clause = fa_scan_clause(s->doc, sentence, text.to);
	++*n;
	return FA_OK;
}

/* Matches at every start in one sentence: after a hit the search goes on one
 * character behind its start, so that a hit that begins in an earlier clause
 * hides none that lies in a later one. */
static int
search(struct fa_scan *s, size_t *n, struct fa_phits *h, const struct fa_re *re,
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
		if (rc < 0 || h->found + *n >= FA_MATCH_HITS_MAX) {
			h->limited = true;
			return FA_OK;
		}
		rc = add_hit(s, n, sentence,
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

int
fa_scan_search(
	struct fa_scan *s, struct fa_phits *h, uint32_t pattern, size_t unit)
{
	struct fa_unit *u = &h->unit[unit];
	bool was_limited = h->limited;
	const struct fa_re *re;
	size_t n = 0;
	int rc;

	s->limited |= h->limited;
	if (u->hits || h->limited)
		return FA_OK;
	rc = compiled(&re, s, pattern);
	if (rc == FA_OK)
		rc = search(s, &n, h, re, u->sentence);
	if (rc < 0)
		return rc;
	u->hits = fa_arena_new(s->a, n, sizeof(*u->hits));
	if (!u->hits)
		return no_memory(s);
	if (n > 0)
		memcpy(u->hits, s->found, n * sizeof(*u->hits));
	u->hits_n = (uint32_t)n;
	h->found += n;
	s->limits_hit += h->limited && !was_limited;
	s->limited |= h->limited;
	return FA_OK;
}

enum fa_polarity
fa_scan_polarity(
	struct fa_scan *s, const struct fa_phit *hit, uint32_t sentence)
{
	if (s->polarity[hit->clause] == FA_POLARITY_ANY)
		fa_match_polarity_sentence(s->polarity, s->doc, sentence);
	return s->polarity[hit->clause];
}
