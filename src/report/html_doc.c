#include <stdio.h>

#include "report/html.h"
#include "report/uses.h"
#include "report/waived.h"

#define PREFIX_BYTES 32
#define DRAWING_BYTES ((size_t)256 << 20)
#define SELECTED_BYTES (FA_VERDICT_COUNT * sizeof(size_t)) /* per finding */

void
fa_html_grade(struct fa_buf *out, char grade)
{
	fa_buf_addf(out, "<span class=\"grade g%c\">%c</span>", grade, grade);
}

static const char *
word(const struct fa_report *r, enum fa_html_word w)
{
	return fa_html_word(r->opts.lang, w);
}

static const char *
label(const struct fa_report *r, enum fa_label l)
{
	return fa_label(r->opts.lang, l);
}

static void
put_facts(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res)
{
	fa_buf_adds(out, "<dl class=\"facts\">\n");
	fa_html_pair(out, word(r, FA_HTML_DOC_TITLE), res->title, "name");
	fa_buf_addf(out, "<dt>%s</dt><dd>%zu %s</dd>\n", word(r, FA_HTML_SIZE),
		res->raw_bytes, word(r, FA_HTML_BYTES));
	if (res->error.p == NULL) {
		fa_html_pair(out, word(r, FA_HTML_FORMAT),
			fa_report_format(res), NULL);
		if (res->flow == NULL)
			fa_html_pair(out, word(r, FA_HTML_ENCODING),
				fa_str_c(fa_encoding_name(res->encoding)),
				NULL);
	}
	if (res->bad_bytes > 0) {
		fa_buf_addf(out, "<dt>%s</dt><dd>%u</dd>\n",
			word(r, FA_HTML_BAD_BYTES), (unsigned)res->bad_bytes);
	}
	if (res->sha256[0] != '\0') {
		fa_buf_addf(out,
			"<dt>SHA-256</dt><dd><code>%.64s</code></dd>\n",
			res->sha256);
	}
	if (res->sm3[0] != '\0') {
		fa_buf_addf(out, "<dt>SM3</dt><dd><code>%.64s</code></dd>\n",
			res->sm3);
	}
	fa_buf_adds(out, "</dl>\n");
}

/* The interval as a bar; its numbers stand beside it. */
static void
put_meter(
	struct fa_buf *out, const struct fa_report *r, const struct fa_score *s)
{
	long long lo = s->lo / 1000000;
	long long hi = s->hi / 1000000;
	long long from = lo < 992 ? lo : 992;
	long long wide = hi - from > 8 ? hi - from : 8;

	fa_buf_addf(out,
		"<div class=\"meter\"><svg viewBox=\"0 0 1000 10\" "
		"preserveAspectRatio=\"none\" role=\"img\" "
		"aria-label=\"%s ",
		word(r, FA_HTML_INTERVAL));
	fa_report_points(out, s->lo);
	fa_buf_adds(out, word(r, FA_HTML_TO));
	fa_report_points(out, s->hi);
	fa_buf_addf(out,
		"\"><rect class=\"track\" width=\"1000\" height=\"10\"></rect>"
		"<rect class=\"range\" x=\"%lld\" width=\"%lld\" "
		"height=\"10\"></rect></svg></div>\n",
		from, wide);
}

static void
put_score(
	struct fa_buf *out, const struct fa_report *r, const struct fa_score *s)
{
	fa_buf_adds(out, "<div class=\"score\">\n<p>");
	fa_html_grade(out, s->grade);
	fa_buf_addf(out,
		"</p>\n<p><span class=\"soft\">%s</span><br>"
		"<span class=\"big\">",
		word(r, FA_HTML_INTERVAL));
	fa_report_points(out, s->lo);
	fa_buf_adds(out, " – ");
	fa_report_points(out, s->hi);
	fa_buf_addf(out,
		"</span></p>\n<p><span class=\"soft\">%s</span><br>"
		"<span class=\"big\">%u.%02u%%</span></p>\n",
		label(r, FA_LABEL_COVERAGE), (unsigned)(s->coverage_bp / 100),
		(unsigned)(s->coverage_bp % 100));
	put_meter(out, r, s);
	fa_buf_addf(out,
		"<p class=\"vector\"><span class=\"soft\">%s</span> "
		"<code>",
		word(r, FA_HTML_VECTOR));
	fa_html_text(out, s->vector, false);
	fa_buf_adds(out, "</code></p>\n</div>\n");
}

