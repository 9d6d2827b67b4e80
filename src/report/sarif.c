/* SARIF 2.1.0 for code scanning: one run; results, artifacts and the
 * invocation at its end. Section numbers are those of the standard. */
#include "report/sarif.h"

#include <string.h>

#include "base/clock.h"
#include "report/label.h"
#include "report/waived.h"

#define INDENT 1
#define MESSAGE_MAX_BYTES (1u << 20)
#define SCHEMA_URI                                                             \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"          \
	"schemas/sarif-schema-2.1.0.json"

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_sarif *st = fa_arena_new(r->arena, 1, sizeof(*st));

	fa_buf_init(&part, out->max_bytes);
	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->rule_index = fa_arena_new(
		r->arena, r->bundle->rules_n, sizeof(*st->rule_index));
	st->obligation_index = fa_arena_new(r->arena, r->bundle->obligations_n,
		sizeof(*st->obligation_index));
	st->ids = fa_arena_new(r->arena, 1, sizeof(*st->ids));
	if (st->rule_index == NULL || st->obligation_index == NULL ||
		st->ids == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->last = &st->first;
	st->results_last = &st->results;
	st->max_results = FA_SARIF_RESULTS;
	st->max_bytes = FA_SARIF_GZIP_BYTES;
	r->state = st;
	fa_jw_init(&st->w, &part, INDENT);
	fa_jw_object(&st->w);
	fa_jw_kstr(&st->w, "$schema", FA_STR(SCHEMA_URI));
	fa_jw_kstr(&st->w, "version", FA_STR("2.1.0"));
	fa_jw_key(&st->w, "runs");
	fa_jw_array(&st->w);
	fa_jw_object(&st->w);
	st->cut.rules = fa_report_sarif_driver(
		&st->w, r, st->rule_index, st->obligation_index);
	fa_jw_kstr(&st->w, "columnKind", FA_STR("unicodeCodePoints"));
	fa_jw_kstr(&st->w, "language",
		r->opts.lang == FA_LANG_ZH ? FA_STR("zh-CN") : FA_STR("en"));
	fa_jw_key(&st->w, "results");
	fa_jw_array(&st->w);
	st->w.out = NULL;
	return fa_report_json_part(out, &part, "SARIF report", err);
}

static bool
keep(struct fa_str *to, struct fa_str s, struct fa_arena *a)
{
	*to = FA_STR_NONE;
	if (s.p == NULL)
		return true;
	*to = fa_arena_dup(a, s);
	return to->p != NULL;
}

/* Keeps what the end needs of a document; NULL when memory is out. */
static struct fa_sarif_artifact *
add_artifact(struct fa_report *r, const struct fa_result *res)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf uri;
	struct fa_sarif_artifact *a = fa_arena_new(r->arena, 1, sizeof(*a));
	struct fa_sarif *st = r->state;

	fa_buf_init(&uri, MESSAGE_MAX_BYTES);
	fa_report_uri(&uri, res->name);
	if (a == NULL || uri.rc != FA_OK ||
		!keep(&a->uri, fa_buf_str(&uri), r->arena) ||
		!keep(&a->error, res->error, r->arena) ||
		!keep(&a->notice, res->notice, r->arena) ||
		!keep(&a->vector, res->score.vector, r->arena) ||
		!keep(&a->title, res->title, r->arena))
		return NULL;
	memcpy(a->sha256, res->sha256, sizeof(a->sha256));
	memcpy(a->sm3, res->sm3, sizeof(a->sm3));
	memcpy(a->counts, res->counts, sizeof(a->counts));
	a->bytes = (int64_t)res->raw_bytes;
	a->encoding = res->encoding;
	a->format = res->format;
	a->score = res->score;
	a->is_flow = res->flow != NULL;
	a->derived = res->derived.p != NULL;
	a->partial = res->partial;
	a->flow = res->flow;
	*st->last = a;
	st->last = &a->next;
	st->artifacts_n++;
	return a;
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	struct fa_sarif *st = r->state;
	struct fa_sarif_artifact *a = add_artifact(r, res);
	int rc = FA_OK;

	if (a == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->docs_n++;
	for (size_t i = 0; i < res->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (r->opts.verbose || fa_report_is_breach(f->verdict) ||
			f->verdict == FA_VERDICT_CANNOT_TELL)
			rc = fa_report_sarif_keep(st, r, res, f, a, err);
	}
	a->flow = NULL;
	return rc != FA_OK ? rc : fa_buf_rc(out, "SARIF report", err);
}

static void
write_artifact_properties(struct fa_jw *w, const struct fa_sarif_artifact *a)
{
	char grade[] = { a->score.grade, '\0' };

	if (a->error.p != NULL)
		return;
	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_kstr(w, "format",
		a->is_flow ? FA_STR("flow")
			   : fa_str_c(fa_format_name(a->format)));
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "scoreHi", a->score.hi);
	fa_jw_kint(w, "scoreLo", a->score.lo);
	fa_jw_kint(w, "coverageBp", a->score.coverage_bp);
	fa_jw_kstr(w, "vector", a->vector);
	fa_jw_end(w, '}');
}

