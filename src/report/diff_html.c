/* A comparison side by side: one file, no script, nothing from outside. */
#include "base/clock.h"
#include "report/diff_parts.h"
#include "report/html.h"

/* A document at work. */
struct page {
	struct fa_buf *out;
	const struct fa_diff_report *r;
	enum fa_lang lang;
	size_t number; /* of the document, from 1 */
	const struct fa_diff_doc *d;
	const bool *shown;
};

static const char *
word(const struct page *p, enum fa_diff_word w)
{
	return fa_diff_word(p->lang, w);
}

static void
put_pair(struct page *p, const char *term, struct fa_str s)
{
	fa_buf_addf(p->out, "<dt>%s</dt><dd>", term);
	fa_html_text(p->out, s, false);
	fa_buf_adds(p->out, "</dd>\n");
}

static void
put_cell(struct page *p, struct fa_str s, bool code)
{
	fa_buf_adds(p->out, code && s.n > 0 ? "<td><code>" : "<td>");
	fa_html_text(p->out, s.n > 0 ? s : FA_STR("-"), false);
	fa_buf_adds(p->out, code && s.n > 0 ? "</code></td>" : "</td>");
}

static void
put_both(struct page *p, const char *term, struct fa_str a, struct fa_str b,
	bool code)
{
	if (a.n == 0 && b.n == 0)
		return;
	fa_buf_addf(p->out, "<tr><th scope=\"row\">%s</th>", term);
	put_cell(p, a, code);
	put_cell(p, b, code);
	fa_buf_adds(p->out, "</tr>\n");
}

static struct fa_str
time_text(int64_t ms, char out[FA_TIME_BYTES])
{
	if (ms == 0)
		return FA_STR_NONE;
	fa_time_format(ms, out);
	return fa_str_c(out);
}

static void
put_score(struct page *p, const struct fa_diff_version *v)
{
	fa_buf_adds(p->out, "<td>");
	if (v->judged) {
		fa_html_grade(p->out, v->score.grade);
		fa_buf_addc(p->out, ' ');
		fa_report_points(p->out, v->score.lo);
		fa_buf_adds(p->out, "..");
		fa_report_points(p->out, v->score.hi);
	} else {
		fa_buf_adds(p->out, "-");
	}
	fa_buf_adds(p->out, "</td>");
}

static void
put_outcome(struct page *p, const struct fa_diff_version *v)
{
	fa_buf_addf(p->out, "<td>%s", fa_outcome_name(v->outcome));
	if (v->detail.n > 0) {
		fa_buf_adds(p->out, fa_label(p->lang, FA_LABEL_COLON));
		fa_html_text(p->out, v->detail, false);
	}
	fa_buf_adds(p->out, "</td>");
}

static void
put_versions(struct page *p)
{
	const struct fa_diff_version *a = &p->d->a, *b = &p->d->b;
	char ta[FA_TIME_BYTES], tb[FA_TIME_BYTES];

	fa_buf_addf(p->out,
		"<section class=\"scroll\" tabindex=\"0\" aria-label=\"%zu "
		"%s\">"
		"<table "
		"class=\"versions\">\n<caption>%s</caption>\n<thead><tr><td></"
		"td>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>"
		"</thead>\n<tbody>\n",
		p->number, word(p, FA_DIFF_W_SUMMARY),
		word(p, FA_DIFF_W_SUMMARY), word(p, FA_DIFF_W_OLD),
		word(p, FA_DIFF_W_NEW));
	put_both(p, fa_html_word(p->lang, FA_HTML_DOCUMENT), a->name, b->name,
		false);
	put_both(p, fa_html_word(p->lang, FA_HTML_DOC_TITLE), a->title,
		b->title, false);
	put_both(p, word(p, FA_DIFF_W_CAPTURED), time_text(a->at_ms, ta),
		time_text(b->at_ms, tb), false);
	put_both(p, "SHA-256", fa_str_c(a->sha256), fa_str_c(b->sha256), true);
	put_both(p, "SM3", fa_str_c(a->sm3), fa_str_c(b->sm3), true);
	fa_buf_addf(p->out,
		"<tr><th scope=\"row\">%s</th><td>%lld</td><td>%lld</td></tr>\n"
		"<tr><th scope=\"row\">%s</th>",
		fa_html_word(p->lang, FA_HTML_SIZE), (long long)a->bytes,
		(long long)b->bytes, word(p, FA_DIFF_W_OUTCOME));
	put_outcome(p, a);
	put_outcome(p, b);
	fa_buf_addf(p->out, "</tr>\n<tr><th scope=\"row\">%s · %s</th>",
		fa_label(p->lang, FA_LABEL_GRADE),
		fa_label(p->lang, FA_LABEL_SCORE));
	put_score(p, a);
	put_score(p, b);
	fa_buf_adds(p->out, "</tr>\n</tbody></table></section>\n");
}

