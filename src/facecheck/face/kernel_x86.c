/* Kernels for processors with AVX2, and with AVX-512 and its instructions for
 * inner products of bytes (VNNI). Those multiply unsigned by signed bytes: one
 * side is moved up by 128, and 128 times the sum of the other taken off. */
#include "facecheck/face/pairs.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

AVX2 static __m256i
widened(const int8_t *p)
{
	return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)p));
}

AVX2 static int32_t
dot_avx2(const int8_t *a, const int8_t *b, size_t n)
{
	__m256i s = _mm256_setzero_si256(), t = s;
	__m128i z;

	for (size_t i = 0; i < n; i += 32) {
		s = _mm256_add_epi32(
			s, _mm256_madd_epi16(widened(a + i), widened(b + i)));
		t = _mm256_add_epi32(t,
			_mm256_madd_epi16(
				widened(a + i + 16), widened(b + i + 16)));
	}
	s = _mm256_add_epi32(s, t);
	z = _mm_add_epi32(
		_mm256_castsi256_si128(s), _mm256_extracti128_si256(s, 1));
	z = _mm_hadd_epi32(z, z);
	z = _mm_hadd_epi32(z, z);
	return _mm_cvtsi128_si32(z);
}

/* Two rows against two columns: each byte is widened once for two products. */
AVX2 static __m128i
square_avx2(const int8_t *a, const int8_t *b)
{
	__m256i s00 = _mm256_setzero_si256(), s01 = s00, s10 = s00, s11 = s00;

	for (size_t k = 0; k < FC_TEMPLATE_DIMS; k += 16) {
		__m256i x0 = widened(a + k);
		__m256i x1 = widened(a + FC_TEMPLATE_DIMS + k);
		__m256i y0 = widened(b + k);
		__m256i y1 = widened(b + FC_TEMPLATE_DIMS + k);

		s00 = _mm256_add_epi32(s00, _mm256_madd_epi16(x0, y0));
		s01 = _mm256_add_epi32(s01, _mm256_madd_epi16(x0, y1));
		s10 = _mm256_add_epi32(s10, _mm256_madd_epi16(x1, y0));
		s11 = _mm256_add_epi32(s11, _mm256_madd_epi16(x1, y1));
	}
	s00 = _mm256_hadd_epi32(
		_mm256_hadd_epi32(s00, s01), _mm256_hadd_epi32(s10, s11));
	return _mm_add_epi32(
		_mm256_castsi256_si128(s00), _mm256_extracti128_si256(s00, 1));
}

AVX2 static void
tile_avx2(const struct fc_pair_set *s, size_t row, size_t block,
	int32_t out[FC_TILE])
{
	const int8_t *b = s->rows + block * FC_TILE_COLS * FC_TEMPLATE_DIMS;

	for (size_t i = 0; i < FC_TILE_ROWS; i += 2) {
		const int8_t *a = s->rows + (row + i) * FC_TEMPLATE_DIMS;
		int32_t *o = out + i * FC_TILE_COLS;

		for (size_t j = 0; j < FC_TILE_COLS; j += 2) {
			int32_t q[4];

			_mm_storeu_si128((__m128i *)q,
				square_avx2(a, b + j * FC_TEMPLATE_DIMS));
			o[j] = q[0];
			o[j + 1] = q[1];
			o[j + FC_TILE_COLS] = q[2];
			o[j + FC_TILE_COLS + 1] = q[3];
		}
	}
}

AVX2 static void
count_avx2(struct fc_tail *tail, const int32_t *scores, size_t n)
{
	__m256i floor = _mm256_set1_epi32(tail->floor);

	for (size_t i = 0; i < n; i += 8) {
		__m256i s = _mm256_loadu_si256((const __m256i *)(scores + i));

		if (_mm256_movemask_epi8(_mm256_cmpgt_epi32(s, floor)))
			for (size_t j = i; j < i + 8; j++)
				fc_tail_add(tail, scores[j]);
	}
}

static void pairs_avx2(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail);
static const struct fc_kernel avx2 = { "avx2", dot_avx2, pairs_avx2 };

static void
pairs_avx2(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail)
{
	fc_pairs_walk(s, from, to, tail, &avx2, tile_avx2, count_avx2);
}

