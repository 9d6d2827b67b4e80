/* faceaudit report: prints what was judged of a store. */
#include <string.h>

#include "base/clock.h"
#include "rules/rules.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/reporting.h"
#include "tools/signals.h"
#include "tools/sink.h"
#include "tools/sweep.h"
#include "tools/version.h"

#define OUTPUTS_MAX 8
#define PART_BYTES ((size_t)128 << 20) /* of a report in memory */
#define CHANGES_BYTES ((size_t)256 << 20)
#define TARGET_BYTES ((size_t)256 << 20)

enum {
	OPT_STORE = 1,
	OPT_OUTPUT,
	OPT_TARGET,
	OPT_AS_OF,
	OPT_CHANGES,
	OPT_TIMES
};

static const struct fa_option options[] = { FA_OPTION_STORE(OPT_STORE),
	{ OPT_OUTPUT, 'o', "output", "FORMAT[:FILE]",
		FA_CLI_TEXT("text、ndjson、csv 或 "
			    "xlsx，及文件（默认写到标准输出，xlsx "
			    "须给文件），可多次给出；默认 text",
			"text, ndjson, csv or xlsx, and file if not standard "
			"output (xlsx needs one); may be given several times; "
			"default: text") },
	{ OPT_TARGET, 0, "target", "KEY",
		FA_CLI_TEXT("只报告这个目标；text 给出其全部判断与引文",
			"report this target only; as text with all verdicts "
			"and quotes") },
	{ OPT_AS_OF, 0, "as-of", "DATE",
		FA_CLI_TEXT("报告按该日所作的评判；默认最近一次的",
			"show what was judged as of this date; default: what "
			"was judged last") },
	{ OPT_CHANGES, 0, "changes", NULL,
		FA_CLI_TEXT("也列出与上一次评判的差别",
			"also list differences to the judgement before") },
	{ OPT_TIMES, 0, "times", NULL,
		FA_CLI_TEXT("也给出捕获的时间（输出因此随存储的历史而变）",
			"also give the times of captures (the output then "
			"depends on the history of the store)") },
	FA_TOOL_OPTIONS };

enum form { FORM_TEXT, FORM_NDJSON, FORM_CSV, FORM_XLSX };
static const char *const forms[] = { "text", "ndjson", "csv", "xlsx" };

struct output {
	enum form form;
	const char *path; /* NULL: standard output */
	struct fa_sink sink;
	struct fa_xlsx *xlsx; /* instead of sink */
	bool open;
};

struct report {
	struct fa_tool *tool;
	const char *dir, *target, *as_of;
	struct output at[OUTPUTS_MAX];
	size_t n;
	struct fa_reporting r;
	struct fa_arena a; /* of the target at hand */
	struct fa_buf part;
};

static int
add_output(struct report *x, const char *word, struct fa_err *err)
{
	struct fa_str path = fa_str_c(word);
	struct fa_str name = fa_str_cut(&path, ':');
	struct output o = { .path = path.p };

	if (path.p && (path.n == 0 || strcmp(path.p, "-") == 0))
		o.path = NULL;
	for (size_t i = 0; i < FA_COUNT(forms); i++) {
		if (!fa_str_eq(name, fa_str_c(forms[i])))
			continue;
		o.form = (enum form)i;
		if (o.form == FORM_XLSX && !o.path)
			return fa_fail(err, FA_E_USAGE,
				"a spreadsheet needs a file: xlsx:FILE");
		for (size_t k = 0; k < x->n; k++)
			if (!o.path ? !x->at[k].path
				    : x->at[k].path &&
						strcmp(o.path, x->at[k].path) ==
							0)
				return fa_fail(err, FA_E_USAGE,
					"two reports to %s, give one a file: "
					"FORMAT:FILE",
					o.path ? o.path : "standard output");
		if (x->n == OUTPUTS_MAX)
			return fa_fail(err, FA_E_USAGE,
				"more than %d reports are asked for",
				OUTPUTS_MAX);
		x->at[x->n++] = o;
		return FA_OK;
	}
	return fa_fail(err, FA_E_USAGE,
		"unknown format '%.*s', expected text, ndjson, csv "
		"or xlsx",
		FA_STR_ARG(name));
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct report *x = ctx;

	switch (id) {
	case OPT_STORE:
		x->dir = value;
		return 0;
	case OPT_OUTPUT:
		return add_output(x, value, err);
	case OPT_TARGET:
		x->target = value;
		return 0;
	case OPT_AS_OF:
		x->as_of = value;
		return 0;
	case OPT_CHANGES:
		x->r.changes = true;
		return 0;
	default:
		x->r.times = true;
		return 0;
	}
}

