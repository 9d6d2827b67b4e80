#include "audit/app.h"

int
fa_app_init(struct fa_app *app, struct fa_str name, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	*app = (struct fa_app){ .name = name, .points_n = b->obligations_n };
	app->points = fa_arena_new(a, b->obligations_n, sizeof(*app->points));
	return app->points ? FA_OK
			   : fa_fail(err, FA_E_NOMEM, "no memory for the app");
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
	if (f->pro_n > 0)
		s.at = f->pro[0].from;
	*side = s;
	return FA_OK;
}

int
fa_app_add(struct fa_app *app, const struct fa_result *r, struct fa_arena *a,
	struct fa_err *err)
{
	app->documents++;
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = &r->findings[i];
		struct fa_app_point *p = &app->points[f->obligation];
		int rc = FA_OK;

		if (f->verdict > p->verdict)
			p->verdict = f->verdict;
		if (f->verdict == FA_VERDICT_VIOLATION)
			rc = keep_side(&p->breaks, r, f, a, err);
		else if (f->verdict == FA_VERDICT_COMPLIANT)
			rc = keep_side(&p->meets, r, f, a, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}
