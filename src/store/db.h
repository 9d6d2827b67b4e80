/* SQLite with prepared statements that are kept, and errors of this program.
 * Private to store. */
#ifndef FA_STORE_DB_H
#define FA_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "store/sqlite.h"

#define FA_DB_STATEMENTS 256 /* kept per connection */
#define FA_DB_BUSY_MS 10000  /* waiting for another process */
#define FA_DB_CACHE_KIB 8192 /* page cache */

struct fa_db {
	sqlite3 *h;
	struct {
		const char *sql; /* the literal; compared by address */
		sqlite3_stmt *st;
	} kept[FA_DB_STATEMENTS];
	size_t kept_n;
	bool in_transaction;
};

/* Opens the file; with write it is made when it does not exist, and put into
 * WAL mode with full synchronisation. */
FA_MUST_CHECK int fa_db_open(
	struct fa_db *db, const char *path, bool write, struct fa_err *err);
void fa_db_close(struct fa_db *db); /* rolls back; safe twice */

/* Binds the arguments to sql, which must be a string literal, by format: i
 * int64_t, t struct fa_str (absent: NULL), b struct fa_str as a blob, z const
 * char * (NULL: NULL). The statement stays valid until the same sql is asked
 * for again. */
FA_MUST_CHECK int fa_db_query(sqlite3_stmt **out, struct fa_db *db,
	struct fa_err *err, const char *sql, const char *format, ...);
/* 1: a row, 0: the end (the statement is reset). */
FA_MUST_CHECK int fa_db_step(
	struct fa_db *db, sqlite3_stmt *st, struct fa_err *err);
/* Ends a query before its end. */
void fa_db_reset(sqlite3_stmt *st);
/* Query and steps to the end. */
FA_MUST_CHECK int fa_db_run(struct fa_db *db, struct fa_err *err,
	const char *sql, const char *format, ...);
/* Rows changed by the last statement. */
int64_t fa_db_changes(const struct fa_db *db);

/* Column as text, valid until the next step; absent for NULL. */
struct fa_str fa_db_text(sqlite3_stmt *st, int column);
/* The same, copied to a. */
FA_MUST_CHECK int fa_db_dup(struct fa_str *out, sqlite3_stmt *st, int column,
	struct fa_arena *a, struct fa_err *err);
int64_t fa_db_int(sqlite3_stmt *st, int column);

/* Several statements without arguments. */
FA_MUST_CHECK int fa_db_script(
	struct fa_db *db, const char *sql, struct fa_err *err);
FA_MUST_CHECK int fa_db_begin(struct fa_db *db, struct fa_err *err);
FA_MUST_CHECK int fa_db_commit(struct fa_db *db, struct fa_err *err);

/* The message of what SQLite just said. */
int fa_db_fail(const struct fa_db *db, const char *doing, struct fa_err *err);

#endif
