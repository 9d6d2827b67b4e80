/* The findings of a board, and the parts of an app. */
#include <string.h>

#include "store/board_parts.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a board");
}

static int
dup_all(struct fa_str *const *out, const int *column, size_t n,
	sqlite3_stmt *st, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = fa_db_dup(out[i], st, column[i], a, err);
	return rc;
}

static int
read_document(struct fa_board_document *d, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	static const int columns[] = { 2, 3, 5, 6, 7, 8, 9, 10, 11 };
	struct fa_str *const texts[] = { &d->url, &d->final, &d->detail,
		&d->payload, &d->text_sha256, &d->title, &d->archive,
		&d->record, &d->picture };
	int role = fa_role_parse(fa_db_text(st, 1));
	int outcome = fa_outcome_parse(fa_db_text(st, 4));

	if (role < 0 || outcome < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: a document has an unknown role or outcome");
	d->ord = fa_db_int(st, 0);
	d->role = (enum fa_role)role;
	d->outcome = (enum fa_outcome)outcome;
	d->bytes = fa_db_int(st, 12);
	d->first_us = fa_db_int(st, 13);
	d->last_us = fa_db_int(st, 14);
	d->offset = fa_db_int(st, 15);
	d->stands_in = fa_db_int(st, 16) != 0;
	return dup_all(texts, columns, FA_COUNT(texts), st, a, err);
}

static int
documents(struct fa_board_parts *out, struct fa_board *b, int64_t app,
	struct fa_arena *a, struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT ord, role, url, final_url, outcome, detail, payload, "
		"text_sha256, title, archive, record, (SELECT sha256 "
		"FROM picture WHERE picture.payload = d.payload), bytes, "
		"first_us, last_us, offset, stands_in FROM document d "
		"WHERE app = ? ORDER BY ord",
		"i", app);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_document *p = fa_arena_grow(a, out->documents,
			&cap, out->documents_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			out->documents = p;
			memset(&p[out->documents_n], 0, sizeof(*p));
			rc = read_document(&p[out->documents_n++], st, a, err);
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

static int
tier_of(struct fa_str name)
{
	int t = fa_tier_parse(name);

	return t < 0 ? FA_TIER_LEAD : t;
}

static enum fa_board_state
state_of(struct fa_str name)
{
	for (int i = 0; i < FA_BOARD_STATES; i++)
		if (fa_str_eq(name,
			    fa_str_c(fa_board_state_name(
				    (enum fa_board_state)i))))
			return (enum fa_board_state)i;
	return FA_BOARD_FIRST;
}

#define FINDING_COLUMNS                                                        \
	"v.app, v.duty, v.finding, v.verdict, v.rule, v.confidence, v.tier, "  \
	"v.counted, v.contradiction, v.reason, c.state, c.cause, "             \
	"coalesce(s.state, 'unreviewed'), coalesce(s.due, 0)"
#define FINDING_JOINS                                                          \
	" LEFT JOIN change c ON c.app = v.app AND c.duty = v.duty "            \
	"LEFT JOIN standing s ON s.finding = v.finding "

/* Texts last as long as the row. */
static int
read_finding(struct fa_board_finding *f, sqlite3_stmt *st, struct fa_err *err)
{
	int verdict = fa_verdict_parse(fa_db_text(st, 3));
	int review = fa_board_review_parse(fa_db_text(st, 12));

	if (verdict < 0 || review < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: a finding has an unknown verdict or review");
	f->app = fa_db_int(st, 0);
	f->duty = fa_db_int(st, 1);
	f->id = fa_db_text(st, 2);
	f->verdict = (enum fa_verdict)verdict;
	f->rule = fa_db_text(st, 4);
	f->confidence = (uint32_t)fa_db_int(st, 5);
	f->tier = (enum fa_tier)tier_of(fa_db_text(st, 6));
	f->counted = fa_db_int(st, 7) != 0;
	f->contradiction = fa_db_int(st, 8) != 0;
	f->reason = fa_db_text(st, 9);
	f->state = state_of(fa_db_text(st, 10));
	f->cause = fa_db_text(st, 11);
	f->review = (enum fa_board_review)review;
	f->due = (int32_t)fa_db_int(st, 13);
	return FA_OK;
}

static int
keep_finding(struct fa_board_finding *f, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *const texts[] = { &f->id, &f->rule, &f->reason,
		&f->cause };

	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		if (texts[i]->p)
			*texts[i] = fa_arena_dup(a, *texts[i]);
		else
			continue;
		if (!texts[i]->p)
			return no_memory(err);
	}
	return FA_OK;
}

static int
findings(struct fa_board_parts *out, struct fa_board *b, int64_t app,
	struct fa_arena *a, struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT " FINDING_COLUMNS " FROM verdict v "
		"JOIN duty d ON d.id = v.duty" FINDING_JOINS
		"WHERE v.app = ? AND v.verdict IN ('violation', 'gap') "
		"ORDER BY v.counted DESC, d.severity DESC, "
		"v.verdict = 'gap', v.duty",
		"i", app);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_finding *p = fa_arena_grow(a, out->findings,
			&cap, out->findings_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			out->findings = p;
			memset(&p[out->findings_n], 0, sizeof(*p));
			rc = read_finding(&p[out->findings_n], st, err);
		}
		if (rc == FA_OK)
			rc = keep_finding(&p[out->findings_n++], a, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

static int
gone(struct fa_board_parts *out, struct fa_board *b, int64_t app,
	struct fa_arena *a, struct fa_err *err)
{
	static const int columns[] = { 2, 3, 4 };
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT duty, state, cause, was, became FROM change "
		"WHERE app = ? AND state IN ('fixed', 'unclear') ORDER BY duty",
		"i", app);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_gone *p = fa_arena_grow(
			a, out->gone, &cap, out->gone_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			struct fa_board_gone *g = &p[out->gone_n];
			struct fa_str *const texts[] = { &g->cause, &g->was,
				&g->became };

			out->gone = p;
			memset(g, 0, sizeof(*g));
			g->app = app;
			g->duty = fa_db_int(st, 0);
			g->state = state_of(fa_db_text(st, 1));
			rc = dup_all(
				texts, columns, FA_COUNT(texts), st, a, err);
			out->gone_n++;
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_board_app_parts(struct fa_board_parts *out, struct fa_board *b, int64_t app,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_board_parts x = { 0 };
	int rc = documents(&x, b, app, a, err);

	if (rc == FA_OK)
		rc = findings(&x, b, app, a, err);
	if (rc == FA_OK)
		rc = gone(&x, b, app, a, err);
	if (rc == FA_OK)
		*out = x;
	return rc;
}

int
fa_board_get_quotes(struct fa_board_quotes *out, struct fa_board *b,
	int64_t app, int64_t duty, struct fa_arena *a, struct fa_err *err)
{
	static const int columns[] = { 8, 9, 10, 11 };
	struct fa_board_quotes x = { 0 };
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT side, document, line, col, end_line, end_col, "
		"raw_from, raw_to, rule, quote, text, section FROM quote "
		"WHERE app = ? AND duty = ? ORDER BY side, ord",
		"ii", app, duty);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_quote *p =
			fa_arena_grow(a, x.at, &cap, x.n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			struct fa_board_quote *q = &p[x.n++];
			struct fa_str *const texts[] = { &q->rule, &q->quote,
				&q->text, &q->section };
			int64_t *const numbers[] = { &q->document, &q->line,
				&q->col, &q->end_line, &q->end_col,
				&q->raw_from, &q->raw_to };

			x.at = p;
			memset(q, 0, sizeof(*q));
			q->against = fa_db_int(st, 0) != 0;
			for (size_t i = 0; i < FA_COUNT(numbers); i++)
				*numbers[i] = fa_db_int(st, 1 + (int)i);
			rc = dup_all(
				texts, columns, FA_COUNT(texts), st, a, err);
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		*out = x;
	return rc;
}

int
fa_board_get_words(struct fa_board_words *out, struct fa_board *b,
	struct fa_str finding, struct fa_arena *a, struct fa_err *err)
{
	static const int columns[] = { 0, 1, 2, 3 };
	struct fa_board_words x = { 0 };
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT state, by, role, note, at_ms, superseded FROM review "
		"WHERE finding = ? ORDER BY at_ms, id",
		"t", finding);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_word *p =
			fa_arena_grow(a, x.at, &cap, x.n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			struct fa_board_word *w = &p[x.n++];
			struct fa_str *const texts[] = { &w->state, &w->by,
				&w->role, &w->note };

			x.at = p;
			memset(w, 0, sizeof(*w));
			w->t_ms = fa_db_int(st, 4);
			w->superseded = fa_db_int(st, 5) != 0;
			rc = dup_all(
				texts, columns, FA_COUNT(texts), st, a, err);
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		*out = x;
	return rc;
}

/* The first passage for a finding, and its document. */
#define LIST_COLUMNS                                                           \
	", a.key, a.app, a.package, a.version, a.store, a.publisher, "         \
	"a.category, q.text, coalesce(k.final_url, k.url), k.payload, "        \
	"coalesce(q.line, 0), coalesce(q.col, 0), coalesce(k.last_us, 0)"
#define LIST_JOINS                                                             \
	" LEFT JOIN quote q ON q.app = v.app AND q.duty = v.duty "             \
	"AND q.side = 0 AND q.ord = (SELECT min(ord) FROM quote m "            \
	"WHERE m.app = v.app AND m.duty = v.duty AND m.side = 0) "             \
	"LEFT JOIN document k ON k.app = v.app AND k.ord = coalesce("          \
	"q.document, (SELECT min(ord) FROM document m WHERE m.app = v.app "    \
	"AND m.role = 'policy' AND m.payload IS NOT NULL)) "

static int
give_findings(struct fa_board *b, sqlite3_stmt *st, fa_board_finding_fn *fn,
	void *ctx, struct fa_err *err)
{
	int rc = FA_OK;

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_finding f = { 0 };
		struct fa_str *const texts[] = { &f.key, &f.app_name,
			&f.package, &f.version, &f.store, &f.publisher,
			&f.category, &f.quote, &f.url, &f.payload };

		rc = read_finding(&f, st, err);
		for (size_t i = 0; i < FA_COUNT(texts); i++)
			*texts[i] = fa_db_text(st, 14 + (int)i);
		f.line = fa_db_int(st, 24);
		f.col = fa_db_int(st, 25);
		f.captured_us = fa_db_int(st, 26);
		if (rc == FA_OK)
			rc = fn(ctx, &f, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_board_findings(struct fa_board *b, enum fa_board_findings_order order,
	fa_board_finding_fn *fn, void *ctx, struct fa_err *err)
{
	/* Work: what was confirmed, the nearest deadline first; what reviewers
	 * do not agree on; then what nobody looked at and is grave. */
	static const char *const sql[] = {
		"SELECT " FINDING_COLUMNS LIST_COLUMNS " FROM app a "
		"CROSS JOIN verdict v ON v.app = a.id" FINDING_JOINS LIST_JOINS
		"WHERE v.verdict IN ('violation', 'gap') "
		"ORDER BY a.key, v.duty",
		"SELECT " FINDING_COLUMNS LIST_COLUMNS " FROM duty d "
		"CROSS JOIN verdict v ON v.duty = d.id AND v.counted = 1 "
		"CROSS JOIN app a ON a.id = v.app" FINDING_JOINS LIST_JOINS
		"WHERE (s.state IN ('confirmed', "
		"'disputed', 'needs-more') OR (s.state IS NULL "
		"AND d.severity >= 3)) ORDER BY CASE s.state "
		"WHEN 'confirmed' THEN 0 WHEN 'disputed' THEN 1 "
		"WHEN 'needs-more' THEN 1 ELSE 2 END, "
		"coalesce(s.due, 99999999), d.severity DESC, "
		"v.verdict = 'gap', v.confidence DESC, a.key, v.duty",
		"SELECT " FINDING_COLUMNS LIST_COLUMNS " FROM change c "
		"JOIN verdict v ON v.app = c.app AND v.duty = c.duty "
		"JOIN app a ON a.id = v.app "
		"LEFT JOIN standing s ON s.finding = v.finding" LIST_JOINS
		"WHERE c.state IN ('new', 'reappeared') ORDER BY c.state, "
		"c.cause, a.key, v.duty",
	};
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err, sql[order], "");

	return rc < 0 ? rc : give_findings(b, st, fn, ctx, err);
}

int
fa_board_fixed(struct fa_board *b, fa_board_finding_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT c.app, c.duty, NULL, c.was, NULL, 0, 'lead', 0, 0, "
		"NULL, c.state, c.cause, 'unreviewed', 0, a.key, a.app, "
		"a.package, a.version, a.store, a.publisher, a.category, "
		"NULL, NULL, NULL, 0, 0, 0 FROM change c "
		"JOIN app a ON a.id = c.app "
		"WHERE c.state IN ('fixed', 'unclear') ORDER BY c.state, "
		"c.cause, a.key, c.duty",
		"");

	return rc < 0 ? rc : give_findings(b, st, fn, ctx, err);
}
