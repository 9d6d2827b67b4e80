/* Joining stores: the outcome depends neither on the order nor on how often,
 * and parts that were judged apart are what was judged in one. */
#include "fixture_sweep.h"

#include "store/internal.h"
#include "store/manifest.h"
#include "store/merge.h"

#define TODAY 20261121
#define BREAKS SWEEP_POLICY "本应用强制刷脸登录。" SWEEP_TAIL
#define MEETS SWEEP_POLICY "您可以自愿刷脸登录。" SWEEP_TAIL
#define SILENT SWEEP_POLICY "您可以刷脸登录。" SWEEP_TAIL

static const struct fa_merge_opts opts = { .max_step = 2 };

static int
join(struct sweep *x, struct sweep_store *into, struct sweep_store *from)
{
	OK(x, fa_store_commit(into->s, &x->err));
	OK(x, fa_store_commit(from->s, &x->err));
	return fa_store_merge(into->s, fa_str_c(from->dir), &opts, &x->err);
}

static void
close_over(struct sweep *x, struct sweep_store *t)
{
	OK(x, fa_store_close_over(t->s, &opts, &x->err));
}

/* Every row that is of the content, in a fixed order. */
static char *
dump(struct sweep *x, struct sweep_store *t)
{
	static const char *const queries[] = {
		"SELECT * FROM run ORDER BY id",
		"SELECT * FROM target ORDER BY id",
		"SELECT * FROM url ORDER BY id",
		"SELECT * FROM edge ORDER BY url, target, role, step",
		"SELECT * FROM link ORDER BY url, via, ord",
		"SELECT * FROM attempt ORDER BY url, at_us",
		"SELECT * FROM archive ORDER BY name",
		"SELECT * FROM capture ORDER BY id",
		"SELECT * FROM robots ORDER BY origin",
		"SELECT sha256 FROM bundle ORDER BY 1",
		"SELECT * FROM document ORDER BY id",
		"SELECT document, ord, text FROM clause ORDER BY 1, 2",
		"SELECT * FROM judgement ORDER BY id",
		"SELECT * FROM verdict ORDER BY judgement, obligation",
		"SELECT * FROM evidence ORDER BY 1, 2, 3, 4",
		"SELECT * FROM app_judgement ORDER BY id",
		"SELECT * FROM app_document ORDER BY app, ord",
		"SELECT * FROM app_verdict ORDER BY app, obligation",
		"SELECT * FROM change ORDER BY 1, 2, 3, 4",
	};
	struct fa_buf b;
	char *out;

	fa_buf_init(&b, SWEEP_BYTES);
	for (size_t i = 0; i < FA_COUNT(queries); i++) {
		sqlite3_stmt *st;
		int rc;

		OK(x, fa_db_query(&st, &t->s->db, &x->err, queries[i], ""));
		while ((rc = fa_db_step(&t->s->db, st, &x->err)) == 1) {
			for (int k = 0; k < sqlite3_column_count(st); k++) {
				struct fa_str s = fa_db_text(st, k);

				fa_buf_addf(&b, "%s|%.*s", s.p ? "" : "NULL",
					FA_STR_ARG(s));
			}
			fa_buf_addc(&b, '\n');
		}
		assert_int_equal(rc, 0);
	}
	fa_buf_addc(&b, '\0');
	OK(x, fa_buf_rc(&b, "dump", &x->err));
	out = fa_arena_new(&x->a, b.n, 1);
	assert_non_null(out);
	memcpy(out, b.p, b.n);
	fa_buf_done(&b);
	return out;
}

