/* Regions, as model/rule.h describes them. A region is one stretch of text or
 * a few: a paragraph and the sentence that heads its list are two. */
#include "reference/work.h"

#define HEADS 3 /* of lists in lists, each headed by a sentence */

static void
add(struct ref_region *out, uint32_t from, uint32_t to)
{
	if (from < to && out->n < REF_REGION_PARTS)
		out->part[out->n++] = (struct fa_range){ from, to };
}

/* Blocks from up to to, which is not among them. */
static void
add_blocks(struct ref_region *out, const struct fa_doc *d, uint32_t from,
	uint32_t to)
{
	if (from < to)
		add(out, d->blocks[from].text.from, d->blocks[to - 1].text.to);
}

/* The last sentence of a block is what leads to a list below it. */
static void
add_last_sentence(
	struct ref_region *out, const struct fa_doc *d, uint32_t block)
{
	for (size_t i = d->sentences_n; i-- > 0;)
		if (d->sentences[i].block == block) {
			add(out, d->sentences[i].text.from,
				d->sentences[i].text.to);
			return;
		}
}

static uint32_t
section_of(const struct fa_doc *d, uint32_t sentence)
{
	return d->blocks[d->sentences[sentence].block].section;
}

static void
near_it(struct ref_region *out, const struct fa_doc *d, uint32_t n,
	uint32_t sentence)
{
	uint32_t section = section_of(d, sentence);
	uint32_t first = sentence, last = sentence;

	while (sentence - first < n && first > 0 &&
		section_of(d, first - 1) == section)
		first--;
	while (last - sentence < n && last + 1 < d->sentences_n &&
		section_of(d, last + 1) == section)
		last++;
	add(out, d->sentences[first].text.from, d->sentences[last].text.to);
}

static bool
in_row(const struct fa_block *x, const struct fa_block *of)
{
	return x->table == of->table && x->row == of->row;
}

/* Items of the list, and of lists within them. */
static bool
in_list(const struct fa_block *x, const struct fa_block *of)
{
	if (of->table != FA_DOC_NONE)
		return x->table == of->table;
	return x->list != FA_DOC_NONE &&
		(x->list == of->list || x->level > of->level);
}

static struct fa_range
neighbours(const struct fa_doc *d, uint32_t block,
	bool (*belongs)(const struct fa_block *, const struct fa_block *))
{
	struct fa_range r = { block, block + 1 };

	while (r.from > 0 && belongs(&d->blocks[r.from - 1], &d->blocks[block]))
		r.from--;
	while (r.to < d->blocks_n &&
		belongs(&d->blocks[r.to], &d->blocks[block]))
		r.to++;
	return r;
}

static void
block_of(struct ref_region *out, const struct fa_doc *d, uint32_t block)
{
	struct fa_range r = { block, block + 1 };
	uint32_t head = d->blocks[block].head;

	if (d->blocks[block].table != FA_DOC_NONE)
		r = neighbours(d, block, in_row);
	add_blocks(out, d, r.from, r.to);
	for (int i = 0; i < HEADS && head != FA_DOC_NONE; i++) {
		add_last_sentence(out, d, head);
		head = d->blocks[head].head;
	}
}

static void
list_of(struct ref_region *out, const struct fa_doc *d, uint32_t block)
{
	const struct fa_block *b = &d->blocks[block];
	struct fa_range r;

	if (b->list == FA_DOC_NONE && b->table == FA_DOC_NONE) {
		block_of(out, d, block);
		return;
	}
	r = neighbours(d, block, in_list);
	add_blocks(out, d, r.from, r.to);
	if (d->blocks[r.from].head != FA_DOC_NONE)
		add_blocks(out, d, d->blocks[r.from].head,
			d->blocks[r.from].head + 1);
	if (r.to < d->blocks_n && d->blocks[r.to].section == b->section)
		add_blocks(out, d, r.to, r.to + 1);
}

/* What stands before the first heading is in no section. */
static void
section_with(struct ref_region *out, const struct fa_doc *d, uint32_t section)
{
	if (section != FA_DOC_NONE)
		add_blocks(out, d, d->sections[section].blocks.from,
			d->sections[section].blocks.to);
	else if (d->sections_n > 0)
		add_blocks(out, d, 0, d->sections[0].heading);
	else
		add_blocks(out, d, 0, (uint32_t)d->blocks_n);
}

static void
path_to(struct ref_region *out, const struct ref_work *w, uint32_t section)
{
	section_with(out, w->doc, section);
	while (w->flow && section < w->flow->sections_n &&
		out->n < REF_REGION_PARTS) {
		section = w->flow->before[section];
		if (section < w->flow->sections_n)
			section_with(out, w->doc, section);
	}
}

void
ref_region_around(struct ref_region *out, const struct ref_work *w,
	enum fa_region r, uint32_t near, uint32_t sentence,
	struct fa_range clause)
{
	const struct fa_doc *d = w->doc;
	const struct fa_sentence *s = &d->sentences[sentence];

	out->n = 0;
	switch (r) {
	case FA_REGION_CLAUSE:
		add(out, clause.from, clause.to);
		return;
	case FA_REGION_SENTENCE:
		add(out, s->text.from, s->text.to);
		return;
	case FA_REGION_NEAR:
		near_it(out, d, near, sentence);
		return;
	case FA_REGION_BLOCK:
		block_of(out, d, s->block);
		return;
	case FA_REGION_LIST:
		list_of(out, d, s->block);
		return;
	case FA_REGION_SECTION:
	case FA_REGION_SCREEN:
		section_with(out, d, section_of(d, sentence));
		return;
	case FA_REGION_PATH:
		path_to(out, w, section_of(d, sentence));
		return;
	case FA_REGION_DOCUMENT:
		add(out, 0, (uint32_t)d->text.n);
		return;
	}
}

bool
ref_region_touches(
	const struct ref_region *r, const struct fa_doc *doc, uint32_t sentence)
{
	struct fa_range s = doc->sentences[sentence].text;

	for (size_t i = 0; i < r->n; i++)
		if (s.from < r->part[i].to && r->part[i].from < s.to)
			return true;
	return false;
}
