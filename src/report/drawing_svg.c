/* The drawing itself. All text passes fa_html_text; what it escapes is the
 * same in XML. */
#include "report/drawing.h"
#include "report/html.h"

#define MARGIN 16
#define BULGE 64 /* of a link that returns to its own column */
#define TITLE_COLUMNS 20
#define TITLE_COLUMNS_BADGE 13
#define ROW_COLUMNS 23
#define MARK_STEP 3 /* pixels between the lines of two marks */

static const char *
word(const struct fa_drawing *d, const char *zh, const char *en)
{
	return d->lang == FA_LANG_ZH ? zh : en;
}

/* s, clipped and escaped. */
static void
put_clipped(struct fa_buf *out, struct fa_str s, size_t columns)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;

	fa_buf_init(&part, out->max_bytes);
	fa_report_clip(&part, s, columns);
	fa_report_carry(out, &part);
	fa_html_text(out, fa_buf_str(&part), false);
}

static void
put_markers(struct fa_buf *out, const struct fa_drawing *d)
{
	fa_buf_adds(out, "<defs>\n");
	for (size_t i = 0; i <= d->marks_n; i++) {
		fa_buf_addf(out,
			"<marker id=\"%sa%zu\" viewBox=\"0 0 8 8\" refX=\"7\" "
			"refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
			"markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
			"<path d=\"M0 0L8 4L0 8z\" fill=\"%s\"/></marker>\n",
			d->prefix, i,
			i == 0 ? "#8b95a1" : fa_drawing_color(i - 1));
	}
	fa_buf_adds(out, "</defs>\n");
}

/* A curve from the row to the head of the card it leads to; shift sets lines
 * of several marks apart. */
static void
put_curve(struct fa_buf *out, const struct fa_drawing *d,
	const struct fa_flow_transition *t, uint32_t row, int32_t shift)
{
	const struct fa_layout_card *a = &d->layout.card[t->from];
	const struct fa_layout_card *b = &d->layout.card[t->to];
	bool on = b->column > a->column, back = b->column < a->column;
	int32_t x1 = back ? a->x : a->x + a->w;
	int32_t x2 = on ? b->x - 2 : b->x + b->w + 2;
	int32_t y1 = a->y + fa_drawing_row_y(&d->card[t->from], row) +
		FA_DRAWING_ROW_H / 2 + shift;
	int32_t y2 = b->y + FA_DRAWING_HEAD / 2 + shift;
	int32_t reach = on ? (x2 - x1) / 2 : back ? (x1 - x2) / 2 : BULGE;

	fa_buf_addf(out, "M%d %dC%d %d %d %d %d %d", (int)x1, (int)y1,
		(int)(back ? x1 - reach : x1 + reach), (int)y1,
		(int)(on ? x2 - reach : x2 + reach), (int)y2, (int)x2, (int)y2);
}

static void
put_step_title(struct fa_buf *out, const struct fa_drawing *d,
	const struct fa_flow_transition *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_report_clip(&text, fa_report_screen_title(d->flow, t->from),
		FA_REPORT_FLOW_COLUMNS);
	fa_buf_adds(&text, " → ");
	fa_report_action(&text, d->flow, t, d->lang);
	fa_buf_adds(&text, " → ");
	fa_report_target(&text, d->flow, t, d->lang);
	fa_buf_addf(&text, " (%s)", fa_label_basis(d->lang, t->basis));
	fa_report_carry(out, &text);
	fa_buf_adds(out, "<title>");
	fa_html_text(out, fa_buf_str(&text), false);
	fa_buf_adds(out, "</title>");
}

static void
put_links(struct fa_buf *out, const struct fa_drawing *d)
{
	for (uint32_t s = 0; s < d->flow->screens_n; s++) {
		const struct fa_drawing_card *c = &d->card[s];

		for (uint32_t i = 0; i < c->rows_n; i++) {
			const struct fa_flow_transition *t;
			bool dashed;

			if (c->row[i].kind != FA_DRAWING_TAP)
				continue;
			t = &d->flow->transitions[c->row[i].index];
			dashed = fa_report_is_side(t->action) ||
				d->layout.card[t->to].column <=
					d->layout.card[s].column;
			fa_buf_addf(out, "<path class=\"fl%s\" d=\"",
				dashed ? " fs" : "");
			put_curve(out, d, t, i, 0);
			fa_buf_addf(out, "\" marker-end=\"url(#%sa0)\">",
				d->prefix);
			put_step_title(out, d, t);
			fa_buf_adds(out, "</path>\n");
		}
	}
}

