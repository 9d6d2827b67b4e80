/* The lists of a board, row by row. */
#include <string.h>

#include "store/board_parts.h"

#define APP_COLUMNS                                                            \
	"a.id, a.key, a.app, a.package, a.version, a.store, a.publisher, "     \
	"a.category, a.store_url, a.note, o.dir, o.bundle, a.vector, "         \
	"a.children, a.category_group, a.store_group, a.publisher_id, "        \
	"a.stage, a.outcome, a.grade, a.hi, a.lo, a.coverage_bp, a.scopes, "   \
	"a.at_ms, coalesce(o.as_of, 0), a.violations, a.gaps, a.leads, "       \
	"a.cannot_tell, a.compliant, a.grave, a.fresh, a.back, a.gone, "       \
	"a.reviewed"
/* The same columns, with what no list shows left out. */
#define LIST_COLUMNS                                                           \
	"a.id, a.key, a.app, NULL, NULL, a.store, a.publisher, a.category, "   \
	"NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, a.stage, a.outcome, "       \
	"a.grade, a.hi, 0, 0, 0, 0, 0, a.violations, a.gaps, a.leads, 0, 0, "  \
	"a.grave, 0, 0, a.gone, 0"
#define APP_TEXTS 12   /* texts from column 1 on */
#define APP_NUMBERS 26 /* numbers from here on */
#define APP_SECTION 36 /* section, and its name */
#define WORST " a.bin, a.hi, a.lo, a.grave DESC, a.key"
#define FROM " FROM app a JOIN origin o ON o.id = a.origin "

static int
read_app(struct fa_board_app *x, sqlite3_stmt *st, struct fa_err *err)
{
	struct fa_str *const texts[] = { &x->key, &x->app, &x->package,
		&x->version, &x->store, &x->publisher, &x->category,
		&x->store_url, &x->note, &x->origin, &x->bundle, &x->vector };
	int64_t *const numbers[] = { &x->violations, &x->gaps, &x->leads,
		&x->unclear, &x->met, &x->grave, &x->fresh, &x->back, &x->gone,
		&x->reviewed, &x->section };
	int outcome = fa_outcome_parse(fa_db_text(st, 18));
	struct fa_str grade = fa_db_text(st, 19);

	if (outcome < 0)
		return fa_fail(err, FA_E_INPUT, "store: unknown outcome '%.*s'",
			FA_STR_ARG(fa_db_text(st, 18)));
	x->id = fa_db_int(st, 0);
	for (size_t i = 0; i < APP_TEXTS; i++)
		*texts[i] = fa_db_text(st, 1 + (int)i);
	x->children = (enum fa_children)fa_db_int(st, 13);
	x->group[FA_BOARD_CATEGORY] = fa_db_int(st, 14);
	x->group[FA_BOARD_STORE] = fa_db_int(st, 15);
	x->publisher_id = fa_db_int(st, 16);
	x->stage = (enum fa_board_stage)fa_db_int(st, 17);
	x->outcome = (enum fa_outcome)outcome;
	x->grade = grade.n > 0 ? grade.p[0] : 'N';
	x->hi = fa_db_int(st, 20);
	x->lo = fa_db_int(st, 21);
	x->coverage_bp = fa_db_int(st, 22);
	x->scopes = (uint32_t)fa_db_int(st, 23);
	x->at_ms = fa_db_int(st, 24);
	x->as_of = (int32_t)fa_db_int(st, 25);
	for (size_t i = 0; i < FA_COUNT(numbers); i++)
		*numbers[i] = fa_db_int(st, APP_NUMBERS + (int)i);
	x->section_name = fa_db_text(st, APP_SECTION + 1);
	return FA_OK;
}

static int
give_apps(struct fa_board *b, sqlite3_stmt *st, fa_board_app_fn *fn, void *ctx,
	struct fa_err *err)
{
	int rc = FA_OK;

	while (rc == FA_OK && (rc = fa_db_step(&b->db, st, err)) == 1) {
		struct fa_board_app x = { 0 };

		rc = read_app(&x, st, err);
		if (rc == FA_OK)
			rc = fn(ctx, &x, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_board_apps(struct fa_board *b, enum fa_board_order order, int64_t group,
	fa_board_app_fn *fn, void *ctx, struct fa_err *err)
{
	static const char *const sql[] = {
		"SELECT " APP_COLUMNS ", a.stage, "
		"iif(a.stage >= 4, NULL, a.outcome)" FROM
		"WHERE ?1 = ?1 ORDER BY a.stage DESC, "
		"iif(a.stage >= 4, '', a.outcome)," WORST,
		"SELECT " LIST_COLUMNS ", a.bin, NULL"
		" FROM app a "
		"WHERE ?1 = ?1 AND a.stage >= 4 ORDER BY" WORST,
		"SELECT " LIST_COLUMNS ", a.bin, NULL"
		" FROM app a "
		"WHERE a.category_group = ?1 ORDER BY" WORST,
		"SELECT " LIST_COLUMNS ", a.bin, NULL"
		" FROM app a "
		"WHERE a.store_group = ?1 ORDER BY" WORST,
		"SELECT " LIST_COLUMNS ", a.publisher_id, a.publisher"
		" FROM app a "
		"WHERE ?1 = ?1 AND a.publisher_id > 0 "
		"ORDER BY a.publisher_id," WORST,
		"SELECT " LIST_COLUMNS ", a.bin, NULL FROM app a "
		"WHERE ?1 = ?1 AND a.violations + a.gaps > 0 ORDER BY" WORST,
		"SELECT " APP_COLUMNS ", 0, NULL" FROM
		"WHERE ?1 = ?1 AND (a.violations + a.gaps + a.leads > 0 "
		"OR EXISTS (SELECT 1 FROM change c WHERE c.app = a.id)) "
		"ORDER BY a.id",
	};
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err, sql[order], "i", group);

	return rc < 0 ? rc : give_apps(b, st, fn, ctx, err);
}

int
fa_board_duty_apps(struct fa_board *b, int64_t duty, enum fa_board_dim dim,
	fa_board_app_fn *fn, void *ctx, struct fa_err *err)
{
	static const char *const sql[] = {
		"SELECT " LIST_COLUMNS ", a.category_group, NULL "
		"FROM verdict v JOIN app a ON a.id = v.app "
		"WHERE v.duty = ? AND v.counted = 1 "
		"ORDER BY a.category_group," WORST,
		"SELECT " LIST_COLUMNS ", a.store_group, NULL "
		"FROM verdict v JOIN app a ON a.id = v.app "
		"WHERE v.duty = ? AND v.counted = 1 "
		"ORDER BY a.store_group," WORST,
	};
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err, sql[dim], "i", duty);

	return rc < 0 ? rc : give_apps(b, st, fn, ctx, err);
}

int
fa_board_duty_leads(struct fa_board *b, int64_t duty, fa_board_app_fn *fn,
	void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &b->db, err,
		"SELECT " LIST_COLUMNS ", 0, NULL FROM verdict v "
		"JOIN app a ON a.id = v.app "
		"WHERE v.duty = ? AND v.counted = 0 "
		"AND v.verdict IN ('violation', 'gap') ORDER BY" WORST,
		"i", duty);

	return rc < 0 ? rc : give_apps(b, st, fn, ctx, err);
}
