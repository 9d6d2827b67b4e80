/* faceaudit run: a whole sweep, from a list of targets to a judged store. May
 * be broken off at any moment; the same command goes on with it. */
#include <string.h>

#include "base/memory.h"
#include "tools/fail_on.h"
#include "tools/judging.h"
#include "tools/option_texts.h"
#include "tools/signals.h"
#include "tools/sweep.h"
#include "tools/sweep_options.h"

enum { OPT_RULES = 1, OPT_AS_OF, OPT_FAIL_ON };

static const struct fa_option options[] = { FA_SWEEP_OPTIONS,
	FA_OPTION_RULES(OPT_RULES), FA_OPTION_AS_OF(OPT_AS_OF),
	FA_OPTION_FAIL_ON(OPT_FAIL_ON),
	/* Of crawl; run says so. */
	{ FA_SWEEP_OPT_CHECK, 0, "check", NULL, FA_CLI_TEXT(NULL, NULL) },
	{ FA_SWEEP_OPT_SHARD, 0, "shard", "I/N", FA_CLI_TEXT(NULL, NULL) },
	FA_TOOL_OPTIONS, FA_SWEEP_TUNING };

struct sweep_run {
	struct fa_sweep sweep;
	struct fa_judging judging;
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct sweep_run *r = ctx;

	switch (id) {
	case OPT_RULES:
		r->judging.rules = value;
		return 0;
	case OPT_AS_OF:
		r->judging.as_of = value;
		return 0;
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&r->judging.fail_tier,
			&r->judging.fail_severity, &r->judging.fail_never,
			value, err);
	default:
		return fa_sweep_take(&r->sweep, id, value, err);
	}
}

/* Where to read on; with the store that is not the usual one. */
static void
say_next(const struct fa_sweep *s)
{
	bool usual = strcmp(s->store_dir, FA_SWEEP_STORE) == 0;

	fa_console_note(&s->tool->con,
		FA_TOOL_SAY(s->tool, "详情：faceaudit report%s%s",
			"for details: faceaudit report%s%s"),
		usual ? "" : " -s ", usual ? "" : s->store_dir);
}

/* Crawls, then judges what there is: all of it, whatever shard of the hosts
 * was crawled, unless the crawl was broken off. */
static int
sweep(struct sweep_run *r, struct fa_err *err)
{
	bool stopped = false;
	int rc = FA_OK;

	if (r->sweep.targets)
		rc = fa_sweep_targets(&r->sweep, err);
	if (rc == FA_OK)
		rc = fa_sweep_crawl(&r->sweep, err);
	if (rc < 0)
		return rc;
	fa_sweep_say(&r->sweep);
	fa_memory_trim();
	if (!r->sweep.stopped)
		rc = fa_judging_run(&r->judging, &stopped, r->sweep.store, err);
	if (rc == FA_OK && (stopped || r->sweep.stopped))
		fa_sweep_say_stopped(r->sweep.tool);
	else if (rc == FA_OK && !r->sweep.tool->con.quiet)
		rc = fa_judging_say(&r->judging, err);
	if (rc == FA_OK && !stopped && !r->sweep.stopped)
		say_next(&r->sweep);
	return rc;
}

static int
run_sweep(struct sweep_run *r)
{
	struct fa_err err;
	enum fa_exit status;

	if (sweep(r, &err) < 0)
		return fa_tool_fail(r->sweep.tool, &err);
	if (fa_signals_status() != FA_EXIT_CLEAN)
		return (int)fa_signals_status();
	status = fa_judging_status(&r->judging);
	if (r->sweep.list.bad > 0 || r->sweep.broken > 0)
		status = fa_exit_worse(status, FA_EXIT_INCOMPLETE);
	return (int)status;
}

static void
say_usage(const struct fa_sweep *s)
{
	const char *text = FA_TOOL_SAY(
		s->tool, "只接受一份目标清单", "expected one list of targets");

	if (s->check)
		text = FA_TOOL_SAY(
			s->tool, "--check 用于 crawl", "--check is for crawl");
	else if (s->shard.n > 1)
		text = FA_TOOL_SAY(s->tool,
			"--shard 用于 crawl 和 "
			"audit：前者按主机划分，后者按目标划分",
			"--shard is for crawl, which parts hosts, and audit, "
			"which parts targets");
	fa_console_error(&s->tool->con, "%s", text);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct sweep_run r;
	int n, status;

	fa_sweep_init(&r.sweep, t);
	fa_judging_init(&r.judging, t);
	/* A sweep stays within the memory of one document. */
	r.judging.jobs = 1;
	if (fa_tool_options(
		    t, &fa_cmd_run, argc, argv, take, &r, &n, &status)) {
		r.sweep.targets = n > 0 ? argv[1] : NULL;
		if (n > 1 || r.sweep.check || r.sweep.shard.n > 1) {
			say_usage(&r.sweep);
			status = FA_EXIT_ERROR;
		} else {
			status = run_sweep(&r);
		}
	}
	fa_sweep_done(&r.sweep);
	return status;
}

const struct fa_command fa_cmd_run = {
	.name = "run",
	.usage = "[options] [TARGETS]",
	.summary = FA_CLI_TEXT("抓取并评判一批应用，可中断后继续",
		"crawl and judge many apps; can be broken off and resumed"),
	.details = FA_SWEEP_DETAILS,
	.options = { options, FA_COUNT(options) },
	.run = run,
};
