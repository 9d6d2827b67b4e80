/* A flow, as consent-flow/1 or as a sketch, is looked at and its facts are
 * found. Invariants: places and ways are those of the flow and hang together,
 * facts are in order, and one more thing that was not tried never adds an
 * accusation. */
#include <assert.h>
#include <string.h>

#include "flow/facts.h"
#include "flow/import.h"
#include "flow/json.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define SCREENS 400 /* of a flow that is looked into */
#define GAPS 3

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct lexicon {
	const char *name;
	const char *words[12];
};

/* A few words of each lexicon, in the order of names. */
static const struct lexicon lexicons[] = {
	{ "ui_accept", { "同意", "agree" } },
	{ "ui_accept_weak", { "允许", "ok" } },
	{ "ui_adult", { "已满14" } },
	{ "ui_age", { "年龄" } },
	{ "ui_agree", { "同意", "授权" } },
	{ "ui_agree_not", { "另行", "不会" } },
	{ "ui_back", { "返回", "取消" } },
	{ "ui_bind_policy", { "隐私政策" } },
	{ "ui_bind_terms", { "用户协议" } },
	{ "ui_biometric", { "指纹" } },
	{ "ui_blocked", { "无法继续" } },
	{ "ui_cancel_account", { "注销" } },
	{ "ui_capture_start", { "开始识别", "开始" } },
	{ "ui_capturing", { "眨眼", "正对" } },
	{ "ui_document", { "隐私政策", "用户协议" } },
	{ "ui_exit", { "退出" } },
	{ "ui_face", { "人脸", "刷脸", "face" } },
	{ "ui_face_start", { "刷脸登录", "刷脸" } },
	{ "ui_failure", { "失败" } },
	{ "ui_guardian", { "监护人" } },
	{ "ui_guardian_verified", { "监护人手机" } },
	{ "ui_implied", { "即表示同意" } },
	{ "ui_later", { "暂不", "later" } },
	{ "ui_minor", { "未满14" } },
	{ "ui_neutral", { "继续", "确定" } },
	{ "ui_nonface", { "短信", "密码", "sms" } },
	{ "ui_offchannel", { "网点" } },
	{ "ui_other", { "其他方式" } },
	{ "ui_permission", { "使用相机" } },
	{ "ui_refuse", { "不同意", "拒绝", "no" } },
	{ "ui_retain", { "再想想" } },
	{ "ui_success", { "成功", "done" } },
	{ "ui_tell", { "用于" } },
	{ "ui_withdraw", { "关闭刷脸" } },
};
#define LEXICONS FA_COUNT(lexicons)

static struct fa_vocab *
vocab(struct fa_arena *a)
{
	struct fa_bundle *b = fa_arena_new(a, 1, sizeof(*b));
	struct fa_vocab *v = NULL;
	struct fa_err err;

	assert(b);
	b->lexicons = fa_arena_new(a, LEXICONS, sizeof(*b->lexicons));
	assert(b->lexicons);
	b->lexicons_n = LEXICONS;
	for (size_t i = 0; i < LEXICONS; i++) {
		struct fa_lexicon *l = &b->lexicons[i];

		l->name = fa_str_c(lexicons[i].name);
		l->words = fa_arena_new(a, 12, sizeof(*l->words));
		assert(l->words);
		while (lexicons[i].words[l->words_n]) {
			l->words[l->words_n] =
				fa_str_c(lexicons[i].words[l->words_n]);
			l->words_n++;
		}
	}
	assert(fa_vocab_new(&v, b, a, &err) == FA_OK);
	return v;
}

