/* The chain shows any change, and can be checked by anybody. */
#include "unit/fixture_record.h"

#include <inttypes.h>

#include "base/hash.h"

struct seen {
	char before[FA_HASH_HEX_BYTES];
	int rows, stop_at;
};

/* The digest by the words of record.h, not by the code of the store. */
static int
recompute(void *ctx, const struct fc_record_row *row, const char *sha256,
	struct fa_err *err)
{
	static const struct fa_str names[] = { FA_STR_INIT("begin"),
		FA_STR_INIT("show") };
	struct seen *k = ctx;
	char hex[FA_HASH_HEX_BYTES], text[2048];

	(void)snprintf(text, sizeof(text),
		"facecheck record 1\n%s\n%" PRId64 "\n%" PRId64
		"\n%.*s\nstart\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n",
		k->before, row->seq, (int64_t)RECORD_START_MS + k->rows,
		FA_STR_ARG(row->session), names[k->rows].p,
		k->rows ? "menu" : "start",
		k->rows ? "notice,methods,minor" : "minor",
		k->rows ? "notice 3 sha256:ab" : "", k->rows ? "face" : "",
		k->rows ? "是" : "", k->rows ? "lbp 1" : "",
		k->rows ? "secret" : "");
	assert_int_equal(fa_hash_sha256(hex, fa_str_c(text), err), FA_OK);
	assert_string_equal(hex, sha256);
	memcpy(k->before, hex, sizeof(hex));
	k->rows++;
	return k->rows == k->stop_at ? 5 : 0;
}

static void
a_digest_can_be_recomputed_from_what_is_documented(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fc_record_row row = { .text = FA_STR("notice 3 sha256:ab"),
		.method = FA_STR("face"),
		.answer = FA_STR("是"),
		.matcher = FA_STR("lbp 1"),
		.level = FA_STR("secret"),
		.seq = 99,
		.at_ms = 99,
		.facts = 99 };
	struct seen k = { .rows = 0 };
	struct fc_session s;

	record_begin(r, id, "li", FC_MINOR);
	r->now_ms++;
	assert_int_equal(fc_session_step(&s, r->s, &r->t, fa_str_c(id),
				 FC_E_SHOW, &row, &r->err),
		1);
	memset(k.before, '0', 64);
	assert_int_equal(
		fc_record_each(r->s, 0, recompute, &k, &r->err), FA_OK);
	assert_int_equal(k.rows, 2);
	memset(k.before, '0', 64);
	k.rows = 0;
	k.stop_at = 1;
	assert_int_equal(fc_record_each(r->s, 0, recompute, &k, &r->err), 5);
	assert_int_equal(k.rows, 1);
}

#define UNLOCK "DROP TRIGGER records_stay; DROP TRIGGER records_are_fixed; "

static const char *const changes[] = {
	"UPDATE records SET at_ms = at_ms + 1 WHERE seq = 3",
	"UPDATE records SET session = 'x' || substr(session, 2)"
	" WHERE seq = 3",
	"UPDATE records SET before = 'ask' WHERE seq = 3",
	"UPDATE records SET event = 'no' WHERE seq = 4",
	"UPDATE records SET after = 'done' WHERE seq = 3",
	"UPDATE records SET facts = facts || ',served' WHERE seq = 3",
	"UPDATE records SET facts = 'methods,notice' WHERE seq = 2",
	"UPDATE records SET text = 'another notice' WHERE seq = 3",
	"UPDATE records SET method = 'sms' WHERE seq = 3",
	"UPDATE records SET answer = 'yes' WHERE seq = 3",
	"UPDATE records SET matcher = 'm' WHERE seq = 3",
	"UPDATE records SET level = 'l' WHERE seq = 3",
	"UPDATE records SET sha256 = upper(sha256) WHERE seq = 3",
	"UPDATE records SET sha256 = '' WHERE seq = 7",
	"UPDATE records SET seq = 20 WHERE seq = 3",
	"UPDATE records SET seq = 8 WHERE seq = 7",
	"DELETE FROM records WHERE seq = 1",
	"DELETE FROM records WHERE seq = 3",
	"DELETE FROM records WHERE seq = 7",
	"DELETE FROM records",
	"DELETE FROM anchor",
	"UPDATE anchor SET seq = 1",
	"UPDATE anchor SET sha256 = replace(sha256, '0', '1')",
	"UPDATE sessions SET state = 'menu'",
	"UPDATE sessions SET facts = 'notice'",
	"UPDATE sessions SET facts = ''",
	"UPDATE sessions SET tries = 0",
	"INSERT INTO sessions (id, state, tries, facts, since_ms)"
	" VALUES ('a', 'start', 0, '', 0)",
};

