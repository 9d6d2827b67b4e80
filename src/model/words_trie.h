/* The trie of all words while it is made; private to model. */
#ifndef FA_MODEL_WORDS_TRIE_H
#define FA_MODEL_WORDS_TRIE_H

#include "model/words.h"

/* A node. They stand in the order in which they were made: the root first, and
 * each behind its parent. */
struct fa_word_spot {
	uint32_t cp; /* its last character */
	uint32_t parent;
	uint32_t child, sibling; /* 0: none */
	uint32_t children_n;
	uint32_t uses_n; /* lexicons that hold it as a word */
	uint32_t last;   /* the last of them, plus one */
	uint32_t class;  /* of cp */
	uint32_t node;   /* its number in the table */
};

struct fa_word_trie {
	struct fa_word_spot *spots;
	size_t n, cap;
	uint32_t *slots; /* hashed by parent and character: spot, or 0 */
	size_t slots_n;  /* a power of two */
	struct fa_arena *a;
};

/* Sets base and steps of t, whose nodes are numbered; both live in a. */
FA_MUST_CHECK int fa_word_steps(struct fa_word_table *t,
	const struct fa_word_trie *trie, struct fa_arena *a);

#endif
