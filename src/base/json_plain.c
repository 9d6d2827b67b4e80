/* Most text is plain: printable ASCII without quotes and backslashes, and
 * Chinese. It is told apart without decoding: 32 bytes at once where the
 * processor can, else eight bytes or one character. What is not surely plain
 * is left to the caller, who decodes it. */
#include "base/json_plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

/* Of a sequence of three bytes by the low half of its first: the second bytes
 * (as bits, less 0x80) behind which something may hide, or that are malformed
 * (overlong, surrogates). */
#define BIT(second) (UINT64_C(1) << ((second)-0x80))
static const uint64_t doubtful[16] = {
	[0x0] = BIT(0xa0) - 1,                     /* E0: overlong */
	[0x1] = BIT(0x85) | BIT(0x9e) | BIT(0xa0), /* U+115F 17B4 180B */
	[0x2] = BIT(0x80) | BIT(0x81),             /* U+200B 2060 */
	[0x3] = BIT(0x85),                         /* U+3164 */
	[0xd] = ~(BIT(0xa0) - 1),                  /* ED: surrogates */
	[0xf] = BIT(0xbb) | BIT(0xbe) | BIT(0xbf), /* U+FEFF FFA0 FFF0 */
};
/* The third bytes behind E2 80 of what hides: U+200B-200F, 2028-202E. */
#define HIDDEN_E280 (UINT64_C(0x1f) << 0x0b | UINT64_C(0x7f) << 0x28)

/* Are these bytes of a sequence of three a plain character? */
static FA_INLINE bool
plain_three(unsigned a, unsigned b, unsigned c)
{
	if ((a & 0xf0) != 0xe0 || (b & 0xc0) != 0x80 || (c & 0xc0) != 0x80)
		return false;
	if ((doubtful[a & 15] >> (b & 63) & 1) == 0)
		return true;
	return a == 0xe2 && b == 0x80 && (HIDDEN_E280 >> (c & 63) & 1) == 0;
}

/* The bytes of the plain character at p, of which n > 0 bytes are there; 0
 * when it is not surely plain. */
static size_t
plain_rune(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return p[0] >= 0x20 && p[0] != '"' && p[0] != '\\' &&
			p[0] != 0x7f;
	if (p[0] >= 0xe0)
		return n >= 3 && plain_three(p[0], p[1], p[2]) ? 3 : 0;
	/* U+00AD, 034F and 061C hide, and U+0080-009F are controls. */
	return n >= 2 && p[0] > 0xc2 && p[0] != 0xcd && p[0] != 0xd8 &&
			(p[1] & 0xc0) == 0x80
		? 2
		: 0;
}

/* Are all eight bytes plain ASCII? */
static bool
plain_word(uint64_t v)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
	uint64_t del = v ^ ones * 0x7f;

	/* A byte below a borrow may be taken for one that is not plain, never
	 * the other way round. */
	return ((v | (v - ones * 0x20) | (quote - ones) | (slash - ones) |
			(del - ones)) &
		       ones << 7) == 0;
}

static bool
plain_eight(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return plain_word(v);
}

/* Is it plain ASCII of up to 16 bytes, as names are? Two loads that overlap
 * see all of it. */
static bool
plain_name(const unsigned char *p, size_t n)
{
	uint32_t a, b;

	if (n > 16 || n < 4)
		return false;
	if (n >= 8)
		return plain_eight(p) && plain_eight(p + n - 8);
	memcpy(&a, p, sizeof(a));
	memcpy(&b, p + n - 4, sizeof(b));
	return plain_word((uint64_t)a << 32 | b);
}

/* Passes plain characters from at on, until one begins at or behind end. */
static size_t
pass_characters(const unsigned char *p, size_t n, size_t at, size_t end)
{
	while (at < end) {
		size_t bytes;

		while (at < end && n - at >= 3 &&
			plain_three(p[at], p[at + 1], p[at + 2]))
			at += 3;
		while (at < end && n - at >= 8 && plain_eight(p + at))
			at += 8;
		if (at >= end)
			break;
		bytes = plain_rune(p + at, n - at);
		if (bytes == 0)
			break;
		at += bytes;
	}
	return at;
}

