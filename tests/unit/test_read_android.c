/* Android: resources and layouts. */
#include "read/format.h"
#include "unit/fixture_strings.h"

#define RES(body) "<resources>\n" body "\n</resources>"
#define STR(body) "<resources><string name=\"a\">" body "</string></resources>"

static const struct reading_case resource_cases[] = {
	{ RES("<string name=\"login_text\">刷脸</string>\n"
	      "  <string name=\"login_ok\">同意</string>\n"
	      "<string name=\"pay_text\">支付</string>"),
		"[login]\nP 2:27 login_text|刷脸\nB 3:27 login_ok|同意\n"
		"[pay]\nP 4:25 pay_text|支付\n" },
	{ RES("<string-array name=\"tips\">\n<item>甲</item>\n<item>乙</item>"
	      "\n</string-array>\n<plurals name=\"n\">\n"
	      "<item quantity=\"other\">丙</item></plurals>"
	      "<string name=\"x_y\">丁</string>"),
		"[tips]\nP 3:7 tips|甲\nP 4:7 tips|乙\n[n]\n"
		"P 7:24 n.other|丙\n[x]\nP 7:61 x_y|丁\n" },
	{ RES("<color name=\"c\">甲</color><item type=\"string\" "
	      "name=\"a\">乙</item><item name=\"b\">丙</item>"
	      "<style><item name=\"android:text\">丁</item></style>"
	      "<string name=\"e\"/><string name=\"f\"></string>"),
		"[a]\nP 2:55 a|乙\n" },
	{ RES("<string name=\"a\">@string/b</string><string name=\"b\">\n"
	      "@android:string/ok </string><string name=\"c\">?attr/d"
	      "</string><string name=\"d\">@ 甲</string>"
	      "<string name=\"e\">\\@string/x</string>"),
		"[d]\nP 3:79 d|@ 甲\n[e]\nP 3:108 e|@string/x\n" },
};

static void
resources_have_their_names_groups_and_places(void **state)
{
	(void)state;
	strings_check(
		resource_cases, FA_COUNT(resource_cases), FA_FORMAT_ANDROID);
}

static const struct reading_case escape_cases[] = {
	{ STR("甲\\n乙"), "[a]\nP 1:29 a|甲\nP 1:32 a|乙\n" },
	{ STR("a\\tb\\u4eba\\uD83D\\uDE00c"), "[a]\nP 1:29 a|a b人😀c\n" },
	{ STR("it\\'s \\\"x\\\" \\\\ \\@ \\? \\q"),
		"[a]\nP 1:29 a|it's \"x\" \\ @ ? q\n" },
	{ STR("\\u4e"), "[a]\nP 1:29 a|u4e\n" },
	{ STR("\\uD83Dx"), "[a]\nP 1:29 a|\xef\xbf\xbdx\n" },
	{ STR("&lt;&#x4eba;&amp;&unknown;&#21464;"),
		"[a]\nP 1:29 a|<人&&unknown;变\n" },
	{ STR("a\n   b"), "[a]\nP 1:29 a|a b\n" },
	{ STR("\"a\n   b\""), "[a]\nP 1:30 a|a\nP 2:4 a|b\n" },
	{ STR("刷\n   脸"), "[a]\nP 1:29 a|刷脸\n" },
	{ STR("a\\"), "[a]\nP 1:29 a|a\\\n" },
};

static void
escapes_and_white_space_are_those_of_android(void **state)
{
	(void)state;
	strings_check(escape_cases, FA_COUNT(escape_cases), FA_FORMAT_ANDROID);
}

static const struct reading_case markup_cases[] = {
	{ STR("刷<b>脸</b>"), "[a]\nP 1:29 a|刷脸\n" },
	{ STR("甲<br/>乙<br>丙</br>丁"),
		"[a]\nP 1:29 a|甲\nP 1:35 a|乙\nP 1:40 a|丙\nP 1:46 a|丁\n" },
	{ STR("您有<xliff:g id=\"n\" example=\"a>b\">%1$d</xliff:g>条"),
		"[a]\nP 1:29 a|您有%1$d条\n" },
	{ STR("<![CDATA[<p>甲</p><a href=\"x\">乙</a>&nbsp;&amp;]]>"),
		"[a]\nP 1:41 a|甲\nP 1:58 a|乙 &\n" },
	{ STR("&lt;b>甲&lt;/b>&lt;br/&gt;乙"),
		"[a]\nP 1:35 a|甲\nP 1:54 a|乙\n" },
	{ STR("1 &lt; 2 &amp;nbsp; x"), "[a]\nP 1:29 a|1 < 2 x\n" },
};

