/* Evaluation of condition trees.
 *
 * A rule's find is tried on the sentences that pick.c chooses. With a root
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
	enum fa_region region;  /* looking at it */
	bool asserts;           /* a question is no evidence here */
	struct found found;
};

static const struct found nothing = { { UINT32_MAX, 0 }, { UINT32_MAX, 0 }, 0 };

/* Whoever asks states nothing: what stands in a question neither breaks nor
 * meets an obligation, unless the rule looks for questions. */
static bool
counts(struct trial *t, const struct fa_cond *c, const struct fa_phit *hit,
	uint32_t sentence)
{
	if (c->polarity == FA_POLARITY_ANY)
		return !t->asserts || !fa_scan_is_asked(t->s, hit, sentence);
	return c->polarity == fa_scan_polarity(t->s, hit, sentence);
}

static void
gather(struct trial *t, const struct fa_phit *hit, uint32_t sentence)
{
	struct found *f = &t->found;

	if (sentence != t->sentence) {
		if (t->region == FA_REGION_DOCUMENT &&
			f->far.from > f->far.to) {
			f->far = hit->text;
			f->far_sentence = sentence;
		}
		return;
	}
	if (hit->text.from < f->passage.from)
		f->passage.from = hit->text.from;
	if (hit->text.to > f->passage.to)
		f->passage.to = hit->text.to;
}

/* The first hit in one sentence that counts within r. */
static int
eval_unit(bool *holds, struct trial *t, const struct fa_cond *c,
	struct fa_phits *h, struct fa_unit *u, struct fa_range r)
{
	for (uint32_t i = 0;; i++) {
		const struct fa_phit *hit;

		if (i == u->hits_n) {
			int rc = fa_scan_more(t->s, h, c->pattern, u);

			if (rc <= 0)
				return rc;
		}
		hit = &u->hits[i];
		if (hit->text.from >= r.to)
			return FA_OK;
		if (hit->text.from < r.from || hit->text.to > r.to ||
			!counts(t, c, hit, u->sentence))
			continue;
		gather(t, hit, u->sentence);
		*holds = true;
		return FA_OK;
	}
}

static int
eval_sentence(bool *holds, struct trial *t, const struct fa_cond *c,
	struct fa_phits *h, uint32_t sentence, struct fa_range r)
{
	struct fa_unit *u;
	int rc = fa_scan_search(&u, t->s, h, c->pattern, sentence);

	return rc < 0 || !u ? rc : eval_unit(holds, t, c, h, u, r);
}

/* The pattern in a part of the area, which is not of one sentence. */
static int
eval_part(bool *holds, struct trial *t, const struct fa_cond *c,
	struct fa_phits *h, struct fa_range r, struct fa_range run)
{
	uint32_t i = fa_scan_next(t->s, h, run.from);
	int rc = FA_OK;

	while (rc == FA_OK && !*holds && i < run.to) {
		rc = eval_sentence(holds, t, c, h, i, r);
		i = fa_scan_next(t->s, h, i + 1);
	}
	return rc;
}

static int
eval_pattern(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	struct fa_phits *h;
	int rc = fa_scan_pattern(&h, t->s, c->pattern);

	*holds = false;
	if (rc < 0 || h->nowhere)
		return rc;
	t->s->limited |= h->limited;
	for (size_t p = 0; rc == FA_OK && p < area->n && !*holds; p++) {
		struct fa_range r = area->part[p], run = area->run[p];

		if (run.to - run.from != 1)
			rc = eval_part(holds, t, c, h, r, run);
		else if (fa_scan_may(h, run.from))
			rc = eval_sentence(holds, t, c, h, run.from, r);
	}
	return rc;
}

static bool
eval_scope(const struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	t->s->limited |= t->s->scope_limited;
	for (int k = 0; k < FA_SCOPE_COUNT; k++) {
		if (!(c->scopes & FA_SCOPE_BIT(k)) || !t->s->scopes[k])
			continue;
		for (size_t i = 0; i < area->n; i++)
			if (fa_scan_any(t->s->scopes[k], area->run[i]))
				return true;
	}
	return false;
}

