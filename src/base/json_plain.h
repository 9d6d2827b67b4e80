/* Which text stands for itself in a string of JSON: printable ASCII but quotes
 * and backslashes, and characters that are well formed and show themselves.
 * For the writer of base/json.h only. */
#ifndef FA_BASE_JSON_PLAIN_H
#define FA_BASE_JSON_PLAIN_H

#include <stddef.h>

#include "base/cpu.h"
#include "base/str.h"

/* How many bytes at the start of s surely stand for themselves, whole
 * characters of them. Behind them stands a character that has to be looked at
 * (it may be plain as well). The same for each simd. */
size_t fa_json_plain(struct fa_str s, enum fa_simd simd);

#endif
