/* Regions around a sentence. Documents are Markdown or plain text; the parts
 * of a region are shown in order with " | " between them. */
#include "rig_match.h"

struct areas {
	struct rig *r;
	struct fa_scan s;
};

static struct areas
read_as(struct rig *r, const char *text, enum fa_format format)
{
	struct areas x = { .r = r };

	rig_rule(r, "      '{face}'\n", NULL);
	rig_read(r, fa_str_c(text), format);
	assert_int_equal(
		fa_scan_init(&x.s, r->m, &r->doc, &r->a, &r->err), FA_OK);
	return x;
}

/* The region around the sentence that begins with word. */
static void
expect(struct areas *x, const char *word, enum fa_region region, uint32_t near,
	const char *want)
{
	const struct fa_doc *d = &x->r->doc;
	struct fa_area area;
	struct fa_buf out;
	uint32_t i = 0;

	while (i < d->sentences_n &&
		!fa_str_starts(fa_str_sub(d->text, d->sentences[i].text.from,
				       d->text.n),
			fa_str_c(word)))
		i++;
	assert_true(i < d->sentences_n);
	fa_scan_area(&area, &x->s, region, near, i,
		d->clauses[d->sentences[i].clauses.from]);
	fa_buf_init(&out, RIG_SHOWN);
	for (size_t k = 0; k < area.n; k++) {
		fa_buf_adds(&out, k ? " | " : "");
		fa_buf_add(&out,
			fa_str_sub(
				d->text, area.part[k].from, area.part[k].to));
	}
	rig_shown(x->r, &out);
	fa_buf_done(&out);
	for (char *p = x->r->shown; *p; p++)
		if (*p == '\n')
			*p = '/';
	assert_string_equal(x->r->shown, want);
}

static void
clause_and_sentence_are_themselves(void **state)
{
	struct areas x = read_as(*state, "甲,乙。丙。", FA_FORMAT_TEXT);

	expect(&x, "甲", FA_REGION_CLAUSE, 0, "甲,");
	expect(&x, "甲", FA_REGION_SENTENCE, 0, "甲,乙。");
}

static void
near_counts_sentences_and_stops_at_the_ends_of_the_document(void **state)
{
	struct areas x =
		read_as(*state, "甲。乙。\n\n丙。丁。\n\n戊。", FA_FORMAT_TEXT);

	expect(&x, "丙", FA_REGION_NEAR, 1, "乙。/丙。丁。");
	expect(&x, "甲", FA_REGION_NEAR, 2, "甲。乙。/丙。");
	expect(&x, "戊", FA_REGION_NEAR, 5, "甲。乙。/丙。丁。/戊。");
}

static void
near_does_not_cross_a_section(void **state)
{
	struct areas x = read_as(*state,
		"前。\n\n# 一章\n\n甲。乙。\n\n# 二章\n\n丙。丁。\n",
		FA_FORMAT_MARKDOWN);

	expect(&x, "前", FA_REGION_NEAR, 3, "前。");
	expect(&x, "甲", FA_REGION_NEAR, 3, "一章/甲。乙。");
	expect(&x, "丙", FA_REGION_NEAR, 1, "二章/丙。丁。");
}

static void
the_block_of_an_item_has_the_sentence_that_heads_its_list(void **state)
{
	struct areas x = read_as(*state,
		"无关。为登录收集下列信息:\n\n- 甲。再。\n- 乙。\n\n后。\n",
		FA_FORMAT_MARKDOWN);

	expect(&x, "甲", FA_REGION_BLOCK, 0, "甲。再。 | 为登录收集下列信息:");
	expect(&x, "乙", FA_REGION_BLOCK, 0, "乙。 | 为登录收集下列信息:");
	expect(&x, "后", FA_REGION_BLOCK, 0, "后。");
}

static void
the_block_of_a_nested_item_has_the_heads_above_it(void **state)
{
	struct areas x =
		read_as(*state, "为登录收集下列信息:\n\n- 外:\n    - 内。\n",
			FA_FORMAT_MARKDOWN);

	expect(&x, "内", FA_REGION_BLOCK, 0,
		"内。 | 外: | 为登录收集下列信息:");
}

