/* cost_child [N]: what a verification costs by level, and out of a pool; in
 * microseconds. For people and the benchmark, not a test: figures depend on the
 * machine. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "facecheck/child/child.h"
#include "facecheck/child/wire.h"
#include "facecheck/standin.h"

#define PIXELS ((size_t)STANDIN_SIDE * STANDIN_SIDE)
#define RUNS_MAX 100000

static int
side(uint32_t take)
{
	static uint8_t bytes[FC_WIRE_HEAD + PIXELS];
	struct fc_wire w = { 1, STANDIN_SIDE, STANDIN_SIDE, FC_TURN_NONE };
	int fd = memfd_create("side", MFD_CLOEXEC);

	fc_wire_write(bytes, &w);
	standin_picture(bytes + FC_WIRE_HEAD, STANDIN_SIDE, 1, take);
	if (fd < 0 || write(fd, bytes, sizeof(bytes)) < 0)
		return -1;
	return fd;
}

static double
seconds(clockid_t clock)
{
	struct timespec t = { 0 };

	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double
cpu(int who)
{
	struct rusage u;

	(void)getrusage(who, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
		1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
measure(int level, unsigned pool, size_t n, double *t)
{
	struct fc_child_opts o = { .plugin = &standin,
		.limited = true,
		.at_most = (enum fc_level)level,
		.require = (enum fc_level)level,
		.pool = pool };
	struct fc_children *c = NULL;
	struct fa_err err;
	enum fc_answer a = FC_INTERNAL;
	int reference = side(0), probe = side(1);
	double spent;

	if (fc_children_new(&c, &o, &err) != FA_OK) {
		printf("%-9s %s\n", fc_level_name(o.at_most), err.msg);
		return 0;
	}
	spent = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN);
	for (size_t i = 0; i < n; i++) {
		double from;

		(void)lseek(reference, 0, SEEK_SET);
		(void)lseek(probe, 0, SEEK_SET);
		from = seconds(CLOCK_MONOTONIC);
		if (fc_children_verify(&a, c, reference, probe, &err) !=
				FA_OK ||
			a != FC_MATCH)
			return -1;
		t[i] = seconds(CLOCK_MONOTONIC) - from;
		if (pool && i % pool == pool - 1) {
			if (fc_children_ready(c, &err) != FA_OK)
				return -1;
			/* so that they have come to wait: not a test */
			(void)usleep(20000);
		}
	}
	spent = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN) - spent;
	qsort(t, n, sizeof(*t), by_size);
	printf("%-9s pool %2u: min %5.0f p10 %5.0f p50 %5.0f p99 %5.0f; cpu "
	       "%5.0f\n",
		fc_level_name(o.at_most), pool, t[0] * 1e6, t[n / 10] * 1e6,
		t[n / 2] * 1e6, t[n * 99 / 100] * 1e6, spent / (double)n * 1e6);
	fc_children_free(c);
	return 0;
}

int
main(int argc, char **argv)
{
	static double t[RUNS_MAX];
	uint64_t n = 1000;

	if (argc > 1 &&
		(!fa_num_u64(fa_str_c(argv[1]), RUNS_MAX, &n) || n == 0))
		return 2;
	for (int level = 0; level < FC_LEVELS; level++)
		if (measure(level, 0, (size_t)n, t) != 0)
			return 1;
	return measure(FC_LEVEL_SECRET, 8, (size_t)n, t) != 0;
}
