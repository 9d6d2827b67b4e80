/* Consent, notice, layout, children and rights: each fact by a flow that shows
 * it, one that does not, and one that leaves it open. */
#include "fixture_view.h"

#define CAM "== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => done\n"
#define DONE "== done 提现成功\n"
#define HOME "app: t\n== home 首页\n[提现] -> ask\n"
#define GOOD                                                                                              \
	"== ask 刷脸核验授权\n采集您的人脸，用于核验本次提现是您本人操作。\n" \
	"[同意] -> cam\n[不同意] -> home\n"
#define TERMS                                                                        \
	"app: t\n== hello "                                                          \
	"温馨提示\n请阅读并同意(《用户协议》)(《隐私政策》)\n" \
	"[同意] -> home\n[不同意] -> !exit\n"

static void
a_capture_without_consent_is_found_with_its_way(void **state)
{
	struct viewer *w = *state;

	look(w, "app: t\n== home 首页\n[提现] -> cam\n" CAM DONE);
	expect(w, FA_FACT_NO_CONSENT, "cam");
	expect_not(w, FA_FACT_NO_FACE_CONSENT);
	assert_int_equal(fact_at(w, FA_FACT_NO_CONSENT, NULL)->place.path_n, 2);
	look(w, HOME GOOD CAM DONE);
	expect_not(w, FA_FACT_NO_CONSENT);
	expect_not(w, FA_FACT_NO_FACE_CONSENT);
	expect(w, FA_FACT_CONSENT_FORM_OK, "ask");
}

static void
terms_are_no_consent_to_the_face(void **state)
{
	struct viewer *w = *state;

	look(w, TERMS "== home 首页\n[提现] -> cam\n" CAM DONE);
	expect(w, FA_FACT_NO_FACE_CONSENT, "cam");
	expect_not(w, FA_FACT_NO_CONSENT);
	expect_not(w, FA_FACT_CONSENT_FORM_OK);
}

static void
a_consent_that_refusing_passes_by_is_none(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n"
		"== ask 刷脸核验授权\n采集您的人脸，用于核验。\n"
		"[同意] -> cam\n[不同意] -> cam\n" CAM DONE);
	expect(w, FA_FACT_NO_FACE_CONSENT, "cam");
}

static void
what_cannot_be_seen_may_hold_the_consent(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> mid\n== mid 认证 {opaque}\n"
		"[继续] -> cam\n" CAM DONE);
	expect(w, FA_FACT_CONSENT_UNKNOWN, "cam");
	expect_not(w, FA_FACT_NO_CONSENT);
}

static void
the_permission_of_the_system_is_no_consent(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> perm\n"
		"== perm 允许访问相机\n“某应用”想访问您的相机\n"
		"allow -> cam\ndeny -> home\n" CAM DONE);
	expect(w, FA_FACT_PERMISSION_ONLY, "perm");
	expect(w, FA_FACT_NO_CONSENT, "cam");
	look(w,
		HOME "== ask 刷脸核验授权\n采集您的人脸，用于核验。\n"
		     "[同意] -> perm\n[不同意] -> home\n"
		     "== perm 允许访问相机\n“某应用”想访问您的相机\n"
		     "allow -> cam\ndeny -> home\n" CAM DONE);
	expect_not(w, FA_FACT_PERMISSION_ONLY);
	expect(w, FA_FACT_CONSENT_FORM_OK, NULL);
}

static void
a_consent_must_be_declinable(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "== ask 刷脸核验授权\n采集您的人脸，用于核验。\n"
		     "[同意] -> cam\n" CAM DONE);
	expect(w, FA_FACT_CONSENT_NO_DECLINE, "ask");
	expect_not(w, FA_FACT_CONSENT_FORM_OK);
	look(w, HOME GOOD CAM DONE);
	expect_not(w, FA_FACT_CONSENT_NO_DECLINE);
	look(w,
		HOME "== ask 刷脸核验授权 {half}\n采集您的人脸，用于核验。\n"
		     "[同意] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_CONSENT_NO_DECLINE);
}

