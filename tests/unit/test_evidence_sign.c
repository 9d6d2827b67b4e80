/* Signatures over exact bytes. */
#include "fixture_tsa.h"

#include "evidence/sign.h"

#define TYPE "application/vnd.faceaudit.test"

struct world {
	struct fa_arena a;
	struct fa_err err;
	struct tsa_cert ed, rsa, ec, small;
};

static int
set_up(void **state)
{
	static struct world w;

	fa_arena_init(&w.a, 64u << 20);
	w.ed = tsa_make("ED25519", "Ed", NULL, TSA_USE_CA, -1, 1);
	w.rsa = tsa_make("RSA", "Rsa", NULL, TSA_USE_CA, -1, 1);
	w.ec = tsa_make("EC", "Ec", NULL, TSA_USE_CA, -1, 1);
	w.small.key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)1024);
	assert_non_null(w.small.key);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	tsa_free(&w->ed);
	tsa_free(&w->rsa);
	tsa_free(&w->ec);
	EVP_PKEY_free(w->small.key);
	fa_arena_done(&w->a);
	return 0;
}

static struct fa_str
sign(struct world *w, const struct tsa_cert *c, struct fa_str payload)
{
	struct fa_buf b;
	struct fa_str s;

	fa_buf_init(&b, 1u << 20);
	if (fa_sign_dsse(&b, FA_STR(TYPE), payload,
		    tsa_key_pem(c->key, NULL, &w->a), &w->err) != FA_OK)
		fail_msg("%s", w->err.msg);
	s = fa_arena_dup(&w->a, fa_buf_str(&b));
	assert_non_null(s.p);
	fa_buf_done(&b);
	return s;
}

static struct fa_str
public_of(struct world *w, const struct tsa_cert *c)
{
	struct fa_str pem;

	assert_int_equal(fa_sign_public(&pem, tsa_key_pem(c->key, NULL, &w->a),
				 &w->a, &w->err),
		FA_OK);
	return pem;
}

static void
the_encoding_is_that_of_the_specification(void **state)
{
	struct fa_buf b;

	(void)state;
	/* The example of DSSE 1.0. */
	fa_buf_init(&b, 1024);
	fa_sign_pae(&b, FA_STR("http://example.com/HelloWorld"),
		FA_STR("hello world"));
	assert_string_equal(
		b.p, "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
	fa_buf_done(&b);
}

static void
what_was_signed_is_verified(void **state)
{
	struct world *w = *state;
	const struct tsa_cert *keys[2] = { &w->ed, &w->rsa };
	static const char *const kinds[2] = { "ed25519", "rsa-2048" };

	for (size_t k = 0; k < 2; k++)
		for (size_t n = 0; n < 5; n++) {
			struct fa_str payload =
				fa_str_sub(FA_STR("\0\xff\xfe\n"), 0, n);
			struct fa_str env = sign(w, keys[k], payload);
			struct fa_sign_result r;

			assert_int_equal(
				fa_sign_verify(&r, env, public_of(w, keys[k]),
					&w->a, &w->err),
				FA_OK);
			assert_true(r.good);
			assert_string_equal(r.why, "");
			assert_true(fa_str_eq(r.payload, payload));
			assert_true(fa_str_eq(r.type, FA_STR(TYPE)));
			assert_true(fa_str_eq(r.key_kind, fa_str_c(kinds[k])));
			assert_true(fa_str_find(env, fa_str_c(r.keyid), 0) !=
				SIZE_MAX);
			/* A certificate holds the key, too. */
			assert_int_equal(
				fa_sign_verify(&r, env, tsa_pem(keys[k], &w->a),
					&w->a, &w->err),
				FA_OK);
			assert_true(r.good);
		}
}

static void
signing_twice_gives_the_same_bytes(void **state)
{
	struct world *w = *state;

	assert_true(fa_str_eq(
		sign(w, &w->ed, FA_STR("x")), sign(w, &w->ed, FA_STR("x"))));
	assert_true(fa_str_eq(
		sign(w, &w->rsa, FA_STR("x")), sign(w, &w->rsa, FA_STR("x"))));
}

static void
the_key_of_somebody_else_does_not_fit(void **state)
{
	struct world *w = *state;
	struct fa_str env = sign(w, &w->ed, FA_STR("x"));
	struct fa_sign_result r;

	assert_int_equal(
		fa_sign_verify(&r, env, public_of(w, &w->rsa), &w->a, &w->err),
		FA_OK);
	assert_false(r.good);
	assert_true(r.why[0] != '\0');
}

static void
an_altered_envelope_is_seen(void **state)
{
	struct world *w = *state;
	struct fa_str env = sign(w, &w->ed, FA_STR("payload of some length"));
	struct fa_str pem = public_of(w, &w->ed);
	size_t keyid = fa_str_find(env, FA_STR("keyid"), 0);
	size_t sig = fa_str_find(env, FA_STR("\"sig\""), 0);
	char *copy = fa_arena_new(&w->a, env.n, 1);

	assert_non_null(copy);
	for (size_t i = 0; i < env.n - 1; i++) {
		struct fa_sign_result r;
		int rc;

		if (i >= keyid && i < sig)
			continue; /* a hint that nothing rests on */
		memcpy(copy, env.p, env.n);
		copy[i] = (char)(copy[i] ^ 1);
		rc = fa_sign_verify(&r, (struct fa_str){ copy, env.n }, pem,
			&w->a, &w->err);
		assert_true(rc < 0 || !r.good);
	}
}

static void
base64_has_one_form(void **state)
{
	static const char *const payloads[] = { "eA=", "eA",
		"e===", "eB==", "eA==\\n", "=eA=", "e A=" };
	struct world *w = *state;
	struct fa_str pem = public_of(w, &w->ed);

	for (size_t i = 0; i < FA_COUNT(payloads); i++) {
		struct fa_sign_result r;
		struct fa_buf b;

		fa_buf_init(&b, 4096);
		fa_buf_addf(&b,
			"{\"payloadType\":\"t\",\"payload\":\"%s\","
			"\"signatures\":[{\"sig\":\"AAAA\"}]}",
			payloads[i]);
		if (fa_sign_verify(&r, fa_buf_str(&b), pem, &w->a, &w->err) !=
			FA_E_INPUT)
			fail_msg("%s", payloads[i]);
		fa_buf_done(&b);
	}
}

static void
what_is_no_envelope_is_refused(void **state)
{
	static const char *const texts[] = { "", "[]", "{}",
		"{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[]}",
		"{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":{}}",
		"{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[7]}",
		"{\"payloadType\":7,\"payload\":\"\",\"signatures\":[{}]}" };
	struct world *w = *state;
	struct fa_str pem = public_of(w, &w->ed);
	struct fa_sign_result r;

	for (size_t i = 0; i < FA_COUNT(texts); i++)
		assert_int_equal(fa_sign_verify(&r, fa_str_c(texts[i]), pem,
					 &w->a, &w->err),
			FA_E_INPUT);
}

