/* "Did you mean": the candidate nearest to a word by edit distance (insert,
 * delete, replace, swap two neighbours). */
#ifndef FA_RULES_NEAREST_H
#define FA_RULES_NEAREST_H

#include <stddef.h>

#include "base/str.h"

#define FA_NEAREST_BYTES 80 /* longer words have no neighbours */
#define FA_NEAREST_MAX 2    /* largest distance that is a slip of the pen */

struct fa_nearest {
	struct fa_str word;
	struct fa_str best; /* absent: nothing near enough */
	size_t distance;    /* of best; before that the limit + 1 */
};

/* Looks for candidates at most max edits from word, and less than its length
 * away. */
void fa_nearest_init(struct fa_nearest *n, struct fa_str word, size_t max);
/* The first of equally near candidates stays. */
void fa_nearest_try(struct fa_nearest *n, struct fa_str candidate);

#endif
