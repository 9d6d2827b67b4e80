#include "base/scan.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

struct fa_scan_set
fa_scan_set(struct fa_str bytes)
{
	struct fa_scan_set set = { { 0 } };

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		assert(c < 0x80);
		set.low[c & 15] |= (uint8_t)(1u << (c >> 4));
	}
	return set;
}

static inline bool
is_in(const struct fa_scan_set *set, char byte)
{
	unsigned char c = (unsigned char)byte;

	/* The shift leaves nothing of bytes above 7F. */
	return (set->low[c & 15] >> (c >> 4) & 1) != 0;
}

static size_t
scan_scalar(
	const struct fa_scan_set *set, struct fa_str s, size_t from, size_t to)
{
	while (from < to && !is_in(set, s.p[from]))
		from++;
	return from;
}

static size_t
pair_scalar(const struct fa_scan_set *set, const struct fa_scan_set *behind,
	struct fa_str s, size_t from, size_t to)
{
	while (from < to &&
		!(is_in(set, s.p[from]) && from + 1 < s.n &&
			is_in(behind, s.p[from + 1])))
		from++;
	return from;
}

#ifdef __x86_64__
#include <immintrin.h>

/* One bit for each of 32 bytes. */
FA_AVX2 static inline uint32_t
members(__m256i low, __m256i high, const char *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i upper =
		_mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
	__m256i in = _mm256_and_si256(
		_mm256_shuffle_epi8(low, v), _mm256_shuffle_epi8(high, upper));

	return ~(uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(in, _mm256_setzero_si256()));
}

FA_AVX2 static inline __m256i
lower_of(const struct fa_scan_set *set)
{
	return _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)(const void *)set->low));
}

FA_AVX2 static inline __m256i
uppers(void)
{
	return _mm256_broadcastsi128_si256(_mm_setr_epi8(
		1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0));
}

FA_AVX2 static size_t
scan_avx2(
	const struct fa_scan_set *set, struct fa_str s, size_t from, size_t to)
{
	const __m256i low = lower_of(set), high = uppers();
	uint32_t hits;

	for (; from < to && s.n - from >= 32; from += 32) {
		hits = members(low, high, s.p + from);
		if (hits != 0) {
			from += (size_t)__builtin_ctz(hits);
			return from < to ? from : to;
		}
	}
	if (from >= to)
		return to;
	/* The last bytes of s again, without those before from. */
	hits = members(low, high, s.p + s.n - 32) >> (32 - (s.n - from));
	from += hits != 0 ? (size_t)__builtin_ctz(hits) : 32;
	return from < to ? from : to;
}

FA_AVX2 static size_t
pair_avx2(const struct fa_scan_set *set, const struct fa_scan_set *behind,
	struct fa_str s, size_t from, size_t to)
{
	const __m256i low = lower_of(set), next = lower_of(behind);
	const __m256i high = uppers();

	for (; from < to && s.n - from > 32; from += 32) {
		uint32_t hits = members(low, high, s.p + from);

		if (hits == 0)
			continue;
		hits &= members(next, high, s.p + from + 1);
		if (hits != 0) {
			from += (size_t)__builtin_ctz(hits);
			return from < to ? from : to;
		}
	}
	return from < to ? pair_scalar(set, behind, s, from, to) : to;
}

/* Bytes that are c, in each of 32 lanes: a lane counts as far as 255. */
#define LANES_MAX 255

FA_AVX2 static size_t
count_avx2(size_t *last, struct fa_str s, char c)
{
	const __m256i all = _mm256_set1_epi8(c);
	const __m256i zero = _mm256_setzero_si256();
	__m256i sum = zero;
	uint64_t sums[4];
	size_t at = 0;

	while (s.n - at >= 32) {
		size_t blocks = (s.n - at) / 32;
		__m256i lanes = zero;

		blocks = blocks < LANES_MAX ? blocks : LANES_MAX;
		for (; blocks > 0; blocks--, at += 32) {
			const void *p = s.p + at;
			__m256i is =
				_mm256_cmpeq_epi8(_mm256_loadu_si256(p), all);
			uint32_t hits = (uint32_t)_mm256_movemask_epi8(is);

			lanes = _mm256_sub_epi8(lanes, is);
			if (hits != 0)
				*last = at + 31 - (size_t)__builtin_clz(hits);
		}
		sum = _mm256_add_epi64(sum, _mm256_sad_epu8(lanes, zero));
	}
	_mm256_storeu_si256((__m256i *)(void *)sums, sum);
	for (; at < s.n; at++) {
		if (s.p[at] != c)
			continue;
		sums[0]++;
		*last = at;
	}
	return (size_t)(sums[0] + sums[1] + sums[2] + sums[3]);
}
#endif

size_t
fa_scan(const struct fa_scan_set *set, struct fa_str s, size_t from, size_t to,
	enum fa_simd simd)
{
	assert(to <= s.n);
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2 && s.n >= 32)
		return scan_avx2(set, s, from, to);
#endif
	(void)simd;
	return scan_scalar(set, s, from, to);
}

size_t
fa_scan_pair(const struct fa_scan_set *set, const struct fa_scan_set *behind,
	struct fa_str s, size_t from, size_t to, enum fa_simd simd)
{
	assert(to <= s.n);
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2)
		return pair_avx2(set, behind, s, from, to);
#endif
	(void)simd;
	return pair_scalar(set, behind, s, from, to);
}

static size_t
count_scalar(size_t *last, struct fa_str s, char c)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n = 0;

	while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
		*last = (size_t)(p - s.p);
		n++;
		p++;
	}
	return n;
}

size_t
fa_scan_count(size_t *last, struct fa_str s, char c, enum fa_simd simd)
{
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2 && s.n >= 32)
		return count_avx2(last, s, c);
#endif
	(void)simd;
	return s.n > 0 ? count_scalar(last, s, c) : 0;
}
