/* Is the face the only way, and what does refusing it lead to: each fact by a
 * flow that shows it, one that does not, and one that leaves it open. */
#include "fixture_view.h"

#define HOME "app: t\n== home 首页\n[提现] -> ask\n[账单] -> bill\n"
#define BILL "== bill 账单\n"
#define ASK                                                                                               \
	"== ask 刷脸核验授权\n采集您的人脸，用于核验本次提现是您本人操作。\n" \
	"[同意] -> cam\n"
#define CAM "== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => done\n"
#define DONE "== done 提现成功\n"

static void
a_capture_without_a_way_around_is_the_sole_method(void **state)
{
	struct viewer *w = *state;
	const struct fa_fact *f;

	look(w, HOME BILL ASK "[不同意] -> home\n" CAM "[返回] -> home\n" DONE);
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	expect_not(w, FA_FACT_OTHER_WAY);
	expect_not(w, FA_FACT_SOLE_UNKNOWN);
	f = fact_at(w, FA_FACT_SOLE_METHOD, "cam");
	assert_int_equal(f->place.path_n, 3);
	assert_int_equal(f->place.basis, FA_FLOW_STATED);
}

/* A service on trial takes any picture: the tap succeeds as the made one. */
static void
a_capture_that_succeeds_by_itself_is_no_way_around(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK
		"[不同意] -> home\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n"
		"[开始识别] => done\n[开始采集人脸] -> done\n" DONE);
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	expect_not(w, FA_FACT_OTHER_WAY);
}

static void
another_way_to_the_same_goal_is_found(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK
		"[不同意] -> home\n" CAM "[换一种方式] -> sms\n"
		"== sms 短信验证\n<input 验证码>\n[提交] -> done\n" DONE);
	expect(w, FA_FACT_OTHER_WAY, "cam");
	expect_not(w, FA_FACT_SOLE_METHOD);
	expect_not(w, FA_FACT_OTHER_COSTLY);
	/* Another success behind another way is the same goal. */
	look(w,
		HOME BILL ASK "[不同意] -> home\n" CAM "[换一种方式] -> sms\n"
			      "== sms 短信验证\n<input 验证码>\n[提交] -> ok\n"
			      "== ok 验证通过\n" DONE);
	expect(w, FA_FACT_OTHER_WAY, NULL);
	expect_not(w, FA_FACT_SOLE_METHOD);
}

static void
what_was_not_tried_leaves_the_sole_method_open(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK "[不同意] -> home\n" CAM
			      "[换一种方式] -> ?\n" DONE);
	expect(w, FA_FACT_OTHER_WAY_OFFERED, "cam");
	expect_not(w, FA_FACT_SOLE_METHOD);
	look(w,
		HOME BILL ASK
		"[不同意] -> gone\n== gone 提示 {unexplored}\n" CAM DONE);
	expect(w, FA_FACT_SOLE_UNKNOWN, "cam");
	expect_not(w, FA_FACT_SOLE_METHOD);
	look(w,
		HOME BILL ASK
		"[不同意] -> gone\n== gone 提示 {opaque}\n" CAM DONE);
	expect_not(w, FA_FACT_SOLE_METHOD);
	look(w,
		HOME BILL ASK
		"[不同意] -> gone\n== gone 提示 {half}\n" CAM DONE);
	expect_not(w, FA_FACT_SOLE_METHOD);
}

static void
a_menu_that_one_returns_to_is_no_goal(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK "[不同意] -> home\n"
			      "== cam 人脸识别\n<camera>\n请正对屏幕\n"
			      "[开始识别] => home\n");
	expect_not(w, FA_FACT_OTHER_WAY);
	expect_not(w, FA_FACT_SOLE_METHOD);
	expect(w, FA_FACT_SOLE_UNKNOWN, "cam");
}

static void
another_biometric_is_no_other_kind_of_way(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK "[指纹验证] -> fp\n" CAM
			      "== fp 指纹\n[按下] -> done\n" DONE);
	expect(w, FA_FACT_OTHER_BIOMETRIC, NULL);
	expect_not(w, FA_FACT_SOLE_METHOD);
	look(w,
		HOME BILL ASK "[指纹验证] -> fp\n[短信验证] -> sms\n" CAM
			      "== fp 指纹\n[按下] -> done\n"
			      "== sms 短信\n[提交] -> done\n" DONE);
	expect_not(w, FA_FACT_OTHER_BIOMETRIC);
	look(w, HOME BILL ASK "[指纹验证] -> ?\n" CAM DONE);
	expect_not(w, FA_FACT_OTHER_BIOMETRIC);
}

