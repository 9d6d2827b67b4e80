/* Any bytes as a signed envelope, and as a key. Whoever has no key cannot make
 * another payload pass. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/sign.h"

#define ARENA_BYTES (64u << 20)
/* The public half of the key that signed the seeds; its private half is
 * nowhere. */
#define PUBLIC                                                                 \
	"-----BEGIN PUBLIC KEY-----\n"                                         \
	"MCowBQYDK2VwAyEAfE9P3kUvnM99dFqtQKcfgMTUXCNX4DNLyZ7IC0pY/n8=\n"       \
	"-----END PUBLIC KEY-----\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size }, pem;
	struct fa_sign_result r;
	struct fa_arena a;

	fa_arena_init(&a, ARENA_BYTES);
	if (fa_sign_verify(&r, text, FA_STR(PUBLIC), &a, NULL) == FA_OK) {
		check(r.good == (r.why[0] == '\0'));
		check(!r.good || fa_str_eq(r.payload, FA_STR("hello world")));
	}
	check(fa_sign_verify(&r, FA_STR("{}"), text, &a, NULL) != FA_OK);
	if (fa_sign_public(&pem, text, &a, NULL) == FA_OK)
		check(fa_str_starts(pem, FA_STR("-----BEGIN PUBLIC KEY-----")));
	fa_arena_done(&a);
	return 0;
}
