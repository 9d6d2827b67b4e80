#include "store/merge_custody.h"

#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "store/custody.h"
#include "store/merge_files.h"

#define LIST_BYTES ((size_t)1 << 30) /* of paths of objects */
#define ID_DIGITS (FA_HASH_HEX_BYTES - 1)

struct logs {
	struct fa_store *s;
	struct fa_str dir;
	char own[FA_HASH_HEX_BYTES]; /* chain of this store's own log, or "" */
};

static int
broken(const struct logs *l, int64_t seq, const char *why, struct fa_err *err)
{
	return fa_fail(err, FA_E_INPUT, "%.*s: its custody log %s event %lld",
		FA_STR_ARG(l->dir), why, (long long)seq);
}

/* The first column; "" for what is no digest. */
static void
take_hex(char hex[FA_HASH_HEX_BYTES], sqlite3_stmt *st)
{
	struct fa_str s = fa_db_text(st, 0);
	size_t n = s.n == ID_DIGITS ? ID_DIGITS : 0;

	if (n > 0)
		memcpy(hex, s.p, n);
	hex[n] = '\0';
}

/* The digest of the first line names a log. */
static int
find_own(struct logs *l, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &l->s->db, err,
		"SELECT lower(hex(h)) FROM main.custody WHERE seq = 1", "");

	if (rc == FA_OK)
		rc = fa_db_step(&l->s->db, st, err);
	l->own[0] = '\0';
	if (rc != 1)
		return rc;
	take_hex(l->own, st);
	fa_db_reset(st);
	return FA_OK;
}

/* The digest that this store has for an event: 1 and it, or 0. */
static int
known(char hex[FA_HASH_HEX_BYTES], struct logs *l, struct fa_str chain,
	bool own, int64_t seq, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = own ? fa_db_query(&st, &l->s->db, err,
			       "SELECT lower(hex(h)) FROM main.custody "
			       "WHERE seq = ?",
			       "i", seq)
		     : fa_db_query(&st, &l->s->db, err,
			       "SELECT lower(hex(h)) FROM main.custody_shard "
			       "WHERE chain = ? AND seq = ?",
			       "ti", chain, seq);

	if (rc == FA_OK)
		rc = fa_db_step(&l->s->db, st, err);
	if (rc != 1)
		return rc;
	take_hex(hex, st);
	fa_db_reset(st);
	return 1;
}

static int
add(struct logs *l, struct fa_str chain, bool own, int64_t seq,
	struct fa_str line, struct fa_str h, struct fa_err *err)
{
	int rc = own ? fa_db_run(&l->s->db, err,
			       "INSERT INTO main.custody (seq, line, h) "
			       "VALUES (?, ?, ?)",
			       "itb", seq, line, h)
		     : fa_db_run(&l->s->db, err,
			       "INSERT INTO main.custody_shard "
			       "(chain, seq, line, h) VALUES (?, ?, ?, ?)",
			       "titb", chain, seq, line, h);

	if (rc < 0 &&
		fa_sqlite()->extended_errcode(l->s->db.h) ==
			SQLITE_CONSTRAINT_TRIGGER)
		return broken(l, seq, "is not whole at", err);
	return rc;
}

/* One event: columns chain, seq, line, h, h in hex. */
static int
take(struct logs *l, sqlite3_stmt *st, struct fa_err *err)
{
	char digest[FA_HASH_HEX_BYTES], here[FA_HASH_HEX_BYTES];
	struct fa_str chain = fa_db_text(st, 0), line = fa_db_text(st, 2);
	int64_t seq = fa_db_int(st, 1);
	bool own = fa_str_eq(chain, fa_str_c(l->own));
	int rc = fa_hash_sha256(digest, line, err);

	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_db_text(st, 4), fa_str_c(digest)))
		return broken(l, seq, "was changed at", err);
	rc = known(here, l, chain, own, seq, err);
	if (rc == 0)
		return add(l, chain, own, seq, line, fa_db_text(st, 3), err);
	if (rc == 1 && strcmp(here, digest) != 0)
		return broken(l, seq,
			"and the same log joined before differ at", err);
	return rc < 0 ? rc : FA_OK;
}

static int
take_all(struct logs *l, sqlite3_stmt *st, struct fa_err *err)
{
	int rc;

	while ((rc = fa_db_step(&l->s->db, st, err)) == 1) {
		rc = take(l, st, err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	return rc;
}

int
fa_merge_custody(struct fa_store *s, struct fa_str dir, struct fa_err *err)
{
	struct logs l = { .s = s, .dir = dir };
	sqlite3_stmt *st;
	int rc = find_own(&l, err);

	if (rc == FA_OK)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT lower(hex((SELECT h FROM other.custody "
			"WHERE seq = 1))), seq, line, h, lower(hex(h)) "
			"FROM other.custody ORDER BY seq",
			"");
	if (rc == FA_OK)
		rc = take_all(&l, st, err);
	if (rc == FA_OK)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT chain, seq, line, h, lower(hex(h)) "
			"FROM other.custody_shard ORDER BY chain, seq",
			"");
	return rc < 0 ? rc : take_all(&l, st, err);
}

int
fa_merge_objects(struct fa_store *s, struct fa_str dir, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_file_list files;
	struct fa_arena a;
	int rc = fa_store_path(path, dir, FA_STORE_OBJECTS, err);

	if (rc < 0 || !fa_file_is_dir(fa_str_c(path)))
		return rc;
	fa_arena_init(&a, LIST_BYTES);
	rc = fa_file_walk(&files, fa_str_c(path), &a, err);
	for (size_t i = 0; rc == FA_OK && i < files.n; i++)
		rc = fa_merge_object(s,
			fa_str_sub(files.path[i], strlen(path) + 1,
				files.path[i].n),
			files.path[i], err);
	fa_arena_done(&a);
	return rc;
}
