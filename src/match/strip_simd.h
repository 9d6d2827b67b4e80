/* What a strip does with AVX2; private to strip.c and strip_avx2.c. */
#ifndef FA_MATCH_STRIP_SIMD_H
#define FA_MATCH_STRIP_SIMD_H

#include <stdint.h>

#include "match/strip.h"

/* As starts_scalar() and first_scalar(). Where the compiler knows no AVX2 they
 * are not called. */
uint64_t fa_strip_starts_avx2(const unsigned char p[64]);
void fa_strip_first_avx2(struct fa_strip *s);

#endif