/* Each change past the store, the triggers out of the way, is noticed when the
 * store is opened, or when it is walked by the table. */
static void
every_change_of_the_file_is_noticed(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES], path[100];
	struct fa_str whole;
	int64_t n;

	record_begin(r, id, "li", 0);
	(void)record_walk(r, id, record_way_by_face);
	record_close(r);
	assert_int_equal(fa_file_read(&whole, fa_str_c(r->path), 1u << 20,
				 &r->a, &r->err),
		FA_OK);
	(void)snprintf(path, sizeof(path), "%s", r->path);
	for (size_t i = 0; i < FA_COUNT(changes); i++) {
		char sql[400];
		int rc;

		assert_int_equal(
			fa_file_replace(fa_str_c(path), whole, &r->err), FA_OK);
		(void)snprintf(sql, sizeof(sql), "%s%s", UNLOCK, changes[i]);
		record_sql(path, sql);
		rc = record_open(r);
		if (rc == FA_OK)
			rc = fc_record_replay(r->s, &r->t, &n, &r->err);
		if (rc != FA_E_INPUT)
			fail_msg("%s: not noticed", changes[i]);
		record_close(r);
	}
	/* The control: without a change there is nothing to notice. */
	assert_int_equal(
		fa_file_replace(fa_str_c(path), whole, &r->err), FA_OK);
	record_sql(path, "DROP TRIGGER records_stay");
	assert_int_equal(record_open(r), FA_OK);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
}

static int
look_at(void *ctx, const struct fc_record_row *row, const char *sha256,
	struct fa_err *err)
{
	size_t *n = ctx;

	(void)err;
	*n += strlen(sha256) + row->session.n + row->text.n;
	return 0;
}

/* All that can be asked of a file, which may say anything. */
static int
use(struct record_rig *r, struct fc_store *s, const char *id)
{
	struct fc_session at;
	struct fa_str v;
	int64_t n;
	size_t bytes = 0;
	int bad = 0;

	bad += fc_record_verify(s, &n, &r->err) < 0;
	bad += fc_record_replay(s, &r->t, &n, &r->err) < 0;
	bad += fc_record_each(s, 0, look_at, &bytes, &r->err) < 0;
	bad += fc_session_get(&at, s, fa_str_c(id), &r->err) < 0;
	bad += fc_session_account(&v, s, fa_str_c(id), &r->a, &r->err) < 0;
	bad += fc_account_get(
		       &v, s, FA_STR("li"), FA_STR("k"), &r->a, &r->err) < 0;
	bad += fc_account_advance(s, FA_STR("li"), FA_STR("n"), 1, &r->err) < 0;
	bad += fc_session_step(&at, s, &r->t, fa_str_c(id), FC_E_CLOSE, NULL,
		       &r->err) < 0;
	return bad;
}

