#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void
slices_compare_by_bytes_and_then_length(void **state)
{
	(void)state;
	assert_true(fa_str_eq(FA_STR("人脸"), FA_STR("人脸")));
	assert_true(fa_str_eq(FA_STR_NONE, FA_STR("")));
	assert_false(fa_str_eq(FA_STR("a"), FA_STR("ab")));
	assert_true(fa_str_cmp(FA_STR("a"), FA_STR("ab")) < 0);
	assert_true(fa_str_cmp(FA_STR("b"), FA_STR("ab")) > 0);
	assert_true(fa_str_cmp(FA_STR("\xff"), FA_STR("a")) > 0);
	assert_int_equal(fa_str_cmp(FA_STR_NONE, FA_STR("")), 0);
}

static void
a_part_is_clamped_to_its_slice(void **state)
{
	struct fa_str s = FA_STR("abcdef");

	(void)state;
	assert_true(fa_str_eq(fa_str_sub(s, 1, 3), FA_STR("bc")));
	assert_int_equal(fa_str_sub(s, 4, 99).n, 2);
	assert_int_equal(fa_str_sub(s, 99, 100).n, 0);
	assert_int_equal(fa_str_sub(s, 3, 2).n, 0);
	assert_null(fa_str_sub(FA_STR_NONE, 1, 2).p);
}

static void
find_gives_the_first_place_at_or_after_from(void **state)
{
	struct fa_str s = FA_STR("人脸与人脸");

	(void)state;
	assert_int_equal(fa_str_find(s, FA_STR("人脸"), 0), 0);
	assert_int_equal(fa_str_find(s, FA_STR("人脸"), 1), 9);
	assert_true(fa_str_find(s, FA_STR("人脸"), 10) == SIZE_MAX);
	assert_true(fa_str_find(s, FA_STR("指纹"), 0) == SIZE_MAX);
	assert_int_equal(fa_str_find(s, FA_STR(""), 15), 15);
	assert_true(fa_str_find(s, FA_STR(""), 16) == SIZE_MAX);
	assert_int_equal(fa_str_find(FA_STR("aaab"), FA_STR("aab"), 0), 1);
	assert_true(fa_str_find(FA_STR_NONE, FA_STR("a"), 0) == SIZE_MAX);
}

static void
cut_takes_fields_until_the_rest_is_absent(void **state)
{
	struct fa_str rest = FA_STR("a,,b");

	(void)state;
	assert_true(fa_str_eq(fa_str_cut(&rest, ','), FA_STR("a")));
	assert_true(fa_str_eq(fa_str_cut(&rest, ','), FA_STR("")));
	assert_true(fa_str_eq(fa_str_cut(&rest, ','), FA_STR("b")));
	assert_null(rest.p);
	rest = FA_STR("a,");
	(void)fa_str_cut(&rest, ',');
	assert_non_null(rest.p);
	assert_int_equal(rest.n, 0);
}

static void
trim_and_case_know_ascii_only(void **state)
{
	(void)state;
	assert_true(fa_str_eq(
		fa_str_trim(FA_STR(" \t\r\n\f\va b ")), FA_STR("a b")));
	assert_int_equal(fa_str_trim(FA_STR("   ")).n, 0);
	assert_true(fa_str_ieq(FA_STR("SDK脸"), FA_STR("sdk脸")));
	assert_false(fa_str_ieq(FA_STR("@"), FA_STR("`")));
	assert_false(fa_str_ieq(FA_STR("É"), FA_STR("é")));
}

static void
starts_and_ends_accept_the_empty_slice(void **state)
{
	(void)state;
	assert_true(fa_str_starts(FA_STR("ab"), FA_STR("a")));
	assert_false(fa_str_starts(FA_STR("a"), FA_STR("ab")));
	assert_true(fa_str_ends(FA_STR("ab"), FA_STR("b")));
	assert_false(fa_str_ends(FA_STR("b"), FA_STR("ab")));
	assert_true(fa_str_starts(FA_STR_NONE, FA_STR_NONE));
	assert_true(fa_str_ends(FA_STR("a"), FA_STR("")));
	assert_null(fa_str_c(NULL).p);
}

static void
search_gives_the_index_or_the_count(void **state)
{
	static const struct {
		int n;
		struct fa_str id;
	} items[] = { { 7, FA_STR_INIT("a") }, { 8, FA_STR_INIT("ab") },
		{ 9, FA_STR_INIT("c") } };
	size_t size = sizeof(items[0]);
	size_t at =
		(size_t)((const char *)&items[0].id - (const char *)&items[0]);

	(void)state;
	assert_int_equal(fa_str_search(items, 3, size, at, FA_STR("a")), 0);
	assert_int_equal(fa_str_search(items, 3, size, at, FA_STR("ab")), 1);
	assert_int_equal(fa_str_search(items, 3, size, at, FA_STR("c")), 2);
	assert_int_equal(fa_str_search(items, 3, size, at, FA_STR("b")), 3);
	assert_int_equal(fa_str_search(items, 3, size, at, FA_STR("")), 3);
	assert_int_equal(fa_str_search(items, 2, size, at, FA_STR("c")), 2);
	assert_int_equal(fa_str_search(NULL, 0, size, at, FA_STR("a")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare_by_bytes_and_then_length),
		cmocka_unit_test(a_part_is_clamped_to_its_slice),
		cmocka_unit_test(find_gives_the_first_place_at_or_after_from),
		cmocka_unit_test(cut_takes_fields_until_the_rest_is_absent),
		cmocka_unit_test(trim_and_case_know_ascii_only),
		cmocka_unit_test(starts_and_ends_accept_the_empty_slice),
		cmocka_unit_test(search_gives_the_index_or_the_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