/* A link to a clause, or nothing. */
static void
put_link(struct page *p, char side, uint32_t clause)
{
	if (clause == FA_DIFF_NONE)
		return;
	if (p->d->diff)
		fa_buf_addf(p->out, "<a href=\"#d%zu-%c%u\">%u</a>", p->number,
			side, (unsigned)clause + 1, (unsigned)clause + 1);
	else
		fa_buf_addf(p->out, "%u", (unsigned)clause + 1);
}

static void
put_passage(struct page *p, const struct fa_diff_finding *f)
{
	fa_buf_adds(p->out, "<td class=\"quote\">");
	if (f->text.p)
		fa_html_text(p->out, f->text, false);
	else
		fa_buf_addf(p->out, "<span class=\"soft\">%s</span>",
			word(p,
				fa_diff_is_past(f) ? FA_DIFF_W_WAS_SILENT
						   : FA_DIFF_W_SILENT));
	if (f->reason.n > 0) {
		fa_buf_adds(p->out, "<span class=\"mark\">");
		fa_html_text(p->out, f->reason, false);
		fa_buf_adds(p->out, "</span>");
	}
	if (fa_diff_still(f))
		fa_buf_addf(p->out, "<span class=\"mark\">%s</span>",
			word(p, FA_DIFF_W_STILL));
	fa_buf_adds(p->out, "</td>");
}

static void
put_finding(struct page *p, const struct fa_diff_finding *f)
{
	const struct fa_obligation *o =
		&p->r->bundle->obligations[f->obligation];
	bool fresh = f->state == FA_DIFF_NEW || f->state == FA_DIFF_REAPPEARED;
	char time[FA_TIME_BYTES];

	fa_buf_addf(p->out, "<tr><td class=\"state s-%s\">%s",
		fa_diff_state_name(f->state),
		fa_diff_state_word(p->lang, f->state));
	if (f->seen_ms != 0)
		fa_buf_addf(p->out, "<span class=\"mark\">%s %s</span>",
			word(p, FA_DIFF_W_LAST_SEEN),
			time_text(f->seen_ms, time).p);
	fa_buf_adds(p->out, "</td><th scope=\"row\">");
	fa_html_text(p->out, o->id, false);
	fa_buf_addc(p->out, ' ');
	fa_html_text(p->out, fa_diff_message(p->r, f), false);
	fa_buf_addf(p->out, "<span class=\"mark\">%s · %s%s%s</span></th>",
		fa_label_severity(p->lang, o->severity),
		fa_label_tier(p->lang, f->tier), f->gates && fresh ? " · " : "",
		f->gates && fresh ? fa_label(p->lang, FA_LABEL_GATES) : "");
	fa_buf_addf(p->out,
		"<td class=\"keep\">%s → %s</td><td class=\"keep\">%s</td><td>",
		fa_label_verdict(p->lang, f->was),
		f->cause == FA_DIFF_CAUSE_CAPTURE
			? "?"
			: fa_label_verdict(p->lang, f->now),
		f->cause == FA_DIFF_CAUSE_NONE
			? ""
			: fa_diff_cause_word(p->lang, f->cause));
	put_link(p, 'a', f->a);
	fa_buf_adds(p->out, "</td><td>");
	put_link(p, 'b', f->b);
	fa_buf_adds(p->out, "</td>");
	put_passage(p, f);
	fa_buf_adds(p->out, "</tr>\n");
}

static void
put_column(struct page *p, enum fa_diff_word w)
{
	fa_buf_addf(p->out, "<th scope=\"col\">%s</th>", word(p, w));
}

