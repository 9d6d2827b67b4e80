/* Words of 64 bits as sets of small numbers, and eight bytes at once. */
#ifndef FA_BASE_BITS_H
#define FA_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FA_BITS_WORD 64 /* numbers in a word */

/* The number of the lowest bit that is set; bits must not be 0. */
static inline unsigned
fa_bits_lowest(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* The smallest member of the set bits[], which has a bit for every number
 * below to, that is not below from; to when there is none. */
static inline size_t
fa_bits_next(const uint64_t *bits, size_t from, size_t to)
{
	size_t word = from / 64;
	uint64_t rest;

	if (from >= to)
		return to;
	rest = bits[word] & (UINT64_MAX << from % 64);
	while (rest == 0) {
		if (++word * 64 >= to)
			return to;
		rest = bits[word];
	}
	from = word * 64 + fa_bits_lowest(rest);
	return from < to ? from : to;
}

static inline void
fa_bits_add(uint64_t *bits, size_t number)
{
	bits[number / 64] |= (uint64_t)1 << number % 64;
}

static inline void
fa_bits_drop(uint64_t *bits, size_t number)
{
	bits[number / 64] &= ~((uint64_t)1 << number % 64);
}

static inline bool
fa_bits_has(const uint64_t *bits, size_t number)
{
	return bits[number / 64] >> number % 64 & 1;
}

#define FA_BITS_BYTES 0x0101010101010101u /* 1 in every byte */

/* Eight bytes from p, in the order of the machine. */
static inline uint64_t
fa_bits_load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

#endif
