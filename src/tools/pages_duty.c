/* The page of one obligation. */
#include "tools/pages.h"

#include "model/wilson.h"
#include "report/html.h"
#include "rules/explain.h"

#define WORDING_MAX 4 /* examples of compliant wording */

/* In the order in which people are told. */
static const enum fa_verdict verdicts[] = { FA_VERDICT_VIOLATION,
	FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL, FA_VERDICT_COMPLIANT };

static const char *
word(const struct fa_page *p, enum fa_page_word w)
{
	return fa_page_word(p, w);
}

static void
put_law(const struct fa_page *p, const struct fa_obligation *o)
{
	const struct fa_bundle *b = p->b;
	struct fa_str page = b->instruments[o->instrument].page;
	struct fa_buf *out = p->out;
	bool any = false;

	fa_buf_addf(out, "<dt>%s</dt><dd>", word(p, FA_PAGE_LAW));
	fa_report_source(out, b, o->instrument, o->article, p->lang);
	fa_buf_addf(out, "</dd>\n<dt>%s</dt><dd>", word(p, FA_PAGE_OFFICIAL));
	if (fa_report_is_web(page)) {
		fa_buf_adds(out, "<a rel=\"noreferrer\" href=\"");
		fa_html_text(out, page, false);
		fa_buf_adds(out, "\">");
	}
	fa_html_text(out, page, false);
	fa_buf_adds(out, fa_report_is_web(page) ? "</a></dd>\n" : "</dd>\n");
	for (size_t i = 0; i < o->refs_n; i++) {
		for (uint32_t k = 0; k < b->instruments_n; k++) {
			if (!fa_str_eq(b->instruments[k].code,
				    o->refs[i].instrument))
				continue;
			fa_buf_addf(out, any ? "<br>" : "<dt>%s</dt><dd>",
				word(p, FA_PAGE_ALSO));
			any = true;
			fa_report_source(
				out, b, k, o->refs[i].article, p->lang);
		}
	}
	fa_buf_adds(out, any ? "</dd>\n" : "");
}

static void
put_top(const struct fa_page *p, const struct fa_obligation *o)
{
	struct fa_buf *out = p->out;
	bool any = false;

	fa_page_begin(p, o->id, o->title.in[p->lang]);
	fa_buf_adds(out, "<ul class=\"tags\"><li><code>");
	fa_html_text(out, o->id, false);
	fa_buf_addf(out,
		"</code></li><li class=\"%s\">%s%s%s</li><li>%s</li></ul>\n"
		"<dl class=\"facts\">\n",
		fa_severity_name(o->severity), word(p, FA_PAGE_SEVERITY),
		fa_label(p->lang, FA_LABEL_COLON),
		fa_explain_severity(p->lang, o->severity),
		fa_explain_kind(p->lang, o->kind));
	put_law(p, o);
	fa_buf_addf(out, "<dt>%s</dt><dd>", word(p, FA_PAGE_SCOPES));
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if ((o->scopes & FA_SCOPE_BIT(s)) == 0)
			continue;
		fa_buf_addf(out, "%s%s",
			any ? fa_label(p->lang, FA_LABEL_COMMA) : "",
			fa_label_scope(p->lang, s));
		any = true;
	}
	fa_buf_adds(out, "</dd>\n");
	if (o->silent == FA_VERDICT_GAP) {
		fa_html_pair(
			out, word(p, FA_PAGE_SILENT), o->gap.in[p->lang], NULL);
	}
	fa_buf_adds(out, "</dl>\n");
	fa_page_body(p);
}

static void
put_prose(const struct fa_page *p, struct fa_str s)
{
	fa_buf_adds(p->out, "<p>");
	fa_html_text(p->out, s, true);
	fa_buf_adds(p->out, "</p>\n");
}

/* The text to paste, in Chinese also on English pages: it is for the app. */
static void
put_model(const struct fa_page *p, const struct fa_obligation *o)
{
	if (o->wording.in[p->lang].n == 0)
		return;
	fa_buf_addf(p->out, "<p>%s</p>\n<blockquote%s>", word(p, FA_PAGE_MODEL),
		fa_page_zh(p));
	fa_html_text(p->out, o->wording.in[FA_LANG_ZH], true);
	fa_buf_adds(p->out, "</blockquote>\n");
	if (p->lang == FA_LANG_ZH)
		return;
	fa_buf_adds(p->out, "<p>");
	fa_html_text(p->out, o->wording.in[p->lang], true);
	fa_buf_adds(p->out, "</p>\n");
}

/* The first example of each rule for compliance. */
static void
put_wording(const struct fa_page *p, uint32_t index)
{
	struct fa_buf *out = p->out;
	size_t n = 0;

	for (size_t i = 0; i < p->b->rules_n && n < WORDING_MAX; i++) {
		const struct fa_rule *r = &p->b->rules[i];
		size_t k = 0;

		if (r->obligation != index ||
			r->verdict != FA_VERDICT_COMPLIANT)
			continue;
		while (k < r->examples_n && !r->examples[k].matches)
			k++;
		if (k == r->examples_n)
			continue;
		if (n++ == 0) {
			fa_buf_addf(out,
				"<p>%s</p>\n<ul class=\"list yes\"%s>\n",
				word(p, FA_PAGE_WORDING), fa_page_zh(p));
		}
		fa_buf_adds(out, "<li>");
		fa_html_text(out, r->examples[k].text, true);
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, n > 0 ? "</ul>\n" : "");
}

