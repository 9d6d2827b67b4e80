/* Plain characters: those of three bytes that always stay what they are when
 * text is normalised, so that stretches of them can be copied. They fold to
 * themselves and are neither white space nor invisible; no spelling of two
 * characters changes them (陆, 它); and what they are in other encodings does
 * not depend on the text (U+FFFD stands for what is malformed, U+20AC is one
 * byte in GBK). Among them Han is what has a lead byte of E4 to E9, nothing
 * else is; the rare Han elsewhere does not count as plain. */
#ifndef FA_BASE_PLAIN_H
#define FA_BASE_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#define FA_PLAIN_ROWS 1024

/* One bit for each code point of the BMP, 64 in a row. Generated. */
extern const uint64_t fa_plain_rows[FA_PLAIN_ROWS];

/* Whether the character with these three bytes is plain, the first of them in
 * the lowest bits of utf8; its highest bits do not matter. */
static inline bool
fa_plain_is(uint32_t utf8)
{
	uint32_t row = (utf8 & 15) << 6 | (utf8 >> 8 & 63);

	return (fa_plain_rows[row] >> (utf8 >> 16 & 63) & 1) != 0;
}

#endif
