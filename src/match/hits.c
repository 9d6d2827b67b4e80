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

/* The sentences with a word of each lexicon that the pattern needs. */
static int
meet(struct fa_phits *h, struct fa_scan *s, const struct fa_pattern *p)
{
	const uint64_t *row[FA_PATTERN_NEEDS];
	uint64_t any = 0;

	fa_words_trim(s->words);
	for (size_t k = 0; k < p->needs_n; k++)
		if (fa_words_row(&row[k], s->words, p->needs[k]) < 0)
			return no_memory(s);
	for (size_t i = 0; i < s->row_n; i++) {
		uint64_t bits = row[0][i];

		for (size_t k = 1; k < p->needs_n; k++)
			bits &= row[k][i];
		h->may[i] = bits;
		any |= bits;
	}
	h->nowhere = any == 0;
	return FA_OK;
}

int
fa_scan_begin(struct fa_phits **out, struct fa_scan *s, uint32_t pattern)
{
	struct fa_phits *h;
	struct fa_arena *a;

	if (!fa_scan_may_match(s, pattern)) {
		*out = s->hits[pattern] = s->nowhere;
		return FA_OK;
	}
	a = fa_scan_arena(s, pattern);
	h = fa_arena_raw(a, 1, sizeof(*h) + s->row_n * sizeof(*h->may));
	if (!h)
		return no_memory(s);
	*h = (struct fa_phits){ .a = a, .nowhere = true };
	*out = s->hits[pattern] = h;
	return meet(h, s, &s->m->bundle->patterns[pattern]);
}

uint32_t
fa_scan_next(
	const struct fa_scan *s, const struct fa_phits *h, uint32_t sentence)
{
	size_t n = s->doc->sentences_n;

	return (uint32_t)(h->nowhere ? n : fa_bits_next(h->may, sentence, n));
}

/* The unit of a sentence, or the one behind its place; h->units_n: none. Fast
 * when it is asked for one sentence after the other. */
static size_t
unit_from(struct fa_phits *h, uint32_t sentence)
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

