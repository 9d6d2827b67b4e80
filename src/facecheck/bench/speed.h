/* How long things take, on this machine, now. */
#ifndef FC_BENCH_SPEED_H
#define FC_BENCH_SPEED_H

#include "facecheck/bench/gallery.h"

/* Percentiles of n times, which are put in order. */
void fc_timing_of(struct fc_timing *out, const char *name, int64_t *ns,
	uint32_t n, int64_t cpu_ns);
/* The p-th of a hundred parts of n times in order: the smallest that at least
 * so many are not above. */
int64_t fc_percentile(const int64_t *sorted, uint32_t n, unsigned p);

/* Everything of struct fc_bench_measured but the crowd. */
FA_MUST_CHECK int fc_speed_run(struct fc_bench_measured *out,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err);
/* Inside: comparison and all pairs by each kernel of this processor. */
FA_MUST_CHECK int fc_speed_kernels(
	struct fc_bench_measured *out, struct fa_arena *a, struct fa_err *err);
void fc_speed_add(struct fc_bench_measured *m, const char *name,
	const char *unit, unsigned threads, uint64_t n, int64_t ns);
void fc_speed_machine(struct fc_bench_measured *m, struct fa_arena *a);

#endif
