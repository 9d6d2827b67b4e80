/* Heat maps, and the lines of the trend. */
#include <stdio.h>

#include "base/utf8.h"
#include "report/board_parts.h"

#define CELL_WIDTH 40
#define CELL_HEIGHT 24
#define HEAT_LEFT 130
#define HEAT_TOP_HEIGHT 104
#define NAME_COLUMNS 18
#define TREND_WIDTH 860
#define TREND_HEIGHT 284
#define TREND_LEFT 60
#define TREND_SPAN 740
#define TREND_RISE 190

/* Five shades; the number stands in the cell. */
static int
shade(const struct fa_board_cell *c)
{
	int64_t percent = c->judged > 0 ? c->breach * 100 / c->judged : 0;

	return percent >= 80    ? 5
		: percent >= 60 ? 4
		: percent >= 40 ? 3
		: percent >= 20 ? 2
		: percent >= 1  ? 1
				: 0;
}

static void
put_cell(struct fa_board_page *p, const struct fa_board_cell *c,
	const char *href, int x, int y)
{
	struct fa_buf *out = p->out;

	if (c->judged == 0) {
		fa_buf_addf(out,
			"<text class=\"small mid\" x=\"%d\" y=\"%d\">·</text>",
			x + CELL_WIDTH / 2, y + 16);
		return;
	}
	if (c->breach > 0)
		fa_buf_addf(out, "<a href=\"%s%s\" tabindex=\"-1\">", p->root,
			href);
	fa_buf_addf(out,
		"<rect class=\"h%d\" x=\"%d\" y=\"%d\" width=\"%d\" "
		"height=\"%d\"/><text class=\"small mid h%dt\" x=\"%d\" "
		"y=\"%d\">%lld%%</text>",
		shade(c), x, y, CELL_WIDTH - 2, CELL_HEIGHT - 2, shade(c),
		x + CELL_WIDTH / 2 - 1, y + 16,
		(long long)(c->breach * 100 / c->judged));
	fa_buf_adds(out, c->breach > 0 ? "</a>\n" : "\n");
}

static void
put_name(struct fa_buf *out, struct fa_str s)
{
	struct fa_str rest = s;
	size_t used = 0;

	while (rest.n > 0 && used < NAME_COLUMNS) {
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);

		used += fa_report_hidden(cp) ? NAME_COLUMNS
					     : (size_t)fa_utf8_width(cp);
		rest = fa_str_sub(rest, n, rest.n);
	}
	fa_board_text(out, fa_str_sub(s, 0, s.n - rest.n));
	fa_buf_adds(out, rest.n > 0 ? "…" : "");
}

static void
put_columns(struct fa_board_page *p, enum fa_board_dim dim,
	const size_t *groups, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int x = HEAT_LEFT + (int)i * CELL_WIDTH + CELL_WIDTH / 2;

		fa_buf_addf(p->out,
			"<text class=\"small\" transform=\"translate(%d %d) "
			"rotate(-55)\">",
			x, HEAT_TOP_HEIGHT - 8);
		put_name(p->out, fa_board_group_name(p, dim, groups[i]));
		fa_buf_adds(p->out, "</text>");
	}
	fa_buf_addc(p->out, '\n');
}

void
fa_board_svg_heat(struct fa_board_page *p, enum fa_board_dim dim,
	const size_t *duties, size_t duties_n, const size_t *groups,
	size_t groups_n)
{
	const struct fa_board_sum *s = p->site->sum;
	int width = HEAT_LEFT + (int)groups_n * CELL_WIDTH + 50;
	const char *title = dim == FA_BOARD_CATEGORY
		? FA_BOARD_SAY(p, "规则 × 类别", "rules by category")
		: FA_BOARD_SAY(p, "规则 × 商店", "rules by store");

	fa_board_svg_begin(p, width,
		HEAT_TOP_HEIGHT + (int)duties_n * CELL_HEIGHT + 4, true,
		fa_str_c(title),
		fa_str_c(FA_BOARD_SAY(p,
			"每格为该组已扫描且适用该规则的应用中有发现的百分比；"
			"数字见下表",
			"each cell is the percentage of apps of the group, "
			"scanned and under the rule, with a finding; the "
			"table below has the numbers")));
	put_columns(p, dim, groups, groups_n);
	for (size_t i = 0; i < duties_n; i++) {
		int y = HEAT_TOP_HEIGHT + (int)i * CELL_HEIGHT;

		fa_buf_addf(
			p->out, "<text class=\"id\" x=\"4\" y=\"%d\">", y + 16);
		put_name(p->out, s->duties[duties[i]].name);
		fa_buf_adds(p->out, "</text>");
		for (size_t k = 0; k < groups_n; k++) {
			char path[FA_BOARD_PATH_BYTES];

			fa_board_cell_path(path, s, dim, duties[i], groups[k]);
			put_cell(p,
				&s->cells[dim][duties[i] * FA_BOARD_GROUPS_ALL +
					groups[k]],
				path, HEAT_LEFT + (int)k * CELL_WIDTH, y);
		}
	}
	fa_board_svg_end(p);
}