static void
keys_that_will_not_do_are_refused(void **state)
{
	struct world *w = *state;
	struct fa_str payload = FA_STR("x"), type = FA_STR(TYPE);
	struct fa_sign_result r;
	struct fa_buf b;

	fa_buf_init(&b, 1u << 20);
	fa_buf_adds(&b, "before");
	assert_int_equal(fa_sign_dsse(&b, type, payload,
				 tsa_key_pem(w->ec.key, NULL, &w->a), &w->err),
		FA_E_UNSUPPORTED);
	assert_int_equal(
		fa_sign_dsse(&b, type, payload,
			tsa_key_pem(w->small.key, NULL, &w->a), &w->err),
		FA_E_UNSUPPORTED);
	assert_int_equal(
		fa_sign_dsse(&b, type, payload,
			tsa_key_pem(w->ed.key, "pass", &w->a), &w->err),
		FA_E_UNSUPPORTED);
	assert_non_null(strstr(w->err.msg, "encrypted"));
	assert_int_equal(
		fa_sign_dsse(&b, type, payload, FA_STR("-----"), &w->err),
		FA_E_INPUT);
	assert_int_equal(fa_sign_dsse(&b, type, payload, FA_STR_NONE, &w->err),
		FA_E_INPUT);
	assert_int_equal(b.n, 6);
	fa_buf_done(&b);
	assert_int_equal(fa_sign_verify(&r, FA_STR("{}"), FA_STR("no key"),
				 &w->a, &w->err),
		FA_E_INPUT);
	assert_int_equal(
		fa_sign_verify(&r, FA_STR("{}"),
			tsa_key_pem(w->ed.key, NULL, &w->a), &w->a, &w->err),
		FA_E_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_encoding_is_that_of_the_specification),
		cmocka_unit_test(what_was_signed_is_verified),
		cmocka_unit_test(signing_twice_gives_the_same_bytes),
		cmocka_unit_test(the_key_of_somebody_else_does_not_fit),
		cmocka_unit_test(an_altered_envelope_is_seen),
		cmocka_unit_test(base64_has_one_form),
		cmocka_unit_test(what_is_no_envelope_is_refused),
		cmocka_unit_test(keys_that_will_not_do_are_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
