/* One file for people who read and print: no script, no outside resource.
 * The table of all documents comes first, so its rows are kept until the end,
 * and the articles wait in a spill. */
#include "report/app.h"
#include "report/extent.h"
#include "report/html.h"
#include "report/spool.h"
#include "report/waived.h"

#include "base/clock.h"

/* A row of the summary. */
struct entry {
	struct entry *next;
	struct fa_str name;
	bool error;
	struct fa_score score; /* vector not kept */
	uint32_t counts[FA_VERDICT_COUNT];
	uint32_t gating;
};

struct state {
	struct entry *first, **last;
	struct fa_spill articles;
};

static const char *
word(const struct fa_report *r, enum fa_html_word w)
{
	return fa_html_word(r->opts.lang, w);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->last = &st->first;
	fa_spill_init(&st->articles, out->max_bytes);
	r->state = st;
	return fa_buf_rc(out, "HTML report", err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct entry *e = fa_arena_new(r->arena, 1, sizeof(*e));
	struct state *st = r->state;
	int rc;

	fa_buf_init(&part, out->max_bytes);
	rc = fa_html_article(&part, r, res, ++r->docs_n, err);
	if (rc != FA_OK)
		return rc;
	if (e == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	e->name = fa_arena_dup(r->arena, res->name);
	if (e->name.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	rc = fa_spill_add(&st->articles, fa_buf_str(&part), "HTML report", err);
	if (rc != FA_OK)
		return rc;
	e->error = res->error.p != NULL;
	e->score = res->score;
	e->score.vector = FA_STR_NONE;
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		e->counts[i] = res->counts[i];
	for (size_t i = 0; i < res->findings_n; i++)
		e->gating += fa_report_gates(r, &res->findings[i]);
	*st->last = e;
	st->last = &e->next;
	return FA_OK;
}

static void
put_head(struct fa_buf *out, const struct fa_report *r)
{
	fa_html_page_begin(out, r->opts.lang);
	fa_buf_adds(out, word(r, FA_HTML_TITLE));
	fa_buf_adds(out, "</title>\n<style>\n");
	fa_html_page_style(out);
	fa_buf_addf(out,
		"</style>\n</head>\n<body>\n"
		"<a class=\"skip\" href=\"#main\">%s</a>\n",
		word(r, FA_HTML_SKIP));
}

static void
put_fail_on(struct fa_buf *out, const struct fa_report *r)
{
	enum fa_lang lang = r->opts.lang;

	if (r->opts.fail_never) {
		fa_buf_addf(out, "<dt>%s</dt><dd>never</dd>\n",
			word(r, FA_HTML_FAIL_ON));
		return;
	}
	fa_buf_addf(out, "<dt>%s</dt><dd>%s · %s</dd>\n",
		word(r, FA_HTML_FAIL_ON),
		fa_label_tier(lang, r->opts.fail_tier),
		fa_label_severity(lang, r->opts.fail_severity));
}

static int
put_contents(struct fa_buf *out, const struct fa_report *r, struct fa_err *err)
{
	const struct state *st = r->state;
	size_t number = 0;
	int rc = FA_OK;

	fa_buf_addf(out,
		"<nav aria-label=\"%s\"><p>%s</p>\n<ul>\n"
		"<li><a href=\"#summary\">%s</a></li>\n",
		word(r, FA_HTML_CONTENTS), word(r, FA_HTML_CONTENTS),
		word(r, FA_HTML_SUMMARY));
	for (const struct entry *e = st->first; e != NULL && rc == FA_OK;
		e = e->next) {
		fa_buf_addf(
			out, "<li><a class=\"name\" href=\"#d%zu\">", ++number);
		fa_html_text(out, e->name, false);
		fa_buf_adds(out, "</a></li>\n");
		rc = fa_report_flush(r, out, "HTML report", err);
	}
	if (r->bundle->ledger_n > 0) {
		fa_buf_addf(out, "<li><a href=\"#ledger\">%s</a></li>\n",
			fa_label(r->opts.lang, FA_LABEL_LEDGER));
	}
	fa_buf_addf(out, "<li><a href=\"#method\">%s</a></li>\n</ul></nav>\n",
		word(r, FA_HTML_METHOD));
	return rc;
}

static int
put_top(struct fa_buf *out, const struct fa_report *r, struct fa_err *err)
{
	char date[FA_DATE_BYTES];
	char now[FA_TIME_BYTES];
	int rc;

	fa_date_format(r->opts.as_of, date);
	fa_buf_addf(out,
		"<header class=\"top\"><div class=\"page\">\n<h1>%s</h1>\n"
		"<p class=\"caveat\">%s</p>\n<dl class=\"facts\">\n"
		"<dt>%s</dt><dd>" FA_REPORT_TOOL " ",
		word(r, FA_HTML_TITLE), word(r, FA_HTML_CAVEAT),
		word(r, FA_HTML_TOOL));
	fa_html_text(out, r->opts.tool_version, false);
	fa_buf_addf(out,
		"</dd>\n<dt>%s</dt><dd><code>%.64s</code></dd>\n"
		"<dt>%s</dt><dd>%s</dd>\n",
		word(r, FA_HTML_BUNDLE), r->bundle->sha256,
		word(r, FA_HTML_AS_OF), date);
	if (r->opts.now_ms_utc != 0) {
		fa_time_format(r->opts.now_ms_utc, now);
		fa_html_pair(
			out, word(r, FA_HTML_GENERATED), fa_str_c(now), NULL);
	}
	put_fail_on(out, r);
	fa_buf_adds(out, "</dl>\n");
	rc = put_contents(out, r, err);
	fa_buf_adds(out, "</div></header>\n");
	return rc;
}

static void
put_count(struct fa_buf *out, uint32_t n)
{
	fa_buf_addf(out, "<td class=\"n%s\">%u</td>", n == 0 ? " zero" : "",
		(unsigned)n);
}

static void
put_row(struct fa_buf *out, const struct fa_report *r, const struct entry *e,
	size_t number)
{
	fa_buf_addf(out,
		"<tr><th scope=\"row\"><a class=\"name\" href=\"#d%zu\">",
		number);
	fa_html_text(out, e->name, false);
	fa_buf_adds(out, "</a></th>");
	if (e->error) {
		fa_buf_addf(out, "<td colspan=\"8\">%s</td></tr>\n",
			fa_label(r->opts.lang, FA_LABEL_ERROR));
		return;
	}
	fa_buf_adds(out, "<td>");
	fa_html_grade(out, e->score.grade);
	fa_buf_adds(out, "</td><td class=\"n\">");
	fa_report_points(out, e->score.lo);
	fa_buf_adds(out, "–");
	fa_report_points(out, e->score.hi);
	fa_buf_addf(out, "</td><td class=\"n\">%u%%</td>",
		(unsigned)(e->score.coverage_bp / 100));
	put_count(out, e->counts[FA_VERDICT_VIOLATION]);
	put_count(out, e->counts[FA_VERDICT_GAP]);
	put_count(out, e->counts[FA_VERDICT_CANNOT_TELL]);
	put_count(out, e->counts[FA_VERDICT_COMPLIANT]);
	put_count(out, e->gating);
	fa_buf_adds(out, "</tr>\n");
}

static void
put_columns(struct fa_buf *out, const struct fa_report *r)
{
	enum fa_lang lang = r->opts.lang;
	const char *const number[] = {
		fa_label(lang, FA_LABEL_SCORE),
		fa_label(lang, FA_LABEL_COVERAGE),
		fa_label_verdict(lang, FA_VERDICT_VIOLATION),
		fa_label_verdict(lang, FA_VERDICT_GAP),
		fa_label_verdict(lang, FA_VERDICT_CANNOT_TELL),
		fa_label_verdict(lang, FA_VERDICT_COMPLIANT),
		fa_label(lang, FA_LABEL_GATES),
	};

	fa_buf_addf(out,
		"<table>\n<caption>%s</caption>\n<thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th>",
		word(r, FA_HTML_CAPTION), word(r, FA_HTML_DOCUMENT),
		fa_label(lang, FA_LABEL_GRADE));
	for (size_t i = 0; i < FA_COUNT(number); i++) {
		fa_buf_addf(out, "<th scope=\"col\" class=\"n\">%s</th>",
			number[i]);
	}
	fa_buf_adds(out, "</tr></thead>\n<tbody>\n");
}

static void
put_totals(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	const char *sep = r->opts.lang == FA_LANG_ZH ? "，" : ", ";

	fa_buf_addf(out,
		"<section id=\"summary\" aria-labelledby=\"summary-h\">\n"
		"<h2 id=\"summary-h\">%s</h2>\n<p>",
		word(r, FA_HTML_SUMMARY));
	fa_buf_addf(out, "%u %s%s%u %s%s%u %s%s%u %s", (unsigned)t->documents,
		fa_label(r->opts.lang, FA_LABEL_DOCUMENTS), sep,
		(unsigned)t->with_face_id,
		fa_label(r->opts.lang, FA_LABEL_WITH_FACE), sep,
		(unsigned)t->errors, fa_label(r->opts.lang, FA_LABEL_ERRORS),
		sep, (unsigned)t->gating,
		fa_label(r->opts.lang, FA_LABEL_GATING));
	if (t->partial > 0)
		fa_buf_addf(out, "%s%u %s", sep, (unsigned)t->partial,
			fa_label(r->opts.lang, FA_LABEL_PARTIAL_N));
	if (t->waived > 0)
		fa_buf_addf(out, "%s%u %s", sep, (unsigned)t->waived,
			fa_label(r->opts.lang, FA_LABEL_WAIVED_N));
	fa_buf_adds(out, "</p>\n");
}

static int
put_summary(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t, struct fa_err *err)
{
	const struct state *st = r->state;
	size_t number = 0;
	int rc = FA_OK;

	put_totals(out, r, t);
	fa_report_html_extent(out, r, t);
	fa_buf_addf(out,
		"<section class=\"scroll\" aria-label=\"%s\" "
		"tabindex=\"0\">",
		word(r, FA_HTML_CAPTION));
	put_columns(out, r);
	for (const struct entry *e = st->first; e != NULL && rc == FA_OK;
		e = e->next) {
		put_row(out, r, e, ++number);
		rc = fa_report_flush(r, out, "HTML report", err);
	}
	fa_buf_adds(out, "</tbody>\n</table></section>\n</section>\n");
	return rc;
}

static void
put_method(struct fa_buf *out, const struct fa_report *r)
{
	const char *const *p = fa_html_method(r->opts.lang);
	const struct fa_bundle *b = r->bundle;

	fa_buf_addf(out,
		"<section id=\"method\" aria-labelledby=\"method-h\">\n"
		"<h2 id=\"method-h\">%s</h2>\n",
		word(r, FA_HTML_METHOD));
	for (; *p != NULL; p++)
		fa_buf_addf(out, "<p>%s</p>\n", *p);
	if (b->sets_n > 0) {
		fa_buf_addf(
			out, "<p>%s</p>\n<ul>\n", word(r, FA_HTML_MEASURED_ON));
	}
	for (size_t i = 0; i < b->sets_n; i++) {
		fa_buf_adds(out, "<li>");
		fa_html_text(out, b->sets[i].name, false);
		fa_buf_addf(out, " · %u %s · SHA-256 <code>",
			(unsigned)b->sets[i].documents,
			fa_label(r->opts.lang, FA_LABEL_DOCUMENTS));
		fa_html_text(out, b->sets[i].sha256, false);
		fa_buf_adds(out, "</code></li>\n");
	}
	fa_buf_addf(out, "%s<p>%s <code>%.64s</code></p>\n</section>\n",
		b->sets_n > 0 ? "</ul>\n" : "", word(r, FA_HTML_BUNDLE),
		b->sha256);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	const struct state *st = r->state;
	int rc;

	put_head(out, r);
	rc = put_top(out, r, err);
	fa_buf_adds(out, "<main id=\"main\" class=\"page\">\n");
	if (rc == FA_OK)
		rc = put_summary(out, r, t, err);
	if (rc == FA_OK)
		rc = fa_report_pour(r, out, &st->articles, "HTML report", err);
	if (rc != FA_OK)
		return rc;
	fa_report_app_html(out, r, t->app);
	fa_report_html_notes(out, r, t);
	fa_html_ledger(out, r);
	put_method(out, r);
	fa_buf_addf(out,
		"</main>\n<footer><div class=\"page\">" FA_REPORT_TOOL
		" · %s</div></footer>\n</body>\n</html>\n",
		word(r, FA_HTML_CAVEAT));
	return fa_buf_rc(out, "HTML report", err);
}

static void
done(struct fa_report *r)
{
	struct state *st = r->state;

	if (st != NULL)
		fa_spill_done(&st->articles);
}

const struct fa_writer fa_report_html = {
	.name = "html",
	.media_type = "text/html; charset=utf-8",
	.summary = "one HTML file for reading and printing",
	.pictures = true,
	.digests = true,
	.begin = begin,
	.doc = doc,
	.end = end,
	.done = done,
};
