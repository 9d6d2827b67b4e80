/* From rules that fire to one verdict per obligation. */
#include <stdlib.h>

#include "match/scan.h"

/* Kept of a rule, and as many that were called off; more change nothing. */
#define HITS_PER_RULE 64

static bool
in_force(const struct fa_instrument *x, int32_t as_of)
{
	return x->in_force_from != 0 && x->in_force_from <= as_of &&
		(x->in_force_to == 0 || as_of <= x->in_force_to);
}

static int
add_hits(struct fa_decision *d, size_t *cap, struct fa_scan *s, uint32_t rule,
	const struct fa_fires *fires)
{
	size_t most = 2 * HITS_PER_RULE, kept[2] = { 0, 0 };
	struct fa_hit *grown = fa_arena_grow(s->a, d->hits, cap,
		d->hits_n + (fires->n < most ? fires->n : most),
		sizeof(*grown));

	if (!grown)
		return fa_fail(s->err, FA_E_NOMEM, "no memory for findings");
	d->hits = grown;
	for (size_t i = 0; i < fires->n; i++) {
		const struct fa_fire *x = &fires->at[i];
		if (kept[x->exculpated]++ < HITS_PER_RULE)
			d->hits[d->hits_n++] = (struct fa_hit){ rule, x->text,
				x->sentence, x->exculpated };
	}
	return FA_OK;
}

static bool
holds(const struct fa_fires *fires)
{
	for (size_t i = 0; i < fires->n; i++)
		if (!fires->at[i].exculpated)
			return true;
	return false;
}

/* The higher verdict decides; among rules for the same verdict the one with
 * the better measured precision, then the first by id. */
static bool
outranks(const struct fa_bundle *b, const struct fa_decision *d, uint32_t rule)
{
	const struct fa_rule *r = &b->rules[rule];

	if (d->rule == FA_RULE_NONE)
		return true;
	if (r->verdict != b->rules[d->rule].verdict)
		return r->verdict > b->rules[d->rule].verdict;
	return r->precision > b->rules[d->rule].precision;
}

static int
by_text(const void *a, const void *b)
{
	const struct fa_hit *x = a, *y = b;

	if (x->text.from != y->text.from)
		return x->text.from < y->text.from ? -1 : 1;
	if (x->text.to != y->text.to)
		return x->text.to < y->text.to ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return x->exculpates - y->exculpates;
}

static void
give_up(struct fa_decision *d)
{
	d->verdict = FA_VERDICT_CANNOT_TELL;
	d->rule = FA_RULE_NONE;
	d->reason = FA_STR("match_limit: a pattern reached a limit on this "
			   "document");
}

static void
settle(struct fa_decision *d, const struct fa_scan *s, bool judged,
	bool limited)
{
	const struct fa_bundle *b = s->m->bundle;
	const struct fa_obligation *o = &b->obligations[d->obligation];

	if (d->rule != FA_RULE_NONE) {
		d->verdict = b->rules[d->rule].verdict;
	} else if (!s->flow && (s->doc->loose || s->doc->aside)) {
		d->verdict = FA_VERDICT_NOT_APPLICABLE;
	} else if (!s->flow) {
		d->verdict = o->silent;
		if (o->silent == FA_VERDICT_GAP)
			d->rule = o->gap_rule;
	} else if (judged && s->flow->unseen.p) {
		d->verdict = FA_VERDICT_CANNOT_TELL;
		d->reason = s->flow->unseen;
	}
	if (limited && d->verdict != FA_VERDICT_VIOLATION)
		give_up(d);
	if (d->hits_n > 1)
		qsort(d->hits, d->hits_n, sizeof(*d->hits), by_text);
}

static int
decide(struct fa_decision *d, struct fa_scan *s)
{
	const struct fa_bundle *b = s->m->bundle;
	const uint32_t *from = &s->m->duty_from[d->obligation];
	bool judged = false, limited = false;
	size_t cap = 0;

	for (uint32_t i = from[0]; i < from[1]; i++) {
		uint32_t r = s->m->duty[i];
		const struct fa_fires *fires;
		int rc;

		if (b->rules[r].on_flow != (s->flow != NULL) ||
			/* Short texts are never all that an app says, and
			 * what they leave open is not for them to close. */
			(s->doc->loose && s->m->far[r]))
			continue;
		rc = fa_scan_rule(&fires, s, &b->rules[r]);
		if (rc == FA_OK)
			rc = add_hits(d, &cap, s, r, fires);
		if (rc < 0)
			return rc;
		judged = true;
		limited |= fires->limited;
		if (holds(fires) && outranks(b, d, r))
			d->rule = r;
	}
	settle(d, s, judged, limited);
	return FA_OK;
}

int
fa_scan_decide(struct fa_match *m, struct fa_scan *s, int32_t as_of)
{
	const struct fa_bundle *b = s->m->bundle;

	m->decisions_n = b->obligations_n;
	m->decisions =
		fa_arena_new(s->a, b->obligations_n + 1, sizeof(*m->decisions));
	if (!m->decisions)
		return fa_fail(s->err, FA_E_NOMEM, "no memory for findings");
	for (uint32_t i = 0; i < b->obligations_n; i++) {
		const struct fa_obligation *o = &b->obligations[i];
		struct fa_decision *d = &m->decisions[i];
		int rc;

		d->obligation = i;
		d->rule = FA_RULE_NONE;
		d->verdict = FA_VERDICT_NOT_APPLICABLE;
		if (!in_force(&b->instruments[o->instrument], as_of))
			continue;
		if (!s->flow && !(m->scopes & o->scopes)) {
			if (s->scope_limited)
				give_up(d);
			continue;
		}
		rc = decide(d, s);
		if (rc < 0)
			return rc;
	}
	m->limits_hit = s->limits_hit;
	return FA_OK;
}
