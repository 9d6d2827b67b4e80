/* The stack of open elements. An end tag closes everything up to its element,
 * within the limits that HTML sets (§13.2.4.2 "has an element in scope");
 * every question is answered in constant time from indices kept in the
 * elements, so that unclosed and misnested tags cost nothing. */
#include <assert.h>

#include "read/html_extract.h"

struct fa_html_elem *
fa_html_top(struct fa_html *x)
{
	assert(x->depth > 0);
	return &x->stack[x->depth - 1];
}

bool
fa_html_is_hidden(const struct fa_html *x)
{
	return x->hidden > 0 || x->over_hidden > 0;
}

/* Ends the block in work and makes later text what the top element says. */
void
fa_html_apply(struct fa_html *x)
{
	if (!fa_html_is_hidden(x))
		fa_build_break(x->b);
	x->b->proto = fa_html_top(x)->ctx;
}

void
fa_html_end_link(struct fa_html *x)
{
	struct fa_buf href;

	if (!x->in_link)
		return;
	x->in_link = false;
	fa_buf_init(&href, FA_HTML_HREF_BYTES);
	fa_html_decode(x->link_href, &href);
	if (href.rc == 0) {
		fa_build_link(x->b, x->link_at, fa_str_trim(fa_buf_str(&href)));
	}
	fa_buf_done(&href);
}

/* Forgets the top element. */
static void
pop(struct fa_html *x)
{
	struct fa_html_elem *e = fa_html_top(x);

	if (x->in_link && x->link_elem == x->depth)
		fa_html_end_link(x);
	if (e->tag == FA_TAG_TITLE)
		x->in_title = false;
	if (e->tag == FA_TAG_LABEL)
		x->label_end = fa_build_at(x->b);
	if (e->tag == FA_TAG_SVG || e->tag == FA_TAG_MATH)
		x->lex.foreign = --x->foreign > 0;
	if (e->tag == FA_TAG_TABLE && e->table != NULL) {
		e->table->free = x->unused;
		x->unused = e->table;
	}
	if (e->hidden)
		x->hidden--;
	x->top[e->tag] = e->same;
	x->depth--;
	x->b->bold = x->depth > 0 && fa_html_top(x)->bold ? 1 : 0;
}

/* Closes the elements from index up; quiet: without ending the block. */
void
fa_html_pop_to(struct fa_html *x, size_t index, bool quiet)
{
	bool was_hidden = fa_html_is_hidden(x);
	bool block = false;

	assert(index > 0); /* the root stays */
	while (x->depth > index) {
		block = block || (fa_html_top(x)->flags & FA_TAG_BLOCK) != 0;
		/* A block ends with the text in it, before a link does. */
		if (block && !was_hidden && !quiet)
			fa_build_break(x->b);
		pop(x);
	}
	if (block) {
		x->b->proto = fa_html_top(x)->ctx;
		x->pending.on = false;
	}
}

static struct fa_html_table *
new_table(struct fa_html *x)
{
	struct fa_html_table *table = x->unused;

	if (table != NULL)
		x->unused = table->free;
	else
		table = fa_arena_new(x->a, 1, sizeof(*table));
	if (table == NULL) {
		x->no_memory = true;
		return NULL;
	}
	*table = (struct fa_html_table){ .row = FA_DOC_NONE };
	return table;
}

/* Beyond the limit elements are only counted. */
static void
open_over(struct fa_html *x, bool hidden)
{
	x->over++;
	x->too_deep = true;
	if (hidden && x->over_hidden == 0)
		x->over_hidden = x->over;
}

static bool
hides(const struct fa_html *x, const struct fa_html_token *t, unsigned flags,
	bool style_hides)
{
	if (x->foreign > 0 &&
		(t->tag == FA_TAG_TITLE ||
			fa_str_ieq(t->name, FA_STR("desc")) ||
			fa_str_ieq(t->name, FA_STR("metadata"))))
		return true;
	return style_hides || (flags & FA_TAG_HIDDEN) != 0 ||
		t->tag == FA_TAG_TITLE ||
		fa_html_attr_get(t, "hidden").p != NULL;
}

/* Links the element into the stack's indices. */
static void
link_in(struct fa_html *x, struct fa_html_elem *e)
{
	uint32_t index = (uint32_t)x->depth; /* 1 + index after push */

	e->same = x->top[e->tag];
	x->top[e->tag] = index;
	if ((e->flags & FA_TAG_SCOPE) != 0)
		e->scope = index;
	if ((e->flags & FA_TAG_BLOCK) != 0)
		e->block = index;
	if (e->tag == FA_TAG_TABLE) {
		e->table_at = index;
		e->table = new_table(x);
		e->thead = false;
	}
}

void
fa_html_open(struct fa_html *x, const struct fa_html_token *t, unsigned flags)
{
	struct fa_html_style style =
		fa_html_style(fa_html_attr_get(t, "style"));
	bool hidden = hides(x, t, flags, style.hidden);
	bool was_hidden = fa_html_is_hidden(x);
	struct fa_html_elem e = *fa_html_top(x);
	struct fa_html_elem *grown;

	if (x->depth >= FA_HTML_DEPTH) {
		open_over(x, hidden);
		return;
	}
	grown = fa_arena_grow(
		x->a, x->stack, &x->cap, x->depth + 1, sizeof(*x->stack));
	if (grown == NULL) {
		x->no_memory = true;
		return;
	}
	x->stack = grown;
	e.tag = t->tag;
	e.flags = flags | (style.block ? (unsigned)FA_TAG_BLOCK : 0u);
	e.hidden = hidden;
	e.own_bold =
		style.bold || t->tag == FA_TAG_B || t->tag == FA_TAG_STRONG;
	e.bold = e.bold || e.own_bold;
	e.pre = e.pre || style.pre;
	x->depth++;
	link_in(x, &e);
	x->stack[x->depth - 1] = e;
	x->hidden += hidden;
	x->b->bold = e.bold ? 1 : 0;
	fa_html_context(x, fa_html_top(x), t);
	if ((fa_html_top(x)->flags & FA_TAG_BLOCK) != 0) {
		if (!was_hidden)
			fa_build_break(x->b);
		x->b->proto = fa_html_top(x)->ctx;
	}
}

