#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <utf8proc.h>

#include "base/utf8.h"

#define TEXT_BYTES 1024

/* Folds a whole text, character by character. */
static size_t
fold(const char *z, char out[TEXT_BYTES])
{
	struct fa_str s = fa_str_c(z);
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		char part[FA_FOLD_RUNES * 4];
		size_t bytes;
		uint32_t cp;

		i += fa_utf8_next(fa_str_sub(s, i, s.n), &cp);
		bytes = fa_rune_fold(cp, part);
		assert_true(n + bytes < TEXT_BYTES);
		memcpy(out + n, part, bytes);
		n += bytes;
	}
	out[n] = '\0';
	return n;
}

static void
check(const char *from, const char *to)
{
	char out[TEXT_BYTES];

	(void)fold(from, out);
	assert_string_equal(out, to);
}

static void
full_width_forms_become_ascii(void **state)
{
	(void)state;
	check("ＡＢｃ１２％：，；（）！？　", "ABc12%:,;()!? ");
}

static void
chinese_punctuation_and_curly_quotes_stay(void **state)
{
	(void)state;
	check("。、《》「」“”‘’", "。、《》「」“”‘’");
}

static void
radicals_become_ordinary_characters(void **state)
{
	(void)state;
	check("⼈⽉⾨", "人月门");
	check("⻔⻚⻅⻋⻛⺠⻄⻓⻰⻩", "门页见车风民西长龙黄");
}

static void
traditional_characters_become_simplified(void **state)
{
	(void)state;
	check("人臉識別資訊帳號隱私權", "人脸识别资讯账号隐私权");
	check("帐号账号", "账号账号");
	check("𠁞", "𠀾");
}

static void
simplified_text_stays_as_it_is(void **state)
{
	static const char text[] =
		"您可以拒绝人脸识别，改用其他合理方式登录。着重提示";

	(void)state;
	check(text, "您可以拒绝人脸识别,改用其他合理方式登录。着重提示");
}

static void
words_are_not_replaced(void **state)
{
	(void)state;
	check("其它登陆", "其它登陆");
}

static void
invisible_characters_vanish(void **state)
{
	(void)state;
	check("人\u200b脸\ufeff识\u00ad别\u2060\ufe0f", "人脸识别");
}

static void
a_long_decomposition_fits(void **state)
{
	char out[FA_FOLD_RUNES * 4];

	(void)state;
	assert_true(fa_rune_fold(0xfdfa, out) > 30);
	assert_int_equal(fa_rune_fold(0xd800, out), 3);
	assert_int_equal(fa_rune_fold(UINT32_MAX, out), 3);
}

static void
folding_gives_valid_text_and_twice_is_once(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char utf8[5] = { 0 };
		char once[TEXT_BYTES];
		char twice[TEXT_BYTES];

		if (cp == 0 || (cp >= 0xac00 && cp <= 0xdfff))
			continue;
		(void)fa_utf8_put(cp, utf8);
		(void)fold(utf8, once);
		(void)fold(once, twice);
		if (strcmp(once, twice) != 0 || !fa_utf8_valid(fa_str_c(once)))
			fail_msg("U+%04X", (unsigned)cp);
	}
}

/* What we leave to NFKC must be what utf8proc says for
 * the character as a text of its own. */
static void
outside_of_han_folding_is_nfkc(void **state)
{
	(void)state;
	for (uint32_t cp = 0x80; cp < 0x2e80; cp++) {
		utf8proc_uint8_t utf8[5] = { 0 };
		char out[TEXT_BYTES];
		utf8proc_uint8_t *nfkc;

		if (fa_rune_is_ignorable(cp))
			continue;
		(void)fa_utf8_put(cp, (char *)utf8);
		nfkc = utf8proc_NFKC(utf8);
		assert_non_null(nfkc);
		(void)fold((const char *)utf8, out);
		if (strcmp((const char *)nfkc, out) != 0)
			fail_msg("U+%04X", (unsigned)cp);
		free(nfkc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_width_forms_become_ascii),
		cmocka_unit_test(chinese_punctuation_and_curly_quotes_stay),
		cmocka_unit_test(radicals_become_ordinary_characters),
		cmocka_unit_test(traditional_characters_become_simplified),
		cmocka_unit_test(simplified_text_stays_as_it_is),
		cmocka_unit_test(words_are_not_replaced),
		cmocka_unit_test(invisible_characters_vanish),
		cmocka_unit_test(a_long_decomposition_fits),
		cmocka_unit_test(folding_gives_valid_text_and_twice_is_once),
		cmocka_unit_test(outside_of_han_folding_is_nfkc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
