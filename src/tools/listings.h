/* The adapters of app stores that are built into the program
 * (rules/stores/). */
#ifndef FA_TOOLS_LISTINGS_H
#define FA_TOOLS_LISTINGS_H

#include <stddef.h>

#include "discover/listing.h"

extern const struct fa_listing_source fa_listing_builtin[];
extern const size_t fa_listing_builtin_n;

#endif
