/* What writing, reading and checking the custody log share. Private to
 * custody*.c. */
#ifndef FA_EVIDENCE_CUSTODY_PARTS_H
#define FA_EVIDENCE_CUSTODY_PARTS_H

#include <stdbool.h>

#include "base/str.h"

#define FA_CUSTODY_ALGORITHM "sha256:" /* before the digest in "prev" */
/* The tree of the longest line takes less than this. */
#define FA_CUSTODY_PARSE_BYTES ((size_t)256 << 20)

bool fa_custody_is_digest(struct fa_str s); /* 64 lower-case hex digits */

#endif
