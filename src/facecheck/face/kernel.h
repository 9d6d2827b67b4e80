/* Comparison of templates of FC_TEMPLATE_DIMS signed bytes by their inner
 * product: one pair, and, for benchmarks on rendered people, all pairs of a
 * set. There is no search of a gallery for one face.
 *
 * The processor decides which kernel runs; all give the same numbers. */
#ifndef FC_FACE_KERNEL_H
#define FC_FACE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"

#define FC_TEMPLATE_DIMS 512
#define FC_TAIL_BINS 1024
#define FC_SET_MAX 200000 /* templates of a set */

struct fc_pair_set;
struct fc_tail;

struct fc_kernel {
	const char *name; /* "avx512-vnni" */
	/* Inner product of n signed bytes each, n a multiple of 64; none of
	 * them -128. */
	int32_t (*dot)(const int8_t *a, const int8_t *b, size_t n);
	/* See fc_pairs_tail. */
	void (*pairs)(const struct fc_pair_set *s, size_t from, size_t to,
		struct fc_tail *tail);
};

#define FC_KERNELS 3
/* Kernel i, or NULL if this processor cannot run it; 0 is portable. */
const struct fc_kernel *fc_kernel_get(unsigned i);
/* The fastest that runs here. */
const struct fc_kernel *fc_kernel_best(void);

/* Scores of pairs, counted: bins[k] counts scores s with s > floor and
 * (s - floor - 1) >> shift == k, the last bin also what lies beyond it; the
 * others are only part of pairs. */
struct fc_tail {
	int32_t floor;
	unsigned shift;
	uint64_t pairs, bins[FC_TAIL_BINS];
};

/* Copies n templates (row after row) into a form that is quick to compare. The
 * set lives in a: about 1030 bytes for each. */
FA_MUST_CHECK int fc_pair_set_new(struct fc_pair_set **out,
	const int8_t *templates, size_t n, struct fa_arena *a,
	struct fa_err *err);
/* Adds all pairs (i, j) with from <= i < to and i < j < n to tail. Ranges that
 * tile 0 .. n give each pair once: threads take one range each, a tail each.
 * from and to must be multiples of FC_PAIRS_STEP, or to the size of the set. */
#define FC_PAIRS_STEP 96
void fc_pairs_tail(const struct fc_kernel *k, const struct fc_pair_set *s,
	size_t from, size_t to, struct fc_tail *tail);

#endif
