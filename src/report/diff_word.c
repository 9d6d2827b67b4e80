#include "report/diff_parts.h"

static const char *const words[FA_DIFF_W_COUNT][FA_LANG_COUNT] = {
	[FA_DIFF_W_TITLE] = { "文本比较报告", "Comparison of two versions" },
	[FA_DIFF_W_OLD] = { "旧版", "old" },
	[FA_DIFF_W_NEW] = { "新版", "new" },
	[FA_DIFF_W_FINDINGS] = { "问题的变化", "What became of the findings" },
	[FA_DIFF_W_CHANGES] = { "文本的变化", "What changed in the text" },
	[FA_DIFF_W_SAME_BYTES] = { "两个版本的字节相同",
		"both versions are the same bytes" },
	[FA_DIFF_W_NO_TEXT] = { "新版没有可供比较的文本，对其不作结论",
		"the new version has no text to compare; nothing is said about "
		"it" },
	[FA_DIFF_W_NO_CHANGES] = { "文本没有变化", "the text did not change" },
	[FA_DIFF_W_NO_FINDINGS] = { "两个版本都没有发现问题",
		"neither version has findings" },
	[FA_DIFF_W_NO_DOCUMENTS] = { "没有可供比较的文件",
		"there are no documents to compare" },
	[FA_DIFF_W_ALONE] = { "份文件只有一个版本，未作比较",
		"documents were seen in one version only and not compared" },
	[FA_DIFF_W_NOT_MINIMAL] = { "两个版本相差太大，所示并非最短的改法，但两"
				    "侧文本完整",
		"the versions differ too much for the shortest script; both "
		"sides are whole all the same" },
	[FA_DIFF_W_RETYPED] = { "其中书写不同（全半角、空格、繁简）",
		"of these written otherwise (width, blanks, script)" },
	[FA_DIFF_W_TECHNICAL] = { "旧版此前的评判所用不同",
		"an earlier judgement of the old version had others" },
	[FA_DIFF_W_CAUSE] = { "原因", "cause" },
	[FA_DIFF_W_STATE] = { "状态", "state" },
	[FA_DIFF_W_OBLIGATION] = { "义务", "obligation" },
	[FA_DIFF_W_VERDICT] = { "判断", "verdict" },
	[FA_DIFF_W_PASSAGE] = { "依据", "passage" },
	[FA_DIFF_W_LAST_SEEN] = { "上次见于", "last seen" },
	[FA_DIFF_W_STILL] = { "该处已改，但新版仍违反或缺失此项义务",
		"gone here, but the new version still breaks or lacks this" },
	[FA_DIFF_W_CAPTURED] = { "捕获于", "captured" },
	[FA_DIFF_W_BYTES] = { "字节", "bytes" },
	[FA_DIFF_W_KIND] = { "变化", "change" },
	[FA_DIFF_W_SUMMARY] = { "概要", "summary" },
	[FA_DIFF_W_SILENT] = { "全文未写", "the text does not say it" },
	[FA_DIFF_W_WAS_SILENT] = { "旧版全文未写",
		"the old text did not say it" },
	[FA_DIFF_W_CONTENTS] = { "目录", "contents" },
	[FA_DIFF_W_CAPTION_FINDINGS] = { "各项问题在两个版本之间的变化",
		"How the findings changed between the versions" },
	[FA_DIFF_W_CAPTION_CLAUSES] = { "逐句对照：左为旧版，右为新版，编号为该"
					"句在该版本中的序号",
		"Clause by clause: the old version on the left, the new one on "
		"the right, with the number of each clause in its version" },
	[FA_DIFF_W_LEGEND] = { "划线的字已删去，加下划线的字为新增。",
		"Struck-out text was deleted, underlined text was inserted." },
	[FA_DIFF_W_SKIP] = { "跳到正文", "Skip to the text" },
	[FA_DIFF_W_METHOD] = { "两个版本由同一程序按同一规则、同一日期有效的规"
			       "定读取和评判，因此所列变化来自文本；此前的评判"
			       "所用规则或读取方式不同的，其影响单独列明。新版"
			       "未能取得或无法判断时，不作“已消除”的结论。句的"
			       "序号从 1 起，不计空白。",
		"Both versions were read and judged by the same program, with "
		"the same rules, as of the same date, so that the changes "
		"listed come from the text; where an earlier judgement had "
		"other rules or another reader, what that changed is named "
		"apart. Nothing is called fixed by a version that was not "
		"obtained or cannot be told. Clauses are counted from 1, "
		"without blank ones." },
	[FA_DIFF_W_OUTCOME] = { "取得情况", "outcome" },
	[FA_DIFF_W_OLD_NUMBER] = { "旧版编号", "old no." },
	[FA_DIFF_W_NEW_NUMBER] = { "新版编号", "new no." },
};

