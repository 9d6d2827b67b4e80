/* The terminal: messages on standard error, results on standard output,
 * colour and width, exit status. */
#ifndef FA_CLI_CONSOLE_H
#define FA_CLI_CONSOLE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/lang.h"

#define FA_CLI_COLUMNS 80      /* width when it is unknown */
#define FA_CLI_COLUMNS_MAX 200 /* wider lines are hard to read */
#define FA_CLI_COLUMNS_MIN 40
#define FA_CLI_MESSAGE_BYTES 4096 /* longest message */

/* Exit status of every command (faceaudit(1)). */
enum fa_exit {
	FA_EXIT_CLEAN = 0,
	FA_EXIT_FINDINGS = 1,
	FA_EXIT_ERROR = 2, /* usage, configuration, rules, input, output */
	FA_EXIT_INCOMPLETE = 3,
	FA_EXIT_EVIDENCE = 4,
	FA_EXIT_AGAIN = 75,
	FA_EXIT_INTERRUPTED = 130
};

enum fa_color { FA_COLOR_AUTO, FA_COLOR_ALWAYS, FA_COLOR_NEVER };

struct fa_console {
	enum fa_cli_lang lang;
	enum fa_color color;
	bool quiet;          /* errors only */
	const char *program; /* named before each message; NULL: faceaudit */
};

/* Chinese, automatic colour, faceaudit. */
void fa_console_init(struct fa_console *c);

/* One line on standard error, behind "faceaudit: " (or who it is); control
 * characters are made harmless. A note is left out when quiet. fmt has to be
 * chosen by the caller from the two languages (fa_console_text). */
void fa_console_error(const struct fa_console *c, const char *fmt, ...)
	FA_PRINTF(2, 3);
void fa_console_note(const struct fa_console *c, const char *fmt, ...)
	FA_PRINTF(2, 3);

/* Writes all of s to standard output, at once. FA_E_IO when that fails; then
 * *closed (may be NULL) tells whether nobody is reading any more (EPIPE). */
FA_MUST_CHECK int fa_console_write(
	struct fa_str s, bool *closed, struct fa_err *err);

/* Should standard output be coloured: as told by --color, else when it is a
 * terminal, NO_COLOR is empty and TERM is not "dumb". */
bool fa_console_colors(const struct fa_console *c);
/* Columns of the terminal (COLUMNS, else the terminal itself). */
unsigned fa_console_columns(void);

/* "auto", "always", "never"; FA_E_USAGE for another word. */
FA_MUST_CHECK int fa_color_parse(
	enum fa_color *out, const char *word, struct fa_err *err);
/* "zh", "en"; FA_E_USAGE for another word. */
FA_MUST_CHECK int fa_cli_lang_parse(
	enum fa_cli_lang *out, const char *word, struct fa_err *err);

/* The status that outweighs the other: 130 and 75 before 4, 2, 1, 3, 0. */
enum fa_exit fa_exit_worse(enum fa_exit a, enum fa_exit b);

#endif
