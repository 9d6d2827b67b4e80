/* What is deleted of an account is gone from the files; what is recorded of
 * it stays. */
#include "unit/fixture_record.h"

#include "base/hash.h"
#include "facecheck/method/review.h"

#define NEEDLE "needle-4f1c9a70e2"

static void
keep(struct record_rig *r, const char *account, const char *name,
	const char *value, bool biometric)
{
	if (fc_account_put(r->s, fa_str_c(account), fa_str_c(name),
		    fa_str_c(value), biometric, &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
}

static int
search(struct record_rig *r, const char *needle)
{
	return record_search(r->dir, fa_str_c(needle));
}

static void
a_value_is_kept_replaced_and_dropped(void **state)
{
	struct record_rig *r = *state;
	struct fa_str v;

	keep(r, "li", "phone", NEEDLE "1", false);
	keep(r, "wang", "phone", "0", false);
	assert_true(search(r, NEEDLE "1") > 0);
	assert_int_equal(fc_account_get(&v, r->s, FA_STR("li"), FA_STR("phone"),
				 &r->a, &r->err),
		1);
	assert_true(fa_str_eq(v, FA_STR(NEEDLE "1")));
	keep(r, "li", "phone", NEEDLE "2", false);
	assert_int_equal(search(r, NEEDLE "1"), 0);
	assert_true(search(r, NEEDLE "2") > 0);
	assert_int_equal(
		fc_account_drop(r->s, FA_STR("li"), FA_STR("mail"), &r->err),
		0);
	assert_int_equal(
		fc_account_drop(r->s, FA_STR("li"), FA_STR("phone"), &r->err),
		1);
	assert_int_equal(search(r, NEEDLE), 0);
	assert_int_equal(fc_account_get(&v, r->s, FA_STR("li"), FA_STR("phone"),
				 &r->a, &r->err),
		0);
	assert_int_equal(fc_account_get(&v, r->s, FA_STR("wang"),
				 FA_STR("phone"), &r->a, &r->err),
		1);
}

static void
any_bytes_are_a_value_up_to_a_limit(void **state)
{
	static char big[FC_VALUE_BYTES + 1];
	struct record_rig *r = *state;
	struct fa_str v;
	char name[FC_ACCOUNT_BYTES + 1];

	memset(big, 0xfe, sizeof(big));
	memset(name, 'n', sizeof(name));
	assert_int_equal(
		fc_account_put(r->s, FA_STR("li"), FA_STR("k"),
			(struct fa_str){ big, FC_VALUE_BYTES }, false, &r->err),
		FA_OK);
	assert_int_equal(fc_account_get(&v, r->s, FA_STR("li"), FA_STR("k"),
				 &r->a, &r->err),
		1);
	assert_int_equal(v.n, FC_VALUE_BYTES);
	assert_memory_equal(v.p, big, v.n);
	assert_int_equal(
		fc_account_put(r->s, FA_STR("li"), FA_STR("k"),
			(struct fa_str){ big, sizeof(big) }, false, &r->err),
		FA_E_LIMIT);
	assert_int_equal(fc_account_put(r->s, FA_STR("li"), FA_STR("k"),
				 FA_STR_NONE, false, &r->err),
		FA_OK);
	assert_int_equal(fc_account_get(&v, r->s, FA_STR("li"), FA_STR("k"),
				 &r->a, &r->err),
		1);
	assert_int_equal(v.n, 0);
	assert_int_equal(fc_account_put(r->s, FA_STR(""), FA_STR("k"),
				 FA_STR("v"), false, &r->err),
		FA_E_USAGE);
	assert_int_equal(fc_account_put(r->s, FA_STR("li"),
				 (struct fa_str){ name, sizeof(name) },
				 FA_STR("v"), false, &r->err),
		FA_E_USAGE);
	assert_int_equal(fc_account_put(r->s, FA_STR("li"),
				 (struct fa_str){ name, sizeof(name) - 1 },
				 FA_STR("v"), false, &r->err),
		FA_OK);
}

static void
closing_erases_the_account_and_keeps_the_records(void **state)
{
	struct record_rig *r = *state;
	char id[2][FC_SESSION_ID_BYTES];
	struct fa_str account;
	int64_t n;

	keep(r, NEEDLE "-account", "totp", NEEDLE "-secret", false);
	keep(r, "wang", "totp", "another secret", false);
	record_begin(r, id[0], NEEDLE "-account", FC_LOCKED);
	record_begin(r, id[1], NEEDLE "-account", 0);
	(void)record_walk(r, id[0], record_way_by_face);
	assert_true(search(r, NEEDLE "-account") > 0);
	assert_true(search(r, NEEDLE "-secret") > 0);
	(void)record_step(r, id[0], FC_E_CLOSE);
	assert_int_equal(search(r, NEEDLE), 0);
	assert_true(search(r, "another secret") > 0);
	assert_true(search(r, id[0]) > 0);
	assert_int_equal(fc_session_account(&account, r->s, fa_str_c(id[1]),
				 &r->a, &r->err),
		0);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 9);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
}

/* A verifier that stored a face (a faulty one) loses it with the consent. */
static void
withdrawing_erases_what_is_biometric_and_nothing_else(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	int64_t n;

	record_begin(r, id, "li", 0);
	keep(r, "li", "face", NEEDLE, true);
	keep(r, "li", "phone", "number of li", false);
	keep(r, "wang", "face", "template of wang", true);
	(void)record_walk(
		r, id, (const int[]){ FC_E_SHOW, FC_E_FACE, FC_E_YES, -1 });
	assert_true(search(r, NEEDLE) > 0);
	(void)record_step(r, id, FC_E_WITHDRAW);
	assert_int_equal(search(r, NEEDLE), 0);
	assert_true(search(r, "number of li") > 0);
	assert_true(search(r, "template of wang") > 0);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 5);
}

