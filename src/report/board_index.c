/* The first page, and those of publishers and rules. */
#include <stdio.h>

#include "report/board_parts.h"

#define HEAD(array) array, FA_COUNT(array)

static void
put_origins(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = {
		FA_BOARD_SAY(p, "存储", "store"),
		FA_BOARD_SAY(p, "用途", "used as"),
		FA_BOARD_SAY(p, "评判日期", "judged as of"),
		FA_BOARD_SAY(p, "规则摘要", "rules"),
		FA_BOARD_SAY(p, "#采用的应用", "#apps shown"),
		FA_BOARD_SAY(p, "#复核记录", "#reviews"),
	};

	fa_board_table(p,
		FA_BOARD_SAY(p, "所用数据", "what this board is made of"),
		HEAD(heads));
	for (size_t i = 0; i < s->origins_n; i++) {
		const struct fa_board_origin *o = &s->origins[i];

		fa_buf_adds(p->out, "<tr><th scope=\"row\">");
		fa_board_text(p->out, o->dir);
		fa_buf_addf(p->out, "</th><td>%s</td><td>",
			o->prior ? FA_BOARD_SAY(p, "对比", "comparison")
				 : FA_BOARD_SAY(p, "现状", "present state"));
		fa_board_date(p->out, o->as_of);
		fa_buf_adds(p->out, "</td><td><code>");
		fa_board_text(p->out, fa_str_sub(o->bundle, 0, 12));
		fa_buf_addf(p->out,
			"</code></td><td class=\"n\">%lld</td>"
			"<td class=\"n\">%lld</td></tr>\n",
			(long long)o->apps, (long long)o->review_events);
	}
	fa_board_table_end(p);
}

static void
put_tile(struct fa_board_page *p, const char *name, int64_t n, const char *href,
	const char *class)
{
	fa_buf_addf(p->out,
		"<li%s%s%s><a href=\"%s%s\"><b>%lld</b> <span>%s</span></a>"
		"</li>\n",
		class[0] ? " class=\"" : "", class, class[0] ? "\"" : "",
		p->root, href, (long long)n, name);
}

static void
put_tiles(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;

	fa_buf_adds(p->out, "<ul class=\"tiles\">\n");
	put_tile(p, FA_BOARD_SAY(p, "应用列入名单", "apps listed"),
		s->whole.apps, "list/coverage-1.html", "");
	put_tile(p, FA_BOARD_SAY(p, "应用已扫描", "apps scanned"),
		s->whole.scanned, "list/score-1.html", "");
	put_tile(p, FA_BOARD_SAY(p, "应用有发现", "apps with a finding"),
		s->whole.breach, "list/finding-1.html", "");
	put_tile(p, FA_BOARD_SAY(p, "项发现", "findings"), s->findings,
		"rules.html", "");
	put_tile(p,
		FA_BOARD_SAY(p, "项高或严重、未复核",
			"high or critical, not reviewed"),
		s->queue.unreviewed_grave, "list/queue-1.html",
		s->queue.unreviewed_grave > 0 ? "warn" : "");
	put_tile(p, FA_BOARD_SAY(p, "项逾期未整改", "past their deadline"),
		s->queue.overdue, "list/queue-1.html",
		s->queue.overdue > 0 ? "bad" : "");
	fa_buf_adds(p->out, "</ul>\n");
}

static void
put_worst(struct fa_board_page *p, const struct fa_board_app *at, size_t n)
{
	const struct fa_board_list l = { .kind = FA_BOARD_LIST_APPS };

	fa_buf_addf(p->out, "<section id=\"worst\"><h2>%s</h2>\n",
		FA_BOARD_SAY(
			p, "得分最低的应用", "Apps with the lowest scores"));
	if (n == 0) {
		fa_buf_addf(p->out, "<p>%s</p></section>\n",
			FA_BOARD_SAY(p, "没有有发现的应用。",
				"No app has a finding."));
		return;
	}
	fa_board_list_head(p, &l,
		FA_BOARD_SAY(
			p, "得分最低的应用", "apps with the lowest scores"));
	for (size_t i = 0; i < n; i++)
		fa_board_list_app(p, &at[i]);
	fa_board_table_end(p);
	fa_buf_addf(p->out, "<p><a href=\"%slist/finding-1.html\">%s</a></p>\n",
		p->root,
		FA_BOARD_SAY(p, "全部有发现的应用，按得分",
			"all apps with a finding, by score"));
	fa_buf_adds(p->out, "</section>\n");
}

