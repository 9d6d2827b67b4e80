/* Recordings of phones: trees of native views in four formats, and steps. */
#include "fixture_flow.h"

#define XML(nodes)                                                             \
	"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"             \
	"<hierarchy rotation=\"0\">" nodes "</hierarchy>"
#define NODE(attrs, inner)                                                     \
	"<node index=\"0\" package=\"cn.example.app\" enabled=\"true\" "       \
	"checkable=\"false\" checked=\"false\" " attrs ">" inner "</node>"
#define TEXT(text)                                                             \
	NODE("text=\"" text "\" class=\"android.widget.TextView\" "            \
	     "clickable=\"false\" bounds=\"[0,100][1080,200]\"",               \
		"")
#define BUTTON(text)                                                           \
	NODE("text=\"" text "\" class=\"android.widget.Button\" "              \
	     "resource-id=\"cn.example.app:id/ok\" clickable=\"true\" "        \
	     "bounds=\"[100,300][980,400]\"",                                  \
		"")
#define LAYOUT(inner)                                                          \
	NODE("text=\"\" class=\"android.widget.LinearLayout\" "                \
	     "clickable=\"false\" bounds=\"[0,0][1080,2400]\"",                \
		inner)

static void
one_dump_is_a_screen_whose_ways_are_not_known(void **state)
{
	static const struct flowing_file f = { "a.xml",
		FA_STR_INIT(
			XML(LAYOUT(TEXT("请完成刷脸") BUTTON("开始识别")))) };
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", &f, 1, false);
	flowing_shows(&t, 0, "text 请完成刷脸||\nbutton 开始识别||\n");
	assert_true(fa_str_eq(t.f->app_id, FA_STR("cn.example.app")));
	assert_int_equal(t.f->screens[0].elements[1].box.w, 880);
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED), 1);
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_NO_STYLE), 1);
	assert_int_equal(t.f->evidence_n, 1);
	flowing_done(&t);
}

static void
a_box_is_named_by_the_texts_around_it(void **state)
{
	static const struct flowing_file f = { "a.xml",
		FA_STR_INIT(XML(LAYOUT(LAYOUT(
			"<node class=\"android.widget.CheckBox\" text=\"\" "
			"checkable=\"true\" checked=\"false\" "
			"clickable=\"true\" bounds=\"[0,0][50,50]\"/>" TEXT(
				"我已阅读并同意") TEXT("《用户协议》"))
				BUTTON("登录")))) };
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", &f, 1, false);
	flowing_shows(&t, 0,
		"checkbox |我已阅读并同意《用户协议》| -\n"
		"text 我已阅读并同意||\ntext 《用户协议》||\nbutton 登录||\n");
	assert_int_equal(t.f->screens[0].elements[2].links_n, 1);
	flowing_done(&t);
}

static void
a_tapped_container_with_a_short_text_is_a_button(void **state)
{
	static const struct flowing_file f = { "a.xml",
		FA_STR_INIT(XML(LAYOUT(
			NODE("class=\"android.widget.FrameLayout\" text=\"\" "
			     "clickable=\"true\" bounds=\"[0,0][50,50]\"",
				TEXT("其他方式"))
				NODE("class=\"android.view.TextureView\" "
				     "text=\"\" "
				     "resource-id=\"a:id/camera_preview\" "
				     "bounds=\"[0,0][50,50]\"",
					"")))) };
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", &f, 1, false);
	flowing_shows(&t, 0, "button |其他方式|\ntext 其他方式||\ncamera ||\n");
	flowing_done(&t);
}

static void
steps_join_dumps_and_equal_dumps_are_one_screen(void **state)
{
	static const struct flowing_file f[] = {
		{ "1.xml",
			FA_STR_INIT(XML(
				LAYOUT(TEXT("倒计时 5") BUTTON("刷脸登录")))) },
		{ "2.png", FA_STR_INIT("png") },
		{ "2.xml", FA_STR_INIT(XML(LAYOUT(TEXT("识别中")))) },
		{ "3.xml",
			FA_STR_INIT(XML(LAYOUT(
				TEXT("倒计时 12") BUTTON("刷脸登录")))) },
		{ "steps.txt",
			FA_STR_INIT("# 说明\nstart 1.xml\ncomplete 2.xml\n"
				    "1.xml tap \"刷脸登录\" -> 2.xml {camera}\n"
				    "3.xml tap #ok -> 2.xml\n"
				    "2.xml wait 5s -> 3.xml\n"
				    "1.xml tap 500,350 -> !exit\n"
				    "2.xml back -> !external\n"
				    "service 3.xml\n") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", f, FA_COUNT(f), true);
	assert_int_equal(t.f->screens_n, 2);
	assert_int_equal(t.f->screens[0].evidence_n, 2);
	assert_int_equal(t.f->screens[1].evidence_n, 2);
	flowing_leads(&t,
		"s0 tap 刷脸登录 -> s1 camera\ns0 tap 刷脸登录 -> s1\n"
		"s1 wait - -> s0\ns0 tap 刷脸登录 -> out exit\n"
		"s1 back - -> out\n");
	assert_int_equal(t.f->transitions[2].wait_ms, 5000);
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED), 1);
	assert_int_equal(flowing_gaps(&t, 1, FA_FLOW_GAP_UNEXPLORED), 0);
	flowing_done(&t);
}

