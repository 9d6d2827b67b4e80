/* Lists: numbers and levels of plain items, heads of all items and cells. */
#include "segment/parts.h"

#define OPEN_MAX 16     /* plain lists inside each other */
#define GAP_MAX 12      /* blocks between two items of one plain list */
#define LEVEL_MAX 64    /* nesting of explicit lists that is followed */
#define INTRO_BYTES 240 /* end of a block in which an introduction stands */

/* A list that may go on. */
struct open {
	struct fa_marker last;
	size_t last_block;
	uint32_t list, head;
};

struct state {
	struct fa_doc *doc;
	const struct fa_lead *leads;
	uint32_t next_list;
	struct open plain[OPEN_MAX];
	size_t plain_n;
	struct open deep[LEVEL_MAX + 1]; /* explicit lists by level */
	size_t deep_n;
};

/* "14周岁以下" and "以下简称" introduce nothing. */
static bool
below_counts(struct fa_str s, size_t at)
{
	static const struct fa_str before[] = { FA_STR_INIT("岁"),
		FA_STR_INIT("级"), FA_STR_INIT("元") };
	static const struct fa_str after[] = { FA_STR_INIT("简"),
		FA_STR_INIT("称"), FA_STR_INIT("统"), FA_STR_INIT("合"),
		FA_STR_INIT("或"), FA_STR_INIT("均"), FA_STR_INIT("又"),
		FA_STR_INIT("同"), FA_STR_INIT("亦"), FA_STR_INIT("也"),
		FA_STR_INIT("(") };
	size_t i;

	for (i = 0; i < FA_COUNT(before); i++)
		if (fa_str_ends(fa_str_sub(s, 0, at), before[i]))
			return false;
	for (i = 0; i < FA_COUNT(after); i++)
		if (fa_str_starts(fa_str_sub(s, at + 6, s.n), after[i]))
			return false;
	return true;
}

/* Does the last sentence of block i announce what follows? */
static bool
introduces(const struct state *st, size_t i)
{
	static const struct fa_str words[] = { FA_STR_INIT("以下"),
		FA_STR_INIT("如下"), FA_STR_INIT("下列"), FA_STR_INIT("下述") };
	struct fa_str s =
		fa_str_trim(fa_segment_text(st->doc, st->doc->blocks[i].text));
	size_t at, from = 0, w;

	if (st->leads[i].colon_last)
		return true;
	if (s.n > INTRO_BYTES)
		s = fa_str_sub(s, s.n - INTRO_BYTES, s.n);
	for (at = fa_str_find(s, FA_STR("。"), 0);
		at != SIZE_MAX && at + 3 < s.n;
		at = fa_str_find(s, FA_STR("。"), at + 3))
		from = at + 3;
	for (w = 0; w < FA_COUNT(words); w++) {
		at = fa_str_find(s, words[w], from);
		for (; at != SIZE_MAX; at = fa_str_find(s, words[w], at + 6))
			if (w != 0 || below_counts(s, at))
				return true;
	}
	return false;
}

/* Head of a list that begins at block i and is not inside another one. */
static uint32_t
head_before(const struct state *st, size_t i)
{
	const struct fa_block *p;

	if (i == 0)
		return FA_DOC_NONE;
	p = &st->doc->blocks[i - 1];
	if (p->table != st->doc->blocks[i].table)
		return FA_DOC_NONE;
	if (p->kind != FA_BLOCK_PARAGRAPH && p->kind != FA_BLOCK_HEADING &&
		p->kind != FA_BLOCK_CELL && p->kind != FA_BLOCK_ITEM)
		return FA_DOC_NONE;
	return introduces(st, i - 1) ? (uint32_t)(i - 1) : FA_DOC_NONE;
}

/* Explicit items: the level says what encloses them. */
static void
link_explicit(struct state *st, size_t i)
{
	struct fa_block *b = &st->doc->blocks[i];
	size_t level = b->level;
	struct open *o;

	if (level == 0)
		level = 1;
	if (level > LEVEL_MAX)
		level = LEVEL_MAX;
	while (st->deep_n < level)
		st->deep[st->deep_n++] = (struct open){ .list = FA_DOC_NONE,
			.head = FA_DOC_NONE,
			.last_block = SIZE_MAX };
	st->deep_n = level;
	o = &st->deep[level - 1];
	if (o->last_block == SIZE_MAX || o->list != b->list) {
		o->list = b->list;
		o->head = head_before(st, i);
		if (level == 1 && o->head == FA_DOC_NONE && i > 0 &&
			st->leads[i - 1].marker.mark != FA_MARK_NONE &&
			st->doc->blocks[i - 1].kind == FA_BLOCK_ITEM)
			o->head = (uint32_t)(i - 1);
		if (level > 1 && st->deep[level - 2].last_block != SIZE_MAX)
			o->head = (uint32_t)st->deep[level - 2].last_block;
	}
	o->last_block = i;
	b->head = o->head;
}

