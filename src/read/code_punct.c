/* Brackets, and the marks that tell names and types of frames. */
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

static void
open_paren(struct fa_code *c)
{
	bool called = c->prev == FA_CODE_WORD;
	bool declared = c->pending == FA_CODE_FUNCTION;
	const struct fa_code_frame *scope = scope_of(c);
	struct fa_str name = called ? c->path : FA_STR("");
	struct fa_code_frame *f;
	bool dialog;

	dialog = called && !declared && fa_code_is_dialog(name);
	/* In Swift closures behind the call go on with it. */
	if ((called && !declared && fa_code_is_builder(name)) ||
		(dialog && (c->flags & FA_CODE_HASHES) != 0)) {
		begin_builder(c);
		dialog = false;
	}
	f = fa_code_push(c, FA_CODE_PARENS, name);
	if (f == NULL)
		return;
	f->silent = f->silent || (called && fa_code_is_log(name)) ||
		(c->annotation == 2 && (c->flags & FA_CODE_ANNOTATED) != 0);
	c->annotation = 0;
	if (dialog && !(scope != NULL && scope->dialog)) {
		fa_code_scope(c, f, false);
		f->dialog = true;
	}
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

/* What "{" begins, by what stands before it. */
static enum brace
brace_of(const struct fa_code *c)
{
	if (is_due(c))
		return c->pending == FA_CODE_CLASS ? CLASS : FUNCTION;
	if ((c->flags & FA_CODE_DECLARED) != 0)
		return PLAIN;
	switch (c->prev) {
	case FA_CODE_NOTHING:
		return PLAIN;
	case FA_CODE_ARROW:
		return FUNCTION;
	case FA_CODE_KEYWORD:
	case FA_CODE_WORD:
		return behind_word(c);
	case FA_CODE_CLOSED:
		if (fa_code_is_head(c->closed))
			return PLAIN;
		/* "Column() { }" of ArkUI lays out. */
		return (c->flags & FA_CODE_TEMPLATE) != 0 &&
				is_capital(c->closed)
			? PLAIN
			: FUNCTION;
	case FA_CODE_OPERAND:
		return FUNCTION;
	case FA_CODE_PUNCT:
		break;
	}
	/* "): Promise<void> {" */
	return (c->flags & FA_CODE_TEMPLATE) != 0 && c->at > 0 &&
			c->text.p[c->at - 1] == ' ' && c->at > 1 &&
			c->text.p[c->at - 2] == '>'
		? FUNCTION
		: OBJECT;
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

static void
open_brace(struct fa_code *c)
{
	bool due = is_due(c);
	enum brace brace = brace_of(c);
	const struct fa_code_frame *scope = scope_of(c);
	struct fa_code_frame *f = fa_code_push(c,
		brace == OBJECT ? FA_CODE_OBJECT : FA_CODE_BLOCK,
		brace_name(c, brace));

	if (f != NULL && f->name.n == 0 && scope != NULL)
		f->name = scope->name;
	if (f != NULL && brace == OBJECT && (c->flags & FA_CODE_SINGLE) != 0 &&
		!(scope != NULL &&
			(scope->dialog || scope->kind >= FA_CODE_TAG)))
		fa_code_scope(c, f, false);
	else if (f != NULL && (brace == FUNCTION || brace == CLASS))
		fa_code_scope(c, f, brace == CLASS);
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
label(struct fa_code *c, bool assigned)
{
	struct fa_code_frame *top = fa_code_top(c);

	if (top == NULL)
		return;
	if (!assigned && top->ternary > 0) {
		top->ternary--;
		return;
	}
	/* In "x: string =" it has its name already. */
	if (assigned && top->kind == FA_CODE_BLOCK && top->label.n > 0)
		return;
	if (c->prev == FA_CODE_WORD)
		top->label = c->word;
	else if (c->prev == FA_CODE_OPERAND && !assigned && c->key.n < 128)
		top->label = c->key;
}

static void
separate(struct fa_code *c)
{
	struct fa_code_frame *top = fa_code_top(c);

	if (top != NULL) {
		top->label = FA_STR("");
		top->ternary = 0;
	}
}

static void
equals(struct fa_code *c)
{
	char next = fa_code_char(c, c->at + 1);

	if (next == '>') {
		c->prev = FA_CODE_ARROW;
		c->at += 2;
		return;
	}
	if (next == '=') {
		while (fa_code_char(c, c->at) == '=')
			c->at++;
	} else {
		label(c, true);
		if (c->pending == FA_CODE_VARIABLE)
			c->pending = FA_CODE_NO_PENDING;
		c->at++;
	}
	c->prev = FA_CODE_PUNCT;
}

static void
question(struct fa_code *c)
{
	struct fa_code_frame *top = fa_code_top(c);
	char next = fa_code_char(c, c->at + 1);

	c->at++;
	if (next == '.' || next == ':') {
		if (next == ':' && (c->flags & FA_CODE_TERNARY) == 0) {
			c->at++;
			c->prev = FA_CODE_PUNCT;
		}
		return;
	}
	if (next == '?')
		c->at++;
	else if (top != NULL && (c->flags & FA_CODE_TERNARY) != 0)
		top->ternary++;
	c->prev = FA_CODE_PUNCT;
}

/* "showDialog<void>(": the place of "(", or at. */
static size_t
type_arguments(const struct fa_code *c, size_t at)
{
	size_t depth = 0;

	for (size_t i = at; i < c->end && i - at < 80; i++) {
		char ch = c->text.p[i];

		if (ch == '<')
			depth++;
		else if (ch == '>')
			depth--;
		else if (!fa_code_is_word(ch, false) && ch != ',' &&
			ch != ' ' && ch != '.' && ch != '?')
			return at;
		if (depth == 0)
			return fa_code_char(c, i + 1) == '(' ? i + 1 : at;
	}
	return at;
}

static bool
wants_value(const struct fa_code *c)
{
	return c->prev == FA_CODE_NOTHING || c->prev == FA_CODE_PUNCT ||
		c->prev == FA_CODE_KEYWORD || c->prev == FA_CODE_ARROW;
}

static void
less(struct fa_code *c)
{
	size_t to;

	if ((c->flags & FA_CODE_MARKUP) != 0 && wants_value(c) &&
		fa_code_is_element(c)) {
		fa_code_element(c);
		return;
	}
	to = c->prev == FA_CODE_WORD ? type_arguments(c, c->at) : c->at;
	if (to > c->at) {
		c->at = to;
		return;
	}
	c->prev = FA_CODE_PUNCT;
	c->at++;
}

/* '"' of Java, Kotlin: a character. */
static void
character(struct fa_code *c)
{
	size_t at = c->at + 1;
	uint32_t cp;

	if (fa_code_char(c, at) == '\\')
		at += 2;
	else if (at < c->end)
		at += fa_utf8_next(fa_str_sub(c->text, at, c->end), &cp);
	while (at < c->end && at < c->at + 8 && c->text.p[at] != '\'' &&
		(unsigned char)c->text.p[at] < 0x80 && c->text.p[at] >= ' ')
		at++;
	c->at = fa_code_char(c, at) == '\'' ? at + 1 : c->at + 1;
	c->prev = FA_CODE_OPERAND;
}

static void
ticks(struct fa_code *c)
{
	size_t at = c->at + 1;

	while (at < c->end && c->text.p[at] != '`' && c->text.p[at] != '\n')
		at++;
	c->word = fa_str_sub(c->text, c->at + 1, at);
	c->path = c->word;
	if (c->pending != FA_CODE_NO_PENDING && c->declared.n == 0)
		c->declared = c->word;
	c->prev = FA_CODE_WORD;
	c->at = at < c->end ? at + 1 : at;
}

static void
slash(struct fa_code *c)
{
	size_t to = c->at;

	if ((c->flags & FA_CODE_MARKUP) != 0 && wants_value(c))
		to = fa_code_regex(c, c->at);
	c->prev = to > c->at ? FA_CODE_OPERAND : FA_CODE_PUNCT;
	c->at = to > c->at ? to : c->at + 1;
}

/* Marks that change nothing but what may follow. */
static void
other(struct fa_code *c, char ch)
{
	char next = fa_code_char(c, c->at + 1);
	bool twice = (ch == '+' || ch == '-' || ch == '!') && next == ch;

	if (ch == '-' && next == '>') {
		c->prev = FA_CODE_ARROW;
		c->at += 2;
		return;
	}
	c->at += twice ? 2 : 1;
	/* "x++", "x!" are values still; "." goes on with a path. */
	if (twice || (ch == '!' && next != '=' && !wants_value(c)))
		return;
	if (ch == '.' && next != '.')
		return;
	if (ch == '@')
		c->annotation = 1;
	c->prev = FA_CODE_PUNCT;
}

static void
brackets(struct fa_code *c, char ch)
{
	if (ch == '(') {
		open_paren(c);
		c->prev = FA_CODE_PUNCT;
	} else if (ch == '[') {
		(void)fa_code_push(c, FA_CODE_BRACKETS, FA_STR(""));
		c->prev = FA_CODE_PUNCT;
	} else if (ch == '{') {
		open_brace(c);
	} else {
		(void)close_to(c, FA_CODE_BRACKETS, FA_CODE_BRACKETS);
		c->prev = FA_CODE_OPERAND;
	}
	c->at++;
}

void
fa_code_punct(struct fa_code *c)
{
	char ch = c->text.p[c->at];

	switch (ch) {
	case '(':
	case '[':
	case ']':
	case '{':
		brackets(c, ch);
		break;
	case ')':
		close_paren(c);
		break;
	case '}':
		close_brace(c);
		break;
	case ';':
	case ',':
		separate(c);
		if (ch == ';')
			c->pending = FA_CODE_NO_PENDING;
		c->prev = ch == ';' ? FA_CODE_NOTHING : FA_CODE_PUNCT;
		c->at++;
		break;
	case ':':
		label(c, false);
		c->prev = FA_CODE_PUNCT;
		c->at++;
		break;
	case '=':
		equals(c);
		break;
	case '?':
		question(c);
		break;
	case '<':
		less(c);
		break;
	case '/':
		slash(c);
		break;
	default:
		if (ch == '\'' && (c->flags & FA_CODE_SINGLE) == 0)
			character(c);
		else if (ch == '`' && (c->flags & FA_CODE_TICKS) != 0)
			ticks(c);
		else
			other(c, ch);
	}
}
