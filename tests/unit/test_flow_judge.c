/* Facts where an accusation or a pass hangs on the words of a screen, or on
 * what a walk of pages can know: each by a flow that shows it and one that
 * does not. */
#include "fixture_view.h"

#define SMS "== sms 短信验证\n<input 验证码>\n[提交] -> done\n"
#define CAM "== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => done\n"
#define DONE "== done 提现成功\n"
#define ASK                                                                                            \
	"== ask 人脸信息授权\n采集您的人脸，用于核验提现人身份。\n[同意] -> " \
	"cam\n"

static void
refusing_an_optional_function_ends_nothing(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n附近师傅\n[退款] -> refund\n"
		"[刷脸登录设置] -> set\n== refund 退款申请\n"
		"== set 刷脸登录\n<switch off> 刷脸登录 -> ask\n"
		"== ask "
		"人脸信息单独授权\n开启后采集您的人脸，仅用于登录核验。\n"
		"[暂不开启] -> set\n[同意开启] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_REFUSAL_ENDS);
	expect(w, FA_FACT_REFUSAL_GOES_ON, "ask");
}

static void
a_locked_main_screen_is_no_service(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n您的账号存在异常，功能受限\n"
		"[解除限制] -> ask\n" ASK "[不同意] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_REFUSAL_GOES_ON);
	expect(w, FA_FACT_REFUSAL_ENDS, "ask");
}

#define LIVE(more)                                                                     \
	"app: t\n== home 首页\n[看直播] -> hall\n[开播] -> ask\n"               \
	"== hall 直播间\n" ASK "[不同意] -> no\n" CAM more                             \
	"== no 无法开播\n您未进行人脸识别，不能使用开播功能。\n" \
	"[关闭] -> home\n" DONE

static void
a_refusal_may_be_answered_by_what_stays_closed(void **state)
{
	struct viewer *w = *state;

	look(w, LIVE(""));
	expect(w, FA_FACT_REFUSAL_DENIED, "ask");
	look(w, LIVE("[短信验证] -> sms\n" SMS));
	expect_not(w, FA_FACT_REFUSAL_DENIED);
}

static void
a_preview_that_runs_behind_the_question_comes_before_consent(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n" ASK
		"[不同意] -> home\n<camera>\n" CAM DONE);
	expect(w, FA_FACT_PREVIEW_BEFORE_CONSENT, "ask");
	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n" ASK
		"[不同意] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_PREVIEW_BEFORE_CONSENT);
	/* Who agreed before may see it. */
	look(w,
		"app: t\n== home 首页\n[提现] -> pre\n"
		"== pre 人脸信息授权\n采集您的人脸，用于核验。\n"
		"[同意] -> ask\n[不同意] -> home\n" ASK
		"[不同意] -> home\n<camera>\n" CAM DONE);
	expect_not(w, FA_FACT_PREVIEW_BEFORE_CONSENT);
}

static void
a_switch_that_was_on_unasked_is_preselected(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== start 欢迎\n已为您默认开通刷脸乘车\n"
		"<switch on> 刷脸乘车\n[下一步] -> cam\n" CAM DONE);
	expect(w, FA_FACT_PRESELECTED_FACE, "start");
	expect(w, FA_FACT_CONSENT_PRETICKED, "start");
	look(w,
		"app: t\n== start 设置\n您于 10 月 1 日同意开通\n"
		"<switch on> 刷脸乘车\n[更新人脸] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_PRESELECTED_FACE);
	expect_not(w, FA_FACT_CONSENT_PRETICKED);
}

#define COSTLY(last)                                                           \
	"app: t\n== home 首页\n[提现] -> ask\n" ASK "[其他方式] -> a\n" CAM    \
	"== a 一\n[下一步] -> b\n== b 二\n[下一步] -> c\n"             \
	"== c 三\n[下一步] -> d\n== d 四\n[下一步] -> e\n"             \
	"== e 五\n[下一步] -> f\n== f 六" last "\n[下一步] -> done\n" DONE

