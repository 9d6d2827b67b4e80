/* Elements and the text between their tags. */
#include "read/code.h"

static bool
begins_name(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static struct fa_str
element_name(const struct fa_code *c, size_t at)
{
	size_t to = at;

	while (to < c->end) {
		char ch = c->text.p[to];

		if (!fa_code_is_word(ch, false) && ch != '.' && ch != '-' &&
			ch != ':')
			break;
		to++;
	}
	return fa_str_sub(c->text, at, to);
}

/* "<T>(", "<T,", "<T extends", "<any>": of TypeScript. */
static bool
is_type(const struct fa_code *c, struct fa_str name, size_t to)
{
	static const struct fa_str types[] = { FA_STR_INIT("any"),
		FA_STR_INIT("string"), FA_STR_INIT("number"),
		FA_STR_INIT("boolean"), FA_STR_INIT("unknown"),
		FA_STR_INIT("void"), FA_STR_INIT("never"),
		FA_STR_INIT("const") };
	struct fa_str rest = fa_str_sub(c->text, to, c->end);

	for (size_t i = 0; i < FA_COUNT(types); i++)
		if (fa_str_eq(name, types[i]))
			return true;
	return fa_str_starts(rest, FA_STR(",")) ||
		fa_str_starts(rest, FA_STR(">(")) ||
		fa_str_starts(rest, FA_STR(" extends "));
}

/* Whether an end stands further on; where the last one was found is kept, so
 * that the source is searched once. */
static bool
ends_later(struct fa_code *c, struct fa_str end, size_t *found, size_t within)
{
	if (*found == SIZE_MAX)
		return false;
	if (*found < c->at)
		*found =
			fa_str_find(fa_str_sub(c->text, 0, c->end), end, c->at);
	return *found != SIZE_MAX && *found - c->at <= within;
}

bool
fa_code_is_element(struct fa_code *c)
{
	char ch = fa_code_char(c, c->at + 1);
	struct fa_str name;
	char next;

	if (ch == '>')
		return ends_later(c, FA_STR("</"), &c->no_closing, SIZE_MAX);
	if (!begins_name(ch))
		return false;
	name = element_name(c, c->at + 1);
	next = fa_code_char(c, c->at + 1 + name.n);
	if (next != '>' && next != '/' && next != ' ' && next != '\n' &&
		next != '\r' && next != '\t')
		return false;
	if (is_type(c, name, c->at + 1 + name.n))
		return false;
	return ends_later(c, FA_STR("</"), &c->no_closing, SIZE_MAX) ||
		ends_later(c, FA_STR("/>"), &c->self_closing, 65536);
}

static bool
in_element(const struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	return top != NULL && (top->kind == FA_CODE_ELEMENT || top->inside);
}

/* React Native's <Text> is a paragraph unless it stands in another one. */
static bool
is_inline(const struct fa_code *c, struct fa_str name)
{
	if (!in_element(c) || !fa_code_is_inline(name))
		return false;
	return !fa_str_eq(name, FA_STR("Text")) ||
		fa_str_eq(fa_code_top(c)->name, name);
}

/* Whether it begins what is shown by itself. */
static bool
is_whole(const struct fa_code *c, const struct fa_code_frame *f, bool *dialog)
{
	const struct fa_code_frame *scope =
		f->scope == 0 ? NULL : &c->frame[f->scope - 1];

	*dialog = fa_code_is_dialog(f->name) && !fa_code_is_button(f->name) &&
		!(scope != NULL && scope->dialog);
	return *dialog || scope == NULL ||
		(scope->kind < FA_CODE_VALUE_TEXT && !scope->dialog);
}

void
fa_code_element(struct fa_code *c)
{
	struct fa_str name = element_name(c, c->at + 1);
	const struct fa_code_frame *below = fa_code_top(c);
	bool inlined = is_inline(c, name);
	bool control = fa_code_is_button(name) ||
		(below != NULL && below->kind == FA_CODE_ELEMENT &&
			below->control &&
			(inlined || fa_str_ieq(name, FA_STR("text")) ||
				fa_code_is_button(below->name)));
	struct fa_code_frame *f;
	bool dialog;

	if (!inlined && in_element(c))
		fa_code_flush(c);
	f = fa_code_push(c, FA_CODE_TAG, name);
	c->at += 1 + name.n;
	if (f == NULL)
		return;
	f->inlined = inlined;
	f->control = control;
	/* <template> holds what is shown. */
	if (!(c->markup == FA_CODE_VUE && c->depth == 1) &&
		is_whole(c, f, &dialog)) {
		fa_code_scope(c, f, false);
		f->dialog = dialog;
	}
}

void
fa_code_end_element(struct fa_code *c)
{
	const struct fa_code_frame *f = fa_code_top(c);
	bool breaks = fa_str_ieq(f->name, FA_STR("br"));

	if (!f->inlined && !breaks)
		fa_code_flush(c);
	fa_code_pop(c);
	if (breaks && c->s.cells.n > 0)
		fa_strings_cell(&c->s, '\n', c->at, c->at);
	c->prev = FA_CODE_OPERAND;
}

static void
end_tag(struct fa_code *c)
{
	struct fa_str name = element_name(c, c->at + 2);
	size_t i = c->depth;

	c->at += 2 + name.n;
	while (c->at < c->end && c->text.p[c->at] != '>' &&
		c->text.p[c->at] != '<')
		c->at++;
	if (fa_code_char(c, c->at) == '>')
		c->at++;
	while (i > 0 && c->frame[i - 1].kind == FA_CODE_ELEMENT &&
		!fa_str_eq(c->frame[i - 1].name, name) && c->depth - i < 64)
		i--;
	if (i == 0 || c->frame[i - 1].kind != FA_CODE_ELEMENT ||
		!fa_str_eq(c->frame[i - 1].name, name)) {
		if (c->markup != FA_CODE_JSX)
			return;
		i = c->depth;
	}
	while (c->depth >= i && c->depth > 0)
		fa_code_end_element(c);
}

/* The element that gives a text its name: the innermost that ends texts. */
static const struct fa_code_frame *
owner(const struct fa_code *c)
{
	size_t i = c->depth;

	while (i > 1 &&
		(c->frame[i - 1].inlined ||
			c->frame[i - 1].kind < FA_CODE_VALUE_TEXT))
		i--;
	return &c->frame[i - 1];
}

void
fa_code_begin_text(struct fa_code *c)
{
	size_t i = c->depth;

	if (c->s.cells.n > 0 || i == 0)
		return;
	while (i > 1 && c->frame[i - 1].kind != FA_CODE_ELEMENT)
		i--;
	c->text_control = c->frame[i - 1].control;
	c->text_name = owner(c)->name;
	if (c->text_name.n == 0)
		c->text_name = c->frame[i - 1].name;
	c->plain = false;
}

/* Characters up to a mark; lines are blanks. */
static void
characters(struct fa_code *c)
{
	size_t from = c->at;

	while (c->at < c->end) {
		char ch = c->text.p[c->at];
		uint32_t cp;
		size_t n;

		if ((ch == '<' || ch == '{') && c->at > from)
			return;
		n = fa_utf8_next(fa_str_sub(c->text, c->at, c->end), &cp);
		if (cp == '\n' || cp == '\r' || cp == '\t')
			cp = ' ';
		if (cp != ' ' || c->s.cells.n > 0) {
			fa_code_begin_text(c);
			fa_strings_cell(&c->s, cp, c->at, c->at + n);
			c->plain = c->plain || cp != ' ';
		}
		c->at += n;
	}
}

/* "{ /" "* comment *" "/ }" holds nothing. */
static bool
only_comments(struct fa_code *c, size_t at)
{
	size_t to = fa_code_trivia(c, at, false);

	if (fa_code_char(c, to) != '}')
		return false;
	(void)fa_code_trivia(c, at, true);
	c->at = to + 1;
	return true;
}

static bool
put_in(struct fa_code *c)
{
	bool jsx = c->markup == FA_CODE_JSX;
	struct fa_code_frame *f;
	size_t head = jsx ? 1 : 2;

	if (!jsx && fa_code_char(c, c->at + 1) != '{')
		return false;
	if (jsx && only_comments(c, c->at + 1))
		return true;
	fa_code_begin_text(c);
	f = fa_code_push(c, jsx ? FA_CODE_VALUE : FA_CODE_MUSTACHE, FA_STR(""));
	if (f == NULL)
		return false;
	f->inside = true;
	fa_code_neutral(c, c->at, c->at + head);
	f->put_in = c->s.cells.n;
	c->at += head;
	c->prev = FA_CODE_NOTHING;
	return true;
}

static void
comment(struct fa_code *c)
{
	size_t end = fa_str_find(
		fa_str_sub(c->text, 0, c->end), FA_STR("-->"), c->at + 4);
	size_t to = end == SIZE_MAX ? c->end : end + 3;

	if (end == SIZE_MAX) {
		fa_code_complain(c, c->at, "begins a comment without an end");
		end = c->end;
	}
	fa_build_remark(c->b, c->at, to,
		(struct fa_range){ (uint32_t)c->at + 4, (uint32_t)end });
	c->at = to;
}

void
fa_code_element_step(struct fa_code *c)
{
	struct fa_str rest = fa_str_sub(c->text, c->at, c->end);

	if (rest.p[0] == '<') {
		if (c->markup != FA_CODE_JSX &&
			fa_str_starts(rest, FA_STR("<!--"))) {
			comment(c);
			return;
		}
		if (rest.n > 1 && rest.p[1] == '/') {
			end_tag(c);
			return;
		}
		if (rest.n > 1 &&
			(begins_name(rest.p[1]) ||
				(rest.p[1] == '>' &&
					c->markup == FA_CODE_JSX)) &&
			c->depth < FA_CODE_DEPTH) {
			fa_code_element(c);
			return;
		}
	}
	if (rest.p[0] == '{' && put_in(c))
		return;
	characters(c);
}

/* Where the value is nothing but what is put in, its parts are texts. */
static void
part(struct fa_code *c, size_t mark)
{
	size_t n = c->s.cells.n / sizeof(struct fa_cell);
	struct fa_cell *at = (void *)c->s.cells.p;

	for (size_t i = mark; i < n; i++)
		if (at[i].cp == FA_CODE_NEUTRAL)
			at[i].cp = '\n';
}

void
fa_code_value_step(struct fa_code *c)
{
	struct fa_code_frame *f = fa_code_top(c);
	size_t mark = f->mark;

	while (c->at < c->end) {
		uint32_t cp;
		size_t n;

		if (c->text.p[c->at] == '{' && put_in(c))
			return;
		n = fa_utf8_next(fa_str_sub(c->text, c->at, c->end), &cp);
		fa_strings_cell(&c->s, cp, c->at, c->at + n);
		f->parts = true;
		c->at += n;
	}
	if (!f->parts)
		part(c, mark);
	if (mark * sizeof(struct fa_cell) > c->s.cells.n)
		mark = c->s.cells.n / sizeof(struct fa_cell);
	if (fa_code_has_letter(c, mark))
		fa_code_put_from(c, mark);
	else
		fa_code_cut(c, mark);
}
