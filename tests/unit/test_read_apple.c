/* Strings files and property lists of Apple. */
#include "unit/fixture_strings.h"

static const struct reading_case strings_cases[] = {
	{ "/* c */\n\"face.title\" = \"刷脸\";\n\"face.ok\"=\"同意\";\n"
	  "bare_key.x = \"甲\";",
		"[face]\nP 2:17 face.title|刷脸\nB 3:12 face.ok|同意\n"
		"[bare_key]\nP 4:15 bare_key.x|甲\n" },
	{ "\"请刷脸\";\n'k' = '乙';\n\"Scan face\" = \"丙\";\n"
	  "\"Scan eye\" = \"丁\";",
		"[请刷脸]\nP 1:2 请刷脸|请刷脸\n[k]\nP 2:8 k|乙\n"
		"[Scan face]\nP 3:16 Scan face|丙\n"
		"[Scan eye]\nP 4:15 Scan eye|丁\n" },
	{ "{ a = { b = \"甲\"; }; list = (\"乙\", \"丙\"); }",
		"[b]\nP 1:14 b|甲\n[乙]\nP 1:30 乙|乙\n[丙]\n"
		"P 1:35 丙|丙\n" },
	{ "NSCameraUsageDescription = \"第一行\n第二行\";\n// x\nk = bare;",
		"[NSCameraUsage]\nP 1:29 NSCameraUsageDescription|第一行\n"
		"P 2:1 NSCameraUsageDescription|第二行\n[k]\n"
		"P 4:5 k|bare\n" },
};

static void
strings_files_have_names_groups_and_places(void **state)
{
	(void)state;
	strings_check(
		strings_cases, FA_COUNT(strings_cases), FA_FORMAT_STRINGS);
}

#define K(value) "k = \"" value "\";"

static const struct reading_case escape_cases[] = {
	{ K("a\\tb\\nc\\\"d\\'e\\\\"),
		"[k]\nP 1:6 k|a b\nP 1:12 k|c\"d'e\\\n" },
	{ K("\\U4eba\\uD83D\\uDE00\\Ud83d\\ude00"),
		"[k]\nP 1:6 k|人😀\xef\xbf\xbd\xef\xbf\xbd\n" },
	{ K("\\101\\7x\\1011"), "[k]\nP 1:6 k|AxA1\n" },
	{ K("a\\\nb"), "[k]\nP 1:6 k|a\nP 2:1 k|b\n" },
	{ K("\\人\\q\\U4e"), "[k]\nP 1:6 k|人qU4e\n" },
	{ K("&amp;<b>x</b>%@ %1$@"), "[k]\nP 1:6 k|&x%@ %1$@\n" },
	{ "\"a\\\"\\U4eba\" = \"甲\";", "[a\"人]\nP 1:16 a\"人|甲\n" },
};

static void
escapes_are_those_of_old_property_lists(void **state)
{
	(void)state;
	strings_check(escape_cases, FA_COUNT(escape_cases), FA_FORMAT_STRINGS);
}

static const struct reading_case remark_cases[] = {
	{ "/* faceaudit: a */\na = \"甲\"; // faceaudit: b\n"
	  "// faceaudit: c\r\nb /* faceaudit: d */ = \"乙\";",
		"[a]\nP 2:6 a|甲\n[b]\nP 4:25 b|乙\n"
		"# 1:1 0 faceaudit: a\n# 2:10 ~1 faceaudit: b\n"
		"# 3:1 1 faceaudit: c\n# 4:3 1 faceaudit: d\n" },
	{ "a = \"http://x /* faceaudit: no */\";",
		"[a]\nP 1:6 a|http://x /* faceaudit: no */\n" },
};

static void
comments_that_speak_to_the_tool_are_kept(void **state)
{
	(void)state;
	strings_check(remark_cases, FA_COUNT(remark_cases), FA_FORMAT_STRINGS);
}

static const struct reading_case broken_cases[] = {
	{ "a = \"甲\";\nb = \"乙",
		"[a]\nP 1:6 a|甲\n[b]\nP 2:6 b|乙\n"
		"! line 2: a string without its closing quote\n" },
	{ "a = \"甲\"\r\n\r\nb \"乙\";",
		"[a]\nP 1:6 a|甲\n[乙]\nP 3:4 乙|乙\n"
		"! line 3: a string where \"=\" or \";\" should stand\n" },
	{ "a = ;\nb = \"乙\";",
		"[b]\nP 2:6 b|乙\n"
		"! line 1: a \"=\" without a value\n" },
	{ "= \"甲\"; /* x",
		"[甲]\nP 1:4 甲|甲\n! line 1: a \"=\" without a key\n" },
	{ "# a\n\"b\" = \"乙\"",
		"[b]\nP 2:8 b|乙\n! line 1: a character that "
		"no strings file has there\n" },
	{ "\"甲\"",
		"[甲]\nP 1:2 甲|甲\n! line 1: an entry that does not end\n" },
	{ "\"\\",
		"[\\]\nP 1:2 \\|\\\n! line 1: a string without its closing "
		"quote\n" },
};

static void
what_is_malformed_is_read_as_far_as_it_goes_and_told(void **state)
{
	(void)state;
	strings_check(broken_cases, FA_COUNT(broken_cases), FA_FORMAT_STRINGS);
}

