/* Flows that developers declare: prompts of uni-app, mini programs, pages. */
#include "fixture_flow.h"

static void
a_declared_prompt_is_a_flow_with_comments_and_commas(void **state)
{
	static const struct flowing_file f = { "androidPrivacy.json",
		FA_STR_INIT(
			"\xef\xbb\xbf// 首次启动\n{ \"version\":\"1\", "
			"\"prompt\":\"template\", /* x */\n"
			"\"title\":\"服务协议\", \"message\":\"请阅读"
			"<a href=\\\"https://x.cn/a.html\\\">《隐私政策》</a>"
			"。<br/>第二行\",\n"
			"\"buttonAccept\":\"同意并接受\", "
			"\"buttonRefuse\":\"暂不同意\",\n"
			"\"second\":{\"title\":\"确认\",\"message\":\"再想想\","
			"\"buttonAccept\":\"同意\",\"buttonRefuse\":\"退出\","
			"},\n\"styles\":{\"buttonAccept\":{\"color\":"
			"\"#00ff00\"},\"buttonRefuse\":{\"color\":\"#eee\"}},"
			"\"backToExit\":\"true\",}") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "android-privacy", &f, 1, false);
	assert_int_equal(t.f->screens_n, 3);
	flowing_shows(&t, 0,
		"text 服务协议||\ntext 请阅读《隐私政策》。||\n"
		"link 《隐私政策》||\ntext 第二行||\n"
		"button 暂不同意||\nbutton 同意并接受||\n");
	flowing_leads(&t,
		"prompt tap 暂不同意 -> second\n"
		"prompt tap 同意并接受 -> app\nprompt back - -> out exit\n"
		"second tap 退出 -> out exit\nsecond tap 同意 -> app\n"
		"second back - -> out exit\n");
	assert_true(fa_str_eq(t.f->screens[0].elements[2].links[0].href,
		FA_STR("https://x.cn/a.html")));
	assert_true(t.f->screens[0].elements[4].style.contrast_c < 150);
	assert_int_equal(t.f->transitions[0].basis, FA_FLOW_STATED);
	assert_int_equal(flowing_gaps(&t, 2, FA_FLOW_GAP_NO_TREE), 1);
	flowing_done(&t);
}

static void
a_prompt_without_a_refusing_button_has_none(void **state)
{
	static const struct flowing_file f = { "p.json",
		FA_STR_INIT("{\"prompt\":\"template\",\"message\":\"m\","
			    "\"buttonAccept\":\"好\"}") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "android-privacy", &f, 1, false);
	flowing_leads(&t, "prompt tap 好 -> app\n");
	flowing_done(&t);
}

static void
a_guest_mode_is_entered_and_may_be_nagged(void **state)
{
	static const struct flowing_file f = { "androidPrivacy.json",
		FA_STR_INIT(
			"{\"prompt\":\"template\",\"message\":\"m\","
			"\"buttonRefuse\":\"不\",\"disagreeMode\":{\"support\":"
			"true,\"visitorEntry\":true,\"showAlways\":true}}") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "android-privacy", &f, 1, false);
	flowing_leads(&t,
		"prompt tap 不 -> guest\nprompt tap 游客模式 -> guest\n"
		"prompt tap 同意 -> app\nguest relaunch - -> prompt\n");
	flowing_done(&t);
}

static void
a_mini_program_is_read_from_its_markup_and_handlers(void **state)
{
	static const struct flowing_file f[] = {
		{ "app.json", FA_STR_INIT("{\"pages\":[\"pages/a/a\"]}") },
		{ "components/p/p.js",
			FA_STR_INIT("Component({ methods: {\n"
				    "  no(e) { this.quit() },\n"
				    "  quit: function () { "
				    "wx.exitMiniProgram() },\n"
				    "  later() { "
				    "this._resolve({event:'disagree'}) }"
				    ",\n  odd() { foo() },\n"
				    "  doc() { wx.openPrivacyContract({}) },\n"
				    "} })\n") },
		{ "components/p/p.wxml",
			FA_STR_INIT(
				"<view wx:if=\"{{show}}\"><view>隐私保护</view>"
				"<text bindtap=\"doc\">《指引》</text>"
				"<button bindtap=\"no\">拒绝</button>"
				"<button bindtap=\"later\">以后</button>"
				"<button bindtap=\"odd\">怪</button>"
				"<button bindtap=\"gone\">无</button>"
				"<button open-type=\"agreePrivacyAuthorization"
				"\" bindagreeprivacyauthorization=\"ok\">同意"
				"</button></view>") },
		{ "pages/a/a.js",
			FA_STR_INIT("Page({\n // wx.exitMiniProgram()\n"
				    "  face() { const s = this;\n"
				    "    wx.startFacialRecognitionVerify({ "
				    "name: '}'"
				    " }) },\n  sms() { wx.navigateTo({ url: "
				    "'/pages/b/b?x=1' }) }\n})") },
		{ "pages/a/a.wxml",
			FA_STR_INIT(
				"<checkbox-group><label><checkbox checked="
				"\"{{true}}\"/>同意协议</label></"
				"checkbox-group>"
				"<button bindtap=\"face\">刷脸</button>"
				"<button bindtap=\"sms\">短信</button>"
				"<navigator url=\"../b/b\">去</navigator>") },
		{ "pages/b/b.wxml",
			FA_STR_INIT("<input placeholder=\"码\"/>") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "wechat", f, FA_COUNT(f), true);
	assert_int_equal(t.f->start, 1);
	flowing_shows(&t, 0,
		"text 隐私保护||\nlink 《指引》||\nbutton 拒绝||\n"
		"button 以后||\nbutton 怪||\nbutton 无||\nbutton 同意||\n");
	flowing_shows(&t, 1,
		"checkbox |同意协议| x\nbutton 刷脸||\nbutton 短信||\n"
		"link 去||\n");
	flowing_leads(&t,
		"s0 tap 拒绝 -> out exit\ns0 tap 以后 -> s1\n"
		"s0 tap 同意 -> s1\n"
		"s1 tap 刷脸 -> wechat-face camera\ns1 tap 短信 -> s2\n"
		"s1 tap 去 -> s2\ns1 wait - -> s0\n");
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED), 2);
	assert_int_equal(t.f->screens[3].elements[0].role, FA_FLOW_CAMERA);
	flowing_done(&t);
}

