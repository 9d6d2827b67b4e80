/* Lists of apps and of findings, in pages of FA_BOARD_ROWS rows. */
#include <stdio.h>

#include "report/board_parts.h"

#define APP_HEADS 9
#define FINDING_HEADS 8

static void
app_heads(struct fa_board_page *p, const char *heads[APP_HEADS])
{
	heads[0] = FA_BOARD_SAY(p, "应用", "app");
	heads[1] = FA_BOARD_SAY(p, "商店", "store");
	heads[2] = FA_BOARD_SAY(p, "类别", "category");
	heads[3] = FA_BOARD_SAY(p, "发布者", "publisher");
	heads[4] = FA_BOARD_SAY(p, "等级", "grade");
	heads[5] = FA_BOARD_SAY(p, "#得分", "#points");
	heads[6] = FA_BOARD_SAY(p, "#违规", "#violations");
	heads[7] = FA_BOARD_SAY(p, "#缺失", "#gaps");
	heads[8] = FA_BOARD_SAY(p, "#高、严重", "#high, critical");
}

static void
finding_heads(struct fa_board_page *p, const char *heads[FINDING_HEADS])
{
	heads[0] = FA_BOARD_SAY(p, "应用", "app");
	heads[1] = FA_BOARD_SAY(p, "规则", "rule");
	heads[2] = FA_BOARD_SAY(p, "严重度", "severity");
	heads[3] = FA_BOARD_SAY(p, "发现", "finding");
	heads[4] = FA_BOARD_SAY(p, "原文", "text");
	heads[5] = FA_BOARD_SAY(p, "#精度", "#precision");
	heads[6] = FA_BOARD_SAY(p, "复核", "review");
	heads[7] = FA_BOARD_SAY(p, "整改期限", "deadline");
}

void
fa_board_list_head(struct fa_board_page *p, const struct fa_board_list *l,
	const char *caption)
{
	const char *heads[APP_HEADS];

	if (l->kind == FA_BOARD_LIST_APPS) {
		app_heads(p, heads);
		fa_board_table(p, caption, heads, APP_HEADS);
	} else {
		finding_heads(p, heads);
		fa_board_table(p, caption, heads, FINDING_HEADS);
	}
}

static void
put_step(struct fa_board_page *p, const struct fa_board_list *l, int64_t page,
	const char *rel, const char *word)
{
	const char *name = l->name;

	for (const char *c = name; *c; c++)
		if (*c == '/')
			name = c + 1;
	if (page < 1 || page > l->pages)
		return;
	fa_buf_addf(p->out, "<li><a href=\"%s-%lld.html\"%s%s%s>%s</a></li>",
		name, (long long)page, rel[0] ? " rel=\"" : "", rel,
		rel[0] ? "\"" : "", word);
}

static void
put_pages(struct fa_board_page *p, const struct fa_board_list *l, int64_t page,
	const char *label)
{
	if (l->pages < 2)
		return;
	fa_buf_addf(
		p->out, "<nav class=\"pages\" aria-label=\"%s\"><ul>", label);
	put_step(p, l, page > 1 ? 1 : 0, "", FA_BOARD_SAY(p, "首页", "first"));
	put_step(p, l, page - 1, "prev", FA_BOARD_SAY(p, "上一页", "previous"));
	fa_buf_addf(p->out, "<li>%lld / %lld</li>", (long long)page,
		(long long)l->pages);
	put_step(p, l, page + 1, "next", FA_BOARD_SAY(p, "下一页", "next"));
	put_step(p, l, page < l->pages ? l->pages : 0, "",
		FA_BOARD_SAY(p, "末页", "last"));
	fa_buf_adds(p->out, "</ul></nav>\n");
}

void
fa_board_list_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const struct fa_board_list *l,
	int64_t page)
{
	char caption[128], here[FA_BOARD_PATH_BYTES];
	int64_t from = (page - 1) * FA_BOARD_ROWS;
	int64_t to = from + FA_BOARD_ROWS;

	(void)snprintf(here, sizeof(here), "%s-1.html", l->name);
	fa_board_begin(p, out, site, "../", l->title, here);
	if (l->rows == 0) {
		fa_buf_addf(out, "<p>%s</p>\n",
			FA_BOARD_SAY(
				p, "没有条目。", "There is nothing here."));
		return;
	}
	put_pages(p, l, page, FA_BOARD_SAY(p, "分页（上）", "pages, above"));
	(void)snprintf(caption, sizeof(caption),
		FA_BOARD_SAY(p, "共 %lld 条，第 %lld 至 %lld 条",
			"%lld rows, %lld to %lld"),
		(long long)l->rows, (long long)(from + 1),
		(long long)(to < l->rows ? to : l->rows));
	fa_board_list_head(p, l, caption);
}

void
fa_board_list_section(struct fa_board_page *p, const struct fa_board_list *l,
	int64_t id, struct fa_str name, bool again)
{
	fa_buf_addf(p->out,
		"<tr class=\"group\" id=\"g%lld\"><th scope=\"rowgroup\" "
		"colspan=\"%d\">",
		(long long)id,
		l->kind == FA_BOARD_LIST_APPS ? APP_HEADS : FINDING_HEADS);
	fa_board_text(p->out, name);
	fa_buf_adds(
		p->out, again ? FA_BOARD_SAY(p, "（续）", " (continued)") : "");
	fa_buf_adds(p->out, "</th></tr>\n");
}

