/* facecheck bench: how right, how fast and how costly. */
#include "base/file.h"
#include "cli/progress.h"
#include "facecheck/bench/bench.h"
#include "facecheck/tool/tool.h"

enum {
	OPT_SEED = 1,
	OPT_DIFFICULTY,
	OPT_SUBJECTS,
	OPT_PICTURES,
	OPT_PEOPLE,
	OPT_SESSIONS,
	OPT_RUNS,
	OPT_THREADS,
	OPT_PEERS,
	OPT_COUNT_ONLY,
	OPT_JSON,
	OPT_HTML,
	OPT_SVG,
	OPT_AUDIT,
	OPT_QUIET,
	OPT_THRESHOLD
};

struct asked {
	struct fc_tool *tool;
	struct fc_choice choice;
	struct fc_bench_opts o;
	const char *json, *html, *svg, *audit;
	bool quiet, count_only, graded;
	struct fa_progress progress;
};

static const struct fa_option options[] = {
	{ OPT_SEED, 0, "seed", "N",
		FA_CLI_TEXT("渲染人群的种子", "seed of the rendered people") },
	{ OPT_DIFFICULTY, 0, "difficulty", "N",
		FA_CLI_TEXT("难度 0 至 100，可多次给出",
			"0 to 100; may be given several times") },
	{ OPT_SUBJECTS, 0, "subjects", "N",
		FA_CLI_TEXT("每一难度的人数", "people of each difficulty") },
	{ OPT_PICTURES, 0, "pictures", "N",
		FA_CLI_TEXT("每人的图像数", "pictures of each of them") },
	{ OPT_PEOPLE, 0, "people", "N",
		FA_CLI_TEXT("两两比对的总人数；0 为不做",
			"people compared each with each other; 0: none") },
	{ OPT_SESSIONS, 0, "sessions", "N",
		FA_CLI_TEXT("每种攻击的活体检测次数；0 为不做",
			"liveness sessions of each species; 0: none") },
	{ OPT_RUNS, 0, "runs", "N",
		FA_CLI_TEXT("每项计时的次数；0 为只计数",
			"runs of each timing; 0: count only") },
	{ OPT_THREADS, 0, "threads", "N",
		FA_CLI_TEXT("线程数；0 为处理器数",
			"threads; 0: one per processor") },
	{ OPT_PEERS, 0, "peers", NULL,
		FA_CLI_TEXT("同时测量本机已装的其他软件",
			"also measure what else is installed here") },
	{ OPT_JSON, 0, "json", "FILE",
		FA_CLI_TEXT("写 JSON 报告", "write a report as JSON") },
	{ OPT_COUNT_ONLY, 0, "accuracy-only", NULL,
		FA_CLI_TEXT("JSON 中只含与机器无关的一半",
			"JSON holds only what does not depend on the "
			"machine") },
	{ OPT_HTML, 0, "html", "FILE",
		FA_CLI_TEXT("写 HTML 报告", "write a report as HTML") },
	{ OPT_SVG, 0, "svg", "FILE",
		FA_CLI_TEXT(
			"写 DET 曲线（SVG）", "write the DET curve as SVG") },
	{ OPT_AUDIT, 0, "audit", "FILE",
		FA_CLI_TEXT("报告中加入审计各案例的结果",
			"add what an audit found of the cases to the "
			"report") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不输出文本报告与进度",
			"print neither the text report nor progress") },
	{ OPT_THRESHOLD, 0, "threshold", NULL,
		FA_CLI_TEXT("总被拒绝：阈值不能取自渲染的人脸",
			"always refused: no threshold comes from rendered "
			"people") },
	FC_CHOICE_OPTIONS,
	FC_TOOL_OPTIONS,
};

/* Options that are a number of at most 32 bits. */
static const struct number {
	int id;
	const char *name;
	uint64_t least, most;
} numbers[] = {
	{ OPT_SUBJECTS, "subjects", 2, FC_BENCH_PICTURES_MAX },
	{ OPT_PICTURES, "pictures", 2, FC_BENCH_PICTURES_MAX },
	{ OPT_PEOPLE, "people", 0, FC_BENCH_PEOPLE_MAX },
	{ OPT_SESSIONS, "sessions", 0, FC_BENCH_SESSIONS_MAX },
	{ OPT_RUNS, "runs", 0, FC_BENCH_RUNS_MAX },
	{ OPT_THREADS, "threads", 0, FC_BENCH_THREADS_MAX },
	{ OPT_DIFFICULTY, "difficulty", 0, FC_DIFFICULTY_MAX },
};

static int
take_grade(struct asked *x, unsigned grade, struct fa_err *err)
{
	/* The first one takes the place of the default. */
	if (!x->graded)
		x->o.grades_n = 0;
	x->graded = true;
	if (x->o.grades_n == FC_BENCH_GRADES_MAX)
		return fa_fail(err, FA_E_USAGE,
			"more than %d difficulties are given",
			FC_BENCH_GRADES_MAX);
	if (x->o.grades_n == 0)
		x->o.people_grade = grade;
	x->o.grades[x->o.grades_n++] = grade;
	return FA_OK;
}

