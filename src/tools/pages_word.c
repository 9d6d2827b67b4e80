/* The words of the pages, and what stands around each. */
#include "tools/pages.h"

#include "report/html.h"
#include "tools/version.h"

static const char *const words[FA_PAGE_WORDS][FA_LANG_COUNT] = {
	[FA_PAGE_TITLE] = { "人脸识别合规规则说明",
		"Face recognition rules explained" },
	[FA_PAGE_LEAD] = { "每项义务一页：法律要求什么、规则看哪些文字、正反例"
			   "句、实测准确程度、怎样整改。",
		"One page per obligation: what the law asks, what the rules "
		"look for, examples both ways, how often they are right, and "
		"the remedy." },
	[FA_PAGE_CAVEAT] = { "义务的表述为概括，以官方公布的文本为准。规则只看"
			     "文字，不构成法律意见。",
		"Duties are summarised; the official text prevails. Rules see "
		"wording only. Not legal advice." },
	[FA_PAGE_SKIP] = { "跳到正文", "Skip to content" },
	[FA_PAGE_NAV] = { "导航", "Navigation" },
	[FA_PAGE_INDEX] = { "全部义务", "All obligations" },
	[FA_PAGE_OBLIGATIONS] = { "义务一览", "Obligations" },
	[FA_PAGE_CAPTION] = { "按规定和条文排列，点击编号查看详情",
		"By instrument and article; follow an id for details" },
	[FA_PAGE_OBLIGATION] = { "义务", "Obligation" },
	[FA_PAGE_ARTICLE] = { "条文", "Article" },
	[FA_PAGE_SEVERITY] = { "严重程度", "Severity" },
	[FA_PAGE_KIND] = { "性质", "Kind" },
	[FA_PAGE_RULES] = { "规则", "Rules" },
	[FA_PAGE_PRECISION] = { "精确率", "Precision" },
	[FA_PAGE_RECALL] = { "召回率", "Recall" },
	[FA_PAGE_UNMEASURED] = { "未测量", "not measured" },
	[FA_PAGE_METHOD] = { "数字怎样得来", "Where the numbers come from" },
	[FA_PAGE_METHOD_1] = { "精确率：规则支持某一结论的标注文档中，人工标注"
			       "与之一致的比例。召回率：人工标注为某一结论的文"
			       "档中，判出同一结论的比例。表中的数字是一项义务"
			       "的全部规则、全部结论（不适用除外）合计。",
		"Precision: of the labelled documents in which a rule supports "
		"a verdict, the share whose label agrees. Recall: of the "
		"documents that people gave a verdict, the share that was "
		"judged so. The table adds up all rules of an obligation and "
		"all verdicts but not applicable." },
	[FA_PAGE_METHOD_2] = { "编写规则时看过这些文档，因此在没有人看过的文档"
			       "上数字会低一些。",
		"The rules were written with these documents at hand. Expect "
		"less on documents that nobody has seen." },
	[FA_PAGE_SETS] = { "所用标注集", "Labelled sets" },
	[FA_PAGE_BUNDLE] = { "规则包 SHA-256", "Rule bundle SHA-256" },
	[FA_PAGE_LAW] = { "依据", "Source" },
	[FA_PAGE_OFFICIAL] = { "官方页面", "Official page" },
	[FA_PAGE_ALSO] = { "另见", "See also" },
	[FA_PAGE_SCOPES] = { "适用于涉及", "Applies to documents on" },
	[FA_PAGE_SILENT] = { "全文未提及时", "If the document is silent" },
	[FA_PAGE_WHY] = { "为什么重要", "Why it matters" },
	[FA_PAGE_FIX] = { "怎样整改", "Remedy" },
	[FA_PAGE_MODEL] = { "可以这样写，【】内由运营者填写，须与实际做法相符"
			    "：",
		"Model wording, to be completed where 【】 stands, if it is "
		"true:" },
	[FA_PAGE_WORDING] = { "规则认可的写法，须与实际做法相符：",
		"Wording that the rules accept, if it is true:" },
	[FA_PAGE_FIND] = { "查找", "Looks for" },
	[FA_PAGE_UNLESS] = { "除非", "Unless" },
	[FA_PAGE_LEXICONS] = { "词表", "Words" },
	[FA_PAGE_NOTHING_FIRES] = { "文档涉及上述场景，而本项义务没有任何规则命"
				    "中。",
		"The document is on one of these subjects, and no rule of the "
		"obligation fires." },
	[FA_PAGE_MATCH] = { "命中", "It fires on" },
	[FA_PAGE_NO_MATCH] = { "不命中", "It does not fire on" },
	[FA_PAGE_FALSE] = { "已知误报", "Known false positives" },
	[FA_PAGE_RULE_WHY] = { "理由", "Why" },
	[FA_PAGE_RULE_FIX] = { "整改", "Remedy" },
	[FA_PAGE_STATUS] = { "规则状态", "Status of the rule" },
	[FA_PAGE_VERDICT] = { "结论", "Verdict" },
	[FA_PAGE_LABELLED] = { "人工标注", "Labelled" },
	[FA_PAGE_FOUND] = { "判出", "Found" },
	[FA_PAGE_INTERVAL] = { "95% 置信区间", "95 % interval" },
	[FA_PAGE_FOUND_CAPTION] = { "人工标注为各结论的文档中，判出同一结论的份"
				    "数",
		"Documents that people gave each verdict, and how many of them "
		"were judged so" },
	[FA_PAGE_COVERS] = { "所属条款", "Paragraphs it belongs to" },
};