static void
wrong_steps_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *steps, *msg;
	} c[] = {
		{ "1.xml tap \"x\" -> 9.xml",
			"steps.txt, line 1: no dump has the name \"9.xml\"" },
		{ "\n1.xml tap \"没有\" -> 1.xml",
			"steps.txt, line 2: the dump has no element \"没有\"" },
		{ "1.xml push -> 1.xml",
			"steps.txt, line 1: action is not known: \"push\"" },
		{ "1.xml tap",
			"steps.txt, line 1: expected start, complete or "
			"service, found \"1.xml\"" },
		{ "1.xml tap ok -> 1.xml",
			"steps.txt, line 1: expected \"text\", #id or x,y, "
			"found \"ok\"" },
		{ "1.xml tap \"ok -> 1.xml",
			"steps.txt, line 1: quote without an end: \"\"ok -> "
			"1.xml\"" },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(c); i++) {
		struct flowing_file f[] = {
			{ "1.xml", FA_STR(XML(TEXT("a"))) },
			{ "steps.txt", fa_str_c(c[i].steps) },
		};
		struct flowing t;

		flowing_try(&t, "uiautomator", f, FA_COUNT(f), true);
		if (i == 3)
			assert_int_equal(t.rc, FA_E_INPUT);
		else
			assert_string_equal(t.err.msg, c[i].msg);
		assert_int_equal(t.rc, FA_E_INPUT);
		flowing_done(&t);
	}
}

