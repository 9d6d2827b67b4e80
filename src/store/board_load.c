/* What the newest audits of the stores say, side by side. An app that several
 * stores hold is shown as the store says that judged it last. */
#include <string.h>

#include "store/app.h"
#include "store/board_parts.h"
#include "store/wanted.h"

#define TARGET_BYTES ((size_t)64 << 20)
#define DOCUMENTS_MAX 64 /* that one finding rests on */

/* In memcmp order, each once. */
static void
add_document(struct fa_str *at, size_t *n, struct fa_str digest)
{
	size_t i = *n;

	while (i > 0 && fa_str_cmp(at[i - 1], digest) > 0)
		i--;
	if (i > 0 && fa_str_eq(at[i - 1], digest))
		return;
	for (size_t k = *n; k > i; k--)
		at[k] = at[k - 1];
	at[i] = digest;
	(*n)++;
}

/* finding_id(key, obligation, verdict, documents), the last one digests with
 * blanks between. */
static void
finding_id(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct fa_board *b = fa_sqlite()->user_data(c);
	struct fa_str part[4], at[DOCUMENTS_MAX];
	size_t count = 0;
	struct fa_err err;
	char id[17];

	for (int i = 0; i < n; i++)
		part[i] = (struct fa_str){
			(const char *)fa_sqlite()->value_text(v[i]),
			(size_t)fa_sqlite()->value_bytes(v[i])
		};
	while (part[3].p && part[3].n > 0 && count < DOCUMENTS_MAX)
		add_document(at, &count, fa_str_cut(&part[3], ' '));
	if (b->o.id(id, part[0], part[1], part[2], at, count, &err) == FA_OK)
		fa_sqlite()->result_text(c, id, -1, SQLITE_TRANSIENT);
	else
		fa_sqlite()->result_error(c, err.msg, -1);
}

static void
no_id(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	(void)v;
	fa_sqlite()->result_null(c);
}

int
fa_board_id_function(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_sqlite()->create_function(b->db.h, "finding_id", 4,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC, b,
		b->o.id ? finding_id : no_id, NULL, NULL);

	return rc == SQLITE_OK ? FA_OK : fa_db_fail(&b->db, "opening", err);
}

static int
pick(struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO pick SELECT t.id, ?1, j.id, "
		"coalesce(j.at_ms, -1), 1 FROM s.target t "
		"LEFT JOIN s.app_judgement j ON j.id = (SELECT id "
		"FROM s.app_judgement x WHERE x.target = t.id "
		"AND x.bundle = ?2 AND x.as_of = ?3 "
		"ORDER BY x.at_ms DESC, x.id LIMIT 1) WHERE true "
		"ON CONFLICT (app) DO UPDATE SET stores = stores + 1, "
		"origin = iif(excluded.at_ms > at_ms, excluded.origin, "
		"origin), judgement = iif(excluded.at_ms > at_ms, "
		"excluded.judgement, judgement), "
		"at_ms = max(at_ms, excluded.at_ms)",
		"iti", x->id, x->bundle, (int64_t)x->as_of);
}

static enum fa_board_stage
stage_of(const struct fa_wanted_list *l)
{
	enum fa_board_stage stage = FA_BOARD_LISTED;

	for (size_t i = 0; i < l->n; i++) {
		enum fa_outcome o = l->at[i].outcome;
		enum fa_board_stage s = FA_BOARD_FOUND;

		if (l->at[i].role != FA_ROLE_POLICY)
			continue;
		if (o == FA_OUT_OK || o == FA_OUT_NOT_A_POLICY)
			s = FA_BOARD_PARSED;
		else if (o == FA_OUT_UNSUPPORTED_TYPE ||
			o == FA_OUT_EMPTY_SHELL || o == FA_OUT_LOGIN_WALL)
			s = FA_BOARD_FETCHED;
		stage = s > stage ? s : stage;
	}
	return stage;
}

/* Apps that no audit came to: what became of their policies, as the crawl has
 * it. */
