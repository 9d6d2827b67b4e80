/* Files of a store that is joined to another. Private to store. */
#ifndef FA_STORE_MERGE_FILES_H
#define FA_STORE_MERGE_FILES_H

#include "store/internal.h"

/* Are these two directories the same store? */
bool fa_merge_is_same(struct fa_str a, struct fa_str b);
/* Brings the archive called name, of which bytes count, from the store at dir
 * into that of s; does nothing when it is there already. */
FA_MUST_CHECK int fa_merge_archive(struct fa_store *s, struct fa_str dir,
	struct fa_str name, int64_t bytes, struct fa_err *err);
/* Brings the object that stands at from under its name, "ab/cdef...", which is
 * that of its content; what has no such name is left where it is. */
FA_MUST_CHECK int fa_merge_object(struct fa_store *s, struct fa_str name,
	struct fa_str from, struct fa_err *err);

#endif
