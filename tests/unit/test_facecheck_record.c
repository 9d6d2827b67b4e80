/* Sessions and their records are written together, and only by the store. */
#include "unit/fixture_record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"

static void
a_new_store_is_its_owners_only_and_empty(void **state)
{
	struct record_rig *r = *state;
	char hex[FA_HASH_HEX_BYTES];
	struct fc_session s;
	struct stat st;
	int64_t n = 9;

	assert_int_equal(stat(r->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 0);
	assert_int_equal(fc_record_head(r->s, &n, hex, &r->err), FA_OK);
	assert_int_equal(n, 0);
	assert_int_equal(strspn(hex, "0"), 64);
	assert_int_equal(
		fc_session_get(&s, r->s, FA_STR("nobody"), &r->err), 0);
}

static void
a_session_and_its_records_are_there_after_opening_again(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fc_session s, again;
	struct fa_str account;
	int64_t n;

	record_begin(r, id, "li", FC_REMOTE | FC_LOCKED);
	assert_int_equal(strspn(id, "0123456789abcdef"), 32);
	s = record_walk(r, id,
		(const int[]){ FC_E_SHOW, FC_E_FACE, FC_E_YES, FC_E_SEND_YES,
			FC_E_IMAGE, -1 });
	assert_int_equal(s.state, FC_S_LIVE);
	assert_int_equal(s.tries, 1);
	record_close(r);
	assert_int_equal(record_open(r), FA_OK);
	assert_int_equal(
		fc_session_get(&again, r->s, fa_str_c(id), &r->err), 1);
	assert_int_equal(again.state, s.state);
	assert_int_equal(again.tries, s.tries);
	assert_int_equal(again.facts, s.facts);
	assert_int_equal(fc_session_account(
				 &account, r->s, fa_str_c(id), &r->a, &r->err),
		1);
	assert_true(fa_str_eq(account, FA_STR("li")));
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 6);
	assert_int_equal(fc_record_replay(r->s, &r->t, &n, &r->err), FA_OK);
	assert_int_equal(n, 1);
}

static void
an_event_that_changes_nothing_is_not_recorded(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES], hex[FA_HASH_HEX_BYTES];
	struct fc_session s = { 77, 77, 77 };
	int64_t n;

	record_begin(r, id, "li", 0);
	assert_int_equal(fc_session_step(&s, r->s, &r->t, fa_str_c(id),
				 FC_E_IMAGE, NULL, &r->err),
		0);
	assert_int_equal(s.state, 77);
	assert_int_equal(fc_record_head(r->s, &n, hex, &r->err), FA_OK);
	assert_int_equal(n, 1);
	assert_int_equal(fc_session_step(&s, r->s, &r->t, FA_STR("nobody"),
				 FC_E_SHOW, NULL, &r->err),
		FA_E_NOTFOUND);
	assert_int_equal(
		fc_session_begin(id, r->s, FA_STR("li"), FC_CONSENT, &r->err),
		FA_E_USAGE);
	assert_int_equal(fc_record_head(r->s, &n, hex, &r->err), FA_OK);
	assert_int_equal(n, 1);
}

static void
what_is_no_line_of_text_is_not_recorded(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT("a\nb"),
		FA_STR_INIT("\x7f"), FA_STR_INIT("\xff"), FA_STR_INIT("a\0b") };
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES], hex[FA_HASH_HEX_BYTES];
	char longest[FC_RECORD_FIELD_BYTES + 1];
	struct fc_record_row row = { .seq = 0 };
	struct fc_session s;
	int64_t n;

	memset(longest, 'a', sizeof(longest));
	record_begin(r, id, "li", 0);
	for (size_t i = 0; i <= FA_COUNT(bad); i++) {
		struct fa_str *fields[] = { &row.text, &row.method, &row.answer,
			&row.matcher, &row.level };

		for (size_t k = 0; k < FA_COUNT(fields); k++) {
			*fields[k] = i < FA_COUNT(bad)
				? bad[i]
				: (struct fa_str){ longest, sizeof(longest) };
			assert_int_equal(
				fc_session_step(&s, r->s, &r->t, fa_str_c(id),
					FC_E_SHOW, &row, &r->err),
				FA_E_USAGE);
			*fields[k] = FA_STR_NONE;
		}
	}
	assert_int_equal(fc_record_head(r->s, &n, hex, &r->err), FA_OK);
	assert_int_equal(n, 1);
	row.text = (struct fa_str){ longest, FC_RECORD_FIELD_BYTES };
	row.method = FA_STR("");
	assert_int_equal(fc_session_step(&s, r->s, &r->t, fa_str_c(id),
				 FC_E_SHOW, &row, &r->err),
		1);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
}