static void
erasing_twice_erases_nothing_more(void **state)
{
	struct record_rig *r = *state;

	keep(r, "li", "phone", NEEDLE, false);
	assert_int_equal(fc_account_erase(r->s, FA_STR("li"), &r->err), 1);
	assert_int_equal(search(r, NEEDLE), 0);
	assert_int_equal(fc_account_erase(r->s, FA_STR("li"), &r->err), 0);
	assert_int_equal(
		fc_account_erase(r->s, FA_STR("never there"), &r->err), 0);
}

struct crowd {
	sqlite3 *plain; /* the control: secure_delete and an emptied log only */
	bool live[3000];
	int n;
	unsigned seed;
};

static unsigned
draw(struct crowd *c)
{
	c->seed = c->seed * 1103515245u + 12345u;
	return c->seed >> 8;
}

/* Looks random, and is the same in every run. */
static void
needle_of(char out[FA_HASH_HEX_BYTES], int k)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "person %d", k);
	assert_int_equal(fa_hash_sha256(out, fa_str_c(text), NULL), FA_OK);
}

static void
both(struct crowd *c, struct record_rig *r, int k, bool add)
{
	char hex[FA_HASH_HEX_BYTES], value[4000] = "", sql[5000];
	size_t n = 0;

	needle_of(hex, k);
	for (unsigned i = draw(c) % 40 + 1; i > 0 && add; i--)
		n += (size_t)snprintf(value + n, sizeof(value) - n, "%s", hex);
	if (add)
		(void)snprintf(sql, sizeof(sql),
			"INSERT INTO t VALUES ('%.16s', 'v', x'%s')", hex,
			value);
	else
		(void)snprintf(sql, sizeof(sql),
			"DELETE FROM t WHERE a = '%.16s'", hex);
	assert_int_equal(
		sqlite3_exec(c->plain, sql, NULL, NULL, NULL), SQLITE_OK);
	hex[16] = '\0';
	if (add)
		keep(r, hex, "v", value, false);
	else
		assert_int_equal(
			fc_account_erase(r->s, fa_str_c(hex), &r->err), 1);
	c->live[k] = add;
}

