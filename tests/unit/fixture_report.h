/* A small bundle and results made by hand, for tests of score and report. The
 * policies are invented. */
#ifndef FIXTURE_REPORT_H
#define FIXTURE_REPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/report.h"
#include "score/score.h"

#define FIXTURE_AS_OF 20261121
#define FIXTURE_OUT_BYTES (8u << 20)
#define FIXTURE_ARENA_BYTES (32u << 20)

enum {
	OB_SOLE,
	OB_DECEIVE,
	OB_NOTICE,
	OB_SEPARATE,
	OB_WITHDRAW,
	OB_TREND,
	OB_COUNT
};
enum {
	RU_SOLE,
	RU_SOLE_OPTION,
	RU_DECEIVE,
	RU_NOTICE_GAP,
	RU_SEPARATE,
	RU_WITHDRAW,
	RU_TREND,
	RU_SCOPE,
	RU_COUNT
};

#define T2(zh, en)                                                             \
	{                                                                      \
		{                                                              \
			FA_STR_INIT(zh), FA_STR_INIT(en)                       \
		}                                                              \
	}

static struct fa_instrument fixture_instruments[] = {
	{ .code = FA_STR_INIT("FRM"),
		.title = T2("人脸识别技术应用安全管理办法",
			"Measures for Face Recognition Technology"),
		.issuer = T2("国家互联网信息办公室、公安部", "CAC, MPS"),
		.number = FA_STR_INIT("令第19号"),
		.in_force_from = 20250601,
		.page = FA_STR_INIT("https://www.cac.gov.cn/example?a=1&b=2"),
		.binding = true },
	{ .code = FA_STR_INIT("PIPL"),
		.title = T2("个人信息保护法",
			"Personal Information Protection Law"),
		.in_force_from = 20211101,
		.page = FA_STR_INIT("javascript:alert(1)"),
		.binding = true },
};

