/* Strings files of Apple, in the form of old property lists:
 *
 *   file   = { comment | entry }
 *   entry  = string [ "=" value ] ";"
 *   value  = string | "{" { entry } "}" | "(" string { "," string } ")"
 *   string = '"' ... '"' | "'" ... "'" | letters, digits, _ $ / : . -
 *
 * Escapes: \n \t \r \a \b \f \v \" \' \\ \Uxxxx (UTF-16) and octal \ooo. A
 * string without "=" is its own value. */
#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"
#include "read/extract.h"
#include "read/plist.h"
#include "read/strings.h"

enum kind { KIND_EOF, KIND_STRING, KIND_MARK };

struct token {
	enum kind kind;
	char mark;                   /* of a mark */
	size_t from, to;             /* as it stands */
	size_t inner_from, inner_to; /* string: without quotes */
};

struct apple {
	struct fa_strings s;
	struct fa_str in;
	size_t at;
	struct fa_buf name;
	struct token key; /* a string that waits for its value */
	bool waits, equals;
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* CFOldStylePList: characters of a string without quotes. */
static bool
is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || (c != '\0' && strchr("_$/:.-", c)) ||
		(unsigned char)c >= 0x80;
}

/* A comment at l->at, or false. */
static bool
comment(struct apple *l)
{
	struct fa_str rest = fa_str_sub(l->in, l->at, l->in.n);
	size_t from = l->at, end;
	bool block = fa_str_starts(rest, FA_STR("/*"));

	if (!block && !fa_str_starts(rest, FA_STR("//")))
		return false;
	if (block) {
		end = fa_str_find(l->in, FA_STR("*/"), from + 2);
		if (end == SIZE_MAX) {
			fa_build_complain(
				l->s.b, from, "a comment that does not end");
			end = l->in.n;
		}
		l->at = end + 2 < l->in.n ? end + 2 : l->in.n;
	} else {
		for (end = from + 2; end < l->in.n && l->in.p[end] != '\n' &&
			l->in.p[end] != '\r';)
			end++;
		l->at = end;
	}
	fa_build_remark(l->s.b, from, l->at,
		(struct fa_range){ (uint32_t)from + 2, (uint32_t)end });
	return true;
}

static void
quoted(struct apple *l, struct token *t)
{
	char quote = l->in.p[l->at];
	size_t i = l->at + 1;

	while (i < l->in.n && l->in.p[i] != quote)
		i += l->in.p[i] == '\\' && i + 1 < l->in.n ? 2 : 1;
	t->kind = KIND_STRING;
	t->inner_from = l->at + 1;
	t->inner_to = i < l->in.n ? i : l->in.n;
	if (i >= l->in.n)
		fa_build_complain(
			l->s.b, l->at, "a string without its closing quote");
	l->at = i < l->in.n ? i + 1 : l->in.n;
}

static struct token
next(struct apple *l)
{
	struct token t = { .kind = KIND_EOF };

	while (l->at < l->in.n && (is_blank(l->in.p[l->at]) || comment(l)))
		l->at += l->at < l->in.n && is_blank(l->in.p[l->at]);
	t.from = l->at;
	if (l->at >= l->in.n) {
		t.to = l->at;
		return t;
	}
	if (l->in.p[l->at] == '"' || l->in.p[l->at] == '\'') {
		quoted(l, &t);
	} else if (is_bare(l->in.p[l->at])) {
		t.kind = KIND_STRING;
		t.inner_from = l->at;
		while (l->at < l->in.n && is_bare(l->in.p[l->at]))
			l->at++;
		t.inner_to = l->at;
	} else {
		t.kind = KIND_MARK;
		t.mark = l->in.p[l->at++];
	}
	t.to = l->at;
	return t;
}

/* An escape behind the backslash at in[at]; returns its bytes. */
static size_t
escape(struct fa_str in, size_t at, uint32_t *cp)
{
	size_t n = 0;

	if (in.p[at] == 'U' || in.p[at] == 'u') {
		n = fa_escape_utf16(in, at, cp);
		if (n > 0)
			return n;
	}
	if (in.p[at] >= '0' && in.p[at] <= '7') {
		for (*cp = 0; n < 3 && at + n < in.n && in.p[at + n] >= '0' &&
			in.p[at + n] <= '7';
			n++)
			*cp = *cp * 8 + (uint32_t)(in.p[at + n] - '0');
		return n;
	}
	n = fa_utf8_next(fa_str_sub(in, at, in.n), cp);
	if (n == 1)
		*cp = fa_escape_letter(in.p[at]);
	return n;
}

static void
cells(struct apple *l, const struct token *t)
{
	struct fa_str in = fa_str_sub(l->in, 0, t->inner_to);
	size_t at = t->inner_from;
	bool bare = t->inner_from == t->from;

	while (at < in.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(in, at, in.n), &cp);

		if (cp == '\\' && !bare && at + 1 < in.n)
			n = 1 + escape(in, at + 1, &cp);
		fa_strings_cell(&l->s, cp, at, at + n);
		at += n;
	}
}

static void
put(struct apple *l, const struct token *value)
{
	if (l->waits) {
		cells(l, &l->key);
		fa_strings_name(&l->s, &l->name);
	}
	cells(l, value);
	fa_strings_group_for(&l->s, fa_buf_str(&l->name));
	fa_strings_put(&l->s, fa_buf_str(&l->name));
}

static void
string(struct apple *l, const struct token *t)
{
	if (l->waits && l->equals) {
		put(l, t);
		l->waits = l->equals = false;
		return;
	}
	if (l->waits)
		fa_build_complain(l->s.b, t->from,
			"a string where \"=\" or \";\" should stand");
	l->key = *t;
	l->waits = true;
	l->equals = false;
}

static void
mark(struct apple *l, const struct token *t)
{
	switch (t->mark) {
	case '=':
		if (!l->waits)
			fa_build_complain(
				l->s.b, t->from, "a \"=\" without a key");
		l->equals = l->waits;
		break;
	case ';':
		if (l->waits && l->equals)
			fa_build_complain(
				l->s.b, t->from, "a \"=\" without a value");
		/* fall through */
	case ',':
	case ')':
		if (l->waits && !l->equals)
			put(l, &l->key);
		l->waits = l->equals = false;
		break;
	case '{':
	case '}':
	case '(':
		l->waits = l->equals = false;
		break;
	default:
		fa_build_complain(l->s.b, t->from,
			"a character that no strings file has there");
		break;
	}
}

int
fa_apple_extract(struct fa_build *b, struct fa_err *err)
{
	struct apple l = { .in = b->src->text };
	struct token t;

	if (fa_plist_is_xml(l.in))
		return fa_plist_strings(b, err);
	fa_strings_init(&l.s, b);
	fa_buf_init(&l.name, FA_STRINGS_KEY_BYTES);
	do {
		t = next(&l);
		if (t.kind == KIND_STRING)
			string(&l, &t);
		else if (t.kind == KIND_MARK)
			mark(&l, &t);
	} while (t.kind != KIND_EOF);
	if (l.waits) {
		fa_build_complain(b, l.key.from, "an entry that does not end");
		if (!l.equals)
			put(&l, &l.key);
	}
	if (l.name.rc != FA_OK)
		b->text.rc = l.name.rc;
	fa_buf_done(&l.name);
	fa_strings_done(&l.s);
	return FA_OK;
}