static int
load_wanted(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	struct fa_store *s = NULL;
	struct fa_arena a;
	sqlite3_stmt *st;
	int rc = fa_store_open(&s, x->dir, FA_STORE_READ, err);

	if (rc < 0)
		return rc;
	fa_arena_init(&a, TARGET_BYTES);
	rc = fa_db_query(&st, &b->db, err,
		"SELECT app FROM pick WHERE origin = ? AND judgement IS NULL "
		"ORDER BY app",
		"i", x->id);
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_wanted_list l;

		fa_arena_reset(&a);
		rc = fa_store_wanted(&l, s, fa_db_int(st, 0), &a, err);
		if (rc == FA_OK)
			rc = fa_db_run(&b->db, err,
				"INSERT INTO wanted VALUES (?, ?, ?)", "izi",
				fa_db_int(st, 0),
				fa_outcome_name(fa_wanted_outcome(&l, NULL)),
				(int64_t)stage_of(&l));
		if (rc < 0)
			fa_db_reset(st);
	}
	fa_arena_done(&a);
	fa_store_close(s);
	return rc;
}

static int
load_apps(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO app SELECT id, key, app, package, version, store, "
		"publisher, category, children, store_url, policy_url, note, "
		"?1, 0, 0, 0, stage, outcome, grade, hi, lo, coverage_bp, "
		"scopes, vector, CASE WHEN stage < 4 THEN 12 "
		"WHEN grade = 'N' THEN 11 WHEN grade = 'U' THEN 10 "
		"ELSE min(hi / 100000000, 9) END, at_ms, "
		"0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM ("
		"SELECT t.id, key, nullif(t.app, '') AS app, "
		"nullif(package, '') AS package, nullif(version, '') AS "
		"version, nullif(store, '') AS store, nullif(publisher, '') "
		"AS publisher, nullif(category, '') AS category, children, "
		"nullif(store_url, '') AS store_url, nullif(policy_url, '') "
		"AS policy_url, nullif(note, '') AS note, "
		"CASE WHEN j.id IS NULL THEN w.stage "
		"WHEN j.outcome = 'ok' AND j.documents > 0 THEN 4 "
		"ELSE (SELECT coalesce(max(CASE "
		"WHEN d.outcome IN ('ok', 'not_a_policy') THEN 3 "
		"WHEN d.outcome IN ('unsupported_type', 'empty_shell', "
		"'login_wall') THEN 2 ELSE 1 END), 0) FROM s.app_document d "
		"WHERE d.app = j.id AND d.role = 'policy') END AS stage, "
		"coalesce(j.outcome, w.outcome) AS outcome, "
		"coalesce(j.grade, 'N') AS grade, coalesce(j.hi, 0) AS hi, "
		"coalesce(j.lo, 0) AS lo, "
		"coalesce(j.coverage_bp, 0) AS coverage_bp, "
		"coalesce(j.scopes, 0) AS scopes, "
		"coalesce(j.vector, '') AS vector, "
		"coalesce(j.at_ms, 0) AS at_ms FROM pick p "
		"JOIN s.target t ON t.id = p.app "
		"LEFT JOIN s.app_judgement j ON j.id = p.judgement "
		"LEFT JOIN wanted w ON w.app = p.app "
		"WHERE p.origin = ?1 ORDER BY p.app)",
		"i", x->id);
}

/* Where the body stands: the first record of it at this URL that holds it. */
static int
load_documents(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO document SELECT p.app, d.ord, d.role, u.url, "
		"f.url, d.outcome, d.detail, x.payload, x.text, x.title, "
		"x.bytes, (SELECT min(at_us) FROM s.capture c WHERE c.url = "
		"d.final AND c.payload = x.payload), (SELECT max(at_us) "
		"FROM s.capture c WHERE c.url = d.final AND c.payload = "
		"x.payload), k.archive, k.offset, k.record, d.stands_in "
		"FROM pick p JOIN s.app_document d ON d.app = p.judgement "
		"LEFT JOIN s.url u ON u.id = d.url "
		"LEFT JOIN s.url f ON f.id = d.final "
		"LEFT JOIN s.document x ON x.id = d.document "
		"LEFT JOIN s.capture k ON k.id = (SELECT id FROM s.capture c "
		"WHERE c.url = d.final AND c.payload = x.payload "
		"ORDER BY c.revisit <> 0, c.at_us, c.id LIMIT 1) "
		"WHERE p.origin = ?1 ORDER BY p.app, d.ord",
		"i", x->id);
}

