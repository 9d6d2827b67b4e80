/* One target as one line of JSON (faceaudit-sweep/1). */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report/common.h"
#include "tools/phrase.h"
#include "tools/reporting.h"

#define LINE_BYTES (64u << 20)
#define SMALL_BYTES 65536

static void
put_time(struct fa_jw *w, const char *key, int64_t us)
{
	char text[FA_TIME_BYTES];

	fa_time_format(us / 1000, text);
	fa_jw_kstr(w, key, us ? fa_str_c(text) : FA_STR_NONE);
}

static void
put_target(struct fa_jw *w, const struct fa_store_target *s)
{
	const struct fa_target *t = &s->t;

	fa_jw_kstr(w, "target", t->key);
	fa_jw_kstr(w, "app", t->app);
	fa_jw_kstr(w, "package", t->package);
	fa_jw_kstr(w, "store", t->store);
	fa_jw_kstr(w, "version", t->version);
	fa_jw_kstr(w, "publisher", t->publisher);
	fa_jw_kstr(w, "category", t->category);
	fa_jw_kstr(w, "store_url", t->store_url);
	fa_jw_kstr(w, "policy_url", t->policy_url);
	fa_jw_key(w, "children");
	if (t->children == FA_CHILDREN_UNKNOWN)
		fa_jw_null(w);
	else
		fa_jw_bool(w, t->children == FA_CHILDREN_YES);
	fa_jw_kstr(w, "note", s->note);
}

static void
put_document(struct fa_jw *w, const struct fa_reporting *r,
	const struct fa_reporting_document *x)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "role", fa_str_c(fa_role_name(x->d.role)));
	fa_jw_kstr(w, "url", x->url);
	fa_jw_kstr(w, "final_url", x->final);
	fa_jw_kstr(
		w, "outcome", fa_str_c(fa_phrase_outcome_name(x->d.outcome)));
	fa_jw_kstr(w, "detail", x->d.detail);
	fa_jw_kbool(w, "judged", x->d.document != 0);
	if (x->d.document) {
		fa_jw_kbool(w, "stands_in", x->d.stands_in);
		fa_jw_kstr(w, "payload_sha256", fa_str_c(x->doc.payload));
		fa_jw_kstr(w, "text_sha256", x->doc.text_sha256);
		fa_jw_kstr(w, "title", x->doc.title);
		fa_jw_kstr(w, "encoding", x->doc.encoding);
		fa_jw_kint(w, "bytes", x->doc.bytes);
	}
	if (x->d.document && r->times) {
		put_time(w, "first_seen", x->first_us);
		put_time(w, "last_seen", x->last_us);
	}
	fa_jw_end(w, '}');
}

static void
put_points(struct fa_jw *w, const char *key, int64_t score)
{
	struct fa_buf text;

	fa_buf_init(&text, SMALL_BYTES);
	fa_report_points(&text, score);
	fa_jw_kstr(w, key, fa_buf_str(&text));
	fa_report_carry(w->out, &text);
	fa_buf_done(&text);
}

static void
put_score(struct fa_jw *w, const struct fa_score *s)
{
	char grade[2] = { s->grade, '\0' };

	fa_jw_key(w, "score");
	fa_jw_object(w);
	fa_jw_kstr(w, "model", FA_STR(FA_REPORT_MODEL));
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "hi", s->hi);
	fa_jw_kint(w, "lo", s->lo);
	put_points(w, "hi_points", s->hi);
	put_points(w, "lo_points", s->lo);
	fa_jw_kint(w, "coverage_bp", s->coverage_bp);
	fa_jw_kstr(w, "vector", s->vector);
	fa_jw_end(w, '}');
}

static void
put_source(struct fa_jw *w, const struct fa_reporting *r,
	const struct fa_obligation *o)
{
	struct fa_buf text;

	fa_jw_key(w, "source");
	fa_jw_object(w);
	if (o->instrument < r->bundle->instruments_n)
		fa_jw_kstr(w, "instrument",
			r->bundle->instruments[o->instrument].code);
	fa_jw_kstr(w, "article", o->article);
	fa_buf_init(&text, SMALL_BYTES);
	fa_report_source(&text, r->bundle, o->instrument, o->article, r->lang);
	fa_jw_kstr(w, "citation", fa_buf_str(&text));
	fa_report_carry(w->out, &text);
	fa_buf_done(&text);
	fa_jw_end(w, '}');
}

static int
put_passage(void *ctx, const struct fa_reporting_document *x,
	const struct fa_store_evidence *e, struct fa_err *err)
{
	struct fa_jw *w = ctx;

	(void)err;
	fa_jw_object(w);
	fa_jw_kstr(w, "url", x->final);
	fa_jw_kstr(w, "payload_sha256", fa_str_c(x->doc.payload));
	fa_jw_kstr(w, "rule", e->rule);
	fa_jw_kint(w, "line", e->from.line);
	fa_jw_kint(w, "column", e->from.column);
	fa_jw_kint(w, "end_line", e->to.line);
	fa_jw_kint(w, "end_column", e->to.column);
	fa_jw_kint(w, "byte_offset", e->raw.from);
	fa_jw_kint(w, "byte_length", (int64_t)e->raw.to - e->raw.from);
	fa_jw_kstr(w, "quote", e->quote);
	fa_jw_kstr(w, "text", e->text);
	fa_jw_kstr(w, "section", e->section);
	fa_jw_end(w, '}');
	return FA_OK;
}

