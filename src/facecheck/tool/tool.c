/* What the commands share: common options, help, messages. */
#include "facecheck/tool/tool.h"

#include <string.h>

#include "base/num.h"
#include "facecheck/face/bundled.h"

enum { OPT_HELP = 1001, OPT_LANG, OPT_COLOR };

struct common {
	struct fc_tool *tool;
	fa_option_fn *take;
	void *ctx;
	bool help;
};

int
fc_tool_fail(const struct fc_tool *t, const struct fa_err *err)
{
	fa_console_error(&t->con, "%s", err->msg);
	return FA_EXIT_ERROR;
}

int
fc_tool_print(const struct fc_tool *t, struct fa_buf *out, int status)
{
	struct fa_err err;
	bool closed = false;

	if (fa_buf_rc(out, "output", &err) != FA_OK ||
		fa_console_write(fa_buf_str(out), &closed, &err) != FA_OK)
		status = closed ? (int)FA_EXIT_ERROR : fc_tool_fail(t, &err);
	fa_buf_done(out);
	return status;
}

static int
take_common(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct common *c = ctx;

	switch (id) {
	case OPT_HELP:
		c->help = true;
		return FA_OK;
	case OPT_LANG:
		return fa_cli_lang_parse(&c->tool->con.lang, value, err);
	case OPT_COLOR:
		return fa_color_parse(&c->tool->con.color, value, err);
	default:
		return c->take(c->ctx, id, value, err);
	}
}

void
fc_tool_help(const struct fc_command *cmd, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out)
{
	fa_buf_addf(out, "%sfacecheck %s %s\n\n%s\n\n",
		lang == FA_CLI_EN ? "usage: " : "用法：", cmd->name, cmd->usage,
		cmd->summary.in[lang]);
	if (cmd->details.in[lang])
		fa_buf_addf(out, "%s\n", cmd->details.in[lang]);
	fa_options_help(cmd->options, lang, columns, out);
}

bool
fc_tool_options(struct fc_tool *t, const struct fc_command *cmd, int argc,
	char **argv, fa_option_fn *take, void *ctx, int *operands_n,
	int *status)
{
	struct common c = { t, take, ctx, false };
	struct fa_buf out;
	struct fa_err err;

	if (fa_options_parse(operands_n, cmd->options, argc, argv, take_common,
		    &c, &err) != FA_OK) {
		*status = fc_tool_fail(t, &err);
		fa_console_note(&t->con,
			FC_TOOL_SAY(t, "可运行 facecheck %s --help 查看用法",
				"see 'facecheck %s --help'"),
			cmd->name);
		return false;
	}
	if (!c.help)
		return true;
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	fc_tool_help(cmd, t->con.lang, fa_console_columns(), &out);
	*status = fc_tool_print(t, &out, FA_EXIT_CLEAN);
	return false;
}

bool
fc_tool_no_operands(
	const struct fc_tool *t, const struct fc_command *cmd, int n)
{
	if (n == 0)
		return true;
	fa_console_error(&t->con,
		FC_TOOL_SAY(t, "facecheck %s 只接受选项",
			"facecheck %s takes options only"),
		cmd->name);
	return false;
}

int
fc_tool_number(uint64_t *out, const char *option, const char *value,
	uint64_t least, uint64_t most, struct fa_err *err)
{
	uint64_t n;

	if (!fa_num_u64(fa_str_c(value), most, &n) || n < least)
		return fa_fail(err, FA_E_USAGE,
			"--%s is '%s', expected a number from %llu to %llu",
			option, value, (unsigned long long)least,
			(unsigned long long)most);
	*out = n;
	return FA_OK;
}

int
fc_tool_choose(
	struct fc_choice *c, int id, const char *value, struct fa_err *err)
{
	int level;

	switch (id) {
	case FC_OPT_PLUGIN:
		c->plugin = value;
		return 1;
	case FC_OPT_PLUGIN_DIR:
		c->dir = value;
		return 1;
	case FC_OPT_LEVEL:
		level = fc_level_parse(value);
		if (level < 0)
			return fa_fail(err, FA_E_USAGE,
				"'%s' is no level, expected limits, syscalls, "
				"files or secret",
				value);
		c->require = (enum fc_level)level;
		return 1;
	default:
		return 0;
	}
}

int
fc_tool_matcher(struct fc_loaded *out, const struct fc_tool *t,
	const struct fc_choice *c, struct fa_err *err)
{
	if (c->plugin)
		return fc_plugin_load(out, c->plugin, c->dir, err);
	fa_console_note(&t->con, "%s",
		FC_TOOL_SAY(t,
			"内置比对器由渲染的人脸训练，只用于测量和演示，"
			"不得用于真实的人",
			"the bundled matcher was trained on rendered people: "
			"for measuring and examples, not for real people"));
	return fc_plugin_open(out, fc_plugin_bundled(), c->dir, err);
}

const char *
fc_tool_said(const struct fc_tool *t, const struct fc_said *at, size_t n,
	const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(at[i].name, name) == 0)
			return at[i].text.in[t->con.lang];
	return name;
}