/* Dead needles in a file: by name of the account, as it stands in both. */
static int
residue(struct crowd *c, struct record_rig *r, const char *name)
{
	char path[200], hex[FA_HASH_HEX_BYTES];
	struct fa_str data = FA_STR("");
	int n = 0;

	(void)snprintf(path, sizeof(path), "%s/%s", r->dir, name);
	assert_int_equal(
		fa_file_read(&data, fa_str_c(path), 32u << 20, &r->a, &r->err),
		FA_OK);
	for (int k = 0; k < c->n; k++) {
		needle_of(hex, k);
		hex[16] = '\0';
		n += !c->live[k] &&
			fa_str_find(data, fa_str_c(hex), 0) != SIZE_MAX;
	}
	return n;
}

/* Accounts come and go at random, in the store and in a table with the
 * settings that are recommended everywhere. The table keeps copies of some
 * that are gone, which shows that the search sees them; the store keeps
 * none. */
static void
nothing_of_those_who_left_a_crowd_is_in_the_file(void **state)
{
	struct record_rig *r = *state;
	struct crowd c = { .seed = 2 };
	char path[200];

	(void)snprintf(path, sizeof(path), "%s/plain", r->dir);
	assert_int_equal(sqlite3_open(path, &c.plain), SQLITE_OK);
	assert_int_equal(sqlite3_exec(c.plain,
				 "PRAGMA journal_mode = WAL;"
				 "PRAGMA synchronous = OFF;"
				 "PRAGMA secure_delete = ON;"
				 "CREATE TABLE t (a TEXT, n TEXT, v BLOB,"
				 " PRIMARY KEY (a, n)) WITHOUT ROWID",
				 NULL, NULL, NULL),
		SQLITE_OK);
	for (int i = 0; i < 600; i++) {
		int k = c.n ? (int)(draw(&c) % (unsigned)c.n) : 0;

		if (draw(&c) % 100 < 48 && c.n && c.live[k])
			both(&c, r, k, false);
		else
			both(&c, r, c.n++, true);
	}
	assert_int_equal(
		sqlite3_exec(c.plain, "PRAGMA wal_checkpoint(TRUNCATE)", NULL,
			NULL, NULL),
		SQLITE_OK);
	/* On failure: this SQLite leaves nothing behind in 600 changes, and
	 * another seed is needed to see that the search sees it. */
	assert_true(residue(&c, r, "plain") > 0);
	assert_int_equal(residue(&c, r, "store"), 0);
	/* The log is emptied by a deletion. */
	for (int k = c.n - 1; k >= 0; k--)
		if (c.live[k]) {
			both(&c, r, k, false);
			break;
		}
	assert_int_equal(residue(&c, r, "store"), 0);
	assert_int_equal(residue(&c, r, "store-wal"), 0);
	(void)sqlite3_close(c.plain);
}

static void
a_number_only_grows(void **state)
{
	struct record_rig *r = *state;
	struct fa_str li = FA_STR("li"), step = FA_STR("step");
	int64_t n = 77;

	assert_int_equal(fc_account_number(&n, r->s, li, step, &r->err), 0);
	assert_int_equal(n, 77);
	assert_int_equal(fc_account_advance(r->s, li, step, 0, &r->err), 1);
	assert_int_equal(fc_account_advance(r->s, li, step, 0, &r->err), 0);
	assert_int_equal(fc_account_advance(r->s, li, step, 7, &r->err), 1);
	assert_int_equal(fc_account_advance(r->s, li, step, 6, &r->err), 0);
	assert_int_equal(fc_account_advance(r->s, li, step, -1, &r->err), 0);
	record_close(r);
	assert_int_equal(record_open(r), FA_OK);
	assert_int_equal(fc_account_number(&n, r->s, li, step, &r->err), 1);
	assert_int_equal(n, 7);
	assert_int_equal(
		fc_account_advance(r->s, li, step, INT64_MAX, &r->err), 1);
	keep(r, "li", "step", "seven", false);
	assert_int_equal(
		fc_account_advance(r->s, li, step, 8, &r->err), FA_E_INPUT);
}

