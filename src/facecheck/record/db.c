#include "facecheck/record/db.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "facecheck/record/record.h"

int
fc_db_fail(const struct fc_db *db, const char *doing, struct fa_err *err)
{
	int code = db->h ? sqlite3_errcode(db->h) : SQLITE_NOMEM;
	const char *why = db->h ? sqlite3_errmsg(db->h) : "out of memory";

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return fa_fail(err, FA_E_NOMEM, "records: %s: %s", doing, why);
	case SQLITE_FULL:
		return fa_fail(err, FA_E_IO,
			"records: %s: no space left on the disk", doing);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return fa_fail(err, FA_E_INPUT,
			"records: %s: the file is damaged: %s", doing, why);
	case SQLITE_ERROR:
		return fa_fail(err, FA_E_INPUT,
			"records: %s: the file is not laid out as expected: %s",
			doing, why);
	default:
		return fa_fail(err, FA_E_IO, "records: %s: %s", doing, why);
	}
}

int
fc_db_open(struct fc_db *db, const char *path, bool write, struct fa_err *err)
{
	int rc;

	memset(db, 0, sizeof(*db));
	if (sqlite3_open_v2(path, &db->h,
		    (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
			    SQLITE_OPEN_NOMUTEX,
		    NULL) == SQLITE_OK &&
		sqlite3_busy_timeout(db->h, FC_STORE_BUSY_MS) == SQLITE_OK)
		return FA_OK;
	rc = fa_fail(err, FA_E_IO, "%s: %s", path,
		db->h ? sqlite3_errmsg(db->h) : "out of memory");
	fc_db_close(db);
	return rc;
}

void
fc_db_close(struct fc_db *db)
{
	for (size_t i = 0; i < db->kept_n; i++)
		(void)sqlite3_finalize(db->kept[i].st);
	db->kept_n = 0;
	(void)sqlite3_close(db->h);
	db->h = NULL;
}

static int
prepare(sqlite3_stmt **out, struct fc_db *db, const char *sql,
	struct fa_err *err)
{
	for (size_t i = 0; i < db->kept_n; i++) {
		if (db->kept[i].sql == sql) {
			*out = db->kept[i].st;
			fc_db_reset(*out);
			return FA_OK;
		}
	}
	assert(db->kept_n < FC_DB_STATEMENTS);
	if (sqlite3_prepare_v3(db->h, sql, -1, SQLITE_PREPARE_PERSISTENT, out,
		    NULL) != SQLITE_OK)
		return fc_db_fail(db, "preparing", err);
	db->kept[db->kept_n].sql = sql;
	db->kept[db->kept_n++].st = *out;
	return FA_OK;
}

/* Without a copy: what is secret is not left behind on the heap. */
static int
bind_text(sqlite3_stmt *st, int i, struct fa_str s, bool blob)
{
	if (!s.p)
		return sqlite3_bind_null(st, i);
	if (blob)
		return sqlite3_bind_blob64(st, i, s.p, s.n, SQLITE_STATIC);
	return sqlite3_bind_text64(st, i, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int
query(sqlite3_stmt **out, struct fc_db *db, struct fa_err *err, const char *sql,
	const char *format, va_list ap)
{
	int rc = prepare(out, db, sql, err);
	int ok = SQLITE_OK;

	for (int i = 0; rc == FA_OK && format[i] && ok == SQLITE_OK; i++) {
		switch (format[i]) {
		case 'i':
			ok = sqlite3_bind_int64(
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
	if (rc == FA_OK && ok != SQLITE_OK) {
		rc = fc_db_fail(db, "binding", err);
		fc_db_reset(*out);
	}
	return rc;
}

int
fc_db_query(sqlite3_stmt **out, struct fc_db *db, struct fa_err *err,
	const char *sql, const char *format, ...)
{
	va_list ap;
	int rc;

	va_start(ap, format);
	rc = query(out, db, err, sql, format, ap);
	va_end(ap);
	return rc;
}

int
fc_db_step(struct fc_db *db, sqlite3_stmt *st, struct fa_err *err)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	rc = rc == SQLITE_DONE ? 0 : fc_db_fail(db, "writing or reading", err);
	fc_db_reset(st);
	return rc;
}

void
fc_db_reset(sqlite3_stmt *st)
{
	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
}

int64_t
fc_db_run(struct fc_db *db, struct fa_err *err, const char *sql,
	const char *format, ...)
{
	sqlite3_stmt *st;
	va_list ap;
	int rc;

	va_start(ap, format);
	rc = query(&st, db, err, sql, format, ap);
	va_end(ap);
	if (rc < 0)
		return rc;
	do
		rc = fc_db_step(db, st, err);
	while (rc == 1);
	return rc < 0 ? rc : sqlite3_changes64(db->h);
}

int
fc_db_number(int64_t *out, struct fc_db *db, struct fa_err *err,
	const char *sql, const char *format, ...)
{
	sqlite3_stmt *st;
	va_list ap;
	int rc;

	va_start(ap, format);
	rc = query(&st, db, err, sql, format, ap);
	va_end(ap);
	if (rc == FA_OK)
		rc = fc_db_step(db, st, err);
	if (rc == 1) {
		*out = sqlite3_column_int64(st, 0);
		fc_db_reset(st);
	}
	return rc;
}

struct fa_str
fc_db_text(sqlite3_stmt *st, int column)
{
	const void *p = sqlite3_column_blob(st, column);
	int n = sqlite3_column_bytes(st, column);

	if (sqlite3_column_type(st, column) == SQLITE_NULL)
		return FA_STR_NONE;
	return (struct fa_str){ p ? p : "", (size_t)n };
}

int
fc_db_script(struct fc_db *db, const char *sql, struct fa_err *err)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fc_db_fail(db, "running sql", err);
	return FA_OK;
}

int
fc_db_begin(struct fc_db *db, bool to_write, struct fa_err *err)
{
	return fc_db_script(db, to_write ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

int
fc_db_end(struct fc_db *db, int rc, struct fa_err *err)
{
	if (rc >= 0) {
		int done = fc_db_script(db, "COMMIT", err);

		if (done < 0)
			rc = done;
	}
	/* Some failures have rolled back already. */
	if (rc < 0 && !sqlite3_get_autocommit(db->h))
		(void)sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int
fc_db_empty_log(struct fc_db *db, struct fa_err *err)
{
	if (sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_TRUNCATE,
		    NULL, NULL) != SQLITE_OK)
		return fc_db_fail(db, "emptying the log", err);
	return FA_OK;
}
