/* Time stamps by authorities of our own: whether they are right is judged at
 * their own time, and what is wrong with the others is told apart. */
#include "fixture_tsa.h"

#define DIGEST                                                                 \
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define OTHER "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

struct world {
	struct fa_arena a;
	struct fa_err err;
	struct tsa_cert ca, stranger, tsa;
	struct fa_str trusted;
};

static int
set_up(void **state)
{
	static struct world w;

	fa_arena_init(&w.a, 64u << 20);
	w.ca = tsa_make("EC", "Root", NULL, TSA_USE_CA, -3650, 3650);
	w.stranger = tsa_make("EC", "Stranger", NULL, TSA_USE_CA, -3650, 3650);
	w.tsa = tsa_make("RSA", "TSA", &w.ca, TSA_USE_STAMP, -30, 30);
	w.trusted = tsa_pem(&w.ca, &w.a);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	tsa_free(&w->ca);
	tsa_free(&w->stranger);
	tsa_free(&w->tsa);
	fa_arena_done(&w->a);
	return 0;
}

static struct fa_str
ask(struct world *w, enum fa_imprint alg)
{
	struct fa_str req;

	if (fa_stamp_request(&req, alg, DIGEST, &w->a, &w->err) != FA_OK)
		fail_msg("%s", w->err.msg);
	return req;
}

/* A stamp of days from now. */
static struct fa_str
stamp(struct world *w, const struct tsa_cert *c, int64_t days)
{
	struct tsa t = { .cert = c, .at_s = (long)(TSA_NOW + days * TSA_DAY) };

	return tsa_answer(&t, ask(w, FA_IMPRINT_SHA256), &w->a);
}

static struct fa_stamp_check
verify(struct world *w, struct fa_str der, enum fa_imprint alg,
	const char *digest, struct fa_str ca)
{
	struct fa_stamp_check c;

	if (fa_stamp_verify(&c, der, alg, digest, ca, &w->a, &w->err) != FA_OK)
		fail_msg("%s", w->err.msg);
	return c;
}

static void
assert_state(struct world *w, struct fa_str der, enum fa_stamp_state want)
{
	struct fa_stamp_check c =
		verify(w, der, FA_IMPRINT_SHA256, DIGEST, w->trusted);

	if (c.state != want)
		fail_msg("%s, not %s: %s", fa_stamp_state_name(c.state),
			fa_stamp_state_name(want), c.why);
	assert_true((c.why[0] == '\0') == (want == FA_STAMP_GOOD));
}

static void
a_stamp_is_asked_for_and_found_good(void **state)
{
	struct world *w = *state;
	struct tsa t = { .cert = &w->tsa, .at_s = TSA_NOW };

	for (int i = 0; i < 2; i++) {
		enum fa_imprint alg = (enum fa_imprint)i;
		struct fa_str req = ask(w, alg);
		struct fa_str resp = tsa_answer(&t, req, &w->a);
		struct fa_str why = FA_STR_NONE;
		struct fa_stamp_info info;
		struct fa_stamp_check c;

		assert_int_equal(fa_stamp_response(&info, &why, resp, req,
					 &w->a, &w->err),
			1);
		c = verify(w, resp, alg, DIGEST, w->trusted);
		assert_int_equal(c.state, FA_STAMP_GOOD);
		assert_string_equal(c.why, "");
		/* The bare token says the same. */
		c = verify(w, tsa_token(resp, &w->a), alg, DIGEST, w->trusted);
		assert_int_equal(c.state, FA_STAMP_GOOD);
		assert_true(fa_str_eq(
			c.info.algorithm, fa_str_c(fa_imprint_name(alg))));
		assert_true(fa_str_eq(c.info.imprint, FA_STR(DIGEST)));
	}
}

