/* Which screens and transitions a walk finds, in an app that is known. */
#include "rig_walk.h"

#include "walk/internal.h"

static const char face_login[] = "app: 某应用\n"
				 "== prompt 刷脸登录\n"
				 "登录需要进行人脸识别验证\n"
				 "[同意并刷脸] -> capture\n"
				 "[不同意] -> home\n"
				 "(《隐私政策》) -> policy\n"
				 "relaunch -> prompt\n"
				 "== capture 人脸识别\n"
				 "请将脸部置于框内\n"
				 "<camera>\n"
				 "[开始识别] => done\n"
				 "[其他方式验证] -> sms\n"
				 "== sms 短信验证\n"
				 "<input 请输入手机号>\n"
				 "<input 请输入验证码>\n"
				 "[登录] -> done\n"
				 "== done 登录成功\n"
				 "欢迎回来\n"
				 "== home 首页\n"
				 "仅浏览\n"
				 "relaunch -> prompt\n"
				 "== policy 隐私政策\n"
				 "我们如何处理您的个人信息\n"
				 "back -> prompt\n";

static void
every_screen_of_an_app_is_found_and_how_they_are_joined(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, face_login);
	rig_walk(&r);
	assert_non_null(
		rig_find(&r, "刷脸登录", FA_FLOW_TAP, "同意", "人脸识别"));
	assert_non_null(
		rig_find(&r, "刷脸登录", FA_FLOW_TAP, "不同意", "首页"));
	assert_non_null(
		rig_find(&r, "刷脸登录", FA_FLOW_TAP, "隐私", "隐私政策"));
	assert_non_null(
		rig_find(&r, "人脸识别", FA_FLOW_TAP, "其他", "短信验证"));
	assert_non_null(
		rig_find(&r, "隐私政策", FA_FLOW_BACK, NULL, "刷脸登录"));
	assert_non_null(
		rig_find(&r, "短信验证", FA_FLOW_TAP, "登录", "登录成功"));
	/* The form is one screen empty and one filled in. */
	assert_int_equal(r.seen->screens_n, 7);
	assert_int_equal(r.seen->gaps_n, 0);
	assert_null(r.stats.limit.p);
	assert_int_equal(r.kept, r.seen->screens_n);
	rig_done(&r);
}

static void
a_capture_succeeds_with_a_camera_only_and_says_so(void **state)
{
	const struct fa_flow_transition *t;
	struct rig r;

	(void)state;
	rig_init(&r, face_login);
	rig_walk(&r);
	t = rig_find(&r, "人脸识别", FA_FLOW_FACE, "开始", "登录成功");
	assert_non_null(t);
	assert_true(t->effects & FA_FLOW_EFFECT_CAMERA);
	t = rig_find(&r, "人脸识别", FA_FLOW_TAP, "开始", "人脸识别");
	assert_non_null(t);
	assert_true(t->effects & FA_FLOW_EFFECT_CAMERA);
	assert_null(rig_find(&r, "人脸识别", FA_FLOW_TAP, "开始", "登录成功"));
	rig_done(&r);
}

static void
without_simulation_what_lies_behind_a_capture_is_a_gap(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, face_login);
	r.o.simulate = false;
	rig_walk(&r);
	for (size_t i = 0; i < r.seen->transitions_n; i++)
		assert_int_not_equal(
			r.seen->transitions[i].action, FA_FLOW_FACE);
	assert_non_null(rig_gap(
		&r, FA_FLOW_GAP_UNEXPLORED, "captures are not simulated"));
	rig_done(&r);
}

static void
after_a_refusal_the_app_is_started_again(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, face_login);
	rig_walk(&r);
	assert_non_null(
		rig_find(&r, "首页", FA_FLOW_RELAUNCH, NULL, "刷脸登录"));
	assert_true(r.relaunches_n > 0);
	rig_done(&r);
	rig_init(&r, face_login);
	r.o.relaunch = false;
	rig_walk(&r);
	assert_null(rig_find(&r, "首页", FA_FLOW_RELAUNCH, NULL, "刷脸登录"));
	assert_int_equal(r.relaunches_n, 0);
	rig_done(&r);
}

static void
refusals_are_tried_before_what_agrees(void **state)
{
	struct rig r;
	size_t refused = SIZE_MAX, agreed = SIZE_MAX;

	(void)state;
	rig_init(&r, face_login);
	rig_walk(&r);
	for (size_t i = r.seen->transitions_n; i-- > 0;) {
		const struct fa_flow_transition *t = &r.seen->transitions[i];

		if (t->from != 0 || t->element == FA_FLOW_NONE)
			continue;
		if (fa_str_eq(r.seen->screens[0].elements[t->element].text,
			    FA_STR("不同意")))
			refused = i;
		if (fa_str_eq(r.seen->screens[0].elements[t->element].text,
			    FA_STR("同意并刷脸")))
			agreed = i;
	}
	assert_true(refused < agreed && agreed != SIZE_MAX);
	rig_done(&r);
}

