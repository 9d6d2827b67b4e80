/* SARIF 2.1.0 for code scanning: one run, results as they come, artifacts and
 * the invocation at its end. Section numbers are those of the standard. */
#include "report/sarif.h"

#include <string.h>

#include "base/clock.h"
#include "report/label.h"

#define INDENT 1
#define MESSAGE_MAX_BYTES (1u << 20)
#define SCHEMA_URI                                                             \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"          \
	"schemas/sarif-schema-2.1.0.json"
#define FINGERPRINT_NAME "ruleAndQuote/v1"

/* What the end of the run needs of a document. */
struct artifact {
	struct artifact *next;
	struct fa_str uri, error, notice, vector, title;
	char sha256[FA_HASH_HEX_BYTES];
	char sm3[FA_HASH_HEX_BYTES];
	int64_t bytes;
	enum fa_encoding encoding;
	enum fa_format format;
	struct fa_score score;
	bool is_flow;
	const struct fa_flow *flow; /* while its results are written */
	uint32_t counts[FA_VERDICT_COUNT];
};

struct state {
	struct fa_jw w;
	uint32_t *rule_index, *obligation_index;
	struct artifact *first, **last;
	uint32_t artifacts_n;
};

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	fa_buf_init(&part, out->max_bytes);
	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->rule_index = fa_arena_new(
		r->arena, r->bundle->rules_n, sizeof(*st->rule_index));
	st->obligation_index = fa_arena_new(r->arena, r->bundle->obligations_n,
		sizeof(*st->obligation_index));
	if (st->rule_index == NULL || st->obligation_index == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->last = &st->first;
	r->state = st;
	fa_jw_init(&st->w, &part, INDENT);
	fa_jw_object(&st->w);
	fa_jw_kstr(&st->w, "$schema", FA_STR(SCHEMA_URI));
	fa_jw_kstr(&st->w, "version", FA_STR("2.1.0"));
	fa_jw_key(&st->w, "runs");
	fa_jw_array(&st->w);
	fa_jw_object(&st->w);
	fa_report_sarif_driver(&st->w, r, st->rule_index, st->obligation_index);
	fa_jw_kstr(&st->w, "columnKind", FA_STR("unicodeCodePoints"));
	fa_jw_kstr(&st->w, "language",
		r->opts.lang == FA_LANG_ZH ? FA_STR("zh-CN") : FA_STR("en"));
	fa_jw_key(&st->w, "results");
	fa_jw_array(&st->w);
	st->w.out = NULL;
	return fa_report_json_part(out, &part, "SARIF report", err);
}

static void
write_artifact_location(struct fa_jw *w, const char *key,
	const struct artifact *a, uint32_t index)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "uri", a->uri);
	fa_jw_kint(w, "index", index);
	fa_jw_end(w, '}');
}

/* 3.30: a text region and a binary region of the same passage. */
static void
write_region(struct fa_jw *w, const struct fa_evidence *e)
{
	static const struct fa_position start = { 1, 1, 1 };

	fa_jw_key(w, "region");
	fa_jw_object(w);
	fa_jw_kint(w, "startLine", e != NULL ? e->from.line : start.line);
	fa_jw_kint(w, "startColumn", e != NULL ? e->from.column : start.column);
	fa_jw_kint(w, "endLine", e != NULL ? e->to.line : start.line);
	fa_jw_kint(w, "endColumn", e != NULL ? e->to.column : start.column);
	if (e != NULL) {
		fa_jw_kint(w, "byteOffset", e->raw.from);
		fa_jw_kint(w, "byteLength", (int64_t)e->raw.to - e->raw.from);
		fa_jw_key(w, "snippet");
		fa_jw_object(w);
		fa_jw_kstr(
			w, "text", e->quote.p != NULL ? e->quote : FA_STR(""));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, '}');
}

