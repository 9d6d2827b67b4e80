/* Any text as a baseline. Invariants: what is read and written is read again
 * as the same; each entry is taken as often as it counts and no more. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "project/baseline.h"

#define TAKES 50

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
fresh(struct fa_baseline *b, struct fa_arena *a)
{
	*b = (struct fa_baseline){ .file = FA_STR_INIT("b.json"),
		.folder = FA_STR_INIT("/nowhere"),
		.a = a };
}

static void
check_written(struct fa_baseline *b, struct fa_arena *a)
{
	struct fa_buf first, second;
	struct fa_baseline again;
	struct fa_err err;

	fa_buf_init(&first, 64u << 20);
	fa_buf_init(&second, 64u << 20);
	assert(fa_baseline_write(b, &first, &err) == FA_OK);
	fresh(&again, a);
	assert(fa_baseline_parse(&again, fa_buf_str(&first), &err) == FA_OK);
	assert(again.n == b->n);
	assert(fa_baseline_write(&again, &second, &err) == FA_OK);
	assert(fa_str_eq(fa_buf_str(&first), fa_buf_str(&second)));
	fa_buf_done(&first);
	fa_buf_done(&second);
}

static void
check_taken(struct fa_baseline *b)
{
	uint64_t all = 0, taken = 0;

	for (size_t i = 0; i < b->n; i++)
		all += b->at[i].count;
	if (all > TAKES)
		return;
	for (size_t i = 0; i < b->n; i++)
		for (int k = 0; k <= TAKES; k++)
			taken += fa_baseline_take(
				b, b->at[i].print, b->at[i].path);
	assert(taken == all);
	assert(fa_baseline_unused(b, true) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_baseline b;
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	int rc;

	fa_arena_init(&a, 256u << 20);
	fresh(&b, &a);
	rc = fa_baseline_parse(&b, text, &err);
	if (rc == FA_OK) {
		check_taken(&b);
		check_written(&b, &a);
	} else {
		assert(err.msg[0] != '\0');
	}
	fa_arena_done(&a);
	return 0;
}
