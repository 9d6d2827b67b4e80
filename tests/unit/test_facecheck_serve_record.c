/* What lasts beyond a page: whose consent it was, what is on record of it, and
 * until when. */
#include "fixture_facecheck_serve.h"

/* Sends a code to a guardian and gives it back. */
static void
ask_guardian(struct rig *r)
{
	rig_post(r, "/guardian", "say=send&phone=13800138000");
	rig_post(r, "/guardian", "say=yes&code=123456");
}

static void
each_attempt_of_a_child_needs_the_guardian_again(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	r.matcher->same = FC_SAYS_NO;
	rig_to_ask(&r, "child");
	for (int i = 0; i < FC_TRIES; i++) {
		rig_post(&r, "/act", "event=yes");
		assert_true(rig_says(&r, "需要监护人同意"));
		ask_guardian(&r);
		assert_int_equal(rig_session(&r).state, FC_S_CAPTURE);
		rig_post(&r, "/face", "who=self");
		assert_false(rig_session(&r).facts & FC_GUARDIAN);
		rig_post(&r, "/choose", "method=face");
	}
	/* ... and one that was withdrawn before its capture is gone, too. */
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	ask_guardian(&r);
	rig_get(&r, "/withdraw");
	rig_post(&r, "/withdraw", "");
	assert_false(rig_session(&r).facts & (FC_CONSENT | FC_GUARDIAN));
	rig_get(&r, "/verify");
	rig_post(&r, "/choose", "method=face");
	rig_post(&r, "/act", "event=yes");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_stop(&r);
}

static void
a_guardians_code_is_good_for_that_one_question_only(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	rig_post(&r, "/guardian", "say=send&phone=13800138000");
	rig_post(&r, "/choose", "method=totp");
	assert_int_equal(rig_session(&r).state, FC_S_OTHER);
	/* Anybody's telephone would do to pass as the person. */
	rig_post(&r, "/answer", "method=sms&code=123456");
	assert_int_equal(rig_session(&r).state, FC_S_OTHER);
	rig_stop(&r);

	rig_start(&r, NULL);
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	rig_post(&r, "/guardian", "say=send&phone=13800138000");
	rig_get(&r, "/withdraw");
	rig_post(&r, "/withdraw", "");
	rig_get(&r, "/verify");
	rig_post(&r, "/choose", "method=face");
	rig_post(&r, "/act", "event=yes");
	assert_true(rig_says(&r, "需要监护人同意"));
	rig_post(&r, "/guardian", "say=yes&code=123456");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_stop(&r);
}

/* What is on record besides states: consents by the text that was shown, what
 * compared. */
static int
look_at_row(void *ctx, const struct fc_record_row *row, const char *sha256,
	struct fa_err *err)
{
	uint32_t *seen = ctx;
	bool consents = row->event == FC_E_SHOW || row->event == FC_E_YES ||
		row->event == FC_E_SEND_YES || row->event == FC_E_GUARDIAN_YES;
	bool face = row->event == FC_E_IMAGE || row->event == FC_E_LIVE_YES ||
		row->event == FC_E_MATCH_YES;

	(void)sha256;
	(void)err;
	assert_int_equal(consents, row->text.p != NULL);
	if (consents)
		assert_true(fa_str_find(row->text, FA_STR(" sha256:"), 0) !=
			SIZE_MAX);
	if (face)
		assert_true(fa_str_eq(row->matcher, FA_STR("rig 1")));
	if (row->event == FC_E_MATCH_YES) {
		assert_true(fa_str_eq(row->answer, FA_STR("match")));
		assert_non_null(row->level.p);
	}
	*seen |= row->event < FC_E_COUNT ? 1u << row->event : 0;
	return 0;
}

static void
records_name_the_texts_and_the_matcher(void **state)
{
	struct fc_store *store;
	uint32_t seen = 0;
	struct rig r;
	char path[128];

	(void)state;
	rig_start(&r, "authority");
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	ask_guardian(&r);
	rig_post(&r, "/act", "event=send-yes");
	rig_post(&r, "/face", "who=self");
	assert_true(rig_says(&r, "办理成功"));
	(void)snprintf(path, sizeof(path), "%s/facecheck.db", r.dir);
	rig_ok(&r, fc_store_read(&store, fa_str_c(path), &r.err));
	rig_ok(&r,
		fc_record_of(store, fa_str_c(r.session), look_at_row, &seen,
			&r.err));
	fc_store_close(store);
	assert_true(seen & 1u << FC_E_SEND_YES);
	assert_true(seen & 1u << FC_E_GUARDIAN_YES);
	assert_true(seen & 1u << FC_E_MATCH_YES);
	rig_stop(&r);
}

static int64_t
rows_of(struct rig *r)
{
	char path[128];
	struct fc_store *store;
	int64_t rows = 0;

	(void)snprintf(path, sizeof(path), "%s/facecheck.db", r->dir);
	rig_ok(r, fc_store_read(&store, fa_str_c(path), &r->err));
	rig_ok(r, fc_record_verify(store, &rows, &r->err));
	fc_store_close(store);
	return rows;
}

/* Three years at least, and then gone, as the documents say. */
static void
what_has_had_its_time_is_dropped_while_the_service_runs(void **state)
{
	const int64_t day_ms = INT64_C(86400000);
	struct rig r;
	int64_t rows;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=quit");
	rows = rows_of(&r);
	assert_true(rows > 3);
	r.now_ms += FC_APP_SESSION_DAYS * day_ms;
	rig_ok(&r, fc_app_rest(r.app, &r.err));
	rig_get(&r, "/records");
	assert_true(rig_says(&r, "选择刷脸"));
	r.now_ms += day_ms + 1;
	rig_ok(&r, fc_app_rest(r.app, &r.err));
	rig_get(&r, "/records");
	assert_false(rig_says(&r, "选择刷脸"));
	r.now_ms += (FC_RECORD_KEEP_DAYS - FC_APP_SESSION_DAYS - 2) * day_ms;
	rig_ok(&r, fc_app_rest(r.app, &r.err));
	assert_int_equal(rows_of(&r), rows);
	r.now_ms += 2 * day_ms;
	rig_ok(&r, fc_app_rest(r.app, &r.err));
	assert_int_equal(rows_of(&r), 0);
	rig_stop(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_attempt_of_a_child_needs_the_guardian_again),
		cmocka_unit_test(
			a_guardians_code_is_good_for_that_one_question_only),
		cmocka_unit_test(records_name_the_texts_and_the_matcher),
		cmocka_unit_test(
			what_has_had_its_time_is_dropped_while_the_service_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
