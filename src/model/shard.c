#include "model/shard.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"

static int
set(struct fa_shard *out, uint64_t i, uint64_t n, struct fa_err *err)
{
	if (n == 0 || i >= n)
		return fa_fail(err, FA_E_USAGE,
			"there is no shard %llu of %llu, the first is 0, the "
			"last one less than their number",
			(unsigned long long)i, (unsigned long long)n);
	*out = (struct fa_shard){ (uint32_t)i, (uint32_t)n };
	return FA_OK;
}

static int
from_environment(uint64_t *out, const char *name, struct fa_err *err)
{
	const char *value = getenv(name);

	if (value && fa_num_u64(fa_str_c(value), UINT32_MAX, out))
		return FA_OK;
	return fa_fail(err, FA_E_USAGE,
		"%s is %s, expected the number that Slurm sets in a job array",
		name, value ? value : "not set");
}

static int
from_slurm(struct fa_shard *out, struct fa_err *err)
{
	uint64_t id, count, min;
	int rc = from_environment(&id, "SLURM_ARRAY_TASK_ID", err);

	if (rc == FA_OK)
		rc = from_environment(&count, "SLURM_ARRAY_TASK_COUNT", err);
	if (rc == FA_OK)
		rc = from_environment(&min, "SLURM_ARRAY_TASK_MIN", err);
	if (rc < 0)
		return rc;
	if (id < min || id - min >= count || count > FA_SHARD_MAX)
		return fa_fail(err, FA_E_USAGE,
			"task %llu of %llu from %llu: only a job array without "
			"gaps can be a set of shards",
			(unsigned long long)id, (unsigned long long)count,
			(unsigned long long)min);
	return set(out, id - min, count, err);
}

int
fa_shard_parse(struct fa_shard *out, const char *word, struct fa_err *err)
{
	struct fa_str n = fa_str_c(word);
	struct fa_str i;
	uint64_t index, count;

	if (strcmp(word, "slurm") == 0)
		return from_slurm(out, err);
	i = fa_str_cut(&n, '/');
	if (!n.p || !fa_num_u64(i, FA_SHARD_MAX, &index) ||
		!fa_num_u64(n, FA_SHARD_MAX, &count))
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no shard, expected I/N as 0/4, with N at "
			"most %d, or slurm",
			word, FA_SHARD_MAX);
	return set(out, index, count, err);
}

int
fa_shard_has(const struct fa_shard *s, struct fa_str name, struct fa_err *err)
{
	int64_t id;
	int rc;

	if (s->n <= 1)
		return 1;
	rc = fa_hash_id(&id, &name, 1, err);
	if (rc < 0)
		return rc;
	return (uint64_t)id % s->n == s->i;
}
