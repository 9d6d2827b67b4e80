/* The pages of rules. */
#include <stdio.h>

#include "report/board_parts.h"

#define HEAD(array) array, FA_COUNT(array)

void
fa_board_rules(struct fa_buf *out, const struct fa_board_site *site)
{
	struct fa_board_page p = { .site = site };

	fa_board_begin(&p, out, site, "",
		fa_str_c(FA_BOARD_SAY(&p, "规则", "Rules")), "rules.html");
	fa_board_put_prevalence(&p, SIZE_MAX);
	fa_board_end(&p);
}

static void
put_paragraph(struct fa_board_page *p, const char *name, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_buf_addf(p->out, "<dt>%s</dt><dd>", name);
	fa_board_text(p->out, s);
	fa_buf_adds(p->out, "</dd>\n");
}

static void
put_facts(struct fa_board_page *p, const struct fa_board_duty *d)
{
	fa_buf_adds(p->out, "<dl class=\"facts\">\n");
	put_paragraph(p, fa_label(p->site->lang, FA_LABEL_SOURCE),
		fa_board_pick(p, &d->source));
	fa_buf_addf(p->out, "<dt>%s</dt><dd>",
		FA_BOARD_SAY(p, "严重度", "severity"));
	fa_board_severity(p, d->severity);
	fa_buf_adds(p->out, "</dd>\n");
	put_paragraph(p, fa_label(p->site->lang, FA_LABEL_WHY),
		fa_board_pick(p, &d->why));
	put_paragraph(p, fa_label(p->site->lang, FA_LABEL_FIX),
		fa_board_pick(p, &d->fix));
	fa_buf_adds(p->out, "</dl>\n");
}

static void
put_outcomes(struct fa_board_page *p, const struct fa_board_duty *d)
{
	const char *const heads[] = { FA_BOARD_SAY(p, "结论", "result"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#占适用", "#of those it applies to") };
	const struct {
		const char *name, *list;
		int64_t n;
	} rows[] = {
		{ FA_BOARD_SAY(p, "有发现", "with a finding"), "category",
			d->breach },
		{ FA_BOARD_SAY(p, "仅线索", "with a lead only"), "leads",
			d->leads },
		{ FA_BOARD_SAY(p, "无法判定", "cannot tell"), NULL,
			d->unclear },
		{ FA_BOARD_SAY(p, "合规", "compliant"), NULL, d->met },
	};

	fa_board_table(p,
		FA_BOARD_SAY(p, "适用该规则的应用，按结论",
			"apps to which it applies, by result"),
		HEAD(heads));
	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		char list[FA_BOARD_PATH_BYTES] = "";

		if (rows[i].list)
			(void)snprintf(list, sizeof(list),
				"list/rule-%lld-%s-1.html", (long long)d->id,
				rows[i].list);
		fa_buf_addf(
			p->out, "<tr><th scope=\"row\">%s</th>", rows[i].name);
		fa_board_number(p, rows[i].n, list);
		fa_buf_adds(p->out, "<td class=\"n\">");
		fa_board_share(p->out, rows[i].n, d->judged);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
}

static void
put_counts(struct fa_board_page *p, const struct fa_board_duty *d)
{
	const struct fa_board_sum *s = p->site->sum;
	const struct fa_board_bar bar = { .label = d->name,
		.href = "",
		.part = d->breach,
		.all = s->whole.scanned,
		.bounds = true };

	fa_board_svg_bars(p, fa_str_c(FA_BOARD_SAY(p, "检出率", "prevalence")),
		fa_str_c(FA_BOARD_SAY(p,
			"占已扫描应用的百分比与 95% 威尔逊区间",
			"percentage of scanned apps with its 95% Wilson "
			"interval")),
		&bar, 1);
	fa_buf_addf(p->out,
		FA_BOARD_SAY(p, "<p>已扫描 %lld 个应用，适用 %lld 个。</p>\n",
			"<p>Of %lld scanned apps it applies to %lld.</p>\n"),
		(long long)s->whole.scanned, (long long)d->judged);
	put_outcomes(p, d);
}

static void
put_rules(struct fa_board_page *p, const struct fa_board_duty *d)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "判定规则", "rule"),
		FA_BOARD_SAY(p, "#发现", "#findings"),
		FA_BOARD_SAY(p, "#仅线索", "#leads"),
		FA_BOARD_SAY(
			p, "#标注文件中命中", "#hits on labelled documents"),
		FA_BOARD_SAY(p, "#其中正确", "#right"),
		FA_BOARD_SAY(p, "#精度（下界）", "#precision (lower bound)") };

	fa_board_table(p,
		FA_BOARD_SAY(p, "得出发现的判定规则及其实测精度",
			"rules that led to findings, with their measured "
			"precision"),
		HEAD(heads));
	for (size_t i = 0; i < s->rules_n; i++) {
		const struct fa_board_rule *r = &s->rules[i];

		if (r->duty != d->id)
			continue;
		fa_buf_adds(p->out, "<tr><th scope=\"row\"><code>");
		fa_board_text(p->out, r->name);
		fa_buf_adds(p->out, "</code> ");
		fa_board_text(p->out, fa_board_pick(p, &r->title));
		fa_buf_adds(p->out, "</th>");
		fa_board_number(p, r->findings, "");
		fa_board_number(p, r->leads, "");
		fa_buf_addf(p->out,
			"<td class=\"n\">%u</td><td class=\"n\">%u</td>"
			"<td class=\"n\">",
			(unsigned)r->hits, (unsigned)r->right);
		if (r->hits > 0)
			fa_report_thousandths(p->out, r->precision);
		else
			fa_buf_adds(p->out,
				FA_BOARD_SAY(p, "未测", "not measured"));
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
}

