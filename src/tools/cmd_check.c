/* faceaudit check: reads documents, judges them, prints findings. */
#include <stdio.h>
#include <string.h>

#include "audit/app.h"
#include "audit/audit.h"
#include "base/str.h"
#include "rules/rules.h"
#include "score/score.h"
#include "tools/check.h"
#include "tools/check_progress.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/fail_on.h"
#include "tools/signals.h"
#include "tools/version.h"

enum {
	OPT_OUTPUT = 1,
	OPT_FAIL_ON,
	OPT_MAX_UNKNOWN,
	OPT_AS_OF,
	OPT_AS,
	OPT_CHARSET,
	OPT_RULES,
	OPT_ONLY,
	OPT_APP,
	OPT_USES,
	OPT_EXPLAIN,
	OPT_VERBOSE,
	OPT_QUIET
};

/* --help fits one screen: two lines per option at most. */
static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FORMAT[:FILE]",
		FA_CLI_TEXT("报告格式及文件；可多次给出；默认 text",
			"report, and its file; repeatable; default: text") },
	FA_OPTION_FAIL_ON(OPT_FAIL_ON), FA_OPTION_MAX_UNKNOWN(OPT_MAX_UNKNOWN),
	{ OPT_USES, 'u', "uses", NULL,
		FA_CLI_TEXT("文本报告逐一列出人脸的用途及各处表述",
			"text report: list each use of the face") },
	FA_OPTION_VERBOSE(OPT_VERBOSE), FA_OPTION_QUIET(OPT_QUIET),
	{ OPT_EXPLAIN, 0, "explain", "RULE",
		FA_CLI_TEXT("解释一条规则或一项义务后退出，不检查文件",
			"explain a rule or obligation, check nothing") },
	FA_CLI_HEADING("输入：", "input:"),
	{ OPT_AS, 0, "as", "FORMAT",
		FA_CLI_TEXT("输入格式（见下）；默认按文件名和内容识别",
			"format of the input (below); default: by name and "
			"content") },
	{ OPT_CHARSET, 0, "charset", "LABEL",
		FA_CLI_TEXT("输入编码，如 gb18030；默认自动识别",
			"encoding, as gb18030; default: detected") },
	{ OPT_APP, 0, "app", "NAME",
		FA_CLI_TEXT("所给文件同属一个应用：合并结论，指出文件之间的矛"
			    "盾；一份写到的，其他文件不算缺失",
			"all is of one app: combine verdicts, show "
			"contradictions; what one says is no gap of another") },
	FA_CLI_HEADING("范围与依据：", "what counts:"),
	{ OPT_ONLY, 0, "only", "OBLIGATION",
		FA_CLI_TEXT("只报告该义务或其下各项（如 FRM.5）；可多次给出",
			"only this, or all below it (FRM.5); repeatable") },
	FA_OPTION_AS_OF(OPT_AS_OF), FA_OPTION_RULES(OPT_RULES),
	FA_CLI_HEADING("其他：", "more:"), FA_TOOL_OPTIONS
};

struct check {
	struct fa_tool *tool;
	struct fa_check_outputs outputs;
	struct fa_report_opts report;
	struct fa_read_opts read;
	bool documents; /* --as named a format of documents */
	const struct fa_importer *importer; /* --as named one, or NULL */
	const char *as_of, *rules, *explain;
	struct fa_check_only only;
	bool has_max_unknown;
	uint64_t max_unknown;
	struct fa_audit audit;
	struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	struct fa_arena arena; /* of the document at hand */
	struct fa_report_totals totals;
	struct fa_app app; /* with --app; else without a name */
	uint32_t empty;    /* documents without a text */
	struct fa_check_progress progress;
};

static int
parse_format(struct check *c, const char *word, struct fa_err *err)
{
	static const enum fa_format formats[] = { FA_FORMAT_HTML,
		FA_FORMAT_MARKDOWN, FA_FORMAT_TEXT };
	size_t i;

	for (i = 0; i < FA_COUNT(formats); i++) {
		if (strcmp(word, fa_format_name(formats[i])) == 0) {
			c->read.format = formats[i];
			c->documents = true;
			c->importer = NULL;
			return 0;
		}
	}
	c->documents = false;
	c->importer = fa_importer_find(fa_str_c(word));
	/* Pages are documents: their importer has a name of its own here. */
	if (strcmp(word, "page") == 0)
		c->importer = fa_importer_find(FA_STR("html"));
	if (c->importer != NULL)
		return 0;
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no input format, expected html, markdown, text or a "
		"source of flows, see 'faceaudit help formats'",
		word);
}

