/* check --explain: what a finding's rule says, asked where the finding was
 * met. */
#include "rules/rules.h"
#include "tools/check.h"

#define OUTPUT_BYTES ((size_t)16 << 20) /* longest explanation */

static int
explain(struct fa_tool *t, const char *rules, struct fa_str id,
	struct fa_buf *out, struct fa_err *err)
{
	const struct fa_bundle *bundle = NULL;
	int rc = fa_tool_bundle(&bundle, t, rules, err);

	if (rc != 0)
		return rc;
	return fa_rules_explain(bundle, id, fa_tool_lang(t), out, err);
}

int
fa_check_explain(
	struct fa_tool *t, const char *rules, const char *id, int operands)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	struct fa_err err;

	fa_buf_init(&out, OUTPUT_BYTES);
	if (operands > 0) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t,
				"--explain 只作解释，不检查文件：请去掉文件或"
				"目录，或去掉 --explain",
				"--explain checks nothing: leave out the "
				"paths, "
				"or leave out --explain"));
		return FA_EXIT_ERROR;
	}
	if (explain(t, rules, fa_str_c(id), &out, &err) != 0)
		return fa_tool_fail(t, &err);
	return fa_tool_print(t, fa_buf_str(&out), FA_EXIT_CLEAN);
}
