/* Charts as inline SVG: no script, colours from the style sheet, and never
 * colour alone: every mark has its number beside it or in the table below. */
#include <stdio.h>

#include "base/utf8.h"
#include "model/wilson.h"
#include "report/board_parts.h"

#define BAR_HEIGHT 22
#define BAR_WIDTH 1040
#define BAR_LEFT 520 /* where bars begin */
#define BAR_SPAN 390 /* 100 % */
#define LABEL_COLUMNS 52
#define HISTOGRAM_WIDTH 620
#define HISTOGRAM_HEIGHT 210
#define SPARK_WIDTH 120
#define SPARK_HEIGHT 26
#define SCALE 1000 /* of shares */

/* With links inside it keeps the role that SVG has by itself, a document of
 * graphics: what an image holds is not there for who cannot see it. */
void
fa_board_svg_begin(struct fa_board_page *p, int width, int height, bool links,
	struct fa_str title, struct fa_str desc)
{
	unsigned id = ++p->charts;

	fa_buf_addf(p->out,
		"<svg class=\"chart\"%s "
		"aria-labelledby=\"c%u c%ud\" viewBox=\"0 0 %d %d\" "
		"width=\"%d\" height=\"%d\"><title id=\"c%u\">",
		links ? "" : " role=\"img\"", id, id, width, height, width,
		height, id);
	fa_board_text(p->out, title);
	fa_buf_addf(p->out, "</title><desc id=\"c%ud\">", id);
	fa_board_text(p->out, desc);
	fa_buf_adds(p->out, "</desc>\n");
}

void
fa_board_svg_end(struct fa_board_page *p)
{
	fa_buf_adds(p->out, "</svg>\n");
}

/* As much as fits into so many columns. */
static void
put_clipped(struct fa_buf *out, struct fa_str s, size_t columns)
{
	struct fa_str rest = s;
	size_t used = 0;

	while (rest.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);
		int w = fa_utf8_width(cp);

		if (fa_report_hidden(cp))
			w = 8;
		if (used + (size_t)w > columns)
			break;
		used += (size_t)w;
		rest = fa_str_sub(rest, n, rest.n);
	}
	fa_board_text(out, fa_str_sub(s, 0, s.n - rest.n));
	fa_buf_adds(out, rest.n > 0 ? "…" : "");
}

static long long
scaled(int64_t part, int64_t all, int64_t span)
{
	return all > 0 ? (long long)(part * span / all) : 0;
}

