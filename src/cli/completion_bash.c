/* The script for bash. Names of files are left to readline, which knows how to
 * quote them: then there is nothing to reply. */
#include "cli/completion.h"

#include "base/str.h"

/* NAME is the program's. */
static const char body[] =
	"# The words as the program will see them: readline breaks them at = "
	"and\n"
	"# : as well.\n"
	"_NAME_line() {\n"
	"	local rest=${COMP_LINE:0:COMP_POINT} blanks word i\n"
	"	line=()\n"
	"	for ((i = 0; i <= COMP_CWORD; i++)); do\n"
	"		word=${COMP_WORDS[i]}\n"
	"		blanks=${rest%%[![:space:]]*}\n"
	"		rest=${rest#\"$blanks\"}\n"
	"		((i == COMP_CWORD)) && word=$rest\n"
	"		if ((i > 0)) && [[ -z $blanks ]]; then\n"
	"			line[${#line[@]}-1]+=$word\n"
	"		else\n"
	"			line+=(\"$word\")\n"
	"		fi\n"
	"		rest=${rest#\"$word\"}\n"
	"	done\n"
	"}\n"
	"\n"
	"# Replies with those of the words that begin like $cur.\n"
	"_NAME_reply() {\n"
	"	local word\n"
	"	compopt +o default 2>/dev/null\n"
	"	for word in $1; do\n"
	"		[[ $word == \"$cur\"* ]] && "
	"COMPREPLY+=(\"$before$word\")\n"
	"	done\n"
	"}\n"
	"\n"
	"_NAME_complete() {\n"
	"	local word\n"
	"	case $kind in\n"
	"	file) return ;;\n"
	"	dir) compopt +o default -o dirnames 2>/dev/null ;;\n"
	"	output) [[ $cur == *:* ]] || _NAME_reply \"$words\" ;;\n"
	"	list)\n"
	"		local list=\n"
	"		while IFS=$'\\t' read -r word _; do\n"
	"			list+=\" $word\"\n"
	"		done < <(\"$program\" help \"@$words\" 2>/dev/null)\n"
	"		_NAME_reply \"$list\" ;;\n"
	"	*) _NAME_reply \"$words\" ;;\n"
	"	esac\n"
	"}\n"
	"\n"
	"_NAME() {\n"
	"	local line cur kind words options before= program=$1 i\n"
	"	local command operands=() value= end=\n"
	"	_NAME_line\n"
	"	COMPREPLY=()\n"
	"	cur=${line[${#line[@]}-1]}\n"
	"	command=${line[1]}\n"
	"	if ((${#line[@]} <= 2)); then\n"
	"		_NAME_reply \"$_NAME_commands --help --version\"\n"
	"		return\n"
	"	fi\n"
	"	for ((i = 2; i < ${#line[@]} - 1; i++)); do\n"
	"		if [[ -n $value ]]; then\n"
	"			value=\n"
	"		elif [[ -z $end && ${line[i]} == -- ]]; then\n"
	"			end=1\n"
	"		elif [[ -z $end && ${line[i]} == -?* ]]; then\n"
	"			_NAME_value \"$command\" \"${line[i]}\" &&\n"
	"				value=${line[i]}\n"
	"		else\n"
	"			operands+=(\"${line[i]}\")\n"
	"		fi\n"
	"	done\n"
	"	if [[ -n $value ]]; then\n"
	"		_NAME_value \"$command\" \"$value\"\n"
	"	elif [[ -z $end && $cur == --*=* ]]; then\n"
	"		_NAME_value \"$command\" \"${cur%%=*}\" ||\n"
	"			kind=none words=\n"
	"		[[ $COMP_WORDBREAKS == *=* ]] || before=${cur%%=*}=\n"
	"		cur=${cur#*=}\n"
	"	elif [[ -z $end && $cur == -* ]]; then\n"
	"		_NAME_options \"$command\"\n"
	"		_NAME_reply \"$options\"\n"
	"		return\n"
	"	else\n"
	"		_NAME_value \"$command\" '' || kind=none words=\n"
	"		if [[ $kind == verbs && ${#operands[@]} -gt 0 ]]; "
	"then\n"
	"			_NAME_value \"$command ${operands[0]}\" '' ||\n"
	"				kind=file words=\n"
	"		fi\n"
	"	fi\n"
	"	_NAME_complete\n"
	"}\n"
	"\n"
	"complete -o bashdefault -o default -F _NAME NAME\n";

