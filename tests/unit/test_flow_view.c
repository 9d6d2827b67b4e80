/* Labels of controls and kinds of screens. */
#include "fixture_view.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)

/* What a button with this label does, on a screen that asks consent to a face
 * check. */
static uint32_t
button(struct viewer *w, const char *label)
{
	char sketch[1024];

	(void)snprintf(sketch, sizeof(sketch),
		"app: t\n== a 人脸识别授权\n"
		"我们采集您的人脸用于核验身份，请您同意。\n[%s]\n",
		label);
	look(w, sketch);
	return w->view.screens[0]
		.elements[w->flow->screens[0].elements_n - 1]
		.controls;
}

static void
refusing_words_come_before_the_accepting_ones_they_hold(void **state)
{
	static const char *const labels[] = { "不同意", "我不同意",
		"不同意并退出", "拒绝", "暂不使用", "暫不使用", "不同意授權",
		"仅浏览", "狠心离开", "放弃安全保障", "Don't allow", "Decline",
		"No, thanks" };

	for (size_t i = 0; i < FA_COUNT(labels); i++) {
		uint32_t c = button(*state, labels[i]);

		if ((c & BIT(REFUSE)) == 0 || (c & BIT(ACCEPT)) != 0)
			fail_msg("%s gives %x", labels[i], c);
	}
}

static void
putting_off_is_no_agreement(void **state)
{
	static const char *const labels[] = { "以后再说", "跳过", "暂不",
		"稍后提醒", "Not now", "Skip", "Maybe later" };

	for (size_t i = 0; i < FA_COUNT(labels); i++) {
		uint32_t c = button(*state, labels[i]);

		if ((c & BIT(LATER)) == 0 || (c & BIT(ACCEPT)) != 0)
			fail_msg("%s gives %x", labels[i], c);
	}
}

static void
agreeing_words_agree_whatever_is_promised_with_them(void **state)
{
	static const char *const labels[] = { "同意", "同意并继续",
		"同意并领取", "我已阅读并同意", "接受", "開啟", "同意授權",
		"I agree", "Accept", "好的" };

	for (size_t i = 0; i < FA_COUNT(labels); i++) {
		uint32_t c = button(*state, labels[i]);

		if ((c & BIT(ACCEPT)) == 0 || (c & BIT(REFUSE)) != 0)
			fail_msg("%s gives %x", labels[i], c);
	}
}

static void
a_way_back_to_a_face_check_begins_none(void **state)
{
	assert_int_equal(button(*state, "返回刷脸"), BIT(BACK));
	assert_int_equal(button(*state, "再想想"), BIT(BACK));
	assert_int_equal(button(*state, "返回") & BIT(BACK), BIT(BACK));
}

static void
what_says_nothing_is_neutral(void **state)
{
	assert_int_equal(button(*state, "我知道了"), BIT(NEUTRAL));
	assert_int_equal(button(*state, "下一步"), BIT(NEUTRAL));
	assert_int_equal(button(*state, "確定"), BIT(NEUTRAL));
}

static void
other_ways_are_told_from_the_face(void **state)
{
	assert_true(button(*state, "短信验证码登录") & BIT(NONFACE));
	assert_true(button(*state, "换一种方式") & BIT(OTHER_METHOD));
	assert_true(button(*state, "无法刷脸？") & BIT(OTHER_METHOD));
	assert_true(button(*state, "指纹验证") & BIT(BIOMETRIC));
	assert_true(button(*state, "前往营业厅办理") & BIT(OFFCHANNEL));
	assert_true(button(*state, "国家网络身份认证") & BIT(NETID));
	assert_false(button(*state, "无法刷脸？") & BIT(FACE));
}

static void
a_label_with_the_face_in_it_need_not_begin_a_check(void **state)
{
	assert_true(button(*state, "刷脸登录") & BIT(FACE));
	assert_true(button(*state, "开始人脸识别") & BIT(FACE));
	assert_true(button(*state, "Scan my face") & BIT(FACE));
	assert_false(button(*state, "刷脸设置") & BIT(FACE));
	assert_false(button(*state, "《人脸识别服务协议》") & BIT(FACE));
	assert_false(button(*state, "面容ID登录") & BIT(FACE));
	assert_true(button(*state, "面容ID登录") & BIT(OS_BIO));
	assert_true(button(*state, "关闭刷脸") & BIT(WITHDRAW));
	assert_true(button(*state, "删除人脸信息") & BIT(DELETE_FACE));
	assert_true(button(*state, "注销账号") & BIT(CANCEL_ACCOUNT));
}

static void
a_word_in_a_long_sentence_is_no_label(void **state)
{
	assert_int_equal(
		button(*state,
			"今天的活动一共有三十六位同学报名请大家提前十分钟到场"),
		button(*state, "查一查班级里今天有哪些活动以及地点安排"));
	assert_false(button(*state, "本周热门话题是老人该不该拒绝子女的安排") &
		BIT(REFUSE));
}

