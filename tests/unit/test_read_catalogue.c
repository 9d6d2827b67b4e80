/* Properties of Java and catalogues of gettext. */
#include "unit/fixture_strings.h"

static const struct reading_case properties_cases[] = {
	{ "face.title=刷脸\nface.ok : 同意\n\nbare 甲\n  led = 乙 = 丙 \n"
	  "empty=\nalone\n",
		"[face]\nP 1:12 face.title|刷脸\nB 2:11 face.ok|同意\n"
		"[bare]\nP 4:6 bare|甲\n[led]\nP 5:9 led|乙 = 丙\n" },
	{ "a=甲\\\n   乙\\\r\n\t丙\nb\\\n  c=丁\n",
		"[a]\nP 1:3 a|甲乙丙\n[bc]\nP 5:5 bc|丁\n" },
	{ "a\\ b\\=\\:=\\u4eba\\uD83D\\uDE00\\t\\x\\\\\n",
		"[a b=]\nP 1:10 a b=:|人😀 x\\\n" },
	{ "a=甲\\n乙\\\\\nb=c\\",
		"[a]\nP 1:3 a|甲\nP 1:6 a|乙\\\n[b]\n"
		"P 2:3 b|c\\\n" },
	{ "a = # no comment\n#b=甲\n ! c=乙\n", "[a]\nP 1:5 a|# no comment\n" },
	{ "a=\\u4e\nb\\\n\n=c\n", "[a]\nP 1:3 a|u4e\nP 4:2 a|c\n" },
	{ "# faceaudit: a \\\na=甲\n! faceaudit: b\rb=乙",
		"[a]\nP 2:3 a|甲\n[b]\nP 4:3 b|乙\n"
		"# 1:1 0 faceaudit: a \\\n# 3:1 1 faceaudit: b\n" },
	{ "a\\\n", "" },
};

static void
properties_are_logical_lines(void **state)
{
	(void)state;
	strings_check(properties_cases, FA_COUNT(properties_cases),
		FA_FORMAT_PROPERTIES);
}

static void
properties_are_in_latin_1_or_gbk_or_utf_8(void **state)
{
	(void)state;
	strings_is(FA_STR("\xef\xbb\xbf"
			  "a=刷脸\r\nb=\\u5237脸"),
		"[a]\nP 1:3 a|刷脸\n[b]\nP 2:3 b|刷脸\n", FA_FORMAT_PROPERTIES,
		0);
	strings_is(FA_STR("a=\xc4\xfa\xb1\xd8\xd0\xeb\xcd\xea\xb3\xc9\r\n"
			  "b=\xc8\xcb\\u8138"),
		"[a]\nP 1:3 a|您必须完成\n[b]\nP 2:3 b|人脸\n",
		FA_FORMAT_PROPERTIES, 1);
}

static const struct reading_case po_cases[] = {
	{ "msgid \"\"\nmsgstr \"\"\n\"Language: zh\\n\"\n\n"
	  "msgid \"Scan your face\"\nmsgstr \"请刷脸\"\n\n"
	  "msgid \"face.title\"\nmsgstr \"甲\"\n\nmsgid \"face.ok\"\n"
	  "msgstr \"乙\"\n",
		"[Scan your face]\nP 6:9 Scan your face|请刷脸\n"
		"[face]\nP 9:9 face.title|甲\nB 12:9 face.ok|乙\n" },
	{ "msgctxt \"login\"\nmsgid \"a b\"\nmsgstr \"\"\n\"刷\"\n  \"脸\"\n"
	  "msgctxt \"login\"\nmsgid \"c\"\nmsgstr \"甲\"\n"
	  "msgctxt \"pay\"\nmsgid \"c\"\nmsgstr \"乙\"",
		"[login]\nP 4:2 login.a b|刷脸\nP 8:9 login.c|甲\n"
		"[pay]\nP 11:9 pay.c|乙\n" },
	{ "msgid \"%d face\"\nmsgid_plural \"%d faces\"\nmsgstr[0] \"甲 %d\"\n"
	  "msgstr[1] \"\"\nmsgid \"%d eye\"\nmsgid_plural \"%d eyes\"\n"
	  "msgstr[0] \"\"\nmsgstr[1] \"\"",
		"[%d face]\nP 3:12 %d face|甲 %d\n"
		"[%d eye]\nP 5:8 %d eye|%d eye\nP 6:15 %d eye|%d eyes\n" },
	{ "msgid \"请刷脸\"\nmsgstr \"\"\nmsgid \"some_id\"\nmsgstr \"\"\n"
	  "#~ msgid \"a b\"\n#~ msgstr \"甲\"\n",
		"[请刷脸]\nP 1:8 请刷脸|请刷脸\n" },
	{ "#, fuzzy, c-format\n#| msgid \"x\"\nmsgid \"a b\"\nmsgstr \"甲\"\n\n"
	  "msgid \"c d\"\nmsgstr \"乙\"",
		"[a b]\nP 3:8 a b|a b\n[c d]\nP 7:9 c d|乙\n"
		"! line 3: a fuzzy translation, which users do not see: the "
		"original is read\n" },
};

