/* The verdicts of a target, from the stored ones of its documents. */
#include <stdio.h>

#include "audit/batch_work.h"

#define REASON_BYTES 256

/* Stored verdicts as findings of the bundle at hand. */
static int
to_result(struct fa_result *r, const struct fa_store_judgement *j,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err)
{
	*r = (struct fa_result){ .name = FA_STR("document"),
		.scopes = j->scopes };
	r->findings = fa_arena_new(a, j->verdicts_n, sizeof(*r->findings));
	if (!r->findings)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	for (size_t i = 0; i < j->verdicts_n; i++) {
		const struct fa_store_verdict *v = &j->verdicts[i];
		struct fa_finding *f = &r->findings[r->findings_n];

		f->obligation = fa_bundle_obligation(b, v->obligation);
		if (f->obligation == FA_RULE_NONE)
			return fa_fail(err, FA_E_INPUT,
				"store: a judgement by the rules %s names the "
				"unknown obligation '%.*s'",
				b->sha256, FA_STR_ARG(v->obligation));
		f->rule = v->rule.p ? fa_bundle_rule(b, v->rule) : FA_RULE_NONE;
		f->verdict = v->verdict;
		f->confidence = v->confidence;
		f->tier = v->tier;
		f->reason = v->reason;
		r->findings_n++;
	}
	return FA_OK;
}

static int
add_document(struct fa_app *app, struct fa_store_app_document *d,
	struct fa_batch *w, struct fa_err *err)
{
	struct fa_store_judgement j;
	struct fa_result r;
	int64_t id;
	int rc = fa_store_judgement_id(&id, d->document,
		fa_str_c(w->audit->bundle->sha256), w->audit->as_of, err);

	if (rc == FA_OK)
		rc = fa_store_get_judgement(&j, w->s, id, &w->target, err);
	if (rc < 0)
		return rc;
	if (rc == 0 || j.error.p) {
		d->document = 0;
		d->stands_in = false;
		d->outcome = FA_OUT_TOO_LARGE;
		d->detail = rc == 0 ? FA_STR_NONE : j.error;
		return FA_OK;
	}
	rc = to_result(&r, &j, w->audit->bundle, &w->target, err);
	return rc < 0 ? rc : fa_app_add(app, &r, &w->target, err);
}

/* A page that was read and holds no such document leaves no question open;
 * everything else that is missing may hold what the others are silent
 * about. */
static bool
is_missing(const struct fa_store_app_document *d)
{
	return fa_role_judged(d->role) && !d->document &&
		d->outcome != FA_OUT_NOT_A_POLICY;
}

static bool
has_policy(const struct fa_store_app *x)
{
	for (size_t i = 0; i < x->documents_n; i++)
		if (x->documents[i].document != 0 &&
			x->documents[i].role == FA_ROLE_POLICY)
			return true;
	return false;
}

static int
miss(struct fa_app *app, const struct fa_store_app_document *d,
	struct fa_arena *a, struct fa_err *err)
{
	char text[REASON_BYTES];
	struct fa_str reason;

	(void)snprintf(text, sizeof(text),
		"a document was not obtained: %s (%s)", fa_role_name(d->role),
		fa_outcome_name(d->outcome));
	reason = fa_arena_dup(a, fa_str_c(text));
	if (!reason.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	fa_app_miss(app, reason);
	return FA_OK;
}

static int
miss_any(struct fa_app *app, const struct fa_store_app *x, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_app_document none = { .role = FA_ROLE_POLICY,
		.outcome = x->outcome };

	for (size_t i = 0; i < x->documents_n; i++)
		if (is_missing(&x->documents[i]))
			return miss(app, &x->documents[i], a, err);
	return has_policy(x) ? FA_OK : miss(app, &none, a, err);
}

static int
to_verdicts(struct fa_store_app *x, const struct fa_app *app,
	const struct fa_result *r, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	x->verdicts = fa_arena_new(a, r->findings_n, sizeof(*x->verdicts));
	if (!x->verdicts)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	x->verdicts_n = 0;
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = &r->findings[i];
		struct fa_store_verdict *v = &x->verdicts[x->verdicts_n];

		if (f->verdict == FA_VERDICT_NOT_APPLICABLE)
			continue;
		v->obligation = b->obligations[f->obligation].id;
		v->verdict = f->verdict;
		if (f->rule < b->rules_n)
			v->rule = b->rules[f->rule].id;
		v->confidence = f->confidence;
		v->tier = f->tier;
		v->reason = f->reason;
		v->contradiction =
			fa_app_contradicts(&app->points[f->obligation]);
		x->verdicts_n++;
	}
	return FA_OK;
}

int
fa_batch_app(struct fa_store_app *x, struct fa_batch *w, struct fa_err *err)
{
	const struct fa_bundle *b = w->audit->bundle;
	struct fa_arena *a = &w->target;
	struct fa_result r;
	struct fa_app app;
	int rc = fa_app_init(&app, FA_STR("target"), b, a, err);

	for (size_t i = 0; i < x->documents_n && rc == FA_OK; i++)
		if (x->documents[i].document)
			rc = add_document(&app, &x->documents[i], w, err);
	if (x->outcome == FA_OUT_OK && !has_policy(x))
		x->outcome = FA_OUT_TOO_LARGE;
	if (rc == FA_OK)
		rc = miss_any(&app, x, a, err);
	if (rc == FA_OK)
		rc = fa_app_score(&r, &app, b, w->audit->as_of, a, err);
	if (rc == FA_OK)
		rc = to_verdicts(x, &app, &r, b, a, err);
	if (rc < 0)
		return rc;
	x->scopes = app.scopes;
	x->score = r.score;
	return FA_OK;
}
