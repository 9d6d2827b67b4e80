/* faceaudit eval: measures the rules against labelled documents. */
#include <stdbool.h>
#include <stdint.h>

#include "base/file.h"
#include "base/json.h"
#include "base/num.h"
#include "match/match.h"
#include "tools/commands.h"
#include "tools/eval.h"
#include "tools/eval_flows.h"
#include "tools/signals.h"

#define OUTPUT_BYTES ((size_t)1 << 30)
#define LIST_MAX 64 /* label sets, clean directories, names, thresholds */

enum {
	OPT_OUTPUT = 1,
	OPT_RULES,
	OPT_AS_OF,
	OPT_PAIRS,
	OPT_ROWS,
	OPT_MIN,
	OPT_CLEAN,
	OPT_FREEZE,
	OPT_NAME,
	OPT_FLOWS,
	OPT_WALKED,
	OPT_JOBS,
	OPT_NO_SANDBOX
};

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FORMAT",
		FA_CLI_TEXT("输出格式：text（默认）或 json",
			"output format: text (default) or json") },
	{ OPT_RULES, 0, "rules", "FILE|DIR",
		FA_CLI_TEXT("使用该规则目录或规则集，不用内置的",
			"directory of rules or compiled bundle to use "
			"instead of the built-in one") },
	{ OPT_AS_OF, 0, "as-of", "DATE",
		FA_CLI_TEXT("按该日期有效的规定评判（默认今天）",
			"judge by the law in force on DATE (default: today)") },
	{ OPT_PAIRS, 0, "pairs", NULL,
		FA_CLI_TEXT("只输出每份文件每一项的“文件、项、标注、得出”",
			"print document, row, label and result for every row "
			"of every document, and nothing else") },
	{ OPT_ROWS, 0, "rows", NULL,
		FA_CLI_TEXT("另列每条规则的命中数、一致数与区间",
			"also print hits, right ones and bounds of every "
			"rule") },
	{ OPT_MIN, 0, "min", "NAME=VALUE",
		FA_CLI_TEXT("指标低于该值时退出状态为 1，可重复",
			"exit with 1 when a measure is below VALUE; may be "
			"repeated") },
	{ OPT_CLEAN, 0, "clean", "DIR",
		FA_CLI_TEXT("DIR 下的文件都不应有违规、缺失或无法判定，可重复",
			"documents under DIR must have no violation, gap or "
			"cannot_tell; may be repeated") },
	{ OPT_FREEZE, 0, "freeze", "FILE",
		FA_CLI_TEXT("把实测的精确率与召回率写入 FILE",
			"write the measured precision and recall to FILE") },
	{ OPT_NAME, 0, "name", "NAME",
		FA_CLI_TEXT("标注集的名称，按先后对应，可重复",
			"name of a label set, in order; may be repeated") },
	{ OPT_FLOWS, 0, "flows", "DIR",
		FA_CLI_TEXT("评判 DIR/truth.jsonl 所列的界面流，可重复",
			"judge the flows that DIR/truth.jsonl lists; may be "
			"repeated") },
	{ OPT_WALKED, 0, "walked", "DIR",
		FA_CLI_TEXT("其中的应用（app）取自 DIR/名称/flow.json",
			"of these, apps have been walked: DIR/NAME/"
			"flow.json") },
	{ OPT_JOBS, 0, "jobs", "N",
		FA_CLI_TEXT("同时走查多少个应用；默认 2",
			"apps that are walked at once; default: 2") },
	{ OPT_NO_SANDBOX, 0, "no-sandbox", NULL,
		FA_CLI_TEXT("走查时不用浏览器的沙箱（以 root 运行时须明示）",
			"walk without the browser's sandbox (root has to say "
			"so)") },
	FA_TOOL_OPTIONS,
};

struct args {
	const char *rules, *as_of, *freeze, *walked;
	const char *name[LIST_MAX], *clean[LIST_MAX], *flows[LIST_MAX];
	struct fa_eval_min min[LIST_MAX];
	size_t names_n, clean_n, min_n, flows_n;
	bool json, pairs, rows;
	struct fa_eval_walk_opts walks;
};

static int
take_output(struct args *a, const char *value, struct fa_err *err)
{
	struct fa_str s = fa_str_c(value);

	a->json = fa_str_eq(s, FA_STR("json"));
	if (a->json || fa_str_eq(s, FA_STR("text")))
		return 0;
	return fa_fail(err, FA_E_USAGE,
		"unknown output format '%s', expected text or json", value);
}