static void
put_findings(struct page *p)
{
	const struct fa_diff_doc *d = p->d;

	fa_buf_addf(p->out, "<h3>%s</h3>\n<p>", word(p, FA_DIFF_W_FINDINGS));
	if (d->findings_n > 0)
		fa_diff_states(p->out, p->lang, d);
	else
		fa_buf_adds(p->out, word(p, FA_DIFF_W_NO_FINDINGS));
	fa_buf_adds(p->out, "</p>\n");
	if (d->technical != FA_DIFF_CAUSE_NONE)
		fa_buf_addf(p->out, "<p class=\"notice\">%s%s%s</p>\n",
			word(p, FA_DIFF_W_TECHNICAL),
			fa_label(p->lang, FA_LABEL_COLON),
			fa_diff_cause_word(p->lang, d->technical));
	if (d->findings_n == 0)
		return;
	fa_buf_addf(p->out,
		"<section class=\"scroll\" tabindex=\"0\" aria-label=\"%zu "
		"%s\">"
		"<table>\n<caption>%s</caption>\n<thead><tr>",
		p->number, word(p, FA_DIFF_W_FINDINGS),
		word(p, FA_DIFF_W_CAPTION_FINDINGS));
	put_column(p, FA_DIFF_W_STATE);
	put_column(p, FA_DIFF_W_OBLIGATION);
	put_column(p, FA_DIFF_W_VERDICT);
	put_column(p, FA_DIFF_W_CAUSE);
	put_column(p, FA_DIFF_W_OLD_NUMBER);
	put_column(p, FA_DIFF_W_NEW_NUMBER);
	put_column(p, FA_DIFF_W_PASSAGE);
	fa_buf_adds(p->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < d->findings_n; i++)
		put_finding(p, &d->findings[i]);
	fa_buf_adds(p->out, "</tbody></table></section>\n");
}

/* The text of one side of a row, with what changed in it. */
static void
put_side(struct page *p, const struct fa_diff_row *r, bool old)
{
	const struct fa_diff *d = p->d->diff;
	const struct fa_diff_clause *c = old ? &d->a.at[r->a] : &d->b.at[r->b];
	const char *tag = old ? "del" : "ins";

	if (r->kind == FA_DIFF_REMOVED || r->kind == FA_DIFF_ADDED) {
		fa_buf_addf(p->out, "<%s>", tag);
		fa_html_text(p->out, c->text, false);
		fa_buf_addf(p->out, "</%s>", tag);
		return;
	}
	if (r->kind != FA_DIFF_REWORDED) {
		fa_html_text(p->out, c->text, false);
		return;
	}
	for (size_t i = 0; i < r->runs_n; i++) {
		struct fa_range x = old ? r->runs[i].a : r->runs[i].b;
		bool changed = !r->runs[i].same && x.to > x.from;

		if (changed)
			fa_buf_addf(p->out, "<%s>", tag);
		fa_html_text(p->out, fa_str_sub(c->text, x.from, x.to), false);
		if (changed)
			fa_buf_addf(p->out, "</%s>", tag);
	}
}

static void
put_half(struct page *p, const struct fa_diff_row *r, bool old)
{
	uint32_t i = old ? r->a : r->b;

	if (i == FA_DIFF_NONE) {
		fa_buf_adds(p->out,
			"<td class=\"no none\"></td><td class=\"none\"></td>");
		return;
	}
	fa_buf_addf(p->out, "<td class=\"no\" id=\"d%zu-%c%u\">%u</td><td>",
		p->number, old ? 'a' : 'b', (unsigned)i + 1, (unsigned)i + 1);
	put_side(p, r, old);
	if (r->moved) {
		fa_buf_addf(p->out,
			"<span class=\"mark\"><a href=\"#d%zu-%c%u\">",
			p->number, old ? 'b' : 'a', (unsigned)r->peer + 1);
		fa_diff_put_peer(p->out, p->lang, r);
		fa_buf_adds(p->out, "</a></span>");
	}
	fa_buf_adds(p->out, "</td>");
}