static int
write_row(struct report *x, struct output *o,
	const struct fa_reporting_target *t, struct fa_err *err)
{
	struct fa_cell row[FA_REPORTING_COLUMNS];
	size_t n;
	int rc = fa_reporting_row(row, &x->r, t, &x->a, err);

	(void)fa_reporting_columns(&n, &x->r);
	if (rc < 0)
		return rc;
	if (o->form == FORM_XLSX)
		return fa_xlsx_row(o->xlsx, row, n, err);
	fa_csv_row(&x->part, row, n);
	return FA_OK;
}

static int
write_target(struct report *x, struct output *o,
	const struct fa_reporting_target *t, struct fa_err *err)
{
	int rc = FA_OK;

	fa_buf_reset(&x->part);
	if (o->form == FORM_NDJSON)
		rc = fa_reporting_json(&x->part, &x->r, t, &x->a, err);
	else if (o->form == FORM_CSV || o->form == FORM_XLSX)
		rc = write_row(x, o, t, err);
	else if (x->target)
		rc = fa_reporting_account(&x->part, &x->r, t, &x->a, err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&x->part, "report", err);
	return rc < 0 || o->form == FORM_XLSX
		? rc
		: fa_sink_write(&o->sink, fa_buf_str(&x->part), err);
}

static int
each(void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct report *x = ctx;
	struct fa_reporting_target target;
	int rc;

	if (fa_signals_status() != FA_EXIT_CLEAN)
		return fa_fail(err, FA_E_INTERRUPTED, "interrupted");
	fa_arena_reset(&x->a);
	rc = fa_reporting_load(&target, &x->r, t, &x->a, err);
	if (rc == FA_OK)
		rc = fa_reporting_add(&x->r, &target, err);
	for (size_t i = 0; i < x->n && rc == FA_OK; i++)
		rc = write_target(x, &x->at[i], &target, err);
	return rc;
}

static int
begin_xlsx(struct report *x, struct output *o, struct fa_err *err)
{
	struct fa_xlsx_facts facts = { .title = "faceaudit report",
		.author = "faceaudit " FA_VERSION,
		.made_ms =
			x->r.bundle ? fa_reporting_noon(x->r.key.as_of) : 0 };
	size_t n;
	const struct fa_column *c = fa_reporting_columns(&n, &x->r);
	int rc = fa_xlsx_new(&o->xlsx, o->path, &facts, err);

	return rc < 0 ? rc : fa_xlsx_sheet(o->xlsx, "targets", c, n, err);
}

static int
begin(struct report *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->n && rc == FA_OK; i++) {
		struct output *o = &x->at[i];
		size_t n;

		if (o->form == FORM_XLSX) {
			rc = begin_xlsx(x, o, err);
			continue;
		}
		rc = fa_sink_open(&o->sink, o->path, err);
		if (rc < 0)
			return rc;
		o->open = true;
		fa_buf_reset(&x->part);
		if (o->form == FORM_CSV) {
			const struct fa_column *c =
				fa_reporting_columns(&n, &x->r);

			fa_csv_head(&x->part, c, n);
		}
		rc = fa_sink_write(&o->sink, fa_buf_str(&x->part), err);
	}
	return rc;
}

static int
end_output(struct report *x, struct output *o, struct fa_err *err)
{
	struct fa_xlsx *xlsx = o->xlsx;
	int rc;

	if (o->form == FORM_XLSX) {
		o->xlsx = NULL;
		return fa_xlsx_end(xlsx, err);
	}
	fa_buf_reset(&x->part);
	if (o->form == FORM_TEXT && !x->target)
		fa_reporting_text(&x->part, &x->r);
	rc = fa_buf_rc(&x->part, "report", err);
	if (rc == FA_OK)
		rc = fa_sink_write(&o->sink, fa_buf_str(&x->part), err);
	return rc < 0 ? rc : fa_sink_end(&o->sink, err);
}