static void
a_damaged_file_is_an_error_not_a_crash(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fa_str whole;
	unsigned seed = 5, noticed = 0;
	char *bytes;

	record_begin(r, id, "li", 0);
	(void)record_walk(r, id, record_way_by_face);
	assert_int_equal(fc_account_put(r->s, FA_STR("li"), FA_STR("k"),
				 FA_STR("v"), false, &r->err),
		FA_OK);
	record_close(r);
	assert_int_equal(fa_file_read(&whole, fa_str_c(r->path), 1u << 20,
				 &r->a, &r->err),
		FA_OK);
	bytes = fa_arena_new(&r->a, whole.n, 1);
	assert_non_null(bytes);
	for (int i = 0; i < 200; i++) {
		struct fc_store *look = NULL;
		struct fa_str mixed = { bytes, whole.n };

		memcpy(bytes, whole.p, whole.n);
		for (int k = 0; k < 1 + i % 40; k++) {
			seed = seed * 1103515245u + 12345u;
			bytes[(seed >> 8) % whole.n] = (char)(seed >> 4);
		}
		assert_int_equal(
			fa_file_replace(fa_str_c(r->path), mixed, &r->err),
			FA_OK);
		if (fc_store_read(&look, fa_str_c(r->path), &r->err) == FA_OK)
			(void)use(r, look, id);
		fc_store_close(look);
		if (record_open(r) == FA_OK)
			noticed += use(r, r->s, id) > 0;
		else
			noticed++;
		record_close(r);
	}
	assert_true(noticed > 50);
}

static void
a_file_with_other_tables_is_an_error(void **state)
{
	static const char *const layouts[] = { "DROP TABLE records",
		"DROP TABLE anchor", "DROP TABLE sessions",
		"ALTER TABLE records DROP COLUMN level",
		("ALTER TABLE records RENAME TO r;"
		 "CREATE VIEW records AS SELECT * FROM r WHERE seq < 3") };
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fa_str whole;

	record_begin(r, id, "li", 0);
	(void)record_walk(r, id, record_way_by_face);
	record_close(r);
	assert_int_equal(fa_file_read(&whole, fa_str_c(r->path), 1u << 20,
				 &r->a, &r->err),
		FA_OK);
	for (size_t i = 0; i < FA_COUNT(layouts); i++) {
		assert_int_equal(
			fa_file_replace(fa_str_c(r->path), whole, &r->err),
			FA_OK);
		record_sql(r->path, UNLOCK);
		record_sql(r->path, layouts[i]);
		assert_int_equal(record_open(r), FA_E_INPUT);
	}
}

static void
the_table_of_the_file_refuses_changes(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	sqlite3 *h = NULL;

	record_begin(r, id, "li", 0);
	assert_int_equal(sqlite3_open(r->path, &h), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(h, "DELETE FROM records", NULL, NULL, NULL),
		SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(h, "UPDATE records SET answer = 'yes'",
				 NULL, NULL, NULL),
		SQLITE_CONSTRAINT);
	(void)sqlite3_close(h);
}

/* A service that runs by another table leaves records that the reference
 * table does not allow. */
static void
a_session_that_the_table_does_not_allow_is_noticed(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fc_table reference = r->t;
	int64_t n = 5;

	for (size_t i = 0; i < r->t.n; i++)
		if (r->t.rows[i].state == FC_S_CAPTURE)
			r->t.rows[i].state = FC_S_MENU;
	record_begin(r, id, "li", 0);
	(void)record_walk(r, id, (const int[]){ FC_E_SHOW, -1 });
	assert_int_equal(
		fc_record_replay(r->s, &reference, &n, &r->err), FA_OK);
	for (size_t i = 0; i < r->t.n; i++)
		if (r->t.rows[i].event == FC_E_IMAGE)
			r->t.rows[i].need = 0;
	(void)record_step(r, id, FC_E_IMAGE);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(
		fc_record_replay(r->s, &reference, &n, &r->err), FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "record 3"));
	assert_int_equal(n, 3);
}

static int
count_row(void *ctx, const struct fc_record_row *row, const char *sha256,
	struct fa_err *err)
{
	int64_t *last = ctx;

