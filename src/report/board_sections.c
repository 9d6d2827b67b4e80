/* Sections: coverage, prevalence, heat maps, scores, publishers, work. */
#include <stdio.h>

#include "report/board_parts.h"

#define DUTIES_MAX 4096 /* of a board; more are in findings.sqlite only */
#define HEAD(array) array, FA_COUNT(array)

static const char *
stage_word(const struct fa_board_page *p, enum fa_board_stage s)
{
	static const char *const words[FA_BOARD_STAGES][FA_LANG_COUNT] = {
		{ "列入名单", "listed" },
		{ "找到政策网址", "policy found" },
		{ "取得网页", "page fetched" },
		{ "解析出正文", "text parsed" },
		{ "已扫描", "scanned" },
		{ "经人工复核", "reviewed by a person" },
	};

	return words[s][p->site->lang];
}

static void
put_losses(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = {
		FA_BOARD_SAY(p, "止于", "came as far as"),
		FA_BOARD_SAY(p, "原因", "reason"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#占名单", "#of all listed"),
	};

	if (s->losses_n == 0)
		return;
	fa_board_table(p,
		FA_BOARD_SAY(p, "未能扫描的应用，按原因；对其不作结论",
			"apps that were not scanned, by reason; nothing is "
			"said about them"),
		HEAD(heads));
	for (size_t i = 0; i < s->losses_n; i++) {
		const struct fa_board_outcome *x = &s->losses[i];
		char path[FA_BOARD_PATH_BYTES];

		fa_board_loss_path(path, s, i);
		fa_buf_addf(p->out, "<tr><th scope=\"row\">%s</th><td>%s</td>",
			stage_word(p, x->stage),
			x->outcome == FA_OUT_OK
				? FA_BOARD_SAY(p, "已取得，尚未评判",
					  "obtained, not judged yet")
				: p->site->words->outcome(
					  p->site->lang, x->outcome));
		fa_board_number(p, x->apps, path);
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_board_share(p->out, x->apps, s->whole.apps);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
}

static void
put_stages(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "阶段", "stage"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#占名单", "#of all listed"),
		FA_BOARD_SAY(
			p, "#较上一阶段减少", "#lost since the stage before") };

	fa_board_table(p,
		FA_BOARD_SAY(p, "各阶段的应用数；名单页按走到最远的阶段排序",
			"apps by stage; the list is sorted by how far they "
			"came"),
		HEAD(heads));
	for (int i = 0; i < FA_BOARD_STAGES; i++) {
		fa_buf_addf(p->out, "<tr><th scope=\"row\">%s</th>",
			stage_word(p, (enum fa_board_stage)i));
		fa_board_number(p, s->stages[i], "list/coverage-1.html");
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_board_share(p->out, s->stages[i], s->whole.apps);
		fa_buf_addf(p->out, "</td><td class=\"n\">%lld</td></tr>\n",
			i > 0 && i < FA_BOARD_REVIEWED
				? (long long)(s->stages[i - 1] - s->stages[i])
				: 0);
	}
	fa_board_table_end(p);
}

void
fa_board_put_coverage(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	struct fa_board_bar bars[FA_BOARD_STAGES];

	for (int i = 0; i < FA_BOARD_STAGES; i++)
		bars[i] =
			(struct fa_board_bar){ .label = fa_str_c(stage_word(p,
						       (enum fa_board_stage)i)),
				.href = "list/coverage-1.html",
				.part = s->stages[i],
				.all = s->whole.apps };
	fa_buf_addf(p->out, "<section id=\"coverage\"><h2>%s</h2>\n<p>",
		FA_BOARD_SAY(p, "覆盖", "Coverage"));
	fa_buf_addf(p->out,
		FA_BOARD_SAY(p,
			"以下所有比例只对已扫描的 %lld "
			"个应用而言。文件：已评判 %lld 份（其中沿用旧捕获 "
			"%lld 份），缺 %lld 份。",
			"All shares below are over the %lld apps that were "
			"scanned. Documents: %lld judged (%lld of them earlier "
			"captures that stand in), %lld missing."),
		(long long)s->stages[FA_BOARD_SCANNED], (long long)s->documents,
		(long long)s->stand_ins, (long long)s->missing);
	if (s->repeated > 0)
		fa_buf_addf(p->out,
			FA_BOARD_SAY(p,
				"%lld 个应用见于多个存储，取评判最晚者。",
				" %lld apps are in several stores; what was "
				"judged last is shown."),
			(long long)s->repeated);
	if (s->bundles_n > 1)
		fa_buf_addf(p->out,
			FA_BOARD_SAY(p, "各存储所用规则不同（%zu 种）。",
				" The stores were judged by different rules "
				"(%zu sets)."),
			s->bundles_n);
	fa_buf_adds(p->out, "</p>\n");
	fa_board_svg_bars(p,
		fa_str_c(FA_BOARD_SAY(p, "各阶段的应用数", "apps by stage")),
		fa_str_c(FA_BOARD_SAY(p, "从名单到人工复核；数字见下表",
			"from the list to the review by a person; the table "
			"below has the numbers")),
		bars, FA_BOARD_STAGES);
	put_stages(p);
	put_losses(p);
	fa_buf_adds(p->out, "</section>\n");
}

/* Is x before y: more often broken, then by id. */
static bool
ranks(const struct fa_board_sum *s, size_t x, size_t y)
{
	const struct fa_board_duty *a = &s->duties[x], *b = &s->duties[y];

	if (a->breach != b->breach)
		return a->breach > b->breach;
	return x < y;
}

size_t
fa_board_rank(size_t *order, const struct fa_board_sum *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->duties_n; i++) {
		size_t k;

		if (s->duties[i].breach == 0)
			continue;
		for (k = n++; k > 0 && ranks(s, i, order[k - 1]); k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return n;
}

/* The precision of the rules behind the findings, weighted by them. */
static void
put_precision(struct fa_board_page *p, const struct fa_board_duty *d)
{
	if (d->breach == 0)
		fa_buf_adds(p->out, "<td class=\"n\">–</td>");
	else if (d->confidence == 0)
		fa_buf_addf(p->out, "<td class=\"n\">%s</td>",
			FA_BOARD_SAY(p, "未测", "not measured"));
	else {
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_report_thousandths(
			p->out, (uint32_t)(d->confidence / d->breach));
		fa_buf_adds(p->out, "</td>");
	}
}

static void
put_duty(struct fa_board_page *p, size_t i)
{
	const struct fa_board_sum *s = p->site->sum;
	const struct fa_board_duty *d = &s->duties[i];
	char list[FA_BOARD_PATH_BYTES];

	fa_buf_addf(p->out,
		"<tr><th scope=\"row\"><a href=\"%srule/%lld.html\"><code>",
		p->root, (long long)d->id);
	fa_board_text(p->out, d->name);
	fa_buf_adds(p->out, "</code> ");
	fa_board_text(p->out, fa_board_pick(p, &d->title));
	fa_buf_adds(p->out, "</a></th><td>");
	fa_board_severity(p, d->severity);
	fa_buf_adds(p->out, "</td>");
	(void)snprintf(list, sizeof(list), "list/rule-%lld-category-1.html",
		(long long)d->id);
	fa_board_number(p, d->breach, list);
	fa_buf_adds(p->out, "<td class=\"n\">");
	fa_board_share(p->out, d->breach, s->whole.scanned);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_board_bounds(p->out, d->breach, s->whole.scanned);
	fa_buf_addf(p->out, "</td><td class=\"n\">%lld</td><td class=\"n\">",
		(long long)d->judged);
	fa_board_share(p->out, d->breach, d->judged);
	fa_buf_adds(p->out, "</td>");
	put_precision(p, d);
	(void)snprintf(list, sizeof(list), "list/rule-%lld-leads-1.html",
		(long long)d->id);
	fa_board_number(p, d->leads, list);
	fa_buf_addf(p->out,
		"<td class=\"n\">%lld</td><td class=\"n\">%lld</td></tr>\n",
		(long long)d->unclear, (long long)d->met);
}

static void
put_duties(struct fa_board_page *p, const size_t *order, size_t n)
{
	const char *const heads[] = { FA_BOARD_SAY(p, "规则", "rule"),
		FA_BOARD_SAY(p, "严重度", "severity"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#占已扫描", "#of scanned"),
		FA_BOARD_SAY(p, "#95% 区间", "#95% interval"),
		FA_BOARD_SAY(p, "#适用", "#applies to"),
		FA_BOARD_SAY(p, "#占适用", "#of these"),
		FA_BOARD_SAY(p, "#规则精度", "#rule precision"),
		FA_BOARD_SAY(p, "#仅线索", "#leads only"),
		FA_BOARD_SAY(p, "#无法判定", "#cannot tell"),
		FA_BOARD_SAY(p, "#合规", "#compliant") };

	fa_board_table(p,
		FA_BOARD_SAY(p, "各规则的检出率与规则精度",
			"prevalence by rule, and the precision of the rules"),
		HEAD(heads));
	for (size_t i = 0; i < n; i++)
		put_duty(p, order[i]);
	fa_board_table_end(p);
}

#define BARS_MAX 128

void
fa_board_put_prevalence(struct fa_board_page *p, size_t max)
{
	const struct fa_board_sum *s = p->site->sum;
	struct fa_board_bar bars[BARS_MAX];
	char paths[BARS_MAX][FA_BOARD_PATH_BYTES];
	size_t order[DUTIES_MAX], n;

	fa_buf_addf(p->out, "<section id=\"rules\"><h2>%s</h2>\n",
		FA_BOARD_SAY(p, "各规则的检出率", "Prevalence by rule"));
	n = s->duties_n <= DUTIES_MAX ? fa_board_rank(order, s) : 0;
	if (max < n)
		n = max;
	if (n > BARS_MAX)
		n = BARS_MAX;
	if (n == 0)
		fa_buf_addf(p->out, "<p>%s</p></section>\n",
			FA_BOARD_SAY(p, "没有计入的发现。",
				"There is no finding that counts."));
	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const struct fa_board_duty *d = &s->duties[order[i]];

		(void)snprintf(paths[i], sizeof(paths[i]), "rule/%lld.html",
			(long long)d->id);
		bars[i] = (struct fa_board_bar){ .name = d->name,
			.label = fa_board_pick(p, &d->title),
			.href = paths[i],
			.part = d->breach,
			.all = s->whole.scanned,
			.bounds = true };
	}
	fa_board_svg_bars(p,
		fa_str_c(FA_BOARD_SAY(
			p, "各规则的检出率", "prevalence by rule")),
		fa_str_c(FA_BOARD_SAY(p,
			"占已扫描应用的百分比与 95% 威尔逊区间；数字见下表",
			"percentage of scanned apps with its 95% Wilson "
			"interval; the table below has the numbers")),
		bars, n);
	fa_buf_addf(p->out, "<p class=\"soft\">%s</p>\n",
		FA_BOARD_SAY(p,
			"区间为威尔逊区间：名单若为随机样本，真实比例以 95% "
			"置信度落在其中；名单若为全体，则比例本身即为结果。"
			"规则精度为在标注文件上测得的威尔逊下界，按发现数加权"
			"。",
			"The interval is Wilson's: if the list is a random "
			"sample, the true share lies in it with 95% "
			"confidence; if it is the whole population, the share "
			"itself is the result. Rule precision is the Wilson "
			"lower bound measured on labelled documents, weighted "
			"by findings."));
	put_duties(p, order, n);
	fa_buf_adds(p->out, "</section>\n");
}

/* Groups that have scanned apps: the named ones first. */
static size_t
heat_groups(size_t *groups, const struct fa_board_sum *s, enum fa_board_dim dim)
{
	size_t n = 0;

	for (size_t g = 1; g < FA_BOARD_GROUPS_ALL; g++)
		if (s->groups[dim][g].scanned > 0)
			groups[n++] = g;
	if (s->groups[dim][0].scanned > 0)
		groups[n++] = 0;
	return n;
}

static void
heat_table(struct fa_board_page *p, enum fa_board_dim dim, const size_t *duties,
	size_t duties_n, const size_t *groups, size_t groups_n)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *caption = dim == FA_BOARD_CATEGORY
		? FA_BOARD_SAY(p,
			  "规则 × 类别：有发现的应用 / 已扫描且适用的应用",
			  "rules by category: apps with a finding / apps "
			  "scanned to which the rule applies")
		: FA_BOARD_SAY(p,
			  "规则 × 商店：有发现的应用 / 已扫描且适用的应用",
			  "rules by store: apps with a finding / apps scanned "
			  "to which the rule applies");

	fa_buf_addf(p->out,
		"<section class=\"scroll\" tabindex=\"0\" "
		"aria-label=\"%s\"><table class=\"heat\">\n<caption>%s"
		"</caption>\n<thead><tr><th scope=\"col\">%s</th>",
		caption, caption, FA_BOARD_SAY(p, "规则", "rule"));
	for (size_t k = 0; k < groups_n; k++) {
		fa_buf_addf(p->out,
			"<th scope=\"col\" class=\"n\"><a href=\"%s%s/%zu.html"
			"\">",
			p->root, fa_board_dim_name(dim), groups[k]);
		fa_board_text(p->out, fa_board_group_name(p, dim, groups[k]));
		fa_buf_adds(p->out, "</a></th>");
	}
	fa_buf_adds(p->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < duties_n; i++) {
		const struct fa_board_duty *d = &s->duties[duties[i]];

		fa_buf_addf(p->out,
			"<tr><th scope=\"row\"><a href=\"%srule/%lld.html\">"
			"<code>",
			p->root, (long long)d->id);
		fa_board_text(p->out, d->name);
		fa_buf_adds(p->out, "</code></a></th>");
		for (size_t k = 0; k < groups_n; k++) {
			const struct fa_board_cell *c =
				&s->cells[dim][duties[i] * FA_BOARD_GROUPS_ALL +
					groups[k]];
			char path[FA_BOARD_PATH_BYTES];

			fa_board_cell_path(path, s, dim, duties[i], groups[k]);
			if (c->breach > 0)
				fa_buf_addf(p->out,
					"<td class=\"n\"><a href=\"%s%s\">%lld"
					"</a>/%lld</td>",
					p->root, path, (long long)c->breach,
					(long long)c->judged);
			else
				fa_buf_addf(p->out,
					"<td class=\"n zero\">0/%lld</td>",
					(long long)c->judged);
		}
		fa_buf_adds(p->out, "</tr>\n");
	}
	fa_board_table_end(p);
}

void
fa_board_put_heat(struct fa_board_page *p, enum fa_board_dim dim, size_t max)
{
	const struct fa_board_sum *s = p->site->sum;
	size_t duties[DUTIES_MAX], groups[FA_BOARD_GROUPS_ALL];
	size_t n = s->duties_n <= DUTIES_MAX ? fa_board_rank(duties, s) : 0;
	size_t groups_n = heat_groups(groups, s, dim);

	if (n > max)
		n = max;
	fa_buf_addf(p->out, "<section id=\"heat-%s\"><h2>%s</h2>\n",
		fa_board_dim_name(dim),
		dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "规则 × 类别", "Rules by category")
			: FA_BOARD_SAY(p, "规则 × 商店", "Rules by store"));
	if (n > 0 && groups_n > 0) {
		fa_buf_addf(p->out,
			"<section class=\"wide\" tabindex=\"0\" "
			"aria-label=\"%s\">\n",
			dim == FA_BOARD_CATEGORY
				? FA_BOARD_SAY(p, "热力图：类别",
					  "heat map, categories")
				: FA_BOARD_SAY(p, "热力图：商店",
					  "heat map, stores"));
		fa_board_svg_heat(p, dim, duties, n, groups, groups_n);
		fa_buf_adds(p->out, "</section>\n");
		heat_table(p, dim, duties, n, groups, groups_n);
	} else {
		fa_buf_addf(p->out, "<p>%s</p>\n",
			FA_BOARD_SAY(p, "没有计入的发现。",
				"There is no finding that counts."));
	}
	fa_buf_adds(p->out, "</section>\n");
}
