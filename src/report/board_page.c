/* The frame of a page, and small parts of all. */
#include <stdio.h>

#include "base/clock.h"
#include "model/wilson.h"
#include "report/board_parts.h"

void
fa_board_text(struct fa_buf *out, struct fa_str s)
{
	if (fa_text_is_plain(s))
		fa_buf_add(out, s);
	else
		fa_html_text(out, s, false);
}

struct link {
	const char *file, *zh, *en;
};

static const struct link links[] = {
	{ "index.html", "总览", "Overview" },
	{ "list/coverage-1.html", "覆盖", "Coverage" },
	{ "rules.html", "规则", "Rules" },
	{ "category.html", "类别", "Categories" },
	{ "store.html", "商店", "Stores" },
	{ "publishers.html", "发布者", "Publishers" },
	{ "trend.html", "趋势", "Trend" },
	{ "list/queue-1.html", "待办", "Work queue" },
	{ "apps.html", "筛选", "Filter" },
	{ "about.html", "说明", "About" },
};

static void
put_navigation(struct fa_board_page *p, const char *here)
{
	fa_buf_addf(p->out, "<nav aria-label=\"%s\"><ul>\n",
		FA_BOARD_SAY(p, "主导航", "main"));
	for (size_t i = 0; i < FA_COUNT(links); i++)
		fa_buf_addf(p->out, "<li><a href=\"%s%s\"%s>%s</a></li>\n",
			p->root, links[i].file,
			fa_str_eq(fa_str_c(here), fa_str_c(links[i].file))
				? " aria-current=\"page\""
				: "",
			FA_BOARD_SAY(p, links[i].zh, links[i].en));
	fa_buf_adds(p->out, "</ul></nav>\n");
}

void
fa_board_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const char *root, struct fa_str title,
	const char *here)
{
	*p = (struct fa_board_page){ .out = out, .site = site, .root = root };
	fa_buf_addf(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" "
		"content=\"default-src 'none'; img-src 'self'; "
		"style-src 'self'; script-src 'self'; base-uri 'none'; "
		"form-action 'none'\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
		site->lang == FA_LANG_EN ? "en" : "zh-CN");
	fa_board_text(out, title);
	if (!fa_str_eq(title, site->title)) {
		fa_buf_adds(out, " – ");
		fa_board_text(out, site->title);
	}
	fa_buf_addf(out,
		"</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n"
		"</head>\n<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n"
		"<header class=\"bar\"><div class=\"page\">\n"
		"<p class=\"board\"><a href=\"%sindex.html\">",
		root, FA_BOARD_SAY(p, "跳到正文", "skip to the content"), root);
	fa_board_text(out, site->title);
	fa_buf_adds(out, "</a></p>\n");
	put_navigation(p, here);
	fa_buf_adds(out,
		"</div></header>\n<main id=\"main\" class=\"page\">\n<h1>");
	fa_board_text(out, title);
	fa_buf_adds(out, "</h1>\n");
}

void
fa_board_end(struct fa_board_page *p)
{
	fa_buf_addf(p->out,
		"</main>\n<footer class=\"page\"><p>%s%s<a href=\"%s"
		"about.html\">%s</a></p>\n<p>",
		fa_label(p->site->lang, FA_LABEL_CAVEAT),
		FA_BOARD_SAY(p, "。", ". "), p->root,
		FA_BOARD_SAY(p, "方法与限度", "Method and limits"));
	fa_board_text(p->out, p->site->tool);
	fa_buf_adds(p->out, "</p></footer>\n</body>\n</html>\n");
}

void
fa_board_share(struct fa_buf *out, int64_t part, int64_t all)
{
	long long tenths;

	if (all <= 0) {
		fa_buf_adds(out, "–");
		return;
	}
	tenths = (long long)(part * 1000 / all);
	fa_buf_addf(out, "%lld.%lld%%", tenths / 10, tenths % 10);
}

void
fa_board_number(struct fa_board_page *p, int64_t n, const char *href)
{
	if (n == 0)
		fa_buf_adds(p->out, "<td class=\"n zero\">0</td>");
	else if (href[0])
		fa_buf_addf(p->out,
			"<td class=\"n\"><a href=\"%s%s\">%lld</a></td>",
			p->root, href, (long long)n);
	else
		fa_buf_addf(p->out, "<td class=\"n\">%lld</td>", (long long)n);
}

void
fa_board_points(struct fa_buf *out, int64_t hi)
{
	if (hi < 0)
		fa_buf_adds(out, "–");
	else
		fa_report_points(out, hi);
}

