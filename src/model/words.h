/* All words of a bundle's lexicons in one hash table, which finds the words
 * that begin at a place of a text. It is a constant of the program for the
 * built-in rules and made for others; it holds offsets, no pointers, so that
 * the program that carries it need not be relocated.
 *
 * A word is hashed by its first two characters (or its only one). A word that
 * several lexicons hold stands in the table once, with a list of them. */
#ifndef FA_MODEL_WORDS_H
#define FA_MODEL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "model/rule.h"

#define FA_WORD_KEY 2               /* characters that are hashed */
#define FA_WORD_FILTER_BITS 65536u  /* one per first character, modulo this */
#define FA_WORD_TEXT_MAX UINT32_MAX /* bytes of all words */

struct fa_word {
	uint32_t text; /* its first byte in the texts */
	uint32_t text_n;
	uint32_t uses; /* its first lexicon in the list of uses */
	uint32_t uses_n;
	uint32_t next; /* in the bucket, plus one; 0 ends */
};

struct fa_word_table {
	const uint64_t *filter; /* FA_WORD_FILTER_BITS: a word begins so */
	const char *texts;
	size_t texts_n;
	const struct fa_word *words;
	size_t words_n;
	const uint32_t *uses; /* lexicons, by word, ascending */
	size_t uses_n;
	const uint32_t *bucket; /* word plus one; 0 is empty */
	size_t buckets_n;       /* a power of two */
	size_t lexicons_n;
};

/* The table of b, which lives in a. */
FA_MUST_CHECK int fa_word_table_new(const struct fa_word_table **out,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

/* Bytes of the first chars characters of s, or all of it. */
size_t fa_word_key_bytes(struct fa_str s, size_t chars);

/* Where the words with this key (of one or two characters) are, plus one; 0:
 * there are none. */
static inline uint32_t
fa_word_bucket(const struct fa_word_table *t, struct fa_str key)
{
	uint32_t h = fa_str_hash(key);

	return t->bucket[(h ^ (h >> 15)) & (t->buckets_n - 1)];
}

/* May a word begin with this character? */
static inline bool
fa_word_begins(const struct fa_word_table *t, uint32_t cp)
{
	uint32_t bit = cp % FA_WORD_FILTER_BITS;

	return (t->filter[bit / 64] >> (bit % 64)) & 1;
}

static inline struct fa_str
fa_word_text(const struct fa_word_table *t, const struct fa_word *w)
{
	return (struct fa_str){ t->texts + w->text, w->text_n };
}

#endif
