/* Opening and closing the file. */
#include "facecheck/record/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define STORE_BYTES (64u << 10) /* of the object */
#define APPLICATION 1717791537  /* "fck1", in the header of the file */
#define VERSION 1

/* records_stay and records_are_fixed are against mistakes of our own; against
 * others there is the chain. keep_* are where tables that name people go while
 * they are written anew (people.c). */
static const char schema[] =
	"CREATE TABLE sessions ("
	" id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL,"
	" tries INTEGER NOT NULL, facts TEXT NOT NULL,"
	" since_ms INTEGER NOT NULL, codes INTEGER NOT NULL DEFAULT 0,"
	" code TEXT, code_until_s INTEGER, code_tries INTEGER"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX sessions_waiting ON sessions (state, since_ms);"
	"CREATE TABLE records ("
	" seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
	" session TEXT NOT NULL, before TEXT NOT NULL, event TEXT NOT NULL,"
	" after TEXT NOT NULL, facts TEXT NOT NULL, text TEXT, method TEXT,"
	" answer TEXT, matcher TEXT, level TEXT, sha256 TEXT NOT NULL"
	") STRICT;"
	"CREATE INDEX records_session ON records (session, seq);"
	"CREATE TABLE anchor (seq INTEGER NOT NULL, sha256 TEXT NOT NULL)"
	" STRICT;"
	"INSERT INTO anchor VALUES (0, printf('%064d', 0));"
	"CREATE TRIGGER records_stay BEFORE DELETE ON records"
	" WHEN OLD.seq > (SELECT seq FROM anchor)"
	" BEGIN SELECT RAISE(ABORT, 'records are kept'); END;"
	"CREATE TRIGGER records_are_fixed BEFORE UPDATE ON records"
	" BEGIN SELECT RAISE(ABORT, 'records do not change'); END;"
	"CREATE TABLE items ("
	" account TEXT NOT NULL, name TEXT NOT NULL,"
	" biometric INTEGER NOT NULL, value BLOB NOT NULL,"
	" PRIMARY KEY (account, name)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE ties ("
	" session TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"PRAGMA application_id = 1717791537;"
	"PRAGMA user_version = 1;";

static const char settings[] =
	"PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
	"PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
	"CREATE TEMP TABLE keep_items (account, name, biometric, value);"
	"CREATE TEMP TABLE keep_ties (session, account);";

/* FA_E_INPUT unless the file is empty (*empty) or a store. */
static int
identify(bool *empty, struct fc_store *s, const char *path, struct fa_err *err)
{
	int64_t app = 0, version = 0, changes = 0;
	int rc = fc_db_number(&app, &s->db, err, "PRAGMA application_id", "");

	if (rc >= 0)
		rc = fc_db_number(
			&version, &s->db, err, "PRAGMA user_version", "");
	if (rc >= 0)
		rc = fc_db_number(
			&changes, &s->db, err, "PRAGMA schema_version", "");
	if (rc < 0)
		return rc;
	*empty = app == 0 && version == 0 && changes == 0;
	if (*empty || (app == APPLICATION && version == VERSION))
		return FA_OK;
	if (app == APPLICATION)
		return fa_fail(err, FA_E_INPUT,
			"%s: records of version %lld, expected %d", path,
			(long long)version, VERSION);
	return fa_fail(err, FA_E_INPUT,
		"%s: is another database, expected records of facecheck", path);
}

/* Two processes may come here at once: who waited finds the work done. */
static int
make_tables(struct fc_store *s, const char *path, struct fa_err *err)
{
	bool empty = false;
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	rc = identify(&empty, s, path, err);
	if (rc == FA_OK && empty)
		rc = fc_db_script(&s->db, schema, err);
	return fc_db_end(&s->db, rc, err);
}

static int
set_wal(struct fc_store *s, const char *path, struct fa_err *err)
{
	sqlite3_stmt *st;
	bool wal = false;
	int rc = fc_db_query(&st, &s->db, err, "PRAGMA journal_mode = WAL", "");

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc == 1) {
		wal = fa_str_eq(fc_db_text(st, 0), FA_STR("wal"));
		fc_db_reset(st);
	}
	if (rc < 0 || wal)
		return rc < 0 ? rc : FA_OK;
	return fa_fail(err, FA_E_IO,
		"%s: stands where no database with a log can be", path);
}

