/* faceaudit merge: joins the stores of shards. */
#include <stdio.h>
#include <string.h>

#include "case/joining.h"
#include "store/frontier.h"
#include "store/manifest.h"
#include "store/merge.h"
#include "tools/commands.h"
#include "tools/signals.h"
#include "tools/sweep.h"
#include "tools/version.h"

#define DEPTH_MAX 8
#define SAID_MAX 5 /* missing shards that are named */
#define HEADS_BYTES ((size_t)64 << 20)

enum { OPT_INTO = 1, OPT_MIXED, OPT_DEPTH, OPT_QUIET };

static const struct fa_option options[] = {
	{ OPT_INTO, 'o', "into", "DIR",
		FA_CLI_TEXT("合并到此目录，不存在则新建；默认 faceaudit.store",
			"store that the others are added to, made when "
			"missing; default: faceaudit.store") },
	{ OPT_MIXED, 0, "mixed", NULL,
		FA_CLI_TEXT("也合并按不同规则或日期评判的、分份数不同的存储",
			"also join stores that were judged by different rules "
			"or dates, or parted into different numbers") },
	{ OPT_DEPTH, 0, "depth", "N",
		FA_CLI_TEXT("与抓取时相同的 --depth；默认 1",
			"as it was given to crawl; default: 1") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印提示，只报错误", "no notes; errors only") },
	FA_TOOL_OPTIONS
};

struct merge {
	struct fa_tool *tool;
	const char *into;
	struct fa_merge_opts opts;
	struct fa_store *s;
	bool missing; /* of some kind of work, shards */
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct merge *x = ctx;
	uint64_t depth;
	int rc;

	switch (id) {
	case OPT_INTO:
		x->into = value;
		return 0;
	case OPT_MIXED:
		x->opts.mixed = true;
		return 0;
	case OPT_DEPTH:
		rc = fa_tool_number(&depth, value, 0, DEPTH_MAX, err);
		if (rc < 0)
			return rc;
		x->opts.max_step = 1 + (unsigned)depth;
		return 0;
	default:
		x->tool->con.quiet = true;
		return 0;
	}
}

/* What shards say of themselves goes along. */
static int
copy_manifests(struct merge *x, const char *dir, struct fa_err *err)
{
	struct fa_manifest_list l;
	int rc = fa_store_manifests(&l, fa_str_c(dir), &x->tool->arena, err);

	for (size_t i = 0; rc == FA_OK && i < l.n; i++)
		rc = fa_store_put_manifest(x->s, &l.at[i], err);
	return rc;
}

static bool
has_shard(const struct fa_manifest_list *l, const struct fa_manifest *like,
	uint32_t i)
{
	for (size_t k = 0; k < l->n; k++)
		if (l->at[k].shard.n == like->shard.n &&
			l->at[k].shard.i == i &&
			strcmp(l->at[k].kind, like->kind) == 0)
			return true;
	return false;
}

static void
say_missing(struct merge *x, const struct fa_manifest_list *l, size_t like)
{
	const struct fa_manifest *m = &l->at[like];
	uint32_t missing = 0;

	for (uint32_t i = 0; i < m->shard.n; i++) {
		if (has_shard(l, m, i))
			continue;
		if (missing++ < SAID_MAX)
			fa_console_error(&x->tool->con,
				FA_TOOL_SAY(x->tool,
					"缺少第 %u 份（共 %u 份，%s）",
					"shard %u of %u (%s) is missing"),
				(unsigned)i, (unsigned)m->shard.n, m->kind);
	}
	if (missing > SAID_MAX)
		fa_console_error(&x->tool->con,
			FA_TOOL_SAY(x->tool, "共缺 %u 份",
				"%u shards are missing in all"),
			(unsigned)missing);
	x->missing = x->missing || missing > 0;
}

static int
check_shards(struct merge *x, struct fa_err *err)
{
	struct fa_manifest_list l;
	int rc =
		fa_store_manifests(&l, fa_str_c(x->into), &x->tool->arena, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < l.n; i++) {
		bool first = true;

		for (size_t k = 0; k < i; k++) {
			bool same = strcmp(l.at[k].kind, l.at[i].kind) == 0;

			if (same && l.at[k].shard.n != l.at[i].shard.n &&
				!x->opts.mixed)
				return fa_fail(err, FA_E_USAGE,
					"shards of %u and of %u do not go "
					"together, unless --mixed is given",
					(unsigned)l.at[k].shard.n,
					(unsigned)l.at[i].shard.n);
			if (same && l.at[k].shard.n == l.at[i].shard.n)
				first = false;
		}
		if (first)
			say_missing(x, &l, i);
	}
	return FA_OK;
}

static int
join(struct merge *x, char **dirs, int n, struct fa_err *err)
{
	int rc = FA_OK;

	for (int i = 0; i < n && rc == FA_OK; i++) {
		if (fa_signals_status() != FA_EXIT_CLEAN)
			return FA_OK;
		rc = fa_store_merge(x->s, fa_str_c(dirs[i]), &x->opts, err);
		if (rc == FA_OK)
			rc = copy_manifests(x, dirs[i], err);
	}
	return rc < 0 ? rc : fa_store_close_over(x->s, &x->opts, err);
}

/* Custody logs that came along are told of in the log of what they came to. */
static int
merge(struct merge *x, char **dirs, int n, struct fa_err *err)
{
	struct fa_desk_opts desk = { .dir = fa_str_c(x->into),
		.actor.role = FA_STR("operator"),
		.tool = { FA_STR("faceaudit"), FA_STR(FA_VERSION),
			FA_TOOL_COMMIT } };
	struct fa_buf before;
	int rc = fa_store_open(&x->s, fa_str_c(x->into), FA_STORE_CREATE, err);

	if (rc < 0)
		return rc;
	fa_buf_init(&before, HEADS_BYTES);
	rc = fa_joining_heads(&before, x->s, err);
	if (rc == FA_OK)
		rc = join(x, dirs, n, err);
	if (rc == FA_OK)
		rc = fa_joining_note(x->s, &desk, fa_buf_str(&before), err);
	fa_buf_done(&before);
	if (rc < 0 || fa_signals_status() != FA_EXIT_CLEAN)
		return rc;
	return check_shards(x, err);
}

static int
say(struct merge *x, struct fa_err *err)
{
	struct fa_store_counts n;
	int rc = fa_store_count(&n, x->s, err);

	if (rc == FA_OK)
		fa_console_note(&x->tool->con,
			FA_TOOL_SAY(x->tool,
				"%s：目标 %lld，网址 %lld，待抓取 %lld，捕获 "
				"%lld",
				"%s: targets %lld, URLs %lld, pending %lld, "
				"captures %lld"),
			x->into, (long long)n.targets, (long long)n.urls,
			(long long)n.pending, (long long)n.captures);
	return rc;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct merge x = {
		.tool = t, .into = FA_SWEEP_STORE, .opts = { .max_step = 2 }
	};
	struct fa_err err;
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_merge, argc, argv, take, &x, &n, &status))
		return status;
	if (n == 0) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "没有给出要合并的存储",
				"no store to join is given"));
		return FA_EXIT_ERROR;
	}
	status = (int)FA_EXIT_CLEAN;
	if (merge(&x, argv + 1, n, &err) < 0 || say(&x, &err) < 0)
		status = fa_tool_fail(t, &err);
	else if (x.missing)
		status = FA_EXIT_INCOMPLETE;
	fa_store_close(x.s);
	return (int)fa_exit_worse((enum fa_exit)status, fa_signals_status());
}

const struct fa_command fa_cmd_merge = {
	.name = "merge",
	.usage = "[options] STORE...",
	.summary = FA_CLI_TEXT("合并各份的存储", "join the stores of shards"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
