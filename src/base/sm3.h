/* SM3 (GB/T 32905-2016): our own, because that of libcrypto cannot be reached
 * without all that libcrypto gets ready at its first use, and because builds
 * of it may lack SM3. */
#ifndef FA_BASE_SM3_H
#define FA_BASE_SM3_H

#include "base/str.h"

#define FA_SM3_BYTES 32

void fa_sm3(unsigned char out[FA_SM3_BYTES], struct fa_str s);

#endif
