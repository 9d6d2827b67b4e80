#include "store/merge.h"

#include <stdio.h>

#include "base/file.h"
#include "store/app.h"
#include "store/frontier.h"
#include "store/merge_custody.h"
#include "store/merge_files.h"

#define WORK_BYTES ((size_t)1 << 30)
#define PATH_ARENA (1u << 20)

/* Which of two rows about the same URL stands: the later attempt; of equal
 * ones what is done before what is pending before what was only found; then
 * by content. 0 is less than any text. */
#define STANDING(t)                                                            \
	"(" t ".at_ms, CASE " t ".outcome WHEN 'found' THEN 0 "                \
	"WHEN 'pending' THEN 1 ELSE 2 END, " t ".outcome, "                    \
	"coalesce(" t ".detail, 0), coalesce(" t ".status, 0), "               \
	"coalesce(" t ".redirect, 0), " t ".tries, " t ".not_before)"
/* Which page of a URL stands: the one seen last, and looked at. */
#define PAGE(t)                                                                \
	"(coalesce((SELECT at_us FROM main.capture WHERE id = " t ".capture)," \
	" 0), coalesce(" t ".capture, 0), coalesce(" t ".kind, 0), "           \
	"coalesce(" t ".kind_other, 0), coalesce(" t ".kind_detail, 0))"
#define TARGET(t)                                                              \
	"(coalesce(" t ".app, 0), coalesce(" t ".package, 0), "                \
	"coalesce(" t ".store, 0), coalesce(" t ".version, 0), "               \
	"coalesce(" t ".publisher, 0), coalesce(" t ".category, 0), "          \
	"coalesce(" t ".store_url, 0), coalesce(" t ".policy_url, 0), " t      \
	".children, coalesce(" t ".note, 0))"

