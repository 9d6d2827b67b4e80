#include "report/label.h"

#include <assert.h>

static const char *const labels[FA_LABEL_COUNT][FA_LANG_COUNT] = {
	[FA_LABEL_GRADE] = { "等级", "grade" },
	[FA_LABEL_SCORE] = { "得分", "score" },
	[FA_LABEL_COVERAGE] = { "覆盖率", "coverage" },
	[FA_LABEL_SCOPES] = { "场景", "scope" },
	[FA_LABEL_SOURCE] = { "依据", "source" },
	[FA_LABEL_QUOTE] = { "原文", "text" },
	[FA_LABEL_CONTRA] = { "反证", "counter-evidence" },
	[FA_LABEL_WHY] = { "理由", "why" },
	[FA_LABEL_FIX] = { "整改", "remedy" },
	/* An untrue notice is a breach of its own. */
	[FA_LABEL_WORDING] = { "可改写为（须属实）", "could read, if true" },
	[FA_LABEL_WORDING_GAP] = { "可补写（须属实）", "could add, if true" },
	[FA_LABEL_REASON] = { "原因", "reason" },
	[FA_LABEL_SILENT] = { "全文未见相应表述",
		"the document does not say it" },
	[FA_LABEL_SILENT_FLOW] = { "录到的界面中未见",
		"not on any screen that was recorded" },
	[FA_LABEL_MORE] = { "处从略", "more not shown" },
	[FA_LABEL_GATES] = { "触发失败", "fails the check" },
	[FA_LABEL_NOTICE] = { "提示", "note" },
	[FA_LABEL_PARTIAL] = { "未能全部读取", "not read in full" },
	[FA_LABEL_LEFT_OUT] = { "目录中未检查", "left out of folders" },
	[FA_LABEL_SETTINGS] = { "设置", "settings" },
	[FA_LABEL_EXCLUDED] = { "由 exclude 排除", "by exclude" },
	[FA_LABEL_IGNORED] = { "由 .gitignore 排除", "by .gitignore" },
	[FA_LABEL_OWN] = { "自称由本程序写出", "said to be of faceaudit" },
	[FA_LABEL_PARTIAL_N] = { "份未能全部读取", "not read in full" },
	[FA_LABEL_DERIVED] = { "位置依据", "places in" },
	[FA_LABEL_OF_WORD] = { "由 Word 文档各段落得到的文本，每段一行",
		"the paragraphs of the Word document, one line each" },
	[FA_LABEL_OF_PDF] = { "由 pdftotext -raw 从 PDF 各页得到的文本",
		"the text of the pages of the PDF, by pdftotext -raw" },
	[FA_LABEL_ERROR] = { "未能评判", "not judged" },
	[FA_LABEL_NONE] = { "无", "none" },
	[FA_LABEL_TOTAL] = { "合计", "total" },
	[FA_LABEL_DOCUMENTS] = { "份文档", "documents" },
	[FA_LABEL_ERRORS] = { "份未能评判", "not judged" },
	[FA_LABEL_WITH_FACE] = { "份涉及人脸识别", "with face recognition" },
	[FA_LABEL_GATING] = { "项触发失败", "failing the check" },
	[FA_LABEL_COMMA] = { "、", ", " },
	[FA_LABEL_COLON] = { "：", ": " },
	[FA_LABEL_OPEN] = { "「", "«" },
	[FA_LABEL_CLOSE] = { "」", "»" },
	[FA_LABEL_CUT] = { "（引文过长，已截断）", " (quote cut)" },
	[FA_LABEL_AGAINST] = { "反证", "counter-evidence" },
	[FA_LABEL_ALSO] = { "另一处表述", "further passage" },
	[FA_LABEL_CAVEAT] = { "机器初筛结果，供人工复核，不构成法律意见",
		"automatic screening for human review, not legal advice" },
	[FA_LABEL_LEDGER] = { "覆盖清单", "coverage ledger" },
	[FA_LABEL_PARAGRAPHS] = { "款", "paragraphs" },
	[FA_LABEL_USES] = { "用途", "uses" },
	[FA_LABEL_APP] = { "应用", "app" },
	[FA_LABEL_CONFLICT] = { "文件之间的矛盾",
		"contradiction between documents" },
	[FA_LABEL_BASIS] = { "基础", "basis" },
	[FA_LABEL_WAY] = { "路径", "path" },
	[FA_LABEL_WAIVED] = { "已豁免", "waived" },
	[FA_LABEL_WAIVED_N] = { "项已豁免", "waived" },
	[FA_LABEL_WAIVER_NOTES] = { "豁免的问题", "waivers to mend" },
	[FA_LABEL_RULE] = { "规则", "rule" },
};

