/* Inside of `faceaudit walk`: what was asked for (cmd_walk.c), the walk itself
 * (walking.c), and judging what it saw (walking_judge.c). */
#ifndef FA_TOOLS_WALKING_H
#define FA_TOOLS_WALKING_H

#include "cli/progress.h"
#include "fetch/guard.h"
#include "tools/check.h"
#include "tools/commands.h"
#include "walk/net.h"
#include "walk/output.h"
#include "walk/walk.h"

#define FA_WALKING_AGENT "faceaudit"
#define FA_WALKING_TEXT_BYTES 1024

struct fa_walking_list {
	const char *at[FA_TOOL_LIST_MAX];
	size_t n;
};

struct fa_walking {
	struct fa_tool *tool;
	/* What to walk: a URL, with from_warc out of archives; a folder and
	 * the page in it; or a recording that is only converted. */
	const char *url, *folder, *import;
	struct fa_walking_list from_warc, hosts, resolve;
	const char *out, *browser, *robots_reason, *contact, *cacert;
	bool force, no_sandbox, no_simulate, no_relaunch, no_pictures;
	uint64_t screens, depth, actions, time_s, delay_ms;
	uint64_t width, height, scale;
	struct fa_guard guard;
	/* Judging. */
	struct fa_check_outputs outputs;
	struct fa_report_opts report;
	struct fa_check_only only;
	const char *as_of, *rules;
	bool has_max_unknown;
	uint64_t max_unknown;
	const struct fa_bundle *bundle;
	/* While at work. */
	struct fa_walk_output output;
	struct fa_progress progress;
	struct fa_walk_stats stats;
	bool unseen; /* there was nothing to see, for want of a browser or of
		      * the page */
	bool told_stop;
};

void fa_walking_init(struct fa_walking *w, struct fa_tool *t);
/* Reads the command line, as fa_tool_options does. */
FA_MUST_CHECK bool fa_walking_options(struct fa_walking *w, int argc,
	char **argv, int *operands_n, int *status);
int fa_walking_command(struct fa_tool *t, int argc, char **argv);

/* Walks, or converts, and leaves the folder; *flow_path is the flow in it. An
 * interruption is no failure: what was seen is there. The path lives in the
 * tool's arena. */
FA_MUST_CHECK int fa_walking_run(
	struct fa_str *flow_path, struct fa_walking *w, struct fa_err *err);

#endif
