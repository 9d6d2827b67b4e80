/* Documents made by hand: one block per line of a text, paragraphs unless the
 * line begins with a mark that is cut off:
 *   "## "   heading of level 2
 *   "-2 "   item of an explicit list, level 2; lists are told by level
 *   "|r,c " cell of table 0 at row r (one digit), column c
 *   "!r,c " header cell */
#ifndef FIXTURE_SEGMENT_H
#define FIXTURE_SEGMENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "segment/segment.h"

#define FIXTURE_BLOCKS 256

struct fixture {
	struct fa_arena a;
	struct fa_block blocks[FIXTURE_BLOCKS];
	struct fa_doc doc;
};

/* Kind of the block and the bytes of its mark. */
static inline size_t
fixture_mark(struct fa_block *b, struct fa_str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	if (n > 0 && n < line.n && line.p[n] == ' ') {
		b->kind = FA_BLOCK_HEADING;
		b->level = (uint8_t)n;
		return n + 1;
	}
	if (line.n > 3 && line.p[0] == '-' && line.p[2] == ' ') {
		b->kind = FA_BLOCK_ITEM;
		b->level = (uint8_t)(line.p[1] - '0');
		b->list = b->level;
		return 3;
	}
	if (line.n > 5 && line.p[2] == ',' && line.p[4] == ' ') {
		b->kind = line.p[0] == '!' ? FA_BLOCK_HEADCELL : FA_BLOCK_CELL;
		b->table = 0;
		b->row = (uint32_t)(line.p[1] - '0');
		b->column = (uint32_t)(line.p[3] - '0');
		return 5;
	}
	return 0;
}

static inline void
fixture_open(struct fixture *f, const char *text)
{
	struct fa_err err;
	struct fa_str rest = fa_str_c(text);
	size_t at = 0;

	memset(f, 0, sizeof(*f));
	fa_arena_init(&f->a, (size_t)1 << 28);
	f->doc.text = rest;
	f->doc.blocks = f->blocks;
	while (rest.p) {
		struct fa_str line = fa_str_cut(&rest, '\n');
		struct fa_block *b = &f->blocks[f->doc.blocks_n++];
		size_t mark;

		assert_true(f->doc.blocks_n <= FIXTURE_BLOCKS);
		b->list = b->table = b->row = b->column = FA_DOC_NONE;
		mark = fixture_mark(b, line);
		b->text = (struct fa_range){ (uint32_t)(at + mark),
			(uint32_t)(at + line.n) };
		at += line.n + 1;
	}
	assert_int_equal(fa_segment(&f->doc, &f->a, &err), 0);
}

static inline void
fixture_close(struct fixture *f)
{
	fa_arena_done(&f->a);
}

/* Kinds of all blocks, a letter each: P H I T(able head) t Q(uote) ... */
static inline void
fixture_kinds(const struct fixture *f, const char *want)
{
	char got[FIXTURE_BLOCKS + 1];
	size_t i;

	for (i = 0; i < f->doc.blocks_n; i++)
		got[i] = "PHItTCQX"[f->blocks[i].kind];
	got[i] = '\0';
	assert_string_equal(got, want);
}

static inline struct fa_str
fixture_text(const struct fixture *f, struct fa_range r)
{
	return fa_str_sub(f->doc.text, r.from, r.to);
}

#endif
