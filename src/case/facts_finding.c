/* Findings: the verdicts over all texts of a target, with the passages of each
 * text that give them or speak against them. */
#include <stdlib.h>
#include <string.h>

#include "case/facts_parts.h"
#include "report/common.h"
#include "score/score.h"

/* Documents whose verdict on this very obligation is that of the whole, by
 * digest: reviews name findings by them (fa_case_finding_id). */
static int
by_text(const void *a, const void *b)
{
	return fa_str_cmp(*(const struct fa_str *)a, *(const struct fa_str *)b);
}

static int
put_id(struct fa_dossier_finding *f, struct fa_facts *x, struct fa_str key,
	uint32_t first, uint32_t n, uint32_t obligation, struct fa_err *err)
{
	struct fa_str *digest = fa_arena_new(x->a, n, sizeof(*digest));
	size_t used = 0, kept = 0;

	if (digest == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	for (uint32_t i = first; i < first + n; i++) {
		const struct fa_facts_doc *doc = &x->docs[i];

		for (size_t k = 0; k < doc->r.findings_n; k++)
			if (doc->r.findings[k].obligation == obligation &&
				doc->r.findings[k].verdict == f->verdict)
				digest[used++] = doc->flow != NULL
					? fa_str_c(
						  x->d->documents[i].raw.sha256)
					: fa_str_c(doc->stored.payload);
		if (used == n)
			break;
	}
	qsort(digest, used, sizeof(*digest), by_text);
	for (size_t i = 0; i < used; i++)
		if (kept == 0 || !fa_str_eq(digest[i], digest[kept - 1]))
			digest[kept++] = digest[i];
	return fa_case_finding_id(f->fingerprint, key, f->obligation,
		fa_str_c(fa_verdict_name(f->verdict)), digest, kept, err);
}

/* ---- passages ---- */

struct side {
	struct fa_dossier_passage *at;
	size_t n, all;
};

static int
add_passages(struct side *s, struct fa_facts *x, uint32_t document,
	const struct fa_evidence *e, size_t n, struct fa_err *err)
{
	int rc = FA_OK;

	if (s->at == NULL)
		s->at = fa_arena_new(x->a, FA_DOSSIER_PASSAGES, sizeof(*s->at));
	if (s->at == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for passages");
	s->all += n;
	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		if (s->n == FA_DOSSIER_PASSAGES)
			break;
		rc = fa_facts_passage(&s->at[s->n], x, document, &e[i], err);
		s->n += rc == FA_OK;
	}
	return rc;
}

/* What one text has to say of an obligation and its parts. */
static int
add_text(struct side *pro, struct side *contra, struct fa_facts *x,
	uint32_t document, uint32_t whole, enum fa_verdict verdict,
	bool contradiction, struct fa_err *err)
{
	const struct fa_result *r = &x->docs[document].r;
	int rc = FA_OK;

	for (size_t i = 0; i < r->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &r->findings[i];

		if (fa_bundle_whole(x->bundle, f->obligation) != whole)
			continue;
		if (f->verdict == verdict) {
			rc = add_passages(
				pro, x, document, f->pro, f->pro_n, err);
			if (rc == FA_OK)
				rc = add_passages(contra, x, document,
					f->contra, f->contra_n, err);
		} else if (contradiction &&
			f->verdict == FA_VERDICT_COMPLIANT) {
			rc = add_passages(
				contra, x, document, f->pro, f->pro_n, err);
		}
	}
	return rc;
}

static int
complete(struct fa_dossier_finding *f, struct fa_facts *x, uint32_t obligation,
	uint32_t rule, bool flow, struct fa_err *err)
{
	const struct fa_obligation *o = &x->bundle->obligations[obligation];
	int rc = fa_facts_laws(f, x, o, err);

	f->severity = o->severity;
	return rc < 0 ? rc : fa_facts_words(f, x, obligation, rule, flow, err);
}

static int
add_finding(struct fa_facts *x, const struct fa_facts_target *t,
	const struct fa_store_verdict *v, uint32_t obligation,
	struct fa_err *err)
{
	struct side pro = { 0 }, contra = { 0 };
	struct fa_dossier_finding *f;
	uint32_t rule = v->rule.p != NULL ? fa_bundle_rule(x->bundle, v->rule)
					  : FA_RULE_NONE;
	int rc = FA_OK;

	x->d->findings_all++;
	if (x->d->findings_n == FA_DOSSIER_FINDINGS_MAX)
		return FA_OK;
	for (uint32_t i = t->first; i < t->first + t->n && rc == FA_OK; i++)
		rc = add_text(&pro, &contra, x, i, obligation, v->verdict,
			v->contradiction, err);
	if (rc < 0)
		return rc;
	f = FA_FACTS_ADD(
		x, x->d->findings, x->d->findings_n, x->findings_cap, err);
	if (f == NULL)
		return FA_E_NOMEM;
	*f = (struct fa_dossier_finding){ .obligation = v->obligation,
		.verdict = v->verdict,
		.tier = v->tier,
		.confidence = v->confidence,
		.contradiction = v->contradiction,
		.reason = v->reason,
		.pro = pro.at,
		.pro_n = pro.n,
		.pro_all = pro.all,
		.contra = contra.at,
		.contra_n = contra.n,
		.contra_all = contra.all };
	rc = put_id(f, x, t->t.t.key, t->first, t->n, obligation, err);
	if (rc == FA_OK)
		rc = complete(f, x, obligation, rule, false, err);
	return rc;
}

/* The first passage that meets a duty. */
static struct fa_str
met_where(const struct fa_facts *x, const struct fa_facts_target *t,
	uint32_t obligation)
{
	for (uint32_t i = t->first; i < t->first + t->n; i++) {
		const struct fa_result *r = &x->docs[i].r;

		for (size_t k = 0; k < r->findings_n; k++) {
			const struct fa_finding *f = &r->findings[k];

			if (fa_bundle_whole(x->bundle, f->obligation) ==
					obligation &&
				f->verdict == FA_VERDICT_COMPLIANT &&
				f->pro_n > 0)
				return f->pro[0].text;
		}
	}
	return FA_STR_NONE;
}

/* Why nobody can tell: what the engine says, else what the rule found. */
static struct fa_str
why_open(const struct fa_facts *x, enum fa_verdict verdict, uint32_t rule,
	struct fa_str reason)
{
	if (reason.n > 0 || verdict != FA_VERDICT_CANNOT_TELL ||
		rule >= x->bundle->rules_n)
		return reason;
	return fa_report_pick(&x->bundle->rules[rule].title, x->o->lang);
}

static int
add_point(struct fa_facts *x, enum fa_verdict verdict, uint32_t obligation,
	struct fa_str reason, struct fa_str where, struct fa_err *err)
{
	const struct fa_obligation *o = &x->bundle->obligations[obligation];
	struct fa_dossier_point *p = FA_FACTS_ADD(
		x, x->d->points, x->d->points_n, x->points_cap, err);
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, 4096);
	if (p == NULL)
		return FA_E_NOMEM;
	fa_report_source(&b, x->bundle, o->instrument, o->article, x->o->lang);
	*p = (struct fa_dossier_point){ .obligation = o->id,
		.duty = fa_report_pick(&o->title, x->o->lang),
		.article = fa_facts_dup(x, fa_buf_str(&b)),
		.verdict = verdict,
		.reason = reason,
		.where = where };
	return FA_OK;
}

