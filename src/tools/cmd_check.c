/* faceaudit check: reads documents, judges them, prints findings. */
#include <string.h>

#include "base/str.h"
#include "rules/rules.h"
#include "tools/check_run.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/fail_on.h"
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
	OPT_CONFIG,
	OPT_NO_CONFIG,
	OPT_PRINT_CONFIG,
	OPT_BASELINE,
	OPT_WRITE_BASELINE,
	OPT_NO_GITIGNORE,
	OPT_DIFF_BASE,
	OPT_JOBS,
	OPT_SM3,
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
			"contradictions; one fills the gaps of another") },
	FA_CLI_HEADING("范围与依据：", "what counts:"),
	{ OPT_ONLY, 0, "only", "OBLIGATION",
		FA_CLI_TEXT("只报告该义务或其下各项（如 FRM.5）；可多次给出",
			"only this, or all below it (FRM.5); repeatable") },
	FA_OPTION_AS_OF(OPT_AS_OF), FA_OPTION_RULES(OPT_RULES),
	FA_CLI_HEADING("项目：", "the project:"),
	{ OPT_CONFIG, 0, "config", "FILE",
		FA_CLI_TEXT("项目设置；默认向上找 .faceaudit.yaml",
			"settings; default: .faceaudit.yaml, upward") },
	{ OPT_NO_CONFIG, 0, "no-config", NULL,
		FA_CLI_TEXT("不用项目设置", "use no settings") },
	{ OPT_PRINT_CONFIG, 0, "print-config", NULL,
		FA_CLI_TEXT("打印各项设置及其来源后退出",
			"print each setting and its origin, check nothing") },
	{ OPT_BASELINE, 0, "baseline", "FILE",
		FA_CLI_TEXT("其中已记录的问题视为已接受",
			"accept what this file records") },
	{ OPT_WRITE_BASELINE, 0, "write-baseline", "FILE",
		FA_CLI_TEXT("把现有问题记入该文件",
			"record what is found in this file") },
	{ OPT_DIFF_BASE, 0, "diff-base", "REV",
		FA_CLI_TEXT("只报告自该 git 版本以来新出现的问题",
			"only what came since this revision of git") },
	{ OPT_NO_GITIGNORE, 0, "no-gitignore", NULL,
		FA_CLI_TEXT("也检查 .gitignore 排除的文件",
			"also check what .gitignore leaves out") },
	FA_CLI_HEADING("其他：", "more:"), FA_OPTION_JOBS(OPT_JOBS),
	{ OPT_SM3, 0, "sm3", NULL,
		FA_CLI_TEXT("也计算 SM3 摘要（HTML 报告总会计算）",
			"add SM3 digests (HTML reports have them)") },
	FA_TOOL_OPTIONS
};

static int
parse_format(struct fa_check *c, const char *word, struct fa_err *err)
{
	c->read.format = fa_format_parse(fa_str_c(word));
	c->documents = c->read.format != FA_FORMAT_AUTO;
	c->importer = c->documents ? NULL : fa_importer_find(fa_str_c(word));
	/* Pages are documents: their importer has a name of its own here. */
	if (strcmp(word, "page") == 0)
		c->importer = fa_importer_find(FA_STR("html"));
	if (c->documents || c->importer != NULL)
		return 0;
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no input format, see 'faceaudit help formats'", word);
}

static int
take_project(struct fa_check *c, int id, const char *value)
{
	struct fa_check_said *said = &c->project.said;

	switch (id) {
	case OPT_CONFIG:
		said->config = value;
		break;
	case OPT_NO_CONFIG:
		said->no_config = true;
		break;
	case OPT_PRINT_CONFIG:
		c->print_config = true;
		break;
	case OPT_BASELINE:
		said->baseline = value;
		break;
	case OPT_WRITE_BASELINE:
		said->write_baseline = value;
		break;
	case OPT_DIFF_BASE:
		said->diff_base = value;
		break;
	case OPT_NO_GITIGNORE:
		said->no_gitignore = true;
		break;
	default:
		c->tool->con.quiet = true;
		break;
	}
	return 0;
}

static int
take_jobs(struct fa_check *c, const char *value, struct fa_err *err)
{
	uint64_t n = 0;
	int rc = fa_tool_number(&n, value, 1, FA_CHECK_JOBS_MAX, err);

	c->jobs = (unsigned)n;
	return rc;
}

static int
take_option(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct fa_check *c = ctx;

	switch (id) {
	case OPT_OUTPUT:
		return fa_check_outputs_add(&c->outputs, value, err);
	case OPT_FAIL_ON:
		c->project.said.fail_on = value;
		return fa_fail_on_parse(&c->report.fail_tier,
			&c->report.fail_severity, &c->report.fail_never, value,
			err);
	case OPT_MAX_UNKNOWN:
		c->project.said.max_unknown = value;
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
		c->project.said.rules = value;
		return 0;
	case OPT_ONLY:
		return fa_check_only_add(&c->only, value, err);
	case OPT_APP:
		c->project.said.app = value;
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
	case OPT_JOBS:
		return take_jobs(c, value, err);
	case OPT_SM3:
		c->sm3 = true;
		return 0;
	default:
		return take_project(c, id, value);
	}
}

/* Loads the rules and what depends on them. */
static int
prepare(struct fa_check *c, struct fa_err *err)
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
	c->audit.all_passages = true;
	c->audit.no_digests = !fa_check_outputs_digests(&c->outputs);
	c->audit.no_sm3 = !c->sm3 && !fa_check_outputs_pictures(&c->outputs);
	return 0;
}