/* In this order: later statements rest on what earlier ones brought. */
static const char *const statements[] = {
	"CREATE TEMP TABLE page_won (id INTEGER PRIMARY KEY);"
	"CREATE TEMP TABLE row_won (id INTEGER PRIMARY KEY);"
	"CREATE TEMP TABLE fresh (id INTEGER PRIMARY KEY)",

	"INSERT INTO main.meta SELECT name, value FROM other.meta "
	"WHERE name IN ('crawl_unfinished', 'crawl_fresh_ms') "
	"ON CONFLICT DO UPDATE SET value = iif(name = 'crawl_fresh_ms', "
	"min(value, excluded.value), max(value, excluded.value))",

	"INSERT INTO main.run SELECT * FROM other.run WHERE true "
	"ON CONFLICT DO UPDATE SET ended_ms = nullif(max("
	"coalesce(ended_ms, 0), coalesce(excluded.ended_ms, 0)), 0)",

	"INSERT INTO main.target SELECT * FROM other.target WHERE true "
	"ON CONFLICT (id) DO UPDATE SET app = excluded.app, "
	"package = excluded.package, store = excluded.store, "
	"version = excluded.version, publisher = excluded.publisher, "
	"category = excluded.category, store_url = excluded.store_url, "
	"policy_url = excluded.policy_url, children = excluded.children, "
	"note = excluded.note WHERE " TARGET("excluded") " > " TARGET("target"),

	"INSERT OR IGNORE INTO main.capture SELECT * FROM other.capture",

	"INSERT INTO page_won SELECT o.id FROM other.url o "
	"LEFT JOIN main.url m ON m.id = o.id "
	"WHERE m.id IS NULL OR " PAGE("o") " > " PAGE("m"),
	"INSERT INTO row_won SELECT o.id FROM other.url o "
	"JOIN main.url m ON m.id = o.id WHERE " STANDING("o") " > " STANDING(
		"m"),
	"UPDATE main.url SET (capture, kind, kind_other, kind_detail) = "
	"(SELECT o.capture, o.kind, o.kind_other, o.kind_detail "
	"FROM other.url o WHERE o.id = url.id) WHERE id IN page_won",
	"UPDATE main.url SET (outcome, detail, status, at_ms, tries, "
	"not_before, redirect) = (SELECT o.outcome, o.detail, o.status, "
	"o.at_ms, o.tries, o.not_before, o.redirect FROM other.url o "
	"WHERE o.id = url.id) WHERE id IN row_won",
	"INSERT OR IGNORE INTO main.url SELECT * FROM other.url",
	"DELETE FROM main.link WHERE url IN page_won",
	"INSERT OR IGNORE INTO main.link SELECT * FROM other.link "
	"WHERE url IN page_won",

	"INSERT INTO main.edge SELECT * FROM other.edge WHERE true "
	"ON CONFLICT DO UPDATE SET hops = min(hops, excluded.hops), "
	"root = max(root, excluded.root)",
	"INSERT OR IGNORE INTO main.attempt SELECT * FROM other.attempt",
	"INSERT INTO main.archive SELECT * FROM other.archive WHERE true "
	"ON CONFLICT DO UPDATE SET bytes = max(bytes, excluded.bytes)",
	"INSERT INTO main.robots SELECT * FROM other.robots WHERE true "
	"ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms, "
	"outcome = excluded.outcome, status = excluded.status, "
	"body = excluded.body WHERE (excluded.at_ms, excluded.outcome, "
	"coalesce(excluded.status, 0), coalesce(excluded.body, 0)) > "
	"(at_ms, outcome, coalesce(status, 0), coalesce(body, 0))",

	"INSERT OR IGNORE INTO main.bundle SELECT * FROM other.bundle",
	"INSERT INTO fresh SELECT id FROM other.document "
	"EXCEPT SELECT id FROM main.document",
	"INSERT INTO main.document SELECT * FROM other.document "
	"WHERE id IN fresh",
	/* Both in the order in which they stand, so that nothing is sorted. */
	"CREATE TEMP TABLE known AS "
	"SELECT coalesce(max(id), 0) AS id FROM main.clause",
	"INSERT INTO main.clause (document, ord, text) "
	"SELECT c.document, c.ord, c.text FROM fresh "
	"CROSS JOIN other.clause c ON c.document = fresh.id "
	"ORDER BY fresh.id, c.ord",
	"INSERT INTO main.clause_fts (rowid, text) SELECT id, text "
	"FROM main.clause WHERE id > (SELECT id FROM known) ORDER BY id",
	"INSERT OR IGNORE INTO main.judgement SELECT * FROM other.judgement",
	"INSERT OR IGNORE INTO main.verdict SELECT * FROM other.verdict",
	"INSERT OR IGNORE INTO main.evidence SELECT * FROM other.evidence",
	"INSERT INTO main.app_judgement SELECT * FROM other.app_judgement "
	"WHERE true ON CONFLICT (id) DO UPDATE SET "
	"at_ms = max(at_ms, excluded.at_ms)",
	"INSERT OR IGNORE INTO main.app_document "
	"SELECT * FROM other.app_document",
	"INSERT OR IGNORE INTO main.app_verdict "
	"SELECT * FROM other.app_verdict",
	"INSERT OR IGNORE INTO main.change SELECT * FROM other.change",

	"DROP TABLE page_won; DROP TABLE row_won; DROP TABLE fresh; "
	"DROP TABLE known",
};

static int
check_keys(struct fa_store *into, struct fa_store *from, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_app_key x, y;
	int rc = fa_store_newest_key(&x, into, 0, a, err);

	if (rc == 1)
		rc = fa_store_newest_key(&y, from, 0, a, err);
	if (rc != 1)
		return rc;
	if (fa_str_eq(x.bundle, y.bundle) && x.as_of == y.as_of)
		return FA_OK;
	return fa_fail(err, FA_E_USAGE,
		"%.*s was judged by the rules %.12s as of %d, %.*s by %.12s "
		"as of %d: judge both alike, or give --mixed",
		FA_STR_ARG(into->dir), x.bundle.p, (int)x.as_of,
		FA_STR_ARG(from->dir), y.bundle.p, (int)y.as_of);
}

/* Opening it tells whether it is a store, and of the version that is known. */
static int
check_store(struct fa_store *into, struct fa_str dir,
	const struct fa_merge_opts *opts, struct fa_err *err)
{
	struct fa_store *from;
	struct fa_arena a;
	int rc = fa_store_open(&from, dir, FA_STORE_READ, err);

	if (rc < 0)
		return rc;
	fa_arena_init(&a, PATH_ARENA);
	if (fa_merge_is_same(into->dir, dir))
		rc = fa_fail(err, FA_E_USAGE,
			"%.*s and %.*s are the same store",
			FA_STR_ARG(into->dir), FA_STR_ARG(dir));
	if (rc == FA_OK && !opts->mixed)
		rc = check_keys(into, from, &a, err);
	fa_arena_done(&a);
	fa_store_close(from);
	return rc;
}

