#include "audit/app.h"

#include "score/score.h"

int
fa_app_init(struct fa_app *app, struct fa_str name, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	*app = (struct fa_app){
		.name = name, .bundle = b, .points_n = b->obligations_n
	};
	app->points = fa_arena_new(a, b->obligations_n, sizeof(*app->points));
	if (!app->points)
		return fa_fail(err, FA_E_NOMEM, "no memory for the app");
	for (size_t i = 0; i < app->points_n; i++)
		app->points[i].rule = FA_RULE_NONE;
	return FA_OK;
}

/* The first document that breaks or meets an obligation is shown. */
static int
keep_side(struct fa_app_side *side, const struct fa_result *r,
	const struct fa_finding *f, struct fa_arena *a, struct fa_err *err)
{
	struct fa_app_side s = { .rule = f->rule };

	if (side->document.p)
		return FA_OK;
	s.document = fa_arena_dup(a, r->name);
	s.text = fa_arena_dup(a, f->pro_n > 0 ? f->pro[0].text : FA_STR(""));
	if (!s.document.p || !s.text.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for the app");
	/* The lines of a transcript say nothing to who has the flow. */
	if (f->pro_n > 0 && !r->flow)
		s.at = f->pro[0].from;
	*side = s;
	return FA_OK;
}

/* Does the flow leave the answer to the documents of the app? Not where it has
 * a screen before the capture that nobody read: what is silent so far may be
 * told there. */
static bool
defers(const struct fa_app *app, const struct fa_result *r,
	const struct fa_finding *f)
{
	return f->verdict == FA_VERDICT_CANNOT_TELL && !f->reason.p &&
		f->rule < app->bundle->rules_n && !r->unread &&
		app->bundle->rules[f->rule].defers;
}

/* What was left to documents gives way to all that they say, their silence
 * included. */
static int
weight_of(enum fa_verdict v, bool deferred)
{
	return deferred ? 1 : 2 * (int)v;
}

/* The finding stands for the obligation when it outweighs what did so far. */
static int
weigh(struct fa_app_point *p, const struct fa_finding *f, bool deferred,
	struct fa_arena *a, struct fa_err *err)
{
	int now = weight_of(p->verdict, p->deferred);
	int then = weight_of(f->verdict, deferred);
	struct fa_str reason = FA_STR_NONE;

	if (then < now || (then == now && f->confidence <= p->confidence))
		return FA_OK;
	if (f->reason.p) {
		reason = fa_arena_dup(a, f->reason);
		if (!reason.p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for the app");
	}
	p->verdict = f->verdict;
	p->deferred = deferred;
	p->rule = f->rule;
	p->confidence = f->confidence;
	p->reason = reason;
	return FA_OK;
}

/* The finding that stands for the obligation of findings[i] in this result:
 * of several parts the gravest, and NULL for the others. */
static const struct fa_finding *
stands(const struct fa_app *app, const struct fa_result *r, size_t i)
{
	const struct fa_finding *f = &r->findings[i];
	uint32_t whole = fa_bundle_whole(app->bundle, f->obligation);

	for (size_t k = 0; k < r->findings_n; k++) {
		const struct fa_finding *x = &r->findings[k];

		if (k == i ||
			fa_bundle_whole(app->bundle, x->obligation) != whole)
			continue;
		if (fa_verdict_of_parts(x->verdict, f->verdict) != f->verdict ||
			(x->verdict == f->verdict && k < i))
			return NULL;
	}
	return f;
}

int
fa_app_add(struct fa_app *app, const struct fa_result *r, struct fa_arena *a,
	struct fa_err *err)
{
	app->documents++;
	app->scopes |= r->scopes;
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = stands(app, r, i);
		struct fa_app_point *p;
		int rc;

		if (f == NULL)
			continue;
		p = &app->points[fa_bundle_whole(app->bundle, f->obligation)];
		rc = weigh(p, f, defers(app, r, f), a, err);
		if (rc == FA_OK && f->verdict == FA_VERDICT_VIOLATION)
			rc = keep_side(&p->breaks, r, f, a, err);
		else if (rc == FA_OK && f->verdict == FA_VERDICT_COMPLIANT)
			rc = keep_side(&p->meets, r, f, a, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

void
fa_app_miss(struct fa_app *app, struct fa_str reason)
{
	for (size_t i = 0; i < app->points_n; i++) {
		struct fa_app_point *p = &app->points[i];

		if (p->verdict != FA_VERDICT_GAP)
			continue;
		p->verdict = FA_VERDICT_CANNOT_TELL;
		p->rule = FA_RULE_NONE;
		p->confidence = 0;
		p->reason = reason;
	}
}

int
fa_app_score(struct fa_result *r, const struct fa_app *app,
	const struct fa_bundle *b, int32_t as_of, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_result x = { .name = app->name, .scopes = app->scopes };
	int rc;

	x.findings = fa_arena_new(a, app->points_n, sizeof(*x.findings));
	if (!x.findings)
		return fa_fail(err, FA_E_NOMEM, "no memory for the app");
	x.findings_n = app->points_n;
	for (size_t i = 0; i < app->points_n; i++)
		x.findings[i] = (struct fa_finding){ .obligation = (uint32_t)i,
			.verdict = app->points[i].verdict,
			.rule = app->points[i].rule,
			.reason = app->points[i].reason };
	rc = fa_score(&x, b, as_of, a, err);
	if (rc == FA_OK)
		*r = x;
	return rc;
}

bool
fa_app_contradicts(const struct fa_app_point *p)
{
	return p->breaks.document.p != NULL && p->meets.document.p != NULL;
}
