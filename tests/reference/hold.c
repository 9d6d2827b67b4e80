/* Where a rule holds: its condition is tried on one sentence after the other
 * (with a root in "clause", on one clause after the other), as a tree.
 *
 * A node with a region of its own looks there, any other where its parent
 * looks. A pattern holds when one of its matches lies in the region, with the
 * polarity that is asked for; a question is no evidence for or against
 * anybody, unless questions are what the rule looks for. ALL, ANY and NONE are
 * what they say; ANY rests on the first of its children that holds.
 *
 * What the passage is follows from the matches on which the condition rests:
 * for each pattern node the first that fits. Those in the sentence under
 * examination make the passage; where a node looks at the whole document, the
 * first that lies elsewhere is a passage of its own. A node that does not
 * hold, and NONE, give none.
 *
 * Not every sentence is tried, because a node with a wide region would hold in
 * all of it, and a fact on a whole screen: see anchored(). */
#include "reference/work.h"

/* On what a condition rests. */
struct basis {
	struct fa_range here; /* of what lies in the sentence; to 0: nothing */
	const struct ref_hit *far; /* elsewhere; NULL: nothing */
};

struct trial {
	struct ref_work *w;
	uint32_t sentence;
	struct fa_range clause; /* the whole sentence unless the root says so */
};

/* Where a node looks, and how. */
struct look {
	struct ref_region at;
	bool everywhere; /* the whole document: what is far is shown, too */
	bool asserts;    /* questions do not count */
};

static bool
fits(const struct fa_cond *c, const struct look *l, const struct ref_hit *h,
	struct fa_range part)
{
	if (h->text.from < part.from || h->text.from >= part.to ||
		h->text.to > part.to)
		return false;
	if (l->asserts && h->polarity == FA_POLARITY_QUESTION &&
		c->polarity != FA_POLARITY_QUESTION)
		return false;
	return c->polarity == FA_POLARITY_ANY || c->polarity == h->polarity;
}

static void
rest_on(struct basis *b, const struct trial *t, const struct look *l,
	const struct ref_hit *h)
{
	if (h->sentence != t->sentence) {
		if (l->everywhere && !b->far)
			b->far = h;
		return;
	}
	if (b->here.to == 0)
		b->here = h->text;
	if (h->text.from < b->here.from)
		b->here.from = h->text.from;
	if (h->text.to > b->here.to)
		b->here.to = h->text.to;
}

static int
pattern_holds(bool *holds, struct trial *t, const struct fa_cond *c,
	const struct look *l, struct basis *b)
{
	const struct ref_hits *h;
	int rc = ref_hits_of(&h, t->w, c->pattern);

	*holds = false;
	for (size_t p = 0; rc == FA_OK && p < l->at.n; p++)
		for (size_t i = 0; i < h->n; i++)
			if (fits(c, l, &h->at[i], l->at.part[p])) {
				rest_on(b, t, l, &h->at[i]);
				*holds = true;
				return FA_OK;
			}
	return rc;
}

static bool
scope_holds(struct trial *t, const struct fa_cond *c, const struct look *l)
{
	t->w->limited |= t->w->scope_limited;
	for (uint32_t i = 0; i < t->w->doc->sentences_n; i++)
		for (int k = 0; k < FA_SCOPE_COUNT; k++)
			if ((c->scopes & FA_SCOPE_BIT(k)) &&
				t->w->in_class[k][i] &&
				ref_region_touches(&l->at, t->w->doc, i))
				return true;
	return false;
}

static bool
fact_holds(const struct trial *t, const struct fa_cond *c, const struct look *l)
{
	const struct fa_fact_text *f;

	if (!t->w->flow)
		return false;
	f = &t->w->flow->facts[c->fact];
	for (size_t i = 0; i < f->over_n; i++)
		if (ref_region_touches(&l->at, t->w->doc, f->over[i]))
			return true;
	return false;
}

static int cond_holds(bool *holds, struct trial *t, const struct fa_cond *c,
	struct look l, struct basis *b);

/* How many children hold, up to the first for ANY and NONE. */
static int
children_hold(bool *holds, struct trial *t, const struct fa_cond *c,
	struct look l, struct basis *b)
{
	struct basis found = *b;
	size_t held = 0;

	if (c->kind == FA_COND_NONE)
		l.asserts = false;
	for (size_t i = 0; i < c->child_n; i++) {
		bool one;
		int rc;

		if (c->kind != FA_COND_ALL && held > 0)
			break;
		rc = cond_holds(&one, t, &c->child[i], l, &found);
		if (rc < 0)
			return rc;
		held += one;
		if (c->kind == FA_COND_ALL && !one)
			break;
	}
	*holds = c->kind == FA_COND_ALL  ? held == c->child_n
		: c->kind == FA_COND_ANY ? held > 0
					 : held == 0;
	if (*holds && c->kind != FA_COND_NONE)
		*b = found;
	return FA_OK;
}

static int
cond_holds(bool *holds, struct trial *t, const struct fa_cond *c, struct look l,
	struct basis *b)
{
	if (c->has_region) {
		l.everywhere = c->region == FA_REGION_DOCUMENT;
		ref_region_around(&l.at, t->w, c->region, c->near, t->sentence,
			t->clause);
	}
	switch (c->kind) {
	case FA_COND_PATTERN:
		return pattern_holds(holds, t, c, &l, b);
	case FA_COND_SCOPE:
		*holds = scope_holds(t, c, &l);
		return FA_OK;
	case FA_COND_FACT:
		*holds = fact_holds(t, c, &l);
		return FA_OK;
	default:
		return children_hold(holds, t, c, l, b);
	}
}

static int anchored(bool *knows, bool *here, struct ref_work *w,
	const struct fa_cond *c, bool root, uint32_t sentence);

