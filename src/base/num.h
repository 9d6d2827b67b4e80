/* Numbers from text and checked arithmetic on sizes from input. */
#ifndef FA_BASE_NUM_H
#define FA_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Whole slice as decimal digits, at most max; false otherwise (empty, sign,
 * blank, overflow, trailing text), *out untouched. */
bool fa_num_u64(struct fa_str s, uint64_t max, uint64_t *out);
/* Hexadecimal digits, same rules. */
bool fa_num_hex(struct fa_str s, uint64_t max, uint64_t *out);
/* false on overflow, *out untouched. */
static inline bool
fa_num_add(size_t a, size_t b, size_t *out)
{
	if (b > SIZE_MAX - a)
		return false;
	*out = a + b;
	return true;
}

static inline bool
fa_num_mul(size_t a, size_t b, size_t *out)
{
	size_t product;

	if (__builtin_mul_overflow(a, b, &product))
		return false;
	*out = product;
	return true;
}

#endif
