/* The words for the values of rules and obligations. */
#include "rules/explain.h"

static const char *const verdicts[FA_LANG_COUNT][FA_VERDICT_COUNT] = {
	{ "不适用", "缺失", "无法判定", "合规", "违规" },
	{ "not applicable", "gap", "cannot tell", "compliant", "violation" },
};

static const char *const severities[FA_LANG_COUNT][FA_SEVERITY_COUNT] = {
	{ "倡导", "低", "中", "高", "严重" },
	{ "advisory", "low", "medium", "high", "critical" },
};

static const char *const kinds[FA_LANG_COUNT][3] = {
	{ "禁止性规定", "义务性规定", "鼓励性规定" },
	{ "prohibition", "duty", "encouragement" },
};

static const char *const statuses[FA_LANG_COUNT][3] = {
	{ "试验", "测试", "稳定" },
	{ "experimental", "test", "stable" },
};

const char *
fa_explain_verdict(enum fa_lang lang, enum fa_verdict v)
{
	return verdicts[lang][v];
}

const char *
fa_explain_severity(enum fa_lang lang, enum fa_severity s)
{
	return severities[lang][s];
}

const char *
fa_explain_kind(enum fa_lang lang, enum fa_kind k)
{
	return kinds[lang][k];
}

const char *
fa_explain_status(enum fa_lang lang, enum fa_status s)
{
	return statuses[lang][s];
}