/* A finding rests on the documents that give the verdict of the whole. */
static int
load_verdicts(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO verdict SELECT p.app, y.id, v.verdict, v.rule, "
		"v.confidence, v.tier, v.verdict IN ('violation', 'gap') "
		"AND v.tier <> 'lead' AND a.stage >= 4, v.contradiction, "
		"v.reason, CASE WHEN v.verdict IN ('violation', 'gap') "
		"THEN finding_id(a.key, v.obligation, v.verdict, "
		"(SELECT group_concat(o.payload, ' ') FROM s.app_document d "
		"JOIN s.document o ON o.id = d.document "
		"JOIN s.judgement j ON j.document = d.document "
		"AND j.bundle = ?2 AND j.as_of = ?3 "
		"JOIN s.verdict w ON w.judgement = j.id "
		"AND w.obligation = v.obligation AND w.verdict = v.verdict "
		"WHERE d.app = p.judgement)) END "
		"FROM pick p JOIN app a ON a.id = p.app "
		"JOIN s.app_verdict v ON v.app = p.judgement "
		"JOIN duty y ON y.name = v.obligation "
		"WHERE p.origin = ?1 ORDER BY p.app, y.id",
		"iti", x->id, x->bundle, (int64_t)x->as_of);
}

/* As in reports: what documents say that give the verdict of the whole, and
 * for a contradiction what those say that give the opposite. */
static int
load_quotes(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO quote SELECT p.app, v.duty, "
		"iif(w.verdict = v.verdict, e.side, 1), "
		"d.ord * 64 + e.side * 32 + e.ord, d.ord, e.rule, e.raw_from, "
		"e.raw_to, e.line, e.col, e.end_line, e.end_col, e.quote, "
		"e.text, e.section FROM pick p "
		"CROSS JOIN verdict v ON v.app = p.app "
		"AND v.verdict IN ('violation', 'gap') "
		"CROSS JOIN duty y ON y.id = v.duty "
		"CROSS JOIN s.app_document d ON d.app = p.judgement "
		"CROSS JOIN s.judgement j ON j.document = d.document "
		"AND j.bundle = ?2 AND j.as_of = ?3 "
		"CROSS JOIN s.verdict w ON w.judgement = j.id "
		"AND w.obligation = y.name AND (w.verdict = v.verdict "
		"OR (v.contradiction AND w.verdict = 'compliant')) "
		"CROSS JOIN s.evidence e ON e.judgement = j.id "
		"AND e.obligation = y.name "
		"AND (w.verdict = v.verdict OR e.side = 0) "
		"WHERE p.origin = ?1",
		"iti", x->id, x->bundle, (int64_t)x->as_of);
}

static int
put_origin(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	return fa_db_run(&b->db, err,
		"INSERT INTO origin SELECT ?1, ?2, ?3, ?4, nullif(?5, 0), "
		"(SELECT count(*) FROM pick WHERE origin = ?1), "
		"(SELECT coalesce(max(at_ms), 0) FROM s.app_judgement), 0",
		"ititi", x->id, x->dir, (int64_t)x->prior, x->bundle,
		(int64_t)x->as_of);
}

static int
load_source(
	struct fa_board *b, const struct fa_board_source *x, struct fa_err *err)
{
	int rc = x->prior ? FA_OK : load_wanted(b, x, err);

	if (rc == FA_OK)
		rc = fa_board_attach(b, x, err);
	if (rc == FA_OK)
		rc = put_origin(b, x, err);
	if (rc == FA_OK && !x->prior)
		rc = load_apps(b, x, err);
	if (rc == FA_OK && !x->prior)
		rc = load_documents(b, x, err);
	if (rc == FA_OK && !x->prior)
		rc = load_verdicts(b, x, err);
	if (rc == FA_OK && !x->prior)
		rc = load_quotes(b, x, err);
	return rc < 0 ? rc : fa_board_detach(b, err);
}

int
fa_board_load_apps(struct fa_board *b, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < b->n && rc == FA_OK; i++) {
		if (b->at[i].prior)
			continue;
		rc = fa_board_attach(b, &b->at[i], err);
		if (rc == FA_OK)
			rc = pick(b, &b->at[i], err);
		if (rc == FA_OK)
			rc = fa_board_detach(b, err);
	}
	for (size_t i = 0; i < b->n && rc == FA_OK; i++)
		rc = load_source(b, &b->at[i], err);
	return rc;
}
