/* Flows written down as text. */
#include "fixture_flow.h"

static void
refused(const char *text, const char *msg)
{
	struct flowing t;

	flowing_begin(&t);
	t.rc = fa_import_sketch(&t.f, fa_str_c(text), &t.a, &t.err);
	assert_int_equal(t.rc, FA_E_INPUT);
	assert_string_equal(t.err.msg, msg);
	flowing_done(&t);
}

static void
every_kind_of_line_becomes_what_it_stands_for(void **state)
{
	struct flowing t;

	(void)state;
	flowing_sketch(&t,
		"# 说明\napp: 某应用\nplatform: h5\nbasis: observed\n"
		"== login 登录页 {modal}\n"
		"请登录后继续(《隐私政策》)\n"
		"[刷脸登录] -> prompt {camera}\n"
		"[短信登录] -> sms {small faint}\n"
		"(《用户协议》) -> policy\n"
		"[ ] 我已阅读并同意(《用户协议》 -> policy)(《人脸协议》)\n"
		"< > 短信验证\n<*> 刷脸验证\n"
		"<switch on> 刷脸登录开关 -> sms\n"
		"<input 请输入验证码>\n<image 图>\n"
		"[不可点] {off}\n[看不见] {hidden}\n"
		"\\[x] 只是文字\n(选填) 备注\n"
		"[退出] -> !exit\n[外面] -> !external\n[没试] -> ?\n"
		"back -> sms\n"
		"== prompt 刷脸\n<camera 请正对屏幕>\n[开始识别] => sms\n"
		"... 5s -> sms\n... => sms\nallow -> sms\ndeny -> login\n"
		"relaunch -> login\n"
		"== sms {service}\n== policy {opaque} {half}\n"
		"== rest {unexplored}\n");
	assert_true(fa_str_eq(t.f->app_name, FA_STR("某应用")));
	assert_int_equal(t.f->platform, FA_FLOW_H5);
	assert_int_equal(t.f->screens_n, 5);
	assert_int_equal(t.f->start, 0);
	flowing_shows(&t, 0,
		"text 请登录后继续《隐私政策》||\n"
		"button 刷脸登录||\nbutton 短信登录||\nlink 《用户协议》||\n"
		"checkbox 我已阅读并同意《用户协议》《人脸协议》|| -\n"
		"link 《用户协议》||\n"
		"radio 短信验证|| -\nradio 刷脸验证|| x\n"
		"switch 刷脸登录开关|| x\ninput ||请输入验证码\nimage ||图\n"
		"button 不可点|| o\nbutton 看不见|| h\n"
		"text [x] 只是文字||\ntext (选填) 备注||\n"
		"button 退出||\nbutton 外面||\nbutton 没试||\n");
	flowing_leads(&t,
		"login tap 刷脸登录 -> prompt camera\n"
		"login tap 短信登录 -> sms\nlogin tap 《用户协议》 -> policy\n"
		"login tap 《用户协议》 -> policy\n"
		"login uncheck 刷脸登录开关 -> sms\n"
		"login tap 退出 -> out exit\nlogin tap 外面 -> out\n"
		"login back - -> sms\n"
		"prompt simulate-capture 开始识别 -> sms\n"
		"prompt wait - -> sms\nprompt simulate-capture - -> sms\n"
		"prompt system-allow - -> sms\nprompt system-deny - -> login\n"
		"prompt relaunch - -> login\n");
	assert_int_equal(t.f->transitions[0].basis, FA_FLOW_OBSERVED);
	assert_int_equal(t.f->transitions[9].wait_ms, 5000);
	flowing_done(&t);
}

static void
flags_and_unknown_targets_become_gaps_ends_and_states(void **state)
{
	struct flowing t;

	(void)state;
	flowing_sketch(&t,
		"== a {modal half}\n[z] -> ?\n[y] -> !external\nback -> ?\n"
		"== b {service}\n== c {opaque}\n== d {unexplored}\n");
	assert_int_equal(t.f->screens[0].modal, FA_TRI_YES);
	assert_int_equal(t.f->screens[0].complete, FA_TRI_NO);
	assert_int_equal(t.f->screens[1].modal, FA_TRI_NO);
	assert_int_equal(t.f->screens[1].complete, FA_TRI_YES);
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED), 2);
	assert_int_equal(flowing_gaps(&t, 2, FA_FLOW_GAP_WEBVIEW), 1);
	assert_int_equal(flowing_gaps(&t, 3, FA_FLOW_GAP_UNEXPLORED), 1);
	assert_int_equal(t.f->ends_n, 2);
	assert_int_equal(t.f->ends[0].kind, FA_FLOW_END_EXTERNAL);
	assert_int_equal(t.f->ends[1].kind, FA_FLOW_END_SERVICE);
	flowing_done(&t);
}

