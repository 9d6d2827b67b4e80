/* Judging what a case holds, and writing down in its log what was read
 * (extract), judged (scan) and found (finding). */
#ifndef FA_CASE_JUDGE_H
#define FA_CASE_JUDGE_H

#include "audit/batch.h"
#include "case/session.h"
#include "model/flow.h"

#define FA_JUDGE_TEXT_BYTES ((size_t)160 << 20) /* memory for one document */

/* Judges the documents of the case's target, as `audit` does, and logs it:
 * extract for each document read with its text as an object, scan for the
 * whole, finding for each violation and gap. *stopped: it was asked to stop;
 * nothing is logged then. */
FA_MUST_CHECK int fa_session_judge(struct fa_batch_counts *out, bool *stopped,
	struct fa_session *s, const struct fa_audit *audit,
	const struct fa_batch_opts *opts, struct fa_err *err);

/* Judges a flow that a walk left at CASE/name and logs scan and findings. */
FA_MUST_CHECK int fa_session_judge_flow(struct fa_batch_counts *counts,
	struct fa_session *s, const struct fa_audit *audit,
	const struct fa_batch_opts *opts, const struct fa_flow *flow,
	struct fa_str name, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err);

/* Members of a finding that documents and flows share; private to case. */
struct fa_judge_finding {
	const char *scope; /* "app", "flow" */
	struct fa_str target;
	struct fa_str obligation;
	enum fa_verdict verdict;
	enum fa_tier tier;
	uint32_t confidence;
	struct fa_str rule, reason; /* or absent */
	bool contradiction;
	const struct fa_str *documents; /* digests of what it rests on */
	size_t documents_n;
};
FA_MUST_CHECK int fa_judge_write_finding(struct fa_jw *w,
	const struct fa_session *s, const struct fa_judge_finding *f,
	struct fa_err *err);

#endif
