/* Rows of bits, one for each sentence of a document. Private to match. */
#ifndef FA_MATCH_ROW_H
#define FA_MATCH_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "model/doc.h"

#define FA_ROW_BITS 64

static inline bool
fa_row_has(const uint64_t *row, uint32_t sentence)
{
	return row[sentence / FA_ROW_BITS] >> sentence % FA_ROW_BITS & 1;
}

static inline void
fa_row_set(uint64_t *row, uint32_t sentence)
{
	row[sentence / FA_ROW_BITS] |= UINT64_C(1) << sentence % FA_ROW_BITS;
}

static inline void
fa_row_clear(uint64_t *row, uint32_t sentence)
{
	row[sentence / FA_ROW_BITS] &= ~(UINT64_C(1) << sentence % FA_ROW_BITS);
}

/* Is one of the sentences of a run set? */
static inline bool
fa_row_any(const uint64_t *row, struct fa_range run)
{
	for (uint32_t i = run.from, next; i < run.to; i = next) {
		uint64_t rest = row[i / FA_ROW_BITS] >> i % FA_ROW_BITS;

		next = (i / FA_ROW_BITS + 1) * FA_ROW_BITS;
		if (rest != 0 && (uint32_t)__builtin_ctzll(rest) < run.to - i)
			return true;
	}
	return false;
}

#endif
