/* Evaluation of condition trees.
 *
 * A rule's find is tried on every candidate sentence: one in which a pattern
 * of its root that is not confined to a wider region has a hit. With a root
 * in "clause", each clause of these sentences is tried by itself. Nodes that
 * name a region of their own look there; all others look where their parent
 * looks. What a node finds inside the sentence under examination is gathered
 * as the passage to report; the first thing that a node in "document" finds
 * elsewhere is reported beside it, because a finding that rests on two places
 * shows both.
 *
 * Example: find: {in: sentence, match: A, all: [{in: section, match: B}]}:
 * candidates are the sentences with A; each holds when B stands somewhere in
 * its section; the passage is the clause that holds A. */
#include "match/scan.h"

#include <string.h>

struct found {
	struct fa_range passage; /* hull of hits inside the sentence under
				  * examination; from > to: none */
	struct fa_range far;     /* a hit elsewhere; from > to: none */
	uint32_t far_sentence;
};

struct trial {
	struct fa_scan *s;
	uint32_t sentence;
	struct fa_range clause; /* the whole sentence for other roots */
	bool anywhere;          /* looking at the whole document */
	bool asserts;           /* a question is no evidence here */
	struct found found;
};

static const struct found nothing = { { UINT32_MAX, 0 }, { UINT32_MAX, 0 }, 0 };

