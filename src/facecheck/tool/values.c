/* Which words the values of options may be, and the completions of shells. */
#include <string.h>

#include "cli/completion.h"
#include "facecheck/face/render.h"
#include "facecheck/machine/mutate.h"
#include "facecheck/serve/case.h"
#include "facecheck/tool/tool.h"

#define COMMANDS_MAX 32

static void
add_cases(struct fa_buf *words, enum fc_case_kind kind)
{
	const struct fc_case *c;

	for (size_t i = 0; (c = fc_case_at(i)) != NULL; i++)
		if (c->kind == kind)
			fa_complete_word(words, c->name);
}

static void
add_names(struct fa_buf *words, const char *command, const char *option)
{
	if (strcmp(option, "negative") == 0) {
		add_cases(words, FC_CASE_NEGATIVE);
	} else if (strcmp(command, "model") == 0) {
		for (size_t i = 0; i < fc_mutants_n; i++)
			fa_complete_word(words, fc_mutants[i].name);
	} else {
		add_cases(words, FC_CASE_MUTANT);
	}
}

static enum fa_complete
operands_of(const struct fa_complete_program *p, const char *command,
	struct fa_buf *words)
{
	static const char *const files[] = { "verify", "pack" };

	for (size_t i = 0; i < FA_COUNT(files); i++)
		if (strcmp(files[i], command) == 0)
			return FA_COMPLETE_FILE;
	if (strcmp(command, "help") != 0)
		return FA_COMPLETE_NONE;
	for (size_t i = 0; i < p->n; i++)
		fa_complete_word(words, p->at[i].name);
	return FA_COMPLETE_WORDS;
}

static enum fa_complete
value(const struct fa_complete_program *p, const char *command,
	const struct fa_option *o, struct fa_buf *words)
{
	if (o == NULL)
		return operands_of(p, command, words);
	if (o->arg == NULL)
		return FA_COMPLETE_NONE;
	if (strcmp(o->arg, "NAME") == 0)
		add_names(words, command, o->name);
	else if (strcmp(o->arg, "FORMAT") == 0)
		fa_buf_adds(words, " pgm fcp");
	else if (strcmp(o->arg, "SIDE") == 0)
		fa_buf_adds(words, " left right");
	else if (strcmp(o->arg, "SPECIES") == 0)
		for (int i = 0; i < FC_SPECIES_COUNT; i++)
			fa_complete_word(
				words, fc_species_name((enum fc_species)i));
	else if (strcmp(o->arg, "LEVEL") == 0)
		for (int i = FC_LEVEL_LIMITS; i <= FC_LEVEL_SECRET; i++)
			fa_complete_word(
				words, fc_level_name((enum fc_level)i));
	else
		return fa_complete_by_name(o->arg, words);
	return FA_COMPLETE_WORDS;
}

bool
fc_tool_topic(const struct fc_tool *t, const char *word,
	const struct fc_command *const *commands, size_t n, struct fa_buf *out)
{
	static const struct {
		const char *word;
		void (*script)(const struct fa_complete_program *p,
			struct fa_buf *out);
	} topics[] = {
		{ "@table", fa_complete_table },
		{ "@bash", fa_complete_bash },
		{ "@zsh", fa_complete_zsh },
		{ "@fish", fa_complete_fish },
	};
	struct fa_complete_command at[COMMANDS_MAX];
	struct fa_complete_program p = { "facecheck", at, 0, t->con.lang,
		value };

	for (; p.n < n && p.n < COMMANDS_MAX; p.n++)
		at[p.n] = (struct fa_complete_command){ commands[p.n]->name,
			commands[p.n]->summary, commands[p.n]->options };
	for (size_t i = 0; i < FA_COUNT(topics); i++) {
		if (strcmp(topics[i].word, word) != 0)
			continue;
		topics[i].script(&p, out);
		return true;
	}
	return false;
}
