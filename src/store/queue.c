/* What is due, and what became of it. */
#include <string.h>

#include "store/frontier.h"
#include "store/internal.h"

int
fa_store_next(struct fa_store_item *out, int64_t *not_before_ms,
	struct fa_store *s, struct fa_str host, int64_t now_ms,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_item item = { 0 };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT url.id, url.url, tries, coalesce(url.capture, 0), "
		"etag, last_modified, not_before, kind IS NOT NULL FROM url "
		"LEFT JOIN capture ON capture.id = url.capture "
		"WHERE outcome = 'pending' AND host = ? "
		"ORDER BY not_before, url.id LIMIT 1",
		"t", host);

	*not_before_ms = INT64_MAX;
	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	*not_before_ms = fa_db_int(st, 6);
	if (*not_before_ms > now_ms) {
		fa_db_reset(st);
		return 0;
	}
	item.id = fa_db_int(st, 0);
	item.tries = (uint32_t)fa_db_int(st, 2);
	item.capture = fa_db_int(st, 3);
	item.inspected = fa_db_int(st, 7) != 0;
	rc = fa_db_dup(&item.url, st, 1, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&item.etag, st, 4, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&item.last_modified, st, 5, a, err);
	fa_db_reset(st);
	if (rc < 0)
		return rc;
	*out = item;
	return 1;
}

static int
put_final(struct fa_store *s, const struct fa_store_attempt *x,
	struct fa_err *err)
{
	bool page = x->outcome == FA_OUT_OK;
	int64_t looked = page && !x->same_page;

	return fa_db_run(&s->db, err,
		"UPDATE url SET outcome = ?, detail = ?, "
		"status = nullif(?, 0), at_ms = ?, tries = tries + 1, "
		"redirect = nullif(?, 0), "
		"capture = coalesce(nullif(?, 0), capture), "
		"kind = iif(?7, ?8, kind), "
		"kind_other = iif(?7, ?9, kind_other), "
		"kind_detail = iif(?7, ?10, kind_detail) WHERE id = ?11",
		"ztiiiiizzzi", fa_outcome_name(x->outcome), x->detail,
		(int64_t)x->status, x->at_us / 1000, x->redirect,
		page ? x->capture : 0, looked, x->kind, x->kind_other,
		x->kind_detail, x->url);
}

int
fa_store_hold_host(struct fa_store *s, struct fa_str host, int64_t until_ms,
	struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"UPDATE url SET not_before = ?1 WHERE outcome = 'pending' AND "
		"host = ?2 AND not_before < ?1",
		"it", until_ms, host);
}

int
fa_store_leads_on(
	struct fa_store *s, int64_t url, unsigned max_step, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT 1 FROM edge WHERE url = ? AND step < ? LIMIT 1", "ii",
		url, (int64_t)max_step);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc == 1)
		fa_db_reset(st);
	return rc;
}

int
fa_store_put_attempt(struct fa_store *s, const struct fa_store_attempt *x,
	struct fa_err *err)
{
	int rc = fa_db_run(&s->db, err,
		"INSERT OR REPLACE INTO attempt (url, at_us, run, outcome, "
		"detail, status, ip, elapsed_ms, capture) VALUES "
		"(?, ?, ?, ?, ?, nullif(?, 0), ?, ?, nullif(?, 0))",
		"iiiztitii", x->url, x->at_us, x->run,
		fa_outcome_name(x->outcome), x->detail, (int64_t)x->status,
		x->ip, (int64_t)x->elapsed_ms, x->capture);

	if (rc < 0)
		return rc;
	if (x->final)
		return put_final(s, x, err);
	return fa_db_run(&s->db, err,
		"UPDATE url SET detail = ?, status = nullif(?, 0), at_ms = ?, "
		"tries = tries + 1, not_before = ? WHERE id = ?",
		"tiiii", x->detail, (int64_t)x->status, x->at_us / 1000,
		x->not_before_ms, x->url);
}

int
fa_store_end_url(struct fa_store *s, int64_t url, enum fa_outcome outcome,
	struct fa_str detail, int64_t now_ms, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"UPDATE url SET outcome = ?, detail = ?, status = NULL, "
		"at_ms = ?, redirect = NULL, kind = NULL, kind_other = NULL, "
		"kind_detail = NULL WHERE id = ?",
		"ztii", fa_outcome_name(outcome), detail, now_ms, url);
}

int
fa_store_get_robots(struct fa_store_robots *out, struct fa_store *s,
	struct fa_str origin, struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_robots r = { 0 };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT at_ms, outcome, status, body FROM robots "
		"WHERE origin = ?",
		"t", origin);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	r.at_ms = fa_db_int(st, 0);
	r.outcome = (enum fa_outcome)fa_outcome_parse(fa_db_text(st, 1));
	r.status = (int)fa_db_int(st, 2);
	rc = fa_db_dup(&r.body, st, 3, a, err);
	fa_db_reset(st);
	if (rc < 0)
		return rc;
	*out = r;
	return 1;
}

int
fa_store_put_robots(struct fa_store *s, struct fa_str origin,
	const struct fa_store_robots *r, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT OR REPLACE INTO robots (origin, at_ms, outcome, "
		"status, body) VALUES (?, ?, ?, nullif(?, 0), ?)",
		"tizib", origin, r->at_ms, fa_outcome_name(r->outcome),
		(int64_t)r->status, r->body);
}

int
fa_store_count(
	struct fa_store_counts *out, struct fa_store *s, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT (SELECT count(*) FROM target), "
		"(SELECT count(*) FROM url WHERE outcome <> 'found'), "
		"(SELECT count(*) FROM url WHERE outcome = 'pending'), "
		"(SELECT count(*) FROM capture)",
		"");

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	out->targets = fa_db_int(st, 0);
	out->urls = fa_db_int(st, 1);
	out->pending = fa_db_int(st, 2);
	out->captures = fa_db_int(st, 3);
	fa_db_reset(st);
	return FA_OK;
}
