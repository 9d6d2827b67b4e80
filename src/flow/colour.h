/* Colours as app sources write them. */
#ifndef FA_FLOW_COLOUR_H
#define FA_FLOW_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* "#rgb", "#rrggbb", "#aarrggbb" where front says that the opacity comes
 * first, "#rrggbbaa" else; what is not opaque is blended with behind. False for
 * anything else. */
bool fa_flow_colour(
	uint32_t *out, struct fa_str s, bool front, uint32_t behind);

#endif
