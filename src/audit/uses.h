/* Uses of the face with their evidence. Private to audit. */
#ifndef FA_AUDIT_USES_H
#define FA_AUDIT_USES_H

#include "audit/evidence.h"
#include "model/rule.h"

/* Fills r->uses from m->uses; places are not set yet. */
FA_MUST_CHECK int fa_uses_cut(struct fa_result *r, const struct fa_bundle *b,
	const struct fa_match *m, struct fa_cutter *c, struct fa_err *err);

#endif
