#include "unit/fixture_diff.h"

static void
a_text_compared_with_itself_has_no_difference(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "甲。|乙。|乙。|丙。", "甲。|乙。|乙。|丙。");
	fixture_rows(&f.d, "====");
	assert_int_equal(f.d.script, 0);
	assert_true(f.d.minimal);
	fixture_diff_close(&f);
	fixture_diff_open(&f, "", "");
	fixture_rows(&f.d, "");
	fixture_diff_close(&f);
}

static void
one_empty_side_is_all_added_or_removed(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "", "甲。|乙。");
	fixture_rows(&f.d, "++");
	fixture_diff_close(&f);
	fixture_diff_open(&f, "甲。|乙。", "");
	fixture_rows(&f.d, "--");
	fixture_diff_close(&f);
}

static void
a_clause_in_other_words_is_reworded_in_its_place(void **state)
{
	struct fixture_diff f;
	const struct fa_diff_row *r;

	(void)state;
	fixture_diff_open(&f, "开头一句话。|我们保存您的人脸信息30日。|结尾。",
		"开头一句话。|我们保存您的人脸信息180日。|结尾。");
	fixture_rows(&f.d, "=r=");
	r = &f.d.rows[1];
	/* The number is one unit: 30 becomes 180. */
	assert_int_equal(r->runs_n, 3);
	assert_false(r->runs[1].same);
	assert_int_equal(r->runs[1].a.to - r->runs[1].a.from, 2);
	assert_int_equal(r->runs[1].b.to - r->runs[1].b.from, 3);
	assert_int_equal(f.d.chars_deleted, 2);
	assert_int_equal(f.d.chars_inserted, 3);
	fixture_diff_close(&f);
}

static void
an_equal_run_of_two_characters_joins_the_changes_around_it(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "同一段文字甲乙丙丁同一段文字。",
		"同一段文字子乙丙寅同一段文字。");
	fixture_rows(&f.d, "r");
	assert_int_equal(f.d.rows[0].runs_n, 3);
	fixture_diff_close(&f);
	fixture_diff_open(&f, "同一段文字甲乙丙戊丁同一段文字。",
		"同一段文字子乙丙戊寅同一段文字。");
	assert_int_equal(f.d.rows[0].runs_n, 5);
	fixture_diff_close(&f);
	/* At either end of the clause it stays. */
	fixture_diff_open(&f, "同一甲同一段文字。", "同一子同一段文字。");
	assert_true(f.d.rows[0].runs[0].same);
	fixture_diff_close(&f);
}

static void
equal_words_elsewhere_are_a_move(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "我们会移动到后面。|一一。|二二。|三三。",
		"一一。|二二。|三三。|我们会移动到后面。");
	fixture_rows(&f.d, "M<===M>");
	assert_int_equal(f.d.counts[FA_DIFF_MOVED], 1);
	assert_int_equal(f.d.script, 2);
	fixture_diff_close(&f);
}

static void
short_words_do_not_move(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "是。|一一。|二二。", "一一。|二二。|是。");
	fixture_rows(&f.d, "-==+");
	fixture_diff_close(&f);
}

static void
similar_words_elsewhere_are_reworded_and_moved(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f,
		"我们收集您的面部识别特征用于登录。|一一。|二二。|三三。",
		"一一。|二二。|三三。|我们收集您的面部识别特征用于支付。");
	fixture_rows(&f.d, "R<===R>");
	assert_int_equal(f.d.moved, 1);
	fixture_diff_close(&f);
}

static void
what_differs_only_in_how_it_is_written_is_the_same(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "ABC=ＡＢＣ|乙。", "ABC=ABC|乙。");
	fixture_rows(&f.d, "==");
	assert_true(f.d.rows[0].retyped);
	assert_false(f.d.rows[1].retyped);
	assert_int_equal(f.d.retyped, 1);
	fixture_diff_close(&f);
}

static void
pairs_in_one_place_ascend_and_are_the_most_alike(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f,
		"始。|第一条关于收集人脸信息的规定甲。|"
		"第二条关于保存期限的规定乙。|终。",
		"始。|新加的一句无关内容在此处。|"
		"第一条关于收集人脸信息的规定子。|"
		"第二条关于保存期限的规定丑。|终。");
	fixture_rows(&f.d, "=+rr=");
	fixture_diff_close(&f);
}

/* A small generator: the same numbers everywhere. */
static uint32_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Clauses of kinds different words. */
static struct fa_diff_clauses
random_clauses(uint64_t *seed, size_t n, uint32_t kinds, struct fa_arena *a)
{
	struct fa_diff_clause *at = fa_arena_new(a, n, sizeof(*at));

	assert_non_null(at);
	for (size_t i = 0; i < n; i++) {
		char *p = fa_arena_new(a, 9, 1);
		uint32_t k = next(seed) % kinds;

		assert_non_null(p);
		for (int c = 0; c < 8; c++)
			p[c] = (char)('a' + (k >> (3 * (c % 4)) & 7));
		at[i].key = at[i].text = (struct fa_str){ p, 8 };
	}
	return (struct fa_diff_clauses){ at, n };
}

