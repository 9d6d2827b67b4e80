/* What `crawl` and `run` share: options, targets, client, messages. */
#ifndef FA_TOOLS_SWEEP_H
#define FA_TOOLS_SWEEP_H

#include "cli/progress.h"
#include "crawl/crawl.h"
#include "crawl/replay.h"
#include "model/shard.h"
#include "store/store.h"
#include "tools/commands.h"

#define FA_SWEEP_STORE "faceaudit.store" /* where no --store is given */
#define FA_SWEEP_RESOLVE_MAX 65536       /* names given with --resolve */
#define FA_SWEEP_CONTACT_MAX 256         /* bytes of --contact */
#define FA_SWEEP_AGENT "faceaudit"       /* product token */

enum {
	FA_SWEEP_OPT_STORE = 101,
	FA_SWEEP_OPT_CHECK,
	FA_SWEEP_OPT_DEPTH,
	FA_SWEEP_OPT_RECRAWL,
	FA_SWEEP_OPT_DELAY,
	FA_SWEEP_OPT_ADDRESS_DELAY,
	FA_SWEEP_OPT_PER_ADDRESS,
	FA_SWEEP_OPT_IN_FLIGHT,
	FA_SWEEP_OPT_TRIES,
	FA_SWEEP_OPT_BACKOFF,
	FA_SWEEP_OPT_TIMEOUT,
	FA_SWEEP_OPT_STALL,
	FA_SWEEP_OPT_MAX_BYTES,
	FA_SWEEP_OPT_CONTACT,
	FA_SWEEP_OPT_ROBOTS,
	FA_SWEEP_OPT_ALLOW_NET,
	FA_SWEEP_OPT_RESOLVE,
	FA_SWEEP_OPT_CACERT,
	FA_SWEEP_OPT_FROM_WARC,
	FA_SWEEP_OPT_STORES,
	FA_SWEEP_OPT_SHARD,
	FA_SWEEP_OPT_QUIET
};

struct fa_sweep {
	struct fa_tool *tool;
	const char *store_dir, *targets, *cacert, *contact, *robots_reason;
	const char *stores_dir;
	const char *resolve[FA_TOOL_LIST_MAX];
	size_t resolve_n;
	const char *from_warc[FA_TOOL_LIST_MAX];
	size_t from_warc_n;
	bool check;
	uint64_t depth, delay_ms, address_delay_ms, per_address, in_flight,
		tries, backoff_ms, timeout_s, stall_s, max_bytes;
	int64_t recrawl_age_ms;
	struct fa_guard guard;
	struct fa_shard shard;
	/* While at work: */
	struct fa_store *store;
	struct fa_pace *pace;
	struct fa_progress progress;
	struct fa_crawl_stats stats;
	struct fa_targets list;
	size_t broken; /* archives that are not whole */
	bool stopped, told_stop;
};

void fa_sweep_init(struct fa_sweep *s, struct fa_tool *t);
/* For the options of fa_sweep_options; ctx is the sweep. */
int fa_sweep_take(void *ctx, int id, const char *value, struct fa_err *err);
/* Reads the list of targets and says what is wrong with it. FA_E_INPUT when
 * no target can be used. */
FA_MUST_CHECK int fa_sweep_targets(struct fa_sweep *s, struct fa_err *err);
/* Opens the store, which is made when there is a list or an archive, and
 * fetches what is to be fetched; s->store stays open. FA_E_INPUT when there
 * are no targets at all. */
FA_MUST_CHECK int fa_sweep_crawl(struct fa_sweep *s, struct fa_err *err);
/* The names and addresses of --resolve, those in files too, in the tool's
 * arena. */
FA_MUST_CHECK int fa_sweep_resolve(
	const char ***out, size_t *n, struct fa_sweep *s, struct fa_err *err);
/* One line on how the crawl went. */
void fa_sweep_say(const struct fa_sweep *s);
/* ... and one that it was broken off. */
void fa_sweep_say_stopped(const struct fa_tool *t);
void fa_sweep_done(struct fa_sweep *s);

/* Outcomes of all targets of a store, and when something was last asked
 * for (0: never). */
struct fa_sweep_outcomes {
	uint64_t targets, n[FA_OUT_COUNT];
	int64_t last_ms;
};
FA_MUST_CHECK int fa_sweep_outcomes(
	struct fa_sweep_outcomes *out, struct fa_store *s, struct fa_err *err);

/* The adapters of app stores: those below dir, or the built-in ones. */
FA_MUST_CHECK int fa_sweep_listings(struct fa_listings **out, const char *dir,
	struct fa_arena *a, struct fa_err *err);

#endif
