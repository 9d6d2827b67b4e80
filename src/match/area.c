/* Regions of text around a sentence. */
#include "match/scan.h"

static struct fa_range
blocks_text(const struct fa_doc *d, uint32_t from, uint32_t to)
{
	if (from >= to || to > d->blocks_n)
		return (struct fa_range){ 0, 0 };
	return (struct fa_range){ d->blocks[from].text.from,
		d->blocks[to - 1].text.to };
}

static void
add(struct fa_area *out, struct fa_range r)
{
	if (r.from < r.to && out->n < FA_REGION_PARTS)
		out->part[out->n++] = r;
}

/* Last sentence of a block: what heads the list below it. */
static struct fa_range
last_sentence(const struct fa_doc *d, uint32_t block)
{
	struct fa_range text = d->blocks[block].text;

	if (text.from >= text.to)
		return text;
	return d->sentences[fa_doc_sentence_at(d, text.to - 1)].text;
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
	add(out,
		(struct fa_range){ d->sentences[from].text.from,
			d->sentences[to].text.to });
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
		add(out, blocks_text(d, row.from, row.to));
	} else {
		add(out, d->blocks[block].text);
	}
	for (int depth = 0; head != FA_DOC_NONE && depth < 3; depth++) {
		add(out, last_sentence(d, head));
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
	add(out, blocks_text(d, r.from, r.to));
	if (d->blocks[r.from].head != FA_DOC_NONE)
		add(out, d->blocks[d->blocks[r.from].head].text);
	if (r.to < d->blocks_n && d->blocks[r.to].section == b->section)
		add(out, d->blocks[r.to].text);
}

static void
section_area(struct fa_area *out, const struct fa_doc *d, uint32_t block)
{
	uint32_t section = d->blocks[block].section;
	struct fa_range b = { 0, (uint32_t)d->blocks_n };

	/* Without a section stand only the blocks before the first heading. */
	if (section != FA_DOC_NONE)
		b = d->sections[section].blocks;
	else if (d->sections_n > 0)
		b.to = d->sections[0].heading;
	add(out, blocks_text(d, b.from, b.to));
}

/* The screen and those before it on the shortest way from the start. */
static void
path_area(struct fa_area *out, const struct fa_scan *s, uint32_t block)
{
	uint32_t section = s->doc->blocks[block].section;

	section_area(out, s->doc, block);
	if (!s->flow)
		return;
	while (section < s->flow->sections_n && out->n < FA_REGION_PARTS) {
		section = s->flow->before[section];
		if (section < s->flow->sections_n)
			section_area(
				out, s->doc, s->doc->sections[section].heading);
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
		add(out, clause);
		return;
	case FA_REGION_SENTENCE:
		add(out, x->text);
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
		section_area(out, doc, x->block);
		return;
	case FA_REGION_PATH:
		path_area(out, s, x->block);
		return;
	case FA_REGION_DOCUMENT:
		add(out, (struct fa_range){ 0, (uint32_t)doc->text.n });
		return;
	}
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
