/* What `faceaudit help` prints besides the help of commands: lists for people
 * (formats) and, behind an @, for programs: the table of all options, the
 * completions of shells, the ids that they complete. */
#ifndef FA_TOOLS_HELP_H
#define FA_TOOLS_HELP_H

#include "cli/completion.h"
#include "tools/commands.h"

/* Appends what the word asks for. FA_E_NOTFOUND: it is none of these. */
FA_MUST_CHECK int fa_help_topic(struct fa_tool *t, const char *word,
	const struct fa_command *const *commands, size_t n, struct fa_buf *out,
	struct fa_err *err);

/* What a value or an operand of a command may be: enum fa_complete's value
 * (cli/completion.h), for the commands of faceaudit. */
enum fa_complete fa_values(const struct fa_complete_program *p,
	const char *command, const struct fa_option *o, struct fa_buf *words);

#endif
