/* The gate: one scan of a text for the words of all lexicons, which then gives
 * for each lexicon the sentences in which one of its words stands. Private to
 * match. */
#ifndef FA_MATCH_WORDS_H
#define FA_MATCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/cpu.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/rule.h"
#include "model/words.h"

/* The word table of b: its own, else one that is made in a. */
FA_MUST_CHECK int fa_words_new(const struct fa_word_table **out,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

/* Where scans note what they find: one at a time, and what one found is gone
 * when the next begins. */
struct fa_words_notes;

/* Notes for scans with t; *out lives in a. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_words_notes_new(struct fa_words_notes **out,
	const struct fa_word_table *t, struct fa_arena *a, struct fa_err *err);

/* What the scan of one document found; it lives in the arena of the scan and
 * points to the document and the notes. */
struct fa_words;

/* Scans doc; *out lives in a. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_words_scan(struct fa_words **out,
	struct fa_words_notes *notes, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err);
/* The same, by these instructions. */
FA_MUST_CHECK int fa_words_scan_by(struct fa_words **out,
	struct fa_words_notes *notes, const struct fa_doc *doc,
	enum fa_simd simd, struct fa_arena *a, struct fa_err *err);

/* Does a sentence hold a word of the lexicon? */
bool fa_words_has(const struct fa_words *w, uint32_t lexicon);

/* The sentences that hold a word of the lexicon, a bit each: sentence i is bit
 * i % 64 of number i / 64 of fa_words_row_n(w). NULL: none does. Made when
 * first asked for, and kept until fa_words_trim. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_words_row(
	const uint64_t **out, struct fa_words *w, uint32_t lexicon);
size_t fa_words_row_n(const struct fa_words *w);

/* Before the first row is asked for: rows are made in an arena that is for
 * nothing else, which is emptied. Then fa_words_trim forgets rows when they are
 * many, as of a long document; they are made again then. */
void fa_words_rows_in(struct fa_words *w, struct fa_arena *rows);
void fa_words_trim(struct fa_words *w);

#endif