void
fa_board_index(struct fa_buf *out, const struct fa_board_site *site,
	const struct fa_board_app *worst, size_t worst_n)
{
	struct fa_board_page p;

	fa_board_begin(&p, out, site, "", site->title, "index.html");
	fa_buf_addf(out, "<p class=\"caveat\">%s</p>\n",
		FA_BOARD_SAY(&p,
			"机器筛查所得为线索，经人工复核后方为结论；各数字均可"
			"点至名单，再至原文、截图与摘要值。",
			"What a machine finds is a lead until a person has "
			"reviewed it. Every number leads to its list, and from "
			"there to the text, the screenshot and the digest."));
	put_tiles(&p);
	fa_board_put_coverage(&p);
	fa_board_put_prevalence(&p, FA_BOARD_TOP);
	fa_buf_addf(out, "<p><a href=\"rules.html\">%s</a></p>\n",
		FA_BOARD_SAY(&p, "全部规则", "all rules"));
	fa_board_put_heat(&p, FA_BOARD_CATEGORY, FA_BOARD_HEAT_TOP);
	fa_buf_addf(out, "<p><a href=\"category.html\">%s</a></p>\n",
		FA_BOARD_SAY(
			&p, "各类别，全部规则", "all categories, all rules"));
	fa_board_put_heat(&p, FA_BOARD_STORE, FA_BOARD_HEAT_TOP);
	fa_buf_addf(out, "<p><a href=\"store.html\">%s</a></p>\n",
		FA_BOARD_SAY(&p, "各商店，全部规则", "all stores, all rules"));
	fa_board_put_scores(&p);
	fa_board_put_trend(&p);
	put_worst(&p, worst, worst_n);
	fa_board_put_publishers(&p, FA_BOARD_TOP);
	fa_board_put_queue(&p);
	fa_buf_addf(out, "<section id=\"data\"><h2>%s</h2>\n",
		FA_BOARD_SAY(&p, "数据", "Data"));
	put_origins(&p);
	fa_buf_addf(out,
		"<ul><li><a href=\"findings.xlsx\">findings.xlsx</a> %s</li>"
		"<li><a href=\"findings.csv\">findings.csv</a> %s</li>"
		"<li><a href=\"findings.sqlite\">findings.sqlite</a> %s</li>"
		"</ul>\n</section>\n",
		FA_BOARD_SAY(&p, "应用与发现，表格", "apps and findings"),
		FA_BOARD_SAY(&p, "发现，每项一行", "findings, a row each"),
		FA_BOARD_SAY(
			&p, "全部数据，供分析", "everything, for analysis"));
	fa_board_end(&p);
}