/* The ways in colour, beside each other where they share a link. */
static void
put_marks(struct fa_buf *out, const struct fa_drawing *d)
{
	for (size_t m = 0; m < d->marks_n; m++) {
		const struct fa_flow_place *p = d->mark[m].place;
		int32_t shift = (int32_t)(2 * m + 1) - (int32_t)d->marks_n;

		for (size_t i = 0; i < p->path_n; i++) {
			const struct fa_flow_transition *t;

			if (p->path[i] >= d->flow->transitions_n)
				continue;
			t = &d->flow->transitions[p->path[i]];
			if (t->to == FA_FLOW_NONE ||
				d->row_of[p->path[i]] == FA_FLOW_NONE)
				continue;
			fa_buf_addf(out,
				"<path class=\"fm\" stroke=\"%s\" d=\"",
				fa_drawing_color(m));
			put_curve(out, d, t, d->row_of[p->path[i]],
				shift * MARK_STEP / 2);
			fa_buf_addf(out, "\" marker-end=\"url(#%sa%zu)\">",
				d->prefix, m + 1);
			put_step_title(out, d, t);
			fa_buf_adds(out, "</path>\n");
		}
	}
}

static const char *
badge_of(const struct fa_drawing *d, uint32_t screen)
{
	static const char *const ends[FA_FLOW_END_COUNT][FA_LANG_COUNT] = {
		[FA_FLOW_END_SERVICE] = { "服务", "service" },
		[FA_FLOW_END_EXIT] = { "退出", "exit" },
		[FA_FLOW_END_DEAD] = { "走不通", "dead end" },
		[FA_FLOW_END_EXTERNAL] = { "外部", "external" },
	};

	if (d->card[screen].captures)
		return word(d, "采集人脸", "capture");
	if (screen == d->flow->start)
		return word(d, "起点", "start");
	for (size_t i = 0; i < d->flow->ends_n; i++)
		if (d->flow->ends[i].screen == screen)
			return ends[d->flow->ends[i].kind][d->lang];
	return NULL;
}

static void
put_head(struct fa_buf *out, const struct fa_drawing *d, uint32_t screen,
	const struct fa_layout_card *at)
{
	const char *badge = badge_of(d, screen);

	fa_buf_addf(out,
		"<text class=\"fn\" x=\"%d\" y=\"%d\">%u</text>"
		"<text class=\"ft\" x=\"%d\" y=\"%d\">",
		(int)at->x + 8, (int)at->y + 20, (unsigned)screen + 1,
		(int)at->x +
			(screen < 9                   ? 22
					: screen < 99 ? 30
						      : 38),
		(int)at->y + 20);
	put_clipped(out, fa_report_screen_title(d->flow, screen),
		badge != NULL ? TITLE_COLUMNS_BADGE : TITLE_COLUMNS);
	fa_buf_adds(out, "</text>");
	if (badge != NULL)
		fa_buf_addf(out,
			"<text class=\"fb\" text-anchor=\"end\" x=\"%d\" "
			"y=\"%d\">%s</text>",
			(int)(at->x + at->w) - 8, (int)at->y + 20, badge);
	/* One dot per mark that ends here. */
	for (size_t m = 0, n = 0; m < d->marks_n; m++)
		if (d->mark[m].place->screen == screen)
			fa_buf_addf(out,
				"<circle cx=\"%d\" cy=\"%d\" r=\"6\" "
				"fill=\"%s\"/>",
				(int)at->x + 12 + 15 * (int)n++, (int)at->y,
				fa_drawing_color(m));
}

static void
put_row(struct fa_buf *out, const struct fa_drawing *d, uint32_t screen,
	uint32_t row)
{
	const struct fa_drawing_card *c = &d->card[screen];
	const struct fa_layout_card *at = &d->layout.card[screen];
	const struct fa_drawing_row *r = &c->row[row];
	int32_t y = at->y + fa_drawing_row_y(c, row);
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_drawing_row_text(&text, d, screen, row);
	fa_report_carry(out, &text);
	if (r->kind <= FA_DRAWING_OPEN)
		fa_buf_addf(out,
			"<rect class=\"fr%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\" rx=\"4\"/>",
			r->kind == FA_DRAWING_OPEN ? " fo" : "", (int)at->x + 6,
			(int)y, FA_DRAWING_CARD - 12, FA_DRAWING_ROW_H - 3);
	fa_buf_addf(out, "<text class=\"fx%s\" x=\"%d\" y=\"%d\">",
		r->kind >= FA_DRAWING_OPEN ? " fq" : "", (int)at->x + 12,
		(int)y + 13);
	put_clipped(out, fa_buf_str(&text), ROW_COLUMNS);
	fa_buf_adds(out, "</text>");
	if (r->kind > FA_DRAWING_OUT)
		return;
	fa_buf_addf(out,
		"<text class=\"fx\" text-anchor=\"end\" x=\"%d\" y=\"%d\">",
		(int)(at->x + at->w) - 11, (int)y + 13);
	if (r->kind == FA_DRAWING_OUT)
		fa_buf_adds(out, word(d, "退出", "out"));
	else
		fa_buf_addf(out, "→%u",
			(unsigned)d->flow->transitions[r->index].to + 1);
	fa_buf_adds(out, "</text>");
}

