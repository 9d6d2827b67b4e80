/* Properties of Java (java.util.Properties.load): logical lines of a key, a
 * separator (=, : or blanks) and a value. A line that ends with an odd number
 * of backslashes goes on in the next one, behind its leading blanks. Lines
 * that begin with # or ! are comments, which never go on. Escapes: \t \n \r
 * \f \uXXXX (UTF-16); any other character behind a backslash is itself. */
#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"
#include "read/extract.h"
#include "read/strings.h"

struct properties {
	struct fa_strings s;
	struct fa_str in;
	struct fa_buf name;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

static size_t
skip_blanks(struct fa_str in, size_t at)
{
	while (at < in.n && is_blank(in.p[at]))
		at++;
	return at;
}

/* Behind the end of a line at in[at]. */
static size_t
skip_end(struct fa_str in, size_t at)
{
	if (at < in.n && in.p[at] == '\r')
		at++;
	else if (at < in.n && in.p[at] == '\n')
		return at + 1;
	return at < in.n && in.p[at] == '\n' ? at + 1 : at;
}

/* Takes one character of a logical line at *at; false at its end. *escaped
 * tells that a backslash stood before it. */
static bool
next(struct fa_str in, size_t *at, uint32_t *cp, size_t *from, bool *escaped)
{
	size_t n;

	for (;;) {
		if (*at >= in.n || is_end(in.p[*at]))
			return false;
		if (in.p[*at] != '\\' || *at + 1 >= in.n ||
			!is_end(in.p[*at + 1]))
			break;
		*at = skip_blanks(in, skip_end(in, *at + 1));
	}
	*from = *at;
	*escaped = in.p[*at] == '\\' && *at + 1 < in.n;
	if (!*escaped) {
		*at += fa_utf8_next(fa_str_sub(in, *at, in.n), cp);
		return true;
	}
	n = in.p[*at + 1] == 'u' ? fa_escape_utf16(in, *at + 1, cp) : 0;
	if (n == 0) {
		n = fa_utf8_next(fa_str_sub(in, *at + 1, in.n), cp);
		if (n == 1 && strchr("tnrf", in.p[*at + 1]) != NULL)
			*cp = fa_escape_letter(in.p[*at + 1]);
	}
	*at += 1 + n;
	return true;
}

/* Reads the key at at; returns where its separator begins. */
static size_t
key(struct properties *p, size_t at)
{
	for (;;) {
		size_t from;
		bool escaped;
		uint32_t cp;

		if (!next(p->in, &at, &cp, &from, &escaped))
			return at;
		if (!escaped &&
			(cp == '=' || cp == ':' ||
				(cp < 0x80 && is_blank((char)cp))))
			return from;
		fa_strings_cell(&p->s, cp, from, at);
	}
}

/* Behind the separator: blanks, one = or :, blanks; lines may go on. */
static size_t
separator(struct properties *p, size_t at)
{
	bool sign = false;

	for (;;) {
		size_t from;
		bool escaped;
		uint32_t cp;

		if (!next(p->in, &at, &cp, &from, &escaped))
			return at;
		if (escaped || cp >= 0x80)
			return from;
		if (!sign && (cp == '=' || cp == ':'))
			sign = true;
		else if (!is_blank((char)cp))
			return from;
	}
}

static size_t
entry(struct properties *p, size_t at)
{
	size_t from;
	bool escaped;
	uint32_t cp;

	at = key(p, at);
	fa_strings_name(&p->s, &p->name);
	at = separator(p, at);
	while (next(p->in, &at, &cp, &from, &escaped))
		fa_strings_cell(&p->s, cp, from, at);
	fa_strings_put(&p->s, fa_buf_str(&p->name));
	return at;
}

static size_t
comment(struct properties *p, size_t from)
{
	size_t to = from;

	while (to < p->in.n && !is_end(p->in.p[to]))
		to++;
	fa_build_remark(p->s.b, from, to,
		(struct fa_range){ (uint32_t)from + 1, (uint32_t)to });
	return to;
}

int
fa_properties_extract(struct fa_build *b, struct fa_err *err)
{
	struct properties p = { .in = b->src->text };
	size_t at = 0;

	(void)err;
	fa_strings_init(&p.s, b);
	fa_buf_init(&p.name, FA_STRINGS_KEY_BYTES);
	while (at < p.in.n) {
		at = skip_blanks(p.in, at);
		if (at < p.in.n && (p.in.p[at] == '#' || p.in.p[at] == '!'))
			at = comment(&p, at);
		else if (at < p.in.n && !is_end(p.in.p[at]))
			at = entry(&p, at);
		at = skip_end(p.in, at);
	}
	if (p.name.rc != FA_OK)
		b->text.rc = p.name.rc;
	fa_buf_done(&p.name);
	fa_strings_done(&p.s);
	return FA_OK;
}
