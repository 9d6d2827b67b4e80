/* The Wilson score interval of a proportion at 95 % (z = 1.96), in
 * thousandths, by integer arithmetic alone: the same bits on every machine.
 * E. B. Wilson, JASA 22 (1927) 209-212. */
#ifndef FA_MODEL_WILSON_H
#define FA_MODEL_WILSON_H

#include <stdint.h>

/* Lower bound of right/hits, rounded down; 0 for hits == 0. Never above the
 * real bound, and less than 1 thousandth and 1/10000 below it. right is taken
 * as hits when it is larger. */
uint32_t fa_wilson_lower(uint32_t right, uint32_t hits);
/* Upper bound, rounded up; 1000 for hits == 0. Never below the real bound,
 * and less than 1 thousandth and 1/10000 above it. */
uint32_t fa_wilson_upper(uint32_t right, uint32_t hits);

#endif