/* §13.2.6.4.7, the adoption agency in brief: an inline element whose end tag
 * comes inside a block that it does not contain ends its effect only. */
static void
end_effect(struct fa_html *x, size_t index)
{
	struct fa_html_elem *e = &x->stack[index - 1];

	if (x->in_link && x->link_elem == index)
		fa_html_end_link(x);
	if (!e->own_bold)
		return;
	e->own_bold = false;
	for (size_t i = index - 1; i < x->depth; i++) {
		x->stack[i].bold =
			x->stack[i].own_bold || (i > 0 && x->stack[i - 1].bold);
	}
	x->b->bold = fa_html_top(x)->bold ? 1 : 0;
}

static uint32_t
top_heading(const struct fa_html *x)
{
	uint32_t best = 0;

	for (unsigned tag = FA_TAG_H1; tag <= FA_TAG_H6; tag++) {
		if (x->top[tag] > best)
			best = x->top[tag];
	}
	return best;
}

void
fa_html_end(struct fa_html *x, const struct fa_html_token *t)
{
	unsigned flags = fa_tag_flags(t->tag);
	const struct fa_html_elem *top = fa_html_top(x);
	uint32_t index = x->top[t->tag];
	uint32_t bound = top->scope;

	if ((flags & FA_TAG_VOID) != 0)
		return;
	if (x->over > 0) {
		x->over--;
		if (x->over < x->over_hidden)
			x->over_hidden = 0;
		if ((flags & FA_TAG_BLOCK) != 0)
			fa_html_apply(x);
		return;
	}
	if ((flags & FA_TAG_HEADING) != 0)
		index = top_heading(x);
	if ((flags & FA_TAG_TABLE_PART) != 0)
		bound = top->table_at;
	if (index == 0 || index < bound) {
		if (t->tag == FA_TAG_P && !fa_html_is_hidden(x))
			fa_build_break(x->b);
		return;
	}
	if ((x->stack[index - 1].flags & FA_TAG_BLOCK) == 0 &&
		top->block > index)
		end_effect(x, index);
	else
		fa_html_pop_to(x, index - 1, false);
}

static uint32_t
max2(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Closes up to the uppermost of two tags when it lies above bound. */
static void
close_above(struct fa_html *x, unsigned a, unsigned b, uint32_t bound)
{
	uint32_t index = max2(x->top[a], x->top[b]);

	if (index > bound && index > 1)
		fa_html_pop_to(x, index - 1, false);
}

static void
close_cells(struct fa_html *x, unsigned tag)
{
	uint32_t bound = fa_html_top(x)->table_at;

	if (bound == 0)
		return;
	close_above(x, FA_TAG_TD, FA_TAG_TH, bound);
	close_above(x, FA_TAG_CAPTION, FA_TAG_CAPTION, bound);
	if (tag == FA_TAG_TD || tag == FA_TAG_TH)
		return;
	close_above(x, FA_TAG_TR, FA_TAG_TR, bound);
	if (tag == FA_TAG_TR)
		return;
	close_above(x, FA_TAG_TBODY, FA_TAG_THEAD, bound);
	close_above(x, FA_TAG_TFOOT, FA_TAG_TFOOT, bound);
}

/* §13.2.6.4.7: the elements that a start tag ends without an end tag. */
void
fa_html_implied_ends(struct fa_html *x, unsigned tag, unsigned flags)
{
	uint32_t scope = fa_html_top(x)->scope;

	if (x->foreign > 0 && (flags & FA_TAG_CLOSE_P) != 0)
		close_above(x, FA_TAG_SVG, FA_TAG_MATH, scope);
	if ((flags & FA_TAG_TABLE_PART) != 0 && tag != FA_TAG_TABLE)
		close_cells(x, tag);
	if (tag == FA_TAG_LI) {
		uint32_t list = max2(max2(x->top[FA_TAG_UL], x->top[FA_TAG_OL]),
			max2(x->top[FA_TAG_MENU], x->top[FA_TAG_DIR]));

		close_above(x, FA_TAG_LI, FA_TAG_LI, max2(list, scope));
	} else if (tag == FA_TAG_DD || tag == FA_TAG_DT) {
		close_above(x, FA_TAG_DD, FA_TAG_DT,
			max2(x->top[FA_TAG_DL], scope));
	} else if (tag == FA_TAG_OPTION || tag == FA_TAG_OPTGROUP) {
		close_above(x, FA_TAG_OPTION, FA_TAG_OPTION, scope);
		if (tag == FA_TAG_OPTGROUP)
			close_above(x, tag, tag, scope);
	} else if (tag == FA_TAG_BUTTON || tag == FA_TAG_LABEL) {
		close_above(x, tag, tag, scope);
	}
	if ((flags & FA_TAG_CLOSE_P) != 0)
		close_above(x, FA_TAG_P, FA_TAG_P, scope);
	if ((flags & FA_TAG_HEADING) != 0 &&
		(fa_html_top(x)->flags & FA_TAG_HEADING) != 0)
		fa_html_pop_to(x, x->depth - 1, false);
}
