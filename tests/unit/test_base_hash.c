#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

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

static void
digest_of(char hex[FA_HASH_HEX_BYTES], const EVP_MD *md, struct fa_str s)
{
	unsigned char out[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	assert_int_equal(EVP_Digest(s.p, s.n, out, &n, md, NULL), 1);
	assert_int_equal(n, FA_HASH_BYTES);
	for (unsigned i = 0; i < n; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", out[i]);
}

/* All lengths of the last blocks, and a text of many blocks. */
static void
the_old_functions_of_libcrypto_give_what_the_new_ones_give(void **state)
{
	static char text[20000];
	char got[FA_HASH_HEX_BYTES], want[FA_HASH_HEX_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7919 >> 3);
	for (size_t n = 0; n <= sizeof(text); n = n < 400 ? n + 1 : n + 4900) {
		struct fa_str s = { text + n % 7, n - (n > 7 ? 7 : n) };

		assert_int_equal(fa_hash_sha256(got, s, NULL), FA_OK);
		digest_of(want, EVP_sha256(), s);
		assert_string_equal(got, want);
	}
}

static void
pieces_have_the_digest_of_the_whole(void **state)
{
	char got[FA_HASH_HEX_BYTES], want[FA_HASH_HEX_BYTES];
	struct fa_sha256 *h;

	(void)state;
	assert_int_equal(fa_sha256_new(&h, NULL), FA_OK);
	assert_int_equal(fa_hash_sha256(want, FA_STR("人脸信息"), NULL), FA_OK);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(fa_sha256_begin(h, NULL), FA_OK);
		assert_int_equal(fa_sha256_add(h, FA_STR("人脸"), NULL), FA_OK);
		assert_int_equal(fa_sha256_add(h, FA_STR_NONE, NULL), FA_OK);
		assert_int_equal(fa_sha256_add(h, FA_STR("信息"), NULL), FA_OK);
		assert_int_equal(fa_sha256_end(h, got, NULL), FA_OK);
		assert_string_equal(got, want);
	}
	fa_sha256_free(h);
}

static void
parts_have_the_digest_of_the_whole(void **state)
{
	const struct fa_str parts[] = { FA_STR_INIT("人"), FA_STR_NONE,
		FA_STR_INIT("脸信息") };
	char want[FA_HASH_HEX_BYTES], hex[3];
	unsigned char got[FA_HASH_BYTES];

	(void)state;
	assert_int_equal(
		fa_hash_parts(got, parts, FA_COUNT(parts), NULL), FA_OK);
	assert_int_equal(fa_hash_sha256(want, FA_STR("人脸信息"), NULL), FA_OK);
	for (size_t i = 0; i < sizeof(got); i++) {
		(void)snprintf(hex, sizeof(hex), "%02x", got[i]);
		assert_memory_equal(hex, want + 2 * i, 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standards),
		cmocka_unit_test(nothing_has_a_digest_too),
		cmocka_unit_test(
			the_old_functions_of_libcrypto_give_what_the_new_ones_give),
		cmocka_unit_test(pieces_have_the_digest_of_the_whole),
		cmocka_unit_test(parts_have_the_digest_of_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
