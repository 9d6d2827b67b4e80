/* zlib, opened when it is needed. */
#ifndef FA_BASE_ZLIB_H
#define FA_BASE_ZLIB_H

#include <zlib.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_ZLIB_FUNCTIONS(X)                                                   \
	X(crc32_z)                                                             \
	X(deflate)                                                             \
	X(deflateEnd)                                                          \
	X(deflateInit2_)                                                       \
	X(deflateParams)                                                       \
	X(deflateReset)                                                        \
	X(inflate)                                                             \
	X(inflateEnd)                                                          \
	X(inflateInit2_)                                                       \
	X(inflateReset)

struct fa_zlib {
#define FA_ZLIB_MEMBER(f) __typeof__(f) *f;
	FA_ZLIB_FUNCTIONS(FA_ZLIB_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_zlib_open(struct fa_err *err);
const struct fa_zlib *fa_zlib(void); /* NULL before it is open */

#endif
