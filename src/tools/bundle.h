/* The compiled rules that are built into the program: canonical JSON, as
 * written by `faceaudit rules compile`. The bootstrap program, which compiles
 * them in the first place, carries none (fa_bundle_json_bytes is 0). */
#ifndef FA_TOOLS_BUNDLE_H
#define FA_TOOLS_BUNDLE_H

#include <stddef.h>

extern const unsigned char fa_bundle_json[];
extern const size_t fa_bundle_json_bytes;

#endif