static void
what_a_stamp_says_is_read(void **state)
{
	struct world *w = *state;
	struct fa_stamp_info i;

	assert_int_equal(
		fa_stamp_parse(&i, stamp(w, &w->tsa, 0), &w->a, &w->err),
		FA_OK);
	assert_int_equal(i.gen_ms, TSA_NOW * 1000 + 123);
	assert_string_equal(i.gen_time, "2026-11-26T05:40:00.123Z");
	assert_true(fa_str_eq(i.serial, FA_STR("1a2b")));
	assert_true(fa_str_eq(i.policy, FA_STR(TSA_POLICY)));
	assert_int_equal(i.accuracy_us, 1500100);
	assert_true(i.ordering);
	assert_true(fa_str_eq(i.tsa, FA_STR("CN=TSA,O=时间戳中心")));
	assert_true(fa_str_eq(i.cert_issuer, FA_STR("CN=Root,O=时间戳中心")));
	assert_true(fa_str_eq(i.cert_serial, FA_STR("1267")));
	assert_int_equal(i.cert_from_ms, (TSA_NOW - 30 * TSA_DAY) * 1000);
	assert_int_equal(i.cert_to_ms, (TSA_NOW + 30 * TSA_DAY) * 1000);
	assert_int_equal(strlen(i.cert_sha256), 64);
	assert_true(fa_str_starts(
		i.chain_pem, FA_STR("-----BEGIN CERTIFICATE-----\n")));
	assert_int_equal(i.nonce.n, 16);
}

static void
each_request_has_a_nonce_of_its_own(void **state)
{
	struct world *w = *state;
	struct fa_str a = ask(w, FA_IMPRINT_SHA256);
	struct fa_str b = ask(w, FA_IMPRINT_SHA256);

	assert_false(fa_str_eq(a, b));
	assert_int_equal(a.n, b.n);
}

static void
an_answer_to_another_question_is_refused(void **state)
{
	struct world *w = *state;
	struct tsa t = { .cert = &w->tsa, .at_s = TSA_NOW };
	struct fa_str mine = ask(w, FA_IMPRINT_SHA256), other;
	struct fa_str why = FA_STR_NONE;
	struct fa_stamp_info info;

	/* The same digest asked for another time: a replay. */
	assert_int_equal(
		fa_stamp_response(&info, &why,
			tsa_answer(&t, ask(w, FA_IMPRINT_SHA256), &w->a), mine,
			&w->a, &w->err),
		FA_E_INPUT);
	assert_non_null(strstr(w->err.msg, "nonce"));
	assert_int_equal(fa_stamp_request(&other, FA_IMPRINT_SHA256, OTHER,
				 &w->a, &w->err),
		FA_OK);
	assert_int_equal(
		fa_stamp_response(&info, &why, tsa_answer(&t, other, &w->a),
			mine, &w->a, &w->err),
		FA_E_INPUT);
	assert_non_null(strstr(w->err.msg, "digest"));
	assert_int_equal(fa_stamp_response(&info, &why, FA_STR("<html>"), mine,
				 &w->a, &w->err),
		FA_E_INPUT);
	assert_int_equal(fa_stamp_response(
				 &info, &why, FA_STR(""), mine, &w->a, &w->err),
		FA_E_INPUT);
}

static void
a_refusal_is_told_in_the_words_of_the_authority(void **state)
{
	struct world *w = *state;
	struct tsa t = { .cert = &w->tsa, .at_s = TSA_NOW };
	struct fa_str why = FA_STR_NONE;
	struct fa_stamp_info info;

	/* What is no request is answered with status 2. */
	assert_int_equal(fa_stamp_response(&info, &why,
				 tsa_answer(&t, FA_STR("nonsense"), &w->a),
				 ask(w, FA_IMPRINT_SHA256), &w->a, &w->err),
		0);
	assert_true(fa_str_starts(why, FA_STR("status 2 badDataFormat: ")));
	/* As a stamp it is none. */
	assert_state(w, tsa_answer(&t, FA_STR("nonsense"), &w->a),
		FA_STAMP_MALFORMED);
}