static void
put_rules(const struct fa_page *p, uint32_t index)
{
	fa_page_section(p, "rules", word(p, FA_PAGE_RULES));
	for (size_t v = 0; v < FA_COUNT(verdicts); v++) {
		for (size_t i = 0; i < p->b->rules_n; i++) {
			const struct fa_rule *r = &p->b->rules[i];

			if (r->obligation == index && r->verdict == verdicts[v])
				fa_page_rule(p, r);
		}
	}
	fa_buf_adds(p->out, "</section>\n");
}

static void
put_verdict(const struct fa_page *p, const struct fa_obligation *o,
	enum fa_verdict v)
{
	struct fa_recall recall = o->recall[v];
	uint32_t lower = fa_wilson_lower(recall.found, recall.labelled);
	uint32_t upper = fa_wilson_upper(recall.found, recall.labelled);

	fa_buf_addf(p->out,
		"<tr><th scope=\"row\">%s</th><td class=\"n\">%u</td>"
		"<td class=\"n\">%u</td><td class=\"n\">",
		fa_explain_verdict(p->lang, v), (unsigned)recall.labelled,
		(unsigned)recall.found);
	fa_page_share(p, recall.found, recall.labelled);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	if (recall.labelled == 0)
		fa_buf_adds(p->out, "–");
	else
		fa_buf_addf(p->out, "%u.%u%% – %u.%u%%", (unsigned)(lower / 10),
			(unsigned)(lower % 10), (unsigned)(upper / 10),
			(unsigned)(upper % 10));
	fa_buf_adds(p->out, "</td></tr>\n");
}

static void
put_recall(const struct fa_page *p, const struct fa_obligation *o)
{
	static const enum fa_page_word heads[] = { FA_PAGE_LABELLED,
		FA_PAGE_FOUND, FA_PAGE_RECALL, FA_PAGE_INTERVAL };
	struct fa_buf *out = p->out;

	fa_page_section(p, "recall", word(p, FA_PAGE_RECALL));
	fa_buf_addf(out,
		"<section class=\"scroll\" aria-label=\"%s\" tabindex=\"0\">"
		"<table class=\"counts\">\n<caption>%s</caption>\n"
		"<thead><tr><th scope=\"col\">%s</th>",
		word(p, FA_PAGE_FOUND_CAPTION), word(p, FA_PAGE_FOUND_CAPTION),
		word(p, FA_PAGE_VERDICT));
	for (size_t i = 0; i < FA_COUNT(heads); i++) {
		fa_buf_addf(out, "<th scope=\"col\" class=\"n\">%s</th>",
			word(p, heads[i]));
	}
	fa_buf_adds(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < FA_COUNT(verdicts); i++)
		put_verdict(p, o, verdicts[i]);
	fa_buf_adds(out, "</tbody></table></section>\n</section>\n");
}

static bool
covers(const struct fa_ledger_entry *entry, uint32_t index)
{
	for (size_t i = 0; i < entry->obligations_n; i++) {
		if (entry->obligations[i] == index)
			return true;
	}
	return false;
}

/* The paragraphs that the ledger puts the obligation under. */
static void
put_ledger(const struct fa_page *p, uint32_t index)
{
	struct fa_buf *out = p->out;
	bool any = false;

	for (size_t i = 0; i < p->b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &p->b->ledger[i];

		if (!covers(entry, index))
			continue;
		if (!any) {
			fa_page_section(p, "ledger", word(p, FA_PAGE_COVERS));
			fa_buf_adds(out, "<ul class=\"list\">\n");
		}
		any = true;
		fa_buf_addf(out, "<li><a href=\"index%s#ledger\"><code>",
			fa_page_suffix(p->lang));
		fa_html_text(out, entry->id, false);
		fa_buf_adds(out, "</code></a> ");
		fa_html_text(out, entry->title.in[p->lang], false);
		fa_buf_addf(
			out, " · %s", fa_label_ledger(p->lang, entry->status));
		if (entry->ask.in[p->lang].n > 0) {
			fa_buf_adds(out, "<br><span class=\"soft\">");
			fa_html_text(out, entry->ask.in[p->lang], true);
			fa_buf_adds(out, "</span>");
		}
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, any ? "</ul>\n</section>\n" : "");
}

void
fa_page_duty(const struct fa_page *p, uint32_t obligation)
{
	const struct fa_obligation *o = &p->b->obligations[obligation];

	put_top(p, o);
	fa_page_section(p, "why", word(p, FA_PAGE_WHY));
	put_prose(p, o->why.in[p->lang]);
	fa_buf_adds(p->out, "</section>\n");
	fa_page_section(p, "fix", word(p, FA_PAGE_FIX));
	put_prose(p, o->fix.in[p->lang]);
	put_model(p, o);
	put_wording(p, obligation);
	fa_buf_adds(p->out, "</section>\n");
	put_rules(p, obligation);
	put_recall(p, o);
	put_ledger(p, obligation);
	fa_page_end(p);
}