static void
what_was_not_tried_may_hide_a_shorter_way(void **state)
{
	struct viewer *w = *state;

	look(w, COSTLY(""));
	expect(w, FA_FACT_OTHER_COSTLY, NULL);
	look(w, COSTLY(" {unexplored}"));
	expect_not(w, FA_FACT_OTHER_COSTLY);
	expect(w, FA_FACT_OTHER_WAY, NULL);
}

static void
the_child_and_the_adult_are_not_compared(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== age 请选择年龄\n[我未满14周岁] -> guard\n"
		"[我已满14周岁] -> home\n"
		"== guard 监护人同意\n<input 监护人手机号>\n"
		"[监护人同意] -> cam\n[不同意] -> age\n"
		"== home 首页\n[提现] -> x\n== x 提现\n[确认] -> y\n"
		"== y 核对\n[确认] -> z\n== z 再核对\n[确认] -> ask\n" ASK
		"[不同意] -> sms\n" CAM SMS DONE);
	expect(w, FA_FACT_OTHER_WAY, NULL);
	expect_not(w, FA_FACT_OTHER_COSTLY);
}

static void
the_title_of_the_app_is_no_goal(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== s0 门禁\n[开门] -> s1\n[报修] -> s2\n"
		"== s1 门禁\n刷脸通行，没有录入的不能开门。\n[去刷脸] -> s3\n"
		"== s2 门禁\n报修请致电前台\n"
		"== s3 门禁\n<camera>\n请正对屏幕\n[开始识别] => s4\n"
		"== s4 门禁\n门已打开\n");
	expect_not(w, FA_FACT_OTHER_WAY);
	expect(w, FA_FACT_SOLE_METHOD, "s3");
}

static void
a_capture_that_only_begins_is_none_yet(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== s0 欢迎\n[刷脸登录] => s1\n[短信登录] -> sms\n"
		"== s1 刷脸登录\n<camera>\n正在识别人脸，请稍候\n"
		"... 2s -> done\n== sms 短信登录\n<input 验证码>\n"
		"[登录] -> done\n== done 登录成功\n");
	expect(w, FA_FACT_OTHER_WAY, NULL);
	expect_not(w, FA_FACT_SOLE_METHOD);
}

static void
refusals_are_talked_over_in_other_words_too(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n" ASK
		"[不同意] -> r1\n== r1 提示 {modal}\n开启刷脸更方便\n"
		"[返回] -> ask\n[仍然拒绝] -> r2\n"
		"== r2 提示 {modal}\n完成刷脸可领 5 元奖励\n[去刷脸] -> cam\n"
		"[仍然拒绝] -> home\n" CAM DONE);
	expect(w, FA_FACT_RETAIN, "r1");
	expect(w, FA_FACT_RETAIN, "r2");
	expect(w, FA_FACT_RETAIN_CHAIN, "ask");
	/* A choice of other ways talks nothing over. */
	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n" ASK
		"[不同意] -> way\n== way 选择验证方式\n[刷脸验证] -> ask\n"
		"[短信验证] -> sms\n[不用了] -> home\n" SMS CAM DONE);
	expect_not(w, FA_FACT_RETAIN);
}

static void
a_choice_against_the_face_may_have_any_name(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[取药] -> ask\n"
		"== ask "
		"扫脸前请您决定\n扫脸会采集您的面部图像，只为确认本人。\n"
		"[ ] 我同意(《面部识别授权书》)\n[同意并扫脸] -> cam\n"
		"[那就出示医保卡] -> card\n" CAM
		"== card 医保卡\n[完成] -> done\n" DONE);
	expect(w, FA_FACT_CONSENT_FORM_OK, "ask");
	expect_not(w, FA_FACT_CONSENT_NO_DECLINE);
}

