/* What `faceaudit walk` does: the walk, and then what `check` does with the
 * flow that it has left. */
#include <string.h>

#include "flow/import.h"
#include "match/match.h"
#include "score/score.h"
#include "tools/signals.h"
#include "tools/walking.h"

static int
prepare(struct fa_walking *w, struct fa_err *err)
{
	int rc = fa_tool_as_of(&w->report.as_of, w->tool, w->as_of, err);

	if (rc == FA_OK)
		rc = fa_tool_bundle(&w->bundle, w->tool, w->rules, err);
	if (rc == FA_OK)
		rc = fa_check_only_check(&w->only, w->bundle, err);
	if (rc == FA_OK && w->outputs.n == 0 && !w->tool->con.quiet)
		rc = fa_check_outputs_add(&w->outputs, "text", err);
	w->report.lang = fa_tool_lang(w->tool);
	w->report.color = fa_console_colors(&w->tool->con);
	w->report.columns = fa_console_columns();
	return rc;
}

static void
count(struct fa_report_totals *t, const struct fa_walking *w,
	const struct fa_result *r)
{
	t->documents = 1;
	t->errors = r->error.p != NULL;
	if (r->error.p != NULL)
		return;
	t->with_face_id = (r->scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)) != 0;
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		t->counts[i] += r->counts[i];
	for (size_t i = 0; i < r->findings_n && !w->report.fail_never; i++)
		t->gating += fa_score_gates(&r->findings[i], w->bundle,
			w->report.fail_tier, w->report.fail_severity);
}

static enum fa_exit
status_of(const struct fa_walking *w, const struct fa_report_totals *t)
{
	enum fa_exit e = fa_signals_status();

	if (t->gating > 0)
		e = fa_exit_worse(e, FA_EXIT_FINDINGS);
	if (t->errors > 0)
		e = fa_exit_worse(e, FA_EXIT_ERROR);
	if (w->unseen || w->stats.limit.p != NULL ||
		(w->has_max_unknown &&
			t->counts[FA_VERDICT_CANNOT_TELL] > w->max_unknown))
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	return e;
}

/* The flow is judged as `check` judges the file. */
static int
judge(struct fa_result *r, struct fa_report_pictures *pictures,
	struct fa_walking *w, const struct fa_audit *audit,
	struct fa_str flow_path, struct fa_err *err)
{
	struct fa_check_subject s = { .path = flow_path,
		.importer = fa_importer_find(FA_STR("flow")) };
	struct fa_read_opts read = { .name = flow_path };
	struct fa_arena *a = &w->tool->arena;
	unsigned bad = 0;
	int rc = fa_check_judge(r, audit, &s, &read, a, err);

	if (rc == FA_OK)
		rc = fa_check_only_keep(
			&w->only, r, w->bundle, w->report.as_of, a, err);
	if (rc == FA_OK && r->error.p == NULL &&
		fa_check_outputs_pictures(&w->outputs))
		rc = fa_check_pictures(pictures, &bad, r, a, err);
	return rc;
}

static int
report(struct fa_report_totals *t, struct fa_walking *w,
	struct fa_str flow_path, struct fa_err *err)
{
	struct fa_report_pictures pictures = { NULL, 0 };
	struct fa_matcher *matcher = NULL;
	struct fa_audit audit;
	struct fa_result r;
	int rc = fa_matcher_new(&matcher, w->bundle, err);

	memset(&audit, 0, sizeof(audit));
	memset(&r, 0, sizeof(r));
	audit.bundle = w->bundle;
	audit.matcher = matcher;
	audit.as_of = w->report.as_of;
	if (rc == FA_OK)
		rc = judge(&r, &pictures, w, &audit, flow_path, err);
	if (rc == FA_OK) {
		count(t, w, &r);
		rc = fa_check_outputs_begin(&w->outputs, w->bundle, &w->report,
			&w->tool->arena, err);
	}
	if (rc == FA_OK)
		rc = fa_check_outputs_doc(&w->outputs, &r, &pictures, err);
	t->exit_status = (int)status_of(w, t);
	if (rc == FA_OK)
		rc = fa_check_outputs_end(&w->outputs, t, err);
	fa_matcher_free(matcher);
	return rc;
}

static void
say(const struct fa_walking *w)
{
	const struct fa_walk_stats *s = &w->stats;

	if (w->import || w->unseen)
		return;
	fa_console_note(&w->tool->con,
		FA_TOOL_SAY(w->tool,
			"屏幕 %u 个，转移 %u 条，操作 %u 次，重来 %u "
			"次，未试 %u 项；结果在 %.*s",
			"%u screens, %u transitions, %u acts, %u replays, %u "
			"not tried; see %.*s"),
		s->screens, s->transitions, s->taps, s->replays, s->unexplored,
		FA_STR_ARG(w->output.dir));
	if (s->limit.p)
		fa_console_note(&w->tool->con,
			FA_TOOL_SAY(w->tool, "走查未完：%.*s",
				"the walk is not complete: %.*s"),
			FA_STR_ARG(s->limit));
}

/* What is walked: exactly one of a URL, a folder and a recording. */
static int
operands(struct fa_walking *w, char **at, int n)
{
	bool folder = w->folder != NULL, import = w->import != NULL;
	bool good = n <= 1;

	w->url = n > 0 ? at[0] : NULL;
	if (import)
		good = good && !folder && n == 0 && w->from_warc.n == 0;
	else if (folder)
		good = good && w->from_warc.n == 0;
	else
		good = good && n == 1;
	if (good)
		return FA_OK;
	fa_console_error(&w->tool->con, "%s",
		FA_TOOL_SAY(w->tool,
			"需要一个网址，或 --folder 目录 [页面]，或 --import "
			"路径",
			"expected one URL, or --folder DIR [ENTRY], or "
			"--import PATH"));
	return FA_E_USAGE;
}

static int
run_walk(struct fa_walking *w)
{
	struct fa_report_totals totals;
	struct fa_str flow_path;
	struct fa_err err;
	int rc = prepare(w, &err);

	memset(&totals, 0, sizeof(totals));
	if (rc == FA_OK)
		rc = fa_walking_run(&flow_path, w, &err);
	if (rc == FA_OK) {
		say(w);
		rc = report(&totals, w, flow_path, &err);
	}
	if (rc == FA_OK)
		return totals.exit_status;
	return w->outputs.closed ? FA_EXIT_ERROR : fa_tool_fail(w->tool, &err);
}

int
fa_walking_command(struct fa_tool *t, int argc, char **argv)
{
	struct fa_walking w;
	int n, status;

	fa_walking_init(&w, t);
	if (fa_walking_options(&w, argc, argv, &n, &status))
		status = operands(&w, argv + 1, n) == FA_OK ? run_walk(&w)
							    : FA_EXIT_ERROR;
	fa_check_outputs_done(&w.outputs);
	return status;
}
