#include "read/json_lex.h"

#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_mark(char c)
{
	return c == '{' || c == '}' || c == '[' || c == ']' || c == ':' ||
		c == ',';
}

static void
string(struct fa_json_lex *x, struct fa_json_token *t)
{
	char quote = x->in.p[x->at];
	size_t i = x->at + 1;

	while (i < x->in.n && x->in.p[i] != quote && !is_end(x->in.p[i])) {
		bool escaped = x->in.p[i] == '\\' && i + 1 < x->in.n;

		/* JSON5: a backslash at the end of a line. */
		if (escaped && x->in.p[i + 1] == '\r' && i + 2 < x->in.n &&
			x->in.p[i + 2] == '\n')
			i++;
		i += escaped ? 2 : 1;
	}
	t->kind = FA_JSON_LEX_STRING;
	t->inner_from = x->at + 1;
	t->inner_to = i;
	if (i < x->in.n && x->in.p[i] == quote)
		i++;
	else
		t->wrong = "a string without its closing quote";
	x->at = i;
}

static void
comment(struct fa_json_lex *x, struct fa_json_token *t)
{
	size_t end = x->at + 2;

	t->kind = FA_JSON_LEX_COMMENT;
	t->inner_from = end;
	if (x->in.p[x->at + 1] == '/') {
		while (end < x->in.n && !is_end(x->in.p[end]))
			end++;
		t->inner_to = x->at = end;
		return;
	}
	end = fa_str_find(x->in, FA_STR("*/"), end);
	if (end == SIZE_MAX) {
		t->wrong = "a comment that does not end";
		t->inner_to = x->at = x->in.n;
	} else {
		t->inner_to = end;
		x->at = end + 2;
	}
}

static void
word(struct fa_json_lex *x, struct fa_json_token *t)
{
	size_t i = x->at;

	while (i < x->in.n && !is_blank(x->in.p[i]) && !is_mark(x->in.p[i]) &&
		x->in.p[i] != '"' && x->in.p[i] != '\'' && x->in.p[i] != '/')
		i++;
	if (i == x->at) {
		t->wrong = "a character that no JSON has there";
		i++;
	}
	t->kind = FA_JSON_LEX_WORD;
	t->inner_from = x->at;
	t->inner_to = x->at = i;
}

void
fa_json_lex_next(struct fa_json_lex *x, struct fa_json_token *t)
{
	char c, next;

	while (x->at < x->in.n && is_blank(x->in.p[x->at]))
		x->at++;
	*t = (struct fa_json_token){ .from = x->at, .to = x->at };
	if (x->at >= x->in.n)
		return;
	c = x->in.p[x->at];
	next = x->at + 1 < x->in.n ? x->in.p[x->at + 1] : '\0';
	if (c == '"' || c == '\'') {
		string(x, t);
	} else if (is_mark(c)) {
		t->kind = FA_JSON_LEX_MARK;
		t->mark = c;
		x->opens += c == '{' || c == '[';
		x->at++;
	} else if (c == '/' && (next == '/' || next == '*')) {
		comment(x, t);
	} else {
		word(x, t);
	}
	t->to = x->at;
}

void
fa_json_lex_skip_comments(struct fa_json_lex *x, struct fa_json_token *t)
{
	do
		fa_json_lex_next(x, t);
	while (t->kind == FA_JSON_LEX_COMMENT);
}

bool
fa_json_lex_sees(const struct fa_json_lex *x, char mark)
{
	struct fa_json_lex ahead = *x;
	struct fa_json_token t;

	fa_json_lex_skip_comments(&ahead, &t);
	return t.kind == FA_JSON_LEX_MARK && t.mark == mark;
}

void
fa_json_lex_skip(struct fa_json_lex *x, const struct fa_json_token *t)
{
	struct fa_json_token at = *t;
	size_t depth = 0;

	for (;;) {
		bool mark = at.kind == FA_JSON_LEX_MARK;

		if (mark && (at.mark == '{' || at.mark == '['))
			depth++;
		else if (mark && (at.mark == '}' || at.mark == ']') &&
			depth > 0)
			depth--;
		if (depth == 0 || at.kind == FA_JSON_LEX_EOF)
			return;
		fa_json_lex_skip_comments(x, &at);
	}
}

/* The escape behind the backslash at in[at]; its bytes. */
static size_t
escape(struct fa_str in, size_t at, uint32_t *cp)
{
	size_t n;

	if (in.p[at] == 'u') {
		n = fa_escape_utf16(in, at, cp);
		if (n > 0)
			return n;
	}
	if (in.p[at] == 'x' && fa_escape_hex(in, at + 1, 2, cp))
		return 3;
	n = fa_utf8_next(fa_str_sub(in, at, in.n), cp);
	if (n == 1)
		*cp = fa_escape_letter(in.p[at]);
	return n;
}

void
fa_json_lex_cells(const struct fa_json_lex *x, const struct fa_json_token *t,
	struct fa_strings *s)
{
	struct fa_str in = fa_str_sub(x->in, 0, t->inner_to);
	size_t at = t->inner_from;

	while (at < in.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(in, at, in.n), &cp);

		if (cp == '\\' && at + 1 < in.n) {
			n = 1 + escape(in, at + 1, &cp);
			if (is_end(in.p[at + 1])) { /* goes on, no character */
				at += n;
				continue;
			}
		} else if (is_end(in.p[at])) {
			at += n;
			continue;
		}
		fa_strings_cell(s, cp, at, at + n);
		at += n;
	}
}

bool
fa_json_lex_is(const struct fa_json_lex *x, const struct fa_json_token *t,
	struct fa_str what)
{
	return fa_str_eq(fa_str_sub(x->in, t->inner_from, t->inner_to), what);
}
