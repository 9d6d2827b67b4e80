/* When memory runs out in libcrypto, nothing becomes good for it, and nothing
 * is made by halves. */
#include <stdlib.h>

#include "fixture_tsa.h"

#include "evidence/sign.h"

#define DIGEST                                                                 \
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

#define MANY 60 /* allocations of which each one fails */
#define STEP 23 /* ... of the others every 23rd */

/* Read by what libcrypto allocates with, which is told no context. */
static struct {
	size_t seen, fail_at;
} memory;

static bool
fails(void)
{
	return ++memory.seen == memory.fail_at;
}

static void *
get(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fails() ? NULL : malloc(n);
}

static void *
grow(void *p, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fails() ? NULL : realloc(p, n);
}

static void
drop(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	free(p);
}

struct world {
	struct fa_arena a;
	struct tsa_cert ca, tsa, ed;
	struct fa_str request, forged, backdated, trusted, key, stranger,
		envelope;
};

/* What is wrong with these is found out last. */
static int
verify_stamp(struct world *w, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_str *bad[] = { &w->forged, &w->backdated };

	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct fa_stamp_check c;
		int rc = fa_stamp_verify(&c, *bad[i], FA_IMPRINT_SHA256, DIGEST,
			w->trusted, a, err);

		if (rc != FA_OK)
			return rc;
		assert_int_not_equal(c.state, FA_STAMP_GOOD);
		assert_true(c.why[0] != '\0');
	}
	return FA_OK;
}

static int
request(struct world *w, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str out;

	(void)w;
	return fa_stamp_request(&out, FA_IMPRINT_SM3, DIGEST, a, err);
}

static int
verify_envelope(struct world *w, struct fa_arena *a, struct fa_err *err)
{
	struct fa_sign_result r;
	int rc = fa_sign_verify(&r, w->envelope, w->stranger, a, err);

	if (rc == FA_OK)
		assert_false(r.good);
	return rc;
}

static int
sign(struct world *w, struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf b;
	int rc;

	(void)a;
	fa_buf_init(&b, 1u << 20);
	rc = fa_sign_dsse(&b, FA_STR("t"), FA_STR("payload"), w->key, err);
	if (rc == FA_OK)
		assert_true(fa_str_eq(fa_buf_str(&b), w->envelope));
	fa_buf_done(&b);
	return rc;
}

typedef int work(struct world *w, struct fa_arena *a, struct fa_err *err);

static void
each_allocation_fails(struct world *w, work *fn)
{
	size_t total, told = 0;
	struct fa_arena a;
	struct fa_err err;

	for (size_t n = 0;; n += n < MANY ? 1 : STEP) {
		int rc;

		fa_arena_init(&a, 16u << 20);
		memory.seen = 0;
		memory.fail_at = n;
		rc = fn(w, &a, &err);
		total = memory.seen;
		memory.fail_at = 0;
		fa_arena_done(&a);
		if (n == 0)
			assert_int_equal(rc, FA_OK);
		/* libcrypto does not always say what it failed for. */
		assert_true(rc == FA_OK || err.msg[0] != '\0');
		told += rc == FA_E_NOMEM;
		if (n > total)
			break;
	}
	assert_true(total > 5 && told > 2);
}

static void
a_bad_stamp_is_not_good_for_lack_of_memory(void **state)
{
	each_allocation_fails(*state, verify_stamp);
}

static void
a_bad_signature_is_not_good_for_lack_of_memory(void **state)
{
	each_allocation_fails(*state, verify_envelope);
}

static void
a_request_is_whole_or_not_made(void **state)
{
	each_allocation_fails(*state, request);
}

static void
a_signature_is_whole_or_not_made(void **state)
{
	each_allocation_fails(*state, sign);
}

/* The last bytes are those of the signature. */
static struct fa_str
forge(struct fa_str der, struct fa_arena *a)
{
	char *copy = fa_arena_new(a, der.n, 1);

	assert_non_null(copy);
	memcpy(copy, der.p, der.n);
	copy[der.n - 3] = (char)(copy[der.n - 3] ^ 1);
	return (struct fa_str){ copy, der.n };
}

static int
set_up(void **state)
{
	static struct world w;
	struct tsa t = { .cert = &w.tsa,
		.at_s = (long)(TSA_NOW - 31 * TSA_DAY) };
	struct tsa_cert other;
	struct fa_buf b;
	struct fa_err err;

	fa_arena_init(&w.a, 16u << 20);
	w.ca = tsa_make("EC", "Root", NULL, TSA_USE_CA, -3650, 3650);
	w.tsa = tsa_make("RSA", "TSA", &w.ca, TSA_USE_STAMP, -30, 30);
	w.ed = tsa_make("ED25519", "Ed", NULL, TSA_USE_CA, -1, 1);
	w.trusted = tsa_pem(&w.ca, &w.a);
	w.key = tsa_key_pem(w.ed.key, NULL, &w.a);
	fa_buf_init(&b, 1u << 20);
	if (fa_stamp_request(
		    &w.request, FA_IMPRINT_SHA256, DIGEST, &w.a, &err) < 0 ||
		fa_sign_dsse(&b, FA_STR("t"), FA_STR("payload"), w.key, &err) <
			0)
		fail_msg("%s", err.msg);
	w.backdated = tsa_answer(&t, w.request, &w.a);
	t.at_s = (long)TSA_NOW;
	w.forged = tsa_answer(&t, w.request, &w.a);
	w.forged = forge(w.forged, &w.a);
	other = tsa_make("ED25519", "Other", NULL, TSA_USE_CA, -1, 1);
	w.stranger = tsa_pem(&other, &w.a);
	tsa_free(&other);
	w.envelope = fa_arena_dup(&w.a, fa_buf_str(&b));
	assert_non_null(w.envelope.p);
	fa_buf_done(&b);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	tsa_free(&w->ca);
	tsa_free(&w->tsa);
	tsa_free(&w->ed);
	fa_arena_done(&w->a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_stamp_is_not_good_for_lack_of_memory),
		cmocka_unit_test(
			a_bad_signature_is_not_good_for_lack_of_memory),
		cmocka_unit_test(a_request_is_whole_or_not_made),
		cmocka_unit_test(a_signature_is_whole_or_not_made),
	};

	/* Before libcrypto allocates anything. */
	if (CRYPTO_set_mem_functions(get, grow, drop) != 1)
		return 1;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
