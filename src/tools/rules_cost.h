/* What rules cost on sample documents: a table, and rules that cost too much.
 */
#ifndef FA_TOOLS_RULES_COST_H
#define FA_TOOLS_RULES_COST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/rule.h"

#define FA_RULES_COST_US 10000 /* of one rule, for a MB of text */

/* Appends a table of the rules, those that cost most first, and a line for each
 * that costs more than FA_RULES_COST_US; *over is how many. samples is a file
 * or a folder of documents; what is no document in it is passed over.
 * FA_E_INPUT when there is no text at all. */
FA_MUST_CHECK int fa_rules_cost(struct fa_buf *out, size_t *over,
	const struct fa_bundle *b, struct fa_str samples, struct fa_arena *a,
	struct fa_err *err);

#endif
