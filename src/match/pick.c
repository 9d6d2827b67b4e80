/* Which sentences a rule is tried on: those on which its condition may hold by
 * the words that they have.
 *
 * A root in a wider region reports the sentences of its patterns, and a fact
 * of a flow stands for a whole screen by one of its sentences: there the first
 * pattern decides which are tried, by its matches and not by its words. */
#include <string.h>

#include "match/scan.h"

static bool
is_wide(const struct fa_cond *c)
{
	return c->has_region && c->region > FA_REGION_SENTENCE;
}

static bool
scope_can_hold(const struct fa_scan *s, uint32_t scopes)
{
	for (int k = 0; k < FA_SCOPE_COUNT; k++)
		if ((scopes & FA_SCOPE_BIT(k)) && s->scopes[k])
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

/* Does the node say by itself where it may hold? */
static bool leads(const struct fa_scan *s, const struct fa_cond *c);

/* The child that says where all of them may hold; NULL: none does. A fact is
 * the last one asked, because what it is about may be a whole screen, and it
 * stands for that by its heading. */
static const struct fa_cond *
leader(const struct fa_scan *s, const struct fa_cond *c)
{
	for (int facts = 0; facts < 2; facts++) {
		for (size_t i = 0; i < c->child_n; i++) {
			const struct fa_cond *x = &c->child[i];

			if ((x->kind == FA_COND_FACT) == (facts == 1) &&
				!is_wide(x) && leads(s, x))
				return x;
		}
	}
	return NULL;
}

static bool
leads(const struct fa_scan *s, const struct fa_cond *c)
{
	switch (c->kind) {
	case FA_COND_PATTERN:
		return true;
	case FA_COND_FACT:
		return s->flow != NULL;
	case FA_COND_ANY:
		for (size_t i = 0; i < c->child_n; i++)
			if (is_wide(&c->child[i]) || !leads(s, &c->child[i]))
				return false;
		return c->child_n > 0;
	case FA_COND_ALL:
		return leader(s, c) != NULL;
	default:
		return false;
	}
}

static bool
is_in(const struct fa_bound *b, uint32_t sentence)
{
	return b->extent == FA_EXTENT_ALL ||
		(b->extent == FA_EXTENT_ROW && fa_bits_has(b->row, sentence));
}

/* The sentences in which a pattern matches. */
static int
pick_pattern(struct fa_scan *s, uint32_t pattern, const struct fa_bound *b)
{
	uint32_t n = (uint32_t)s->doc->sentences_n;
	struct fa_unit *u;
	struct fa_phits *h;
	int rc = fa_scan_pattern(&h, s, pattern);

	if (rc < 0)
		return rc;
	s->limited |= h->limited;
	for (uint32_t i = fa_scan_next(s, h, 0); i < n && rc == FA_OK;
		i = fa_scan_next(s, h, i + 1)) {
		if (!is_in(b, i))
			continue;
		rc = fa_scan_search(&u, s, h, pattern, i);
		if (rc == FA_OK && u)
			fa_bits_add(s->picked, i);
	}
	return rc;
}

static int
pick_node(struct fa_scan *s, const struct fa_cond *c, const struct fa_bound *b)
{
	const struct fa_fact_text *fact;
	int rc = FA_OK;

	switch (c->kind) {
	case FA_COND_PATTERN:
		return pick_pattern(s, c->pattern, b);
	case FA_COND_FACT:
		fact = &s->flow->facts[c->fact];
		for (size_t i = 0; i < fact->at_n; i++)
			if (is_in(b, fact->at[i]))
				fa_bits_add(s->picked, fact->at[i]);
		return FA_OK;
	case FA_COND_ANY:
		for (size_t i = 0; rc == FA_OK && i < c->child_n; i++)
			rc = pick_node(s, &c->child[i], b);
		return rc;
	default:
		return pick_node(s, leader(s, c), b);
	}
}

/* All that the bound has, but not what a smeared row has behind the end. */
static void
pick_bound(struct fa_scan *s, const struct fa_bound *b)
{
	size_t last = s->doc->sentences_n % FA_BITS_WORD;

	if (b->extent == FA_EXTENT_ROW)
		memcpy(s->picked, b->row, s->row_n * sizeof(*b->row));
	else
		memset(s->picked, 0xff, s->row_n * sizeof(*s->picked));
	if (last > 0)
		s->picked[s->row_n - 1] &= (UINT64_C(1) << last) - 1;
}

int
fa_scan_pick(bool *any, struct fa_scan *s, const struct fa_rule *rule)
{
	struct fa_bound b;
	int rc;

	*any = false;
	if (!fa_scan_can_hold(s, rule->find))
		return FA_OK;
	rc = fa_scan_bound(&b, s, rule->find);
	if (rc < 0)
		return rc;
	s->limited |= b.limited;
	if (b.extent == FA_EXTENT_NONE)
		return FA_OK;
	*any = true;
	if ((!is_wide(rule->find) && !s->flow) || !leads(s, rule->find)) {
		pick_bound(s, &b);
		return FA_OK;
	}
	memset(s->picked, 0, s->row_n * sizeof(*s->picked));
	return pick_node(s, rule->find, &b);
}