/* 3.28; e is NULL for the document as a whole. */
static void
write_location(struct fa_jw *w, const struct artifact *a, uint32_t index,
	const struct fa_evidence *e)
{
	fa_jw_key(w, "physicalLocation");
	fa_jw_object(w);
	write_artifact_location(w, "artifactLocation", a, index);
	if (!a->is_flow)
		write_region(w, e);
	fa_jw_end(w, '}');
	if (a->flow != NULL && e != NULL && e->place != NULL) {
		fa_report_sarif_place(
			w, a->flow, e->place->screen, e->place->element);
		return;
	}
	if (e == NULL || e->section.n == 0)
		return;
	fa_jw_key(w, "logicalLocations");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kstr(w, "name", e->section);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
}

static void
write_related(struct fa_jw *w, const struct artifact *a, uint32_t index,
	const struct fa_evidence *e, int id, const char *message)
{
	fa_jw_object(w);
	fa_jw_kint(w, "id", id);
	fa_report_sarif_message(w, "message", fa_str_c(message));
	write_location(w, a, index, e);
	fa_jw_end(w, '}');
}

static void
write_locations(struct fa_jw *w, const struct fa_report *r,
	const struct fa_finding *f, const struct artifact *a, uint32_t index)
{
	bool gap = f->verdict == FA_VERDICT_GAP;
	size_t from = !gap && f->pro_n > 0 ? 1 : 0;
	int id = 1;

	fa_jw_key(w, "locations");
	fa_jw_array(w);
	fa_jw_object(w);
	write_location(w, a, index, from > 0 ? &f->pro[0] : NULL);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	if (f->pro_n == from && f->contra_n == 0)
		return;
	fa_jw_key(w, "relatedLocations");
	fa_jw_array(w);
	for (size_t i = from; i < f->pro_n; i++) {
		write_related(w, a, index, &f->pro[i], id++,
			fa_label(r->opts.lang, FA_LABEL_ALSO));
	}
	for (size_t i = 0; i < f->contra_n; i++) {
		write_related(w, a, index, &f->contra[i], id++,
			fa_label(r->opts.lang, FA_LABEL_AGAINST));
	}
	fa_jw_end(w, ']');
}

static void
write_message(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;
	const char *colon = fa_label(lang, FA_LABEL_COLON);
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, MESSAGE_MAX_BYTES);
	fa_buf_adds(&text, fa_label_verdict(lang, f->verdict));
	if (fa_report_is_lead(f))
		fa_buf_addf(&text, " · %s", fa_label_tier(lang, f->tier));
	fa_buf_adds(&text, colon);
	fa_buf_add(&text, fa_report_message(b, f, lang));
	fa_buf_addf(&text, "\n%s%s", fa_label(lang, FA_LABEL_SOURCE), colon);
	fa_report_source(&text, b, o->instrument, o->article, lang);
	if (f->reason.n > 0) {
		fa_buf_addf(&text, "\n%s%s", fa_label(lang, FA_LABEL_REASON),
			colon);
		fa_buf_add(&text, f->reason);
	}
	fa_report_carry(w->out, &text);
	fa_report_sarif_message(w, "message", fa_buf_str(&text));
}

/* 3.27.9: what a verdict is called. */
static const char *
kind_of(enum fa_verdict v)
{
	switch (v) {
	case FA_VERDICT_COMPLIANT:
		return "pass";
	case FA_VERDICT_CANNOT_TELL:
		return "open";
	case FA_VERDICT_NOT_APPLICABLE:
		return "notApplicable";
	case FA_VERDICT_GAP:
	case FA_VERDICT_VIOLATION:
		break;
	}
	return "fail";
}

static void
write_properties(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];

	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_kstr(w, "obligation", o->id);
	fa_report_json_judgement(w, r, f);
	fa_jw_end(w, '}');
}