static void
what_comes_by_itself_is_waited_for(void **state)
{
	const struct fa_flow_transition *t;
	struct rig r;

	(void)state;
	rig_init(&r,
		"== ask 人脸识别授权\n"
		"5秒后视为同意人脸识别服务协议\n"
		"[不同意] -> home\n"
		"... 5s -> cam\n"
		"== cam 人脸采集\n"
		"<camera>\n"
		"== home 首页\n"
		"好\n");
	rig_walk(&r);
	t = rig_find(&r, "人脸识别授权", FA_FLOW_WAIT, NULL, "人脸采集");
	assert_non_null(t);
	assert_int_equal(t->wait_ms, 5000);
	assert_non_null(
		rig_find(&r, "人脸识别授权", FA_FLOW_TAP, "不同意", "首页"));
	rig_done(&r);
}

static void
boxes_are_ticked_in_every_set(void **state)
{
	struct rig r;
	unsigned ticks = 0;

	(void)state;
	rig_init(&r,
		"== login 登录\n"
		"[ ] 同意(《用户协议》)\n"
		"[ ] 同意(《人脸识别服务协议》)\n"
		"[下一步] -> next\n"
		"== next 完成\n"
		"好\n");
	rig_walk(&r);
	for (size_t i = 0; i < r.seen->transitions_n; i++)
		ticks += r.seen->transitions[i].action == FA_FLOW_CHECK;
	/* {} {1} {2} {1,2}, and the page behind them */
	assert_int_equal(r.seen->screens_n, 5);
	assert_int_equal(ticks, 3);
	rig_done(&r);
}

static void
a_box_that_is_ticked_at_first_sight_is_unticked(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r,
		"== login 登录\n"
		"[x] 同意人脸识别服务协议\n"
		"[下一步] -> next\n"
		"== next 完成\n"
		"好\n");
	rig_walk(&r);
	assert_non_null(rig_find(&r, "登录", FA_FLOW_UNCHECK, NULL, "登录"));
	assert_int_equal(r.seen->screens[0].elements[0].checked, FA_TRI_YES);
	rig_done(&r);
}

static void
the_same_app_gives_the_same_flow_byte_by_byte(void **state)
{
	struct fa_buf out[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rig r;

		rig_init(&r, face_login);
		rig_walk(&r);
		fa_buf_init(&out[i], FA_FLOW_JSON_BYTES);
		assert_int_equal(fa_flow_write(r.seen, &out[i], &r.err), FA_OK);
		rig_done(&r);
	}
	assert_string_equal(out[0].p, out[1].p);
	fa_buf_done(&out[0]);
	fa_buf_done(&out[1]);
}

static void
what_was_seen_can_be_read_back(void **state)
{
	struct fa_flow *again;
	struct fa_buf out;
	struct rig r;

	(void)state;
	rig_init(&r, face_login);
	rig_walk(&r);
	fa_buf_init(&out, FA_FLOW_JSON_BYTES);
	assert_int_equal(fa_flow_write(r.seen, &out, &r.err), FA_OK);
	if (fa_flow_parse(&again, fa_buf_str(&out), &r.a, &r.err) < 0)
		fail_msg("%s", r.err.msg);
	assert_int_equal(again->screens_n, r.seen->screens_n);
	fa_buf_done(&out);
	rig_done(&r);
}

static void
a_form_is_filled_in_with_what_is_nobodys(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r,
		"== form 实名认证\n"
		"<input 请输入姓名>\n"
		"<input 请输入身份证号>\n"
		"<input 手机号>\n"
		"<input 请输入短信验证码>\n"
		"<input 设置登录密码>\n"
		"[提交] -> done\n"
		"== done 完成\n"
		"好\n");
	rig_walk(&r);
	/* GB 11643: 990101 19960101 001 has the check digit 7 or so; that of a
	 * child differs in the year. Both are looked at below. */
	assert_non_null(strstr(r.filled, "张三\n990101199601010"));
	assert_non_null(strstr(r.filled, "990101201401010"));
	assert_non_null(strstr(r.filled, "13800138000\n123456\nAbc12345!\n"));
	assert_non_null(rig_find(&r, "实名认证", FA_FLOW_TAP, "提交", "完成"));
	rig_done(&r);
}

