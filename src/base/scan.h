/* The first byte of a set in a text, for what stops at few ASCII characters:
 * ends of lines, marks, markup. Two look-ups by the halves of a byte tell
 * whether it is in the set, for 32 bytes at once where the processor can.
 * Bytes above 7F are in no set. */
#ifndef FA_BASE_SCAN_H
#define FA_BASE_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"
#include "base/str.h"

/* Bit h of low[l] says that the byte of upper half h and lower half l is in:
 * '<' is 3C, so low[0xc] has 1 << 3. */
struct fa_scan_set {
	uint8_t low[16];
};

struct fa_scan_set fa_scan_set(struct fa_str bytes);
/* Offset of the first byte of the set in s[from, to), else to; to is at most
 * s.n, and nothing beyond s is read. */
size_t fa_scan(const struct fa_scan_set *set, struct fa_str s, size_t from,
	size_t to, enum fa_simd simd);
/* The same for a byte of the set with one of another set behind it, in s. */
size_t fa_scan_pair(const struct fa_scan_set *set,
	const struct fa_scan_set *behind, struct fa_str s, size_t from,
	size_t to, enum fa_simd simd);

/* How often c stands in s; *last becomes the offset of the last one, when there
 * is one. */
size_t fa_scan_count(size_t *last, struct fa_str s, char c, enum fa_simd simd);

#endif
