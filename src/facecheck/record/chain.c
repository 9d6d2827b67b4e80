/* The chain as a whole: read, recomputed, walked, cut at its old end. */
#include "facecheck/record/internal.h"

#include <inttypes.h>
#include <string.h>

#define DAY_MS 86400000LL

int
fc_record_head(struct fc_store *s, int64_t *seq, char sha256[FA_HASH_HEX_BYTES],
	struct fa_err *err)
{
	sqlite3_stmt *st;
	struct fa_str hex;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT * FROM (SELECT seq, sha256 FROM records"
		" ORDER BY seq DESC LIMIT 1)"
		" UNION ALL SELECT seq, sha256 FROM anchor",
		"");

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	hex = rc == 1 ? fc_db_text(st, 1) : FA_STR_NONE;
	if (hex.n != FA_HASH_HEX_BYTES - 1) {
		fc_db_reset(st);
		return fa_fail(err, FA_E_INPUT,
			"records: the last digest has %zu characters, expected "
			"%d",
			hex.n, FA_HASH_HEX_BYTES - 1);
	}
	*seq = sqlite3_column_int64(st, 0);
	memcpy(sha256, hex.p, hex.n);
	sha256[hex.n] = '\0';
	fc_db_reset(st);
	return FA_OK;
}

typedef int row_fn(void *ctx, const struct fc_record_row *r, const char *sha256,
	struct fa_err *err);

static int
each_row(struct fc_store *s, sqlite3_stmt *st, row_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fc_record_row r;
	int rc = FA_OK;

	while (rc == FA_OK) {
		rc = fc_db_step(&s->db, st, err);
		if (rc <= 0)
			return rc;
		rc = fc_row_read(&r, st, err);
		if (rc == FA_OK)
			rc = fn(ctx, &r,
				(const char *)sqlite3_column_text(
					st, FC_COL_SHA256),
				err);
		if (rc != FA_OK)
			fc_db_reset(st);
	}
	return rc;
}

int
fc_record_each(struct fc_store *s, int64_t seq, row_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT " FC_ROW_COLUMNS
		" FROM records WHERE seq >= ?1 ORDER BY seq",
		"i", seq);

	return rc < 0 ? rc : each_row(s, st, fn, ctx, err);
}

int
fc_record_of(struct fc_store *s, struct fa_str session, row_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT " FC_ROW_COLUMNS
		" FROM records WHERE session = ?1 ORDER BY seq",
		"t", session);

	return rc < 0 ? rc : each_row(s, st, fn, ctx, err);
}

static int
read_anchor(int64_t *seq, char hex[FA_HASH_HEX_BYTES], struct fc_store *s,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	struct fa_str digest;
	int rc = fc_db_query(
		&st, &s->db, err, "SELECT seq, sha256 FROM anchor", "");

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	digest = rc == 1 ? fc_db_text(st, 1) : FA_STR_NONE;
	if (digest.n == FA_HASH_HEX_BYTES - 1) {
		*seq = sqlite3_column_int64(st, 0);
		memcpy(hex, digest.p, digest.n);
		hex[digest.n] = '\0';
		rc = FA_OK;
	} else {
		rc = fa_fail(err, FA_E_INPUT,
			"records: the beginning of the chain is missing");
	}
	fc_db_reset(st);
	return rc;
}

static int
verify_rows(struct fc_store *s, int64_t *rows, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fc_record_row r;
	sqlite3_stmt *st;
	int64_t seq = 0;
	int rc = read_anchor(&seq, hex, s, err);

	if (rc == FA_OK)
		rc = fc_db_query(&st, &s->db, err,
			"SELECT " FC_ROW_COLUMNS " FROM records ORDER BY seq",
			"");
	for (int64_t n = 0; rc == FA_OK; n++) {
		rc = fc_db_step(&s->db, st, err);
		if (rc == 0)
			*rows = n;
		if (rc <= 0)
			return rc;
		rc = fc_row_check(&r, s, hex, st, err);
		if (rc == FA_OK && r.seq != ++seq)
			rc = fa_fail(err, FA_E_INPUT,
				"record %" PRId64 " stands where %" PRId64
				" should",
				r.seq, seq);
		if (rc < 0)
			fc_db_reset(st);
	}
	return rc;
}

/* A session that was changed, or whose last records were cut off. */
static int
verify_sessions(struct fc_store *s, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT s.id FROM sessions s LEFT JOIN records r"
		" ON r.seq = (SELECT max(seq) FROM records WHERE session = "
		"s.id)"
		" WHERE r.seq IS NULL OR r.after <> s.state"
		" OR r.facts <> s.facts LIMIT 1",
		"");

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc <= 0)
		return rc;
	rc = fa_fail(err, FA_E_INPUT,
		"session %.*s is not as its last record says",
		FA_STR_ARG(fc_db_text(st, 0)));
	fc_db_reset(st);
	return rc;
}

int
fc_record_verify(struct fc_store *s, int64_t *rows, struct fa_err *err)
{
	int64_t n = 0;
	int rc = fc_db_begin(&s->db, false, err);

	if (rc < 0)
		return rc;
	rc = verify_rows(s, &n, err);
	if (rc == FA_OK)
		rc = verify_sessions(s, err);
	rc = fc_db_end(&s->db, rc, err);
	if (rc == FA_OK)
		*rows = n;
	return rc;
}

struct walk {
	char id[FC_RECORD_FIELD_BYTES + 1]; /* of the session */
	struct fc_session at;
	bool whole; /* from its beginning: else that was dropped with age */
};

