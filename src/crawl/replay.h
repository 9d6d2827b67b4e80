/* Archives that are read instead of the network: what they hold is found,
 * everything else is not_archived. */
#ifndef FA_CRAWL_REPLAY_H
#define FA_CRAWL_REPLAY_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "crawl/targets.h"
#include "fetch/client.h"

#define FA_REPLAY_RECORDS_MAX 50000000u /* responses of all archives */

struct fa_replay;

/* Reads the archives (absolute paths are kept) once to see which URLs they
 * hold. Of several responses for one URL the latest counts. A torn or broken
 * archive counts up to where it is whole, and its place in broken (of n) says
 * so; the others become absent. Texts live in a. */
FA_MUST_CHECK int fa_replay_open(struct fa_replay **out, struct fa_str broken[],
	const char *const *paths, size_t n, struct fa_arena *a,
	struct fa_err *err);
void fa_replay_close(struct fa_replay *r); /* NULL is fine */
struct fa_fetcher fa_replay_fetcher(struct fa_replay *r);
/* A target for each page (status 200, HTML or text) of the archives. In a. */
FA_MUST_CHECK int fa_replay_targets(struct fa_targets *out, struct fa_replay *r,
	struct fa_arena *a, struct fa_err *err);

#endif
