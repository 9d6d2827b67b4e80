/* Plain text. */
#include "unit/fixture_read.h"

static const struct reading_case line_cases[] = {
	{ "甲\n乙\r\n丙\r丁", "P 甲\nP 乙\nP 丙\nP 丁\n" },
	{ "\n\n甲\n\n\n", "P 甲\n" },
	{ "　　甲\xe3\x80\x80乙  \n", "P 甲乙\n" },
	{ "# 甲\n##乙 ##\n#话题\n#1 x", "H1 甲\nH2 乙\nH1 话题\nP #1 x\n" },
	{ "- 甲\n* 乙\n+ 丙\n• 丁\n●戊\n-己\n*庚",
		"I1 甲\nI1 乙\nI1 丙\nI1 丁\nI1 戊\nP -己\nP *庚\n" },
	{ "- 甲\n  - 乙\n\n- 丙", "I1 甲\nI2 乙\nI1 丙\n" },
	{ "> 甲\n> - 乙", "Q 甲\nI1 乙\n" },
	{ "甲\n---\n乙\n====\n***\n丙", "P 甲\nP 乙\nP 丙\n" },
	{ "1. 甲\n（二）乙\n三、丙", "P 1. 甲\nP (二)乙\nP 三、丙\n" },
	{ "|甲|乙|\n|--|--|\n|丙|丁|\n\n|戊|己|",
		"T0.0 甲\nT0.1 乙\nC1.0 丙\nC1.1 丁\nC0.0 戊\nC0.1 己\n" },
};

static void
lines_are_blocks_and_marks_are_structure(void **state)
{
	(void)state;
	reading_check(line_cases, FA_COUNT(line_cases), FA_FORMAT_TEXT);
}

static const struct reading_case inline_cases[] = {
	{ "我们**会**__收集__，a\\_b", "P 我们会收集,a_b\n" },
	{ "1\\. 甲", "P 1. 甲\n" },
	{ "**标题**", "H6 标题\n" },
	{ "**不是标题。**", "P 不是标题。\n" },
	{ "见[政策](https://x.example/a_b)与[注](见附件)[x]",
		"P 见政策与[注](见附件)[x]\n" },
	{ "a*b*c `x` <b> &amp;", "P a*b*c `x` <b> &amp;\n" },
	{ "**甲 **乙", "P **甲 **乙\n" },
	{ "**【】：**乙**", "P 【】:乙**\n" },
};

static void
some_marks_of_markdown_are_stripped(void **state)
{
	struct reading r;

	(void)state;
	reading_check(inline_cases, FA_COUNT(inline_cases), FA_FORMAT_TEXT);
	reading_init(&r, FA_STR("见[隐私**政策**](https://x.example/p \"t\")"),
		FA_FORMAT_TEXT);
	assert_int_equal(r.doc.links_n, 1);
	assert_str(r.doc.links[0].href, "https://x.example/p");
	assert_str(r.doc.text, "见隐私政策");
	reading_done(&r);
}

#define LONG "我们会在您使用相关服务的过程中收集并且处理您主动提供的人脸信息"

static const struct reading_case wrap_cases[] = {
	{ LONG "\n用于核验", "P " LONG "用于核验\n" },
	{ LONG "\r\n" LONG "\r\n用于核验", "P " LONG LONG "用于核验\n" },
	{ LONG "。\n用于核验", "P " LONG "。\nP 用于核验\n" },
	{ LONG "：**\n用于核验", "P " LONG ":**\nP 用于核验\n" },
	{ LONG "\n\n用于核验", "P " LONG "\nP 用于核验\n" },
	{ LONG "\n1、用于核验", "P " LONG "\nP 1、用于核验\n" },
	{ LONG "\n第二条 用于", "P " LONG "\nP 第二条用于\n" },
	{ LONG "\n使用目的：核验", "P " LONG "\nP 使用目的:核验\n" },
	{ LONG "\n- 用于核验", "P " LONG "\nI1 用于核验\n" },
	{ "- " LONG "\n用于核验", "I1 " LONG "用于核验\n" },
	{ "短行\n用于核验", "P 短行\nP 用于核验\n" },
	{ "一、" LONG "\n用于核验", "P 一、" LONG "\nP 用于核验\n" },
	{ LONG "use\nof data", "P " LONG "use of data\n" },
};

static void
hard_wrapped_lines_are_joined(void **state)
{
	(void)state;
	reading_check(wrap_cases, FA_COUNT(wrap_cases), FA_FORMAT_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_blocks_and_marks_are_structure),
		cmocka_unit_test(some_marks_of_markdown_are_stripped),
		cmocka_unit_test(hard_wrapped_lines_are_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
