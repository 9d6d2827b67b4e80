/* One-time codes: from a shared secret and the time (RFC 4226, RFC 6238), or
 * random and sent. */
#include "facecheck/method/method.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#define DIGITS 6
#define MODULUS 1000000u
#define SHA1_BYTES 20

static void
write_digits(char out[DIGITS + 1], uint32_t n)
{
	for (int i = DIGITS - 1; i >= 0; i--, n /= 10)
		out[i] = (char)('0' + n % 10);
	out[DIGITS] = '\0';
}

/* What was typed never decides how long this takes. */
static bool
same_digits(const char digits[DIGITS + 1], struct fa_str typed)
{
	return typed.n == DIGITS && CRYPTO_memcmp(digits, typed.p, DIGITS) == 0;
}

/* RFC 4226, 5.3: the last four bits of the MAC say where the number is. */
bool
fc_totp_at(char digits[7], struct fa_str secret, int64_t step)
{
	unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned n = 0, at;

	if (secret.n == 0 || secret.n > INT_MAX || step < 0)
		return false;
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (!HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof(counter),
		    mac, &n) ||
		n != SHA1_BYTES) {
		ERR_clear_error();
		return false;
	}
	at = mac[SHA1_BYTES - 1] & 0xf;
	write_digits(digits,
		((uint32_t)(mac[at] & 0x7f) << 24 |
			(uint32_t)mac[at + 1] << 16 |
			(uint32_t)mac[at + 2] << 8 | mac[at + 3]) %
			MODULUS);
	OPENSSL_cleanse(mac, sizeof(mac));
	return true;
}

/* RFC 6238, 5.2: a code is taken once. The earliest step that fits is taken,
 * so that a code does not use up the one after it. */
bool
fc_totp_ok(
	struct fa_str secret, struct fa_str code, int64_t now_s, int64_t *used)
{
	int64_t now = now_s / FC_TOTP_SECONDS;

	if (now_s < 0)
		return false;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		char digits[DIGITS + 1];

		if (step <= *used || !fc_totp_at(digits, secret, step) ||
			!same_digits(digits, code))
			continue;
		*used = step;
		return true;
	}
	return false;
}

/* RFC 4648, 6; 20 bytes are 32 characters without padding. */
static void
write_base32(char out[33], const unsigned char secret[FC_TOTP_SECRET_BYTES])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	for (size_t i = 0; i < 32; i++) {
		size_t bit = 5 * i, at = bit / 8;
		unsigned two = (unsigned)secret[at] << 8;

		if (at + 1 < FC_TOTP_SECRET_BYTES)
			two |= secret[at + 1];
		out[i] = letters[two >> (11 - bit % 8) & 31];
	}
	out[32] = '\0';
}

static int
random_bytes(unsigned char *out, size_t n, struct fa_err *err)
{
	if (RAND_bytes(out, (int)n) == 1)
		return FA_OK;
	ERR_clear_error();
	return fa_fail(err, FA_E_IO, "no random numbers to be had");
}

int
fc_totp_new(unsigned char secret[FC_TOTP_SECRET_BYTES], char base32[33],
	struct fa_err *err)
{
	unsigned char fresh[FC_TOTP_SECRET_BYTES];
	int rc = random_bytes(fresh, sizeof(fresh), err);

	if (rc < 0)
		return rc;
	memcpy(secret, fresh, sizeof(fresh));
	write_base32(base32, fresh);
	OPENSSL_cleanse(fresh, sizeof(fresh));
	return FA_OK;
}

/* Numbers at the end of the range, which would make small codes a little more
 * likely, are drawn again. */
int
fc_code_new(struct fc_code *out, int64_t now_s, struct fa_err *err)
{
	const uint32_t fair = UINT32_MAX - UINT32_MAX % MODULUS;
	unsigned char raw[4];
	uint32_t n;

	do {
		int rc = random_bytes(raw, sizeof(raw), err);

		if (rc < 0)
			return rc;
		n = (uint32_t)raw[0] << 24 | (uint32_t)raw[1] << 16 |
			(uint32_t)raw[2] << 8 | raw[3];
	} while (n >= fair);
	write_digits(out->digits, n % MODULUS);
	out->until_s = now_s + FC_CODE_SECONDS;
	out->tries = FC_CODE_TRIES;
	return FA_OK;
}

bool
fc_code_ok(struct fc_code *c, struct fa_str typed, int64_t now_s)
{
	if (c->tries == 0 || now_s >= c->until_s)
		return false;
	c->tries--;
	if (!same_digits(c->digits, typed))
		return false;
	c->tries = 0;
	return true;
}

int
fc_passkey_challenge(
	unsigned char out[FC_PASSKEY_CHALLENGE_BYTES], struct fa_err *err)
{
	unsigned char fresh[FC_PASSKEY_CHALLENGE_BYTES];
	int rc = random_bytes(fresh, sizeof(fresh), err);

	if (rc == FA_OK)
		memcpy(out, fresh, sizeof(fresh));
	return rc;
}