static int
walk_row(struct walk *w, const struct fc_table *t,
	const struct fc_record_row *r, bool first, struct fa_err *err)
{
	struct fc_session next = { r->after, 0, r->facts };

	if (r->event == FC_RECORD_BEGIN) {
		w->whole = true;
		if (!first || r->before != FC_S_START ||
			r->after != FC_S_START ||
			(r->facts &
				~(uint32_t)(FC_MINOR | FC_REMOTE | FC_LOCKED)))
			return fa_fail(err, FA_E_INPUT,
				"record %" PRId64
				" begins a session that cannot begin so",
				r->seq);
	} else if (first) {
		/* What came before was dropped with age. */
		w->whole = false;
	} else if (r->before != w->at.state ||
		!fc_step(&next, t, w->at, (enum fc_event)r->event) ||
		r->after != next.state || r->facts != next.facts) {
		return fa_fail(err, FA_E_INPUT,
			"record %" PRId64 ": \"%s\" in state \"%s\" cannot "
			"lead where it did",
			r->seq, fc_event_name(r->event),
			fc_state_name(w->at.state));
	}
	w->at = next;
	return FA_OK;
}

/* Captures are counted in the session alone, so they are compared here. */
static int
walk_end(const struct walk *w, struct fc_store *s, struct fa_err *err)
{
	int64_t tries = w->at.tries;
	int rc;

	if (!w->whole)
		return FA_OK;
	rc = fc_db_number(&tries, &s->db, err,
		"SELECT tries FROM sessions WHERE id = ?1", "z", w->id);
	if (rc < 0)
		return rc;
	if (tries != w->at.tries)
		return fa_fail(err, FA_E_INPUT,
			"session %s counts %" PRId64 " captures, its records "
			"%d",
			w->id, tries, w->at.tries);
	return FA_OK;
}

static int
walk_all(struct fc_store *s, const struct fc_table *t, int64_t *sessions,
	int64_t anchor, struct fa_err *err)
{
	struct walk w = { .id = "" };
	struct fc_record_row r;
	sqlite3_stmt *st;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT " FC_ROW_COLUMNS " FROM records ORDER BY session, seq",
		"");

	while (rc == FA_OK) {
		bool first;

		rc = fc_db_step(&s->db, st, err);
		if (rc <= 0)
			break;
		rc = fc_row_read(&r, st, err);
		first = rc == FA_OK && !fa_str_eq(r.session, fa_str_c(w.id));
		if (first && *sessions > 0)
			rc = walk_end(&w, s, err);
		if (first && rc == FA_OK) {
			*sessions += 1;
			memcpy(w.id, r.session.p, r.session.n);
			w.id[r.session.n] = '\0';
			if (anchor == 0 && r.event != FC_RECORD_BEGIN)
				rc = fa_fail(err, FA_E_INPUT,
					"record %" PRId64 " is of a session "
					"without a beginning",
					r.seq);
		}
		if (rc == FA_OK)
			rc = walk_row(&w, t, &r, first, err);
		if (rc < 0)
			fc_db_reset(st);
	}
	return rc == 0 && *sessions > 0 ? walk_end(&w, s, err) : rc;
}

int
fc_record_replay(struct fc_store *s, const struct fc_table *t,
	int64_t *sessions, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int64_t n = 0, anchor = 0;
	int rc = fc_db_begin(&s->db, false, err);

	if (rc < 0)
		return rc;
	rc = read_anchor(&anchor, hex, s, err);
	if (rc == FA_OK)
		rc = walk_all(s, t, &n, anchor, err);
	rc = fc_db_end(&s->db, rc, err);
	if (rc == FA_OK)
		*sessions = n;
	return rc;
}

/* The last of the rows at the beginning that are all old: the first young one
 * ends them, whatever clock wrote those behind it. */
static int
last_old(
	int64_t *out, struct fc_store *s, int64_t cutoff_ms, struct fa_err *err)
{
	int64_t young = 0;
	char hex[FA_HASH_HEX_BYTES];
	int rc = fc_db_number(&young, &s->db, err,
		"SELECT seq FROM records WHERE at_ms >= ?1 ORDER BY seq"
		" LIMIT 1",
		"i", cutoff_ms);

	if (rc == 0)
		return fc_record_head(s, out, hex, err);
	if (rc == 1)
		*out = young - 1;
	return rc < 0 ? rc : FA_OK;
}

static int64_t
prune(struct fc_store *s, struct fa_err *err)
{
	int64_t last = 0;
	int64_t rc = last_old(&last, s,
		fa_clock_now(s->clock) - FC_RECORD_KEEP_DAYS * DAY_MS, err);
	int64_t rows = 0;

	if (rc < 0)
		return rc;
	rc = fc_db_run(&s->db, err,
		"UPDATE anchor SET (seq, sha256) = (SELECT seq, sha256"
		" FROM records WHERE seq = ?1)"
		" WHERE EXISTS (SELECT 1 FROM records WHERE seq = ?1)",
		"i", last);
	if (rc > 0)
		rc = rows = fc_db_run(&s->db, err,
			"DELETE FROM records WHERE seq <= ?1", "i", last);
	if (rc > 0)
		rc = fc_db_run(&s->db, err,
			"DELETE FROM sessions WHERE id NOT IN"
			" (SELECT session FROM records)",
			"");
	if (rc > 0)
		rc = fc_people_untie(s, err);
	return rc < 0 ? rc : rows;
}

int
fc_record_prune(struct fc_store *s, int64_t *rows, struct fa_err *err)
{
	int64_t n;
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	n = prune(s, err);
	rc = fc_store_settle(s, n < 0 ? (int)n : FA_OK, err);
	if (rc == FA_OK)
		*rows = n;
	return rc;
}
