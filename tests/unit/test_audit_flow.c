/* A flow through all stages, with the rules of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/flow.h"
#include "flow/import.h"
#include "rules/rules.h"

#define AS_OF 20261122
#define ARENA_BYTES ((size_t)512 << 20)

struct rig {
	struct fa_arena rules, a;
	struct fa_err err;
	struct fa_bundle *b;
	struct fa_matcher *m;
	struct fa_audit audit;
	struct fa_flow *flow;
	struct fa_result r;
};

static struct rig rig;

static int
setup(void **state)
{
	struct rig *r = &rig;
	int rc;

	fa_arena_init(&r->rules, ARENA_BYTES);
	fa_arena_init(&r->a, ARENA_BYTES);
	rc = fa_rules_load(&r->b, FA_STR("rules"), &r->rules, &r->err);
	if (rc == FA_OK)
		rc = fa_matcher_new(&r->m, r->b, &r->err);
	if (rc < 0)
		print_error("%s\n", r->err.msg);
	r->audit = (struct fa_audit){
		.bundle = r->b, .matcher = r->m, .as_of = AS_OF
	};
	*state = r;
	return rc;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_matcher_free(r->m);
	fa_arena_done(&r->rules);
	fa_arena_done(&r->a);
	return 0;
}

static void
judge(struct rig *r, const char *sketch)
{
	fa_arena_reset(&r->a);
	if (fa_import_sketch(&r->flow, fa_str_c(sketch), &r->a, &r->err) < 0 ||
		fa_audit_flow(&r->r, &r->audit, r->flow, FA_STR("x.flow"),
			FA_STR_NONE, &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
	assert_null(r->r.error.p);
	assert_ptr_equal(r->r.flow, r->flow);
}

static const struct fa_finding *
finding(const struct rig *r, const char *id)
{
	uint32_t o = fa_bundle_obligation(r->b, fa_str_c(id));

	for (size_t i = 0; i < r->r.findings_n; i++)
		if (r->r.findings[i].obligation == o)
			return &r->r.findings[i];
	fail_msg("no finding on %s", id);
	return NULL;
}

static void
verdict(const struct rig *r, const char *id, enum fa_verdict v)
{
	const struct fa_finding *f = finding(r, id);

	if (f->verdict != v)
		fail_msg("%s is %s, not %s", id, fa_verdict_name(f->verdict),
			fa_verdict_name(v));
}

/* The only way to unlock is the face; who refuses stays locked. */
static const char sole[] = "app: 甲\nbasis: observed\n"
			   "== home 首页\n[解除账号限制] -> ask\n"
			   "== ask 人脸信息授权\n"
			   "为核验您本人，我们将采集您的人脸信息。\n"
			   "[同意] -> cam\n[不同意] -> home\n"
			   "== cam 人脸识别\n<camera>\n请正对屏幕\n"
			   "[开始识别] => done\n[取消] -> home\n"
			   "== done 账号限制已解除 {service}\n";

static void
a_finding_names_the_screen_the_control_and_the_taps(void **state)
{
	struct rig *r = *state;
	const struct fa_finding *f;
	const struct fa_flow_place *p;

	judge(r, sole);
	verdict(r, "FRM.10.1.a", FA_VERDICT_VIOLATION);
	verdict(r, "FRM.6.1.a", FA_VERDICT_COMPLIANT);
	f = finding(r, "FRM.10.1.a");
	assert_true(f->pro_n > 0);
	p = f->pro[0].place;
	assert_non_null(p);
	assert_true(fa_str_eq(
		r->flow->screens[p->screen].title, FA_STR("人脸识别")));
	assert_int_equal(p->basis, FA_FLOW_OBSERVED);
	assert_true(p->path_n >= 2);
	assert_int_equal(r->flow->transitions[p->path[0]].from, r->flow->start);
	for (size_t i = 1; i < p->path_n; i++)
		assert_int_equal(r->flow->transitions[p->path[i]].from,
			r->flow->transitions[p->path[i - 1]].to);
}

static void
what_documents_are_judged_by_says_nothing_of_a_flow(void **state)
{
	struct rig *r = *state;

	judge(r, sole);
	/* Silent in a document is a gap; a screen need not say it. */
	verdict(r, "FRM.7.2", FA_VERDICT_NOT_APPLICABLE);
	verdict(r, "FRM.10.1", FA_VERDICT_NOT_APPLICABLE);
	for (size_t i = 0; i < r->r.findings_n; i++) {
		const struct fa_finding *f = &r->r.findings[i];

		assert_int_not_equal(f->verdict, FA_VERDICT_GAP);
		if (f->rule != FA_RULE_NONE)
			assert_true(r->b->rules[f->rule].on_flow);
	}
}

