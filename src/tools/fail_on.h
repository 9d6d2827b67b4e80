/* --fail-on: from which findings on the exit status is 1. */
#ifndef FA_TOOLS_FAIL_ON_H
#define FA_TOOLS_FAIL_ON_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "model/finding.h"
#include "model/rule.h"

/* [TIER-]SEVERITY or never; without a tier it is probable. A lead changes no
 * exit status, and is refused like any other word: FA_E_USAGE. */
FA_MUST_CHECK int fa_fail_on_parse(enum fa_tier *tier,
	enum fa_severity *severity, bool *never, const char *word,
	struct fa_err *err);

#endif
