/* Parts of the work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/shard.h"

#define NAMES 1000
#define SHARDS 7

static void
each_name_falls_to_exactly_one_shard(void **state)
{
	unsigned count[SHARDS] = { 0 };
	struct fa_err err;

	(void)state;
	for (unsigned k = 0; k < NAMES; k++) {
		unsigned owners = 0;
		char name[16];

		(void)snprintf(name, sizeof(name), "n%u", k);
		for (uint32_t i = 0; i < SHARDS; i++) {
			struct fa_shard s = { i, SHARDS };
			int has = fa_shard_has(&s, fa_str_c(name), &err);

			assert_in_range(has, 0, 1);
			owners += (unsigned)has;
			count[i] += (unsigned)has;
		}
		assert_int_equal(owners, 1);
	}
	for (unsigned i = 0; i < SHARDS; i++)
		assert_in_range(count[i], 100, 190);
}

static void
one_shard_or_none_is_everything(void **state)
{
	struct fa_shard none = { 0, 0 }, one = { 0, 1 };
	struct fa_err err;

	(void)state;
	assert_int_equal(fa_shard_has(&none, FA_STR("x"), &err), 1);
	assert_int_equal(fa_shard_has(&one, FA_STR("x"), &err), 1);
}

static void
shards_are_read_and_nonsense_is_refused(void **state)
{
	static const char *const bad[] = { "", "1", "/", "1/", "/2", "2/2",
		"0/0", "-1/2", "1/2/3", "a/b", "0/100001", " 0/2" };
	struct fa_shard s = { 9, 9 };
	struct fa_err err;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_int_equal(fa_shard_parse(&s, bad[i], &err), FA_E_USAGE);
	assert_int_equal(s.i, 9);
	assert_int_equal(fa_shard_parse(&s, "3/4", &err), FA_OK);
	assert_int_equal(s.i, 3);
	assert_int_equal(s.n, 4);
}

static void
set_task(const char *id, const char *count, const char *min)
{
	assert_int_equal(setenv("SLURM_ARRAY_TASK_ID", id, 1), 0);
	assert_int_equal(setenv("SLURM_ARRAY_TASK_COUNT", count, 1), 0);
	assert_int_equal(setenv("SLURM_ARRAY_TASK_MIN", min, 1), 0);
}

static void
a_job_array_is_a_set_of_shards(void **state)
{
	struct fa_shard s = { 0, 0 };
	struct fa_err err;

	(void)state;
	set_task("7", "4", "5");
	assert_int_equal(fa_shard_parse(&s, "slurm", &err), FA_OK);
	assert_int_equal(s.i, 2);
	assert_int_equal(s.n, 4);
	/* 5, 7, 9 and 11: the last one would be the seventh of four. */
	set_task("11", "4", "5");
	assert_int_equal(fa_shard_parse(&s, "slurm", &err), FA_E_USAGE);
	set_task("4", "4", "5");
	assert_int_equal(fa_shard_parse(&s, "slurm", &err), FA_E_USAGE);
	assert_int_equal(unsetenv("SLURM_ARRAY_TASK_COUNT"), 0);
	assert_int_equal(fa_shard_parse(&s, "slurm", &err), FA_E_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_falls_to_exactly_one_shard),
		cmocka_unit_test(one_shard_or_none_is_everything),
		cmocka_unit_test(shards_are_read_and_nonsense_is_refused),
		cmocka_unit_test(a_job_array_is_a_set_of_shards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
