/* The word gate against a search for every word in every sentence. */
#ifndef TEST_INVARIANT_WORDS_H
#define TEST_INVARIANT_WORDS_H

#include <assert.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "match/words.h"

static inline bool
words_expect(const struct fa_lexicon *l, struct fa_str sentence)
{
	for (size_t i = 0; i < l->words_n; i++)
		if (l->words[i].n > 0 && fa_utf8_valid(l->words[i]) &&
			fa_str_find(sentence, l->words[i], 0) != SIZE_MAX)
			return true;
	return false;
}

/* What was found of one lexicon, in both forms; returns in how many sentences.
 */
static inline size_t
words_check_lexicon(struct fa_words *w, const struct fa_bundle *b,
	const struct fa_doc *doc, uint32_t lexicon)
{
	const uint64_t *row;
	size_t n = 0;

	assert(fa_words_row(&row, w, lexicon) == FA_OK);
	assert(fa_words_has(w, lexicon) == (row != NULL));
	for (size_t i = 0; i < doc->sentences_n; i++) {
		struct fa_range r = doc->sentences[i].text;
		bool is_in = words_expect(&b->lexicons[lexicon],
			fa_str_sub(doc->text, r.from, r.to));

		assert((row && (row[i / 64] >> i % 64 & 1)) == is_in);
		n += is_in;
	}
	assert((n > 0) == (row != NULL));
	return n;
}

/* Scans text, which is UTF-8, for the lexicons of b by every kind of
 * instructions that there is. A sentence ends behind a 。 or before a newline,
 * which is in none. Returns how many sentences were found for lexicons. */
static inline size_t
words_check(const struct fa_bundle *b, struct fa_str text)
{
	/* No byte more than there is: who reads beyond is caught. */
	char *copy = malloc(text.n > 0 ? text.n : 1);
	struct fa_doc doc = { .text = { copy, text.n } };
	const struct fa_word_table *t;
	struct fa_words_notes *notes;
	struct fa_arena a;
	struct fa_err err;
	size_t found = 0;

	fa_arena_init(&a, (size_t)1 << 30);
	doc.sentences = fa_arena_new(&a, text.n + 1, sizeof(*doc.sentences));
	assert(copy && doc.sentences);
	for (size_t i = 0, from = 0; i < text.n; i++) {
		bool at_end = i + 1 == text.n;
		size_t to = text.p[i] == '\n' ? i : i + 1;

		copy[i] = text.p[i];
		if (text.p[i] == '\n' || at_end ||
			fa_str_ends(
				(struct fa_str){ text.p, to }, FA_STR("。"))) {
			if (to > from)
				doc.sentences[doc.sentences_n++].text =
					(struct fa_range){ (uint32_t)from,
						(uint32_t)to };
			from = i + 1;
		}
	}
	assert(fa_words_new(&t, b, &a, &err) == FA_OK);
	assert(fa_words_notes_new(&notes, t, &a, &err) == FA_OK);
	for (enum fa_simd k = FA_SIMD_SCALAR; k <= fa_cpu_simd(); k++) {
		struct fa_words *w;

		assert(fa_words_scan_by(&w, notes, &doc, k, &a, &err) == FA_OK);
		for (uint32_t i = 0; i < b->lexicons_n; i++)
			found += words_check_lexicon(w, b, &doc, i);
	}
	fa_arena_done(&a);
	free(copy);
	return found;
}

#endif
