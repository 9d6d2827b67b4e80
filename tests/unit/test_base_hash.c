#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

/* FIPS 180-4 and GB/T 32905-2016 give "abc" as example. */
static void
digests_are_those_of_the_standards(void **state)
{
	char hex[FA_HASH_HEX_BYTES];

	(void)state;
	assert_int_equal(fa_hash_sha256(hex, FA_STR("abc"), NULL), FA_OK);
	assert_string_equal(hex,
		"ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(fa_hash_sm3(hex, FA_STR("abc"), NULL), FA_OK);
	assert_string_equal(hex,
		"66c7f0f462eeedd9d1f2d46bdc10e4e2"
		"4167c4875cf2f7a2297da02b8f4ba8e0");
}

static void
nothing_has_a_digest_too(void **state)
{
	char hex[FA_HASH_HEX_BYTES];

	(void)state;
	assert_int_equal(fa_hash_sha256(hex, FA_STR_NONE, NULL), FA_OK);
	assert_string_equal(hex,
		"e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standards),
		cmocka_unit_test(nothing_has_a_digest_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
