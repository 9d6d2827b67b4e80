/* The lexer's loop, words, and the languages. */
#include "read/code.h"

#include <stdio.h>

#include "read/extract.h"

#define SCRIPT                                                                 \
	(FA_CODE_SINGLE | FA_CODE_TEMPLATE | FA_CODE_MARKUP | FA_CODE_BRACED | \
		FA_CODE_TERNARY)
#define DART                                                                   \
	(FA_CODE_SINGLE | FA_CODE_TRIPLE | FA_CODE_TRIPLE_SINGLE |             \
		FA_CODE_RAW | FA_CODE_DOLLAR | FA_CODE_BRACED |                \
		FA_CODE_ADJACENT | FA_CODE_NESTED | FA_CODE_TERNARY |          \
		FA_CODE_ANNOTATED)
#define KOTLIN                                                                 \
	(FA_CODE_TRIPLE | FA_CODE_TRIPLE_RAW | FA_CODE_DOLLAR |                \
		FA_CODE_NESTED | FA_CODE_DECLARED | FA_CODE_ANNOTATED |        \
		FA_CODE_TICKS)
#define JAVA (FA_CODE_TRIPLE | FA_CODE_TERNARY | FA_CODE_ANNOTATED)
#define SWIFT                                                                  \
	(FA_CODE_TRIPLE | FA_CODE_HASHES | FA_CODE_PAREN | FA_CODE_BRACED |    \
		FA_CODE_NESTED | FA_CODE_DECLARED | FA_CODE_TERNARY |          \
		FA_CODE_ANNOTATED | FA_CODE_TICKS)

unsigned
fa_code_script(void)
{
	return SCRIPT;
}

void
fa_code_complain(const struct fa_code *c, size_t at, const char *what)
{
	char line[96];
	size_t n = 1;
	struct fa_str said;

	if (c->b->partial)
		return;
	c->b->partial = true;
	for (size_t i = 0; i < at && i < c->text.n; i++)
		n += c->text.p[i] == '\n' ||
			(c->text.p[i] == '\r' && i + 1 < c->text.n &&
				c->text.p[i + 1] != '\n');
	(void)snprintf(line, sizeof(line), "line %zu %s", n, what);
	said = fa_arena_dup(c->b->a, fa_str_c(line));
	if (said.p != NULL)
		c->b->complaint = said;
}