static struct fa_obligation fixture_obligations[] = {
	[OB_SOLE] = { .id = FA_STR_INIT("FRM.10.1.a"),
		.instrument = 0,
		.article = FA_STR_INIT("10(1)"),
		.kind = FA_KIND_PROHIBITION,
		.severity = FA_SEVERITY_HIGH,
		.silent = FA_VERDICT_NOT_APPLICABLE,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title = T2("有其他方式时不得只用人脸验证",
			"No face-only verification where another way works"),
		.why = T2("用户没有可用的替代方式，只能交出人脸信息。",
			"The user is left with no way but the face."),
		.fix = T2("提供短信验证码、证件核验等至少一种同等便利的方式。",
			"Offer at least one other way that is as easy."),
		.gap_rule = FA_RULE_NONE,
		.loss = 450 },
	[OB_DECEIVE] = { .id = FA_STR_INIT("FRM.12.D"),
		.instrument = 0,
		.article = FA_STR_INIT("12"),
		.kind = FA_KIND_PROHIBITION,
		.severity = FA_SEVERITY_CRITICAL,
		.silent = FA_VERDICT_NOT_APPLICABLE,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title =
			T2("不得误导用户刷脸", "No deception into a face scan"),
		.why = T2("误导使同意不成立。", "Deception voids consent."),
		.fix = T2("如实说明刷脸的目的。", "Say what the scan is for."),
		.gap_rule = FA_RULE_NONE,
		.loss = 750 },
	[OB_NOTICE] = { .id = FA_STR_INIT("FRM.5.2"),
		.instrument = 0,
		.article = FA_STR_INIT("5(1)(2)"),
		.kind = FA_KIND_DUTY,
		.severity = FA_SEVERITY_MEDIUM,
		.silent = FA_VERDICT_GAP,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title = T2("告知人脸信息的保存期限",
			"State how long face data is kept"),
		.why = T2("用户无从知道人脸信息保存多久。",
			"Users cannot know how long face data is kept."),
		.fix = T2("写明保存期限或确定期限的方法。",
			"State the period or how it is set."),
		.gap = T2("未写明人脸信息的保存期限",
			"The retention period of face data is not stated"),
		.gap_rule = RU_NOTICE_GAP,
		.loss = 200 },
	[OB_SEPARATE] = { .id = FA_STR_INIT("FRM.6.1"),
		.instrument = 0,
		.article = FA_STR_INIT("6(1)"),
		.kind = FA_KIND_DUTY,
		.severity = FA_SEVERITY_HIGH,
		.silent = FA_VERDICT_GAP,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title = T2("取得单独同意", "Obtain separate consent"),
		.why = T2("捆绑的同意不是单独同意。",
			"Bundled consent is not separate consent."),
		.fix = T2(
			"为人脸信息单独弹窗。", "Ask on a screen of its own."),
		.gap = T2(
			"未提及单独同意", "Separate consent is not mentioned"),
		.gap_rule = FA_RULE_NONE,
		.loss = 450 },
	[OB_WITHDRAW] = { .id = FA_STR_INIT("PIPL.15"),
		.instrument = 1,
		.article = FA_STR_INIT("15"),
		.kind = FA_KIND_DUTY,
		.severity = FA_SEVERITY_MEDIUM,
		.silent = FA_VERDICT_GAP,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title =
			T2("提供撤回同意的方式", "Offer withdrawal of consent"),
		.why = T2("同意应当可以撤回。", "Consent must be revocable."),
		.fix = T2("写明撤回的入口。", "Say where to withdraw."),
		.gap = T2("未写明如何撤回同意", "Withdrawal is not explained"),
		.gap_rule = FA_RULE_NONE,
		.loss = 200 },
	[OB_TREND] = { .id = FA_STR_INIT("STD.4"),
		.instrument = 1,
		.article = FA_STR_INIT("附录C"),
		.kind = FA_KIND_ENCOURAGEMENT,
		.severity = FA_SEVERITY_ADVISORY,
		.silent = FA_VERDICT_NOT_APPLICABLE,
		.scopes = FA_SCOPE_BIT(FA_SCOPE_FACE_ID),
		.title = T2("倡导使用国家网络身份认证", "Use the national ID"),
		.why = T2("可少收集信息。", "Less data is collected."),
		.fix = T2("接入公共服务。", "Use the public service."),
		.gap_rule = FA_RULE_NONE,
		.loss = 0 },
};

static struct fa_rule fixture_rules[] = {
	[RU_SOLE] = { .id = FA_STR_INIT("FRM.10.1.a/only"),
		.obligation = OB_SOLE,
		.verdict = FA_VERDICT_VIOLATION,
		.scope = -1,
		.status = FA_STATUS_STABLE,
		.title = T2("不刷脸就不能继续使用", "No face, no service"),
		.hits = 100,
		.right = 100,
		.precision = 963 },
	[RU_SOLE_OPTION] = { .id = FA_STR_INIT("FRM.10.1.a/option"),
		.obligation = OB_SOLE,
		.verdict = FA_VERDICT_COMPLIANT,
		.scope = -1,
		.title = T2("写明可用其他方式", "Another way is offered"),
		.hits = 20,
		.right = 18,
		.precision = 699 },
	[RU_DECEIVE] = { .id = FA_STR_INIT("FRM.12.D/mislead"),
		.obligation = OB_DECEIVE,
		.verdict = FA_VERDICT_VIOLATION,
		.scope = -1,
		.title = T2("以其他名义刷脸", "Face scan under a pretext"),
		.hits = 4,
		.right = 4,
		.precision = 510 },
	[RU_NOTICE_GAP] = { .id = FA_STR_INIT("FRM.5.2/silent"),
		.obligation = OB_NOTICE,
		.verdict = FA_VERDICT_GAP,
		.scope = -1,
		.title = T2("未见保存期限", "No retention period"),
		.hits = 30,
		.right = 28,
		.precision = 786 },
	[RU_SEPARATE] = { .id = FA_STR_INIT("FRM.6.1/vague"),
		.obligation = OB_SEPARATE,
		.verdict = FA_VERDICT_CANNOT_TELL,
		.scope = -1,
		.title = T2("同意方式不明", "Kind of consent unclear") },
	[RU_WITHDRAW] = { .id = FA_STR_INIT("PIPL.15/path"),
		.obligation = OB_WITHDRAW,
		.verdict = FA_VERDICT_COMPLIANT,
		.scope = -1,
		.title = T2("写明了撤回入口", "Withdrawal is explained"),
		.hits = 50,
		.right = 50,
		.precision = 928 },
	[RU_TREND] = { .id = FA_STR_INIT("STD.4/nid"),
		.obligation = OB_TREND,
		.verdict = FA_VERDICT_COMPLIANT,
		.scope = -1,
		.title = T2("接入网络身份认证", "National ID is offered") },
	[RU_SCOPE] = { .id = FA_STR_INIT("scope.face_id"),
		.obligation = FA_RULE_NONE,
		.verdict = FA_VERDICT_NOT_APPLICABLE,
		.scope = FA_SCOPE_FACE_ID,
		.title = T2("人脸识别", "face recognition") },
};

