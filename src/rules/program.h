/* Private to the compiler of patterns (program.c): from the source of a pattern
 * to a tree (program_parse.c), from trees to lists of words where they say
 * nothing else (program_words.c), to code (program_emit.c) and what can be
 * known about it beforehand (program_analyse.c).
 *
 * What the machine of model/program.h cannot do ends in `opaque' for this
 * pattern; what ends the whole work is `rc'. Functions do nothing useful any
 * more when one of them is set, and may then return NULL. */
#ifndef FA_RULES_PROGRAM_H
#define FA_RULES_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "model/program.h"
#include "model/rule.h"

#define FA_PROG_WORD 64    /* symbols of a word in a set */
#define FA_PROG_WORDS 4096 /* words in a set */
#define FA_PROG_PRODUCT                                                        \
	8                 /* words that a sequence of sets is multiplied to    \
			   */
#define FA_PROG_SHARED 16 /* words of a lexicon that is never part of a set */
#define FA_PROG_CODE 8192 /* numbers of a program */
#define FA_PROG_CUTS 64   /* ends of ranges of characters, in all patterns */
#define FA_PROG_DEPTH 50  /* nesting of parentheses */

/* The characters that patterns name, numbered in their order. Between the ends
 * of ranges such as [一-龥] the others share one number each. */
struct fa_prog_alphabet {
	uint16_t *symbols;
	size_t pages_n;
	uint16_t *page;
	uint32_t *first; /* by symbol: the code points that it stands for; */
	uint32_t *last;  /* first > last: not to be had by a range */
	size_t n;
	uint32_t cut[FA_PROG_CUTS];
	size_t cuts_n;
};

/* Strings of numbers, each kept once. */
struct fa_prog_pool {
	uint16_t *at;
	size_t n, cap;
	struct fa_prog_entry {
		uint32_t at, n, hash;
		uint32_t next; /* in the bucket, plus one */
	} * entry;
	size_t entries_n, entries_cap;
	uint32_t *bucket;
};

struct fa_prog_list { /* words in the order in which they are tried */
	const uint16_t *symbols;
	const uint32_t *end; /* of word i in symbols */
	size_t n;
	uint32_t lexicon; /* it is this one's, plus one; 0: no one's */
};

enum fa_prog_kind {
	FA_NODE_NOTHING,
	FA_NODE_SYMBOL,  /* x */
	FA_NODE_CLASS,   /* x */
	FA_NODE_LEXICON, /* x */
	FA_NODE_SEQUENCE,
	FA_NODE_CHOICE,
	FA_NODE_REPEAT,
	FA_NODE_LOOK,
	FA_NODE_BEGIN,
	FA_NODE_END
};

struct fa_prog_node {
	enum fa_prog_kind kind;
	bool lazy;    /* REPEAT */
	bool behind;  /* LOOK */
	bool negated; /* LOOK */
	uint16_t min, max;
	uint32_t x;
	struct fa_prog_node *child, *next; /* the first; the next sibling */
	bool asked, is_words; /* fa_prog_words, once it was asked */
	struct fa_prog_list words;
};

struct fa_prog_numbers {
	uint16_t *at;
	size_t n, cap;
};

struct fa_prog_maker {
	const struct fa_bundle *b;
	struct fa_arena work; /* until all is done */
	struct fa_arena one;  /* for one pattern */
	struct fa_prog_alphabet alphabet;
	size_t class_words;
	struct fa_prog_pool classes, filters, sets;
	struct fa_word_set *set;
	size_t sets_cap;
	struct fa_prog_numbers code, tries;
	struct fa_prog_list *lexicon; /* end == NULL: not made yet */
	uint32_t *lexicon_set;        /* plus one; 0: not made yet */
	size_t start; /* of the program that is being made, in code */
	bool opaque;
	int rc;
};

