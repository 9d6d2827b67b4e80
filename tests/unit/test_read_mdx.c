/* Front matter of Markdown, and what MDX adds to it. */
#include "unit/fixture_source.h"

static void
front_matter_has_a_title_a_description_and_comments(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("---\r\n# faceaudit: allow A: 一\r\ntitle: \"隐私 政策\""
		       "\r\ndescription: >-\r\n  我们使用\r\n  人脸识别。\r\n"
		       "tags: [脸]\r\n---\r\n\r\n正文。\r\n"),
		FA_FORMAT_MARKDOWN);
	assert_int_equal(r.rc, FA_OK);
	assert_str(r.doc.title, "隐私 政策");
	assert_int_equal(r.doc.blocks_n, 2);
	assert_str(reading_text(&r, 0), "我们使用人脸识别。");
	assert_str(reading_text(&r, 1), "正文。");
	assert_int_equal(r.doc.remarks_n, 1);
	assert_int_equal(r.doc.remarks[0].block, 0);
	assert_true(r.doc.remarks[0].alone);
	assert_str(r.doc.remarks[0].text, "faceaudit: allow A: 一");
	reading_done(&r);
}

static void
modules_and_comments_of_mdx_are_no_text(void **state)
{
	static const struct reading_case cases[] = {
		{ "import X from './脸'\nexport const meta = {\n  a: "
		  "'脸'\n}\n\n"
		  "# 标题\n\n{/* faceaudit: allow A: 一 */}\n正文 {/* 注脸 "
		  "*/}尾"
		  "\n\n{/* 多行\n\n注脸 */}\n\n<Tip>提示脸</Tip>\n",
			"6:3 P [-] 标题\n9:1 P [-] 正文尾\n15:6 P [-] 提示脸\n"
			"# 1 1 faceaudit: allow A: 一\n" },
		{ "import 是进口，不是模块。\n\n甲 {/* 没有结尾\n",
			"1:1 P [-] import 是进口，不是模块。\n"
			"3:1 P [-] 甲 {/* 没有结尾\n" },
		{ "甲 <!-- faceaudit: allow A: 一 > 二 --> 乙\n",
			"1:1 P [-] 甲乙\n# 0 0 faceaudit: allow A: 一 > 二\n" },
		{ "```\nimport a from 'b'\n{/* x */}\n```\n",
			"2:1 P [-] import a from 'b'\n3:1 P [-] {/* x */}\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_MARKDOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			front_matter_has_a_title_a_description_and_comments),
		cmocka_unit_test(modules_and_comments_of_mdx_are_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
