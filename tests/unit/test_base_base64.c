#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"

/* RFC 4648, section 10. */
static void
base64_goes_there_and_back(void **state)
{
	static const char *const vectors[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	static const char *const bad[] = { "Z", "Zg=", "Z===", "Zm9\xff",
		"Zg==Zg==", "Zh==", "Zm9=" };
	struct fa_arena a;
	struct fa_str out = FA_STR_NONE;

	(void)state;
	fa_arena_init(&a, 1 << 16);
	for (size_t i = 0; i < FA_COUNT(vectors); i++) {
		struct fa_buf b;

		fa_buf_init(&b, 100);
		fa_base64_add(&b, fa_str_c(vectors[i][0]));
		assert_true(fa_str_eq(fa_buf_str(&b), fa_str_c(vectors[i][1])));
		assert_int_equal(fa_base64_decode(&out, fa_str_c(vectors[i][1]),
					 &a, NULL),
			FA_OK);
		assert_true(fa_str_eq(out, fa_str_c(vectors[i][0])));
		fa_buf_done(&b);
	}
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_int_equal(
			fa_base64_decode(&out, fa_str_c(bad[i]), &a, NULL),
			FA_E_INPUT);
	fa_arena_done(&a);
}

static void
both_alphabets_are_read(void **state)
{
	struct fa_arena a;
	struct fa_str out = FA_STR_NONE;

	(void)state;
	fa_arena_init(&a, 1 << 16);
	assert_int_equal(
		fa_base64_decode(&out, FA_STR("-_+/"), &a, NULL), FA_OK);
	assert_true(fa_str_eq(out, FA_STR("\xfb\xff\xbf")));
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_goes_there_and_back),
		cmocka_unit_test(both_alphabets_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