static int
take_list(const char **list, size_t *n, const char *value, struct fa_err *err)
{
	if (*n == LIST_MAX)
		return fa_fail(err, FA_E_USAGE,
			"an option is given more than %d times", LIST_MAX);
	list[(*n)++] = value;
	return 0;
}

static int
take_jobs(struct args *a, const char *value, struct fa_err *err)
{
	uint64_t n;

	if (!fa_num_u64(fa_str_c(value), FA_EVAL_JOBS_MAX, &n) || n == 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no number of walks at once, from 1 to %d",
			value, FA_EVAL_JOBS_MAX);
	a->walks.jobs = (unsigned)n;
	return 0;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct args *a = ctx;

	switch (id) {
	case OPT_OUTPUT:
		return take_output(a, value, err);
	case OPT_RULES:
		a->rules = value;
		return 0;
	case OPT_AS_OF:
		a->as_of = value;
		return 0;
	case OPT_PAIRS:
		a->pairs = true;
		return 0;
	case OPT_ROWS:
		a->rows = true;
		return 0;
	case OPT_FREEZE:
		a->freeze = value;
		return 0;
	case OPT_CLEAN:
		return take_list(a->clean, &a->clean_n, value, err);
	case OPT_WALKED:
		a->walked = value;
		return 0;
	case OPT_JOBS:
		return take_jobs(a, value, err);
	case OPT_NO_SANDBOX:
		a->walks.no_sandbox = true;
		return 0;
	case OPT_FLOWS:
		return take_list(a->flows, &a->flows_n, value, err);
	case OPT_NAME:
		return take_list(a->name, &a->names_n, value, err);
	default:
		break;
	}
	if (a->min_n == LIST_MAX)
		return fa_fail(err, FA_E_USAGE,
			"--min is given more than %d times", LIST_MAX);
	return fa_eval_min_parse(&a->min[a->min_n++], fa_str_c(value), err);
}

/* Is there something to measure it on? */
static bool
is_given(const struct args *a, struct fa_str measure, size_t sets)
{
	if (fa_str_eq(measure, FA_STR("clean")))
		return a->clean_n > 0;
	if (fa_str_starts(measure, FA_STR("flow_")))
		return a->flows_n > 0;
	return sets > 0;
}

static int
check_min(const struct args *a, size_t sets, struct fa_err *err)
{
	for (size_t i = 0; i < a->min_n; i++)
		if (!is_given(a, a->min[i].name, sets))
			return fa_fail(err, FA_E_USAGE,
				"nothing is given to measure %.*s on",
				FA_STR_ARG(a->min[i].name));
	return 0;
}

static int
check_args(const struct args *a, int operands_n, struct fa_err *err)
{
	size_t sets = (size_t)operands_n / 2;

	if (operands_n % 2 != 0)
		return fa_fail(err, FA_E_USAGE,
			"every label file needs the "
			"directory of its documents: LABELS DIR");
	if (sets == 0 && a->clean_n == 0 && a->flows_n == 0)
		return fa_fail(err, FA_E_USAGE,
			"nothing to measure: give LABELS DIR, --flows DIR or "
			"--clean DIR");
	if (sets == 0 && (a->pairs || (a->freeze != NULL && a->flows_n == 0)))
		return fa_fail(err, FA_E_USAGE,
			"--pairs and --freeze need LABELS DIR");
	if (a->walked != NULL && a->flows_n == 0)
		return fa_fail(err, FA_E_USAGE, "--walked needs --flows DIR");
	if (a->names_n > sets)
		return fa_fail(err, FA_E_USAGE, "%zu names for %zu label sets",
			a->names_n, sets);
	if (a->pairs && a->json)
		return fa_fail(err, FA_E_USAGE,
			"--pairs has one format, leave out -o json");
	return check_min(a, sets, err);
}

