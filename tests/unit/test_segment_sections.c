/* Headings and sections. */
#include "fixture_segment.h"

#include "read/read.h"

#define LONG                                                                                                     \
	"我们在您登录时采集一段面部视频，并与您留存的照片比对，比对完成后立即" \
	"删除，仅留下是否一致的结果。"

static const struct fa_section *
section(const struct fixture *f, size_t block)
{
	uint32_t s = f->blocks[block].section;

	assert_true(s < f->doc.sections_n);
	return &f->doc.sections[s];
}

static void
chinese_numerals_make_headings_of_nested_levels(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"一、信息收集\n"
		"(一)账号信息\n" LONG "\n"
		"1. 刷脸登录\n" LONG "\n"
		"(二)支付信息\n" LONG "\n"
		"二、信息保存\n" LONG);
	fixture_kinds(&f, "HHPHPHPHP");
	assert_int_equal(section(&f, 0)->level, 1);
	assert_int_equal(section(&f, 2)->level, 2);
	assert_int_equal(section(&f, 4)->level, 3);
	assert_int_equal(section(&f, 6)->level, 2);
	assert_int_equal(section(&f, 8)->level, 1);
	assert_int_equal(section(&f, 0)->blocks.to, 7);
	assert_int_equal(section(&f, 4)->parent, 1);
	assert_int_equal(section(&f, 8)->parent, FA_DOC_NONE);
	fixture_close(&f);
}

static void
articles_of_a_statute_are_headings_under_chapters(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"第一章总则\n第一条 目的\n" LONG "\n第二条 范围\n" LONG
		"\n第二章附则\n第三条 施行\n" LONG);
	fixture_kinds(&f, "HHPHPHHP");
	assert_int_equal(section(&f, 1)->level, 2);
	assert_int_equal(section(&f, 7)->parent, f.blocks[5].section);
	fixture_close(&f);
}

static void
decimal_numbers_nest_by_their_components(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"1. 收集\n1.1 登录\n1.1.1 刷脸\n" LONG "\n1.2 支付\n" LONG
		"\n2、保存\n" LONG);
	fixture_kinds(&f, "HHHPHPHP");
	assert_int_equal(section(&f, 3)->level, 3);
	assert_int_equal(section(&f, 5)->level, 2);
	assert_int_equal(section(&f, 7)->level, 1);
	fixture_close(&f);
}

static void
explicit_and_numbered_headings_share_one_stack(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"# 隐私政策\n一、收集\n### 细则\n" LONG "\n二、保存\n" LONG
		"\n# 附件\n" LONG);
	fixture_kinds(&f, "HHHPHPHP");
	assert_int_equal(section(&f, 1)->level, 2);
	assert_int_equal(section(&f, 3)->level, 3);
	assert_int_equal(section(&f, 5)->level, 2);
	assert_int_equal(section(&f, 5)->parent, 0);
	assert_int_equal(section(&f, 7)->level, 1);
	assert_int_equal(f.doc.sections[0].blocks.to, 6);
	fixture_close(&f);
}

static void
a_table_of_contents_is_a_list_and_not_headings(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"目录\n一、引言\n二、信息收集\n三、联系我们\n一、引言\n" LONG
		"\n二、信息收集\n" LONG);
	fixture_kinds(&f, "PIIIHPHP");
	assert_int_equal(f.doc.sections_n, 2);
	assert_int_equal(f.blocks[1].list, f.blocks[3].list);
	fixture_close(&f);
}

static void
short_numbered_lines_without_a_body_are_items(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "我们收集:\n(1)姓名\n(2)人脸照片\n" LONG);
	fixture_kinds(&f, "PIIP");
	assert_true(f.blocks[1].ordered);
	fixture_close(&f);
}

static void
numbered_sentences_are_items(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "1、我们采集您的人脸。\n2、我们删除您的人脸。");
	fixture_kinds(&f, "II");
	assert_int_equal(f.doc.sections_n, 0);
	assert_int_equal(f.blocks[0].section, FA_DOC_NONE);
	fixture_close(&f);
}

