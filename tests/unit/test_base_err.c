#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

static void
fail_returns_its_code_and_keeps_the_message(void **state)
{
	struct fa_err err = { 0 };

	(void)state;
	assert_int_equal(
		fa_fail(&err, FA_E_LIMIT, "%d of %s", 7, "x"), FA_E_LIMIT);
	assert_int_equal(err.rc, FA_E_LIMIT);
	assert_string_equal(err.msg, "7 of x");
}

static void
fail_without_a_struct_returns_its_code(void **state)
{
	(void)state;
	assert_int_equal(fa_fail(NULL, FA_E_IO, "gone"), FA_E_IO);
}

static void
an_old_message_can_be_part_of_the_new_one(void **state)
{
	struct fa_err err = { 0 };

	(void)state;
	(void)fa_fail(&err, FA_E_INPUT, "inner");
	(void)fa_fail(&err, FA_E_INPUT, "outer: %s", err.msg);
	assert_string_equal(err.msg, "outer: inner");
}

static void
a_long_message_is_cut_at_a_code_point(void **state)
{
	char text[3 * FA_ERR_MSG_BYTES];
	struct fa_err err = { 0 };

	(void)state;
	for (int shift = 0; shift < 3; shift++) {
		size_t at = 0;

		while (at < (size_t)shift)
			text[at++] = 'x';
		while (at + 3 < sizeof(text)) {
			memcpy(text + at, "脸", 3);
			at += 3;
		}
		text[at] = '\0';
		(void)fa_fail(&err, FA_E_INPUT, "%s", text);
		assert_true(fa_utf8_valid(fa_str_c(err.msg)));
		assert_true(strlen(err.msg) > FA_ERR_MSG_BYTES - 5);
		assert_null(strchr(err.msg, '?'));
	}
}

static void
a_message_cannot_move_the_cursor_or_break_the_line(void **state)
{
	struct fa_err err = { 0 };

	(void)state;
	(void)fa_fail(&err, FA_E_INPUT, "%s",
		"a\x1b[2Jb\nc\x7f\xc2\x9b"
		"d\xe2\x80\xae"
		"e\xff"
		"f脸");
	assert_string_equal(err.msg, "a?[2Jb c??d?e?f脸");
}

static void
every_code_has_a_name(void **state)
{
	(void)state;
	for (int rc = FA_E_INTERRUPTED; rc <= FA_OK; rc++)
		assert_string_not_equal(fa_rc_name(rc), "unknown");
	assert_string_equal(fa_rc_name(1), "unknown");
	assert_string_equal(fa_rc_name(FA_E_INPUT), "input");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fail_returns_its_code_and_keeps_the_message),
		cmocka_unit_test(fail_without_a_struct_returns_its_code),
		cmocka_unit_test(an_old_message_can_be_part_of_the_new_one),
		cmocka_unit_test(a_long_message_is_cut_at_a_code_point),
		cmocka_unit_test(
			a_message_cannot_move_the_cursor_or_break_the_line),
		cmocka_unit_test(every_code_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
