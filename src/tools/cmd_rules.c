/* faceaudit rules: list, explain, lint, compile and test rules, show the
 * ledger, write pages about them. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rules/rules.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/pages.h"
#include "tools/rules_cost.h"
#include "tools/rules_ledger.h"
#include "tools/rules_test.h"

#define OUTPUT_BYTES ((size_t)256 << 20) /* longest output of a verb */

enum { OPT_OUTPUT = 1, OPT_SOURCE, OPT_MUTATE, OPT_RULES, OPT_COST };

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FILE",
		FA_CLI_TEXT("compile：结果文件（默认写到标准输出）",
			"compile: where the bundle goes; default: standard "
			"output") },
	{ OPT_SOURCE, 0, "source", NULL,
		FA_CLI_TEXT("compile：写成 C 源代码，供编入程序",
			"compile: as C source, to build into a program") },
	{ OPT_MUTATE, 0, "mutate", NULL,
		FA_CLI_TEXT("test：例句再以全角、半角、空格、零宽字符、繁体、"
			    "换行等写法各测一遍",
			"test: try each example also in full-width, "
			"half-width, spaced, zero-width, Traditional and "
			"line-broken writing") },
	{ OPT_COST, 0, "cost", "PATH",
		FA_CLI_TEXT("lint：用这里的文档估算每条规则的用时，过高者报错",
			"lint: what each rule costs on the documents here; too "
			"much is an error") },
	FA_OPTION_RULES(OPT_RULES), FA_TOOL_OPTIONS
};

struct rules {
	struct fa_tool *tool;
	const char *output, *path;
	const char *cost; /* documents to count what rules cost; or NULL */
	bool mutate, source;
	const struct fa_bundle *bundle;
	struct fa_buf out;
};

struct verb {
	const char *name;
	int operands_min, operands_max;
	const char *needs; /* what the operands are, when there must be some */
	int dir_at;        /* operand that names rules; -1: none does */
	/* Fills r->out; 0 with *status, or an error. */
	int (*run)(struct rules *r, char **operands, int *status,
		struct fa_err *err);
};

static void
add_padded(struct fa_buf *out, struct fa_str s, size_t columns)
{
	size_t width = fa_utf8_columns(s);

	fa_buf_add(out, s);
	do
		fa_buf_addc(out, ' ');
	while (++width <= columns);
}

#define LIST_COLUMNS 6 /* before the title, which is not padded */

static void
list_cells(const struct rules *r, const struct fa_rule *rule, char *precision,
	size_t size, struct fa_str cell[LIST_COLUMNS])
{
	const struct fa_bundle *b = r->bundle;

	cell[0] = rule->id;
	cell[1] = fa_str_c(fa_scope_name(rule->scope));
	cell[2] = FA_STR("scope");
	cell[3] = FA_STR("-");
	if (rule->obligation != FA_RULE_NONE) {
		const struct fa_obligation *o =
			&b->obligations[rule->obligation];

		cell[1] = o->id;
		cell[2] = fa_str_c(fa_verdict_name(rule->verdict));
		cell[3] = fa_str_c(fa_severity_name(o->severity));
	}
	cell[4] = fa_str_c(fa_status_name(rule->status));
	if (rule->hits > 0)
		snprintf(precision, size, "%u.%03u", rule->precision / 1000,
			rule->precision % 1000);
	else
		snprintf(precision, size, "-");
	cell[5] = fa_str_c(precision);
}

static int
run_list(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	static const char *const heads[LIST_COLUMNS] = { "RULE", "OBLIGATION",
		"VERDICT", "SEVERITY", "STATUS", "PRECISION" };
	enum fa_lang lang = fa_tool_lang(r->tool);
	size_t width[LIST_COLUMNS];
	struct fa_str cell[LIST_COLUMNS];
	char precision[16];
	size_t i, j;

	(void)operands, (void)status, (void)err;
	for (j = 0; j < LIST_COLUMNS; j++)
		width[j] = strlen(heads[j]);
	for (i = 0; i < r->bundle->rules_n; i++) {
		list_cells(r, &r->bundle->rules[i], precision,
			sizeof(precision), cell);
		for (j = 0; j < LIST_COLUMNS; j++)
			if (fa_utf8_columns(cell[j]) > width[j])
				width[j] = fa_utf8_columns(cell[j]);
	}
	for (j = 0; j < LIST_COLUMNS; j++)
		add_padded(&r->out, fa_str_c(heads[j]), width[j] + 1);
	fa_buf_adds(&r->out, "TITLE\n");
	for (i = 0; i < r->bundle->rules_n; i++) {
		list_cells(r, &r->bundle->rules[i], precision,
			sizeof(precision), cell);
		for (j = 0; j < LIST_COLUMNS; j++)
			add_padded(&r->out, cell[j], width[j] + 1);
		fa_buf_add(&r->out, r->bundle->rules[i].title.in[lang]);
		fa_buf_addc(&r->out, '\n');
	}
	return 0;
}

