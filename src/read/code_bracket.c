/* Brackets: what they begin, and what ends with them. */
#include "read/code.h"

static const struct fa_code_frame *
scope_of(const struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	return top == NULL || top->scope == 0 ? NULL
					      : &c->frame[top->scope - 1];
}

/* A dialog that statements fill begins a group of its own in the function. */
static void
begin_builder(struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	if (top == NULL || top->scope == 0)
		return;
	c->frame[top->scope - 1].entry = 0;
}

/* Whether the call that begins shows a dialog; one that statements fill later
 * begins its group here. */
static bool
shows_dialog(struct fa_code *c, struct fa_str name)
{
	const struct fa_code_frame *scope = scope_of(c);
	bool dialog = fa_code_is_dialog(name);

	/* In Swift closures behind the call go on with it. */
	if (fa_code_is_builder(name) ||
		(dialog && (c->flags & FA_CODE_HASHES) != 0)) {
		begin_builder(c);
		return false;
	}
	return dialog && !(scope != NULL && scope->dialog);
}

/* Of several messages one is shown at a time; a function's own texts take in
 * those between them, as they do closures. */
static bool
shows_alone(const struct fa_code *c, struct fa_str name)
{
	const struct fa_code_frame *scope = scope_of(c);

	return fa_code_is_toast(name) && scope != NULL && !scope->dialog &&
		scope->kind != FA_CODE_OBJECT;
}

static void
open_paren(struct fa_code *c)
{
	bool called = c->prev == FA_CODE_WORD;
	bool declared = c->pending == FA_CODE_FUNCTION;
	struct fa_str name = called ? c->path : FA_STR("");
	bool dialog = called && !declared && shows_dialog(c, name);
	struct fa_code_frame *f = fa_code_push(c, FA_CODE_PARENS, name);

	if (f == NULL)
		return;
	f->silent = f->silent || (called && fa_code_is_log(name)) ||
		(c->annotation == 2 && (c->flags & FA_CODE_ANNOTATED) != 0);
	c->annotation = 0;
	if (dialog || (called && shows_alone(c, name)))
		fa_code_scope(c, f, false);
	f->dialog = dialog;
}

enum brace { PLAIN, OBJECT, FUNCTION, CLASS };

static bool
is_one_of(struct fa_str word, const struct fa_str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fa_str_eq(word, list[i]))
			return true;
	return false;
}

static enum brace
behind_word(const struct fa_code *c)
{
	static const struct fa_str plain[] = { FA_STR_INIT("else"),
		FA_STR_INIT("do"), FA_STR_INIT("try"), FA_STR_INIT("finally"),
		FA_STR_INIT("static"), FA_STR_INIT("of"), FA_STR_INIT("import"),
		FA_STR_INIT("export"), FA_STR_INIT("get"), FA_STR_INIT("set") };

	if (is_one_of(c->word, plain, FA_COUNT(plain)))
		return PLAIN;
	if (c->prev == FA_CODE_KEYWORD)
		return OBJECT;
	return c->closed.n > 0 ? FUNCTION : PLAIN;
}

static bool
is_capital(struct fa_str name)
{
	return name.n > 0 && name.p[0] >= 'A' && name.p[0] <= 'Z';
}

static bool
is_due(const struct fa_code *c)
{
	return c->pending != FA_CODE_NO_PENDING && c->pending_depth == c->depth;
}

/* "f() {", "if (x) {"; "Column() {" of ArkUI lays out. */
static enum brace
behind_head(const struct fa_code *c)
{
	if (fa_code_is_head(c->closed))
		return PLAIN;
	return (c->flags & FA_CODE_TEMPLATE) != 0 && is_capital(c->closed)
		? PLAIN
		: FUNCTION;
}

/* "): Promise<void> {" */
static bool
ends_type(const struct fa_code *c)
{
	return (c->flags & FA_CODE_TEMPLATE) != 0 && c->at > 1 &&
		c->text.p[c->at - 1] == ' ' && c->text.p[c->at - 2] == '>';
}

/* What "{" begins, by what stands before it. */
static enum brace
brace_of(const struct fa_code *c)
{
	if (is_due(c))
		return c->pending == FA_CODE_CLASS || c->pending == FA_CODE_ENUM
			? CLASS
			: FUNCTION;
	if ((c->flags & FA_CODE_DECLARED) != 0)
		return PLAIN;
	switch (c->prev) {
	case FA_CODE_NOTHING:
		return PLAIN;
	case FA_CODE_ARROW:
	case FA_CODE_OPERAND:
		return FUNCTION;
	case FA_CODE_KEYWORD:
	case FA_CODE_WORD:
		return behind_word(c);
	case FA_CODE_CLOSED:
		return behind_head(c);
	case FA_CODE_PUNCT:
		break;
	}
	return ends_type(c) ? FUNCTION : OBJECT;
}

