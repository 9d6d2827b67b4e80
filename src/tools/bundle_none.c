/* Stands in for the built-in rules in the bootstrap program. */
#include "tools/bundle.h"

const unsigned char fa_bundle_json[1] = { 0 };
const size_t fa_bundle_json_bytes = 0;