static const char table[] = "引言。\n\n| 信息 | 用途 |\n|---|---|\n"
			    "| 人脸 | 核验 |\n| 手机 | 登录 |\n\n后文。\n";

static void
the_block_of_a_cell_is_its_row_and_its_header_cell(void **state)
{
	struct areas x = read_as(*state, table, FA_FORMAT_MARKDOWN);

	expect(&x, "核验", FA_REGION_BLOCK, 0, "人脸/核验 | 用途");
	expect(&x, "手机", FA_REGION_BLOCK, 0, "手机/登录 | 信息");
	expect(&x, "登录", FA_REGION_BLOCK, 0, "手机/登录 | 用途");
	expect(&x, "用途", FA_REGION_BLOCK, 0, "信息/用途");
}

static void
the_list_of_a_cell_is_the_whole_table(void **state)
{
	struct areas x = read_as(*state, table, FA_FORMAT_MARKDOWN);

	expect(&x, "手机", FA_REGION_LIST, 0,
		"信息/用途/人脸/核验/手机/登录 | 后文。");
	expect(&x, "核验", FA_REGION_LIST, 0,
		"信息/用途/人脸/核验/手机/登录 | 后文。");
}

static void
a_list_has_its_head_and_the_block_behind_it(void **state)
{
	struct areas x = read_as(*state,
		"为登录收集下列信息:\n\n- 甲。\n- 乙。\n\n后。\n\n再后。\n",
		FA_FORMAT_MARKDOWN);

	expect(&x, "甲", FA_REGION_LIST, 0,
		"甲。/乙。 | 为登录收集下列信息: | 后。");
	expect(&x, "乙", FA_REGION_LIST, 0,
		"甲。/乙。 | 为登录收集下列信息: | 后。");
}

static void
outside_of_lists_the_list_region_is_the_block(void **state)
{
	struct areas x = read_as(*state, "甲。\n\n乙。\n", FA_FORMAT_TEXT);

	expect(&x, "乙", FA_REGION_LIST, 0, "乙。");
}

/* Asked in an order that would show an answer kept for the wrong block. */
static void
an_outer_list_holds_the_inner_one_and_not_the_reverse(void **state)
{
	struct areas x = read_as(*state,
		"下列信息:\n\n- 甲。\n    - 内。\n    - 里。\n- 乙。\n\n后。\n",
		FA_FORMAT_MARKDOWN);

	expect(&x, "里", FA_REGION_LIST, 0, "内。/里。 | 甲。 | 乙。");
	expect(&x, "甲", FA_REGION_LIST, 0,
		"甲。/内。/里。/乙。 | 下列信息: | 后。");
	expect(&x, "内", FA_REGION_LIST, 0, "内。/里。 | 甲。 | 乙。");
	expect(&x, "乙", FA_REGION_LIST, 0,
		"甲。/内。/里。/乙。 | 下列信息: | 后。");
}

static void
a_list_does_not_take_a_block_of_the_next_section(void **state)
{
	struct areas x = read_as(*state,
		"下列信息:\n\n- 甲。\n\n# 章\n\n后。\n", FA_FORMAT_MARKDOWN);

	expect(&x, "甲", FA_REGION_LIST, 0, "甲。 | 下列信息:");
}

static void
a_section_has_its_heading_and_its_subsections(void **state)
{
	struct areas x = read_as(*state,
		"前。\n\n序。\n\n# 一章\n\n甲。\n\n## 一节\n\n乙。\n\n"
		"# 二章\n\n丙。\n",
		FA_FORMAT_MARKDOWN);

	expect(&x, "甲", FA_REGION_SECTION, 0, "一章/甲。/一节/乙。");
	expect(&x, "乙", FA_REGION_SECTION, 0, "一节/乙。");
	expect(&x, "丙", FA_REGION_SECTION, 0, "二章/丙。");
	expect(&x, "序", FA_REGION_SECTION, 0, "前。/序。");
}