static void
entries_have_names_groups_and_places(void **state)
{
	(void)state;
	strings_check(po_cases, FA_COUNT(po_cases), FA_FORMAT_PO);
}

#define PO(text) "msgid \"k\"\nmsgstr \"" text "\""

static const struct reading_case escape_cases[] = {
	{ PO("a\\tb\\\"\\\\\\n\"\n\"c"), "[k]\nP 2:9 k|a b\"\\\nP 3:2 k|c\n" },
	{ PO("\\344\\272\\272\\101\\xe8\\x84\\xb8\\7"),
		"[k]\nP 2:9 k|人A脸\n" },
	{ PO("\\344\\272x\\400"),
		"[k]\nP 2:9 k|\xef\xbf\xbd\xef\xbf\xbdx400\n" },
	{ PO("\\人\\q"), "[k]\nP 2:9 k|人q\n" },
};

static void
escapes_are_those_of_c(void **state)
{
	(void)state;
	strings_check(escape_cases, FA_COUNT(escape_cases), FA_FORMAT_PO);
}

static const struct reading_case remark_cases[] = {
	{ "# faceaudit: a\nmsgid \"a\"\nmsgstr \"甲\"\n#. faceaudit: b\n"
	  "msgid \"b\"\nmsgstr \"乙\"\n#: faceaudit: no\n#~ faceaudit: no",
		"[a]\nP 3:9 a|甲\n[b]\nP 6:9 b|乙\n"
		"# 1:1 0 faceaudit: a\n# 4:1 1 faceaudit: b\n" },
	{ "msgid \"a\"\nmsgstr \"甲\nmsgid \"b\"\nmsgstr \"乙\"",
		"[a]\nP 2:9 a|甲\n[b]\nP 4:9 b|乙\n"
		"! line 2: a string without its closing quote\n" },
	{ "msgid \"a\"\nnonsense\nmsgstr \"甲\"",
		"[a]\nP 3:9 a|甲\n"
		"! line 2: neither a keyword, a string nor a comment of a PO "
		"file\n" },
	{ "msgid \"a\"\nmsgid \"b\"\r\nmsgstr \"甲\"",
		"[b]\nP 3:9 b|甲\n"
		"! line 2: a keyword where an entry does not have it\n" },
	{ "msgstr \"甲\"", "" },
};

static void
remarks_are_kept_and_mistakes_told(void **state)
{
	(void)state;
	strings_check(remark_cases, FA_COUNT(remark_cases), FA_FORMAT_PO);
}

static void
the_original_may_be_in_gbk(void **state)
{
	(void)state;
	strings_is(FA_STR("msgid \"\"\nmsgstr \"Content-Type: text/plain; "
			  "charset=GBK\\n\"\n\nmsgid \"a\"\r\nmsgstr \""
			  "\xc4\xfa\xb1\xd8\xd0\xeb\xc8\xcb\xc1\xb3\""),
		"[a]\nP 5:9 a|您必须人脸\n", FA_FORMAT_PO, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(properties_are_logical_lines),
		cmocka_unit_test(properties_are_in_latin_1_or_gbk_or_utf_8),
		cmocka_unit_test(entries_have_names_groups_and_places),
		cmocka_unit_test(escapes_are_those_of_c),
		cmocka_unit_test(remarks_are_kept_and_mistakes_told),
		cmocka_unit_test(the_original_may_be_in_gbk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
