#include "read/xml_lex.h"

#include <string.h>

#include "base/utf8.h"
#include "read/html_charref.h"

#define REF_BYTES 40

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* XML 1.0, 2.3; characters beyond ASCII all count as letters. */
static bool
begins_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		c == ':' || (unsigned char)c >= 0x80;
}

static bool
is_name(char c)
{
	return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static size_t
name_end(struct fa_str in, size_t at)
{
	while (at < in.n && is_name(in.p[at]))
		at++;
	return at;
}

static void
text(struct fa_xml_lex *x, struct fa_xml_token *t, size_t to)
{
	t->kind = FA_XML_TEXT;
	t->to = to;
	t->inner_from = t->from;
	t->inner_to = to;
	x->at = to;
}

static size_t
next_open(struct fa_str in, size_t from)
{
	size_t at = fa_str_find(in, FA_STR("<"), from);

	return at == SIZE_MAX ? in.n : at;
}

/* A token between two marks; without the second it goes to the end. */
static void
enclosed(struct fa_xml_lex *x, struct fa_xml_token *t, enum fa_xml_kind kind,
	size_t mark, struct fa_str close, const char *wrong)
{
	size_t end = fa_str_find(x->in, close, t->from + mark);

	t->kind = kind;
	t->inner_from = t->from + mark;
	if (end == SIZE_MAX) {
		t->wrong = wrong;
		t->inner_to = t->to = x->in.n;
	} else {
		t->inner_to = end;
		t->to = end + close.n;
	}
	if (t->inner_from > t->inner_to) /* "<!-->" */
		t->inner_from = t->inner_to;
	x->at = t->to;
}

/* <!DOCTYPE name [ declarations ]> */
static void
declaration(struct fa_xml_lex *x, struct fa_xml_token *t)
{
	size_t at = t->from;

	while (at < x->in.n && x->in.p[at] != '>' && x->in.p[at] != '[')
		at++;
	if (at < x->in.n && x->in.p[at] == '[')
		at = fa_str_find(x->in, FA_STR("]"), at);
	if (at < x->in.n)
		at = fa_str_find(x->in, FA_STR(">"), at);
	t->kind = FA_XML_OTHER;
	t->to = at < x->in.n ? at + 1 : x->in.n;
	if (at >= x->in.n)
		t->wrong = "a declaration that does not end";
	t->inner_from = t->inner_to = t->to;
	x->at = t->to;
}

/* Where a tag ends, whose attributes begin at at: its '>', or in.n. An open
 * quote or a '<' before it is a mistake: then the first '>' is it. */
static size_t
tag_end(struct fa_str in, size_t at, const char **wrong)
{
	size_t first = in.n;
	char quote = '\0';

	for (; at < in.n && in.p[at] != '<'; at++) {
		char c = in.p[at];

		if (c == '>' && first == in.n)
			first = at;
		if (c == '>' && quote == '\0')
			return at;
		if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
		else if (c == quote)
			quote = '\0';
	}
	*wrong = quote != '\0' ? "an attribute value without its closing quote"
			       : "a tag without its closing '>'";
	return first;
}

static void
tag(struct fa_xml_lex *x, struct fa_xml_token *t)
{
	size_t at = t->from + 1;
	bool closes = at < x->in.n && x->in.p[at] == '/';
	size_t begin = closes ? at + 1 : at;
	size_t end;

	if (begin >= x->in.n || !begins_name(x->in.p[begin])) {
		t->wrong = "a '<' that begins no tag";
		text(x, t, next_open(x->in, t->from + 1));
		return;
	}
	at = name_end(x->in, begin);
	end = tag_end(x->in, at, &t->wrong);
	if (end == x->in.n) {
		text(x, t, next_open(x->in, t->from + 1));
		return;
	}
	t->kind = closes ? FA_XML_END : FA_XML_START;
	t->name = fa_str_sub(x->in, begin, at);
	t->empty = !closes && x->in.p[end - 1] == '/';
	t->inner_from = at;
	t->inner_to = t->empty && end > at ? end - 1 : end;
	t->to = end + 1;
	x->at = t->to;
}

void
fa_xml_lex_next(struct fa_xml_lex *x, struct fa_xml_token *t)
{
	struct fa_str rest;

	*t = (struct fa_xml_token){ .from = x->at, .to = x->at };
	if (x->at >= x->in.n)
		return;
	rest = fa_str_sub(x->in, x->at, x->in.n);
	if (rest.p[0] != '<')
		text(x, t, next_open(x->in, x->at));
	else if (fa_str_starts(rest, FA_STR("<!--")))
		enclosed(x, t, FA_XML_COMMENT, 4, FA_STR("-->"),
			"a comment that does not end");
	else if (fa_str_starts(rest, FA_STR("<![CDATA[")))
		enclosed(x, t, FA_XML_CDATA, 9, FA_STR("]]>"),
			"a CDATA section that does not end");
	else if (fa_str_starts(rest, FA_STR("<?")))
		enclosed(x, t, FA_XML_OTHER, 2, FA_STR("?>"),
			"a processing instruction that does not end");
	else if (fa_str_starts(rest, FA_STR("<!")))
		declaration(x, t);
	else
		tag(x, t);
}

bool
fa_xml_attr_next(const struct fa_xml_lex *x, const struct fa_xml_token *t,
	size_t *at, struct fa_xml_attr *out)
{
	struct fa_str in = x->in;
	size_t i = *at;

	while (i < t->inner_to) {
		size_t begin, end;

		if (!begins_name(in.p[i])) {
			i++;
			continue;
		}
		begin = i;
		i = name_end(in, i);
		out->name = fa_str_sub(in, begin, i);
		while (i < t->inner_to && is_blank(in.p[i]))
			i++;
		if (i >= t->inner_to || in.p[i] != '=')
			continue;
		for (i++; i < t->inner_to && is_blank(in.p[i]);)
			i++;
		if (i >= t->inner_to || (in.p[i] != '"' && in.p[i] != '\''))
			continue;
		end = fa_str_find(fa_str_sub(in, 0, t->inner_to),
			fa_str_sub(in, i, i + 1), i + 1);
		out->from = i + 1;
		out->to = end < t->inner_to ? end : t->inner_to;
		*at = out->to + 1;
		return true;
	}
	return false;
}

struct fa_str
fa_xml_attr(const struct fa_xml_lex *x, const struct fa_xml_token *t,
	struct fa_str name)
{
	size_t at = t->inner_from;
	struct fa_xml_attr a;

	while (fa_xml_attr_next(x, t, &at, &a))
		if (fa_str_eq(a.name, name))
			return fa_str_sub(x->in, a.from, a.to);
	return FA_STR_NONE;
}

uint32_t
fa_xml_char(struct fa_str in, size_t at, size_t end, size_t *n)
{
	struct fa_str rest = fa_str_sub(in, at, end);
	struct fa_html_charref ref;
	uint32_t cp;

	if (rest.p[0] == '&' &&
		fa_html_charref(fa_str_sub(rest, 0, REF_BYTES), false, &ref) &&
		ref.n == 1 && rest.p[ref.bytes - 1] == ';') {
		*n = ref.bytes;
		return ref.cp[0];
	}
	*n = fa_utf8_next(rest, &cp);
	return cp;
}

struct fa_str
fa_xml_local(struct fa_str name)
{
	size_t colon = fa_str_find(name, FA_STR(":"), 0);

	return colon == SIZE_MAX ? name : fa_str_sub(name, colon + 1, name.n);
}
