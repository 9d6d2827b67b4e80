/* From a paragraph to the lines of the made text. */
#include "read/word_body.h"

void
fa_word_begin_paragraph(struct fa_word_body *b)
{
	struct fa_word_paragraph *p;

	if (b->depth == FA_WORD_NESTED) {
		b->deeper++;
		return;
	}
	p = &b->at[b->depth++];
	fa_buf_reset(&p->text);
	fa_buf_reset(&p->links);
	p->style = FA_STR_NONE;
	p->num = FA_STR_NONE;
	p->num_level = 0;
	p->numbered = p->outlined = p->bold = p->plain = false;
	p->outline = 0;
	b->href = FA_STR_NONE;
}

static struct fa_block
cell_of(const struct fa_word_table *t)
{
	struct fa_block block = fa_build_plain(
		t->header || (t->first && t->row == 0) ? FA_BLOCK_HEADCELL
						       : FA_BLOCK_CELL);

	block.table = t->number;
	block.row = t->row;
	block.column = t->column;
	return block;
}

static struct fa_block
item_of(struct fa_word_body *b, const struct fa_word_paragraph *p,
	struct fa_str num, char format)
{
	struct fa_block block = fa_build_plain(FA_BLOCK_ITEM);

	block.level = (uint8_t)(p->num_level + 1);
	block.ordered = format == 'n';
	if (!fa_str_eq(b->list, num)) {
		b->list = num;
		b->lists++;
	}
	block.list = b->lists - 1;
	return block;
}

/* What the paragraph is; false when it is left out. */
static bool
kind_of(struct fa_word_body *b, const struct fa_word_paragraph *p,
	struct fa_block *block)
{
	struct fa_word_style s = fa_word_style_of(b->parts, p->style);
	struct fa_str num = p->numbered ? p->num : s.num;
	uint8_t level = p->outlined ? p->outline : s.level;
	char format = fa_word_format(b->parts, num, p->num_level);

	*block = fa_build_plain(FA_BLOCK_PARAGRAPH);
	if (s.contents)
		return false;
	if (b->tables_open > 0) {
		*block = cell_of(fa_word_body_table(b));
	} else if (level > 0) {
		*block = fa_build_plain(FA_BLOCK_HEADING);
		block->level = level;
		b->list = FA_STR_NONE;
	} else if (format != '\0') {
		*block = item_of(b, p, num, format);
	}
	return true;
}

/* Links of a paragraph whose characters [from, to) stand at "at" now. */
static void
put_links(struct fa_word_body *b, const struct fa_word_paragraph *p,
	size_t from, size_t to, size_t at)
{
	const struct fa_word_link *l = (const void *)p->links.p;

	for (size_t i = 0; i < p->links.n / sizeof(*l); i++) {
		struct fa_word_link put = l[i];

		if (put.text.from < from)
			put.text.from = (uint32_t)from;
		if (put.text.to > to)
			put.text.to = (uint32_t)to;
		if (put.text.from >= put.text.to)
			continue;
		put.text.from = (uint32_t)(put.text.from - from + at);
		put.text.to = (uint32_t)(put.text.to - from + at);
		fa_buf_add(&b->links,
			(struct fa_str){ (const char *)&put, sizeof(put) });
	}
}

static void
put_line(struct fa_word_body *b, const struct fa_word_paragraph *p, size_t from,
	size_t to, const struct fa_block *block)
{
	struct fa_str all = fa_buf_str(&p->text);
	struct fa_str line = fa_str_trim(fa_str_sub(all, from, to));
	struct fa_word_line l = { .block = *block, .bold = !p->plain };

	if (line.n == 0)
		return;
	from = (size_t)(line.p - all.p);
	l.text.from = (uint32_t)b->text.n;
	l.text.to = (uint32_t)(b->text.n + line.n);
	put_links(b, p, from, from + line.n, l.text.from);
	fa_buf_add(&b->text, line);
	fa_buf_addc(&b->text, '\n');
	fa_buf_add(&b->lines, (struct fa_str){ (const char *)&l, sizeof(l) });
}

void
fa_word_end_paragraph(struct fa_word_body *b)
{
	struct fa_word_paragraph *p = fa_word_body_top(b);
	struct fa_block block;
	size_t from = 0;

	if (b->deeper > 0) {
		b->deeper--;
		return;
	}
	if (p == NULL)
		return;
	if (p->text.n > 0 && kind_of(b, p, &block)) {
		for (size_t i = 0; i <= p->text.n; i++) {
			if (i < p->text.n && p->text.p[i] != '\n')
				continue;
			put_line(b, p, from, i, &block);
			from = i + 1;
		}
	}
	if (p->text.rc != FA_OK)
		b->text.rc = p->text.rc;
	b->depth--;
}