static size_t
longest_common(struct fa_diff_clauses a, struct fa_diff_clauses b)
{
	size_t *row = calloc(b.n + 1, sizeof(*row)), best;

	assert_non_null(row);
	for (size_t i = 0; i < a.n; i++) {
		size_t before = 0;

		for (size_t j = 0; j < b.n; j++) {
			size_t up = row[j + 1];

			row[j + 1] = fa_str_eq(a.at[i].key, b.at[j].key)
				? before + 1
				: row[j] > up ? row[j]
					      : up;
			before = up;
		}
	}
	best = row[b.n];
	free(row);
	return best;
}

static void
scripts_are_as_short_as_can_be(void **state)
{
	uint64_t seed = 7;
	struct fa_err err;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct fa_arena a;
		struct fa_diff d;
		struct fa_diff_clauses x, y;

		fa_arena_init(&a, (size_t)1 << 30);
		x = random_clauses(
			&seed, next(&seed) % 60, 1 + next(&seed) % 40, &a);
		y = random_clauses(
			&seed, next(&seed) % 60, 1 + next(&seed) % 40, &a);
		assert_int_equal(fa_diff(&d, x, y, &a, &err), 0);
		fixture_check(&d);
		assert_true(d.minimal);
		assert_int_equal(
			d.script, x.n + y.n - 2 * longest_common(x, y));
		fa_arena_done(&a);
	}
}

static void
beyond_the_bound_both_sides_are_whole_and_it_is_said(void **state)
{
	uint64_t seed = 11;
	struct fa_arena a;
	struct fa_diff d;
	struct fa_err err;
	struct fa_diff_clauses x, y;

	(void)state;
	/* Few words in any order: no anchors, and far from each other. */
	fa_arena_init(&a, (size_t)2 << 30);
	x = random_clauses(&seed, 20000, 6, &a);
	y = random_clauses(&seed, 20000, 6, &a);
	assert_int_equal(fa_diff(&d, x, y, &a, &err), 0);
	fixture_check(&d);
	assert_false(d.minimal);
	/* Still far better than nothing in common. */
	assert_true(d.counts[FA_DIFF_SAME] > 5000);
	fa_arena_done(&a);
}

static void
large_blocks_that_change_places_keep_their_order(void **state)
{
	struct fa_arena a;
	struct fa_diff_clause *x, *y;
	struct fa_diff d;
	struct fa_err err;
	const size_t n = 12000;

	(void)state;
	fa_arena_init(&a, (size_t)2 << 30);
	x = fa_arena_new(&a, n, sizeof(*x));
	y = fa_arena_new(&a, n, sizeof(*y));
	for (size_t i = 0; i < n; i++) {
		char *p = fa_arena_new(&a, 16, 1);

		(void)snprintf(p, 16, "clause %07zu", i);
		x[i].key = x[i].text = fa_str_c(p);
		y[(i + n / 2) % n] = x[i];
	}
	assert_int_equal(fa_diff(&d, (struct fa_diff_clauses){ x, n },
				 (struct fa_diff_clauses){ y, n }, &a, &err),
		0);
	fixture_check(&d);
	assert_int_equal(d.counts[FA_DIFF_SAME], n / 2);
	assert_int_equal(d.counts[FA_DIFF_MOVED], n / 2);
	fa_arena_done(&a);
}

static void
memory_that_runs_out_is_an_error_and_leaves_the_result(void **state)
{
	struct fa_arena full, a;
	struct fa_err err;
	struct fa_diff d = { .script = 77 };
	struct fa_diff_clauses x;

	(void)state;
	fa_arena_init(&a, 1u << 20);
	fa_arena_init(&full, 64);
	x = fixture_clauses("甲。|乙。|丙。|丁。|戊。", &a);
	assert_int_equal(fa_diff(&d, x, x, &full, &err), FA_E_NOMEM);
	assert_int_equal(d.script, 77);
	fa_arena_done(&full);
	fa_arena_done(&a);
}

static void
bytes_that_are_no_utf8_are_compared_and_kept(void **state)
{
	struct fixture_diff f;

	(void)state;
	fixture_diff_open(&f, "\xff\xfe 同一段文字。", "\xff\xfd 同一段文字。");
	fixture_rows(&f.d, "r");
	fixture_diff_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_compared_with_itself_has_no_difference),
		cmocka_unit_test(one_empty_side_is_all_added_or_removed),
		cmocka_unit_test(
			a_clause_in_other_words_is_reworded_in_its_place),
		cmocka_unit_test(
			an_equal_run_of_two_characters_joins_the_changes_around_it),
		cmocka_unit_test(equal_words_elsewhere_are_a_move),
		cmocka_unit_test(short_words_do_not_move),
		cmocka_unit_test(
			similar_words_elsewhere_are_reworded_and_moved),
		cmocka_unit_test(
			what_differs_only_in_how_it_is_written_is_the_same),
		cmocka_unit_test(
			pairs_in_one_place_ascend_and_are_the_most_alike),
		cmocka_unit_test(scripts_are_as_short_as_can_be),
		cmocka_unit_test(
			beyond_the_bound_both_sides_are_whole_and_it_is_said),
		cmocka_unit_test(
			large_blocks_that_change_places_keep_their_order),
		cmocka_unit_test(
			memory_that_runs_out_is_an_error_and_leaves_the_result),
		cmocka_unit_test(bytes_that_are_no_utf8_are_compared_and_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
