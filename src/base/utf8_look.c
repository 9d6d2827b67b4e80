/* Whether bytes are UTF-8. The vector version follows "Validating UTF-8 in
 * less than one instruction per byte" (Keiser, Lemire, 2020): what can be
 * wrong with two adjacent bytes depends on three of their halves, so three
 * look-ups, one for each half, give the errors that it allows, and what all
 * three allow is an error. What two bytes cannot tell is whether a third and
 * a fourth are missing or too many; that follows from the bytes two and three
 * before. */
#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"

#define ASCII_WORD 0x8080808080808080u

static bool
is_ascii_word(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return (w & ASCII_WORD) == 0;
}

static struct fa_utf8_look
look_scalar(struct fa_str s)
{
	struct fa_utf8_look look = { true, false, false };
	size_t at = 0;

	while (at < s.n) {
		uint32_t cp;
		size_t n;

		if ((unsigned char)s.p[at] < 0x80) {
			at += s.n - at >= 8 && is_ascii_word(s.p + at) ? 8 : 1;
			continue;
		}
		look.multi = true;
		n = fa_utf8_next((struct fa_str){ s.p + at, s.n - at }, &cp);
		look.wide = look.wide || n > 2;
		look.valid = look.valid && n > 1;
		if (!look.valid)
			break;
		at += n;
	}
	return look;
}

#ifdef __x86_64__
#include <immintrin.h>

enum {
	TOO_SHORT = 1,    /* lead, then no continuation */
	TOO_LONG = 2,     /* ASCII, then a continuation */
	OVERLONG_3 = 4,   /* E0, then 80-9F */
	TOO_LARGE = 8,    /* F4, then 90-BF; F5-FF */
	SURROGATE = 16,   /* ED, then A0-BF */
	OVERLONG_2 = 32,  /* C0, C1 */
	OVERLONG_4 = 64,  /* F0, then 80-8F; F5-FF, then 80-8F, is TOO_LARGE */
	TWO_CONTS = -128, /* right only as bytes three and four */
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS
};

struct checker {
	__m256i error, most, before;
};

FA_AVX2 static inline __m256i
table(__m128i t, __m256i index)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(t), index);
}

FA_AVX2 static inline __m256i
upper(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* The errors that the byte before (its two halves) and this byte allow. */
FA_AVX2 static inline __m256i
pair_errors(__m256i before, __m256i v)
{
	const __m128i before_upper = _mm_setr_epi8(TOO_LONG, TOO_LONG, TOO_LONG,
		TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_CONTS,
		TWO_CONTS, TWO_CONTS, TWO_CONTS, TOO_SHORT | OVERLONG_2,
		TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
		TOO_SHORT | TOO_LARGE | OVERLONG_4);
	const __m128i before_lower = _mm_setr_epi8(
		CARRY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
		CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
		CARRY | TOO_LARGE | OVERLONG_4, CARRY | TOO_LARGE | OVERLONG_4,
		CARRY | TOO_LARGE | OVERLONG_4, CARRY | TOO_LARGE | OVERLONG_4,
		CARRY | TOO_LARGE | OVERLONG_4, CARRY | TOO_LARGE | OVERLONG_4,
		CARRY | TOO_LARGE | OVERLONG_4, CARRY | TOO_LARGE | OVERLONG_4,
		CARRY | TOO_LARGE | OVERLONG_4 | SURROGATE,
		CARRY | TOO_LARGE | OVERLONG_4, CARRY | TOO_LARGE | OVERLONG_4);
	const __m128i this_upper = _mm_setr_epi8(TOO_SHORT, TOO_SHORT,
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
		TOO_SHORT,
		TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | OVERLONG_4,
		TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,
		TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
		TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);

	return _mm256_and_si256(
		_mm256_and_si256(table(before_upper, upper(before)),
			table(before_lower,
				_mm256_and_si256(
					before, _mm256_set1_epi8(15)))),
		table(this_upper, upper(v)));
}

FA_AVX2 static inline void
check(struct checker *c, __m256i v)
{
	/* The last half of the block before, then the first of this one. */
	__m256i joint = _mm256_permute2x128_si256(c->before, v, 0x21);
	__m256i before1 = _mm256_alignr_epi8(v, joint, 15);
	__m256i before2 = _mm256_alignr_epi8(v, joint, 14);
	__m256i before3 = _mm256_alignr_epi8(v, joint, 13);
	__m256i third = _mm256_subs_epu8(before2, _mm256_set1_epi8(0x60));
	__m256i fourth = _mm256_subs_epu8(before3, _mm256_set1_epi8(0x70));
	/* Bit 7 where a lead two or three before wants a continuation. */
	__m256i wanted = _mm256_and_si256(
		_mm256_or_si256(third, fourth), _mm256_set1_epi8(-128));

	c->error = _mm256_or_si256(
		c->error, _mm256_xor_si256(wanted, pair_errors(before1, v)));
	c->most = _mm256_max_epu8(c->most, v);
	c->before = v;
}

FA_AVX2 static struct fa_utf8_look
look_avx2(struct fa_str s)
{
	const __m256i zero = _mm256_setzero_si256();
	struct checker c = { zero, zero, zero };
	struct fa_utf8_look look;
	unsigned char most[32];
	char tail[32] = { 0 };
	size_t at = 0;

	for (; s.n - at >= 32; at += 32) {
		__m256i v = _mm256_loadu_si256(
			(const __m256i *)(const void *)(s.p + at));

		/* ASCII behind ASCII cannot be wrong. */
		if (_mm256_movemask_epi8(_mm256_or_si256(v, c.before)) != 0)
			check(&c, v);
	}
	/* Zeros behind the end show a sequence that was cut. */
	if (at < s.n)
		memcpy(tail, s.p + at, s.n - at);
	check(&c, _mm256_loadu_si256((const __m256i *)(const void *)tail));
	check(&c, zero);
	look.valid = _mm256_testz_si256(c.error, c.error) != 0;
	_mm256_storeu_si256((__m256i *)(void *)most, c.most);
	for (int i = 1; i < 32; i++) {
		if (most[i] > most[0])
			most[0] = most[i];
	}
	look.multi = most[0] >= 0x80;
	look.wide = most[0] >= 0xe0;
	return look;
}
#endif

struct fa_utf8_look
fa_utf8_look(struct fa_str s, enum fa_simd simd)
{
#ifdef __x86_64__
	if (simd == FA_SIMD_AVX2 && s.n > 0)
		return look_avx2(s);
#endif
	(void)simd;
	return look_scalar(s);
}

bool
fa_utf8_valid(struct fa_str s)
{
	return fa_utf8_look(s, fa_cpu_simd()).valid;
}
