/* The inside of struct fa_store. Private to store. */
#ifndef FA_STORE_INTERNAL_H
#define FA_STORE_INTERNAL_H

#include "base/file.h"
#include "store/db.h"
#include "store/store.h"

#define FA_STORE_FILE "faceaudit.sqlite"
#define FA_STORE_LOCK "lock"
#define FA_STORE_ARCHIVE "archive"
#define FA_STORE_OBJECTS "objects" /* of a case */

struct fa_store {
	struct fa_arena arena; /* of the store itself */
	struct fa_str dir;
	struct fa_db db;
	int lock; /* file descriptor, or -1 */
};

/* The path of a file of the store below dir. Never one that SQLite takes for a
 * URI. */
FA_MUST_CHECK int fa_store_path(char out[FA_FILE_PATH_BYTES], struct fa_str dir,
	const char *name, struct fa_err *err);

#endif