static int
take_option(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct check *c = ctx;

	switch (id) {
	case OPT_OUTPUT:
		return fa_check_outputs_add(&c->outputs, value, err);
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&c->report.fail_tier,
			&c->report.fail_severity, &c->report.fail_never, value,
			err);
	case OPT_MAX_UNKNOWN:
		c->has_max_unknown = true;
		return fa_tool_number(
			&c->max_unknown, value, 0, UINT32_MAX, err);
	case OPT_AS_OF:
		c->as_of = value;
		return 0;
	case OPT_AS:
		return parse_format(c, value, err);
	case OPT_CHARSET:
		c->read.charset = fa_str_c(value);
		return 0;
	case OPT_RULES:
		c->rules = value;
		return 0;
	case OPT_ONLY:
		return fa_check_only_add(&c->only, value, err);
	case OPT_APP:
		c->app.name = fa_str_c(value);
		return 0;
	case OPT_USES:
		c->report.explain = true;
		return 0;
	case OPT_EXPLAIN:
		c->explain = value;
		return 0;
	case OPT_VERBOSE:
		c->report.verbose = true;
		return 0;
	default:
		c->tool->con.quiet = true;
		return 0;
	}
}

static void
count(struct check *c, const struct fa_result *r)
{
	struct fa_report_totals *t = &c->totals;
	size_t i;

	t->documents++;
	c->empty += r->empty && r->error.p == NULL;
	if (r->error.p != NULL) {
		t->errors++;
		return;
	}
	if ((r->scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)) != 0)
		t->with_face_id++;
	for (i = 0; i < FA_VERDICT_COUNT; i++)
		t->counts[i] += r->counts[i];
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
count_app(struct check *c)
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
load_pictures(struct check *c, struct fa_report_pictures *out,
	const struct fa_result *r, struct fa_err *err)
{
	unsigned bad = 0;
	int rc;

	if (r->flow == NULL || r->error.p != NULL ||
		!fa_check_outputs_pictures(&c->outputs))
		return 0;
	rc = fa_check_pictures(out, &bad, r, &c->arena, err);
	if (rc == 0 && bad > 0)
		fa_console_note(&c->tool->con,
			FA_TOOL_SAY(c->tool,
				"%.*s：%u 张屏幕截图缺失或与记录不符，未采用",
				"%.*s: %u pictures of screens are missing or "
				"not those that were recorded; left out"),
			FA_STR_ARG(r->name), bad);
	return rc;
}

static int
check_subject(
	struct check *c, const struct fa_check_subject *s, struct fa_err *err)
{
	struct fa_report_pictures pictures = { NULL, 0 };
	struct fa_read_opts read = c->read;
	struct fa_check_subject subject = *s;
	struct fa_result r;
	struct fa_err why;
	int rc;

	fa_arena_reset(&c->arena);
	memset(&r, 0, sizeof(r));
	read.name = s->path;
	subject.sniff = s->sniff && !c->documents;
	rc = fa_check_judge(&r, &c->audit, &subject, &read, &c->arena, &why);
	if (rc == 0)
		rc = fa_check_only_keep(&c->only, &r, c->bundle,
			c->report.as_of, &c->arena, &why);
	if (rc == FA_E_USAGE)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc != 0) {
		/* The arena may be full: what is in it is not needed now. */
		fa_arena_reset(&c->arena);
		rc = set_error(&r, s->path, &why, &c->arena, err);
		if (rc != 0)
			return rc;
	}
	if (r.error.p != NULL || r.empty)
		fa_check_progress_clear(&c->progress);
	if (r.error.p != NULL)
		fa_console_error(&c->tool->con,
			FA_TOOL_SAY(
				c->tool, "未能评判：%.*s", "not checked: %.*s"),
			FA_STR_ARG(r.error));
	else if (r.empty)
		fa_console_note(&c->tool->con, "%.*s: %s", FA_STR_ARG(r.name),
			fa_check_why_empty(&r));
	count(c, &r);
	rc = load_pictures(c, &pictures, &r, err);
	if (rc != 0)
		return rc;
	if (c->app.name.p != NULL && r.error.p == NULL) {
		rc = fa_app_add(&c->app, &r, &c->tool->arena, err);
		if (rc != 0)
			return rc;
	}
	return fa_check_outputs_doc(&c->outputs, &r, &pictures, err);
}

static enum fa_exit
exit_status(const struct check *c)
{
	const struct fa_report_totals *t = &c->totals;
	enum fa_exit e = fa_signals_status();

	if (t->gating > 0)
		e = fa_exit_worse(e, FA_EXIT_FINDINGS);
	if (t->documents > 0 && t->errors + c->empty == t->documents)
		e = fa_exit_worse(e, FA_EXIT_ERROR);
	else if (t->errors > 0)
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	if (c->has_max_unknown &&
		t->counts[FA_VERDICT_CANNOT_TELL] > c->max_unknown)
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	return e;
}

