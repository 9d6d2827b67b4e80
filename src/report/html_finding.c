#include "report/html.h"

#define STRIPS_MAX 3 /* ways shown per finding */

void
fa_html_text(struct fa_buf *out, struct fa_str s, bool lines)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;

	fa_buf_init(&shown, out->max_bytes);
	fa_report_visible(&shown, s, lines);
	fa_report_carry(out, &shown);
	for (size_t i = 0; i < shown.n; i++) {
		switch (shown.p[i]) {
		case '&':
			fa_buf_adds(out, "&amp;");
			break;
		case '<':
			fa_buf_adds(out, "&lt;");
			break;
		case '>':
			fa_buf_adds(out, "&gt;");
			break;
		case '"':
			fa_buf_adds(out, "&quot;");
			break;
		case '\'':
			fa_buf_adds(out, "&#39;");
			break;
		default:
			fa_buf_addc(out, shown.p[i]);
		}
	}
}

void
fa_html_pair(struct fa_buf *out, const char *term, struct fa_str s,
	const char *css_class)
{
	if (s.n == 0)
		return;
	fa_buf_addf(out, "<dt>%s</dt><dd", term);
	if (css_class != NULL)
		fa_buf_addf(out, " class=\"%s\"", css_class);
	fa_buf_addc(out, '>');
	fa_html_text(out, s, true);
	fa_buf_adds(out, "</dd>\n");
}

static const char *
word(const struct fa_report *r, enum fa_html_word w)
{
	return fa_html_word(r->opts.lang, w);
}

/* The verbatim quote, when a reader sees something else. */
static void
put_raw(struct fa_buf *out, const struct fa_report *r,
	const struct fa_evidence *e)
{
	if (e->quote.n == 0 || fa_str_eq(e->quote, e->text) || e->place != NULL)
		return;
	fa_buf_addf(out, "<details><summary>%s</summary><pre>",
		word(r, FA_HTML_RAW));
	fa_html_text(out, e->quote, true);
	fa_buf_adds(out, "</pre></details>\n");
}

static void
put_text_place(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e)
{
	fa_buf_adds(out, "<code class=\"name\">");
	fa_html_text(out, res->name, false);
	fa_buf_addf(out, ":%u:%u</code> · ", (unsigned)e->from.line,
		(unsigned)e->from.column);
	fa_buf_addf(out,
		r->opts.lang == FA_LANG_ZH ? "第 %u 行第 %u 字"
					   : "line %u, column %u",
		(unsigned)e->from.line, (unsigned)e->from.column);
	fa_buf_adds(out, " · ");
	fa_buf_addf(out,
		r->opts.lang == FA_LANG_ZH ? "字节 %u–%u" : "bytes %u–%u",
		(unsigned)e->raw.from, (unsigned)e->raw.to);
	if (e->section.n > 0) {
		fa_buf_adds(out, " · § <span class=\"name\">");
		fa_html_text(out, e->section, false);
		fa_buf_adds(out, "</span>");
	}
}

static void
put_place(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e)
{
	const struct fa_bundle *b = r->bundle;

	if (res->flow != NULL && e->place != NULL)
		fa_html_flow_place(out, r, res->flow, e);
	else
		put_text_place(out, r, res, e);
	if (e->rule < b->rules_n && b->rules[e->rule].scope < 0) {
		fa_buf_adds(out, " · ");
		fa_html_text(out, b->rules[e->rule].id, false);
	}
}

static void
put_context(struct fa_buf *out, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_buf_adds(out, "<span>");
	fa_html_text(out, s, false);
	fa_buf_adds(out, "</span>");
}

void
fa_html_passage(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e,
	const char *css_class)
{
	bool contra = css_class[0] == 'c';

	fa_buf_addf(out, "<figure class=\"%s\">\n<blockquote>", css_class);
	put_context(out, e->before);
	fa_buf_adds(out, "<mark>");
	fa_html_text(out, e->text, false);
	fa_buf_adds(out, "</mark>");
	if (e->cut)
		fa_buf_adds(out, fa_label(r->opts.lang, FA_LABEL_CUT));
	put_context(out, e->after);
	fa_buf_adds(out, "</blockquote>\n<figcaption>");
	fa_buf_addf(out, "<span class=\"kind\">%s</span>%s",
		fa_label(r->opts.lang,
			contra ? FA_LABEL_CONTRA : FA_LABEL_QUOTE),
		fa_label(r->opts.lang, FA_LABEL_COLON));
	put_place(out, r, res, e);
	fa_buf_adds(out, "</figcaption>\n</figure>\n");
	put_raw(out, r, e);
}

static void
put_tags(struct fa_buf *out, const struct fa_report *r,
	const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;

	fa_buf_addf(out, "<ul class=\"tags\"><li class=\"%s\">%s</li>",
		fa_severity_name(o->severity),
		fa_label_severity(lang, o->severity));
	if (fa_report_is_breach(f->verdict)) {
		fa_buf_addf(out, "<li%s>%s",
			fa_report_is_lead(f) ? " class=\"lead\"" : "",
			fa_label_tier(lang, f->tier));
		if (f->confidence > 0) {
			fa_buf_addc(out, ' ');
			fa_report_thousandths(out, f->confidence);
		}
		fa_buf_adds(out, "</li>");
	}
	if (fa_report_gates(r, f)) {
		fa_buf_addf(out, "<li class=\"gates\">%s</li>",
			fa_label(lang, FA_LABEL_GATES));
	}
	fa_buf_adds(out, "</ul>\n");
}

