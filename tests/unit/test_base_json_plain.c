/* Blocks at once pass what characters one by one pass, and stop where those
 * stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_plain.h"
#include "base/utf8.h"

#define ROUNDS 60000
#define TEXT_MAX 120

static uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

/* A text at the very end of its memory, for what reads beyond it. */
static void
assert_same(struct fa_str s)
{
	char *p = malloc(s.n + 1);
	struct fa_str end = { p + 1, s.n };
	size_t want;

	assert_non_null(p);
	memcpy(p + 1, s.p, s.n);
	want = fa_json_plain(end, FA_SIMD_SCALAR);
	assert_true(want <= s.n);
	if (fa_json_plain(end, fa_cpu_simd()) != want)
		fail_msg("%zu bytes: %.*s", s.n, FA_STR_ARG(s));
	free(p);
}

/* At each place of a block, with plain characters of one and of three bytes
 * around it. */
static void
every_character_is_plain_wherever_it_stands(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0xFFFF; cp++) {
		char text[TEXT_MAX];
		size_t before = cp % 37, n = 0;

		while (n + 3 < before)
			n += fa_utf8_put(0x4EBA, text + n);
		while (n < before)
			text[n++] = 'a';
		n += fa_utf8_put(cp, text + n);
		for (int i = 0; i < 12; i++)
			n += fa_utf8_put(0x8138, text + n);
		assert_same((struct fa_str){ text, n });
		assert_same((struct fa_str){ text, before + 4 });
	}
}

static void
any_three_bytes_are_passed_alike(void **state)
{
	(void)state;
	for (unsigned a = 0x7F; a <= 0xFF; a++) {
		for (unsigned b = 0x7F; b <= 0xC1; b++) {
			for (unsigned c = 0x7F; c <= 0xC1; c++) {
				char text[] = "01234567890123456789.... "
					      "0123456789";

				text[20] = (char)a;
				text[21] = (char)b;
				text[22] = (char)c;
				assert_same((struct fa_str){
					text, sizeof(text) - 1 });
			}
		}
	}
}

static void
any_mixture_is_passed_alike(void **state)
{
	static const char *const pieces[] = { "a", "0123", "人脸信息", "，",
		"“", "…", "。", "\"", "\n", "\x7f", "\xe2\x80\x8b",
		"\xe2\x81\xa0", "\xe3\x85\xa4", "\xe4\xba", "\xed\xa0\x80",
		"\xef\xbf\xbe", "\xf0\xa0\xae\xb7", "\xc2\xb7", "\xc2\xad" };
	uint32_t seed = 5;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		char text[TEXT_MAX];
		size_t most = draw(&seed, TEXT_MAX), n = 0;

		for (;;) {
			/* Mostly plain ones, or no block would pass. */
			uint32_t k = draw(&seed, 30) == 0
				? draw(&seed, FA_COUNT(pieces))
				: draw(&seed, 7);

			if (n + strlen(pieces[k]) > most)
				break;
			memcpy(text + n, pieces[k], strlen(pieces[k]));
			n += strlen(pieces[k]);
		}
		assert_same((struct fa_str){ text, n });
	}
}

static void
plain_text_is_passed_as_a_whole(void **state)
{
	static const char text[] =
		"我们会在您开启刷脸登录（Face ID）时，收集“面部特征”——"
		"并在30天内删除；您可以改用密码。";

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		struct fa_str s = fa_utf8_beginning(fa_str_c(text), n);

		assert_int_equal(fa_json_plain(s, FA_SIMD_SCALAR), s.n);
		assert_int_equal(fa_json_plain(s, fa_cpu_simd()), s.n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_plain_wherever_it_stands),
		cmocka_unit_test(any_three_bytes_are_passed_alike),
		cmocka_unit_test(any_mixture_is_passed_alike),
		cmocka_unit_test(plain_text_is_passed_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
