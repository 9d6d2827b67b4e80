/* Private to the machine: what is known about a text, 64 characters at a time.
 *
 * A row has a bit for each character where a word of a set begins, or which is
 * in a class (model/program.h). Its pieces are worked out when they are first
 * asked for and kept in a small table beside the text. */
#ifndef FA_MATCH_PROGRAM_ROWS_H
#define FA_MATCH_PROGRAM_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"
#include "match/program.h"

#define FA_ROW_NONE UINT32_MAX

#define FA_ROW_PIECE 64 /* characters */

/* A number that no text of the scratch had, and what it was told to use. */
uint64_t fa_program_serial(struct fa_program_scratch *s);
enum fa_simd fa_program_simd(const struct fa_program_scratch *s);

/* Of 32 characters, or of 64 when n is more: where words of a set may begin,
 * bit i for the symbol whose parts are low[i] and high[i]. One more is
 * readable. */
uint64_t fa_row_words(const struct fa_word_set *set, const uint8_t *low,
	const uint8_t *high, uint32_t n, enum fa_simd simd);
/* Likewise: those that are one of a few symbols. */
uint64_t fa_row_few(const struct fa_class_few *few, const uint16_t *symbols,
	uint32_t n, enum fa_simd simd);

/* The list of ends (model/program.h) of the longest word of the set that
 * symbols begin with; NULL when they begin with none. */
const uint16_t *fa_program_words(
	const struct fa_programs *p, uint16_t set, const uint16_t *symbols);

/* Does one of the words of a set, which are written backwards, end before
 * symbols[i]? */
bool fa_program_ends(const struct fa_programs *p, uint16_t set,
	const uint16_t *symbols, uint32_t i);

/* The first (the last) character in [low, high] that a filter lets through;
 * FA_ROW_NONE when there is none. */
uint32_t fa_filter_first(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t filter, uint32_t low, uint32_t high);
uint32_t fa_filter_last(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t filter, uint32_t low, uint32_t high);
/* Behind the characters of a class from i on, at most max of them. */
uint32_t fa_row_run(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t class, uint32_t i, uint32_t max);

#endif
