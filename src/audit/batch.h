/* Judging what a store holds: each document once, each target over all its
 * documents, and how its verdicts differ from those before. Nothing is
 * fetched. What was judged before is not judged again. */
#ifndef FA_AUDIT_BATCH_H
#define FA_AUDIT_BATCH_H

#include "audit/audit.h"
#include "base/clock.h"
#include "base/crew.h"
#include "model/capture.h"
#include "model/shard.h"
#include "store/store.h"

#define FA_BATCH_BODY_BYTES (16u << 20)   /* of a page, decoded */
#define FA_BATCH_MEMORY_BYTES (40u << 20) /* for judging one document */
#define FA_BATCH_JOBS_MAX FA_CREW_JOBS_MAX
#define FA_BATCH_COMMIT_DOCUMENTS 64 /* judged between two commits */
#define FA_BATCH_COMMIT_MS 1000      /* ... or time */

/* What an audit did, for its summary and exit status. */
struct fa_batch_counts {
	uint64_t targets;   /* looked at */
	uint64_t judged;    /* with a policy that could be read */
	uint64_t unchanged; /* judged before from the same documents */
	uint64_t documents; /* judged for them, each once per target */
	uint64_t fresh;     /* documents read now */
	uint64_t missing;   /* wanted and not obtained, or not readable */
	uint64_t stand_ins; /* documents of earlier captures */
	uint64_t gating;    /* findings at or above the threshold */
	uint64_t verdicts[FA_VERDICT_COUNT];
	uint64_t outcomes[FA_OUT_COUNT]; /* of targets */
	uint64_t gained, lost, changed, capture_failed;
};

struct fa_batch_opts {
	struct fa_shard shard;
	struct fa_clock clock;
	enum fa_tier fail_tier; /* what gates */
	enum fa_severity fail_severity;
	bool fail_never;
	unsigned jobs; /* threads, the caller's among them; 0 and 1: that one */
	/* Asked between two targets and two documents; NULL: never stops. */
	bool (*stop)(void *ctx);
	/* Told after each target; NULL: nobody. */
	void (*progress)(void *ctx, const struct fa_batch_counts *c);
	void *ctx;
};

/* Judges the targets of the shard in memcmp order of their keys. What is
 * written does not depend on opts->jobs, but for times. Everything is
 * committed when it returns 0 or FA_E_INTERRUPTED (asked to stop); after
 * another failure, all but the last batch. *out is set in any case. */
FA_MUST_CHECK int fa_batch_run(struct fa_batch_counts *out, struct fa_store *s,
	const struct fa_audit *audit, const struct fa_batch_opts *opts,
	struct fa_err *err);

#endif
