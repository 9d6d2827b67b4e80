/* Lists, heads of items and cells. */
#include "fixture_segment.h"

static void
consecutive_items_of_one_style_are_one_list(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"我们会收集以下信息:\n1)姓名。\n2)人脸照片。\n"
		"• 前置摄像头画面。\n• 眨眼视频。\n3)手机号。\n结束。");
	fixture_kinds(&f, "PIIIIIP");
	assert_int_equal(f.blocks[1].list, f.blocks[5].list);
	assert_int_equal(f.blocks[3].list, f.blocks[4].list);
	assert_int_not_equal(f.blocks[1].list, f.blocks[3].list);
	assert_int_equal(f.blocks[1].head, 0);
	assert_int_equal(f.blocks[5].head, 0);
	assert_int_equal(f.blocks[3].head, 2);
	assert_int_equal(f.blocks[3].level, 2);
	assert_int_equal(f.blocks[5].level, 1);
	assert_true(f.blocks[1].ordered);
	assert_false(f.blocks[3].ordered);
	assert_int_equal(f.blocks[6].list, FA_DOC_NONE);
	fixture_close(&f);
}

static void
a_list_goes_on_behind_a_paragraph_when_its_numbers_do(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"下列情形除外\n(1)刷脸登录。\n补充说明一句。\n"
		"(2)刷脸支付。\n另起一列:\n(1)人脸门禁。");
	fixture_kinds(&f, "PIPIPI");
	assert_int_equal(f.blocks[1].list, f.blocks[3].list);
	assert_int_equal(f.blocks[3].head, 0);
	assert_int_not_equal(f.blocks[1].list, f.blocks[5].list);
	assert_int_equal(f.blocks[5].head, 4);
	fixture_close(&f);
}

static void
a_list_without_introduction_has_no_head(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"某公司(以下简称“我们”)运营本店。\n"
		"• 本店采集人脸。\n• 本店删除人脸。");
	fixture_kinds(&f, "PII");
	assert_int_equal(f.blocks[1].head, FA_DOC_NONE);
	fixture_close(&f);
}

static void
words_of_introduction_make_a_head_without_a_colon(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "先说一句。您可以通过以下方式撤回。\n• 在设置里。");
	assert_int_equal(f.blocks[1].head, 0);
	fixture_close(&f);
	fixture_open(
		&f, "以下内容很重要。14周岁以下儿童不适用。\n• 在设置里。");
	assert_int_equal(f.blocks[1].head, FA_DOC_NONE);
	fixture_close(&f);
	fixture_open(&f, "## 用途如下\n• 在设置里。");
	assert_int_equal(f.blocks[1].head, 0);
	fixture_close(&f);
}

static void
explicit_nested_items_are_headed_by_the_item_around_them(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"包括:\n-1 人脸\n-2 照片\n-3 正面\n-2 视频\n-1 声纹\n"
		"## 下一节\n-1 指纹");
	assert_int_equal(f.blocks[1].head, 0);
	assert_int_equal(f.blocks[2].head, 1);
	assert_int_equal(f.blocks[3].head, 2);
	assert_int_equal(f.blocks[4].head, 1);
	assert_int_equal(f.blocks[5].head, 0);
	assert_int_equal(f.blocks[7].head, FA_DOC_NONE);
	fixture_close(&f);
}

static void
a_heading_ends_every_list(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "(1)甲。\n## 节\n(2)乙。");
	assert_int_not_equal(f.blocks[0].list, f.blocks[2].list);
	fixture_close(&f);
}

static void
cells_are_headed_by_the_header_row(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"!0,0 插件\n!0,1 信息\n|1,0 某核身\n|1,1 人脸\n"
		"|2,1 声纹\n|2,2 多余");
	assert_int_equal(f.blocks[0].head, FA_DOC_NONE);
	assert_int_equal(f.blocks[2].head, 0);
	assert_int_equal(f.blocks[3].head, 1);
	assert_int_equal(f.blocks[4].head, 1);
	assert_int_equal(f.blocks[5].head, FA_DOC_NONE);
	fixture_close(&f);
}

static void
without_header_cells_the_first_row_serves(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "|0,0 插件\n|0,1 信息\n|1,0 某核身\n|1,1 人脸");
	assert_int_equal(f.blocks[0].head, FA_DOC_NONE);
	assert_int_equal(f.blocks[3].head, 1);
	fixture_close(&f);
	fixture_open(&f, "|0,0 插件\n|0,1 信息");
	assert_int_equal(f.blocks[1].head, FA_DOC_NONE);
	fixture_close(&f);
}

static void
header_cells_at_the_left_head_their_rows(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "!0,0 名称\n|0,1 某核身\n!1,0 信息\n|1,1 人脸");
	assert_int_equal(f.blocks[1].head, 0);
	assert_int_equal(f.blocks[3].head, 2);
	fixture_close(&f);
}

static void
text_in_cells_is_not_numbered(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "|0,0 1. 人脸\n|1,0 2. 声纹");
	fixture_kinds(&f, "tt");
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(consecutive_items_of_one_style_are_one_list),
		cmocka_unit_test(
			a_list_goes_on_behind_a_paragraph_when_its_numbers_do),
		cmocka_unit_test(a_list_without_introduction_has_no_head),
		cmocka_unit_test(
			words_of_introduction_make_a_head_without_a_colon),
		cmocka_unit_test(
			explicit_nested_items_are_headed_by_the_item_around_them),
		cmocka_unit_test(a_heading_ends_every_list),
		cmocka_unit_test(cells_are_headed_by_the_header_row),
		cmocka_unit_test(without_header_cells_the_first_row_serves),
		cmocka_unit_test(header_cells_at_the_left_head_their_rows),
		cmocka_unit_test(text_in_cells_is_not_numbered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