static void
markup_in_a_text_is_no_text(void **state)
{
	(void)state;
	strings_check(markup_cases, FA_COUNT(markup_cases), FA_FORMAT_ANDROID);
}

#define NS "xmlns:android=\"http://schemas.android.com/apk/res/android\""

static const struct reading_case layout_cases[] = {
	{ "<LinearLayout " NS ">\n<TextView android:id=\"@+id/t\"\n"
	  " android:text=\"刷&#x8138;\\n吗\" tools:text=\"甲\" text=\"乙\" "
	  "android:hint=\"@string/x\"/>\n<Button android:text='同意'/>\n"
	  "<EditText android:text=\"@{a + b}\" app:error=\"丙\"/>"
	  "</LinearLayout>",
		"[]\nP 3:16 t|刷脸\nP 3:27 t|吗\nB 4:23 Button|同意\n"
		"P 5:46 EditText|丙\n" },
	{ "<menu " NS ">\n<item android:id=\"@+id/a\" android:title=\"甲\"/>\n"
	  "<item android:id=\"@+id/b\" android:title=\"乙\"/></menu>",
		"[a]\nP 2:42 a|甲\n[b]\nP 3:42 b|乙\n" },
	{ "<manifest " NS "><application android:label=\"示例\"><activity "
	  "android:name=\".Face\" android:label=\"刷脸\"/></application>"
	  "</manifest>",
		"[application]\nP 1:98 application|示例\n[.Face]\n"
		"P 1:148 .Face|刷脸\n" },
};

static void
attributes_that_are_shown_are_texts(void **state)
{
	(void)state;
	strings_check(layout_cases, FA_COUNT(layout_cases), FA_FORMAT_ANDROID);
}

static const struct reading_case remark_cases[] = {
	{ RES("<!-- faceaudit: allow X: r -->\n<string name=\"a\">甲</string>\n"
	      "<string name=\"b\">乙</string> <!--faceaudit:y-->\n"
	      "<!-- other -->"),
		"[a]\nP 3:18 a|甲\n[b]\nP 4:18 b|乙\n"
		"# 2:1 0 faceaudit: allow X: r\n# 4:29 ~2 faceaudit:y\n" },
	{ STR("甲<!-- faceaudit: z -->乙"),
		"[a]\nP 1:29 a|甲乙\n# 1:30 0 faceaudit: z\n" },
};

static void
comments_that_speak_to_the_tool_are_kept(void **state)
{
	(void)state;
	strings_check(remark_cases, FA_COUNT(remark_cases), FA_FORMAT_ANDROID);
}

static const struct reading_case broken_cases[] = {
	{ "<resources>\n<string name=\"a\">甲\n<string name=\"b\">乙</string>",
		"[a]\nP 2:18 a|甲\n[b]\nP 3:18 b|乙\n"
		"! line 2: an element whose closing tag is missing\n" },
	{ "<resources>\n\n<string name=\"a>甲</string>\n"
	  "<string name=\"b\">乙</string></resources>",
		"[a]\nP 3:17 a|甲\n[b]\nP 4:18 b|乙\n"
		"! line 3: an attribute value without its closing quote\n" },
	{ STR("a < b"),
		"[a]\nP 1:29 a|a < b\n"
		"! line 1: a '<' that begins no tag\n" },
	{ "<resources><!-- x", "! line 1: a comment that does not end\n" },
	{ "<resources>\r\n<string name=\"a\">甲",
		"[a]\nP 2:18 a|甲\n! line 2: "
		"an element whose closing tag is missing\n" },
};

