/* Runs and targets. */
#include <stdio.h>

#include "base/hash.h"
#include "store/internal.h"

int
fa_store_run_begin(int64_t *run, struct fa_store *s, const char *kind,
	int64_t now_ms, struct fa_str tool, struct fa_str options,
	struct fa_err *err)
{
	char when[32];
	struct fa_str parts[4] = { FA_STR_NONE, fa_str_c(kind), FA_STR_NONE,
		options };
	int rc = fa_store_meta_text(&parts[0], s, "store", &s->arena, err);

	(void)snprintf(when, sizeof(when), "%lld", (long long)now_ms);
	parts[2] = fa_str_c(when);
	if (rc == FA_OK)
		rc = fa_hash_id(run, parts, FA_COUNT(parts), err);
	if (rc < 0)
		return rc;
	return fa_db_run(&s->db, err,
		"INSERT OR IGNORE INTO run (id, kind, started_ms, tool, "
		"options) VALUES (?, ?, ?, ?, ?)",
		"izitt", *run, kind, now_ms, tool, options);
}

int
fa_store_run_end(
	struct fa_store *s, int64_t run, int64_t now_ms, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"UPDATE run SET ended_ms = ? WHERE id = ?", "ii", now_ms, run);
}

int
fa_store_put_target(int64_t *id, struct fa_store *s, const struct fa_target *t,
	struct fa_str note, struct fa_err *err)
{
	int rc = fa_hash_id(id, &t->key, 1, err);

	if (rc < 0)
		return rc;
	return fa_db_run(&s->db, err,
		"INSERT INTO target (id, key, app, package, store, version, "
		"publisher, category, store_url, policy_url, children, note) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
		"ON CONFLICT (id) DO UPDATE SET app = excluded.app, "
		"package = excluded.package, store = excluded.store, "
		"version = excluded.version, publisher = excluded.publisher, "
		"category = excluded.category, "
		"store_url = excluded.store_url, "
		"policy_url = excluded.policy_url, "
		"children = excluded.children, note = excluded.note",
		"itttttttttit", *id, t->key, t->app, t->package, t->store,
		t->version, t->publisher, t->category, t->store_url,
		t->policy_url, (int64_t)t->children, note);
}
