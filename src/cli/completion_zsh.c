/* The script for zsh: one call of _arguments per command. */
#include "cli/completion.h"

#include <string.h>

#include "base/str.h"

/* In single quotes: how a quote is written, and what _arguments reads. */
#define QUOTE "'\\''"
#define SPECIAL "[]:\\"

static const char helpers[] =
	"# WORD...: one of them, or WORD:FILE.\n"
	"_%s_output() {\n"
	"	if compset -P 1 '*:'; then\n"
	"		_files\n"
	"	else\n"
	"		compadd -- \"$@\"\n"
	"	fi\n"
	"}\n"
	"\n"
	"# What the program lists, with what it says of each.\n"
	"_%s_list() {\n"
	"	local -a ids\n"
	"	ids=(${${(f)\"$(_call_program ids $_%s_program help @$1 "
	"2>/dev/null)\"}//:/\\\\:})\n"
	"	ids=(\"${(@)ids/$'\\t'/:}\")\n"
	"	_describe -t ids id ids\n"
	"}\n\n";

static void
add_action(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_value *v)
{
	switch (v->kind) {
	case FA_COMPLETE_NONE:
		fa_buf_adds(out, " ");
		break;
	case FA_COMPLETE_FILE:
		fa_buf_adds(out, "_files");
		break;
	case FA_COMPLETE_DIR:
		fa_buf_adds(out, "_directories");
		break;
	case FA_COMPLETE_OUTPUT:
		fa_buf_addf(
			out, " _%s_output %s", p->name, fa_complete_words(v));
		break;
	case FA_COMPLETE_LIST:
		fa_buf_addf(out, " _%s_list %s", p->name, fa_complete_words(v));
		break;
	case FA_COMPLETE_WORDS:
	case FA_COMPLETE_VERBS:
		fa_buf_addf(out, "(%s)", fa_complete_words(v));
		break;
	}
}

static void
add_option(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_command *c, const struct fa_option *o)
{
	struct fa_complete_value v;

	fa_complete_get(&v, p, c->name, o);
	/* Any option may be given several times, as far as a table knows. */
	fa_buf_adds(out, "			'*'");
	if (o->letter != 0)
		fa_buf_addf(out, "{-%c%s,--%s%s}", o->letter,
			o->arg != NULL ? "+" : "", o->name,
			o->arg != NULL ? "=" : "");
	else
		fa_buf_addf(out, "--%s%s", o->name, o->arg != NULL ? "=" : "");
	fa_buf_adds(out, "'[");
	fa_complete_text(out, o->help.in[p->lang], QUOTE, SPECIAL);
	fa_buf_adds(out, "]");
	if (o->arg != NULL) {
		fa_buf_adds(out, ":");
		fa_complete_text(out, o->arg, QUOTE, SPECIAL);
		fa_buf_adds(out, ":");
		add_action(out, p, &v);
	}
	fa_buf_adds(out, "' \\\n");
	fa_complete_value_done(&v, out);
}

/* Behind a verb its own operands. */
static void
add_verbs(struct fa_buf *out, const struct fa_complete_program *p,
	const char *command, const struct fa_complete_value *verbs)
{
	struct fa_str rest = fa_str_c(fa_complete_words(verbs));
	struct fa_str verb;

	fa_buf_addf(out,
		"			'1:verb:(%s)' \\\n"
		"			'*:operand:{ case $line[1] in",
		fa_complete_words(verbs));
	while ((verb = fa_complete_next(&rest)).p != NULL) {
		struct fa_complete_value v;

		fa_complete_behind(&v, p, command, verb);
		if (v.kind == FA_COMPLETE_LIST)
			fa_buf_addf(out, " %.*s) _%s_list %s;;",
				FA_STR_ARG(verb), p->name,
				fa_complete_words(&v));
		fa_complete_value_done(&v, out);
	}
	fa_buf_adds(out, " *) _files;; esac }' \\\n");
}

static void
add_command(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_command *c)
{
	struct fa_complete_value v;

	fa_buf_addf(out, "	%s)\n		_arguments -s -S : \\\n", c->name);
	for (size_t j = 0; j < c->options.n; j++)
		if (fa_complete_shown(&c->options.at[j]))
			add_option(out, p, c, &c->options.at[j]);
	fa_complete_get(&v, p, c->name, NULL);
	if (v.kind == FA_COMPLETE_VERBS) {
		add_verbs(out, p, c->name, &v);
	} else if (v.kind != FA_COMPLETE_NONE) {
		fa_buf_adds(out, "			'*:operand:");
		add_action(out, p, &v);
		fa_buf_adds(out, "' \\\n");
	}
	fa_buf_adds(out, "			&& return\n		;;\n");
	fa_complete_value_done(&v, out);
}

void
fa_complete_zsh(const struct fa_complete_program *p, struct fa_buf *out)
{
	fa_buf_addf(out,
		"#compdef %s\n"
		"# Completion of %s for zsh, made by \"%s help @zsh\".\n\n",
		p->name, p->name, p->name);
	fa_buf_addf(out, helpers, p->name, p->name, p->name);
	fa_buf_addf(out,
		"_%s() {\n"
		"	local curcontext=$curcontext _%s_program=$words[1]\n"
		"	local -a commands line\n"
		"	local -A opt_args\n"
		"	commands=(\n",
		p->name, p->name);
	for (size_t i = 0; i < p->n; i++) {
		fa_buf_addf(out, "		'%s:", p->at[i].name);
		fa_complete_text(
			out, p->at[i].summary.in[p->lang], QUOTE, SPECIAL);
		fa_buf_adds(out, "'\n");
	}
	fa_buf_adds(out,
		"	)\n"
		"	if ((CURRENT == 2)); then\n"
		"		_describe -t commands command commands\n"
		"		return\n"
		"	fi\n"
		"	shift words\n"
		"	((CURRENT--))\n"
		"	case $words[1] in\n");
	for (size_t i = 0; i < p->n; i++)
		add_command(out, p, &p->at[i]);
	fa_buf_addf(out,
		"	esac\n"
		"	return 1\n"
		"}\n\n"
		"if [ \"$funcstack[1]\" = _%s ]; then\n"
		"	_%s \"$@\"\n"
		"else\n"
		"	compdef _%s %s\n"
		"fi\n",
		p->name, p->name, p->name, p->name);
}