static void
what_is_malformed_is_read_as_far_as_it_goes_and_told(void **state)
{
	(void)state;
	strings_check(broken_cases, FA_COUNT(broken_cases), FA_FORMAT_ANDROID);
}

static const struct {
	const char *name, *in;
	enum fa_format format;
} kinds[] = {
	{ "strings.xml", "<?xml version='1.0'?>\n<!-- a > b -->\n<resources>",
		FA_FORMAT_ANDROID },
	{ "a.xml", "<!DOCTYPE resources [\n<!ENTITY a \"b\">\n]>\n<resources>",
		FA_FORMAT_ANDROID },
	{ "a.xml", "<LinearLayout\n " NS ">", FA_FORMAT_ANDROID },
	{ "a.xml", "<hierarchy rotation='0'>", FA_FORMAT_HTML },
	{ "Info.xml", "<plist version='1.0'>", FA_FORMAT_PLIST },
};

static void
xml_is_known_by_its_root(void **state)
{
	(void)state;
	for (size_t i = 0; i < FA_COUNT(kinds); i++)
		assert_int_equal(fa_format_find(fa_str_c(kinds[i].name),
					 fa_str_c(kinds[i].in)),
			kinds[i].format);
	assert_int_equal(fa_format_find(FA_STR("a.xml"),
				 FA_STR("\xff\xfe<\0r\0e\0s\0o\0u\0r\0c\0"
					"e\0s\0>\0")),
		FA_FORMAT_ANDROID);
	assert_int_equal(fa_format_find(FA_STR("a.xml"),
				 FA_STR("\xfe\xff\0<\0p\0l\0i\0s\0t\0 ")),
		FA_FORMAT_PLIST);
}

static void
files_for_developers_are_known_by_their_names(void **state)
{
	(void)state;
	assert_true(fa_format_is_aside(
		FA_STR("a/README.zh-CN.md"), FA_STR("人脸识别门禁")));
	assert_true(fa_format_is_aside(FA_STR("Changelog"), FA_STR_NONE));
	assert_false(fa_format_is_aside(FA_STR("readme/face.md"), FA_STR_NONE));
	assert_false(fa_format_is_aside(FA_STR("readmeasure.md"), FA_STR_NONE));
	assert_false(fa_format_is_aside(
		FA_STR("README.md"), FA_STR("示例钱包隐私政策")));
}

static void
names_of_labels_do_not_make_a_sentence_one(void **state)
{
	(void)state;
	strings_is(FA_STR("<resources><string name='f_agree'>同意</string>"
			  "<string name='f_refuse'>拒绝后不再询问。</string>"
			  "</resources>"),
		"[f]\nB 1:35 f_agree|同意\nP 1:70 f_refuse|拒绝后不再询问。\n",
		FA_FORMAT_ANDROID, 0);
}

static void
places_are_those_of_the_file_in_any_encoding(void **state)
{
	(void)state;
	strings_is(FA_STR("\xef\xbb\xbf<resources>\r\n<string "
			  "name='a'>刷脸</string></resources>"),
		"[a]\nP 2:18 a|刷脸\n", FA_FORMAT_ANDROID, 0);
	strings_is(FA_STR("<?xml version='1.0' encoding='gbk'?>\r\n<resources>"
			  "<string name='a'>\xc8\xcb\xc1\xb3 \\n\xc8\xcb"
			  "</string></resources>"),
		"[a]\nP 2:29 a|人脸\nP 2:34 a|人\n", FA_FORMAT_ANDROID, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resources_have_their_names_groups_and_places),
		cmocka_unit_test(escapes_and_white_space_are_those_of_android),
		cmocka_unit_test(markup_in_a_text_is_no_text),
		cmocka_unit_test(attributes_that_are_shown_are_texts),
		cmocka_unit_test(comments_that_speak_to_the_tool_are_kept),
		cmocka_unit_test(
			what_is_malformed_is_read_as_far_as_it_goes_and_told),
		cmocka_unit_test(xml_is_known_by_its_root),
		cmocka_unit_test(files_for_developers_are_known_by_their_names),
		cmocka_unit_test(names_of_labels_do_not_make_a_sentence_one),
		cmocka_unit_test(places_are_those_of_the_file_in_any_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