static int
run_explain(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	(void)status;
	return fa_rules_explain(r->bundle, fa_str_c(operands[0]),
		fa_tool_lang(r->tool), &r->out, err);
}

static int
run_lint(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	struct fa_lints lints;
	size_t i, lints_n, fatal = 0;
	int rc = fa_rules_lint(r->bundle, &lints, &r->tool->arena, err);

	(void)operands;
	if (rc == 0 && r->cost != NULL)
		rc = fa_rules_cost(&r->out, &fatal, r->bundle,
			fa_str_c(r->cost), &r->tool->arena, err);
	if (rc != 0)
		return rc;
	lints_n = lints.n + fatal;
	for (i = 0; i < lints.n; i++) {
		const struct fa_lint *l = &lints.at[i];

		if (l->file.p != NULL)
			fa_buf_addf(&r->out, "%.*s:%u: ", FA_STR_ARG(l->file),
				l->line);
		fa_buf_addf(&r->out, "%s: %.*s\n",
			l->fatal ? "error" : "advice", FA_STR_ARG(l->message));
		fatal += l->fatal;
	}
	fa_buf_addf(&r->out,
		FA_TOOL_SAY(r->tool,
			"义务 %zu 项，规则 %zu 条，词表 %zu 个：错误 %zu，建议 "
			"%zu\n",
			"%zu obligations, %zu rules, %zu lexicons: %zu "
			"errors, %zu advice\n"),
		r->bundle->obligations_n, r->bundle->rules_n,
		r->bundle->lexicons_n, fatal, lints_n - fatal);
	if (fatal > 0)
		*status = FA_EXIT_FINDINGS;
	return 0;
}

static int
run_ledger(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	(void)operands, (void)status, (void)err;
	fa_rules_ledger(r->bundle, fa_tool_lang(r->tool), &r->out);
	return 0;
}

static int
run_pages(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	size_t pages = 0;
	int rc = fa_pages_write(
		&pages, r->bundle, fa_str_c(operands[0]), &r->tool->arena, err);

	(void)status;
	if (rc == 0) {
		fa_console_note(&r->tool->con,
			FA_TOOL_SAY(r->tool, "已写入 %zu 个网页：%s",
				"%zu pages written to %s"),
			pages, operands[0]);
	}
	return rc;
}

/* What has been compiled to JSON on the way is the same whether it comes from a
 * directory or from a compiled bundle. */
static int
write_source(struct rules *r, struct fa_err *err)
{
	struct fa_arena *a = &r->tool->arena;
	struct fa_buf json FA_CLEANUP(fa_buf_done);
	struct fa_bundle *b;
	int rc;

	fa_buf_init(&json, OUTPUT_BYTES);
	rc = fa_rules_write_bundle(r->bundle, &json, err);
	if (rc == 0)
		rc = fa_buf_rc(&json, "bundle", err);
	if (rc == 0)
		rc = fa_rules_parse_bundle(&b, fa_buf_str(&json), a, err);
	return rc == 0 ? fa_rules_write_source(b, &r->out, a, err) : rc;
}

static int
run_compile(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	int rc = r->source ? write_source(r, err)
			   : fa_rules_write_bundle(r->bundle, &r->out, err);

	(void)operands, (void)status;
	if (rc == 0)
		rc = fa_buf_rc(&r->out, "bundle", err);
	if (rc != 0 || r->output == NULL || strcmp(r->output, "-") == 0)
		return rc;
	rc = fa_file_replace(fa_str_c(r->output), fa_buf_str(&r->out), err);
	fa_buf_reset(&r->out);
	return rc;
}

static int
run_test(struct rules *r, char **operands, int *status, struct fa_err *err)
{
	struct fa_rules_test t;
	int rc = fa_rules_test(&t, r->bundle, r->mutate, &r->out, err);

	(void)operands;
	if (rc != 0)
		return rc;
	fa_buf_addf(&r->out,
		FA_TOOL_SAY(r->tool,
			"规则 %zu 条，例句 %zu 个，测试 %zu 次，范文 %zu "
			"段，失败 "
			"%zu\n",
			"%zu rules, %zu examples, %zu runs, %zu wordings, %zu "
			"failed\n"),
		t.rules, t.examples, t.runs, t.wordings, t.failed);
	/* No example would be no test. */
	if (t.failed > 0 || t.examples == 0)
		*status = FA_EXIT_FINDINGS;
	return 0;
}

static const struct verb verbs[] = {
	{ "list", 0, 1, NULL, 0, run_list },
	{ "explain", 1, 2, "the id of a rule or obligation", 1, run_explain },
	{ "lint", 0, 1, NULL, 0, run_lint },
	{ "ledger", 0, 1, NULL, 0, run_ledger },
	{ "pages", 1, 2, "a directory for the pages", 1, run_pages },
	{ "compile", 1, 1, "a directory of rules", 0, run_compile },
	{ "test", 0, 1, NULL, 0, run_test },
};

