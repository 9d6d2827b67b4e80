/* The sums of a board by category, store and publisher, and over time. */
#include <string.h>

#include "store/board_parts.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a board");
}

static int
group_names(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT dim = 'store', id, name FROM groups", "");

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		int64_t dim = fa_db_int(st, 0), id = fa_db_int(st, 1);

		rc = fa_db_dup(&out->groups[dim][id].name, st, 2, a, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		rc = fa_db_query(&st, &b->db, err,
			"SELECT count(DISTINCT category), "
			"count(DISTINCT store) FROM app",
			"");
	if (rc == FA_OK)
		rc = fa_db_step(&b->db, st, err);
	for (int d = 0; d < FA_BOARD_DIMS && rc == 1; d++)
		out->names[d] = fa_db_int(st, d);
	if (rc == 1)
		fa_db_reset(st);
	return rc < 0 ? rc : FA_OK;
}

/* Rows: apps, scanned, breach, findings, grave of one group and bin. */
static void
add_row(struct fa_board_group *g, sqlite3_stmt *st)
{
	int64_t bin = fa_db_int(st, 2);
	int64_t *const at[] = { &g->apps, &g->scanned, &g->breach, &g->findings,
		&g->grave };

	for (size_t i = 0; i < FA_COUNT(at); i++)
		*at[i] += fa_db_int(st, 3 + (int)i);
	if (bin >= 0 && bin < FA_BOARD_BINS_ALL)
		g->bins[bin] += fa_db_int(st, 3);
}

#define GROUP_COLUMNS                                                          \
	"bin, count(*), sum(stage >= 4), sum(violations + gaps > 0), "         \
	"sum(violations + gaps), sum(grave) FROM app GROUP BY 1, 2, 3"

static int
group_rows(struct fa_board_sum *out, struct fa_board *b, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT 0, category_group, " GROUP_COLUMNS
		" UNION ALL SELECT 1, store_group, " GROUP_COLUMNS,
		"");

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		int64_t dim = fa_db_int(st, 0);

		add_row(&out->groups[dim][fa_db_int(st, 1)], st);
		if (dim == 0)
			add_row(&out->whole, st);
		rc = FA_OK;
	}
	return rc;
}

struct ranks { /* of the quartiles of one group, and apps gone past */
	struct fa_board_group *g;
	int64_t n, seen;
};

static void
begin_ranks(struct ranks *r, struct fa_board_group *g)
{
	*r = (struct ranks){ .g = g };
	for (int i = 0; i < FA_BOARD_BINS; i++)
		r->n += g->bins[i];
	g->q1 = g->median = g->q3 = -1;
}

/* The nearest rank: the value below which a quarter, half, three quarters of
 * the apps with a score lie. */
static void
pass_rank(struct ranks *r, int64_t hi)
{
	int64_t *const at[] = { &r->g->q1, &r->g->median, &r->g->q3 };

	r->seen++;
	for (int64_t i = 0; i < 3; i++)
		if (r->seen == ((i + 1) * r->n + 3) / 4)
			*at[i] = hi;
}

static int
quartiles(struct fa_board_sum *out, struct fa_board *b, struct fa_err *err)
{
	struct ranks whole, of[FA_BOARD_DIMS][FA_BOARD_GROUPS_ALL];
	sqlite3_stmt *st;
	int rc;

	begin_ranks(&whole, &out->whole);
	for (int d = 0; d < FA_BOARD_DIMS; d++)
		for (int g = 0; g < FA_BOARD_GROUPS_ALL; g++)
			begin_ranks(&of[d][g], &out->groups[d][g]);
	rc = fa_db_query(&st, &b->db, err,
		"SELECT hi, category_group, store_group FROM app "
		"WHERE bin < 10 ORDER BY hi",
		"");
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		int64_t hi = fa_db_int(st, 0);

		pass_rank(&whole, hi);
		for (int d = 0; d < FA_BOARD_DIMS; d++)
			pass_rank(&of[d][fa_db_int(st, 1 + d)], hi);
		rc = FA_OK;
	}
	return rc;
}