/* Three stores that overlap, and differ on the same things. */
static void
three(struct sweep *x, unsigned from, const char *const names[3])
{
	struct sweep_store *a = sweep_open(x, from, names[0]);
	struct sweep_store *b = sweep_open(x, from + 1, names[1]);
	struct sweep_store *c = sweep_open(x, from + 2, names[2]);

	sweep_target(x, a, "one", "http://h/p");
	sweep_target(x, a, "two", "http://h/q");
	sweep_page(x, a, names[0], "http://h/p", BREAKS);
	sweep_link(x, a, "http://h/p", "http://h/face", FA_ROLE_FACE);
	sweep_end(x, a, "http://h/q", FA_OUT_TIMEOUT, 0);
	b->at_us += 500000;
	sweep_target(x, b, "one", "http://h/p");
	sweep_target(x, b, "three", "http://h/q");
	sweep_page(x, b, names[1], "http://h/q", MEETS);
	sweep_end(x, b, "http://h/q", FA_OUT_GONE, 0);
	c->at_us += 700000;
	sweep_target(x, c, "one", "http://h/p");
	sweep_page(x, c, names[2], "http://h/p", MEETS);
	sweep_link(x, c, "http://h/p", "http://h/other", FA_ROLE_CHILDREN);
	sweep_page(x, c, names[2], "http://h/face", SILENT);
	for (unsigned i = 0; i < 3; i++)
		sweep_audit(x, &x->at[from + i], TODAY);
}

/* Empties a place for another store. */
static struct sweep_store *
anew(struct sweep *x, unsigned i, const char *name)
{
	sweep_close(&x->at[i]);
	return sweep_open(x, i, name);
}

static void
order_and_repetition_do_not_matter(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	static const unsigned orders[][5] = { { 0, 1, 2, 2, 0 },
		{ 2, 1, 0, 0, 1 }, { 1, 2, 0, 1, 2 }, { 0, 2, 1, 0, 0 } };
	struct sweep *x = *state;
	char *first = NULL;

	three(x, 0, names);
	for (unsigned k = 0; k < FA_COUNT(orders); k++) {
		char name[8];
		struct sweep_store *t;
		char *now;

		(void)snprintf(name, sizeof(name), "m%u", k);
		t = anew(x, 3, name);
		for (unsigned i = 0; i < 5; i++)
			OK(x, join(x, t, &x->at[orders[k][i]]));
		close_over(x, t);
		now = dump(x, t);
		if (!first)
			first = now;
		else
			assert_string_equal(now, first);
	}
}

static void
joining_joined_stores_is_joining_all(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	struct sweep *x = *state;
	char *left, *right;

	three(x, 0, names);
	/* (a b) c, made in a place of its own, and a (b c), made in a. */
	(void)sweep_open(x, 3, "left");
	OK(x, join(x, &x->at[3], &x->at[0]));
	OK(x, join(x, &x->at[3], &x->at[1]));
	OK(x, join(x, &x->at[3], &x->at[2]));
	left = dump(x, &x->at[3]);
	OK(x, join(x, &x->at[1], &x->at[2]));
	OK(x, join(x, &x->at[0], &x->at[1]));
	right = dump(x, &x->at[0]);
	assert_string_equal(left, right);
}

static void
expect_int(
	struct sweep *x, struct sweep_store *t, const char *query, int64_t want)
{
	sqlite3_stmt *st;

	OK(x, fa_db_query(&st, &t->s->db, &x->err, query, ""));
	assert_int_equal(fa_db_step(&t->s->db, st, &x->err), 1);
	assert_int_equal(fa_db_int(st, 0), want);
	fa_db_reset(st);
}

static void
the_shorter_way_and_the_later_time_stand_in_any_order(void **state)
{
	static const char far[] = "UPDATE edge SET hops = 3, root = 0";
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");
	struct sweep_store *b = sweep_open(x, 1, "b");

	for (unsigned i = 0; i < 2; i++) {
		sweep_target(x, &x->at[i], "one", "http://h/p");
		sweep_end(x, &x->at[i], "http://h/p", FA_OUT_GONE, 0);
		sweep_audit(x, &x->at[i], TODAY);
	}
	OK(x, fa_db_script(&b->s->db, far, &x->err));
	for (unsigned i = 0; i < 2; i++) {
		struct sweep_store *m = anew(x, 2, i ? "ab" : "ba");

		OK(x, join(x, m, i ? a : b));
		OK(x, join(x, m, i ? b : a));
		expect_int(x, m, "SELECT hops FROM edge", 0);
		expect_int(x, m, "SELECT root FROM edge", 1);
		expect_int(x, m, "SELECT at_ms FROM app_judgement", x->now_ms);
	}
}