static int
take_number(struct asked *x, int id, const char *value, struct fa_err *err)
{
	const struct number *k = numbers;
	uint64_t n;
	int rc;

	while (k->id != id)
		k++;
	rc = fc_tool_number(&n, k->name, value, k->least, k->most, err);
	if (rc < 0)
		return rc;
	switch (id) {
	case OPT_SUBJECTS:
		x->o.subjects = (uint32_t)n;
		return FA_OK;
	case OPT_PICTURES:
		x->o.pictures = (uint32_t)n;
		return FA_OK;
	case OPT_PEOPLE:
		x->o.people = (uint32_t)n;
		return FA_OK;
	case OPT_SESSIONS:
		x->o.sessions = (uint32_t)n;
		return FA_OK;
	case OPT_RUNS:
		x->o.runs = (uint32_t)n;
		return FA_OK;
	case OPT_THREADS:
		x->o.threads = (unsigned)n;
		return FA_OK;
	default:
		return take_grade(x, (unsigned)n, err);
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *x = ctx;
	int rc = fc_tool_choose(&x->choice, id, value, err);

	if (rc != 0)
		return rc < 0 ? rc : FA_OK;
	switch (id) {
	case OPT_SEED:
		return fc_tool_number(
			&x->o.seed, "seed", value, 0, UINT64_MAX, err);
	case OPT_PEERS:
		x->o.peers = true;
		return FA_OK;
	case OPT_COUNT_ONLY:
		x->count_only = true;
		return FA_OK;
	case OPT_JSON:
		x->json = value;
		return FA_OK;
	case OPT_HTML:
		x->html = value;
		return FA_OK;
	case OPT_SVG:
		x->svg = value;
		return FA_OK;
	case OPT_AUDIT:
		x->audit = value;
		return FA_OK;
	case OPT_QUIET:
		x->quiet = x->tool->con.quiet = true;
		return FA_OK;
	case OPT_THRESHOLD:
		return fc_bench_threshold(err);
	default:
		return take_number(x, id, value, err);
	}
}

static int
tell(void *ctx, const char *what, uint64_t done, uint64_t all)
{
	struct asked *x = ctx;

	x->progress.what = what;
	fa_progress_show(
		&x->progress, done, all, 0, fa_clock_now(x->tool->clock));
	return 0;
}

/* Writes what is in out, and empties it. */
static int
keep(const char *path, struct fa_buf *out, struct fa_err *err)
{
	int rc = fa_buf_rc(out, "report", err);

	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(out), err);
	fa_buf_reset(out);
	return rc;
}

static int
report(const struct asked *x, const struct fc_bench *b, struct fa_buf *out,
	struct fa_err *err)
{
	enum fc_bench_lang lang =
		x->tool->con.lang == FA_CLI_EN ? FC_BENCH_EN : FC_BENCH_ZH;
	int rc = FA_OK;

	if (x->json) {
		rc = fc_bench_json(out, b, x->count_only, err);
		if (rc == FA_OK)
			rc = keep(x->json, out, err);
	}
	if (rc == FA_OK && x->html) {
		fc_bench_html(out, b, lang);
		rc = keep(x->html, out, err);
	}
	if (rc == FA_OK && x->svg) {
		fc_bench_svg(out, b, lang);
		rc = keep(x->svg, out, err);
	}
	if (rc == FA_OK && !x->quiet)
		fc_bench_text(out, b, lang);
	return rc;
}

static int
bench(struct asked *x, struct fc_bench **out, struct fc_loaded *matcher,
	struct fa_err *err)
{
	struct fc_tool *t = x->tool;
	int rc = fc_tool_matcher(matcher, t, &x->choice, err);

	if (rc < 0)
		return rc;
	x->o.plugin = matcher->plugin;
	x->o.model = matcher->model;
	x->o.require = x->choice.require;
	x->o.ctx = x;
	x->o.tell = x->quiet ? NULL : tell;
	fa_progress_begin(&x->progress, &t->con, "bench",
		FC_TOOL_SAY(t, "项", "items"), fa_clock_now(t->clock));
	rc = fc_bench_run(out, &x->o, &t->arena, err);
	fa_progress_end(&x->progress);
	return rc;
}

static int
read_audit(const struct asked *x, struct fc_audit *out, struct fa_err *err)
{
	struct fa_arena *a = &x->tool->arena;
	struct fa_str text;
	int rc = fa_file_read(
		&text, fa_str_c(x->audit), FC_BENCH_REPORT_BYTES, a, err);

	return rc < 0 ? rc : fc_audit_read(out, text, a, err);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct fc_audit audit = { 0 };
	struct asked x = { .tool = t };
	struct fc_loaded matcher = { 0 };
	struct fc_bench *b;
	struct fa_buf out;
	struct fa_err err;
	int n, rc, status;

	fc_bench_opts_init(&x.o, NULL, NULL);
	if (!fc_tool_options(
		    t, &fc_cmd_bench, argc, argv, take, &x, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_bench, n))
		return FA_EXIT_ERROR;
	fa_buf_init(&out, FC_BENCH_REPORT_BYTES);
	rc = x.audit ? read_audit(&x, &audit, &err) : FA_OK;
	if (rc == FA_OK)
		rc = bench(&x, &b, &matcher, &err);
	if (rc == FA_OK) {
		b->has_audit = x.audit != NULL;
		b->audit = audit;
		rc = report(&x, b, &out, &err);
	}
	fc_plugin_close(&matcher);
	if (rc == FA_OK)
		return fc_tool_print(t, &out, FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return fc_tool_fail(t, &err);
}

const struct fc_command fc_cmd_bench = {
	.name = "bench",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("测量准确、速度与代价（渲染的人脸）",
		"measure accuracy, speed and cost on rendered people"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