/* Is one of the numbers, which ascend, in the run? */
static bool
any_in(const uint32_t *at, size_t n, struct fa_range run)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (at[mid] < run.from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && at[lo] < run.to;
}

/* The facts of a flow: does the area touch what one is about? */
static bool
eval_fact(const struct trial *t, const struct fa_cond *c,
	const struct fa_area *area)
{
	const struct fa_fact_text *fact;

	if (!t->s->flow)
		return false;
	fact = &t->s->flow->facts[c->fact];
	for (size_t i = 0; i < area->n; i++)
		if (any_in(fact->over, fact->over_n, area->run[i]))
			return true;
	return false;
}

/* Is it known without a search that a pattern is not there? */
static bool
is_absent(const struct trial *t, const struct fa_cond *c)
{
	enum fa_region region = c->has_region ? c->region : t->region;
	const struct fa_phits *h;

	if (c->kind != FA_COND_PATTERN)
		return false;
	h = t->s->hits[c->pattern];
	if (!h || h->nowhere)
		return h != NULL;
	return region <= FA_REGION_SENTENCE && !h->limited &&
		!fa_bits_has(h->may, t->sentence);
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
		bool one = false;
		int rc = FA_OK;

		if (!is_absent(t, &c->child[i]))
			rc = eval(&one, t, &c->child[i], area);
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
	enum fa_region region = t->region;
	struct fa_area own;
	int rc;

	if (c->has_region) {
		t->region = c->region;
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
	t->region = region;
	return rc;
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
add_fire(struct trial *t, uint32_t sentence, struct fa_range text,
	bool exculpated)
{
	struct fa_fires *out = &t->s->fires;
	struct fa_fire *grown = fa_arena_grow(
		t->s->a, out->at, &out->cap, out->n + 1, sizeof(*out->at));

	if (!grown)
		return fa_fail(
			t->s->err, FA_E_NOMEM, "no memory for the findings");
	out->at = grown;
	out->at[out->n++] = (struct fa_fire){ sentence,
		widen(t->s, sentence, text), exculpated };
	return FA_OK;
}

static int
try_unit(struct fa_scan *s, const struct fa_rule *rule, uint32_t sentence,
	struct fa_range clause)
{
	bool asserts = rule->verdict == FA_VERDICT_VIOLATION ||
		rule->verdict == FA_VERDICT_COMPLIANT;
	struct trial t = { s, sentence, clause, FA_REGION_SENTENCE, asserts,
		nothing };
	struct fa_area area = { { clause }, { { sentence, sentence + 1 } }, 1 };
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
	rc = add_fire(&t, sentence, found.passage, excused);
	if (rc < 0 || rule->scope >= 0 || found.far.from > found.far.to)
		return rc;
	return add_fire(&t, found.far_sentence, found.far, excused);
}

static int
try_sentence(struct fa_scan *s, const struct fa_rule *rule, uint32_t sentence)
{
	const struct fa_sentence *x = &s->doc->sentences[sentence];

	if (!rule->find->has_region || rule->find->region != FA_REGION_CLAUSE)
		return try_unit(s, rule, sentence, x->text);
	for (uint32_t i = x->clauses.from; i < x->clauses.to; i++) {
		int rc = try_unit(s, rule, sentence, s->doc->clauses[i]);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_scan_rule(const struct fa_fires **out, struct fa_scan *s,
	const struct fa_rule *rule)
{
	bool any = false;
	int rc = FA_OK;

	s->fires.n = 0;
	s->limited = false;
	if (rule->find && s->doc->sentences_n > 0)
		rc = fa_scan_pick(&any, s, rule);
	for (size_t i = 0; any && i < s->row_n; i++) {
		uint64_t bits = s->picked[i];

		for (; rc == FA_OK && bits != 0; bits &= bits - 1)
			rc = try_sentence(s, rule,
				(uint32_t)(i * FA_BITS_WORD) +
					(uint32_t)__builtin_ctzll(bits));
	}
	s->fires.limited = s->limited;
	fa_scan_let_go(s, rule);
	*out = &s->fires;
	return rc;
}
