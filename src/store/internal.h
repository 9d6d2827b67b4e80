/* The inside of struct fa_store. Private to store. */
#ifndef FA_STORE_INTERNAL_H
#define FA_STORE_INTERNAL_H

#include "store/db.h"
#include "store/store.h"

#define FA_STORE_FILE "faceaudit.sqlite"
#define FA_STORE_LOCK "lock"
#define FA_STORE_ARCHIVE "archive"

struct fa_store {
	struct fa_arena arena; /* of the store itself */
	struct fa_str dir;
	struct fa_db db;
	int lock; /* file descriptor, or -1 */
};

#endif
