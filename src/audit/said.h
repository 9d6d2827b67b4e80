/* Comments to this tool, with the bytes that they speak for. Private to
 * audit. */
#ifndef FA_AUDIT_SAID_H
#define FA_AUDIT_SAID_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/finding.h"

FA_MUST_CHECK int fa_said_cut(struct fa_result *r, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err);

#endif
