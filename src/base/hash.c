#include "base/hash.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <stddef.h>

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
