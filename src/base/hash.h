/* Digests, by libcrypto. */
#ifndef FA_BASE_HASH_H
#define FA_BASE_HASH_H

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_HASH_BYTES 32
#define FA_HASH_HEX_BYTES 65 /* with the final NUL */

/* FA_E_UNSUPPORTED when libcrypto lacks the algorithm (SM3 may be absent in
 * a restricted build); hex is lower case. */
FA_MUST_CHECK int fa_hash_sha256(
	char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err);
FA_MUST_CHECK int fa_hash_sm3(
	char hex[FA_HASH_HEX_BYTES], struct fa_str s, struct fa_err *err);

#endif
