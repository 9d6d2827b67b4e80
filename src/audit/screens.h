/* Texts of a user interface that are a consent screen as a whole: a group
 * that names the face and has a control to agree and one to refuse. It is
 * judged as a declared screen is, by the rules for flows, and what they find
 * joins what the rules for texts found. Private to audit. */
#ifndef FA_AUDIT_SCREENS_H
#define FA_AUDIT_SCREENS_H

#include "audit/audit.h"

#define FA_AUDIT_SCREEN_BYTES ((size_t)256 << 20) /* to judge one */
#define FA_AUDIT_SCREENS 400 /* of one document; what is behind is told */

/* Adds to r, before it is scored, the breaches of the consent screens of a
 * segmented loose document, with their places in it; m is what matched there.
 * What such a screen leaves open is left out: the source need not show all of
 * it. */
FA_MUST_CHECK int fa_audit_screens(struct fa_result *r,
	const struct fa_audit *audit, const struct fa_doc *doc,
	const struct fa_match *m, struct fa_arena *a, struct fa_err *err);

#endif