static void
a_way_out_of_the_channel_is_told_from_none(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK
		"[其他方式] -> off\n" CAM
		"== off 线下办理\n请携带身份证前往营业网点办理\n" DONE);
	expect(w, FA_FACT_OTHER_OFFCHANNEL, "off");
	expect_not(w, FA_FACT_SOLE_METHOD);
	look(w,
		HOME BILL ASK "[其他方式] -> off\n" CAM
			      "== off 其他方式 {half}\n请前往营业网点\n" DONE);
	expect_not(w, FA_FACT_OTHER_OFFCHANNEL);
	look(w,
		HOME BILL ASK "[其他方式] -> off\n" CAM
			      "== off 其他方式\n[短信验证] -> done\n"
			      "[前往网点] -> map\n== map 附近网点\n" DONE);
	expect_not(w, FA_FACT_OTHER_OFFCHANNEL);
	expect(w, FA_FACT_OTHER_WAY, NULL);
}

static void
a_long_other_way_is_costly(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> cam\n"
		"== cam 刷脸认证\n<camera>\n请正对屏幕\n[开始识别] => done\n"
		"[遇到问题] -> h1\n== h1 常见问题\n[更多问题] -> h2\n"
		"== h2 更多\n[人工客服] -> h3\n== h3 客服\n[短信验证] -> sms\n"
		"== sms 短信\n[提交] -> done\n" DONE);
	expect(w, FA_FACT_OTHER_COSTLY, NULL);
	assert_true(fact_at(w, FA_FACT_OTHER_COSTLY, NULL)->note.n > 0);
	look(w,
		"app: t\n== home 首页\n[提现] -> cam\n"
		"== cam 刷脸认证\n<camera>\n请正对屏幕\n[开始识别] => done\n"
		"[换一种方式] -> h1\n== h1 选择方式\n[短信验证] -> sms\n"
		"== sms 短信\n[提交] -> done\n" DONE);
	expect_not(w, FA_FACT_OTHER_COSTLY);
	expect(w, FA_FACT_OTHER_WAY, NULL);
	expect_not(w, FA_FACT_OTHER_UNCOMPARED);
	/* What nobody tried may be a short way: nothing is said of either. */
	look(w,
		"app: t\n== home 首页\n[提现] -> cam\n"
		"== cam 刷脸认证\n<camera>\n请正对屏幕\n[开始识别] => done\n"
		"[遇到问题] -> h1\n== h1 常见问题\n[更多问题] -> h2\n"
		"[联系客服] -> ?\n"
		"== h2 更多\n[人工客服] -> h3\n== h3 客服\n[短信验证] -> sms\n"
		"== sms 短信\n[提交] -> done\n" DONE);
	expect(w, FA_FACT_OTHER_UNCOMPARED, NULL);
	expect_not(w, FA_FACT_OTHER_COSTLY);
}

static void
a_way_behind_failures_is_no_way_around(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK
		"[不同意] -> home\n" CAM
		"... 9s -> f1\n== f1 识别失败\n[再试一次] -> cam2\n"
		"== cam2 人脸识别\n<camera>\n请正对屏幕\n"
		"[开始识别] => done\n... 9s -> f2\n"
		"== f2 识别失败\n[短信验证] -> sms\n"
		"== sms 短信\n[提交] -> done\n" DONE);
	expect(w, FA_FACT_OTHER_AFTER_FAILURES, NULL);
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	look(w,
		HOME BILL ASK "[不同意] -> home\n" CAM
			      "[短信验证] -> sms\n... 9s -> f1\n"
			      "== f1 识别失败\n[短信验证] -> sms\n"
			      "== sms 短信\n[提交] -> done\n" DONE);
	expect_not(w, FA_FACT_OTHER_AFTER_FAILURES);
}

/* A control that hands in a picture and has a name of its own. */
static void
what_is_handed_in_and_does_not_do_is_a_failed_capture(void **state)
{
	static const char flow[] = HOME BILL ASK
		"[不同意] -> home\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => done\n"
		"[示例照片乙] -> menu\n"
		"== menu 选择方式\n"
		"照片与证件不一致，照片已删除。可以换其他方式或申请人工办理。\n"
		"[刷脸] -> ask\n[短信验证] -> sms\n"
		"== sms 短信验证\n<input 验证码>\n[提交] -> done\n" DONE;
	struct viewer *w = *state;
	size_t n = 0;

	look(w, flow);
	expect(w, FA_FACT_OTHER_WAY, NULL);
	for (size_t i = 0; i < w->flow->transitions_n; i++) {
		struct fa_flow_transition *t = &w->flow->transitions[i];

		if (t->element == FA_FLOW_NONE ||
			!fa_str_eq(w->flow->screens[t->from]
					   .elements[t->element]
					   .text,
				FA_STR("示例照片乙")))
			continue;
		t->effects = FA_FLOW_EFFECT_UPLOAD;
		n++;
	}
	assert_int_equal(n, 1);
	assert_int_equal(
		fa_view(&w->view, w->vocab, w->flow, &w->a, &w->err), FA_OK);
	assert_int_equal(
		fa_flow_facts(&w->facts, &w->view, &w->a, &w->err), FA_OK);
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	expect(w, FA_FACT_OTHER_AFTER_FAILURES, NULL);
}

