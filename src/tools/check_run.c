#include "tools/check_run.h"

#include <string.h>

#include "audit/audit.h"
#include "base/cpu.h"
#include "score/score.h"
#include "tools/signals.h"

static void
count(struct fa_check *c, const struct fa_result *r)
{
	struct fa_report_totals *t = &c->totals;
	size_t i;

	t->documents++;
	c->empty += r->empty && r->error.p == NULL;
	if (r->error.p != NULL) {
		t->errors++;
		return;
	}
	t->partial += r->partial;
	if ((r->scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)) != 0)
		t->with_face_id++;
	for (i = 0; i < FA_VERDICT_COUNT; i++)
		t->counts[i] += r->counts[i];
	for (i = 0; i < r->findings_n; i++)
		t->waived += r->findings[i].waiver != NULL;
	for (i = 0; i < r->findings_n && !c->report.fail_never; i++) {
		const struct fa_finding *f = &r->findings[i];

		if (!fa_score_gates(f, c->bundle, c->report.fail_tier,
			    c->report.fail_severity))
			continue;
		if (c->app.name.p != NULL && f->verdict == FA_VERDICT_GAP)
			c->app.points[f->obligation].gap_gates = true;
		else
			t->gating++;
	}
}

/* The silence of one document is none of the app when another one speaks. */
static void
count_app(struct fa_check *c)
{
	if (c->app.name.p == NULL)
		return;
	for (size_t i = 0; i < c->app.points_n; i++)
		if (c->app.points[i].gap_gates &&
			c->app.points[i].verdict == FA_VERDICT_GAP)
			c->totals.gating++;
	c->totals.app = &c->app;
}

/* A document that could not be judged is a result of its own. */
static int
set_error(struct fa_result *r, struct fa_str path, const struct fa_err *why,
	struct fa_arena *a, struct fa_err *err)
{
	memset(r, 0, sizeof(*r));
	r->name = path;
	r->score.grade = 'N';
	r->error = fa_arena_dup(a, fa_str_c(why->msg));
	if (r->error.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory");
	return 0;
}

/* The pictures of a flow, when a report shows them. */
static int
load_pictures(struct fa_check *c, struct fa_report_pictures *out,
	const struct fa_result *r, struct fa_err *err)
{
	unsigned bad = 0;
	int rc;

	if (r->flow == NULL || r->error.p != NULL ||
		!fa_check_outputs_pictures(&c->outputs))
		return 0;
	rc = fa_check_pictures(out, &bad, r, c->at, err);
	if (rc == 0 && bad > 0)
		fa_console_note(&c->tool->con,
			FA_TOOL_SAY(c->tool,
				"%.*s：%u 张屏幕截图缺失或与记录不符，未采用",
				"%.*s: %u pictures of screens are missing or "
				"not those that were recorded; left out"),
			FA_STR_ARG(r->name), bad);
	return rc;
}

/* Texts of a user interface that do not speak of faces, as most of a
 * repository does not. */
static bool
is_silent(const struct fa_check *c, const struct fa_result *r)
{
	for (size_t i = 0; i < r->findings_n; i++)
		if (r->findings[i].verdict != FA_VERDICT_NOT_APPLICABLE)
			return false;
	return r->loose && r->scopes == 0 && r->error.p == NULL &&
		r->notice.p == NULL && !c->report.verbose;
}

/* What an app does as a whole rests on all its documents as they are, whether
 * a change introduced it or not. */
static int
add_to_app(struct fa_check *c, const struct fa_result *r, struct fa_err *err)
{
	struct fa_result all = *r;
	int rc;

	all.findings =
		fa_arena_new(c->at, r->findings_n, sizeof(*all.findings));
	if (all.findings == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the app");
	if (r->findings_n > 0)
		memcpy(all.findings, r->findings,
			r->findings_n * sizeof(*all.findings));
	rc = fa_check_only_keep(
		&c->only, &all, c->bundle, c->report.as_of, c->at, err);
	return rc < 0 ? rc : fa_app_add(&c->app, &all, &c->tool->arena, err);
}

/* Here, or by one of the crew. */
static int
judge(struct fa_check *c, struct fa_result *r, const struct fa_check_subject *s,
	const struct fa_read_opts *read, struct fa_err *err)
{
	struct fa_check_judged *done;

	if (c->crew == NULL)
		return fa_check_judge(r, &c->audit, s, read, c->at, err);
	done = fa_check_crew_take(c->crew, c->done);
	c->at = done->arena;
	*r = done->r;
	if (done->rc < 0)
		*err = done->why;
	return done->rc;
}

/* Judges it, and marks or takes off what is accepted or no news. *known: all
 * of it is as it was, and there is nothing to report. */
static int
judge_subject(struct fa_check *c, struct fa_result *r, bool *known,
	const struct fa_check_subject *s, const struct fa_read_opts *read,
	struct fa_err *err)
{
	int rc = judge(c, r, s, read, err);

	if (rc == 0 && c->app.name.p != NULL && r->error.p == NULL &&
		!(!s->named && is_silent(c, r)))
		rc = add_to_app(c, r, err);
	*known = *known && rc == 0 && r->error.p == NULL;
	if (rc != 0 || *known)
		return rc;
	rc = fa_check_project_apply(&c->project, r, c->at, err);
	if (rc == 0)
		rc = fa_check_only_keep(
			&c->only, r, c->bundle, c->report.as_of, c->at, err);
	return rc;
}

/* What could not be judged, or not all of it. */
static void
tell(struct fa_check *c, const struct fa_result *r)
{
	if (r->error.p != NULL || r->empty || r->partial)
		fa_check_progress_clear(&c->progress);
	if (r->error.p != NULL)
		fa_console_error(&c->tool->con,
			FA_TOOL_SAY(
				c->tool, "未能评判：%.*s", "not checked: %.*s"),
			FA_STR_ARG(r->error));
	else if (r->partial)
		fa_console_error(&c->tool->con,
			FA_TOOL_SAY(c->tool, "未能全部读取：%.*s：%.*s",
				"not read in full: %.*s: %.*s"),
			FA_STR_ARG(r->name), FA_STR_ARG(r->notice));
	else if (r->empty)
		fa_console_note(&c->tool->con, "%.*s: %s", FA_STR_ARG(r->name),
			fa_check_why_empty(r));
}

static int
check_subject(struct fa_check *c, const struct fa_check_subject *s,
	struct fa_err *err)
{
	struct fa_report_pictures pictures = { NULL, 0 };
	struct fa_read_opts read = c->read;
	struct fa_result r;
	struct fa_err why;
	bool unchanged;
	int rc;

	c->at = &c->arena;
	fa_arena_reset(c->at);
	memset(&r, 0, sizeof(r));
	read.name = s->path;
	read.derive = true;
	rc = fa_check_project_before(
		&unchanged, &c->project, &c->audit, s, &read, c->at, err);
	if (rc != 0 || (unchanged && c->app.name.p == NULL))
		return rc;
	rc = judge_subject(c, &r, &unchanged, s, &read, &why);
	if (rc == 0 && unchanged)
		return 0;
	if (rc == FA_E_USAGE)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc != 0) {
		/* The arena may be full: what is in it is not needed now. */
		fa_arena_reset(c->at);
		rc = set_error(&r, s->path, &why, c->at, err);
		if (rc != 0)
			return rc;
	}
	tell(c, &r);
	count(c, &r);
	if (!s->named && is_silent(c, &r))
		return 0;
	rc = load_pictures(c, &pictures, &r, err);
	if (rc != 0)
		return rc;
	return fa_check_outputs_doc(&c->outputs, &r, &pictures, err);
}

static enum fa_exit
exit_status(const struct fa_check *c)
{
	const struct fa_report_totals *t = &c->totals;
	enum fa_exit e = fa_signals_status();

	if (t->gating > 0)
		e = fa_exit_worse(e, FA_EXIT_FINDINGS);
	if (t->documents > 0 && t->errors + c->empty == t->documents)
		e = fa_exit_worse(e, FA_EXIT_ERROR);
	else if (t->errors + t->partial > 0)
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	if (c->has_max_unknown &&
		t->counts[FA_VERDICT_CANNOT_TELL] > c->max_unknown)
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	return e;
}

/* A baseline of a part would forget the rest. */
static int
end_project(struct fa_check *c, bool whole, struct fa_err *err)
{
	size_t entries;
	int rc;

	if (!whole) {
		c->project.waivers.writes = NULL;
		c->project.waivers.whole = false;
	}
	rc = fa_check_project_end(&c->project, &c->totals, &entries, err);
	if (rc == 0 && c->project.waivers.writes != NULL)
		fa_console_note(&c->tool->con,
			FA_TOOL_SAY(c->tool, "%s：记入 %zu 项",
				"%s: findings recorded: %zu"),
			c->project.said.write_baseline, entries);
	return rc;
}

/* What a change introduced is asked of git, one file after the other. */
static int
call_crew(struct fa_check *c, const struct fa_check_subjects *list,
	struct fa_err *err)
{
	struct fa_read_opts read = c->read;
	size_t least = c->jobs == 0 ? FA_CHECK_CREW_MIN : 2;
	unsigned jobs = fa_threads(c->jobs, FA_CHECK_JOBS_MAX);

