/* Which words the values of options may be, where their names do not say it. */
#include <string.h>

#include "model/finding.h"
#include "tools/check.h"
#include "tools/help.h"

#define NAMES_MAX 128 /* formats, either way */

static enum fa_complete
add_outputs(struct fa_buf *words)
{
	const char *names[NAMES_MAX];
	size_t n = fa_check_output_names(names, NAMES_MAX);

	for (size_t i = 0; i < n; i++)
		fa_complete_word(words, names[i]);
	return FA_COMPLETE_OUTPUT;
}

static enum fa_complete
add_inputs(struct fa_buf *words)
{
	const char *names[NAMES_MAX];
	size_t n = fa_check_input_names(names, NAMES_MAX);

	for (size_t i = 0; i < n; i++)
		fa_complete_word(words, names[i]);
	return FA_COMPLETE_WORDS;
}

static enum fa_complete
add_thresholds(struct fa_buf *words)
{
	static const enum fa_tier tiers[] = { FA_TIER_PROBABLE,
		FA_TIER_ESTABLISHED };

	for (size_t i = 0; i < FA_COUNT(tiers); i++)
		for (int s = FA_SEVERITY_COUNT; s-- > 0;)
			fa_buf_addf(words, " %s-%s", fa_tier_name(tiers[i]),
				fa_severity_name((enum fa_severity)s));
	fa_complete_word(words, "never");
	return FA_COMPLETE_WORDS;
}

static enum fa_complete
add_commands(const struct fa_complete_program *p, struct fa_buf *words)
{
	for (size_t i = 0; i < p->n; i++)
		fa_complete_word(words, p->at[i].name);
	fa_complete_word(words, "formats");
	return FA_COMPLETE_WORDS;
}

/* Words that a command knows by itself; option "": its operands. */
static const struct {
	const char *command, *option;
	enum fa_complete kind;
	const char *words; /* a blank before each */
} fixed[] = {
	{ "status", "output", FA_COMPLETE_WORDS, " text json" },
	{ "search", "output", FA_COMPLETE_WORDS, " text json" },
	{ "verify", "output", FA_COMPLETE_WORDS, " text json" },
	{ "eval", "output", FA_COMPLETE_WORDS, " text json" },
	{ "report", "output", FA_COMPLETE_OUTPUT, " text ndjson csv xlsx" },
	{ "diff", "output", FA_COMPLETE_OUTPUT, " text json html" },
	{ "diff", "as", FA_COMPLETE_WORDS, " html markdown text" },
	{ "review", "state", FA_COMPLETE_WORDS,
		" confirmed rejected needs-more" },
	{ "pack", "sign", FA_COMPLETE_FILE, "" },
	{ "status", "", FA_COMPLETE_NONE, "" },
	{ "audit", "", FA_COMPLETE_NONE, "" },
	{ "report", "", FA_COMPLETE_NONE, "" },
	{ "search", "", FA_COMPLETE_NONE, "" },
	{ "history", "", FA_COMPLETE_NONE, "" },
	{ "capture", "", FA_COMPLETE_NONE, "" },
	{ "version", "", FA_COMPLETE_NONE, "" },
	{ "rules", "", FA_COMPLETE_VERBS,
		" list explain lint ledger pages compile test" },
	{ "rules explain", "", FA_COMPLETE_LIST, " ids" },
};

enum fa_complete
fa_values(const struct fa_complete_program *p, const char *command,
	const struct fa_option *o, struct fa_buf *words)
{
	const char *name = o != NULL ? o->name : "";
	const char *arg = o == NULL ? "PATH" : o->arg;

	if (arg == NULL)
		return FA_COMPLETE_NONE;
	for (size_t i = 0; i < FA_COUNT(fixed); i++) {
		if (strcmp(fixed[i].command, command) != 0 ||
			strcmp(fixed[i].option, name) != 0)
			continue;
		fa_buf_adds(words, fixed[i].words);
		return fixed[i].kind;
	}
	if (o == NULL && strcmp(command, "help") == 0)
		return add_commands(p, words);
	if (strcmp(arg, "FORMAT[:FILE]") == 0)
		return add_outputs(words);
	if (strcmp(arg, "[TIER-]SEVERITY") == 0)
		return add_thresholds(words);
	if (strcmp(arg, "FORMAT") == 0 && strcmp(name, "as") == 0)
		return add_inputs(words);
	if (strcmp(arg, "OBLIGATION") == 0)
		fa_complete_word(words, "obligations");
	else if (strcmp(arg, "RULE") == 0)
		fa_complete_word(words, "ids");
	else
		return fa_complete_by_name(arg, words);
	return FA_COMPLETE_LIST;
}
