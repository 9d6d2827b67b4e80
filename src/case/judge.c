/* The judgement of a case's target, told event by event. Everything is read
 * back from the store, so that the log says what the store says. */
#include "case/judge_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/wanted.h"

#define TARGET_BYTES ((size_t)256 << 20)

int
fa_judge_write_finding(struct fa_jw *w, const struct fa_session *s,
	const struct fa_judge_finding *f, struct fa_err *err)
{
	const struct fa_bundle *b = s->o->bundle;
	uint32_t duty = fa_bundle_obligation(b, f->obligation);
	char id[FA_CASE_FINDING_ID_BYTES];
	int rc = fa_case_finding_id(id, f->target, f->obligation,
		fa_str_c(fa_verdict_name(f->verdict)), f->documents,
		f->documents_n, err);

	if (rc < 0)
		return rc;
	fa_jw_kstr(w, "id", fa_str_c(id));
	fa_jw_kstr(w, "scope", fa_str_c(f->scope));
	fa_jw_kstr(w, "target", f->target);
	fa_jw_kstr(w, "obligation", f->obligation);
	fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(f->verdict)));
	fa_jw_kstr(w, "severity",
		duty != FA_RULE_NONE ? fa_str_c(fa_severity_name(
					       b->obligations[duty].severity))
				     : FA_STR_NONE);
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(f->tier)));
	fa_jw_kint(w, "confidence_permille", f->confidence);
	fa_jw_kstr(w, "rule", f->rule);
	fa_jw_kstr(w, "reason", f->reason);
	fa_jw_kbool(w, "contradiction", f->contradiction);
	return FA_OK;
}

/* Ids are 63 bits, which many readers of JSON cannot hold as a number. */
static void
write_id(struct fa_jw *w, const char *key, int64_t id)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%lld", (long long)id);
	fa_jw_kstr(w, key, fa_str_c(text));
}

static void
write_score(struct fa_jw *w, const struct fa_score *x)
{
	char grade[2] = { x->grade, '\0' };

	fa_jw_kint(w, "score_hi", x->hi);
	fa_jw_kint(w, "score_lo", x->lo);
	fa_jw_kint(w, "coverage_bp", x->coverage_bp);
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kstr(w, "vector", x->vector);
}

void
fa_judge_write_document(struct fa_jw *w, const struct fa_judge_one *x)
{
	write_id(w, "document", x->d.id);
	fa_jw_kstr(w, "url", x->url);
	fa_jw_kstr(w, "url_final", x->final);
	fa_jw_kstr(w, "role", fa_str_c(fa_role_name(x->as->role)));
	fa_jw_kstr(w, "title", x->d.title);
	fa_jw_kstr(w, "payload_sha256", fa_str_c(x->d.payload));
	fa_jw_kstr(w, "text_sha256", x->d.text_sha256);
	fa_jw_kbool(w, "stands_in", x->as->stands_in);
}

static int
load_one(struct fa_judge_one *out, struct fa_judge_work *w,
	const struct fa_store_app_document *as, struct fa_err *err)
{
	struct fa_store *s = w->s->store;
	int64_t id;
	int rc = fa_store_url_text(&out->url, s, as->url, &w->a, err);

	out->as = as;
	if (rc >= 0)
		rc = fa_store_url_text(&out->final, s, as->final, &w->a, err);
	if (rc < 0 || as->document == 0)
		return rc < 0 ? rc : FA_OK;
	rc = fa_store_get_document(&out->d, s, as->document, &w->a, err);
	if (rc == 1)
		rc = fa_store_judgement_id(
			&id, as->document, w->app.bundle, w->app.as_of, err);
	if (rc == FA_OK)
		rc = fa_store_get_judgement(&out->j, s, id, &w->a, err);
	if (rc == 0)
		rc = fa_fail(err, FA_E_INPUT,
			"store: the document %lld was judged and is not there",
			(long long)as->document);
	return rc < 0 ? rc : FA_OK;
}

static int
load(struct fa_judge_work *w, struct fa_err *err)
{
	struct fa_store *s = w->s->store;
	struct fa_store_app_key key = { fa_str_c(w->audit->bundle->sha256),
		w->audit->as_of };
	struct fa_store_target t;
	int rc = fa_store_find_target(&t, s, w->key, &w->a, err);

	if (rc == 1)
		rc = fa_store_find_app(&w->app, s, t.id, &key, &w->a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"the target of the case was not judged");
	if (rc < 0)
		return rc;
	w->at = fa_arena_new(&w->a, w->app.documents_n, sizeof(*w->at));
	if (!w->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for documents");
	rc = FA_OK;
	while (w->n < w->app.documents_n && rc == FA_OK) {
		rc = load_one(&w->at[w->n], w, &w->app.documents[w->n], err);
		w->n += rc == FA_OK;
	}
	return rc;
}

bool
fa_judge_is_again(const struct fa_judge_work *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->at[k].d.id == w->at[i].d.id)
			return true;
	return w->at[i].as->document == 0;
}

