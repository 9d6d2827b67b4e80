/* The closure of what targets want. An edge (url, target, role, step) with its
 * number of redirects since the last document is a reason to fetch a URL.
 * Along a redirect hops grows and step stays; along a reference step grows and
 * hops begins anew. Of two ways with the same step the one with fewer hops
 * counts, and whatever the other reaches it reaches too: so the edges at the
 * end are the same in whatever order pages come in. */
#include "store/frontier.h"

#include <string.h>

#include "store/internal.h"

#define WORK_BYTES ((size_t)256 << 20) /* of one expansion */

struct reason {
	int64_t target;
	enum fa_role role;
	unsigned step, hops;
	bool root;
};

/* A URL that is done leads on: for all who want it, or for one more, so that
 * a page that thousands of targets share is not gone through by each of them
 * for all the others. */
struct step {
	int64_t url;
	bool all;
	struct reason why;
};

struct work {
	struct fa_store *s;
	const struct fa_store_rules *r;
	struct fa_arena a;
	struct fa_arena one; /* of the step at hand */
	struct step *todo;
	size_t n, cap;
	struct fa_err *err;
};

static void
work_init(struct work *w, struct fa_store *s, const struct fa_store_rules *r,
	struct fa_err *err)
{
	*w = (struct work){ .s = s, .r = r, .err = err };
	fa_arena_init(&w->a, WORK_BYTES);
	fa_arena_init(&w->one, WORK_BYTES);
}

static void
work_done(struct work *w)
{
	fa_arena_done(&w->one);
	fa_arena_done(&w->a);
}

int
fa_store_url_id(int64_t *id, struct fa_str url, struct fa_err *err)
{
	return fa_hash_id(id, &url, 1, err);
}

int
fa_store_put_url(int64_t *id, struct fa_store *s, struct fa_str url,
	struct fa_str host, struct fa_err *err)
{
	int rc = fa_store_url_id(id, url, err);

	if (rc < 0)
		return rc;
	return fa_db_run(&s->db, err,
		"INSERT INTO url (id, url, host, outcome, at_ms, tries, "
		"not_before) VALUES (?, ?, ?, 'found', 0, 0, 0) "
		"ON CONFLICT (id) DO NOTHING",
		"itt", *id, url, host);
}

/* why: NULL for all reasons. */
static int
push(struct work *w, int64_t url, const struct reason *why)
{
	struct step *p = fa_arena_grow(
		&w->a, w->todo, &w->cap, w->n + 1, sizeof(*w->todo));

	if (!p)
		return fa_fail(
			w->err, FA_E_NOMEM, "no memory to follow references");
	w->todo = p;
	w->todo[w->n] = (struct step){ .url = url, .all = !why };
	if (why)
		w->todo[w->n].why = *why;
	w->n++;
	return FA_OK;
}

/* A new reason for url (NULL: those that it has): it becomes pending unless it
 * was fetched in this pass; then what it leads to is wanted too, which has to
 * be looked for anew when nobody wanted to know before. */
static int
wake(struct work *w, int64_t url, const struct reason *why)
{
	unsigned step = why ? why->step : w->r->max_step;
	struct fa_db *db = &w->s->db;
	enum fa_outcome outcome;
	int64_t at_ms;
	bool again;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, db, w->err,
		"SELECT outcome, at_ms, host, kind IS NULL FROM url "
		"WHERE id = ?",
		"i", url);

	if (rc == FA_OK)
		rc = fa_db_step(db, st, w->err);
	if (rc != 1)
		return rc < 0 ? rc
			      : fa_fail(w->err, FA_E_INPUT,
					"store: an edge leads to no URL");
	outcome = (enum fa_outcome)fa_outcome_parse(fa_db_text(st, 0));
	at_ms = fa_db_int(st, 1);
	again = outcome == FA_OUT_FOUND || at_ms < w->r->fresh_ms ||
		(outcome == FA_OUT_OK && fa_db_int(st, 3) != 0 &&
			step < w->r->max_step);
	if (outcome == FA_OUT_PENDING || !again) {
		fa_db_reset(st);
		return outcome == FA_OUT_PENDING ? FA_OK : push(w, url, why);
	}
	rc = w->r->on_pending(w->r->ctx, fa_db_text(st, 2), 0, w->err);
	fa_db_reset(st);
	if (rc < 0)
		return rc;
	return fa_db_run(db, w->err,
		"UPDATE url SET outcome = 'pending', tries = 0, "
		"detail = NULL WHERE id = ?",
		"i", url);
}

static int
add_edge(struct work *w, int64_t url, const struct reason *x)
{
	struct fa_db *db = &w->s->db;
	int rc = fa_db_run(db, w->err,
		"INSERT INTO edge (url, target, role, step, hops, root) "
		"VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
		"hops = min(hops, excluded.hops), "
		"root = max(root, excluded.root) "
		"WHERE excluded.hops < hops OR excluded.root > root",
		"iiziii", url, x->target, fa_role_name(x->role),
		(int64_t)x->step, (int64_t)x->hops, (int64_t)x->root);

	if (rc < 0 || fa_db_changes(db) == 0)
		return rc;
	return wake(w, url, x);
}

