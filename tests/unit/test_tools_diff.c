#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tools/diffing.h"

static void
times_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *word;
		int64_t ms;
	} known[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-21T08:00:00Z", 1795248000000 },
		{ "2026-11-21T08:00:00.5Z", 1795248000500 },
		{ "2026-11-21T08:00:00.123Z", 1795248000123 },
		{ "2026-11-21T16:00:00+08:00", 1795248000000 },
		{ "2026-11-21T03:30:00-04:30", 1795248000000 },
		/* The end of the day in China. */
		{ "2026-11-21", 1795276799999 },
		{ "2000-02-29T00:00:00Z", 951782400000 },
		{ "1969-12-31T23:59:59Z", -1000 },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(known); i++) {
		struct fa_err err;
		int64_t ms = 7;

		assert_int_equal(fa_diffing_time(&ms, known[i].word, &err), 0);
		assert_true(ms == known[i].ms);
	}
}

static void
other_words_are_no_times(void **state)
{
	static const char *const words[] = { "", "yesterday", "2026-02-30",
		"2026-11-21 08:00:00Z", "2026-11-21T", "2026-11-21T08:00Z",
		"2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z",
		"2026-11-21T08:00:00", "2026-11-21T08:00:00.Z",
		"2026-11-21T08:00:00.1234Z", "2026-11-21T08:00:00+0800",
		"2026-11-21T08:00:00+24:00", "2026-11-21T08:00:00Zx",
		"2026-11-210", "20261121" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(words); i++) {
		struct fa_err err;
		int64_t ms = 7;

		assert_int_equal(
			fa_diffing_time(&ms, words[i], &err), FA_E_USAGE);
		assert_int_equal(ms, 7);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_as_people_write_them),
		cmocka_unit_test(other_words_are_no_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
