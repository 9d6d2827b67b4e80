/* Stamps a file as authorities of every kind would: see main. Usage:
 * tsa FILE FOLDER */
#include "fixture_tsa.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"

static struct fa_arena arena;
static struct fa_str data;
static const char *folder;

static void
save(const char *name, struct fa_str s)
{
	char path[512];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
	assert_int_equal(fclose(f), 0);
}

/* A stamp over text at a day counted from TSA_NOW. */
static void
stamp(const char *name, struct fa_str text, enum fa_imprint alg,
	const struct tsa_cert *cert, const struct tsa_cert *ca, int64_t day)
{
	struct tsa t = {
		.cert = cert, .ca = ca, .at_s = (long)(TSA_NOW + day * TSA_DAY)
	};
	char hex[FA_HASH_HEX_BYTES];
	struct fa_str request;
	struct fa_err err;

	assert_int_equal(alg == FA_IMPRINT_SM3
			? fa_hash_sm3(hex, text, &err)
			: fa_hash_sha256(hex, text, &err),
		FA_OK);
	assert_int_equal(
		fa_stamp_request(&request, alg, hex, &arena, &err), FA_OK);
	save(name, tsa_answer(&t, request, &arena));
}

static void
all(void **state)
{
	struct tsa_cert ca =
		tsa_make("EC", "Test CA", NULL, TSA_USE_CA, -4000, 4000);
	struct tsa_cert other =
		tsa_make("RSA", "Other CA", NULL, TSA_USE_CA, -4000, 4000);
	struct tsa_cert good =
		tsa_make("RSA", "Test TSA", &ca, TSA_USE_STAMP, -2000, 2000);
	/* Its certificate has ended long since; it had not at its time. */
	struct tsa_cert old =
		tsa_make("RSA", "Old TSA", &ca, TSA_USE_STAMP, -3000, -2000);
	struct tsa_cert fresh =
		tsa_make("RSA", "New TSA", &ca, TSA_USE_STAMP, -100, 2000);
	struct tsa_cert foreign = tsa_make(
		"RSA", "Foreign TSA", &other, TSA_USE_STAMP, -2000, 2000);
	(void)state;
	save("ca.pem", tsa_pem(&ca, &arena));
	save("other-ca.pem", tsa_pem(&other, &arena));
	stamp("valid.tsr", data, FA_IMPRINT_SHA256, &good, &ca, -10);
	stamp("sm3.tsr", data, FA_IMPRINT_SM3, &good, &ca, -10);
	stamp("expired.tsr", data, FA_IMPRINT_SHA256, &old, &ca, -2500);
	stamp("backdated.tsr", data, FA_IMPRINT_SHA256, &fresh, &ca, -1500);
	stamp("foreign.tsr", data, FA_IMPRINT_SHA256, &foreign, &other, -10);
	stamp("other.tsr", FA_STR("something else"), FA_IMPRINT_SHA256, &good,
		&ca, -10);
	tsa_free(&ca);
	tsa_free(&other);
	tsa_free(&good);
	tsa_free(&old);
	tsa_free(&fresh);
	tsa_free(&foreign);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(all) };
	struct fa_err err;
	int status;

	if (argc != 3) {
		fprintf(stderr, "usage: tsa FILE FOLDER\n");
		return 2;
	}
	fa_arena_init(&arena, (size_t)1 << 30);
	folder = argv[2];
	if (fa_file_read(&data, fa_str_c(argv[1]), (size_t)1 << 29, &arena,
		    &err) < 0) {
		fprintf(stderr, "tsa: %s\n", err.msg);
		return 2;
	}
	status = cmocka_run_group_tests(tests, NULL, NULL);
	fa_arena_done(&arena);
	return status;
}