static uint32_t
narrow(int64_t n)
{
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static void
put_bounds(struct fa_buf *out, const struct fa_board_bar *b, int y)
{
	uint32_t lo = fa_wilson_lower(narrow(b->part), narrow(b->all));
	uint32_t hi = fa_wilson_upper(narrow(b->part), narrow(b->all));
	int from = BAR_LEFT + (int)(lo * BAR_SPAN / SCALE);
	int to = BAR_LEFT + (int)(hi * BAR_SPAN / SCALE);

	fa_buf_addf(out,
		"<path class=\"whisker\" d=\"M%d %dH%dM%d %dv8M%d %dv8\"/>",
		from, y + 11, to, from, y + 7, to, y + 7);
}

static void
put_bar(struct fa_board_page *p, const struct fa_board_bar *b, int y)
{
	struct fa_buf *out = p->out;

	if (b->href[0])
		fa_buf_addf(out, "<a href=\"%s%s\" tabindex=\"-1\">", p->root,
			b->href);
	fa_buf_addf(out, "<text x=\"4\" y=\"%d\"><tspan class=\"id\">", y + 15);
	put_clipped(out, b->name, 18);
	fa_buf_addf(out, "</tspan><tspan x=\"%d\">", b->name.n > 0 ? 140 : 4);
	put_clipped(out, b->label, LABEL_COLUMNS);
	fa_buf_addf(out,
		"</tspan></text><rect class=\"track\" x=\"%d\" y=\"%d\" "
		"width=\"%d\" height=\"14\"/><rect class=\"fill\" x=\"%d\" "
		"y=\"%d\" width=\"%lld\" height=\"14\"/>",
		BAR_LEFT, y + 4, BAR_SPAN, BAR_LEFT, y + 4,
		scaled(b->part, b->all, BAR_SPAN));
	if (b->bounds && b->all > 0)
		put_bounds(out, b, y);
	fa_buf_addf(out, "<text x=\"%d\" y=\"%d\">", BAR_LEFT + BAR_SPAN + 8,
		y + 15);
	fa_board_share(out, b->part, b->all);
	fa_buf_addf(out, " (%lld)</text>", (long long)b->part);
	fa_buf_adds(out, b->href[0] ? "</a>\n" : "\n");
}

void
fa_board_svg_bars(struct fa_board_page *p, struct fa_str title,
	struct fa_str desc, const struct fa_board_bar *at, size_t n)
{
	bool links = false;

	for (size_t i = 0; i < n; i++)
		links = links || at[i].href[0];
	fa_board_svg_begin(
		p, BAR_WIDTH, (int)n * BAR_HEIGHT + 4, links, title, desc);
	for (size_t i = 0; i < n; i++)
		put_bar(p, &at[i], (int)i * BAR_HEIGHT);
	fa_board_svg_end(p);
}

static int64_t
tallest(const struct fa_board_group *g)
{
	int64_t top = 1;

	for (int i = 0; i < FA_BOARD_BINS; i++)
		if (g->bins[i] > top)
			top = g->bins[i];
	return top;
}

/* A line with its name at a value of the score. */
static void
put_mark(struct fa_buf *out, int64_t hi, const char *name, int y)
{
	long long x;

	if (hi < 0)
		return;
	x = 20 + (long long)(hi * 580 / 1000000000);
	fa_buf_addf(out,
		"<path class=\"mark\" d=\"M%lld %dV170\"/>"
		"<text class=\"small mid\" x=\"%lld\" y=\"%d\">%s ",
		x, y + 4, x, y, name);
	fa_board_points(out, hi);
	fa_buf_adds(out, "</text>");
}

void
fa_board_svg_histogram(struct fa_board_page *p, struct fa_str title,
	struct fa_str desc, const struct fa_board_group *g, const char *list)
{
	struct fa_buf *out = p->out;
	int64_t top = tallest(g);

	fa_board_svg_begin(
		p, HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT, true, title, desc);
	for (int i = 0; i < FA_BOARD_BINS; i++) {
		int x = 20 + i * 58;
		int h = (int)(g->bins[i] * 100 / top);
		char path[FA_BOARD_PATH_BYTES];

		fa_board_bin_path(path, g, list, (size_t)i);
		if (g->bins[i] > 0)
			fa_buf_addf(out, "<a href=\"%s%s\" tabindex=\"-1\">",
				p->root, path);
		fa_buf_addf(out,
			"<rect class=\"fill\" x=\"%d\" y=\"%d\" width=\"54\" "
			"height=\"%d\"/><text class=\"small mid\" x=\"%d\" "
			"y=\"%d\">%lld</text>",
			x + 2, 170 - h, h, x + 29, 165 - h,
			(long long)g->bins[i]);
		if (g->bins[i] > 0)
			fa_buf_adds(out, "</a>");
		fa_buf_addf(out,
			"<text class=\"small mid\" x=\"%d\" y=\"186\">%d"
			"</text>\n",
			x, i * 10);
	}
	fa_buf_adds(out,
		"<text class=\"small mid\" x=\"600\" y=\"186\">100</text>"
		"<path class=\"axis\" d=\"M20 170H600\"/>");
	put_mark(out, g->q1, FA_BOARD_SAY(p, "下四分位", "Q1"), 14);
	put_mark(out, g->median, FA_BOARD_SAY(p, "中位", "median"), 28);
	put_mark(out, g->q3, FA_BOARD_SAY(p, "上四分位", "Q3"), 42);
	fa_buf_addf(out,
		"<text class=\"small mid\" x=\"310\" y=\"204\">%s"
		"</text>\n",
		FA_BOARD_SAY(p, "得分（100 最好）", "points (100 is best)"));
	fa_board_svg_end(p);
}

void
fa_board_svg_spark(struct fa_board_page *p, const struct fa_board_group *g,
	struct fa_str title)
{
	int64_t top = tallest(g);

	fa_buf_addf(p->out, "<svg class=\"spark\" role=\"img\" aria-label=\"");
	fa_board_text(p->out, title);
	fa_buf_addf(p->out,
		"\" viewBox=\"0 0 %d %d\" width=\"%d\" "
		"height=\"%d\"><path class=\"axis\" d=\"M0 "
		"%dH%d\"/>",
		SPARK_WIDTH, SPARK_HEIGHT, SPARK_WIDTH, SPARK_HEIGHT,
		SPARK_HEIGHT - 1, SPARK_WIDTH);
	for (int i = 0; i < FA_BOARD_BINS; i++) {
		int h = (int)(g->bins[i] * (SPARK_HEIGHT - 2) / top);

		if (h == 0 && g->bins[i] > 0)
			h = 1;
		if (h > 0)
			fa_buf_addf(p->out,
				"<rect class=\"fill\" x=\"%d\" y=\"%d\" "
				"width=\"11\" height=\"%d\"/>",
				i * 12, SPARK_HEIGHT - 1 - h, h);
	}
	fa_buf_adds(p->out, "</svg>");
}