static int
put_side(struct fa_jw *w, const char *key, bool against,
	const struct fa_reporting *r, const struct fa_reporting_target *t,
	const struct fa_store_verdict *v, struct fa_arena *a,
	struct fa_err *err)
{
	int rc;

	fa_jw_key(w, key);
	fa_jw_array(w);
	rc = fa_reporting_passages(r, t, v, against, put_passage, w, a, err);
	fa_jw_end(w, ']');
	return rc;
}

static int
put_verdict(struct fa_jw *w, const struct fa_reporting *r,
	const struct fa_reporting_target *t, const struct fa_store_verdict *v,
	struct fa_arena *a, struct fa_err *err)
{
	uint32_t i = fa_bundle_obligation(r->bundle, v->obligation);
	int rc;

	fa_jw_object(w);
	fa_jw_kstr(w, "obligation", v->obligation);
	if (i < r->bundle->obligations_n) {
		const struct fa_obligation *o = &r->bundle->obligations[i];

		fa_jw_kstr(w, "title", fa_report_pick(&o->title, r->lang));
		fa_jw_kstr(w, "kind", fa_str_c(fa_kind_name(o->kind)));
		fa_jw_kstr(
			w, "severity", fa_str_c(fa_severity_name(o->severity)));
		put_source(w, r, o);
	}
	fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(v->verdict)));
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(v->tier)));
	fa_jw_kint(w, "confidence", v->confidence);
	fa_jw_kbool(w, "counted", fa_reporting_counts(v));
	fa_jw_kbool(w, "contradiction", v->contradiction);
	fa_jw_kstr(w, "rule", v->rule);
	fa_jw_kstr(w, "reason", v->reason);
	rc = put_side(w, "evidence", false, r, t, v, a, err);
	if (rc == FA_OK)
		rc = put_side(w, "counter_evidence", true, r, t, v, a, err);
	fa_jw_end(w, '}');
	return rc;
}

static void
put_changes(struct fa_jw *w, const struct fa_reporting_target *t)
{
	fa_jw_key(w, "changes");
	fa_jw_array(w);
	for (const struct fa_reporting_change *p = t->changes; p; p = p->next) {
		fa_jw_object(w);
		fa_jw_kstr(w, "subject", p->c.subject);
		fa_jw_kstr(w, "kind", fa_str_c(p->c.kind));
		fa_jw_kstr(w, "cause", fa_str_c(p->c.cause));
		fa_jw_kstr(w, "was", fa_str_c(p->c.was));
		fa_jw_kstr(w, "became", fa_str_c(p->c.became));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static int
put_judged(struct fa_jw *w, const struct fa_reporting *r,
	const struct fa_reporting_target *t, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = FA_OK;

	fa_jw_kint(w, "reader", t->app.reader);
	fa_jw_key(w, "scopes");
	fa_jw_array(w);
	for (int s = 0; s < FA_SCOPE_COUNT; s++)
		if (t->app.scopes & FA_SCOPE_BIT(s))
			fa_jw_str(w, fa_str_c(fa_scope_name(s)));
	fa_jw_end(w, ']');
	put_score(w, &t->app.score);
	fa_jw_key(w, "counts");
	fa_jw_object(w);
	for (int v = FA_VERDICT_COUNT - 1; v > FA_VERDICT_NOT_APPLICABLE; v--)
		fa_jw_kint(
			w, fa_verdict_name((enum fa_verdict)v), t->counts[v]);
	fa_jw_end(w, '}');
	fa_jw_key(w, "verdicts");
	fa_jw_array(w);
	for (size_t i = 0; i < t->app.verdicts_n && rc == FA_OK; i++)
		rc = put_verdict(w, r, t, &t->app.verdicts[i], a, err);
	fa_jw_end(w, ']');
	return rc;
}

static void
put_origin(struct fa_jw *w, const struct fa_reporting *r,
	const struct fa_reporting_target *t)
{
	char date[FA_DATE_BYTES];

	fa_jw_kstr(w, "schema", FA_STR(FA_REPORTING_SCHEMA));
	if (r->bundle) {
		fa_date_format(r->key.as_of, date);
		fa_jw_kstr(w, "bundle_sha256", r->key.bundle);
		fa_jw_kstr(w, "as_of", fa_str_c(date));
	}
	put_target(w, t->t);
	fa_jw_kstr(
		w, "outcome", fa_str_c(fa_phrase_outcome_name(t->app.outcome)));
	fa_jw_kbool(w, "judged", t->judged);
	fa_jw_key(w, "documents");
	fa_jw_array(w);
	for (size_t i = 0; i < t->app.documents_n; i++)
		put_document(w, r, &t->documents[i]);
	fa_jw_end(w, ']');
}

int
fa_reporting_json(struct fa_buf *out, const struct fa_reporting *r,
	const struct fa_reporting_target *t, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_buf part FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	int rc = FA_OK;

	fa_buf_init(&part, LINE_BYTES);
	fa_jw_init(&w, &part, 0);
	fa_jw_object(&w);
	put_origin(&w, r, t);
	if (t->scored)
		rc = put_judged(&w, r, t, a, err);
	if (t->looked_at && r->changes)
		put_changes(&w, t);
	fa_jw_end(&w, '}');
	fa_buf_addc(&part, '\n');
	return rc < 0 ? rc : fa_report_json_part(out, &part, "report", err);
}
