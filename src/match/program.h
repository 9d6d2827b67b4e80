/* The machine that runs the programs of model/program.h.
 *
 * A text (a sentence) is decoded once and can then be searched for any pattern
 * any number of times; what was found out about it on the way, such as where
 * words of a set begin, is remembered in it. */
#ifndef FA_MATCH_PROGRAM_H
#define FA_MATCH_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/cpu.h"
#include "base/err.h"
#include "base/str.h"
#include "model/program.h"

struct fa_program_scratch; /* of one thread */

struct fa_program_memory; /* rows that are known so far */

/* A decoded text. Character i is the bytes [at[i], at[i + 1]) of it. */
struct fa_runes {
	const uint16_t *symbol; /* n, then FA_SYMBOL_END */
	const uint32_t *at;     /* n + 1 */
	uint32_t n;
	uint64_t serial; /* a number that no other text of the scratch has */
	struct fa_program_memory *memory;
};

struct fa_rune_hit {
	uint32_t from, to; /* characters */
};

/* The scratch lives in a; what it allocates later is freed by done. */
FA_MUST_CHECK int fa_program_scratch_new(struct fa_program_scratch **out,
	const struct fa_programs *p, struct fa_arena *a, struct fa_err *err);
void fa_program_scratch_done(struct fa_program_scratch *s);
/* Texts that are decoded from now on are searched with these instructions,
 * which the processor has; without a call, with the best that there are. */
void fa_program_use(struct fa_program_scratch *s, enum fa_simd simd);

/* Decodes text, which is valid UTF-8 of less than 4 GiB. What *out points to
 * lives in a; text itself is not needed any longer. */
FA_MUST_CHECK int fa_runes_decode(struct fa_runes *out,
	const struct fa_programs *p, struct fa_program_scratch *s,
	struct fa_str text, struct fa_arena *a, struct fa_err *err);

/* The first match of a pattern that has a program (fa_program_exists) at or
 * after character from: 1 with *hit, 0 for none, FA_E_NOMEM. It is the match
 * that PCRE2 would give: of those that begin first, the one that comes first
 * in the order of alternatives. The work is bounded by characters x numbers of
 * the program x longest gap, so that there is no limit to reach. A text is
 * searched by one thread at a time, because it remembers. */
FA_MUST_CHECK int fa_program_find(const struct fa_programs *p, uint32_t pattern,
	const struct fa_runes *text, uint32_t from, struct fa_rune_hit *hit,
	struct fa_program_scratch *s);

/* Steps that all searches with this scratch took so far. */
uint64_t fa_program_steps(const struct fa_program_scratch *s);

#endif