static void
put_apps(struct sweep *x, struct sweep_store *t)
{
	for (unsigned i = 0; i < 9; i++) {
		char key[16], url[32];

		(void)snprintf(key, sizeof(key), "app%u", i);
		(void)snprintf(url, sizeof(url), "http://h/%u", i % 4);
		sweep_target(x, t, key, url);
	}
	sweep_page(x, t, "x", "http://h/0", BREAKS);
	sweep_page(x, t, "x", "http://h/1", MEETS);
	sweep_page(x, t, "x", "http://h/2", SILENT);
	sweep_end(x, t, "http://h/3", FA_OUT_GONE, 0);
}

/* Stores by the same name hold archives of the same name. */
static struct sweep_store *
in_folder(struct sweep *x, unsigned i, const char *name)
{
	struct sweep_store *t = &x->at[i];
	char path[640];

	(void)snprintf(t->dir, sizeof(t->dir), "%s/%s", x->dir, name);
	OK(x, fa_store_open(&t->s, fa_str_c(t->dir), FA_STORE_CREATE, &x->err));
	OK(x, fa_store_begin(t->s, &x->err));
	(void)snprintf(path, sizeof(path), "%s/archive/x.warc.gz", t->dir);
	OK(x, fa_warc_open(&t->w, fa_str_c(path), 0, FA_STR("test"), &x->err));
	t->at_us = SWEEP_AT_US;
	return t;
}

static void
shards_that_were_judged_apart_export_what_one_store_does(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *whole = in_folder(x, 0, "whole");
	struct sweep_store *m = sweep_open(x, 3, "m");
	char *first, *second;
	size_t n;

	put_apps(x, whole);
	sweep_audit(x, whole, TODAY);
	(void)sweep_export(x, whole, false, false);
	n = x->out.n;
	first = fa_arena_new(&x->a, n, 1);
	assert_non_null(first);
	memcpy(first, x->out.p, n);
	for (uint32_t i = 0; i < 2; i++) {
		struct sweep_store *t =
			in_folder(x, 1 + i, i ? "part1" : "part0");

		put_apps(x, t);
		OK(x, sweep_try(x, t, TODAY, (struct fa_shard){ i, 2 }));
		assert_in_range(x->counts.targets, 1, 8);
		OK(x, join(x, m, t));
	}
	close_over(x, m);
	second = fa_arena_new(&x->a, 1, 1);
	assert_non_null(second);
	(void)sweep_export(x, m, false, false);
	assert_int_equal(x->out.n, n);
	assert_memory_equal(x->out.p, first, n);
}

static void
a_joined_store_can_be_judged_and_searched_anew(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	struct sweep *x = *state;
	struct sweep_store *m;
	sqlite3_stmt *st;

	three(x, 0, names);
	m = sweep_open(x, 3, "m");
	for (unsigned i = 0; i < 3; i++)
		OK(x, join(x, m, &x->at[i]));
	close_over(x, m);
	/* The payloads are read from the archives that came along. */
	sweep_audit(x, m, TODAY + 1);
	assert_true(x->counts.fresh > 0);
	assert_int_equal(x->counts.outcomes[FA_OUT_BAD_CODING], 0);
	assert_true(x->counts.judged >= 2);
	OK(x,
		fa_db_query(&st, &m->s->db, &x->err,
			"SELECT count(*) FROM clause_fts WHERE text LIKE ?",
			"z", "%刷脸登录%"));
	assert_int_equal(fa_db_step(&m->s->db, st, &x->err), 1);
	assert_true(fa_db_int(st, 0) >= 3);
	fa_db_reset(st);
	OK(x,
		fa_db_run(&m->s->db, &x->err,
			"INSERT INTO clause_fts (clause_fts, rank) "
			"VALUES ('integrity-check', 1)",
			""));
}

