/* faceaudit audit: judges what a store holds. */
#include <stdio.h>

#include "tools/fail_on.h"
#include "tools/judging.h"
#include "tools/option_texts.h"
#include "tools/signals.h"
#include "tools/sweep.h"

enum {
	OPT_STORE = 1,
	OPT_RULES,
	OPT_AS_OF,
	OPT_SHARD,
	OPT_FAIL_ON,
	OPT_JOBS,
	OPT_QUIET
};

static const struct fa_option options[] = { FA_OPTION_STORE(OPT_STORE),
	FA_OPTION_RULES(OPT_RULES), FA_OPTION_AS_OF(OPT_AS_OF),
	{ OPT_SHARD, 0, "shard", "I/N",
		FA_CLI_TEXT("只处理第 I 份（共 N 份，从 0 "
			    "起）；slurm 取自作业数组",
			"only part I of N (from 0); slurm: as the job array "
			"says") },
	FA_OPTION_FAIL_ON(OPT_FAIL_ON), FA_OPTION_JOBS(OPT_JOBS),
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印进度和结果，只报错误",
			"neither progress nor summary; errors only") },
	FA_TOOL_OPTIONS };

struct audit {
	struct fa_judging j;
	const char *dir;
};

static int
take_jobs(struct fa_judging *j, const char *value, struct fa_err *err)
{
	uint64_t n = 0;
	int rc = fa_tool_number(&n, value, 1, FA_BATCH_JOBS_MAX, err);

	j->jobs = (unsigned)n;
	return rc;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct audit *x = ctx;

	switch (id) {
	case OPT_STORE:
		x->dir = value;
		return 0;
	case OPT_RULES:
		x->j.rules = value;
		return 0;
	case OPT_AS_OF:
		x->j.as_of = value;
		return 0;
	case OPT_SHARD:
		return fa_shard_parse(&x->j.shard, value, err);
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&x->j.fail_tier, &x->j.fail_severity,
			&x->j.fail_never, value, err);
	case OPT_JOBS:
		return take_jobs(&x->j, value, err);
	default:
		x->j.tool->con.quiet = true;
		return 0;
	}
}

static int
judge(struct audit *x, struct fa_err *err)
{
	struct fa_store *s;
	bool stopped = false;
	int rc = fa_store_open(&s, fa_str_c(x->dir), FA_STORE_WRITE, err);

	if (rc < 0)
		return rc;
	rc = fa_judging_run(&x->j, &stopped, s, err);
	fa_store_close(s);
	if (rc == FA_OK && stopped)
		fa_console_error(&x->j.tool->con, "%s",
			FA_TOOL_SAY(x->j.tool,
				"已中断；再次运行同一命令即可继续",
				"interrupted; the same command goes on with "
				"it"));
	if (rc == FA_OK && !x->j.tool->con.quiet)
		rc = fa_judging_say(&x->j, err);
	return rc;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct audit x = { .dir = FA_SWEEP_STORE };
	struct fa_err err;
	int n, status;

	fa_judging_init(&x.j, t);
	if (!fa_tool_options(
		    t, &fa_cmd_audit, argc, argv, take, &x, &n, &status))
		return status;
	if (n > 0) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "audit 不接受参数",
				"audit takes no operands"));
		return FA_EXIT_ERROR;
	}
	if (judge(&x, &err) < 0)
		return fa_tool_fail(t, &err);
	return (int)fa_judging_status(&x.j);
}

const struct fa_command fa_cmd_audit = {
	.name = "audit",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("评判已抓取的内容（不访问网络）",
		"judge what a store holds (nothing is fetched)"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