static void
put_scopes(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res)
{
	bool first = true;

	fa_buf_addf(out, "<h3>%s</h3>\n<p>", word(r, FA_HTML_SCOPES));
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if ((res->scopes & FA_SCOPE_BIT(s)) == 0)
			continue;
		fa_buf_addf(out, "%s%s", first ? "" : label(r, FA_LABEL_COMMA),
			fa_label_scope(r->opts.lang, s));
		first = false;
	}
	fa_buf_addf(out, "%s</p>\n", first ? label(r, FA_LABEL_NONE) : "");
	for (size_t i = 0; i < res->scope_evidence_n; i++) {
		fa_buf_addf(out, "<p class=\"kind\">%s</p>\n",
			fa_label_scope(r->opts.lang, res->scope_of[i]));
		fa_html_passage(out, r, res, &res->scope_evidence[i], "pro");
	}
}

/* What the face is used for, and what the text says about each use. */
static void
put_uses(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res)
{
	if (res->uses_n == 0)
		return;
	fa_buf_addf(out, "<h3>%s</h3>\n", label(r, FA_LABEL_USES));
	for (size_t i = 0; i < res->uses_n; i++) {
		const struct fa_use *u = &res->uses[i];

		fa_buf_adds(out, "<details><summary>");
		fa_html_text(
			out, fa_report_use_title(u->name, r->opts.lang), false);
		fa_buf_adds(out, "</summary>\n");
		for (size_t k = 0; k < u->mentions_n; k++)
			fa_html_passage(out, r, res, &u->mentions[k], "pro");
		fa_buf_adds(out, u->points_n > 0 ? "<ul>\n" : "");
		for (size_t k = 0; k < u->points_n; k++) {
			const struct fa_use_point *p = &u->points[k];

			fa_buf_adds(out, "<li><code>");
			fa_html_text(out,
				r->bundle->obligations[p->obligation].id,
				false);
			fa_buf_addf(out, "</code> %s%s",
				fa_label_verdict(r->opts.lang, p->verdict),
				label(r, FA_LABEL_COLON));
			fa_html_text(out, p->evidence.text, false);
			fa_buf_adds(out, "</li>\n");
		}
		fa_buf_adds(out, u->points_n > 0 ? "</ul>\n" : "");
		fa_buf_adds(out, "</details>\n");
	}
}

/* Findings that a reader must look at, in full. */
static size_t
put_group(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d,
	enum fa_verdict v, const size_t *at, size_t n, size_t number)
{
	if (n == 0)
		return 0;
	fa_buf_addf(out, "<h3>%s (%zu)</h3>\n",
		fa_label_verdict(r->opts.lang, v), n);
	for (size_t i = 0; i < n; i++)
		fa_html_finding(out, r, res, d, &res->findings[at[i]], number);
	return n;
}

static void
put_met_row(struct fa_buf *out, const struct fa_report *r,
	const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];

	fa_buf_adds(out, "<tr><th scope=\"row\"><code>");
	fa_html_text(out, o->id, false);
	fa_buf_adds(out, "</code> ");
	fa_html_text(out, fa_report_pick(&o->title, r->opts.lang), false);
	fa_buf_adds(out, "</th><td>");
	if (f->pro_n > 0)
		fa_html_text(out, f->pro[0].text, false);
	fa_buf_adds(out, "</td><td class=\"n\">");
	if (f->pro_n > 0) {
		fa_buf_addf(out, "%u:%u", (unsigned)f->pro[0].from.line,
			(unsigned)f->pro[0].from.column);
	}
	fa_buf_adds(out, "</td></tr>\n");
}