static void
a_heading_that_runs_into_its_text_stays_a_paragraph(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "一、信息收集" LONG "\n" LONG);
	fixture_kinds(&f, "PP");
	fixture_close(&f);
}

static void
quantities_and_years_are_not_numbers_of_headings(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"2021.10.29更新\n" LONG "\n2.4GHz网络\n" LONG
		"\n12306网站\n" LONG "\n-5度\n" LONG "\n0. 零\n" LONG
		"\n第三方插件\n");
	fixture_kinds(&f, "PPPPPPPPPPPP");
	fixture_close(&f);
}

static void
a_short_line_between_paragraphs_is_a_heading_of_the_lowest_level(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"一、收集\n" LONG "\n刷脸登录\n" LONG "\n人脸支付\n" LONG
		"\n二、保存\n" LONG);
	fixture_kinds(&f, "HPHPHPHP");
	assert_int_equal(section(&f, 3)->level, 2);
	assert_int_equal(section(&f, 5)->level, 2);
	assert_int_equal(section(&f, 7)->level, 1);
	fixture_close(&f);
}

static void
short_lines_of_other_kinds_are_not_headings(void **state)
{
	struct fixture f;

	(void)state;
	/* Ends with a colon; dangles; follows an open line; has a date. */
	fixture_open(&f,
		LONG "\n特别提示:\n" LONG "\n我们收集的\n" LONG
		     "\n首页\n帮助中心\n" LONG "\n2021年5月\n" LONG);
	fixture_kinds(&f, "PPPPPPPPPP");
	fixture_close(&f);
}

static void
a_title_ends_a_numbered_section_that_is_not_continued(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		LONG "\n撤回授权\n" LONG "\n1. 关闭消息\n" LONG
		     "\n2. 关闭刷脸\n" LONG "\n注销账号\n" LONG);
	fixture_kinds(&f, "PHPHPHPHP");
	assert_int_equal(section(&f, 8)->parent, FA_DOC_NONE);
	fixture_close(&f);
}

static void
bold_lines_get_their_level_by_number(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f,
		"###### 一、引言\n###### 二、收集\n###### 三、保存\n"
		"一、引言\n" LONG "\n###### (一)登录\n" LONG
		"\n###### 特别说明\n" LONG "\n二、收集\n" LONG);
	fixture_kinds(&f, "IIIHPHPHPHP");
	assert_int_equal(section(&f, 3)->level, 1);
	assert_int_equal(section(&f, 5)->level, 2);
	assert_int_equal(section(&f, 7)->level, 3);
	assert_int_equal(section(&f, 9)->level, 1);
	fixture_close(&f);
}

static void
circled_digits_are_known_as_they_were_written(void **state)
{
	static const struct {
		struct fa_str raw;
		enum fa_format format;
		const char *charset;
		enum fa_block_kind kind;
	} cases[] = {
		{ FA_STR_INIT("①人脸照片。"), FA_FORMAT_TEXT, "utf-8",
			FA_BLOCK_ITEM },
		{ FA_STR_INIT("⑳人脸照片。"), FA_FORMAT_TEXT, "utf-8",
			FA_BLOCK_ITEM },
		{ FA_STR_INIT("\xa2\xd9\xc8\xcb\xc1\xb3\xa1\xa3"),
			FA_FORMAT_TEXT, "gb18030", FA_BLOCK_ITEM },
		{ FA_STR_INIT("１人脸照片。"), FA_FORMAT_TEXT, "utf-8",
			FA_BLOCK_PARAGRAPH },
		{ FA_STR_INIT("⑴人脸照片。"), FA_FORMAT_TEXT, "utf-8",
			FA_BLOCK_ITEM },
		{ FA_STR_INIT("1人脸照片。"), FA_FORMAT_TEXT, "utf-8",
			FA_BLOCK_PARAGRAPH },
		{ FA_STR_INIT("<p>&#9312;人脸照片。"), FA_FORMAT_HTML, "utf-8",
			FA_BLOCK_PARAGRAPH },
		{ FA_STR_INIT("<p>①人脸照片。"), FA_FORMAT_HTML, "utf-8",
			FA_BLOCK_ITEM },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct fa_read_opts opts = { .name = FA_STR("test"),
			.format = cases[i].format,
			.charset = fa_str_c(cases[i].charset) };
		struct fa_doc doc;
		struct fa_arena a;
		struct fa_err err;

		fa_arena_init(&a, 1u << 20);
		assert_int_equal(
			fa_read(&doc, cases[i].raw, &opts, &a, &err), 0);
		assert_int_equal(fa_segment(&doc, &a, &err), 0);
		if (doc.blocks[0].kind != cases[i].kind)
			fail_msg("%zu: kind %d", i, doc.blocks[0].kind);
		fa_arena_done(&a);
	}
}