static void
check_digit(const char *id)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10,
		5, 8, 4, 2, 1 };
	int sum = 0;

	for (int i = 0; i < 18; i++)
		sum += weights[i] * (id[i] == 'X' ? 10 : id[i] - '0');
	assert_int_equal(sum % 11, 1);
}

static void
made_up_identity_numbers_have_a_right_check_digit(void **state)
{
	struct rig r;
	const char *p;

	(void)state;
	rig_init(&r,
		"== form 实名认证\n"
		"<input 请输入身份证号>\n"
		"[提交] -> done\n"
		"== done 完成\n"
		"好\n");
	rig_walk(&r);
	p = r.filled;
	assert_non_null(p);
	check_digit(p);
	p = strstr(r.filled, "9901012014");
	assert_non_null(p);
	check_digit(p);
	rig_done(&r);
}

static void
the_way_of_a_child_is_walked_apart(void **state)
{
	struct rig r;
	unsigned homes = 0;

	(void)state;
	rig_init(&r,
		"== age 年龄确认\n"
		"请选择您的年龄\n"
		"[我未满14周岁] -> home\n"
		"[我已满18周岁] -> home\n"
		"== home 首页\n"
		"[刷脸登录] -> cam\n"
		"== cam 人脸采集\n"
		"<camera>\n"
		"[开始识别] => done\n"
		"== done 登录成功\n"
		"好\n");
	rig_walk(&r);
	for (size_t i = 0; i < r.seen->screens_n; i++)
		homes += fa_str_eq(r.seen->screens[i].title, FA_STR("首页"));
	assert_int_equal(homes, 2);
	rig_done(&r);
}

/* He is walked as what he said last. */
static void
who_says_that_he_is_grown_up_is_a_child_no_longer(void **state)
{
	uint32_t home = FA_FLOW_NONE;
	unsigned said = 0;
	struct rig r;

	(void)state;
	rig_init(&r,
		"== age 年龄确认\n"
		"请选择您的年龄\n"
		"[我未满14周岁] -> home\n"
		"[我已满18周岁] -> home\n"
		"== home 首页\n"
		"[重新选择年龄] -> age\n"
		"[刷脸登录] -> cam\n"
		"== cam 人脸采集\n"
		"<camera>\n"
		"[开始识别] => done\n"
		"== done 登录成功\n"
		"好\n");
	rig_walk(&r);
	for (size_t i = 0; i < r.seen->transitions_n; i++) {
		const struct fa_flow_transition *t = &r.seen->transitions[i];

		if (t->element == FA_FLOW_NONE ||
			!fa_str_eq(r.seen->screens[t->from]
					   .elements[t->element]
					   .text,
				FA_STR("我已满18周岁")))
			continue;
		said++;
		if (home == FA_FLOW_NONE)
			home = t->to;
		assert_int_equal(t->to, home);
	}
	assert_int_equal(said, 2);
	rig_done(&r);
}

static void
while_a_check_runs_nothing_else_is_begun(void **state)
{
	const struct fa_flow_transition *t;
	struct rig r;

	(void)state;
	rig_init(&r,
		"== home 门禁\n"
		"[开灯] -> lit\n"
		"[刷脸开门] -> cam\n"
		"== cam 正在识别\n"
		"[开灯] -> odd\n"
		"[取消] -> home\n"
		"... 2s -> done\n"
		"== done 门已打开\n"
		"好\n"
		"== lit 灯已亮\n"
		"好\n"
		"== odd 想不到\n"
		"好\n");
	rig_walk(&r);
	t = rig_find(&r, "正在识别", FA_FLOW_TAP, "开灯", "灯已亮");
	assert_non_null(t);
	assert_int_equal(t->basis, FA_FLOW_ASSUMED);
	assert_non_null(rig_find(&r, "正在识别", FA_FLOW_TAP, "取消", "门禁"));
	assert_null(rig_find(&r, "正在识别", FA_FLOW_TAP, "开灯", "想不到"));
	assert_int_equal(r.seen->gaps_n, 0);
	rig_done(&r);
}

static const char failing[] = "== cam 人脸采集\n"
			      "<camera>\n"
			      "[开始识别] -> failed\n"
			      "== failed 识别失败\n"
			      "人脸识别失败，请重试\n"
			      "[重试] -> cam\n"
			      "== other 换种方式\n"
			      "请输入短信验证码\n"
			      "<input 验证码>\n";

