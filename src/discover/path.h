/* Places in a JSON value: names of members and numbers of elements, joined by
 * dots. "*" is every member or element, "**" every value at any depth, the
 * value itself included: "layoutData.*.dataList.*.privacyUrl", "1.2.99.0". */
#ifndef FA_DISCOVER_PATH_H
#define FA_DISCOVER_PATH_H

#include <stdbool.h>

#include "base/json.h"
#include "base/str.h"

#define FA_PATH_PARTS 16 /* of one path */

/* NULL, or what is wrong with a path (static). */
const char *fa_path_check(struct fa_str path);
/* Calls visit with each text at the path, in order, until it returns false. */
void fa_path_visit(const struct fa_json *root, struct fa_str path,
	bool (*visit)(void *ctx, struct fa_str text), void *ctx);

#endif
