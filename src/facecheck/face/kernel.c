#include "facecheck/face/kernel.h"

#include <assert.h>
#include <string.h>

#include "facecheck/face/pairs.h"

#define PACK_ALIGN 64

void
fc_tail_add(struct fc_tail *tail, int32_t score)
{
	uint32_t bin;

	if (score <= tail->floor)
		return;
	bin = ((uint32_t)score - (uint32_t)tail->floor - 1) >> tail->shift;
	tail->bins[bin < FC_TAIL_BINS ? bin : FC_TAIL_BINS - 1]++;
}

static int32_t
dot_plain(const int8_t *a, const int8_t *b, size_t n)
{
	int32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static void
tile_plain(const struct fc_pair_set *s, size_t row, size_t block,
	int32_t out[FC_TILE])
{
	const int8_t *a = s->rows + row * FC_TEMPLATE_DIMS;
	const int8_t *b =
		s->rows + block * FC_TILE_COLS * (size_t)FC_TEMPLATE_DIMS;

	for (size_t i = 0; i < FC_TILE_ROWS; i++)
		for (size_t j = 0; j < FC_TILE_COLS; j++)
			out[i * FC_TILE_COLS + j] = dot_plain(
				a + i * FC_TEMPLATE_DIMS,
				b + j * FC_TEMPLATE_DIMS, FC_TEMPLATE_DIMS);
}

static void
count_plain(struct fc_tail *tail, const int32_t *scores, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fc_tail_add(tail, scores[i]);
}

static void pairs_plain(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail);

static const struct fc_kernel plain = { "portable", dot_plain, pairs_plain };

static void
pairs_plain(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail)
{
	fc_pairs_walk(s, from, to, tail, &plain, tile_plain, count_plain);
}

const struct fc_kernel *
fc_kernel_get(unsigned i)
{
	switch (i) {
	case 0:
		return &plain;
	case 1:
		return fc_kernel_avx2();
	case 2:
		return fc_kernel_vnni();
	default:
		return NULL;
	}
}

const struct fc_kernel *
fc_kernel_best(void)
{
	for (unsigned i = FC_KERNELS - 1; i > 0; i--) {
		const struct fc_kernel *k = fc_kernel_get(i);

		if (k)
			return k;
	}
	return &plain;
}

static void
pack_block(int8_t *out, const int8_t *in)
{
	for (size_t d = 0; d < FC_TEMPLATE_DIMS; d += 4)
		for (size_t j = 0; j < FC_TILE_COLS; j++)
			memcpy(out + d * FC_TILE_COLS + j * 4,
				in + j * FC_TEMPLATE_DIMS + d, 4);
}

static int8_t *
aligned(struct fa_arena *a, size_t bytes)
{
	char *p = fa_arena_new(a, bytes + PACK_ALIGN, 1);

	if (!p)
		return NULL;
	return (int8_t *)p + (PACK_ALIGN - (uintptr_t)p % PACK_ALIGN);
}

int
fc_pair_set_new(struct fc_pair_set **out, const int8_t *templates, size_t n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fc_pair_set *s;
	int8_t *rows, *packed;
	int32_t *bias;

	if (n > FC_SET_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"set of %zu templates, limit %d", n, FC_SET_MAX);
	s = fa_arena_new(a, 1, sizeof(*s));
	rows = aligned(a, n * FC_TEMPLATE_DIMS);
	packed = aligned(a, n * FC_TEMPLATE_DIMS);
	bias = fa_arena_new(a, n + 1, sizeof(*bias));
	if (!s || !rows || !packed || !bias)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for %zu templates", n);
	if (n > 0)
		memcpy(rows, templates, n * FC_TEMPLATE_DIMS);
	for (size_t i = 0; i < n; i++) {
		int32_t sum = 0;

		for (size_t d = 0; d < FC_TEMPLATE_DIMS; d++)
			sum += rows[i * FC_TEMPLATE_DIMS + d];
		bias[i] = 128 * sum;
	}
	*s = (struct fc_pair_set){ rows, packed, bias, n, n / FC_TILE_COLS };
	for (size_t b = 0; b < s->blocks; b++)
		pack_block(packed + b * FC_TILE_COLS * FC_TEMPLATE_DIMS,
			rows + b * FC_TILE_COLS * FC_TEMPLATE_DIMS);
	*out = s;
	return FA_OK;
}

/* Pairs of one row with columns from .. to, one by one. */
static void
pairs_of_row(const struct fc_pair_set *s, size_t row, size_t from, size_t to,
	struct fc_tail *tail, const struct fc_kernel *k)
{
	const int8_t *a = s->rows + row * FC_TEMPLATE_DIMS;

	for (size_t j = from; j < to; j++)
		fc_tail_add(tail,
			k->dot(a, s->rows + j * FC_TEMPLATE_DIMS,
				FC_TEMPLATE_DIMS));
	tail->pairs += to - from;
}

/* Block by block of columns: the rows above a block pair with all of it, in
 * tiles; what is on the diagonal, or beyond the last full block, one by one. */
void
fc_pairs_walk(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail, const struct fc_kernel *k, fc_tile_fn *tile,
	fc_count_fn *count)
{
	_Alignas(64) int32_t out[FC_TILE];

	for (size_t b = from / FC_TILE_COLS; b < s->blocks; b++) {
		size_t col = b * FC_TILE_COLS, end = col + FC_TILE_COLS;
		size_t row = from;

		for (; row + FC_TILE_ROWS <= to && row + FC_TILE_ROWS <= col;
			row += FC_TILE_ROWS) {
			tile(s, row, b, out);
			count(tail, out, FC_TILE);
			tail->pairs += FC_TILE;
		}
		for (; row < to && row + 1 < end; row++)
			pairs_of_row(s, row, row < col ? col : row + 1, end,
				tail, k);
	}
	for (size_t row = from; row < to; row++) {
		size_t col = s->blocks * FC_TILE_COLS;

		pairs_of_row(s, row, row < col ? col : row + 1, s->n, tail, k);
	}
}

void
fc_pairs_tail(const struct fc_kernel *k, const struct fc_pair_set *s,
	size_t from, size_t to, struct fc_tail *tail)
{
	assert(from <= to && to <= s->n);
	assert(from % FC_PAIRS_STEP == 0 || from == s->n);
	assert(to % FC_PAIRS_STEP == 0 || to == s->n);
	k->pairs(s, from, to, tail);
}