/* Puts a unit at place i of the units. */
static int
add_unit(struct fa_phits *h, struct fa_scan *s, size_t i,
	const struct fa_unit *fresh)
{
	struct fa_unit *u = fa_arena_grow(
		h->a, h->unit, &h->cap, h->units_n + 1, sizeof(*u));

	if (!u)
		return no_memory(s);
	memmove(u + i + 1, u + i, (h->units_n - i) * sizeof(*u));
	u[i] = *fresh;
	h->unit = u;
	h->units_n++;
	return FA_OK;
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

/* From now on the pattern matches where it was seen to, and nobody knows
 * where else. */
static void
limit(struct fa_scan *s, struct fa_phits *h)
{
	h->limited = s->limited = true;
	s->limits_hit++;
	memset(h->may, 0, s->row_n * sizeof(*h->may));
	for (size_t i = 0; i < h->units_n; i++)
		fa_bits_add(h->may, h->unit[i].sentence);
}

static int
add_hit(struct fa_scan *s, struct fa_phits *h, struct fa_unit *u,
	struct fa_range text)
{
	size_t cap = u->hits_cap;
	struct fa_phit *grown;

	if (h->found >= FA_MATCH_HITS_MAX) {
		limit(s, h);
		u->next = FA_UNIT_DONE;
		return 0;
	}
	grown = fa_arena_grow(
		h->a, u->hits, &cap, u->hits_n + 1, sizeof(*grown));
	if (!grown)
		return no_memory(s);
	u->hits = grown;
	u->hits_cap = (uint32_t)cap;
	u->hits[u->hits_n++] = (struct fa_phit){ text,
		fa_scan_clause(s->doc, u->sentence, text.to) };
	h->found++;
	return 1;
}

/* The next match in a sentence, by PCRE2. */
static int
next_by_regex(struct fa_scan *s, struct fa_phits *h, uint32_t pattern,
	struct fa_unit *u)
{
	struct fa_range r = s->doc->sentences[u->sentence].text;
	struct fa_str text = fa_str_sub(s->doc->text, r.from, r.to);
	const struct fa_re *re;
	struct fa_re_hit hit;
	struct fa_err ignored;
	size_t next;
	int rc = compiled(&re, s, pattern);

	if (rc < 0)
		return rc;
	rc = fa_re_find(re, s->m->scratch, text, u->next, &hit, &ignored);
	u->next = FA_UNIT_DONE;
	if (rc == FA_E_NOMEM)
		return no_memory(s);
	if (rc < 0)
		limit(s, h);
	if (rc <= 0)
		return 0;
	next = hit.from + 1;
	while (next < text.n && ((unsigned char)text.p[next] & 0xC0) == 0x80)
		next++;
	if (next < text.n)
		u->next = (uint32_t)next;
	return add_hit(s, h, u,
		(struct fa_range){ r.from + (uint32_t)hit.from,
			r.from + (uint32_t)hit.to });
}

/* The characters of a sentence; until the next call. */
static int
runes_of(const struct fa_runes **out, struct fa_scan *s, uint32_t sentence)
{
	struct fa_range r = s->doc->sentences[sentence].text;
	struct fa_runes *x = s->runes[sentence];
	int rc = FA_OK;

	*out = x;
	if (!x) {
		x = fa_scan_text(s, sentence);
		if (!x)
			return no_memory(s);
		rc = fa_runes_decode(x, s->m->bundle->programs, s->m->machine,
			fa_str_sub(s->doc->text, r.from, r.to), &s->m->texts,
			s->err);
		*out = x;
	}
	return rc;
}

/* Likewise, by its program. */
static int
next_by_program(struct fa_scan *s, struct fa_phits *h, uint32_t pattern,
	struct fa_unit *u)
{
	uint32_t begin = s->doc->sentences[u->sentence].text.from;
	struct fa_rune_hit hit = { 0 };
	const struct fa_runes *x = NULL;
	int rc = runes_of(&x, s, u->sentence);

	if (rc < 0)
		return rc;
	rc = fa_program_find(s->m->bundle->programs, pattern, x, u->next, &hit,
		s->m->machine);
	u->next = rc == 1 && hit.from + 1 < x->n ? hit.from + 1 : FA_UNIT_DONE;
	if (rc < 0)
		return no_memory(s);
	return rc == 0 ? 0
		       : add_hit(s, h, u,
				 (struct fa_range){ begin + x->at[hit.from],
					 begin + x->at[hit.to] });
}

/* Matches begin everywhere: after a hit the search goes on one character
 * behind its start, so that a hit that begins in an earlier clause hides none
 * that lies in a later one. */
int
fa_scan_more(struct fa_scan *s, struct fa_phits *h, uint32_t pattern,
	struct fa_unit *u)
{
	const struct fa_programs *p = s->m->bundle->programs;

	if (u->next == FA_UNIT_DONE)
		return 0;
	if (p && fa_program_exists(p, pattern))
		return next_by_program(s, h, pattern, u);
	return next_by_regex(s, h, pattern, u);
}

/* Pays for the search of a sentence. */
static bool
afford(struct fa_scan *s, uint32_t sentence)
{
	struct fa_range r = s->doc->sentences[sentence].text;
	uint64_t cost = r.to - r.from + FA_MATCH_WORK_EACH;

	if (s->work < cost)
		return false;
	s->work -= cost;
	return true;
}

static int
search(struct fa_unit **out, struct fa_scan *s, struct fa_phits *h,
	uint32_t pattern, uint32_t sentence, size_t at)
{
	struct fa_unit u = { .sentence = sentence };
	int rc = fa_scan_more(s, h, pattern, &u);

	if (rc == 0)
		fa_bits_drop(h->may, sentence);
	if (rc <= 0)
		return rc;
	rc = add_unit(h, s, at, &u);
	*out = &h->unit[at];
	return rc;
}

int
fa_scan_search(struct fa_unit **out, struct fa_scan *s, struct fa_phits *h,
	uint32_t pattern, uint32_t sentence)
{
	size_t i = unit_from(h, sentence);
	int rc = FA_OK;

	*out = NULL;
	s->limited |= h->limited;
	if (i < h->units_n && h->unit[i].sentence == sentence) {
		*out = &h->unit[i];
		return FA_OK;
	}
	if (afford(s, sentence))
		rc = search(out, s, h, pattern, sentence, i);
	else
		limit(s, h);
	return rc < 0 ? rc : FA_OK;
}

enum fa_polarity
fa_scan_polarity(
	struct fa_scan *s, const struct fa_phit *hit, uint32_t sentence)
{
	if (s->polarity[hit->clause] == FA_POLARITY_ANY)
		fa_match_polarity_sentence(s->polarity, s->doc, sentence);
	return s->polarity[hit->clause];
}

bool
fa_scan_is_asked(
	struct fa_scan *s, const struct fa_phit *hit, uint32_t sentence)
{
	unsigned char *asks = &s->asks[sentence];

	if (*asks == FA_ASKS_UNKNOWN)
		*asks = fa_match_polarity_may_ask(s->doc, sentence)
			? FA_ASKS_MAYBE
			: FA_ASKS_NOTHING;
	return *asks == FA_ASKS_MAYBE &&
		fa_scan_polarity(s, hit, sentence) == FA_POLARITY_QUESTION;
}
