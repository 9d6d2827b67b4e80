/* From what rules find to what a document is, does and leaves undone. */
#include "reference/work.h"

#include <stdlib.h>

#define KEPT 64 /* passages of a rule, and as many that were called off */

static const char limit_reason[] =
	"match_limit: a pattern reached a limit on this document";

#define BEFORE(x, y)                                                           \
	do {                                                                   \
		if ((x) != (y))                                                \
			return (x) < (y) ? -1 : 1;                             \
	} while (0)

static int
mention_order(const void *a, const void *b)
{
	const struct fa_mention *x = a, *y = b;

	BEFORE(x->text.from, y->text.from);
	BEFORE(x->scope, y->scope);
	BEFORE(x->text.to, y->text.to);
	BEFORE(x->rule, y->rule);
	return 0;
}

static int
hit_order(const void *a, const void *b)
{
	const struct fa_hit *x = a, *y = b;

	BEFORE(x->text.from, y->text.from);
	BEFORE(x->text.to, y->text.to);
	BEFORE(x->rule, y->rule);
	BEFORE(x->exculpates, y->exculpates);
	return 0;
}

/* One class of mentions: its rules see the classes before it, not their own. */
static int
one_class(struct fa_match *m, size_t *cap, struct ref_work *w, int k)
{
	const struct fa_bundle *b = w->m->bundle;
	size_t first = m->mentions_n;

	for (uint32_t r = 0; r < b->rules_n; r++) {
		struct ref_fires f = { 0 };
		struct fa_mention *grown;
		int rc = FA_OK;

		if (b->rules[r].scope == k)
			rc = ref_fires_of(&f, w, &b->rules[r]);
		if (rc < 0)
			return rc;
		w->scope_limited |= f.limited;
		grown = fa_arena_grow(w->a, m->mentions, cap,
			m->mentions_n + f.n + 1, sizeof(*grown));
		if (!grown)
			return ref_no_memory(w);
		m->mentions = grown;
		for (size_t i = 0; i < f.n; i++)
			if (!f.at[i].exculpated)
				grown[m->mentions_n++] = (struct fa_mention){ k,
					r, f.at[i].sentence, f.at[i].text };
	}
	for (size_t i = first; i < m->mentions_n; i++) {
		w->in_class[k][m->mentions[i].sentence] = true;
		m->scopes |= FA_SCOPE_BIT(k);
	}
	return FA_OK;
}

int
ref_scopes(struct fa_match *m, struct ref_work *w)
{
	static const enum fa_scope order[] = { FA_SCOPE_DEFN, FA_SCOPE_OS_BIO,
		FA_SCOPE_FACE_FX, FA_SCOPE_PHOTO, FA_SCOPE_FACE_ID };
	size_t cap = 0;

	for (size_t i = 0; i < FA_COUNT(order); i++) {
		int rc = one_class(m, &cap, w, (int)order[i]);
		if (rc < 0)
			return rc;
	}
	if (m->mentions_n > 1)
		qsort(m->mentions, m->mentions_n, sizeof(*m->mentions),
			mention_order);
	return FA_OK;
}

static bool
in_force(const struct fa_instrument *x, int32_t as_of)
{
	if (x->in_force_from == 0 || as_of < x->in_force_from)
		return false;
	return x->in_force_to == 0 || as_of <= x->in_force_to;
}

/* Rules for documents judge documents, rules for flows flows. Of short texts
 * nothing is said that rests on what they lack, or on doubt. */
static bool
judges(const struct ref_work *w, const struct fa_decision *d,
	const struct fa_rule *r)
{
	if (r->obligation != d->obligation || !r->find ||
		r->on_flow != (w->flow != NULL))
		return false;
	if (!w->doc->loose || r->verdict == FA_VERDICT_COMPLIANT)
		return true;
	if (r->verdict == FA_VERDICT_CANNOT_TELL)
		return false;
	return r->verdict != FA_VERDICT_VIOLATION ||
		!fa_rule_wants_silence(r, true);
}

/* Of the rules that hold the one with the highest verdict decides, then the
 * one that was right most often, then the first. */
