/* The strip with AVX2: eight characters at a time. Numbers are gathered from
 * the table by eight indices at once. Lanes that are to be kept are moved
 * together by a permutation, known for each of the 256 masks, and written as a
 * whole, behind what was kept before; what is kept next overwrites the rest.
 *
 * Lanes behind the last character or beginning hold whatever was there before:
 * numbers of nodes and cells, so that what is looked up for them exists, and is
 * not kept. */
#include "match/strip_simd.h"

#include "base/attr.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 8
#define ALL 0xffu /* lanes */
/* Cells that are gathered for before any is written: a processor holds loads
 * back that, by the last bits of their addresses, might be of what is about to
 * be written, and eight loads at random places soon are. */
#define GROUP 32

/* The numbers of the bits that are set in a mask, a byte each, lowest first;
 * the remaining bytes are 0. */
#define BIT(m, k)                                                              \
	(((m) >> (k)&1) ? UINT64_C(k) << 8 *                                   \
					__builtin_popcount(                    \
						(m) & ((1u << (k)) - 1))       \
			: 0)
#define BITS(m)                                                                \
	BIT(m, 1) | BIT(m, 2) | BIT(m, 3) | BIT(m, 4) | BIT(m, 5) |            \
		BIT(m, 6) | BIT(m, 7)
#define BITS_4(m) BITS(m), BITS(m + 1u), BITS(m + 2u), BITS(m + 3u)
#define BITS_16(m) BITS_4(m), BITS_4(m + 4u), BITS_4(m + 8u), BITS_4(m + 12u)
#define BITS_64(m)                                                             \
	BITS_16(m), BITS_16(m + 16u), BITS_16(m + 32u), BITS_16(m + 48u)

static const uint64_t bits_of[256] = { BITS_64(0u), BITS_64(64u), BITS_64(128u),
	BITS_64(192u) };

FA_AVX2 static inline __m256i
load(const uint32_t *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

FA_AVX2 static inline void
store(uint32_t *p, __m256i x)
{
	_mm256_storeu_si256((__m256i *)p, x);
}

FA_AVX2 static inline __m256i
numbers(uint32_t n)
{
	return _mm256_set1_epi32((int)n);
}

/* Eight bytes, as numbers. */
FA_AVX2 static inline __m256i
widen(const uint64_t *bytes)
{
	return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)bytes));
}

/* One bit per byte of the 64 that is no continuation byte of UTF-8: those are
 * the smallest, as signed numbers: below C0. */
FA_AVX2 static inline uint64_t
starts(const unsigned char *p)
{
	const __m256i last = _mm256_set1_epi8((char)0xbf);
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	uint32_t x = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(a, last));
	uint32_t y = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(b, last));

	return x | (uint64_t)y << 32;
}

FA_AVX2 size_t
fa_strip_list_avx2(
	uint32_t *out, const unsigned char *p, size_t n, uint32_t place)
{
	uint64_t mask = starts(p) & UINT64_MAX >> (FA_STRIP_BLOCK - n);
	uint32_t *at = out;

	for (; mask != 0; mask >>= 8, place += 8) {
		_mm256_storeu_si256((__m256i *)at,
			_mm256_add_epi32(
				widen(&bits_of[mask & 0xff]), numbers(place)));
		at += __builtin_popcount(mask & 0xff);
	}
	return (size_t)(at - out);
}

/* The classes of eight characters, given their first bytes and the two behind;
 * *rare: those that have to be looked up one by one. */
FA_AVX2 static inline __m256i
classes(const struct fa_word_table *t, __m256i x, uint32_t *rare)
{
	__m256i lead = _mm256_and_si256(x, numbers(0xff));
	__m256i three = _mm256_or_si256(
		_mm256_or_si256(_mm256_slli_epi32(
					_mm256_and_si256(x, numbers(0x0f)), 12),
			_mm256_and_si256(
				_mm256_srli_epi32(x, 2), numbers(0xfc0))),
		_mm256_and_si256(_mm256_srli_epi32(x, 16), numbers(0x3f)));
	__m256i is_long = _mm256_cmpgt_epi32(lead, numbers(0x7f));
	__m256i is_rare = _mm256_and_si256(is_long,
		_mm256_or_si256(_mm256_cmpgt_epi32(numbers(0xe0), lead),
			_mm256_cmpgt_epi32(lead, numbers(0xe9))));
	__m256i cp = _mm256_andnot_si256(
		is_rare, _mm256_blendv_epi8(lead, three, is_long));
	__m256i two = _mm256_i32gather_epi32((const int *)t->near, cp, 2);

	*rare = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(is_rare));
	return _mm256_and_si256(two, numbers(0xffff));
}

FA_AVX2 void
fa_strip_classify_avx2(struct fa_strip *s, size_t n)
{
	const int *text = (const int *)s->text.p;
	uint32_t *cells = s->cell, *rest = s->open_at;
	size_t i, rest_n = 0;

	for (i = 0; i + GROUP <= n; i += GROUP) {
		uint32_t rare, any = 0;
		__m256i x[GROUP / LANES];

		for (size_t k = 0; k < GROUP / LANES; k++) {
			__m256i cell = load(cells + i + k * LANES);
			__m256i place =
				_mm256_and_si256(cell, numbers(FA_STRIP_NODE));

			x[k] = _mm256_or_si256(_mm256_xor_si256(cell, place),
				classes(s->t,
					_mm256_i32gather_epi32(text, place, 1),
					&rare));
			any |= rare;
		}
		rest[rest_n] = (uint32_t)i;
		rest_n += any != 0;
		for (size_t k = 0; k < GROUP / LANES && any == 0; k++)
			store(cells + i + k * LANES, x[k]);
	}
	for (size_t k = 0; k < rest_n; k++)
		fa_strip_classify(s, rest[k], rest[k] + GROUP);
	fa_strip_classify(s, i, n);
}

