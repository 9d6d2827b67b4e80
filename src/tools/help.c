/* Topics of `faceaudit help` that are no commands. */
#include "tools/help.h"

#include <string.h>

#include "model/rule.h"
#include "tools/check.h"

#define COMMANDS_MAX 64

/* What is asked about: the words behind `help`. */
struct topic {
	const char *word;
	/* For completions ... */
	void (*script)(const struct fa_complete_program *p, struct fa_buf *out);
	/* ... or of the built-in rules: obligations and, with ids, rules. */
	bool rules;
};

static const struct topic topics[] = {
	{ "@table", fa_complete_table, false },
	{ "@bash", fa_complete_bash, false },
	{ "@zsh", fa_complete_zsh, false },
	{ "@fish", fa_complete_fish, false },
	{ "@obligations", NULL, false },
	{ "@ids", NULL, true },
};

static void
add_id(struct fa_buf *out, struct fa_str id, struct fa_str title)
{
	fa_buf_addf(out, "%.*s\t%.*s\n", FA_STR_ARG(id), FA_STR_ARG(title));
}

static int
add_ids(struct fa_tool *t, bool rules, struct fa_buf *out, struct fa_err *err)
{
	enum fa_lang lang = fa_tool_lang(t);
	const struct fa_bundle *b = NULL;
	int rc = fa_tool_bundle(&b, t, NULL, err);

	if (rc != FA_OK)
		return rc;
	for (size_t i = 0; i < b->obligations_n; i++)
		add_id(out, b->obligations[i].id,
			b->obligations[i].title.in[lang]);
	for (size_t i = 0; rules && i < b->rules_n; i++)
		add_id(out, b->rules[i].id, b->rules[i].title.in[lang]);
	return FA_OK;
}

static void
add_script(const struct fa_tool *t, const struct topic *topic,
	const struct fa_command *const *commands, size_t n, struct fa_buf *out)
{
	struct fa_complete_command at[COMMANDS_MAX];
	struct fa_complete_program p = { "faceaudit", at, 0, t->con.lang,
		fa_values };

	for (; p.n < n && p.n < COMMANDS_MAX; p.n++)
		at[p.n] = (struct fa_complete_command){ commands[p.n]->name,
			commands[p.n]->summary, commands[p.n]->options };
	topic->script(&p, out);
}

int
fa_help_topic(struct fa_tool *t, const char *word,
	const struct fa_command *const *commands, size_t n, struct fa_buf *out,
	struct fa_err *err)
{
	if (strcmp(word, "formats") == 0) {
		fa_check_formats(t->con.lang, out);
		return FA_OK;
	}
	for (size_t i = 0; i < FA_COUNT(topics); i++) {
		if (strcmp(topics[i].word, word) != 0)
			continue;
		if (topics[i].script == NULL)
			return add_ids(t, topics[i].rules, out, err);
		add_script(t, &topics[i], commands, n, out);
		return FA_OK;
	}
	return fa_fail(err, FA_E_NOTFOUND, "no topic '%s'", word);
}
