/* Blanks, comments and regular expressions. */
#include "read/code.h"

#define LONG_LINE_BYTES 4096 /* looked over once for a regular expression */

bool
fa_code_is_word(char ch, bool first)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
		ch == '_' || ch == '$' || (unsigned char)ch >= 0x80 ||
		(!first && ch >= '0' && ch <= '9');
}

static size_t
line_end(const struct fa_code *c, size_t at)
{
	while (at < c->end && c->text.p[at] != '\n' && c->text.p[at] != '\r')
		at++;
	return at;
}

static void
remark(const struct fa_code *c, size_t from, size_t to, size_t head,
	size_t tail)
{
	fa_build_remark(c->b, from, to,
		(struct fa_range){
			(uint32_t)(from + head), (uint32_t)(to - tail) });
}

static size_t
block_comment(const struct fa_code *c, size_t from, bool tell)
{
	size_t at = from + 2;
	size_t depth = 1;

	while (at < c->end && depth > 0) {
		char ch = c->text.p[at];
		char next = fa_code_char(c, at + 1);

		if (ch == '*' && next == '/') {
			depth--;
			at += 2;
		} else if (ch == '/' && next == '*' &&
			(c->flags & FA_CODE_NESTED) != 0) {
			depth++;
			at += 2;
		} else {
			at++;
		}
	}
	if (at > c->end)
		at = c->end;
	if (tell && depth > 0)
		fa_code_complain(c, from, "begins a comment without an end");
	if (tell)
		remark(c, from, at, 2, depth == 0 ? 2 : 0);
	return at;
}

size_t
fa_code_comment(const struct fa_code *c, size_t at, bool tell)
{
	char next = fa_code_char(c, at + 1);
	size_t to;

	if (fa_code_char(c, at) != '/')
		return at;
	if (next == '*')
		return block_comment(c, at, tell);
	if (next != '/')
		return at;
	to = line_end(c, at);
	if (tell)
		remark(c, at, to, 2, 0);
	return to;
}

size_t
fa_code_trivia(const struct fa_code *c, size_t at, bool tell)
{
	while (at < c->end) {
		char ch = c->text.p[at];
		size_t to = at;

		if (ch == ' ' || (ch >= '\t' && ch <= '\r'))
			to = at + 1;
		else if (ch == '/')
			to = fa_code_comment(c, at, tell);
		if (to == at)
			return at;
		at = to;
	}
	return at;
}

size_t
fa_code_regex(struct fa_code *c, size_t at)
{
	bool set = false;
	size_t i = at + 1;

	if (at < c->no_regex)
		return at;
	/* ECMA-262 12.9.5: it does not go over lines; a / in a class is of
	 * it. */
	for (; i < c->end; i++) {
		char ch = c->text.p[i];

		if (ch == '\n' || ch == '\r')
			break;
		if (ch == '\\')
			i++;
		else if (ch == '[')
			set = true;
		else if (ch == ']')
			set = false;
		else if (ch == '/' && !set)
			return i + 1;
	}
	if (i - at > LONG_LINE_BYTES)
		c->no_regex = i;
	return at;
}
