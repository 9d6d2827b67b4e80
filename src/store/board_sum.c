/* All sums of a board, read back from its own tables: what the pages say is
 * what findings.sqlite says. */
#include <string.h>

#include "store/board_parts.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a board");
}

/* Two languages from columns i and i + 1. */
static int
read_text2(struct fa_text2 *out, sqlite3_stmt *st, int i, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = fa_db_dup(&out->in[FA_LANG_ZH], st, i, a, err);

	return rc < 0 ? rc : fa_db_dup(&out->in[FA_LANG_EN], st, i + 1, a, err);
}

static int
read_duty(struct fa_board_duty *d, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_text2 *const texts[] = { &d->title, &d->source, &d->why,
		&d->fix };
	int64_t *const counts[] = { &d->judged, &d->breach, &d->leads,
		&d->unclear, &d->met, &d->confidence };
	int rc = fa_db_dup(&d->name, st, 1, a, err);

	for (size_t i = 0; i < FA_COUNT(texts) && rc == FA_OK; i++)
		rc = read_text2(texts[i], st, 2 + 2 * (int)i, a, err);
	d->id = fa_db_int(st, 0);
	d->severity = (enum fa_severity)fa_db_int(st, 10);
	d->kind = (enum fa_kind)fa_db_int(st, 11);
	for (size_t i = 0; i < FA_COUNT(counts); i++)
		*counts[i] = fa_db_int(st, 12 + (int)i);
	return rc;
}

