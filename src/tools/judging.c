#include "tools/judging.h"

#include <stdio.h>
#include <string.h>

#include "audit/batch.h"
#include "base/cpu.h"
#include "base/json.h"
#include "store/frontier.h"
#include "store/manifest.h"
#include "tools/phrase.h"
#include "tools/signals.h"
#include "tools/version.h"

#define TEXT_BYTES (1u << 20)

void
fa_judging_init(struct fa_judging *j, struct fa_tool *t)
{
	memset(j, 0, sizeof(*j));
	j->tool = t;
	j->fail_tier = FA_TIER_PROBABLE;
	j->fail_severity = FA_SEVERITY_HIGH;
}

static bool
stop(void *ctx)
{
	(void)ctx;
	return fa_signals_status() != FA_EXIT_CLEAN;
}

static void
progress(void *ctx, const struct fa_batch_counts *c)
{
	struct fa_judging *j = ctx;

	fa_progress_show(&j->progress, c->targets,
		j->shard.n > 1 ? 0 : j->targets, c->targets - c->judged,
		fa_clock_now(j->tool->clock));
}

/* What changes the outcome, for the record of the run. */
static int
begin_run(int64_t *run, const struct fa_judging *j, struct fa_store *s,
	const struct fa_bundle *b, struct fa_err *err)
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	int rc;

	fa_buf_init(&text, TEXT_BYTES);
	fa_jw_init(&w, &text, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "bundle", fa_str_c(b->sha256));
	fa_jw_kint(&w, "as_of", j->date);
	fa_jw_kint(&w, "shard", j->shard.i);
	fa_jw_kint(&w, "shards", j->shard.n);
	fa_jw_end(&w, '}');
	rc = fa_buf_rc(&text, "options", err);
	if (rc == FA_OK)
		rc = fa_store_begin(s, err);
	if (rc == FA_OK)
		rc = fa_store_run_begin(run, s, "audit",
			fa_clock_now(j->tool->clock),
			FA_STR("faceaudit " FA_VERSION), fa_buf_str(&text),
			err);
	return rc;
}

/* The run is over, and a shard says so in a file of its own. */
static int
end_run(const struct fa_judging *j, struct fa_store *s, int64_t run,
	const struct fa_bundle *b, struct fa_err *err)
{
	struct fa_manifest m = { .kind = "audit",
		.shard = j->shard,
		.tool = FA_STR("faceaudit " FA_VERSION),
		.bundle = fa_str_c(b->sha256),
		.as_of = j->date,
		.targets = j->counts.targets,
		.done = j->counts.judged };
	int rc = fa_store_begin(s, err);

	if (rc == FA_OK)
		rc = fa_store_run_end(
			s, run, fa_clock_now(j->tool->clock), err);
	if (rc == FA_OK)
		rc = fa_store_commit(s, err);
	if (rc == FA_OK && j->shard.n > 1)
		rc = fa_store_put_manifest(s, &m, err);
	return rc;
}

static int
judge(struct fa_judging *j, struct fa_store *s, const struct fa_audit *audit,
	bool *stopped, struct fa_err *err)
{
	bool en = j->tool->con.lang == FA_CLI_EN;
	struct fa_batch_opts opts = { .shard = j->shard,
		.clock = j->tool->clock,
		.fail_tier = j->fail_tier,
		.fail_severity = j->fail_severity,
		.fail_never = j->fail_never,
		.jobs = fa_threads(j->jobs, FA_BATCH_JOBS_MAX),
		.stop = stop,
		.progress = progress,
		.ctx = j };
	int64_t run;
	int rc = begin_run(&run, j, s, audit->bundle, err);

	if (rc == FA_OK && j->shard.n > 1)
		rc = fa_store_drop_manifest(s, "audit", &j->shard, err);
	if (rc < 0)
		return rc;
	fa_progress_begin(&j->progress, &j->tool->con, en ? "audit" : "评判",
		en ? "targets" : "个目标", fa_clock_now(j->tool->clock));
	rc = fa_batch_run(&j->counts, s, audit, &opts, err);
	fa_progress_end(&j->progress);
	*stopped = rc == FA_E_INTERRUPTED;
	if (*stopped)
		return FA_OK;
	return rc < 0 ? rc : end_run(j, s, run, audit->bundle, err);
}

