/* The tokenizer's main states: data, tags and attributes. */
#include "read/html_lex.h"

#include <string.h>

void
fa_html_lex_init(struct fa_html_lex *l, struct fa_str in)
{
	*l = (struct fa_html_lex){
		.in = in, .model = FA_HTML_DATA, .simd = fa_cpu_simd()
	};
}

/* Text from the cursor to to, if there is any. */
void
fa_html_lex_text(struct fa_html_lex *l, struct fa_html_token *t, size_t to)
{
	if (to == l->at)
		return;
	t->kind = FA_HTML_TEXT;
	t->from = l->at;
	t->to = to;
	l->at = to;
}

/* §13.2.5.72: '&' at the cursor: a reference, or text of one byte. */
void
fa_html_lex_reference(struct fa_html_lex *l, struct fa_html_token *t)
{
	struct fa_str rest = fa_str_sub(l->in, l->at, l->in.n);

	if (!fa_html_charref(rest, false, &t->ref)) {
		fa_html_lex_text(l, t, l->at + 1);
		return;
	}
	t->kind = FA_HTML_CHARREF;
	t->from = l->at;
	t->to = l->at += t->ref.bytes;
}

static void
add_attr(struct fa_html_token *t, struct fa_str name, struct fa_str value)
{
	if (t->attr_n < FA_HTML_ATTRS)
		t->attr[t->attr_n++] = (struct fa_html_attr){ name, value };
}

static void
skip_blanks(struct fa_html_lex *l)
{
	while (l->at < l->in.n && fa_html_blank(l->in.p[l->at]))
		l->at++;
}

/* §13.2.5.35-38: before and in an attribute value; false at the end of the
 * input. */
static bool
attr_value(struct fa_html_lex *l, struct fa_str *value)
{
	struct fa_str in = l->in;
	size_t from;
	char c;

	skip_blanks(l);
	if (l->at >= in.n)
		return false;
	c = in.p[l->at];
	if (c == '"' || c == '\'') {
		const char *end;

		from = ++l->at;
		end = memchr(in.p + from, c, in.n - from);
		if (end == NULL)
			return false;
		*value = (struct fa_str){ in.p + from,
			(size_t)(end - in.p) - from };
		l->at = (size_t)(end - in.p) + 1;
		return true;
	}
	from = l->at;
	while (l->at < in.n && !fa_html_blank(in.p[l->at]) &&
		in.p[l->at] != '>')
		l->at++;
	*value = fa_str_sub(in, from, l->at);
	return l->at < in.n;
}

static bool
ends_name(char c)
{
	return fa_html_blank(c) || c == '/' || c == '>' || c == '=';
}

/* §13.2.5.33-34: an attribute at the cursor. A leading '=' belongs to its
 * name. */
static bool
attr(struct fa_html_lex *l, struct fa_html_token *t)
{
	struct fa_str in = l->in;
	size_t from = l->at++;
	struct fa_str name;
	struct fa_str value;

	while (l->at < in.n && !ends_name(in.p[l->at]))
		l->at++;
	name = fa_str_sub(in, from, l->at);
	value = fa_str_sub(in, l->at, l->at);
	skip_blanks(l);
	if (l->at < in.n && in.p[l->at] == '=') {
		l->at++;
		if (!attr_value(l, &value))
			return false;
	}
	add_attr(t, name, value);
	return true;
}

/* §13.2.5.32, 39, 40: from behind the tag name to behind '>'; false at the
 * end of the input, where the tag is dropped. */
static bool
attrs(struct fa_html_lex *l, struct fa_html_token *t)
{
	for (;;) {
		skip_blanks(l);
		if (l->at >= l->in.n)
			return false;
		if (l->in.p[l->at] == '>') {
			l->at++;
			return true;
		}
		if (l->in.p[l->at] == '/') {
			l->at++;
			if (l->at < l->in.n && l->in.p[l->at] == '>') {
				t->self_closing = true;
				l->at++;
				return true;
			}
			continue;
		}
		if (!attr(l, t))
			return false;
	}
}

/* The content model behind a start tag, as §13.2.6 (tree construction) sets
 * it, with scripting enabled. */