/* ALL needs one child that says where, and takes the first; a fact is asked
 * last. ANY needs all of them, and takes them together. */
static int
children_anchored(bool *knows, bool *here, struct ref_work *w,
	const struct fa_cond *c, uint32_t sentence)
{
	size_t n = c->child_n;
	bool any = false;

	*knows = false;
	for (size_t i = 0; i < 2 * n; i++) {
		const struct fa_cond *child = &c->child[i % n];
		bool one;
		int rc;

		if ((child->kind == FA_COND_FACT) != (i >= n))
			continue;
		rc = anchored(knows, &one, w, child, false, sentence);
		if (rc < 0)
			return rc;
		if (c->kind == FA_COND_ALL && *knows) {
			*here = one;
			return FA_OK;
		}
		if (c->kind == FA_COND_ANY && !*knows)
			return FA_OK;
		any |= one;
	}
	*here = any;
	return FA_OK;
}

/* Where a condition is tried. A pattern stands for the sentences in which it
 * has a match, of whatever polarity; a fact for those that stand for it, which
 * are fewer than those that it is about. A node in a region wider than the
 * sentence, a scope and NONE stand for none (*knows is false): then a sibling
 * says where. When none does, every sentence is tried. *here, when *knows: is
 * the sentence among those of the node? */
static int
anchored(bool *knows, bool *here, struct ref_work *w, const struct fa_cond *c,
	bool root, uint32_t sentence)
{
	const struct fa_fact_text *f;
	const struct ref_hits *h;
	int rc;

	*knows = *here = false;
	if (!root && c->has_region && c->region > FA_REGION_SENTENCE)
		return FA_OK;
	if (c->kind == FA_COND_ALL || c->kind == FA_COND_ANY)
		return children_anchored(knows, here, w, c, sentence);
	if (c->kind == FA_COND_PATTERN) {
		rc = ref_hits_of(&h, w, c->pattern);
		if (rc < 0)
			return rc;
		for (size_t i = 0; i < h->n; i++)
			*here |= h->at[i].sentence == sentence;
		*knows = true;
	}
	if (c->kind == FA_COND_FACT && w->flow) {
		f = &w->flow->facts[c->fact];
		for (size_t i = 0; i < f->at_n; i++)
			*here |= f->at[i] == sentence;
		*knows = true;
	}
	return FA_OK;
}

/* Whole clauses around a passage, without blanks at the ends. */
static struct fa_range
whole_clauses(const struct fa_doc *d, uint32_t sentence, struct fa_range r)
{
	uint32_t first = ref_clause_at(d, sentence, r.from);
	uint32_t last = ref_clause_at(d, sentence, r.to > 0 ? r.to - 1 : 0);

	r.from = d->clauses[first].from;
	r.to = d->clauses[last].to;
	while (r.from < r.to && d->text.p[r.from] == ' ')
		r.from++;
	while (r.to > r.from && d->text.p[r.to - 1] == ' ')
		r.to--;
	return r;
}

static int
add_fire(struct ref_fires *out, struct ref_work *w, uint32_t sentence,
	struct fa_range text, bool exculpated)
{
	struct ref_fire *grown = fa_arena_grow(
		w->a, out->at, &out->cap, out->n + 1, sizeof(*grown));

	if (!grown)
		return ref_no_memory(w);
	out->at = grown;
	out->at[out->n++] = (struct ref_fire){ sentence,
		whole_clauses(w->doc, sentence, text), exculpated };
	return FA_OK;
}

/* The sentence, or one clause of it. */
static int
try_one(struct ref_fires *out, struct ref_work *w, const struct fa_rule *rule,
	uint32_t sentence, struct fa_range unit)
{
	struct trial t = { w, sentence, unit };
	struct look l = { { { unit }, 1 }, false,
		rule->verdict == FA_VERDICT_VIOLATION ||
			rule->verdict == FA_VERDICT_COMPLIANT };
	struct basis b = { { 0, 0 }, NULL }, ignored = b;
	bool holds, excused = false;
	int rc = cond_holds(&holds, &t, rule->find, l, &b);

	if (rc < 0 || !holds)
		return rc;
	l.asserts = false;
	ref_region_around(&l.at, w, FA_REGION_SENTENCE, 0, sentence, unit);
	if (rule->unless)
		rc = cond_holds(&excused, &t, rule->unless, l, &ignored);
	if (rc == FA_OK)
		rc = add_fire(out, w, sentence, b.here.to > 0 ? b.here : unit,
			excused);
	if (rc == FA_OK && b.far && rule->scope < 0)
		rc = add_fire(out, w, b.far->sentence, b.far->text, excused);
	return rc;
}

static int
try_sentence(struct ref_fires *out, struct ref_work *w,
	const struct fa_rule *rule, uint32_t sentence)
{
	const struct fa_sentence *s = &w->doc->sentences[sentence];
	bool by_clause = rule->find->has_region &&
		rule->find->region == FA_REGION_CLAUSE;
	bool knows, here;
	int rc = anchored(&knows, &here, w, rule->find, true, sentence);

	if (rc < 0 || (knows && !here))
		return rc;
	if (!by_clause)
		return try_one(out, w, rule, sentence, s->text);
	for (uint32_t i = s->clauses.from; i < s->clauses.to; i++) {
		rc = try_one(out, w, rule, sentence, w->doc->clauses[i]);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
ref_fires_of(
	struct ref_fires *out, struct ref_work *w, const struct fa_rule *rule)
{
	*out = (struct ref_fires){ 0 };
	w->limited = false;
	for (uint32_t i = 0; rule->find && i < w->doc->sentences_n; i++) {
		int rc = try_sentence(out, w, rule, i);
		if (rc < 0)
			return rc;
	}
	out->limited = w->limited;
	return FA_OK;
}
