#include "store/db.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

int
fa_db_fail(const struct fa_db *db, const char *doing, struct fa_err *err)
{
	int code = db->h ? fa_sqlite()->errcode(db->h) : SQLITE_NOMEM;
	const char *why = db->h ? fa_sqlite()->errmsg(db->h) : "out of memory";

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return fa_fail(err, FA_E_NOMEM, "store: %s: %s", doing, why);
	case SQLITE_FULL:
		return fa_fail(err, FA_E_IO,
			"store: %s: no space left on the disk", doing);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return fa_fail(err, FA_E_INPUT,
			"store: %s: the file is damaged: %s", doing, why);
	default:
		return fa_fail(err, FA_E_IO, "store: %s: %s", doing, why);
	}
}

/* What every connection needs; temporary tables stay in memory, so that a
 * full disk cannot hit them. */
static int
set_up(struct fa_db *db, bool write, struct fa_err *err)
{
	char sql[256];

	if (fa_sqlite()->busy_timeout(db->h, FA_DB_BUSY_MS) != SQLITE_OK)
		return fa_db_fail(db, "opening", err);
	(void)fa_sqlite()->extended_result_codes(db->h, 1);
	(void)snprintf(sql, sizeof(sql),
		"PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY; "
		"PRAGMA trusted_schema = OFF;%s",
		FA_DB_CACHE_KIB,
		write ? " PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		      : "");
	return fa_db_script(db, sql, err);
}

static int
open_file(struct fa_db *db, const char *path, int flags, struct fa_err *err)
{
	int rc = fa_sqlite_open(err);

	memset(db, 0, sizeof(*db));
	if (rc < 0)
		return rc;
	if (fa_sqlite()->open_v2(path, &db->h, flags | SQLITE_OPEN_NOMUTEX,
		    NULL) == SQLITE_OK)
		return FA_OK;
	rc = fa_fail(err, FA_E_IO, "%s: %s", path,
		db->h ? fa_sqlite()->errmsg(db->h) : "out of memory");
	fa_db_close(db);
	return rc;
}

/* "file:PATH?immutable=1" (sqlite.org/uri.html). */
static void
write_uri(char *out, size_t size, const char *path)
{
	size_t n = (size_t)snprintf(out, size, "file:");

	for (; *path && n + 4 < size; path++) {
		bool plain = *path != '%' && *path != '?' && *path != '#';

		n += (size_t)snprintf(out + n, size - n,
			plain ? "%c" : "%%%02x", (unsigned char)*path);
	}
	(void)snprintf(out + n, size - n, "?immutable=1");
}

/* A database in WAL mode that stands where nothing can be written, as on a
 * disc that was handed over: without a log it can be read as it is. */
static int
open_immutable(struct fa_db *db, const char *path, struct fa_err *err)
{
	char uri[4 * FA_FILE_PATH_BYTES], wal[FA_FILE_PATH_BYTES + 8];
	struct stat st;
	int rc;

	(void)snprintf(wal, sizeof(wal), "%s-wal", path);
	if (stat(wal, &st) == 0 && st.st_size > 0)
		return fa_fail(err, FA_E_IO,
			"%s: was not closed, and cannot be put in order where "
			"nothing can be written; copy the store elsewhere",
			path);
	write_uri(uri, sizeof(uri), path);
	rc = open_file(db, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	if (rc == FA_OK)
		rc = set_up(db, false, err);
	if (rc < 0)
		fa_db_close(db);
	return rc;
}

/* Can anything be read, and if not, because files beside it cannot be made? */
static bool
needs_writing(struct fa_db *db)
{
	int rc = fa_sqlite()->exec(
		db->h, "PRAGMA schema_version", NULL, NULL, NULL);

	return (rc & 0xff) == SQLITE_CANTOPEN || (rc & 0xff) == SQLITE_READONLY;
}

int
fa_db_open(struct fa_db *db, const char *path, bool write, struct fa_err *err)
{
	int rc = open_file(db, path,
		write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
		      : SQLITE_OPEN_READONLY,
		err);

	if (rc < 0)
		return rc;
	if (!write && needs_writing(db)) {
		fa_db_close(db);
		return open_immutable(db, path, err);
	}
	rc = set_up(db, write, err);
	if (rc < 0)
		fa_db_close(db);
	return rc;
}

void
fa_db_close(struct fa_db *db)
{
	for (size_t i = 0; i < db->kept_n; i++)
		(void)fa_sqlite()->finalize(db->kept[i].st);
	db->kept_n = 0;
	if (db->h)
		(void)fa_sqlite()->close(db->h);
	db->h = NULL;
	db->in_transaction = false;
}

static int
prepare(sqlite3_stmt **out, struct fa_db *db, const char *sql,
	struct fa_err *err)
{
	for (size_t i = 0; i < db->kept_n; i++) {
		if (db->kept[i].sql == sql) {
			*out = db->kept[i].st;
			(void)fa_sqlite()->reset(*out);
			return FA_OK;
		}
	}
	assert(db->kept_n < FA_DB_STATEMENTS);
	if (fa_sqlite()->prepare_v3(db->h, sql, -1, SQLITE_PREPARE_PERSISTENT,
		    out, NULL) != SQLITE_OK)
		return fa_db_fail(db, "preparing", err);
	db->kept[db->kept_n].sql = sql;
	db->kept[db->kept_n++].st = *out;
	return FA_OK;
}

static int
bind_text(sqlite3_stmt *st, int i, struct fa_str s, bool blob)
{
	if (!s.p)
		return fa_sqlite()->bind_null(st, i);
	if (blob)
		return fa_sqlite()->bind_blob64(
			st, i, s.p, s.n, SQLITE_TRANSIENT);
	return fa_sqlite()->bind_text64(
		st, i, s.p, s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int
query(sqlite3_stmt **out, struct fa_db *db, struct fa_err *err, const char *sql,
	const char *format, va_list ap)
{
	int rc = prepare(out, db, sql, err);
	int ok = SQLITE_OK;

	for (int i = 0; rc == FA_OK && format[i] && ok == SQLITE_OK; i++) {
		switch (format[i]) {
		case 'i':
			ok = fa_sqlite()->bind_int64(
				*out, i + 1, va_arg(ap, int64_t));
			break;
		case 't':
		case 'b':
			ok = bind_text(*out, i + 1, va_arg(ap, struct fa_str),
				format[i] == 'b');
			break;
		default:
			assert(format[i] == 'z');
			ok = bind_text(*out, i + 1,
				fa_str_c(va_arg(ap, const char *)), false);
			break;
		}
	}
	if (rc == FA_OK && ok != SQLITE_OK)
		return fa_db_fail(db, "binding", err);
	return rc;
}

int
fa_db_query(sqlite3_stmt **out, struct fa_db *db, struct fa_err *err,
	const char *sql, const char *format, ...)
{
	va_list ap;
	int rc;

	va_start(ap, format);
	rc = query(out, db, err, sql, format, ap);
	va_end(ap);
	return rc;
}

/* Whatever writes does so within a transaction: what nobody commits leaves no
 * trace, and half of what belongs together never stands alone. */
int
fa_db_step(struct fa_db *db, sqlite3_stmt *st, struct fa_err *err)
{
	int rc;

	if (!db->in_transaction && !fa_sqlite()->stmt_readonly(st)) {
		rc = fa_db_begin(db, err);
		if (rc < 0)
			return rc;
	}
	rc = fa_sqlite()->step(st);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE) {
		rc = fa_db_fail(db, "writing or reading", err);
		(void)fa_sqlite()->reset(st);
		return rc;
	}
	(void)fa_sqlite()->reset(st);
	return 0;
}

void
fa_db_reset(sqlite3_stmt *st)
{
	(void)fa_sqlite()->reset(st);
}

int
fa_db_run(struct fa_db *db, struct fa_err *err, const char *sql,
	const char *format, ...)
{
	sqlite3_stmt *st;
	va_list ap;
	int rc;

	va_start(ap, format);
	rc = query(&st, db, err, sql, format, ap);
	va_end(ap);
	while (rc == FA_OK) {
		rc = fa_db_step(db, st, err);
		if (rc == 0)
			return FA_OK;
		if (rc == 1)
			rc = FA_OK;
	}
	return rc;
}

int64_t
fa_db_changes(const struct fa_db *db)
{
	return fa_sqlite()->changes64(db->h);
}

struct fa_str
fa_db_text(sqlite3_stmt *st, int column)
{
	const void *p = fa_sqlite()->column_blob(st, column);
	int n = fa_sqlite()->column_bytes(st, column);

	if (fa_sqlite()->column_type(st, column) == SQLITE_NULL)
		return FA_STR_NONE;
	return (struct fa_str){ p ? p : "", (size_t)n };
}

int
fa_db_dup(struct fa_str *out, sqlite3_stmt *st, int column, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str s = fa_db_text(st, column);

	if (s.p) {
		s = fa_arena_dup(a, s);
		if (!s.p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for the store");
	}
	*out = s;
	return FA_OK;
}

int64_t
fa_db_int(sqlite3_stmt *st, int column)
{
	return fa_sqlite()->column_int64(st, column);
}

int
fa_db_script(struct fa_db *db, const char *sql, struct fa_err *err)
{
	if (fa_sqlite()->exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fa_db_fail(db, "running SQL", err);
	return FA_OK;
}

int
fa_db_begin(struct fa_db *db, struct fa_err *err)
{
	int rc;

	if (db->in_transaction)
		return FA_OK;
	rc = fa_db_script(db, "BEGIN IMMEDIATE", err);
	db->in_transaction = rc == FA_OK;
	return rc;
}

int
fa_db_commit(struct fa_db *db, struct fa_err *err)
{
	int rc;

	if (!db->in_transaction)
		return FA_OK;
	rc = fa_db_script(db, "COMMIT", err);
	db->in_transaction = rc < 0;
	return rc;
}