static struct fa_labelled_set fixture_sets[] = {
	{ .name = FA_STR_INIT("policies"),
		.documents = 120,
		.sha256 = FA_STR_INIT("4a5e1e4baab89f3a32518a88c31bc87f"
				      "618f76673e2cc77ab2127b7afdeda33b") },
};

static uint32_t fixture_covers[] = { OB_SOLE, OB_DECEIVE };

static struct fa_ledger_entry fixture_ledger[] = {
	{ .id = FA_STR_INIT("FRM.9.1"),
		.instrument = 0,
		.article = FA_STR_INIT("9(1)"),
		.status = FA_LEDGER_OUT_OF_REACH,
		.title = T2("影响评估", "impact assessment"),
		.ask = T2("索取<评估>报告", "Ask for the <report>") },
	{ .id = FA_STR_INIT("FRM.10.1"),
		.instrument = 0,
		.article = FA_STR_INIT("10(1)"),
		.status = FA_LEDGER_AUTOMATED,
		.obligations = fixture_covers,
		.obligations_n = FA_COUNT(fixture_covers),
		.title = T2(
			"人脸不是唯一方式", "the face is not the only way") },
	{ .id = FA_STR_INIT("PIPL.15"),
		.instrument = 1,
		.article = FA_STR_INIT("15"),
		.status = FA_LEDGER_MANUAL,
		.title = T2("撤回同意", "withdrawal"),
		.ask = T2("索取录屏", "Ask for a recording") },
};

static struct fa_bundle fixture_bundle = {
	.version = FA_STR_INIT("faceaudit-rules/1"),
	.instruments = fixture_instruments,
	.instruments_n = FA_COUNT(fixture_instruments),
	.obligations = fixture_obligations,
	.obligations_n = OB_COUNT,
	.rules = fixture_rules,
	.rules_n = RU_COUNT,
	.sets = fixture_sets,
	.sets_n = FA_COUNT(fixture_sets),
	.ledger = fixture_ledger,
	.ledger_n = FA_COUNT(fixture_ledger),
	.loss = { 0, 80, 200, 450, 750 },
	.established = 900,
	.probable = 700,
	.sha256 = "0123456789abcdef0123456789abcdef"
		  "0123456789abcdef0123456789abcdef",
};

static struct fa_evidence fixture_sole[] = {
	{ .rule = RU_SOLE,
		.raw = { 2048, 2147 },
		.from = { 12, 5, 13 },
		.to = { 12, 38, 112 },
		.quote = FA_STR_INIT("如您<b>不进行人脸识别</b>，"
				     "将无法继续使用𠮷祥钱包的全部功能"),
		.text = FA_STR_INIT("如您不进行人脸识别，"
				    "将无法继续使用𠮷祥钱包的全部功能"),
		.before = FA_STR_INIT("为核验您的身份，"
				      "我们会在登录时采集您的面部特征；"),
		.after = FA_STR_INIT("，且不能以其他方式代替。"),
		.section = FA_STR_INIT("三、身份验证") },
	{ .rule = RU_SOLE,
		.raw = { 9000, 9060 },
		.from = { 88, 1, 1 },
		.to = { 88, 21, 61 },
		.quote = FA_STR_INIT("拒绝刷脸的用户不能提现"),
		.text = FA_STR_INIT("拒绝刷脸的用户不能提现"),
		.after = FA_STR_INIT("。") },
};