static void
a_file_that_is_no_store_is_refused_and_left_as_it_is(void **state)
{
	struct record_rig *r = *state;
	struct fa_str data;
	char path[120];
	struct fc_store *s = NULL;

	(void)snprintf(path, sizeof(path), "%s/other", r->dir);
	assert_int_equal(fa_file_replace(fa_str_c(path),
				 FA_STR("not a database, but a text of some "
					"length to be sure of that"),
				 &r->err),
		FA_OK);
	assert_int_equal(fc_store_open(&s, fa_str_c(path),
				 fa_clock_fixed(&r->now_ms), &r->err),
		FA_E_INPUT);
	assert_null(s);
	assert_int_equal(
		fa_file_read(&data, fa_str_c(path), 1000, &r->a, &r->err),
		FA_OK);
	assert_true(fa_str_starts(data, FA_STR("not a database")));
	assert_int_equal(unlink(path), 0);
	record_sql(path, "CREATE TABLE t(a)");
	assert_int_equal(fc_store_open(&s, fa_str_c(path),
				 fa_clock_fixed(&r->now_ms), &r->err),
		FA_E_INPUT);
	record_sql(path,
		"DROP TABLE t; PRAGMA application_id = 1717791537;"
		"PRAGMA user_version = 2");
	assert_int_equal(fc_store_open(&s, fa_str_c(path),
				 fa_clock_fixed(&r->now_ms), &r->err),
		FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "version 2"));
	/* Not put into WAL mode (file format, 1.3.3). */
	assert_int_equal(
		fa_file_read(&data, fa_str_c(path), 1u << 20, &r->a, &r->err),
		FA_OK);
	assert_int_equal(data.p[18], 1);
}

static void
a_path_that_cannot_be_is_refused(void **state)
{
	struct record_rig *r = *state;
	struct fc_store *s = NULL;
	struct fa_clock c = fa_clock_fixed(&r->now_ms);

	assert_int_equal(fc_store_open(&s, FA_STR(""), c, &r->err), FA_E_USAGE);
	assert_int_equal(
		fc_store_open(&s, FA_STR("a\0b"), c, &r->err), FA_E_USAGE);
	assert_int_equal(
		fc_store_open(&s, FA_STR("/nowhere/at/all"), c, &r->err),
		FA_E_IO);
	assert_int_equal(
		fc_store_open(&s, fa_str_c(r->dir), c, &r->err), FA_E_IO);
	assert_int_equal(fc_store_read(&s, FA_STR("/nowhere/at/all"), &r->err),
		FA_E_NOTFOUND);
	assert_null(s);
}

static void
who_only_looks_sees_all_and_changes_nothing(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct fc_store *look = NULL;
	struct fc_session s;
	int64_t n;

	record_begin(r, id, "li", 0);
	assert_int_equal(
		fc_store_read(&look, fa_str_c(r->path), &r->err), FA_OK);
	/* Beside the service that goes on. */
	(void)record_walk(r, id, record_way_by_face);
	assert_int_equal(fc_record_verify(look, &n, &r->err), FA_OK);
	assert_int_equal(n, 7);
	assert_int_equal(fc_session_get(&s, look, fa_str_c(id), &r->err), 1);
	assert_int_equal(s.state, FC_S_DONE);
	assert_int_equal(fc_session_step(&s, look, &r->t, fa_str_c(id),
				 FC_E_CLOSE, NULL, &r->err),
		FA_E_IO);
	fc_store_close(look);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 7);
}

static int
collect(void *ctx, struct fa_str id, int64_t since_ms, struct fa_err *err)
{
	struct fa_buf *b = ctx;

	(void)err;
	fa_buf_addf(b, "%.4s%" PRId64 " ", id.p, since_ms - RECORD_START_MS);
	return 0;
}