static void
a_stamp_for_another_digest_is_seen(void **state)
{
	struct world *w = *state;
	struct fa_str s = stamp(w, &w->tsa, 0);

	assert_int_equal(
		verify(w, s, FA_IMPRINT_SHA256, OTHER, w->trusted).state,
		FA_STAMP_OTHER_DATA);
	/* The same digits by another algorithm are another digest. */
	assert_int_equal(verify(w, s, FA_IMPRINT_SM3, DIGEST, w->trusted).state,
		FA_STAMP_OTHER_DATA);
}

static void
a_certificate_that_ended_since_does_no_harm(void **state)
{
	struct world *w = *state;
	struct tsa_cert old =
		tsa_make("EC", "Old", &w->ca, TSA_USE_STAMP, -3000, -2000);
	struct fa_str der = stamp(w, &old, -2500);

	assert_state(w, der, FA_STAMP_GOOD);
	tsa_free(&old);
}

static void
a_stamp_after_its_certificate_ended_is_refused(void **state)
{
	struct world *w = *state;

	assert_state(w, stamp(w, &w->tsa, 31), FA_STAMP_OUT_OF_TIME);
}

/* Stock `openssl ts -verify` accepts this one. */
static void
a_backdated_stamp_is_refused(void **state)
{
	struct world *w = *state;

	assert_state(w, stamp(w, &w->tsa, -31), FA_STAMP_OUT_OF_TIME);
}

static void
the_stamp_of_a_stranger_is_not_trusted(void **state)
{
	struct world *w = *state;
	struct tsa_cert c =
		tsa_make("EC", "TSA", &w->stranger, TSA_USE_STAMP, -30, 30);
	struct tsa t = { .cert = &c, .ca = &w->stranger, .at_s = TSA_NOW };

	assert_state(w, stamp(w, &c, 0), FA_STAMP_UNTRUSTED);
	/* Nor when it brings its root along. */
	assert_state(w, tsa_answer(&t, ask(w, FA_IMPRINT_SHA256), &w->a),
		FA_STAMP_UNTRUSTED);
	tsa_free(&c);
}

static void
without_a_certificate_to_trust_nothing_is_good(void **state)
{
	struct world *w = *state;
	struct fa_str s = stamp(w, &w->tsa, 0);

	assert_int_equal(
		verify(w, s, FA_IMPRINT_SHA256, DIGEST, FA_STR_NONE).state,
		FA_STAMP_UNTRUSTED);
}

static void
the_authority_itself_can_be_what_is_trusted(void **state)
{
	struct world *w = *state;
	struct fa_str s = stamp(w, &w->tsa, 0), pem = tsa_pem(&w->tsa, &w->a);

	assert_int_equal(verify(w, s, FA_IMPRINT_SHA256, DIGEST, pem).state,
		FA_STAMP_GOOD);
	/* At another time than its own it is worth nothing still. */
	s = stamp(w, &w->tsa, 31);
	assert_int_equal(verify(w, s, FA_IMPRINT_SHA256, DIGEST, pem).state,
		FA_STAMP_OUT_OF_TIME);
}

static void
certificates_between_come_with_the_stamp_or_with_the_trusted(void **state)
{
	struct world *w = *state;
	struct tsa_cert mid =
		tsa_make("EC", "Middle", &w->ca, TSA_USE_CA, -300, 300);
	struct tsa_cert c =
		tsa_make("EC", "Leaf", &mid, TSA_USE_STAMP, -30, 30);
	struct tsa t = { .cert = &c, .at_s = TSA_NOW };
	struct fa_str bare = tsa_answer(&t, ask(w, FA_IMPRINT_SHA256), &w->a);
	struct fa_buf both;

	assert_state(w, bare, FA_STAMP_UNTRUSTED);
	fa_buf_init(&both, 1u << 20);
	fa_buf_add(&both, w->trusted);
	fa_buf_add(&both, tsa_pem(&mid, &w->a));
	assert_int_equal(
		verify(w, bare, FA_IMPRINT_SHA256, DIGEST, fa_buf_str(&both))
			.state,
		FA_STAMP_GOOD);
	fa_buf_done(&both);
	t.ca = &mid;
	assert_state(w, tsa_answer(&t, ask(w, FA_IMPRINT_SHA256), &w->a),
		FA_STAMP_GOOD);
	tsa_free(&c);
	tsa_free(&mid);
}