static struct fa_evidence fixture_sole_contra[] = {
	{ .rule = RU_SOLE_OPTION,
		.raw = { 5000, 5066 },
		.from = { 40, 1, 1 },
		.to = { 40, 23, 67 },
		.quote = FA_STR_INIT("您也可以选择短信验证码完成登录验证"),
		.text = FA_STR_INIT("您也可以选择短信验证码完成登录验证"),
		.before = FA_STR_INIT("在部分地区，"),
		.after = FA_STR_INIT("。"),
		.section = FA_STR_INIT("三、身份验证") },
};

static struct fa_evidence fixture_deceive[] = {
	{ .rule = RU_DECEIVE,
		.raw = { 7000, 7060 },
		.from = { 61, 9, 25 },
		.to = { 61, 29, 85 },
		.quote = FA_STR_INIT("刷脸即可领取新人红包"),
		.text = FA_STR_INIT("刷脸即可领取新人红包"),
		.after = FA_STR_INIT("，名额有限。") },
};

static struct fa_evidence fixture_separate[] = {
	{ .rule = RU_SEPARATE,
		.raw = { 7400, 7460 },
		.from = { 66, 1, 1 },
		.to = { 66, 21, 61 },
		.quote = FA_STR_INIT("我们将在征得您同意后收集面部特征"),
		.text = FA_STR_INIT("我们将在征得您同意后收集面部特征"),
		.after = FA_STR_INIT("。") },
};

static struct fa_evidence fixture_withdraw[] = {
	{ .rule = RU_WITHDRAW,
		.raw = { 8000, 8060 },
		.from = { 70, 1, 1 },
		.to = { 70, 21, 61 },
		.quote = FA_STR_INIT("您可以在设置中关闭人脸登录"),
		.text = FA_STR_INIT("您可以在设置中关闭人脸登录"),
		.after = FA_STR_INIT("。") },
};

static struct fa_evidence fixture_scope[] = {
	{ .rule = RU_SCOPE,
		.raw = { 1990, 2002 },
		.from = { 12, 1, 1 },
		.to = { 12, 5, 13 },
		.quote = FA_STR_INIT("人脸识别"),
		.text = FA_STR_INIT("人脸识别"),
		.before = FA_STR_INIT("我们使用"),
		.after = FA_STR_INIT("技术核验您的身份。") },
};

static int fixture_scope_of[] = { FA_SCOPE_FACE_ID };

/* Everything that must not reach a terminal or a browser as it is. */
#define HOSTILE_TEXT                                                           \
	"\xE2\x80\xAE"                                                         \
	"safe\x1B[31m\x07\xC2\x9B"                                             \
	"2J</script><img src=x "                                               \
	"onerror=alert(1)>\"'&amp; \xE2\x81\xA6\xE2\x80\x8B"                   \
	"end\r\nnew \xFF"

static struct fa_evidence fixture_hostile[] = {
	{ .rule = RU_SOLE,
		.raw = { 0, 60 },
		.from = { 1, 1, 1 },
		.to = { 2, 8, 22 },
		.quote = FA_STR_INIT(HOSTILE_TEXT),
		.text = FA_STR_INIT(HOSTILE_TEXT),
		.before = FA_STR_INIT(HOSTILE_TEXT),
		.after = FA_STR_INIT(HOSTILE_TEXT),
		.section = FA_STR_INIT(HOSTILE_TEXT),
		.cut = true },
};

/* One finding for each obligation. */
struct fixture {
	struct fa_finding findings[OB_COUNT];
	struct fa_result res;
};

