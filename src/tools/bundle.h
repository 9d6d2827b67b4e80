/* The rules that are built into the program: constants, written as C source by
 * `faceaudit rules compile --source'. The bootstrap program, which writes them
 * in the first place, has none (NULL). */
#ifndef FA_TOOLS_BUNDLE_H
#define FA_TOOLS_BUNDLE_H

#include <stddef.h>

#include "model/rule.h"

extern const struct fa_bundle *const fa_bundle_builtin;

#endif
