/* Literals: from their first mark, over all that is joined to them, to a text
 * that is put, or dropped when no user reads it. */
#include <string.h>

#include "read/code.h"

static size_t
run_of(const struct fa_code *c, size_t at, char mark, size_t max)
{
	size_t n = 0;

	while (n < max && fa_code_char(c, at + n) == mark)
		n++;
	return n;
}

/* The marks of a literal at at; 0 when none begins there. */
static size_t
marks_at(const struct fa_code *c, size_t at, struct fa_code_quote *q)
{
	char ch = fa_code_char(c, at);
	unsigned triple = ch == '"' ? FA_CODE_TRIPLE : FA_CODE_TRIPLE_SINGLE;

	q->mark = ch;
	q->n = 1;
	if (ch == '`' && (c->flags & FA_CODE_TEMPLATE) != 0) {
		q->multi = true;
		q->braces = true;
		return 1;
	}
	if (ch != '"' && !(ch == '\'' && (c->flags & FA_CODE_SINGLE) != 0))
		return 0;
	q->dollar = (c->flags & FA_CODE_DOLLAR) != 0 && !q->raw;
	q->braces = q->dollar;
	if ((c->flags & triple) == 0 || run_of(c, at, ch, 3) < 3)
		return 1;
	q->n = 3;
	q->multi = true;
	q->margin = true;
	q->raw = q->raw || (c->flags & FA_CODE_TRIPLE_RAW) != 0;
	return 3;
}

bool
fa_code_quote_at(const struct fa_code *c, size_t at, struct fa_code_quote *q,
	size_t *inner)
{
	size_t n;

	*q = (struct fa_code_quote){ .n = 1 };
	if ((c->flags & FA_CODE_HASHES) != 0) {
		q->hashes = (uint8_t)run_of(c, at, '#', 16);
		at += q->hashes;
	}
	if ((c->flags & FA_CODE_RAW) != 0 && fa_code_char(c, at) == 'r') {
		q->raw = true;
		at++;
	}
	n = marks_at(c, at, q);
	*inner = at + n;
	return n > 0;
}

static bool
closes(const struct fa_code *c, const struct fa_code_quote *q, size_t at)
{
	return run_of(c, at, q->mark, q->n) == q->n &&
		run_of(c, at + q->n, '#', q->hashes) == q->hashes;
}

void
fa_code_neutral(struct fa_code *c, size_t from, size_t to)
{
	fa_strings_cell(&c->s, FA_CODE_NEUTRAL, from, to);
}

static struct fa_cell *
last_cell(struct fa_code *c)
{
	if (c->s.cells.n == 0)
		return NULL;
	return (struct fa_cell *)(void *)(c->s.cells.p + c->s.cells.n) - 1;
}

void
fa_code_close_neutral(
	struct fa_code *c, const struct fa_code_frame *f, size_t to)
{
	struct fa_cell *last = last_cell(c);

	if (last != NULL && last->cp == FA_CODE_NEUTRAL &&
		c->s.cells.n == f->put_in && last->to <= to)
		last->to = (uint32_t)to;
}

/* Code in a literal: "$name", "${", "\(". True when a frame was opened, and
 * the literal goes on behind it. */
static bool
interpolates(struct fa_code *c, const struct fa_code_quote *q, size_t mark)
{
	size_t at = c->at;
	char ch = c->text.p[at];
	size_t head = ch == '$' ? 2 : 2u + q->hashes;
	struct fa_code_frame *f;

	if (ch != '$' && ch != '\\')
		return false;
	if (ch == '$' ? !(q->braces && fa_code_char(c, at + 1) == '{')
		      : !((c->flags & FA_CODE_PAREN) != 0 &&
				run_of(c, at + 1, '#', q->hashes) ==
					q->hashes &&
				fa_code_char(c, at + head - 1) == '('))
		return false;
	f = fa_code_push(c, FA_CODE_INTERP, FA_STR(""));
	if (f == NULL)
		return false;
	f->quote = *q;
	f->mark = mark;
	f->inside = true;
	fa_code_neutral(c, at, at + head);
	f->put_in = c->s.cells.n;
	c->at = at + head;
	c->prev = FA_CODE_NOTHING;
	return true;
}

