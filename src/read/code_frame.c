/* What is open in a source, and which texts are shown together. A text belongs
 * to the innermost frame that holds a group: a function, a call that shows a
 * dialog, an object, an outermost element. When a function's own texts go on
 * behind a closure's, the closure was part of what is shown, and all is one
 * group; behind a dialog they are another. */
#include <string.h>

#include "read/code.h"

struct fa_code_frame *
fa_code_top(const struct fa_code *c)
{
	return c->depth == 0 ? NULL : &c->frame[c->depth - 1];
}

struct fa_code_frame *
fa_code_push(struct fa_code *c, enum fa_code_kind kind, struct fa_str name)
{
	const struct fa_code_frame *below;
	struct fa_code_frame *f;

	if (c->depth == FA_CODE_DEPTH) {
		fa_code_complain(c, c->at, "is nested too deeply");
		return NULL;
	}
	f = &c->frame[c->depth];
	below = fa_code_top(c);
	*f = (struct fa_code_frame){ .kind = kind, .name = name };
	if (below != NULL) {
		f->scope = below->scope;
		f->silent = below->silent;
		f->inside = below->inside && kind < FA_CODE_VALUE_TEXT;
	}
	c->depth++;
	return f;
}

void
fa_code_pop(struct fa_code *c)
{
	if (c->depth > 0)
		c->depth--;
}

void
fa_code_scope(struct fa_code *c, struct fa_code_frame *f, bool parts)
{
	f->id = ++c->ids;
	f->scope = (uint32_t)(f - c->frame) + 1;
	f->entry = 0;
	f->parts = parts;
}

static uint32_t
groups(const struct fa_code *c)
{
	return (uint32_t)(c->b->groups.n / sizeof(struct fa_group));
}

/* Names of a catalogue ("face_title", "face.text") tell what belongs
 * together; those of members do not. */
static struct fa_str
prefix_of(const struct fa_code_frame *f, struct fa_str name)
{
	if (f->kind != FA_CODE_OBJECT && !f->parts)
		return FA_STR("");
	name = fa_code_last(name);
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '_' || name.p[i] == '-')
			return fa_strings_prefix(name);
	return FA_STR("");
}

/* Of an enum, scope being its frame: "A" in "A(1, "text")", "A = "text"". */
static struct fa_str
constant(const struct fa_code *c, size_t scope)
{
	return c->depth > scope ? c->frame[scope].name
				: c->frame[scope - 1].label;
}

static void
enter_group(struct fa_code *c, struct fa_str label)
{
	struct fa_code_frame *top = fa_code_top(c);
	struct fa_code_frame *f;
	struct fa_str prefix;

	if (top == NULL || top->scope == 0) {
		fa_build_group(c->b, FA_STR(""));
		return;
	}
	f = &c->frame[top->scope - 1];
	prefix = f->apart ? constant(c, top->scope) : prefix_of(f, label);
	if (f->entry == groups(c) && f->entry > 0 &&
		fa_str_eq(prefix, f->prefix))
		return;
	if (f->entry > 0 && !f->parts && f->entry > c->last_dialog &&
		f->kind != FA_CODE_OBJECT) {
		c->b->groups.n = f->entry * sizeof(struct fa_group);
		return;
	}
	fa_build_group(c->b, f->name);
	f->entry = groups(c);
	f->prefix = prefix;
	if (f->dialog)
		c->last_dialog = f->entry;
}

void
fa_code_put(struct fa_code *c, struct fa_str name, bool control)
{
	struct fa_code_frame *top = fa_code_top(c);

	enter_group(c, top != NULL ? top->label : FA_STR(""));
	c->s.control = control;
	fa_strings_put(&c->s, name);
}

static const struct fa_cell *
cells(const struct fa_code *c, size_t *n)
{
	*n = c->s.cells.n / sizeof(struct fa_cell);
	return (const void *)c->s.cells.p;
}

static bool
is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
		(cp >= 0xc0 && cp != FA_CODE_NEUTRAL && !fa_rune_is_space(cp));
}

bool
fa_code_has_letter(const struct fa_code *c, size_t from)
{
	size_t n;
	const struct fa_cell *at = cells(c, &n);

	for (size_t i = from; i < n; i++)
		if (is_letter(at[i].cp))
			return true;
	return false;
}

bool
fa_code_is_text(const struct fa_code *c, size_t from)
{
	size_t n;
	const struct fa_cell *at = cells(c, &n);
	size_t words = 0;
	bool blank = true, letter = false;

	for (size_t i = from; i < n; i++) {
		uint32_t cp = at[i].cp;

		if (fa_rune_is_han(cp))
			return true;
		if (is_letter(cp) && blank && (letter || words == 0))
			words++;
		if (words == 2)
			return true;
		letter = is_letter(cp) || (letter && cp == ' ');
		blank = cp == ' ' || cp == '\n';
	}
	return false;
}

/* Where nothing but what is put in makes up the text, each of its parts is a
 * text: the branches of a condition. */
static void
part(struct fa_code *c)
{
	size_t n = c->s.cells.n / sizeof(struct fa_cell);
	struct fa_cell *at = (void *)c->s.cells.p;

	for (size_t i = 0; i < n; i++)
		if (at[i].cp == FA_CODE_NEUTRAL)
			at[i].cp = '\n';
}

/* A button says no whole sentence. */
static bool
is_short(const struct fa_code *c)
{
	size_t n;
	const struct fa_cell *at = cells(c, &n);

	for (size_t i = 0; i < n; i++)
		if (at[i].cp == 0x3002) /* ideographic full stop */
			return false;
	return n <= FA_CODE_CONTROL_RUNES;
}

/* The mark of something put in that holds texts or elements of its own. */
static bool
is_mark(const struct fa_cell *cell)
{
	return cell->cp == ' ' ||
		(cell->cp == FA_CODE_NEUTRAL && cell->to - cell->from <= 2);
}

/* At both ends such marks are nothing. */
static void
trim(struct fa_code *c)
{
	size_t n = c->s.cells.n / sizeof(struct fa_cell);
	struct fa_cell *at = (void *)c->s.cells.p;
	size_t from = 0;

	while (n > 0 && is_mark(&at[n - 1]))
		n--;
	while (from < n && is_mark(&at[from]))
		from++;
	memmove(at, at + from, (n - from) * sizeof(*at));
	c->s.cells.n = (n - from) * sizeof(*at);
}

void
fa_code_flush(struct fa_code *c)
{
	if (c->s.cells.n == 0)
		return;
	trim(c);
	if (!fa_code_has_letter(c, 0)) {
		fa_buf_reset(&c->s.cells);
	} else {
		if (!c->plain)
			part(c);
		fa_code_put(c, c->text_name, c->text_control && is_short(c));
	}
	c->plain = false;
}