static void
put_card(struct fa_buf *out, const struct fa_drawing *d, uint32_t screen)
{
	const struct fa_drawing_card *c = &d->card[screen];
	const struct fa_layout_card *at = &d->layout.card[screen];

	fa_buf_addf(out,
		"<g><rect class=\"fc%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
		"height=\"%d\" rx=\"7\"><title>",
		c->captures ? " fk" : "", (int)at->x, (int)at->y, (int)at->w,
		(int)at->h);
	put_clipped(out, fa_report_screen_title(d->flow, screen), 200);
	fa_buf_adds(out, "</title></rect>");
	put_head(out, d, screen, at);
	if (c->has_picture)
		fa_buf_addf(out,
			"<use href=\"#%sp%u\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>",
			d->prefix, (unsigned)c->evidence, (int)at->x + 6,
			(int)at->y + FA_DRAWING_HEAD, FA_DRAWING_CARD - 12,
			FA_DRAWING_PICTURE - 6);
	for (uint32_t i = 0; i < c->rows_n; i++)
		put_row(out, d, screen, i);
	fa_buf_adds(out, "</g>\n");
}

static void
put_caption(struct fa_buf *out, const struct fa_drawing *d)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf facts;

	fa_buf_init(&facts, out->max_bytes);
	fa_report_flow_facts(&facts, d->flow, d->lang);
	fa_report_carry(out, &facts);
	fa_buf_addf(out, "<title id=\"%sft\">%s", d->prefix,
		word(d, "界面流图", "drawing of the flow"));
	if (d->flow->app_name.n > 0) {
		fa_buf_adds(out, " · ");
		put_clipped(out, d->flow->app_name, 200);
	}
	fa_buf_addf(out, "</title>\n<desc id=\"%sfd\">", d->prefix);
	fa_html_text(out, fa_buf_str(&facts), false);
	fa_buf_adds(out, "</desc>\n");
}

int32_t
fa_drawing_width(const struct fa_drawing *d)
{
	return d->layout.width + 2 * MARGIN + BULGE;
}

int32_t
fa_drawing_height(const struct fa_drawing *d)
{
	return d->layout.width == 0 ? 0 : d->layout.height + 2 * MARGIN;
}

void
fa_drawing_svg(struct fa_buf *out, const struct fa_drawing *d, int32_t y)
{
	int32_t w = fa_drawing_width(d), h = fa_drawing_height(d);

	if (d->layout.width == 0)
		return;
	fa_buf_addf(out, "<svg class=\"flow\" ");
	if (y > 0)
		fa_buf_addf(out, "y=\"%d\" ", (int)y);
	fa_buf_addf(out,
		"width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\" "
		"role=\"img\" aria-labelledby=\"%sft %sfd\">\n",
		(int)w, (int)h, -MARGIN, -MARGIN, (int)w, (int)h, d->prefix,
		d->prefix);
	put_caption(out, d);
	put_markers(out, d);
	put_links(out, d);
	put_marks(out, d);
	for (uint32_t i = 0; i < d->flow->screens_n; i++)
		put_card(out, d, i);
	fa_buf_adds(out, "</svg>\n");
}

void
fa_drawing_style(struct fa_buf *out)
{
	fa_buf_adds(out,
		".flow{font-family:system-ui,-apple-system,\"PingFang SC\","
		"\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;"
		"display:block}\n"
		".fc{fill:#fff;stroke:#9aa4b0;stroke-width:1}\n"
		".fk{fill:#fff6f5;stroke:#b3261e;stroke-width:2.5}\n"
		".fl{fill:none;stroke:#8b95a1;stroke-width:1.3}\n"
		".fs{stroke-dasharray:5 4;stroke:#aab2bc}\n"
		".fm{fill:none;stroke-width:3}\n"
		".fn{font-size:12px;fill:#545d68}\n"
		".ft{font-size:13px;font-weight:600;fill:#1c2128}\n"
		".fb{font-size:11px;font-weight:600;fill:#b3261e}\n"
		".fr{fill:#eef1f5}.fo{fill:#fff;stroke:#b97a00;"
		"stroke-dasharray:3 3}\n"
		".fx{font-size:12px;fill:#1c2128}.fq{fill:#7a4b00}\n");
}
