/* What earlier audits said, and how findings moved from one to the next.
 *
 * An edition is one audit (rules and date) of all stores that are shown. The
 * newest edition is the newest audit of each; the one before is the one before
 * in each, and so on, for stores that have several. Audits of prior stores lie
 * before all of these, those of the same rules and date side by side.
 *
 * From one edition to the next a finding is new, persisting, back, fixed or
 * unclear. Fixed is only what was looked for and not found: when the policy
 * could not be had this time, or cannot be told, the finding is unclear. The
 * cause is what the audit itself recorded when it compared the two (it judges
 * the old documents again for that); between stores it is everything that
 * differs: documents (source), program (extractor), rules and date (rules). */
#include <stdio.h>
#include <string.h>

#include "store/board_parts.h"

struct slot { /* a part of an edition */
	const struct fa_board_source *from;
	int64_t edition; /* counted from the newest, 0, until all are known */
	struct fa_str bundle;
	int32_t as_of;
};

struct past {
	struct fa_board *b;
	struct slot *at;
	size_t n, cap;
	int64_t editions;
	struct fa_arena a;
};

#define PAST_BYTES ((size_t)64 << 20)

static int
add_slot(struct past *x, const struct slot *s, struct fa_err *err)
{
	struct slot *p =
		fa_arena_grow(&x->a, x->at, &x->cap, x->n + 1, sizeof(*p));

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a board");
	x->at = p;
	p[x->n++] = *s;
	if (s->edition >= x->editions)
		x->editions = s->edition + 1;
	return FA_OK;
}

/* Audits of a store behind the one that is shown, newest first. */
static int
find_audits(struct past *x, const struct fa_board_source *from, struct slot *at,
	size_t *n, struct fa_err *err)
{
	struct fa_db *db = &x->b->db;
	bool shown = false;
	size_t count = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, db, err,
		"SELECT bundle, as_of FROM s.app_judgement GROUP BY bundle, "
		"as_of ORDER BY max(at_ms) DESC, as_of DESC, bundle",
		"");

	while (rc == FA_OK && (rc = fa_db_step(db, st, err)) == 1) {
		struct slot s = { .from = from,
			.as_of = (int32_t)fa_db_int(st, 1) };

		rc = fa_db_dup(&s.bundle, st, 0, &x->a, err);
		shown = shown ||
			(s.as_of == from->as_of &&
				fa_str_eq(s.bundle, from->bundle));
		if (rc == FA_OK && shown && count < *n)
			at[count++] = s;
		if (rc < 0)
			fa_db_reset(st);
	}
	*n = count;
	return rc;
}

static int
add_source(struct past *x, const struct fa_board_source *from, int64_t first,
	struct fa_err *err)
{
	struct slot at[FA_BOARD_KEYS];
	size_t n = FA_COUNT(at);
	int rc = fa_board_attach(x->b, from, err);

	if (rc == FA_OK)
		rc = find_audits(x, from, at, &n, err);
	if (rc == FA_OK)
		rc = fa_board_detach(x->b, err);
	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		at[i].edition = first + (int64_t)i;
		rc = add_slot(x, &at[i], err);
	}
	return rc;
}

static int
newer(const struct slot *a, const struct slot *b)
{
	if (a->as_of != b->as_of)
		return a->as_of > b->as_of ? -1 : 1;
	return fa_str_cmp(a->bundle, b->bundle);
}

/* Prior audits: by date, the same rules and date in one edition. */
static void
rank_prior(struct past *x, size_t from)
{
	int64_t edition = from > 0 ? x->editions - 1 : -1;
	int64_t base = edition;

	for (size_t i = from + 1; i < x->n; i++)
		for (size_t k = i; k > from; k--) {
			struct slot t = x->at[k];

			if (newer(&x->at[k - 1], &t) <= 0)
				break;
			x->at[k] = x->at[k - 1];
			x->at[k - 1] = t;
		}
	for (size_t i = from; i < x->n; i++) {
		if (i == from || newer(&x->at[i - 1], &x->at[i]) != 0)
			edition++;
		x->at[i].edition = edition;
	}
	x->editions = edition > base ? edition + 1 : base + 1;
}

static int
find_editions(struct past *x, struct fa_err *err)
{
	struct fa_board *b = x->b;
	int64_t before;
	size_t current;
	int rc = FA_OK;

	for (size_t i = 0; i < b->n && rc == FA_OK; i++)
		if (!b->at[i].prior && b->at[i].judged)
			rc = add_source(x, &b->at[i], 0, err);
	current = x->n;
	before = x->editions;
	for (size_t i = 0; i < b->n && rc == FA_OK; i++)
		if (b->at[i].prior && b->at[i].judged)
			rc = add_source(x, &b->at[i], before, err);
	if (rc < 0)
		return rc;
	x->editions = before;
	if (x->n > current)
		rank_prior(x, current);
	/* Number 1 is the oldest that is compared. */
	if (x->editions > FA_BOARD_EDITIONS)
		x->editions = FA_BOARD_EDITIONS;
	for (size_t i = 0; i < x->n; i++)
		x->at[i].edition = x->editions - x->at[i].edition;
	return FA_OK;
}

