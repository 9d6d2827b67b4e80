#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void
every_code_point_survives_writing_and_reading(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char out[4];
		size_t n = fa_utf8_put(cp, out);
		uint32_t back = 0;

		if (fa_utf8_next((struct fa_str){ out, n }, &back) != n)
			fail_msg("U+%04X", (unsigned)cp);
		if (back != (cp >= 0xd800 && cp <= 0xdfff ? 0xfffd : cp))
			fail_msg("U+%04X", (unsigned)cp);
	}
}

static void
one_bad_byte_costs_one_character(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT("\x80"),
		FA_STR_INIT("\xc0\x80"), FA_STR_INIT("\xc1\xbf"),
		FA_STR_INIT("\xe0\x9f\xbf"), FA_STR_INIT("\xed\xa0\x80"),
		FA_STR_INIT("\xf0\x8f\xbf\xbf"),
		FA_STR_INIT("\xf4\x90\x80\x80"), FA_STR_INIT("\xff"),
		FA_STR_INIT("\xe8\x84"),
		FA_STR_INIT("\xe8"
			    "a") };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t cp = 0;

		assert_int_equal(fa_utf8_next(bad[i], &cp), 1);
		assert_int_equal(cp, FA_RUNE_BAD);
		assert_false(fa_utf8_valid(bad[i]));
		assert_int_equal(fa_utf8_count(bad[i]), bad[i].n);
	}
	assert_true(fa_utf8_valid(FA_STR("a脸𠀀\xef\xbf\xbd")));
	assert_true(fa_utf8_valid(FA_STR_NONE));
	assert_int_equal(fa_utf8_count(FA_STR("a脸𠀀")), 3);
}

static void
widths_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(fa_utf8_columns(FA_STR("a脸：，ｱ")), 8);
	for (uint32_t cp = 1; cp < 0x30000; cp++) {
		char out[4];
		struct fa_str s = { out, fa_utf8_put(cp, out) };

		if (fa_utf8_columns(s) != (size_t)fa_utf8_width(cp) &&
			(cp < 0xd800 || cp > 0xdfff))
			fail_msg("U+%04X", (unsigned)cp);
	}
	assert_int_equal(fa_utf8_width(0x301), 0);
	assert_int_equal(fa_utf8_width(0x200b), 0);
	assert_int_equal(fa_utf8_width('\n'), 0);
	assert_int_equal(fa_utf8_width(0x1f600), 2);
	assert_int_equal(fa_utf8_width(0x110000), 0);
}

static void
kinds_of_characters_are_told_apart(void **state)
{
	(void)state;
	assert_true(fa_rune_is_han(0x8138));
	assert_true(fa_rune_is_han(0x20000));
	assert_true(fa_rune_is_han(0x3007));
	assert_false(fa_rune_is_han(0x3042));
	assert_false(fa_rune_is_han(0x3002));
	assert_true(fa_rune_is_cjk(0x3042));
	assert_true(fa_rune_is_cjk(0x3002));
	assert_true(fa_rune_is_cjk(0xff0c));
	assert_false(fa_rune_is_cjk(0x3000));
	assert_false(fa_rune_is_cjk(0x201c));
	assert_false(fa_rune_is_cjk(0xac00));
	assert_true(fa_rune_is_space(0x3000));
	assert_true(fa_rune_is_space(0xa0));
	assert_false(fa_rune_is_space(0x200b));
	assert_true(fa_rune_is_ignorable(0x200b));
	assert_true(fa_rune_is_ignorable(0xe0041));
	assert_true(fa_rune_is_ignorable(0x1b));
	assert_false(fa_rune_is_ignorable('\t'));
	assert_false(fa_rune_is_ignorable(0x3000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_writing_and_reading),
		cmocka_unit_test(one_bad_byte_costs_one_character),
		cmocka_unit_test(widths_are_those_of_a_terminal),
		cmocka_unit_test(kinds_of_characters_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
