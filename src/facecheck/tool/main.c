/* facecheck: finds the command and runs it. */
#include <signal.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "facecheck/tool/tool.h"
#include "facecheck/tool/version.h"

static int run_help(struct fc_tool *t, int argc, char **argv);
static int run_version(struct fc_tool *t, int argc, char **argv);

static const struct fa_option common_options[] = { FC_TOOL_OPTIONS };

static const struct fc_command cmd_help = {
	.name = "help",
	.usage = "[command]",
	.summary = FA_CLI_TEXT("显示帮助", "print help"),
	.options = { common_options, FA_COUNT(common_options) },
	.run = run_help,
};

static const struct fc_command cmd_version = {
	.name = "version",
	.usage = "",
	.summary = FA_CLI_TEXT("显示版本", "print the version"),
	.options = { common_options, FA_COUNT(common_options) },
	.run = run_version,
};

static const struct fc_command *const commands[] = {
	&fc_cmd_model,
	&fc_cmd_prove,
	&fc_cmd_verify,
	&fc_cmd_render,
	&fc_cmd_pack,
	&fc_cmd_serve,
	&fc_cmd_bench,
	&fc_cmd_mutants,
	&cmd_help,
	&cmd_version,
};

static const struct fc_command *
find_command(const char *name)
{
	for (size_t i = 0; i < FA_COUNT(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
fail_unknown(const struct fc_tool *t, const char *name)
{
	const char *names[FA_COUNT(commands)];
	const char *near;

	for (size_t i = 0; i < FA_COUNT(commands); i++)
		names[i] = commands[i]->name;
	near = fa_options_nearest(name, names, FA_COUNT(names));
	if (near)
		fa_console_error(&t->con,
			FC_TOOL_SAY(t, "没有“%s”这个命令，是否指“%s”？",
				"unknown command '%s', did you mean '%s'?"),
			name, near);
	else
		fa_console_error(&t->con,
			FC_TOOL_SAY(t,
				"没有“%s”这个命令，可运行 facecheck help 查看",
				"unknown command '%s', see 'facecheck help'"),
			name);
	return FA_EXIT_ERROR;
}

static void
add_overview(const struct fc_tool *t, struct fa_buf *out)
{
	fa_buf_adds(out,
		FC_TOOL_SAY(t,
			"用法：facecheck <命令> [选项] ...\n\n"
			"一个遵守人脸识别规定并能证明这一点的参考验证器：\n"
			"审计工具的已知正确样本，开发者的范例，测量的基准。\n"
			"内置比对器只用于测量，不得用于真实的人。\n\n",
			"usage: facecheck <command> [options] ...\n\n"
			"A reference verifier that obeys China's "
			"face-recognition measures and\n"
			"can show it: a known-good target for audits, an "
			"example for developers,\n"
			"a benchmark. The built-in matcher is for measuring "
			"only, not for real\npeople.\n\n"));
	for (size_t i = 0; i < FA_COUNT(commands); i++)
		fa_buf_addf(out, "    %-10s%s\n", commands[i]->name,
			commands[i]->summary.in[t->con.lang]);
	fa_buf_adds(out,
		FC_TOOL_SAY(t,
			"\n各命令的选项：facecheck <命令> --help；"
			"英文：--lang en\n"
			"退出状态：0 成立，1 不成立，2 出错，3 未能全部证明\n",
			"\nOptions of a command: facecheck <command> --help\n"
			"Exit status: 0 holds, 1 does not hold, 2 error, 3 not "
			"all could be proven\n"));
}

static int
run_help(struct fc_tool *t, int argc, char **argv)
{
	const struct fc_command *cmd;
	struct fa_buf out;
	int n, status;

	if (!fc_tool_options(t, &cmd_help, argc, argv, NULL, NULL, &n, &status))
		return status;
	cmd = n > 0 ? find_command(argv[1]) : NULL;
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	if (cmd) {
		fc_tool_help(cmd, t->con.lang, fa_console_columns(), &out);
	} else if (n == 0) {
		add_overview(t, &out);
	} else if (!fc_tool_topic(
			   t, argv[1], commands, FA_COUNT(commands), &out)) {
		fa_buf_done(&out);
		return fail_unknown(t, argv[1]);
	}
	return fc_tool_print(t, &out, FA_EXIT_CLEAN);
}

static int
run_version(struct fc_tool *t, int argc, char **argv)
{
	struct fa_buf out;
	int n, status;

	if (!fc_tool_options(
		    t, &cmd_version, argc, argv, NULL, NULL, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &cmd_version, n))
		return FA_EXIT_ERROR;
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	fa_buf_adds(&out, "facecheck " FC_VERSION "\n");
	return fc_tool_print(t, &out, FA_EXIT_CLEAN);
}

/* "facecheck --help" and "facecheck --version" are what people try first. */
static const char *
command_word(const char *word)
{
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		return "help";
	if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
		return "version";
	return word;
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	const struct fc_command *cmd;
	const char *word;

	/* "facecheck --lang en model ..." is an order people try as well. */
	if (argc > 2 && strcmp(argv[1], "--lang") == 0 &&
		fa_cli_lang_parse(&t->con.lang, argv[2], NULL) == FA_OK) {
		argc -= 2;
		argv += 2;
	}
	if (argc < 2) {
		fa_console_error(&t->con, "%s",
			FC_TOOL_SAY(t, "缺少命令，可运行 facecheck help 查看",
				"no command given, see 'facecheck help'"));
		return FA_EXIT_ERROR;
	}
	word = command_word(argv[1]);
	cmd = find_command(word);
	if (!cmd)
		return fail_unknown(t, word);
	return cmd->run(t, argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
	struct fc_tool tool;
	int status;

	fa_memory_init();
	fa_console_init(&tool.con);
	tool.con.program = "facecheck";
	tool.clock = fa_clock_system();
	fa_arena_init(&tool.arena, FC_TOOL_ARENA_BYTES);
	/* A reader who goes away is a failed write. */
	signal(SIGPIPE, SIG_IGN);
	status = run(&tool, argc, argv);
	fa_arena_done(&tool.arena);
	return status;
}