/* Where eight steps lead to; 0: nowhere. */
FA_AVX2 static inline __m256i
step(const struct fa_word_table *t, __m256i node, __m256i class)
{
	__m256i base = _mm256_i32gather_epi32((const int *)t->base, node, 4);
	__m256i x = _mm256_i32gather_epi32(
		(const int *)t->steps, _mm256_add_epi32(base, class), 4);
	__m256i there = _mm256_cmpeq_epi32(
		_mm256_and_si256(x, numbers(FA_WORD_CLASS)), class);

	return _mm256_and_si256(
		there, _mm256_srli_epi32(x, FA_WORD_CLASS_BITS));
}

FA_AVX2 void
fa_strip_step_avx2(struct fa_strip *s)
{
	const __m256i is_node = numbers(FA_STRIP_NODE);
	const uint32_t *cell = s->cell;
	uint32_t *to = s->open_node;

	for (size_t i = 0; i < s->n; i += GROUP) {
		__m256i x[GROUP / LANES];

		for (size_t k = 0; k < GROUP / LANES; k++) {
			const uint32_t *at = cell + i + k * LANES;

			x[k] = step(s->t, _mm256_and_si256(load(at), is_node),
				_mm256_and_si256(load(at + 1), is_node));
		}
		for (size_t k = 0; k < GROUP / LANES; k++)
			store(to + i + k * LANES, x[k]);
	}
}

/* The lanes from `from' to `to' - 1. */
FA_AVX2 static inline uint32_t
between(__m256i x, size_t from, size_t to)
{
	__m256i is_in = _mm256_and_si256(
		_mm256_cmpgt_epi32(x, numbers((uint32_t)from - 1)),
		_mm256_cmpgt_epi32(numbers((uint32_t)to), x));

	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(is_in));
}

/* Writes the lanes of x that the mask tells; returns how many they are. */
FA_AVX2 static inline size_t
keep(uint32_t *out, __m256i x, uint32_t mask)
{
	_mm256_storeu_si256((__m256i *)out,
		_mm256_permutevar8x32_epi32(x, widen(&bits_of[mask])));
	return (size_t)__builtin_popcount(mask);
}

FA_AVX2 void
fa_strip_keep_avx2(struct fa_strip *s)
{
	const struct fa_word_table *t = s->t;
	const uint32_t *cells = s->cell;
	const size_t n = s->n;
	uint32_t *found = s->found, *open_at = s->open_at;
	uint32_t *open_node = s->open_node;
	__m256i at = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
	size_t open = 0;

	for (size_t i = 0; i < n; i += LANES) {
		__m256i cell = load(cells + i), to = load(open_node + i);
		__m256i tag = _mm256_and_si256(cell, numbers(~FA_STRIP_NODE));
		uint32_t one =
			between(_mm256_xor_si256(cell, tag), 1, t->ones_n + 1);
		uint32_t word = between(to, 1, t->words_end);
		uint32_t more = between(to, t->leaves_end, t->nodes_n);

		found += keep(found, cell, one);
		found += keep(found, _mm256_or_si256(tag, to), word);
		(void)keep(open_at + open, at, more);
		open += keep(open_node + open, to, more);
		at = _mm256_add_epi32(at, numbers(LANES));
	}
	s->found_n = (size_t)(found - s->found);
	s->open_n = open;
}

FA_AVX2 void
fa_strip_next_avx2(struct fa_strip *s, size_t round)
{
	const struct fa_word_table *t = s->t;
	const int *cells = (const int *)s->cell;
	const size_t n = s->open_n;
	uint32_t *found = s->found, *open_at = s->open_at;
	uint32_t *open_node = s->open_node;
	size_t open = 0;

	for (size_t i = 0; i < n; i += LANES) {
		uint32_t lanes = n - i < LANES ? (1u << (n - i)) - 1 : ALL;
		__m256i at = load(open_at + i), node = load(open_node + i);
		__m256i cell = _mm256_i32gather_epi32(cells, at, 4);
		__m256i tag = _mm256_and_si256(cell, numbers(~FA_STRIP_NODE));
		__m256i next = _mm256_and_si256(numbers(FA_STRIP_NODE),
			_mm256_i32gather_epi32(cells + round, at, 4));
		__m256i to = step(t, node, next);
		uint32_t word = lanes & between(to, 1, t->words_end);
		uint32_t more = lanes & between(to, t->leaves_end, t->nodes_n);

		found += keep(found, _mm256_or_si256(tag, to), word);
		(void)keep(open_at + open, at, more);
		open += keep(open_node + open, to, more);
	}
	s->found_n = (size_t)(found - s->found);
	s->open_n = open;
}
#else
size_t
fa_strip_list_avx2(
	uint32_t *out, const unsigned char *p, size_t n, uint32_t place)
{
	(void)out, (void)p, (void)n, (void)place;
	return 0;
}

void
fa_strip_classify_avx2(struct fa_strip *s, size_t n)
{
	(void)s, (void)n;
}

void
fa_strip_step_avx2(struct fa_strip *s)
{
	(void)s;
}

void
fa_strip_keep_avx2(struct fa_strip *s)
{
	(void)s;
}

void
fa_strip_next_avx2(struct fa_strip *s, size_t round)
{
	(void)s, (void)round;
}
#endif
