/* Marks: the few bytes at which a text has to be looked at when sentences and
 * clauses are cut. Most of a Chinese text is characters that mean nothing
 * there; one fast pass over the bytes finds the others, and all later steps
 * go from mark to mark. Private to this module.
 *
 *   stops   end a sentence, perhaps    。 . ! ? ; … ⋯ newline
 *   breaks  end a clause, perhaps      , : and the first characters of words
 *                                      that turn the thought: 但 不 否 然 除
 *   delims  quotes and brackets        ( ) [ ] { } " “ ” ‘ ’ 〈 … 》 「 … 】
 *                                      〔 〕, and newline, which ends them
 *
 * A map has a bit for every byte of the text, set where a mark begins. */
#ifndef FA_SEGMENT_MARKS_H
#define FA_SEGMENT_MARKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"
#include "base/str.h"

struct fa_marks {
	uint64_t *stops, *breaks, *delims;
};

#define FA_MARKS_WORDS(bytes) (((size_t)(bytes) + 63) / 64)

/* Fills the maps, FA_MARKS_WORDS(text.n) words each. The result does not
 * depend on simd, on no text. */
void fa_marks_find(
	const struct fa_marks *out, struct fa_str text, enum fa_simd simd);

/* What fa_marks_find is made of. Sets the words of the maps that lie wholly
 * inside the text and returns how many; none where there is no AVX2. */
size_t fa_marks_find_avx2(const struct fa_marks *out, struct fa_str text);

#endif
