#include "base/yaml_source.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* What a Chinese input method types when it was left in full-width mode. */
struct ime {
	struct fa_str typed;
	const char *name;
	const char *meant;
};

enum { COLON, COMMA, SPACE, HYPHEN, HASH, OPEN, CLOSE, OPEN_1, CLOSE_1 };

static const struct ime ime_table[] = {
	[COLON] = { FA_STR_INIT("："), "full-width colon", "':'" },
	[COMMA] = { FA_STR_INIT("，"), "full-width comma", "','" },
	[SPACE] = { FA_STR_INIT("\xe3\x80\x80"), "full-width space",
		"a blank" },
	[HYPHEN] = { FA_STR_INIT("－"), "full-width hyphen", "'-'" },
	[HASH] = { FA_STR_INIT("＃"), "full-width number sign", "'#'" },
	[OPEN] = { FA_STR_INIT("“"), "curly quote", "'\"'" },
	[CLOSE] = { FA_STR_INIT("”"), "curly quote", "'\"'" },
	[OPEN_1] = { FA_STR_INIT("‘"), "curly quote", "\"'\"" },
	[CLOSE_1] = { FA_STR_INIT("’"), "curly quote", "\"'\"" },
};

int
fa_yaml_fail(
	const struct fa_yaml_source *s, size_t at, int rc, const char *fmt, ...)
{
	char what[FA_ERR_MSG_BYTES];
	size_t line;
	size_t column;
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(what, sizeof(what), fmt, ap) < 0)
		what[0] = '\0';
	va_end(ap);
	fa_yaml_place(s, at, &line, &column);
	return fa_fail(s->err, rc, "%.*s:%zu:%zu: %s", FA_STR_ARG(s->file),
		line, column, what);
}

