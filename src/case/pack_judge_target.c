/* A target over all its documents, as `audit` judges it in a store. */
#include <stdio.h>

#include "audit/app.h"
#include "base/clock.h"
#include "base/json.h"
#include "case/pack_judge_parts.h"

#define REASON_BYTES 256
#define SCHEMA "faceaudit-pack-target/1"

static bool
is_missing(const struct fa_pack_want *x)
{
	return fa_role_judged(x->role) && x->document < 0 &&
		x->outcome != FA_OUT_NOT_A_POLICY;
}

static bool
has_policy(const struct fa_pack_target *t)
{
	for (size_t i = 0; i < t->wants_n; i++)
		if (t->wants[i].document >= 0 &&
			t->wants[i].role == FA_ROLE_POLICY)
			return true;
	return false;
}

static int
miss(struct fa_app *app, enum fa_role role, enum fa_outcome outcome,
	struct fa_arena *a, struct fa_err *err)
{
	char text[REASON_BYTES];
	struct fa_str reason;

	(void)snprintf(text, sizeof(text),
		"a document was not obtained: %s (%s)", fa_role_name(role),
		fa_outcome_name(outcome));
	reason = fa_arena_dup(a, fa_str_c(text));
	if (!reason.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	fa_app_miss(app, reason);
	return FA_OK;
}

static int
miss_any(struct fa_app *app, const struct fa_pack_target *t, struct fa_arena *a,
	struct fa_err *err)
{
	for (size_t i = 0; i < t->wants_n; i++)
		if (is_missing(&t->wants[i]))
			return miss(app, t->wants[i].role, t->wants[i].outcome,
				a, err);
	return has_policy(t) ? FA_OK
			     : miss(app, FA_ROLE_POLICY, t->outcome, a, err);
}

static int
judge(struct fa_result *r, struct fa_app *app, const struct fa_pack_target *t,
	const struct fa_result *results, const struct fa_bundle *b,
	int32_t as_of, struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_app_init(app, FA_STR("target"), b, a, err);

	for (size_t i = 0; i < t->wants_n && rc == FA_OK; i++) {
		int64_t at = t->wants[i].document;

		if (at >= 0 && !results[at].error.p)
			rc = fa_app_add(app, &results[at], a, err);
	}
	if (rc == FA_OK)
		rc = miss_any(app, t, a, err);
	return rc < 0 ? rc : fa_app_score(r, app, b, as_of, a, err);
}

static void
put_verdict(struct fa_jw *w, const struct fa_bundle *b,
	const struct fa_finding *f, const struct fa_app_point *p)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "obligation", b->obligations[f->obligation].id);
	fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(f->verdict)));
	fa_jw_kstr(w, "rule",
		f->rule < b->rules_n ? b->rules[f->rule].id : FA_STR_NONE);
	fa_jw_kint(w, "confidence", f->confidence);
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(f->tier)));
	fa_jw_kstr(w, "reason", f->reason);
	fa_jw_kbool(w, "contradiction", fa_app_contradicts(p));
	fa_jw_end(w, '}');
}

static void
put_score(struct fa_jw *w, const struct fa_score *s)
{
	char grade[2] = { s->grade, '\0' };

	fa_jw_key(w, "score");
	fa_jw_object(w);
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "hi", s->hi);
	fa_jw_kint(w, "lo", s->lo);
	fa_jw_kint(w, "coverage_bp", s->coverage_bp);
	fa_jw_kstr(w, "vector", s->vector);
	fa_jw_end(w, '}');
}

static void
put_documents(struct fa_jw *w, const struct fa_pack_target *t,
	const struct fa_pack_plan *p)
{
	fa_jw_key(w, "documents");
	fa_jw_array(w);
	for (size_t i = 0; i < t->wants_n; i++) {
		const struct fa_pack_want *x = &t->wants[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "role", fa_str_c(fa_role_name(x->role)));
		fa_jw_kstr(w, "url", x->final);
		fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(x->outcome)));
		fa_jw_kstr(w, "payload_sha256",
			x->document < 0 ? FA_STR_NONE
					: p->docs[x->document].payload);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

int
fa_pack_judge_target(struct fa_buf *out, struct fa_str *vector,
	const struct fa_pack_target *t, const struct fa_result *results,
	const struct fa_pack_plan *p, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	char date[FA_DATE_BYTES];
	struct fa_app app;
	struct fa_result r;
	struct fa_jw w;
	int rc = judge(&r, &app, t, results, b, p->as_of, a, err);

	if (rc < 0)
		return rc;
	fa_date_format(p->as_of, date);
	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "type", FA_STR("target"));
	fa_jw_kstr(&w, "schema", FA_STR(SCHEMA));
	fa_jw_kstr(&w, "tool_version", p->tool);
	fa_jw_kstr(&w, "bundle_sha256", fa_str_c(b->sha256));
	fa_jw_kstr(&w, "as_of", fa_str_c(date));
	fa_jw_kstr(&w, "target", t->key);
	fa_jw_kstr(&w, "app", t->app);
	fa_jw_kstr(&w, "outcome", fa_str_c(fa_outcome_name(t->outcome)));
	put_documents(&w, t, p);
	put_score(&w, &r.score);
	fa_jw_key(&w, "verdicts");
	fa_jw_array(&w);
	for (size_t i = 0; i < r.findings_n; i++)
		if (r.findings[i].verdict != FA_VERDICT_NOT_APPLICABLE)
			put_verdict(&w, b, &r.findings[i],
				&app.points[r.findings[i].obligation]);
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
	*vector = r.score.vector;
	return fa_buf_rc(out, "findings", err);
}