bool
fa_board_has_page(const struct fa_board_app *x)
{
	return x->violations + x->gaps + x->leads + x->gone > 0;
}

static void
put_name(struct fa_board_page *p, int64_t id, struct fa_str app,
	struct fa_str key, bool page)
{
	char path[FA_BOARD_PATH_BYTES];

	fa_board_app_path(path, id);
	fa_buf_adds(p->out, "<tr><th scope=\"row\">");
	if (page)
		fa_buf_addf(p->out, "<a href=\"%s%s\">", p->root, path);
	fa_buf_adds(p->out, "<span class=\"name\">");
	fa_board_text(p->out, app.n > 0 ? app : key);
	fa_buf_adds(p->out, page ? "</span></a></th>" : "</span></th>");
}

static void
put_text(struct fa_board_page *p, struct fa_str s)
{
	fa_buf_adds(p->out, "<td>");
	fa_board_text(p->out, s);
	fa_buf_adds(p->out, "</td>");
}

void
fa_board_list_app(struct fa_board_page *p, const struct fa_board_app *x)
{
	put_name(p, x->id, x->app, x->key, fa_board_has_page(x));
	put_text(p, x->store);
	put_text(p, x->category);
	put_text(p, x->publisher);
	if (x->stage < FA_BOARD_SCANNED) {
		fa_buf_addf(p->out,
			"<td colspan=\"5\" class=\"soft\">%s</td>"
			"</tr>\n",
			x->outcome == FA_OUT_OK
				? FA_BOARD_SAY(p, "已取得，尚未评判",
					  "obtained, not judged yet")
				: p->site->words->outcome(
					  p->site->lang, x->outcome));
		return;
	}
	fa_buf_adds(p->out, "<td>");
	fa_html_grade(p->out, x->grade);
	fa_buf_adds(p->out, "</td><td class=\"n\">");
	fa_board_points(
		p->out, x->grade == 'N' || x->grade == 'U' ? -1 : x->hi);
	fa_buf_addf(p->out,
		"</td><td class=\"n\">%lld</td><td class=\"n\">%lld</td>"
		"<td class=\"n\">%lld</td></tr>\n",
		(long long)x->violations, (long long)x->gaps,
		(long long)x->grave);
}

static void
put_due(struct fa_board_page *p, const struct fa_board_finding *f)
{
	bool over = f->due != 0 && f->due < p->site->sum->today;

	fa_buf_addf(p->out, "<td class=\"%s\">", over ? "late" : "keep");
	fa_board_date(p->out, f->due);
	fa_buf_adds(p->out, over ? FA_BOARD_SAY(p, " 已逾期", " overdue") : "");
	fa_buf_adds(p->out, "</td>");
}

void
fa_board_list_finding(struct fa_board_page *p, const struct fa_board_finding *f)
{
	const struct fa_board_sum *s = p->site->sum;
	const struct fa_board_duty *d = &s->duties[f->duty - 1];
	char path[FA_BOARD_PATH_BYTES];

	put_name(p, f->app, f->app_name, f->key, true);
	fa_board_app_path(path, f->app);
	if (f->state == FA_BOARD_FIXED || f->state == FA_BOARD_UNCLEAR)
		fa_buf_addf(p->out, "<td><a href=\"%s%s#gone\"><code>", p->root,
			path);
	else
		fa_buf_addf(p->out, "<td><a href=\"%s%s#d%lld\"><code>",
			p->root, path, (long long)f->duty);
	fa_board_text(p->out, d->name);
	fa_buf_adds(p->out, "</code> ");
	fa_board_text(p->out, fa_board_pick(p, &d->title));
	fa_buf_adds(p->out, "</a></td><td>");
	fa_board_severity(p, d->severity);
	fa_buf_addf(p->out,
		"</td><td>%s<br><span class=\"soft\">%s</span></td>",
		fa_label_verdict(p->site->lang, f->verdict),
		fa_board_state_word(p->site->lang, f->state));
	if (f->quote.n > 0)
		put_text(p, f->quote);
	else
		fa_buf_addf(p->out, "<td class=\"soft\">%s</td>",
			f->verdict == FA_VERDICT_GAP
				? fa_label(p->site->lang, FA_LABEL_SILENT)
				: "–");
	fa_buf_adds(p->out, "<td class=\"n\">");
	if (f->confidence > 0)
		fa_report_thousandths(p->out, f->confidence);
	else
		fa_buf_adds(p->out, "–");
	fa_buf_addf(p->out, "</td><td>%s</td>",
		fa_board_review_word(p->site->lang, f->review));
	put_due(p, f);
	fa_buf_adds(p->out, "</tr>\n");
}

void
fa_board_list_end(
	struct fa_board_page *p, const struct fa_board_list *l, int64_t page)
{
	if (l->rows > 0) {
		fa_board_table_end(p);
		put_pages(p, l, page,
			FA_BOARD_SAY(p, "分页（下）", "pages, below"));
	}
	fa_board_end(p);
}