/* Behind the style of the reports. */
static const char page_style[] =
	".top nav p{margin:0 0 1rem;font-weight:400;display:flex;"
	"flex-wrap:wrap;gap:.25rem 1.5rem}\n"
	"h2 code{font-size:.85em}\n"
	"h3.rule{margin:0;font-size:1rem;line-height:1.5}\n"
	".finding h4{margin:1rem 0 .25rem}\n"
	".finding dl{margin:.75rem 0}\n"
	".tree,.tree ul,.list{margin:.25rem 0;padding-left:1.4rem}\n"
	".tree{font-size:.9375rem}\n"
	".yes li::marker{content:\"✓  \";color:var(--green)}\n"
	".hit li::marker{content:\"●  \";color:var(--accent)}\n"
	".miss li::marker{content:\"○  \";color:var(--soft)}\n"
	".share{display:block;color:var(--soft);font-size:.8125rem}\n"
	".finding.violation{border-left-color:var(--red)}\n"
	".finding.compliant{border-left-color:var(--green)}\n"
	".finding.gap,.finding.cannot_tell{border-left-color:#b97a00}\n"
	".tags .violation{background:var(--red-bg);color:var(--red);"
	"border-color:transparent;font-weight:600}\n"
	".tags .compliant{background:var(--green-bg);color:var(--green);"
	"border-color:transparent;font-weight:600}\n"
	".tags .gap,.tags .cannot_tell{background:var(--amber-bg);"
	"color:var(--amber);border-color:transparent;font-weight:600}\n"
	".counts{width:auto}\n";

const char *
fa_page_word(const struct fa_page *p, enum fa_page_word w)
{
	return words[w][p->lang];
}

const char *
fa_page_suffix(enum fa_lang lang)
{
	return lang == FA_LANG_ZH ? ".html" : ".en.html";
}

const char *
fa_page_zh(const struct fa_page *p)
{
	return p->lang == FA_LANG_ZH ? "" : " lang=\"zh-CN\"";
}

static bool
is_index(struct fa_str name)
{
	return fa_str_eq(name, FA_STR("index"));
}

static void
put_head(const struct fa_page *p, struct fa_str name, struct fa_str title)
{
	struct fa_buf *out = p->out;

	fa_html_page_begin(out, p->lang);
	if (!is_index(name)) {
		fa_html_text(out, name, false);
		fa_buf_addc(out, ' ');
	}
	fa_html_text(out, title, false);
	fa_buf_adds(out, "</title>\n<style>\n");
	fa_html_page_style(out);
	fa_buf_adds(out, page_style);
	fa_buf_adds(out, "</style>\n</head>\n<body>\n");
}

void
fa_page_begin(const struct fa_page *p, struct fa_str name, struct fa_str title)
{
	bool zh = p->lang == FA_LANG_ZH;
	struct fa_buf *out = p->out;

	put_head(p, name, title);
	fa_buf_addf(out,
		"<a class=\"skip\" href=\"#main\">%s</a>\n"
		"<header class=\"top\"><div class=\"page\">\n"
		"<nav aria-label=\"%s\"><p>",
		fa_page_word(p, FA_PAGE_SKIP), fa_page_word(p, FA_PAGE_NAV));
	if (!is_index(name)) {
		fa_buf_addf(out, "<a href=\"index%s\">%s</a> ",
			fa_page_suffix(p->lang),
			fa_page_word(p, FA_PAGE_INDEX));
	}
	fa_buf_addf(out, "<a lang=\"%s\" hreflang=\"%s\" href=\"",
		zh ? "en" : "zh-CN", zh ? "en" : "zh-CN");
	fa_html_text(out, name, false);
	fa_buf_addf(out, "%s\">%s</a></p></nav>\n<h1>",
		fa_page_suffix(zh ? FA_LANG_EN : FA_LANG_ZH),
		zh ? "English" : "中文");
	fa_html_text(out, title, false);
	fa_buf_adds(out, "</h1>\n");
}

void
fa_page_body(const struct fa_page *p)
{
	fa_buf_adds(
		p->out, "</div></header>\n<main id=\"main\" class=\"page\">\n");
}

void
fa_page_end(const struct fa_page *p)
{
	fa_buf_addf(p->out,
		"</main>\n<footer><div class=\"page\">"
		"<p>faceaudit " FA_VERSION " · %s</p>\n"
		"<p>%s <code>%.64s</code></p></div></footer>\n"
		"</body>\n</html>\n",
		fa_page_word(p, FA_PAGE_CAVEAT),
		fa_page_word(p, FA_PAGE_BUNDLE), p->b->sha256);
}

void
fa_page_section(const struct fa_page *p, const char *id, const char *h2)
{
	fa_buf_addf(p->out,
		"<section id=\"%s\" aria-labelledby=\"%s-h\">\n"
		"<h2 id=\"%s-h\">%s</h2>\n",
		id, id, id, h2);
}

void
fa_page_share(const struct fa_page *p, uint64_t part, uint64_t whole)
{
	uint64_t share;

	if (whole == 0) {
		fa_buf_addf(p->out, "<span class=\"soft\">%s</span>",
			fa_page_word(p, FA_PAGE_UNMEASURED));
		return;
	}
	share = part * 1000 / whole;
	fa_buf_addf(p->out,
		"%llu.%llu%% <span class=\"share\">%llu/%llu</span>",
		(unsigned long long)(share / 10),
		(unsigned long long)(share % 10), (unsigned long long)part,
		(unsigned long long)whole);
}
