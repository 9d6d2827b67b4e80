/* How the writer of base/json.h moves names, numbers and texts to where they
 * belong. For that writer only. */
#ifndef FA_BASE_JSON_PUT_H
#define FA_BASE_JSON_PUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/str.h"

#define FA_JSON_INT_BYTES 20 /* of INT64_MIN, with its sign */

/* A copy of s at p, where there is room; returns what is behind it. Most is
 * short: two moves that overlap are sooner done than memcpy is called. */
static FA_INLINE char *
fa_json_put(char *p, struct fa_str s)
{
	uint64_t a, b;
	uint32_t c, d;

	if (s.n > 16 || s.n < 4) {
		memcpy(p, s.p, s.n);
	} else if (s.n >= 8) {
		memcpy(&a, s.p, sizeof(a));
		memcpy(&b, s.p + s.n - sizeof(b), sizeof(b));
		memcpy(p, &a, sizeof(a));
		memcpy(p + s.n - sizeof(b), &b, sizeof(b));
	} else {
		memcpy(&c, s.p, sizeof(c));
		memcpy(&d, s.p + s.n - sizeof(d), sizeof(d));
		memcpy(p, &c, sizeof(c));
		memcpy(p + s.n - sizeof(d), &d, sizeof(d));
	}
	return p + s.n;
}

/* A number in decimal, at the end of out. */
static inline struct fa_str
fa_json_digits(char out[FA_JSON_INT_BYTES], int64_t v)
{
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	size_t at = FA_JSON_INT_BYTES;

	do {
		out[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (v < 0)
		out[--at] = '-';
	return (struct fa_str){ out + at, FA_JSON_INT_BYTES - at };
}

#endif
