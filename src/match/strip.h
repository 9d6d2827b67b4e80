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

struct fa_strip_open { /* what begins a word at a cell, and may go on */
	uint32_t at, node;
};

struct fa_strip {
	const struct fa_word_table *t;
	enum fa_simd simd;
	uint32_t *cell; /* class, and tag << FA_STRIP_TAG_SHIFT */
	size_t n, cap;  /* cap is that of all three */
	struct fa_strip_open *open;
	size_t open_n;
	uint32_t *found; /* word, and the tag of its first character */
	size_t found_n;  /* at most FA_STRIP_FOUND at a cell and round */
};

/* Words found in one round: a character, and one with the next. */
#define FA_STRIP_FOUND 2

/* An empty strip of cap cells; it lives in a. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_strip_init(struct fa_strip *s,
	const struct fa_word_table *t, size_t cap, enum fa_simd simd,
	struct fa_arena *a);

/* Appends a cell for each character of text and an empty one. text, which is
 * UTF-8, must have fewer bytes than the strip has cells left; readable bytes
 * from text.p on may be read. */
void fa_strip_put(
	struct fa_strip *s, struct fa_str text, size_t readable, uint32_t tag);

/* The words of one character and of two, to found; beginnings of longer ones
 * to open. */
void fa_strip_first(struct fa_strip *s);

/* Takes what is open a character further, the round-th character from its
 * first (from 2 on): words to found, what may go on to open. */
void fa_strip_next(struct fa_strip *s, size_t round);

#endif