static void
a_hidden_capture_names_the_face_nowhere(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 活动\n仅需眨眨眼，参与表情测试赢红包\n"
		"我们不采集人脸信息。\n[立即参与] -> cam\n"
		"== cam 表情测试\n<camera>\n请跟随提示眨眼、张嘴、摇头\n"
		"[开始] => end\n== end 测试完成\n");
	expect(w, FA_FACT_HIDDEN_CAPTURE, "home");
	look(w, "app: t\n== home 提现\n[申请提现] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_HIDDEN_CAPTURE);
}

static void
a_parent_who_consents_for_himself_is_no_guardian(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== age 请选择身份\n[我是学生（未满14岁）] -> kid\n"
		"[我是家长] -> ask\n== kid 学生入口\n[签到] -> done\n"
		"== ask 人脸信息授权\n采集您的人脸用于核验登录人为家长本人。\n"
		"[不同意] -> age\n[同意] -> cam\n" CAM DONE);
	expect_not(w, FA_FACT_GUARDIAN_REFUSAL);
	expect_not(w, FA_FACT_GUARDIAN_NO_REFUSAL);
}

static void
a_guardian_who_is_checked_must_be_able_to_refuse(void **state)
{
	struct viewer *w = *state;
	const char *none =
		"app: t\n== start 棋手 12 岁\n[刷脸检录] -> p\n"
		"== p 监护人验证\n<input 监护人手机号>\n<input 监护人验证码>\n"
		"[确定] -> cam\n" CAM DONE;

	look(w, none);
	expect(w, FA_FACT_GUARDIAN_NO_REFUSAL, "p");
	look(w,
		"app: t\n== start 棋手 12 岁\n[刷脸检录] -> p\n"
		"== p 监护人验证\n<input 监护人手机号>\n<input 监护人验证码>\n"
		"[确定] -> cam\n[不同意] -> start\n" CAM DONE);
	expect_not(w, FA_FACT_GUARDIAN_NO_REFUSAL);
	expect(w, FA_FACT_GUARDIAN_REFUSAL, "p");
}

#define LINKED(to)                                                             \
	"app: t\n== home 首页\n[提现] -> ask\n" ASK "(《隐私政策》)" to        \
	"\n[不同意] -> home\n" CAM DONE                                        \
	"== doc 隐私政策\n我们收集手机号。\nback -> ask\n"

static void
notice_is_complete_when_every_document_was_opened(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[提现] -> ask\n" ASK
		"[不同意] -> home\n" CAM DONE);
	expect(w, FA_FACT_NOTICE_COMPLETE, "ask");
	look(w, LINKED(""));
	expect_not(w, FA_FACT_NOTICE_COMPLETE);
	look(w, LINKED(" -> doc"));
	expect(w, FA_FACT_NOTICE_COMPLETE, "ask");
	look(w,
		"app: t\n== home 首页 {unexplored}\n[提现] -> ask\n" ASK
		"[不同意] -> home\n" CAM DONE);
	expect_not(w, FA_FACT_NOTICE_COMPLETE);
}

#define SET_OFF(says)                                                          \
	"app: t\n== home 首页\n[提现] -> ask\n[设置] -> set\n" ASK             \
	"[不同意] -> home\n" CAM DONE                                          \
	"== set 设置\n[停用扫脸] -> off\n== off " says "\n"

static void
switching_off_is_withdrawing_by_any_name(void **state)
{
	struct viewer *w = *state;

	look(w, SET_OFF("扫脸已停用，人脸数据已删除"));
	expect(w, FA_FACT_WITHDRAW_WORKS, "set");
	look(w, SET_OFF("提示\n线上暂不支持停用，不可撤回。"));
	expect(w, FA_FACT_WITHDRAW_BLOCKED, "set");
}

/* Of a walk: the transitions of s (a sketch) in the order in which they were
 * seen, the first leading to the main screen that remembers the consent. */
