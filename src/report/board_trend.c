/* The trend between audits, and its causes. */
#include <stdio.h>

#include "report/board_parts.h"

#define HEAD(array) array, FA_COUNT(array)

static const char *
edition_name(struct fa_board_page *p, const struct fa_board_edition *e)
{
	return e->prior ? FA_BOARD_SAY(p, "对比存储", "earlier store")
			: FA_BOARD_SAY(p, "现用存储", "present store");
}

static void
put_dates(struct fa_board_page *p, const struct fa_board_edition *e)
{
	fa_board_date(p->out, e->as_of_from);
	if (e->as_of_to != e->as_of_from) {
		fa_buf_adds(p->out, " – ");
		fa_board_date(p->out, e->as_of_to);
	}
}

static void
put_editions(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "审计", "audit"),
		FA_BOARD_SAY(p, "来源", "of"),
		FA_BOARD_SAY(p, "#应用", "#apps"),
		FA_BOARD_SAY(p, "#已扫描", "#scanned"),
		FA_BOARD_SAY(p, "#有发现", "#with a finding"),
		FA_BOARD_SAY(p, "#比例", "#share"),
		FA_BOARD_SAY(p, "#发现", "#findings"),
		FA_BOARD_SAY(p, "#得分中位数", "#median score"),
		FA_BOARD_SAY(p, "#同批应用", "#same apps"),
		FA_BOARD_SAY(p, "#同批有发现", "#of these with a finding"),
		FA_BOARD_SAY(p, "#同批发现", "#their findings"),
		FA_BOARD_SAY(p, "#新增应用", "#apps that appeared"),
		FA_BOARD_SAY(p, "#消失应用", "#apps that vanished") };

	fa_board_table(p,
		FA_BOARD_SAY(p, "各期审计；“同批”为各期均已扫描的同一批应用",
			"audits; the same apps are those scanned in every one"),
		HEAD(heads));
	for (size_t i = 0; i < s->editions_n; i++) {
		const struct fa_board_edition *e = &s->editions[i];

		fa_buf_adds(p->out, "<tr><th scope=\"row\">");
		put_dates(p, e);
		fa_buf_addf(p->out,
			"</th><td>%s</td><td class=\"n\">%lld</td>"
			"<td class=\"n\">%lld</td><td class=\"n\">%lld</td>"
			"<td class=\"n\">",
			edition_name(p, e), (long long)e->apps,
			(long long)e->scanned, (long long)e->breach);
		fa_board_share(p->out, e->breach, e->scanned);
		fa_buf_addf(p->out,
			"</td><td class=\"n\">%lld</td>"
			"<td class=\"n\">",
			(long long)e->findings);
		fa_board_points(p->out, e->median);
		fa_buf_addf(p->out,
			"</td><td class=\"n\">%lld</td><td class=\"n\">%lld"
			"</td><td class=\"n\">%lld</td><td class=\"n\">%lld"
			"</td><td class=\"n\">%lld</td></tr>\n",
			(long long)e->cohort, (long long)e->cohort_breach,
			(long long)e->cohort_findings, (long long)e->appeared,
			(long long)e->vanished);
	}
	fa_board_table_end(p);
}

/* Lists exist for the newest audit only. */
static void
cause_path(char out[FA_BOARD_PATH_BYTES], const struct fa_board_sum *s,
	const struct fa_board_cause *c)
{
	bool gone = c->state == FA_BOARD_FIXED || c->state == FA_BOARD_UNCLEAR;

	out[0] = '\0';
	if (c->edition + 1 != (int64_t)s->editions_n ||
		c->state == FA_BOARD_FIRST || c->state == FA_BOARD_PERSISTING)
		return;
	(void)snprintf(out, FA_BOARD_PATH_BYTES, "list/%s-1.html",
		gone ? "gone" : "new");
}

static void
put_causes(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "审计", "audit"),
		FA_BOARD_SAY(p, "发现", "findings"),
		FA_BOARD_SAY(p, "原因", "cause"),
		FA_BOARD_SAY(p, "#数量", "#number") };

	fa_board_table(p,
		FA_BOARD_SAY(p,
			"发现与上一期相比，按原因；文件未能取得时不算消除",
			"findings against the audit before, by cause; what "
			"could not be looked at is not fixed"),
		HEAD(heads));
	for (size_t i = 0; i < s->causes_n; i++) {
		const struct fa_board_cause *c = &s->causes[i];
		char path[FA_BOARD_PATH_BYTES];

		if (c->edition == 0)
			continue;
		cause_path(path, s, c);
		fa_buf_adds(p->out, "<tr><th scope=\"row\">");
		put_dates(p, &s->editions[c->edition]);
		fa_buf_addf(p->out, "</th><td>%s</td><td>",
			fa_board_state_word(p->site->lang, c->state));
		fa_board_text(p->out,
			fa_str_c(c->cause.n > 0
					? fa_board_cause_word(p, c->cause.p)
					: "—"));
		fa_buf_adds(p->out, "</td>");
		fa_board_number(p, c->findings, path);
		fa_buf_adds(p->out, "</tr>\n");
	}
	fa_board_table_end(p);
}

void
fa_board_put_trend(struct fa_board_page *p)
{
	const struct fa_board_sum *s = p->site->sum;

	fa_buf_addf(p->out, "<section id=\"trend\"><h2>%s</h2>\n",
		FA_BOARD_SAY(p, "趋势", "Trend"));
	if (s->editions_n < 2) {
		fa_buf_addf(p->out, "<p>%s</p></section>\n",
			FA_BOARD_SAY(p, "只有一期审计，尚无可比较的前一期。",
				"There is one audit only, and none before it "
				"to "
				"compare with."));
		return;
	}
	fa_buf_addf(p->out,
		"<section class=\"wide\" tabindex=\"0\" aria-label=\"%s\">\n",
		FA_BOARD_SAY(p, "趋势图", "chart of the trend"));
	fa_board_svg_trend(p);
	fa_buf_adds(p->out, "</section>\n");
	put_editions(p);
	put_causes(p);
	fa_buf_adds(p->out, "</section>\n");
}

void
fa_board_trend(struct fa_buf *out, const struct fa_board_site *site)
{
	struct fa_board_page p = { .site = site };

	fa_board_begin(&p, out, site, "",
		fa_str_c(FA_BOARD_SAY(&p, "趋势", "Trend")), "trend.html");
	fa_buf_addf(out, "<p>%s</p>\n",
		FA_BOARD_SAY(&p,
			"一期审计由规则与日期确定。规则、读取程序与文件分别变"
			"化所致的差别分开列出。",
			"An audit is one set of rules and one date. What "
			"changed because of rules, of the reading program and "
			"of the documents is told apart."));
	fa_board_put_trend(&p);
	fa_board_end(&p);
}
