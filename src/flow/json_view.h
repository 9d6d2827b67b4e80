/* Views in the JSON of recorders, whose values are of the right kind or
 * strings, or missing. Only import_*.c includes this. */
#ifndef FA_FLOW_JSON_VIEW_H
#define FA_FLOW_JSON_VIEW_H

#include "base/json.h"
#include "flow/native.h"

/* true, false, "true", "false"; else unknown. */
enum fa_tri fa_json_view_tri(const struct fa_json *obj, const char *key);
/* An integer of -2^31..2^31-1, as a number or a string; else fallback. */
int32_t fa_json_view_int(
	const struct fa_json *obj, const char *key, int32_t fallback);

#endif
