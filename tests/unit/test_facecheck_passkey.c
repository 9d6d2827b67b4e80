/* A passkey holds when everything holds, and not when one thing does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/fixture_passkey.h"

#define CLIENT                                                                 \
	"{\"type\":\"webauthn.get\",\"challenge\":\"" PASSKEY_CHALLENGE_TEXT   \
	"\",\"origin\":\"" PASSKEY_ORIGIN "\",\"crossOrigin\":false}"
#define SEEN (FC_AUTH_UP | FC_AUTH_UV)

struct rig {
	struct passkey k;
	unsigned char data[4200], sig[80];
	struct fc_assertion a;
	uint32_t counter;
	const char *why;
	struct fa_err err;
};

static int
setup(void **state)
{
	static struct rig r;

	memset(&r, 0, sizeof(r));
	passkey_new(&r.k);
	passkey_data(r.data, PASSKEY_RP, SEEN, 7);
	r.a.authenticator_data = (struct fa_str){ (const char *)r.data, 37 };
	r.a.client_data = FA_STR(CLIENT);
	r.counter = 6;
	*state = &r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	passkey_free(&r->k);
	return 0;
}

static int
check(struct rig *r)
{
	r->why = "";
	return fc_passkey_ok(&r->why, passkey_point(&r->k),
		FA_STR(PASSKEY_CHALLENGE), FA_STR(PASSKEY_ORIGIN),
		FA_STR(PASSKEY_RP), &r->a, &r->counter, &r->err);
}

/* Signed as it stands: what is refused is refused for what it says. */
static void
refused(struct rig *r, const char *why)
{
	uint32_t counter = r->counter;

	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 0);
	assert_string_equal(r->why, why);
	assert_int_equal(r->counter, counter);
}

static void
what_a_device_signed_holds_and_the_counter_is_kept(void **state)
{
	struct rig *r = *state;

	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
	assert_int_equal(r->counter, 7);
	/* The same once more is a copy. */
	refused(r, "counter did not grow: the key may have been copied");
}

static void
a_device_without_a_counter_holds_again_and_again(void **state)
{
	struct rig *r = *state;

	passkey_data(r->data, PASSKEY_RP, SEEN, 0);
	r->counter = 0;
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
	assert_int_equal(check(r), 1);
	r->counter = 1;
	refused(r, "counter did not grow: the key may have been copied");
	passkey_data(r->data, PASSKEY_RP, SEEN, 0xffffffff);
	r->counter = 0xfffffffe;
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
	assert_int_equal(r->counter, 0xffffffff);
}

