/* What people said, groups, publishers, and the sums of each app. */
#include <string.h>

#include "store/board_parts.h"
#include "store/custody.h"

#define TALLY_BYTES ((size_t)512 << 20)

struct reviews {
	struct fa_board *b;
	int64_t origin;
};

static int
put_review(void *ctx, const struct fa_store_review *r, struct fa_err *err)
{
	const struct reviews *x = ctx;

	return fa_db_run(&x->b->db, err,
		"INSERT INTO review (origin, seq, finding, state, by, role, "
		"note, at_ms, superseded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"iitttttii", x->origin, r->seq, r->finding, r->state, r->by,
		r->role, r->note, r->t_ms, (int64_t)r->superseded);
}

/* The last word of each person; of several, they have to agree. A deadline
 * runs from the first confirmation, by the calendar of China. */
static int
settle(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO standing SELECT finding, "
		"iif(count(DISTINCT state) = 1, min(state), 'disputed'), "
		"min(iif(state = 'confirmed', at_ms, NULL)), NULL "
		"FROM review WHERE NOT superseded GROUP BY finding",
		"");

	if (rc < 0 || b->o.deadline_days == 0)
		return rc;
	return fa_db_run(&b->db, err,
		"UPDATE standing SET due = CAST(strftime('%Y%m%d', "
		"confirmed_ms / 1000 + 28800 + ? * 86400, 'unixepoch') AS "
		"INTEGER) WHERE state = 'confirmed'",
		"i", b->o.deadline_days);
}

int
fa_board_load_reviews(struct fa_board *b, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < b->n && rc == FA_OK; i++) {
		struct reviews x = { b, b->at[i].id };
		struct fa_store *s = NULL;

		if (b->at[i].prior)
			continue;
		rc = fa_store_open(&s, b->at[i].dir, FA_STORE_READ, err);
		if (rc == FA_OK)
			rc = fa_store_reviews(
				s, FA_STR_NONE, put_review, &x, err);
		fa_store_close(s);
	}
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"UPDATE origin SET reviews = (SELECT count(*) "
			"FROM review WHERE review.origin = origin.id)",
			"");
	return rc < 0 ? rc : settle(b, err);
}

/* The largest groups get columns; the others share one. */
static int
group_apps(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO groups SELECT 'category', row_number() OVER w, "
		"category, count(*), sum(stage >= 4) FROM app "
		"WHERE category IS NOT NULL GROUP BY category "
		"WINDOW w AS (ORDER BY count(*) DESC, category) LIMIT ?",
		"i", (int64_t)FA_BOARD_GROUPS);

	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT INTO groups SELECT 'store', row_number() OVER "
			"w, store, count(*), sum(stage >= 4) FROM app "
			"WHERE store IS NOT NULL GROUP BY store "
			"WINDOW w AS (ORDER BY count(*) DESC, store) LIMIT ?",
			"i", (int64_t)FA_BOARD_GROUPS);
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"UPDATE app SET category_group = coalesce((SELECT id "
			"FROM groups g WHERE g.dim = 'category' "
			"AND g.name = category), iif(category IS NULL, 0, "
			"?1)), store_group = coalesce((SELECT id FROM groups g "
			"WHERE g.dim = 'store' AND g.name = store), "
			"iif(store IS NULL, 0, ?1))",
			"i", (int64_t)FA_BOARD_OTHERS);
	return rc;
}

/* What is counted in one pass over all verdicts: of each app, and of the apps
 * that were scanned by obligation and groups. */
enum { T_JUDGED, T_BREACH, T_LEADS, T_UNCLEAR, T_MET, T_CONFIDENCE, T_COUNT };
enum {
	A_VIOLATIONS,
	A_GAPS,
	A_LEADS,
	A_UNCLEAR,
	A_MET,
	A_GRAVE,
	A_FRESH,
	A_BACK,
	A_REVIEWED,
	A_COUNT
};

#define CELLS ((size_t)FA_BOARD_GROUPS_ALL * FA_BOARD_GROUPS_ALL)

struct pass {
	struct fa_board *b;
	int64_t (*tally)[T_COUNT]; /* [duty - 1][category][store] */
	int64_t app, n[A_COUNT];   /* of the app at hand; 0: none yet */
};

static int
end_app(struct pass *x, struct fa_err *err)
{
	int64_t *n = x->n;

	if (x->app == 0)
		return FA_OK;
	return fa_db_run(&x->b->db, err,
		"UPDATE app SET violations = ?, gaps = ?, leads = ?, "
		"cannot_tell = ?, compliant = ?, grave = ?, fresh = ?, "
		"back = ?, reviewed = ?, stage = iif(stage = 4 AND ? > 0, 5, "
		"stage) WHERE id = ?",
		"iiiiiiiiiii", n[A_VIOLATIONS], n[A_GAPS], n[A_LEADS],
		n[A_UNCLEAR], n[A_MET], n[A_GRAVE], n[A_FRESH], n[A_BACK],
		n[A_REVIEWED], n[A_REVIEWED], x->app);
}

/* Columns: app, duty, verdict (1 violation, 2 gap, 3 cannot tell, 4
 * compliant), counted, confidence, severity, state (1 new, 2 reappeared),
 * reviewed, stage, category group, store group. */
