/* An authenticator in memory: makes a key and signs as a browser and a device
 * would (WebAuthn level 2, 6.3.3 and 5.8.1). */
#ifndef FIXTURE_PASSKEY_H
#define FIXTURE_PASSKEY_H

#include <assert.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

#include "facecheck/method/method.h"
#include "facecheck/method/webauthn.h"

#define PASSKEY_ORIGIN "https://verify.example"
#define PASSKEY_RP "verify.example"
#define PASSKEY_CHALLENGE "0123456789abcdef0123456789abcdef"
/* The challenge as base64url, worked out by hand elsewhere. */
#define PASSKEY_CHALLENGE_TEXT "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"

struct passkey {
	EVP_PKEY *key;
	unsigned char point[FC_PASSKEY_KEY_BYTES];
	unsigned char spki[128];
	size_t spki_n;
};

static void
passkey_new(struct passkey *k)
{
	unsigned char *p = k->spki;
	int n;

	k->key = EVP_EC_gen("P-256");
	assert(k->key);
	n = i2d_PUBKEY(k->key, &p);
	assert(n == 91);
	k->spki_n = (size_t)n;
	memcpy(k->point, k->spki + n - FC_PASSKEY_KEY_BYTES,
		FC_PASSKEY_KEY_BYTES);
}

static void
passkey_free(struct passkey *k)
{
	EVP_PKEY_free(k->key);
}

static struct fa_str
passkey_point(const struct passkey *k)
{
	return (struct fa_str){ (const char *)k->point, sizeof(k->point) };
}

/* Authenticator data for rp; 37 bytes. */
static void
passkey_data(unsigned char out[37], const char *rp, unsigned flags,
	unsigned long counter)
{
	SHA256((const unsigned char *)rp, strlen(rp), out);
	out[32] = (unsigned char)flags;
	for (int i = 0; i < 4; i++)
		out[33 + i] = (unsigned char)(counter >> (24 - 8 * i));
}

/* Signs into sig (at least 80 bytes) what a->authenticator_data and
 * a->client_data are. */
static void
passkey_sign(struct fc_assertion *a, unsigned char *sig, struct passkey *k)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char hash[32];
	size_t n = 80;

	SHA256((const unsigned char *)a->client_data.p, a->client_data.n, hash);
	if (!ctx ||
		EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, k->key) !=
			1 ||
		EVP_DigestSignUpdate(ctx, a->authenticator_data.p,
			a->authenticator_data.n) != 1 ||
		EVP_DigestSignUpdate(ctx, hash, sizeof(hash)) != 1 ||
		EVP_DigestSignFinal(ctx, sig, &n) != 1)
		n = 0;
	EVP_MD_CTX_free(ctx);
	assert(n > 0);
	a->signature = (struct fa_str){ (const char *)sig, n };
}

#endif
