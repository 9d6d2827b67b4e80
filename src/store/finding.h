/* What the newest judgement of each target found: violations and gaps, with
 * the documents that they rest on. Of these the id of a finding is made, by
 * which persons review it. */
#ifndef FA_STORE_FINDING_H
#define FA_STORE_FINDING_H

#include "store/store.h"

#define FA_STORE_FINDING_DOCUMENTS 64 /* that one finding rests on */

struct fa_store_finding {
	struct fa_str target;              /* its key */
	struct fa_str obligation, verdict; /* "violation", "gap" */
	struct fa_str tier;                /* "probable" */
	/* SHA-256 of the payloads whose own verdict is that of the whole, each
	 * once, in memcmp order. */
	struct fa_str documents[FA_STORE_FINDING_DOCUMENTS];
	size_t documents_n;
};
typedef int fa_store_finding_fn(
	void *ctx, const struct fa_store_finding *f, struct fa_err *err);
/* Calls fn for each, by target and obligation; slices live until it returns.
 * What fn returns below 0 ends the walk. */
FA_MUST_CHECK int fa_store_findings(struct fa_store *s, fa_store_finding_fn *fn,
	void *ctx, struct fa_err *err);

#endif