static size_t
dollar_name(struct fa_code *c)
{
	size_t to = c->at + 1;

	if (!fa_code_is_word(fa_code_char(c, to), true) ||
		(unsigned char)c->text.p[to] >= 0x80)
		return c->at;
	while (fa_code_is_word(fa_code_char(c, to), false) &&
		(unsigned char)c->text.p[to] < 0x80 && c->text.p[to] != '$')
		to++;
	if (to == c->at + 1)
		return c->at;
	fa_code_neutral(c, c->at, to);
	return to;
}

/* "   |" at the start of a line: trimMargin. */
static size_t
margin(const struct fa_code *c, size_t at)
{
	size_t to = at;

	while (fa_code_char(c, to) == ' ' || fa_code_char(c, to) == '\t')
		to++;
	return fa_code_char(c, to) == '|' ? to + 1 : at;
}

/* One character, as it stands. */
static void
character(struct fa_code *c, const struct fa_code_quote *q)
{
	uint32_t cp;
	size_t n = fa_utf8_next(fa_str_sub(c->text, c->at, c->end), &cp);

	fa_strings_cell(&c->s, cp, c->at, c->at + n);
	c->at += n;
	if (cp == '\n' && q->margin && (c->flags & FA_CODE_TRIPLE_RAW) != 0)
		c->at = margin(c, c->at);
}

/* True when the literal ended, false when code is put in. */
static bool
body(struct fa_code *c, const struct fa_code_quote *q, size_t mark)
{
	size_t from = c->at;

	while (c->at < c->end) {
		char ch = c->text.p[c->at];
		size_t to = c->at;

		if (ch == q->mark && closes(c, q, c->at)) {
			c->at += (size_t)q->n + q->hashes;
			return true;
		}
		if (!q->multi && (ch == '\n' || ch == '\r'))
			break;
		if (interpolates(c, q, mark))
			return false;
		if (ch == '\\' && !q->raw &&
			run_of(c, to + 1, '#', q->hashes) == q->hashes)
			to = fa_code_escape(c, to, q);
		else if (ch == '$' && q->dollar)
			to = dollar_name(c);
		if (to > c->at)
			c->at = to;
		else
			character(c, q);
	}
	fa_code_complain(c, from, "begins a text without an end");
	return true;
}

static bool
is_operand(char ch, size_t depth)
{
	if (fa_code_is_word(ch, false) || ch == '.' || ch == '!' || ch == '?')
		return true;
	return depth > 0 && (ch == ' ' || ch == ',');
}

/* A variable, a member, a call between two literals: the place behind it, or
 * at. */
static size_t
operand(const struct fa_code *c, size_t at)
{
	size_t from = at;
	size_t depth = 0;

	for (; at < c->end && at - from < FA_CODE_OPERAND_BYTES; at++) {
		char ch = c->text.p[at];

		if (ch == '(' || ch == '[')
			depth++;
		else if ((ch == ')' || ch == ']') && depth > 0)
			depth--;
		else if (!is_operand(ch, depth))
			return depth == 0 ? at : from;
	}
	return from;
}

static size_t
plus(const struct fa_code *c, size_t at)
{
	char next = fa_code_char(c, at + 1);

	if (fa_code_char(c, at) != '+' || next == '+' || next == '=')
		return at;
	return at + 1;
}

/* Where the next literal of the text begins, or at. */
static size_t
joined(struct fa_code *c, struct fa_code_quote *q, size_t *inner)
{
	size_t at = fa_code_trivia(c, c->at, false);
	size_t from, to;

	if ((c->flags & FA_CODE_ADJACENT) != 0 &&
		fa_code_quote_at(c, at, q, inner))
		return at;
	from = plus(c, at);
	if (from == at)
		return c->at;
	from = fa_code_trivia(c, from, false);
	if (fa_code_quote_at(c, from, q, inner))
		return from;
	to = operand(c, from);
	at = fa_code_trivia(c, to, false);
	if (to == from || plus(c, at) == at)
		return c->at;
	at = fa_code_trivia(c, plus(c, at), false);
	if (!fa_code_quote_at(c, at, q, inner))
		return c->at;
	fa_code_neutral(c, from, to);
	return at;
}

