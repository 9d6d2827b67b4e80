/* Escapes in literals. */
#include "base/num.h"
#include "read/code.h"

/* Hexadecimal digits at at, at most max. */
static size_t
digits(const struct fa_code *c, size_t at, size_t max, uint64_t *value)
{
	size_t n = 0;

	while (n < max && at + n < c->end) {
		char ch = c->text.p[at + n];

		if (!((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f') ||
			    (ch >= 'A' && ch <= 'F')))
			break;
		n++;
	}
	if (!fa_num_hex(fa_str_sub(c->text, at, at + n), UINT32_MAX, value))
		*value = FA_RUNE_BAD;
	return n;
}

/* \uXXXX at at (the u); the place behind, or at when it is none. */
static size_t
four(const struct fa_code *c, size_t at, uint64_t *value)
{
	while (fa_code_char(c, at + 1) == 'u')
		at++; /* JLS 3.3: any number of u */
	return digits(c, at + 1, 4, value) == 4 ? at + 5 : at;
}

/* Unicode escapes; at is the u. */
static size_t
unicode(struct fa_code *c, size_t from, size_t at)
{
	uint64_t v = 0;
	uint64_t low = 0;
	size_t to;

	if (fa_code_char(c, at + 1) == '{') {
		to = at + 2 + digits(c, at + 2, 8, &v);
		if (fa_code_char(c, to) != '}')
			return at;
		to++;
	} else {
		to = four(c, at, &v);
		if (to == at)
			return at;
		if (v >= 0xd800 && v < 0xdc00 && fa_code_char(c, to) == '\\' &&
			fa_code_char(c, to + 1) == 'u') {
			size_t end = four(c, to + 1, &low);

			if (end > to + 1 && low >= 0xdc00 && low < 0xe000) {
				v = 0x10000 + ((v - 0xd800) << 10) +
					(low - 0xdc00);
				to = end;
			}
		}
	}
	if (v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		v = FA_RUNE_BAD;
	fa_strings_cell(&c->s, (uint32_t)v, from, to);
	return to;
}

/* JLS 3.10.7, ECMA-262 B.1.2: up to three octal digits. */
static size_t
octal(struct fa_code *c, size_t from, size_t at)
{
	uint32_t v = 0;
	size_t n = 0;

	for (; n < 3 && v < 32; n++) {
		char ch = fa_code_char(c, at + n);

		if (ch < '0' || ch > '7')
			break;
		v = v * 8 + (uint32_t)(ch - '0');
	}
	fa_strings_cell(&c->s, v, from, at + n);
	return at + n;
}

static uint32_t
plain(char ch)
{
	switch (ch) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 'b':
		return '\b';
	case 't':
	case 'f':
	case 'v':
	case 's':
		return ' ';
	default:
		return (unsigned char)ch;
	}
}

/* A line that ends in a backslash goes on. */
static size_t
line_end(const struct fa_code *c, size_t at)
{
	if (fa_code_char(c, at) == '\r' && fa_code_char(c, at + 1) == '\n')
		return at + 2;
	return at + 1;
}

size_t
fa_code_escape(struct fa_code *c, size_t at, const struct fa_code_quote *q)
{
	size_t next = at + 1 + q->hashes;
	char ch = fa_code_char(c, next);
	uint32_t cp;
	uint64_t v;
	size_t to;

	if (next >= c->end) {
		return c->end;
	} else if (ch == '\n' || ch == '\r') {
		return line_end(c, next);
	} else if (ch == 'u') {
		to = unicode(c, at, next);
		if (to > next)
			return to;
	} else if (ch >= '0' && ch <= '7') {
		return octal(c, at, next);
	} else if (ch == 'x' && digits(c, next + 1, 2, &v) == 2) {
		fa_strings_cell(&c->s, (uint32_t)v, at, next + 3);
		return next + 3;
	} else if ((unsigned char)ch >= 0x80) {
		to = next +
			fa_utf8_next(fa_str_sub(c->text, next, c->end), &cp);
		fa_strings_cell(&c->s, cp, at, to);
		return to;
	}
	fa_strings_cell(&c->s, plain(ch), at, next + 1);
	return next + 1;
}