static void
what_one_store_links_to_becomes_pending_for_the_targets_of_another(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");
	struct sweep_store *b = sweep_open(x, 1, "b");
	struct fa_store_counts n;

	/* a knows the page and its link, b has a target that wants it. */
	sweep_target(x, a, "one", NULL);
	sweep_page(x, a, "a", "http://h/p", MEETS);
	sweep_link(x, a, "http://h/p", "http://h/face", FA_ROLE_FACE);
	sweep_target(x, b, "two", "http://h/p");
	OK(x, join(x, b, a));
	OK(x, fa_store_count(&n, b->s, &x->err));
	assert_int_equal(n.pending, 0);
	close_over(x, b);
	OK(x, fa_store_count(&n, b->s, &x->err));
	assert_int_equal(n.pending, 1);
}

static void
judgements_by_different_rules_are_not_mixed_unasked(void **state)
{
	static const struct fa_merge_opts mixed = { true, 2 };
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");
	struct sweep_store *b = sweep_open(x, 1, "b");
	char *before;

	sweep_target(x, a, "one", "http://h/p");
	sweep_page(x, a, "a", "http://h/p", MEETS);
	sweep_audit(x, a, TODAY);
	sweep_target(x, b, "two", "http://h/p");
	sweep_page(x, b, "b", "http://h/p", MEETS);
	sweep_audit(x, b, TODAY + 1);
	before = dump(x, a);
	assert_int_equal(join(x, a, b), FA_E_USAGE);
	assert_string_equal(dump(x, a), before);
	OK(x, fa_store_merge(a->s, fa_str_c(b->dir), &mixed, &x->err));
}

static void
a_store_is_not_joined_to_itself(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");

	assert_int_equal(join(x, a, a), FA_E_USAGE);
}

static void
an_archive_that_is_too_short_is_an_error_and_nothing_changes(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");
	struct sweep_store *b = sweep_open(x, 1, "b");
	char path[640], *before;

	sweep_target(x, b, "two", "http://h/p");
	sweep_page(x, b, "b", "http://h/p", MEETS);
	OK(x, fa_store_commit(b->s, &x->err));
	(void)snprintf(path, sizeof(path), "%s/archive/b.warc.gz", b->dir);
	assert_int_equal(truncate(path, 100), 0);
	before = dump(x, a);
	assert_int_equal(join(x, a, b), FA_E_INPUT);
	assert_string_equal(dump(x, a), before);
}

static void
manifests_are_read_as_they_were_written(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *a = sweep_open(x, 0, "a");
	struct fa_manifest m = { .kind = "audit",
		.shard = { 2, 5 },
		.tool = FA_STR("faceaudit 1"),
		.bundle = FA_STR("abc"),
		.as_of = TODAY,
		.targets = 7,
		.done = 3 };
	struct fa_manifest_list l;

	OK(x, fa_store_put_manifest(a->s, &m, &x->err));
	OK(x, fa_store_manifests(&l, fa_str_c(a->dir), &x->a, &x->err));
	assert_int_equal(l.n, 1);
	assert_string_equal(l.at[0].kind, "audit");
	assert_int_equal(l.at[0].shard.i, 2);
	assert_int_equal(l.at[0].shard.n, 5);
	assert_int_equal(l.at[0].as_of, TODAY);
	assert_int_equal(l.at[0].targets, 7);
	assert_int_equal(l.at[0].done, 3);
	OK(x, fa_store_drop_manifest(a->s, "audit", &m.shard, &x->err));
	OK(x, fa_store_drop_manifest(a->s, "audit", &m.shard, &x->err));
	OK(x, fa_store_manifests(&l, fa_str_c(a->dir), &x->a, &x->err));
	assert_int_equal(l.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEP_TEST(order_and_repetition_do_not_matter),
		SWEEP_TEST(joining_joined_stores_is_joining_all),
		SWEEP_TEST(
			the_shorter_way_and_the_later_time_stand_in_any_order),
		SWEEP_TEST(
			shards_that_were_judged_apart_export_what_one_store_does),
		SWEEP_TEST(a_joined_store_can_be_judged_and_searched_anew),
		SWEEP_TEST(
			what_one_store_links_to_becomes_pending_for_the_targets_of_another),
		SWEEP_TEST(judgements_by_different_rules_are_not_mixed_unasked),
		SWEEP_TEST(a_store_is_not_joined_to_itself),
		SWEEP_TEST(
			an_archive_that_is_too_short_is_an_error_and_nothing_changes),
		SWEEP_TEST(manifests_are_read_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
