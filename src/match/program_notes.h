/* Private to the machine: where a search was, and need not go again. A bit for
 * each operation (its place in the code) and character. Of a text that is too
 * long for that, the bits are of a window that moves on with the search. */
#ifndef FA_MATCH_PROGRAM_NOTES_H
#define FA_MATCH_PROGRAM_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"

struct fa_notes {
	struct fa_arena arena;
	size_t max_bytes; /* of all bits */
	uint64_t *bits;
	size_t row;         /* numbers of one operation */
	uint32_t from;      /* first character of the window */
	uint32_t code_n;    /* of which program, */
	uint32_t pattern;   /* pattern */
	uint64_t serial;    /* and text they are; 0: of none */
	uint32_t low, high; /* characters that were noted since fa_notes_mark */
};

void fa_notes_init(struct fa_notes *n, size_t max_bytes);
void fa_notes_done(struct fa_notes *n);

/* Goes on with what was noted of the same pattern and text, or begins anew, for
 * a search from a character on in a text of so many. FA_E_NOMEM. */
FA_MUST_CHECK int fa_notes_open(struct fa_notes *n, uint64_t serial,
	uint32_t pattern, uint32_t code_n, uint32_t characters, uint32_t from);

/* Notes an operation at a character, and says whether it was noted before. */
bool fa_notes_add(struct fa_notes *n, uint32_t at, uint32_t character);
/* Notes it at all characters of [from, to]. */
void fa_notes_add_run(
	struct fa_notes *n, uint32_t at, uint32_t from, uint32_t to);

/* Remembers since when characters are noted, and forgets what was noted since
 * then of the operations [at, end). */
void fa_notes_mark(struct fa_notes *n);
void fa_notes_forget(struct fa_notes *n, uint32_t at, uint32_t end);

#endif
