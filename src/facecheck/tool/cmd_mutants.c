/* facecheck mutants: what serve can be told to do wrong, with the truth. */
#include "facecheck/serve/case.h"
#include "facecheck/tool/tool.h"

enum { OPT_TRUTH = 1 };

static const struct fa_option options[] = {
	{ OPT_TRUTH, 0, "truth", NULL,
		FA_CLI_TEXT("输出各案例的真值，每行一个 JSON 对象",
			"print the truth about each, one JSON object a line") },
	FC_TOOL_OPTIONS,
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	bool *truth = ctx;

	(void)id;
	(void)value;
	(void)err;
	*truth = true;
	return FA_OK;
}

static const char *
kind(const struct fc_case *c)
{
	switch (c->kind) {
	case FC_CASE_REFERENCE:
		return "reference";
	case FC_CASE_MUTANT:
		return "mutant";
	case FC_CASE_NEGATIVE:
		return "negative";
	}
	return "?";
}

static void
add_case(struct fa_buf *out, const struct fc_case *c)
{
	const char *seen = fc_case_seen_name(c->seen);

	fa_buf_addf(out, "%-9s  %-8s  %-11s  %s\n    %s\n", kind(c),
		seen[0] ? seen : "-", c->duty ? c->duty : "-", c->name,
		c->about);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	bool truth = false;
	const struct fc_case *c;
	struct fa_buf out;
	struct fa_err err;
	int n, rc = FA_OK, status;

	if (!fc_tool_options(
		    t, &fc_cmd_mutants, argc, argv, take, &truth, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_mutants, n))
		return FA_EXIT_ERROR;
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	for (size_t i = 0; rc == FA_OK && (c = fc_case_at(i)) != NULL; i++) {
		if (truth)
			rc = fc_case_truth(&out, c, &err);
		else
			add_case(&out, c);
	}
	if (rc == FA_OK)
		return fc_tool_print(t, &out, FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return fc_tool_fail(t, &err);
}

const struct fc_command fc_cmd_mutants = {
	.name = "mutants",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("列出 serve 的违规与合规案例",
		"list what serve can be told to do wrong, and what looks "
		"wrong"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
