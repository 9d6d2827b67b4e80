/* Pictures once per page, ways as rows of screens, the flow as a list. */
#include "report/drawing.h"
#include "report/html.h"

#define STRIP_TEXT_COLUMNS 60

static void
put_clipped(struct fa_buf *out, struct fa_str s, size_t columns)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;

	fa_buf_init(&part, out->max_bytes);
	fa_report_clip(&part, s, columns);
	fa_report_carry(out, &part);
	fa_html_text(out, fa_buf_str(&part), false);
}

/* The first screen that shows a picture brings its symbol. */
static bool
is_first(const struct fa_drawing *d, uint32_t screen, uint32_t evidence)
{
	for (uint32_t i = 0; i < screen; i++) {
		struct fa_picture p;
		uint32_t e;

		if (fa_picture_of(&p, &e, d->flow, i, &d->pictures) &&
			e == evidence)
			return false;
	}
	return true;
}

void
fa_drawing_symbols(struct fa_buf *out, const struct fa_drawing *d)
{
	for (uint32_t i = 0; d->pictures.n > 0 && i < d->flow->screens_n; i++) {
		struct fa_picture p;
		uint32_t e;

		if (!fa_picture_of(&p, &e, d->flow, i, &d->pictures) ||
			!is_first(d, i, e))
			continue;
		fa_buf_addf(out,
			"<symbol id=\"%sp%u\" viewBox=\"0 0 %u %u\" "
			"preserveAspectRatio=\"xMidYMin slice\">"
			"<image width=\"%u\" height=\"%u\" href=\"",
			d->prefix, (unsigned)e, (unsigned)p.w, (unsigned)p.h,
			(unsigned)p.w, (unsigned)p.h);
		fa_picture_data_uri(out, &p, d->pictures.at[e]);
		fa_buf_adds(out, "\"/></symbol>\n");
	}
}

static void
put_screen(struct fa_buf *out, const struct fa_drawing *d, uint32_t screen)
{
	struct fa_picture p;
	uint32_t e;

	fa_buf_adds(out, "<li><span class=\"shot\">");
	if (fa_picture_of(&p, &e, d->flow, screen, &d->pictures)) {
		fa_buf_addf(out,
			"<svg viewBox=\"0 0 %u %u\" role=\"img\" "
			"aria-label=\"",
			(unsigned)p.w, (unsigned)p.h);
		put_clipped(out, fa_report_screen_title(d->flow, screen),
			STRIP_TEXT_COLUMNS);
		fa_buf_addf(out,
			"\"><use href=\"#%sp%u\" width=\"%u\" height=\"%u\"/>"
			"</svg>",
			d->prefix, (unsigned)e, (unsigned)p.w, (unsigned)p.h);
	}
	fa_buf_addf(out, "<b class=\"name\">%u ", (unsigned)screen + 1);
	put_clipped(out, fa_report_screen_title(d->flow, screen),
		STRIP_TEXT_COLUMNS);
	fa_buf_adds(out, "</b></span></li>\n");
}

static void
put_action(struct fa_buf *out, const struct fa_drawing *d,
	const struct fa_flow_transition *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_report_action(&text, d->flow, t, d->lang);
	fa_report_carry(out, &text);
	fa_buf_adds(out, "<li class=\"tap name\">");
	fa_html_text(out, fa_buf_str(&text), false);
	fa_buf_adds(out, " →</li>\n");
}

void
fa_drawing_strip(struct fa_buf *out, const struct fa_drawing *d,
	const struct fa_flow_place *p)
{
	const struct fa_flow *f = d->flow;
	uint32_t at = FA_FLOW_NONE;

	if (p->screen >= f->screens_n)
		return;
	fa_buf_adds(out, "<ol class=\"way\">\n");
	for (size_t i = 0; i < p->path_n; i++) {
		const struct fa_flow_transition *t;

		if (p->path[i] >= f->transitions_n)
			continue;
		t = &f->transitions[p->path[i]];
		if (t->from != at)
			put_screen(out, d, t->from);
		put_action(out, d, t);
		at = t->to;
		if (at < f->screens_n)
			put_screen(out, d, at);
		else
			fa_buf_addf(out, "<li>%s</li>\n",
				d->lang == FA_LANG_ZH ? "离开应用"
						      : "leaves the app");
	}
	if (at == FA_FLOW_NONE && p->path_n == 0)
		put_screen(out, d, p->screen);
	fa_buf_adds(out, "</ol>\n");
}

static void
put_row(struct fa_buf *out, const struct fa_drawing *d, uint32_t screen,
	uint32_t row)
{
	const struct fa_drawing_row *r = &d->card[screen].row[row];
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_drawing_row_text(&text, d, screen, row);
	if (r->kind <= FA_DRAWING_OUT) {
		const struct fa_flow_transition *t =
			&d->flow->transitions[r->index];

		fa_buf_adds(&text, " → ");
		if (t->to < d->flow->screens_n)
			fa_buf_addf(&text, "%u ", (unsigned)t->to + 1);
		fa_report_target(&text, d->flow, t, d->lang);
		if (t->basis != FA_FLOW_OBSERVED)
			fa_buf_addf(&text, " (%s)",
				fa_label_basis(d->lang, t->basis));
	}
	fa_report_carry(out, &text);
	fa_buf_adds(out, "<li class=\"name\">");
	fa_html_text(out, fa_buf_str(&text), false);
	fa_buf_adds(out, "</li>");
}

void
fa_drawing_list(struct fa_buf *out, const struct fa_drawing *d)
{
	const struct fa_flow *f = d->flow;

	fa_buf_adds(out, "<ol class=\"screens\">\n");
	for (uint32_t i = 0; i < f->screens_n; i++) {
		fa_buf_adds(out, "<li><b class=\"name\">");
		put_clipped(
			out, fa_report_screen_title(f, i), STRIP_TEXT_COLUMNS);
		fa_buf_adds(out, "</b> <code>");
		fa_html_text(out, f->screens[i].id, false);
		fa_buf_adds(out, "</code>");
		if (d->card[i].captures)
			fa_buf_adds(out,
				d->lang == FA_LANG_ZH ? " · 采集人脸"
						      : " · face capture");
		if (d->card[i].rows_n > 0)
			fa_buf_adds(out, "<ul>");
		for (uint32_t k = 0; k < d->card[i].rows_n; k++)
			put_row(out, d, i, k);
		fa_buf_adds(out,
			d->card[i].rows_n > 0 ? "</ul></li>\n" : "</li>\n");
	}
	fa_buf_adds(out, "</ol>\n");
}
