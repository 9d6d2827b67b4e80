/* Inside of kernel.h. */
#ifndef FC_FACE_PAIRS_H
#define FC_FACE_PAIRS_H

#include "facecheck/face/kernel.h"

#define FC_TILE_ROWS 6
#define FC_TILE_COLS 64
#define FC_TILE (FC_TILE_ROWS * FC_TILE_COLS)

/* Templates twice: as rows, and in blocks of FC_TILE_COLS columns, in which
 * four bytes of each template stand side by side:
 * packed[block][dim / 4][column][dim % 4]. */
struct fc_pair_set {
	const int8_t *rows;
	const int8_t *packed;
	const int32_t *bias; /* 128 * the sum of each template */
	size_t n, blocks;    /* only blocks that are full are packed */
};

/* Scores of rows row .. row + FC_TILE_ROWS against a block. */
typedef void fc_tile_fn(const struct fc_pair_set *s, size_t row, size_t block,
	int32_t out[FC_TILE]);
/* Counts n scores, n a multiple of 16. */
typedef void fc_count_fn(struct fc_tail *tail, const int32_t *scores, size_t n);

/* The way over the upper triangle, the same for every kernel. */
void fc_pairs_walk(const struct fc_pair_set *s, size_t from, size_t to,
	struct fc_tail *tail, const struct fc_kernel *k, fc_tile_fn *tile,
	fc_count_fn *count);
void fc_tail_add(struct fc_tail *tail, int32_t score);

/* NULL where the compiler's target has no such processor. */
const struct fc_kernel *fc_kernel_avx2(void);
const struct fc_kernel *fc_kernel_vnni(void);

#endif
