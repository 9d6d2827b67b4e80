#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "facecheck/bench/speed.h"
#include "facecheck/face/exact.h"

#define SET (32 * FC_CROWD_ROWS)      /* templates: 19 million pairs */
#define SET_PLAIN (4 * FC_CROWD_ROWS) /* ... for the portable kernel */
#define ROUNDS 5
#define DOTS 4096 /* comparisons in one timing */
#define DOT_ROUNDS 200
#define INFO_BYTES (1u << 20)

int64_t
fc_bench_ns(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
fc_speed_add(struct fc_bench_measured *m, const char *name, const char *unit,
	unsigned threads, uint64_t n, int64_t ns)
{
	double per_second = (double)n * 1e9 / (double)(ns > 0 ? ns : 1);

	if (m->speeds_n < FC_SPEEDS_MAX)
		m->speed[m->speeds_n++] = (struct fc_rateof){ name, unit,
			threads, (int64_t)per_second };
}

/* Templates of nobody: numbers around 0, as projections give. */
static int8_t *
anybody(size_t n, struct fa_arena *a)
{
	int8_t *t = fa_arena_new(a, n, FC_TEMPLATE_DIMS);
	struct fc_dice d = fc_dice_for(1, n, 0);

	for (size_t i = 0; t && i < n * FC_TEMPLATE_DIMS; i++) {
		uint64_t r = fc_dice_bits(&d);
		int32_t v = (int32_t)(r & 63) + (int32_t)(r >> 8 & 63) +
			(int32_t)(r >> 16 & 63) - 94;

		t[i] = (int8_t)v;
	}
	return t;
}

/* The fastest of many rounds: what the kernel costs when nothing else is in
 * the way. Each comparison waits for the one before, by its result. */
static int64_t
dot_ns_x100(const struct fc_kernel *k, const int8_t *t, size_t n)
{
	int64_t best = INT64_MAX;
	uint32_t at = 0;

	for (int r = 0; r < DOT_ROUNDS; r++) {
		int64_t begun = fc_bench_ns(), took;

		for (int i = 0; i < DOTS; i++) {
			int32_t s = k->dot(t + (size_t)at * FC_TEMPLATE_DIMS, t,
				FC_TEMPLATE_DIMS);

			at = ((uint32_t)s ^ (uint32_t)i) % (uint32_t)n;
		}
		took = fc_bench_ns() - begun;
		if (took < best)
			best = took;
	}
	return best * 100 / DOTS;
}

static int
pairs_of(struct fc_bench_measured *out, const struct fc_kernel *k,
	const int8_t *t, size_t n, struct fa_arena *a, struct fa_err *err)
{
	struct fc_tail tail = { .floor = 200000, .shift = 10 };
	struct fc_pair_set *set = NULL;
	int64_t best = INT64_MAX;
	int rc = fc_pair_set_new(&set, t, n, a, err);

	if (rc)
		return rc;
	for (int r = 0; r < ROUNDS; r++) {
		int64_t begun = fc_bench_ns(), took;

		for (size_t at = 0; at < n; at += FC_CROWD_ROWS)
			fc_pairs_tail(k, set, at, at + FC_CROWD_ROWS, &tail);
		took = fc_bench_ns() - begun;
		if (took < best)
			best = took;
	}
	fc_speed_add(out, k->name, "pairs", 1, (uint64_t)n * (n - 1) / 2, best);
	return FA_OK;
}

int
fc_speed_kernels(
	struct fc_bench_measured *out, struct fa_arena *a, struct fa_err *err)
{
	int8_t *t = anybody(SET, a);

	if (!t)
		return fa_fail(err, FA_E_NOMEM, "no memory for templates");
	(void)snprintf(
		out->kernel, sizeof(out->kernel), "%s", fc_kernel_best()->name);
	out->pair_ns_x100 = dot_ns_x100(fc_kernel_best(), t, 16);
	for (unsigned i = 0; i < FC_KERNELS; i++) {
		const struct fc_kernel *k = fc_kernel_get(i);
		int rc = k ? pairs_of(out, k, t, i ? SET : SET_PLAIN, a, err)
			   : FA_OK;

		if (rc)
			return rc;
	}
	return FA_OK;
}

/* One line of what the system says about itself. */
static void
line_of(char *out, size_t max, const char *path, const char *key,
	struct fa_arena *a)
{
	struct fa_str all = FA_STR_NONE, line;
	size_t at = 0;

	out[0] = '\0';
	if (fa_file_read(&all, fa_str_c(path), INFO_BYTES, a, NULL))
		return;
	if (key) {
		at = fa_str_find(all, fa_str_c(key), 0);
		if (at == SIZE_MAX)
			return;
		at = fa_str_find(all, FA_STR(":"), at);
		at = at == SIZE_MAX ? all.n : at + 1;
	}
	line = fa_str_sub(all, at, all.n);
	line = fa_str_trim(fa_str_cut(&line, '\n'));
	(void)snprintf(out, max, "%.*s", FA_STR_ARG(line));
}

void
fc_speed_machine(struct fc_bench_measured *m, struct fa_arena *a)
{
	char release[64];

	line_of(m->processor, sizeof(m->processor), "/proc/cpuinfo",
		"model name", a);
	line_of(release, sizeof(release), "/proc/sys/kernel/osrelease", NULL,
		a);
	(void)snprintf(m->system, sizeof(m->system), "Linux %s", release);
}
