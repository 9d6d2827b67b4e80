/* From tokens to blocks. */
#include "read/html_extract.h"

/* <br> ends a paragraph as policies use it, but not a heading or a button. */
static void
line_break(struct fa_html *x, const struct fa_html_token *t)
{
	enum fa_block_kind kind = x->b->proto.kind;

	if (fa_html_is_hidden(x))
		return;
	if (kind == FA_BLOCK_HEADING || kind == FA_BLOCK_CONTROL) {
		fa_build_rune(x->b, ' ', x->base + t->from, x->base + t->to);
	} else {
		fa_build_break(x->b);
	}
}

static void
start(struct fa_html *x, const struct fa_html_token *t)
{
	unsigned flags = fa_tag_flags(t->tag);

	if (t->tag == FA_TAG_BR) {
		line_break(x, t);
		return;
	}
	if (x->over == 0)
		fa_html_implied_ends(x, t->tag, flags);
	else if ((flags & FA_TAG_BLOCK) != 0)
		fa_html_apply(x);
	if (t->tag == FA_TAG_INPUT)
		fa_html_input(x, t);
	else if ((flags & FA_TAG_VOID) == 0 &&
		!(t->self_closing && x->foreign > 0))
		fa_html_open(x, t, flags);
	else if ((flags & FA_TAG_BLOCK) != 0)
		fa_html_apply(x);
}

/* Text as it stands; lines count where white space is preserved. */
static void
text(struct fa_html *x, const struct fa_html_token *t)
{
	size_t at = t->from;

	if (fa_html_is_hidden(x)) {
		if (x->in_title && x->title != NULL)
			fa_buf_add(x->title,
				fa_str_sub(x->lex.in, t->from, t->to));
		return;
	}
	if (!fa_html_top(x)->pre) {
		fa_build_slice(x->b, x->base + t->from, x->base + t->to);
		return;
	}
	for (size_t i = at; i < t->to; i++) {
		if (x->lex.in.p[i] != '\n' && x->lex.in.p[i] != '\r')
			continue;
		fa_build_slice(x->b, x->base + at, x->base + i);
		fa_build_break(x->b);
		at = i + 1;
	}
	fa_build_slice(x->b, x->base + at, x->base + t->to);
}

static void
reference(struct fa_html *x, const struct fa_html_token *t)
{
	if (!fa_html_is_hidden(x)) {
		fa_build_runes(x->b, t->ref.cp, t->ref.n, x->base + t->from,
			x->base + t->to);
	} else if (x->in_title && x->title != NULL) {
		for (size_t i = 0; i < t->ref.n; i++)
			fa_buf_add_rune(x->title, t->ref.cp[i]);
	}
}

static void
comment(struct fa_html *x, const struct fa_html_token *t)
{
	size_t from = x->base + (size_t)(t->name.p - x->lex.in.p);

	fa_build_remark(x->b, x->base + t->from, x->base + t->to,
		(struct fa_range){
			(uint32_t)from, (uint32_t)(from + t->name.n) });
}

static void
run(struct fa_html *x, struct fa_html_token *t)
{
	for (;;) {
		fa_html_lex_next(&x->lex, t);
		switch (t->kind) {
		case FA_HTML_EOF:
			return;
		case FA_HTML_TEXT:
			text(x, t);
			break;
		case FA_HTML_CHARREF:
			reference(x, t);
			break;
		case FA_HTML_START:
			start(x, t);
			break;
		case FA_HTML_END:
			if (t->tag == FA_TAG_BR)
				line_break(x, t);
			else
				fa_html_end(x, t);
			break;
		case FA_HTML_COMMENT:
			comment(x, t);
			break;
		case FA_HTML_DOCTYPE:
			break;
		}
		if (x->no_memory)
			return;
	}
}

struct fa_html *
fa_html_new(struct fa_build *b, struct fa_buf *title)
{
	struct fa_html *x = fa_arena_new(b->a, 1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->b = b;
	x->a = b->a;
	x->title = title;
	x->stack = fa_arena_grow(x->a, NULL, &x->cap, 32, sizeof(*x->stack));
	return x->stack == NULL ? NULL : x;
}

int
fa_html_extract(struct fa_html *x, size_t from, size_t to, struct fa_err *err)
{
	struct fa_build *b = x->b;

	x->base = from;
	x->label_for = FA_STR_NONE;
	x->label_end = SIZE_MAX;
	x->over = 0;
	x->over_hidden = 0;
	x->pending.on = false;
	fa_html_lex_init(&x->lex, fa_str_sub(b->src->text, from, to));
	x->stack[0] = (struct fa_html_elem){
		.tag = FA_TAG_OTHER, .ctx = b->proto, .list = FA_DOC_NONE
	};
	x->depth = 1;
	run(x, &x->token);
	x->over_hidden = 0;
	fa_html_pop_to(x, 1, false);
	fa_html_end_link(x);
	fa_build_break(b);
	b->proto = x->stack[0].ctx;
	if (x->no_memory)
		return fa_fail(err, FA_E_NOMEM, "out of memory for HTML");
	return FA_OK;
}
