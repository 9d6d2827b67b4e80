/* Custody logs and objects of a store that is joined to another. Private to
 * store. */
#ifndef FA_STORE_MERGE_CUSTODY_H
#define FA_STORE_MERGE_CUSTODY_H

#include "store/internal.h"

/* Adds the logs of the attached database `other`, which is the store at dir:
 * each stays a chain of its own; of one that is here already, what is new.
 * FA_E_INPUT when a line is not what its digest says, when a log has a gap, or
 * when it and the one here say different things under one number. */
FA_MUST_CHECK int fa_merge_custody(
	struct fa_store *s, struct fa_str dir, struct fa_err *err);
/* Brings the objects of the store at dir that are not here. */
FA_MUST_CHECK int fa_merge_objects(
	struct fa_store *s, struct fa_str dir, struct fa_err *err);

#endif
