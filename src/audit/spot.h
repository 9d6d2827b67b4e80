/* Where a text stands that is known only as a reader sees it. Private to
 * audit. */
#ifndef FA_AUDIT_SPOT_H
#define FA_AUDIT_SPOT_H

#include "model/doc.h"

/* The first place of seen inside the text range in, folded as the document is
 * and without regard to blanks; in itself when it is not there. */
struct fa_range fa_spot(
	const struct fa_doc *doc, struct fa_range in, struct fa_str seen);
/* The same; false when it is not there. *rest is what follows it. */
bool fa_spot_next(struct fa_range *out, const struct fa_doc *doc,
	struct fa_range *rest, struct fa_str seen);

#endif
