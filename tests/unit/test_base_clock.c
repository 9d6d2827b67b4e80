#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/clock.h"

static void
dates_of_the_calendar_are_accepted_and_others_not(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT("2025-02-29"),
		FA_STR_INIT("1900-02-29"), FA_STR_INIT("2025-13-01"),
		FA_STR_INIT("2025-00-01"), FA_STR_INIT("2025-01-00"),
		FA_STR_INIT("2025-04-31"), FA_STR_INIT("0000-01-01"),
		FA_STR_INIT("2025-1-01"), FA_STR_INIT("2025/01/01"),
		FA_STR_INIT("2025-01-01 "), FA_STR_INIT("") };
	int32_t date = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(fa_date_parse(bad[i], &date));
	assert_int_equal(date, 7);
	assert_true(fa_date_parse(FA_STR("2025-06-01"), &date));
	assert_int_equal(date, 20250601);
	assert_true(fa_date_parse(FA_STR("2000-02-29"), &date));
	assert_int_equal(date, 20000229);
}

static void
the_day_in_china_begins_eight_hours_early(void **state)
{
	(void)state;
	assert_int_equal(fa_date_of_ms(0), 19700101);
	assert_int_equal(fa_date_of_ms(INT64_C(1748707199999)), 20250531);
	assert_int_equal(fa_date_of_ms(INT64_C(1748707200000)), 20250601);
	assert_int_equal(fa_date_of_ms(-1), 19700101);
	assert_int_equal(fa_date_of_ms(-INT64_C(28800001)), 19691231);
}

static void
every_day_of_four_centuries_follows_the_one_before(void **state)
{
	int32_t before = fa_date_of_ms(-INT64_C(28800000) - 86400000);

	(void)state;
	for (int64_t day = 0; day < 146097; day++) {
		char text[FA_DATE_BYTES];
		int32_t date = fa_date_of_ms(day * 86400000 - 28800000);
		int32_t back = 0;

		assert_true(date > before);
		fa_date_format(date, text);
		assert_true(fa_date_parse(fa_str_c(text), &back));
		assert_int_equal(back, date);
		before = date;
	}
	assert_int_equal(before, 23691231);
}

static void
times_are_written_in_utc(void **state)
{
	char text[FA_TIME_BYTES];

	(void)state;
	fa_time_format(INT64_C(1748707199987), text);
	assert_string_equal(text, "2025-05-31T15:59:59.987Z");
	fa_time_format(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59.999Z");
	fa_time_format(INT64_MAX, text);
	assert_string_equal(text, "9999-12-31T23:59:59.999Z");
	fa_time_format(INT64_MIN, text);
	assert_string_equal(text, "0001-01-01T00:00:00.000Z");
}

static void
clocks_can_be_fixed(void **state)
{
	const int64_t ms = 1234;

	(void)state;
	assert_int_equal(fa_clock_now(fa_clock_fixed(&ms)), 1234);
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
	assert_int_equal(
		fa_clock_now(fa_clock_system()), INT64_C(1700000000000));
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", "soon", 1), 0);
	assert_true(fa_clock_now(fa_clock_system()) > INT64_C(1700000000000));
	assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			dates_of_the_calendar_are_accepted_and_others_not),
		cmocka_unit_test(the_day_in_china_begins_eight_hours_early),
		cmocka_unit_test(
			every_day_of_four_centuries_follows_the_one_before),
		cmocka_unit_test(times_are_written_in_utc),
		cmocka_unit_test(clocks_can_be_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
