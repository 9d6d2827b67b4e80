/* Messages in JSON and string catalogues of Xcode. */
#include "unit/fixture_strings.h"

static const struct reading_case json_cases[] = {
	{ "{\n\"a_title\": \"甲\",\n\"a_ok\": \"同意\", \"b_x\": \"乙\"}",
		"[a]\nP 2:13 a_title|甲\nB 3:10 a_ok|同意\n[b]\n"
		"P 3:23 b_x|乙\n" },
	{ "{\"a\": {\"b\": {\"x\": \"甲\", \"y\": \"乙\"}, \"z\": \"丙\"},\n"
	  "\"l\": [\"丁\", \"戊\", {\"x\": \"己\"}]}",
		"[a.b]\nP 1:20 a.b.x|甲\nP 1:30 a.b.y|乙\n[a]\n"
		"P 1:41 a.z|丙\n[l]\nP 2:8 l.0|丁\nP 2:13 l.1|戊\n"
		"[l.2]\nP 2:24 l.2.x|己\n" },
	{ "{\"zh-CN\": {\"f_a\": \"甲\", \"g_a\": \"乙\"}}",
		"[zh-CN.f]\nP 1:20 zh-CN.f_a|甲\n[zh-CN.g]\n"
		"P 1:32 zh-CN.g_a|乙\n" },
	{ "{\"a\": \"some_id\", \"b\": \"https://x.example/\", \"c\": "
	  "\"#fff\", "
	  "\"d\": \"OK\", \"e\": \"a b\", \"f\": 1, \"g\": true, \"h\": "
	  "\"camelCase\", \"i\": \"PascalCase9\", \"j\": \"\"}",
		"[d]\nP 1:64 d|OK\n[e]\nP 1:75 e|a b\n" },
	{ "\"甲\"", "[]\nP 1:2 |甲\n" },
	{ "[\"甲\", [\"乙\"]]", "[]\nP 1:3 0|甲\n[1]\nP 1:9 1.0|乙\n" },
};

static void
texts_have_paths_groups_and_places(void **state)
{
	(void)state;
	strings_check(json_cases, FA_COUNT(json_cases), FA_FORMAT_JSON);
}

static const struct reading_case escape_cases[] = {
	{ "[\"a\\tb\\u4eba\\uD83D\\uDE00\\/\\\"\\\\\"]",
		"[]\nP 1:3 0|a b人😀/\"\\\n" },
	{ "[\"甲\\n乙\\r\\n丙\"]",
		"[]\nP 1:3 0|甲\nP 1:6 0|乙\nP 1:11 0|丙\n" },
	{ "[\"\\u4e 甲\\ud800\"]", "[]\nP 1:3 0|u4e 甲\xef\xbf\xbd\n" },
	{ "[\"&lt;人&nbsp;<br/>脸\"]", "[]\nP 1:3 0|<人\nP 1:19 0|脸\n" },
	{ "{\"a\\u4eba\\\"\": \"甲\"}", "[a人\"]\nP 1:16 a人\"|甲\n" },
	{ "['a\\\n人\\x41\\'\"', /* c */ \"{name} 您 ${x}\", ]",
		"[]\nP 1:3 0|a人A'\"\nP 2:21 1|{name} 您 ${x}\n" },
	{ "{a: '甲', $b: '乙', // c\n}",
		"[a]\nP 1:6 a|甲\n[$b]\nP 1:15 $b|乙\n" },
};

static void
escapes_are_those_of_json_and_json5(void **state)
{
	(void)state;
	strings_check(escape_cases, FA_COUNT(escape_cases), FA_FORMAT_JSON);
}

