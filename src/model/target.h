/* A target: an app whose documents are to be obtained and judged. */
#ifndef FA_MODEL_TARGET_H
#define FA_MODEL_TARGET_H

#include <stdint.h>

#include "base/str.h"

enum fa_children { FA_CHILDREN_UNKNOWN, FA_CHILDREN_NO, FA_CHILDREN_YES };

/* Fields that the list does not give are absent (p == NULL). */
struct fa_target {
	struct fa_str key; /* stable name of the target; see fa_targets_read */
	struct fa_str app, package, store, version, publisher, category;
	struct fa_str store_url, policy_url; /* as written in the list */
	enum fa_children children;           /* is it meant for children? */
	uint32_t line;                       /* of the list, from 1 */
};

#endif