	(void)err;
	assert_int_equal(strlen(sha256), 64);
	assert_true(row->seq > *last);
	*last = row->seq;
	return row->event == FC_E_IMAGE ? 7 : 0;
}

static void
the_rows_of_one_session_come_alone_and_in_order(void **state)
{
	struct record_rig *r = *state;
	char id[2][FC_SESSION_ID_BYTES];
	int64_t last = 0;

	record_begin(r, id[0], "li", 0);
	record_begin(r, id[1], "wang", 0);
	(void)record_walk(r, id[1], record_way_by_face);
	(void)record_step(r, id[0], FC_E_SHOW);
	assert_int_equal(
		fc_record_of(r->s, fa_str_c(id[0]), count_row, &last, &r->err),
		FA_OK);
	assert_int_equal(last, 9);
	last = 0;
	assert_int_equal(
		fc_record_of(r->s, fa_str_c(id[1]), count_row, &last, &r->err),
		7);
	assert_int_equal(last, 6);
	last = 0;
	assert_int_equal(
		fc_record_of(r->s, FA_STR("nobody"), count_row, &last, &r->err),
		FA_OK);
	assert_int_equal(last, 0);
}

static void
two_services_write_one_chain(void **state)
{
	struct record_rig *r = *state;
	struct record_rig other = *r;
	char id[2][FC_SESSION_ID_BYTES];
	int64_t n;

	assert_int_equal(record_open(&other), FA_OK);
	record_begin(r, id[0], "li", 0);
	record_begin(&other, id[1], "wang", 0);
	for (int i = 0; record_way_by_face[i] >= 0; i++) {
		(void)record_step(
			r, id[i % 2], (enum fc_event)record_way_by_face[i]);
		(void)record_step(&other, id[(i + 1) % 2],
			(enum fc_event)record_way_by_face[i]);
	}
	record_close(&other);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 14);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
	assert_int_equal(n, 2);
}

static void
what_is_older_than_three_years_can_be_dropped_and_the_chain_goes_on(
	void **state)
{
	struct record_rig *r = *state;
	char id[3][FC_SESSION_ID_BYTES];
	int64_t day = 86400000, n = 7;

	record_begin(r, id[0], "li", 0);
	(void)record_walk(r, id[0], record_way_by_face);
	record_begin(r, id[1], "wang", 0);
	(void)record_step(r, id[1], FC_E_SHOW);
	r->now_ms += 100 * day;
	(void)record_step(r, id[1], FC_E_FACE);
	record_begin(r, id[2], "zhao", 0);
	r->now_ms = RECORD_START_MS + FC_RECORD_KEEP_DAYS * day;
	assert_int_equal(fc_record_prune(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 0);
	r->now_ms++;
	assert_int_equal(fc_record_prune(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 9);
	assert_int_equal(fc_record_prune(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 0);
	/* Walked from where their records begin. */
	(void)record_step(r, id[1], FC_E_YES);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 3);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
	assert_int_equal(n, 2);
	assert_int_equal(record_search(r->dir, FA_STR("li")) > 0 &&
			record_search(r->dir, fa_str_c(id[0])) > 0,
		0);
	r->now_ms += 4000 * day;
	assert_int_equal(fc_record_prune(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 3);
	record_begin(r, id[0], "li", 0);
	record_close(r);
	assert_int_equal(record_open(r), FA_OK);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 1);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, record_setup, record_teardown)
	const struct CMUnitTest tests[] = {
		T(a_digest_can_be_recomputed_from_what_is_documented),
		T(every_change_of_the_file_is_noticed),
		T(a_damaged_file_is_an_error_not_a_crash),
		T(a_file_with_other_tables_is_an_error),
		T(the_table_of_the_file_refuses_changes),
		T(a_session_that_the_table_does_not_allow_is_noticed),
		T(the_rows_of_one_session_come_alone_and_in_order),
		T(two_services_write_one_chain),
		T(what_is_older_than_three_years_can_be_dropped_and_the_chain_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