VNNI static int32_t
dot_vnni(const int8_t *a, const int8_t *b, size_t n)
{
	__m512i up = _mm512_set1_epi8(-128), ones = _mm512_set1_epi8(1);
	__m512i s = _mm512_setzero_si512(), sum = s;

	for (size_t i = 0; i < n; i += 64) {
		__m512i y = _mm512_loadu_si512(b + i);
		__m512i x = _mm512_xor_si512(_mm512_loadu_si512(a + i), up);

		s = _mm512_dpbusd_epi32(s, x, y);
		sum = _mm512_dpbusd_epi32(sum, ones, y);
	}
	return _mm512_reduce_add_epi32(
		_mm512_sub_epi32(s, _mm512_slli_epi32(sum, 7)));
}

/* Four bytes of a row, moved up, in every lane. */
VNNI static __m512i
spread(const int8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return _mm512_set1_epi32((int32_t)(v ^ 0x80808080u));
}

/* Three rows against 64 columns: twelve sums, which stay in registers. */
VNNI static void
strip_vnni(
	const int8_t *a, const int8_t *b, const __m512i bias[4], int32_t *out)
{
	__m512i c[3][4];

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 4; j++)
			c[i][j] = _mm512_setzero_si512();
	for (size_t k = 0; k < FC_TEMPLATE_DIMS; k += 4) {
		const int8_t *q = b + k * FC_TILE_COLS;
		__m512i b0 = _mm512_load_si512(q);
		__m512i b1 = _mm512_load_si512(q + 64);
		__m512i b2 = _mm512_load_si512(q + 128);
		__m512i b3 = _mm512_load_si512(q + 192);

		for (size_t i = 0; i < 3; i++) {
			__m512i x = spread(a + i * FC_TEMPLATE_DIMS + k);

			c[i][0] = _mm512_dpbusd_epi32(c[i][0], x, b0);
			c[i][1] = _mm512_dpbusd_epi32(c[i][1], x, b1);
			c[i][2] = _mm512_dpbusd_epi32(c[i][2], x, b2);
			c[i][3] = _mm512_dpbusd_epi32(c[i][3], x, b3);
		}
	}
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 4; j++)
			_mm512_storeu_si512(out + i * FC_TILE_COLS + j * 16,
				_mm512_sub_epi32(c[i][j], bias[j]));
}

VNNI static void
tile_vnni(const struct fc_pair_set *s, size_t row, size_t block,
	int32_t out[FC_TILE])
{
	const int8_t *a = s->rows + row * FC_TEMPLATE_DIMS;
	const int8_t *b = s->packed + block * FC_TILE_COLS * FC_TEMPLATE_DIMS;
	__m512i bias[4];

	for (size_t j = 0; j < 4; j++)
		bias[j] = _mm512_loadu_si512(
			s->bias + block * FC_TILE_COLS + 16 * j);
	strip_vnni(a, b, bias, out);
	strip_vnni(a + 3 * FC_TEMPLATE_DIMS, b, bias, out + 3 * FC_TILE_COLS);
}

VNNI static void
count_vnni(struct fc_tail *tail, const int32_t *scores, size_t n)
{
	__m512i floor = _mm512_set1_epi32(tail->floor);

	for (size_t i = 0; i < n; i += 16) {
		unsigned m = _mm512_cmpgt_epi32_mask(
			_mm512_loadu_si512(scores + i), floor);

		for (; m; m &= m - 1)
			fc_tail_add(tail, scores[i + (size_t)__builtin_ctz(m)]);
	}
}

static void pairs_vnni(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail);
static const struct fc_kernel vnni = { "avx512-vnni", dot_vnni, pairs_vnni };

static void
pairs_vnni(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail)
{
	fc_pairs_walk(s, from, to, tail, &vnni, tile_vnni, count_vnni);
}

const struct fc_kernel *
fc_kernel_avx2(void)
{
	return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}

const struct fc_kernel *
fc_kernel_vnni(void)
{
	return __builtin_cpu_supports("avx512f") &&
			__builtin_cpu_supports("avx512bw") &&
			__builtin_cpu_supports("avx512vnni")
		? &vnni
		: NULL;
}

#else

const struct fc_kernel *
fc_kernel_avx2(void)
{
	return NULL;
}

const struct fc_kernel *
fc_kernel_vnni(void)
{
	return NULL;
}

#endif
