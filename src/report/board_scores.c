/* Scores: the distribution over all apps and by group; pages of groups. */
#include <stdio.h>

#include "report/board_parts.h"

#define HEAD(array) array, FA_COUNT(array)

static void
put_histogram(struct fa_board_page *p, const struct fa_board_group *g,
	const char *list)
{
	const char *const heads[] = { FA_BOARD_SAY(p, "得分", "points"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#占已扫描", "#of scanned") };

	fa_board_svg_histogram(p,
		fa_str_c(FA_BOARD_SAY(p, "得分分布", "distribution of scores")),
		fa_str_c(FA_BOARD_SAY(p,
			"每十分一档的应用数，标出四分位与中位数；数字见下表",
			"apps for each ten points, with quartiles and median; "
			"the table below has the numbers")),
		g, list);
	fa_board_table(p, FA_BOARD_SAY(p, "得分分布", "distribution of scores"),
		HEAD(heads));
	for (size_t i = 0; i < FA_BOARD_BINS_ALL; i++) {
		char path[FA_BOARD_PATH_BYTES];

		fa_board_bin_path(path, g, list, i);
		fa_buf_addf(p->out, "<tr><th scope=\"row\">%s</th>",
			fa_board_bin_word(p->site->lang, i));
		fa_board_number(p, g->bins[i], path);
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_board_share(p->out, g->bins[i], g->scanned);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
}

void
fa_board_put_scores(struct fa_board_page *p)
{
	const struct fa_board_group *g = &p->site->sum->whole;

	fa_buf_addf(p->out, "<section id=\"scores\"><h2>%s</h2>\n<p>",
		FA_BOARD_SAY(p, "得分", "Scores"));
	fa_buf_adds(p->out, FA_BOARD_SAY(p, "中位数 ", "The median is "));
	fa_board_points(p->out, g->median);
	fa_buf_adds(
		p->out, FA_BOARD_SAY(p, "，四分位 ", ", the quartiles are "));
	fa_board_points(p->out, g->q1);
	fa_buf_adds(p->out, FA_BOARD_SAY(p, " 与 ", " and "));
	fa_board_points(p->out, g->q3);
	fa_buf_adds(p->out,
		FA_BOARD_SAY(p,
			"。得分为可证明的上限；等级 U 与 N 不计入分布。",
			". Points are the upper end of what is proven; grades "
			"U and N stand beside the distribution."));
	fa_buf_adds(p->out, "</p>\n");
	put_histogram(p, g, "list/score");
	fa_buf_adds(p->out, "</section>\n");
}

static void
put_group(struct fa_board_page *p, enum fa_board_dim dim, size_t i)
{
	const struct fa_board_group *g = &p->site->sum->groups[dim][i];
	char list[FA_BOARD_PATH_BYTES];

	fa_buf_addf(p->out, "<tr><th scope=\"row\"><a href=\"%s%s/%zu.html\">",
		p->root, fa_board_dim_name(dim), i);
	fa_board_text(p->out, fa_board_group_name(p, dim, i));
	fa_buf_adds(p->out, "</a></th>");
	(void)snprintf(list, sizeof(list), "list/%s-%zu-1.html",
		fa_board_dim_name(dim), i);
	fa_board_number(p, g->apps, list);
	fa_buf_addf(p->out, "<td class=\"n\">%lld</td><td class=\"n\">",
		(long long)g->scanned);
	fa_board_share(p->out, g->scanned, g->apps);
	fa_buf_addf(p->out, "</td><td class=\"n\">%lld</td><td class=\"n\">",
		(long long)g->breach);
	fa_board_share(p->out, g->breach, g->scanned);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_board_bounds(p->out, g->breach, g->scanned);
	fa_buf_addf(p->out,
		"</td><td class=\"n\">%lld</td><td class=\"n\">%lld</td>"
		"<td class=\"n\">",
		(long long)g->findings, (long long)g->grave);
	fa_board_points(p->out, g->q1);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_board_points(p->out, g->median);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_board_points(p->out, g->q3);
	fa_buf_adds(p->out, "</td><td>");
	fa_board_svg_spark(p, g,
		fa_str_c(
			FA_BOARD_SAY(p, "得分分布", "distribution of scores")));
	fa_buf_adds(p->out, "</td></tr>\n");
}

static void
put_groups(struct fa_board_page *p, enum fa_board_dim dim)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "类别", "category")
			: FA_BOARD_SAY(p, "商店", "store"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#已扫描", "#scanned"),
		FA_BOARD_SAY(p, "#扫描率", "#of apps"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#占已扫描", "#of scanned"),
		FA_BOARD_SAY(p, "#95% 区间", "#95% interval"),
		FA_BOARD_SAY(p, "#发现", "#findings"),
		FA_BOARD_SAY(p, "#其中高、严重", "#high or critical"),
		FA_BOARD_SAY(p, "#下四分位", "#Q1"),
		FA_BOARD_SAY(p, "#中位数", "#median"),
		FA_BOARD_SAY(p, "#上四分位", "#Q3"),
		FA_BOARD_SAY(p, "分布 0–100", "0 to 100") };

	fa_board_table(p,
		dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "各类别的扫描、发现与得分",
				  "coverage, findings and scores by category")
			: FA_BOARD_SAY(p, "各商店的扫描、发现与得分",
				  "coverage, findings and scores by store"),
		HEAD(heads));
	for (size_t i = 1; i < FA_BOARD_GROUPS_ALL; i++)
		if (s->groups[dim][i].apps > 0)
			put_group(p, dim, i);
	if (s->groups[dim][0].apps > 0)
		put_group(p, dim, 0);
	fa_board_table_end(p);
}

void
fa_board_groups(struct fa_buf *out, const struct fa_board_site *site,
	enum fa_board_dim dim)
{
	struct fa_board_page p = { .site = site };
	const struct fa_board_sum *s = site->sum;

	fa_board_begin(&p, out, site, "",
		fa_str_c(dim == FA_BOARD_CATEGORY
				? FA_BOARD_SAY(&p, "按类别", "By category")
				: FA_BOARD_SAY(&p, "按商店", "By store")),
		dim == FA_BOARD_CATEGORY ? "category.html" : "store.html");
	if (s->names[dim] > FA_BOARD_GROUPS)
		fa_buf_addf(out,
			FA_BOARD_SAY(&p,
				"<p>共 %lld 个，最大的 %d "
				"个单列，其余合为“其他”。</p>\n",
				"<p>There are %lld; the largest %d have a row, "
				"the others share one.</p>\n"),
			(long long)s->names[dim], FA_BOARD_GROUPS);
	put_groups(&p, dim);
	fa_board_put_heat(&p, dim, SIZE_MAX);
	fa_board_end(&p);
}

/* What is found most often in a group. */
static void
put_duties(struct fa_board_page *p, enum fa_board_dim dim, size_t group)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "规则", "rule"),
		FA_BOARD_SAY(p, "严重度", "severity"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#占适用", "#of those it applies to"),
		FA_BOARD_SAY(p, "#95% 区间", "#95% interval"),
		FA_BOARD_SAY(p, "#全部应用中", "#over all apps") };

	fa_board_table(p, FA_BOARD_SAY(p, "各规则", "by rule"), HEAD(heads));
	for (size_t i = 0; i < s->duties_n; i++) {
		const struct fa_board_duty *d = &s->duties[i];
		const struct fa_board_cell *c =
			&s->cells[dim][i * FA_BOARD_GROUPS_ALL + group];
		char path[FA_BOARD_PATH_BYTES];

		if (c->breach == 0)
			continue;
		fa_buf_addf(p->out,
			"<tr><th scope=\"row\"><a href=\"%srule/%lld.html\">"
			"<code>",
			p->root, (long long)d->id);
		fa_board_text(p->out, d->name);
		fa_buf_adds(p->out, "</code> ");
		fa_board_text(p->out, fa_board_pick(p, &d->title));
		fa_buf_adds(p->out, "</a></th><td>");
		fa_board_severity(p, d->severity);
		fa_buf_adds(p->out, "</td>");
		fa_board_cell_path(path, s, dim, i, group);
		fa_board_number(p, c->breach, path);
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_board_share(p->out, c->breach, c->judged);
		fa_buf_adds(p->out, "</td><td class=\"n\">");
		fa_board_bounds(p->out, c->breach, c->judged);
		fa_buf_adds(p->out, "</td><td class=\"n\">");
		fa_board_share(p->out, d->breach, d->judged);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
}

