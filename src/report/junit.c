/* JUnit XML for CI servers: a suite per document, a case per obligation. No
 * standard exists; the file is valid by the strictest schemas in use: that of
 * Ant's task (JUnit.xsd), which knows no output of a case, and that of the
 * xUnit plugin of Jenkins (junit-10.xsd). Cases are told apart over runs by
 * class and name: the path, the obligation and its title. */
#include <string.h>

#include "base/clock.h"
#include "report/common.h"
#include "report/flow.h"
#include "report/label.h"
#include "report/waived.h"

#define TEXT_BYTES (1u << 20)
#define DAY_BYTES 10 /* 2026-11-21 */
#define SECONDS_BYTES 19

struct state {
	uint32_t suites;
};

/* One suite while it is made. */
struct suite {
	struct fa_report *r;
	const struct fa_result *res; /* NULL: of an app */
	struct fa_buf cases, said;   /* said: what fails no case */
	uint32_t tests, failures, errors, skipped;
};

/* XML 1.0, 2.2: characters that it cannot hold are hidden ones. */
static void
put_xml(struct fa_buf *out, struct fa_str s, bool lines)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;

	fa_buf_init(&shown, TEXT_BYTES);
	fa_report_visible(&shown, s, lines);
	fa_report_carry(out, &shown);
	for (size_t i = 0; i < shown.n; i++) {
		char c = shown.p[i];

		if (c == '&')
			fa_buf_adds(out, "&amp;");
		else if (c == '<')
			fa_buf_adds(out, "&lt;");
		else if (c == '>')
			fa_buf_adds(out, "&gt;");
		else if (c == '"')
			fa_buf_adds(out, "&quot;");
		else
			fa_buf_addc(out, c);
	}
}

/* The attributes must not be empty, and schemas take blanks off them. */
static void
put_name(struct fa_buf *out, struct fa_str s)
{
	put_xml(out, s.n > 0 ? s : FA_STR("-"), false);
}

static void
put_passage(struct fa_buf *out, const struct suite *s,
	const struct fa_evidence *e, enum fa_label l)
{
	enum fa_lang lang = s->r->opts.lang;

	fa_buf_addf(
		out, "%s%s", fa_label(lang, l), fa_label(lang, FA_LABEL_COLON));
	if (e->spot != NULL) {
		fa_report_visible(out, e->spot->file, false);
		fa_buf_addf(out, ":%u:%u ", (unsigned)e->spot->from.line,
			(unsigned)e->spot->from.column);
	}
	if (e->place != NULL && s->res->flow != NULL) {
		fa_report_spot(out, s->res->flow, e->place, lang);
		if (e->place->path_n > 0) {
			fa_buf_addf(out, "\n  %s%s",
				fa_label(lang, FA_LABEL_WAY),
				fa_label(lang, FA_LABEL_COLON));
			fa_report_path(out, s->res->flow, e->place, lang);
		}
	} else {
		fa_report_visible(out, s->res->name, false);
		fa_buf_addf(out, ":%u:%u", (unsigned)e->from.line,
			(unsigned)e->from.column);
	}
	fa_buf_adds(out, "\n  ");
	fa_report_visible(out, e->text, false);
	fa_buf_addc(out, '\n');
}

/* "violation, high: what was found", without place. */
static void
put_message(
	struct fa_buf *out, const struct suite *s, const struct fa_finding *f)
{
	const struct fa_obligation *o =
		&s->r->bundle->obligations[f->obligation];
	enum fa_lang lang = s->r->opts.lang;
	const char *dot = lang == FA_LANG_ZH ? "·" : ", ";

	fa_buf_addf(out, "%s%s%s", fa_label_verdict(lang, f->verdict), dot,
		fa_label_severity(lang, o->severity));
	if (fa_report_is_breach(f->verdict))
		fa_buf_addf(out, "%s%s", dot, fa_label_tier(lang, f->tier));
	fa_buf_adds(out, fa_label(lang, FA_LABEL_COLON));
	fa_report_visible(out, fa_report_message(s->r->bundle, f, lang), false);
}

