#include "store/board_parts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/app.h"
#include "store/judge.h"

#define ARENA_BYTES ((size_t)16 << 20)
#define URI_BYTES ((size_t)4 * FA_FILE_PATH_BYTES)

/* Nothing is lost when the machine goes down half-way: the board is made
 * anew. What is sorted may be larger than memory. */
static int
open_database(struct fa_board *b, struct fa_err *err)
{
	char sql[384];
	int rc = fa_sqlite_open(err);

	if (rc < 0)
		return rc;
	if (fa_sqlite()->open_v2(b->o.path, &b->db.h,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			    SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		return fa_fail(err, FA_E_IO, "%s: %s", b->o.path,
			b->db.h ? fa_sqlite()->errmsg(b->db.h)
				: "out of memory");
	if (fa_sqlite()->busy_timeout(b->db.h, FA_DB_BUSY_MS) != SQLITE_OK)
		return fa_db_fail(&b->db, "opening", err);
	(void)fa_sqlite()->extended_result_codes(b->db.h, 1);
	(void)snprintf(sql, sizeof(sql),
		"PRAGMA cache_size = -%d; PRAGMA temp_store = FILE; "
		"PRAGMA trusted_schema = OFF; PRAGMA main.journal_mode = OFF; "
		"PRAGMA main.synchronous = OFF; "
		"PRAGMA main.locking_mode = EXCLUSIVE; "
		"PRAGMA temp.cache_size = -%d; PRAGMA main.mmap_size = %d;",
		FA_BOARD_CACHE_KIB, FA_BOARD_CACHE_KIB, FA_BOARD_MAP_BYTES);
	return fa_db_script(&b->db, sql, err);
}

int
fa_board_new(struct fa_board **out, const struct fa_board_options *o,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_board *b;
	int rc;

	if (access(o->path, F_OK) == 0)
		return fa_fail(err, FA_E_USAGE, "%s exists already", o->path);
	fa_arena_init(&arena, ARENA_BYTES);
	b = fa_arena_new(&arena, 1, sizeof(*b));
	if (!b) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for a board");
	}
	b->arena = arena;
	b->o = *o;
	rc = open_database(b, err);
	if (rc == FA_OK)
		rc = fa_board_id_function(b, err);
	if (rc == FA_OK)
		rc = fa_board_make_tables(b, err);
	if (rc < 0) {
		fa_board_free(b);
		return rc;
	}
	*out = b;
	return FA_OK;
}

void
fa_board_free(struct fa_board *b)
{
	struct fa_arena arena;

	if (!b)
		return;
	fa_db_close(&b->db);
	arena = b->arena;
	fa_arena_done(&arena);
}

/* The judgements of a store that are shown. Prior stores are always taken as
 * they were left. */
static int
find_key(struct fa_board_source *x, struct fa_board *b, struct fa_store *s,
	struct fa_err *err)
{
	struct fa_store_app_key key;
	int rc = fa_store_newest_key(
		&key, s, x->prior ? 0 : b->o.as_of, &b->arena, err);

	if (rc != 1)
		return rc;
	x->judged = true;
	x->bundle = key.bundle;
	x->as_of = key.as_of;
	return FA_OK;
}

int
fa_board_add(struct fa_str *bundle, struct fa_board *b, struct fa_str dir,
	bool prior, struct fa_arena *a, struct fa_err *err)
{
	struct fa_board_source x = { .dir = fa_arena_dup(&b->arena, dir),
		.id = (int64_t)b->n + 1,
		.prior = prior };
	struct fa_store *s = NULL;
	int rc;

	if (b->n == FA_BOARD_SOURCES)
		return fa_fail(err, FA_E_LIMIT, "more than %d stores",
			FA_BOARD_SOURCES);
	if (!x.dir.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a board");
	rc = fa_store_open(&s, dir, FA_STORE_READ, err);
	if (rc == FA_OK)
		rc = find_key(&x, b, s, err);
	fa_store_close(s);
	if (rc < 0)
		return rc;
	*bundle = FA_STR_NONE;
	if (x.judged) {
		*bundle = fa_arena_dup(a, x.bundle);
		if (!bundle->p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for a board");
	}
	b->at[b->n++] = x;
	return FA_OK;
}

int
fa_board_get_bundle(struct fa_str *json, struct fa_board *b, struct fa_str dir,
	struct fa_str sha256, struct fa_arena *a, struct fa_err *err)
{
	struct fa_store *s = NULL;
	int rc = fa_store_open(&s, dir, FA_STORE_READ, err);

	(void)b;
	if (rc == FA_OK)
		rc = fa_store_get_bundle(json, s, sha256, a, err);
	fa_store_close(s);
	return rc;
}

static int
put_duties(struct fa_board *b, const struct fa_bundle *bundle,
	fa_board_source_fn *source, void *ctx, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < bundle->obligations_n && rc == FA_OK; i++) {
		const struct fa_obligation *o = &bundle->obligations[i];
		struct fa_text2 cite = { 0 };

		rc = source(&cite, ctx, o, err);
		if (rc == FA_OK)
			rc = fa_db_run(&b->db, err,
				"INSERT OR IGNORE INTO duty (name, title_zh, "
				"title_en, source_zh, source_en, why_zh, "
				"why_en, fix_zh, fix_en, severity, kind) "
				"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				"tttttttttii", o->id, o->title.in[FA_LANG_ZH],
				o->title.in[FA_LANG_EN], cite.in[FA_LANG_ZH],
				cite.in[FA_LANG_EN], o->why.in[FA_LANG_ZH],
				o->why.in[FA_LANG_EN], o->fix.in[FA_LANG_ZH],
				o->fix.in[FA_LANG_EN], (int64_t)o->severity,
				(int64_t)o->kind);
	}
	return rc;
}

int
fa_board_put_bundle(struct fa_board *b, const struct fa_bundle *bundle,
	fa_board_source_fn *source, void *ctx, struct fa_err *err)
{
	int rc = put_duties(b, bundle, source, ctx, err);

	for (size_t i = 0; i < bundle->rules_n && rc == FA_OK; i++) {
		const struct fa_rule *r = &bundle->rules[i];

		if (r->obligation >= bundle->obligations_n)
			continue;
		rc = fa_db_run(&b->db, err,
			"INSERT OR IGNORE INTO rule (name, duty, title_zh, "
			"title_en, status, hits, \"right\", precision) "
			"SELECT ?, id, ?, ?, ?, ?, ?, ? FROM duty "
			"WHERE name = ?",
			"tttiiiit", r->id, r->title.in[FA_LANG_ZH],
			r->title.in[FA_LANG_EN], (int64_t)r->status,
			(int64_t)r->hits, (int64_t)r->right,
			(int64_t)r->precision,
			bundle->obligations[r->obligation].id);
	}
	return rc < 0 ? rc : fa_db_commit(&b->db, err);
}

/* "file:PATH?mode=ro" (sqlite.org/uri.html). */
static void
write_uri(char *out, size_t size, const char *path, const char *query)
{
	size_t n = (size_t)snprintf(out, size, "file:");

	for (; *path && n + 4 < size; path++) {
		bool plain = *path != '%' && *path != '?' && *path != '#';

		n += (size_t)snprintf(out + n, size - n,
			plain ? "%c" : "%%%02x", (unsigned char)*path);
	}
	(void)snprintf(out + n, size - n, "%s", query);
}

static int
attach_uri(struct fa_board *b, const char *path, const char *query,
	struct fa_err *err)
{
	char uri[URI_BYTES];
	sqlite3_stmt *st;
	int rc;

	write_uri(uri, sizeof(uri), path, query);
	if (fa_sqlite()->prepare_v2(b->db.h, "ATTACH ? AS s", -1, &st, NULL) !=
		SQLITE_OK)
		return fa_db_fail(&b->db, "opening a store", err);
	rc = fa_sqlite()->bind_text(st, 1, uri, -1, SQLITE_TRANSIENT);
	if (rc == SQLITE_OK)
		rc = fa_sqlite()->step(st);
	(void)fa_sqlite()->finalize(st);
	if (rc != SQLITE_DONE)
		return fa_db_fail(&b->db, "opening a store", err);
	(void)snprintf(uri, sizeof(uri), "PRAGMA s.cache_size = -%d",
		FA_BOARD_CACHE_KIB);
	return fa_db_script(&b->db, uri, err);
}

int
fa_board_attach(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = fa_store_path(path, x->dir, FA_STORE_FILE, err);

	if (rc == FA_OK)
		rc = fa_db_commit(&b->db, err);
	if (rc == FA_OK)
		rc = attach_uri(b, path, "?mode=ro", err);
	if (rc == FA_OK &&
		fa_sqlite()->exec(b->db.h, "PRAGMA s.schema_version", NULL,
			NULL, NULL) == SQLITE_OK)
		return FA_OK;
	/* It lies where nothing can be written: see fa_db_open. */
	if (rc == FA_OK)
		rc = fa_board_detach(b, err);
	return rc < 0 ? rc : attach_uri(b, path, "?immutable=1", err);
}

int
fa_board_detach(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_db_commit(&b->db, err);

	return rc < 0 ? rc : fa_db_script(&b->db, "DETACH s", err);
}

static int
put_facts(struct fa_board *b, struct fa_err *err)
{
	static const char *const names[] = { "today", "deadline_days" };
	int64_t values[] = { b->o.today, b->o.deadline_days };
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO board VALUES ('schema', ?)", "z", FA_BOARD_SCHEMA);

	for (size_t i = 0; i < FA_COUNT(names) && rc == FA_OK; i++)
		rc = fa_db_run(&b->db, err, "INSERT INTO board VALUES (?, ?)",
			"zi", names[i], values[i]);
	return rc;
}

int
fa_board_load(struct fa_board *b, struct fa_err *err)
{
	int rc = put_facts(b, err);

	if (rc == FA_OK)
		rc = fa_board_load_apps(b, err);
	if (rc == FA_OK)
		rc = fa_board_load_past(b, err);
	if (rc == FA_OK)
		rc = fa_db_commit(&b->db, err);
	if (rc == FA_OK)
		rc = fa_board_make_indexes(b, err);
	if (rc == FA_OK)
		rc = fa_board_load_reviews(b, err);
	if (rc == FA_OK)
		rc = fa_board_count(b, err);
	return rc < 0 ? rc : fa_db_commit(&b->db, err);
}

int
fa_board_put_picture(struct fa_board *b, struct fa_str payload,
	struct fa_str sha256, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT OR IGNORE INTO picture (payload, sha256) "
		"VALUES (?, ?)",
		"tt", payload, sha256);
}

int
fa_board_finish(struct fa_board *b, struct fa_err *err)
{
	return fa_db_commit(&b->db, err);
}
