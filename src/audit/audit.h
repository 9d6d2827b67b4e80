/* The order of stages for one document: read, segment, match, evidence,
 * score. */
#ifndef FA_AUDIT_AUDIT_H
#define FA_AUDIT_AUDIT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "match/match.h"
#include "model/finding.h"
#include "read/read.h"

struct fa_audit {
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	int32_t as_of;
	/* Keep all passages of violations, once for each rule that fired on
	 * them, for fa_waivers_apply to choose from; else
	 * FA_FINDING_EVIDENCE_MAX. */
	bool all_passages;
	/* Leave out the digests of what is judged, or its SM3 alone: that
	 * costs as much as all the rest. */
	bool no_digests, no_sm3;
};

/* Judges raw. What is wrong with the document itself (too large, binary) is
 * no failure: r->error says it and there are no findings. Everything in r
 * lives in a or in raw. */
FA_MUST_CHECK int fa_audit_document(struct fa_result *r,
	const struct fa_audit *audit, struct fa_str raw,
	const struct fa_read_opts *opts, struct fa_arena *a,
	struct fa_err *err);

/* The same for a document that was read and not yet segmented; its name,
 * digests and origin are not filled in. What goes wrong is a failure. */
FA_MUST_CHECK int fa_audit_read_document(struct fa_result *r,
	const struct fa_audit *audit, struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err);

#endif