static inline void
fixture_pro(struct fa_finding *f, enum fa_verdict v, uint32_t rule,
	struct fa_evidence *pro, size_t pro_n)
{
	f->verdict = v;
	f->rule = rule;
	f->pro = pro;
	f->pro_n = pro_n;
}

static inline void
fixture_score(struct fixture *x, struct fa_arena *a)
{
	struct fa_err err;

	assert_int_equal(
		fa_score(&x->res, &fixture_bundle, FIXTURE_AS_OF, a, &err),
		FA_OK);
}

/* A policy with a violation, a gap, a lead, an unknown and a duty met. */
static inline void
fixture_policy(struct fixture *x, struct fa_arena *a)
{
	memset(x, 0, sizeof(*x));
	for (uint32_t i = 0; i < OB_COUNT; i++) {
		x->findings[i].obligation = i;
		x->findings[i].rule = FA_RULE_NONE;
	}
	x->res.name = FA_STR("隐私/政策 一.html");
	x->res.title = FA_STR("𠮷祥钱包隐私政策");
	x->res.raw_bytes = 48123;
	memset(x->res.sha256, 'a', 64);
	memset(x->res.sm3, 'b', 64);
	x->res.format = FA_FORMAT_HTML;
	x->res.encoding = FA_ENC_GB18030;
	x->res.scopes =
		FA_SCOPE_BIT(FA_SCOPE_FACE_ID) | FA_SCOPE_BIT(FA_SCOPE_PHOTO);
	x->res.scope_evidence = fixture_scope;
	x->res.scope_of = fixture_scope_of;
	x->res.scope_evidence_n = 1;
	x->res.findings = x->findings;
	x->res.findings_n = OB_COUNT;
	fixture_pro(&x->findings[OB_SOLE], FA_VERDICT_VIOLATION, RU_SOLE,
		fixture_sole, 2);
	x->findings[OB_SOLE].contra = fixture_sole_contra;
	x->findings[OB_SOLE].contra_n = 1;
	fixture_pro(&x->findings[OB_DECEIVE], FA_VERDICT_VIOLATION, RU_DECEIVE,
		fixture_deceive, 1);
	fixture_pro(&x->findings[OB_NOTICE], FA_VERDICT_GAP, RU_NOTICE_GAP,
		NULL, 0);
	fixture_pro(&x->findings[OB_SEPARATE], FA_VERDICT_CANNOT_TELL,
		RU_SEPARATE, fixture_separate, 1);
	x->findings[OB_SEPARATE].reason = FA_STR("文中只说“同意”");
	fixture_pro(&x->findings[OB_WITHDRAW], FA_VERDICT_COMPLIANT,
		RU_WITHDRAW, fixture_withdraw, 1);
	fixture_score(x, a);
}

/* The same with hostile text wherever text comes from outside. */
static inline void
fixture_hostile_policy(struct fixture *x, struct fa_arena *a)
{
	fixture_policy(x, a);
	x->res.name = FA_STR("a\nb\x1B]0;x\x07</script>\xE2\x80\xAE.html");
	x->res.title = FA_STR(HOSTILE_TEXT);
	x->res.notice = FA_STR(HOSTILE_TEXT);
	x->findings[OB_SOLE].pro = fixture_hostile;
	x->findings[OB_SOLE].pro_n = 1;
	x->findings[OB_SOLE].contra = fixture_hostile;
	x->findings[OB_SEPARATE].reason = FA_STR(HOSTILE_TEXT);
}

/* A waiver of each kind; each with text that must not be obeyed. */
static const struct fa_waiver fixture_waivers[] = {
	{ .kind = FA_WAIVER_INLINE,
		.rule = FA_STR_INIT("FRM.10.1.a"),
		.reason = FA_STR_INIT("海外版不上线 @ops <b>x</b>"),
		.until = 20261231,
		.file = FA_STR_INIT("隐私/政策 一.html"),
		.line = 11 },
	{ .kind = FA_WAIVER_CONFIG,
		.rule = FA_STR_INIT("FRM.5.2"),
		.reason = FA_STR_INIT("见 " HOSTILE_TEXT),
		.file = FA_STR_INIT(".faceaudit.yaml"),
		.line = 7 },
	{ .kind = FA_WAIVER_BASELINE,
		.rule = FA_STR_INIT("FRM.12.D/mislead"),
		.file = FA_STR_INIT("baseline.json") },
};

