/* A part of the work: of everything that has a name, what falls to one of N
 * machines. The same name falls to the same machine everywhere. */
#ifndef FA_MODEL_SHARD_H
#define FA_MODEL_SHARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_SHARD_MAX 100000 /* shards */

struct fa_shard {
	uint32_t i, n; /* i counts from 0; n 0 or 1: everything */
};

/* "I/N" with 0 <= I < N <= FA_SHARD_MAX, or "slurm": the place in a job array,
 * from SLURM_ARRAY_TASK_ID, _COUNT and _MIN (of an array without gaps). Else
 * FA_E_USAGE. */
FA_MUST_CHECK int fa_shard_parse(
	struct fa_shard *out, const char *word, struct fa_err *err);
/* 1 when name falls to the shard, else 0. */
FA_MUST_CHECK int fa_shard_has(
	const struct fa_shard *s, struct fa_str name, struct fa_err *err);

#endif
