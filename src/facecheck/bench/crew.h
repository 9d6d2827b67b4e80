/* Many equal pieces of work on several threads. Who does which piece is left to
 * chance; so a piece may depend on its number only, and put its result where
 * that number says. */
#ifndef FC_BENCH_CREW_H
#define FC_BENCH_CREW_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

struct fc_crew {
	unsigned threads; /* 1 .. FC_BENCH_THREADS_MAX */
	size_t n;         /* pieces */
	/* Piece i by worker 0 .. threads - 1; a failure ends all. */
	int (*one)(void *ctx, unsigned worker, size_t i, struct fa_err *err);
	/* May be NULL: called by worker 0 between pieces. */
	int (*between)(void *ctx, size_t done, struct fa_err *err);
	void *ctx;
};

/* The first failure by number of the worker, or 0. Threads that cannot be
 * started are done without. */
FA_MUST_CHECK int fc_crew_run(const struct fc_crew *c, struct fa_err *err);
unsigned fc_crew_processors(void);

#endif