static void
ages_are_read(void **state)
{
	struct viewer *w = *state;

	look(w,
		"app: t\n== a 您的年龄\n[7至13岁]\n[14岁以上]\n[未满14周岁]\n"
		"[16 岁]\n");
	assert_true(w->view.screens[0].elements[0].controls & BIT(MINOR));
	assert_true(w->view.screens[0].elements[1].controls & BIT(ADULT));
	assert_true(w->view.screens[0].elements[2].controls & BIT(MINOR));
	assert_true(w->view.screens[0].elements[3].controls & BIT(ADULT));
	assert_true(w->view.screens[0].roles & SCR(AGE));
}

static uint32_t
roles(struct viewer *w, const char *sketch)
{
	look(w, sketch);
	return w->view.screens[0].roles;
}

static void
a_camera_captures_a_face_only_where_one_is_meant(void **state)
{
	assert_true(roles(*state, "app: t\n== a 人脸识别\n<camera>\n请眨眼\n") &
		SCR(CAPTURE));
	assert_false(roles(*state,
			     "app: t\n== a 拍摄身份证\n<camera>\n"
			     "请将身份证人像面置于框内\n[拍摄]\n") &
		SCR(CAPTURE));
	assert_false(roles(*state,
			     "app: t\n== a 扫一扫\n<camera>\n"
			     "将二维码放入框内\n") &
		SCR(CAPTURE));
	assert_false(
		roles(*state, "app: t\n== a 更换头像\n<camera>\n[拍照]\n") &
		SCR(CAPTURE));
	assert_false(roles(*state,
			     "app: t\n== a 趣味贴纸\n<camera>\n"
			     "把脸部对准屏幕试试特效\n[拍照]\n") &
		SCR(CAPTURE));
}

static void
a_menu_with_an_entry_for_the_face_is_no_prompt(void **state)
{
	assert_false(roles(*state,
			     "app: t\n== a 首页\n[转账]\n[理财]\n[贷款]\n"
			     "[刷脸支付]\n[账单]\n") &
		SCR(FACE_PROMPT));
	assert_true(roles(*state,
			    "app: t\n== a 刷脸认证\n为了账号安全\n"
			    "[立即刷脸]\n[取消]\n") &
		SCR(FACE_PROMPT));
}

static void
general_consent_is_no_consent_to_the_face(void **state)
{
	uint32_t general = roles(*state,
		"app: t\n== a 温馨提示\n请阅读并同意(《用户协议》)"
		"(《隐私政策》)。使用刷脸时我们会另行征得您的单独同意。\n"
		"[同意]\n[不同意]\n");
	uint32_t face = roles(*state,
		"app: t\n== a 人脸识别授权\n"
		"采集您的人脸用于核验，详见(《人脸识别服务协议》)\n"
		"[同意]\n[不同意]\n");
	uint32_t both = roles(*state,
		"app: t\n== a 登录\n[ ] 我已阅读并同意(《用户协议》)"
		"(《人脸识别服务协议》)\n[登录]\n");

	assert_true(general & SCR(CONSENT));
	assert_false(general & SCR(FACE_CONSENT));
	assert_true(face & SCR(FACE_CONSENT));
	assert_false(face & SCR(BUNDLE));
	assert_true(both & SCR(BUNDLE));
}

static void
done_is_not_said_of_later(void **state)
{
	assert_true(roles(*state, "app: t\n== a 提现成功\n[完成]\n") &
		SCR(SUCCESS));
	assert_false(roles(*state, "app: t\n== a 认证\n认证成功后即可提现\n") &
		SCR(SUCCESS));
	assert_true(roles(*state, "app: t\n== a 识别失败\n[重试]\n") &
		SCR(FAILURE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(
			refusing_words_come_before_the_accepting_ones_they_hold),
		VIEW_TEST(putting_off_is_no_agreement),
		VIEW_TEST(agreeing_words_agree_whatever_is_promised_with_them),
		VIEW_TEST(a_way_back_to_a_face_check_begins_none),
		VIEW_TEST(what_says_nothing_is_neutral),
		VIEW_TEST(other_ways_are_told_from_the_face),
		VIEW_TEST(a_label_with_the_face_in_it_need_not_begin_a_check),
		VIEW_TEST(a_word_in_a_long_sentence_is_no_label),
		VIEW_TEST(ages_are_read),
		VIEW_TEST(a_camera_captures_a_face_only_where_one_is_meant),
		VIEW_TEST(a_menu_with_an_entry_for_the_face_is_no_prompt),
		VIEW_TEST(general_consent_is_no_consent_to_the_face),
		VIEW_TEST(done_is_not_said_of_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
