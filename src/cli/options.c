/* Options by table. The grammar, per argument:
 *
 *   "--"                     the rest are operands
 *   "--" name [ "=" value ]  long option; a value may be the next argument
 *   "-" letters [ value ]    letters; the value of the last one is the rest of
 *                            the argument or the next argument
 *   "-" or anything else     an operand
 */
#include "cli/options.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define HELP_INDENT 4      /* columns before an option */
#define HELP_TEXT_COLUMN 8 /* columns before its explanation */
#define HELP_BESIDE 32     /* ... that stands beside it */
#define HELP_WIDE 72       /* columns from which on it does */
#define HELP_COLUMNS 80

struct parser {
	struct fa_options table;
	int argc;
	char **argv;
	int at; /* argument under examination */
	fa_option_fn *take;
	void *ctx;
	struct fa_err *err;
};

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Edit distance of two words, each shorter than FA_CLI_WORD_BYTES. */
static size_t
distance(const char *a, size_t an, const char *b, size_t bn)
{
	size_t row[FA_CLI_WORD_BYTES + 1];
	size_t i, j;

	for (j = 0; j <= bn; j++)
		row[j] = j;
	for (i = 1; i <= an; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= bn; j++) {
			size_t up = row[j];

			row[j] = min3(up + 1, row[j - 1] + 1,
				diagonal + (a[i - 1] != b[j - 1]));
			diagonal = up;
		}
	}
	return row[bn];
}

const char *
fa_options_nearest(const char *word, const char *const *words, size_t n)
{
	size_t wn = strlen(word);
	size_t best = wn / 2 < 3 ? wn / 2 + 1 : 4; /* too far away */
	const char *found = NULL;
	size_t i;

	if (wn >= FA_CLI_WORD_BYTES)
		return NULL;
	for (i = 0; i < n; i++) {
		size_t len = strlen(words[i]);
		size_t d;

		if (len >= FA_CLI_WORD_BYTES)
			continue;
		d = distance(word, wn, words[i], len);
		if (wn >= 2 && strncmp(words[i], word, wn) == 0)
			d = 0; /* an abbreviation */
		if (d < best) {
			best = d;
			found = words[i];
		}
	}
	return found;
}

static int
fail_unknown(const struct parser *p, struct fa_str name)
{
	const char *names[FA_CLI_WORD_BYTES];
	char word[FA_CLI_WORD_BYTES];
	const char *near = NULL;
	size_t i, n = 0;

	for (i = 0; i < p->table.n && n < FA_COUNT(names); i++)
		if (p->table.at[i].id > 0)
			names[n++] = p->table.at[i].name;
	if (name.n < sizeof(word)) {
		memcpy(word, name.p, name.n);
		word[name.n] = '\0';
		near = fa_options_nearest(word, names, n);
	}
	if (near != NULL)
		return fa_fail(p->err, FA_E_USAGE,
			"unknown option '--%.*s', did you mean '--%s'?",
			FA_STR_ARG(name), near);
	return fa_fail(p->err, FA_E_USAGE, "unknown option '--%.*s'",
		FA_STR_ARG(name));
}

/* The next argument as value of option o, or NULL. */
static const char *
next_value(struct parser *p)
{
	if (p->at + 1 >= p->argc)
		return NULL;
	return p->argv[++p->at];
}

static int
take_long(struct parser *p, const char *arg)
{
	const char *equals = strchr(arg, '=');
	size_t n = equals != NULL ? (size_t)(equals - arg) : strlen(arg);
	const char *value = equals != NULL ? equals + 1 : NULL;
	const struct fa_option *o = NULL;
	size_t i;

	for (i = 0; i < p->table.n && o == NULL; i++)
		if (p->table.at[i].id > 0 && strlen(p->table.at[i].name) == n &&
			memcmp(p->table.at[i].name, arg, n) == 0)
			o = &p->table.at[i];
	if (o == NULL)
		return fail_unknown(p, (struct fa_str){ arg, n });
	if (o->arg == NULL && value != NULL)
		return fa_fail(p->err, FA_E_USAGE,
			"option '--%s' takes no value, found '%s'", o->name,
			value);
	if (o->arg != NULL && value == NULL)
		value = next_value(p);
	if (o->arg != NULL && value == NULL)
		return fa_fail(p->err, FA_E_USAGE,
			"option '--%s' needs a value: %s", o->name, o->arg);
	return p->take(p->ctx, o->id, value, p->err);
}

static const struct fa_option *
find_letter(struct fa_options table, char letter)
{
	size_t i;

	for (i = 0; i < table.n; i++)
		if (table.at[i].letter == letter)
			return &table.at[i];
	return NULL;
}

