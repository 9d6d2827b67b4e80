/* What people said of the findings. */
#include "case/facts_parts.h"
#include "store/custody.h"

struct reading {
	struct fa_facts *x;
	struct fa_dossier_finding *f;
	size_t cap;
};

static int
add_opinion(void *ctx, const struct fa_store_review *r, struct fa_err *err)
{
	struct reading *w = ctx;
	struct fa_dossier_finding *f = w->f;
	struct fa_dossier_opinion *o;

	o = FA_FACTS_ADD(w->x, f->opinions, f->opinions_n, w->cap, err);
	if (o == NULL)
		return FA_E_NOMEM;
	*o = (struct fa_dossier_opinion){ .seq = r->seq,
		.at_us = r->t_ms * 1000,
		.state = fa_facts_dup(w->x, r->state),
		.by = fa_facts_dup(w->x, r->by),
		.role = fa_facts_dup(w->x, r->role),
		.note = fa_facts_dup(w->x, r->note),
		.superseded = r->superseded };
	return FA_OK;
}

/* As faceaudit-review(1) has it: the last word of each person counts. */
static enum fa_dossier_review
state_of(const struct fa_dossier_finding *f)
{
	size_t yes = 0, no = 0, all = 0;

	for (size_t i = 0; i < f->opinions_n; i++) {
		if (f->opinions[i].superseded)
			continue;
		all++;
		yes += fa_str_eq(f->opinions[i].state, FA_STR("confirmed"));
		no += fa_str_eq(f->opinions[i].state, FA_STR("rejected"));
	}
	if (f->opinions_n == 0)
		return FA_REVIEW_NONE;
	if (yes > 0 && no > 0)
		return FA_REVIEW_DISPUTED;
	if (yes + no < all)
		return FA_REVIEW_DOUBTFUL;
	return yes > 0 ? FA_REVIEW_CONFIRMED : FA_REVIEW_REJECTED;
}

/* Did this person say something of an earlier finding, or before in this
 * one? */
static bool
is_known(const struct fa_facts *x, size_t finding, size_t opinion)
{
	struct fa_str by = x->d->findings[finding].opinions[opinion].by;

	for (size_t i = 0; i <= finding; i++) {
		const struct fa_dossier_finding *f = &x->d->findings[i];
		size_t n = i == finding ? opinion : f->opinions_n;

		for (size_t k = 0; k < n; k++)
			if (fa_str_eq(f->opinions[k].by, by))
				return true;
	}
	return false;
}

static void
add_name(struct fa_facts *x, const struct fa_dossier_opinion *o)
{
	struct fa_dossier_making *m = &x->d->making;

	m->reviewer = m->reviewer.n == 0
		? o->by
		: fa_facts_say(x, FA_FACTS_SAY(x, "%.*s、%.*s", "%.*s, %.*s"),
			  FA_STR_ARG(m->reviewer), FA_STR_ARG(o->by));
	if (fa_str_eq(o->by, x->d->cover.operator_name))
		m->own_review = true;
}

/* Whoever reviewed is named from the log and nothing else. */
static void
sum_up(struct fa_facts *x)
{
	struct fa_dossier_making *m = &x->d->making;

	m->signer = x->o->reviewer;
	for (size_t i = 0; i < x->d->findings_n; i++) {
		const struct fa_dossier_finding *f = &x->d->findings[i];

		m->findings++;
		m->reviewed += f->review != FA_REVIEW_NONE;
		for (size_t k = 0; k < f->opinions_n; k++) {
			if (f->opinions[k].at_us > m->reviewed_us)
				m->reviewed_us = f->opinions[k].at_us;
			if (!is_known(x, i, k))
				add_name(x, &f->opinions[k]);
		}
	}
}

int
fa_facts_reviews(struct fa_facts *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->d->findings_n && rc == FA_OK; i++) {
		struct fa_dossier_finding *f = &x->d->findings[i];
		struct reading w = { x, f, 0 };

		rc = fa_store_reviews(
			x->s, fa_str_c(f->fingerprint), add_opinion, &w, err);
		f->review = state_of(f);
	}
	sum_up(x);
	return rc;
}