static int
sum_duties(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT d.*, coalesce(n.judged, 0), coalesce(n.breach, 0), "
		"coalesce(n.leads, 0), coalesce(n.unclear, 0), "
		"coalesce(n.met, 0), coalesce(n.confidence, 0) FROM duty d "
		"LEFT JOIN (SELECT duty, sum(judged) AS judged, "
		"sum(breach) AS breach, sum(leads) AS leads, "
		"sum(cannot_tell) AS unclear, sum(compliant) AS met, "
		"sum(confidence) AS confidence FROM tally GROUP BY duty) n "
		"ON n.duty = d.id "
		"ORDER BY d.id",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_duty *p = fa_arena_grow(
			a, out->duties, &cap, out->duties_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			out->duties = p;
			memset(&p[out->duties_n], 0, sizeof(*p));
			rc = read_duty(&p[out->duties_n++], st, a, err);
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

static int
read_rule(struct fa_board_rule *r, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = fa_db_dup(&r->name, st, 0, a, err);

	if (rc == FA_OK)
		rc = read_text2(&r->title, st, 2, a, err);
	r->duty = fa_db_int(st, 1);
	r->status = (enum fa_status)fa_db_int(st, 4);
	r->hits = (uint32_t)fa_db_int(st, 5);
	r->right = (uint32_t)fa_db_int(st, 6);
	r->precision = (uint32_t)fa_db_int(st, 7);
	r->findings = fa_db_int(st, 8);
	r->leads = fa_db_int(st, 9);
	return rc;
}

static int
sum_rules(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT r.*, n.findings, n.leads FROM (SELECT rule, "
		"sum(counted) AS findings, sum(NOT counted) AS leads "
		"FROM verdict WHERE verdict IN ('violation', 'gap') "
		"GROUP BY rule) n JOIN rule r ON r.name = n.rule "
		"ORDER BY r.duty, n.findings DESC, r.name",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_rule *p = fa_arena_grow(
			a, out->rules, &cap, out->rules_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p) {
			out->rules = p;
			memset(&p[out->rules_n], 0, sizeof(*p));
			rc = read_rule(&p[out->rules_n++], st, a, err);
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

static int
sum_counts(struct fa_board_sum *out, struct fa_board *b, struct fa_err *err)
{
	int64_t *const at[] = { &out->documents, &out->stand_ins, &out->missing,
		&out->findings, &out->leads, &out->repeated, &out->named,
		&out->changed, &out->gone, &out->stray_words };
	struct fa_board_queue_counts *q = &out->queue;
	int64_t *const work[] = { &q->unreviewed, &q->unreviewed_grave,
		&q->disputed, &q->confirmed, &q->rejected, &q->due,
		&q->overdue };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT (SELECT count(*) FROM document WHERE payload IS NOT "
		"NULL), (SELECT count(*) FROM document WHERE stands_in), "
		"(SELECT count(*) FROM document WHERE payload IS NULL "
		"AND role NOT IN ('listing', 'home')), "
		"(SELECT coalesce(sum(violations + gaps), 0) FROM app), "
		"(SELECT coalesce(sum(leads), 0) FROM app), "
		"(SELECT count(*) FROM pick WHERE stores > 1), "
		"(SELECT count(*) FROM app WHERE publisher_id > 0), "
		"(SELECT count(*) FROM change c JOIN verdict v "
		"ON v.app = c.app AND v.duty = c.duty "
		"WHERE c.state IN ('new', 'reappeared')), "
		"(SELECT count(*) FROM change WHERE state IN ('fixed', "
		"'unclear')), "
		"(SELECT count(*) FROM review r WHERE NOT EXISTS (SELECT 1 "
		"FROM verdict v WHERE v.finding = r.finding))",
		"");

	if (rc == FA_OK)
		rc = fa_db_step(&b->db, st, err);
	for (size_t i = 0; i < FA_COUNT(at) && rc == 1; i++)
		*at[i] = fa_db_int(st, (int)i);
	if (rc == 1)
		fa_db_reset(st);
	if (rc >= 0)
		rc = fa_db_query(&st, &b->db, err,
			"SELECT sum(s.state IS NULL), "
			"sum(s.state IS NULL AND d.severity >= 3), "
			"sum(s.state IN ('disputed', 'needs-more')), "
			"sum(s.state = 'confirmed'), "
			"sum(s.state = 'rejected'), sum(s.due IS NOT NULL), "
			"sum(s.due < ?) FROM duty d CROSS JOIN verdict v "
			"ON v.duty = d.id AND v.counted = 1 LEFT JOIN "
			"standing s ON s.finding = v.finding",
			"i", (int64_t)b->o.today);
	if (rc == FA_OK)
		rc = fa_db_step(&b->db, st, err);
	for (size_t i = 0; i < FA_COUNT(work) && rc == 1; i++)
		*work[i] = fa_db_int(st, (int)i);
	out->queued = q->confirmed + q->disputed + q->unreviewed_grave;
	if (rc == 1)
		fa_db_reset(st);
	return rc < 0 ? rc : FA_OK;
}

static int
sum_stages(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT stage, outcome, count(*) FROM app GROUP BY stage, "
		"outcome ORDER BY stage DESC, outcome",
		"");

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_outcome x = {
			.stage = (enum fa_board_stage)fa_db_int(st, 0),
			.apps = fa_db_int(st, 2),
		};
		int outcome = fa_outcome_parse(fa_db_text(st, 1));
		struct fa_board_outcome *p = fa_arena_grow(
			a, out->losses, &cap, out->losses_n + 1, sizeof(*p));

		rc = p ? FA_OK : no_memory(err);
		if (p)
			out->losses = p;
		if (p && outcome < 0)
			rc = fa_fail(err, FA_E_INPUT,
				"store: unknown outcome '%.*s'",
				FA_STR_ARG(fa_db_text(st, 1)));
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
		x.outcome = (enum fa_outcome)outcome;
		for (int s = 0; s <= (int)x.stage; s++)
			out->stages[s] += x.apps;
		if (x.stage < FA_BOARD_SCANNED)
			p[out->losses_n++] = x;
	}
	return rc;
}

static int
sum_origins(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc;

	out->origins = fa_arena_new(a, b->n, sizeof(*out->origins));
	if (!out->origins)
		return no_memory(err);
	rc = fa_db_query(&st, &b->db, err,
		"SELECT dir, prior, coalesce(as_of, 0), bundle, apps, "
		"newest_ms, reviews FROM origin ORDER BY id",
		"");
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_origin *p = &out->origins[out->origins_n++];

		rc = fa_db_dup(&p->dir, st, 0, a, err);
		if (rc == FA_OK)
			rc = fa_db_dup(&p->bundle, st, 3, a, err);
		p->prior = fa_db_int(st, 1) != 0;
		p->as_of = (int32_t)fa_db_int(st, 2);
		p->apps = fa_db_int(st, 4);
		p->newest_ms = fa_db_int(st, 5);
		p->review_events = fa_db_int(st, 6);
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		rc = fa_db_query(&st, &b->db, err,
			"SELECT count(DISTINCT bundle) FROM origin "
			"WHERE NOT prior",
			"");
	if (rc == FA_OK)
		rc = fa_db_step(&b->db, st, err);
	if (rc == 1) {
		out->bundles_n = (size_t)fa_db_int(st, 0);
		fa_db_reset(st);
	}
	return rc < 0 ? rc : FA_OK;
}

int
fa_board_sum(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_board_sum x = { .today = b->o.today,
		.deadline_days = b->o.deadline_days };
	int rc = sum_duties(&x, b, a, err);

	if (rc == FA_OK)
		rc = sum_rules(&x, b, a, err);
	if (rc == FA_OK)
		rc = sum_counts(&x, b, err);
	if (rc == FA_OK)
		rc = sum_stages(&x, b, a, err);
	if (rc == FA_OK)
		rc = sum_origins(&x, b, a, err);
	if (rc == FA_OK)
		rc = fa_board_sum_groups(&x, b, a, err);
	if (rc == FA_OK)
		rc = fa_board_sum_trend(&x, b, a, err);
	if (rc == FA_OK)
		*out = x;
	return rc;
}