/* One of each fault. */
static const struct fa_waiver_note fixture_notes[] = {
	{ .fault = FA_WAIVER_EXPIRED,
		.waiver = { .kind = FA_WAIVER_INLINE,
			.rule = FA_STR_INIT("FRM.10.1.a"),
			.reason = FA_STR_INIT("暂缓"),
			.until = 20260101,
			.file = FA_STR_INIT("a,b:c%.md"),
			.line = 3 } },
	{ .fault = FA_WAIVER_UNUSED,
		.waiver = { .kind = FA_WAIVER_CONFIG,
			.rule = FA_STR_INIT("FRM.6.1"),
			.reason = FA_STR_INIT("没有了"),
			.file = FA_STR_INIT(".faceaudit.yaml"),
			.line = 12 } },
	{ .fault = FA_WAIVER_NO_REASON,
		.waiver = { .kind = FA_WAIVER_INLINE,
			.rule = FA_STR_INIT("PIPL.15"),
			.file = FA_STR_INIT("./docs/x.md"),
			.line = 9 } },
	{ .fault = FA_WAIVER_NO_RULE,
		.waiver = { .kind = FA_WAIVER_CONFIG,
			.rule = FA_STR_INIT("FRM.99" HOSTILE_TEXT),
			.reason = FA_STR_INIT("?"),
			.file = FA_STR_INIT(".faceaudit.yaml"),
			.line = 15 },
		.detail = FA_STR_INIT("FRM.9.1") },
	{ .fault = FA_WAIVER_NO_DATE,
		.waiver = { .kind = FA_WAIVER_CONFIG,
			.rule = FA_STR_INIT("FRM.6.1"),
			.reason = FA_STR_INIT("?"),
			.file = FA_STR_INIT(".faceaudit.yaml") },
		.detail = FA_STR_INIT("next week") },
};

/* What was found by the policy, but part of it is accepted: one passage of the
 * violation, which is a finding of its own at the end, the gap and the lead. */
struct fixture_waived {
	struct fixture base;
	struct fa_finding findings[OB_COUNT + 1];
};

static inline void
fixture_waived(struct fixture_waived *x, struct fa_arena *a)
{
	fixture_policy(&x->base, a);
	memcpy(x->findings, x->base.findings, sizeof(x->base.findings));
	x->findings[OB_COUNT] = x->findings[OB_SOLE];
	x->findings[OB_COUNT].pro = &fixture_sole[1];
	x->findings[OB_COUNT].pro_n = 1;
	x->findings[OB_COUNT].waiver = &fixture_waivers[0];
	x->findings[OB_SOLE].pro_n = 1;
	x->findings[OB_NOTICE].waiver = &fixture_waivers[1];
	x->findings[OB_DECEIVE].waiver = &fixture_waivers[2];
	x->base.res.name = FA_STR("./docs/waived.html");
	x->base.res.findings = x->findings;
	x->base.res.findings_n = OB_COUNT + 1;
}

/* A file that could not be judged. */
static inline void
fixture_broken(struct fixture *x)
{
	memset(x, 0, sizeof(*x));
	x->res.name = FA_STR("scan.pdf");
	x->res.raw_bytes = 99;
	memset(x->res.sha256, 'c', 64);
	memset(x->res.sm3, 'd', 64);
	x->res.error = FA_STR("looks like a PDF, which is not read");
}