static const char *const kinds[FA_LANG_COUNT][FA_DIFF_KIND_COUNT] = {
	{ "未变", "移动", "改写", "删除", "新增" },
	{ "same", "moved", "reworded", "removed", "added" },
};
static const char *const moved_reworded[FA_LANG_COUNT] = { "移动并改写",
	"moved and reworded" };

static const char *const states[FA_LANG_COUNT][FA_DIFF_STATE_COUNT] = {
	{ "新增", "再次出现", "改写", "移动", "未变", "无法判断", "已消除" },
	{ "new", "reappeared", "reworded", "moved", "unchanged", "unknown",
		"fixed" },
};
static const char *const causes[FA_LANG_COUNT][FA_DIFF_CAUSE_COUNT] = {
	{ "无", "文本", "读取方式", "规则或日期", "读取方式和规则",
		"捕获失败" },
	{ "none", "the text", "the extractor", "the rules or the date",
		"the extractor and the rules", "the capture failed" },
};

const char *
fa_diff_word(enum fa_lang lang, enum fa_diff_word w)
{
	return words[w][lang];
}

const char *
fa_diff_kind_word(enum fa_lang lang, const struct fa_diff_row *r)
{
	return r->moved && r->kind == FA_DIFF_REWORDED ? moved_reworded[lang]
						       : kinds[lang][r->kind];
}

const char *
fa_diff_state_word(enum fa_lang lang, enum fa_diff_state s)
{
	return states[lang][s];
}

const char *
fa_diff_cause_word(enum fa_lang lang, enum fa_diff_cause c)
{
	return causes[lang][c];
}

void
fa_diff_put_peer(
	struct fa_buf *out, enum fa_lang lang, const struct fa_diff_row *r)
{
	bool to = r->a != FA_DIFF_NONE;

	fa_buf_adds(out,
		lang == FA_LANG_EN ? to ? "moved to clause " : "was clause "
			: to       ? "移至第 "
				   : "原在第 ");
	fa_buf_addf(out, "%u%s", (unsigned)r->peer + 1,
		lang == FA_LANG_EN ? "" : " 句");
}

void
fa_diff_put_unchanged(struct fa_buf *out, enum fa_lang lang, size_t n)
{
	fa_buf_addf(out, "%zu %s", n,
		lang == FA_LANG_EN ? "clauses unchanged" : "句未变");
}

void
fa_diff_counts(struct fa_buf *out, enum fa_lang lang, const struct fa_diff *d)
{
	const char *comma = "";

	for (int k = 0; k < FA_DIFF_KIND_COUNT; k++) {
		if (d->counts[k] == 0)
			continue;
		fa_buf_addf(out, "%s%s %u", comma, kinds[lang][k],
			(unsigned)d->counts[k]);
		comma = fa_label(lang, FA_LABEL_COMMA);
	}
}

void
fa_diff_states(
	struct fa_buf *out, enum fa_lang lang, const struct fa_diff_doc *d)
{
	const char *comma = "";

	for (int s = 0; s < FA_DIFF_STATE_COUNT; s++) {
		if (d->states[s] == 0)
			continue;
		fa_buf_addf(out, "%s%s %u", comma, states[lang][s],
			(unsigned)d->states[s]);
		comma = fa_label(lang, FA_LABEL_COMMA);
	}
}

struct fa_str
fa_diff_message(const struct fa_diff_report *r, const struct fa_diff_finding *f)
{
	bool now = fa_report_is_breach(f->now) && f->state != FA_DIFF_FIXED;
	struct fa_finding as = { .obligation = f->obligation,
		.verdict = now ? f->now : f->was,
		.rule = f->rule };

	return fa_report_message(r->bundle, &as, r->lang);
}

bool
fa_diff_is_past(const struct fa_diff_finding *f)
{
	return f->state == FA_DIFF_FIXED || f->state == FA_DIFF_UNKNOWN;
}

bool
fa_diff_still(const struct fa_diff_finding *f)
{
	return f->state == FA_DIFF_FIXED && fa_report_is_breach(f->now);
}

int
fa_diff_shown(bool **out, const struct fa_diff *d, uint32_t context,
	struct fa_arena *a, struct fa_err *err)
{
	bool *shown = fa_arena_new(a, d->rows_n, sizeof(*shown));

	if (!shown)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (size_t i = 0, near = 0; i < d->rows_n; i++) {
		if (d->rows[i].kind != FA_DIFF_SAME || d->rows[i].retyped)
			near = (size_t)context + 1;
		shown[i] = near > 0;
		near -= near > 0;
	}
	for (size_t i = d->rows_n, near = 0; i-- > 0;) {
		if (d->rows[i].kind != FA_DIFF_SAME || d->rows[i].retyped)
			near = (size_t)context + 1;
		shown[i] = shown[i] || near > 0;
		near -= near > 0;
	}
	/* To fold one away takes as much room as it does. */
	for (size_t i = 0; i < d->rows_n; i++)
		if ((i == 0 || shown[i - 1]) &&
			(i + 1 == d->rows_n || shown[i + 1]))
			shown[i] = true;
	*out = shown;
	return FA_OK;
}
