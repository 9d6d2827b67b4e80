#include "base/hash.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <stddef.h>
#include <stdlib.h>

static void
put_hex(char hex[FA_HASH_HEX_BYTES], const unsigned char *digest)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < FA_HASH_BYTES; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[FA_HASH_HEX_BYTES - 1] = '\0';
}

static int
digest(char hex[FA_HASH_HEX_BYTES], const char *name, struct fa_str s,
	struct fa_err *err)
{
	unsigned char out[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	EVP_MD *md;
	int ok;

	/* libcrypto has an error queue per thread; leave it as it was */
	(void)ERR_set_mark();
	md = EVP_MD_fetch(NULL, name, NULL);
	if (md == NULL) {
		(void)ERR_pop_to_mark();
		return fa_fail(err, FA_E_UNSUPPORTED,
			"libcrypto does not offer %s", name);
	}
	ok = EVP_Digest(s.p == NULL ? "" : s.p, s.n, out, &n, md, NULL);
	EVP_MD_free(md);
	(void)ERR_pop_to_mark();
	if (ok != 1 || n != FA_HASH_BYTES)
		return fa_fail(err, FA_E_NOMEM, "out of memory for %s", name);
	put_hex(hex, out);
	return FA_OK;
}

int
fa_hash_sha256(char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err)
{
	return digest(hex, "SHA256", s, err);
}

int
fa_hash_sm3(char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err)
{
	return digest(hex, "SM3", s, err);
}

struct fa_sha256 {
	EVP_MD_CTX *ctx;
	EVP_MD *md;
};

int
fa_sha256_new(struct fa_sha256 **out, struct fa_err *err)
{
	struct fa_sha256 *h = calloc(1, sizeof(*h));

	if (h == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
	h->ctx = EVP_MD_CTX_new();
	h->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (h->ctx == NULL || h->md == NULL) {
		fa_sha256_free(h);
		return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
	}
	*out = h;
	return FA_OK;
}

void
fa_sha256_free(struct fa_sha256 *h)
{
	if (h == NULL)
		return;
	EVP_MD_CTX_free(h->ctx);
	EVP_MD_free(h->md);
	free(h);
}

int
fa_sha256_begin(struct fa_sha256 *h, struct fa_err *err)
{
	if (EVP_DigestInit_ex(h->ctx, h->md, NULL) == 1)
		return FA_OK;
	return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
}

int
fa_sha256_add(struct fa_sha256 *h, struct fa_str s, struct fa_err *err)
{
	if (s.n == 0 || EVP_DigestUpdate(h->ctx, s.p, s.n) == 1)
		return FA_OK;
	return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
}

int
fa_sha256_end(
	struct fa_sha256 *h, char hex[FA_HASH_HEX_BYTES], struct fa_err *err)
{
	unsigned char md[EVP_MAX_MD_SIZE];

	if (EVP_DigestFinal_ex(h->ctx, md, NULL) != 1)
		return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
	put_hex(hex, md);
	return FA_OK;
}

int
fa_hash_id(
	int64_t *out, const struct fa_str *parts, size_t n, struct fa_err *err)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	uint64_t id = 0;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int ok = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;

	for (size_t i = 0; i < n && ok; i++) {
		unsigned char size[8];

		for (unsigned k = 0; k < 8; k++)
			size[k] = (unsigned char)((uint64_t)parts[i].n >>
				(8 * k));
		ok = EVP_DigestUpdate(ctx, size, sizeof(size)) == 1 &&
			(parts[i].n == 0 ||
				EVP_DigestUpdate(ctx, parts[i].p, parts[i].n) ==
					1);
	}
	ok = ok && EVP_DigestFinal_ex(ctx, md, NULL) == 1;
	EVP_MD_CTX_free(ctx);
	if (!ok)
		return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
	for (size_t i = 0; i < 8; i++)
		id = id << 8 | md[i];
	id >>= 1;
	*out = id == 0 ? 1 : (int64_t)id;
	return FA_OK;
}