void
fa_board_group_page(struct fa_buf *out, const struct fa_board_site *site,
	enum fa_board_dim dim, size_t group)
{
	struct fa_board_page p = { .site = site };
	const struct fa_board_group *g = &site->sum->groups[dim][group];
	char list[FA_BOARD_PATH_BYTES];

	fa_board_begin(&p, out, site, "../",
		fa_board_group_name(&p, dim, group),
		dim == FA_BOARD_CATEGORY ? "category.html" : "store.html");
	(void)snprintf(list, sizeof(list), "list/%s-%zu",
		fa_board_dim_name(dim), group);
	fa_buf_addf(out,
		FA_BOARD_SAY(&p,
			"<p><a href=\"../%s-1.html\">%lld 个应用</a>，已扫描 "
			"%lld 个，其中 %lld 个有发现，共 %lld "
			"项，高或严重 %lld 项。</p>\n",
			"<p><a href=\"../%s-1.html\">%lld apps</a>, %lld of "
			"them scanned, %lld of these with a finding; %lld "
			"findings, %lld high or critical.</p>\n"),
		list, (long long)g->apps, (long long)g->scanned,
		(long long)g->breach, (long long)g->findings,
		(long long)g->grave);
	fa_buf_addf(out, "<section><h2>%s</h2>\n",
		FA_BOARD_SAY(&p, "得分", "Scores"));
	put_histogram(&p, g, list);
	fa_buf_addf(out, "</section>\n<section><h2>%s</h2>\n",
		FA_BOARD_SAY(&p, "发现", "Findings"));
	put_duties(&p, dim, group);
	fa_buf_adds(out, "</section>\n");
	fa_board_end(&p);
}
