/* Regions of text around a sentence. */
#include "match/scan.h"

/* A range of text, and the sentences that stand there. */
static void
add(struct fa_area *out, struct fa_range text, uint32_t from, uint32_t to)
{
	if (text.from >= text.to || out->n == FA_REGION_PARTS)
		return;
	out->part[out->n] = text;
	out->run[out->n++] = (struct fa_range){ from, to };
}

static void
add_sentences(
	struct fa_area *out, const struct fa_doc *d, uint32_t from, uint32_t to)
{
	if (from < to)
		add(out,
			(struct fa_range){ d->sentences[from].text.from,
				d->sentences[to - 1].text.to },
			from, to);
}

static void
add_blocks(struct fa_area *out, const struct fa_scan *s, uint32_t from,
	uint32_t to)
{
	const struct fa_doc *d = s->doc;

	if (from < to && to <= d->blocks_n)
		add(out,
			(struct fa_range){ d->blocks[from].text.from,
				d->blocks[to - 1].text.to },
			s->first[from], s->first[to]);
}

/* Last sentence of a block: what heads the list below it. */
static void
add_head(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	uint32_t end = s->first[block + 1];

	if (end > s->first[block])
		add_sentences(out, s->doc, end - 1, end);
}

static void
near_area(struct fa_area *out, const struct fa_doc *d, uint32_t sentence,
	uint32_t near)
{
	uint32_t section = d->blocks[d->sentences[sentence].block].section;
	uint32_t from = sentence, to = sentence;

	for (uint32_t i = 0; i < near && from > 0; i++, from--)
		if (d->blocks[d->sentences[from - 1].block].section != section)
			break;
	for (uint32_t i = 0; i < near && to + 1 < d->sentences_n; i++, to++)
		if (d->blocks[d->sentences[to + 1].block].section != section)
			break;
	add_sentences(out, d, from, to + 1);
}

/* Is a in the run of blocks that b asks for? */
typedef bool run_test(const struct fa_block *a, const struct fa_block *b);

/* The blocks around one that pass the test beside it. They are looked for
 * once for all blocks to which the answer is the same, because a list may
 * have as many items as there are sentences to try. */
static struct fa_range
run_around(struct fa_range *known, const struct fa_doc *d, uint32_t block,
	run_test *same)
{
	const struct fa_block *b = &d->blocks[block];
	struct fa_range r = { block, block + 1 };

	if (known[block].to > 0)
		return known[block];
	while (r.from > 0 && same(&d->blocks[r.from - 1], b))
		r.from--;
	while (r.to < d->blocks_n && same(&d->blocks[r.to], b))
		r.to++;
	for (uint32_t i = r.from; i < r.to; i++) {
		const struct fa_block *x = &d->blocks[i];
		if (x->level == b->level && same(x, b) && same(b, x))
			known[i] = r;
	}
	return r;
}

static bool
same_row(const struct fa_block *a, const struct fa_block *b)
{
	return a->table == b->table && a->row == b->row;
}

static void
block_area(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	const struct fa_doc *d = s->doc;
	uint32_t head = d->blocks[block].head;

	if (d->blocks[block].table != FA_DOC_NONE) {
		struct fa_range row = run_around(s->rows, d, block, same_row);
		add_blocks(out, s, row.from, row.to);
	} else {
		add_blocks(out, s, block, block + 1);
	}
	for (int depth = 0; head != FA_DOC_NONE && depth < 3; depth++) {
		add_head(out, s, head);
		head = d->blocks[head].head;
	}
}

static bool
same_list(const struct fa_block *a, const struct fa_block *b)
{
	if (b->table != FA_DOC_NONE)
		return a->table == b->table;
	return a->list != FA_DOC_NONE &&
		(a->list == b->list || a->level > b->level);
}

static void
list_area(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	const struct fa_doc *d = s->doc;
	const struct fa_block *b = &d->blocks[block];
	struct fa_range r;

	if (b->list == FA_DOC_NONE && b->table == FA_DOC_NONE) {
		block_area(out, s, block);
		return;
	}
	r = run_around(s->lists, d, block, same_list);
	add_blocks(out, s, r.from, r.to);
	if (d->blocks[r.from].head != FA_DOC_NONE)
		add_blocks(out, s, d->blocks[r.from].head,
			d->blocks[r.from].head + 1);
	if (r.to < d->blocks_n && d->blocks[r.to].section == b->section)
		add_blocks(out, s, r.to, r.to + 1);
}

static void
section_area(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	const struct fa_doc *d = s->doc;
	uint32_t section = d->blocks[block].section;
	struct fa_range b = { 0, (uint32_t)d->blocks_n };

	/* Without a section stand only the blocks before the first heading. */
	if (section != FA_DOC_NONE)
		b = d->sections[section].blocks;
	else if (d->sections_n > 0)
		b.to = d->sections[0].heading;
	add_blocks(out, s, b.from, b.to);
}

/* The screen and those before it on the shortest way from the start. */
static void
path_area(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	uint32_t section = s->doc->blocks[block].section;

	section_area(out, s, block);
	if (!s->flow)
		return;
	while (section < s->flow->sections_n && out->n < FA_REGION_PARTS) {
		section = s->flow->before[section];
		if (section < s->flow->sections_n)
			section_area(out, s, s->doc->sections[section].heading);
	}
}

void
fa_scan_area(struct fa_area *out, const struct fa_scan *s,
	enum fa_region region, uint32_t near, uint32_t sentence,
	struct fa_range clause)
{
	const struct fa_doc *doc = s->doc;
	const struct fa_sentence *x = &doc->sentences[sentence];

	out->n = 0;
	switch (region) {
	case FA_REGION_CLAUSE:
		add(out, clause, sentence, sentence + 1);
		return;
	case FA_REGION_SENTENCE:
		add(out, x->text, sentence, sentence + 1);
		return;
	case FA_REGION_NEAR:
		near_area(out, doc, sentence, near);
		return;
	case FA_REGION_BLOCK:
		block_area(out, s, x->block);
		return;
	case FA_REGION_LIST:
		list_area(out, s, x->block);
		return;
	case FA_REGION_SECTION:
	case FA_REGION_SCREEN:
		section_area(out, s, x->block);
		return;
	case FA_REGION_PATH:
		path_area(out, s, x->block);
		return;
	case FA_REGION_DOCUMENT:
		add(out, (struct fa_range){ 0, (uint32_t)doc->text.n }, 0,
			(uint32_t)doc->sentences_n);
		return;
	}
}

int
fa_scan_blocks(struct fa_scan *s)
{
	const struct fa_doc *d = s->doc;
	uint32_t block = 0;

	s->first = fa_arena_raw(s->a, d->blocks_n + 1, sizeof(*s->first));
	if (!s->first)
		return FA_E_NOMEM;
	for (uint32_t i = 0; i < d->sentences_n; i++)
		while (block <= d->sentences[i].block)
			s->first[block++] = i;
	while (block <= d->blocks_n)
		s->first[block++] = (uint32_t)d->sentences_n;
	return FA_OK;
}

uint32_t
fa_scan_clause(const struct fa_doc *doc, uint32_t sentence, uint32_t end)
{
	struct fa_range c = doc->sentences[sentence].clauses;

	while (c.to - c.from > 1) {
		uint32_t mid = c.from + (c.to - c.from) / 2;
		if (doc->clauses[mid].from < end)
			c.from = mid;
		else
			c.to = mid;
	}
	return c.from;
}