void
fa_yaml_place(
	const struct fa_yaml_source *s, size_t at, size_t *line, size_t *column)
{
	size_t lo = 0;
	size_t hi = s->lines;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->line[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	*line = lo + 1;
	*column = at - s->line[lo] + 1;
}

size_t
fa_yaml_offset(const struct fa_yaml_source *s, size_t line, size_t column)
{
	size_t at;

	if (line >= s->lines)
		return s->text.n;
	at = s->line[line];
	while (column-- > 0 && at < s->text.n) {
		uint32_t cp;

		at += fa_utf8_next(fa_str_sub(s->text, at, s->text.n), &cp);
	}
	return at;
}

static int
find_lines(struct fa_yaml_source *s, struct fa_arena *a)
{
	size_t n = 1;

	for (size_t i = 0; i < s->text.n; i++)
		n += s->text.p[i] == '\n';
	s->line = fa_arena_new(a, n, sizeof(*s->line));
	if (s->line == NULL) {
		return fa_fail(s->err, FA_E_NOMEM, "out of memory for %.*s",
			FA_STR_ARG(s->file));
	}
	s->lines = 1;
	for (size_t i = 0; i < s->text.n; i++) {
		if (s->text.p[i] == '\n')
			s->line[s->lines++] = i + 1;
	}
	return FA_OK;
}

static int
check_rune(const struct fa_yaml_source *s, size_t at, uint32_t cp, size_t n)
{
	if (cp == FA_RUNE_BAD && n == 1) {
		return fa_yaml_fail(s, at, FA_E_INPUT,
			"byte 0x%02x is not UTF-8",
			(unsigned)(unsigned char)s->text.p[at]);
	}
	if (cp == '\r' && (at + 1 == s->text.n || s->text.p[at + 1] != '\n')) {
		return fa_yaml_fail(
			s, at, FA_E_INPUT, "carriage return without line feed");
	}
	if ((cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') ||
		(cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029 ||
		cp == 0xfeff) {
		return fa_yaml_fail(s, at, FA_E_INPUT,
			"invisible character U+%04X", (unsigned)cp);
	}
	return FA_OK;
}

static int
check_runes(const struct fa_yaml_source *s)
{
	bool indent = true;

	for (size_t at = 0; at < s->text.n;) {
		uint32_t cp;
		size_t n =
			fa_utf8_next(fa_str_sub(s->text, at, s->text.n), &cp);
		int rc = check_rune(s, at, cp, n);

		if (rc != FA_OK)
			return rc;
		if (indent && cp == '\t') {
			return fa_yaml_fail(s, at, FA_E_INPUT,
				"tab in the indentation; use blanks");
		}
		indent = cp == '\n' || (indent && cp == ' ');
		at += n;
	}
	return FA_OK;
}

int
fa_yaml_source_init(struct fa_yaml_source *s, struct fa_str text,
	struct fa_str file, struct fa_arena *a, struct fa_err *err)
{
	int rc;

	*s = (struct fa_yaml_source){ .text = text, .file = file, .err = err };
	rc = find_lines(s, a);
	return rc != FA_OK ? rc : check_runes(s);
}

static int
fail_ime(const struct fa_yaml_source *s, size_t at, size_t which)
{
	const struct ime *i = &ime_table[which];

	return fa_yaml_fail(s, at, FA_E_INPUT, "%s '%s' where %s was meant",
		i->name, i->typed.p, i->meant);
}

static bool
starts(const struct fa_yaml_source *s, size_t at, size_t which)
{
	return fa_str_starts(
		fa_str_sub(s->text, at, s->text.n), ime_table[which].typed);
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
		c == '-';
}

/* The end of a word such as our keys are: lower case, so that prose like
 * "SDK：…" is none. Returns from when there is no word. */
static size_t
word_end(const struct fa_yaml_source *s, size_t from, size_t to)
{
	size_t at = from;

	if (at < to && s->text.p[at] >= '0' && s->text.p[at] <= '9')
		return from;
	while (at < to && is_word(s->text.p[at]))
		at++;
	return at;
}

int
fa_yaml_check_item(const struct fa_yaml_source *s, size_t from, size_t to)
{
	size_t at;

	if (starts(s, from, HYPHEN))
		return fail_ime(s, from, HYPHEN);
	if (starts(s, from, HASH))
		return fail_ime(s, from, HASH);
	if (from < to && s->text.p[from] == '-' && starts(s, from + 1, SPACE))
		return fail_ime(s, from + 1, SPACE);
	at = word_end(s, from, to);
	if (at > from) {
		while (at < to && s->text.p[at] == ' ')
			at++;
		if (starts(s, at, COLON))
			return fail_ime(s, at, COLON);
		if (at < to && s->text.p[at] == ':' && starts(s, at + 1, SPACE))
			return fail_ime(s, at + 1, SPACE);
	}
	return fa_yaml_check_value(s, from, to);
}

/* Text that stands in one pair of curly quotes was meant to be quoted; with
 * more than one pair, or text behind, they belong to the text. */
static int
check_quotes(const struct fa_yaml_source *s, size_t from, size_t to,
	size_t open, size_t close)
{
	struct fa_str item = fa_str_sub(s->text, from, to);
	struct fa_str quote = ime_table[close].typed;
	size_t end;

	if (!starts(s, from, open))
		return FA_OK;
	end = fa_str_find(item, quote, 0);
	if (end == SIZE_MAX || end + quote.n < item.n)
		return FA_OK;
	return fail_ime(s, from, open);
}

int
fa_yaml_check_value(const struct fa_yaml_source *s, size_t from, size_t to)
{
	int rc;

	if (starts(s, from, SPACE))
		return fail_ime(s, from, SPACE);
	rc = check_quotes(s, from, to, OPEN, CLOSE);
	return rc != FA_OK ? rc : check_quotes(s, from, to, OPEN_1, CLOSE_1);
}

int
fa_yaml_check_key(const struct fa_yaml_source *s, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++) {
		for (size_t i = 0; i < FA_COUNT(ime_table); i++) {
			if (starts(s, at, i))
				return fail_ime(s, at, i);
		}
	}
	return FA_OK;
}

int
fa_yaml_fail_indicator(const struct fa_yaml_source *s, size_t at)
{
	char c = at < s->text.n ? s->text.p[at] : ' ';

	if (c == '[' || c == '{') {
		return fa_yaml_fail(s, at, FA_E_INPUT,
			"flow collection '%c'; write one item per line, or "
			"put text in quotes",
			c);
	}
	if (c == '*' || c == '&' || c == '!') {
		return fa_yaml_fail(s, at, FA_E_INPUT,
			"%s '%c' is not allowed; put text in quotes",
			c == '*'           ? "alias"
				: c == '&' ? "anchor"
					   : "tag",
			c);
	}
	return fa_yaml_fail(s, at, FA_E_INPUT,
		"text cannot begin with '%c'; put it in quotes", c);
}

static size_t
skip_blanks(const struct fa_yaml_source *s, size_t at, size_t to)
{
	while (at < to && s->text.p[at] == ' ')
		at++;
	return at;
}

/* The range of a line without blanks, line end, and the dashes of lists. */
static void
trim_line(const struct fa_yaml_source *s, size_t line, size_t *from, size_t *to)
{
	size_t end = line + 1 < s->lines ? s->line[line + 1] : s->text.n;
	struct fa_str rest = fa_str_sub(s->text, s->line[line], end);
	size_t at;

	rest = fa_str_trim(rest);
	end = (size_t)(rest.p - s->text.p) + rest.n;
	at = end - rest.n;
	while (at + 1 < end && s->text.p[at] == '-' && s->text.p[at + 1] == ' ')
		at = skip_blanks(s, at + 1, end);
	*from = at;
	*to = end;
}

int
fa_yaml_check_line(const struct fa_yaml_source *s, size_t line)
{
	size_t from;
	size_t to;
	size_t at;
	int rc;

	if (line >= s->lines || s->text.n == 0)
		return FA_OK;
	trim_line(s, line, &from, &to);
	rc = fa_yaml_check_item(s, from, to);
	if (rc != FA_OK)
		return rc;
	at = word_end(s, from, to);
	if (at > from && at < to && s->text.p[at] == ':')
		from = skip_blanks(s, at + 1, to);
	if (from >= to)
		return FA_OK;
	if (memchr("[{*&!@`%", s->text.p[from], 8) != NULL)
		return fa_yaml_fail_indicator(s, from);
	return fa_yaml_check_value(s, from, to);
}