int
fa_facts_findings(
	struct fa_facts *x, const struct fa_facts_target *t, struct fa_err *err)
{
	int rc = FA_OK;

	if (!t->judged)
		return FA_OK;
	if (x->targets_n == 1)
		x->d->score = t->app.score;
	for (size_t i = 0; i < t->app.verdicts_n && rc == FA_OK; i++) {
		const struct fa_store_verdict *v = &t->app.verdicts[i];
		uint32_t o = fa_bundle_obligation(x->bundle, v->obligation);

		if (o == FA_RULE_NONE)
			return fa_fail(err, FA_E_INPUT,
				"store: unknown obligation '%.*s'",
				FA_STR_ARG(v->obligation));
		if (fa_report_is_breach(v->verdict))
			rc = add_finding(x, t, v, o, err);
		else
			rc = add_point(x, v->verdict, o,
				why_open(x, v->verdict,
					v->rule.p != NULL
						? fa_bundle_rule(
							  x->bundle, v->rule)
						: FA_RULE_NONE,
					v->reason),
				v->verdict == FA_VERDICT_COMPLIANT
					? met_where(x, t, o)
					: FA_STR_NONE,
				err);
	}
	return rc;
}

/* ---- of a flow ---- */

static int
add_flow_finding(struct fa_facts *x, uint32_t document,
	const struct fa_finding *r, struct fa_err *err)
{
	const struct fa_obligation *o = &x->bundle->obligations[r->obligation];
	struct side pro = { 0 }, contra = { 0 };
	struct fa_dossier_finding *f;
	int rc;

	x->d->findings_all++;
	if (x->d->findings_n == FA_DOSSIER_FINDINGS_MAX)
		return FA_OK;
	rc = add_passages(&pro, x, document, r->pro, r->pro_n, err);
	if (rc == FA_OK)
		rc = add_passages(
			&contra, x, document, r->contra, r->contra_n, err);
	if (rc < 0)
		return rc;
	f = FA_FACTS_ADD(
		x, x->d->findings, x->d->findings_n, x->findings_cap, err);
	if (f == NULL)
		return FA_E_NOMEM;
	*f = (struct fa_dossier_finding){ .obligation = o->id,
		.verdict = r->verdict,
		.tier = r->tier,
		.confidence = r->confidence,
		.reason = r->reason,
		.pro = pro.at,
		.pro_n = pro.n,
		.pro_all = pro.all,
		.contra = contra.at,
		.contra_n = contra.n,
		.contra_all = contra.all };
	rc = put_id(
		f, x, x->targets[0].t.t.key, document, 1, r->obligation, err);
	if (rc == FA_OK)
		rc = complete(f, x, r->obligation, r->rule, true, err);
	return rc;
}

