/* Everything that a report says about one target. */
#include "report/common.h"
#include "store/capture.h"
#include "tools/reporting.h"

bool
fa_reporting_misses(const struct fa_reporting_target *t,
	const struct fa_store_app_document *d)
{
	return fa_role_judged(d->role) && !d->document &&
		(t->looked_at || d->outcome != FA_OUT_OK);
}

static int
load_document(struct fa_reporting_document *x, const struct fa_reporting *r,
	struct fa_arena *a, struct fa_err *err)
{
	int64_t judgement;
	int rc = fa_store_url_text(&x->url, r->s, x->d.url, a, err);

	if (rc == FA_OK)
		rc = fa_store_url_text(&x->final, r->s, x->d.final, a, err);
	if (rc < 0 || !x->d.document)
		return rc;
	rc = fa_store_get_document(&x->doc, r->s, x->d.document, a, err);
	if (rc == 1)
		rc = fa_store_judgement_id(&judgement, x->d.document,
			r->key.bundle, r->key.as_of, err);
	else if (rc == 0)
		rc = fa_fail(
			err, FA_E_INPUT, "store: a judged document is missing");
	if (rc == FA_OK)
		rc = fa_store_get_judgement(&x->j, r->s, judgement, a, err);
	if (rc >= 0)
		rc = fa_store_seen(&x->first_us, &x->last_us, r->s, x->d.final,
			x->doc.payload, err);
	return rc < 0 ? rc : FA_OK;
}

/* A target that was not judged: what became of what it wants. */
static int
load_wanted(struct fa_reporting_target *out, const struct fa_reporting *r,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_app *x = &out->app;
	struct fa_wanted_list l;
	int rc = fa_store_wanted(&l, r->s, out->t->id, a, err);

	if (rc < 0)
		return rc;
	x->outcome = fa_wanted_outcome(&l, NULL);
	x->score.grade = 'N';
	x->documents = fa_arena_new(a, l.n, sizeof(*x->documents));
	if (!x->documents)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	x->documents_n = l.n;
	for (size_t i = 0; i < l.n; i++)
		x->documents[i] =
			(struct fa_store_app_document){ .role = l.at[i].role,
				.url = l.at[i].url,
				.final = l.at[i].final,
				.outcome = l.at[i].outcome };
	return FA_OK;
}

static bool
has_document(const struct fa_store_app *x)
{
	for (size_t i = 0; i < x->documents_n; i++)
		if (x->documents[i].document)
			return true;
	return false;
}

struct changes {
	struct fa_reporting_change **end;
	struct fa_arena *a;
};

static int
keep_change(void *ctx, const struct fa_store_change *c, struct fa_err *err)
{
	struct changes *x = ctx;
	struct fa_reporting_change *p = fa_arena_new(x->a, 1, sizeof(*p));

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for changes");
	p->c = *c;
	*x->end = p;
	x->end = &p->next;
	return FA_OK;
}

int
fa_reporting_load(struct fa_reporting_target *out, const struct fa_reporting *r,
	const struct fa_store_target *t, struct fa_arena *a, struct fa_err *err)
{
	struct fa_reporting_target x = { .t = t };
	struct changes c = { &x.changes, a };
	int rc = 0;

	if (r->bundle)
		rc = fa_store_find_app(&x.app, r->s, t->id, &r->key, a, err);
	x.looked_at = rc == 1;
	if (rc == 0)
		rc = load_wanted(&x, r, a, err);
	if (rc < 0)
		return rc;
	x.documents = fa_arena_new(a, x.app.documents_n, sizeof(*x.documents));
	if (!x.documents)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	rc = FA_OK;
	for (size_t i = 0; i < x.app.documents_n && rc == FA_OK; i++) {
		x.documents[i].d = x.app.documents[i];
		rc = load_document(&x.documents[i], r, a, err);
	}
	x.judged = x.looked_at && x.app.outcome == FA_OUT_OK;
	x.scored = x.looked_at && has_document(&x.app);
	for (size_t i = 0; i < x.app.verdicts_n; i++)
		x.counts[x.app.verdicts[i].verdict]++;
	if (rc == FA_OK && x.looked_at && r->changes)
		rc = fa_store_changes(r->s, x.app.id, keep_change, &c, a, err);
	if (rc == FA_OK)
		*out = x;
	return rc;
}

bool
fa_reporting_counts(const struct fa_store_verdict *v)
{
	return fa_report_is_breach(v->verdict) && v->tier != FA_TIER_LEAD;
}

static enum fa_verdict
verdict_in(const struct fa_store_judgement *j, struct fa_str obligation)
{
	for (size_t i = 0; i < j->verdicts_n; i++)
		if (fa_str_eq(j->verdicts[i].obligation, obligation))
			return j->verdicts[i].verdict;
	return FA_VERDICT_NOT_APPLICABLE;
}

int
fa_reporting_passages(const struct fa_reporting *r,
	const struct fa_reporting_target *t, const struct fa_store_verdict *v,
	bool against, fa_reporting_passage_fn *fn, void *ctx,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < t->app.documents_n && rc == FA_OK; i++) {
		const struct fa_reporting_document *x = &t->documents[i];
		struct fa_store_evidence_list l;
		enum fa_verdict its;
		bool same, other;

		if (!x->d.document)
			continue;
		its = verdict_in(&x->j, v->obligation);
		same = its == v->verdict;
		other = against && v->contradiction &&
			its == FA_VERDICT_COMPLIANT;
		if (!same && !other)
			continue;
		rc = fa_store_get_evidence(
			&l, r->s, x->j.id, v->obligation, a, err);
		for (size_t k = 0; rc == FA_OK && k < l.n; k++)
			if (same ? l.at[k].against == against
				 : !l.at[k].against)
				rc = fn(ctx, x, &l.at[k], err);
	}
	return rc;
}