static void
a_ticked_box_is_found_at_first_sight_only(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME
		"== ask 刷脸登录\n[x] 我已阅读并同意(《人脸识别服务协议》)\n"
		"[下一步] -> cam\n[取消] -> home\n" CAM DONE);
	expect(w, FA_FACT_CONSENT_PRETICKED, "ask");
	expect_not(w, FA_FACT_GENERAL_PRETICKED);
	look(w,
		HOME "== ask 刷脸登录\n"
		     "[ ] 我已阅读并同意(《人脸识别服务协议》) -> ask2\n"
		     "[取消] -> home\n== ask2 刷脸登录\n"
		     "[x] 我已阅读并同意(《人脸识别服务协议》)\n"
		     "[下一步] -> cam\n[取消] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_CONSENT_PRETICKED);
	look(w,
		HOME
		"== ask 刷脸登录\n[?] 我已阅读并同意(《人脸识别服务协议》)\n"
		"[下一步] -> cam\n[取消] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_CONSENT_PRETICKED);
	look(w,
		"app: t\n== home 登录\n[x] 我已阅读并同意(《用户协议》)\n"
		"[刷脸登录] -> cam\n" CAM DONE);
	expect(w, FA_FACT_GENERAL_PRETICKED, "home");
}

static void
one_control_for_the_face_and_more_is_a_bundle(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME
		"== ask 登录\n[ ] 我同意(《用户协议》)(《隐私政策》)"
		"(《人脸识别服务协议》)\n[下一步] -> cam\n[取消] -> home\n" CAM
			DONE);
	expect(w, FA_FACT_CONSENT_BUNDLED, "ask");
	look(w,
		HOME "== ask 登录\n[ ] 我同意(《用户协议》)(《隐私政策》)\n"
		     "[ ] 我同意(《人脸识别服务协议》)\n[下一步] -> cam\n"
		     "[取消] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_CONSENT_BUNDLED);
	look(w,
		HOME "== ask 刷脸授权\n采集您的人脸，不会用于营销推荐。\n"
		     "[同意] -> cam\n[取消] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_CONSENT_BUNDLED);
	look(w,
		HOME "== ask 刷脸授权\n您同意将人脸用于身份核验和营销推荐。\n"
		     "[同意] -> cam\n[取消] -> home\n" CAM DONE);
	expect(w, FA_FACT_CONSENT_BUNDLED, "ask");
}

static void
going_on_is_not_agreeing(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "== ask 刷脸核验\n继续即视为同意我们采集您的人脸信息。\n"
		     "[继续] -> cam\n[返回] -> home\n" CAM DONE);
	expect(w, FA_FACT_CONSENT_IMPLIED, "ask");
	look(w, HOME GOOD CAM DONE);
	expect_not(w, FA_FACT_CONSENT_IMPLIED);
}

static void
a_countdown_may_agree(void **state)
{
	struct viewer *w = *state;

	look(w, HOME GOOD "... 5s -> cam\n" CAM DONE);
	expect(w, FA_FACT_COUNTDOWN_CONSENT, "ask");
	expect(w, FA_FACT_CAPTURE_BY_ITSELF, "ask");
	look(w, HOME GOOD "... 5s -> home\n" CAM DONE);
	expect_not(w, FA_FACT_COUNTDOWN_CONSENT);
	expect_not(w, FA_FACT_CAPTURE_BY_ITSELF);
}

static void
layout_counts_where_it_is_known(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== a 验证身份\n[刷脸验证] -> cam {big strong}\n"
		"[短信验证] -> done {small faint}\n" CAM DONE);
	expect(w, FA_FACT_FACE_PROMINENT, "a");
	expect_not(w, FA_FACT_EQUAL_CHOICE);
	look(w,
		"app: t\n== a 验证身份\n[刷脸验证] -> cam\n"
		"[短信验证] -> done\n" CAM DONE);
	expect_not(w, FA_FACT_FACE_PROMINENT);
	expect(w, FA_FACT_EQUAL_CHOICE, "a");
	look(w,
		"app: t\n== a 验证身份\n<*> 刷脸验证\n< > 短信验证\n"
		"[下一步] -> cam\n" CAM DONE);
	expect(w, FA_FACT_PRESELECTED_FACE, "a");
	look(w,
		"app: t\n== a 验证身份\n< > 刷脸验证\n< > 短信验证\n"
		"[下一步] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_PRESELECTED_FACE);
}

static void
declining_may_be_faded_or_disabled(void **state)
{
	struct viewer *w = *state;

	look(w,
		HOME "== ask 刷脸授权\n采集您的人脸，用于核验。\n"
		     "[同意] -> cam {big strong}\n"
		     "[不同意] -> home {small faint}\n" CAM DONE);
	expect(w, FA_FACT_DECLINE_FADED, "ask");
	look(w,
		HOME "== ask 刷脸授权\n采集您的人脸，用于核验。\n"
		     "[同意] -> cam\n[不同意] {off}\n" CAM DONE);
	expect(w, FA_FACT_DECLINE_DISABLED, "ask");
	look(w, HOME GOOD CAM DONE);
	expect_not(w, FA_FACT_DECLINE_FADED);
	expect_not(w, FA_FACT_DECLINE_DISABLED);
}

static void
a_capture_may_hide_what_it_is(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[领红包] -> game\n== game 眨眼挑战\n"
		"<camera>\n眨眨眼赢红包\n[开始] => ok\n== ok 挑战成功\n");
	expect(w, FA_FACT_HIDDEN_CAPTURE, "home");
	look(w, HOME GOOD CAM DONE);
	expect_not(w, FA_FACT_HIDDEN_CAPTURE);
}

