#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void
writes_follow_each_other(void **state)
{
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, 1000);
	assert_int_equal(fa_buf_str(&b).n, 0);
	assert_non_null(fa_buf_str(&b).p);
	fa_buf_adds(&b, "a");
	fa_buf_addc(&b, 'b');
	fa_buf_add(&b, FA_STR("c\0d"));
	fa_buf_add(&b, FA_STR_NONE);
	fa_buf_addf(&b, "%03d", 7);
	fa_buf_add_rune(&b, 0x8138);
	fa_buf_add_rune(&b, 0x110000);
	assert_true(
		fa_str_eq(fa_buf_str(&b), FA_STR("abc\0d007脸\xef\xbf\xbd")));
	assert_int_equal(fa_buf_rc(&b, "text", NULL), FA_OK);
	fa_buf_reset(&b);
	assert_int_equal(fa_buf_str(&b).n, 0);
	fa_buf_done(&b);
	fa_buf_done(&b);
}

static void
the_maximum_sticks_and_is_reported_with_its_name(void **state)
{
	struct fa_err err = { 0 };
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, 10);
	fa_buf_adds(&b, "0123456789");
	assert_int_equal(fa_buf_rc(&b, "report", &err), FA_OK);
	fa_buf_addc(&b, 'x');
	fa_buf_adds(&b, "");
	assert_int_equal(fa_buf_rc(&b, "report", &err), FA_E_LIMIT);
	assert_string_equal(err.msg, "report is larger than 10 bytes");
	assert_string_equal(fa_buf_str(&b).p, "0123456789");
	fa_buf_reset(&b);
	fa_buf_addf(&b, "%s", "short");
	assert_int_equal(fa_buf_rc(&b, "report", &err), FA_OK);
	fa_buf_addf(&b, "%s", "too long");
	assert_int_equal(fa_buf_rc(&b, "report", &err), FA_E_LIMIT);
	fa_buf_done(&b);
}

static void
many_small_writes_grow_the_buffer(void **state)
{
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, SIZE_MAX);
	for (int i = 0; i < 100000; i++)
		fa_buf_addc(&b, (char)('a' + i % 26));
	assert_int_equal(fa_buf_rc(&b, "text", NULL), FA_OK);
	assert_int_equal(fa_buf_str(&b).n, 100000);
	assert_int_equal(fa_buf_str(&b).p[99999], 'a' + 99999 % 26);
	fa_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_follow_each_other),
		cmocka_unit_test(
			the_maximum_sticks_and_is_reported_with_its_name),
		cmocka_unit_test(many_small_writes_grow_the_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