#ifdef __x86_64__
#include <immintrin.h>

#define BLOCK 32
#define LEAST 8 /* bytes in a vector; less is faster one by one */

/* Bytes in a vector, those of valid behind each other; the others are those of
 * other characters or zero. */
struct block {
	__m256i v;
	uint32_t valid;
};

FA_AVX2 static FA_INLINE struct block
load(const unsigned char *p)
{
	return (struct block){
		_mm256_loadu_si256((const __m256i *)(const void *)p), UINT32_MAX
	};
}

/* The n bytes at p, LEAST to 31, without a byte beyond them: two loads
 * overlap, and of the second is kept what the first has not. */
FA_AVX2 static FA_INLINE struct block
load_short(const unsigned char *p, size_t n)
{
	static const char shift[BLOCK] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
		12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
		-1, -1, -1, -1 };
	struct block b = { .valid = (UINT32_C(1) << n) - 1 };
	const void *first = p, *last, *by;

	if (n >= 16) {
		last = p + n - 16;
		by = shift + (BLOCK - n);
		b.v = _mm256_set_m128i(_mm_shuffle_epi8(_mm_loadu_si128(last),
					       _mm_loadu_si128(by)),
			_mm_loadu_si128(first));
	} else {
		last = p + n - 8;
		by = shift + (16 - n);
		b.v = _mm256_zextsi128_si256(_mm_unpacklo_epi64(
			_mm_loadl_epi64(first),
			_mm_shuffle_epi8(_mm_move_epi64(_mm_loadl_epi64(last)),
				_mm_loadl_epi64(by))));
	}
	return b;
}

/* What a byte may be: a look-up by each of its halves, and what both allow is
 * so. OTHER: controls, and what leads two or four bytes; ODD leads a sequence
 * that is not surely plain whatever its second byte is. Behind E2, E3 and EF
 * the second byte has the same bit when it makes the sequence doubtful. */
enum {
	OTHER = 1,
	QUOTE = 2,
	SLASH = 4,
	DEL = 8,
	ODD = 16,
	NEVER = OTHER | QUOTE | SLASH | DEL | ODD,
	E2 = 32,
	E3 = 64,
	EF = -128
};

FA_AVX2 static FA_INLINE __m256i
both(__m256i v, __m128i by_lower, __m128i by_upper)
{
	const __m256i half = _mm256_set1_epi8(15);
	__m256i lower = _mm256_and_si256(v, half);
	__m256i upper = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);

	return _mm256_and_si256(
		_mm256_shuffle_epi8(
			_mm256_broadcastsi128_si256(by_lower), lower),
		_mm256_shuffle_epi8(
			_mm256_broadcastsi128_si256(by_upper), upper));
}

FA_AVX2 static FA_INLINE __m256i
class_of(__m256i v)
{
	return both(v,
		_mm_setr_epi8(OTHER | ODD, OTHER | ODD, OTHER | QUOTE | E2,
			OTHER | E3, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER,
			OTHER, OTHER, OTHER | SLASH, OTHER | ODD, OTHER,
			OTHER | DEL | EF),
		_mm_setr_epi8(OTHER, OTHER, QUOTE, 0, 0, SLASH, 0, DEL, 0, 0, 0,
			0, OTHER, OTHER, ODD | E2 | E3 | EF, OTHER));
}

/* E2: 80, 81; E3: 85; EF: BB, BE, BF. */
FA_AVX2 static FA_INLINE __m256i
second_of(__m256i v)
{
	return both(v,
		_mm_setr_epi8(
			E2, E2, 0, 0, 0, E3, 0, 0, 0, 0, 0, EF, 0, 0, EF, EF),
		_mm_setr_epi8(
			0, 0, 0, 0, 0, 0, 0, 0, E2 | E3, 0, 0, EF, 0, 0, 0, 0));
}