static void
notice_stands_on_a_screen_behind_a_link_or_nowhere(void **state)
{
	struct viewer *w = *state;

	look(w, HOME GOOD CAM DONE);
	expect(w, FA_FACT_NOTICE_ON_SCREEN, "ask");
	look(w, "app: t\n== home 首页\n[提现] -> cam\n" CAM DONE);
	expect(w, FA_FACT_NOTICE_NONE, "cam");
	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n== ask 授权\n"
		"[ ] 同意(《人脸协议》)\n[下一步] -> cam\n" CAM DONE);
	expect(w, FA_FACT_NOTICE_BEHIND_LINK, NULL);
	look(w, "app: t\n== home 首页 {opaque}\n[提现] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_NOTICE_NONE);
}

#define AGE "app: t\n== age 您的年龄\n[未满14岁] -> kid\n[已满14岁] -> ask\n"
#define ADULT                                                                          \
	"== ask 刷脸授权\n采集您的人脸，用于核验。\n[同意] -> cam\n" \
	"[不同意] -> age\n"

static void
a_childs_way_needs_a_guardian(void **state)
{
	struct viewer *w = *state;

	look(w, AGE ADULT "== kid 欢迎\n[开始上课] -> cam\n" CAM DONE);
	expect(w, FA_FACT_MINOR_NO_GUARDIAN, "cam");
	look(w,
		AGE ADULT "== kid 监护人同意\n[ ] 我的监护人已同意\n"
			  "[下一步] -> cam\n" CAM DONE);
	expect(w, FA_FACT_MINOR_SELF_GUARDIAN, "cam");
	expect_not(w, FA_FACT_MINOR_NO_GUARDIAN);
	look(w,
		AGE ADULT "== kid 监护人验证\n<input 监护人手机号>\n"
			  "<input 监护人验证码>\n[验证] -> cam\n" CAM DONE);
	expect(w, FA_FACT_MINOR_GUARDIAN, "age");
	expect_not(w, FA_FACT_MINOR_SELF_GUARDIAN);
	look(w,
		AGE ADULT
		"== kid 暂不开放\n请长大后再来\n[返回] -> age\n" CAM DONE);
	expect(w, FA_FACT_MINOR_NO_CAPTURE, "age");
	look(w, AGE ADULT "== kid 欢迎 {unexplored}\n" CAM DONE);
	expect(w, FA_FACT_MINOR_UNKNOWN, "age");
	expect_not(w, FA_FACT_MINOR_NO_CAPTURE);
}