/* 3.24 */
static void
write_artifact(
	struct fa_jw *w, const struct fa_sarif_artifact *a, uint32_t index)
{
	fa_jw_object(w);
	fa_report_sarif_artifact(w, "location", a->uri, index);
	fa_jw_kint(w, "length", a->bytes);
	fa_jw_key(w, "roles");
	fa_jw_array(w);
	fa_jw_str(w, FA_STR("analysisTarget"));
	fa_jw_end(w, ']');
	if (a->error.p == NULL && !a->is_flow && !a->derived) {
		fa_jw_kstr(
			w, "encoding", fa_str_c(fa_encoding_name(a->encoding)));
	}
	if (a->sha256[0] != '\0') {
		fa_jw_key(w, "hashes");
		fa_jw_object(w);
		fa_jw_kstr(w, "sha-256", fa_str_c(a->sha256));
		if (a->sm3[0] != '\0')
			fa_jw_kstr(w, "sm3", fa_str_c(a->sm3));
		fa_jw_end(w, '}');
	}
	if (a->title.n > 0)
		fa_report_sarif_message(w, "description", a->title);
	write_artifact_properties(w, a);
	fa_jw_end(w, '}');
}

/* 3.58 */
static void
write_notification(struct fa_jw *w, const struct fa_sarif_artifact *a,
	uint32_t index, const char *level, struct fa_str text)
{
	if (text.p == NULL)
		return;
	fa_jw_object(w);
	fa_jw_kstr(w, "level", fa_str_c(level));
	fa_report_sarif_message(w, "message", text);
	fa_jw_key(w, "locations");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_key(w, "physicalLocation");
	fa_jw_object(w);
	fa_report_sarif_artifact(w, "artifactLocation", a->uri, index);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

/* 3.20.22: what is wrong with how the tool is told to work. */
static void
write_waiver_notes(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	fa_jw_key(w, "toolConfigurationNotifications");
	fa_jw_array(w);
	for (size_t i = 0; i < t->notes_n; i++) {
		const struct fa_waiver_note *n = &t->notes[i];
		FA_CLEANUP(fa_buf_done) struct fa_buf text;

		fa_buf_init(&text, MESSAGE_MAX_BYTES);
		fa_report_note(&text, n, r->opts.lang);
		fa_report_carry(w->out, &text);
		fa_jw_object(w);
		fa_jw_kstr(w, "level", FA_STR("warning"));
		fa_jw_key(w, "descriptor");
		fa_jw_object(w);
		fa_jw_kstr(w, "id", fa_str_c(fa_report_note_id(n->fault)));
		fa_jw_end(w, '}');
		fa_report_sarif_message(w, "message", fa_buf_str(&text));
		fa_jw_key(w, "locations");
		fa_jw_array(w);
		fa_report_sarif_file(w, NULL, n->waiver.file, n->waiver.line);
		fa_jw_end(w, ']');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

/* 3.20 */
static void
write_invocation(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	const struct fa_sarif *st = r->state;
	char now[FA_TIME_BYTES];
	uint32_t index = 0;

	fa_jw_key(w, "invocations");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kbool(w, "executionSuccessful", t->errors + t->partial == 0);
	fa_jw_kint(w, "exitCode", t->exit_status);
	if (r->opts.now_ms_utc != 0) {
		fa_time_format(r->opts.now_ms_utc, now);
		fa_jw_kstr(w, "endTimeUtc", fa_str_c(now));
	}
	fa_jw_key(w, "toolExecutionNotifications");
	fa_jw_array(w);
	for (const struct fa_sarif_artifact *a = st->first; a != NULL;
		a = a->next) {
		write_notification(w, a, index, "error", a->error);
		write_notification(w, a, index, a->partial ? "warning" : "note",
			a->notice);
		index++;
	}
	fa_report_sarif_cuts(w, r, &st->cut);
	fa_jw_end(w, ']');
	write_waiver_notes(w, r, t);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
}

static void
write_run_properties(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	char date[FA_DATE_BYTES];

	fa_date_format(r->opts.as_of, date);
	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_kstr(w, "bundleSha256", fa_str_c(r->bundle->sha256));
	fa_jw_kstr(w, "asOf", fa_str_c(date));
	fa_jw_kstr(w, "scoreModel", FA_STR(FA_REPORT_MODEL));
	fa_jw_key(w, "totals");
	fa_jw_object(w);
	fa_report_json_totals(w, t);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_sarif *st = r->state;
	struct fa_jw *w = &st->w;
	uint32_t index = 0;
	int rc = fa_report_sarif_join(st, t->app, r->arena, err);

	fa_buf_init(&part, out->max_bytes);
	if (rc == FA_OK)
		rc = fa_report_sarif_select(st, r->arena, err);
	if (rc != FA_OK)
		return rc;
	w->out = &part;
	fa_report_sarif_results(w, st);
	fa_jw_end(w, ']');
	fa_jw_key(w, "artifacts");
	fa_jw_array(w);
	for (const struct fa_sarif_artifact *a = st->first; a != NULL;
		a = a->next)
		write_artifact(w, a, index++);
	fa_jw_end(w, ']');
	write_invocation(w, r, t);
	write_run_properties(w, r, t);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
	fa_buf_addc(&part, '\n');
	w->out = NULL;
	return fa_report_json_part(out, &part, "SARIF report", err);
}

const struct fa_writer fa_report_sarif = {
	.name = "sarif",
	.media_type = "application/sarif+json",
	.summary = "SARIF 2.1.0 for code scanning",
	.begin = begin,
	.doc = doc,
	.end = end,
};