static void
add_named(struct fa_buf *out, const char *text, const char *name)
{
	struct fa_str rest = fa_str_c(text);
	size_t at;

	while ((at = fa_str_find(rest, FA_STR("NAME"), 0)) != SIZE_MAX) {
		fa_buf_add(out, fa_str_sub(rest, 0, at));
		fa_buf_adds(out, name);
		rest = fa_str_sub(rest, at + 4, rest.n);
	}
	fa_buf_add(out, rest);
}

static void
add_case(struct fa_buf *out, const struct fa_complete_value *v)
{
	fa_buf_addf(out, ") kind=%s words='%s' ;;\n", fa_complete_name(v->kind),
		fa_complete_words(v));
}

/* What an operand may be; behind the verbs of a command, too. */
static void
add_operand(const struct fa_complete_program *p, const char *command,
	struct fa_buf *out)
{
	struct fa_complete_value v;
	struct fa_str rest, verb;

	fa_complete_get(&v, p, command, NULL);
	fa_buf_addf(out, "	'%s '", command);
	add_case(out, &v);
	rest = fa_str_c(fa_complete_words(&v));
	while (v.kind == FA_COMPLETE_VERBS &&
		(verb = fa_complete_next(&rest)).p != NULL) {
		struct fa_complete_value w;

		fa_complete_behind(&w, p, command, verb);
		fa_buf_addf(out, "	'%s %.*s '", command, FA_STR_ARG(verb));
		add_case(out, &w);
		fa_complete_value_done(&w, out);
	}
	fa_complete_value_done(&v, out);
}

static void
add_values(const struct fa_complete_program *p, struct fa_buf *out)
{
	fa_buf_addf(out,
		"# What the value of an option, or an operand, may be; fails "
		"when there is\n# none.\n_%s_value() {\n	case \"$1 "
		"$2\" in\n",
		p->name);
	for (size_t i = 0; i < p->n; i++) {
		const struct fa_complete_command *c = &p->at[i];

		add_operand(p, c->name, out);
		for (size_t j = 0; j < c->options.n; j++) {
			const struct fa_option *o = &c->options.at[j];
			struct fa_complete_value v;

			if (o->id == 0 || o->arg == NULL)
				continue;
			fa_complete_get(&v, p, c->name, o);
			fa_buf_addf(out, "	'%s --%s'", c->name, o->name);
			if (o->letter != 0)
				fa_buf_addf(
					out, " | '%s -%c'", c->name, o->letter);
			add_case(out, &v);
			fa_complete_value_done(&v, out);
		}
	}
	fa_buf_adds(out, "	*) return 1 ;;\n	esac\n}\n\n");
}

static void
add_options(const struct fa_complete_program *p, struct fa_buf *out)
{
	fa_buf_addf(out, "_%s_options() {\n	case $1 in\n", p->name);
	for (size_t i = 0; i < p->n; i++) {
		const struct fa_complete_command *c = &p->at[i];

		fa_buf_addf(out, "	%s) options='", c->name);
		for (size_t j = 0; j < c->options.n; j++) {
			const struct fa_option *o = &c->options.at[j];

			if (!fa_complete_shown(o))
				continue;
			fa_buf_addf(out, "--%s ", o->name);
			if (o->letter != 0)
				fa_buf_addf(out, "-%c ", o->letter);
		}
		fa_buf_adds(out, "' ;;\n");
	}
	fa_buf_adds(out, "	*) options= ;;\n	esac\n}\n\n");
}

void
fa_complete_bash(const struct fa_complete_program *p, struct fa_buf *out)
{
	fa_buf_addf(out,
		"# Completion of %s for bash, made by \"%s help @bash\".\n\n"
		"_%s_commands='",
		p->name, p->name, p->name);
	for (size_t i = 0; i < p->n; i++)
		fa_buf_addf(out, "%s%s", i > 0 ? " " : "", p->at[i].name);
	fa_buf_adds(out, "'\n\n");
	add_options(p, out);
	add_values(p, out);
	add_named(out, body, p->name);
}