static void
put_line(struct fa_buf *out, const struct suite *s, enum fa_label l,
	struct fa_str text)
{
	if (text.n == 0)
		return;
	fa_buf_addf(out, "%s%s", fa_label(s->r->opts.lang, l),
		fa_label(s->r->opts.lang, FA_LABEL_COLON));
	fa_report_visible(out, text, false);
	fa_buf_addc(out, '\n');
}

/* Everything about a finding, as lines. */
static void
put_account(
	struct fa_buf *out, const struct suite *s, const struct fa_finding *f)
{
	const struct fa_bundle *b = s->r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	enum fa_lang lang = s->r->opts.lang;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	fa_report_source(&text, b, o->instrument, o->article, lang);
	fa_report_visible(out, fa_report_rule_id(b, f), false);
	fa_buf_addc(out, ' ');
	put_message(out, s, f);
	fa_buf_addc(out, '\n');
	put_line(out, s, FA_LABEL_SOURCE, fa_buf_str(&text));
	for (size_t i = 0; i < f->pro_n && s->res != NULL; i++)
		put_passage(out, s, &f->pro[i], FA_LABEL_QUOTE);
	for (size_t i = 0; i < f->contra_n && s->res != NULL; i++)
		put_passage(out, s, &f->contra[i], FA_LABEL_CONTRA);
	put_line(out, s, FA_LABEL_REASON, f->reason);
	if (fa_report_is_breach(f->verdict))
		put_line(out, s, FA_LABEL_FIX, fa_report_fix(b, f, lang));
	put_line(out, s, fa_report_wording_label(f->verdict),
		fa_report_wording(b, f, lang));
	if (f->waiver != NULL) {
		fa_buf_reset(&text);
		fa_report_waiver(&text, f->waiver, lang);
		put_line(out, s, FA_LABEL_WAIVED, fa_buf_str(&text));
	}
	fa_report_carry(out, &text);
}

static void
put_case(struct suite *s, struct fa_str class, struct fa_str id,
	struct fa_str title)
{
	s->tests++;
	fa_buf_adds(&s->cases, "<testcase name=\"");
	put_name(&s->cases, id);
	if (title.n > 0) {
		fa_buf_addc(&s->cases, ' ');
		put_xml(&s->cases, title, false);
	}
	fa_buf_adds(&s->cases, "\" classname=\"");
	put_name(&s->cases, class);
	fa_buf_adds(&s->cases, "\" time=\"0\"");
}

static void
put_skipped(struct suite *s, const struct fa_buf *message)
{
	s->skipped++;
	fa_buf_adds(&s->cases, ">\n<skipped message=\"");
	put_xml(&s->cases, fa_buf_str(message), false);
	fa_buf_adds(&s->cases, "\"/>\n</testcase>\n");
	fa_report_carry(&s->cases, message);
}

static void
put_failure(struct suite *s, const struct fa_finding *f,
	const struct fa_buf *account)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf message;

	fa_buf_init(&message, TEXT_BYTES);
	put_message(&message, s, f);
	s->failures++;
	fa_buf_adds(&s->cases, ">\n<failure message=\"");
	put_xml(&s->cases, fa_buf_str(&message), false);
	fa_buf_adds(&s->cases, "\" type=\"");
	put_xml(&s->cases, fa_report_rule_id(s->r->bundle, f), false);
	fa_buf_adds(&s->cases, "\">");
	put_xml(&s->cases, fa_buf_str(account), true);
	fa_buf_adds(&s->cases, "</failure>\n</testcase>\n");
	fa_report_carry(&s->cases, &message);
	fa_report_carry(&s->cases, account);
}