static void
add_verdict(struct pass *x, sqlite3_stmt *st)
{
	int64_t v = fa_db_int(st, 2), counted = fa_db_int(st, 3);
	int64_t lead = v <= 2 && !counted;
	size_t at = (size_t)(fa_db_int(st, 1) - 1) * CELLS +
		(size_t)fa_db_int(st, 9) * FA_BOARD_GROUPS_ALL +
		(size_t)fa_db_int(st, 10);

	x->n[A_VIOLATIONS] += counted && v == 1;
	x->n[A_GAPS] += counted && v == 2;
	x->n[A_LEADS] += lead;
	x->n[A_UNCLEAR] += v == 3;
	x->n[A_MET] += v == 4;
	x->n[A_GRAVE] +=
		counted && fa_db_int(st, 5) >= (int64_t)FA_SEVERITY_HIGH;
	x->n[A_FRESH] += counted && fa_db_int(st, 6) == 1;
	x->n[A_BACK] += counted && fa_db_int(st, 6) == 2;
	x->n[A_REVIEWED] += fa_db_int(st, 7);
	if (fa_db_int(st, 8) < (int64_t)FA_BOARD_SCANNED)
		return;
	x->tally[at][T_JUDGED]++;
	x->tally[at][T_BREACH] += counted;
	x->tally[at][T_LEADS] += lead;
	x->tally[at][T_UNCLEAR] += v == 3;
	x->tally[at][T_MET] += v == 4;
	x->tally[at][T_CONFIDENCE] += counted ? fa_db_int(st, 4) : 0;
}

static int
count_verdicts(struct pass *x, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &x->b->db, err,
		"SELECT v.app, v.duty, CASE v.verdict WHEN 'violation' THEN 1 "
		"WHEN 'gap' THEN 2 WHEN 'cannot_tell' THEN 3 ELSE 4 END, "
		"v.counted, v.confidence, d.severity, CASE c.state "
		"WHEN 'new' THEN 1 WHEN 'reappeared' THEN 2 ELSE 0 END, "
		"s.finding IS NOT NULL, a.stage, a.category_group, "
		"a.store_group FROM verdict v CROSS JOIN app a ON a.id = v.app "
		"CROSS JOIN duty d ON d.id = v.duty LEFT JOIN change c "
		"ON v.counted AND c.app = v.app AND c.duty = v.duty "
		"LEFT JOIN standing s ON s.finding = v.finding "
		"ORDER BY v.app, v.duty",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&x->b->db, st, err)) == 1) {
		rc = FA_OK;
		if (fa_db_int(st, 0) != x->app) {
			rc = end_app(x, err);
			x->app = fa_db_int(st, 0);
			memset(x->n, 0, sizeof(x->n));
		}
		add_verdict(x, st);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc < 0 ? rc : end_app(x, err);
}

static int
put_tally(struct pass *x, int64_t duties, struct fa_err *err)
{
	size_t all = (size_t)duties * CELLS;
	int rc = FA_OK;

	for (size_t i = 0; i < all && rc == FA_OK; i++) {
		const int64_t *t = x->tally[i];

		if (t[T_JUDGED] > 0)
			rc = fa_db_run(&x->b->db, err,
				"INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, "
				"?, ?, ?)",
				"iiiiiiiii", (int64_t)(i / CELLS) + 1,
				(int64_t)(i % CELLS / FA_BOARD_GROUPS_ALL),
				(int64_t)(i % FA_BOARD_GROUPS_ALL), t[T_JUDGED],
				t[T_BREACH], t[T_LEADS], t[T_UNCLEAR], t[T_MET],
				t[T_CONFIDENCE]);
	}
	return rc;
}

static int
tally(struct fa_board *b, struct fa_err *err)
{
	struct pass x = { .b = b };
	struct fa_arena a;
	int64_t duties = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(
		&st, &b->db, err, "SELECT coalesce(max(id), 0) FROM duty", "");

	if (rc == FA_OK)
		rc = fa_db_step(&b->db, st, err);
	if (rc != 1)
		return rc;
	duties = fa_db_int(st, 0);
	fa_db_reset(st);
	fa_arena_init(&a, TALLY_BYTES);
	x.tally = fa_arena_new(&a, (size_t)duties * CELLS, sizeof(*x.tally));
	rc = x.tally ? count_verdicts(&x, err)
		     : fa_fail(err, FA_E_LIMIT,
			       "%lld obligations are too many for a board",
			       (long long)duties);
	if (rc == FA_OK)
		rc = put_tally(&x, duties, err);
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"UPDATE app SET gone = (SELECT count(*) FROM change c "
			"WHERE c.app = app.id AND c.state IN ('fixed', "
			"'unclear'))",
			"");
	fa_arena_done(&a);
	return rc;
}

static int
rank_publishers(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO publisher SELECT row_number() OVER (ORDER BY "
		"grave DESC, findings DESC, breach DESC, name), * FROM ("
		"SELECT publisher AS name, count(*), sum(stage >= 4), "
		"sum(violations + gaps > 0) AS breach, "
		"sum(violations + gaps) AS findings, sum(grave) AS grave, "
		"sum(back), coalesce(min(iif(bin < 10, hi, NULL)), -1) "
		"FROM app WHERE publisher IS NOT NULL GROUP BY publisher)",
		"");

	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"CREATE INDEX publisher_name ON publisher (name)", "");
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"UPDATE app SET publisher_id = (SELECT id "
			"FROM publisher p WHERE p.name = app.publisher) "
			"WHERE publisher IS NOT NULL",
			"");
	return rc;
}

int
fa_board_count(struct fa_board *b, struct fa_err *err)
{
	int rc = group_apps(b, err);

	if (rc == FA_OK)
		rc = tally(b, err);
	return rc < 0 ? rc : rank_publishers(b, err);
}
