/* Passkeys: the input is authenticator data, with its length in two bytes
 * before it, and client data. Both are signed as they are by a key of a fixed
 * number, so that only what they say decides. Invariants: what holds says the
 * right type, challenge, origin and service by a search that knows no JSON,
 * with presence and verification; a refusal says why and leaves the counter;
 * without the signature nothing holds. */
#include <assert.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <string.h>

#include "facecheck/method/method.h"
#include "facecheck/method/webauthn.h"

#define ORIGIN "https://verify.example"
#define RP "verify.example"
#define CHALLENGE "0123456789abcdef0123456789abcdef"
#define CHALLENGE_TEXT "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ECPrivateKey (RFC 5915, 3) with the number 1 and P-256: its point is the
 * generator of the curve. */
static EVP_PKEY *
fixed_key(void)
{
	static const unsigned char der[] = { 0x30, 0x31, 0x02, 0x01, 0x01, 0x04,
		0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xa0, 0x0a, 0x06, 0x08,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
	const unsigned char *p = der;
	EVP_PKEY *key =
		d2i_PrivateKey(EVP_PKEY_EC, NULL, &p, (long)sizeof(der));

	assert(key);
	return key;
}

static struct fa_str
point_of(unsigned char spki[128], EVP_PKEY *key, unsigned char point[65])
{
	unsigned char *p = spki;
	int n = i2d_PUBKEY(key, &p);

	assert(n == 91);
	assert(fc_passkey_key(
		point, (struct fa_str){ (const char *)spki, (size_t)n }));
	return (struct fa_str){ (const char *)point, 65 };
}

static void
sign(struct fc_assertion *a, unsigned char sig[80], EVP_PKEY *key)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char hash[32];
	size_t n = 80;
	int ok;

	SHA256((const unsigned char *)a->client_data.p, a->client_data.n, hash);
	ok = ctx &&
		EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
		EVP_DigestSignUpdate(ctx, a->authenticator_data.p,
			a->authenticator_data.n) == 1 &&
		EVP_DigestSignUpdate(ctx, hash, sizeof(hash)) == 1 &&
		EVP_DigestSignFinal(ctx, sig, &n) == 1;
	assert(ok);
	EVP_MD_CTX_free(ctx);
	a->signature = (struct fa_str){ (const char *)sig, n };
}

/* JSON may write any character as \u and four digits; then a search does not
 * see it. */
static void
says(struct fa_str json, struct fa_str what)
{
	assert(fa_str_find(json, what, 0) != SIZE_MAX ||
		fa_str_find(json, FA_STR("\\"), 0) != SIZE_MAX);
}

static void
check_holds(const struct fc_assertion *a, uint32_t counter)
{
	const unsigned char *d = (const unsigned char *)a->authenticator_data.p;
	unsigned char hash[32];

	SHA256((const unsigned char *)RP, strlen(RP), hash);
	assert(a->authenticator_data.n >= 37);
	assert(memcmp(d, hash, sizeof(hash)) == 0);
	assert((d[32] & (FC_AUTH_UP | FC_AUTH_UV)) ==
		(FC_AUTH_UP | FC_AUTH_UV));
	assert(counter > 5);
	assert(counter ==
		((uint32_t)d[33] << 24 | (uint32_t)d[34] << 16 |
			(uint32_t)d[35] << 8 | d[36]));
	assert(a->authenticator_data.n == 37 || (d[32] & FC_AUTH_ED));
	says(a->client_data, FA_STR("\"webauthn.get\""));
	says(a->client_data, FA_STR(CHALLENGE_TEXT));
	says(a->client_data, FA_STR("\"" ORIGIN "\""));
}

static int
ask(const char **why, struct fa_str point, const struct fc_assertion *a,
	uint32_t *counter, struct fa_err *err)
{
	return fc_passkey_ok(why, point, FA_STR(CHALLENGE), FA_STR(ORIGIN),
		FA_STR(RP), a, counter, err);
}

static void
check(EVP_PKEY *key, struct fc_assertion *a)
{
	unsigned char spki[128], point[65], sig[80];
	struct fa_str at = point_of(spki, key, point);
	struct fa_err err = { .rc = 0 };
	const char *why = NULL;
	uint32_t counter = 5;
	int rc;

	sign(a, sig, key);
	rc = ask(&why, at, a, &counter, &err);
	assert(rc == 0 || rc == 1);
	if (rc == 1) {
		check_holds(a, counter);
		counter = 5;
		sig[a->signature.n - 1] ^= 1;
		assert(ask(&why, at, a, &counter, &err) == 0);
	}
	assert(why && *why);
	assert(counter == 5);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fc_assertion a;
	EVP_PKEY *key;
	size_t n;

	if (size < 2)
		return 0;
	n = (size_t)data[0] << 8 | data[1];
	if (n > size - 2)
		n = size - 2;
	a.authenticator_data = (struct fa_str){ (const char *)data + 2, n };
	a.client_data =
		(struct fa_str){ (const char *)data + 2 + n, size - 2 - n };
	key = fixed_key();
	check(key, &a);
	EVP_PKEY_free(key);
	return 0;
}