static int
take_letters(struct parser *p, const char *arg)
{
	for (; *arg != '\0'; arg++) {
		const struct fa_option *o = find_letter(p->table, *arg);
		const char *value = NULL;
		int rc;

		if (o == NULL) {
			uint32_t cp;
			size_t n = fa_utf8_next(fa_str_c(arg), &cp);

			return fa_fail(p->err, FA_E_USAGE,
				"unknown option '-%.*s'", (int)n, arg);
		}
		if (o->arg != NULL)
			value = arg[1] != '\0' ? arg + 1 : next_value(p);
		if (o->arg != NULL && value == NULL)
			return fa_fail(p->err, FA_E_USAGE,
				"option '-%c' needs a value: %s", o->letter,
				o->arg);
		rc = p->take(p->ctx, o->id, value, p->err);
		if (rc != 0 || value != NULL)
			return rc;
	}
	return 0;
}

int
fa_options_parse(int *operands_n, struct fa_options table, int argc,
	char **argv, fa_option_fn *take, void *ctx, struct fa_err *err)
{
	struct parser p = { table, argc, argv, 1, take, ctx, err };
	int n = 0;

	for (; p.at < argc; p.at++) {
		char *arg = argv[p.at];
		int rc = 0;

		if (arg[0] != '-' || arg[1] == '\0') {
			argv[1 + n++] = arg;
		} else if (strcmp(arg, "--") == 0) {
			for (p.at++; p.at < argc; p.at++)
				argv[1 + n++] = argv[p.at];
		} else if (arg[1] == '-') {
			rc = take_long(&p, arg + 2);
		} else {
			rc = take_letters(&p, arg + 1);
		}
		if (rc != 0)
			return rc;
	}
	*operands_n = n;
	return 0;
}

/* Bytes of the next line of s: as many words, or Chinese characters, as fit
 * into columns; at least one. */
static size_t
line_bytes(struct fa_str s, unsigned columns)
{
	size_t at = 0, good = 0;
	unsigned used = 0;

	while (at < s.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		int width = fa_utf8_width(cp);

		used += width > 0 ? (unsigned)width : 0;
		if (used > columns)
			return good > 0 ? good : at + n;
		at += n;
		/* Not before punctuation, which may not begin a line. */
		if (cp == ' ' ||
			(fa_rune_is_han(cp) && at < s.n && s.p[at] != ' '))
			good = at;
	}
	return s.n;
}

/* text in lines from column indent on; used columns of the first line are
 * taken. */
static void
add_wrapped(struct fa_buf *out, const char *text, unsigned columns,
	unsigned indent, unsigned used)
{
	struct fa_str rest = fa_str_c(text);
	unsigned width = columns > indent + 20 ? columns - indent : 20;

	while (rest.n > 0) {
		size_t n = line_bytes(rest, width);

		fa_buf_addf(out, "%*s", (int)(indent - used), "");
		fa_buf_add(out, fa_str_trim(fa_str_sub(rest, 0, n)));
		fa_buf_addc(out, '\n');
		rest = fa_str_trim(fa_str_sub(rest, n, rest.n));
		used = 0;
	}
}

static void
add_option(struct fa_buf *out, const struct fa_option *o, const char *text,
	unsigned columns)
{
	size_t from = out->n;
	unsigned used;

	fa_buf_addf(out, "%*s", HELP_INDENT, "");
	if (o->letter != 0)
		fa_buf_addf(out, "-%c, ", o->letter);
	fa_buf_addf(out, "--%s", o->name);
	if (o->arg != NULL)
		fa_buf_addf(out, " %s", o->arg);
	used = (unsigned)(out->n - from);
	if (columns >= HELP_WIDE && used + 2 <= HELP_BESIDE) {
		add_wrapped(out, text, columns, HELP_BESIDE, used);
		return;
	}
	fa_buf_addc(out, '\n');
	add_wrapped(out, text, columns,
		columns >= HELP_WIDE ? HELP_BESIDE : HELP_TEXT_COLUMN, 0);
}

void
fa_options_help(struct fa_options table, enum fa_cli_lang lang,
	unsigned columns, struct fa_buf *out)
{
	for (size_t i = 0; i < table.n && out->rc == 0; i++) {
		const struct fa_option *o = &table.at[i];
		const char *text = o->help.in[lang];

		if (text == NULL)
			continue;
		if (o->id == 0)
			fa_buf_addf(out, "%s%s\n", i > 0 ? "\n" : "", text);
		else
			add_option(out, o, text,
				columns > 0 ? columns : HELP_COLUMNS);
	}
}

void
fa_options_words(struct fa_buf *out, const char *label,
	const char *const *words, size_t n, unsigned columns)
{
	size_t used = fa_utf8_columns(fa_str_c(label));

	if (columns == 0)
		columns = HELP_COLUMNS;
	fa_buf_adds(out, label);
	for (size_t i = 0; i < n; i++) {
		size_t width = fa_utf8_columns(fa_str_c(words[i]));

		if (i > 0 && used + 1 + width > columns) {
			fa_buf_addf(out, "\n%*s", HELP_INDENT, "");
			used = HELP_INDENT;
		} else if (i > 0) {
			fa_buf_addc(out, ' ');
			used++;
		}
		fa_buf_adds(out, words[i]);
		used += width;
	}
	fa_buf_addc(out, '\n');
}
