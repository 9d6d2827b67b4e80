/* Which sentences a rule is tried on.
 *
 * A sentence is worth trying when it has the words of a pattern that must
 * match in it. Of several such patterns any one will do to begin with, and the
 * one with the fewest sentences is taken.
 *
 * A root in a wider region reports the sentences of its patterns, and a fact
 * of a flow stands for a whole screen by one of its sentences: there the first
 * pattern decides which are tried, by its matches and not by its words. */
#include <stdlib.h>

#include "match/scan.h"

#define ANYWHERE SIZE_MAX /* a node that may hold on any sentence */

static bool
is_wide(const struct fa_cond *c)
{
	return c->has_region && c->region > FA_REGION_SENTENCE;
}

static bool
scope_can_hold(const struct fa_scan *s, uint32_t scopes)
{
	for (int k = 0; k < FA_SCOPE_COUNT; k++)
		if ((scopes & FA_SCOPE_BIT(k)) && s->scopes[k].n > 0)
			return true;
	return s->scope_limited;
}

static bool
children_can_hold(const struct fa_scan *s, const struct fa_cond *c)
{
	for (size_t i = 0; i < c->child_n; i++)
		if (fa_scan_can_hold(s, &c->child[i]) ==
			(c->kind == FA_COND_ANY))
			return c->kind == FA_COND_ANY;
	return c->kind != FA_COND_ANY;
}

bool
fa_scan_can_hold(const struct fa_scan *s, const struct fa_cond *c)
{
	switch (c->kind) {
	case FA_COND_PATTERN:
		return fa_scan_may_match(s, c->pattern);
	case FA_COND_SCOPE:
		return scope_can_hold(s, c->scopes);
	case FA_COND_FACT:
		return s->flow && s->flow->facts[c->fact].over_n > 0;
	case FA_COND_NONE:
		return true;
	default:
		return children_can_hold(s, c);
	}
}

/* How many sentences a node may hold on, at most. */
static int most(size_t *out, struct fa_scan *s, const struct fa_cond *c);

static int
most_of_any(size_t *out, struct fa_scan *s, const struct fa_cond *c)
{
	size_t sum = 0;

	for (size_t i = 0; i < c->child_n; i++) {
		size_t n;
		int rc = most(&n, s, &c->child[i]);

		if (rc < 0)
			return rc;
		if (n == ANYWHERE) {
			*out = ANYWHERE;
			return FA_OK;
		}
		sum += n;
	}
	*out = c->child_n > 0 ? sum : ANYWHERE;
	return FA_OK;
}

/* The child with the fewest sentences; NULL when all may hold anywhere. A fact
 * is the last one asked, because what it is about may be a whole screen, and
 * it stands for that by its heading. With first, the first that is known. */
static int
fewest(const struct fa_cond **best, size_t *least, struct fa_scan *s,
	const struct fa_cond *c, bool first)
{
	*best = NULL;
	*least = ANYWHERE;
	for (int facts = 0; facts < 2 && !*best; facts++) {
		for (size_t i = 0; i < c->child_n; i++) {
			const struct fa_cond *child = &c->child[i];
			size_t n;
			int rc;

			if ((child->kind == FA_COND_FACT) != (facts == 1))
				continue;
			rc = most(&n, s, child);
			if (rc < 0)
				return rc;
			if (n >= *least)
				continue;
			*least = n;
			*best = child;
			if (first)
				return FA_OK;
		}
	}
	return FA_OK;
}

/* As for a node below the root. */
static int
most_inside(size_t *out, struct fa_scan *s, const struct fa_cond *c)
{
	const struct fa_cond *best;
	struct fa_phits *h;
	int rc;

	*out = ANYWHERE;
	switch (c->kind) {
	case FA_COND_PATTERN:
		rc = fa_scan_pattern(&h, s, c->pattern);
		if (rc == FA_OK)
			*out = h->may_n;
		return rc;
	case FA_COND_FACT:
		if (s->flow)
			*out = s->flow->facts[c->fact].at_n;
		return FA_OK;
	case FA_COND_ANY:
		return most_of_any(out, s, c);
	case FA_COND_ALL:
		return fewest(&best, out, s, c, false);
	default:
		return FA_OK;
	}
}

static int
most(size_t *out, struct fa_scan *s, const struct fa_cond *c)
{
	*out = ANYWHERE;
	return is_wide(c) ? FA_OK : most_inside(out, s, c);
}

static int
pick(struct fa_scan *s, uint32_t sentence)
{
	uint32_t *grown;

	if (s->mark[sentence])
		return FA_OK;
	grown = fa_arena_grow(s->a, s->picked, &s->picked_cap, s->picked_n + 1,
		sizeof(*s->picked));
	if (!grown)
		return fa_fail(
			s->err, FA_E_NOMEM, "no memory for the sentences");
	s->picked = grown;
	s->picked[s->picked_n++] = sentence;
	s->mark[sentence] = 1;
	return FA_OK;
}

/* The sentences of a pattern; with matches, those in which it matches. */
static int
pick_pattern(struct fa_scan *s, uint32_t pattern, bool matches)
{
	const struct fa_unit *u;
	struct fa_phits *h;
	int rc = fa_scan_pattern(&h, s, pattern);
	uint32_t i;

	if (rc < 0)
		return rc;
	s->limited |= h->limited;
	for (i = fa_scan_next(s, h, 0); i < s->doc->sentences_n && rc == FA_OK;
		i = fa_scan_next(s, h, i + 1)) {
		if (matches)
			rc = fa_scan_search(&u, s, h, pattern, i);
		if (rc == FA_OK && (!matches || u))
			rc = pick(s, i);
	}
	return rc;
}

static int
pick_node(struct fa_scan *s, const struct fa_cond *c, bool matches)
{
	const struct fa_cond *best;
	size_t n;
	int rc = FA_OK;

	switch (c->kind) {
	case FA_COND_PATTERN:
		return pick_pattern(s, c->pattern, matches);
	case FA_COND_FACT:
		for (size_t i = 0;
			rc == FA_OK && i < s->flow->facts[c->fact].at_n; i++)
			rc = pick(s, s->flow->facts[c->fact].at[i]);
		return rc;
	case FA_COND_ANY:
		for (size_t i = 0; rc == FA_OK && i < c->child_n; i++)
			rc = pick_node(s, &c->child[i], matches);
		return rc;
	default:
		rc = fewest(&best, &n, s, c, matches);
		return rc < 0 || !best ? rc : pick_node(s, best, matches);
	}
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Puts what was picked into text order, and takes the marks away. */
static void
settle(struct fa_scan *s)
{
	bool sorted = true;

	for (size_t i = 0; i < s->picked_n; i++) {
		s->mark[s->picked[i]] = 0;
		sorted &= i == 0 || s->picked[i - 1] < s->picked[i];
	}
	if (!sorted)
		qsort(s->picked, s->picked_n, sizeof(*s->picked), by_number);
}

int
fa_scan_pick(struct fa_scan *s, const struct fa_rule *rule)
{
	bool matches = is_wide(rule->find) || s->flow;
	size_t n;
	int rc;

	s->picked_n = 0;
	rc = most_inside(&n, s, rule->find);
	if (rc == FA_OK && n != ANYWHERE)
		rc = pick_node(s, rule->find, matches);
	for (uint32_t i = 0;
		rc == FA_OK && n == ANYWHERE && i < s->doc->sentences_n; i++)
		rc = pick(s, i);
	settle(s);
	return rc;
}