static void
a_face_check_leads_where_its_success_goes(void **state)
{
	static const struct flowing_file f[] = {
		{ "a.js",
			FA_STR_INIT(
				"Page({ onLoad() { if (x) wx.startFacial"
				"RecognitionVerify({ success() { "
				"wx.redirectTo({ url: '/b' }) } }) },\n"
				"  pay: () => { wx.startFacialRecognitionVerify"
				"({ success: () => {} }) } })") },
		{ "a.wxml",
			FA_STR_INIT("<button bindtap='pay'>付</button>"
				    "<view wx:if='{{x}}'>甲</view>") },
		{ "b.wxml", FA_STR_INIT("<view>好</view>") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "wechat", f, FA_COUNT(f), true);
	flowing_leads(&t,
		"s0 tap 付 -> wechat-face camera\n"
		"s0 wait - -> wechat-face-2 camera\n"
		"wechat-face-2 simulate-capture - -> s1\n");
	assert_int_equal(t.f->transitions[1].basis, FA_FLOW_ASSUMED);
	/* what comes by itself, and wx:if */
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED), 2);
	assert_int_equal(flowing_gaps(&t, 1, FA_FLOW_GAP_UNEXPLORED), 0);
	flowing_done(&t);
}

static void
a_popup_alone_uncovers_what_is_not_known(void **state)
{
	static const struct flowing_file f[] = {
		{ "p.js", FA_STR_INIT("/* startFacialRecognitionVerify */") },
		{ "p.wxml",
			FA_STR_INIT("<button open-type=\"agreePrivacyAuthor"
				    "ization\">同意</button>") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "wechat", f, FA_COUNT(f), false);
	assert_int_equal(t.f->screens_n, 2);
	flowing_leads(&t, "s0 tap 同意 -> behind\n");
	assert_int_equal(t.f->screens[0].modal, FA_TRI_YES);
	flowing_done(&t);
}

static void
static_pages_lead_where_links_and_forms_say(void **state)
{
	static const struct flowing_file f[] = {
		{ "b/done.html", FA_STR_INIT("<title>完成</title><p>成功") },
		{ "index.html",
			FA_STR_INIT(
				"<!doctype html><title>登录</title>"
				"<h1>请登录</h1><p>请阅读<a href=\"terms.html#a"
				"\">《协议》</a>后继续</p>"
				"<label><input type=checkbox checked>我同意"
				"<a "
				"href=https://x.cn/p>《隐私政策》</a></label>"
				"<div style='color:red; display:none'>藏</div>"
				"<form action='b/done.html'><input placeholder="
				"手机号><input type=submit value=提交></form>"
				"<button onclick=\"location.href='terms.html'\""
				">条款</button><button onclick='go()'>脚本"
				"</button><a href='https://other.cn/'>外面</a>"
				"<a href=\"#x\">本页</a><a href='none.html'>无"
				"</a><button>无事</button>"
				"<iframe src=x></iframe>") },
		{ "terms.html",
			FA_STR_INIT("<script>x()</script><button>同意"
				    "</button>") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "html", f, FA_COUNT(f), true);
	assert_int_equal(t.f->start, 1);
	assert_true(fa_str_eq(t.f->screens[1].title, FA_STR("登录")));
	flowing_shows(&t, 1,
		"text 请登录||\ntext 请阅读《协议》后继续||\nlink 《协议》||\n"
		"checkbox |我同意《隐私政策》| x\nlink 《隐私政策》||\n"
		"text 藏|| h\ninput ||手机号\nbutton 提交||\nbutton 条款||\n"
		"button 脚本||\ntext 外面本页无||\nlink 外面||\nlink 本页||\n"
		"link 无||\nbutton 无事||\nwebview ||\n");
	flowing_leads(&t,
		"s1 tap 《协议》 -> s2\ns1 tap 《隐私政策》 -> out\n"
		"s1 tap 提交 -> s0\ns1 tap 条款 -> s2\ns1 tap 外面 -> out\n");
	assert_int_equal(t.f->ends_n, 1);
	assert_int_equal(t.f->transitions[3].basis, FA_FLOW_ASSUMED);
	/* the script, and the page that is missing */
	assert_int_equal(flowing_gaps(&t, 1, FA_FLOW_GAP_UNEXPLORED), 2);
	assert_int_equal(flowing_gaps(&t, 1, FA_FLOW_GAP_WEBVIEW), 1);
	assert_int_equal(flowing_gaps(&t, 2, FA_FLOW_GAP_UNEXPLORED), 2);
	flowing_done(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_declared_prompt_is_a_flow_with_comments_and_commas),
		cmocka_unit_test(a_prompt_without_a_refusing_button_has_none),
		cmocka_unit_test(a_guest_mode_is_entered_and_may_be_nagged),
		cmocka_unit_test(
			a_mini_program_is_read_from_its_markup_and_handlers),
		cmocka_unit_test(a_face_check_leads_where_its_success_goes),
		cmocka_unit_test(a_popup_alone_uncovers_what_is_not_known),
		cmocka_unit_test(static_pages_lead_where_links_and_forms_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
