/* SQLite with prepared statements that are kept, and errors of this program.
 * Private to record. */
#ifndef FC_RECORD_DB_H
#define FC_RECORD_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FC_DB_STATEMENTS 64 /* kept per connection */

struct fc_db {
	sqlite3 *h;
	struct {
		const char *sql; /* the literal; compared by address */
		sqlite3_stmt *st;
	} kept[FC_DB_STATEMENTS];
	size_t kept_n;
};

/* Opens a file that exists. */
FA_MUST_CHECK int fc_db_open(
	struct fc_db *db, const char *path, bool write, struct fa_err *err);
void fc_db_close(struct fc_db *db); /* rolls back; safe twice */
int fc_db_fail(const struct fc_db *db, const char *doing, struct fa_err *err);

/* Binds the arguments to sql, a string literal, by format: i int64_t, t struct
 * fa_str (absent: NULL), b the same as a blob, z const char * (NULL: NULL).
 * Text is not copied: it must live until the statement is at its end or
 * reset. */
FA_MUST_CHECK int fc_db_query(sqlite3_stmt **out, struct fc_db *db,
	struct fa_err *err, const char *sql, const char *format, ...);
/* 1: a row, 0: the end (the statement is reset). */
FA_MUST_CHECK int fc_db_step(
	struct fc_db *db, sqlite3_stmt *st, struct fa_err *err);
void fc_db_reset(sqlite3_stmt *st); /* ends a query before its end */
/* Query and steps to the end: the number of rows changed, or a failure. */
FA_MUST_CHECK int64_t fc_db_run(struct fc_db *db, struct fa_err *err,
	const char *sql, const char *format, ...);
/* The integer in the first column of the first row: 1, or 0 without a row. */
FA_MUST_CHECK int fc_db_number(int64_t *out, struct fc_db *db,
	struct fa_err *err, const char *sql, const char *format, ...);

/* Column as text, valid until the next step; absent for NULL. */
struct fa_str fc_db_text(sqlite3_stmt *st, int column);

/* Several statements without arguments. */
FA_MUST_CHECK int fc_db_script(
	struct fc_db *db, const char *sql, struct fa_err *err);
/* A transaction; to_write waits for its turn, the other sees one moment. */
FA_MUST_CHECK int fc_db_begin(
	struct fc_db *db, bool to_write, struct fa_err *err);
/* Ends it: commits when rc is not negative, else rolls back. Returns rc, or
 * the failure of the commit, after which nothing has happened. */
FA_MUST_CHECK int fc_db_end(struct fc_db *db, int rc, struct fa_err *err);
/* Writes all of the log to the file and empties the log. */
FA_MUST_CHECK int fc_db_empty_log(struct fc_db *db, struct fa_err *err);

#endif