static void
a_guardian_must_be_able_to_refuse(void **state)
{
	struct viewer *w = *state;

	look(w,
		AGE ADULT
		"== kid 监护人授权\n请监护人决定\n[同意] -> cam\n" CAM DONE);
	expect(w, FA_FACT_GUARDIAN_NO_REFUSAL, "kid");
	look(w,
		AGE ADULT "== kid 监护人授权\n请监护人决定\n[同意] -> cam\n"
			  "[不同意] -> age\n" CAM DONE);
	expect(w, FA_FACT_GUARDIAN_REFUSAL, "kid");
	expect_not(w, FA_FACT_GUARDIAN_NO_REFUSAL);
	look(w,
		AGE ADULT "== kid 监护人授权 {half}\n请监护人决定\n"
			  "[同意] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_GUARDIAN_NO_REFUSAL);
}

#define SET "app: t\n== home 首页\n[提现] -> ask\n[设置] -> set\n" GOOD CAM DONE

static void
closing_the_account_may_need_a_face(void **state)
{
	struct viewer *w = *state;

	look(w,
		SET "== set 设置\n[注销账号] -> out\n== out 注销账号\n"
		    "[刷脸确认] -> cam2\n[返回] -> set\n"
		    "== cam2 人脸识别\n<camera>\n请正对屏幕\n"
		    "[开始识别] => gone\n== gone 注销成功\n");
	expect(w, FA_FACT_CANCEL_NEEDS_FACE, "set");
	look(w,
		SET "== set 设置\n[注销账号] -> out\n== out 注销账号\n"
		    "<input 短信验证码>\n[确认注销] -> gone\n"
		    "== gone 注销成功\n");
	expect(w, FA_FACT_CANCEL_WORKS, NULL);
	expect_not(w, FA_FACT_CANCEL_NEEDS_FACE);
	look(w,
		SET "== set 设置\n[注销账号] -> out\n"
		    "== out 注销账号\n您的账号受限，无法注销\n");
	expect(w, FA_FACT_CANCEL_BLOCKED, "set");
	look(w,
		SET "== set 设置\n[注销账号] -> out\n"
		    "== out 注销账号 {unexplored}\n[刷脸确认] -> cam2\n"
		    "== cam2 人脸识别\n<camera>\n请正对屏幕\n"
		    "[开始识别] => gone\n== gone 注销成功\n");
	expect_not(w, FA_FACT_CANCEL_NEEDS_FACE);
}

static void
withdrawing_may_need_a_face_be_long_or_blocked(void **state)
{
	struct viewer *w = *state;

	look(w,
		SET "== set 设置\n[关闭刷脸] -> cam2\n"
		    "== cam2 人脸识别\n<camera>\n请正对屏幕\n"
		    "[开始识别] => gone\n== gone 已关闭\n");
	expect(w, FA_FACT_WITHDRAW_NEEDS_FACE, "set");
	look(w,
		SET "== set 设置\n<switch on> 刷脸登录 -> off\n"
		    "== off 设置\n<switch off> 刷脸登录\n");
	expect(w, FA_FACT_WITHDRAW_WORKS, "set");
	expect_not(w, FA_FACT_WITHDRAW_NEEDS_FACE);
	look(w,
		SET "== set 设置\n[关闭刷脸] -> off\n"
		    "== off 说明\n请携带身份证前往网点书面申请\n");
	expect(w, FA_FACT_WITHDRAW_BLOCKED, "set");
	look(w,
		"app: t\n== home 刷脸认证\n<camera>\n请正对屏幕\n"
		"[开始识别] => done\n[我的] -> m\n" DONE
		"== m 我的\n[更多] -> m2\n== m2 更多\n[关闭刷脸] -> m3\n"
		"== m3 关闭刷脸\n[下一步] -> m4\n== m4 确认\n[确定] -> off\n"
		"== off 刷脸已关闭\n");
	expect(w, FA_FACT_WITHDRAW_WORKS, "m2");
	expect_not(w, FA_FACT_WITHDRAW_HARDER);
	look(w,
		"app: t\n== home 首页\n[提现] -> cam\n[我的] -> m\n" CAM DONE
		"== m 我的\n[更多] -> m2\n== m2 更多\n[关闭刷脸] -> m3\n"
		"== m3 关闭刷脸\n[下一步] -> m4\n== m4 须知\n[下一步] -> "
		"m5\n== m5 确认\n[确定] -> off\n"
		"== off 刷脸已关闭\n");
	expect(w, FA_FACT_WITHDRAW_HARDER, "m2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(a_capture_without_consent_is_found_with_its_way),
		VIEW_TEST(terms_are_no_consent_to_the_face),
		VIEW_TEST(a_consent_that_refusing_passes_by_is_none),
		VIEW_TEST(what_cannot_be_seen_may_hold_the_consent),
		VIEW_TEST(the_permission_of_the_system_is_no_consent),
		VIEW_TEST(a_consent_must_be_declinable),
		VIEW_TEST(a_ticked_box_is_found_at_first_sight_only),
		VIEW_TEST(one_control_for_the_face_and_more_is_a_bundle),
		VIEW_TEST(going_on_is_not_agreeing),
		VIEW_TEST(a_countdown_may_agree),
		VIEW_TEST(layout_counts_where_it_is_known),
		VIEW_TEST(declining_may_be_faded_or_disabled),
		VIEW_TEST(a_capture_may_hide_what_it_is),
		VIEW_TEST(notice_stands_on_a_screen_behind_a_link_or_nowhere),
		VIEW_TEST(a_childs_way_needs_a_guardian),
		VIEW_TEST(a_guardian_must_be_able_to_refuse),
		VIEW_TEST(closing_the_account_may_need_a_face),
		VIEW_TEST(withdrawing_may_need_a_face_be_long_or_blocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
