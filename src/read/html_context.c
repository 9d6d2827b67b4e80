/* What the text in each element is. */
#include "read/html_extract.h"

#include "base/attr.h"

/* The text of a cell of a table, and where it stands. */
static void
cell_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	struct fa_html_table *table = e->table;
	uint32_t rows =
		fa_html_number(fa_html_attr_get(t, "rowspan"), 1, 65534);
	uint32_t columns =
		fa_html_number(fa_html_attr_get(t, "colspan"), 1, 1000);
	bool header = t->tag == FA_TAG_TH || e->thead;

	(void)x;
	e->ctx.kind = header ? FA_BLOCK_HEADCELL : FA_BLOCK_CELL;
	e->ctx.level = 0;
	e->ctx.list = FA_DOC_NONE;
	e->list_depth = 0;
	if (table == NULL)
		return;
	if (table->row == FA_DOC_NONE)
		table->row = 0;
	while (table->column < FA_HTML_COLUMNS &&
		table->span[table->column] > 0)
		table->column++;
	e->ctx.row = table->row;
	e->ctx.column = table->column;
	for (uint32_t i = 0; i < (columns == 0 ? 1 : columns); i++) {
		if (table->column < FA_HTML_COLUMNS)
			table->span[table->column] = rows == 0 ? 65534 : rows;
		table->column++;
	}
}

static void
row_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	struct fa_html_table *table = e->table;

	(void)x;
	(void)t;
	if (table == NULL)
		return;
	table->row = table->row == FA_DOC_NONE ? 0 : table->row + 1;
	table->column = 0;
	for (size_t i = 0; i < FA_HTML_COLUMNS; i++) {
		if (table->span[i] > 0)
			table->span[i]--;
	}
}

static void
item_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)x;
	(void)t;
	e->ctx.kind = FA_BLOCK_ITEM;
	e->ctx.level = e->list_depth > 0 ? e->list_depth : 1;
	e->ctx.list = e->list;
	e->ctx.ordered = e->ordered;
}

static void
list_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)t;
	e->list = x->b->lists++;
	e->ordered = e->tag == FA_TAG_OL;
	if (e->list_depth < UINT8_MAX)
		e->list_depth++;
}

static void
heading_context(struct fa_html_elem *e, uint32_t level)
{
	e->ctx.kind = FA_BLOCK_HEADING;
	e->ctx.level = (uint8_t)level;
	e->ctx.list = FA_DOC_NONE;
	e->ctx.ordered = false;
}

static void
control_context(struct fa_html *x, struct fa_html_elem *e, bool checked)
{
	e->ctx.kind = FA_BLOCK_CONTROL;
	e->ctx.level = 0;
	e->ctx.checked = checked ||
		(x->pending.on && x->pending.checked &&
			x->pending.at == fa_build_at(x->b));
}

/* ARIA roles that stand for elements. */
static void
role_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	static const char *const controls[] = { "button", "checkbox", "radio",
		"switch", "option", "menuitemcheckbox", "menuitemradio" };
	struct fa_str role = fa_str_trim(fa_html_attr_get(t, "role"));
	struct fa_str checked = fa_html_attr_get(t, "aria-checked");

	if (role.n == 0)
		return;
	if (fa_str_ieq(role, FA_STR("heading"))) {
		struct fa_str level = fa_html_attr_get(t, "aria-level");

		e->flags |= FA_TAG_BLOCK;
		heading_context(e, fa_html_number(level, 2, 6));
		return;
	}
	for (size_t i = 0; i < FA_COUNT(controls); i++) {
		if (fa_str_ieq(role, fa_str_c(controls[i]))) {
			e->flags |= FA_TAG_BLOCK;
			control_context(x, e,
				fa_str_ieq(
					fa_str_trim(checked), FA_STR("true")));
		}
	}
}

static void
begin_link(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	struct fa_str href = fa_html_attr_get(t, "href");

	(void)e;
	fa_html_end_link(x);
	if (href.p == NULL)
		return;
	x->in_link = true;
	x->link_elem = (uint32_t)x->depth;
	x->link_at = fa_build_at(x->b);
	x->link_href = href;
}

static void
quote_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)x;
	(void)t;
	e->ctx.kind = FA_BLOCK_QUOTE;
}

static void
code_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)x;
	(void)t;
	e->ctx.kind = FA_BLOCK_CODE;
	e->pre = true;
}

static void
table_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)t;
	e->ctx = fa_build_plain(FA_BLOCK_PARAGRAPH);
	e->ctx.table = x->b->tables++;
}

static void
thead_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)x;
	(void)t;
	e->thead = true;
}

static void
textarea_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)t;
	e->pre = true;
	control_context(x, e, false);
}

static void
label_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	x->label_for = fa_html_attr_get(t, "for");
	x->label_at = fa_build_at(x->b);
	control_context(x, e, false);
}

static void
button_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	control_context(x, e, fa_html_attr_get(t, "selected").p != NULL);
}

static void
title_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)e;
	(void)t;
	x->in_title = x->foreign == 0;
}

static void
foreign_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)e;
	(void)t;
	x->foreign++;
	x->lex.foreign = true;
}

static void
h_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	(void)x;
	heading_context(e, t->tag - FA_TAG_H1 + 1);
}

typedef void context_fn(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t);

static context_fn *const contexts[FA_TAG_N] = {
	[FA_TAG_A] = begin_link,
	[FA_TAG_BLOCKQUOTE] = quote_context,
	[FA_TAG_PRE] = code_context,
	[FA_TAG_LISTING] = code_context,
	[FA_TAG_XMP] = code_context,
	[FA_TAG_PLAINTEXT] = code_context,
	[FA_TAG_UL] = list_context,
	[FA_TAG_OL] = list_context,
	[FA_TAG_MENU] = list_context,
	[FA_TAG_DIR] = list_context,
	[FA_TAG_LI] = item_context,
	[FA_TAG_TABLE] = table_context,
	[FA_TAG_THEAD] = thead_context,
	[FA_TAG_TR] = row_context,
	[FA_TAG_TD] = cell_context,
	[FA_TAG_TH] = cell_context,
	[FA_TAG_TEXTAREA] = textarea_context,
	[FA_TAG_LABEL] = label_context,
	[FA_TAG_BUTTON] = button_context,
	[FA_TAG_OPTION] = button_context,
	[FA_TAG_TITLE] = title_context,
	[FA_TAG_SVG] = foreign_context,
	[FA_TAG_MATH] = foreign_context,
	[FA_TAG_H1] = h_context,
	[FA_TAG_H2] = h_context,
	[FA_TAG_H3] = h_context,
	[FA_TAG_H4] = h_context,
	[FA_TAG_H5] = h_context,
	[FA_TAG_H6] = h_context,
};

/* What text in a new element is; e is on the stack and inherited the context
 * of its parent. */
void
fa_html_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t)
{
	if (contexts[t->tag] != NULL)
		contexts[t->tag](x, e, t);
	role_context(x, e, t);
	/* The text of a checkbox may stand in a block of its own. */
	if ((e->flags & FA_TAG_BLOCK) != 0 &&
		e->ctx.kind == FA_BLOCK_PARAGRAPH && x->pending.on &&
		x->pending.at == fa_build_at(x->b))
		control_context(x, e, false);
}