static uint32_t
narrow(int64_t n)
{
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

void
fa_board_bounds(struct fa_buf *out, int64_t part, int64_t all)
{
	uint32_t lo = fa_wilson_lower(narrow(part), narrow(all));
	uint32_t hi = fa_wilson_upper(narrow(part), narrow(all));

	if (all == 0) {
		fa_buf_adds(out, "–");
		return;
	}
	fa_buf_addf(out, "%u.%u–%u.%u%%", lo / 10, lo % 10, hi / 10, hi % 10);
}

struct fa_str
fa_board_pick(const struct fa_board_page *p, const struct fa_text2 *t)
{
	return fa_report_pick(t, p->site->lang);
}

void
fa_board_table(struct fa_board_page *p, const char *caption,
	const char *const *heads, size_t n)
{
	fa_buf_addf(p->out,
		"<section class=\"scroll\" tabindex=\"0\" "
		"aria-label=\"%s\"><table>\n<caption>%s</caption>\n"
		"<thead><tr>",
		caption, caption);
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(p->out, "<th scope=\"col\"%s>%s</th>",
			heads[i][0] == '#' ? " class=\"n\"" : "",
			heads[i] + (heads[i][0] == '#'));
	fa_buf_adds(p->out, "</tr></thead>\n<tbody>\n");
}

void
fa_board_table_end(struct fa_board_page *p)
{
	fa_buf_adds(p->out, "</tbody></table></section>\n");
}

void
fa_board_severity(struct fa_board_page *p, enum fa_severity s)
{
	fa_buf_addf(p->out, "<span class=\"sev %s\">%s</span>",
		fa_severity_name(s), fa_label_severity(p->site->lang, s));
}

void
fa_board_date(struct fa_buf *out, int32_t date)
{
	char z[FA_DATE_BYTES];

	if (date == 0) {
		fa_buf_adds(out, "–");
		return;
	}
	fa_date_format(date, z);
	fa_buf_adds(out, z);
}

struct fa_str
fa_board_group_name(
	const struct fa_board_page *p, enum fa_board_dim dim, size_t group)
{
	const struct fa_board_group *g = &p->site->sum->groups[dim][group];

	if (group == 0)
		return fa_str_c(FA_BOARD_SAY(p, "（未注明）", "(not given)"));
	if (group == FA_BOARD_OTHERS)
		return fa_str_c(FA_BOARD_SAY(p, "（其他）", "(others)"));
	return g->name;
}

const char *
fa_board_state_word(enum fa_lang lang, enum fa_board_state s)
{
	static const char *const words[FA_BOARD_STATES][FA_LANG_COUNT] = {
		{ "首次审计", "first audit" },
		{ "新出现", "new" },
		{ "持续", "persisting" },
		{ "再次出现", "reappeared" },
		{ "已消除", "fixed" },
		{ "无法确认", "unclear" },
	};

	return words[s][lang];
}

const char *
fa_board_review_word(enum fa_lang lang, enum fa_board_review r)
{
	static const char *const words[FA_BOARD_REVIEWS][FA_LANG_COUNT] = {
		{ "未复核", "not reviewed" },
		{ "已确认", "confirmed" },
		{ "已否定", "rejected" },
		{ "需补充", "needs more" },
		{ "复核有分歧", "disputed" },
	};

	return words[r][lang];
}

/* Causes that an audit records come as they are; those between stores join
 * several by a plus sign. */
const char *
fa_board_cause_word(const struct fa_board_page *p, const char *cause)
{
	static const struct link words[] = {
		{ "", "—", "—" },
		{ "source", "文件有变", "documents changed" },
		{ "extractor", "读取程序有变", "reading program changed" },
		{ "rules", "规则或日期有变", "rules or date changed" },
		{ "extractor+rules", "程序与规则有变",
			"program and rules changed" },
		{ "source+rules", "文件与规则都有变",
			"documents and rules changed" },
		{ "source+extractor", "文件与读取程序都有变",
			"documents and program changed" },
		{ "source+extractor+rules", "文件、程序与规则都有变",
			"documents, program and rules changed" },
		{ "capture", "此次或上次未能取得文件",
			"a document could not be had" },
	};

	for (size_t i = 0; i < FA_COUNT(words); i++)
		if (fa_str_eq(fa_str_c(cause), fa_str_c(words[i].file)))
			return FA_BOARD_SAY(p, words[i].zh, words[i].en);
	return p->site->words->cause(p->site->lang, cause);
}

const char *
fa_board_bin_word(enum fa_lang lang, size_t bin)
{
	static const char *const bins[FA_BOARD_BINS_ALL + 1][FA_LANG_COUNT] = {
		{ "0–9.9 分", "0–9.9 points" },
		{ "10–19.9 分", "10–19.9 points" },
		{ "20–29.9 分", "20–29.9 points" },
		{ "30–39.9 分", "30–39.9 points" },
		{ "40–49.9 分", "40–49.9 points" },
		{ "50–59.9 分", "50–59.9 points" },
		{ "60–69.9 分", "60–69.9 points" },
		{ "70–79.9 分", "70–79.9 points" },
		{ "80–89.9 分", "80–89.9 points" },
		{ "90–100 分", "90–100 points" },
		{ "等级 U：已知太少", "grade U: too little known" },
		{ "等级 N：未见受规制的人脸处理",
			"grade N: no face processing seen" },
		{ "未扫描", "not scanned" },
	};

	return bins[bin][lang];
}

const char *
fa_board_dim_name(enum fa_board_dim d)
{
	return d == FA_BOARD_CATEGORY ? "category" : "store";
}
