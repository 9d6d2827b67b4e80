/* A strip is a piece of a document in which all words are looked for at once:
 * a cell per character, which is the character's class (model/words.h) and the
 * tag of the sentence it stands in, and an empty cell, which no word goes on
 * over, behind every sentence. Private to match. */
#ifndef FA_MATCH_STRIP_H
#define FA_MATCH_STRIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/cpu.h"
#include "base/str.h"
#include "model/words.h"

#define FA_STRIP_TAGS 64 /* different tags in a strip */
#define FA_STRIP_TAG_SHIFT 26
#define FA_STRIP_NODE ((1u << FA_STRIP_TAG_SHIFT) - 1)
/* Bytes from the first character of a strip to its last, at most. */
#define FA_STRIP_SPAN FA_STRIP_NODE

struct fa_strip {
	const struct fa_word_table *t;
	enum fa_simd simd;
	struct fa_str text; /* from the first character of the strip on */
	/* While the strip is filled, where characters begin in text; then their
	 * classes. And tag << FA_STRIP_TAG_SHIFT. */
	uint32_t *cell;
	size_t n, cap;
	uint32_t *ends; /* cells that are empty */
	size_t ends_n;
	/* Beginnings of words that may go on: the cell of the first character
	 * and the node. */
	uint32_t *open_at, *open_node;
	size_t open_n;
	uint32_t *found; /* words, with the tag of the first character */
	size_t found_n;  /* at most FA_STRIP_FOUND * cap */
};

/* Words that the first round may find at a cell: of one character and of two.
 * The others find one. */
#define FA_STRIP_FOUND 2
/* Lists have room for so many more, which are written and do not count. */
#define FA_STRIP_SPARE 32

/* A strip of cap cells, on which some sentences of one document are put at a
 * time; it lives in a. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_strip_init(struct fa_strip *s,
	const struct fa_word_table *t, size_t cap, enum fa_simd simd,
	struct fa_arena *a);

/* Forgets what a scan that ended early left in it. */
void fa_strip_clear(struct fa_strip *s);

/* Makes it empty, for sentences from text.p on; what text is must stay. */
void fa_strip_begin(struct fa_strip *s, struct fa_str text);

/* Appends a cell for each character that begins in the bytes from ... to - 1 of
 * the text, which is UTF-8, and an empty one. They must be less than the strip
 * has cells left, to at most FA_STRIP_SPAN; and there are at most FA_STRIP_TAGS
 * such pieces. */
void fa_strip_put(struct fa_strip *s, size_t from, size_t to, uint32_t tag);

/* The words of one character and of two, to found; beginnings of longer ones
 * to open. No more can be put then. */
void fa_strip_first(struct fa_strip *s);

/* Takes what is open a character further, the round-th character from its
 * first (from 2 on): words to found, what may go on to open. */
void fa_strip_next(struct fa_strip *s, size_t round);

#endif
