/* Marks by AVX2, 32 bytes at once.
 *
 * An ASCII mark is known by the two halves of its byte: each half looks up a
 * byte of bits in a table of 16 (one shuffle), a bit for each group of marks
 * that are all pairs of some upper with some lower halves, and what both have
 * in common remains. In the same way eight characters of three bytes get a bit
 * each, by five halves: the first half of the first byte is always E. Quotes
 * and brackets are neighbours in Unicode, and compared. */
#include "segment/marks.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "base/attr.h"

#define AVX2 __attribute__((target("avx2")))

/* Bits of groups and characters. A character has the bit of its place. */
static const char characters[8][4] = { "。", "…", "⋯", "但", "不", "否", "然",
	"除" };
#define STOPS 0x07  /* of characters, and of . ! ? ; newline */
#define BREAKS 0xF8 /* of characters */
#define COMMAS 0x18 /* , and : */
#define DELIMS 0x64 /* " ( ) [ ] { } and newline */
static const uint8_t ascii_upper[16] = { [0] = 0x04, /* newline */
	[2] = 0x01 | 0x08 | 0x20,
	[3] = 0x02 | 0x10,
	[5] = 0x40,
	[7] = 0x40 };
static const uint8_t ascii_lower[16] = { [0x1] = 0x01,
	[0x2] = 0x20,
	[0x8] = 0x20,
	[0x9] = 0x20,
	[0xA] = 0x04 | 0x10,
	[0xB] = 0x02 | 0x40,
	[0xC] = 0x08,
	[0xD] = 0x40,
	[0xE] = 0x01,
	[0xF] = 0x02 };

/* What is looked up by the lower half of the first byte, and by both halves
 * of the others. */
struct tables {
	uint8_t first[16], upper[2][16], lower[2][16];
};

struct vectors {
	__m256i ascii_upper, ascii_lower, first, upper[2], lower[2];
};

static void
fill(struct tables *t)
{
	*t = (struct tables){ { 0 }, { { 0 } }, { { 0 } } };
	for (size_t i = 0; i < FA_COUNT(characters); i++) {
		uint8_t bit = (uint8_t)(1u << i);

		t->first[characters[i][0] & 15] |= bit;
		for (size_t k = 0; k < 2; k++) {
			t->upper[k][characters[i][k + 1] >> 4 & 15] |= bit;
			t->lower[k][characters[i][k + 1] & 15] |= bit;
		}
	}
}

AVX2 static __m256i
table(const uint8_t half[16])
{
	return _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)half));
}

AVX2 static struct vectors
vectors(void)
{
	struct tables t;

	fill(&t);
	return (struct vectors){ table(ascii_upper), table(ascii_lower),
		table(t.first), { table(t.upper[0]), table(t.upper[1]) },
		{ table(t.lower[0]), table(t.lower[1]) } };
}

AVX2 static inline __m256i
all(int byte)
{
	return _mm256_set1_epi8((char)byte);
}

AVX2 static inline __m256i
upper(__m256i bytes)
{
	return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), all(15));
}

AVX2 static inline __m256i
masked_is(__m256i bytes, int mask, int byte)
{
	return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, all(mask)), all(byte));
}

/* The bits of one of the two bytes behind the first. */
AVX2 static inline __m256i
looked_up(const struct vectors *v, int k, __m256i bytes)
{
	return _mm256_and_si256(_mm256_shuffle_epi8(v->upper[k], upper(bytes)),
		_mm256_shuffle_epi8(
			v->lower[k], _mm256_and_si256(bytes, all(15))));
}

AVX2 static inline uint32_t
some(__m256i bits, int mask)
{
	return ~(uint32_t)_mm256_movemask_epi8(masked_is(bits, mask, 0));
}

/* 32 bits of each map. a, b and c are the bytes, the ones behind them and the
 * ones behind those. */
AVX2 static inline void
find(const struct vectors *v, const char *p, uint64_t out[3])
{
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 1));
	__m256i c = _mm256_loadu_si256((const __m256i *)(p + 2));
	__m256i ascii =
		_mm256_and_si256(_mm256_shuffle_epi8(v->ascii_upper, upper(a)),
			_mm256_shuffle_epi8(v->ascii_lower, a));
	/* E0 to EF become 70 to 7F; the others 80 and more, which a shuffle
	 * makes 0. */
	__m256i lead =
		_mm256_adds_epu8(_mm256_xor_si256(a, all(0xE0)), all(0x70));
	__m256i bits = _mm256_and_si256(_mm256_shuffle_epi8(v->first, lead),
		_mm256_and_si256(looked_up(v, 0, b), looked_up(v, 1, c)));
	__m256i quotes = _mm256_and_si256(
		masked_is(a, 0xFF, 0xE2), masked_is(c, 0xFA, 0x98));
	__m256i brackets = _mm256_and_si256(masked_is(a, 0xFF, 0xE3),
		_mm256_or_si256(
			masked_is(c, 0xF8, 0x88), masked_is(c, 0xFA, 0x90)));
	__m256i delims = _mm256_and_si256(
		masked_is(b, 0xFF, 0x80), _mm256_or_si256(quotes, brackets));

	out[0] = some(_mm256_or_si256(bits, ascii), STOPS);
	out[1] = some(_mm256_or_si256(_mm256_and_si256(bits, all(BREAKS)),
			      _mm256_and_si256(ascii, all(COMMAS))),
		0xFF);
	out[2] = some(ascii, DELIMS) | (uint32_t)_mm256_movemask_epi8(delims);
}

/* Two bytes behind a word are looked at, too. */
AVX2 size_t
fa_marks_find_avx2(const struct fa_marks *out, struct fa_str text)
{
	struct vectors v = vectors();
	uint64_t low[3], high[3];
	size_t word, words = text.n < 66 ? 0 : (text.n - 2) / 64;

	for (word = 0; word < words; word++) {
		const char *p = text.p + word * 64;

		find(&v, p, low);
		find(&v, p + 32, high);
		out->stops[word] = low[0] | high[0] << 32;
		out->breaks[word] = low[1] | high[1] << 32;
		out->delims[word] = low[2] | high[2] << 32;
	}
	return words;
}
#else
size_t
fa_marks_find_avx2(const struct fa_marks *out, struct fa_str text)
{
	(void)out;
	(void)text;
	return 0;
}
#endif