static void
a_way_without_the_face_clears_it(void **state)
{
	struct rig *r = *state;

	judge(r,
		"basis: observed\n"
		"== home 选择验证方式\n[刷脸验证] -> ask\n[短信验证] -> sms\n"
		"== ask 人脸信息授权\n"
		"为核验您本人，我们将采集您的人脸信息。\n"
		"[同意] -> cam\n[不同意] -> home\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n"
		"[开始识别] => done\n[取消] -> home\n"
		"== sms 短信验证\n<input 验证码>\n[提交] -> done\n"
		"== done 验证成功 {service}\n");
	verdict(r, "FRM.10.1.a", FA_VERDICT_COMPLIANT);
	verdict(r, "FRM.10.1.b", FA_VERDICT_COMPLIANT);
	verdict(r, "SPC.4.1.1", FA_VERDICT_COMPLIANT);
}

static void
what_was_not_explored_is_no_accusation(void **state)
{
	struct rig *r = *state;

	judge(r,
		"basis: observed\n"
		"== home 首页\n[解除账号限制] -> ask\n[遇到问题] -> ?\n"
		"== ask 人脸信息授权 {unexplored}\n"
		"为核验您本人，我们将采集您的人脸信息。\n"
		"[同意] -> cam\n[其他验证方式] -> ?\n[不同意] -> home\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n"
		"[开始识别] => done\n[取消] -> home\n"
		"== done 账号限制已解除 {service}\n");
	verdict(r, "FRM.10.1.a", FA_VERDICT_CANNOT_TELL);
	for (size_t i = 0; i < r->r.findings_n; i++)
		if (r->r.findings[i].verdict == FA_VERDICT_VIOLATION)
			fail_msg("accused of %.*s",
				FA_STR_ARG(
					r->b->obligations[r->r.findings[i]
								  .obligation]
						.id));
}

static void
a_flow_without_a_face_has_nothing_to_judge(void **state)
{
	struct rig *r = *state;

	judge(r,
		"== home 首页\n[登录] -> login\n[关于] -> about\n"
		"== login 登录\n<input 手机号>\n<input 验证码>\n[登录] -> in\n"
		"== in 我的 {service}\n== about 关于我们\n版本 1.0\n");
	assert_int_equal(r->r.scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID), 0);
	for (size_t i = 0; i < r->r.findings_n; i++)
		assert_int_equal(
			r->r.findings[i].verdict, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(r->r.score.grade, 'N');
}

/* A document before the rear camera, and a text that says so. */
static void
a_document_is_no_face_whatever_the_page_denies(void **state)
{
	struct rig *r = *state;

	judge(r,
		"basis: observed\n== home 自助入住\n[开始办理] -> doc\n"
		"== doc 登记证件\n"
		"请拍摄身份证人像面，仅用于登记，不做人脸比对。\n"
		"<camera>\n[拍摄] => ok\n== ok 登记成功 {service}\n");
	verdict(r, "A191.III.1", FA_VERDICT_NOT_APPLICABLE);
	verdict(r, "FRM.6.1.a", FA_VERDICT_NOT_APPLICABLE);
	verdict(r, "FRM.10.1.a", FA_VERDICT_NOT_APPLICABLE);
}

static void
where_nothing_can_be_seen_there_may_be_anything(void **state)
{
	struct rig *r = *state;

	judge(r,
		"== home 首页\n[活动] -> web\n== web 活动 "
		"{opaque}\n<webview>\n");
	verdict(r, "FRM.10.1.a", FA_VERDICT_CANNOT_TELL);
	verdict(r, "A191.III.1", FA_VERDICT_CANNOT_TELL);
	verdict(r, "FRM.7.2", FA_VERDICT_NOT_APPLICABLE);
	assert_true(fa_str_starts(finding(r, "FRM.10.1.a")->reason,
		FA_STR("unseen: screen web")));
	assert_int_not_equal(r->r.score.grade, 'N');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_finding_names_the_screen_the_control_and_the_taps),
		cmocka_unit_test(
			what_documents_are_judged_by_says_nothing_of_a_flow),
		cmocka_unit_test(a_way_without_the_face_clears_it),
		cmocka_unit_test(what_was_not_explored_is_no_accusation),
		cmocka_unit_test(a_flow_without_a_face_has_nothing_to_judge),
		cmocka_unit_test(
			a_document_is_no_face_whatever_the_page_denies),
		cmocka_unit_test(
			where_nothing_can_be_seen_there_may_be_anything),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
