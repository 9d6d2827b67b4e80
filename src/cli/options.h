/* Options of a command as one table, from which parsing, --help and the check
 * of the man pages are made. Knows nothing of what options mean. */
#ifndef FA_CLI_OPTIONS_H
#define FA_CLI_OPTIONS_H

#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "cli/lang.h"

#define FA_CLI_WORD_BYTES 64 /* longest word that gets a suggestion */

/* An entry with id 0 is no option but a heading of the help, its text; one
 * without a text is understood and not shown. */
struct fa_option {
	int id;           /* what the command is told; positive */
	char letter;      /* -o; 0: none */
	const char *name; /* --output, without the dashes */
	const char *arg;  /* name of the value; NULL: there is none */
	struct fa_cli_text help;
};

#define FA_CLI_HEADING(zh, en)                                                 \
	{                                                                      \
		0, 0, "", NULL, FA_CLI_TEXT(zh, en)                            \
	}

struct fa_options {
	const struct fa_option *at;
	size_t n;
};

/* Told about each option in order; value is NULL when the option has none.
 * Returns 0 or what fa_fail returned. */
typedef int fa_option_fn(
	void *ctx, int id, const char *value, struct fa_err *err);

/* Reads argv[1] to argv[argc - 1]: --name, --name=value, --name value, -n,
 * -nvalue, -n value, letters without a value joined (-qv), and -- after which
 * everything is an operand. Options may stand behind operands. Operands are
 * moved, in order, to argv[1] and following; *operands_n is their number. An
 * unknown option, a missing or a superfluous value is FA_E_USAGE, the nearest
 * known option is named. */
FA_MUST_CHECK int fa_options_parse(int *operands_n, struct fa_options table,
	int argc, char **argv, fa_option_fn *take, void *ctx,
	struct fa_err *err);

/* Appends the table as text of at most columns terminal columns (0: 80). */
void fa_options_help(struct fa_options table, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out);

/* Appends a line with a label and n words behind it, and further lines where
 * columns (0: 80) do not suffice. */
void fa_options_words(struct fa_buf *out, const char *label,
	const char *const *words, size_t n, unsigned columns);

/* Of n words the one nearest to word by edit distance, if it is near enough to
 * be what was meant, else NULL. */
const char *fa_options_nearest(
	const char *word, const char *const *words, size_t n);

#endif
