/* How the targets of a store stand. */
#include <string.h>

#include "store/wanted.h"
#include "tools/sweep.h"

#define TARGET_BYTES ((size_t)64 << 20)

struct tally {
	struct fa_sweep_outcomes *out;
	struct fa_store *store;
	struct fa_arena a;
};

static int
count(void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct tally *y = ctx;
	struct fa_wanted_list l;
	int rc;

	fa_arena_reset(&y->a);
	rc = fa_store_wanted(&l, y->store, t->id, &y->a, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < l.n; i++)
		if (l.at[i].at_ms > y->out->last_ms)
			y->out->last_ms = l.at[i].at_ms;
	y->out->targets++;
	y->out->n[fa_wanted_outcome(&l, NULL)]++;
	return FA_OK;
}

int
fa_sweep_outcomes(
	struct fa_sweep_outcomes *out, struct fa_store *s, struct fa_err *err)
{
	struct tally y = { .out = out, .store = s };
	int rc;

	memset(out, 0, sizeof(*out));
	fa_arena_init(&y.a, TARGET_BYTES);
	rc = fa_store_targets(s, count, &y, err);
	fa_arena_done(&y.a);
	return rc;
}