static void
utf_16_with_and_without_a_mark_has_places_in_characters(void **state)
{
	static const char le[] = "a\0 \0=\0 \0\"\0\x37\x52\x38\x81\"\0;\0\r\0\n"
				 "\0b\0=\0\"\0\xba\x4e\"\0;\0";
	static const char be[] = "\xfe\xff\0a\0 \0=\0 \0\"\x52\x37\x81\x38\0\""
				 "\0;";

	(void)state;
	strings_is((struct fa_str){ le, sizeof(le) - 1 },
		"[a]\nP 1:6 a|刷脸\n[b]\nP 2:4 b|人\n", FA_FORMAT_STRINGS, 0);
	strings_is((struct fa_str){ be, sizeof(be) - 1 }, "[a]\nP 1:6 a|刷脸\n",
		FA_FORMAT_STRINGS, 1);
	strings_is(FA_STR("\xef\xbb\xbf\"a\" = \"甲\";"), "[a]\nP 1:8 a|甲\n",
		FA_FORMAT_STRINGS, 2);
}

#define PLIST(body)                                                            \
	"<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict>\n" body        \
	"\n</dict></plist>"
#define PAIR(key, value) "<key>" key "</key><string>" value "</string>"

static const struct reading_case plist_cases[] = {
	{ PLIST(PAIR("CFBundleIdentifier", "甲") "\n" PAIR(
		  "NSFaceIDUsageDescription", "刷&#x8138;")),
		"[NSFaceIDUsage]\nP 4:44 NSFaceIDUsageDescription|刷脸\n" },
	{ PLIST(PAIR("CFBundleDisplayName",
		  "示例") "\n"
			  "<key>NSLocationTemporaryUsageDescriptionDictionary</"
			  "key>\n"
			  "<dict>" PAIR("Login",
				  "甲") "</dict>"
					"<key>X</key><array><string>乙</"
					"string></array>"),
		"[CFBundleDisplay]\nP 3:39 CFBundleDisplayName|示例\n"
		"[NSLocationTemporaryUsageDescriptionDictionary]\nP 5:31 "
		"NSLocationTemporaryUsageDescriptionDictionary.Login|甲\n" },
	{ PLIST("<key>faces</key><dict>\n" PAIR("NSStringLocalizedFormatKey",
		  "%#@n@") "\n<key>n</key><dict>" PAIR("NSStringFormatValueType"
						       "Key",
		  "d") "\n" PAIR("other",
		  "%d 张脸") "</dict></dict>\n"
			     "<key>y</key><dict><key>n</key><dict>" PAIR(
				     "one", "乙") "</dict></dict>"),
		"[faces]\nP 4:46 faces.NSStringLocalizedFormatKey|%#@n@\n"
		"P 6:25 faces.n.other|%d 张脸\n[y]\nP 7:59 y.n.one|乙\n" },
	{ PLIST("<key>NSFaceIDUsageDescription</key>\n<string><![CDATA[a & b"
		"]]></string>\n<!-- faceaudit: x -->" PAIR("Title", "甲\n乙")),
		"[NSFaceIDUsage]\nP 4:18 NSFaceIDUsageDescription|a & b\n"
		"[Title]\nP 5:46 Title|甲\nP 6:1 Title|乙\n"
		"# 5:1 1 faceaudit: x\n" },
	{ PLIST("<key>NSFaceIDUsageDescription\n<string>甲</string>\n" PAIR(
		  "Title", "乙")),
		"[NSFaceIDUsage]\nP 4:9 "
		"NSFaceIDUsageDescription|甲\n[Title]\nP 5:25 Title|乙\n"
		"! line 3: an element whose closing tag is missing\n" },
	{ "k = \"刷脸\";", "[k]\nP 1:6 k|刷脸\n" },
};

static void
usage_descriptions_and_plural_forms_are_the_texts_of_a_property_list(
	void **state)
{
	(void)state;
	strings_check(plist_cases, FA_COUNT(plist_cases), FA_FORMAT_PLIST);
}

static void
every_string_of_a_strings_file_in_xml_counts(void **state)
{
	(void)state;
	strings_is(FA_STR(PLIST(PAIR("k", "甲"))), "[k]\nP 3:21 k|甲\n",
		FA_FORMAT_STRINGS, 0);
}

static void
dictionaries_may_be_nested_without_end(void **state)
{
	struct fa_buf in;
	struct reading r;

	(void)state;
	fa_buf_init(&in, 1 << 20);
	for (int i = 0; i < 1000; i++)
		fa_buf_adds(&in, "<dict><key>a</key>");
	fa_buf_adds(&in, PAIR("Title", "甲"));
	for (int i = 0; i < 1000; i++)
		fa_buf_adds(&in, "</dict>");
	fa_buf_adds(&in, PAIR("Title", "乙"));
	reading_init(&r, fa_buf_str(&in), FA_FORMAT_PLIST);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.blocks_n, 2);
	assert_str(r.doc.notice, "line 1: dictionaries are nested too deeply");
	reading_done(&r);
	fa_buf_done(&in);
}

static void
a_binary_property_list_is_refused_with_advice(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r, FA_STR("bplist00\xd1\x01\x02"), FA_FORMAT_PLIST);
	assert_int_equal(r.rc, FA_E_UNSUPPORTED);
	assert_non_null(strstr(r.err.msg, "plutil -convert xml1"));
	reading_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_files_have_names_groups_and_places),
		cmocka_unit_test(escapes_are_those_of_old_property_lists),
		cmocka_unit_test(comments_that_speak_to_the_tool_are_kept),
		cmocka_unit_test(
			what_is_malformed_is_read_as_far_as_it_goes_and_told),
		cmocka_unit_test(
			utf_16_with_and_without_a_mark_has_places_in_characters),
		cmocka_unit_test(
			usage_descriptions_and_plural_forms_are_the_texts_of_a_property_list),
		cmocka_unit_test(every_string_of_a_strings_file_in_xml_counts),
		cmocka_unit_test(dictionaries_may_be_nested_without_end),
		cmocka_unit_test(a_binary_property_list_is_refused_with_advice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
