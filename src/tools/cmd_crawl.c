/* faceaudit crawl: obtains what the targets want, into a store. */
#include "tools/signals.h"
#include "tools/sweep.h"
#include "tools/sweep_options.h"

static const struct fa_option options[] = { FA_SWEEP_OPTIONS,
	{ FA_SWEEP_OPT_CHECK, 0, "check", NULL,
		FA_CLI_TEXT("只检查目标清单，不访问网络",
			"only check the list; nothing is fetched") },
	{ FA_SWEEP_OPT_SHARD, 0, "shard", "I/N",
		FA_CLI_TEXT("只处理第 I 份（共 N 份，从 0 起）；"
			    "slurm 取自作业数组",
			"only part I of N (from 0); slurm: as the job array "
			"says") },
	FA_TOOL_OPTIONS, FA_SWEEP_TUNING };

static void
say_check(const struct fa_sweep *s)
{
	fa_console_note(&s->tool->con,
		FA_TOOL_SAY(s->tool, "%s：可用目标 %zu 个，问题行 %zu",
			"%s: %zu usable targets, %zu bad rows"),
		s->targets, s->list.n, s->list.bad);
}

/* Targets that were not obtained, by why. */
static int
say_outcomes(const struct fa_sweep *s, uint64_t *missing, struct fa_err *err)
{
	struct fa_sweep_outcomes n;
	int rc = fa_sweep_outcomes(&n, s->store, err);

	if (rc < 0)
		return rc;
	*missing = n.targets - n.n[FA_OUT_OK];
	fa_console_note(&s->tool->con,
		FA_TOOL_SAY(s->tool,
			"目标 %llu 个，取得政策的 %llu 个（详见 faceaudit "
			"status）",
			"%llu targets, a policy was obtained of %llu (see "
			"faceaudit status)"),
		(unsigned long long)n.targets,
		(unsigned long long)n.n[FA_OUT_OK]);
	return FA_OK;
}

static int
crawl(struct fa_sweep *s)
{
	struct fa_err err;
	uint64_t missing = 0;
	int rc = FA_OK;

	if (s->targets)
		rc = fa_sweep_targets(s, &err);
	if (rc == FA_OK && s->check) {
		say_check(s);
		return s->list.bad > 0 ? FA_EXIT_ERROR : FA_EXIT_CLEAN;
	}
	if (rc == FA_OK)
		rc = fa_sweep_crawl(s, &err);
	if (rc == FA_OK) {
		fa_sweep_say(s);
		if (s->stopped)
			fa_sweep_say_stopped(s->tool);
		rc = say_outcomes(s, &missing, &err);
	}
	if (rc < 0)
		return fa_tool_fail(s->tool, &err);
	if (s->stopped)
		return (int)fa_signals_status();
	return missing > 0 || s->list.bad > 0 || s->broken > 0
		? (int)FA_EXIT_INCOMPLETE
		: (int)FA_EXIT_CLEAN;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct fa_sweep s;
	int n, status;

	fa_sweep_init(&s, t);
	if (fa_tool_options(t, &fa_cmd_crawl, argc, argv, fa_sweep_take, &s, &n,
		    &status)) {
		s.targets = n > 0 ? argv[1] : NULL;
		if (n > 1 || (s.check && n == 0)) {
			fa_console_error(&t->con, "%s",
				FA_TOOL_SAY(t, "需要一份目标清单",
					"expected one list of targets"));
			status = FA_EXIT_ERROR;
		} else {
			status = crawl(&s);
		}
	}
	fa_sweep_done(&s);
	return status;
}

const struct fa_command fa_cmd_crawl = {
	.name = "crawl",
	.usage = "[options] [TARGETS]",
	.summary = FA_CLI_TEXT("抓取应用的隐私政策及相关文件，存档入库",
		"fetch policies and what belongs to them into a store"),
	.details = FA_SWEEP_DETAILS,
	.options = { options, FA_COUNT(options) },
	.run = run,
};
