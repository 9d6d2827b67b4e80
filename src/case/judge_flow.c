/* What the rules say of a flow that a walk left. */
#include <string.h>

#include "audit/flow.h"
#include "case/judge.h"
#include "score/score.h"

static void
write_evidence(struct fa_jw *w, const struct fa_bundle *b,
	const struct fa_evidence *e, const struct fa_flow *flow, bool against)
{
	fa_jw_object(w);
	fa_jw_kbool(w, "against", against);
	fa_jw_kstr(w, "rule",
		e->rule != FA_RULE_NONE ? b->rules[e->rule].id : FA_STR_NONE);
	if (e->place) {
		const struct fa_flow_screen *s =
			&flow->screens[e->place->screen];

		fa_jw_kstr(w, "screen", s->id);
		fa_jw_kstr(w, "element",
			e->place->element != FA_FLOW_NONE
				? s->elements[e->place->element].id
				: FA_STR_NONE);
		fa_jw_kint(w, "taps", (int64_t)e->place->path_n);
		fa_jw_kstr(w, "basis",
			fa_str_c(fa_flow_basis_name(e->place->basis)));
	}
	fa_jw_kstr(w, "quote", e->quote);
	fa_jw_kstr(w, "text", e->text);
	fa_jw_kstr(w, "note", e->note);
	fa_jw_end(w, '}');
}

struct work {
	struct fa_session *s;
	const struct fa_audit *audit;
	const struct fa_flow *flow;
	struct fa_str name, key, digest;
	const struct fa_result *r;
};

static int
tell_finding(struct work *w, const struct fa_finding *f, struct fa_err *err)
{
	const struct fa_bundle *b = w->audit->bundle;
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_judge_finding x = { .scope = "flow",
		.target = w->key,
		.obligation = b->obligations[f->obligation].id,
		.verdict = f->verdict,
		.tier = f->tier,
		.confidence = f->confidence,
		.rule = f->rule != FA_RULE_NONE ? b->rules[f->rule].id
						: FA_STR_NONE,
		.reason = f->reason,
		.documents = &w->digest,
		.documents_n = 1 };
	struct fa_jw j;
	int rc;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&j, &detail, 0);
	fa_jw_object(&j);
	rc = fa_judge_write_finding(&j, w->s, &x, err);
	if (rc < 0)
		return rc;
	fa_jw_kstr(&j, "flow", w->name);
	fa_jw_kstr(&j, "flow_sha256", w->digest);
	fa_jw_key(&j, "evidence");
	fa_jw_array(&j);
	for (size_t i = 0; i < f->pro_n; i++)
		write_evidence(&j, b, &f->pro[i], w->flow, false);
	for (size_t i = 0; i < f->contra_n; i++)
		write_evidence(&j, b, &f->contra[i], w->flow, true);
	fa_jw_end(&j, ']');
	fa_jw_end(&j, '}');
	return fa_session_event(
		NULL, w->s, FA_OP_FINDING, FA_STR_NONE, NULL, 0, &detail, err);
}

static int
tell_scan(struct work *w, struct fa_err *err)
{
	const struct fa_result *r = w->r;
	const struct fa_bundle *b = w->audit->bundle;
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	char grade[2] = { r->score.grade, '\0' };
	struct fa_jw j;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&j, &detail, 0);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "scope", FA_STR("flow"));
	fa_jw_kstr(&j, "target", w->key);
	fa_jw_kstr(&j, "flow", w->name);
	fa_jw_kstr(&j, "flow_sha256", w->digest);
	fa_jw_kstr(&j, "rules_sha256", fa_str_c(b->sha256));
	fa_jw_kint(&j, "as_of", w->audit->as_of);
	fa_jw_kstr(&j, "error", r->error);
	if (!r->error.p) {
		fa_jw_kstr(&j, "grade", fa_str_c(grade));
		fa_jw_kstr(&j, "vector", r->score.vector);
		fa_jw_key(&j, "verdicts");
		fa_jw_array(&j);
		for (size_t i = 0; i < r->findings_n; i++) {
			const struct fa_finding *f = &r->findings[i];

			if (f->verdict == FA_VERDICT_NOT_APPLICABLE)
				continue;
			fa_jw_object(&j);
			fa_jw_kstr(&j, "obligation",
				b->obligations[f->obligation].id);
			fa_jw_kstr(&j, "verdict",
				fa_str_c(fa_verdict_name(f->verdict)));
			fa_jw_kstr(&j, "tier", fa_str_c(fa_tier_name(f->tier)));
			fa_jw_kstr(&j, "reason", f->reason);
			fa_jw_end(&j, '}');
		}
		fa_jw_end(&j, ']');
	}
	fa_jw_end(&j, '}');
	return fa_session_event(
		NULL, w->s, FA_OP_SCAN, FA_STR_NONE, NULL, 0, &detail, err);
}

static int
tell_all(struct work *w, struct fa_batch_counts *counts,
	const struct fa_batch_opts *opts, struct fa_err *err)
{
	int rc = tell_scan(w, err);

	for (size_t i = 0; i < w->r->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &w->r->findings[i];

		counts->verdicts[f->verdict]++;
		if (!opts->fail_never)
			counts->gating += fa_score_gates(f, w->audit->bundle,
				opts->fail_tier, opts->fail_severity);
		if (f->verdict == FA_VERDICT_VIOLATION ||
			f->verdict == FA_VERDICT_GAP)
			rc = tell_finding(w, f, err);
	}
	return rc < 0 ? rc : fa_store_commit(w->s->store, err);
}

int
fa_session_judge_flow(struct fa_batch_counts *counts, struct fa_session *s,
	const struct fa_audit *audit, const struct fa_batch_opts *opts,
	const struct fa_flow *flow, struct fa_str name, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_result r;
	struct work w = {
		.s = s, .audit = audit, .flow = flow, .name = name, .r = &r
	};
	int rc;

	memset(&r, 0, sizeof(r));
	rc = fa_audit_flow(&r, audit, flow, name, raw, a, err);
	if (rc == FA_OK)
		rc = fa_session_target_key(&w.key, s, err);
	if (rc < 0)
		return rc;
	w.digest = fa_str_c(r.sha256);
	return tell_all(&w, counts, opts, err);
}
