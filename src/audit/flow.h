/* The order of stages for one flow: view, facts, transcript, match, evidence,
 * score. */
#ifndef FA_AUDIT_FLOW_H
#define FA_AUDIT_FLOW_H

#include "audit/audit.h"
#include "model/flow.h"

/* Judges a flow by the rules that are made for flows. raw is the file or
 * folder's main file it came from, for size and digests (absent: the canonical
 * JSON is taken). What is wrong with the flow itself is no failure: r->error.
 * Everything in r lives in a or in flow. */
FA_MUST_CHECK int fa_audit_flow(struct fa_result *r,
	const struct fa_audit *audit, const struct fa_flow *flow,
	struct fa_str name, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err);

/* For rules test: does the rule fire anywhere in the flow? */
FA_MUST_CHECK int fa_audit_flow_fires(bool *fires, const struct fa_audit *audit,
	uint32_t rule, const struct fa_flow *flow, struct fa_arena *a,
	struct fa_err *err);

#endif