static void
escaped_numbers_of_markdown_count(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "1\\. 收集\n" LONG "\n2\\. 保存\n" LONG);
	fixture_kinds(&f, "HPHP");
	fixture_close(&f);
}

static void
deep_nesting_of_explicit_headings_is_harmless(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, "##### a\n一、b\n第一条 c\n#### h");
	assert_int_equal(f.doc.sections[1].level, 6);
	assert_int_equal(
		f.doc.sections[f.doc.sections_n - 1].parent, FA_DOC_NONE);
	fixture_close(&f);
}

static void
an_empty_document_has_no_structure(void **state)
{
	struct fa_doc doc = { .blocks_n = 0 };
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 4096);
	assert_int_equal(fa_segment(&doc, &a, &err), 0);
	assert_int_equal(doc.sections_n, 0);
	assert_int_equal(doc.sentences_n, 0);
	fa_arena_done(&a);
}

static void
an_exhausted_arena_is_an_error_not_a_crash(void **state)
{
	struct fa_block block = { .text = { 0, 9 }, .table = FA_DOC_NONE };
	struct fa_doc doc = {
		.text = FA_STR("(a)。b。"), .blocks = &block, .blocks_n = 1
	};
	struct fa_arena a;
	struct fa_err err;
	size_t max, failed = 0;

	(void)state;
	block.text.to = (uint32_t)doc.text.n;
	for (max = 0; max < 1024; max += 16) {
		int rc;

		fa_arena_init(&a, max);
		rc = fa_segment(&doc, &a, &err);
		assert_true(rc == 0 || rc == FA_E_NOMEM);
		failed += rc != 0;
		fa_arena_done(&a);
	}
	assert_true(failed > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			chinese_numerals_make_headings_of_nested_levels),
		cmocka_unit_test(
			articles_of_a_statute_are_headings_under_chapters),
		cmocka_unit_test(decimal_numbers_nest_by_their_components),
		cmocka_unit_test(
			explicit_and_numbered_headings_share_one_stack),
		cmocka_unit_test(
			a_table_of_contents_is_a_list_and_not_headings),
		cmocka_unit_test(short_numbered_lines_without_a_body_are_items),
		cmocka_unit_test(numbered_sentences_are_items),
		cmocka_unit_test(
			a_heading_that_runs_into_its_text_stays_a_paragraph),
		cmocka_unit_test(
			quantities_and_years_are_not_numbers_of_headings),
		cmocka_unit_test(
			a_short_line_between_paragraphs_is_a_heading_of_the_lowest_level),
		cmocka_unit_test(short_lines_of_other_kinds_are_not_headings),
		cmocka_unit_test(
			a_title_ends_a_numbered_section_that_is_not_continued),
		cmocka_unit_test(bold_lines_get_their_level_by_number),
		cmocka_unit_test(circled_digits_are_known_as_they_were_written),
		cmocka_unit_test(escaped_numbers_of_markdown_count),
		cmocka_unit_test(deep_nesting_of_explicit_headings_is_harmless),
		cmocka_unit_test(an_empty_document_has_no_structure),
		cmocka_unit_test(an_exhausted_arena_is_an_error_not_a_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
