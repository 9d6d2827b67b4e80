/* GB18030, with its subsets GBK and GB2312. The code points are those of
 * glibc: GB 18030-2005, with the characters in Unicode that it had to leave
 * in the private use area. */
#ifndef FA_READ_GB18030_H
#define FA_READ_GB18030_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cpu.h"
#include "base/str.h"

/* Appends raw as UTF-8, one character per unit (fa_enc_unit); units without a
 * character become U+FFFD and are counted in *bad, but for those of four
 * bytes, among which is U+FFFD itself. */
void fa_gb_decode(struct fa_buf *out, struct fa_str raw, uint32_t *bad);

/* The tables, generated: for the files of the decoder. */
#define FA_GB_HALF 63 /* lead bytes 81-BF, C0-FE */
#define FA_GB_ROW 191 /* trail bytes 40-7E, 80-FE, and what ends a literal */
#define FA_GB_BEYOND 6
#define FA_GB_RANGES 210

/* The BMP by two bytes; 0 when it is beyond. */
extern const uint16_t fa_gb_low[FA_GB_HALF][FA_GB_ROW];
extern const uint16_t fa_gb_high[FA_GB_HALF][FA_GB_ROW];

/* The others of two bytes. */
struct fa_gb_beyond {
	uint16_t unit;
	uint32_t cp;
};

extern const struct fa_gb_beyond fa_gb_beyond[FA_GB_BEYOND];

/* The BMP by four bytes, which are digits of a number that 81308130 begins:
 * n numbers from number on stand for the code points from cp on. */
struct fa_gb_range {
	uint16_t number, cp, n;
};

extern const struct fa_gb_range fa_gb_ranges[FA_GB_RANGES];

#endif
