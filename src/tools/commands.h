/* The commands of faceaudit: one const struct each, in its own file, and what
 * they share. A new command: write cmd_x.c, declare it here, add it to the
 * table in main.c, write man/faceaudit-x.1. */
#ifndef FA_TOOLS_COMMANDS_H
#define FA_TOOLS_COMMANDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/console.h"
#include "cli/options.h"
#include "model/rule.h"

#define FA_TOOL_ARENA_BYTES ((size_t)4 << 30) /* memory of a run, at most */
#define FA_TOOL_LIST_MAX 64 /* times that an option may be given */

/* The outside world, made by main and handed down. */
struct fa_tool {
	struct fa_console con;
	struct fa_clock clock;
	struct fa_arena arena; /* lives as long as the run */
};

struct fa_command {
	const char *name;
	const char *usage; /* what follows the name: "[options] PATH..." */
	struct fa_cli_text summary;
	struct fa_cli_text details; /* printed by --help; in NULL: none */
	struct fa_options options;
	/* Appends what --help says behind the options; NULL: nothing. */
	void (*more_help)(enum fa_cli_lang lang, struct fa_buf *out);
	/* argv[0] is the command's name; returns an enum fa_exit. */
	int (*run)(struct fa_tool *t, int argc, char **argv);
};

extern const struct fa_command fa_cmd_check;
extern const struct fa_command fa_cmd_run;
extern const struct fa_command fa_cmd_crawl;
extern const struct fa_command fa_cmd_status;
extern const struct fa_command fa_cmd_audit;
extern const struct fa_command fa_cmd_report;
extern const struct fa_command fa_cmd_dossier;
extern const struct fa_command fa_cmd_board;
extern const struct fa_command fa_cmd_search;
extern const struct fa_command fa_cmd_history;
extern const struct fa_command fa_cmd_diff;
extern const struct fa_command fa_cmd_merge;
extern const struct fa_command fa_cmd_stamp;
extern const struct fa_command fa_cmd_review;
extern const struct fa_command fa_cmd_walk;
extern const struct fa_command fa_cmd_capture;
extern const struct fa_command fa_cmd_rules;
extern const struct fa_command fa_cmd_pack;
extern const struct fa_command fa_cmd_verify;
extern const struct fa_command fa_cmd_eval;

/* Options that every command has: a table ends with FA_TOOL_OPTIONS. The ids
 * of a command's own options stay below 1001. */
#define FA_TOOL_OPTIONS                                                        \
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
FA_MUST_CHECK bool fa_tool_options(struct fa_tool *t,
	const struct fa_command *cmd, int argc, char **argv, fa_option_fn *take,
	void *ctx, int *operands_n, int *status);

/* The rules at path (a directory or a compiled bundle), or the built-in ones
 * when path is NULL. The bundle lives in t->arena, the built-in one always. */
FA_MUST_CHECK int fa_tool_bundle(const struct fa_bundle **out,
	struct fa_tool *t, const char *path, struct fa_err *err);

/* --as-of DATE or, for value NULL, today in China by t->clock. */
FA_MUST_CHECK int fa_tool_as_of(int32_t *out, const struct fa_tool *t,
	const char *value, struct fa_err *err);

/* The value of an option that is a number from min to max. */
FA_MUST_CHECK int fa_tool_number(uint64_t *out, const char *value, uint64_t min,
	uint64_t max, struct fa_err *err);

/* Adds the value of an option that may be given FA_TOOL_LIST_MAX times. */
FA_MUST_CHECK int fa_tool_add(
	const char **list, size_t *n, const char *value, struct fa_err *err);

/* --ignore-robots REASON */
FA_MUST_CHECK int fa_tool_reason(
	const char **out, const char *value, struct fa_err *err);

/* The language for the modules below cli. */
enum fa_lang fa_tool_lang(const struct fa_tool *t);

/* Prints the message of err and returns the status that goes with it: 2. */
int fa_tool_fail(const struct fa_tool *t, const struct fa_err *err);

/* Prints s to standard output: status, or 2 with a message when that fails
 * (without one when the reader has gone away). */
int fa_tool_print(const struct fa_tool *t, struct fa_str s, int status);

/* Either of two texts, by language. A macro, so that the compiler can check
 * both as formats. */
#define FA_TOOL_SAY(t, zh, en) ((t)->con.lang == FA_CLI_EN ? (en) : (zh))

void fa_tool_help(const struct fa_command *cmd, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out);

#endif
