/* The script for fish: one line per option and command. */
#include "cli/completion.h"

#include "base/str.h"

/* In single quotes fish reads \' and \\ only. */
#define QUOTE "\\'"
#define SPECIAL "\\"

static const char helpers[] =
	"# COMMAND [VERB]: is it what is being typed?\n"
	"function __%s_is\n"
	"	set -l typed (commandline -opc)\n"
	"	test (count $typed) -gt 1; and test \"$typed[2]\" = $argv[1]\n"
	"	or return 1\n"
	"	test (count $argv) -eq 1; and return\n"
	"	if test -z \"$argv[2]\"\n"
	"		test (count $typed) -eq 2\n"
	"	else\n"
	"		test (count $typed) -gt 2; and test \"$typed[3]\" = "
	"$argv[2]\n"
	"	end\n"
	"end\n\n"
	"# WORD...: one of them, or WORD:FILE.\n"
	"function __%s_output\n"
	"	set -l token (string replace -r -- '^--?[a-z-]+=' '' "
	"(commandline -ct))\n"
	"	set -l parts (string split -m 1 -- : $token)\n"
	"	if test (count $parts) -gt 1\n"
	"		printf '%%s\\n' $parts[1]:(__fish_complete_path "
	"$parts[2])\n"
	"	else\n"
	"		printf '%%s\\n' $argv\n"
	"	end\n"
	"end\n\n"
	"function __%s_list\n"
	"	set -l typed (commandline -opc)\n"
	"	$typed[1] help @$argv[1] 2>/dev/null\n"
	"end\n\n"
	"complete -c %s -f\n";

static void
add_value(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_value *v)
{
	switch (v->kind) {
	case FA_COMPLETE_NONE:
		break;
	case FA_COMPLETE_FILE:
		fa_buf_adds(out, " -F");
		break;
	case FA_COMPLETE_DIR:
		fa_buf_adds(out, " -a '(__fish_complete_directories)'");
		break;
	case FA_COMPLETE_OUTPUT:
		fa_buf_addf(out, " -a '(__%s_output %s)'", p->name,
			fa_complete_words(v));
		break;
	case FA_COMPLETE_LIST:
		fa_buf_addf(out, " -a '(__%s_list %s)'", p->name,
			fa_complete_words(v));
		break;
	case FA_COMPLETE_WORDS:
	case FA_COMPLETE_VERBS:
		fa_buf_addf(out, " -a '%s'", fa_complete_words(v));
		break;
	}
}

static void
add_options(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_command *c)
{
	for (size_t j = 0; j < c->options.n; j++) {
		const struct fa_option *o = &c->options.at[j];
		struct fa_complete_value v;

		if (!fa_complete_shown(o))
			continue;
		fa_complete_get(&v, p, c->name, o);
		fa_buf_addf(out, "complete -c %s -n '__%s_is %s'", p->name,
			p->name, c->name);
		if (o->letter != 0)
			fa_buf_addf(out, " -s %c", o->letter);
		fa_buf_addf(out, " -l %s", o->name);
		if (o->arg != NULL) {
			/* An option with a value takes files unless -f. */
			fa_buf_adds(out,
				v.kind == FA_COMPLETE_FILE ? " -r" : " -x");
			add_value(out, p, &v);
		}
		fa_buf_adds(out, " -d '");
		fa_complete_text(out, o->help.in[p->lang], QUOTE, SPECIAL);
		fa_buf_adds(out, "'\n");
		fa_complete_value_done(&v, out);
	}
}

/* A line for the operands of a command, or of its verb. */
static void
add_operand(struct fa_buf *out, const struct fa_complete_program *p,
	const char *command, struct fa_str verb,
	const struct fa_complete_value *v)
{
	if (v->kind == FA_COMPLETE_NONE)
		return;
	fa_buf_addf(out, "complete -c %s -n '__%s_is %s", p->name, p->name,
		command);
	if (v->kind == FA_COMPLETE_VERBS)
		fa_buf_adds(out, " \"\"");
	else if (verb.p != NULL)
		fa_buf_addf(out, " %.*s", FA_STR_ARG(verb));
	fa_buf_adds(out, "'");
	add_value(out, p, v);
	fa_buf_addc(out, '\n');
}

static void
add_operands(struct fa_buf *out, const struct fa_complete_program *p,
	const struct fa_complete_command *c)
{
	struct fa_complete_value v;
	struct fa_str rest, verb;

	fa_complete_get(&v, p, c->name, NULL);
	add_operand(out, p, c->name, FA_STR_NONE, &v);
	rest = fa_str_c(fa_complete_words(&v));
	while (v.kind == FA_COMPLETE_VERBS &&
		(verb = fa_complete_next(&rest)).p != NULL) {
		struct fa_complete_value w;

		fa_complete_behind(&w, p, c->name, verb);
		add_operand(out, p, c->name, verb, &w);
		fa_complete_value_done(&w, out);
	}
	fa_complete_value_done(&v, out);
}

void
fa_complete_fish(const struct fa_complete_program *p, struct fa_buf *out)
{
	fa_buf_addf(out,
		"# Completion of %s for fish, made by \"%s help @fish\".\n\n",
		p->name, p->name);
	fa_buf_addf(out, helpers, p->name, p->name, p->name, p->name);
	for (size_t i = 0; i < p->n; i++) {
		fa_buf_addf(out,
			"complete -c %s -n 'test (count (commandline -opc)) "
			"-eq 1' -a %s -d '",
			p->name, p->at[i].name);
		fa_complete_text(
			out, p->at[i].summary.in[p->lang], QUOTE, SPECIAL);
		fa_buf_adds(out, "'\n");
	}
	for (size_t i = 0; i < p->n; i++) {
		add_options(out, p, &p->at[i]);
		add_operands(out, p, &p->at[i]);
	}
}
