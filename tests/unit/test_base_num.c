#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/num.h"

static void
digits_are_a_number_up_to_the_maximum(void **state)
{
	uint64_t v = 5;

	(void)state;
	assert_true(fa_num_u64(FA_STR("0"), 0, &v));
	assert_int_equal(v, 0);
	assert_true(fa_num_u64(FA_STR("007"), 7, &v));
	assert_int_equal(v, 7);
	assert_true(fa_num_u64(FA_STR("18446744073709551615"), UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_true(fa_num_hex(FA_STR("fFfF"), 0xffff, &v));
	assert_int_equal(v, 0xffff);
}

static void
anything_else_is_refused_and_leaves_the_result_alone(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT(""), FA_STR_INIT(" 1"),
		FA_STR_INIT("1 "), FA_STR_INIT("+1"), FA_STR_INIT("-1"),
		FA_STR_INIT("1a"), FA_STR_INIT("0x1"), FA_STR_INIT("１"),
		FA_STR_INIT("18446744073709551616"),
		FA_STR_INIT("99999999999999999999999999") };
	uint64_t v = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(fa_num_u64(bad[i], UINT64_MAX, &v));
	assert_false(fa_num_u64(FA_STR("8"), 7, &v));
	assert_false(fa_num_u64(FA_STR("1"), 0, &v));
	assert_false(fa_num_hex(FA_STR("g"), 99, &v));
	assert_false(fa_num_hex(FA_STR("10000000000000000"), UINT64_MAX, &v));
	assert_false(fa_num_u64(FA_STR_NONE, 7, &v));
	assert_int_equal(v, 5);
}

static void
sums_and_products_that_overflow_are_refused(void **state)
{
	size_t v = 5;

	(void)state;
	assert_false(fa_num_add(SIZE_MAX, 1, &v));
	assert_false(fa_num_mul(SIZE_MAX / 2 + 1, 2, &v));
	assert_int_equal(v, 5);
	assert_true(fa_num_add(SIZE_MAX - 1, 1, &v));
	assert_true(v == SIZE_MAX);
	assert_true(fa_num_mul(0, SIZE_MAX, &v));
	assert_int_equal(v, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_a_number_up_to_the_maximum),
		cmocka_unit_test(
			anything_else_is_refused_and_leaves_the_result_alone),
		cmocka_unit_test(sums_and_products_that_overflow_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