static int
cells(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc;

	for (int d = 0; d < FA_BOARD_DIMS; d++) {
		out->cells[d] = fa_arena_new(a,
			(out->duties_n + 1) * FA_BOARD_GROUPS_ALL,
			sizeof(*out->cells[d]));
		if (!out->cells[d])
			return no_memory(err);
	}
	rc = fa_db_query(&st, &b->db, err,
		"SELECT duty, category_group, store_group, judged, breach "
		"FROM tally",
		"");
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		size_t duty = (size_t)fa_db_int(st, 0) - 1;

		for (int d = 0; d < FA_BOARD_DIMS && duty < out->duties_n;
			d++) {
			struct fa_board_cell *c =
				&out->cells[d][duty * FA_BOARD_GROUPS_ALL +
					(size_t)fa_db_int(st, 1 + d)];

			c->judged += fa_db_int(st, 3);
			c->breach += fa_db_int(st, 4);
		}
		rc = FA_OK;
	}
	return rc;
}

static int
publishers(struct fa_board_sum *out, struct fa_board *b, struct fa_arena *a,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc;

	out->publishers =
		fa_arena_new(a, FA_BOARD_PUBLISHERS, sizeof(*out->publishers));
	if (!out->publishers)
		return no_memory(err);
	rc = fa_db_query(&st, &b->db, err,
		"SELECT id, name, apps, scanned, breach, findings, grave, "
		"back, hi, (SELECT count(*) FROM publisher) FROM publisher "
		"WHERE findings > 0 ORDER BY id LIMIT ?",
		"i", (int64_t)FA_BOARD_PUBLISHERS);
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_publisher *p =
			&out->publishers[out->publishers_n++];
		int64_t *const at[] = { &p->apps, &p->scanned, &p->breach,
			&p->findings, &p->grave, &p->back, &p->hi,
			&out->publishers_all };

		p->id = fa_db_int(st, 0);
		for (size_t i = 0; i < FA_COUNT(at); i++)
			*at[i] = fa_db_int(st, 2 + (int)i);
		rc = fa_db_dup(&p->name, st, 1, a, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_board_sum_groups(struct fa_board_sum *out, struct fa_board *b,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = group_names(out, b, a, err);

	if (rc == FA_OK)
		rc = group_rows(out, b, err);
	if (rc == FA_OK)
		rc = quartiles(out, b, err);
	if (rc == FA_OK)
		rc = cells(out, b, a, err);
	return rc < 0 ? rc : publishers(out, b, a, err);
}

static int
editions(struct fa_board_sum *out, struct fa_board *b, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT as_of_from, as_of_to, prior, apps, scanned, breach, "
		"findings, median, cohort, cohort_breach, cohort_findings, "
		"appeared, vanished FROM edition ORDER BY id LIMIT ?",
		"i", (int64_t)FA_BOARD_EDITIONS);

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_edition *e = &out->editions[out->editions_n++];
		int64_t *const at[] = { &e->apps, &e->scanned, &e->breach,
			&e->findings, &e->median, &e->cohort, &e->cohort_breach,
			&e->cohort_findings, &e->appeared, &e->vanished };

		e->as_of_from = (int32_t)fa_db_int(st, 0);
		e->as_of_to = (int32_t)fa_db_int(st, 1);
		e->prior = fa_db_int(st, 2) != 0;
		for (size_t i = 0; i < FA_COUNT(at); i++)
			*at[i] = fa_db_int(st, 3 + (int)i);
		rc = FA_OK;
	}
	return rc;
}

static int
state_of(struct fa_str name)
{
	for (int i = 0; i < FA_BOARD_STATES; i++)
		if (fa_str_eq(name,
			    fa_str_c(fa_board_state_name(
				    (enum fa_board_state)i))))
			return i;
	return FA_BOARD_FIRST;
}

int
fa_board_sum_trend(struct fa_board_sum *out, struct fa_board *b,
	struct fa_arena *a, struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = editions(out, b, err);

	if (rc == FA_OK)
		rc = fa_db_query(&st, &b->db, err,
			"SELECT edition, state, cause, findings FROM trend "
			"ORDER BY edition, state, findings DESC, cause",
			"");
	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_cause c = { .edition = fa_db_int(st, 0) - 1,
			.state = (enum fa_board_state)state_of(
				fa_db_text(st, 1)),
			.findings = fa_db_int(st, 3) };
		struct fa_board_cause *p = fa_arena_grow(
			a, out->causes, &cap, out->causes_n + 1, sizeof(*p));

		rc = p ? fa_db_dup(&c.cause, st, 2, a, err) : no_memory(err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
		out->causes = p;
		p[out->causes_n++] = c;
		out->editions[c.edition].states[c.state] += c.findings;
	}
	return rc;
}