static void
a_certificate_for_something_else_is_refused(void **state)
{
	struct world *w = *state;
	struct tsa_cert c =
		tsa_make("EC", "Web", &w->ca, TSA_USE_SERVER, -30, 30);
	struct tsa_cert as =
		tsa_make("EC", "Web", &w->ca, TSA_USE_STAMP, -30, 30);
	struct fa_str der;

	/* The same key under both certificates. */
	assert_int_equal(X509_set_pubkey(c.cert, as.key), 1);
	assert_true(X509_sign(c.cert, w->ca.key, EVP_sha256()) > 0);
	der = tsa_swap_cert(stamp(w, &as, 0), c.cert, &w->a);
	assert_state(w, der, FA_STAMP_WRONG_USE);
	tsa_free(&c);
	tsa_free(&as);
}

static void
a_certificate_that_the_signature_does_not_name_is_refused(void **state)
{
	struct world *w = *state;
	struct tsa_cert one =
		tsa_make("EC", "Same", &w->ca, TSA_USE_STAMP, -30, 30);
	struct tsa_cert two =
		tsa_make("EC", "Same", &w->ca, TSA_USE_STAMP, -300, 300);
	struct fa_str der;

	/* Same name, number and key, another life: only the digest of the
	 * certificate in the signed part tells (RFC 5816). */
	assert_int_equal(X509_set_pubkey(two.cert, one.key), 1);
	assert_true(X509_sign(two.cert, w->ca.key, EVP_sha256()) > 0);
	der = tsa_swap_cert(stamp(w, &one, 0), two.cert, &w->a);
	assert_state(w, der, FA_STAMP_FORGED);
	tsa_free(&one);
	tsa_free(&two);
}

static void
a_stamp_without_its_certificate_needs_it_from_elsewhere(void **state)
{
	struct world *w = *state;
	struct fa_str der = tsa_swap_cert(stamp(w, &w->tsa, 0), NULL, &w->a);
	struct fa_stamp_check c;

	assert_state(w, der, FA_STAMP_NO_CERT);
	c = verify(w, der, FA_IMPRINT_SHA256, DIGEST, tsa_pem(&w->tsa, &w->a));
	assert_int_equal(c.state, FA_STAMP_GOOD);
	assert_true(
		fa_str_eq(c.info.cert_subject, FA_STR("CN=TSA,O=时间戳中心")));
}

/* What counts is either signed or compared; changed bytes elsewhere (copies of
 * certificates, status) may go unseen, but then nothing that is told changes.
 */
static void
every_byte_that_counts_is_covered(void **state)
{
	struct world *w = *state;
	struct fa_str good = stamp(w, &w->tsa, 0);
	char *copy = fa_arena_new(&w->a, good.n, 1);
	size_t seen = 0;

	assert_non_null(copy);
	for (size_t i = 0; i < good.n; i++) {
		struct fa_str bad = { copy, good.n };
		struct fa_stamp_check c;
		struct fa_arena a;

		fa_arena_init(&a, 1u << 20);
		memcpy(copy, good.p, good.n);
		copy[i] = (char)(copy[i] ^ 1);
		assert_int_equal(fa_stamp_verify(&c, bad, FA_IMPRINT_SHA256,
					 DIGEST, w->trusted, &a, &w->err),
			FA_OK);
		seen += c.state != FA_STAMP_GOOD;
		if (c.state == FA_STAMP_GOOD) {
			assert_int_equal(c.info.gen_ms, TSA_NOW * 1000 + 123);
			assert_true(fa_str_eq(c.info.serial, FA_STR("1a2b")));
			assert_true(fa_str_eq(c.info.imprint, FA_STR(DIGEST)));
			assert_int_equal(c.info.accuracy_us, 1500100);
		}
		fa_arena_done(&a);
	}
	assert_true(seen * 10 > good.n * 8);
}