static const bool accuses[FA_FACT_COUNT] = {
	[FA_FACT_SOLE_METHOD] = true,
	[FA_FACT_OTHER_BIOMETRIC] = true,
	[FA_FACT_OTHER_OFFCHANNEL] = true,
	[FA_FACT_OTHER_COSTLY] = true,
	[FA_FACT_OTHER_AFTER_FAILURES] = true,
	[FA_FACT_OTHER_ENDS_NOWHERE] = true,
	[FA_FACT_NO_CONSENT] = true,
	[FA_FACT_NO_FACE_CONSENT] = true,
	[FA_FACT_CONSENT_NO_DECLINE] = true,
	[FA_FACT_CONSENT_PRETICKED] = true,
	[FA_FACT_GENERAL_PRETICKED] = true,
	[FA_FACT_CONSENT_BUNDLED] = true,
	[FA_FACT_CONSENT_IMPLIED] = true,
	[FA_FACT_PERMISSION_ONLY] = true,
	[FA_FACT_REFUSAL_ENDS] = true,
	[FA_FACT_REFUSAL_DENIED] = true,
	[FA_FACT_PREVIEW_BEFORE_CONSENT] = true,
	[FA_FACT_NOTICE_COMPLETE] = true,
	[FA_FACT_ASKED_AGAIN] = true,
	[FA_FACT_ASKED_NEXT_START] = true,
	[FA_FACT_HIDDEN_CAPTURE] = true,
	[FA_FACT_MINOR_NO_GUARDIAN] = true,
	[FA_FACT_MINOR_SELF_GUARDIAN] = true,
	[FA_FACT_GUARDIAN_NO_REFUSAL] = true,
	[FA_FACT_CANCEL_NEEDS_FACE] = true,
	[FA_FACT_CANCEL_BLOCKED] = true,
	[FA_FACT_WITHDRAW_NEEDS_FACE] = true,
	[FA_FACT_WITHDRAW_HARDER] = true,
	[FA_FACT_WITHDRAW_BLOCKED] = true,
	[FA_FACT_NOTICE_BEHIND_LINK] = true,
	[FA_FACT_NOTICE_NONE] = true,
};

static void
check_place(const struct fa_flow *f, const struct fa_flow_place *p)
{
	assert(p->screen < f->screens_n);
	assert(p->element == FA_FLOW_NONE ||
		p->element < f->screens[p->screen].elements_n);
	for (size_t i = 0; i < p->path_n; i++) {
		assert(p->path[i] < f->transitions_n);
		assert(p->basis <= f->transitions[p->path[i]].basis);
		if (i + 1 < p->path_n)
			assert(f->transitions[p->path[i]].to ==
				f->transitions[p->path[i + 1]].from);
	}
}

static void
check(const struct fa_flow *f, const struct fa_facts *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fa_fact *x = &facts->at[i];

		assert(x->kind < FA_FACT_COUNT);
		check_place(f, &x->place);
		if (i > 0)
			assert(facts->at[i - 1].kind <= x->kind);
	}
}

static bool
has(const struct fa_facts *facts, const struct fa_fact *x)
{
	for (size_t i = 0; i < facts->n; i++)
		if (facts->at[i].kind == x->kind)
			return true;
	return false;
}

static int
find(struct fa_facts *out, const struct fa_flow *f, const struct fa_vocab *v,
	struct fa_arena *a)
{
	struct fa_view view;
	struct fa_err err;
	int rc = fa_view(&view, v, f, a, &err);

	return rc < 0 ? rc : fa_flow_facts(out, &view, a, &err);
}

/* Another gap, somewhere. */
static void
check_gap(const struct fa_flow *f, const struct fa_facts *before, uint32_t at,
	const struct fa_vocab *v, struct fa_arena *a)
{
	struct fa_flow g = *f;
	struct fa_facts after;

	g.gaps = fa_arena_new(a, f->gaps_n + 1, sizeof(*g.gaps));
	assert(g.gaps);
	if (f->gaps_n > 0)
		memcpy(g.gaps, f->gaps, f->gaps_n * sizeof(*g.gaps));
	g.gaps[g.gaps_n++] = (struct fa_flow_gap){ .screen = at,
		.kind = FA_FLOW_GAP_UNEXPLORED,
		.element = FA_FLOW_NONE };
	assert(find(&after, &g, v, a) == FA_OK);
	check(&g, &after);
	for (size_t i = 0; i < after.n; i++)
		if (accuses[after.at[i].kind])
			assert(has(before, &after.at[i]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_arena a;
	struct fa_flow *f = NULL;
	struct fa_facts facts;
	struct fa_err err;
	const struct fa_vocab *v;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	v = vocab(&a);
	rc = fa_flow_is_json(text) ? fa_flow_parse(&f, text, &a, &err)
				   : fa_import_sketch(&f, text, &a, &err);
	if (rc == FA_OK && f->screens_n <= SCREENS &&
		find(&facts, f, v, &a) == FA_OK) {
		check(f, &facts);
		for (uint32_t i = 0; i < GAPS && f->screens_n > 0; i++)
			check_gap(f, &facts,
				(uint32_t)((size * (i + 1) + i) % f->screens_n),
				v, &a);
	}
	fa_arena_done(&a);
	return 0;
}
