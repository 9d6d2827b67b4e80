/* Completions of shells, made from the option tables of a program: a new
 * option is completed as soon as it is in its table. Knows nothing of what
 * options mean; the program says which words a value may be. */
#ifndef FA_CLI_COMPLETION_H
#define FA_CLI_COMPLETION_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "cli/lang.h"
#include "cli/options.h"

/* What a value, or an operand, may be. */
enum fa_complete {
	FA_COMPLETE_NONE,   /* anything: numbers, names, dates */
	FA_COMPLETE_FILE,   /* a path */
	FA_COMPLETE_DIR,    /* a path of a directory */
	FA_COMPLETE_WORDS,  /* one of the words */
	FA_COMPLETE_OUTPUT, /* one of the words, or WORD:FILE */
	FA_COMPLETE_LIST,   /* what "PROGRAM help @WORD" lists */
	FA_COMPLETE_VERBS   /* the first operand is one of the words; what
			     * follows depends on it */
};

struct fa_complete_command {
	const char *name;
	struct fa_cli_text summary;
	struct fa_options options;
};

struct fa_complete_program {
	const char *name;
	const struct fa_complete_command *at;
	size_t n;
	enum fa_cli_lang lang; /* of what is said about options */
	/* What a value of option o of a command may be, or, o being NULL, an
	 * operand; behind a verb the command is "COMMAND VERB". Appends the
	 * words, a blank before each. */
	enum fa_complete (*value)(const struct fa_complete_program *p,
		const char *command, const struct fa_option *o,
		struct fa_buf *words);
};

/* What the name of a value says about it (FILE, DIR, LANG ...). */
enum fa_complete fa_complete_by_name(const char *arg, struct fa_buf *words);
/* Appends a blank and the word. */
void fa_complete_word(struct fa_buf *words, const char *word);
/* A word for each kind, for the table; never NULL. */
const char *fa_complete_name(enum fa_complete kind);

/* Append the script of a shell. */
void fa_complete_bash(const struct fa_complete_program *p, struct fa_buf *out);
void fa_complete_zsh(const struct fa_complete_program *p, struct fa_buf *out);
void fa_complete_fish(const struct fa_complete_program *p, struct fa_buf *out);
/* Appends one option per line: command, letter or "-", name, name of its value
 * or "-", kind and words, by tabs. */
void fa_complete_table(const struct fa_complete_program *p, struct fa_buf *out);

/* For the writers: what completes, as above, in an owned buffer. */
struct fa_complete_value {
	enum fa_complete kind;
	struct fa_buf words; /* without the first blank: fa_complete_words */
};
void fa_complete_get(struct fa_complete_value *v,
	const struct fa_complete_program *p, const char *command,
	const struct fa_option *o);
/* The same of an operand behind a verb. */
void fa_complete_behind(struct fa_complete_value *v,
	const struct fa_complete_program *p, const char *command,
	struct fa_str verb);
/* Releases it; that words did not fit, or memory, fails what is written. */
void fa_complete_value_done(struct fa_complete_value *v, struct fa_buf *out);
/* "text line json" */
const char *fa_complete_words(const struct fa_complete_value *v);
/* The next word of a list separated by blanks; absent at its end. */
struct fa_str fa_complete_next(struct fa_str *rest);
/* Is it an option that people see (in --help)? */
bool fa_complete_shown(const struct fa_option *o);
/* Appends the first sentence of what is said about an option or a command, in
 * the middle of a string in single quotes; characters of special are put
 * behind a backslash. */
void fa_complete_text(struct fa_buf *out, const char *text, const char *quote,
	const char *special);

#endif
