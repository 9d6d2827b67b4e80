/* Every run of the program digests what it reads, so SHA-256 must cost nothing
 * to start. It is that of libcrypto, by the functions of OpenSSL 1.1, which
 * take what the processor offers and need nothing else of the library: the
 * program carries them (libcrypto.a, in the Makefile), because the loader would
 * spend longer on the library than most runs take. The functions of 3.0 first
 * get ready all algorithms that there are. SM3, which only evidence asks for,
 * has no other; for it the library is opened. */
#define OPENSSL_API_COMPAT 10101

#include "base/hash.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/library.h"

FA_LIBRARY_NOTE("sm3", "digests by SM3", FA_SONAME_CRYPTO);

#define SM3_FUNCTIONS(X)                                                       \
	X(ERR_set_mark)                                                        \
	X(ERR_pop_to_mark)                                                     \
	X(EVP_MD_fetch)                                                        \
	X(EVP_MD_free)                                                         \
	X(EVP_Digest)

struct sm3 {
#define MEMBER(f) __typeof__(f) *f;
	SM3_FUNCTIONS(MEMBER)
};

static struct fa_library_slot opened;

static int
open_sm3(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { SM3_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_CRYPTO,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct sm3) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

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
no_sha256(struct fa_err *err)
{
	return fa_fail(err, FA_E_UNSUPPORTED, "libcrypto does not do SHA-256");
}

static const void *
bytes_of(struct fa_str s)
{
	return s.p == NULL ? "" : s.p;
}

int
fa_hash_sha256(char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err)
{
	unsigned char out[FA_HASH_BYTES];
	SHA256_CTX ctx;

	if (SHA256_Init(&ctx) != 1 ||
		SHA256_Update(&ctx, bytes_of(s), s.n) != 1 ||
		SHA256_Final(out, &ctx) != 1)
		return no_sha256(err);
	put_hex(hex, out);
	return FA_OK;
}

int
fa_hash_sm3(char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err)
{
	unsigned char out[EVP_MAX_MD_SIZE];
	const struct sm3 *c;
	unsigned n = 0;
	EVP_MD *md;
	int ok, rc = open_sm3(err);

	if (rc < 0)
		return rc;
	c = fa_library_functions(&opened);
	/* libcrypto has an error queue per thread; leave it as it was */
	(void)c->ERR_set_mark();
	md = c->EVP_MD_fetch(NULL, "SM3", NULL);
	if (md == NULL) {
		(void)c->ERR_pop_to_mark();
		return fa_fail(
			err, FA_E_UNSUPPORTED, "libcrypto does not offer SM3");
	}
	ok = c->EVP_Digest(bytes_of(s), s.n, out, &n, md, NULL);
	c->EVP_MD_free(md);
	(void)c->ERR_pop_to_mark();
	if (ok != 1 || n != FA_HASH_BYTES)
		return fa_fail(err, FA_E_NOMEM, "out of memory for SM3");
	put_hex(hex, out);
	return FA_OK;
}

struct fa_sha256 {
	SHA256_CTX ctx;
};

int
fa_sha256_new(struct fa_sha256 **out, struct fa_err *err)
{
	struct fa_sha256 *h = calloc(1, sizeof(*h));

	if (h == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for SHA-256");
	*out = h;
	return FA_OK;
}

void
fa_sha256_free(struct fa_sha256 *h)
{
	free(h);
}

int
fa_sha256_begin(struct fa_sha256 *h, struct fa_err *err)
{
	return SHA256_Init(&h->ctx) == 1 ? FA_OK : no_sha256(err);
}

int
fa_sha256_add(struct fa_sha256 *h, struct fa_str s, struct fa_err *err)
{
	return s.n == 0 || SHA256_Update(&h->ctx, s.p, s.n) == 1
		? FA_OK
		: no_sha256(err);
}

int
fa_sha256_end(
	struct fa_sha256 *h, char hex[FA_HASH_HEX_BYTES], struct fa_err *err)
{
	unsigned char out[FA_HASH_BYTES];

	if (SHA256_Final(out, &h->ctx) != 1)
		return no_sha256(err);
	put_hex(hex, out);
	return FA_OK;
}

int
fa_hash_parts(unsigned char out[FA_HASH_BYTES], const struct fa_str *parts,
	size_t n, struct fa_err *err)
{
	SHA256_CTX ctx;
	bool ok = SHA256_Init(&ctx) == 1;

	for (size_t i = 0; i < n && ok; i++)
		ok = SHA256_Update(&ctx, bytes_of(parts[i]), parts[i].n) == 1;
	return ok && SHA256_Final(out, &ctx) == 1 ? FA_OK : no_sha256(err);
}

int
fa_hash_id(
	int64_t *out, const struct fa_str *parts, size_t n, struct fa_err *err)
{
	unsigned char md[FA_HASH_BYTES];
	uint64_t id = 0;
	SHA256_CTX ctx;
	bool ok = SHA256_Init(&ctx) == 1;

	for (size_t i = 0; i < n && ok; i++) {
		unsigned char size[8];

		for (unsigned k = 0; k < 8; k++)
			size[k] = (unsigned char)((uint64_t)parts[i].n >>
				(8 * k));
		ok = SHA256_Update(&ctx, size, sizeof(size)) == 1 &&
			SHA256_Update(&ctx, bytes_of(parts[i]), parts[i].n) ==
				1;
	}
	if (!ok || SHA256_Final(md, &ctx) != 1)
		return no_sha256(err);
	for (size_t i = 0; i < 8; i++)
		id = id << 8 | md[i];
	id >>= 1;
	*out = id == 0 ? 1 : (int64_t)id;
	return FA_OK;
}
