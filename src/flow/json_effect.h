/* Names of effects in the JSON form; index i stands for the bit 1 << i of
 * enum fa_flow_effect. Only json*.c includes this. */
#ifndef FA_FLOW_JSON_EFFECT_H
#define FA_FLOW_JSON_EFFECT_H

#include "base/str.h"

#define FA_FLOW_EFFECTS_COUNT 4

const char *fa_flow_effect_name(int i);
int fa_flow_effect_parse(struct fa_str s); /* -1: unknown */

#endif