/* All reasons for url; adding edges while a cursor reads them would not do. */
static int
reasons(struct reason **out, size_t *n, struct work *w, int64_t url)
{
	struct fa_db *db = &w->s->db;
	struct reason *at = NULL;
	size_t count = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, db, w->err,
		"SELECT target, role, step, hops FROM edge WHERE url = ?", "i",
		url);

	while (rc == FA_OK && (rc = fa_db_step(db, st, w->err)) == 1) {
		struct reason *p = fa_arena_grow(
			&w->one, at, &cap, count + 1, sizeof(*at));
		int role = fa_role_parse(fa_db_text(st, 1));

		if (!p || role < 0) {
			fa_db_reset(st);
			return fa_fail(w->err, p ? FA_E_INPUT : FA_E_NOMEM,
				p ? "store: an edge has an unknown role"
				  : "no memory to follow references");
		}
		at = p;
		at[count++] = (struct reason){ .target = fa_db_int(st, 0),
			.role = (enum fa_role)role,
			.step = (unsigned)fa_db_int(st, 2),
			.hops = (unsigned)fa_db_int(st, 3) };
		rc = FA_OK;
	}
	*out = at;
	*n = count;
	return rc;
}

static int
follow_redirect(struct work *w, int64_t to, const struct reason *x, size_t n)
{
	int rc = FA_OK;

	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		struct reason next = x[i];

		next.hops++;
		if (next.hops <= FA_STORE_HOPS)
			rc = add_edge(w, to, &next);
	}
	return rc;
}

/* Does a page that was asked for as role lead on along these references? */
static bool
leads(enum fa_role role, struct fa_str via)
{
	if (!fa_role_judged(role))
		return fa_str_eq(via, FA_STR("listing"));
	return fa_str_eq(via, FA_STR("related")) ||
		(role == FA_ROLE_POLICY && fa_str_eq(via, FA_STR("policy")));
}

struct reference {
	int64_t to;
	enum fa_role role;
	struct fa_str via;
};

static int
references(struct reference **out, size_t *n, struct work *w, int64_t url)
{
	struct fa_db *db = &w->s->db;
	struct reference *at = NULL;
	size_t count = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, db, w->err,
		"SELECT to_url, role, via FROM link WHERE url = ?", "i", url);

	while (rc == FA_OK && (rc = fa_db_step(db, st, w->err)) == 1) {
		struct reference *p = fa_arena_grow(
			&w->one, at, &cap, count + 1, sizeof(*at));
		int role = fa_role_parse(fa_db_text(st, 1));

		if (p) {
			at = p;
			at[count].to = fa_db_int(st, 0);
			at[count].role = (enum fa_role)(role < 0 ? 0 : role);
			rc = fa_db_dup(
				&at[count++].via, st, 2, &w->one, w->err);
		} else {
			rc = fa_fail(w->err, FA_E_NOMEM,
				"no memory to follow references");
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	*out = at;
	*n = count;
	return rc;
}

static int
follow_references(struct work *w, int64_t url, const struct reason *x, size_t n)
{
	struct reference *ref = NULL;
	size_t refs = 0;
	int rc = references(&ref, &refs, w, url);

	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		for (size_t k = 0; k < refs && rc == FA_OK; k++) {
			struct reason next = { .target = x[i].target,
				.role = ref[k].role,
				.step = x[i].step + 1 };

			if (next.step <= w->r->max_step &&
				leads(x[i].role, ref[k].via))
				rc = add_edge(w, ref[k].to, &next);
		}
	}
	return rc;
}

static int
expand_one(struct work *w, const struct step *step)
{
	struct fa_db *db = &w->s->db;
	struct reason one = step->why, *x = &one;
	size_t n = 1;
	int64_t url = step->url, redirect;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, db, w->err,
		"SELECT redirect FROM url WHERE id = ? AND "
		"outcome NOT IN ('pending', 'found')",
		"i", url);

	if (rc == FA_OK)
		rc = fa_db_step(db, st, w->err);
	if (rc != 1)
		return rc;
	redirect = fa_db_int(st, 0);
	fa_db_reset(st);
	rc = step->all ? reasons(&x, &n, w, url) : FA_OK;
	if (rc == FA_OK && redirect != 0)
		rc = follow_redirect(w, redirect, x, n);
	if (rc == FA_OK && redirect == 0)
		rc = follow_references(w, url, x, n);
	return rc;
}

static int
work_off(struct work *w)
{
	int rc = FA_OK;

	while (w->n > 0 && rc == FA_OK) {
		struct step step = w->todo[--w->n];

		fa_arena_reset(&w->one);
		rc = expand_one(w, &step);
	}
	return rc;
}

