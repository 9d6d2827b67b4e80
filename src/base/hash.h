/* Digests, by libcrypto. */
#ifndef FA_BASE_HASH_H
#define FA_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_HASH_BYTES 32
#define FA_HASH_HEX_BYTES 65 /* with the final NUL */

/* FA_E_UNSUPPORTED when libcrypto lacks the algorithm (SM3 may be absent in
 * a restricted build) or, for SM3, cannot be opened; hex is lower case. */
FA_MUST_CHECK int fa_hash_sha256(
	char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err);
FA_MUST_CHECK int fa_hash_sm3(
	char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err);

/* SHA-256 of the n parts, one behind the other, as bytes. */
FA_MUST_CHECK int fa_hash_parts(unsigned char out[FA_HASH_BYTES],
	const struct fa_str *parts, size_t n, struct fa_err *err);

/* A stable number above 0 for text that names something: the first 63 bits of
 * the SHA-256 of the n parts, each with its length before it. The same on
 * every machine; two names out of ten million share one with a chance of
 * 5 in a million. */
FA_MUST_CHECK int fa_hash_id(
	int64_t *out, const struct fa_str *parts, size_t n, struct fa_err *err);

/* SHA-256 of bytes that come in pieces. */
struct fa_sha256;
FA_MUST_CHECK int fa_sha256_new(struct fa_sha256 **out, struct fa_err *err);
void fa_sha256_free(struct fa_sha256 *h); /* NULL is fine */
/* Starts anew; the object can be used again and again. */
FA_MUST_CHECK int fa_sha256_begin(struct fa_sha256 *h, struct fa_err *err);
FA_MUST_CHECK int fa_sha256_add(
	struct fa_sha256 *h, struct fa_str s, struct fa_err *err);
FA_MUST_CHECK int fa_sha256_end(
	struct fa_sha256 *h, char hex[FA_HASH_HEX_BYTES], struct fa_err *err);

#endif