static int
load_judgements(struct fa_board *b, const struct slot *s, struct fa_err *err)
{
	char rules[FA_HASH_HEX_BYTES + 16];

	(void)snprintf(rules, sizeof(rules), "%.*s %d", FA_STR_ARG(s->bundle),
		(int)s->as_of);
	return fa_db_run(&b->db, err,
		"INSERT INTO past SELECT ?1, t.id, ?2, j.id, j.at_ms, "
		"j.outcome = 'ok' AND j.documents > 0, "
		"j.grade NOT IN ('N', 'U'), j.hi, ?5, j.reader, "
		"(SELECT group_concat(payload, ' ') FROM (SELECT o.payload "
		"FROM s.app_document d JOIN s.document o ON o.id = d.document "
		"WHERE d.app = j.id ORDER BY d.ord)) FROM s.target t "
		"JOIN s.app_judgement j ON j.id = (SELECT id "
		"FROM s.app_judgement x WHERE x.target = t.id "
		"AND x.bundle = ?3 AND x.as_of = ?4 "
		"ORDER BY x.at_ms DESC, x.id LIMIT 1) WHERE true "
		"ORDER BY t.id ON CONFLICT (edition, app) DO UPDATE SET "
		"origin = excluded.origin, judgement = excluded.judgement, "
		"at_ms = excluded.at_ms, scanned = excluded.scanned, "
		"scored = excluded.scored, hi = excluded.hi, "
		"rules = excluded.rules, reader = excluded.reader, "
		"docs = excluded.docs WHERE excluded.at_ms > at_ms",
		"iitiz", s->edition, s->from->id, s->bundle, (int64_t)s->as_of,
		rules);
}

/* held: see board_schema.c. */
static int
load_held(struct fa_board *b, const struct slot *s, struct fa_err *err)
{
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO held SELECT ?1, p.app, y.id, CASE "
		"WHEN v.verdict = 'cannot_tell' THEN 3 "
		"WHEN v.tier = 'lead' THEN 2 ELSE 1 END, v.verdict "
		"FROM past p CROSS JOIN s.app_verdict v ON v.app = p.judgement "
		"CROSS JOIN duty y ON y.name = v.obligation "
		"WHERE p.edition = ?1 AND p.origin = ?2 AND p.scanned "
		"AND ((v.verdict IN ('violation', 'gap') "
		"AND v.tier <> 'lead') OR (v.verdict IN ('violation', 'gap', "
		"'cannot_tell') AND EXISTS (SELECT 1 FROM held h "
		"WHERE h.edition = ?1 - 1 AND h.app = p.app "
		"AND h.duty = y.id AND h.v = 1)))",
		"ii", s->edition, s->from->id);

	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT OR IGNORE INTO told SELECT ?1, p.app, "
			"c.before, y.id, c.cause FROM past p "
			"CROSS JOIN s.change c ON c.app = p.judgement "
			"CROSS JOIN duty y ON y.name = c.subject "
			"WHERE p.edition = ?1 AND p.origin = ?2 "
			"ORDER BY p.app, c.before, y.id, c.cause DESC",
			"ii", s->edition, s->from->id);
	return rc;
}

static int
load_slot(struct past *x, const struct slot *s, struct fa_err *err)
{
	struct fa_board *b = x->b;
	int rc = fa_board_attach(b, s->from, err);

	if (rc == FA_OK)
		rc = load_judgements(b, s, err);
	if (rc == FA_OK)
		rc = load_held(b, s, err);
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT OR IGNORE INTO edition_of VALUES (?, ?, ?, ?)",
			"iiti", s->edition, s->from->id, s->bundle,
			(int64_t)s->as_of);
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT INTO edition (id, prior, as_of_from, as_of_to) "
			"VALUES (?1, ?2, ?3, ?3) ON CONFLICT (id) DO UPDATE "
			"SET as_of_from = min(as_of_from, ?3), "
			"as_of_to = max(as_of_to, ?3), "
			"prior = min(prior, ?2)",
			"iii", s->edition, (int64_t)s->from->prior,
			(int64_t)s->as_of);
	return rc < 0 ? rc : fa_board_detach(b, err);
}

/* The causes of a difference, where the audit did not record one. */
#define CAUSE                                                                  \
	"coalesce((SELECT t.cause FROM told t WHERE t.edition = ?1 "           \
	"AND t.app = n.app AND t.before = o.judgement AND t.duty = h.duty), "  \
	"CASE WHEN NOT n.scanned OR NOT o.scanned THEN 'capture' ELSE "        \
	"coalesce(nullif(ltrim(iif(n.docs IS o.docs, '', '+source') || "       \
	"iif(n.reader = o.reader, '', '+extractor') || "                       \
	"iif(n.rules = o.rules, '', '+rules'), '+'), ''), 'capture') END)"

