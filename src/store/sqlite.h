/* SQLite, opened when it is needed: most runs of the program have no store. */
#ifndef FA_STORE_SQLITE_H
#define FA_STORE_SQLITE_H

#include <sqlite3.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_SQLITE_FUNCTIONS(X)                                                 \
	X(bind_blob64)                                                         \
	X(bind_int64)                                                          \
	X(bind_null)                                                           \
	X(bind_text)                                                           \
	X(bind_text64)                                                         \
	X(busy_timeout)                                                        \
	X(changes64)                                                           \
	X(close)                                                               \
	X(column_blob)                                                         \
	X(column_bytes)                                                        \
	X(column_int64)                                                        \
	X(column_type)                                                         \
	X(create_function)                                                     \
	X(errcode)                                                             \
	X(errmsg)                                                              \
	X(exec)                                                                \
	X(extended_errcode)                                                    \
	X(extended_result_codes)                                               \
	X(finalize)                                                            \
	X(last_insert_rowid)                                                   \
	X(open_v2)                                                             \
	X(prepare_v2)                                                          \
	X(prepare_v3)                                                          \
	X(reset)                                                               \
	X(result_error)                                                        \
	X(result_null)                                                         \
	X(result_text)                                                         \
	X(step)                                                                \
	X(stmt_readonly)                                                       \
	X(user_data)                                                           \
	X(value_bytes)                                                         \
	X(value_text)

struct fa_sqlite {
#define FA_SQLITE_MEMBER(f) __typeof__(sqlite3_##f) *f;
	FA_SQLITE_FUNCTIONS(FA_SQLITE_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_sqlite_open(struct fa_err *err);
const struct fa_sqlite *fa_sqlite(void); /* NULL before it is open */

#endif
