/* Assertions of passkeys (WebAuthn level 2, 7.2), by libcrypto. */
#include "facecheck/method/method.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>
#include <string.h>

#include "facecheck/method/webauthn.h"

#define ARENA_BYTES (1u << 20)
#define SPKI_BYTES 91
#define SIGNATURE_BYTES 72 /* DER of two numbers of 33 bytes */

/* RFC 5480, 2: the algorithm is id-ecPublicKey with secp256r1, the bit string
 * of an uncompressed point follows. */
static const unsigned char spki_head[SPKI_BYTES - FC_PASSKEY_KEY_BYTES] = {
	0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
	0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03,
	0x42, 0x00
};

static void
free_key(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
}

static void
free_key_context(EVP_PKEY_CTX **ctx)
{
	EVP_PKEY_CTX_free(*ctx);
}

static void
free_digest(EVP_MD_CTX **ctx)
{
	EVP_MD_CTX_free(*ctx);
}

/* NULL unless it is an uncompressed point of the curve. */
static EVP_PKEY *
load_key(struct fa_str point)
{
	FA_CLEANUP(free_key_context) EVP_PKEY_CTX *ctx = NULL;
	unsigned char bytes[FC_PASSKEY_KEY_BYTES];
	char group[] = "P-256";
	EVP_PKEY *key = NULL;
	OSSL_PARAM params[3];

	if (point.n != sizeof(bytes) ||
		point.p[0] != POINT_CONVERSION_UNCOMPRESSED)
		return NULL;
	memcpy(bytes, point.p, sizeof(bytes));
	params[0] = OSSL_PARAM_construct_utf8_string(
		OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	params[1] = OSSL_PARAM_construct_octet_string(
		OSSL_PKEY_PARAM_PUB_KEY, bytes, sizeof(bytes));
	params[2] = OSSL_PARAM_construct_end();
	ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
		EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		return NULL;
	return key;
}

bool
fc_passkey_key(unsigned char key[FC_PASSKEY_KEY_BYTES], struct fa_str spki)
{
	FA_CLEANUP(free_key) EVP_PKEY *loaded = NULL;
	struct fa_str point;

	if (spki.n != SPKI_BYTES ||
		memcmp(spki.p, spki_head, sizeof(spki_head)) != 0)
		return false;
	point = fa_str_sub(spki, sizeof(spki_head), SPKI_BYTES);
	loaded = load_key(point);
	ERR_clear_error();
	if (!loaded)
		return false;
	memcpy(key, point.p, FC_PASSKEY_KEY_BYTES);
	return true;
}

static bool
same_bytes(struct fa_str a, const void *b, size_t n)
{
	return a.n == n && CRYPTO_memcmp(a.p, b, n) == 0;
}

/* 7.2, steps 11 to 14; NULL when they hold. */
static const char *
check_client(struct fa_str json, struct fa_str challenge, struct fa_str origin)
{
	struct fc_client_data c;
	struct fa_arena a;
	const char *why;

	fa_arena_init(&a, ARENA_BYTES);
	why = fc_client_data_read(&c, json, &a);
	if (!why && !fa_str_eq(c.type, FA_STR("webauthn.get")))
		why = "type is not webauthn.get";
	if (!why && !same_bytes(c.challenge, challenge.p, challenge.n))
		why = "another challenge";
	if (!why && !fa_str_eq(c.origin, origin))
		why = "another origin";
	if (!why && c.cross_origin)
		why = "asked for by a page within a page";
	fa_arena_done(&a);
	return why;
}

/* 7.2, steps 15 to 17 and 21. */
static const char *
check_data(uint32_t *counter, struct fa_str bytes, struct fa_str rp_id)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	struct fc_auth_data d;
	const char *why = fc_auth_data_read(&d, bytes);

	if (why)
		return why;
	(void)SHA256((const unsigned char *)rp_id.p, rp_id.n, hash);
	if (!same_bytes(d.rp_id_hash, hash, sizeof(hash)))
		return "made for another service";
	if (!(d.flags & FC_AUTH_UP))
		return "nobody was present";
	if (!(d.flags & FC_AUTH_UV))
		return "the authenticator did not verify the person";
	if ((d.counter || *counter) && d.counter <= *counter)
		return "counter did not grow: the key may have been copied";
	*counter = d.counter;
	return NULL;
}

/* 7.2, steps 19 and 20. 1, 0 or a failure. */
static int
check_signature(EVP_PKEY *key, const struct fc_assertion *a, struct fa_err *err)
{
	FA_CLEANUP(free_digest) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char hash[SHA256_DIGEST_LENGTH];
	int rc;

	(void)SHA256((const unsigned char *)a->client_data.p, a->client_data.n,
		hash);
	if (!ctx ||
		EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) != 1 ||
		EVP_DigestVerifyUpdate(ctx, a->authenticator_data.p,
			a->authenticator_data.n) != 1 ||
		EVP_DigestVerifyUpdate(ctx, hash, sizeof(hash)) != 1) {
		ERR_clear_error();
		return fa_fail(
			err, FA_E_NOMEM, "libcrypto cannot verify a signature");
	}
	/* Below 0 stands for a signature that is no DER. */
	rc = EVP_DigestVerifyFinal(
		ctx, (const unsigned char *)a->signature.p, a->signature.n);
	ERR_clear_error();
	return rc == 1;
}

int
fc_passkey_ok(const char **why, struct fa_str key, struct fa_str challenge,
	struct fa_str origin, struct fa_str rp_id, const struct fc_assertion *a,
	uint32_t *counter, struct fa_err *err)
{
	FA_CLEANUP(free_key) EVP_PKEY *loaded = NULL;
	uint32_t next = *counter;
	const char *no;
	int rc;

	if (challenge.n < 16)
		return fa_fail(err, FA_E_USAGE,
			"a challenge of %zu bytes, expected 16 or more",
			challenge.n);
	no = check_client(a->client_data, challenge, origin);
	if (!no)
		no = check_data(&next, a->authenticator_data, rp_id);
	if (!no && (a->signature.n == 0 || a->signature.n > SIGNATURE_BYTES))
		no = "signature too short or too long";
	if (!no) {
		loaded = load_key(key);
		ERR_clear_error();
		if (!loaded)
			return fa_fail(err, FA_E_INPUT,
				"the key kept of a passkey is no point of "
				"p-256");
		rc = check_signature(loaded, a, err);
		if (rc < 0)
			return rc;
		if (rc == 0)
			no = "signature does not hold";
	}
	if (no) {
		*why = no;
		return 0;
	}
	*counter = next;
	return 1;
}
