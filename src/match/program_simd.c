/* Where words of a set may begin, and where few symbols stand, for 32
 * characters at a time.
 *
 * A set of numbers below 64 is 8 bytes. With AVX2 one instruction looks up 32
 * of them: the byte that a number names, then in it the bit. */
#include "match/program_rows.h"

/* 32 or 64. */
static uint32_t
whole(uint32_t n)
{
	return n > 32 ? FA_ROW_PIECE : 32;
}

static uint64_t
row_few_scalar(
	const struct fa_class_few *few, const uint16_t *symbols, uint32_t n)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < whole(n); i++)
		for (unsigned k = 0; k < few->n; k++)
			bits |= (uint64_t)(symbols[i] == few->symbol[k]) << i;
	return bits;
}

static uint64_t
row_words_scalar(const struct fa_word_set *set, const uint8_t *low,
	const uint8_t *high, uint32_t n)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < whole(n); i++) {
		uint64_t first =
			(set->first[0] >> low[i]) & (set->first[1] >> high[i]);
		uint64_t second = (set->second[0] >> low[i + 1]) &
			(set->second[1] >> high[i + 1]);

		bits |= (first & second & 1) << i;
	}
	return bits;
}

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Of 32 numbers: a byte that is not 0 for each that is in the set. */
AVX2 static inline __m256i
members(uint64_t set, const uint8_t *numbers)
{
	const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
	__m256i n = _mm256_loadu_si256((const __m256i *)(const void *)numbers);
	__m256i byte =
		_mm256_and_si256(_mm256_srli_epi16(n, 3), _mm256_set1_epi8(7));

	return _mm256_and_si256(
		_mm256_shuffle_epi8(_mm256_set1_epi64x((long long)set), byte),
		_mm256_shuffle_epi8(
			bit, _mm256_and_si256(n, _mm256_set1_epi8(7))));
}

AVX2 static inline uint32_t
members_of_both(const uint64_t set[2], const uint8_t *low, const uint8_t *high)
{
	const __m256i none = _mm256_setzero_si256();
	__m256i absent =
		_mm256_or_si256(_mm256_cmpeq_epi8(members(set[0], low), none),
			_mm256_cmpeq_epi8(members(set[1], high), none));

	return ~(uint32_t)_mm256_movemask_epi8(absent);
}

AVX2 static uint64_t
row_words_avx2(const struct fa_word_set *set, const uint8_t *low,
	const uint8_t *high, uint32_t n)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < whole(n); i += 32) {
		uint32_t both = members_of_both(set->first, low + i, high + i) &
			members_of_both(set->second, low + i + 1, high + i + 1);

		bits |= (uint64_t)both << i;
	}
	return bits;
}

/* Of 16 symbols: all bits of those that are one of the few. */
AVX2 static inline __m256i
few_of(const struct fa_class_few *few, const uint16_t *symbols)
{
	__m256i s = _mm256_loadu_si256((const __m256i *)(const void *)symbols);
	__m256i equal = _mm256_setzero_si256();

	for (unsigned k = 0; k < few->n; k++)
		equal = _mm256_or_si256(equal,
			_mm256_cmpeq_epi16(
				s, _mm256_set1_epi16((short)few->symbol[k])));
	return equal;
}

AVX2 static uint64_t
row_few_avx2(
	const struct fa_class_few *few, const uint16_t *symbols, uint32_t n)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < whole(n); i += 32) {
		__m256i packed = _mm256_packs_epi16(few_of(few, symbols + i),
			few_of(few, symbols + i + 16));

		/* The packing goes by halves: 0-7, 16-23, 8-15, 24-31. */
		packed = _mm256_permute4x64_epi64(packed, 0xd8);
		bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(packed) << i;
	}
	return bits;
}
#endif

uint64_t
fa_row_words(const struct fa_word_set *set, const uint8_t *low,
	const uint8_t *high, uint32_t n, enum fa_simd simd)
{
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2)
		return row_words_avx2(set, low, high, n);
#endif
	(void)simd;
	return row_words_scalar(set, low, high, n);
}

uint64_t
fa_row_few(const struct fa_class_few *few, const uint16_t *symbols, uint32_t n,
	enum fa_simd simd)
{
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2)
		return row_few_avx2(few, symbols, n);
#endif
	(void)simd;
	return row_few_scalar(few, symbols, n);
}