static int
end(struct report *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->n && rc == FA_OK; i++)
		rc = end_output(x, &x->at[i], err);
	return rc;
}

/* The judgements to be shown, and the rules they were made by. */
static int
find_key(struct report *x, struct fa_err *err)
{
	struct fa_reporting *r = &x->r;
	struct fa_arena *a = &x->tool->arena;
	struct fa_bundle *bundle;
	struct fa_str json;
	int32_t as_of = 0;
	int rc = FA_OK;

	if (x->as_of)
		rc = fa_tool_as_of(&as_of, x->tool, x->as_of, err);
	if (rc == FA_OK)
		rc = fa_store_newest_key(&r->key, r->s, as_of, a, err);
	if (rc == 0 && x->as_of)
		return fa_fail(err, FA_E_NOTFOUND,
			"nothing was judged as of %s", x->as_of);
	if (rc != 1)
		return rc;
	rc = fa_store_get_bundle(&json, r->s, r->key.bundle, a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: the rules %.*s are missing",
			FA_STR_ARG(r->key.bundle));
	if (rc == 1)
		rc = fa_rules_parse_bundle(&bundle, json, a, err);
	if (rc < 0)
		return rc;
	r->bundle = bundle;
	r->points = fa_arena_new(a, bundle->obligations_n, sizeof(*r->points));
	return r->points ? FA_OK : fa_fail(err, FA_E_NOMEM, "out of memory");
}

static int
print_all(struct report *x, struct fa_err *err)
{
	struct fa_store_target t;
	int rc;

	if (!x->target)
		return fa_store_targets(x->r.s, each, x, err);
	rc = fa_store_find_target(
		&t, x->r.s, fa_str_c(x->target), &x->tool->arena, err);
	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"there is no target '%s' in the store", x->target);
	return rc < 0 ? rc : each(x, &t, err);
}

static int
print(struct report *x, struct fa_err *err)
{
	int rc = fa_store_open(&x->r.s, fa_str_c(x->dir), FA_STORE_READ, err);

	if (rc == FA_OK)
		rc = find_key(x, err);
	if (rc == FA_OK)
		rc = begin(x, err);
	if (rc == FA_OK)
		rc = print_all(x, err);
	return rc < 0 ? rc : end(x, err);
}

static int
report(struct report *x)
{
	struct fa_err err;
	int rc = FA_OK, status = FA_EXIT_CLEAN;

	if (x->n == 0)
		rc = add_output(x, "text", &err);
	if (rc == FA_OK)
		rc = print(x, &err);
	if (rc == FA_E_INTERRUPTED)
		status = (int)fa_signals_status();
	else if (rc < 0)
		status = FA_EXIT_ERROR;
	for (size_t i = 0; i < x->n; i++) {
		/* Who went away knows it. */
		if (rc < 0 && x->at[i].open && x->at[i].sink.closed)
			rc = FA_OK;
		if (x->at[i].open)
			fa_sink_done(&x->at[i].sink);
		fa_xlsx_drop(x->at[i].xlsx);
	}
	if (rc < 0)
		(void)fa_tool_fail(x->tool, &err);
	return status;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct report x = { .tool = t, .dir = FA_SWEEP_STORE };
	int n, status;

	fa_arena_init(&x.a, TARGET_BYTES);
	fa_buf_init(&x.part, PART_BYTES);
	fa_buf_init(&x.r.changed, CHANGES_BYTES);
	x.r.a = &t->arena;
	if (fa_tool_options(
		    t, &fa_cmd_report, argc, argv, take, &x, &n, &status)) {
		x.r.lang = fa_tool_lang(t);
		x.r.columns = fa_console_columns();
		if (n > 0) {
			fa_console_error(&t->con, "%s",
				FA_TOOL_SAY(t, "report 不接受参数",
					"report takes no operands"));
			status = FA_EXIT_ERROR;
		} else {
			status = report(&x);
		}
	}
	fa_store_close(x.r.s);
	fa_buf_done(&x.r.changed);
	fa_buf_done(&x.part);
	fa_arena_done(&x.a);
	return status;
}

const struct fa_command fa_cmd_report = {
	.name = "report",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("报告评判结果：文本、NDJSON、CSV、XLSX",
		"report what was judged: text, NDJSON, CSV, XLSX"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