static void
tries_are_counted_by_way_within_a_time(void **state)
{
	struct record_rig *r = *state;
	struct fa_str li = FA_STR("li");

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < FC_ACCOUNT_TRIES; i++) {
			r->now_ms++;
			assert_int_equal(fc_account_try(r->s, li,
						 FC_METHOD_TOTP, &r->err),
				1);
		}
		assert_int_equal(
			fc_account_try(r->s, li, FC_METHOD_TOTP, &r->err), 0);
		assert_int_equal(
			fc_account_try(r->s, li, FC_METHOD_SMS, &r->err), 1);
		r->now_ms += FC_ACCOUNT_TRIES_MS - FC_ACCOUNT_TRIES;
		assert_int_equal(
			fc_account_try(r->s, li, FC_METHOD_TOTP, &r->err), 0);
		r->now_ms++;
	}
	assert_int_equal(
		fc_account_passed(r->s, li, FC_METHOD_TOTP, &r->err), FA_OK);
	for (int i = 0; i < FC_ACCOUNT_TRIES; i++)
		assert_int_equal(
			fc_account_try(r->s, li, FC_METHOD_TOTP, &r->err), 1);
	assert_int_equal(fc_account_try(r->s, li, FC_METHOD_TOTP, &r->err), 0);
	assert_int_equal(fc_account_passed(r->s, FA_STR("nobody"),
				 FC_METHOD_TOTP, &r->err),
		FA_OK);
}

static void
a_code_is_kept_for_a_session_and_right_once(void **state)
{
	struct record_rig *r = *state;
	struct fc_code code = { "314159", RECORD_START_MS / 1000 + 300,
		FC_CODE_TRIES };
	char id[FC_SESSION_ID_BYTES];
	struct fa_str s, right = FA_STR("314159"), wrong = FA_STR("314158");

	record_begin(r, id, "li", 0);
	s = fa_str_c(id);
	assert_int_equal(fc_session_code_try(r->s, s, right, &r->err), 0);
	assert_int_equal(fc_session_code_put(r->s, s, &code, &r->err), FA_OK);
	assert_int_equal(fc_session_code_try(r->s, s, wrong, &r->err), 0);
	record_close(r);
	assert_int_equal(record_open(r), FA_OK);
	assert_int_equal(fc_session_code_try(r->s, s, right, &r->err), 1);
	assert_int_equal(fc_session_code_try(r->s, s, right, &r->err), 0);
	assert_int_equal(fc_session_code_put(r->s, s, &code, &r->err), FA_OK);
	for (int i = 0; i < FC_CODE_TRIES; i++)
		assert_int_equal(
			fc_session_code_try(r->s, s, wrong, &r->err), 0);
	assert_int_equal(fc_session_code_try(r->s, s, right, &r->err), 0);
	for (int i = 2; i < FC_SESSION_CODES; i++)
		assert_int_equal(
			fc_session_code_put(r->s, s, &code, &r->err), FA_OK);
	r->now_ms += 300 * 1000;
	assert_int_equal(fc_session_code_try(r->s, s, right, &r->err), 0);
	assert_int_equal(
		fc_session_code_put(r->s, s, &code, &r->err), FA_E_LIMIT);
	assert_int_equal(
		fc_session_code_put(r->s, FA_STR("nobody"), &code, &r->err),
		FA_E_NOTFOUND);
}