static int
open_to_write(struct fc_store *s, const char *path, struct fa_err *err)
{
	bool empty = false;
	int64_t rows;
	/* Only the owner may read it; files beside it get the same rights. */
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int rc;

	if (fd < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
	(void)close(fd);
	rc = fc_db_open(&s->db, path, true, err);
	/* Nothing is written to a file that is not ours. */
	if (rc == FA_OK)
		rc = identify(&empty, s, path, err);
	if (rc == FA_OK)
		rc = set_wal(s, path, err);
	if (rc == FA_OK)
		rc = fc_db_script(&s->db, settings, err);
	if (rc == FA_OK && empty)
		rc = make_tables(s, path, err);
	if (rc == FA_OK)
		rc = fc_db_empty_log(&s->db, err);
	return rc < 0 ? rc : fc_record_verify(s, &rows, err);
}

static int
open_to_read(struct fc_store *s, const char *path, struct fa_err *err)
{
	struct stat st;
	bool empty = false;
	int rc;

	if (stat(path, &st) != 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"%s: %s", path, strerror(errno));
	rc = fc_db_open(&s->db, path, false, err);
	if (rc == FA_OK)
		rc = identify(&empty, s, path, err);
	if (rc == FA_OK && empty)
		rc = fa_fail(err, FA_E_INPUT,
			"%s: is empty, expected records of facecheck", path);
	return rc;
}

/* SQLite has a meaning of its own for ":memory:". */
static int
copy_path(const char **out, struct fc_store *s, struct fa_str path,
	struct fa_err *err)
{
	bool relative = path.n > 0 && path.p[0] != '/';
	char *p;

	if (path.n == 0 || path.n >= FA_FILE_PATH_BYTES ||
		memchr(path.p, '\0', path.n))
		return fa_fail(err, FA_E_USAGE,
			"the path of the records has %zu bytes, expected 1 to "
			"%d without a nul",
			path.n, FA_FILE_PATH_BYTES - 1);
	p = fa_arena_new(&s->arena, path.n + 3, 1);
	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for the records");
	memcpy(p, "./", 2);
	memcpy(p + (relative ? 2 : 0), path.p, path.n);
	*out = p;
	return FA_OK;
}

static int
store_new(struct fc_store **out, struct fa_err *err)
{
	struct fa_arena arena;
	struct fc_store *s;
	int rc;

	fa_arena_init(&arena, STORE_BYTES);
	s = fa_arena_new(&arena, 1, sizeof(*s));
	if (!s) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for the records");
	}
	s->arena = arena;
	fa_buf_init(&s->text, 16u * FC_RECORD_FIELD_BYTES);
	rc = fa_sha256_new(&s->sha, err);
	if (rc < 0) {
		fc_store_close(s);
		return rc;
	}
	*out = s;
	return FA_OK;
}

static int
store_open(struct fc_store **out, struct fa_str path,
	const struct fa_clock *clock, struct fa_err *err)
{
	struct fc_store *s = NULL;
	const char *z = NULL;
	int rc = store_new(&s, err);

	if (rc < 0)
		return rc;
	s->clock = clock ? *clock : fa_clock_system();
	rc = copy_path(&z, s, path, err);
	if (rc == FA_OK)
		rc = clock ? open_to_write(s, z, err) : open_to_read(s, z, err);
	if (rc < 0) {
		fc_store_close(s);
		return rc;
	}
	*out = s;
	return FA_OK;
}

int
fc_store_open(struct fc_store **out, struct fa_str path, struct fa_clock clock,
	struct fa_err *err)
{
	return store_open(out, path, &clock, err);
}

int
fc_store_read(struct fc_store **out, struct fa_str path, struct fa_err *err)
{
	return store_open(out, path, NULL, err);
}

void
fc_store_close(struct fc_store *s)
{
	struct fa_arena arena;

	if (!s)
		return;
	fc_db_close(&s->db);
	fa_buf_done(&s->text);
	fa_sha256_free(s->sha);
	arena = s->arena;
	fa_arena_done(&arena);
}

int
fc_store_settle(struct fc_store *s, int rc, struct fa_err *err)
{
	int emptied;

	rc = fc_db_end(&s->db, rc, err);
	if (rc < 0 || !s->residue)
		return rc;
	emptied = fc_db_empty_log(&s->db, err);
	if (emptied < 0)
		return emptied;
	s->residue = false;
	return rc;
}