static const struct reading_case arb_cases[] = {
	{ "{\"@@locale\": \"zh\", \"@@x-note\": \"甲 乙\",\n\"faceText\": "
	  "\"甲\",\n"
	  "\"@faceText\": {\"description\": \"丙 丁\", \"placeholders\": "
	  "{\"n\": {\"example\": \"戊\"}}},\n\"faceOk\": \"己\"}",
		"[face]\nP 2:14 faceText|甲\nB 4:12 faceOk|己\n" },
	{ "{\"string\": [\n{\"name\": \"face_title\", \"value\": \"甲\"},\n"
	  "{\"name\": \"face_ok\", \"value\": \"乙\"}]}",
		"[face]\nP 2:34 face_title|甲\nB 3:31 face_ok|乙\n" },
	{ "{\"strarray\": [{\"name\": \"tips\", \"value\": [{\"value\": "
	  "\"甲\"}, "
	  "{\"value\": \"乙\"}]}],\n\"plural\": [{\"name\": \"n\", \"value\": "
	  "[{"
	  "\"quantity\": \"one\", \"value\": \"丙\"}]}]}",
		"[tips]\nP 1:53 tips|甲\nP 1:69 tips|乙\n[n]\n"
		"P 2:66 n|丙\n" },
};

static void
arb_and_harmonyos_are_known_by_their_members(void **state)
{
	(void)state;
	strings_check(arb_cases, FA_COUNT(arb_cases), FA_FORMAT_JSON);
}

static const struct reading_case remark_cases[] = {
	{ "{\"//\": \"faceaudit: a \\\"b\\\"\", \"x\": \"甲\",\n"
	  "\"y\": {\"_comment\": \"faceaudit: b\", \"z\": \"乙\"},\n"
	  "\"$comment\": \"other 甲\",\n"
	  "// faceaudit: c\n\"v\": \"丙\", /* faceaudit: d */ \"w\": \"丁\"}",
		"[x]\nP 1:36 x|甲\n[y]\nP 2:41 y.z|乙\n[v]\nP 5:7 v|丙\n"
		"[w]\nP 5:36 w|丁\n"
		"# 1:2 0 faceaudit: a \"b\"\n# 2:7 1 faceaudit: b\n"
		"# 4:1 2 faceaudit: c\n# 5:11 ~3 faceaudit: d\n" },
	{ "{\"a\": \"甲\", \"@a\": {\"x-faceaudit\": \"faceaudit: a\"},\n"
	  "\"@b\": {\"description\": \"faceaudit: b\"}, \"b\": \"乙\"}",
		"[a]\nP 1:8 a|甲\n[b]\nP 2:46 b|乙\n"
		"# 1:19 0 faceaudit: a\n# 2:8 1 faceaudit: b\n" },
};

static void
members_and_comments_that_speak_to_the_tool_are_kept(void **state)
{
	(void)state;
	strings_check(remark_cases, FA_COUNT(remark_cases), FA_FORMAT_JSON);
}

static const struct reading_case broken_cases[] = {
	{ "{\"a\": \"甲\n\"b\": \"乙\"}",
		"[a]\nP 1:8 a|甲\n[b]\nP 2:7 b|乙\n"
		"! line 1: a string without its closing quote\n" },
	{ "{\r\n\"a\": \"甲\"\r\n\"b\": \"乙\"",
		"[a]\nP 2:7 a|甲\n[b]\nP 3:7 b|乙\n"
		"! line 3: a key where a comma should stand\n" },
	{ "{\"a\": [\"甲\"",
		"[a]\nP 1:9 a.0|甲\n"
		"! line 1: an object or array that does not end\n" },
	{ "{\"a\": \"甲\"}\n}",
		"[a]\nP 1:8 a|甲\n! line 2: a closing bracket without an "
		"opening one\n" },
	{ "[\"甲\" \"乙\"]",
		"[]\nP 1:3 0|甲\nP 1:7 0|乙\n"
		"! line 1: a value where a comma should stand\n" },
	{ "[/* x", "! line 1: a comment that does not end\n" },
};

static void
what_is_malformed_is_read_as_far_as_it_goes_and_told(void **state)
{
	(void)state;
	strings_check(broken_cases, FA_COUNT(broken_cases), FA_FORMAT_JSON);
}