static enum fa_html_model
model_after(const struct fa_html_lex *l, unsigned tag)
{
	unsigned flags = fa_tag_flags(tag);

	if (l->foreign)
		return FA_HTML_DATA;
	if (tag == FA_TAG_SCRIPT)
		return FA_HTML_SCRIPT;
	if (tag == FA_TAG_PLAINTEXT)
		return FA_HTML_PLAINTEXT;
	if ((flags & FA_TAG_RCDATA) != 0)
		return FA_HTML_RCDATA;
	return (flags & FA_TAG_RAWTEXT) != 0 ? FA_HTML_RAWTEXT : FA_HTML_DATA;
}

/* §13.2.5.8: a tag whose '<' or '</' is at the cursor. */
void
fa_html_lex_tag(struct fa_html_lex *l, struct fa_html_token *t, bool end)
{
	size_t begin = l->at;
	size_t from = begin + (end ? 2 : 1);
	size_t at = from;

	while (at < l->in.n && !fa_html_blank(l->in.p[at]) &&
		l->in.p[at] != '/' && l->in.p[at] != '>')
		at++;
	l->at = at;
	t->attr_n = 0;
	t->self_closing = false;
	if (!attrs(l, t)) {
		l->at = l->in.n;
		return;
	}
	t->kind = end ? FA_HTML_END : FA_HTML_START;
	t->name = fa_str_sub(l->in, from, at);
	t->tag = fa_tag_find(t->name);
	t->from = begin;
	t->to = l->at;
	if (end) {
		l->model = FA_HTML_DATA;
	} else {
		l->last_start = t->name;
		l->model = model_after(l, t->tag);
		l->dashes = 0;
	}
}

/* §13.2.5.6-7: '<' at the cursor. */
static void
tag_open(struct fa_html_lex *l, struct fa_html_token *t)
{
	char c = l->at + 1 < l->in.n ? l->in.p[l->at + 1] : '\0';
	char d = l->at + 2 < l->in.n ? l->in.p[l->at + 2] : '\0';

	if (fa_html_alpha(c))
		fa_html_lex_tag(l, t, false);
	else if (c == '!')
		fa_html_lex_markup(l, t);
	else if (c == '?')
		fa_html_lex_bogus(l, t, l->at + 1);
	else if (c != '/')
		fa_html_lex_text(l, t, l->at + 1);
	else if (fa_html_alpha(d))
		fa_html_lex_tag(l, t, true);
	else if (d == '>')
		l->at += 3;
	else if (l->at + 2 < l->in.n)
		fa_html_lex_bogus(l, t, l->at + 2);
	else
		fa_html_lex_text(l, t, l->in.n);
}

/* §13.2.5.1 */
static void
data(struct fa_html_lex *l, struct fa_html_token *t)
{
	/* '<' and '&' */
	static const struct fa_scan_set ends = { { [0xc] = 8, [6] = 4 } };
	size_t at = fa_html_lex_find(l, &ends, l->at);

	if (at > l->at)
		fa_html_lex_text(l, t, at);
	else if (l->in.p[at] == '&')
		fa_html_lex_reference(l, t);
	else
		tag_open(l, t);
}

/* §13.2.5.5 */
static void
plaintext(struct fa_html_lex *l, struct fa_html_token *t)
{
	fa_html_lex_text(l, t, l->in.n);
}

typedef void lex_fn(struct fa_html_lex *l, struct fa_html_token *t);

static lex_fn *const models[FA_HTML_MODELS] = {
	[FA_HTML_DATA] = data,
	[FA_HTML_RCDATA] = fa_html_lex_raw,
	[FA_HTML_RAWTEXT] = fa_html_lex_raw,
	[FA_HTML_SCRIPT] = fa_html_lex_script,
	[FA_HTML_SCRIPT_ESCAPED] = fa_html_lex_script,
	[FA_HTML_SCRIPT_DOUBLE] = fa_html_lex_script,
	[FA_HTML_PLAINTEXT] = plaintext,
	[FA_HTML_CDATA] = fa_html_lex_cdata,
};

void
fa_html_lex_next(struct fa_html_lex *l, struct fa_html_token *t)
{
	t->kind = FA_HTML_EOF;
	t->attr_n = 0;
	while (t->kind == FA_HTML_EOF && l->at < l->in.n)
		models[l->model](l, t);
}