static void
a_way_of_several_visits_shows_no_lack(void **state)
{
	struct viewer *w = *state;
	look(w,
		"app: t\n== home 首页\n... 2s -> ask\n" ASK "[不同意] -> home\n"
		"== cam 人脸识别\n<camera>\n请正对屏幕\n[开始识别] => in\n"
		"== in 我的\n[借书] -> lend\n"
		"== lend 借书\n[刷脸] -> cam\n[读者证] -> done\n"
		"== start 首页\n[借书] -> lend\n" DONE);
	w->flow->start = 0;
	w->flow->transitions[0].from = 0;
	for (size_t i = 0; i < w->flow->transitions_n; i++)
		if (fa_str_eq(w->flow->screens[w->flow->transitions[i].from].id,
			    FA_STR("start")))
			w->flow->transitions[i].from = 0;
	if (fa_view(&w->view, w->vocab, w->flow, &w->a, &w->err) < 0 ||
		fa_flow_facts(&w->facts, &w->view, &w->a, &w->err) < 0)
		fail_msg("%s", w->err.msg);
	expect(w, FA_FACT_NO_CONSENT, "cam");
	w->flow->importer = FA_STR("walk");
	if (fa_view(&w->view, w->vocab, w->flow, &w->a, &w->err) < 0 ||
		fa_flow_facts(&w->facts, &w->view, &w->a, &w->err) < 0)
		fail_msg("%s", w->err.msg);
	expect_not(w, FA_FACT_NO_CONSENT);
	expect_not(w, FA_FACT_NO_FACE_CONSENT);
}

/* What a walk writes of a dialog of the browser. */
static void
a_dialog_that_names_the_face_is_a_consent(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== home 首页\n[申请用款] -> cam\n[申请用款] -> "
		"home\n" CAM DONE);
	expect(w, FA_FACT_NO_CONSENT, "cam");
	w->flow->transitions[0].note =
		FA_STR("dialog: confirm (ok): 我们将采集您的人脸，是否同意？");
	if (fa_view(&w->view, w->vocab, w->flow, &w->a, &w->err) < 0 ||
		fa_flow_facts(&w->facts, &w->view, &w->a, &w->err) < 0)
		fail_msg("%s", w->err.msg);
	expect_not(w, FA_FACT_NO_CONSENT);
	expect_not(w, FA_FACT_NO_FACE_CONSENT);
	expect_not(w, FA_FACT_NOTICE_NONE);
	expect_not(w, FA_FACT_NOTICE_COMPLETE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(refusing_an_optional_function_ends_nothing),
		VIEW_TEST(a_locked_main_screen_is_no_service),
		VIEW_TEST(a_refusal_may_be_answered_by_what_stays_closed),
		VIEW_TEST(
			a_preview_that_runs_behind_the_question_comes_before_consent),
		VIEW_TEST(a_switch_that_was_on_unasked_is_preselected),
		VIEW_TEST(what_was_not_tried_may_hide_a_shorter_way),
		VIEW_TEST(the_child_and_the_adult_are_not_compared),
		VIEW_TEST(the_title_of_the_app_is_no_goal),
		VIEW_TEST(a_capture_that_only_begins_is_none_yet),
		VIEW_TEST(refusals_are_talked_over_in_other_words_too),
		VIEW_TEST(a_choice_against_the_face_may_have_any_name),
		VIEW_TEST(a_hidden_capture_names_the_face_nowhere),
		VIEW_TEST(a_parent_who_consents_for_himself_is_no_guardian),
		VIEW_TEST(a_guardian_who_is_checked_must_be_able_to_refuse),
		VIEW_TEST(notice_is_complete_when_every_document_was_opened),
		VIEW_TEST(switching_off_is_withdrawing_by_any_name),
		VIEW_TEST(a_way_of_several_visits_shows_no_lack),
		VIEW_TEST(a_dialog_that_names_the_face_is_a_consent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