static int
load_sets(struct fa_eval *ev, const struct args *a, char **operands,
	struct fa_err *err)
{
	for (size_t i = 0; i < ev->sets_n; i++) {
		struct fa_eval_set *set = &ev->sets[i];
		struct fa_str text;
		int rc;

		set->labels = fa_str_c(operands[2 * i]);
		set->dir = fa_str_c(operands[2 * i + 1]);
		set->name = i < a->names_n ? fa_str_c(a->name[i])
					   : fa_eval_set_name(set->labels);
		if (!fa_file_is_dir(set->dir))
			return fa_fail(err, FA_E_IO, "'%.*s' is no directory",
				FA_STR_ARG(set->dir));
		rc = fa_file_read(
			&text, set->labels, FA_JSON_MAX_BYTES, ev->arena, err);
		if (rc == 0)
			rc = fa_eval_labels_parse(
				set, ev->bundle, text, ev->arena, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int
load_flows(struct fa_eval *ev, const struct args *a, struct fa_err *err)
{
	struct fa_eval_flows *f;

	if (a->flows_n == 0)
		return 0;
	f = fa_arena_new(ev->arena, 1, sizeof(*f));
	if (f != NULL)
		f->sets = fa_arena_new(ev->arena, a->flows_n, sizeof(*f->sets));
	if (f == NULL || f->sets == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for flows");
	f->sets_n = a->flows_n;
	f->walked = fa_str_c(a->walked);
	for (size_t i = 0; i < f->sets_n; i++)
		f->sets[i].dir = fa_str_c(a->flows[i]);
	ev->flows = f;
	return fa_eval_flows_load(ev, err);
}

static bool
stop(void)
{
	return fa_signals_status() != FA_EXIT_CLEAN;
}

static int
prepare(struct fa_eval *ev, struct fa_tool *t, struct args *a, int operands_n,
	char **operands, struct fa_err *err)
{
	const struct fa_bundle *bundle;
	int rc = fa_tool_as_of(&ev->as_of, t, a->as_of, err);

	if (rc == 0)
		rc = fa_tool_bundle(&bundle, t, a->rules, err);
	if (rc < 0)
		return rc;
	ev->bundle = bundle;
	ev->arena = &t->arena;
	ev->stop = stop;
	ev->sets_n = (size_t)operands_n / 2;
	ev->clean_n = a->clean_n;
	ev->min = a->min;
	ev->min_n = a->min_n;
	ev->sets = fa_arena_new(ev->arena, ev->sets_n, sizeof(*ev->sets));
	ev->clean = fa_arena_new(ev->arena, ev->clean_n, sizeof(*ev->clean));
	if (ev->sets == NULL || ev->clean == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for label sets");
	for (size_t i = 0; i < ev->clean_n; i++)
		ev->clean[i].dir = fa_str_c(a->clean[i]);
	rc = load_sets(ev, a, operands, err);
	return rc < 0 ? rc : load_flows(ev, a, err);
}

/* What keeps the numbers from being what they seem; the status for it. */
static enum fa_exit
complain(const struct fa_tool *t, const struct fa_eval *ev)
{
	enum fa_exit status = FA_EXIT_CLEAN;

	for (size_t i = 0; i < ev->errors_n; i++) {
		struct fa_str path = ev->errors[i].path;
		struct fa_str message = ev->errors[i].message;

		if (fa_str_find(message, path, 0) != SIZE_MAX)
			fa_console_error(&t->con, "%.*s", FA_STR_ARG(message));
		else
			fa_console_error(&t->con, "%.*s: %.*s",
				FA_STR_ARG(path), FA_STR_ARG(message));
		status = FA_EXIT_INCOMPLETE;
	}
	for (size_t i = 0; i < ev->sets_n; i++) {
		const struct fa_eval_set *set = &ev->sets[i];

		for (size_t k = 0; k < set->unknown_n; k++) {
			const struct fa_eval_unknown *u = &set->unknown[k];
			struct fa_str near = u->nearest;

			if (near.p == NULL)
				near = FA_STR("-");

			fa_console_error(&t->con,
				FA_TOOL_SAY(t,
					"%.*s:%u：规则集中没有“%.*s”这一项"
					"（%u 处标注；最接近的是 %.*s）",
					"%.*s:%u: row '%.*s' is no obligation "
					"of the rules (%u labels; nearest: "
					"%.*s)"),
				FA_STR_ARG(set->labels), (unsigned)u->line,
				FA_STR_ARG(u->row), (unsigned)u->labels,
				FA_STR_ARG(near));
			status = fa_exit_worse(status, FA_EXIT_ERROR);
		}
	}
	return status;
}

/* A file that was measured on part of the documents would look like one that
 * was measured on all of them. */
static int
freeze(const struct fa_tool *t, const struct fa_eval *ev, const char *path,
	bool complete, struct fa_err *err)
{
	struct fa_buf out;
	int rc;

	if (!complete)
		return fa_fail(err, FA_E_INPUT,
			"'%s' is not written, because not every label could "
			"be used",
			path);
	fa_buf_init(&out, OUTPUT_BYTES);
	rc = fa_eval_freeze(ev, &out, err);
	if (rc == 0)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(&out), err);
	fa_buf_done(&out);
	if (rc == 0)
		fa_console_note(&t->con,
			FA_TOOL_SAY(t,
				"已把 %u 份文件和 %u 个界面流的实测结果写入 %s",
				"precision and recall on %u documents and %u "
				"flows written to %s"),
			(unsigned)ev->stats.judged,
			(unsigned)fa_eval_flows_judged(ev), path);
	return rc;
}

static int
print(const struct fa_tool *t, const struct fa_eval *ev, const struct args *a,
	int status)
{
	const struct fa_eval_print_opts o = { fa_tool_lang(t), a->rows };
	struct fa_buf out;
	struct fa_err err;

	fa_buf_init(&out, OUTPUT_BYTES);
	if (a->pairs)
		fa_eval_print_pairs(ev, &out);
	else if (a->json)
		fa_eval_print_json(ev, &out);
	else
		fa_eval_print_text(ev, &o, &out);
	status = fa_buf_rc(&out, "measurement", &err) < 0
		? fa_tool_fail(t, &err)
		: fa_tool_print(t, fa_buf_str(&out), status);
	fa_buf_done(&out);
	return status;
}

/* Documents that are not clean are a finding of their own, unless --min says
 * how many may be so. */
static bool
misses(struct fa_eval *ev)
{
	bool told = false, unclean = false;

	for (size_t i = 0; i < ev->min_n; i++)
		told = told || fa_str_eq(ev->min[i].name, FA_STR("clean"));
	for (size_t i = 0; i < ev->clean_n; i++)
		unclean =
			unclean || ev->clean[i].clean < ev->clean[i].documents;
	return fa_eval_min_check(ev) > 0 || (unclean && !told);
}

static int
measure(struct fa_tool *t, struct fa_eval *ev, const struct args *a)
{
	struct fa_matcher *matcher = NULL;
	struct fa_err err;
	enum fa_exit status;
	int rc = fa_matcher_new(&matcher, ev->bundle, &err);

	ev->matcher = matcher;
	if (rc == 0)
		rc = fa_eval_judge(ev, &err);
	if (rc == 0 && ev->flows != NULL)
		rc = fa_eval_flows_walk(ev, t, &a->walks, &err);
	if (rc == 0 && ev->flows != NULL)
		rc = fa_eval_flows_judge(ev, &err);
	fa_eval_flows_walk_done(ev);
	fa_matcher_free(matcher);
	if (rc == FA_E_INTERRUPTED && stop())
		return (int)fa_signals_status();
	if (rc == 0)
		rc = fa_eval_count(ev, &err);
	if (rc == 0 && ev->flows != NULL)
		rc = fa_eval_flows_count(ev, &err);
	if (rc < 0)
		return fa_tool_fail(t, &err);
	status = complain(t, ev);
	if (a->freeze != NULL &&
		freeze(t, ev, a->freeze, status == FA_EXIT_CLEAN, &err) < 0)
		status = fa_exit_worse(
			status, (enum fa_exit)fa_tool_fail(t, &err));
	if (misses(ev))
		status = fa_exit_worse(status, FA_EXIT_FINDINGS);
	return print(t, ev, a, (int)status);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct args a = { .walks = { .jobs = 2 } };
	struct fa_eval ev = { 0 };
	struct fa_err err;
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_eval, argc, argv, take, &a, &n, &status))
		return status;
	if (check_args(&a, n, &err) < 0 ||
		prepare(&ev, t, &a, n, argv + 1, &err) < 0)
		return fa_tool_fail(t, &err);
	return measure(t, &ev, &a);
}

const struct fa_command fa_cmd_eval = {
	.name = "eval",
	.usage = "[options] [LABELS DIR]...",
	.summary = FA_CLI_TEXT("用已标注的文件测量规则",
		"measure the rules against labelled documents"),
	.details = FA_CLI_TEXT(
		"评判 LABELS（每行一个 JSON 对象）所列的 DIR "
		"下的文件，与标注比较。\n"
		"--min 的指标：scope_f1、accuracy、accuracy_face_id、macro_f1、"
		"precision_v、\nrecall_v、clean、flow_precision、flow_recall、"
		"flow_right。\n",
		"Judges the documents under DIR that LABELS (one JSON object "
		"per line)\nlists, and compares with the labels. Measures of "
		"--min: scope_f1,\naccuracy, accuracy_face_id, macro_f1, "
		"precision_v, recall_v, clean,\n"
		"flow_precision, flow_recall, flow_right.\n"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