/* What the configuration settles and the command line does not. */
static int
settle(struct fa_check *c, struct fa_err *err)
{
	const struct fa_check_project *p = &c->project;
	struct fa_arena *a = &c->tool->arena;
	const char *fail_on, *most, *app;
	int rc = fa_check_project_value(&fail_on, p, p->said.fail_on,
		&p->config.fail_on, false, a, err);

	if (rc == 0 && fail_on != NULL)
		rc = fa_check_project_blame(p, p->said.fail_on,
			&p->config.fail_on,
			fa_fail_on_parse(&c->report.fail_tier,
				&c->report.fail_severity, &c->report.fail_never,
				fail_on, err),
			err);
	if (rc == 0)
		rc = fa_check_project_value(&most, p, p->said.max_unknown,
			&p->config.max_unknown, false, a, err);
	if (rc == 0 && most != NULL) {
		c->has_max_unknown = true;
		rc = fa_check_project_blame(p, p->said.max_unknown,
			&p->config.max_unknown,
			fa_tool_number(
				&c->max_unknown, most, 0, UINT32_MAX, err),
			err);
	}
	if (rc == 0)
		rc = fa_check_project_value(&c->rules, p, p->said.rules,
			&p->config.rules, true, a, err);
	if (rc == 0)
		rc = fa_check_project_value(
			&app, p, p->said.app, &p->config.app, false, a, err);
	if (rc == 0 && app != NULL) {
		c->app.name = fa_str_c(app);
		c->report.app = true;
	}
	return rc;
}

static int
print_config(struct fa_check *c)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	struct fa_err err;

	fa_buf_init(&out, FA_CONFIG_BYTES * 4);
	fa_check_project_print(&c->project, &out);
	if (fa_buf_rc(&out, "configuration", &err) != 0)
		return fa_tool_fail(c->tool, &err);
	return fa_tool_print(c->tool, fa_buf_str(&out), FA_EXIT_CLEAN);
}

/* Says in one line how it went, when no report on standard output does. */
static void
print_summary(const struct fa_check *c)
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

/* A file that calls itself one of ours is believed, and named. The baseline in
 * use is known to be one. */
static void
tell_left_out(struct fa_check *c, const struct fa_check_subjects *list)
{
	struct fa_report_totals *t = &c->totals;

	t->settings = c->project.config.file;
	t->excluded = list->excluded;
	t->ignored = list->ignored;
	for (size_t i = 0; i < list->own_n; i++) {
		if (fa_check_project_is_baseline(
			    &c->project, list->own[i], &c->tool->arena))
			continue;
		t->own++;
		fa_console_note(&c->tool->con,
			FA_TOOL_SAY(c->tool,
				"%.*s：像是本程序写出的报告、基线或记录，其中文"
				"字未检查；要检查请直接指名",
				"%.*s: looks like a report, a baseline or a "
				"record of this program; its texts are not "
				"checked (name the file to have it read)"),
			FA_STR_ARG(list->own[i]));
	}
}

/* From operands to the end of all reports. */
static int
check_operands(struct fa_check *c, char **operands, int n, struct fa_err *err)
{
	struct fa_check_inputs in = { .as = c->importer,
		.documents = c->documents,
		.exclude = &c->project.config.ignore,
		.git = fa_check_project_git(&c->project),
		.a = &c->tool->arena };
	struct fa_check_subjects list;
	int rc = prepare(c, err);

	if (rc == 0)
		rc = fa_check_project_begin(&c->project, c->bundle,
			c->report.as_of, operands, n, &c->tool->arena, err);
	if (rc == 0)
		rc = fa_check_project_change(
			&c->project, operands, n, &c->tool->arena, err);
	if (rc == 0)
		rc = fa_check_inputs(&list, &in, operands, n, err);
	if (rc == 0)
		rc = fa_check_outputs_places(
			&c->outputs, &list, &c->tool->arena, err);
	if (rc == 0)
		tell_left_out(c, &list);
	return rc == 0 ? fa_check_all(c, &list, err) : rc;
}

static int
run_check(struct fa_check *c, char **operands, int n)
{
	struct fa_err err;
	int rc = fa_check_project_find(
		&c->project, &operands, &n, &c->tool->arena, &err);

	if (c->explain != NULL)
		return fa_check_explain(
			c->tool, c->project.said.rules, c->explain, n);
	if (rc == 0)
		rc = settle(c, &err);
	if (rc == 0 && c->print_config)
		return print_config(c);
	if (rc == 0 && n == 0) {
		fa_console_error(&c->tool->con, "%s",
			FA_TOOL_SAY(c->tool,
				"没有给出要检查的文件或目录（- 为标准输入）",
				"no file or directory to check is given (- is "
				"standard input)"));
		return FA_EXIT_ERROR;
	}
	if (rc == 0)
		rc = check_operands(c, operands, n, &err);
	if (rc == 0) {
		print_summary(c);
		return c->totals.exit_status;
	}
	return c->outputs.closed ? FA_EXIT_ERROR : fa_tool_fail(c->tool, &err);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct fa_check c;
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
	fa_check_project_done(&c.project);
	fa_check_outputs_done(&c.outputs);
	fa_arena_done(&c.arena);
	return status;
}

const struct fa_command fa_cmd_check = {
	.name = "check",
	.usage = "[options] PATH...",
	.summary = FA_CLI_TEXT("检查文档、界面文字和录制的界面（- 为标准输入）",
		"check documents, interface texts and recorded flows (- is "
		"standard input)"),
	.options = { options, FA_COUNT(options) },
	.more_help = fa_check_help,
	.run = run,
};