/* A face policy in which nothing was found wrong. */
static inline void
fixture_clean(struct fixture *x, struct fa_arena *a)
{
	fixture_policy(x, a);
	x->res.name = FA_STR("docs/clean.md");
	x->res.title = FA_STR("人脸信息处理规则");
	x->res.format = FA_FORMAT_MARKDOWN;
	x->res.encoding = FA_ENC_UTF8;
	for (uint32_t i = 0; i < OB_TREND; i++) {
		x->findings[i] = (struct fa_finding){ .obligation = i };
		fixture_pro(&x->findings[i], FA_VERDICT_COMPLIANT, RU_WITHDRAW,
			fixture_withdraw, 1);
	}
	fixture_score(x, a);
}

struct fixture_report {
	struct fa_arena arena;
	struct fa_buf out;
	struct fa_report report;
	struct fa_report_totals totals;
};

static inline void
fixture_open(struct fixture_report *x, const char *writer)
{
	memset(x, 0, sizeof(*x));
	fa_arena_init(&x->arena, FIXTURE_ARENA_BYTES);
	fa_buf_init(&x->out, FIXTURE_OUT_BYTES);
	x->report.writer = fa_report_find(fa_str_c(writer));
	assert_non_null(x->report.writer);
	x->report.bundle = &fixture_bundle;
	x->report.arena = &x->arena;
	x->report.opts.as_of = FIXTURE_AS_OF;
	x->report.opts.fail_tier = FA_TIER_PROBABLE;
	x->report.opts.fail_severity = FA_SEVERITY_HIGH;
	x->report.opts.tool_version = FA_STR("1.2.3");
}

static inline void
fixture_begin(struct fixture_report *x)
{
	struct fa_err err;

	assert_int_equal(
		x->report.writer->begin(&x->report, &x->out, &err), FA_OK);
}

static inline void
fixture_doc(struct fixture_report *x, const struct fa_result *res)
{
	struct fa_err err;

	assert_int_equal(
		x->report.writer->doc(&x->report, res, &x->out, &err), FA_OK);
	x->totals.documents++;
	x->totals.errors += res->error.p != NULL;
	x->totals.with_face_id +=
		(res->scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)) != 0;
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		x->totals.counts[i] += res->counts[i];
	for (size_t i = 0; i < res->findings_n; i++) {
		x->totals.waived += res->findings[i].waiver != NULL;
		x->totals.gating += fa_score_gates(&res->findings[i],
			&fixture_bundle, x->report.opts.fail_tier,
			x->report.opts.fail_severity);
	}
}

static inline struct fa_str
fixture_end(struct fixture_report *x)
{
	struct fa_err err;

	x->totals.exit_status = x->totals.gating > 0 ? 1 : 0;
	assert_int_equal(
		x->report.writer->end(&x->report, &x->totals, &x->out, &err),
		FA_OK);
	return fa_buf_str(&x->out);
}

/* begin, the policy, the hostile one, the broken one, the clean one, the one
 * with waivers, end with notes on waivers. */
static inline struct fa_str
fixture_write_all(struct fixture_report *x)
{
	struct fixture_waived waived;
	struct fixture policy;

	fixture_begin(x);
	fixture_policy(&policy, &x->arena);
	fixture_doc(x, &policy.res);
	fixture_hostile_policy(&policy, &x->arena);
	fixture_doc(x, &policy.res);
	fixture_broken(&policy);
	fixture_doc(x, &policy.res);
	fixture_clean(&policy, &x->arena);
	fixture_doc(x, &policy.res);
	fixture_waived(&waived, &x->arena);
	fixture_doc(x, &waived.base.res);
	x->totals.notes = fixture_notes;
	x->totals.notes_n = FA_COUNT(fixture_notes);
	return fixture_end(x);
}

static inline void
fixture_close(struct fixture_report *x)
{
	if (x->report.writer->done != NULL)
		x->report.writer->done(&x->report);
	fa_buf_done(&x->out);
	fa_arena_done(&x->arena);
}

static inline bool
fixture_has(struct fa_str s, const char *needle)
{
	return fa_str_find(s, fa_str_c(needle), 0) != SIZE_MAX;
}

#endif
