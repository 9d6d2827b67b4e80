/* UTF-8, and the folding of characters for matching (NFKC through utf8proc;
 * CJK radicals, Traditional characters and zero-width characters through
 * tables of our own). Knows nothing of documents. */
#ifndef FA_BASE_UTF8_H
#define FA_BASE_UTF8_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cpu.h"
#include "base/str.h"

#define FA_RUNE_BAD 0xFFFDu

/* Decodes the code point at s.p[0]; returns its length in bytes (1-4) and
 * sets *cp. A malformed sequence has length 1 and *cp = FA_RUNE_BAD, so that
 * one bad byte costs one character. s must not be empty. */
static inline size_t fa_utf8_next(struct fa_str s, uint32_t *cp);
/* Writes cp (not a surrogate, <= U+10FFFF; else U+FFFD) and returns 1-4. */
size_t fa_utf8_put(uint32_t cp, char out[4]);
bool fa_utf8_valid(struct fa_str s);

struct fa_utf8_look {
	bool valid;
	/* When it is valid: some character has several bytes, or three or
	 * more. */
	bool multi, wide;
};
/* The same, with more to know of it, by the instructions of simd. */
struct fa_utf8_look fa_utf8_look(struct fa_str s, enum fa_simd simd);
size_t fa_utf8_count(struct fa_str s); /* code points */
/* The first bytes of s, at most so many, cut between code points. */
struct fa_str fa_utf8_beginning(struct fa_str s, size_t bytes);
/* Terminal columns of a code point: 0, 1 or 2 (East Asian Width). */
int fa_utf8_width(uint32_t cp);
size_t fa_utf8_columns(struct fa_str s);
/* Han, kana, bopomofo, CJK punctuation and full-width forms; not U+3000,
 * which is a space, and not the curly quotes, which other scripts share. */
bool fa_rune_is_cjk(uint32_t cp);
bool fa_rune_is_han(uint32_t cp);
bool fa_rune_is_space(uint32_t cp); /* Unicode White_Space */
/* Zero-width and invisible: Unicode Default_Ignorable_Code_Point (U+00AD,
 * 200B-200F, 202A-202E, 2060-206F, FEFF, variation selectors, tag characters
 * and others), and C0/C1 controls but \t \n \r. */
bool fa_rune_is_ignorable(uint32_t cp);

/* The same where the first byte is not ASCII. */
size_t fa_utf8_next_multi(struct fa_str s, uint32_t *cp);

static inline size_t
fa_utf8_next(struct fa_str s, uint32_t *cp)
{
	assert(s.n > 0);
	if ((unsigned char)s.p[0] >= 0x80)
		return fa_utf8_next_multi(s, cp);
	*cp = (unsigned char)s.p[0];
	return 1;
}

#define FA_FOLD_RUNES 18 /* longest compatibility decomposition */

/* Folds one code point for matching: NFKC, CJK Radicals Supplement and Kangxi
 * to ordinary characters, Traditional to Simplified, curly quotes kept,
 * variants (帐 -> 账). Writes UTF-8 into out and returns its bytes; 0 when the
 * code point is ignorable. Combining sequences are not composed (a combining
 * mark folds to itself); case is kept. */
size_t fa_rune_fold(uint32_t cp, char out[FA_FOLD_RUNES * 4]);

#endif