static size_t
first_from(const struct fa_phits *h, uint32_t from)
{
	size_t lo = 0, hi = h->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (h->at[mid].text.from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
polarity_fits(enum fa_polarity want, enum fa_polarity got)
{
	return want == FA_POLARITY_ANY || want == got;
}

/* Whoever asks states nothing: what stands in a question neither breaks nor
 * meets an obligation, unless the rule looks for questions. */
static bool
is_asked(const struct fa_cond *c, const struct fa_phit *hit)
{
	return hit->polarity == FA_POLARITY_QUESTION &&
		c->polarity != FA_POLARITY_QUESTION;
}

static void
gather(struct trial *t, const struct fa_phit *hit)
{
	struct found *f = &t->found;

	if (hit->sentence != t->sentence) {
		if (t->anywhere && f->far.from > f->far.to) {
			f->far = hit->text;
			f->far_sentence = hit->sentence;
		}
		return;
	}
	if (hit->text.from < f->passage.from)
		f->passage.from = hit->text.from;
	if (hit->text.to > f->passage.to)
		f->passage.to = hit->text.to;
}

static int
eval_pattern(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	const struct fa_phits *h;
	int rc = fa_scan_pattern(&h, t->s, c->pattern);

	*holds = false;
	if (rc < 0)
		return rc;
	for (size_t p = 0; p < area->n && !*holds; p++) {
		struct fa_range r = area->part[p];

		for (size_t i = first_from(h, r.from);
			i < h->n && h->at[i].text.from < r.to; i++) {
			if (h->at[i].text.to > r.to ||
				(t->asserts && is_asked(c, &h->at[i])) ||
				!polarity_fits(c->polarity, h->at[i].polarity))
				continue;
			gather(t, &h->at[i]);
			*holds = true;
			break;
		}
	}
	return FA_OK;
}

static bool
eval_scope(const struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	t->s->limited |= t->s->scope_limited;
	for (int k = 0; k < FA_SCOPE_COUNT; k++) {
		if (!(c->scopes & FA_SCOPE_BIT(k)))
			continue;
		for (size_t i = 0; i < area->n; i++)
			if (fa_scan_posted_in(
				    t->s, &t->s->scopes[k], area->part[i]))
				return true;
	}
	return false;
}

/* The facts of a flow: does the area touch what one is about? */
static bool
eval_fact(const struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	struct fa_posting p;

	if (!t->s->flow)
		return false;
	p = (struct fa_posting){ t->s->flow->facts[c->fact].over,
		t->s->flow->facts[c->fact].over_n, 0 };
	for (size_t i = 0; i < area->n; i++)
		if (fa_scan_posted_in(t->s, &p, area->part[i]))
			return true;
	return false;
}

static int eval(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct fa_area *inherited);

/* ALL stops at the first child that fails, ANY and NONE at the first that
 * holds. What was found on the way to "does not hold", or by NONE, is not part
 * of the passage. The depth of the tree is limited when rules are loaded
 * (FA_RULES_DEPTH). */
static int
eval_children(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	bool stop_on = c->kind != FA_COND_ALL;
	struct found before = t->found;
	bool asserts = t->asserts;
	bool stopped = false;

	t->asserts = asserts && c->kind != FA_COND_NONE;

	for (size_t i = 0; i < c->child_n && !stopped; i++) {
		bool one;
		int rc = eval(&one, t, &c->child[i], area);
		if (rc < 0)
			return rc;
		stopped = one == stop_on;
	}
	t->asserts = asserts;
	*holds = stopped == (c->kind == FA_COND_ANY);
	if (!*holds || c->kind == FA_COND_NONE)
		t->found = before;
	return FA_OK;
}

static int
eval(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct fa_area *inherited)
{
	bool was_anywhere = t->anywhere;
	struct fa_area own;
	int rc;

	if (c->has_region) {
		t->anywhere = c->region == FA_REGION_DOCUMENT;
		fa_scan_area(
			&own, t->s, c->region, c->near, t->sentence, t->clause);
		inherited = &own;
	}
	if (c->kind == FA_COND_PATTERN) {
		rc = eval_pattern(holds, t, c, inherited);
	} else if (c->kind == FA_COND_SCOPE) {
		*holds = eval_scope(t, c, inherited);
		rc = FA_OK;
	} else if (c->kind == FA_COND_FACT) {
		*holds = eval_fact(t, c, inherited);
		rc = FA_OK;
	} else {
		rc = eval_children(holds, t, c, inherited);
	}
	t->anywhere = was_anywhere;
	return rc;
}

static int candidates(
	struct fa_scan *s, const struct fa_cond *c, bool root, bool *known);

/* One child of ALL is enough; a fact is the last one asked, because what it
 * is about may be a whole screen, and it stands for that by its heading. */
static int
of_children(struct fa_scan *s, const struct fa_cond *c, bool *known)
{
	*known = false;
	for (int facts = 0; facts < 2; facts++) {
		for (size_t i = 0; i < c->child_n; i++) {
			const struct fa_cond *child = &c->child[i];
			int rc;

			if ((child->kind == FA_COND_FACT) != (facts == 1))
				continue;
			rc = candidates(s, child, false, known);
			if (rc < 0)
				return rc;
			if (*known == (c->kind == FA_COND_ALL))
				return FA_OK;
		}
	}
	return FA_OK;
}

/* Marks the sentences worth trying in s->mark; *known is false when the node
 * may also hold elsewhere (then its parent must ask a sibling). */
static int
candidates(struct fa_scan *s, const struct fa_cond *c, bool root, bool *known)
{
	const struct fa_phits *h;
	int rc;

	*known = false;
	if (!root && c->has_region && c->region > FA_REGION_SENTENCE)
		return FA_OK;
	if (c->kind == FA_COND_PATTERN) {
		rc = fa_scan_pattern(&h, s, c->pattern);
		if (rc < 0)
			return rc;
		for (size_t i = 0; i < h->n; i++)
			s->mark[h->at[i].sentence] = 1;
		*known = true;
		return FA_OK;
	}
	if (c->kind == FA_COND_FACT && s->flow) {
		const struct fa_fact_text *f = &s->flow->facts[c->fact];

		for (size_t i = 0; i < f->at_n; i++)
			s->mark[f->at[i]] = 1;
		*known = true;
		return FA_OK;
	}
	if (c->kind != FA_COND_ALL && c->kind != FA_COND_ANY)
		return FA_OK;
	return of_children(s, c, known);
}

/* Whole clauses around what matched, without blanks at the ends. */
static struct fa_range
widen(const struct fa_scan *s, uint32_t sentence, struct fa_range hit)
{
	const struct fa_doc *d = s->doc;
	struct fa_range out = {
		d->clauses[fa_scan_clause(d, sentence, hit.from + 1)].from,
		d->clauses[fa_scan_clause(d, sentence, hit.to)].to
	};

	while (out.from < out.to && d->text.p[out.from] == ' ')
		out.from++;
	while (out.from < out.to && d->text.p[out.to - 1] == ' ')
		out.to--;
	return out;
}

static int
add_fire(struct fa_fires *out, struct trial *t, uint32_t sentence,
	struct fa_range text, bool exculpated)
{
	struct fa_fire *grown = fa_arena_grow(
		t->s->a, out->at, &out->cap, out->n + 1, sizeof(*out->at));

	if (!grown)
		return fa_fail(
			t->s->err, FA_E_NOMEM, "no memory for the findings");
	out->at = grown;
	out->at[out->n].sentence = sentence;
	out->at[out->n].text = widen(t->s, sentence, text);
	out->at[out->n].exculpated = exculpated;
	out->n++;
	return FA_OK;
}

static int
try_unit(struct fa_fires *out, struct fa_scan *s, const struct fa_rule *rule,
	uint32_t sentence, struct fa_range clause)
{
	bool asserts = rule->verdict == FA_VERDICT_VIOLATION ||
		rule->verdict == FA_VERDICT_COMPLIANT;
	struct trial t = { s, sentence, clause, false, asserts, nothing };
	struct fa_area area = { { clause }, 1 };
	struct found found;
	bool holds, excused = false;
	int rc = eval(&holds, &t, rule->find, &area);

	if (rc < 0 || !holds)
		return rc;
	found = t.found;
	if (rule->unless) {
		t.asserts = false;
		fa_scan_area(&area, s, FA_REGION_SENTENCE, 0, sentence, clause);
		rc = eval(&excused, &t, rule->unless, &area);
		if (rc < 0)
			return rc;
	}
	if (found.passage.from > found.passage.to)
		found.passage = clause;
	rc = add_fire(out, &t, sentence, found.passage, excused);
	if (rc < 0 || rule->scope >= 0 || found.far.from > found.far.to)
		return rc;
	return add_fire(out, &t, found.far_sentence, found.far, excused);
}

static int
try_sentence(struct fa_fires *out, struct fa_scan *s,
	const struct fa_rule *rule, uint32_t sentence)
{
	const struct fa_sentence *x = &s->doc->sentences[sentence];

	if (!rule->find->has_region || rule->find->region != FA_REGION_CLAUSE)
		return try_unit(out, s, rule, sentence, x->text);
	for (uint32_t i = x->clauses.from; i < x->clauses.to; i++) {
		int rc = try_unit(out, s, rule, sentence, s->doc->clauses[i]);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_scan_rule(
	struct fa_fires *out, struct fa_scan *s, const struct fa_rule *rule)
{
	bool known;
	int rc;

	*out = (struct fa_fires){ 0 };
	if (!rule->find || s->doc->sentences_n == 0)
		return FA_OK;
	s->limited = false;
	memset(s->mark, 0, s->doc->sentences_n);
	rc = candidates(s, rule->find, true, &known);
	if (rc == FA_OK && !known) /* any sentence may do */
		memset(s->mark, 1, s->doc->sentences_n);
	for (uint32_t i = 0; rc == FA_OK && i < s->doc->sentences_n; i++)
		if (s->mark[i])
			rc = try_sentence(out, s, rule, i);
	out->limited = s->limited;
	return rc;
}