/* Findings without need for action, as a table that can be opened. */
static void
put_table(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, enum fa_html_word title, const size_t *at,
	size_t n)
{
	if (n == 0)
		return;
	fa_buf_addf(out,
		"<details class=\"met\"><summary>%s (%zu)</summary>\n"
		"<div class=\"scroll\"><table><thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>\n",
		word(r, title), n, word(r, FA_HTML_OBLIGATION),
		label(r, FA_LABEL_QUOTE), word(r, FA_HTML_PLACE));
	for (size_t i = 0; i < n; i++)
		put_met_row(out, r, &res->findings[at[i]]);
	fa_buf_adds(out, "</tbody></table></div></details>\n");
}

static int
put_findings(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d, size_t number,
	struct fa_arena *a, struct fa_err *err)
{
	static const enum fa_verdict order[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL, FA_VERDICT_COMPLIANT,
		FA_VERDICT_NOT_APPLICABLE };
	size_t shown = 0;

	for (size_t i = 0; i < FA_COUNT(order); i++) {
		size_t *at = NULL;
		size_t n = 0;
		int rc = fa_report_select(&at, &n, r, res, order[i], a, err);

		if (rc != FA_OK)
			return rc;
		if (order[i] == FA_VERDICT_COMPLIANT)
			shown += fa_report_html_waived(out, r, res);
		if (order[i] == FA_VERDICT_COMPLIANT && shown == 0) {
			fa_buf_addf(
				out, "<p>%s</p>\n", word(r, FA_HTML_NOTHING));
		}
		if (order[i] == FA_VERDICT_COMPLIANT)
			put_table(out, r, res, FA_HTML_MET, at, n);
		else if (order[i] != FA_VERDICT_NOT_APPLICABLE)
			shown += put_group(
				out, r, res, d, order[i], at, n, number);
		else if (r->opts.verbose)
			put_table(out, r, res, FA_HTML_NOT_APPLICABLE, at, n);
	}
	return FA_OK;
}

/* What was judged, and what came of it. */
static int
put_body(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, size_t number, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_drawing d;
	char prefix[PREFIX_BYTES];
	int rc = FA_OK;

	put_score(out, r, &res->score);
	put_scopes(out, r, res);
	put_uses(out, r, res);
	(void)snprintf(prefix, sizeof(prefix), "d%zu-", number);
	if (res->flow != NULL)
		rc = fa_html_drawing(&d, r, res, prefix, a, err);
	if (rc != FA_OK)
		return rc;
	if (res->flow != NULL)
		fa_html_flow(out, r, res, &d, number);
	return put_findings(
		out, r, res, res->flow != NULL ? &d : NULL, number, a, err);
}

int
fa_html_article(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, size_t number, struct fa_err *err)
{
	struct fa_arena a;
	int rc;

	fa_buf_addf(out,
		"<article id=\"d%zu\" aria-labelledby=\"d%zu-h\">\n"
		"<h2 id=\"d%zu-h\" class=\"name\">",
		number, number, number);
	fa_html_text(out, res->name, false);
	fa_buf_adds(out, "</h2>\n");
	put_facts(out, r, res);
	if (res->notice.n > 0) {
		fa_buf_adds(out, "<p class=\"notice\">");
		fa_html_text(out, res->notice, true);
		fa_buf_adds(out, "</p>\n");
	}
	if (res->error.p != NULL) {
		fa_buf_addf(out, "<p class=\"error\">%s%s",
			label(r, FA_LABEL_ERROR), label(r, FA_LABEL_COLON));
		fa_html_text(out, res->error, true);
		fa_buf_adds(out, "</p>\n</article>\n");
		return fa_buf_rc(out, "HTML report", err);
	}
	fa_arena_init(&a,
		SELECTED_BYTES * (res->findings_n + 8) +
			(res->flow != NULL ? DRAWING_BYTES : 0));
	rc = put_body(out, r, res, number, &a, err);
	fa_arena_done(&a);
	fa_buf_adds(out, "</article>\n");
	return rc != FA_OK ? rc : fa_buf_rc(out, "HTML report", err);
}