int
fa_store_expand(struct fa_store *s, int64_t url, const struct fa_store_rules *r,
	struct fa_err *err)
{
	struct work w;
	int rc;

	work_init(&w, s, r, err);
	rc = push(&w, url, NULL);
	if (rc == FA_OK)
		rc = work_off(&w);
	work_done(&w);
	return rc;
}

int
fa_store_put_root(struct fa_store *s, int64_t url,
	const struct fa_store_want *want, const struct fa_store_rules *r,
	struct fa_err *err)
{
	struct work w;
	struct reason x = { .target = want->target,
		.role = want->role,
		.step = want->step,
		.root = true };
	int rc;

	work_init(&w, s, r, err);
	rc = add_edge(&w, url, &x);
	if (rc == FA_OK)
		rc = work_off(&w);
	work_done(&w);
	return rc;
}

int
fa_store_drop_roots(struct fa_store *s, int64_t target, int64_t url,
	const struct fa_store_want *want, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT 1 FROM edge WHERE target = ? AND root = 1 "
		"AND NOT (url = ? AND role = ? AND step = ?) LIMIT 1",
		"iizi", target, url, want ? fa_role_name(want->role) : "",
		want ? (int64_t)want->step : 0);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	fa_db_reset(st);
	/* What nobody else waits for is waited for no more. */
	rc = fa_db_run(&s->db, err,
		"UPDATE url SET outcome = 'found' WHERE outcome = 'pending' "
		"AND id IN (SELECT url FROM edge WHERE target = ?1) AND "
		"NOT EXISTS (SELECT 1 FROM edge WHERE url = url.id "
		"AND target <> ?1)",
		"i", target);
	if (rc == FA_OK)
		rc = fa_db_run(&s->db, err, "DELETE FROM edge WHERE target = ?",
			"i", target);
	return rc;
}

int
fa_store_put_links(struct fa_store *s, int64_t url,
	const struct fa_store_link *links, size_t n, struct fa_err *err)
{
	int rc = fa_db_run(
		&s->db, err, "DELETE FROM link WHERE url = ?", "i", url);

	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		const struct fa_store_link *l = &links[i];
		int64_t to;

		rc = fa_store_put_url(&to, s, l->url, l->host, err);
		if (rc == FA_OK)
			rc = fa_db_run(&s->db, err,
				"INSERT INTO link (url, via, ord, to_url, "
				"href, role, text) VALUES (?, ?, ?, ?, ?, ?, "
				"?)",
				"iziitzt", url, l->via, (int64_t)i, to, l->url,
				fa_role_name(l->role), l->text);
	}
	return rc;
}

static int
roots(int64_t **out, size_t *n, struct work *w)
{
	struct fa_db *db = &w->s->db;
	int64_t *at = NULL;
	size_t count = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(
		&st, db, w->err, "SELECT DISTINCT url FROM edge", "");

	while (rc == FA_OK && (rc = fa_db_step(db, st, w->err)) == 1) {
		int64_t *p =
			fa_arena_grow(&w->a, at, &cap, count + 1, sizeof(*at));

		if (!p) {
			fa_db_reset(st);
			return fa_fail(w->err, FA_E_NOMEM,
				"no memory to follow references");
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
fa_store_restart(
	struct fa_store *s, const struct fa_store_rules *r, struct fa_err *err)
{
	struct work w;
	int64_t *at = NULL;
	size_t n = 0;
	int rc = fa_db_run(&s->db, err, "DELETE FROM edge WHERE root = 0", "");

	/* Whatever still waits (for another shard, for a host that wants to be
	 * left alone) waits on only where this pass comes to it. */
	if (rc == FA_OK)
		rc = fa_db_run(&s->db, err,
			"UPDATE url SET outcome = 'found' WHERE "
			"outcome = 'pending' AND "
			"id NOT IN (SELECT url FROM edge)",
			"");
	work_init(&w, s, r, err);
	if (rc == FA_OK)
		rc = roots(&at, &n, &w);
	/* Roots are woken as if each were new; what is fresh is expanded. */
	for (size_t i = 0; rc == FA_OK && i < n; i++) {
		rc = wake(&w, at[i], NULL);
		if (rc == FA_OK)
			rc = work_off(&w);
	}
	work_done(&w);
	return rc;
}

int
fa_store_retry_archived(struct fa_store *s, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"UPDATE url SET outcome = 'pending', detail = NULL, "
		"tries = 0, not_before = 0 WHERE outcome = 'not_archived' "
		"AND id IN (SELECT url FROM edge)",
		"");
}

int
fa_store_hosts(
	struct fa_store *s, fa_store_host_fn *fn, void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT host, min(not_before) FROM url "
		"WHERE outcome = 'pending' GROUP BY host",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1)
		rc = fn(ctx, fa_db_text(st, 0), fa_db_int(st, 1), err);
	return rc;
}