static int
take_option(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct rules *r = ctx;

	(void)err;
	if (id == OPT_OUTPUT)
		r->output = value;
	else if (id == OPT_RULES)
		r->path = value;
	else if (id == OPT_SOURCE)
		r->source = true;
	else if (id == OPT_COST)
		r->cost = value;
	else
		r->mutate = true;
	return 0;
}

static int
find_verb(const struct verb **out, const char *name, struct fa_err *err)
{
	const char *names[FA_COUNT(verbs)];
	const char *near;
	size_t i;

	for (i = 0; i < FA_COUNT(verbs); i++) {
		names[i] = verbs[i].name;
		if (strcmp(name, verbs[i].name) == 0) {
			*out = &verbs[i];
			return 0;
		}
	}
	near = fa_options_nearest(name, names, FA_COUNT(names));
	if (near != NULL)
		return fa_fail(err, FA_E_USAGE,
			"rules cannot '%s', did you mean '%s'?", name, near);
	return fa_fail(err, FA_E_USAGE,
		"rules cannot '%s', expected list, explain, lint, ledger, "
		"pages, compile or test",
		name);
}

static int
check_usage(const struct rules *r, const struct verb *v, char **operands, int n,
	struct fa_err *err)
{
	if (n < v->operands_min)
		return fa_fail(err, FA_E_USAGE,
			"'rules %s' needs %s, see 'faceaudit rules --help'",
			v->name, v->needs);
	if (n > v->operands_max)
		return fa_fail(err, FA_E_USAGE, "'rules %s': what is '%s' for?",
			v->name, operands[v->operands_max]);
	if (r->output != NULL && v->run != run_compile)
		return fa_fail(err, FA_E_USAGE,
			"'rules %s' has no option '--output'", v->name);
	if (r->source && v->run != run_compile)
		return fa_fail(err, FA_E_USAGE,
			"'rules %s' has no option '--source'", v->name);
	if (r->cost != NULL && v->run != run_lint)
		return fa_fail(err, FA_E_USAGE,
			"'rules %s' has no option '--cost'", v->name);
	if (r->mutate && v->run != run_test)
		return fa_fail(err, FA_E_USAGE,
			"'rules %s' has no option '--mutate'", v->name);
	return 0;
}

static int
run_verb(struct rules *r, char **operands, int n)
{
	const struct verb *v = verbs;
	int status = FA_EXIT_CLEAN;
	struct fa_err err;
	int rc = n > 0 ? find_verb(&v, operands[0], &err)
		       : fa_fail(&err, FA_E_USAGE,
				 "rules: what? list, explain, lint, ledger, "
				 "pages, compile or test");

	if (rc == 0)
		rc = check_usage(r, v, operands + 1, n - 1, &err);
	if (rc == 0 && v->dir_at < n - 1)
		r->path = operands[1 + v->dir_at];
	if (rc == 0)
		rc = fa_tool_bundle(&r->bundle, r->tool, r->path, &err);
	if (rc == 0)
		rc = v->run(r, operands + 1, &status, &err);
	if (rc == 0)
		rc = fa_buf_rc(&r->out, "output", &err);
	if (rc != 0)
		return fa_tool_fail(r->tool, &err);
	return fa_tool_print(r->tool, fa_buf_str(&r->out), status);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct rules r;
	int n, status;

	memset(&r, 0, sizeof(r));
	r.tool = t;
	fa_buf_init(&r.out, OUTPUT_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_rules, argc, argv, take_option, &r, &n, &status))
		status = run_verb(&r, argv + 1, n);
	fa_buf_done(&r.out);
	return status;
}

const struct fa_command fa_cmd_rules = {
	.name = "rules",
	.usage = "list|explain|lint|ledger|pages|compile|test [options] ...",
	.summary = FA_CLI_TEXT("查看、解释、检查、编译、测试规则，查看覆盖清单",
		"list, explain, lint, compile and test rules; their coverage"),
	.details = FA_CLI_TEXT(
		"    rules list [DIR]         列出规则\n"
		"    rules explain ID [DIR]   解释一条规则或一项义务\n"
		"    rules lint [DIR]         检查规则的写法\n"
		"    rules ledger [DIR]       "
		"各条款由哪些义务覆盖，其余应向运营者"
		"索取什么\n"
		"    rules pages OUT [DIR]    "
		"在目录 OUT 写网页：每项义务一页，中英文\n"
		"    rules compile DIR -o F   编译成一个文件\n"
		"    rules test [DIR]         "
		"用规则所附例句测试，并评判范文\n\n"
		"不给 DIR 时使用内置规则。\n",
		"    rules list [DIR]         list the rules\n"
		"    rules explain ID [DIR]   explain a rule or an "
		"obligation\n"
		"    rules lint [DIR]         check how rules are written\n"
		"    rules ledger [DIR]       which paragraphs are covered, "
		"what "
		"to ask for\n"
		"    rules pages OUT [DIR]    write a web page per obligation "
		"to OUT\n"
		"    rules compile DIR -o F   compile to one file\n"
		"    rules test [DIR]         run the examples, judge the "
		"wordings\n\n"
		"Without DIR, the built-in rules are used.\n"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
