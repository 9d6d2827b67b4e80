/* SARIF 2.1.0 for code scanning: one run; results, artifacts and the
 * invocation at its end. Section numbers are those of the standard. */
#include "report/sarif.h"

#include <string.h>

#include "base/clock.h"
#include "report/label.h"
#include "report/waived.h"

#define INDENT 1
#define MESSAGE_MAX_BYTES (1u << 20)
#define ELEMENT_MAX_BYTES (16u << 20)
#define ARTIFACTS_DEPTH 4     /* log, runs, run, artifacts */
#define NOTIFICATIONS_DEPTH 6 /* ... invocations, invocation, notifications */
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
	fa_spill_init(&st->results_text, out->max_bytes);
	fa_spill_init(&st->artifacts.text, out->max_bytes);
	fa_spill_init(&st->notifications.text, out->max_bytes);
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

static void
write_artifact_properties(struct fa_jw *w, const struct fa_result *res)
{
	char grade[] = { res->score.grade, '\0' };

	if (res->error.p != NULL)
		return;
	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_kstr(w, "format",
		res->flow != NULL ? FA_STR("flow")
				  : fa_str_c(fa_format_name(res->format)));
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "scoreHi", res->score.hi);
	fa_jw_kint(w, "scoreLo", res->score.lo);
	fa_jw_kint(w, "coverageBp", res->score.coverage_bp);
	fa_jw_kstr(w, "vector", res->score.vector);
	fa_jw_end(w, '}');
}

/* 3.24 */
static void
write_artifact(struct fa_jw *w, const struct fa_sarif_artifact *a,
	const struct fa_result *res, uint32_t index)
{
	fa_jw_object(w);
	fa_report_sarif_artifact(w, "location", a->uri, index);
	fa_jw_kint(w, "length", (int64_t)res->raw_bytes);
	fa_jw_key(w, "roles");
	fa_jw_array(w);
	fa_jw_str(w, FA_STR("analysisTarget"));
	fa_jw_end(w, ']');
	if (res->error.p == NULL && !a->is_flow && !a->derived) {
		fa_jw_kstr(w, "encoding",
			fa_str_c(fa_encoding_name(res->encoding)));
	}
	if (res->sha256[0] != '\0') {
		fa_jw_key(w, "hashes");
		fa_jw_object(w);
		fa_jw_kstr(w, "sha-256", fa_str_c(res->sha256));
		if (res->sm3[0] != '\0')
			fa_jw_kstr(w, "sm3", fa_str_c(res->sm3));
		fa_jw_end(w, '}');
	}
	if (res->title.n > 0)
		fa_report_sarif_message(w, "description", res->title);
	write_artifact_properties(w, res);
	fa_jw_end(w, '}');
}

