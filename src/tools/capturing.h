/* Inside of `faceaudit capture`: what was asked for (cmd_capture.c) and the
 * order in which a session does it (capturing.c). */
#ifndef FA_TOOLS_CAPTURING_H
#define FA_TOOLS_CAPTURING_H

#include "case/browse.h"
#include "case/judge.h"
#include "case/second.h"
#include "case/session.h"
#include "cli/progress.h"
#include "fetch/url.h"
#include "tools/commands.h"
#include "tools/judging.h"
#include "tools/sweep.h"

#define FA_CAPTURING_AGENT_BYTES 512
#define FA_CAPTURING_SOFTWARE "faceaudit " FA_VERSION " capture"

struct fa_capturing {
	struct fa_tool *tool;
	struct fa_sweep sweep;     /* options of fetching */
	struct fa_judging judging; /* ... and of judging */
	struct fa_case_info info;
	const char *out; /* folder, or NULL: case-ID */
	const char *walk[FA_TOOL_LIST_MAX];
	size_t walk_n;
	const char *second_address[FA_TOOL_LIST_MAX];
	size_t second_address_n;
	const char *second_resolver, *browser;
	bool no_sandbox, no_browser, no_judge;
	int argc; /* of the whole command, for the record */
	char **argv;
	/* While at work: */
	char agent[FA_CAPTURING_AGENT_BYTES];
	struct fa_url urls[FA_SESSION_URLS_MAX];
	size_t urls_n;
	const struct fa_bundle *bundle;
	const char **resolve;
	size_t resolve_n;
	struct fa_crawl_stats stats;
	struct fa_session *session;
	struct fa_session_opts opts;
	struct fa_second_stats second;
	struct fa_browse_stats browse;
	bool stopped, told_stop;
};

/* The whole session; the exit status. */
int fa_capturing_run(struct fa_capturing *c);
/* Should it end? ctx is the capturing. */
bool fa_capturing_stop(void *ctx);
/* Its later parts, each of which does nothing when it was not asked for. */
FA_MUST_CHECK int fa_capturing_second(
	struct fa_capturing *c, struct fa_err *err);
FA_MUST_CHECK int fa_capturing_render(
	struct fa_capturing *c, struct fa_err *err);
FA_MUST_CHECK int fa_capturing_judge(
	struct fa_capturing *c, struct fa_err *err);

#endif