	if (jobs < 2 || list->n < least || c->project.changes)
		return FA_OK;
	read.derive = true;
	return fa_check_crew_new(
		&c->crew, list, &c->audit, &read, jobs, &c->tool->arena, err);
}

int
fa_check_all(struct fa_check *c, const struct fa_check_subjects *list,
	struct fa_err *err)
{
	size_t i;
	int rc = fa_check_outputs_begin(
		&c->outputs, c->bundle, &c->report, &c->tool->arena, err);

	if (rc == 0)
		rc = call_crew(c, list, err);
	fa_check_progress_begin(
		&c->progress, c->tool, fa_check_outputs_stdout(&c->outputs));
	for (i = 0; i < list->n && rc == 0; i++) {
		if (fa_signals_status() != FA_EXIT_CLEAN)
			break;
		fa_check_progress_step(
			&c->progress, i, list->n, c->totals.errors);
		c->done = i;
		rc = check_subject(c, &list->at[i], err);
	}
	fa_check_crew_free(c->crew);
	c->crew = NULL;
	fa_check_progress_clear(&c->progress);
	if (rc != 0)
		return rc;
	if (i < list->n)
		fa_console_error(&c->tool->con,
			FA_TOOL_SAY(c->tool, "已中断：%zu 份文件未检查",
				"interrupted: %zu documents not checked"),
			list->n - i);
	if (c->empty > 0 && c->totals.errors + c->empty == c->totals.documents)
		fa_console_error(&c->tool->con, "%s",
			FA_TOOL_SAY(c->tool, "所有文件都没有文字：未作任何评判",
				"no document has a text: nothing was judged"));
	count_app(c);
	c->totals.exit_status = (int)exit_status(c);
	rc = end_project(c, i == list->n, err);
	if (rc != 0)
		return rc;
	return fa_check_outputs_end(&c->outputs, &c->totals, err);
}