static int
write_result(struct fa_jw *w, struct fa_report *r, const struct fa_finding *f,
	const struct artifact *a, struct fa_err *err)
{
	const struct state *st = r->state;
	bool breach = fa_report_is_breach(f->verdict);
	uint32_t index = st->obligation_index[f->obligation];
	char print[FA_HASH_HEX_BYTES];
	int rc = fa_report_fingerprint(print, r->bundle, f, err);

	if (rc != FA_OK)
		return rc;
	if (f->rule < r->bundle->rules_n)
		index = st->rule_index[f->rule];
	fa_jw_object(w);
	fa_jw_kstr(w, "ruleId", fa_report_rule_id(r->bundle, f));
	if (index != UINT32_MAX)
		fa_jw_kint(w, "ruleIndex", index);
	fa_jw_kstr(w, "kind", fa_str_c(kind_of(f->verdict)));
	/* 3.27.10: none unless kind is fail. */
	fa_jw_kstr(w, "level",
		fa_str_c(breach ? fa_report_level(r->bundle, f) : "none"));
	fa_jw_kint(w, "rank", f->confidence / 10);
	write_message(w, r, f);
	write_locations(w, r, f, a, st->artifacts_n - 1);
	if (a->flow != NULL)
		fa_report_sarif_paths(w, r, a->flow, f);
	fa_jw_key(w, "partialFingerprints");
	fa_jw_object(w);
	fa_jw_kstr(w, FINGERPRINT_NAME, fa_str_c(print));
	fa_jw_end(w, '}');
	write_properties(w, r, f);
	fa_jw_end(w, '}');
	return FA_OK;
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
static struct artifact *
add_artifact(struct fa_report *r, const struct fa_result *res)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf uri;
	struct artifact *a = fa_arena_new(r->arena, 1, sizeof(*a));
	struct state *st = r->state;

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
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct state *st = r->state;
	struct artifact *a = add_artifact(r, res);
	int rc = FA_OK;

	fa_buf_init(&part, out->max_bytes);
	if (a == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->docs_n++;
	st->w.out = &part;
	for (size_t i = 0; i < res->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (r->opts.verbose || fa_report_is_breach(f->verdict) ||
			f->verdict == FA_VERDICT_CANNOT_TELL)
			rc = write_result(&st->w, r, f, a, err);
	}
	st->w.out = NULL;
	a->flow = NULL;
	return rc != FA_OK
		? rc
		: fa_report_json_part(out, &part, "SARIF report", err);
}

static void
write_artifact_properties(struct fa_jw *w, const struct artifact *a)
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
write_artifact(struct fa_jw *w, const struct artifact *a, uint32_t index)
{
	fa_jw_object(w);
	write_artifact_location(w, "location", a, index);
	fa_jw_kint(w, "length", a->bytes);
	fa_jw_key(w, "roles");
	fa_jw_array(w);
	fa_jw_str(w, FA_STR("analysisTarget"));
	fa_jw_end(w, ']');
	if (a->error.p == NULL && !a->is_flow) {
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
write_notification(struct fa_jw *w, const struct artifact *a, uint32_t index,
	const char *level, struct fa_str text)
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
	write_artifact_location(w, "artifactLocation", a, index);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

/* 3.20 */
static void
write_invocation(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	const struct state *st = r->state;
	char now[FA_TIME_BYTES];
	uint32_t index = 0;

	fa_jw_key(w, "invocations");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kbool(w, "executionSuccessful", t->errors == 0);
	fa_jw_kint(w, "exitCode", t->exit_status);
	if (r->opts.now_ms_utc != 0) {
		fa_time_format(r->opts.now_ms_utc, now);
		fa_jw_kstr(w, "endTimeUtc", fa_str_c(now));
	}
	fa_jw_key(w, "toolExecutionNotifications");
	fa_jw_array(w);
	for (const struct artifact *a = st->first; a != NULL; a = a->next) {
		write_notification(w, a, index, "error", a->error);
		write_notification(w, a, index, "note", a->notice);
		index++;
	}
	fa_jw_end(w, ']');
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
	struct state *st = r->state;
	struct fa_jw *w = &st->w;
	uint32_t index = 0;

	fa_buf_init(&part, out->max_bytes);
	w->out = &part;
	fa_jw_end(w, ']');
	fa_jw_key(w, "artifacts");
	fa_jw_array(w);
	for (const struct artifact *a = st->first; a != NULL; a = a->next)
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