static void
a_document_without_headings_is_one_section(void **state)
{
	struct areas x =
		read_as(*state, "甲。\n\n乙。\n\n丙。\n", FA_FORMAT_TEXT);

	expect(&x, "乙", FA_REGION_SECTION, 0, "甲。/乙。/丙。");
}

static void
the_document_is_everything(void **state)
{
	struct areas x =
		read_as(*state, "# 章\n\n甲。\n\n- 乙。\n", FA_FORMAT_MARKDOWN);

	expect(&x, "甲", FA_REGION_DOCUMENT, 0, "章/甲。/乙。");
}

static void
clauses_are_found_by_any_offset_in_them(void **state)
{
	struct areas x = read_as(*state, "好。甲,乙,丙。", FA_FORMAT_TEXT);
	const struct fa_doc *d = &x.r->doc;

	for (uint32_t i = 0; i < d->sentences_n; i++) {
		struct fa_range c = d->sentences[i].clauses;

		for (uint32_t k = c.from; k < c.to; k++)
			for (uint32_t end = d->clauses[k].from + 1;
				end <= d->clauses[k].to; end++)
				assert_int_equal(fa_scan_clause(d, i, end), k);
	}
	assert_int_equal(d->clauses_n, 4);
}

/* Regions of all sorts around each of many blocks: the answers that are kept
 * must be those that a fresh look gives. */
static void
kept_answers_equal_fresh_ones(void **state)
{
	struct rig *r = *state;
	struct areas x = read_as(r,
		"信息:\n\n- 甲。\n    - 内。\n        - 深。\n    - 里。\n"
		"- 乙。\n\n| 信息 | 用途 |\n|---|---|\n| 人脸 | 核验 |\n"
		"| 手机 | 登录 |\n\n1. 一。\n2. 二。\n\n后。\n",
		FA_FORMAT_MARKDOWN);

	for (uint32_t i = 0; i < r->doc.sentences_n; i++) {
		for (int k = 0; k < FA_REGION_COUNT; k++) {
			struct fa_area kept, fresh;
			struct fa_range clause = r->doc.sentences[i].text;
			struct fa_scan s = x.s;

			s.rows = fa_arena_new(
				&r->a, r->doc.blocks_n, sizeof(*s.rows));
			s.lists = fa_arena_new(
				&r->a, r->doc.blocks_n, sizeof(*s.lists));
			fa_scan_area(
				&kept, &x.s, (enum fa_region)k, 2, i, clause);
			fa_scan_area(
				&fresh, &s, (enum fa_region)k, 2, i, clause);
			assert_int_equal(kept.n, fresh.n);
			assert_memory_equal(kept.part, fresh.part,
				kept.n * sizeof(kept.part[0]));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(clause_and_sentence_are_themselves),
		RIG_TEST(
			near_counts_sentences_and_stops_at_the_ends_of_the_document),
		RIG_TEST(near_does_not_cross_a_section),
		RIG_TEST(
			the_block_of_an_item_has_the_sentence_that_heads_its_list),
		RIG_TEST(the_block_of_a_nested_item_has_the_heads_above_it),
		RIG_TEST(the_block_of_a_cell_is_its_row_and_its_header_cell),
		RIG_TEST(the_list_of_a_cell_is_the_whole_table),
		RIG_TEST(a_list_has_its_head_and_the_block_behind_it),
		RIG_TEST(outside_of_lists_the_list_region_is_the_block),
		RIG_TEST(an_outer_list_holds_the_inner_one_and_not_the_reverse),
		RIG_TEST(a_list_does_not_take_a_block_of_the_next_section),
		RIG_TEST(a_section_has_its_heading_and_its_subsections),
		RIG_TEST(a_document_without_headings_is_one_section),
		RIG_TEST(the_document_is_everything),
		RIG_TEST(clauses_are_found_by_any_offset_in_them),
		RIG_TEST(kept_answers_equal_fresh_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