static void
put_row(struct page *p, const struct fa_diff_row *r)
{
	const struct fa_diff *d = p->d->diff;
	bool head = r->a != FA_DIFF_NONE ? d->a.at[r->a].heading
					 : d->b.at[r->b].heading;

	fa_buf_adds(p->out, head ? "<tr class=\"head\">" : "<tr>");
	put_half(p, r, true);
	put_half(p, r, false);
	fa_buf_addf(p->out, "<td class=\"soft\">%s</td></tr>\n",
		r->kind == FA_DIFF_SAME ? "" : fa_diff_kind_word(p->lang, r));
}

/* Unchanged clauses, folded away; a printer shows them. */
static void
put_fold(struct page *p, size_t from, size_t to)
{
	const struct fa_diff *d = p->d->diff;

	fa_buf_adds(p->out,
		"<tr class=\"fold\"><td colspan=\"5\"><details><summary>");
	fa_diff_put_unchanged(p->out, p->lang, to - from);
	fa_buf_adds(p->out, "</summary>\n");
	for (size_t i = from; i < to; i++) {
		const struct fa_diff_row *r = &d->rows[i];

		fa_buf_addf(p->out,
			"<p id=\"d%zu-a%u\"><b id=\"d%zu-b%u\">%u | %u</b>",
			p->number, (unsigned)r->a + 1, p->number,
			(unsigned)r->b + 1, (unsigned)r->a + 1,
			(unsigned)r->b + 1);
		fa_html_text(p->out, d->b.at[r->b].text, false);
		fa_buf_adds(p->out, "</p>\n");
	}
	fa_buf_adds(p->out, "</details></td></tr>\n");
}

static void
put_table(struct page *p)
{
	const struct fa_diff *d = p->d->diff;

	fa_buf_addf(p->out,
		"<p class=\"soft\">%s</p>\n"
		"<section class=\"scroll\" tabindex=\"0\" aria-label=\"%zu "
		"%s\">"
		"<table class=\"sides\">\n<caption>%s</caption>\n"
		"<colgroup><col class=\"no\"><col><col class=\"no\"><col>"
		"<col class=\"why\"></colgroup>\n<thead><tr>",
		word(p, FA_DIFF_W_LEGEND), p->number,
		word(p, FA_DIFF_W_CHANGES), word(p, FA_DIFF_W_CAPTION_CLAUSES));
	put_column(p, FA_DIFF_W_OLD_NUMBER);
	put_column(p, FA_DIFF_W_OLD);
	put_column(p, FA_DIFF_W_NEW_NUMBER);
	put_column(p, FA_DIFF_W_NEW);
	put_column(p, FA_DIFF_W_KIND);
	fa_buf_adds(p->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < d->rows_n;) {
		size_t from = i;

		while (i < d->rows_n && !p->shown[i])
			i++;
		if (i > from)
			put_fold(p, from, i);
		if (i < d->rows_n)
			put_row(p, &d->rows[i++]);
	}
	fa_buf_adds(p->out, "</tbody></table></section>\n");
}

static int
put_clauses(struct page *p, struct fa_err *err)
{
	const struct fa_diff *d = p->d->diff;
	struct fa_arena a;
	bool *shown;
	int rc;

	fa_buf_addf(p->out, "<h3>%s</h3>\n", word(p, FA_DIFF_W_CHANGES));
	if (!d) {
		fa_buf_addf(p->out, "<p class=\"error\">%s</p>\n",
			word(p, FA_DIFF_W_NO_TEXT));
		return FA_OK;
	}
	if (p->d->same_bytes)
		fa_buf_addf(
			p->out, "<p>%s</p>\n", word(p, FA_DIFF_W_SAME_BYTES));
	fa_buf_adds(p->out, "<p>");
	fa_diff_counts(p->out, p->lang, d);
	if (d->retyped > 0)
		fa_buf_addf(p->out, " · %s %u", word(p, FA_DIFF_W_RETYPED),
			(unsigned)d->retyped);
	fa_buf_adds(p->out, "</p>\n");
	if (!d->minimal)
		fa_buf_addf(p->out, "<p class=\"notice\">%s</p>\n",
			word(p, FA_DIFF_W_NOT_MINIMAL));
	fa_arena_init(&a, d->rows_n + 64);
	rc = fa_diff_shown(&shown, d, p->r->context, &a, err);
	if (rc == FA_OK) {
		p->shown = shown;
		put_table(p);
	}
	fa_arena_done(&a);
	return rc;
}

