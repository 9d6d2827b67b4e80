/* Structure of text. Invariants: sentences tile every block, clauses tile
 * every sentence, all on code points; sections nest; heads point backwards
 * and lists are numbered; every clause has a polarity.
 *
 * A line of input is a block; its first byte may choose a kind:
 * '#' heading (as many as there are), '>' item of an explicit list (nesting),
 * '|' cell, '!' header cell. Malformed bytes become '?'. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "match/match.h"
#include "segment/segment.h"

#define ARENA_BYTES ((size_t)1 << 28)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A table goes on while its lines do; every eighth cell begins a row. */
struct tables {
	uint32_t next, at;
	bool open;
};

static void
cell(struct fa_block *b, struct tables *t)
{
	if (!t->open) {
		t->next++;
		t->at = 0;
	}
	t->open = true;
	b->table = t->next;
	b->row = t->at / 8;
	b->column = t->at % 8;
	t->at++;
}

static void
choose(struct fa_block *b, const char *line, size_t n, struct tables *t)
{
	size_t marks = 0;

	b->list = b->table = b->row = b->column = FA_DOC_NONE;
	b->head = b->section = FA_DOC_NONE;
	while (marks < n && marks < 200 && line[marks] == line[0])
		marks++;
	if (n == 0 || (line[0] != '|' && line[0] != '!'))
		t->open = false;
	if (n == 0)
		return;
	if (line[0] == '#') {
		b->kind = FA_BLOCK_HEADING;
		b->level = (uint8_t)(marks > 6 ? 6 : marks);
	} else if (line[0] == '>') {
		b->kind = FA_BLOCK_ITEM;
		b->level = (uint8_t)marks;
		b->list = (uint32_t)marks;
	} else if (line[0] == '|' || line[0] == '!') {
		b->kind = line[0] == '|' ? FA_BLOCK_CELL : FA_BLOCK_HEADCELL;
		cell(b, t);
	}
}

static size_t
split(struct fa_block *blocks, const char *text, size_t n)
{
	struct tables t = { 0, 0, false };
	size_t from = 0, at, count = 0;

	for (at = 0; at <= n; at++) {
		if (at < n && text[at] != '\n')
			continue;
		choose(&blocks[count], text + from, at - from, &t);
		blocks[count].text =
			(struct fa_range){ (uint32_t)from, (uint32_t)at };
		count++;
		from = at + 1;
	}
	return count;
}

static void
clean(char *text, size_t n)
{
	size_t at, step;
	uint32_t cp;

	for (at = 0; at < n; at += step) {
		step = fa_utf8_next((struct fa_str){ text + at, n - at }, &cp);
		if (step == 1 && cp == FA_RUNE_BAD)
			text[at] = '?';
	}
}

static bool
on_rune(const struct fa_doc *doc, uint32_t off)
{
	return off <= doc->text.n &&
		(off == doc->text.n ||
			((unsigned char)doc->text.p[off] & 0xC0) != 0x80);
}

static void
check_cuts(const struct fa_doc *doc)
{
	size_t i, s = 0;
	uint32_t at, c = 0;

	for (i = 0; i < doc->blocks_n; i++) {
		at = doc->blocks[i].text.from;
		for (; s < doc->sentences_n && doc->sentences[s].block == i;
			s++) {
			const struct fa_sentence *x = &doc->sentences[s];

			assert(x->text.from == at && x->text.to > at);
			assert(on_rune(doc, x->text.to));
			assert(x->clauses.from == c && x->clauses.to > c);
			for (; c < x->clauses.to; c++) {
				assert(doc->clauses[c].from == at);
				assert(doc->clauses[c].to > at);
				at = doc->clauses[c].to;
				assert(on_rune(doc, at));
			}
			assert(at == x->text.to);
		}
		assert(at == doc->blocks[i].text.to);
	}
	assert(s == doc->sentences_n && c == doc->clauses_n);
}

static void
check_sections(const struct fa_doc *doc)
{
	size_t i;

	for (i = 0; i < doc->sections_n; i++) {
		const struct fa_section *s = &doc->sections[i];

		assert(s->level > 0 && s->blocks.from == s->heading);
		assert(s->blocks.to > s->blocks.from);
		assert(s->blocks.to <= doc->blocks_n);
		assert(doc->blocks[s->heading].kind == FA_BLOCK_HEADING);
		assert(doc->blocks[s->heading].section == i);
		if (i > 0)
			assert(s->heading > doc->sections[i - 1].heading);
		if (s->parent == FA_DOC_NONE)
			continue;
		assert(s->parent < i);
		assert(doc->sections[s->parent].level < s->level);
		assert(doc->sections[s->parent].blocks.to >= s->blocks.to);
	}
}

static void
check_blocks(const struct fa_doc *doc)
{
	size_t i;

	for (i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];

		if (b->section != FA_DOC_NONE) {
			assert(b->section < doc->sections_n);
			assert(doc->sections[b->section].blocks.from <= i);
			assert(doc->sections[b->section].blocks.to > i);
		}
		assert(b->head == FA_DOC_NONE || b->head < i);
		assert(b->kind != FA_BLOCK_ITEM || b->list != FA_DOC_NONE);
		assert(b->kind != FA_BLOCK_HEADING ||
			(b->level >= 1 && b->level <= 6));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_doc doc;
	enum fa_polarity *polarity = NULL;
	struct fa_arena a;
	struct fa_err err;
	char *text = malloc(size + 1);
	size_t i;

	if (text == NULL)
		return 0;
	memset(&doc, 0, sizeof(doc));
	memcpy(text, data, size);
	clean(text, size);
	doc.text = (struct fa_str){ text, size };
	doc.blocks = calloc(size + 1, sizeof(*doc.blocks));
	if (doc.blocks == NULL) {
		free(text);
		return 0;
	}
	doc.blocks_n = split(doc.blocks, text, size);
	fa_arena_init(&a, ARENA_BYTES);
	if (fa_segment(&doc, &a, &err) == 0) {
		check_cuts(&doc);
		check_sections(&doc);
		check_blocks(&doc);
		if (fa_match_polarity(&polarity, &doc, &a, &err) == 0)
			for (i = 0; i < doc.clauses_n; i++)
				assert(polarity[i] > FA_POLARITY_ANY &&
					polarity[i] <=
						FA_POLARITY_HYPOTHETICAL);
	}
	fa_arena_done(&a);
	free(doc.blocks);
	free(text);
	return 0;
}
