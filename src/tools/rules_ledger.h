/* The table of `faceaudit rules ledger'. */
#ifndef FA_TOOLS_RULES_LEDGER_H
#define FA_TOOLS_RULES_LEDGER_H

#include "base/buf.h"
#include "model/rule.h"

/* Appends the ledger as a table of 80 columns, then the totals of the
 * Measures and of all instruments. */
void fa_rules_ledger(
	const struct fa_bundle *b, enum fa_lang lang, struct fa_buf *out);

#endif