static void
write_scan(struct fa_jw *w, const struct fa_judge_work *x)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "scope", FA_STR("app"));
	fa_jw_kstr(w, "target", x->key);
	fa_jw_kstr(w, "rules_sha256", x->app.bundle);
	fa_jw_kint(w, "as_of", x->app.as_of);
	fa_jw_kint(w, "reader", x->app.reader);
	fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(x->app.outcome)));
	write_score(w, &x->app.score);
	fa_jw_key(w, "documents");
	fa_jw_array(w);
	for (size_t i = 0; i < x->n; i++) {
		const struct fa_store_app_document *as = x->at[i].as;

		fa_jw_object(w);
		fa_jw_kstr(
			w, "outcome", fa_str_c(fa_outcome_name(as->outcome)));
		fa_jw_kstr(w, "detail", as->detail);
		fa_jw_kbool(w, "judged", as->document != 0);
		if (as->document != 0) {
			fa_judge_write_document(w, &x->at[i]);
			write_score(w, &x->at[i].j.score);
		} else {
			fa_jw_kstr(w, "url", x->at[i].url);
			fa_jw_kstr(w, "url_final", x->at[i].final);
			fa_jw_kstr(w, "role", fa_str_c(fa_role_name(as->role)));
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "verdicts");
	fa_jw_array(w);
	for (size_t i = 0; i < x->app.verdicts_n; i++) {
		const struct fa_store_verdict *v = &x->app.verdicts[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "obligation", v->obligation);
		fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(v->verdict)));
		fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(v->tier)));
		fa_jw_kstr(w, "reason", v->reason);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static int
tell_scan(struct fa_judge_work *w, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w2;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&w2, &detail, 0);
	write_scan(&w2, w);
	return fa_session_event(
		NULL, w->s, FA_OP_SCAN, FA_STR_NONE, NULL, 0, &detail, err);
}

static void
write_evidence(struct fa_jw *w, const struct fa_store_evidence *e)
{
	fa_jw_object(w);
	fa_jw_kbool(w, "against", e->against);
	fa_jw_kstr(w, "rule", e->rule);
	fa_jw_kint(w, "from", e->raw.from);
	fa_jw_kint(w, "to", e->raw.to);
	fa_jw_kint(w, "line", e->from.line);
	fa_jw_kint(w, "column", e->from.column);
	fa_jw_kint(w, "end_line", e->to.line);
	fa_jw_kint(w, "end_column", e->to.column);
	fa_jw_kstr(w, "quote", e->quote);
	fa_jw_kstr(w, "text", e->text);
	fa_jw_kstr(w, "section", e->section);
	fa_jw_end(w, '}');
}

static const struct fa_store_verdict *
verdict_of(const struct fa_judge_one *x, struct fa_str obligation)
{
	for (size_t i = 0; i < x->j.verdicts_n; i++)
		if (fa_str_eq(x->j.verdicts[i].obligation, obligation))
			return &x->j.verdicts[i];
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	return fa_str_cmp(*(const struct fa_str *)a, *(const struct fa_str *)b);
}

/* The digests of the documents that give the verdict, each once, sorted. */
static int
resting_on(struct fa_str **out, size_t *n, struct fa_judge_work *w,
	const struct fa_store_verdict *v, struct fa_err *err)
{
	struct fa_str *at = fa_arena_new(&w->a, w->n, sizeof(*at));
	size_t count = 0, kept = 0;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a finding");
	for (size_t i = 0; i < w->n; i++) {
		const struct fa_store_verdict *d =
			verdict_of(&w->at[i], v->obligation);

		if (d && d->verdict == v->verdict && !fa_judge_is_again(w, i))
			at[count++] = fa_str_c(w->at[i].d.payload);
	}
	qsort(at, count, sizeof(*at), compare);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || !fa_str_eq(at[kept - 1], at[i]))
			at[kept++] = at[i];
	*out = at;
	*n = kept;
	return FA_OK;
}

/* What each document says on the obligation: for the verdict or, for a
 * contradiction, against it. */