int
fa_judging_run(struct fa_judging *j, bool *stopped, struct fa_store *s,
	struct fa_err *err)
{
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher = NULL;
	struct fa_store_counts n;
	struct fa_audit audit;
	int rc = fa_tool_as_of(&j->date, j->tool, j->as_of, err);

	if (rc == FA_OK)
		rc = fa_tool_bundle(&bundle, j->tool, j->rules, err);
	if (rc == FA_OK)
		rc = fa_matcher_new(&matcher, bundle, err);
	if (rc == FA_OK)
		rc = fa_store_count(&n, s, err);
	if (rc == FA_OK) {
		j->targets = n.targets > 0 ? (uint64_t)n.targets : 0;
		audit = (struct fa_audit){
			.bundle = bundle, .matcher = matcher, .as_of = j->date
		};
		rc = judge(j, s, &audit, stopped, err);
	}
	fa_matcher_free(matcher);
	return rc;
}

static unsigned long long
n_of(uint64_t n)
{
	return (unsigned long long)n;
}

int
fa_judging_say(const struct fa_judging *j, struct fa_err *err)
{
	const struct fa_batch_counts *c = &j->counts;
	bool en = j->tool->con.lang == FA_CLI_EN;
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&out, TEXT_BYTES);
	fa_buf_addf(&out,
		en ? "targets %llu, judged %llu (unchanged %llu), without a "
		     "policy %llu\n"
		   : "目标 %llu，已评判 %llu（未变 %llu），未得到政策 %llu\n",
		n_of(c->targets), n_of(c->judged), n_of(c->unchanged),
		n_of(c->targets - c->judged));
	fa_phrase_add_outcomes(&out, fa_tool_lang(j->tool), c->outcomes, 4);
	fa_buf_addf(&out,
		en ? "documents %llu, newly read %llu, missing %llu, of "
		     "earlier captures %llu\n"
		   : "文件 %llu，新读取 %llu，缺 %llu，沿用旧捕获 %llu\n",
		n_of(c->documents), n_of(c->fresh), n_of(c->missing),
		n_of(c->stand_ins));
	fa_buf_addf(&out,
		en ? "verdicts: violations %llu, gaps %llu, cannot tell %llu, "
		     "compliant %llu\n    reaching --fail-on: %llu\n"
		   : "判断：违规 %llu，缺失 %llu，无法判定 %llu，合规 %llu\n"
		     "    达到 --fail-on 的：%llu\n",
		n_of(c->verdicts[FA_VERDICT_VIOLATION]),
		n_of(c->verdicts[FA_VERDICT_GAP]),
		n_of(c->verdicts[FA_VERDICT_CANNOT_TELL]),
		n_of(c->verdicts[FA_VERDICT_COMPLIANT]), n_of(c->gating));
	fa_buf_addf(&out,
		en ? "changes: gained %llu, lost %llu, other %llu, captures "
		     "failed %llu\n"
		   : "变化：新增 %llu，消失 %llu，其他 %llu，捕获失败 %llu\n",
		n_of(c->gained), n_of(c->lost), n_of(c->changed),
		n_of(c->capture_failed));
	rc = fa_buf_rc(&out, "summary", err);
	return rc < 0 ? rc : fa_console_write(fa_buf_str(&out), NULL, err);
}

enum fa_exit
fa_judging_status(const struct fa_judging *j)
{
	enum fa_exit e = fa_signals_status();

	if (j->counts.gating > 0)
		e = fa_exit_worse(e, FA_EXIT_FINDINGS);
	if (j->counts.judged < j->counts.targets)
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	return e;
}
