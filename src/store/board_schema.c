/* The tables of findings.sqlite, and those that are only needed to make it. */
#include "store/board_parts.h"

/* Documented in faceaudit-board(1). */
static const char tables[] =
	"CREATE TABLE board (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"CREATE TABLE origin (id INTEGER PRIMARY KEY, dir TEXT NOT NULL, "
	"prior INTEGER NOT NULL, bundle TEXT, as_of INTEGER, "
	"apps INTEGER NOT NULL, newest_ms INTEGER NOT NULL, "
	"reviews INTEGER NOT NULL);"
	"CREATE TABLE duty (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
	"title_zh TEXT, title_en TEXT, source_zh TEXT, source_en TEXT, "
	"why_zh TEXT, why_en TEXT, fix_zh TEXT, fix_en TEXT, "
	"severity INTEGER NOT NULL, kind INTEGER NOT NULL);"
	"CREATE TABLE rule (name TEXT PRIMARY KEY, duty INTEGER NOT NULL, "
	"title_zh TEXT, title_en TEXT, status INTEGER NOT NULL, "
	"hits INTEGER NOT NULL, \"right\" INTEGER NOT NULL, "
	"precision INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE app (id INTEGER PRIMARY KEY, key TEXT NOT NULL, "
	"app TEXT, package TEXT, version TEXT, store TEXT, publisher TEXT, "
	"category TEXT, children INTEGER NOT NULL, store_url TEXT, "
	"policy_url TEXT, note TEXT, origin INTEGER NOT NULL, "
	"category_group INTEGER NOT NULL, store_group INTEGER NOT NULL, "
	"publisher_id INTEGER NOT NULL, stage INTEGER NOT NULL, "
	"outcome TEXT NOT NULL, grade TEXT NOT NULL, hi INTEGER NOT NULL, "
	"lo INTEGER NOT NULL, coverage_bp INTEGER NOT NULL, "
	"scopes INTEGER NOT NULL, vector TEXT NOT NULL, bin INTEGER NOT NULL, "
	"at_ms INTEGER NOT NULL, violations INTEGER NOT NULL, "
	"gaps INTEGER NOT NULL, leads INTEGER NOT NULL, "
	"cannot_tell INTEGER NOT NULL, compliant INTEGER NOT NULL, "
	"grave INTEGER NOT NULL, fresh INTEGER NOT NULL, "
	"back INTEGER NOT NULL, gone INTEGER NOT NULL, "
	"reviewed INTEGER NOT NULL);"
	"CREATE TABLE document (app INTEGER NOT NULL, ord INTEGER NOT NULL, "
	"role TEXT NOT NULL, url TEXT, final_url TEXT, outcome TEXT NOT NULL, "
	"detail TEXT, payload TEXT, text_sha256 TEXT, title TEXT, "
	"bytes INTEGER, first_us INTEGER, last_us INTEGER, archive TEXT, "
	"offset INTEGER, record TEXT, stands_in INTEGER NOT NULL, "
	"PRIMARY KEY (app, ord)) WITHOUT ROWID;"
	"CREATE TABLE verdict (app INTEGER NOT NULL, duty INTEGER NOT NULL, "
	"verdict TEXT NOT NULL, rule TEXT, confidence INTEGER NOT NULL, "
	"tier TEXT NOT NULL, counted INTEGER NOT NULL, "
	"contradiction INTEGER NOT NULL, reason TEXT, finding TEXT, "
	"PRIMARY KEY (app, duty)) WITHOUT ROWID;"
	"CREATE TABLE quote (app INTEGER NOT NULL, duty INTEGER NOT NULL, "
	"side INTEGER NOT NULL, ord INTEGER NOT NULL, "
	"document INTEGER NOT NULL, rule TEXT, raw_from INTEGER NOT NULL, "
	"raw_to INTEGER NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, "
	"end_line INTEGER NOT NULL, end_col INTEGER NOT NULL, "
	"quote TEXT NOT NULL, text TEXT NOT NULL, section TEXT, "
	"PRIMARY KEY (app, duty, side, ord)) WITHOUT ROWID;"
	"CREATE TABLE review (id INTEGER PRIMARY KEY, "
	"origin INTEGER NOT NULL, seq INTEGER NOT NULL, "
	"finding TEXT NOT NULL, state TEXT NOT NULL, by TEXT, role TEXT, "
	"note TEXT, at_ms INTEGER NOT NULL, superseded INTEGER NOT NULL);"
	"CREATE TABLE standing (finding TEXT PRIMARY KEY, "
	"state TEXT NOT NULL, confirmed_ms INTEGER, due INTEGER) WITHOUT ROWID;"
	"CREATE TABLE picture (payload TEXT PRIMARY KEY, "
	"sha256 TEXT NOT NULL) WITHOUT ROWID;";

static const char sums[] =
	"CREATE TABLE groups (dim TEXT NOT NULL, id INTEGER NOT NULL, "
	"name TEXT, apps INTEGER NOT NULL, scanned INTEGER NOT NULL, "
	"PRIMARY KEY (dim, id)) WITHOUT ROWID;"
	"CREATE TABLE tally (duty INTEGER NOT NULL, "
	"category_group INTEGER NOT NULL, store_group INTEGER NOT NULL, "
	"judged INTEGER NOT NULL, breach INTEGER NOT NULL, "
	"leads INTEGER NOT NULL, cannot_tell INTEGER NOT NULL, "
	"compliant INTEGER NOT NULL, confidence INTEGER NOT NULL, "
	"PRIMARY KEY (duty, category_group, store_group)) WITHOUT ROWID;"
	"CREATE TABLE publisher (id INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	"apps INTEGER NOT NULL, scanned INTEGER NOT NULL, "
	"breach INTEGER NOT NULL, findings INTEGER NOT NULL, "
	"grave INTEGER NOT NULL, back INTEGER NOT NULL, hi INTEGER NOT NULL);"
	"CREATE TABLE edition (id INTEGER PRIMARY KEY, prior INTEGER NOT NULL, "
	"as_of_from INTEGER NOT NULL, as_of_to INTEGER NOT NULL, "
	"apps INTEGER NOT NULL DEFAULT 0, scanned INTEGER NOT NULL DEFAULT 0, "
	"breach INTEGER NOT NULL DEFAULT 0, "
	"findings INTEGER NOT NULL DEFAULT 0, "
	"median INTEGER NOT NULL DEFAULT -1, "
	"cohort INTEGER NOT NULL DEFAULT 0, "
	"cohort_breach INTEGER NOT NULL DEFAULT 0, "
	"cohort_findings INTEGER NOT NULL DEFAULT 0, "
	"appeared INTEGER NOT NULL DEFAULT 0, "
	"vanished INTEGER NOT NULL DEFAULT 0);"
	"CREATE TABLE edition_of (edition INTEGER NOT NULL, "
	"origin INTEGER NOT NULL, bundle TEXT NOT NULL, "
	"as_of INTEGER NOT NULL, PRIMARY KEY (edition, origin, bundle, as_of)) "
	"WITHOUT ROWID;"
	/* Findings of the newest edition, and those of the one before that are
	 * none now. */
	"CREATE TABLE change (app INTEGER NOT NULL, duty INTEGER NOT NULL, "
	"state TEXT NOT NULL, cause TEXT, was TEXT, became TEXT, "
	"PRIMARY KEY (app, duty)) WITHOUT ROWID;"
	"CREATE TABLE trend (edition INTEGER NOT NULL, state TEXT NOT NULL, "
	"cause TEXT NOT NULL, findings INTEGER NOT NULL, "
	"PRIMARY KEY (edition, state, cause)) WITHOUT ROWID;"
	"CREATE VIEW finding AS SELECT a.key, a.app AS name, a.package, "
	"a.store, a.publisher, a.category, d.name AS duty, d.severity, "
	"v.verdict, v.rule, v.confidence, v.tier, v.counted, v.contradiction, "
	"v.finding, coalesce(s.state, 'unreviewed') AS review, s.due, "
	"c.state, c.cause, v.app AS app_id, v.duty AS duty_id "
	"FROM verdict v JOIN app a ON a.id = v.app JOIN duty d ON d.id = "
	"v.duty "
	"LEFT JOIN change c ON c.app = v.app AND c.duty = v.duty "
	"LEFT JOIN standing s ON s.finding = v.finding "
	"WHERE v.verdict IN ('violation', 'gap');";

/* past: what an edition said of an app; held: v 1 a finding that counts, 2 one
 * that is a lead, 3 cannot tell, where the edition before had a finding. */
static const char temporary[] =
	"CREATE TABLE temp.pick (app INTEGER PRIMARY KEY, "
	"origin INTEGER NOT NULL, judgement INTEGER, at_ms INTEGER NOT NULL, "
	"stores INTEGER NOT NULL);"
	"CREATE TABLE temp.wanted (app INTEGER PRIMARY KEY, "
	"outcome TEXT NOT NULL, stage INTEGER NOT NULL);"
	"CREATE TABLE temp.past (edition INTEGER NOT NULL, "
	"app INTEGER NOT NULL, origin INTEGER NOT NULL, "
	"judgement INTEGER NOT NULL, at_ms INTEGER NOT NULL, "
	"scanned INTEGER NOT NULL, scored INTEGER NOT NULL, "
	"hi INTEGER NOT NULL, rules TEXT NOT NULL, reader INTEGER NOT NULL, "
	"docs TEXT, PRIMARY KEY (edition, app)) WITHOUT ROWID;"
	"CREATE TABLE temp.held (edition INTEGER NOT NULL, "
	"app INTEGER NOT NULL, duty INTEGER NOT NULL, v INTEGER NOT NULL, "
	"verdict TEXT NOT NULL, PRIMARY KEY (edition, app, duty)) "
	"WITHOUT ROWID;"
	"CREATE TABLE temp.told (edition INTEGER NOT NULL, "
	"app INTEGER NOT NULL, before INTEGER NOT NULL, "
	"duty INTEGER NOT NULL, cause TEXT NOT NULL, "
	"PRIMARY KEY (edition, app, before, duty)) WITHOUT ROWID;"
	"CREATE TABLE temp.moved (edition INTEGER NOT NULL, "
	"app INTEGER NOT NULL, duty INTEGER NOT NULL, state TEXT NOT NULL, "
	"cause TEXT, was TEXT, became TEXT, PRIMARY KEY (edition, app, duty)) "
	"WITHOUT ROWID;";

int
fa_board_make_tables(struct fa_board *b, struct fa_err *err)
{
	int rc = fa_db_script(&b->db, tables, err);

	if (rc == FA_OK)
		rc = fa_db_script(&b->db, sums, err);
	return rc < 0 ? rc : fa_db_script(&b->db, temporary, err);
}

int
fa_board_make_indexes(struct fa_board *b, struct fa_err *err)
{
	return fa_db_script(&b->db,
		"CREATE INDEX app_key ON app (key);"
		"CREATE INDEX verdict_duty ON verdict (duty, counted, verdict, "
		"app);"
		"CREATE INDEX verdict_finding ON verdict (finding) "
		"WHERE finding IS NOT NULL;"
		"CREATE INDEX review_finding ON review (finding);",
		err);
}
