/* Joining stores. The outcome does not depend on the order in which stores are
 * joined, nor on how often: rows have ids made of their content, and where two
 * stores differ on the same thing, the later one stands, and of equal times
 * the one that comes later in a fixed order. */
#ifndef FA_STORE_MERGE_H
#define FA_STORE_MERGE_H

#include "store/store.h"

struct fa_merge_opts {
	bool mixed;        /* judgements by different rules or dates may meet */
	unsigned max_step; /* as fa_store_rules */
};

/* Adds everything in the store at dir to into. Archives are linked, or copied
 * where they cannot be. FA_E_USAGE when both were judged last by different
 * rules or dates and opts->mixed is not set, or when they are the same store;
 * FA_E_INPUT when an archive is shorter than the store says. On failure into
 * is as it was, but for archives that nobody refers to. */
FA_MUST_CHECK int fa_store_merge(struct fa_store *into, struct fa_str dir,
	const struct fa_merge_opts *opts, struct fa_err *err);
/* What one store knew may lead on to what only another one asked for: follows
 * all redirects and references anew. To be called once, after all merges. */
FA_MUST_CHECK int fa_store_close_over(struct fa_store *into,
	const struct fa_merge_opts *opts, struct fa_err *err);

#endif
