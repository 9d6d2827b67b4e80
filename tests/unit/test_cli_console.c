/* Colour, width, status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "cli/console.h"

static void
worse_status_wins_in_the_documented_order(void **state)
{
	static const enum fa_exit order[] = { FA_EXIT_CLEAN, FA_EXIT_INCOMPLETE,
		FA_EXIT_FINDINGS, FA_EXIT_ERROR, FA_EXIT_EVIDENCE,
		FA_EXIT_AGAIN, FA_EXIT_INTERRUPTED };
	size_t i, j;

	(void)state;
	for (i = 0; i < FA_COUNT(order); i++)
		for (j = 0; j < FA_COUNT(order); j++)
			assert_int_equal(fa_exit_worse(order[i], order[j]),
				order[i > j ? i : j]);
}

static void
colour_can_be_forced_and_forbidden(void **state)
{
	struct fa_console c;
	struct fa_err err;

	(void)state;
	fa_console_init(&c);
	setenv("NO_COLOR", "1", 1);
	assert_false(fa_console_colors(&c));
	assert_int_equal(fa_color_parse(&c.color, "always", &err), 0);
	assert_true(fa_console_colors(&c));
	assert_int_equal(fa_color_parse(&c.color, "never", &err), 0);
	unsetenv("NO_COLOR");
	assert_false(fa_console_colors(&c));
	assert_int_equal(fa_color_parse(&c.color, "maybe", &err), FA_E_USAGE);
	assert_int_equal(c.color, FA_COLOR_NEVER);
}

static void
width_comes_from_columns_within_limits(void **state)
{
	(void)state;
	setenv("COLUMNS", "100", 1);
	assert_int_equal(fa_console_columns(), 100);
	setenv("COLUMNS", "3", 1);
	assert_int_equal(fa_console_columns(), FA_CLI_COLUMNS_MIN);
	setenv("COLUMNS", "9999", 1);
	assert_int_equal(fa_console_columns(), FA_CLI_COLUMNS_MAX);
	unsetenv("COLUMNS");
}

static void
only_two_languages_are_known(void **state)
{
	enum fa_cli_lang lang = FA_CLI_ZH;
	struct fa_err err;

	(void)state;
	assert_int_equal(fa_cli_lang_parse(&lang, "en", &err), 0);
	assert_int_equal(lang, FA_CLI_EN);
	assert_int_equal(fa_cli_lang_parse(&lang, "de", &err), FA_E_USAGE);
	assert_int_equal(lang, FA_CLI_EN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worse_status_wins_in_the_documented_order),
		cmocka_unit_test(colour_can_be_forced_and_forbidden),
		cmocka_unit_test(width_comes_from_columns_within_limits),
		cmocka_unit_test(only_two_languages_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