/* The case of an obligation: its finding that stands, or that is waived. */
static void
put_finding(struct suite *s, struct fa_str class, const struct fa_finding *f,
	bool gates)
{
	const struct fa_obligation *o =
		&s->r->bundle->obligations[f->obligation];
	enum fa_lang lang = s->r->opts.lang;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	put_case(s, class, o->id, fa_report_pick(&o->title, lang));
	if (f->waiver != NULL) {
		fa_buf_addf(&text, "%s%s", fa_label(lang, FA_LABEL_WAIVED),
			fa_label(lang, FA_LABEL_COLON));
		fa_report_waiver(&text, f->waiver, lang);
		put_skipped(s, &text);
		fa_buf_reset(&text);
		put_account(&s->said, s, f);
	} else if (gates) {
		put_account(&text, s, f);
		put_failure(s, f, &text);
	} else if (f->verdict == FA_VERDICT_CANNOT_TELL ||
		f->verdict == FA_VERDICT_NOT_APPLICABLE) {
		put_message(&text, s, f);
		if (f->reason.n > 0) {
			fa_buf_adds(&text, lang == FA_LANG_ZH ? "；" : "; ");
			fa_buf_add(&text, f->reason);
		}
		put_skipped(s, &text);
	} else {
		fa_buf_adds(&s->cases, "/>\n");
		if (fa_report_is_breach(f->verdict))
			put_account(&s->said, s, f);
	}
	fa_report_carry(&s->cases, &text);
}

/* Of the findings of one obligation the one that stands has the case. */
static bool
stands_elsewhere(const struct fa_result *res, size_t at)
{
	const struct fa_finding *f = &res->findings[at];

	if (f->waiver == NULL)
		return false;
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *g = &res->findings[i];

		if (g->obligation == f->obligation &&
			(g->waiver == NULL || i < at))
			return true;
	}
	return false;
}

static void
put_time(struct fa_buf *out, const struct fa_report *r)
{
	char text[FA_TIME_BYTES];

	/* The schema asks for one, without a zone; the date of the law keeps
	 * the report the same. */
	if (r->opts.now_ms_utc != 0) {
		fa_time_format(r->opts.now_ms_utc, text);
		fa_buf_add(out, (struct fa_str){ text, SECONDS_BYTES });
		return;
	}
	fa_date_format(r->opts.as_of, text);
	fa_buf_add(out, (struct fa_str){ text, DAY_BYTES });
	fa_buf_adds(out, "T00:00:00");
}

static void
put_property(struct fa_buf *out, const char *name, struct fa_str value)
{
	if (value.n == 0)
		return;
	fa_buf_addf(out, "<property name=\"%s\" value=\"", name);
	put_xml(out, value, false);
	fa_buf_adds(out, "\"/>\n");
}

static int
put_suite(struct fa_buf *out, struct suite *s, struct fa_str name,
	struct fa_err *err)
{
	struct state *st = s->r->state;
	char grade[] = { s->res != NULL ? s->res->score.grade : '\0', '\0' };

	fa_buf_adds(out, "<testsuite name=\"");
	put_name(out, name);
	fa_buf_adds(out, "\" package=\"");
	put_name(out, name);
	fa_buf_addf(out,
		"\" id=\"%u\" tests=\"%u\" failures=\"%u\" errors=\"%u\" "
		"skipped=\"%u\" hostname=\"localhost\" time=\"0\" timestamp=\"",
		(unsigned)st->suites++, (unsigned)s->tests,
		(unsigned)s->failures, (unsigned)s->errors,
		(unsigned)s->skipped);
	put_time(out, s->r);
	fa_buf_adds(out, "\">\n<properties>\n");
	put_property(out, "tool", FA_STR(FA_REPORT_TOOL));
	put_property(out, "tool-version", s->r->opts.tool_version);
	put_property(out, "bundle-sha256", fa_str_c(s->r->bundle->sha256));
	if (s->res != NULL && s->res->error.p == NULL) {
		put_property(out, "grade", fa_str_c(grade));
		put_property(out, "vector", s->res->score.vector);
	}
	fa_buf_adds(out, "</properties>\n");
	fa_buf_add(out, fa_buf_str(&s->cases));
	fa_buf_adds(out, "<system-out>");
	put_xml(out, fa_buf_str(&s->said), true);
	fa_buf_adds(out,
		"</system-out>\n<system-err></system-err>\n"
		"</testsuite>\n");
	fa_report_carry(out, &s->cases);
	fa_report_carry(out, &s->said);
	return fa_buf_rc(out, "JUnit report", err);
}