static int
check_all(struct check *c, const struct fa_check_subjects *list,
	struct fa_err *err)
{
	size_t i;
	int rc = fa_check_outputs_begin(
		&c->outputs, c->bundle, &c->report, &c->tool->arena, err);

	fa_check_progress_begin(
		&c->progress, c->tool, fa_check_outputs_stdout(&c->outputs));
	for (i = 0; i < list->n && rc == 0; i++) {
		if (fa_signals_status() != FA_EXIT_CLEAN)
			break;
		fa_check_progress_step(
			&c->progress, i, list->n, c->totals.errors);
		rc = check_subject(c, &list->at[i], err);
	}
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
	return fa_check_outputs_end(&c->outputs, &c->totals, err);
}

/* Loads the rules and what depends on them. */
static int
prepare(struct check *c, struct fa_err *err)
{
	int rc = fa_tool_as_of(&c->report.as_of, c->tool, c->as_of, err);

	if (rc == 0)
		rc = fa_tool_bundle(&c->bundle, c->tool, c->rules, err);
	if (rc == 0)
		rc = fa_check_only_check(&c->only, c->bundle, err);
	if (rc == 0)
		rc = fa_matcher_new(&c->matcher, c->bundle, err);
	if (rc == 0 && c->app.name.p != NULL)
		rc = fa_app_init(
			&c->app, c->app.name, c->bundle, &c->tool->arena, err);
	if (rc == 0 && c->outputs.n == 0 && !c->tool->con.quiet)
		rc = fa_check_outputs_add(&c->outputs, "text", err);
	if (rc != 0)
		return rc;
	c->report.lang = fa_tool_lang(c->tool);
	c->report.color = fa_console_colors(&c->tool->con);
	c->report.columns = fa_console_columns();
	c->audit.bundle = c->bundle;
	c->audit.matcher = c->matcher;
	c->audit.as_of = c->report.as_of;
	return 0;
}

/* Says in one line how it went, when no report on standard output does. */
static void
print_summary(const struct check *c)
{
	const struct fa_report_totals *t = &c->totals;

	if (fa_check_outputs_stdout(&c->outputs))
		return;
	fa_console_note(&c->tool->con,
		FA_TOOL_SAY(c->tool,
			"文件 %u 份，违规 %u，缺失 %u，无法判定 %u，触发失败 "
			"%u，未能评判 %u",
			"%u documents, %u violations, %u gaps, %u cannot "
			"tell, %u at the threshold, %u not checked"),
		t->documents, t->counts[FA_VERDICT_VIOLATION],
		t->counts[FA_VERDICT_GAP], t->counts[FA_VERDICT_CANNOT_TELL],
		t->gating, t->errors);
}

static int
run_check(struct check *c, char **operands, int n)
{
	struct fa_check_subjects list;
	struct fa_err err;
	int rc;

	if (c->explain != NULL)
		return fa_check_explain(c->tool, c->rules, c->explain, n);
	if (n == 0) {
		fa_console_error(&c->tool->con, "%s",
			FA_TOOL_SAY(c->tool,
				"没有给出要检查的文件或目录（- 为标准输入）",
				"no file or directory to check is given (- is "
				"standard input)"));
		return FA_EXIT_ERROR;
	}
	rc = prepare(c, &err);
	if (rc == 0)
		rc = fa_check_inputs(
			&list, operands, n, c->importer, &c->tool->arena, &err);
	if (rc == 0)
		rc = check_all(c, &list, &err);
	if (rc == 0) {
		print_summary(c);
		return c->totals.exit_status;
	}
	return c->outputs.closed ? FA_EXIT_ERROR : fa_tool_fail(c->tool, &err);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct check c;
	int n, status;

	memset(&c, 0, sizeof(c));
	c.tool = t;
	c.report.fail_tier = FA_TIER_PROBABLE;
	c.report.fail_severity = FA_SEVERITY_HIGH;
	c.report.tool_version = FA_STR(FA_VERSION);
	fa_arena_init(&c.arena, FA_CHECK_DOC_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_check, argc, argv, take_option, &c, &n, &status))
		status = run_check(&c, argv + 1, n);
	fa_matcher_free(c.matcher);
	fa_check_outputs_done(&c.outputs);
	fa_arena_done(&c.arena);
	return status;
}

const struct fa_command fa_cmd_check = {
	.name = "check",
	.usage = "[options] PATH...",
	.summary = FA_CLI_TEXT(
		"检查文件（HTML、Markdown、文本；目录；- 为标准输入）",
		"check documents (HTML, Markdown, text, directories; - is "
		"standard input)"),
	.options = { options, FA_COUNT(options) },
	.more_help = fa_check_help,
	.run = run,
};
