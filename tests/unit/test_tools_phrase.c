/* Words for outcomes, roles and changes, and how they are lined up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tools/phrase.h"

static void
every_outcome_and_role_has_a_phrase_in_both_languages(void **state)
{
	(void)state;
	for (int lang = 0; lang < FA_LANG_COUNT; lang++) {
		for (int o = 0; o < FA_OUT_COUNT; o++)
			assert_non_null(fa_phrase_outcome(
				(enum fa_lang)lang, (enum fa_outcome)o));
		for (int r = 0; r < FA_ROLE_COUNT; r++)
			assert_non_null(fa_phrase_role(
				(enum fa_lang)lang, (enum fa_role)r));
	}
}

static void
names_of_verdicts_and_outcomes_become_phrases_and_others_stay(void **state)
{
	(void)state;
	assert_string_equal(fa_phrase_state(FA_LANG_ZH, "violation"), "违规");
	assert_string_equal(fa_phrase_state(FA_LANG_ZH, "gone"), "页面不存在");
	assert_string_equal(fa_phrase_state(FA_LANG_EN, "new"), "new");
	assert_string_equal(fa_phrase_change(FA_LANG_ZH, "lost"), "问题消失");
	assert_string_equal(
		fa_phrase_cause(FA_LANG_EN, "source"), "the documents differ");
	assert_string_equal(fa_phrase_cause(FA_LANG_EN, "moon"), "moon");
}

static void
numbers_of_outcomes_stand_in_one_column_and_ok_is_left_out(void **state)
{
	uint64_t n[FA_OUT_COUNT] = { 0 };
	struct fa_buf out;

	(void)state;
	n[FA_OUT_OK] = 7;
	n[FA_OUT_TLS] = 12;
	n[FA_OUT_TOO_MANY_REDIRECTS] = 3;
	fa_buf_init(&out, 4096);
	fa_phrase_add_outcomes(&out, FA_LANG_EN, n, 2);
	assert_int_equal(out.rc, 0);
	assert_string_equal(out.p,
		"  tls                    12  certificate or TLS handshake\n"
		"  too_many_redirects      3  too many redirects\n");
	fa_buf_done(&out);
}

static void
chinese_is_padded_by_its_width_on_the_terminal(void **state)
{
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 4096);
	fa_phrase_pad(&out, FA_STR("人脸"), 6);
	fa_phrase_pad(&out, FA_STR("too long"), 3);
	assert_string_equal(out.p, "人脸  too long");
	fa_buf_done(&out);
}

static void
bytes_are_told_in_the_unit_that_fits(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = { { 0, "0 B" }, { 1023, "1023 B" }, { 1024, "1.0 KiB" },
		{ 1536, "1.5 KiB" }, { 1048575, "1023.9 KiB" },
		{ 1048576, "1.0 MiB" }, { UINT64_C(5) << 30, "5.0 GiB" },
		{ UINT64_MAX, "16777215.9 TiB" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fa_buf out;

		fa_buf_init(&out, 4096);
		fa_phrase_add_bytes(&out, cases[i].bytes);
		assert_string_equal(out.p, cases[i].text);
		fa_buf_done(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_outcome_and_role_has_a_phrase_in_both_languages),
		cmocka_unit_test(
			names_of_verdicts_and_outcomes_become_phrases_and_others_stay),
		cmocka_unit_test(
			numbers_of_outcomes_stand_in_one_column_and_ok_is_left_out),
		cmocka_unit_test(
			chinese_is_padded_by_its_width_on_the_terminal),
		cmocka_unit_test(bytes_are_told_in_the_unit_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