static void
a_code_ends_with_the_state_in_which_it_was_sent(void **state)
{
	struct record_rig *r = *state;
	struct fc_code code = { "314159", RECORD_START_MS / 1000 + 300,
		FC_CODE_TRIES };
	char id[FC_SESSION_ID_BYTES];

	record_begin(r, id, "li", 0);
	(void)record_step(r, id, FC_E_SHOW);
	assert_int_equal(
		fc_session_code_put(r->s, fa_str_c(id), &code, &r->err), FA_OK);
	(void)record_step(r, id, FC_E_CLOSE); /* stays where it is */
	(void)record_step(r, id, FC_E_OTHER);
	assert_int_equal(fc_session_code_try(
				 r->s, fa_str_c(id), FA_STR("314159"), &r->err),
		0);
	assert_int_equal(
		fc_session_code_put(r->s, fa_str_c(id), &code, &r->err), FA_OK);
	assert_int_equal(fc_session_code_try(
				 r->s, fa_str_c(id), FA_STR("314159"), &r->err),
		1);
}

static void
review_has_a_deadline_and_one_decision(void **state)
{
	struct record_rig *r = *state;
	char id[2][FC_SESSION_ID_BYTES];
	struct fc_review v;
	struct fc_session s;
	int64_t waiting = 9, overdue = 9, n;

	assert_int_equal(fc_review_next(&v, r->s, r->now_ms, &r->err), 0);
	for (int i = 0; i < 2; i++) {
		record_begin(r, id[i], "li", 0);
		(void)record_step(r, id[i], FC_E_SHOW);
		assert_int_equal(fc_review_find(&v, r->s, fa_str_c(id[i]),
					 r->now_ms, &r->err),
			0);
		(void)record_step(r, id[i], FC_E_REVIEW);
		r->now_ms += 1000;
	}
	r->now_ms = RECORD_START_MS + FC_REVIEW_MS;
	assert_int_equal(fc_review_next(&v, r->s, r->now_ms, &r->err), 1);
	assert_string_equal(v.session, id[0]);
	assert_false(v.overdue);
	assert_int_equal(v.due_ms, RECORD_START_MS + FC_REVIEW_MS);
	r->now_ms++;
	assert_int_equal(fc_review_next(&v, r->s, r->now_ms, &r->err), 1);
	assert_true(v.overdue);
	assert_int_equal(
		fc_review_count(&waiting, &overdue, r->s, r->now_ms, &r->err),
		FA_OK);
	assert_int_equal(waiting, 2);
	assert_int_equal(overdue, 1);
	assert_int_equal(fc_review_decide(&s, r->s, &r->t, fa_str_c(id[0]),
				 true, FA_STR(""), &r->err),
		FA_E_USAGE);
	assert_int_equal(fc_review_decide(&s, r->s, &r->t, fa_str_c(id[0]),
				 true, FA_STR("工号 17"), &r->err),
		1);
	assert_int_equal(s.state, FC_S_DONE);
	assert_int_equal(fc_review_decide(&s, r->s, &r->t, fa_str_c(id[0]),
				 false, FA_STR("工号 18"), &r->err),
		0);
	assert_int_equal(
		fc_review_find(&v, r->s, fa_str_c(id[1]), r->now_ms, &r->err),
		1);
	assert_false(v.overdue);
	assert_int_equal(fc_review_decide(&s, r->s, &r->t, fa_str_c(id[1]),
				 false, FA_STR("工号 18"), &r->err),
		1);
	assert_int_equal(s.state, FC_S_REFUSED);
	assert_int_equal(fc_review_next(&v, r->s, r->now_ms, &r->err), 0);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
	assert_true(search(r, "human:工号 17") > 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, record_setup, record_teardown)
	const struct CMUnitTest tests[] = {
		T(a_value_is_kept_replaced_and_dropped),
		T(any_bytes_are_a_value_up_to_a_limit),
		T(closing_erases_the_account_and_keeps_the_records),
		T(withdrawing_erases_what_is_biometric_and_nothing_else),
		T(erasing_twice_erases_nothing_more),
		T(nothing_of_those_who_left_a_crowd_is_in_the_file),
		T(a_number_only_grows),
		T(tries_are_counted_by_way_within_a_time),
		T(a_code_is_kept_for_a_session_and_right_once),
		T(a_code_ends_with_the_state_in_which_it_was_sent),
		T(review_has_a_deadline_and_one_decision),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