static struct fa_str
name_of(const struct fa_diff_doc *d)
{
	if (d->b.title.n > 0)
		return d->b.title;
	return d->a.title.n > 0 ? d->a.title : d->b.name;
}

static int
put_doc(struct page *p, struct fa_err *err)
{
	fa_buf_addf(p->out, "<article id=\"d%zu\">\n<h2 class=\"name\">",
		p->number);
	fa_html_text(p->out, name_of(p->d), false);
	if (p->d->role.n > 0) {
		fa_buf_adds(p->out, " <span class=\"soft\">(");
		fa_html_text(p->out, p->d->role, false);
		fa_buf_adds(p->out, ")</span>");
	}
	fa_buf_adds(p->out, "</h2>\n");
	put_versions(p);
	put_findings(p);
	if (put_clauses(p, err) < 0)
		return FA_E_NOMEM;
	fa_buf_adds(p->out, "</article>\n");
	return FA_OK;
}

static void
put_top(struct page *p)
{
	const struct fa_diff_report *r = p->r;
	char date[FA_DATE_BYTES];

	fa_html_page_begin(p->out, p->lang);
	fa_buf_addf(p->out, "%s</title>\n<style>\n", word(p, FA_DIFF_W_TITLE));
	fa_html_page_style(p->out);
	fa_diff_style(p->out);
	fa_date_format(r->as_of, date);
	fa_buf_addf(p->out,
		"</style>\n</head>\n<body>\n"
		"<a class=\"skip\" href=\"#main\">%s</a>\n"
		"<header class=\"top\"><div class=\"page\">\n<h1>%s</h1>\n"
		"<p class=\"caveat\">%s</p>\n<dl class=\"facts\">\n",
		word(p, FA_DIFF_W_SKIP), word(p, FA_DIFF_W_TITLE),
		fa_html_word(p->lang, FA_HTML_CAVEAT));
	put_pair(p, fa_html_word(p->lang, FA_HTML_TOOL), r->tool_version);
	put_pair(p, fa_html_word(p->lang, FA_HTML_BUNDLE),
		fa_str_c(r->bundle->sha256));
	put_pair(p, fa_html_word(p->lang, FA_HTML_AS_OF), fa_str_c(date));
	fa_buf_adds(p->out, "</dl>\n");
	if (r->docs_n > 1) {
		fa_buf_addf(p->out, "<nav aria-label=\"%s\"><p>%s</p>\n<ul>\n",
			word(p, FA_DIFF_W_CONTENTS),
			word(p, FA_DIFF_W_CONTENTS));
		for (size_t i = 0; i < r->docs_n; i++) {
			fa_buf_addf(p->out,
				"<li><a class=\"name\" href=\"#d%zu\">", i + 1);
			fa_html_text(p->out, name_of(&r->docs[i]), false);
			fa_buf_adds(p->out, "</a></li>\n");
		}
		fa_buf_adds(p->out, "</ul></nav>\n");
	}
	fa_buf_adds(p->out, "</div></header>\n");
}

int
fa_report_diff_html(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err)
{
	struct page p = { .out = out, .r = r, .lang = r->lang };
	int rc = FA_OK;

	put_top(&p);
	fa_buf_adds(out, "<main id=\"main\" class=\"page\">\n");
	for (size_t i = 0; i < r->docs_n && rc == FA_OK; i++) {
		p.number = i + 1;
		p.d = &r->docs[i];
		rc = put_doc(&p, err);
	}
	if (rc < 0)
		return rc;
	if (r->docs_n == 0)
		fa_buf_addf(
			out, "<p>%s</p>\n", word(&p, FA_DIFF_W_NO_DOCUMENTS));
	if (r->alone > 0)
		fa_buf_addf(out, "<p>%u %s</p>\n", r->alone,
			word(&p, FA_DIFF_W_ALONE));
	fa_buf_addf(out,
		"<section><p class=\"soft\">%s</p></section>\n</main>\n"
		"<footer><div class=\"page\">" FA_REPORT_TOOL
		" · %s</div></footer>\n</body>\n</html>\n",
		word(&p, FA_DIFF_W_METHOD),
		fa_html_word(r->lang, FA_HTML_CAVEAT));
	return fa_buf_rc(out, "comparison", err);
}