static int
bring_archives(struct fa_store *s, struct fa_str dir, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT name, bytes FROM other.archive ORDER BY name", "");

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		rc = fa_merge_archive(
			s, dir, fa_db_text(st, 0), fa_db_int(st, 1), err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

/* Files and rows of one moment of the other store, which another process may
 * be writing to: nothing is locked there, so that neither waits for the
 * other. (BEGIN IMMEDIATE would lock every store that is attached.) */
static int
bring(struct fa_store *s, struct fa_str dir, struct fa_err *err)
{
	int rc = fa_db_script(&s->db, "BEGIN", err);

	if (rc < 0)
		return rc;
	s->db.in_transaction = true;
	rc = bring_archives(s, dir, err);
	if (rc == FA_OK)
		rc = fa_merge_objects(s, dir, err);
	for (size_t i = 0; i < FA_COUNT(statements) && rc == FA_OK; i++)
		rc = fa_db_script(&s->db, statements[i], err);
	if (rc == FA_OK)
		rc = fa_merge_custody(s, dir, err);
	return rc < 0 ? rc : fa_db_commit(&s->db, err);
}

static void
roll_back(struct fa_db *db)
{
	if (db->in_transaction)
		(void)fa_sqlite()->exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	db->in_transaction = false;
}

int
fa_store_merge(struct fa_store *into, struct fa_str dir,
	const struct fa_merge_opts *opts, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_err ignored;
	int rc = fa_store_path(path, dir, FA_STORE_FILE, err);

	if (rc == FA_OK)
		rc = check_store(into, dir, opts, err);
	if (rc == FA_OK)
		rc = fa_db_commit(&into->db, err);
	if (rc == FA_OK)
		rc = fa_db_run(&into->db, err, "ATTACH ? AS other", "z", path);
	if (rc < 0)
		return rc;
	rc = bring(into, dir, err);
	if (rc < 0)
		roll_back(&into->db);
	if (fa_db_run(&into->db, rc < 0 ? &ignored : err, "DETACH other", "") <
			0 &&
		rc == FA_OK)
		return FA_E_IO;
	return rc;
}

static int
no_matter(
	void *ctx, struct fa_str host, int64_t not_before_ms, struct fa_err *e)
{
	(void)ctx;
	(void)host;
	(void)not_before_ms;
	(void)e;
	return FA_OK;
}

/* All URLs that are done and wanted, in a; a cursor would not survive what is
 * added meanwhile. */
static int
done_urls(int64_t **out, size_t *n, struct fa_store *s, struct fa_arena *a,
	struct fa_err *err)
{
	int64_t *at = NULL;
	size_t count = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT id FROM url WHERE outcome NOT IN ('pending', 'found') "
		"AND id IN (SELECT url FROM edge) ORDER BY id",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		int64_t *p = fa_arena_grow(a, at, &cap, count + 1, sizeof(*at));

		if (!p) {
			fa_db_reset(st);
			return fa_fail(
				err, FA_E_NOMEM, "no memory to join stores");
		}
		at = p;
		at[count++] = fa_db_int(st, 0);
		rc = FA_OK;
	}
	*out = at;
	*n = count;
	return rc;
}

int
fa_store_close_over(struct fa_store *into, const struct fa_merge_opts *opts,
	struct fa_err *err)
{
	struct fa_store_rules rules = { .max_step = opts->max_step,
		.on_pending = no_matter };
	struct fa_arena a;
	int64_t *ids = NULL;
	size_t n = 0;
	int rc = fa_store_meta_int(
		&rules.fresh_ms, into, "crawl_fresh_ms", 0, err);

	fa_arena_init(&a, WORK_BYTES);
	if (rc == FA_OK)
		rc = fa_store_begin(into, err);
	if (rc == FA_OK)
		rc = done_urls(&ids, &n, into, &a, err);
	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = fa_store_expand(into, ids[i], &rules, err);
	fa_arena_done(&a);
	return rc < 0 ? rc : fa_store_commit(into, err);
}