static void
another_way_that_comes_back_to_the_face_ends_nowhere(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK "[其他方式] -> more\n" CAM
			      "== more 其他方式\n[返回刷脸] -> ask\n" DONE);
	expect(w, FA_FACT_OTHER_ENDS_NOWHERE, "ask");
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	look(w,
		HOME BILL ASK "[其他方式] -> more\n" CAM
			      "== more 其他方式\n[返回刷脸] -> ask\n"
			      "[更多] -> ?\n" DONE);
	expect_not(w, FA_FACT_OTHER_ENDS_NOWHERE);
	expect_not(w, FA_FACT_SOLE_METHOD);
}

/* Behind the dead link one finds home, and there the right to withdraw. */
static void
a_right_that_is_granted_is_not_what_one_came_for(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME BILL ASK
		"[不同意] -> home\n" CAM "[短信验证] -> dead\n"
		"== dead 出错了\n没有这个页面。\n[回到主页] -> main\n"
		"== main 主页\n[设置] -> set\n"
		"== set 设置\n[撤回同意] -> gone\n"
		"== gone 已撤回同意\n您对人脸信息的同意已撤回。\n" DONE);
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	expect_not(w, FA_FACT_OTHER_WAY);
}

/* Settings are opened from the first screen and from the last. */
static void
the_back_key_is_no_way_to_where_one_never_was(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "[设置] -> set\n" BILL ASK "[不同意] -> home\n" CAM
		     "[返回] -> home\n" DONE "[设置] -> set\n"
		     "== set 设置\n[关于] -> bill\nback -> done\n");
	expect(w, FA_FACT_SOLE_METHOD, "cam");
	expect_not(w, FA_FACT_OTHER_WAY);
	/* A screen that only the back key shows is one to be reckoned with. */
	look(w,
		HOME BILL ASK "[不同意] -> home\nback -> sms\n" CAM
			      "[返回] -> home\n"
			      "== sms 短信验证\n<input 验证码>\n"
			      "[提交] -> done\n[刷脸] -> ask\n" DONE);
	expect_not(w, FA_FACT_SOLE_METHOD);
}

static void
switching_the_face_function_on_is_no_verification(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== set 设置\n[刷脸支付] -> ask\n"
		"== ask 开通刷脸支付\n采集您的人脸，用于付款核验。\n"
		"[同意] -> cam\n[暂不开通] -> set\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => on\n"
		"== on 刷脸支付已开通\n");
	expect_not(w, FA_FACT_SOLE_METHOD);
}

static void
the_photo_of_a_card_is_no_capture(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[实名] -> id\n== id "
		"拍摄身份证\n<camera>\n"
		"请将身份证人像面置于框内\n[拍摄] => ok\n== ok 实名成功\n");
	expect_not(w, FA_FACT_SOLE_METHOD);
	expect_not(w, FA_FACT_NO_CONSENT);
	assert_false(w->facts.face);
}

static void
refusing_may_end_everything(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== ask 人脸识别授权\n采集您的人脸，用于登录核验。\n"
		"[同意] -> cam\n[不同意] -> no\n" CAM
		"== no 无法继续\n未刷脸，无法为您提供服务\n[重新刷脸] -> ask\n"
		"[退出] -> !exit\n" DONE);
	expect(w, FA_FACT_REFUSAL_ENDS, "ask");
	expect_not(w, FA_FACT_REFUSAL_GOES_ON);
	look(w,
		"app: t\n== ask 人脸识别授权\n采集您的人脸，用于登录核验。\n"
		"[同意] -> cam\n[不同意] -> !exit\n" CAM DONE);
	expect(w, FA_FACT_REFUSAL_ENDS, "ask");
}

static void
refusing_may_leave_the_service_as_it_is(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "== bill 账单 {service}\n" ASK
		     "[不同意] -> home\n" CAM DONE);
	expect(w, FA_FACT_REFUSAL_GOES_ON, "ask");
	expect_not(w, FA_FACT_REFUSAL_ENDS);
}