int
fa_code_init(struct fa_code *c, struct fa_build *b, unsigned flags,
	struct fa_err *err)
{
	*c = (struct fa_code){ .b = b, .text = b->src->text, .flags = flags };
	fa_strings_init(&c->s, b);
	c->s.own_groups = true;
	fa_buf_init(&c->spare, SIZE_MAX);
	c->frame = fa_arena_new(b->a, FA_CODE_DEPTH, sizeof(*c->frame));
	if (c->frame == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a source");
	return FA_OK;
}

void
fa_code_done(struct fa_code *c)
{
	fa_strings_done(&c->s);
	fa_buf_done(&c->spare);
}

static enum fa_code_pending
declares(const struct fa_code *c, struct fa_str w)
{
	static const struct fa_str functions[] = { FA_STR_INIT("fun"),
		FA_STR_INIT("func"), FA_STR_INIT("init"),
		FA_STR_INIT("function") };
	static const struct fa_str classes[] = { FA_STR_INIT("class"),
		FA_STR_INIT("struct"), FA_STR_INIT("interface"),
		FA_STR_INIT("enum"), FA_STR_INIT("extension"),
		FA_STR_INIT("object"), FA_STR_INIT("protocol"),
		FA_STR_INIT("actor"), FA_STR_INIT("mixin"),
		FA_STR_INIT("namespace") };
	bool declared = (c->flags & FA_CODE_DECLARED) != 0;

	for (size_t i = 0; i < FA_COUNT(functions); i++)
		if (fa_str_eq(w, functions[i]) && declared == (i < 3))
			return FA_CODE_FUNCTION;
	for (size_t i = 0; i < FA_COUNT(classes); i++)
		if (fa_str_eq(w, classes[i]) && (declared || i < 4))
			return i == 3 ? FA_CODE_ENUM : FA_CODE_CLASS;
	if (declared &&
		(fa_str_eq(w, FA_STR("var")) || fa_str_eq(w, FA_STR("val"))))
		return FA_CODE_VARIABLE;
	return FA_CODE_NO_PENDING;
}

/* Whether the word at from goes on with the path before it. */
static bool
goes_on(const struct fa_code *c, size_t from)
{
	return from > 0 && c->text.p[from - 1] == '.' &&
		c->prev == FA_CODE_WORD &&
		(size_t)(c->text.p + from - c->path.p) < 200 &&
		c->path.p + c->path.n + 2 >= c->text.p + from - 1;
}

void
fa_code_declare(struct fa_code *c)
{
	if (c->pending != FA_CODE_NO_PENDING && c->declared.n == 0)
		c->declared = c->word;
}

/* Does what the word declares begin here? Not a parameter of what is declared
 * already ("class A(val b: B) {"); "enum class" is an enum. */
static bool
begins(const struct fa_code *c, enum fa_code_pending *pending)
{
	bool body = c->pending == FA_CODE_CLASS || c->pending == FA_CODE_ENUM;

	if (*pending == FA_CODE_VARIABLE && body && c->depth > c->pending_depth)
		return false;
	if (*pending == FA_CODE_CLASS && c->pending == FA_CODE_ENUM &&
		c->declared.p == c->word.p)
		*pending = FA_CODE_ENUM;
	return *pending != FA_CODE_NO_PENDING;
}

/* What was named before it has its value. */
static void
keyword(struct fa_code *c)
{
	struct fa_code_frame *top = fa_code_top(c);

	c->prev = FA_CODE_KEYWORD;
	if (top != NULL && top->kind == FA_CODE_BLOCK)
		top->label = FA_STR("");
}

static void
word(struct fa_code *c)
{
	size_t from = c->at;
	bool member = from > 0 && c->text.p[from - 1] == '.';
	enum fa_code_pending pending;

	while (c->at < c->end && fa_code_is_word(c->text.p[c->at], false))
		c->at++;
	c->word = fa_str_sub(c->text, from, c->at);
	c->path = goes_on(c, from) ? (struct fa_str){ c->path.p,
		(size_t)(c->text.p + c->at - c->path.p) }
				   : c->word;
	fa_code_declare(c);
	pending = member ? FA_CODE_NO_PENDING : declares(c, c->word);
	if (begins(c, &pending)) {
		c->pending = pending;
		c->pending_depth = c->depth;
		c->declared = FA_STR("");
		c->closed = FA_STR("");
	}
	if (c->annotation > 0 && c->path.n == c->word.n)
		c->annotation = c->annotation == 1 ? 2 : 0;
	c->prev = FA_CODE_WORD;
	if (!member && fa_code_is_keyword(c->word))
		keyword(c);
}

static void
number(struct fa_code *c)
{
	size_t from = c->at;

	while (c->at < c->end &&
		(fa_code_is_word(c->text.p[c->at], false) ||
			(c->text.p[c->at] == '.' &&
				fa_code_is_word(
					fa_code_char(c, c->at + 1), false))))
		c->at++;
	c->key = fa_str_sub(c->text, from, c->at);
	c->prev = FA_CODE_OPERAND;
}

/* Where a line may end a statement. */
static void
new_line(struct fa_code *c)
{
	struct fa_code_frame *top = fa_code_top(c);

	if (c->pending == FA_CODE_VARIABLE)
		c->pending = FA_CODE_NO_PENDING;
	if (top == NULL || top->kind != FA_CODE_BLOCK ||
		c->prev == FA_CODE_PUNCT || c->prev == FA_CODE_ARROW)
		return;
	top->label = FA_STR("");
	top->ternary = 0;
}

/* Modules are named by literals, and templates for tools are no texts. */
static bool
is_dropped(const struct fa_code *c, const struct fa_code_quote *q)
{
	if (c->prev != FA_CODE_WORD)
		return false;
	return q->mark == '`' ? fa_code_is_tag(c->path)
			      : fa_str_eq(c->word, FA_STR("from")) ||
			fa_str_eq(c->word, FA_STR("import")) ||
			fa_str_eq(c->word, FA_STR("export")) ||
			fa_str_eq(c->word, FA_STR("part"));
}

static void
code_step(struct fa_code *c)
{
	char ch = c->text.p[c->at];
	struct fa_code_quote q;
	size_t inner;

	if (ch == ' ' || (ch >= '\t' && ch <= '\r')) {
		if (ch == '\n' || ch == '\r')
			new_line(c);
		c->at++;
		return;
	}
	if (ch == '/') {
		size_t to = fa_code_comment(c, c->at, true);

		if (to > c->at) {
			c->at = to;
			return;
		}
	}
	if (fa_code_quote_at(c, c->at, &q, &inner)) {
		q.drop = is_dropped(c, &q);
		fa_code_literal(
			c, q, inner, c->s.cells.n / sizeof(struct fa_cell));
	} else if (fa_code_is_word(ch, true)) {
		word(c);
	} else if (ch >= '0' && ch <= '9') {
		number(c);
	} else {
		fa_code_punct(c);
	}
}

static void
step(struct fa_code *c)
{
	const struct fa_code_frame *top = fa_code_top(c);

	switch (top == NULL ? FA_CODE_BLOCK : top->kind) {
	case FA_CODE_TAG:
		fa_code_tag_step(c);
		break;
	case FA_CODE_ELEMENT:
		fa_code_element_step(c);
		break;
	case FA_CODE_VALUE_TEXT:
		fa_code_value_step(c);
		break;
	default:
		code_step(c);
	}
}

/* The source of the innermost frame has ended. True when it goes on around a
 * value. */
static bool
close_one(struct fa_code *c)
{
	struct fa_code_frame f = *fa_code_top(c);

	if (f.kind == FA_CODE_VALUE_TEXT)
		fa_code_value_step(c);
	if (f.kind == FA_CODE_ELEMENT)
		fa_code_flush(c);
	fa_code_pop(c);
	if (f.kind == FA_CODE_INTERP)
		fa_code_literal(c, f.quote, c->at, f.mark);
	if (f.kind != FA_CODE_LIMIT && f.kind != FA_CODE_VALUE_TEXT)
		return false;
	c->at = c->end + 1; /* the quote */
	c->end = f.end;
	if (c->at > c->end)
		c->at = c->end;
	return true;
}

static bool
unwind(struct fa_code *c)
{
	while (c->depth > 0)
		if (close_one(c))
			return true;
	return false;
}

static int
end(struct fa_code *c, struct fa_err *err)
{
	fa_code_flush(c);
	fa_code_cut(c, 0);
	c->prev = FA_CODE_NOTHING;
	c->pending = FA_CODE_NO_PENDING;
	c->annotation = 0;
	return fa_buf_rc(&c->s.cells, "texts of a source", err);
}

int
fa_code_run(struct fa_code *c, size_t at, size_t to, struct fa_err *err)
{
	struct fa_code_frame *f;

	c->at = at;
	c->end = to;
	c->self_closing = c->no_closing = c->no_regex = 0;
	c->prev = FA_CODE_NOTHING;
	f = fa_code_push(c, FA_CODE_BLOCK, FA_STR(""));
	if (f != NULL)
		fa_code_scope(c, f, true);
	do {
		while (c->at < c->end)
			step(c);
	} while (unwind(c));
	return end(c, err);
}

int
fa_code_run_markup(
	struct fa_code *c, size_t *at, size_t to, bool all, struct fa_err *err)
{
	c->at = *at;
	c->end = to;
	if (!all)
		fa_code_element(c);
	else
		(void)fa_code_push(c, FA_CODE_ELEMENT, FA_STR(""));
	do {
		while (c->at < c->end && c->depth > 0)
			step(c);
	} while (unwind(c));
	*at = c->at;
	return end(c, err);
}

static int
extract(struct fa_build *b, unsigned flags, struct fa_err *err)
{
	FA_CLEANUP(fa_code_done) struct fa_code c;
	int rc = fa_code_init(&c, b, flags, err);
	size_t at = 0;

	if (rc < 0)
		return rc;
	if (fa_str_starts(c.text, FA_STR("#!")))
		while (at < c.text.n && c.text.p[at] != '\n')
			at++;
	return fa_code_run(&c, at, c.text.n, err);
}

int
fa_script_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, SCRIPT, err);
}

int
fa_dart_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, DART, err);
}

int
fa_kotlin_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, KOTLIN, err);
}

int
fa_java_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, JAVA, err);
}

int
fa_swift_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, SWIFT, err);
}
