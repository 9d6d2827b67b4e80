/* The generated tables behind fa_rune_fold; nobody else includes this. */
#ifndef FA_BASE_FOLD_TABLE_H
#define FA_BASE_FOLD_TABLE_H

#include <stdint.h>

#include "base/str.h"

#define FA_FOLD_FIRST 0x2e /* pages of 256 code points with an entry */
#define FA_FOLD_LAST 0x9f
#define FA_FOLD_PAGES (FA_FOLD_LAST - FA_FOLD_FIRST + 1)
#define FA_FOLD_FAR 1149

/* Per page the pairs of characters (both in the BMP, three bytes of UTF-8
 * each) sorted by the first one, which folds to the second. */
extern const struct fa_str fa_fold_near[FA_FOLD_PAGES];

struct fa_fold_pair {
	uint32_t from, to;
};

/* The pairs in which a character lies outside the BMP, sorted. */
extern const struct fa_fold_pair fa_fold_far[FA_FOLD_FAR];

#endif
