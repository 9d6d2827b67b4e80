/* The strip with AVX2: 64 bytes are looked at by two instructions, and eight
 * cells take their step together. */
#include "match/strip_simd.h"

#include "base/attr.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* Continuation bytes are the smallest, as signed numbers: below C0. */
FA_AVX2 uint64_t
fa_strip_starts_avx2(const unsigned char p[64])
{
	const __m256i last = _mm256_set1_epi8((char)0xbf);
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	uint32_t x = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(a, last));
	uint32_t y = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(b, last));

	return x | (uint64_t)y << 32;
}
#else
uint64_t
fa_strip_starts_avx2(const unsigned char p[64])
{
	(void)p;
	return 0;
}
#endif