static bool
better(const struct fa_bundle *b, uint32_t rule, uint32_t than)
{
	const struct fa_rule *x = &b->rules[rule], *y;

	if (than == FA_RULE_NONE)
		return true;
	y = &b->rules[than];
	if (x->verdict != y->verdict)
		return x->verdict > y->verdict;
	return x->precision > y->precision;
}

static int
take_rule(struct fa_decision *d, size_t *cap, struct ref_work *w, uint32_t rule,
	const struct ref_fires *f)
{
	size_t stands = 0, called_off = 0;
	struct fa_hit *grown = fa_arena_grow(
		w->a, d->hits, cap, d->hits_n + 2 * KEPT, sizeof(*grown));

	if (!grown)
		return ref_no_memory(w);
	d->hits = grown;
	for (size_t i = 0; i < f->n; i++) {
		const struct ref_fire *x = &f->at[i];
		size_t before = x->exculpated ? called_off++ : stands++;

		if (before < KEPT)
			d->hits[d->hits_n++] = (struct fa_hit){ rule, x->text,
				x->sentence, x->exculpated };
	}
	if (stands > 0 && better(w->m->bundle, rule, d->rule))
		d->rule = rule;
	return FA_OK;
}

/* What holds when no rule does. */
static void
fall_silent(struct fa_decision *d, const struct ref_work *w, bool judged)
{
	const struct fa_obligation *o =
		&w->m->bundle->obligations[d->obligation];

	if (w->flow) {
		if (judged && w->flow->unseen.p) {
			d->verdict = FA_VERDICT_CANNOT_TELL;
			d->reason = w->flow->unseen;
		}
	} else if (!w->doc->loose && !w->doc->aside) {
		d->verdict = o->silent;
		if (o->silent == FA_VERDICT_GAP)
			d->rule = o->gap_rule;
	}
}

static void
give_up(struct fa_decision *d)
{
	d->verdict = FA_VERDICT_CANNOT_TELL;
	d->rule = FA_RULE_NONE;
	d->reason = fa_str_c(limit_reason);
}

static int
decide_one(struct fa_decision *d, struct ref_work *w)
{
	const struct fa_bundle *b = w->m->bundle;
	bool judged = false, limited = false;
	size_t cap = 0;

	for (uint32_t r = 0; r < b->rules_n; r++) {
		struct ref_fires f;
		int rc;

		if (!judges(w, d, &b->rules[r]))
			continue;
		rc = ref_fires_of(&f, w, &b->rules[r]);
		if (rc == FA_OK)
			rc = take_rule(d, &cap, w, r, &f);
		if (rc < 0)
			return rc;
		judged = true;
		limited |= f.limited;
	}
	if (d->rule != FA_RULE_NONE)
		d->verdict = b->rules[d->rule].verdict;
	else
		fall_silent(d, w, judged);
	if (limited && d->verdict != FA_VERDICT_VIOLATION)
		give_up(d);
	if (d->hits_n > 1)
		qsort(d->hits, d->hits_n, sizeof(*d->hits), hit_order);
	return FA_OK;
}

int
ref_decide(struct fa_match *m, struct ref_work *w, int32_t as_of)
{
	const struct fa_bundle *b = w->m->bundle;
	int rc = FA_OK;

	m->decisions_n = b->obligations_n;
	m->decisions =
		fa_arena_new(w->a, b->obligations_n + 1, sizeof(*m->decisions));
	if (!m->decisions)
		return ref_no_memory(w);
	for (uint32_t i = 0; rc == FA_OK && i < b->obligations_n; i++) {
		const struct fa_obligation *o = &b->obligations[i];
		struct fa_decision *d = &m->decisions[i];

		*d = (struct fa_decision){ .obligation = i,
			.verdict = FA_VERDICT_NOT_APPLICABLE,
			.rule = FA_RULE_NONE };
		if (!in_force(&b->instruments[o->instrument], as_of))
			continue;
		if (w->flow || (m->scopes & o->scopes))
			rc = decide_one(d, w);
		else if (w->scope_limited)
			give_up(d);
	}
	return rc;
}