static const char *const ledger[FA_LEDGER_COUNT][FA_LANG_COUNT] = {
	[FA_LEDGER_AUTOMATED] = { "自动", "automated" },
	[FA_LEDGER_PARTIAL] = { "部分自动", "partial" },
	[FA_LEDGER_MANUAL] = { "人工", "manual" },
	[FA_LEDGER_OUT_OF_REACH] = { "外部不可见", "out of reach" },
	[FA_LEDGER_NOT_APPLICABLE] = { "不适用", "not applicable" },
};

static const char *const verdicts[FA_VERDICT_COUNT][FA_LANG_COUNT] = {
	[FA_VERDICT_NOT_APPLICABLE] = { "不适用", "not applicable" },
	[FA_VERDICT_GAP] = { "缺失", "gap" },
	[FA_VERDICT_CANNOT_TELL] = { "无法判定", "cannot tell" },
	[FA_VERDICT_COMPLIANT] = { "合规", "compliant" },
	[FA_VERDICT_VIOLATION] = { "违规", "violation" },
};

static const char *const severities[FA_SEVERITY_COUNT][FA_LANG_COUNT] = {
	[FA_SEVERITY_ADVISORY] = { "倡导", "advisory" },
	[FA_SEVERITY_LOW] = { "低", "low" },
	[FA_SEVERITY_MEDIUM] = { "中", "medium" },
	[FA_SEVERITY_HIGH] = { "高", "high" },
	[FA_SEVERITY_CRITICAL] = { "严重", "critical" },
};

static const char *const tiers[FA_TIER_COUNT][FA_LANG_COUNT] = {
	[FA_TIER_LEAD] = { "线索（不计分）", "lead (not counted)" },
	[FA_TIER_PROBABLE] = { "较可能", "probable" },
	[FA_TIER_ESTABLISHED] = { "确立", "established" },
};

static const char *const scopes[FA_SCOPE_COUNT][FA_LANG_COUNT] = {
	[FA_SCOPE_FACE_ID] = { "人脸识别", "face recognition" },
	[FA_SCOPE_OS_BIO] = { "系统生物认证", "device biometrics" },
	[FA_SCOPE_FACE_FX] = { "人脸特效", "face effects" },
	[FA_SCOPE_PHOTO] = { "照片", "photographs" },
	[FA_SCOPE_DEFN] = { "定义条款", "definitions" },
};

const char *
fa_label(enum fa_lang lang, enum fa_label l)
{
	assert(l < FA_LABEL_COUNT && lang < FA_LANG_COUNT);
	return labels[l][lang];
}

const char *
fa_label_verdict(enum fa_lang lang, enum fa_verdict v)
{
	assert(v < FA_VERDICT_COUNT && lang < FA_LANG_COUNT);
	return verdicts[v][lang];
}

const char *
fa_label_ledger(enum fa_lang lang, enum fa_ledger_status s)
{
	assert(s < FA_LEDGER_COUNT && lang < FA_LANG_COUNT);
	return ledger[s][lang];
}

const char *
fa_label_severity(enum fa_lang lang, enum fa_severity s)
{
	assert(s < FA_SEVERITY_COUNT && lang < FA_LANG_COUNT);
	return severities[s][lang];
}

const char *
fa_label_tier(enum fa_lang lang, enum fa_tier t)
{
	assert(t < FA_TIER_COUNT && lang < FA_LANG_COUNT);
	return tiers[t][lang];
}

const char *
fa_label_scope(enum fa_lang lang, int scope)
{
	assert(scope >= 0 && scope < FA_SCOPE_COUNT && lang < FA_LANG_COUNT);
	return scopes[scope][lang];
}