static void
one_bit_anywhere_in_what_was_signed_breaks_it(void **state)
{
	struct rig *r = *state;
	char client[sizeof(CLIENT)];

	passkey_sign(&r->a, r->sig, &r->k);
	for (size_t i = 0; i < 37 * 8; i++) {
		r->data[i / 8] ^= (unsigned char)(1 << i % 8);
		assert_int_equal(check(r), 0);
		r->data[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	memcpy(client, CLIENT, sizeof(client));
	r->a.client_data = (struct fa_str){ client, sizeof(client) - 1 };
	for (size_t i = 0; i < r->a.client_data.n * 8; i++) {
		client[i / 8] ^= (char)(1 << i % 8);
		assert_int_equal(check(r), 0);
		client[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t i = 0; i < r->a.signature.n * 8; i++) {
		r->sig[i / 8] ^= (unsigned char)(1 << i % 8);
		assert_int_equal(check(r), 0);
		r->sig[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	assert_int_equal(r->counter, 6);
	assert_int_equal(check(r), 1);
}

static void
client_data_for_something_else_is_refused(void **state)
{
	static const struct {
		struct fa_str text;
		const char *why;
	} rows[] = {
#define DATA(type, challenge, origin)                                          \
	FA_STR_INIT("{\"type\":\"" type "\",\"challenge\":\"" challenge        \
		    "\",\"origin\":\"" origin "\"}")
		{ DATA("webauthn.create", PASSKEY_CHALLENGE_TEXT,
			  PASSKEY_ORIGIN),
			"type is not webauthn.get" },
		{ DATA("webauthn.get", "AAAA", PASSKEY_ORIGIN),
			"another challenge" },
		{ DATA("webauthn.get", "", PASSKEY_ORIGIN),
			"another challenge" },
		{ DATA("webauthn.get", PASSKEY_CHALLENGE_TEXT "=",
			  PASSKEY_ORIGIN),
			"challenge is not base64url" },
		{ DATA("webauthn.get", PASSKEY_CHALLENGE_TEXT,
			  PASSKEY_ORIGIN "/"),
			"another origin" },
		{ DATA("webauthn.get", PASSKEY_CHALLENGE_TEXT,
			  "http://verify.example"),
			"another origin" },
		{ FA_STR_INIT("{\"type\":\"webauthn.get\",\"challenge\":"
			      "\"" PASSKEY_CHALLENGE_TEXT
			      "\",\"origin\":\"" PASSKEY_ORIGIN
			      "\",\"crossOrigin\":true}"),
			"asked for by a page within a page" },
		{ FA_STR_INIT("{\"type\":\"webauthn.get\",\"challenge\":"
			      "\"" PASSKEY_CHALLENGE_TEXT
			      "\",\"origin\":\"" PASSKEY_ORIGIN
			      "\",\"crossOrigin\":\"false\"}"),
			"client data with a crossorigin that is no boolean" },
		{ FA_STR_INIT("{\"type\":\"webauthn.get\",\"origin\":"
			      "\"" PASSKEY_ORIGIN "\"}"),
			"client data without type, challenge or origin" },
		{ FA_STR_INIT("{\"type\":\"webauthn.get\",\"origin\":7,"
			      "\"challenge\":\"" PASSKEY_CHALLENGE_TEXT "\"}"),
			"client data without type, challenge or origin" },
		{ FA_STR_INIT("[]"), "client data is no json object" },
		{ FA_STR_INIT(""), "client data is no json object" },
		{ FA_STR_INIT("{\"type\":"), "client data is no json object" },
		{ FA_STR_INIT("{\"type\":\"a\",\"type\":\"webauthn.get\"}"),
			"client data is no json object" },
	};
	struct rig *r = *state;

	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		r->a.client_data = rows[i].text;
		refused(r, rows[i].why);
	}
}

static void
client_data_may_say_more_than_is_known(void **state)
{
	struct rig *r = *state;

	r->a.client_data = FA_STR(
		"{\"challenge\":\"" PASSKEY_CHALLENGE_TEXT
		"\",\"other_keys_can_be_added_here\":{\"a\":[1]},\"origin\":"
		"\"https:\\/\\/verify.example\",\"type\":\"webauthn.get\"}");
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
}

static void
too_much_is_refused(void **state)
{
	static char client[FC_PASSKEY_CLIENT_BYTES + 1];
	struct rig *r = *state;

	memset(client, ' ', sizeof(client));
	memcpy(client, CLIENT, strlen(CLIENT));
	r->a.client_data = (struct fa_str){ client, sizeof(client) };
	refused(r, "client data too long");
	r->a.client_data.n--;
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
	r->counter = 6;
	r->data[32] |= FC_AUTH_ED;
	r->a.authenticator_data.n = FC_PASSKEY_DATA_BYTES + 1;
	refused(r, "authenticator data too short or too long");
	r->a.authenticator_data.n = FC_PASSKEY_DATA_BYTES;
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
}

static void
authenticator_data_for_something_else_is_refused(void **state)
{
	struct rig *r = *state;

	passkey_data(r->data, "other.example", SEEN, 7);
	refused(r, "made for another service");
	passkey_data(r->data, PASSKEY_RP, FC_AUTH_UV, 7);
	refused(r, "nobody was present");
	passkey_data(r->data, PASSKEY_RP, FC_AUTH_UP, 7);
	refused(r, "the authenticator did not verify the person");
	passkey_data(r->data, PASSKEY_RP, SEEN | FC_AUTH_AT, 7);
	refused(r, "authenticator data with a new key");
	passkey_data(r->data, PASSKEY_RP, SEEN | FC_AUTH_BS, 7);
	refused(r, "backed up but cannot be");
	passkey_data(r->data, PASSKEY_RP, SEEN | FC_AUTH_ED, 7);
	refused(r, "authenticator data does not end where it should");
	passkey_data(r->data, PASSKEY_RP, SEEN, 7);
	r->a.authenticator_data.n = 38;
	refused(r, "authenticator data does not end where it should");
	r->a.authenticator_data.n = 36;
	refused(r, "authenticator data too short or too long");
	r->a.authenticator_data = FA_STR_NONE;
	refused(r, "authenticator data too short or too long");
}

static void
a_passkey_that_is_backed_up_holds(void **state)
{
	struct rig *r = *state;

	passkey_data(r->data, PASSKEY_RP, SEEN | FC_AUTH_BE | FC_AUTH_BS, 7);
	passkey_sign(&r->a, r->sig, &r->k);
	assert_int_equal(check(r), 1);
}

static void
the_key_of_another_does_not_hold(void **state)
{
	struct rig *r = *state;
	struct passkey other;

	passkey_new(&other);
	passkey_sign(&r->a, r->sig, &other);
	assert_int_equal(check(r), 0);
	assert_string_equal(r->why, "signature does not hold");
	passkey_free(&other);
}

static void
a_signature_that_is_none_is_refused(void **state)
{
	struct rig *r = *state;
	static const char junk[80] = { 0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01,
		0x00 };

	r->a.signature = FA_STR_NONE;
	assert_int_equal(check(r), 0);
	assert_string_equal(r->why, "signature too short or too long");
	r->a.signature = (struct fa_str){ junk, 73 };
	assert_int_equal(check(r), 0);
	assert_string_equal(r->why, "signature too short or too long");
	for (size_t n = 1; n <= 72; n++) {
		r->a.signature = (struct fa_str){ junk, n };
		assert_int_equal(check(r), 0);
		assert_string_equal(r->why, "signature does not hold");
	}
}

static void
a_kept_key_that_is_none_is_a_failure_not_a_refusal(void **state)
{
	struct rig *r = *state;

	passkey_sign(&r->a, r->sig, &r->k);
	r->k.point[64] ^= 1;
	assert_int_equal(check(r), FA_E_INPUT);
	assert_int_equal(r->counter, 6);
	r->k.point[64] ^= 1;
	r->k.point[0] = 3;
	assert_int_equal(check(r), FA_E_INPUT);
	assert_int_equal(
		fc_passkey_ok(&r->why, passkey_point(&r->k), FA_STR("short"),
			FA_STR(""), FA_STR(""), &r->a, &r->counter, &r->err),
		FA_E_USAGE);
}

static void
the_point_is_found_in_what_a_browser_gives(void **state)
{
	struct rig *r = *state;
	unsigned char key[FC_PASSKEY_KEY_BYTES] = { 0 };
	EVP_PKEY *other = EVP_EC_gen("P-384");
	unsigned char der[256], *p = der;
	int n = i2d_PUBKEY(other, &p);

	assert_true(fc_passkey_key(
		key, (struct fa_str){ (char *)r->k.spki, r->k.spki_n }));
	assert_memory_equal(key, r->k.point, sizeof(key));
	assert_false(
		fc_passkey_key(key, (struct fa_str){ (char *)der, (size_t)n }));
	assert_false(
		fc_passkey_key(key, (struct fa_str){ (char *)r->k.spki, 90 }));
	assert_false(fc_passkey_key(key, FA_STR_NONE));
	r->k.spki[90] ^= 1;
	assert_false(fc_passkey_key(
		key, (struct fa_str){ (char *)r->k.spki, r->k.spki_n }));
	EVP_PKEY_free(other);
}

/* RFC 4648, 10, without padding. */
static void
base64url_is_that_of_the_standard_and_has_one_text_for_each_value(void **state)
{
	static const struct {
		struct fa_str bytes, text;
	} rows[] = { { FA_STR_INIT(""), FA_STR_INIT("") },
		{ FA_STR_INIT("f"), FA_STR_INIT("Zg") },
		{ FA_STR_INIT("fo"), FA_STR_INIT("Zm8") },
		{ FA_STR_INIT("foo"), FA_STR_INIT("Zm9v") },
		{ FA_STR_INIT("foob"), FA_STR_INIT("Zm9vYg") },
		{ FA_STR_INIT("fooba"), FA_STR_INIT("Zm9vYmE") },
		{ FA_STR_INIT("foobar"), FA_STR_INIT("Zm9vYmFy") },
		{ FA_STR_INIT("\xfb\xff\xbf"), FA_STR_INIT("-_-_") } };
	static const struct fa_str bad[] = { FA_STR_INIT("Z"),
		FA_STR_INIT("Zg=="), FA_STR_INIT("Zh"), FA_STR_INIT("Zm9"),
		FA_STR_INIT("Zm9v\0"), FA_STR_INIT("Zm9+"), FA_STR_INIT("Zm9/"),
		FA_STR_INIT("Zm 9v"), FA_STR_INIT("Zm9vY") };
	struct fa_str got;
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, 4096);
	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		got = fc_base64url(rows[i].bytes, &a);
		assert_true(fa_str_eq(got, rows[i].text));
		assert_true(fc_base64url_read(&got, rows[i].text, &a));
		assert_true(fa_str_eq(got, rows[i].bytes));
	}
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_false(fc_base64url_read(&got, bad[i], &a));
	fa_arena_done(&a);
}

static void
challenges_differ(void **state)
{
	unsigned char a[FC_PASSKEY_CHALLENGE_BYTES], b[sizeof(a)];
	struct rig *r = *state;

	assert_int_equal(fc_passkey_challenge(a, &r->err), FA_OK);
	assert_int_equal(fc_passkey_challenge(b, &r->err), FA_OK);
	assert_memory_not_equal(a, b, sizeof(a));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(what_a_device_signed_holds_and_the_counter_is_kept),
		T(a_device_without_a_counter_holds_again_and_again),
		T(one_bit_anywhere_in_what_was_signed_breaks_it),
		T(client_data_for_something_else_is_refused),
		T(client_data_may_say_more_than_is_known),
		T(too_much_is_refused),
		T(authenticator_data_for_something_else_is_refused),
		T(a_passkey_that_is_backed_up_holds),
		T(the_key_of_another_does_not_hold),
		T(a_signature_that_is_none_is_refused),
		T(a_kept_key_that_is_none_is_a_failure_not_a_refusal),
		T(the_point_is_found_in_what_a_browser_gives),
		T(base64url_is_that_of_the_standard_and_has_one_text_for_each_value),
		T(challenges_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
