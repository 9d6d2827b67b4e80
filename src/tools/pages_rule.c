/* What a page says of one rule: the conditions in words, examples, numbers. */
#include "tools/pages.h"

#include "report/html.h"
#include "rules/explain.h"
#include "rules/rules.h"

#define LINE_BYTES ((size_t)1 << 20)
#define OPEN_NODES 8 /* conditions that are shown without being asked for */

static const char *
word(const struct fa_page *p, enum fa_page_word w)
{
	return fa_page_word(p, w);
}

/* Escapes a line of explain and empties it. */
static void
put_line(const struct fa_page *p, struct fa_buf *line)
{
	fa_report_carry(p->out, line);
	fa_html_text(p->out, fa_buf_str(line), true);
	fa_buf_reset(line);
}

static size_t
nodes(const struct fa_cond *c, unsigned depth)
{
	size_t n = 1;

	if (c == NULL || depth > FA_RULES_DEPTH + 1)
		return 0;
	for (size_t i = 0; i < c->child_n; i++)
		n += nodes(&c->child[i], depth + 1);
	return n;
}

static void
put_node(const struct fa_page *p, const struct fa_cond *c, unsigned depth)
{
	const struct fa_explain x = { p->b, p->lang, p->out };
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	bool code = c->kind == FA_COND_PATTERN;

	fa_buf_init(&line, LINE_BYTES);
	fa_explain_node(&x, &line, c);
	fa_buf_adds(p->out, code ? "<li><code>" : "<li>");
	put_line(p, &line);
	fa_buf_adds(p->out, code ? "</code>" : "");
	if (c->child_n > 0 && depth <= FA_RULES_DEPTH) {
		fa_buf_adds(p->out, "\n<ul>\n");
		for (size_t i = 0; i < c->child_n; i++)
			put_node(p, &c->child[i], depth + 1);
		fa_buf_adds(p->out, "</ul>");
	}
	fa_buf_adds(p->out, "</li>\n");
}

static void
put_cond(const struct fa_page *p, enum fa_page_word w, const struct fa_cond *c)
{
	size_t n = nodes(c, 0);

	if (c == NULL)
		return;
	fa_buf_addf(p->out,
		"<details%s><summary>%s (%zu)</summary>\n"
		"<ul class=\"tree\">\n",
		n <= OPEN_NODES ? " open" : "", word(p, w), n);
	put_node(p, c, 0);
	fa_buf_adds(p->out, "</ul></details>\n");
}

static void
put_lexicons(const struct fa_page *p, const struct fa_rule *r)
{
	const struct fa_explain x = { p->b, p->lang, p->out };
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	bool used[FA_NAME_LEXICONS];
	size_t n = 0;

	fa_buf_init(&line, LINE_BYTES);
	fa_explain_uses(&x, r->find, r->unless, used);
	for (size_t i = 0; i < p->b->lexicons_n; i++)
		n += used[i];
	if (n == 0)
		return;
	fa_buf_addf(p->out,
		"<details><summary>%s (%zu)</summary>\n<ul class=\"tree\"%s>\n",
		word(p, FA_PAGE_LEXICONS), n, fa_page_zh(p));
	for (size_t i = 0; i < p->b->lexicons_n; i++) {
		if (!used[i])
			continue;
		fa_explain_lexicon(&x, &line, &p->b->lexicons[i]);
		fa_buf_adds(p->out, "<li>");
		put_line(p, &line);
		fa_buf_adds(p->out, "</li>\n");
	}
	fa_buf_adds(p->out, "</ul></details>\n");
}

static void
put_examples(const struct fa_page *p, const struct fa_rule *r, bool matches)
{
	bool any = false;

	for (size_t i = 0; i < r->examples_n; i++) {
		if (r->examples[i].matches != matches)
			continue;
		if (!any) {
			fa_buf_addf(p->out,
				"<h4>%s</h4>\n<ul class=\"list %s\"%s>\n",
				word(p,
					matches ? FA_PAGE_MATCH
						: FA_PAGE_NO_MATCH),
				matches ? "hit" : "miss", fa_page_zh(p));
		}
		any = true;
		fa_buf_adds(p->out, "<li>");
		fa_html_text(p->out, r->examples[i].text, true);
		fa_buf_adds(p->out, "</li>\n");
	}
	fa_buf_adds(p->out, any ? "</ul>\n" : "");
}

static void
put_facts(const struct fa_page *p, const struct fa_rule *r)
{
	const struct fa_explain x = { p->b, p->lang, p->out };
	const struct fa_obligation *o = &p->b->obligations[r->obligation];
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	struct fa_buf *out = p->out;

	fa_buf_init(&line, LINE_BYTES);
	fa_buf_adds(out, "<dl>\n");
	fa_explain_precision(&x, &line, r);
	fa_buf_addf(out, "<dt>%s</dt><dd>", word(p, FA_PAGE_PRECISION));
	put_line(p, &line);
	fa_explain_recall(&x, &line, o, r->verdict);
	fa_buf_addf(out, "</dd>\n<dt>%s</dt><dd>", word(p, FA_PAGE_RECALL));
	put_line(p, &line);
	fa_buf_adds(out, "</dd>\n");
	if (r->false_positives.n > 0) {
		fa_buf_addf(out, "<dt>%s</dt><dd%s>", word(p, FA_PAGE_FALSE),
			fa_page_zh(p));
		fa_html_text(out, r->false_positives, true);
		fa_buf_adds(out, "</dd>\n");
	}
	fa_html_pair(out, word(p, FA_PAGE_RULE_WHY), r->why.in[p->lang], NULL);
	fa_html_pair(out, word(p, FA_PAGE_RULE_FIX), r->fix.in[p->lang], NULL);
	fa_html_pair(out, fa_label(p->lang, FA_LABEL_WORDING),
		r->wording.in[p->lang], NULL);
	fa_buf_adds(out, "</dl>\n");
}

/* An id of HTML made of the rule's: a letter first, no dots. */
static void
put_anchor(struct fa_buf *out, struct fa_str id)
{
	fa_buf_adds(out, "rule-");
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z');

		fa_buf_addc(out, plain ? c : '-');
	}
}

void
fa_page_rule(const struct fa_page *p, const struct fa_rule *r)
{
	struct fa_buf *out = p->out;

	fa_buf_addf(out, "<div class=\"finding %s\" id=\"",
		fa_verdict_name(r->verdict));
	put_anchor(out, r->id);
	fa_buf_adds(out, "\">\n<h3 class=\"rule\">");
	fa_html_text(out, r->title.in[p->lang], false);
	fa_buf_addf(out,
		"</h3>\n<ul class=\"tags\"><li class=\"%s\">%s</li>"
		"<li>%s%s%s</li><li><code>",
		fa_verdict_name(r->verdict),
		fa_explain_verdict(p->lang, r->verdict),
		word(p, FA_PAGE_STATUS), fa_label(p->lang, FA_LABEL_COLON),
		fa_explain_status(p->lang, r->status));
	fa_html_text(out, r->id, false);
	fa_buf_adds(out, "</code></li></ul>\n");
	if (r->find == NULL) {
		fa_buf_addf(out, "<p>%s</p>\n", word(p, FA_PAGE_NOTHING_FIRES));
	}
	put_cond(p, FA_PAGE_FIND, r->find);
	put_cond(p, FA_PAGE_UNLESS, r->unless);
	put_lexicons(p, r);
	put_examples(p, r, true);
	put_examples(p, r, false);
	put_facts(p, r);
	fa_buf_adds(out, "</div>\n");
}
