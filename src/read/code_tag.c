/* Tags and their attributes. */
#include "read/code.h"

#include <string.h>

#include "read/html_lex.h"

static bool
ends_name(char ch)
{
	return ch == '\0' || strchr(" \t\r\n\f/>={\"'<", ch) != NULL;
}

static struct fa_str
name_at(const struct fa_code *c, size_t at)
{
	size_t to = at;

	while (to < c->end && !ends_name(c->text.p[to]))
		to++;
	return fa_str_sub(c->text, at, to);
}

static bool
has_han(struct fa_str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (fa_rune_is_han(cp))
			return true;
		s = fa_str_sub(s, n, s.n);
	}
	return false;
}

/* What a user of the element does with it makes it a button, when its text is
 * a short one. */
static bool
is_tap(struct fa_str name)
{
	return fa_code_has(name, FA_STR("bindtap")) ||
		fa_code_has(name, FA_STR("bind:tap")) ||
		fa_code_has(name, FA_STR("catchtap")) ||
		fa_str_starts(name, FA_STR("@click")) ||
		fa_str_starts(name, FA_STR("@tap")) ||
		fa_str_eq(name, FA_STR("onClick")) ||
		fa_str_eq(name, FA_STR("onPress"));
}

static void
put_static(struct fa_code *c, struct fa_str name, size_t from, size_t to)
{
	struct fa_str value = fa_str_sub(c->text, from, to);
	size_t mark = c->s.cells.n / sizeof(struct fa_cell);

	if (fa_code_is_inner(name) ||
		!(fa_code_is_shown(name) || has_han(value)))
		return;
	fa_strings_slice(&c->s, from, to);
	if (fa_code_has_letter(c, mark))
		fa_code_put_from(c, mark);
	else
		fa_code_cut(c, mark);
}

/* The value is code, or text with code, up to its quote. */
static void
limit(struct fa_code *c, enum fa_code_kind kind, struct fa_str name,
	struct fa_str element, size_t to)
{
	size_t end = c->end;
	struct fa_code_frame *f = fa_code_push(c, kind, element);

	if (f == NULL) {
		c->at = to + 1;
		return;
	}
	f->inside = false;
	f->label = name;
	f->silent = fa_code_is_inner(name);
	f->end = end;
	f->mark = c->s.cells.n / sizeof(struct fa_cell);
	c->end = to;
	c->prev = FA_CODE_NOTHING;
}

/* ":title", "v-bind:title" */
static struct fa_str
bound(struct fa_str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == ':' || name.p[i - 1] == '@' ||
			name.p[i - 1] == '#')
			return fa_str_sub(name, i, name.n);
	return name;
}

static bool
is_bound(const struct fa_code *c, struct fa_str name)
{
	return c->markup == FA_CODE_VUE &&
		(strchr(":@#", name.p[0]) != NULL ||
			fa_str_starts(name, FA_STR("v-")));
}

/* Conditions, loops and the names of functions in WXML. */
static bool
is_handler(const struct fa_code *c, struct fa_str name)
{
	return c->markup == FA_CODE_WXML &&
		(fa_str_starts(name, FA_STR("wx:")) ||
			fa_str_starts(name, FA_STR("bind")) ||
			fa_str_starts(name, FA_STR("catch")));
}

/* A value in quotes, which begins at c->at. */
static void
quoted(struct fa_code *c, struct fa_str name)
{
	struct fa_code_frame *f = fa_code_top(c);
	size_t from = c->at + 1;
	char mark[2] = { c->text.p[c->at], '\0' };
	size_t to = fa_str_find(
		fa_str_sub(c->text, 0, c->end), fa_str_c(mark), from);
	struct fa_str value;

	if (to == SIZE_MAX) {
		fa_code_complain(c, c->at, "begins a value without an end");
		c->at = from;
		return;
	}
	value = fa_str_sub(c->text, from, to);
	c->at = from;
	if (is_handler(c, name)) {
		c->at = to + 1;
	} else if (is_bound(c, name)) {
		limit(c, FA_CODE_LIMIT, bound(name), f->name, to);
	} else if (c->markup != FA_CODE_JSX &&
		fa_str_find(value, FA_STR("{{"), 0) != SIZE_MAX &&
		!fa_code_is_inner(name)) {
		limit(c, FA_CODE_VALUE_TEXT, name, f->name, to);
	} else {
		f->label = name;
		put_static(c, name, from, to);
		f->label = FA_STR("");
		c->at = to + 1;
	}
}