static struct fa_str
brace_name(const struct fa_code *c, enum brace brace)
{
	const struct fa_code_frame *top = fa_code_top(c);

	if (is_due(c) && c->declared.n > 0)
		return c->declared;
	if (c->prev == FA_CODE_CLOSED)
		return fa_code_last(c->closed);
	if (top != NULL && top->label.n > 0)
		return top->label;
	if (brace == PLAIN && c->prev == FA_CODE_WORD)
		return c->word;
	return brace == FUNCTION ? fa_code_last(c->closed) : FA_STR("");
}

/* Whether what is between the braces is shown by itself. */
static void
group_brace(struct fa_code *c, struct fa_code_frame *f,
	const struct fa_code_frame *scope, enum brace brace)
{
	bool absorbed =
		scope != NULL && (scope->dialog || scope->kind >= FA_CODE_TAG);

	if (f->name.n == 0 && scope != NULL)
		f->name = scope->name;
	if (brace == OBJECT && (c->flags & FA_CODE_SINGLE) != 0 && !absorbed)
		fa_code_scope(c, f, false);
	else if (brace == FUNCTION || brace == CLASS)
		fa_code_scope(c, f, brace == CLASS);
}

static void
open_brace(struct fa_code *c)
{
	bool due = is_due(c);
	enum brace brace = brace_of(c);
	const struct fa_code_frame *scope = scope_of(c);
	struct fa_code_frame *f = fa_code_push(c,
		brace == OBJECT ? FA_CODE_OBJECT : FA_CODE_BLOCK,
		brace_name(c, brace));

	if (f != NULL)
		group_brace(c, f, scope, brace);
	/* An enum of Swift may be a mere name space. */
	if (f != NULL && due && c->pending == FA_CODE_ENUM)
		f->apart = (c->flags & FA_CODE_HASHES) == 0;
	if (due) {
		c->pending = FA_CODE_NO_PENDING;
		c->declared = FA_STR("");
	}
	c->closed = FA_STR("");
	c->prev = brace == OBJECT ? FA_CODE_PUNCT : FA_CODE_NOTHING;
}

/* Pops the innermost frame of kind, or of another, unless a text or an element
 * stands between; false when there is none. */
static bool
close_to(struct fa_code *c, enum fa_code_kind kind, enum fa_code_kind other)
{
	for (size_t i = c->depth; i > 1 && c->depth - i < 8; i--) {
		const struct fa_code_frame *f = &c->frame[i - 1];

		if (f->kind == kind || f->kind == other) {
			c->depth = i - 1;
			return true;
		}
		if (f->kind >= FA_CODE_INTERP)
			return false;
	}
	return false;
}

static void
close_interp(struct fa_code *c)
{
	const struct fa_code_frame f = *fa_code_top(c);

	fa_code_pop(c);
	fa_code_close_neutral(c, &f, c->at + 1);
	fa_code_literal(c, f.quote, c->at + 1, f.mark);
}

static void
close_paren(struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	if (top != NULL && top->kind == FA_CODE_INTERP &&
		(c->flags & FA_CODE_PAREN) != 0) {
		close_interp(c);
		return;
	}
	if (close_to(c, FA_CODE_PARENS, FA_CODE_PARENS))
		c->closed = c->frame[c->depth].name;
	c->prev = FA_CODE_CLOSED;
	c->at++;
}

static void
close_brace(struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	if (top != NULL && top->kind == FA_CODE_INTERP &&
		(c->flags & FA_CODE_PAREN) == 0) {
		close_interp(c);
		return;
	}
	c->prev = FA_CODE_NOTHING;
	if (top != NULL && top->kind == FA_CODE_VALUE) {
		fa_code_pop(c);
		fa_code_close_neutral(c, top, c->at + 1);
	} else if (top != NULL && top->kind == FA_CODE_MUSTACHE) {
		size_t to = c->at + 1 + (fa_code_char(c, c->at + 1) == '}');

		fa_code_pop(c);
		fa_code_close_neutral(c, top, to);
		c->at = to - 1;
	} else if (close_to(c, FA_CODE_BLOCK, FA_CODE_OBJECT)) {
		if (c->frame[c->depth].kind == FA_CODE_OBJECT)
			c->prev = FA_CODE_OPERAND;
	}
	if (c->depth < c->pending_depth)
		c->pending = FA_CODE_NO_PENDING;
	c->closed = FA_STR("");
	c->at++;
}

static void
close_bracket(struct fa_code *c)
{
	(void)close_to(c, FA_CODE_BRACKETS, FA_CODE_BRACKETS);
	c->prev = FA_CODE_OPERAND;
	c->at++;
}

void
fa_code_bracket(struct fa_code *c, char ch)
{
	if (ch == ')') {
		close_paren(c);
		return;
	}
	if (ch == '}') {
		close_brace(c);
		return;
	}
	if (ch == ']') {
		close_bracket(c);
		return;
	}
	if (ch == '{') {
		open_brace(c);
	} else if (ch == '(') {
		open_paren(c);
		c->prev = FA_CODE_PUNCT;
	} else {
		(void)fa_code_push(c, FA_CODE_BRACKETS, FA_STR(""));
		c->prev = FA_CODE_PUNCT;
	}
	c->at++;
}