static int
compare(struct fa_board *b, int64_t edition, struct fa_err *err)
{
	/* What is found now. */
	int rc = fa_db_run(&b->db, err,
		"INSERT INTO moved SELECT ?1, h.app, h.duty, "
		"CASE WHEN o.app IS NULL THEN 'first' "
		"WHEN w.v = 1 THEN 'persisting' "
		"WHEN EXISTS (SELECT 1 FROM held e WHERE e.app = h.app "
		"AND e.duty = h.duty AND e.v = 1 AND e.edition < ?1 - 1 "
		"AND e.edition > 0) THEN 'reappeared' ELSE 'new' END, "
		"iif(o.app IS NULL OR w.v = 1, NULL, " CAUSE "), "
		"coalesce(w.verdict, iif(o.app IS NULL, NULL, iif(o.scanned, "
		"'not_found', 'not_scanned'))), h.verdict FROM held h "
		"JOIN past n ON n.edition = ?1 AND n.app = h.app "
		"LEFT JOIN past o ON o.edition = ?1 - 1 AND o.app = h.app "
		"LEFT JOIN held w ON w.edition = ?1 - 1 AND w.app = h.app "
		"AND w.duty = h.duty WHERE h.edition = ?1 AND h.v = 1",
		"i", edition);

	/* What was found before and is not now. */
	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT OR IGNORE INTO moved SELECT ?1, h.app, h.duty, "
			"iif(n.scanned AND w.v IS NULL, 'fixed', "
			"'unclear'), " CAUSE ", h.verdict, coalesce(w.verdict, "
			"iif(n.scanned, 'not_found', 'not_scanned')) "
			"FROM held h JOIN past o ON o.edition = ?1 - 1 "
			"AND o.app = h.app JOIN past n ON n.edition = ?1 "
			"AND n.app = h.app LEFT JOIN held w "
			"ON w.edition = ?1 AND w.app = h.app "
			"AND w.duty = h.duty WHERE h.edition = ?1 - 1 "
			"AND h.v = 1 AND w.v IS NOT 1",
			"i", edition);
	return rc;
}

static int
count_edition(struct fa_board *b, int64_t edition, int64_t editions,
	struct fa_err *err)
{
	int rc = fa_db_run(&b->db, err,
		"UPDATE edition SET "
		"(apps, scanned) = (SELECT count(*), coalesce(sum(scanned), 0) "
		"FROM past WHERE edition = ?1), "
		"(findings, breach) = (SELECT count(*), count(DISTINCT app) "
		"FROM held WHERE edition = ?1 AND v = 1), "
		"(cohort, cohort_breach, cohort_findings) = (SELECT count(*), "
		"coalesce(sum(n > 0), 0), coalesce(sum(n), 0) FROM (SELECT "
		"(SELECT count(*) FROM held h WHERE h.edition = ?1 "
		"AND h.app = c.app AND h.v = 1) AS n FROM (SELECT app "
		"FROM past WHERE scanned GROUP BY app HAVING count(*) = ?2) "
		"c)), "
		"appeared = (SELECT count(*) FROM past n WHERE edition = ?1 "
		"AND ?1 > 1 AND NOT EXISTS (SELECT 1 FROM past o WHERE "
		"o.edition = ?1 - 1 AND o.app = n.app)), "
		"vanished = (SELECT count(*) FROM past o WHERE edition = "
		"?1 - 1 AND NOT EXISTS (SELECT 1 FROM past n WHERE "
		"n.edition = ?1 AND n.app = o.app)), "
		"median = coalesce((SELECT hi FROM past WHERE edition = ?1 "
		"AND scanned AND scored ORDER BY hi LIMIT 1 OFFSET (SELECT "
		"(count(*) - 1) / 2 FROM past WHERE edition = ?1 AND scanned "
		"AND scored)), -1) WHERE id = ?1",
		"ii", edition, editions);

	if (rc == FA_OK)
		rc = fa_db_run(&b->db, err,
			"INSERT INTO trend SELECT edition, state, "
			"coalesce(cause, ''), count(*) FROM moved "
			"WHERE edition = ?1 GROUP BY state, cause",
			"i", edition);
	return rc;
}

static int
load_all(struct past *x, struct fa_err *err)
{
	int rc = find_editions(x, err);

	for (int64_t e = 1; e <= x->editions && rc == FA_OK; e++)
		for (size_t i = 0; i < x->n && rc == FA_OK; i++)
			if (x->at[i].edition == e)
				rc = load_slot(x, &x->at[i], err);
	for (int64_t e = 1; e <= x->editions && rc == FA_OK; e++) {
		rc = compare(x->b, e, err);
		if (rc == FA_OK)
			rc = count_edition(x->b, e, x->editions, err);
	}
	if (rc == FA_OK)
		rc = fa_db_run(&x->b->db, err,
			"INSERT INTO change SELECT app, duty, state, cause, "
			"was, became FROM moved WHERE edition = ?1 "
			"AND app IN (SELECT id FROM app)",
			"i", x->editions);
	return rc;
}

int
fa_board_load_past(struct fa_board *b, struct fa_err *err)
{
	struct past x = { .b = b };
	int rc;

	fa_arena_init(&x.a, PAST_BYTES);
	rc = load_all(&x, err);
	fa_arena_done(&x.a);
	return rc;
}
