/* The ledger: what the rules cover, and what has to be asked for. Closed at
 * first, for it is the same in every report on the same rules. */
#include "report/html.h"

static const char *
word(const struct fa_report *r, enum fa_html_word w)
{
	return fa_html_word(r->opts.lang, w);
}

static void
put_obligations(struct fa_buf *out, const struct fa_bundle *b,
	const struct fa_ledger_entry *entry)
{
	for (size_t i = 0; i < entry->obligations_n; i++) {
		fa_buf_adds(out, i > 0 ? "<br><code>" : "<code>");
		fa_html_text(
			out, b->obligations[entry->obligations[i]].id, false);
		fa_buf_adds(out, "</code>");
	}
}

static void
put_entry(struct fa_buf *out, const struct fa_report *r,
	const struct fa_ledger_entry *entry)
{
	enum fa_lang lang = r->opts.lang;

	fa_buf_adds(out, "<tr><th scope=\"row\"><code>");
	fa_html_text(out, entry->id, false);
	fa_buf_adds(out, "</code><br>");
	fa_report_article(out, entry->article, lang);
	fa_buf_adds(out, "</th><td>");
	fa_html_text(out, fa_report_pick(&entry->title, lang), false);
	fa_buf_addf(out, "</td><td class=\"keep\">%s</td><td class=\"keep\">",
		fa_label_ledger(lang, entry->status));
	put_obligations(out, r->bundle, entry);
	fa_buf_adds(out, "</td><td>");
	fa_html_text(out, fa_report_pick(&entry->ask, lang), false);
	fa_buf_adds(out, "</td></tr>\n");
}

static void
put_rows(struct fa_buf *out, const struct fa_report *r)
{
	const struct fa_bundle *b = r->bundle;

	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];
		uint32_t instrument = entry->instrument;

		if (i == 0 || b->ledger[i - 1].instrument != instrument) {
			fa_buf_addf(out,
				"%s<tbody>\n<tr><th scope=\"rowgroup\" "
				"colspan=\"5\">",
				i > 0 ? "</tbody>\n" : "");
			fa_html_text(out,
				fa_report_pick(
					&b->instruments[instrument].title,
					r->opts.lang),
				false);
			fa_buf_adds(out, "</th></tr>\n");
		}
		put_entry(out, r, entry);
	}
	fa_buf_adds(out, "</tbody>\n");
}

void
fa_html_ledger(struct fa_buf *out, const struct fa_report *r)
{
	enum fa_lang lang = r->opts.lang;

	if (r->bundle->ledger_n == 0)
		return;
	fa_buf_addf(out,
		"<section id=\"ledger\" aria-labelledby=\"ledger-h\">\n"
		"<h2 id=\"ledger-h\">%s</h2>\n<p>%s</p>\n"
		"<details class=\"met\"><summary>",
		fa_label(lang, FA_LABEL_LEDGER), word(r, FA_HTML_LEDGER_NOTE));
	fa_report_ledger(out, r->bundle, lang);
	fa_buf_addf(out,
		"</summary>\n<div class=\"scroll\"><table><thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\">%s</th></tr></thead>\n",
		word(r, FA_HTML_PARAGRAPH), word(r, FA_HTML_SUBJECT),
		word(r, FA_HTML_STATUS), word(r, FA_HTML_OBLIGATION),
		word(r, FA_HTML_ASK));
	put_rows(out, r);
	fa_buf_adds(out, "</table></div></details>\n</section>\n");
}
