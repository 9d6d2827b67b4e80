#include "report/html.h"

#include <assert.h>

static const char *const words[FA_HTML_WORDS][FA_LANG_COUNT] = {
	[FA_HTML_TITLE] = { "人脸识别合规审查报告",
		"Face recognition compliance report" },
	[FA_HTML_CAVEAT] = { "本报告由程序自动生成，供人工复核使用，不构成法律"
			     "意见。",
		"Made by a program for human review. Not legal advice." },
	[FA_HTML_SKIP] = { "跳到正文", "Skip to content" },
	[FA_HTML_CONTENTS] = { "目录", "Contents" },
	[FA_HTML_SUMMARY] = { "总览", "Summary" },
	[FA_HTML_CAPTION] = { "各文档的结论，点击文档名查看详情",
		"Results per document; follow a name for details" },
	[FA_HTML_DOCUMENT] = { "文档", "Document" },
	[FA_HTML_TOOL] = { "工具", "Tool" },
	[FA_HTML_BUNDLE] = { "规则包 SHA-256", "Rule bundle SHA-256" },
	[FA_HTML_AS_OF] = { "法规适用日期", "Law as of" },
	[FA_HTML_GENERATED] = { "生成时间", "Generated" },
	[FA_HTML_FAIL_ON] = { "触发失败的门槛", "Fails on" },
	[FA_HTML_DOC_TITLE] = { "标题", "Title" },
	[FA_HTML_SIZE] = { "大小", "Size" },
	[FA_HTML_BYTES] = { "字节", "bytes" },
	[FA_HTML_ENCODING] = { "编码", "Encoding" },
	[FA_HTML_FORMAT] = { "格式", "Format" },
	[FA_HTML_BAD_BYTES] = { "无法解码的字节",
		"Bytes that could not be decoded" },
	[FA_HTML_VECTOR] = { "评分向量", "Score vector" },
	[FA_HTML_INTERVAL] = { "得分区间", "Score interval" },
	[FA_HTML_TO] = { " 至 ", " to " },
	[FA_HTML_SCOPES] = { "涉及的场景", "Scope" },
	[FA_HTML_RULE] = { "规则", "Rule" },
	[FA_HTML_BOUND] = { "精确率 95% 置信下限 ",
		"95 % lower bound of precision " },
	[FA_HTML_UNMEASURED] = { "尚无标注数据", "not measured yet" },
	[FA_HTML_RAW] = { "原文件中的写法（含标记）",
		"As written in the file, with markup" },
	[FA_HTML_NOTHING] = { "未发现违规、缺失或无法判定的事项。",
		"No violation, gap or open question was found." },
	[FA_HTML_MET] = { "合规事项", "Duties met" },
	[FA_HTML_NOT_APPLICABLE] = { "不适用的事项", "Not applicable" },
	[FA_HTML_OBLIGATION] = { "义务", "Obligation" },
	[FA_HTML_PLACE] = { "位置", "Place" },
	[FA_HTML_METHOD] = { "方法与局限", "Method and limits" },
	[FA_HTML_MEASURED_ON] = { "规则精确率的测量数据",
		"Precision measured on" },
	[FA_HTML_LEDGER_NOTE] = { "各条款由规则判断到什么程度。文字之外的事项不"
				  "会显示为合规，应向运营者索取所列材料。",
		"How far the rules see each paragraph. What a text cannot show "
		"is never reported as met: ask the operator for the documents "
		"named." },
	[FA_HTML_PARAGRAPH] = { "条款", "Paragraph" },
	[FA_HTML_SUBJECT] = { "内容", "Subject" },
	[FA_HTML_STATUS] = { "状态", "Status" },
	[FA_HTML_ASK] = { "说明或应索取的材料", "Why, or what to ask for" },
};

static const char *const method_zh[] = {
	"本工具只读取所列文件，按规则包中的规则逐项判断文字是否履行或违反人脸"
	"识别有关的义务。它看不到应用实际如何运行：界面、权限、网络传输、后台存"
	"储以及线下场景均不在判断之列。",
	"结论分为五种：违规（文字本身表明违反）、缺失（应当写明而全文未见）、无"
	"法判定（说明原因）、合规（有充分的文字依据）、不适用。没有找到不等于合"
	"规，文字合规也不等于实际合规。",
	"每条规则的可信度是它在人工标注文档上所测精确率的 95% "
	"威尔逊置信下限。达"
	"到 0.9 为“确立”，达到 0.7 为“较可能”，其余及未经测量的为“线索”。"
	"线索只供人工核查，不计入得分，也不触发失败。以上为默认门槛，以规则包为"
	"准。",
	"得分（模型 frx-1）从 100 "
	"分起，按义务的严重程度与可信度逐项连乘扣减。区"
	"间的高端只计已证实的事项，低端把无法判定和线索都按不利情形计。覆盖率是"
	"得到明确结论的义务所占的权重。等级 U "
	"表示可判定的内容太少。得分只用于排"
	"序，不是对违法与否的认定；任何人都可由评分向量重新算出。",
	"引文按原文件的字节位置截取，摘要值说明判断所依据的是哪些字节，但不能证"
	"明该文件由何人于何时发布。需要作为证据使用时，请另行固定证据。",
	"依据栏给出条文出处；义务的表述为概括，以官方公布的文本为准。推荐性标准"
	"本身不构成违法的依据。",
	NULL,
};

static const char *const method_en[] = {
	"The tool reads the files listed and nothing else. Its rules decide "
	"for each obligation whether the wording meets or breaks it. How the "
	"app behaves in fact is out of sight: screens, permissions, traffic, "
	"storage and what happens offline.",
	"There are five verdicts: violation (the wording itself shows it), "
	"gap (a duty to state something, and the text is silent), cannot "
	"tell (with the reason), compliant (sufficient wording), not "
	"applicable. Not found is not compliant, and compliant wording is "
	"not compliant conduct.",
	"The confidence of a rule is the Wilson 95 % lower bound of its "
	"precision on documents labelled by people: established from 0.9, "
	"probable from 0.7, else a lead. Leads are for review; they are "
	"never counted and never fail a check. These limits are defaults; "
	"the rule bundle decides.",
	"The score (model frx-1) starts at 100 and is multiplied down by "
	"severity and confidence of each broken obligation. The high end "
	"counts only what is proven; the low end takes unknowns and leads "
	"at their worst. Coverage is the weight of the obligations with a "
	"clear answer. Grade U means that too little could be decided. The "
	"score is for triage, not a finding of law, and can be recomputed "
	"from its vector.",
	"Quotes are cut from the bytes of the file. The digests say which "
	"bytes were judged; they do not prove who published them or when.",
	"Sources give the article; duties are summarised, and the official "
	"text prevails. A recommended standard alone makes no violation.",
	NULL,
};

const char *
fa_html_word(enum fa_lang lang, enum fa_html_word w)
{
	assert(w < FA_HTML_WORDS && lang < FA_LANG_COUNT);
	return words[w][lang];
}

const char *const *
fa_html_method(enum fa_lang lang)
{
	return lang == FA_LANG_ZH ? method_zh : method_en;
}
