/* The commands of facecheck: one const struct each, in its own file, and what
 * they share. A new command: write cmd_x.c, declare it here, add it to the
 * table in main.c, describe it in man/facecheck.1. */
#ifndef FC_TOOL_TOOL_H
#define FC_TOOL_TOOL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/console.h"
#include "cli/options.h"
#include "facecheck/child/child.h"
#include "facecheck/child/load.h"

#define FC_TOOL_ARENA_BYTES ((size_t)1 << 30) /* memory of a run, at most */
#define FC_TOOL_OUT_BYTES ((size_t)64 << 20)  /* one result, at most */

/* The outside world, made by main and handed down. */
struct fc_tool {
	struct fa_console con;
	struct fa_clock clock;
	struct fa_arena arena; /* lives as long as the run */
};

struct fc_command {
	const char *name;
	const char *usage; /* what follows the name: "[options] FILE" */
	struct fa_cli_text summary;
	struct fa_cli_text details; /* printed by --help; in NULL: none */
	struct fa_options options;
	/* argv[0] is the command's name; returns an enum fa_exit. */
	int (*run)(struct fc_tool *t, int argc, char **argv);
};

extern const struct fc_command fc_cmd_model;
extern const struct fc_command fc_cmd_prove;
extern const struct fc_command fc_cmd_verify;
extern const struct fc_command fc_cmd_render;
extern const struct fc_command fc_cmd_pack;
extern const struct fc_command fc_cmd_serve;
extern const struct fc_command fc_cmd_bench;
extern const struct fc_command fc_cmd_mutants;

/* Options that every command has: a table ends with FC_TOOL_OPTIONS. The ids
 * of a command's own options stay below 1001. */
#define FC_TOOL_OPTIONS                                                        \
	{ 1001, 'h', "help", NULL,                                             \
		FA_CLI_TEXT("显示帮助后退出", "print this help and exit") },   \
		{ 1002, 0, "lang", "LANG",                                     \
			FA_CLI_TEXT("输出语言：zh（默认）或 en",               \
				"language of the output: zh (default) or "     \
				"en") },                                       \
	{                                                                      \
		1003, 0, "color", "WHEN",                                      \
			FA_CLI_TEXT("颜色：auto（默认）、always 或 never",     \
				"colour: auto (default), always or never")     \
	}

/* Parses argv of cmd. Common options are dealt with here, the others are given
 * to take with ctx. Returns true when the command should go on; false when it
 * should end with *status (help was printed, or the usage was wrong and a
 * message was printed). */
FA_MUST_CHECK bool fc_tool_options(struct fc_tool *t,
	const struct fc_command *cmd, int argc, char **argv, fa_option_fn *take,
	void *ctx, int *operands_n, int *status);
/* For a command without operands: false, with a message, when there are some.
 */
FA_MUST_CHECK bool fc_tool_no_operands(
	const struct fc_tool *t, const struct fc_command *cmd, int n);

/* Prints the message of err and returns the status that goes with it: 2. */
int fc_tool_fail(const struct fc_tool *t, const struct fa_err *err);
/* Prints what is in out, as far as it is whole, and releases it: status, or 2
 * with a message when that fails (without one when the reader has gone away).
 */
int fc_tool_print(const struct fc_tool *t, struct fa_buf *out, int status);

/* A number of an option, least .. most; FA_E_USAGE names the option. */
FA_MUST_CHECK int fc_tool_number(uint64_t *out, const char *option,
	const char *value, uint64_t least, uint64_t most, struct fa_err *err);

/* Which matcher, in which sandbox: options of several commands. */
struct fc_choice {
	const char *plugin;    /* path; NULL: the bundled matcher */
	const char *dir;       /* for it; may be NULL */
	enum fc_level require; /* FC_LEVEL_NONE: none asked for */
};
enum { FC_OPT_PLUGIN = 901, FC_OPT_PLUGIN_DIR, FC_OPT_LEVEL };
#define FC_CHOICE_OPTIONS                                                                \
	{ FC_OPT_PLUGIN, 0, "plugin", "FILE",                                            \
		FA_CLI_TEXT("使用这一比对插件；默认内置比对器",                          \
			"use this matcher; default: the bundled one") },                 \
		{ FC_OPT_PLUGIN_DIR, 0, "plugin-dir", "DIR",                             \
			FA_CLI_TEXT("比对器可读取的目录（模型等）",                      \
				"directory that the matcher may read, as for "           \
				"weights") },                                            \
	{                                                                                \
		FC_OPT_LEVEL, 0, "require-level", "LEVEL",                               \
			FA_CLI_TEXT("隔离不到此级即失败：limits、syscalls、" \
				    "files、secret",                                     \
				"fail below this level of the sandbox: "                 \
				"limits, syscalls, files, secret")                       \
	}
/* Takes one of these options: 1; 0: it is another one. */
FA_MUST_CHECK int fc_tool_choose(
	struct fc_choice *c, int id, const char *value, struct fa_err *err);
/* Opens what was chosen; for the bundled matcher a note says what it is not
 * for. */
FA_MUST_CHECK int fc_tool_matcher(struct fc_loaded *out,
	const struct fc_tool *t, const struct fc_choice *c, struct fa_err *err);

/* Either of two texts, by language. A macro, so that the compiler can check
 * both as formats. */
#define FC_TOOL_SAY(t, zh, en) ((t)->con.lang == FA_CLI_EN ? (en) : (zh))

/* What a check is called for people; its name where nobody said. */
struct fc_said {
	const char *name;
	struct fa_cli_text text;
};
const char *fc_tool_said(const struct fc_tool *t, const struct fc_said *at,
	size_t n, const char *name);

/* Appends what `help @table`, `@bash`, `@zsh` or `@fish` prints: all options for
 * programs, completions for shells. false: the word is none of them. */
bool fc_tool_topic(const struct fc_tool *t, const char *word,
	const struct fc_command *const *commands, size_t n, struct fa_buf *out);
void fc_tool_help(const struct fc_command *cmd, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out);

#endif