static void
value(struct fa_code *c, struct fa_str name)
{
	struct fa_code_frame *f;
	struct fa_str element = fa_code_top(c)->name;
	char ch;

	while (fa_html_blank(fa_code_char(c, c->at)))
		c->at++;
	ch = fa_code_char(c, c->at);
	if (ch == '"' || ch == '\'') {
		quoted(c, name);
	} else if (ch == '{' && c->markup == FA_CODE_JSX) {
		c->at++;
		f = fa_code_push(c, FA_CODE_VALUE, element);
		if (f == NULL)
			return;
		f->inside = false;
		f->label = name;
		f->silent = f->silent || fa_code_is_inner(name);
		c->prev = FA_CODE_NOTHING;
	} else {
		while (c->at < c->end && !ends_name(c->text.p[c->at]))
			c->at++;
	}
}

static void
attribute(struct fa_code *c)
{
	struct fa_str name = name_at(c, c->at);
	size_t at = c->at + name.n;

	if (name.n == 0) { /* a mark without a name */
		c->at++;
		return;
	}
	if (is_tap(name))
		fa_code_top(c)->control = true;
	while (fa_html_blank(fa_code_char(c, at)))
		at++;
	if (fa_code_char(c, at) != '=') {
		c->at += name.n;
		return;
	}
	c->at = at + 1;
	value(c, name);
}

/* Elements whose content is another language. */
static bool
skip_raw(struct fa_code *c)
{
	static const struct fa_str raw[] = { FA_STR_INIT("wxs"),
		FA_STR_INIT("script"), FA_STR_INIT("style") };
	struct fa_str name = fa_code_top(c)->name;

	for (size_t i = 0; i < FA_COUNT(raw); i++) {
		size_t end;

		if (c->markup == FA_CODE_JSX || !fa_str_eq(name, raw[i]))
			continue;
		end = fa_str_find(
			fa_str_sub(c->text, 0, c->end), FA_STR("</"), c->at);
		while (end != SIZE_MAX &&
			!fa_str_starts(
				fa_str_sub(c->text, end + 2, c->end), name))
			end = fa_str_find(fa_str_sub(c->text, 0, c->end),
				FA_STR("</"), end + 2);
		c->at = end == SIZE_MAX ? c->end : end;
		return true;
	}
	return false;
}

void
fa_code_tag_step(struct fa_code *c)
{
	char ch = c->text.p[c->at];
	struct fa_code_frame *f = fa_code_top(c);
	size_t to;

	if (fa_html_blank(ch)) {
		c->at++;
	} else if (ch == '>') {
		c->at++;
		f->kind = FA_CODE_ELEMENT;
		if (c->markup != FA_CODE_JSX && fa_code_is_void(f->name))
			fa_code_end_element(c);
		else
			(void)skip_raw(c);
	} else if (ch == '/' && fa_code_char(c, c->at + 1) == '>') {
		c->at += 2;
		fa_code_end_element(c);
	} else if (ch == '{' && c->markup == FA_CODE_JSX) {
		c->at++;
		if (fa_code_push(c, FA_CODE_VALUE, f->name) != NULL)
			fa_code_top(c)->inside = false;
		c->prev = FA_CODE_NOTHING;
	} else if (ch == '<') { /* a tag that was not closed */
		f->kind = FA_CODE_ELEMENT;
	} else {
		to = c->markup == FA_CODE_JSX ? fa_code_comment(c, c->at, true)
					      : c->at;
		if (to > c->at)
			c->at = to;
		else
			attribute(c);
	}
}
