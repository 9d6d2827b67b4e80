#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/plain.h"
#include "base/utf8.h"

static bool
is_plain(uint32_t cp)
{
	char utf8[4];

	if (fa_utf8_put(cp, utf8) != 3)
		return false;
	return fa_plain_is((uint32_t)(unsigned char)utf8[0] |
		(uint32_t)(unsigned char)utf8[1] << 8 |
		(uint32_t)(unsigned char)utf8[2] << 16 | 0xff000000u);
}

static bool
folds_to_itself(uint32_t cp)
{
	char out[FA_FOLD_RUNES * 4];
	char utf8[4];
	size_t n = fa_utf8_put(cp, utf8);

	return fa_rune_fold(cp, out) == n && memcmp(out, utf8, n) == 0;
}

static void
plain_characters_stay_what_they_are(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x10000; cp++) {
		bool han = cp >= 0x4000 && cp <= 0x9fff;

		if (!is_plain(cp))
			continue;
		if (!folds_to_itself(cp) || fa_rune_is_space(cp) ||
			fa_rune_is_ignorable(cp) || cp == FA_RUNE_BAD)
			fail_msg("U+%04X is not plain", (unsigned)cp);
		if (fa_rune_is_han(cp) != han)
			fail_msg("U+%04X is Han or not", (unsigned)cp);
	}
}

static void
nearly_all_simplified_characters_are_plain(void **state)
{
	(void)state;
	for (uint32_t cp = 0x4e00; cp <= 0x9fff; cp++) {
		bool other = cp == 0x9646 || cp == 0x5b83 || cp >= 0x9ffd;

		if (!other && is_plain(cp) != folds_to_itself(cp))
			fail_msg("U+%04X", (unsigned)cp);
	}
	assert_true(is_plain(0x3001) && is_plain(0x3002) && is_plain(0x201c));
}

static void
characters_that_hang_on_their_surroundings_are_not_plain(void **state)
{
	(void)state;
	assert_false(is_plain(0x9646) || is_plain(0x5b83));
	assert_false(is_plain(0xfffd) || is_plain(0x20ac));
	assert_false(is_plain(0x3000) || is_plain(0x200b) || is_plain(0xff0c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_characters_stay_what_they_are),
		cmocka_unit_test(nearly_all_simplified_characters_are_plain),
		cmocka_unit_test(
			characters_that_hang_on_their_surroundings_are_not_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