struct point {
	int x, y;
	int64_t part, all;
};

static struct point
point_at(const struct fa_board_sum *s, size_t i, bool cohort)
{
	const struct fa_board_edition *e = &s->editions[i];
	struct point q = { .part = cohort ? e->cohort_breach : e->breach,
		.all = cohort ? e->cohort : e->scanned };
	size_t steps = s->editions_n > 1 ? s->editions_n - 1 : 1;

	q.x = TREND_LEFT + (int)(i * TREND_SPAN / steps);
	q.y = 20 + TREND_RISE -
		(q.all > 0 ? (int)(q.part * TREND_RISE / q.all) : 0);
	return q;
}

static void
put_line(struct fa_board_page *p, bool cohort)
{
	const struct fa_board_sum *s = p->site->sum;
	struct fa_buf *out = p->out;

	fa_buf_addf(out, "<path class=\"%s\" d=\"",
		cohort ? "line cohort" : "line");
	for (size_t i = 0; i < s->editions_n; i++) {
		struct point q = point_at(s, i, cohort);

		fa_buf_addf(out, "%c%d %d", i > 0 ? 'L' : 'M', q.x, q.y);
	}
	fa_buf_adds(out, "\"/>\n");
	for (size_t i = 0; i < s->editions_n; i++) {
		struct point q = point_at(s, i, cohort);

		if (cohort)
			fa_buf_addf(out,
				"<rect class=\"dot cohort\" x=\"%d\" y=\"%d\" "
				"width=\"8\" height=\"8\"/>",
				q.x - 4, q.y - 4);
		else
			fa_buf_addf(out,
				"<circle class=\"dot\" cx=\"%d\" cy=\"%d\" "
				"r=\"4.5\"/>",
				q.x, q.y);
		fa_buf_addf(out, "<text class=\"small mid\" x=\"%d\" y=\"%d\">",
			q.x, cohort ? q.y + 20 : q.y - 9);
		fa_board_share(out, q.part, q.all);
		fa_buf_adds(out, "</text>\n");
	}
}

void
fa_board_svg_trend(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	struct fa_buf *out = p->out;

	fa_board_svg_begin(p, TREND_WIDTH, TREND_HEIGHT, false,
		fa_str_c(FA_BOARD_SAY(p, "有发现的应用占已扫描应用的比例",
			"share of scanned apps with a finding")),
		fa_str_c(FA_BOARD_SAY(p,
			"实线圆点：全部已扫描应用；虚线方点：各期均已扫描的同"
			"一批应用；数字见下表",
			"solid line, round marks: all scanned apps; dashed "
			"line, square marks: the apps scanned in every audit; "
			"the table below has the numbers")));
	for (int i = 0; i <= 4; i++)
		fa_buf_addf(out,
			"<path class=\"grid\" d=\"M%d %dH%d\"/><text "
			"class=\"small\" x=\"8\" y=\"%d\">%d%%</text>",
			TREND_LEFT - 12, 20 + TREND_RISE - i * TREND_RISE / 4,
			TREND_LEFT + TREND_SPAN + 12,
			24 + TREND_RISE - i * TREND_RISE / 4, i * 25);
	for (size_t i = 0; i < s->editions_n; i++) {
		fa_buf_addf(out, "<text class=\"small mid\" x=\"%d\" y=\"%d\">",
			point_at(s, i, false).x, TREND_HEIGHT - 46);
		fa_board_date(out, s->editions[i].as_of_to);
		fa_buf_adds(out, "</text>");
	}
	put_line(p, true);
	put_line(p, false);
	fa_buf_addf(out,
		"<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4.5\"/>"
		"<text class=\"small\" x=\"%d\" y=\"%d\">%s</text>"
		"<rect class=\"dot cohort\" x=\"%d\" y=\"%d\" width=\"8\" "
		"height=\"8\"/><text class=\"small\" x=\"%d\" y=\"%d\">%s"
		"</text>\n",
		TREND_LEFT, TREND_HEIGHT - 14, TREND_LEFT + 12,
		TREND_HEIGHT - 10,
		FA_BOARD_SAY(p, "全部已扫描应用", "all scanned apps"),
		TREND_LEFT + 240, TREND_HEIGHT - 18, TREND_LEFT + 254,
		TREND_HEIGHT - 10,
		FA_BOARD_SAY(p, "各期均已扫描的同一批应用",
			"apps scanned in every audit"));
	fa_board_svg_end(p);
}