static void
suite_init(struct suite *s, struct fa_report *r, const struct fa_result *res,
	size_t max_bytes)
{
	memset(s, 0, sizeof(*s));
	s->r = r;
	s->res = res;
	fa_buf_init(&s->cases, max_bytes);
	fa_buf_init(&s->said, max_bytes);
}

static void
suite_done(struct suite *s)
{
	fa_buf_done(&s->cases);
	fa_buf_done(&s->said);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	r->state = fa_arena_new(r->arena, 1, sizeof(struct state));
	if (r->state == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	fa_buf_adds(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n");
	return fa_buf_rc(out, "JUnit report", err);
}

/* A document that could not be judged, or not all of it. */
static void
put_unread(struct suite *s, struct fa_str path, struct fa_str why,
	enum fa_label label, const char *type)
{
	put_case(s, path, FA_STR("document"), FA_STR_NONE);
	s->errors++;
	fa_buf_adds(&s->cases, ">\n<error message=\"");
	put_xml(&s->cases, why, false);
	fa_buf_addf(&s->cases, "\" type=\"%s\">%s%s", type,
		fa_label(s->r->opts.lang, label),
		fa_label(s->r->opts.lang, FA_LABEL_COLON));
	put_xml(&s->cases, why, true);
	fa_buf_adds(&s->cases, "</error>\n</testcase>\n");
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	struct fa_str path = fa_report_file(res->name);
	struct suite s;
	int rc;

	r->docs_n++;
	suite_init(&s, r, res, out->max_bytes);
	if (res->error.p != NULL)
		put_unread(&s, path, res->error, FA_LABEL_ERROR, "not-judged");
	else if (res->partial)
		put_unread(
			&s, path, res->notice, FA_LABEL_PARTIAL, "incomplete");
	put_line(&s.said, &s, FA_LABEL_NOTICE, res->notice);
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (stands_elsewhere(res, i))
			put_account(&s.said, &s, f);
		else if (f->verdict != FA_VERDICT_NOT_APPLICABLE ||
			r->opts.verbose)
			put_finding(&s, path, f, fa_report_gates(r, f));
	}
	rc = put_suite(out, &s, path, err);
	suite_done(&s);
	return rc;
}

/* What no document of an app says fails here, not in each of them. */
static int
put_app(struct fa_report *r, const struct fa_app *app, struct fa_buf *out,
	struct fa_err *err)
{
	struct suite s;
	int rc;

	suite_init(&s, r, NULL, out->max_bytes);
	for (uint32_t i = 0; i < app->points_n; i++) {
		const struct fa_app_point *p = &app->points[i];
		struct fa_finding f = { .obligation = i,
			.verdict = p->verdict,
			.rule = p->rule,
			.confidence = p->confidence,
			.reason = p->reason };

		if (p->verdict != FA_VERDICT_GAP)
			continue;
		f.tier = fa_report_tier(r->bundle, p->confidence);
		put_finding(&s, app->name, &f, p->gap_gates);
	}
	rc = put_suite(out, &s, app->name, err);
	suite_done(&s);
	return rc;
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	int rc = FA_OK;

	if (t->app != NULL)
		rc = put_app(r, t->app, out, err);
	if (rc != FA_OK)
		return rc;
	fa_buf_adds(out, "</testsuites>\n");
	return fa_buf_rc(out, "JUnit report", err);
}

const struct fa_writer fa_report_junit = {
	.name = "junit",
	.media_type = "application/xml",
	.summary = "JUnit XML: a suite per document, a case per obligation",
	.begin = begin,
	.doc = doc,
	.end = end,
};
