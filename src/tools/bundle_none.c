/* Stands in for the built-in rules in the bootstrap program. */
#include "tools/bundle.h"

const struct fa_bundle *const fa_bundle_builtin = NULL;