/* 3.58 */
static void
write_notification(struct fa_jw *w, const struct fa_sarif_artifact *a,
	uint32_t index, const char *level, struct fa_str text)
{
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

/* The next element of a list that stands so deep: what is written to w until
 * list_end. */
static void
list_begin(struct fa_jw *w, struct fa_buf *part, const struct fa_sarif_list *l,
	unsigned depth)
{
	fa_jw_init(w, part, INDENT);
	w->depth = depth;
	w->first[depth] = true;
	if (l->n > 0)
		fa_buf_addc(part, ',');
}

static int
list_end(struct fa_sarif_list *l, const struct fa_buf *part, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	int rc;

	fa_buf_init(&out, SIZE_MAX / 2);
	rc = fa_report_json_part(&out, part, "SARIF report", err);
	if (rc == FA_OK)
		rc = fa_spill_add(
			&l->text, fa_buf_str(&out), "SARIF report", err);
	l->n++;
	return rc;
}

static int
add_artifact(struct fa_sarif *st, const struct fa_sarif_artifact *a,
	const struct fa_result *res, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_jw w;

	fa_buf_init(&part, ELEMENT_MAX_BYTES);
	list_begin(&w, &part, &st->artifacts, ARTIFACTS_DEPTH);
	write_artifact(&w, a, res, st->artifacts.n);
	return list_end(&st->artifacts, &part, err);
}

/* About the artifact that was added last. */
static int
add_notification(struct fa_sarif *st, const struct fa_sarif_artifact *a,
	const char *level, struct fa_str text, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_jw w;

	fa_buf_init(&part, ELEMENT_MAX_BYTES);
	if (text.p == NULL)
		return FA_OK;
	list_begin(&w, &part, &st->notifications, NOTIFICATIONS_DEPTH);
	write_notification(&w, a, st->artifacts.n - 1, level, text);
	return list_end(&st->notifications, &part, err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf uri;
	struct fa_sarif *st = r->state;
	struct fa_sarif_artifact a = { .is_flow = res->flow != NULL,
		.derived = res->derived.p != NULL,
		.flow = res->flow };
	int rc;

	fa_buf_init(&uri, MESSAGE_MAX_BYTES);
	fa_report_uri(&uri, res->name);
	rc = fa_buf_rc(&uri, "path", err);
	a.uri = fa_buf_str(&uri);
	if (rc == FA_OK)
		rc = add_artifact(st, &a, res, err);
	if (rc == FA_OK)
		rc = add_notification(st, &a, "error", res->error, err);
	if (rc == FA_OK)
		rc = add_notification(st, &a, res->partial ? "warning" : "note",
			res->notice, err);
	r->docs_n++;
	for (size_t i = 0; i < res->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (r->opts.verbose || fa_report_is_breach(f->verdict) ||
			f->verdict == FA_VERDICT_CANNOT_TELL)
			rc = fa_report_sarif_keep(st, r, res, f, &a, err);
	}
	return rc != FA_OK ? rc : fa_buf_rc(out, "SARIF report", err);
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

/* Hands on what st->w has written. */
static int
carry(const struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct fa_sarif *st = r->state;
	int rc = fa_report_json_part(out, st->w.out, "SARIF report", err);

	fa_buf_reset(st->w.out);
	return rc != FA_OK ? rc : fa_report_flush(r, out, "SARIF report", err);
}

/* Hands on what st->w has written, and then the list, whose array is open. */
static int
pour_list(const struct fa_report *r, const struct fa_sarif_list *l,
	struct fa_buf *out, struct fa_err *err)
{
	struct fa_sarif *st = r->state;
	int rc = carry(r, out, err);

	if (rc == FA_OK)
		rc = fa_report_pour(r, out, &l->text, "SARIF report", err);
	st->w.first[st->w.depth] = l->n == 0;
	return rc;
}

/* 3.20 */
static int
write_invocation(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	const struct fa_sarif *st = r->state;
	char now[FA_TIME_BYTES];
	int rc;

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
	rc = pour_list(r, &st->notifications, out, err);
	fa_report_sarif_cuts(w, r, &st->cut);
	fa_jw_end(w, ']');
	write_waiver_notes(w, r, t);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	return rc;
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

/* What follows the results. */
static int
write_rest(struct fa_report *r, const struct fa_report_totals *t,
	struct fa_buf *out, struct fa_err *err)
{
	struct fa_sarif *st = r->state;
	struct fa_jw *w = &st->w;
	int rc;

	fa_jw_end(w, ']');
	fa_jw_key(w, "artifacts");
	fa_jw_array(w);
	rc = pour_list(r, &st->artifacts, out, err);
	fa_jw_end(w, ']');
	if (rc == FA_OK)
		rc = write_invocation(w, r, t, out, err);
	write_run_properties(w, r, t);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
	fa_buf_addc(w->out, '\n');
	return rc != FA_OK ? rc : carry(r, out, err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_sarif *st = r->state;
	int rc = fa_report_sarif_join(st, t->app, r->arena, err);

	fa_buf_init(&part, out->max_bytes);
	st->w.out = &part;
	if (rc == FA_OK)
		rc = fa_report_sarif_select(st, r->arena, err);
	if (rc == FA_OK)
		rc = fa_report_sarif_results(st, r, out, err);
	if (rc == FA_OK)
		rc = write_rest(r, t, out, err);
	st->w.out = NULL;
	return rc;
}

static void
done(struct fa_report *r)
{
	struct fa_sarif *st = r->state;

	if (st == NULL)
		return;
	fa_spill_done(&st->results_text);
	fa_spill_done(&st->artifacts.text);
	fa_spill_done(&st->notifications.text);
}

const struct fa_writer fa_report_sarif = {
	.name = "sarif",
	.media_type = "application/sarif+json",
	.summary = "SARIF 2.1.0 for code scanning",
	.digests = true,
	.begin = begin,
	.doc = doc,
	.end = end,
	.done = done,
};
