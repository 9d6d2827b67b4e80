/* Steps of a comparison. Private to diff. */
#ifndef FA_DIFF_PARTS_H
#define FA_DIFF_PARTS_H

#include "diff/diff.h"

/* A comparison at work. */
struct fa_diff_work {
	struct fa_arena *arena;  /* of the result */
	struct fa_arena scratch; /* of the level at hand */
	uint64_t steps;          /* left */
	uint64_t pair_steps;     /* left */
	struct fa_diff *d;
};

/* symbol.c: texts as numbers from 0, equal ones for equal texts. Sets
 * of_a[0..n), of_b[0..m) and *count, the number of different ones. */
FA_MUST_CHECK int fa_diff_number(uint32_t *of_a, const struct fa_str *a,
	size_t n, uint32_t *of_b, const struct fa_str *b, size_t m,
	uint32_t *count, struct fa_arena *scratch, struct fa_err *err);

/* Two sequences of numbers below count. */
struct fa_diff_pair {
	const uint32_t *a, *b;
	uint32_t n, m, count;
};
/* script.c: sets to[i], for each of a, to the index in b of what it is the
 * same as, or FA_DIFF_NONE; these ascend, and are as many as can be. *minimal
 * becomes false when that took more than edits (or the steps of w): then they
 * may be fewer. */
FA_MUST_CHECK int fa_diff_common(uint32_t *to, bool *minimal,
	const struct fa_diff_pair *p, uint32_t edits, struct fa_diff_work *w,
	struct fa_err *err);

/* chars.c: the runs between two texts, in w->arena. */
FA_MUST_CHECK int fa_diff_runs(const struct fa_diff_run **out, size_t *n,
	struct fa_str a, struct fa_str b, struct fa_diff_work *w,
	struct fa_err *err);

/* Clauses that are in no common subsequence: kind and peer of both sides. */
/* similar.c: pairs removed and added clauses that are reworded ones. */
FA_MUST_CHECK int fa_diff_reword(struct fa_diff_work *w, struct fa_err *err);

#endif
