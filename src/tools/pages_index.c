/* The index of the pages: every obligation, by instrument. */
#include "tools/pages.h"

#include "report/html.h"
#include "rules/explain.h"

static const char *
word(const struct fa_page *p, enum fa_page_word w)
{
	return fa_page_word(p, w);
}

static void
put_top(const struct fa_page *p)
{
	struct fa_buf *out = p->out;

	fa_page_begin(p, FA_STR("index"), fa_str_c(word(p, FA_PAGE_TITLE)));
	fa_buf_addf(out,
		"<p class=\"caveat\">%s</p>\n<nav aria-label=\"%s\"><ul>\n"
		"<li><a href=\"#obligations\">%s</a></li>\n",
		word(p, FA_PAGE_LEAD), word(p, FA_PAGE_TITLE),
		word(p, FA_PAGE_OBLIGATIONS));
	if (p->b->ledger_n > 0) {
		fa_buf_addf(out, "<li><a href=\"#ledger\">%s</a></li>\n",
			fa_label(p->lang, FA_LABEL_LEDGER));
	}
	fa_buf_addf(out, "<li><a href=\"#method\">%s</a></li>\n</ul></nav>\n",
		word(p, FA_PAGE_METHOD));
	fa_page_body(p);
}

static void
put_measured(const struct fa_page *p, uint32_t index)
{
	const struct fa_obligation *o = &p->b->obligations[index];
	uint64_t hits = 0;
	uint64_t right = 0;
	uint64_t labelled = 0;
	uint64_t found = 0;
	size_t rules = 0;

	for (size_t i = 0; i < p->b->rules_n; i++) {
		if (p->b->rules[i].obligation != index)
			continue;
		hits += p->b->rules[i].hits;
		right += p->b->rules[i].right;
		rules++;
	}
	for (size_t v = 0; v < FA_VERDICT_COUNT; v++) {
		labelled += o->recall[v].labelled;
		found += o->recall[v].found;
	}
	fa_buf_addf(p->out, "<td class=\"n\">%zu</td><td class=\"n\">", rules);
	fa_page_share(p, right, hits);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_page_share(p, found, labelled);
	fa_buf_adds(p->out, "</td></tr>\n");
}

static void
put_row(const struct fa_page *p, uint32_t index)
{
	const struct fa_obligation *o = &p->b->obligations[index];
	struct fa_buf *out = p->out;

	fa_buf_adds(out, "<tr><th scope=\"row\"><a href=\"");
	fa_html_text(out, o->id, false);
	fa_buf_addf(out, "%s\"><code>", fa_page_suffix(p->lang));
	fa_html_text(out, o->id, false);
	fa_buf_adds(out, "</code></a><br>");
	fa_html_text(out, o->title.in[p->lang], false);
	fa_buf_adds(out, "</th><td class=\"keep\">");
	fa_report_article(out, o->article, p->lang);
	fa_buf_addf(out,
		"</td><td class=\"keep\">%s</td><td class=\"keep\">%s</td>",
		fa_explain_severity(p->lang, o->severity),
		fa_explain_kind(p->lang, o->kind));
	put_measured(p, index);
}

static void
put_instrument(
	const struct fa_page *p, const uint32_t *order, uint32_t instrument)
{
	bool any = false;

	for (size_t i = 0; i < p->b->obligations_n; i++) {
		if (p->b->obligations[order[i]].instrument != instrument)
			continue;
		if (!any) {
			fa_buf_adds(p->out,
				"<tbody>\n<tr><th scope=\"rowgroup\" "
				"colspan=\"7\">");
			fa_html_text(p->out,
				p->b->instruments[instrument].title.in[p->lang],
				false);
			fa_buf_adds(p->out, "</th></tr>\n");
		}
		any = true;
		put_row(p, order[i]);
	}
	fa_buf_adds(p->out, any ? "</tbody>\n" : "");
}

static void
put_obligations(const struct fa_page *p, const uint32_t *order)
{
	static const enum fa_page_word texts[] = { FA_PAGE_OBLIGATION,
		FA_PAGE_ARTICLE, FA_PAGE_SEVERITY, FA_PAGE_KIND };
	static const enum fa_page_word numbers[] = { FA_PAGE_RULES,
		FA_PAGE_PRECISION, FA_PAGE_RECALL };
	struct fa_buf *out = p->out;

	fa_page_section(p, "obligations", word(p, FA_PAGE_OBLIGATIONS));
	fa_buf_addf(out,
		"<section class=\"scroll\" aria-label=\"%s\" tabindex=\"0\">"
		"<table>\n<caption>%s</caption>\n<thead><tr>",
		word(p, FA_PAGE_CAPTION), word(p, FA_PAGE_CAPTION));
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		fa_buf_addf(
			out, "<th scope=\"col\">%s</th>", word(p, texts[i]));
	}
	for (size_t i = 0; i < FA_COUNT(numbers); i++) {
		fa_buf_addf(out, "<th scope=\"col\" class=\"n\">%s</th>",
			word(p, numbers[i]));
	}
	fa_buf_adds(out, "</tr></thead>\n");
	for (size_t i = 0; i < p->b->instruments_n; i++)
		put_instrument(p, order, (uint32_t)i);
	fa_buf_adds(out, "</table></section>\n</section>\n");
}

static void
put_method(const struct fa_page *p)
{
	const struct fa_bundle *b = p->b;
	struct fa_buf *out = p->out;

	fa_page_section(p, "method", word(p, FA_PAGE_METHOD));
	fa_buf_addf(out, "<p>%s</p>\n<p>%s</p>\n", word(p, FA_PAGE_METHOD_1),
		word(p, FA_PAGE_METHOD_2));
	if (b->sets_n > 0) {
		fa_buf_addf(out, "<h3>%s</h3>\n<ul>\n", word(p, FA_PAGE_SETS));
	}
	for (size_t i = 0; i < b->sets_n; i++) {
		fa_buf_adds(out, "<li>");
		fa_html_text(out, b->sets[i].name, false);
		fa_buf_addf(out, " · %u %s · SHA-256 <code>",
			(unsigned)b->sets[i].documents,
			fa_label(p->lang, FA_LABEL_DOCUMENTS));
		fa_html_text(out, b->sets[i].sha256, false);
		fa_buf_adds(out, "</code></li>\n");
	}
	fa_buf_addf(out, "%s</section>\n", b->sets_n > 0 ? "</ul>\n" : "");
}

void
fa_page_index(const struct fa_page *p, const uint32_t *order)
{
	const struct fa_report report = { .bundle = p->b,
		.opts = { .lang = p->lang } };

	put_top(p);
	put_obligations(p, order);
	fa_html_ledger(p->out, &report);
	put_method(p);
	fa_page_end(p);
}