/* Each byte at the place of the one behind it. */
FA_AVX2 static FA_INLINE __m256i
moved(__m256i v)
{
	return _mm256_alignr_epi8(v, _mm256_permute2x128_si256(v, v, 0x08), 15);
}

FA_AVX2 static FA_INLINE uint32_t
within(__m256i v, unsigned char from, unsigned char to)
{
	const __m256i most = _mm256_set1_epi8((char)(to - from));
	__m256i over = _mm256_sub_epi8(v, _mm256_set1_epi8((char)from));

	return (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(_mm256_min_epu8(over, most), over));
}

/* Whether a doubtful second byte makes something hide: not U+2010-2027 and
 * 202F-203F, the dashes and quotes behind E2 80. */
FA_AVX2 static bool
hides(__m256i v, __m256i doubt)
{
	uint32_t e2 = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(doubt, _mm256_set1_epi8(E2)));
	uint32_t all = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(doubt, _mm256_setzero_si256()));

	return (e2 | all) != UINT32_MAX || (e2 & ~within(v, 0x80, 0x80)) != 0 ||
		(e2 << 1 & (within(v, 0x8b, 0x8f) | within(v, 0xa8, 0xae))) !=
		0;
}

/* How many bytes of a block, of which the first valid one begins a character,
 * are whole plain characters, the invalid ones before them included; 0 when
 * not surely all that end in it are plain. */
FA_AVX2 static FA_INLINE size_t
plain_block(struct block b)
{
	const __m256i zero = _mm256_setzero_si256();
	__m256i class = class_of(b.v), doubt;
	uint32_t never = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(
		_mm256_and_si256(class, _mm256_set1_epi8(NEVER)), zero));
	uint32_t high = (uint32_t)_mm256_movemask_epi8(b.v) & b.valid;
	uint32_t three;

	if ((never & b.valid) != 0)
		return 0;
	if (high == 0)
		return BLOCK;
	/* Of the high bytes only those that lead have the next bit, too. */
	three = high &
		(uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(b.v, 1));
	if ((three << 1 | three << 2) != (high & ~three))
		return 0;
	doubt = _mm256_and_si256(moved(class), second_of(b.v));
	if (_mm256_testz_si256(doubt, doubt) == 0 && hides(b.v, doubt))
		return 0;
	return three >> 31 != 0 ? 31 : three >> 30 != 0 ? 30 : BLOCK;
}

/* Passes blocks that are plain all over, from the first byte of a character
 * on. */
FA_AVX2 static size_t
pass_blocks(const unsigned char *p, size_t n, size_t at)
{
	struct block b;
	size_t bytes;

	while (n - at >= BLOCK) {
		bytes = plain_block(load(p + at));
		if (bytes == 0)
			return at;
		at += bytes;
	}
	if (at == n || n < LEAST)
		return at;
	if (n < BLOCK) {
		return plain_block(load_short(p + at, n - at)) != 0 ? n : at;
	}
	/* The last block, without what was passed before. */
	b = load(p + n - BLOCK);
	b.valid <<= BLOCK - (n - at);
	bytes = plain_block(b);
	return bytes == 0 ? at : n - (BLOCK - bytes);
}
#endif

size_t
fa_json_plain(struct fa_str s, enum fa_simd simd)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0;

	if (plain_name(p, s.n))
		return s.n;
#ifdef __x86_64__
	/* A block that is not plain all over is passed one by one. */
	while (simd == FA_SIMD_AVX2 && s.n - at >= LEAST) {
		size_t end;

		at = pass_blocks(p, s.n, at);
		end = s.n - at < BLOCK ? s.n : at + BLOCK;
		at = pass_characters(p, s.n, at, end);
		if (at < end)
			return at;
	}
#endif
	(void)simd;
	return pass_characters(p, s.n, at, s.n);
}