static void
put_dim(struct fa_board_page *p, enum fa_board_dim dim, size_t duty)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "类别", "category")
			: FA_BOARD_SAY(p, "商店", "store"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#适用", "#applies to"),
		FA_BOARD_SAY(p, "#比例", "#share"),
		FA_BOARD_SAY(p, "#95% 区间", "#95% interval") };

	fa_buf_addf(p->out, "<section><h2>%s</h2>\n",
		dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "按类别", "By category")
			: FA_BOARD_SAY(p, "按商店", "By store"));
	fa_board_table(p,
		dim == FA_BOARD_CATEGORY
			? FA_BOARD_SAY(p, "按类别", "by category")
			: FA_BOARD_SAY(p, "按商店", "by store"),
		HEAD(heads));
	for (size_t g = 0; g < FA_BOARD_GROUPS_ALL; g++) {
		const struct fa_board_cell *c =
			&s->cells[dim][duty * FA_BOARD_GROUPS_ALL + g];
		char path[FA_BOARD_PATH_BYTES];

		if (c->judged == 0)
			continue;
		fa_board_cell_path(path, s, dim, duty, g);
		fa_buf_addf(p->out,
			"<tr><th scope=\"row\"><a href=\"%s%s/%zu.html\">",
			p->root, fa_board_dim_name(dim), g);
		fa_board_text(p->out, fa_board_group_name(p, dim, g));
		fa_buf_adds(p->out, "</a></th>");
		fa_board_number(p, c->breach, path);
		fa_buf_addf(p->out, "<td class=\"n\">%lld</td><td class=\"n\">",
			(long long)c->judged);
		fa_board_share(p->out, c->breach, c->judged);
		fa_buf_adds(p->out, "</td><td class=\"n\">");
		fa_board_bounds(p->out, c->breach, c->judged);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
	fa_buf_adds(p->out, "</section>\n");
}

void
fa_board_rule(struct fa_buf *out, const struct fa_board_site *site, size_t duty)
{
	struct fa_buf title FA_CLEANUP(fa_buf_done);
	const struct fa_board_duty *d = &site->sum->duties[duty];
	struct fa_board_page p = { .site = site };

	fa_buf_init(&title, 65536);
	fa_buf_add(&title, d->name);
	fa_buf_addc(&title, ' ');
	fa_buf_add(&title, fa_board_pick(&p, &d->title));
	fa_board_begin(&p, out, site, "../", fa_buf_str(&title), "rules.html");
	fa_report_carry(out, &title);
	put_facts(&p, d);
	put_counts(&p, d);
	put_rules(&p, d);
	put_dim(&p, FA_BOARD_CATEGORY, duty);
	put_dim(&p, FA_BOARD_STORE, duty);
	fa_board_end(&p);
}
