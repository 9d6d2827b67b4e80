/* Stores in odd places, written to by others, and of sizes that hurt. */
#include "fixture_sweep.h"

#include "store/internal.h"
#include "store/merge.h"

#define STEP 100 /* instructions of SQLite between two counts */

static const struct fa_merge_opts opts = { .max_step = 2 };

static void
a_store_that_is_being_written_to_can_be_joined(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *from = sweep_open(x, 0, "a");
	struct sweep_store *into = sweep_open(x, 1, "b");
	struct fa_store_counts n;

	sweep_target(x, from, "app", "http://h/p");
	sweep_page(x, from, "a", "http://h/p", SWEEP_POLICY SWEEP_TAIL);
	OK(x, fa_store_commit(from->s, &x->err));
	OK(x, fa_store_commit(into->s, &x->err));
	/* Not committed: it is not there yet, and nobody waits for it. */
	sweep_target(x, from, "later", "http://h/later");
	OK(x, fa_store_merge(into->s, fa_str_c(from->dir), &opts, &x->err));
	OK(x, fa_store_count(&n, into->s, &x->err));
	assert_int_equal(n.targets, 1);
	assert_int_equal(n.captures, 1);
	/* The writer was not kept from its work. */
	OK(x, fa_store_commit(from->s, &x->err));
}

static void
a_path_that_looks_like_a_uri_is_a_path(void **state)
{
	static const char name[] = "file:s?mode=memory";
	struct sweep *x = *state;
	struct sweep_store *from = sweep_open(x, 0, "a");
	struct fa_store *s = NULL;
	char dir[512];

	sweep_target(x, from, "app", "http://h/p");
	OK(x, fa_store_commit(from->s, &x->err));
	assert_non_null(getcwd(dir, sizeof(dir)));
	assert_int_equal(chdir(x->dir), 0);
	OK(x, fa_store_open(&s, fa_str_c(name), FA_STORE_CREATE, &x->err));
	OK(x, fa_store_merge(s, FA_STR("a"), &opts, &x->err));
	fa_store_close(s);
	assert_int_equal(
		access("file:s?mode=memory/faceaudit.sqlite", F_OK), 0);
	/* As the one that others are joined from, too. */
	OK(x, fa_store_merge(from->s, fa_str_c(name), &opts, &x->err));
	assert_int_equal(unlink("file:s?mode=memory/faceaudit.sqlite"), 0);
	assert_int_equal(unlink("file:s?mode=memory/lock"), 0);
	assert_int_equal(rmdir("file:s?mode=memory/archive"), 0);
	assert_int_equal(rmdir(name), 0);
	assert_int_equal(chdir(dir), 0);
}

static void
the_database_of_somebody_else_is_left_alone(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct fa_store *s = NULL;

	OK(x,
		fa_db_script(&t->s->db,
			"DROP TABLE target; PRAGMA user_version = 0", &x->err));
	OK(x, fa_store_commit(t->s, &x->err));
	fa_store_close(t->s);
	t->s = NULL;
	assert_int_equal(
		fa_store_open(&s, fa_str_c(t->dir), FA_STORE_CREATE, &x->err),
		FA_E_USAGE);
	assert_null(s);
}

static int
tick(void *ctx)
{
	++*(uint64_t *)ctx;
	return 0;
}

/* Work of n targets whose own URLs redirect to one policy that names two more
 * documents. */
static uint64_t
shared_policy(struct sweep *x, struct sweep_store *t, unsigned n)
{
	struct fa_store_rules rules = sweep_rules();
	uint64_t ticks = 0;
	int64_t policy;

	sweep_target(x, t, "first", "http://h/policy");
	policy = sweep_url(x, t, "http://h/policy");
	sweep_link(x, t, "http://h/policy", "http://h/kids", FA_ROLE_CHILDREN);
	sweep_end(x, t, "http://h/policy", FA_OUT_OK, 1);
	OK(x,
		fa_db_run(&t->s->db, &x->err,
			"UPDATE url SET kind = 'ok' WHERE id = ?", "i",
			policy));
	OK(x, fa_store_expand(t->s, policy, &rules, &x->err));
	sqlite3_progress_handler(t->s->db.h, STEP, tick, &ticks);
	for (unsigned i = 0; i < n; i++) {
		char key[32], url[64];

		(void)snprintf(key, sizeof(key), "app%u", i);
		(void)snprintf(url, sizeof(url), "http://h/%u", i);
		sweep_target(x, t, key, url);
		OK(x,
			fa_db_run(&t->s->db, &x->err,
				"UPDATE url SET outcome = 'redirect', at_ms = "
				"1, "
				"redirect = ? WHERE id = ?",
				"ii", policy, sweep_url(x, t, url)));
		OK(x,
			fa_store_expand(
				t->s, sweep_url(x, t, url), &rules, &x->err));
	}
	sqlite3_progress_handler(t->s->db.h, 0, NULL, NULL);
	return ticks;
}

static int64_t
count(struct sweep *x, struct sweep_store *t, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n;

	OK(x, fa_db_query(&st, &t->s->db, &x->err, sql, ""));
	assert_int_equal(fa_db_step(&t->s->db, st, &x->err), 1);
	n = fa_db_int(st, 0);
	fa_db_reset(st);
	return n;
}

static void
ten_times_the_targets_of_one_policy_are_ten_times_the_work(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *few = sweep_open(x, 0, "few");
	struct sweep_store *many = sweep_open(x, 1, "many");
	uint64_t a = shared_policy(x, few, 60);
	uint64_t b = shared_policy(x, many, 600);

	assert_true(a > 0);
	assert_true(b < 14 * a);
	/* Each wants its own URL, the policy and what that names. */
	assert_int_equal(
		count(x, many, "SELECT count(*) FROM edge"), 600 * 3 + 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEP_TEST(a_store_that_is_being_written_to_can_be_joined),
		SWEEP_TEST(a_path_that_looks_like_a_uri_is_a_path),
		SWEEP_TEST(the_database_of_somebody_else_is_left_alone),
		SWEEP_TEST(
			ten_times_the_targets_of_one_policy_are_ten_times_the_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