static void
who_waits_longest_comes_first(void **state)
{
	struct record_rig *r = *state;
	char id[3][FC_SESSION_ID_BYTES], expected[64];
	struct fa_buf b;
	int64_t n = 0;

	fa_buf_init(&b, 1000);
	for (int i = 0; i < 3; i++) {
		record_begin(r, id[i], "li", 0);
		(void)record_step(r, id[i], FC_E_SHOW);
	}
	for (int i = 2; i >= 0; i--) {
		r->now_ms += 10;
		(void)record_step(r, id[i], FC_E_REVIEW);
	}
	r->now_ms += 10;
	/* A withdrawal does not put anybody to the end of the queue. */
	(void)record_step(r, id[2], FC_E_CLOSE);
	(void)snprintf(
		expected, sizeof(expected), "%.4s10 %.4s20 ", id[2], id[1]);
	assert_int_equal(fc_session_waiting(r->s, FC_S_HUMAN,
				 RECORD_START_MS + 30, collect, &b, &r->err),
		FA_OK);
	assert_string_equal(b.p, expected);
	assert_int_equal(
		fc_session_count(&n, r->s, FC_S_HUMAN, INT64_MAX, &r->err),
		FA_OK);
	assert_int_equal(n, 3);
	fa_buf_done(&b);
}

static void
sessions_that_ended_are_forgotten_with_their_ties_and_not_their_records(
	void **state)
{
	struct record_rig *r = *state;
	char id[3][FC_SESSION_ID_BYTES];
	struct fc_session s;
	int64_t n;

	for (int i = 0; i < 3; i++)
		record_begin(r, id[i], "needle-of-an-account", 0);
	(void)record_walk(r, id[0], record_way_by_face);
	(void)record_walk(r, id[1], record_way_by_face);
	(void)record_step(r, id[2], FC_E_SHOW);
	assert_int_equal(fc_session_forget(r->s, RECORD_START_MS, &r->err), 0);
	assert_int_equal(
		fc_session_forget(r->s, RECORD_START_MS + 1, &r->err), 2);
	assert_int_equal(fc_session_get(&s, r->s, fa_str_c(id[0]), &r->err), 0);
	assert_int_equal(fc_session_get(&s, r->s, fa_str_c(id[2]), &r->err), 1);
	(void)record_walk(r, id[2], record_way_by_face + 1);
	assert_true(record_search(r->dir, FA_STR("needle-of-an-account")) > 0);
	assert_int_equal(
		fc_session_forget(r->s, RECORD_START_MS + 1, &r->err), 1);
	assert_int_equal(
		record_search(r->dir, FA_STR("needle-of-an-account")), 0);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 21);
}

/* A full disk: the session stays where it was, and goes on when there is
 * room. */
static void
a_step_that_cannot_be_written_did_not_happen(void **state)
{
	struct record_rig *r = *state;
	char id[FC_SESSION_ID_BYTES];
	struct rlimit old, none;
	struct fc_session s = { 77, 77, 77 };
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	int64_t n;
	int rc;

	record_begin(r, id, "li", 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	none = old;
	none.rlim_cur = 8192;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	rc = fc_session_step(
		&s, r->s, &r->t, fa_str_c(id), FC_E_SHOW, NULL, &r->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	(void)signal(SIGXFSZ, handler);
	assert_int_equal(rc, FA_E_IO);
	assert_int_equal(s.state, 77);
	assert_int_equal(fc_session_get(&s, r->s, fa_str_c(id), &r->err), 1);
	assert_int_equal(s.state, FC_S_START);
	(void)record_step(r, id, FC_E_SHOW);
	assert_int_equal(fc_record_verify(r->s, &n, &r->err), FA_OK);
	assert_int_equal(n, 2);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, record_setup, record_teardown)
	const struct CMUnitTest tests[] = {
		T(a_new_store_is_its_owners_only_and_empty),
		T(a_session_and_its_records_are_there_after_opening_again),
		T(an_event_that_changes_nothing_is_not_recorded),
		T(what_is_no_line_of_text_is_not_recorded),
		T(a_file_that_is_no_store_is_refused_and_left_as_it_is),
		T(a_path_that_cannot_be_is_refused),
		T(who_only_looks_sees_all_and_changes_nothing),
		T(who_waits_longest_comes_first),
		T(sessions_that_ended_are_forgotten_with_their_ties_and_not_their_records),
		T(a_step_that_cannot_be_written_did_not_happen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
