/* What `audit` and `run` share: judging a store that is open for writing, and
 * saying how it went. */
#ifndef FA_TOOLS_JUDGING_H
#define FA_TOOLS_JUDGING_H

#include "audit/batch.h"
#include "cli/progress.h"
#include "tools/commands.h"

struct fa_judging {
	struct fa_tool *tool;
	const char *rules, *as_of; /* as given, or NULL */
	struct fa_shard shard;
	enum fa_tier fail_tier;
	enum fa_severity fail_severity;
	bool fail_never;
	unsigned jobs; /* threads; 0: one per processor */
	/* While at work: */
	struct fa_progress progress;
	uint64_t targets; /* of the store */
	struct fa_batch_counts counts;
	int32_t date; /* of as_of */
};

void fa_judging_init(struct fa_judging *j, struct fa_tool *t);
/* Judges what the store holds. An interruption is no failure: *stopped. */
FA_MUST_CHECK int fa_judging_run(struct fa_judging *j, bool *stopped,
	struct fa_store *s, struct fa_err *err);
/* Prints how it went to standard output, in some lines. */
FA_MUST_CHECK int fa_judging_say(
	const struct fa_judging *j, struct fa_err *err);
/* The exit status: signals, findings, targets that could not be judged. */
enum fa_exit fa_judging_status(const struct fa_judging *j);

#endif