/* Comments between the parts of a text. */
static void
comments(struct fa_code *c, size_t to)
{
	while (c->at < to) {
		size_t behind = fa_code_trivia(c, c->at, true);

		c->at = behind > c->at && behind <= to ? behind : c->at + 1;
	}
}

static bool
is_key(const struct fa_code *c)
{
	const struct fa_code_frame *f = fa_code_top(c);

	return f != NULL && f->ternary == 0 &&
		(f->kind == FA_CODE_OBJECT || f->kind == FA_CODE_BRACKETS) &&
		fa_code_char(c, fa_code_trivia(c, c->at, false)) == ':';
}

void
fa_code_cut(struct fa_code *c, size_t mark)
{
	if (mark * sizeof(struct fa_cell) < c->s.cells.n)
		c->s.cells.n = mark * sizeof(struct fa_cell);
}

/* A text in a text: a word stays in it, a sentence stands alone. */
static void
inlined(struct fa_code *c, size_t mark)
{
	size_t n = c->s.cells.n / sizeof(struct fa_cell) - mark;
	bool word = n <= FA_CODE_WORD_RUNES;
	struct fa_cell *at = (void *)c->s.cells.p;

	if (mark == 0)
		fa_code_begin_text(c);
	if (!word && mark > 0 && at[mark - 1].cp == FA_CODE_NEUTRAL)
		at[mark - 1].cp = '\n';
	fa_strings_cell(&c->s, word ? FA_CODE_NEUTRAL : '\n', c->at, c->at);
}

/* The text of an element that goes on behind an attribute's is put first. */
static void
flush_before(struct fa_code *c, size_t mark)
{
	size_t from = mark * sizeof(struct fa_cell);

	fa_buf_reset(&c->spare);
	fa_buf_add(&c->spare,
		fa_str_sub(fa_buf_str(&c->s.cells), from, c->s.cells.n));
	fa_code_cut(c, mark);
	fa_code_flush(c);
	fa_buf_add(&c->s.cells, fa_buf_str(&c->spare));
	if (c->spare.rc != FA_OK)
		c->s.cells.rc = c->spare.rc;
}

void
fa_code_put_from(struct fa_code *c, size_t mark)
{
	char name[FA_CODE_NAME_BYTES];
	bool control;
	struct fa_str key;

	if (mark > 0)
		flush_before(c, mark);
	key = fa_code_name(c, name, &control);
	fa_code_put(c, key, control);
}

static void
complete(struct fa_code *c, const struct fa_code_quote *q, size_t mark)
{
	const struct fa_code_frame *f = fa_code_top(c);

	if (mark * sizeof(struct fa_cell) > c->s.cells.n)
		mark = c->s.cells.n / sizeof(struct fa_cell);
	if (q->drop || (f != NULL && f->silent) || is_key(c) ||
		!fa_code_is_text(c, mark)) {
		fa_code_cut(c, mark);
		return;
	}
	if (f != NULL && f->inside) {
		inlined(c, mark);
		return;
	}
	fa_code_put_from(c, mark);
}

void
fa_code_literal(
	struct fa_code *c, struct fa_code_quote q, size_t inner, size_t mark)
{
	bool drop = q.drop;
	size_t from = inner;

	c->at = inner;
	while (body(c, &q, mark)) {
		struct fa_code_quote next;
		size_t to = joined(c, &next, &inner);

		if (to == c->at) {
			c->key = fa_str_sub(c->text, from,
				c->at > from + q.n ? c->at - q.n : from);
			c->prev = FA_CODE_OPERAND;
			complete(c, &q, mark);
			return;
		}
		comments(c, to);
		q = next;
		q.drop = drop;
		c->at = inner;
	}
}
