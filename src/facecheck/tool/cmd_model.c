/* facecheck model: the machine, what is proven of it, and drawings of it. */
#include <time.h>

#include "facecheck/machine/model.h"
#include "facecheck/tool/tool.h"

enum { OPT_SVG = 1, OPT_PROMELA, OPT_JSON, OPT_MUTANT, OPT_LIST, OPT_QUIET };

enum form { TEXT, SVG, PROMELA, JSON, LIST };

struct asked {
	struct fc_tool *tool;
	enum form form;
	bool quiet;
	const struct fc_mutant *mutant;
	struct fc_checker *checker;
	struct fc_model proof;
};

static const struct fa_option options[] = {
	{ OPT_SVG, 0, "svg", NULL,
		FA_CLI_TEXT("输出状态图（SVG）", "draw the machine as SVG") },
	{ OPT_PROMELA, 0, "promela", NULL,
		FA_CLI_TEXT("输出供 spin 验证的 Promela 模型",
			"write a Promela model for spin") },
	{ OPT_JSON, 0, "json", NULL,
		FA_CLI_TEXT("输出 JSON", "print JSON instead of text") },
	{ OPT_MUTANT, 0, "mutant", "NAME",
		FA_CLI_TEXT("在表中植入这一缺陷",
			"put this fault into the table") },
	{ OPT_LIST, 0, "list-mutants", NULL,
		FA_CLI_TEXT("列出缺陷及其所违反的承诺",
			"list the faults and the promise each is aimed at") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不输出，只看退出状态；只查表本身",
			"print nothing but errors, check the table alone") },
	FC_TOOL_OPTIONS,
};

static int
take_form(struct asked *m, enum form form, struct fa_err *err)
{
	if (m->form != TEXT && m->form != form)
		return fa_fail(err, FA_E_USAGE,
			"--svg, --promela, --json and --list-mutants exclude "
			"each other");
	m->form = form;
	return FA_OK;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *m = ctx;

	switch (id) {
	case OPT_SVG:
		return take_form(m, SVG, err);
	case OPT_PROMELA:
		return take_form(m, PROMELA, err);
	case OPT_JSON:
		return take_form(m, JSON, err);
	case OPT_LIST:
		return take_form(m, LIST, err);
	case OPT_QUIET:
		m->quiet = true;
		return FA_OK;
	default:
		m->mutant = fc_mutant_find(fa_str_c(value));
		if (!m->mutant)
			return fa_fail(err, FA_E_USAGE,
				"there is no fault '%s', see facecheck model "
				"--list-mutants",
				value);
		return FA_OK;
	}
}

/* Of processor time: what else the machine does has no part in it. */
static int64_t
now_us(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The table, and for a whole account of the reference all its faults. */
static int
prove(struct asked *m, struct fa_err *err)
{
	struct fa_arena *a = &m->tool->arena;
	struct fc_model *p = &m->proof;
	int64_t at[4];
	int rc = fc_checker_new(&m->checker, a, err);

	at[0] = now_us();
	if (rc == FA_OK)
		rc = fc_model_check(p, m->checker, m->mutant, err);
	at[1] = now_us();
	if (rc == FA_OK)
		p->check_us = at[1] - at[0];
	if (rc < 0 || m->mutant || m->quiet ||
		(m->form != TEXT && m->form != JSON))
		return rc;
	rc = fc_model_singles(p, m->checker, a, err);
	at[2] = now_us();
	if (rc == FA_OK)
		rc = fc_model_pairs(p, m->checker, a, err);
	at[3] = now_us();
	p->singles_us = at[2] - at[1];
	p->doubles_us = at[3] - at[2];
	return rc;
}

static void
add_list(const struct asked *m, struct fa_buf *out)
{
	bool en = m->tool->con.lang == FA_CLI_EN;

	for (size_t i = 0; i < fc_mutants_n; i++)
		fa_buf_addf(out, "%s\t%s\t%s\n", fc_mutants[i].name,
			fc_promise_name(fc_mutants[i].breaks),
			en ? fc_mutants[i].what
			   : fc_model_zh(fc_mutants[i].what));
}

/* What a build log needs to see. */
static void
complain(const struct asked *m)
{
	const struct fc_verdict *v = &m->proof.verdict;

	for (unsigned p = 0; p < FC_P_COUNT; p++)
		if (v->broken & 1u << p)
			fa_console_error(&m->tool->con,
				FC_TOOL_SAY(m->tool, "承诺 %s 不成立：%s（%s）",
					"promise %s is broken: %s (%s)"),
				fc_promise_name(p),
				FC_TOOL_SAY(m->tool,
					fc_model_zh(fc_promise_text(p)),
					fc_promise_text(p)),
				FC_TOOL_SAY(m->tool,
					fc_model_zh(fc_promise_law(p)),
					fc_promise_law(p)));
}

static int
print(const struct asked *m)
{
	int status =
		fc_model_holds(&m->proof) ? FA_EXIT_CLEAN : FA_EXIT_FINDINGS;
	enum fc_tongue tongue = m->tool->con.lang == FA_CLI_EN ? FC_EN : FC_ZH;
	struct fa_buf out;

	if (m->quiet) {
		complain(m);
		return status;
	}
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	switch (m->form) {
	case TEXT:
		fc_model_text(&out, &m->proof, tongue);
		break;
	case JSON:
		fc_model_json(&out, &m->proof);
		break;
	case SVG:
		fc_model_svg(&out, &m->proof.table, tongue);
		break;
	case PROMELA:
		fc_model_promela(&out, &m->proof.table);
		break;
	case LIST:
		add_list(m, &out);
		break;
	}
	/* Who asks for a drawing gets one, whatever it shows. */
	if (m->form != TEXT && m->form != JSON)
		status = FA_EXIT_CLEAN;
	return fc_tool_print(m->tool, &out, status);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked m = { .tool = t };
	struct fa_err err;
	int n, status;

	if (!fc_tool_options(
		    t, &fc_cmd_model, argc, argv, take, &m, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_model, n))
		return FA_EXIT_ERROR;
	if (prove(&m, &err) < 0)
		return fc_tool_fail(t, &err);
	return print(&m);
}

const struct fc_command fc_cmd_model = {
	.name = "model",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("查证并打印验证流程的状态机",
		"prove and print the machine behind a verification"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