int
fa_facts_flow_findings(
	struct fa_facts *x, uint32_t document, struct fa_err *err)
{
	const struct fa_result *r = &x->docs[document].r;
	int rc = FA_OK;

	for (size_t i = 0; i < r->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &r->findings[i];

		if (fa_report_is_breach(f->verdict))
			rc = add_flow_finding(x, document, f, err);
		else if (f->verdict == FA_VERDICT_CANNOT_TELL ||
			f->verdict == FA_VERDICT_COMPLIANT)
			rc = add_point(x, f->verdict, f->obligation,
				fa_facts_say(x,
					FA_FACTS_SAY(x, "界面流 %.*s：%.*s",
						"flow %.*s: %.*s"),
					FA_STR_ARG(x->docs[document].folder),
					FA_STR_ARG(why_open(x, f->verdict,
						f->rule, f->reason))),
				f->pro_n > 0 ? f->pro[0].text : FA_STR_NONE,
				err);
	}
	return rc;
}

/* ---- the order of the report ---- */

static int
rank(const struct fa_dossier_finding *f)
{
	int lead = f->tier == FA_TIER_LEAD ? 100 : 0;
	int gap = f->verdict == FA_VERDICT_GAP ? 1 : 0;

	return lead + (FA_SEVERITY_CRITICAL - (int)f->severity) * 2 + gap;
}

static int
by_rank(const void *a, const void *b)
{
	const struct fa_dossier_finding *p = a, *q = b;
	int d = rank(p) - rank(q);

	if (d == 0)
		d = fa_str_cmp(p->obligation, q->obligation);
	return d != 0 ? d : strcmp(p->fingerprint, q->fingerprint);
}

int
fa_facts_sort(struct fa_facts *x, struct fa_err *err)
{
	(void)err;
	if (x->d->findings_n > 0)
		qsort(x->d->findings, x->d->findings_n, sizeof(*x->d->findings),
			by_rank);
	return FA_OK;
}
