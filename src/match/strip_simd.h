/* What a strip does with AVX2; private to strip.c and strip_avx2.c. */
#ifndef FA_MATCH_STRIP_SIMD_H
#define FA_MATCH_STRIP_SIMD_H

#include <stddef.h>
#include <stdint.h>

#include "match/strip.h"

#define FA_STRIP_BLOCK                                                         \
	64               /* bytes in which characters are looked for at once   \
			  */
#define FA_STRIP_AHEAD 4 /* bytes that are read of a character */

/* Makes classes of the places in the cells from `from' to `to' - 1. Behind the
 * first byte of each character FA_STRIP_AHEAD - 1 more can be read. */
void fa_strip_classify(struct fa_strip *s, size_t from, size_t to);

/* What strip.c does without them; there it is said what. Where the compiler
 * knows no AVX2 they are not called. */
size_t fa_strip_list_avx2(
	uint32_t *out, const unsigned char *p, size_t n, uint32_t place);
void fa_strip_classify_avx2(struct fa_strip *s, size_t n);
void fa_strip_step_avx2(struct fa_strip *s);
void fa_strip_keep_avx2(struct fa_strip *s);
void fa_strip_next_avx2(struct fa_strip *s, size_t round);

#endif