/* ---- program_tables.c ---- */
bool fa_prog_failed(const struct fa_prog_maker *m);
/* Memory for n objects; NULL sets rc, or makes a pattern opaque that takes too
 * much of m->one. */
void *fa_prog_new(
	struct fa_prog_maker *m, struct fa_arena *a, size_t n, size_t size);
void fa_prog_add(
	struct fa_prog_maker *m, struct fa_prog_numbers *to, uint16_t x);
void fa_prog_pool_init(struct fa_prog_maker *m, struct fa_prog_pool *p);
/* The number of a string in the pool, which is added when it is new (*fresh).
 * What comes behind 16382 of them makes patterns
 * opaque. */
uint32_t fa_prog_intern(struct fa_prog_maker *m, struct fa_prog_pool *p,
	const uint16_t *at, size_t n, bool *fresh);

/* ---- program_alphabet.c ---- */
void fa_prog_alphabet_make(struct fa_prog_maker *m);
/* The symbol of a character of a pattern; opaque when it has none of its own.
 */
uint16_t fa_prog_symbol(struct fa_prog_maker *m, uint32_t cp);
/* Adds characters to a class of m->class_words numbers. */
void fa_prog_class_range(
	struct fa_prog_maker *m, uint64_t *bits, uint32_t first, uint32_t last);
void fa_prog_class_invert(struct fa_prog_maker *m, uint64_t *bits);
uint32_t fa_prog_class(struct fa_prog_maker *m, const uint64_t *bits);
uint32_t fa_prog_class_of(struct fa_prog_maker *m, uint16_t symbol);
void fa_prog_class_bits(
	const struct fa_prog_maker *m, uint32_t class, uint64_t *bits);

/* ---- program_parse.c ---- */
struct fa_prog_node *fa_prog_parse(
	struct fa_prog_maker *m, struct fa_str source);

/* ---- program_words.c ---- */
/* All that a tree can be, when that is a list of words; else false. */
bool fa_prog_words(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out);
/* The same for what begins with the element *node of a sequence: characters
 * beside each other are taken together, and *node becomes the last of them. */
bool fa_prog_next_words(struct fa_prog_maker *m, struct fa_prog_node **node,
	struct fa_prog_list *out);
/* One word of a, then one of b, in the order of backtracking; false when that
 * is too much. */
bool fa_prog_multiply(struct fa_prog_maker *m, const struct fa_prog_list *a,
	const struct fa_prog_list *b, size_t limit, struct fa_prog_list *out);
/* Those of a, then those of b. */
bool fa_prog_append(struct fa_prog_maker *m, const struct fa_prog_list *a,
	const struct fa_prog_list *b, struct fa_prog_list *out);
/* A lexicon that is better shared than copied into sets. */
bool fa_prog_is_large(const struct fa_prog_list *l);
size_t fa_prog_list_length(const struct fa_prog_list *l, size_t word);
const uint16_t *fa_prog_list_word(const struct fa_prog_list *l, size_t word);
/* The list of those of its words [from, to) that are not empty. */
struct fa_prog_list fa_prog_list_part(struct fa_prog_maker *m,
	const struct fa_prog_list *l, size_t from, size_t to);
/* The same words from their last symbols to their first. */
struct fa_prog_list fa_prog_list_backwards(
	struct fa_prog_maker *m, const struct fa_prog_list *l);

/* ---- program_trie.c ---- */
/* The number of the set of these words, none of which is empty. */
uint32_t fa_prog_set(struct fa_prog_maker *m, const struct fa_prog_list *l);

/* ---- program_emit.c ---- */
void fa_prog_emit(struct fa_prog_maker *m, struct fa_prog_node *node);

/* ---- program_analyse.c ---- */
/* Fills in the filters of the program from m->start on. */
void fa_prog_analyse(struct fa_prog_maker *m, struct fa_program *out);

/* Programs for all patterns of a bundle that can have one; they live in a. */
FA_MUST_CHECK int fa_programs_new(const struct fa_programs **out,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

#endif
