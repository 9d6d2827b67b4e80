/* What the commands share: common options, help, rules, messages. */
#include <string.h>

#include "base/num.h"
#include "base/str.h"
#include "rules/rules.h"
#include "tools/bundle.h"
#include "tools/commands.h"

#define HELP_BYTES (1u << 20)

enum { OPT_HELP = 1001, OPT_LANG, OPT_COLOR };

struct common {
	struct fa_tool *tool;
	fa_option_fn *take;
	void *ctx;
	bool help;
};

enum fa_lang
fa_tool_lang(const struct fa_tool *t)
{
	return t->con.lang == FA_CLI_EN ? FA_LANG_EN : FA_LANG_ZH;
}

int
fa_tool_fail(const struct fa_tool *t, const struct fa_err *err)
{
	fa_console_error(&t->con, "%s", err->msg);
	return FA_EXIT_ERROR;
}

int
fa_tool_print(const struct fa_tool *t, struct fa_str s, int status)
{
	struct fa_err err;
	bool closed = false;

	if (fa_console_write(s, &closed, &err) == 0)
		return status;
	if (!closed)
		fa_tool_fail(t, &err);
	return FA_EXIT_ERROR;
}

static int
take_common(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct common *c = ctx;

	switch (id) {
	case OPT_HELP:
		c->help = true;
		return 0;
	case OPT_LANG:
		return fa_cli_lang_parse(&c->tool->con.lang, value, err);
	case OPT_COLOR:
		return fa_color_parse(&c->tool->con.color, value, err);
	default:
		return c->take(c->ctx, id, value, err);
	}
}

void
fa_tool_help(const struct fa_command *cmd, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out)
{
	fa_buf_addf(out, "%sfaceaudit %s %s\n\n%s\n\n",
		lang == FA_CLI_EN ? "usage: " : "用法：", cmd->name, cmd->usage,
		cmd->summary.in[lang]);
	if (cmd->details.in[lang] != NULL)
		fa_buf_addf(out, "%s\n", cmd->details.in[lang]);
	fa_options_help(cmd->options, lang, columns, out);
	if (cmd->more_help != NULL)
		cmd->more_help(lang, out);
}

static int
print_help(const struct fa_tool *t, const struct fa_command *cmd)
{
	struct fa_buf out;
	struct fa_err err;
	int status;

	fa_buf_init(&out, HELP_BYTES);
	fa_tool_help(cmd, t->con.lang, fa_console_columns(), &out);
	status = fa_buf_rc(&out, "help", &err) != 0
		? fa_tool_fail(t, &err)
		: fa_tool_print(t, fa_buf_str(&out), FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return status;
}

bool
fa_tool_options(struct fa_tool *t, const struct fa_command *cmd, int argc,
	char **argv, fa_option_fn *take, void *ctx, int *operands_n,
	int *status)
{
	struct common c = { t, take, ctx, false };
	struct fa_err err;

	if (fa_options_parse(operands_n, cmd->options, argc, argv, take_common,
		    &c, &err) != 0) {
		*status = fa_tool_fail(t, &err);
		fa_console_note(&t->con,
			FA_TOOL_SAY(t, "可运行 faceaudit %s --help 查看用法",
				"see 'faceaudit %s --help'"),
			cmd->name);
		return false;
	}
	if (!c.help)
		return true;
	*status = print_help(t, cmd);
	return false;
}

int
fa_tool_bundle(const struct fa_bundle **out, struct fa_tool *t,
	const char *path, struct fa_err *err)
{
	struct fa_bundle *loaded;
	int rc;

	if (path == NULL && fa_bundle_builtin == NULL)
		return fa_fail(err, FA_E_USAGE,
			"this program has no built-in rules, use --rules");
	if (path == NULL) {
		*out = fa_bundle_builtin;
		return FA_OK;
	}
	rc = fa_rules_load(&loaded, fa_str_c(path), &t->arena, err);
	if (rc == FA_OK)
		*out = loaded;
	return rc;
}

int
fa_tool_as_of(int32_t *out, const struct fa_tool *t, const char *value,
	struct fa_err *err)
{
	if (value == NULL) {
		*out = fa_date_of_ms(fa_clock_now(t->clock));
		return 0;
	}
	if (!fa_date_parse(fa_str_c(value), out))
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no date, expected one like 2026-11-21", value);
	return 0;
}

int
fa_tool_number(uint64_t *out, const char *value, uint64_t min, uint64_t max,
	struct fa_err *err)
{
	uint64_t n;

	if (!fa_num_u64(fa_str_c(value), max, &n) || n < min)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no number from %llu to %llu", value,
			(unsigned long long)min, (unsigned long long)max);
	*out = n;
	return 0;
}

int
fa_tool_add(const char **list, size_t *n, const char *value, struct fa_err *err)
{
	if (*n == FA_TOOL_LIST_MAX)
		return fa_fail(err, FA_E_USAGE,
			"an option is given more than %d times",
			FA_TOOL_LIST_MAX);
	list[(*n)++] = value;
	return 0;
}

int
fa_tool_reason(const char **out, const char *value, struct fa_err *err)
{
	if (fa_str_trim(fa_str_c(value)).n == 0)
		return fa_fail(err, FA_E_USAGE,
			"--ignore-robots needs a reason, which is recorded");
	*out = value;
	return 0;
}