static void
a_check_that_fails_is_done_again_until_another_way_opens(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, failing);
	r.gives_in_at = 3;
	r.other = 2;
	rig_walk(&r);
	assert_non_null(
		rig_find(&r, "识别失败", FA_FLOW_TAP, "重试", "人脸采集"));
	assert_non_null(
		rig_find(&r, "识别失败", FA_FLOW_TAP, "重试", "换种方式"));
	/* The way there can be gone again. */
	assert_non_null(
		rig_find(&r, "换种方式", FA_FLOW_FILL, NULL, "换种方式"));
	rig_done(&r);
}

static void
a_check_that_fails_for_ever_is_left(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, failing);
	rig_walk(&r);
	assert_int_equal(r.seen->screens_n, 2);
	assert_true(r.acts_n < 40);
	assert_null(r.stats.limit.p);
	rig_done(&r);
}

static void
a_question_of_the_browser_is_answered_both_ways(void **state)
{
	const struct fa_flow_transition *t;
	struct rig r;

	(void)state;
	rig_init(&r,
		"== set 设置\n"
		"账号与安全\n"
		"[注销] -> gone\n"
		"== gone 已注销\n"
		"再见\n");
	rig_walk(&r);
	t = rig_find(&r, "设置", FA_FLOW_TAP, "注销", "设置");
	assert_non_null(t);
	assert_true(fa_str_find(t->note, FA_STR("(cancel)"), 0) != SIZE_MAX);
	t = rig_find(&r, "设置", FA_FLOW_TAP, "注销", "已注销");
	assert_non_null(t);
	assert_true(fa_str_find(t->note, FA_STR("(ok)"), 0) != SIZE_MAX);
	rig_done(&r);
}

static void
a_start_on_which_nothing_can_be_tapped_is_not_all_there_is(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, "== home 取件\n本柜仅支持刷脸取件\n");
	rig_walk(&r);
	assert_non_null(rig_gap(
		&r, FA_FLOW_GAP_UNEXPLORED, "nothing on it could be tapped"));
	rig_done(&r);
}

static void
assert_date(const char *class, const char *label, bool child, bool age,
	const char *want)
{
	struct fa_flow_element e[] = { { .role = FA_FLOW_TEXT,
					       .text = fa_str_c(label) },
		{ .role = FA_FLOW_INPUT, .native_class = fa_str_c(class) } };
	struct fa_flow_screen s = { .elements = e, .elements_n = FA_COUNT(e) };
	char out[FA_WALK_VALUE_BYTES];
	struct fa_walk_value v = fa_walk_value(&s, 1, child, 20260801, out);

	assert_int_equal(v.age, age);
	assert_string_equal(out, want);
}

static void
dates_are_filled_in_by_their_type(void **state)
{
	(void)state;
	assert_date("input-date", "出生日期", false, true, "1996-01-01");
	assert_date("input-date", "出生日期", true, true, "2014-01-01");
	assert_date("input-date", "预约", true, false, "1996-01-01");
	assert_date("input-month", "生日", true, true, "2014-01");
	assert_date("input-week", "预约", false, false, "1996-W01");
	assert_date("input-time", "预约", false, false, "10:00");
	assert_date("input-datetime-local", "预约", false, false,
		"1996-01-01T10:00");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_screen_of_an_app_is_found_and_how_they_are_joined),
		cmocka_unit_test(
			a_capture_succeeds_with_a_camera_only_and_says_so),
		cmocka_unit_test(
			without_simulation_what_lies_behind_a_capture_is_a_gap),
		cmocka_unit_test(after_a_refusal_the_app_is_started_again),
		cmocka_unit_test(
			a_check_that_fails_is_done_again_until_another_way_opens),
		cmocka_unit_test(a_check_that_fails_for_ever_is_left),
		cmocka_unit_test(
			a_question_of_the_browser_is_answered_both_ways),
		cmocka_unit_test(refusals_are_tried_before_what_agrees),
		cmocka_unit_test(what_comes_by_itself_is_waited_for),
		cmocka_unit_test(boxes_are_ticked_in_every_set),
		cmocka_unit_test(
			a_box_that_is_ticked_at_first_sight_is_unticked),
		cmocka_unit_test(the_same_app_gives_the_same_flow_byte_by_byte),
		cmocka_unit_test(what_was_seen_can_be_read_back),
		cmocka_unit_test(a_form_is_filled_in_with_what_is_nobodys),
		cmocka_unit_test(
			made_up_identity_numbers_have_a_right_check_digit),
		cmocka_unit_test(the_way_of_a_child_is_walked_apart),
		cmocka_unit_test(
			who_says_that_he_is_grown_up_is_a_child_no_longer),
		cmocka_unit_test(while_a_check_runs_nothing_else_is_begun),
		cmocka_unit_test(
			a_start_on_which_nothing_can_be_tapped_is_not_all_there_is),
		cmocka_unit_test(dates_are_filled_in_by_their_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
