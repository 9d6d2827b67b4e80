/* Placeholders are filled with samples while a model text is judged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tools/rules_wording.h"

static void
fills(const char *wording, const char *expected, bool well_formed)
{
	struct fa_buf out;

	fa_buf_init(&out, 1000);
	assert_int_equal(fa_wording_fill(&out, fa_str_c(wording)), well_formed);
	assert_int_equal(out.rc, FA_OK);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(expected)))
		fail_msg("'%.*s', expected '%s'", FA_STR_ARG(fa_buf_str(&out)),
			expected);
	fa_buf_done(&out);
}

static void
placeholders_become_samples_or_stand_for_themselves(void **state)
{
	(void)state;
	fills("", "", true);
	fills("没有空。", "没有空。", true);
	fills("【公司名称】处理。", "某某科技有限公司处理。", true);
	fills("改用【其他方式】或者【声纹】", "改用短信验证码或者声纹", true);
}

static void
a_malformed_placeholder_ends_the_filling(void **state)
{
	(void)state;
	fills("用【期限】后【期限", "用三十日后【期限", false);
	fills("用期限】", "用期限】", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			placeholders_become_samples_or_stand_for_themselves),
		cmocka_unit_test(a_malformed_placeholder_ends_the_filling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
