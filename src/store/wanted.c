#include "store/wanted.h"

#include <string.h>

#include "store/internal.h"

#define TARGET_COLUMNS                                                         \
	"id, key, app, package, store, version, publisher, category, "         \
	"store_url, policy_url, children, note"

static int
parse_outcome(enum fa_outcome *out, struct fa_str s, struct fa_err *err)
{
	int o = fa_outcome_parse(s);

	if (o < 0)
		return fa_fail(err, FA_E_INPUT, "store: unknown outcome '%.*s'",
			FA_STR_ARG(s));
	*out = (enum fa_outcome)o;
	return FA_OK;
}

/* Reads the row of one URL into w as if it were the final one; *redirect is
 * where it leads, or 0. */
static int
read_url(struct fa_wanted *w, int64_t *redirect, struct fa_store *s,
	int64_t url, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT url, outcome, detail, status, at_ms, "
		"coalesce(redirect, 0), coalesce(capture, 0), kind, "
		"kind_other, kind_detail FROM url WHERE id = ?",
		"i", url);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc < 0 ? rc
			      : fa_fail(err, FA_E_INPUT,
					"store: an edge leads to no URL");
	rc = parse_outcome(&w->outcome, fa_db_text(st, 1), err);
	w->final = url;
	w->status = (int)fa_db_int(st, 3);
	w->at_ms = fa_db_int(st, 4);
	*redirect = fa_db_int(st, 5);
	w->capture = fa_db_int(st, 6);
	w->inspected = fa_db_text(st, 7).p != NULL;
	if (rc == FA_OK)
		rc = fa_db_dup(&w->final_text, st, 0, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&w->detail, st, 2, a, err);
	if (rc == FA_OK && w->outcome == FA_OUT_OK && w->inspected) {
		int kind = w->role == FA_ROLE_POLICY ? 7 : 8;

		rc = parse_outcome(&w->outcome, fa_db_text(st, kind), err);
		if (rc == FA_OK)
			rc = fa_db_dup(&w->detail, st, 9, a, err);
		/* Nobody expects a policy of a listing. */
		if (w->outcome == FA_OUT_NOT_A_POLICY &&
			!fa_role_judged(w->role))
			w->outcome = FA_OUT_OK;
	}
	fa_db_reset(st);
	return rc < 0 ? rc : FA_OK;
}

/* Goes along the redirects from w->url to their end. */
static int
follow(struct fa_wanted *w, struct fa_store *s, struct fa_arena *a,
	struct fa_err *err)
{
	int64_t seen[FA_STORE_HOPS + 1], next = w->url;
	unsigned hops = 0;

	for (;;) {
		int64_t redirect = 0;
		int rc = read_url(w, &redirect, s, next, a, err);

		if (rc < 0)
			return rc;
		if (hops == 0)
			w->url_text = w->final_text;
		seen[hops] = next;
		if (w->outcome != FA_OUT_REDIRECT || redirect == 0)
			return FA_OK;
		for (unsigned i = 0; i <= hops; i++) {
			if (seen[i] == redirect) {
				w->outcome = FA_OUT_REDIRECT_LOOP;
				return FA_OK;
			}
		}
		if (hops == FA_STORE_HOPS) {
			w->outcome = FA_OUT_TOO_MANY_REDIRECTS;
			return FA_OK;
		}
		next = redirect;
		hops++;
	}
}

int
fa_store_wanted(struct fa_wanted_list *out, struct fa_store *s, int64_t target,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_wanted *at = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT edge.url, role, min(step), max(root) FROM edge "
		"JOIN url ON url.id = edge.url WHERE target = ? AND hops = 0 "
		"GROUP BY edge.url, role ORDER BY min(step), role, url.url",
		"i", target);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_wanted *p =
			fa_arena_grow(a, at, &cap, n + 1, sizeof(*at));
		int role = fa_role_parse(fa_db_text(st, 1));

		if (!p || role < 0) {
			fa_db_reset(st);
			return fa_fail(err, p ? FA_E_INPUT : FA_E_NOMEM,
				p ? "store: an edge has an unknown role"
				  : "no memory for a target");
		}
		at = p;
		at[n++] = (struct fa_wanted){ .url = fa_db_int(st, 0),
			.role = (enum fa_role)role,
			.step = (unsigned)fa_db_int(st, 2),
			.root = fa_db_int(st, 3) != 0 };
		rc = FA_OK;
	}
	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = follow(&at[i], s, a, err);
	if (rc < 0)
		return rc;
	out->at = at;
	out->n = n;
	return FA_OK;
}

/* Of two documents without a text, the one that tells more about why: a root
 * before what a page led to, and of the same kind the first. */
static bool
tells_more(const struct fa_wanted *x, const struct fa_wanted *than)
{
	return !than || (x->root && !than->root);
}

enum fa_outcome
fa_wanted_outcome(const struct fa_wanted_list *l, const struct fa_wanted **why)
{
	const struct fa_wanted *policy = NULL, *listing = NULL, *dummy;
	bool pending = false;

	if (!why)
		why = &dummy;
	*why = NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_wanted *w = &l->at[i];

		pending = pending || w->outcome == FA_OUT_PENDING;
		if (w->role == FA_ROLE_POLICY && w->outcome == FA_OUT_OK) {
			*why = w;
			return FA_OUT_OK;
		}
		if (w->role == FA_ROLE_POLICY && tells_more(w, policy))
			policy = w;
		if (!fa_role_judged(w->role) && tells_more(w, listing))
			listing = w;
	}
	*why = policy ? policy : listing;
	if (pending)
		return FA_OUT_PENDING;
	if (!*why)
		return FA_OUT_NO_URL;
	if (!policy && listing->outcome == FA_OUT_OK)
		return FA_OUT_NO_POLICY_LINK;
	return (*why)->outcome;
}

static int
read_target(struct fa_store_target *out, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_target x = { .id = fa_db_int(st, 0) };
	struct fa_str *texts[] = { &x.t.key, &x.t.app, &x.t.package, &x.t.store,
		&x.t.version, &x.t.publisher, &x.t.category, &x.t.store_url,
		&x.t.policy_url };
	int rc = FA_OK;

	for (size_t i = 0; i < FA_COUNT(texts) && rc == FA_OK; i++)
		rc = fa_db_dup(texts[i], st, 1 + (int)i, a, err);
	x.t.children = (enum fa_children)fa_db_int(st, 10);
	if (rc == FA_OK)
		rc = fa_db_dup(&x.note, st, 11, a, err);
	if (rc == FA_OK)
		*out = x;
	return rc;
}

int
fa_store_targets(struct fa_store *s, fa_store_target_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_arena a;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT " TARGET_COLUMNS " FROM target ORDER BY key", "");

	fa_arena_init(&a, (size_t)16 << 20);
	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_target t;

		fa_arena_reset(&a);
		rc = read_target(&t, st, &a, err);
		if (rc == FA_OK)
			rc = fn(ctx, &t, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	fa_arena_done(&a);
	return rc;
}

int
fa_store_find_target(struct fa_store_target *out, struct fa_store *s,
	struct fa_str key, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT " TARGET_COLUMNS " FROM target WHERE key = ?", "t",
		key);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = read_target(out, st, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}

int
fa_store_set_kind(struct fa_store *s, int64_t url, const char *kind,
	const char *kind_other, const char *detail, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"UPDATE url SET kind = ?, kind_other = ?, kind_detail = ? "
		"WHERE id = ?",
		"zzzi", kind, kind_other, detail, url);
}
