/* The gate: one scan of a text for the words of all lexicons, giving for each
 * lexicon the sentences in which one of its words stands. Private to match. */
#ifndef FA_MATCH_WORDS_H
#define FA_MATCH_WORDS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/rule.h"
#include "model/words.h"

/* The word table of b: its own, else one that is made in a. */
FA_MUST_CHECK int fa_words_new(const struct fa_word_table **out,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

/* Sentences in ascending order, without repeats. */
struct fa_posting {
	uint32_t *sentence;
	size_t n;
	size_t cap;
};

/* Scans all sentences of doc; *out has one posting per lexicon and lives in
 * a. */
FA_MUST_CHECK int fa_words_scan(struct fa_posting **out,
	const struct fa_word_table *t, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err);

#endif