static bool
same_style(const struct fa_marker *a, const struct fa_marker *b)
{
	return fa_marker_key(a) == fa_marker_key(b) &&
		(a->mark != FA_MARK_BULLET || a->number == b->number);
}

/* Does the item at block i go on with the list o? One number may be lost. */
static bool
goes_on(const struct open *o, const struct fa_marker *m, size_t i)
{
	if (m->mark == FA_MARK_BULLET)
		return i - o->last_block <= 2;
	return m->number > o->last.number && m->number <= o->last.number + 2;
}

static void
open_plain(struct state *st, const struct fa_marker *m, size_t i)
{
	struct open *o;
	uint32_t head = head_before(st, i);

	if (st->plain_n == OPEN_MAX)
		st->plain_n--;
	if (head == FA_DOC_NONE && st->plain_n > 0 &&
		st->plain[st->plain_n - 1].last_block + 1 == i)
		head = (uint32_t)(i - 1); /* the item right before */
	o = &st->plain[st->plain_n++];
	o->list = st->next_list++;
	o->head = head;
	o->last = *m;
}

static void
link_plain(struct state *st, size_t i)
{
	const struct fa_marker *m = &st->leads[i].marker;
	struct fa_block *b = &st->doc->blocks[i];
	size_t k = st->plain_n;
	struct open *o;

	while (k > 0 && !same_style(&st->plain[k - 1].last, m))
		k--;
	if (k > 0) {
		o = &st->plain[k - 1];
		st->plain_n = k;
		if (i - o->last_block > GAP_MAX || !goes_on(o, m, i))
			st->plain_n = k - 1;
	}
	if (k == 0 || st->plain_n < k)
		open_plain(st, m, i);
	o = &st->plain[st->plain_n - 1];
	o->last = *m;
	o->last_block = i;
	b->list = o->list;
	b->head = o->head;
	b->level = (uint8_t)st->plain_n;
}

void
fa_lists_link(struct fa_doc *doc, const struct fa_lead *leads)
{
	struct state st = { .doc = doc, .leads = leads };
	size_t i;

	for (i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];

		if (b->list != FA_DOC_NONE && b->list >= st.next_list)
			st.next_list = b->list + 1;
	}
	for (i = 0; i < doc->blocks_n; i++) {
		struct fa_block *b = &doc->blocks[i];

		b->head = FA_DOC_NONE;
		if (b->kind == FA_BLOCK_HEADING) {
			st.plain_n = 0;
			st.deep_n = 0;
		} else if (b->kind == FA_BLOCK_ITEM) {
			if (leads[i].marker.mark == FA_MARK_NONE)
				link_explicit(&st, i);
			else
				link_plain(&st, i);
		}
	}
}

/* The header cells of one table: its first row, in column order. */
struct header {
	size_t from, to; /* blocks */
	bool heads;      /* most of it are header cells */
};

static struct header
header_of(const struct fa_doc *doc, size_t from, size_t to)
{
	struct header h = { from, from, false };
	size_t heads = 0;

	while (h.to < to && doc->blocks[h.to].row == doc->blocks[from].row)
		heads += doc->blocks[h.to++].kind == FA_BLOCK_HEADCELL;
	h.heads = heads * 2 > h.to - h.from;
	return h;
}

/* First block of the header cell of a column, by bisection. */
static uint32_t
header_cell(const struct fa_doc *doc, const struct header *h, uint32_t column)
{
	size_t lo = h->from, hi = h->to;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->blocks[mid].column < column)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < h->to && doc->blocks[lo].column == column)
		return (uint32_t)lo;
	return FA_DOC_NONE;
}

/* A table: the run [from, to) of blocks. Without a header row, the header
 * cell of the same row; without any header cell, row 0. */
static void
link_table(struct fa_doc *doc, size_t from, size_t to)
{
	struct header h = header_of(doc, from, to);
	uint32_t row_head = FA_DOC_NONE;
	bool any = false;
	size_t i;

	for (i = from; i < to; i++)
		any = any || doc->blocks[i].kind == FA_BLOCK_HEADCELL;
	for (i = any && !h.heads ? from : h.to; i < to; i++) {
		struct fa_block *b = &doc->blocks[i];

		if (row_head != FA_DOC_NONE &&
			doc->blocks[row_head].row != b->row)
			row_head = FA_DOC_NONE;
		if (b->kind == FA_BLOCK_HEADCELL && row_head == FA_DOC_NONE)
			row_head = (uint32_t)i;
		if (b->kind == FA_BLOCK_HEADCELL || b->head != FA_DOC_NONE)
			continue;
		if (h.heads || (!any && doc->blocks[from].row == 0))
			b->head = header_cell(doc, &h, b->column);
		else
			b->head = row_head;
	}
}

void
fa_cells_link(struct fa_doc *doc)
{
	size_t i, j;

	for (i = 0; i < doc->blocks_n; i = j) {
		uint32_t table = doc->blocks[i].table;

		for (j = i + 1;
			j < doc->blocks_n && doc->blocks[j].table == table; j++)
			;
		if (table != FA_DOC_NONE)
			link_table(doc, i, j);
	}
}
