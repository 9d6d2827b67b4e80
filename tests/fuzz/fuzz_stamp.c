/* Any bytes as a time stamp, as the answer to a request, and as certificates
 * to trust. Nothing is good that no given certificate vouches for. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/stamp.h"

#define ARENA_BYTES (16u << 20)
#define DIGEST                                                                 \
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

static void
check_info(const struct fa_stamp_info *i)
{
	check(i->gen_ms > 0 && strlen(i->gen_time) >= 20);
	check(i->serial.n > 0 && i->serial.n % 2 == 0);
	check(i->imprint.n % 2 == 0 && i->algorithm.n > 0);
	check(i->accuracy_us >= -1);
	check((i->cert_subject.p != NULL) == (i->cert_sha256[0] != '\0'));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str der = { (const char *)data, size }, request, why;
	struct fa_stamp_info info;
	struct fa_stamp_check c;
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	rc = fa_stamp_parse(&info, der, &a, NULL);
	if (rc == FA_OK)
		check_info(&info);
	check(fa_stamp_verify(&c, der, FA_IMPRINT_SHA256, DIGEST, FA_STR_NONE,
		      &a, NULL) == FA_OK);
	check(c.state != FA_STAMP_GOOD && c.why[0] != '\0');
	check(rc != FA_OK || c.state != FA_STAMP_MALFORMED);
	check(fa_stamp_request(&request, FA_IMPRINT_SHA256, DIGEST, &a, NULL) ==
		FA_OK);
	/* The nonce is new: nobody can have answered. */
	check(fa_stamp_response(&info, &why, der, request, &a, NULL) != 1);
	rc = fa_stamp_check_certs(der, NULL);
	check(rc == FA_OK || rc == FA_E_INPUT);
	fa_arena_done(&a);
	return 0;
}
