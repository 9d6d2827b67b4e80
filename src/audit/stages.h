/* Stages that documents and flows share. Private to audit. */
#ifndef FA_AUDIT_STAGES_H
#define FA_AUDIT_STAGES_H

#include "audit/audit.h"

/* From what matched to findings with evidence: quotes, lines and columns. */
FA_MUST_CHECK int fa_audit_cut(struct fa_result *r,
	const struct fa_audit *audit, const struct fa_match *m,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);
/* Digests of what was judged. */
FA_MUST_CHECK int fa_audit_digests(struct fa_result *r,
	const struct fa_audit *audit, struct fa_str raw, struct fa_err *err);
/* Turns what is wrong with one subject into its result, so that it does not
 * end the whole run; other failures stay failures. */
FA_MUST_CHECK int fa_audit_give_up(struct fa_result *r, int rc,
	struct fa_arena *a, const struct fa_err *err);

#endif