static int
write_sides(struct fa_jw *w2, struct fa_judge_work *w,
	const struct fa_store_verdict *v, struct fa_err *err)
{
	fa_jw_key(w2, "documents");
	fa_jw_array(w2);
	for (size_t i = 0; i < w->n; i++) {
		const struct fa_store_verdict *d =
			verdict_of(&w->at[i], v->obligation);
		struct fa_store_evidence_list list;
		int rc;

		if (!d || fa_judge_is_again(w, i))
			continue;
		rc = fa_store_get_evidence(&list, w->s->store, w->at[i].j.id,
			v->obligation, &w->a, err);
		if (rc < 0)
			return rc;
		fa_jw_object(w2);
		fa_judge_write_document(w2, &w->at[i]);
		fa_jw_kstr(
			w2, "verdict", fa_str_c(fa_verdict_name(d->verdict)));
		fa_jw_key(w2, "evidence");
		fa_jw_array(w2);
		for (size_t k = 0; k < list.n; k++)
			write_evidence(w2, &list.at[k]);
		fa_jw_end(w2, ']');
		fa_jw_end(w2, '}');
	}
	fa_jw_end(w2, ']');
	return FA_OK;
}

static int
tell_finding(struct fa_judge_work *w, const struct fa_store_verdict *v,
	struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_judge_finding f = { .scope = "app",
		.target = w->key,
		.obligation = v->obligation,
		.verdict = v->verdict,
		.tier = v->tier,
		.confidence = v->confidence,
		.rule = v->rule,
		.reason = v->reason,
		.contradiction = v->contradiction };
	struct fa_str *rests = NULL;
	struct fa_jw w2;
	int rc = resting_on(&rests, &f.documents_n, w, v, err);

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	f.documents = rests;
	fa_jw_init(&w2, &detail, 0);
	fa_jw_object(&w2);
	if (rc == FA_OK)
		rc = fa_judge_write_finding(&w2, w->s, &f, err);
	if (rc == FA_OK)
		rc = write_sides(&w2, w, v, err);
	fa_jw_end(&w2, '}');
	return rc < 0 ? rc
		      : fa_session_event(NULL, w->s, FA_OP_FINDING, FA_STR_NONE,
				NULL, 0, &detail, err);
}

static int
tell_all(struct fa_judge_work *w, struct fa_err *err)
{
	int rc = load(w, err);

	if (rc == FA_OK)
		rc = fa_judge_texts(w, err);
	if (rc == FA_OK)
		rc = tell_scan(w, err);
	for (size_t i = 0; i < w->app.verdicts_n && rc == FA_OK; i++) {
		const struct fa_store_verdict *v = &w->app.verdicts[i];

		if (v->verdict == FA_VERDICT_VIOLATION ||
			v->verdict == FA_VERDICT_GAP)
			rc = tell_finding(w, v, err);
	}
	return rc < 0 ? rc : fa_store_commit(w->s->store, err);
}

/* The run, as the store of a sweep notes it. */
static int
judge(struct fa_batch_counts *out, struct fa_session *s,
	const struct fa_audit *audit, const struct fa_batch_opts *opts,
	struct fa_err *err)
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	int64_t run;
	int rc;

	fa_buf_init(&text, 4096);
	fa_jw_init(&w, &text, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "bundle", fa_str_c(audit->bundle->sha256));
	fa_jw_kint(&w, "as_of", audit->as_of);
	fa_jw_end(&w, '}');
	rc = fa_buf_rc(&text, "options", err);
	if (rc == FA_OK)
		rc = fa_store_run_begin(&run, s->store, "audit",
			fa_session_now_ms(), s->o->tool.name, fa_buf_str(&text),
			err);
	if (rc == FA_OK)
		rc = fa_batch_run(out, s->store, audit, opts, err);
	if (rc == FA_OK)
		rc = fa_store_run_end(s->store, run, fa_session_now_ms(), err);
	return rc < 0 ? rc : fa_store_commit(s->store, err);
}

int
fa_session_judge(struct fa_batch_counts *out, bool *stopped,
	struct fa_session *s, const struct fa_audit *audit,
	const struct fa_batch_opts *opts, struct fa_err *err)
{
	struct fa_judge_work w = { .s = s, .audit = audit };
	int rc = judge(out, s, audit, opts, err);

	*stopped = rc == FA_E_INTERRUPTED;
	if (*stopped)
		return FA_OK;
	if (rc == FA_OK)
		rc = fa_session_target_key(&w.key, s, err);
	if (rc < 0)
		return rc;
	fa_arena_init(&w.a, TARGET_BYTES);
	rc = tell_all(&w, err);
	fa_arena_done(&w.a);
	return rc;
}