static void
looks_are_plain_unless_flags_say_otherwise(void **state)
{
	struct flowing t;
	const struct fa_flow_element *e;

	(void)state;
	flowing_sketch(
		&t, "== a\n[一]\n[二] {small faint}\n[三] {big strong}\n");
	e = t.f->screens[0].elements;
	assert_int_equal(e[0].style.font_cpx, 1600);
	assert_int_equal(e[0].style.contrast_c, 1263);
	assert_int_equal(e[1].style.font_cpx, 1000);
	assert_true(e[1].style.contrast_c < 200);
	assert_int_equal(e[2].style.font_cpx, 2000);
	assert_true(e[2].style.contrast_c > 450);
	assert_false(e[0].has_box);
	flowing_done(&t);
}

static void
mistakes_are_refused_with_their_line(void **state)
{
	(void)state;
	refused("", "no screen in it");
	refused("app: x\n", "no screen in it");
	refused("nope\n",
		"sketch, line 1: expected \"name: value\" or \"== id title\" "
		"before the first screen");
	refused("color: x\n",
		"sketch, line 1: header \"color\" is not known, expected app, "
		"id, version, platform or basis");
	refused("== a\n[x] -> b\n",
		"sketch, line 2: screen \"b\" is not defined");
	refused("== a\n== a\n",
		"sketch, line 2: screen \"a\" is defined twice");
	refused("== a\n[b\n", "sketch, line 2: \"[\" without \"]\"");
	refused("== a\n<what>\n", "sketch, line 2: \"<what>\" is not known");
	refused("== a\n[b] {loud}\n",
		"sketch, line 2: flag \"loud\" is not known");
	refused("== a {small}\n",
		"sketch, line 1: a screen may be modal, service, half, opaque "
		"or unexplored only");
	refused("== a\n同意] -> a\n",
		"sketch, line 2: a text leads nowhere: write [label] for a "
		"button, (label) for a link, or \\ before a text");
	refused("== a\n[b] c\n",
		"sketch, line 2: expected \"-> id\" or \"{flags}\", found "
		"\"c\"");
	refused("== a\n[b] {small\n", "sketch, line 2: \"{\" without \"}\"");
	refused("== \xff\n", "sketch is not in UTF-8");
	refused("basis: sure\n== a\n",
		"sketch, line 1: basis \"sure\" is none of observed, declared, "
		"assumed");
}

static void
a_text_may_hold_arrows_and_brackets(void **state)
{
	struct flowing t;

	(void)state;
	flowing_sketch(&t,
		"== a\r\n路径：设置->隐私->撤回同意\r\n\\Settings -> a\r\n"
		"...更多\r\nbackground\r\n");
	flowing_shows(&t, 0,
		"text 路径：设置->隐私->撤回同意||\ntext Settings -> a||\n"
		"text ...更多||\ntext background||\n");
	flowing_done(&t);
}

static void
a_file_is_recognised_and_its_digest_kept(void **state)
{
	struct flowing t;

	(void)state;
	flowing_begin(&t);
	t.rc = fa_import(&t.f, FA_STR("tests/fuzz/corpus/flow_sketch/all.flow"),
		NULL, &t.a, &t.err);
	if (t.rc != FA_OK)
		fail_msg("%s", t.err.msg);
	assert_true(fa_str_eq(t.f->importer, FA_STR("sketch")));
	assert_int_equal(t.f->inputs_n, 1);
	assert_true(fa_str_eq(t.f->inputs[0].path, FA_STR("all.flow")));
	assert_int_equal(t.f->inputs[0].sha256.n, 64);
	flowing_holds(&t);
	t.rc = fa_import(&t.f, FA_STR("src/model"), NULL, &t.a, &t.err);
	assert_int_equal(t.rc, FA_E_UNSUPPORTED);
	t.rc = fa_import(&t.f, FA_STR("no/such/file"), NULL, &t.a, &t.err);
	assert_int_equal(t.rc, FA_E_IO);
	flowing_done(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_line_becomes_what_it_stands_for),
		cmocka_unit_test(
			flags_and_unknown_targets_become_gaps_ends_and_states),
		cmocka_unit_test(looks_are_plain_unless_flags_say_otherwise),
		cmocka_unit_test(mistakes_are_refused_with_their_line),
		cmocka_unit_test(a_text_may_hold_arrows_and_brackets),
		cmocka_unit_test(a_file_is_recognised_and_its_digest_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