static void
put_source(struct fa_buf *out, const struct fa_report *r,
	const struct fa_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	FA_CLEANUP(fa_buf_done) struct fa_buf source;
	struct fa_str page = FA_STR_NONE;

	fa_buf_init(&source, out->max_bytes);
	fa_report_source(&source, b, o->instrument, o->article, r->opts.lang);
	fa_report_carry(out, &source);
	if (o->instrument < b->instruments_n)
		page = b->instruments[o->instrument].page;
	fa_buf_addf(out, "<dt>%s</dt><dd class=\"source\">",
		fa_label(r->opts.lang, FA_LABEL_SOURCE));
	if (fa_report_is_web(page)) {
		fa_buf_adds(out, "<a rel=\"noreferrer\" href=\"");
		fa_html_text(out, page, false);
		fa_buf_adds(out, "\">");
	}
	fa_html_text(out, fa_buf_str(&source), false);
	fa_buf_adds(out, fa_report_is_web(page) ? "</a></dd>\n" : "</dd>\n");
}

static void
put_rule(struct fa_buf *out, const struct fa_report *r,
	const struct fa_finding *f)
{
	bool zh = r->opts.lang == FA_LANG_ZH;
	const struct fa_rule *rule;

	if (f->rule >= r->bundle->rules_n)
		return;
	rule = &r->bundle->rules[f->rule];
	fa_buf_addf(out, "<dt>%s</dt><dd><code>", word(r, FA_HTML_RULE));
	fa_html_text(out, rule->id, false);
	fa_buf_adds(out, zh ? "</code>，" : "</code>, ");
	if (rule->hits == 0) {
		fa_buf_addf(out, "%s</dd>\n", word(r, FA_HTML_UNMEASURED));
		return;
	}
	fa_buf_addf(out,
		zh ? "标注文档中命中 %u 次，其中正确 %u 次，"
		   : "%u hits in labelled documents, %u of them right, ",
		(unsigned)rule->hits, (unsigned)rule->right);
	fa_buf_adds(out, word(r, FA_HTML_BOUND));
	fa_report_thousandths(out, rule->precision);
	fa_buf_adds(out, "</dd>\n");
}

static void
put_message(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	struct fa_str s = fa_report_message(r->bundle, f, r->opts.lang);
	bool same = fa_str_eq(s, fa_report_pick(&o->title, r->opts.lang));

	if (!same) {
		fa_buf_adds(out, "<p>");
		fa_html_text(out, s, true);
		fa_buf_adds(out, "</p>\n");
	}
	if (f->verdict == FA_VERDICT_GAP && f->pro_n == 0) {
		fa_buf_addf(out, "<p class=\"soft\">%s</p>\n",
			fa_report_silence(res, r->opts.lang));
	}
}

void
fa_html_finding(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d,
	const struct fa_finding *f, size_t number)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;

	fa_buf_addf(out, "<section class=\"finding %s%s\" id=\"d%zu-o%u\">\n",
		fa_severity_name(o->severity),
		fa_report_is_lead(f) ? " lead" : "", number,
		(unsigned)f->obligation + 1);
	fa_buf_adds(out, "<h4><code>");
	fa_html_text(out, o->id, false);
	fa_buf_adds(out, "</code> ");
	fa_html_text(out, fa_report_pick(&o->title, lang), false);
	fa_buf_adds(out, "</h4>\n");
	put_tags(out, r, f);
	put_message(out, r, res, f);
	for (size_t i = 0; i < f->pro_n; i++) {
		fa_html_passage(out, r, res, &f->pro[i], "pro");
		if (d != NULL && f->pro[i].place != NULL && i < STRIPS_MAX)
			fa_drawing_strip(out, d, f->pro[i].place);
	}
	for (size_t i = 0; i < f->contra_n; i++)
		fa_html_passage(out, r, res, &f->contra[i], "contra");
	fa_buf_adds(out, "<dl>\n");
	fa_html_pair(out, fa_label(lang, FA_LABEL_REASON), f->reason, NULL);
	put_source(out, r, f);
	fa_html_pair(out, fa_label(lang, FA_LABEL_WHY),
		fa_report_why(r->bundle, f, lang), NULL);
	if (fa_report_is_breach(f->verdict)) {
		fa_html_pair(out, fa_label(lang, FA_LABEL_FIX),
			fa_report_fix(r->bundle, f, lang), NULL);
	}
	fa_html_pair(out, fa_label(lang, fa_report_wording_label(f->verdict)),
		fa_report_wording(r->bundle, f, lang), NULL);
	put_rule(out, r, f);
	fa_buf_adds(out, "</dl>\n</section>\n");
}
