/* faceaudit: finds the command and runs it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "tools/bundle.h"
#include "tools/commands.h"
#include "tools/help.h"
#include "tools/signals.h"
#include "tools/version.h"

#define HELP_BYTES (1u << 20)

static int run_help(struct fa_tool *t, int argc, char **argv);
static int run_version(struct fa_tool *t, int argc, char **argv);

static const struct fa_option common_options[] = { FA_TOOL_OPTIONS };

static const struct fa_command cmd_help = {
	.name = "help",
	.usage = "[command]",
	.summary = FA_CLI_TEXT("显示帮助", "print help"),
	.options = { common_options, FA_COUNT(common_options) },
	.run = run_help,
};

static const struct fa_command cmd_version = {
	.name = "version",
	.usage = "",
	.summary = FA_CLI_TEXT("显示程序与规则集的版本",
		"print the versions of the program and its rules"),
	.options = { common_options, FA_COUNT(common_options) },
	.run = run_version,
};

static const struct fa_command *const commands[] = {
	&fa_cmd_check,
	&fa_cmd_run,
	&fa_cmd_crawl,
	&fa_cmd_status,
	&fa_cmd_audit,
	&fa_cmd_report,
	&fa_cmd_dossier,
	&fa_cmd_board,
	&fa_cmd_search,
	&fa_cmd_history,
	&fa_cmd_diff,
	&fa_cmd_merge,
	&fa_cmd_walk,
	&fa_cmd_capture,
	&fa_cmd_review,
	&fa_cmd_stamp,
	&fa_cmd_pack,
	&fa_cmd_verify,
	&fa_cmd_rules,
	&fa_cmd_eval,
	&cmd_help,
	&cmd_version,
};

static const struct fa_command *
find_command(const char *name)
{
	size_t i;

	for (i = 0; i < FA_COUNT(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
fail_unknown(const struct fa_tool *t, const char *name)
{
	const char *names[FA_COUNT(commands)];
	const char *near;
	size_t i;

	for (i = 0; i < FA_COUNT(commands); i++)
		names[i] = commands[i]->name;
	near = fa_options_nearest(name, names, FA_COUNT(names));
	if (near != NULL)
		fa_console_error(&t->con,
			FA_TOOL_SAY(t, "没有“%s”这个命令，是否指“%s”？",
				"unknown command '%s', did you mean '%s'?"),
			name, near);
	else
		fa_console_error(&t->con,
			FA_TOOL_SAY(t,
				"没有“%s”这个命令，可运行 faceaudit help 查看",
				"unknown command '%s', see 'faceaudit help'"),
			name);
	return FA_EXIT_ERROR;
}

static void
add_overview(const struct fa_tool *t, struct fa_buf *out)
{
	size_t i;

	fa_buf_adds(out, FA_TOOL_SAY(t, "用法：", "usage: "));
	fa_buf_adds(out, "faceaudit ");
	fa_buf_adds(out,
		FA_TOOL_SAY(t, "<命令> [选项] ...\n\n",
			"<command> [options] ...\n\n"));
	fa_buf_adds(out,
		FA_TOOL_SAY(t,
			"检查应用的文件是否符合中国的人脸识别规定，给出依据与可"
			"复核的评分。\n\n",
			"Finds out whether an app's documents respect China's\n"
			"face-recognition rules, with evidence and a score "
			"that anyone "
			"can\nrecompute.\n\n"));
	for (i = 0; i < FA_COUNT(commands); i++)
		fa_buf_addf(out, "    %-10s%s\n", commands[i]->name,
			commands[i]->summary.in[t->con.lang]);
	fa_buf_adds(out,
		FA_TOOL_SAY(t,
			"\n各命令的选项：faceaudit <命令> --help；英文：--lang "
			"en\n"
			"退出状态：0 未发现问题，1 有问题，2 出错，3 "
			"未完成，4 证据核验失败，\n"
			"75 可重试，130 被中断\n",
			"\nOptions of a command: faceaudit <command> --help\n"
			"Exit status: 0 clean, 1 findings, 2 error, 3 "
			"incomplete,\n"
			"4 evidence is not what it says, 75 try again, "
			"130 interrupted\n"));
}

static int
run_help(struct fa_tool *t, int argc, char **argv)
{
	const struct fa_command *cmd;
	struct fa_buf out;
	struct fa_err err;
	int n, status, rc = FA_OK;

	if (!fa_tool_options(t, &cmd_help, argc, argv, NULL, NULL, &n, &status))
		return status;
	fa_buf_init(&out, HELP_BYTES);
	cmd = n > 0 ? find_command(argv[1]) : NULL;
	if (cmd != NULL)
		fa_tool_help(cmd, t->con.lang, fa_console_columns(), &out);
	else if (n > 0)
		rc = fa_help_topic(
			t, argv[1], commands, FA_COUNT(commands), &out, &err);
	else
		add_overview(t, &out);
	if (rc == FA_E_NOTFOUND) {
		fa_buf_done(&out);
		return fail_unknown(t, argv[1]);
	}
	status = rc != FA_OK || fa_buf_rc(&out, "help", &err) != 0
		? fa_tool_fail(t, &err)
		: fa_tool_print(t, fa_buf_str(&out), FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return status;
}

static int
run_version(struct fa_tool *t, int argc, char **argv)
{
	const struct fa_bundle *bundle = fa_bundle_builtin;
	struct fa_buf out;
	struct fa_err err;
	int n, status;

	if (!fa_tool_options(
		    t, &cmd_version, argc, argv, NULL, NULL, &n, &status))
		return status;
	fa_buf_init(&out, HELP_BYTES);
	fa_buf_adds(&out, "faceaudit " FA_VERSION "\n");
	if (bundle != NULL)
		fa_buf_addf(&out, "%.*s sha256:%s\n",
			FA_STR_ARG(bundle->version), bundle->sha256);
	status = fa_buf_rc(&out, "version", &err) != 0
		? fa_tool_fail(t, &err)
		: fa_tool_print(t, fa_buf_str(&out), FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return status;
}

/* "faceaudit --help" and "faceaudit --version" are what people try first. */
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
run(struct fa_tool *t, int argc, char **argv)
{
	const struct fa_command *cmd;
	const char *word;

	if (argc < 2) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "缺少命令，可运行 faceaudit help 查看",
				"no command given, see 'faceaudit help'"));
		return FA_EXIT_ERROR;
	}
	/* "faceaudit --lang en check ..." is an order people try as well. */
	if (argc > 3 && strcmp(argv[1], "--lang") == 0 &&
		fa_cli_lang_parse(&t->con.lang, argv[2], NULL) == 0) {
		argc -= 2;
		argv += 2;
	}
	word = command_word(argv[1]);
	cmd = find_command(word);
	if (cmd == NULL)
		return fail_unknown(t, word);
	return cmd->run(t, argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
	struct fa_tool tool;
	int status;

	fa_memory_init();
	fa_console_init(&tool.con);
	tool.clock = fa_clock_system();
	fa_arena_init(&tool.arena, FA_TOOL_ARENA_BYTES);
	fa_signals_install();
	status = run(&tool, argc, argv);
	fa_arena_done(&tool.arena);
	return status;
}
