/* Texts that look for trouble: made of the words of lexicons, the literals of
 * patterns, clauses of examples, gaps of all lengths and everything that ends
 * a sentence, a clause, a list or a section. What comes next is decided by
 * dice: a seeded generator, or the bytes of a fuzzer. */
#ifndef REFERENCE_TEXTS_H
#define REFERENCE_TEXTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "match/match.h"
#include "model/doc.h"
#include "model/rule.h"

struct ref_dice {
	const uint8_t *p; /* bytes that decide; NULL: state does */
	size_t n;
	uint64_t state;
};

/* 0 .. sides-1; zeros when the bytes are used up. */
uint32_t ref_roll(struct ref_dice *d, uint32_t sides);
/* True when bytes decide and none is left. */
bool ref_dice_done(const struct ref_dice *d);

struct ref_pieces {
	struct fa_str *word, *literal, *clause;
	size_t words_n, literals_n, clauses_n;
	/* Of each rule: its first clause; one more for the end. */
	uint32_t *clause_of;
	size_t rules_n;
};

/* What texts are made of, from the lexicons, patterns and examples of b. Lives
 * in a and in b. */
FA_MUST_CHECK int ref_pieces(struct ref_pieces *out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err);

/* Appends the text of a document in this format (text, Markdown or HTML) of
 * about so many bytes, in which the clauses of a few rules come up again and
 * again. */
void ref_text(struct fa_buf *out, struct ref_dice *d,
	const struct ref_pieces *p, enum fa_format format, size_t bytes);

/* Changes a text of UTF-8: sentences are cut out, swapped, doubled, characters
 * are lost. */
void ref_mutate(struct fa_buf *out, struct ref_dice *d, struct fa_str text);

/* A flow that the sections of doc could be the screens of, with facts
 * anywhere. Lives in a. */
FA_MUST_CHECK int ref_flow(struct fa_match_flow *out, struct ref_dice *d,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

#endif