void
fa_board_put_publishers(struct fa_board_page *p, size_t max)
{
	const struct fa_board_sum *s = p->site->sum;
	size_t n = s->publishers_n < max ? s->publishers_n : max;
	const char *const heads[] = { FA_BOARD_SAY(p, "发布者", "publisher"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#已扫描", "#scanned"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#发现", "#findings"),
		FA_BOARD_SAY(p, "#其中高、严重", "#high or critical"),
		FA_BOARD_SAY(p, "#再次出现", "#reappeared"),
		FA_BOARD_SAY(p, "#最低得分", "#lowest score") };

	fa_buf_addf(p->out, "<section id=\"publishers\"><h2>%s</h2>\n",
		FA_BOARD_SAY(p, "发现最多的发布者",
			"Publishers with the most findings"));
	if (n > 0) {
		fa_board_table(p,
			FA_BOARD_SAY(p, "按高、严重的发现数，再按发现数排序",
				"sorted by high and critical findings, then by "
				"findings"),
			HEAD(heads));
		for (size_t i = 0; i < n; i++) {
			const struct fa_board_publisher *x = &s->publishers[i];
			char path[FA_BOARD_PATH_BYTES];

			fa_board_publisher_path(path, s, i);
			fa_buf_addf(p->out,
				"<tr><th scope=\"row\"><a href=\"%s%s\">",
				p->root, path);
			fa_board_text(p->out, x->name);
			fa_buf_adds(p->out, "</a></th>");
			fa_board_number(p, x->apps, path);
			fa_buf_addf(p->out, "<td class=\"n\">%lld</td>",
				(long long)x->scanned);
			fa_board_number(p, x->breach, path);
			fa_board_number(p, x->findings, path);
			fa_board_number(p, x->grave, path);
			fa_board_number(p, x->back, path);
			fa_buf_adds(p->out, "<td class=\"n\">");
			fa_board_points(p->out, x->hi);
			fa_buf_adds(p->out, "</td></tr>\n");
		}
		fa_board_table_end(p);
	}
	fa_buf_addf(p->out,
		"<p><a href=\"%slist/publisher-1.html\">%s</a></p>\n"
		"</section>\n",
		p->root,
		FA_BOARD_SAY(p, "全部注明发布者的应用，按发布者",
			"all apps that name a publisher, by publisher"));
}

void
fa_board_publishers(struct fa_buf *out, const struct fa_board_site *site)
{
	struct fa_board_page p = { .site = site };

	fa_board_begin(&p, out, site, "",
		fa_str_c(FA_BOARD_SAY(&p, "发布者", "Publishers")),
		"publishers.html");
	fa_buf_addf(out,
		FA_BOARD_SAY(&p, "<p>共 %lld 个发布者。</p>\n",
			"<p>There are %lld publishers.</p>\n"),
		(long long)site->sum->publishers_all);
	fa_board_put_publishers(&p, SIZE_MAX);
	fa_board_end(&p);
}

static void
put_stray(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;

	if (s->stray_words > 0)
		fa_buf_addf(p->out,
			FA_BOARD_SAY(p,
				"<p>另有 %lld "
				"条复核意见所指的发现不在本看板中（例如文件已"
				"变）。</p>\n",
				"<p>%lld reviews are of findings that are not "
				"on this board, for example because the "
				"document has changed.</p>\n"),
			(long long)s->stray_words);
}

void
fa_board_put_queue(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const struct fa_board_queue_counts *q = &s->queue;
	const struct {
		const char *name;
		int64_t n;
	} rows[] = {
		{ FA_BOARD_SAY(p, "已确认", "confirmed"), q->confirmed },
		{ FA_BOARD_SAY(p, "其中有整改期限", "… with a deadline"),
			q->due },
		{ FA_BOARD_SAY(p, "其中已逾期", "… past it"), q->overdue },
		{ FA_BOARD_SAY(
			  p, "复核有分歧或需补充", "disputed, or needs more"),
			q->disputed },
		{ FA_BOARD_SAY(p, "已否定", "rejected"), q->rejected },
		{ FA_BOARD_SAY(p, "未复核", "not reviewed"), q->unreviewed },
		{ FA_BOARD_SAY(p, "其中高、严重", "… high or critical"),
			q->unreviewed_grave },
	};
	const char *const heads[] = { FA_BOARD_SAY(p, "状态", "state"),
		FA_BOARD_SAY(p, "#发现", "#findings") };

	fa_buf_addf(p->out, "<section id=\"queue\"><h2>%s</h2>\n<p>",
		FA_BOARD_SAY(p, "待办", "Work queue"));
	fa_buf_adds(p->out, FA_BOARD_SAY(p, "截至 ", "As of "));
	fa_board_date(p->out, s->today);
	if (s->deadline_days > 0)
		fa_buf_addf(p->out,
			FA_BOARD_SAY(p, "；整改期限为首次确认之日起 %lld 天。",
				"; deadlines are %lld days from the first "
				"confirmation."),
			(long long)s->deadline_days);
	else
		fa_buf_adds(p->out,
			FA_BOARD_SAY(p, "；未设整改期限。",
				"; no deadlines were set."));
	fa_buf_adds(p->out, "</p>\n");
	fa_board_table(p,
		FA_BOARD_SAY(p, "计入的发现，按复核状态",
			"findings that count, by review"),
		heads, FA_COUNT(heads));
	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		fa_buf_addf(
			p->out, "<tr><th scope=\"row\">%s</th>", rows[i].name);
		fa_board_number(p, rows[i].n, "list/queue-1.html");
		fa_buf_adds(p->out, "</tr>\n");
	}
	fa_board_table_end(p);
	put_stray(p);
	fa_buf_adds(p->out, "</section>\n");
}