static void
what_lies_behind_a_refusal_may_be_unknown(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== ask 人脸识别授权\n采集您的人脸，用于登录核验。\n"
		"[同意] -> cam\n[不同意] -> no\n" CAM
		"== no 提示 {unexplored}\n无法继续\n" DONE);
	expect(w, FA_FACT_REFUSAL_UNKNOWN, "ask");
	expect_not(w, FA_FACT_REFUSAL_ENDS);
	look(w,
		"app: t\n== ask 人脸识别授权\n采集您的人脸，用于登录核验。\n"
		"[同意] -> cam\n[不同意] -> ?\n" CAM DONE);
	expect_not(w, FA_FACT_REFUSAL_ENDS);
	expect(w, FA_FACT_REFUSAL_UNKNOWN, "ask");
}

static void
the_question_may_come_again(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "== bill 账单\n" ASK "[不同意] -> rest\n" CAM
		     "== rest 列表\n[查询] -> bill\n... 8s -> ask2\n"
		     "== ask2 刷脸核验授权\n采集您的人脸，用于核验。\n"
		     "[同意] -> cam\n[不同意] -> rest\n" DONE);
	expect(w, FA_FACT_ASKED_AGAIN, "ask");
	look(w,
		HOME "== bill 账单\n" ASK "[不同意] -> rest\n" CAM
		     "== rest 列表\n[查询] -> bill\nrelaunch -> ask\n" DONE);
	expect(w, FA_FACT_ASKED_NEXT_START, "ask");
	expect_not(w, FA_FACT_NOT_ASKED_AGAIN);
	look(w,
		HOME "== bill 账单\n" ASK "[不同意] -> rest\n" CAM
		     "== rest 列表\n[查询] -> bill\nrelaunch -> home\n" DONE);
	expect(w, FA_FACT_NOT_ASKED_AGAIN, "ask");
	expect_not(w, FA_FACT_ASKED_AGAIN);
	expect_not(w, FA_FACT_ASKED_NEXT_START);
	look(w,
		HOME "== bill 账单\n" ASK "[不同意] -> rest\n" CAM
		     "== rest 列表\n[查询] -> bill\nrelaunch -> ?\n" DONE);
	expect_not(w, FA_FACT_NOT_ASKED_AGAIN);
	expect_not(w, FA_FACT_ASKED_NEXT_START);
}

static void
two_screens_that_talk_a_refusal_over_are_a_chain(void **state)
{
	struct viewer *w = *state;
	const char *one = HOME BILL ASK
		"[不同意] -> r1\n" CAM
		"== r1 再想想\n确定要放弃吗？\n[继续认证] -> cam\n"
		"[仍要放弃] -> home\n" DONE;
	const char *two = HOME BILL ASK
		"[不同意] -> r1\n" CAM
		"== r1 再想想\n确定要放弃吗？\n[继续认证] -> cam\n"
		"[仍要放弃] -> r2\n== r2 真的要离开吗\n[继续认证] -> cam\n"
		"[狠心离开] -> home\n" DONE;

	look(w, one);
	expect_not(w, FA_FACT_RETAIN_CHAIN);
	look(w, two);
	expect(w, FA_FACT_RETAIN_CHAIN, "ask");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(a_capture_without_a_way_around_is_the_sole_method),
		VIEW_TEST(a_capture_that_succeeds_by_itself_is_no_way_around),
		VIEW_TEST(another_way_to_the_same_goal_is_found),
		VIEW_TEST(what_was_not_tried_leaves_the_sole_method_open),
		VIEW_TEST(a_menu_that_one_returns_to_is_no_goal),
		VIEW_TEST(another_biometric_is_no_other_kind_of_way),
		VIEW_TEST(a_way_out_of_the_channel_is_told_from_none),
		VIEW_TEST(a_long_other_way_is_costly),
		VIEW_TEST(a_way_behind_failures_is_no_way_around),
		VIEW_TEST(
			what_is_handed_in_and_does_not_do_is_a_failed_capture),
		VIEW_TEST(another_way_that_comes_back_to_the_face_ends_nowhere),
		VIEW_TEST(a_right_that_is_granted_is_not_what_one_came_for),
		VIEW_TEST(the_back_key_is_no_way_to_where_one_never_was),
		VIEW_TEST(switching_the_face_function_on_is_no_verification),
		VIEW_TEST(the_photo_of_a_card_is_no_capture),
		VIEW_TEST(refusing_may_end_everything),
		VIEW_TEST(refusing_may_leave_the_service_as_it_is),
		VIEW_TEST(what_lies_behind_a_refusal_may_be_unknown),
		VIEW_TEST(the_question_may_come_again),
		VIEW_TEST(two_screens_that_talk_a_refusal_over_are_a_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