static void
a_large_object_is_grouped_by_names_and_a_deep_one_ends(void **state)
{
	struct fa_buf in;
	struct reading r;

	(void)state;
	fa_buf_init(&in, 1 << 20);
	fa_buf_adds(&in, "{\"all\": {");
	for (int i = 0; i < 100; i++)
		fa_buf_addf(&in, "\"g%d_x\": \"甲\", \"g%d_y\": \"乙\",", i, i);
	fa_buf_adds(&in, "}, \"deep\": ");
	for (int i = 0; i < 1000; i++)
		fa_buf_adds(&in, "{\"a\":[");
	fa_buf_adds(&in, "\"丙\"");
	for (int i = 0; i < 1000; i++)
		fa_buf_adds(&in, "]}");
	fa_buf_adds(&in, ", \"z\": \"丁\"}");
	reading_init(&r, fa_buf_str(&in), FA_FORMAT_JSON);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.blocks_n, 202);
	assert_int_equal(r.doc.groups_n, 102);
	assert_str(r.doc.groups[0].name, "all.g0");
	assert_str(r.doc.keys[201].name, "z");
	assert_str(r.doc.notice, "line 1: values are nested too deeply");
	reading_done(&r);
	fa_buf_done(&in);
}

static void
places_are_those_of_the_file_in_any_encoding(void **state)
{
	(void)state;
	strings_is(FA_STR("\xef\xbb\xbf{\r\n\"a\": \"刷脸\"}"),
		"[a]\nP 2:7 a|刷脸\n", FA_FORMAT_JSON, 0);
	strings_is(FA_STR("{\"a\": \"\xc4\xfa\xb1\xd8\xd0\xeb\xcd\xea\xb3\xc9"
			  "\",\r\n \"b\": \"\xc8\xcb\\u8138\"}"),
		"[a]\nP 1:8 a|您必须完成\n[b]\nP 2:8 b|人脸\n", FA_FORMAT_JSON,
		1);
}

#define UNIT(text)                                                             \
	"{\"stringUnit\": {\"state\": \"new\", \"value\": \"" text "\"}}"

static const struct reading_case catalogue_cases[] = {
	{ "{\"sourceLanguage\": \"en\", \"strings\": {\n"
	  "\"Scan it\": {\"localizations\": {\"zh-Hans\": " UNIT(
		  "甲") "}},\n\"请刷脸\": {},\n\"face.title\": "
			"{\"localizations\": {\n"
			"\"en\": " UNIT(
				"Face scan") ",\n\"zh-Hans\": {\"variations\": "
					     "{\"plural\": {\"other\": " UNIT(
						     "乙 %lld") "}}}}}}}",
		"[Scan it]\nP 2:2 Scan it|Scan it\nP 2:84 Scan it|甲\n"
		"[请刷脸]\nP 3:2 请刷脸|请刷脸\n"
		"[face]\nP 5:49 face.title|Face scan\n"
		"P 6:90 face.title|乙 %lld\n" },
	{ "{\"strings\": {\"value\": {\"value\": {\"value\": \"甲\"}},\n"
	  "\"k\\n\\u4eba\": {\"comment\": \"faceaudit: a\", \"localizations\": "
	  "{\"en\": " UNIT("乙") "}}, \"x\": 1, \"甲\": []}, "
				 "\"sourceLanguage\": \"en\"}",
		"[k 人]\nP 2:108 k 人|乙\n[甲]\nP 2:125 甲|甲\n"
		"# 2:15 0 faceaudit: a\n" },
	{ "[\"甲\"]", "! line 1: a string catalogue begins with \"{\"\n" },
	{ "{\"strings\": {\"甲\": {\"localizations\": {\"en\": {",
		"[甲]\nP 1:15 甲|甲\n"
		"! line 1: a string catalogue that does not end\n" },
};

static void
catalogues_have_keys_and_units(void **state)
{
	(void)state;
	strings_check(catalogue_cases, FA_COUNT(catalogue_cases),
		FA_FORMAT_XCSTRINGS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_have_paths_groups_and_places),
		cmocka_unit_test(escapes_are_those_of_json_and_json5),
		cmocka_unit_test(arb_and_harmonyos_are_known_by_their_members),
		cmocka_unit_test(
			members_and_comments_that_speak_to_the_tool_are_kept),
		cmocka_unit_test(
			what_is_malformed_is_read_as_far_as_it_goes_and_told),
		cmocka_unit_test(
			a_large_object_is_grouped_by_names_and_a_deep_one_ends),
		cmocka_unit_test(places_are_those_of_the_file_in_any_encoding),
		cmocka_unit_test(catalogues_have_keys_and_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
