/* What the scripts of all shells share, and the table. */
#include "cli/completion.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define WORDS_BYTES ((size_t)1 << 16)

/* Names of values that say what is meant, in all commands. */
static const struct {
	const char *arg;
	enum fa_complete kind;
	const char *words;
} by_name[] = {
	{ "FILE", FA_COMPLETE_FILE, "" },
	{ "PATH", FA_COMPLETE_FILE, "" },
	{ "FILE|DIR", FA_COMPLETE_FILE, "" },
	{ "DIR", FA_COMPLETE_DIR, "" },
	{ "STORE", FA_COMPLETE_DIR, "" },
	{ "LANG", FA_COMPLETE_WORDS, " zh en" },
	{ "WHEN", FA_COMPLETE_WORDS, " auto always never" },
};

enum fa_complete
fa_complete_by_name(const char *arg, struct fa_buf *words)
{
	for (size_t i = 0; i < FA_COUNT(by_name); i++) {
		if (strcmp(by_name[i].arg, arg) != 0)
			continue;
		fa_buf_adds(words, by_name[i].words);
		return by_name[i].kind;
	}
	return FA_COMPLETE_NONE;
}

void
fa_complete_word(struct fa_buf *words, const char *word)
{
	fa_buf_addf(words, " %s", word);
}

const char *
fa_complete_name(enum fa_complete kind)
{
	static const char *const names[] = { "none", "file", "dir", "words",
		"output", "list", "verbs" };

	return names[kind];
}

void
fa_complete_get(struct fa_complete_value *v,
	const struct fa_complete_program *p, const char *command,
	const struct fa_option *o)
{
	fa_buf_init(&v->words, WORDS_BYTES);
	v->kind = p->value(p, command, o, &v->words);
}

void
fa_complete_behind(struct fa_complete_value *v,
	const struct fa_complete_program *p, const char *command,
	struct fa_str verb)
{
	char both[2 * FA_CLI_WORD_BYTES];

	(void)snprintf(
		both, sizeof(both), "%s %.*s", command, FA_STR_ARG(verb));
	fa_complete_get(v, p, both, NULL);
}

void
fa_complete_value_done(struct fa_complete_value *v, struct fa_buf *out)
{
	if (out->rc == 0)
		out->rc = v->words.rc;
	fa_buf_done(&v->words);
}

const char *
fa_complete_words(const struct fa_complete_value *v)
{
	return v->words.n > 0 ? v->words.p + 1 : "";
}

struct fa_str
fa_complete_next(struct fa_str *rest)
{
	struct fa_str word;
	size_t blank;

	*rest = fa_str_trim(*rest);
	if (rest->n == 0)
		return FA_STR_NONE;
	blank = fa_str_find(*rest, FA_STR(" "), 0);
	word = fa_str_sub(*rest, 0, blank == SIZE_MAX ? rest->n : blank);
	*rest = fa_str_sub(*rest, word.n, rest->n);
	return word;
}

bool
fa_complete_shown(const struct fa_option *o)
{
	return o->id > 0 && o->help.in[FA_CLI_EN] != NULL;
}

void
fa_complete_text(struct fa_buf *out, const char *text, const char *quote,
	const char *special)
{
	struct fa_str rest = fa_str_c(text);

	while (rest.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);

		/* One sentence is enough beside a word. */
		if (cp == ';' || cp == 0xff1b)
			return;
		if (cp == '\'')
			fa_buf_adds(out, quote);
		else if (cp < 0x80 && strchr(special, (int)cp) != NULL)
			fa_buf_addf(out, "\\%c", (char)cp);
		else
			fa_buf_add(out, fa_str_sub(rest, 0, n));
		rest = fa_str_sub(rest, n, rest.n);
	}
}

void
fa_complete_table(const struct fa_complete_program *p, struct fa_buf *out)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct fa_complete_command *c = &p->at[i];

		for (size_t j = 0; j < c->options.n; j++) {
			const struct fa_option *o = &c->options.at[j];
			struct fa_complete_value v;

			if (o->id == 0)
				continue;
			fa_complete_get(&v, p, c->name, o);
			fa_buf_addf(out, "%s\t%c\t%s\t%s\t%s\t%s\n", c->name,
				o->letter != 0 ? o->letter : '-', o->name,
				o->arg != NULL ? o->arg : "-",
				fa_complete_name(v.kind),
				fa_complete_words(&v));
			fa_complete_value_done(&v, out);
		}
	}
}
