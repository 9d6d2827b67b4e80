#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "store/internal.h"
#include "store/scripts.h"

#define ARENA_BYTES ((size_t)1 << 20)

int
fa_store_path(char out[FA_FILE_PATH_BYTES], struct fa_str dir, const char *name,
	struct fa_err *err)
{
	int n = snprintf(out, FA_FILE_PATH_BYTES, "%s%.*s/%s",
		fa_str_starts(dir, FA_STR("file:")) ? "./" : "",
		FA_STR_ARG(dir), name);

	if (n < 0 || n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(dir));
	return FA_OK;
}

/* One writer at a time: a lock that the kernel gives back when its holder
 * dies. */
static int
take_lock(struct fa_store *s, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = fa_store_path(path, s->dir, FA_STORE_LOCK, err);

	if (rc < 0)
		return rc;
	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (s->lock < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
	if (flock(s->lock, LOCK_EX | LOCK_NB) == 0)
		return FA_OK;
	return fa_fail(err, FA_E_IO,
		"%.*s: another process is writing to this store",
		FA_STR_ARG(s->dir));
}

static int
make_dirs(const struct fa_store *s, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = fa_file_make_dir(s->dir, err);

	if (rc == FA_OK)
		rc = fa_store_path(path, s->dir, FA_STORE_ARCHIVE, err);
	if (rc == FA_OK)
		rc = fa_file_make_dir(fa_str_c(path), err);
	return rc;
}

static int
apply(struct fa_store *s, int64_t version, struct fa_err *err)
{
	char sql[64];
	int rc = fa_db_begin(&s->db, err);

	if (rc == FA_OK)
		rc = fa_db_script(&s->db, fa_store_scripts[version], err);
	(void)snprintf(
		sql, sizeof(sql), "PRAGMA user_version = %d", (int)version + 1);
	if (rc == FA_OK)
		rc = fa_db_script(&s->db, sql, err);
	if (rc == FA_OK)
		rc = fa_db_commit(&s->db, err);
	return rc;
}

/* A database without a version that holds tables is that of somebody else. */
static int
check_empty(struct fa_store *s, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(
		&st, &s->db, err, "SELECT 1 FROM sqlite_schema LIMIT 1", "");

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	fa_db_reset(st);
	return fa_fail(err, FA_E_USAGE,
		"%.*s/" FA_STORE_FILE " is no store of faceaudit",
		FA_STR_ARG(s->dir));
}

/* Leads the schema from its version to the newest, a transaction each. */
static int
migrate(struct fa_store *s, enum fa_store_mode mode, struct fa_err *err)
{
	int64_t newest = (int64_t)fa_store_scripts_n, version = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err, "PRAGMA user_version", "");

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	version = fa_db_int(st, 0);
	fa_db_reset(st);
	if (version == 0) {
		rc = check_empty(s, err);
		if (rc < 0)
			return rc;
	}
	if (version > newest || version < 0)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"%.*s: store of version %d, made by a newer faceaudit "
			"(this one knows %d)",
			FA_STR_ARG(s->dir), (int)version, (int)newest);
	if (version < newest && mode == FA_STORE_READ)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"%.*s: store of the older version %d; faceaudit audit "
			"brings it up to date",
			FA_STR_ARG(s->dir), (int)version);
	for (; version < newest; version++) {
		rc = apply(s, version, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

static int
open_in(struct fa_store *s, enum fa_store_mode mode, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = fa_store_path(path, s->dir, FA_STORE_FILE, err);

	if (rc == FA_OK && mode == FA_STORE_CREATE)
		rc = make_dirs(s, err);
	if (rc < 0)
		return rc;
	if (mode != FA_STORE_CREATE && access(path, F_OK) != 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"%.*s: there is no store here (%s is missing)",
			FA_STR_ARG(s->dir), FA_STORE_FILE);
	if (mode != FA_STORE_READ)
		rc = take_lock(s, err);
	if (rc == FA_OK)
		rc = fa_db_open(&s->db, path, mode != FA_STORE_READ, err);
	if (rc == FA_OK)
		rc = migrate(s, mode, err);
	return rc;
}

int
fa_store_open(struct fa_store **out, struct fa_str dir, enum fa_store_mode mode,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_store *s;
	int rc;

	fa_arena_init(&arena, ARENA_BYTES);
	s = fa_arena_new(&arena, 1, sizeof(*s));
	if (!s)
		return fa_fail(err, FA_E_NOMEM, "no memory for the store");
	s->lock = -1;
	s->dir = fa_arena_dup(&arena, dir);
	s->arena = arena;
	rc = s->dir.p ? open_in(s, mode, err)
		      : fa_fail(err, FA_E_NOMEM, "no memory for the store");
	if (rc < 0)
		fa_store_close(s);
	else
		*out = s;
	return rc;
}

void
fa_store_close(struct fa_store *s)
{
	struct fa_arena arena;

	if (!s)
		return;
	fa_db_close(&s->db);
	if (s->lock >= 0)
		(void)close(s->lock);
	arena = s->arena;
	fa_arena_done(&arena);
}

struct fa_str
fa_store_dir(const struct fa_store *s)
{
	return s->dir;
}

int
fa_store_begin(struct fa_store *s, struct fa_err *err)
{
	return fa_db_begin(&s->db, err);
}

int
fa_store_commit(struct fa_store *s, struct fa_err *err)
{
	return fa_db_commit(&s->db, err);
}

int
fa_store_meta_int(int64_t *out, struct fa_store *s, const char *name,
	int64_t fallback, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT value FROM meta WHERE name = ?", "z", name);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	*out = rc == 1 ? fa_db_int(st, 0) : fallback;
	fa_db_reset(st);
	return FA_OK;
}

int
fa_store_meta_set_int(
	struct fa_store *s, const char *name, int64_t value, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT INTO meta (name, value) VALUES (?, ?) "
		"ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		"zi", name, value);
}

int
fa_store_meta_text(struct fa_str *out, struct fa_store *s, const char *name,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT value FROM meta WHERE name = ?", "z", name);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	*out = FA_STR_NONE;
	if (rc == 1)
		rc = fa_db_dup(out, st, 0, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : FA_OK;
}

int
fa_store_meta_set_text(struct fa_store *s, const char *name,
	struct fa_str value, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT INTO meta (name, value) VALUES (?, ?) "
		"ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		"zt", name, value);
}
