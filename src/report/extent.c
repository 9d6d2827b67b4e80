#include "report/extent.h"

#include "report/common.h"
#include "report/html.h"

#define LINE_BYTES (1u << 16)

bool
fa_report_left_out(enum fa_label *what, uint32_t *n, size_t *i,
	const struct fa_report_totals *t)
{
	const uint32_t all[] = { t->excluded, t->ignored, t->own };
	static const enum fa_label labels[] = { FA_LABEL_EXCLUDED,
		FA_LABEL_IGNORED, FA_LABEL_OWN };

	while (*i < FA_COUNT(all) && all[*i] == 0)
		(*i)++;
	if (*i == FA_COUNT(all))
		return false;
	*what = labels[*i];
	*n = all[(*i)++];
	return true;
}

/* "left out of folders: by exclude 1, by .gitignore 2"; or nothing. */
static void
put_left_out(
	struct fa_buf *out, const struct fa_report_totals *t, enum fa_lang lang)
{
	enum fa_label what;
	uint32_t n;
	size_t i = 0;

	while (fa_report_left_out(&what, &n, &i, t)) {
		if (out->n == 0)
			fa_buf_addf(out, "%s%s",
				fa_label(lang, FA_LABEL_LEFT_OUT),
				fa_label(lang, FA_LABEL_COLON));
		else
			fa_buf_adds(out, fa_label(lang, FA_LABEL_COMMA));
		fa_buf_addf(out, "%s %u", fa_label(lang, what), (unsigned)n);
	}
}

/* "settings: .faceaudit.yaml"; or nothing. */
static void
put_settings(
	struct fa_buf *out, const struct fa_report_totals *t, enum fa_lang lang)
{
	if (t->settings.p == NULL)
		return;
	fa_buf_addf(out, "%s%s", fa_label(lang, FA_LABEL_SETTINGS),
		fa_label(lang, FA_LABEL_COLON));
	fa_buf_add(out, t->settings);
}

static void
put_text(struct fa_wrap *w, struct fa_buf *line)
{
	fa_report_carry(w->out, line);
	if (line->n == 0)
		return;
	fa_wrap_begin(w, 2, 4);
	fa_wrap_add(w, fa_buf_str(line), NULL);
	fa_wrap_end(w);
	fa_buf_reset(line);
}

void
fa_report_text_extent(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	put_left_out(&line, t, r->opts.lang);
	put_text(w, &line);
	put_settings(&line, t, r->opts.lang);
	put_text(w, &line);
}

static void
put_html(struct fa_buf *out, struct fa_buf *line)
{
	fa_report_carry(out, line);
	if (line->n == 0)
		return;
	fa_buf_adds(out, "<p>");
	fa_html_text(out, fa_buf_str(line), false);
	fa_buf_adds(out, "</p>\n");
	fa_buf_reset(line);
}

void
fa_report_html_extent(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	put_left_out(&line, t, r->opts.lang);
	put_html(out, &line);
	put_settings(&line, t, r->opts.lang);
	put_html(out, &line);
}