static void
empty_broken_and_opaque_dumps_are_gaps(void **state)
{
	static const struct flowing_file f[] = {
		{ "a.xml", FA_STR_INIT("") },
		{ "b.xml",
			FA_STR_INIT("<hierarchy><node text=\"半\" "
				    "class=\"android.widget.TextView\"") },
		{ "c.xml",
			FA_STR_INIT(XML(NODE("class=\"android.webkit."
					     "WebView\" text=\"\" bounds="
					     "\"[0,0][9,9]\"",
				""))) },
		{ "d.xml",
			FA_STR_INIT(XML(NODE("class=\"android.widget."
					     "ImageView\" text=\"\" bounds="
					     "\"[0,0][9,9]\"",
				""))) },
		{ "e.xml", FA_STR_INIT(XML(TEXT("甲")) "<rest") },
		{ "f.xml", FA_STR_INIT("<manifest/>") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", f, FA_COUNT(f), true);
	assert_int_equal(t.f->screens_n, 5);
	assert_int_equal(flowing_gaps(&t, 0, FA_FLOW_GAP_NO_TREE), 1);
	assert_int_equal(t.f->screens[1].complete, FA_TRI_NO);
	assert_int_equal(flowing_gaps(&t, 2, FA_FLOW_GAP_WEBVIEW), 1);
	assert_int_equal(flowing_gaps(&t, 3, FA_FLOW_GAP_IMAGE_ONLY), 1);
	assert_int_equal(t.f->screens[4].complete, FA_TRI_NO);
	flowing_done(&t);
}

static void
entities_of_the_document_are_refused(void **state)
{
	static const struct flowing_file f = { "a.xml",
		FA_STR_INIT("<!DOCTYPE h [<!ENTITY a \"aaaa\"><!ENTITY b "
			    "\"&a;&a;&a;\">]><hierarchy><node text=\"&b;\"/>"
			    "</hierarchy>") };
	struct flowing t;

	(void)state;
	flowing_try(&t, "uiautomator", &f, 1, false);
	assert_int_equal(t.rc, FA_E_INPUT);
	assert_string_equal(
		t.err.msg, "has a document type, which no dump has");
	flowing_done(&t);
}

static void
gbk_and_utf16_dumps_are_read(void **state)
{
	static const struct flowing_file gbk = { "a.xml",
		FA_STR_INIT(
			"<?xml version='1.0' encoding='GBK'?><hierarchy>"
			"<node text=\"\xcd\xac\xd2\xe2\" class=\"a.Button\" "
			"clickable=\"true\"/></hierarchy>") };
	static const struct flowing_file wide = { "a.uix",
		FA_STR_INIT("\xff\xfe<\0h\0i\0e\0r\0a\0r\0c\0h\0y\0>\0<\0n\0o\0"
			    "d\0e\0 \0t\0e\0x\0t\0=\0\"\0\x0c\x54\"\0/\0>\0<\0"
			    "/\0h\0i\0e\0r\0a\0r\0c\0h\0y\0>\0") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", &gbk, 1, false);
	flowing_shows(&t, 0, "button 同意||\n");
	flowing_done(&t);
	flowing_import(&t, "uiautomator", &wide, 1, false);
	flowing_shows(&t, 0, "text 同||\n");
	flowing_done(&t);
}

static void
an_appium_source_names_elements_by_class(void **state)
{
	static const struct flowing_file f = { "a.xml",
		FA_STR_INIT(
			"<?xml version='1.0'?><AppiumAUT>"
			"<XCUIElementTypeApplication type=\"XCUIElementType"
			"Application\" name=\"某\" visible=\"true\" x=\"0\" "
			"y=\"0\" width=\"390\" height=\"844\">"
			"<XCUIElementTypeButton type=\"XCUIElementTypeButton\" "
			"label=\"同意\" visible=\"true\" enabled=\"true\" "
			"x=\"20\" y=\"700\" width=\"350\" height=\"44\"/>"
			"</XCUIElementTypeApplication></AppiumAUT>") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "uiautomator", &f, 1, false);
	assert_int_equal(t.f->platform, FA_FLOW_IOS);
	flowing_shows(&t, 0, "button 同意||\n");
	assert_int_equal(t.f->screens[0].elements[0].box.y, 700);
	assert_int_equal(t.f->screens[0].elements[0].box.h, 44);
	flowing_done(&t);
}

static void
a_gkd_snapshot_is_read_with_its_tree_in_any_order(void **state)
{
	static const struct flowing_file f = { "1.json",
		FA_STR_INIT(
			"{\"id\":17,\"appId\":\"cn.x\",\"activityId\":\"cn.x.A"
			"\",\"screenWidth\":1080,\"screenHeight\":2400,"
			"\"appInfo\":{\"name\":\"某\",\"versionName\":\"1.2\"},"
			"\"device\":{\"model\":\"M1\"},\"nodes\":["
			"{\"id\":2,\"pid\":0,\"attr\":{\"name\":\"android."
			"widget.Button\",\"text\":\"不同意\",\"clickable\":"
			"true,"
			"\"visibleToUser\":true,\"left\":1,\"top\":2,\"right\":"
			"30,\"bottom\":40}},"
			"{\"id\":0,\"pid\":-1,\"attr\":{\"name\":\"android."
			"widget.FrameLayout\",\"text\":null}},"
			"{\"id\":1,\"pid\":0,\"attr\":{\"name\":\"android."
			"widget.TextView\",\"text\":\"隐私\",\"visibleToUser\":"
			"false}},"
			"{\"id\":5,\"pid\":6,\"attr\":{\"text\":\"圈\"}},"
			"{\"id\":6,\"pid\":5,\"attr\":{\"text\":\"环\"}},"
			"{\"id\":6,\"pid\":6}]}") };
	struct flowing t;

	(void)state;
	flowing_import(&t, "gkd", &f, 1, false);
	flowing_shows(&t, 0,
		"button 不同意||\ntext 隐私|| h\ntext 圈||\ntext 环||\n");
	assert_true(fa_str_eq(t.f->app_version, FA_STR("1.2")));
	assert_true(fa_str_eq(t.f->screens[0].native, FA_STR("cn.x.A")));
	assert_int_equal(t.f->screen_h, 2400);
	flowing_done(&t);
}

static void
a_harmony_layout_is_read(void **state)
{
	static const struct flowing_file f[] = {
		{ "a.json",
			FA_STR_INIT(
				"{\"attributes\":{\"bounds\":\"[0,0][1260,2720]"
				"\",\"bundleName\":\"cn.h\",\"pagePath\":"
				"\"pages/Login\",\"type\":\"root\"},"
				"\"children\":[{\"attributes\":{\"type\":"
				"\"Toggle\",\"text\":\"\",\"clickable\":"
				"\"true\",\"checked\":\"true\",\"bounds\":"
				"\"[0,0][9,9]\"},\"children\":[]},"
				"{\"attributes\":{\"type\":\"Text\",\"text\":"
				"\"刷脸登录\",\"clickable\":\"false\"},"
				"\"children\":[]}]}") },
		{ "steps.txt", FA_STR_INIT("a.json back -> !exit\n") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "harmony", f, FA_COUNT(f), true);
	flowing_shows(&t, 0, "switch |刷脸登录| x\ntext 刷脸登录||\n");
	assert_int_equal(t.f->platform, FA_FLOW_HARMONY);
	assert_int_equal(t.f->screen_w, 1260);
	flowing_leads(&t, "s0 back - -> out exit\n");
	flowing_done(&t);
}

static void
a_droidbot_graph_joins_states_by_the_views_touched(void **state)
{
	static const struct flowing_file f[] = {
		{ "states/state_1.json",
			FA_STR_INIT(
				"{\"state_str\":\"aa\",\"width\":1080,"
				"\"height\":1920,\"views\":[{\"class\":"
				"\"android.widget.FrameLayout\",\"parent\":-1,"
				"\"visible\":true},{\"class\":\"android.widget."
				"Button\",\"text\":\"同意\",\"parent\":0,"
				"\"clickable\":true,\"visible\":true,"
				"\"view_str\":\"v1\",\"bounds\":[[1,2],[3,4]]}"
				"]}") },
		{ "states/state_2.json", FA_STR_INIT("{broken") },
		{ "utg.js",
			FA_STR_INIT(
				"var utg = \n{\"nodes\":[{\"id\":\"h\","
				"\"state_str\":\"h\",\"package\":\"com.launcher"
				"\",\"activity\":\"QuickstepLauncher\",\"label"
				"\":\"x\\n<FIRST>\"},{\"id\":\"aa\",\"state_str"
				"\":\"aa\",\"package\":\"cn.x\",\"activity\":"
				"\".A\",\"image\":\"states/1.png\"},{\"id\":"
				"\"bb\",\"state_str\":\"bb\",\"package\":"
				"\"cn.x\",\"activity\":\".B\"}],\"edges\":["
				"{\"from\":\"h\",\"to\":\"aa\",\"events\":[{"
				"\"event_type\":\"intent\",\"event_str\":"
				"\"IntentEvent(intent='am start cn.x/.A')\"}]},"
				"{\"from\":\"aa\",\"to\":\"bb\",\"events\":[{"
				"\"event_type\":\"touch\",\"event_str\":"
				"\"TouchEvent(state=aa, view=v1(A/Button-同意))"
				"\"}]},{\"from\":\"bb\",\"to\":\"h\",\"events"
				"\":[{\"event_type\":\"key\",\"event_str\":"
				"\"KeyEvent(state=bb, name=BACK)\"},{"
				"\"event_type\":\"intent\",\"event_str\":"
				"\"IntentEvent(intent='am force-stop cn.x')\"}"
				"]}],\"app_package\":\"cn.x\",\"app_sha256\":"
				"\"00\",\"test_date\":\"2026-01-25\"};\n") },
	};
	struct flowing t;

	(void)state;
	flowing_import(&t, "droidbot", f, FA_COUNT(f), true);
	assert_int_equal(t.f->screens_n, 2);
	flowing_shows(&t, 0, "button 同意||\n");
	flowing_leads(&t, "s0 tap 同意 -> s1\ns1 back - -> out exit\n");
	assert_int_equal(flowing_gaps(&t, 1, FA_FLOW_GAP_NO_TREE), 1);
	assert_true(fa_str_eq(t.f->recorded_at, FA_STR("2026-01-25")));
	flowing_done(&t);
}

static void
what_nobody_knows_has_no_importer(void **state)
{
	static const struct flowing_file f = { "a.bin",
		FA_STR_INIT("\x7f"
			    "ELF") };
	struct flowing t;

	(void)state;
	flowing_try(&t, NULL, &f, 1, false);
	flowing_done(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_dump_is_a_screen_whose_ways_are_not_known),
		cmocka_unit_test(a_box_is_named_by_the_texts_around_it),
		cmocka_unit_test(
			a_tapped_container_with_a_short_text_is_a_button),
		cmocka_unit_test(
			steps_join_dumps_and_equal_dumps_are_one_screen),
		cmocka_unit_test(wrong_steps_are_refused_with_their_line),
		cmocka_unit_test(empty_broken_and_opaque_dumps_are_gaps),
		cmocka_unit_test(entities_of_the_document_are_refused),
		cmocka_unit_test(gbk_and_utf16_dumps_are_read),
		cmocka_unit_test(an_appium_source_names_elements_by_class),
		cmocka_unit_test(
			a_gkd_snapshot_is_read_with_its_tree_in_any_order),
		cmocka_unit_test(a_harmony_layout_is_read),
		cmocka_unit_test(
			a_droidbot_graph_joins_states_by_the_views_touched),
		cmocka_unit_test(what_nobody_knows_has_no_importer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