static void
a_stamp_that_is_cut_or_followed_by_something_is_none(void **state)
{
	struct world *w = *state;
	struct fa_str good = stamp(w, &w->tsa, 0);
	char *more = fa_arena_new(&w->a, good.n + 1, 1);

	assert_non_null(more);
	memcpy(more, good.p, good.n);
	assert_state(
		w, (struct fa_str){ more, good.n + 1 }, FA_STAMP_MALFORMED);
	for (size_t n = 0; n < good.n; n += 37)
		assert_state(w, fa_str_sub(good, 0, n), FA_STAMP_MALFORMED);
}

static void
certificates_to_trust_are_pem(void **state)
{
	struct world *w = *state;
	struct fa_str s = stamp(w, &w->tsa, 0);
	struct fa_stamp_check c;
	struct fa_buf b;

	assert_int_equal(fa_stamp_verify(&c, s, FA_IMPRINT_SHA256, DIGEST,
				 FA_STR("no certificate"), &w->a, &w->err),
		FA_E_INPUT);
	assert_int_equal(fa_stamp_verify(&c, s, FA_IMPRINT_SHA256, DIGEST,
				 FA_STR(""), &w->a, &w->err),
		FA_E_INPUT);
	fa_buf_init(&b, 1u << 20);
	fa_buf_adds(&b, "A comment before.\n");
	fa_buf_add(&b, w->trusted);
	fa_buf_add(&b, w->trusted);
	assert_int_equal(
		verify(w, s, FA_IMPRINT_SHA256, DIGEST, fa_buf_str(&b)).state,
		FA_STAMP_GOOD);
	fa_buf_adds(&b,
		"-----BEGIN CERTIFICATE-----\nAAAA\n"
		"-----END CERTIFICATE-----\n");
	assert_int_equal(fa_stamp_verify(&c, s, FA_IMPRINT_SHA256, DIGEST,
				 fa_buf_str(&b), &w->a, &w->err),
		FA_E_INPUT);
	fa_buf_done(&b);
}

static void
what_is_no_digest_is_not_asked_for(void **state)
{
	struct world *w = *state;
	struct fa_str out = FA_STR_NONE;

	assert_int_equal(
		fa_stamp_request(&out, FA_IMPRINT_SM3, "abc", &w->a, &w->err),
		FA_E_USAGE);
	assert_null(out.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stamp_is_asked_for_and_found_good),
		cmocka_unit_test(what_a_stamp_says_is_read),
		cmocka_unit_test(each_request_has_a_nonce_of_its_own),
		cmocka_unit_test(an_answer_to_another_question_is_refused),
		cmocka_unit_test(
			a_refusal_is_told_in_the_words_of_the_authority),
		cmocka_unit_test(a_stamp_for_another_digest_is_seen),
		cmocka_unit_test(a_certificate_that_ended_since_does_no_harm),
		cmocka_unit_test(
			a_stamp_after_its_certificate_ended_is_refused),
		cmocka_unit_test(a_backdated_stamp_is_refused),
		cmocka_unit_test(the_stamp_of_a_stranger_is_not_trusted),
		cmocka_unit_test(
			without_a_certificate_to_trust_nothing_is_good),
		cmocka_unit_test(the_authority_itself_can_be_what_is_trusted),
		cmocka_unit_test(
			certificates_between_come_with_the_stamp_or_with_the_trusted),
		cmocka_unit_test(a_certificate_for_something_else_is_refused),
		cmocka_unit_test(
			a_certificate_that_the_signature_does_not_name_is_refused),
		cmocka_unit_test(
			a_stamp_without_its_certificate_needs_it_from_elsewhere),
		cmocka_unit_test(every_byte_that_counts_is_covered),
		cmocka_unit_test(
			a_stamp_that_is_cut_or_followed_by_something_is_none),
		cmocka_unit_test(certificates_to_trust_are_pem),
		cmocka_unit_test(what_is_no_digest_is_not_asked_for),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
