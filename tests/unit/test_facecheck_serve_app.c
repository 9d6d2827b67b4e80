/* What a person does in the service, and what somebody else may not. */
#include "fixture_facecheck_serve.h"

#include "facecheck/serve/case.h"

static void
a_face_is_verified_after_notice_choice_and_consent(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_get(&r, "/");
	assert_int_equal(r.reply.status, 200);
	rig_get(&r, "/phone");
	rig_post(&r, "/begin", "age=adult");
	assert_true(rig_says(&r, "刷脸前请您了解"));
	rig_post(&r, "/act", "event=show");
	assert_true(rig_says(&r, "选择验证方式"));
	rig_post(&r, "/choose", "method=face");
	assert_true(rig_says(&r, "是否同意处理您的人脸信息"));
	rig_post(&r, "/act", "event=yes");
	assert_true(rig_says(&r, "开始采集"));
	assert_true(r.reply.camera);
	rig_post(&r, "/face", "who=self");
	assert_true(rig_says(&r, "办理成功"));
	assert_false(r.reply.camera);
	assert_int_equal(rig_session(&r).state, FC_S_DONE);
	assert_int_equal(rig_session(&r).facts &
			(FC_RECORDED | FC_PROCESSED | FC_BIOMETRIC | FC_STORED),
		FC_RECORDED | FC_PROCESSED);
	rig_get(&r, "/records");
	assert_true(rig_says(&r, "比对一致"));
	assert_true(rig_says(&r, "<td>刷脸</td>"));
	assert_false(rig_says(&r, "<td>face</td>"));
	rig_stop(&r);
}

static void
each_other_way_works_without_a_face(void **state)
{
	static const char *const answers[][2] = {
		{ "netid", "confirmed" },
		{ "sms", FC_APP_DEMO_CODE },
		{ "call", FC_APP_DEMO_CODE },
		{ "document", "11010519491231002X" },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(answers); i++) {
		struct rig r;
		char field[64];

		rig_start(&r, NULL);
		rig_get(&r, "/phone");
		rig_post(&r, "/begin", "age=child");
		rig_post(&r, "/act", "event=show");
		(void)snprintf(
			field, sizeof(field), "method=%s", answers[i][0]);
		rig_post(&r, "/choose", field);
		(void)snprintf(field, sizeof(field), "method=%s&code=%s",
			answers[i][0], answers[i][1]);
		rig_post(&r, "/answer", field);
		if (!rig_says(&r, "办理成功"))
			fail_msg("%s: %.300s", answers[i][0], rig_page(&r).p);
		assert_false(rig_session(&r).facts & FC_PROCESSED);
		rig_stop(&r);
	}
}

static void
a_one_time_password_works_once(void **state)
{
	/* RFC 6238, appendix B: at 59 s the code is 94287082. */
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	r.now_ms = 59000;
	for (int i = 0; i < 2; i++) {
		rig_get(&r, "/phone");
		rig_post(&r, "/begin", "age=adult");
		rig_post(&r, "/act", "event=show");
		rig_post(&r, "/choose", "method=totp");
		rig_post(&r, "/answer", "method=totp&code=287082");
		assert_int_equal(i == 0, rig_says(&r, "办理成功"));
	}
	rig_stop(&r);
}

static void
wrong_answers_lead_to_a_person_and_not_to_the_door(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_get(&r, "/phone");
	rig_post(&r, "/begin", "age=adult");
	rig_post(&r, "/act", "event=show");
	rig_post(&r, "/choose", "method=document");
	for (int i = 0; i < 5; i++) {
		assert_true(rig_says(&r, "证件号码"));
		rig_post(&r, "/answer", "method=document&code=1");
	}
	assert_true(rig_says(&r, "人工审核"));
	assert_int_equal(rig_session(&r).state, FC_S_HUMAN);
	rig_get(&r, "/review");
	rig_post(&r, "/desk", "say=yes");
	assert_true(rig_says(&r, "办理成功"));
	rig_stop(&r);
}

static void
refusing_leads_back_to_the_choice(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=no");
	assert_true(rig_says(&r, "短信验证码"));
	assert_int_equal(rig_session(&r).state, FC_S_MENU);
	assert_false(rig_session(&r).facts & FC_CONSENT);
	rig_stop(&r);
}

static void
a_child_needs_the_code_of_a_guardian_who_may_refuse(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	assert_true(rig_says(&r, "需要监护人同意"));
	rig_post(&r, "/guardian", "say=tick&agree=on");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_post(&r, "/guardian", "say=yes&code=123456");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_post(&r, "/guardian", "say=send&phone=12");
	assert_true(rig_says(&r, "十一位"));
	rig_post(&r, "/guardian", "say=send&phone=13800138000");
	assert_true(rig_says(&r, "监护人不同意"));
	rig_post(&r, "/guardian", "say=yes&code=654321");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_post(&r, "/guardian", "say=send&phone=13800138000");
	rig_post(&r, "/guardian", "say=yes&code=123456");
	assert_int_equal(rig_session(&r).state, FC_S_CAPTURE);
	rig_stop(&r);

	rig_start(&r, NULL);
	rig_to_ask(&r, "child");
	rig_post(&r, "/act", "event=yes");
	rig_post(&r, "/guardian", "say=no");
	assert_int_equal(rig_session(&r).state, FC_S_OTHER);
	rig_stop(&r);
}

static void
who_does_not_say_their_age_counts_as_a_child(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "99");
	rig_post(&r, "/act", "event=yes");
	assert_int_equal(rig_session(&r).state, FC_S_GUARD);
	rig_stop(&r);
}

static void
a_reference_held_elsewhere_needs_its_own_consent(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, "authority");
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=yes");
	assert_true(rig_says(&r, "是否同意向外传输"));
	rig_post(&r, "/act", "event=send-no");
	assert_int_equal(rig_session(&r).state, FC_S_MENU);
	rig_post(&r, "/choose", "method=face");
	rig_post(&r, "/act", "event=yes");
	rig_post(&r, "/act", "event=send-yes");
	assert_int_equal(rig_session(&r).state, FC_S_CAPTURE);
	rig_stop(&r);
}

/* What is found out is not to be claimed. */
static void
nobody_passes_by_claiming_events(void **state)
{
	static const char *const claims[] = { "event=match-yes",
		"event=live-yes", "event=other-yes", "event=human-yes",
		"event=guardian-yes", "event=image", "event=timeout",
		"event=nonsense", "event=", "" };
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	for (size_t i = 0; i < FA_COUNT(claims); i++) {
		rig_to_ask(&r, "adult");
		rig_post(&r, "/act", "event=yes");
		rig_post(&r, "/act", claims[i]);
		assert_int_equal(r.reply.status, 400);
		assert_int_equal(rig_session(&r).state, FC_S_CAPTURE);
	}
	rig_stop(&r);
}

static void
a_form_without_our_token_does_nothing(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	rig_send(&r, true, "/act", "event=yes");
	assert_int_equal(r.reply.status, 403);
	rig_send(&r, true, "/act",
		"event=yes&token=00000000000000000000000000000000");
	assert_int_equal(r.reply.status, 403);
	rig_send(&r, true, "/act", "event=yes&token=%zz");
	assert_int_equal(r.reply.status, 400);
	assert_int_equal(rig_session(&r).state, FC_S_ASK);
	rig_stop(&r);
}

static void
the_token_of_one_session_does_not_fit_another(void **state)
{
	struct rig r;
	char token[33], body[80];

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	rig_token(&r, token);
	rig_to_ask(&r, "adult");
	(void)snprintf(body, sizeof(body), "event=yes&token=%s", token);
	rig_send(&r, true, "/act", body);
	assert_int_equal(r.reply.status, 403);
	rig_stop(&r);
}

static void
what_fails_is_said_and_wiped_and_two_tries_are_all(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	r.matcher->same = FC_SAYS_NO;
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=yes");
	rig_post(&r, "/face", "who=self");
	assert_true(rig_says(&r, "比对不一致"));
	assert_int_equal(rig_session(&r).facts & FC_ATTEMPT, 0);
	rig_post(&r, "/choose", "method=face");
	/* Consent was spent: it is asked for again. */
	assert_true(rig_says(&r, "是否同意处理您的人脸信息"));
	rig_post(&r, "/act", "event=yes");
	r.matcher->alive = FC_SAYS_NO;
	rig_post(&r, "/face", "who=print");
	assert_true(rig_says(&r, "没有看到真人"));
	rig_post(&r, "/choose", "method=face");
	assert_true(rig_says(&r, "次数已用完"));
	assert_int_equal(rig_session(&r).state, FC_S_MENU);
	rig_stop(&r);
}

static void
withdrawing_and_closing_need_no_face(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	r.o.circumstances = FC_LOCKED;
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=yes");
	rig_get(&r, "/withdraw");
	rig_post(&r, "/withdraw", "");
	assert_true(rig_says(&r, "已撤回"));
	assert_int_equal(rig_session(&r).state, FC_S_MENU);
	assert_true(rig_session(&r).facts & FC_WITHDRAWN);
	rig_get(&r, "/close");
	assert_true(rig_says(&r, "账号受限不影响注销"));
	rig_post(&r, "/close", "");
	assert_true(rig_says(&r, "账号已注销"));
	assert_true(rig_session(&r).facts & FC_CLOSED);
	assert_false(rig_session(&r).facts & FC_PROCESSED);
	rig_stop(&r);
}

static void
who_never_began_can_withdraw_and_close_too(void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_get(&r, "/withdraw");
	rig_post(&r, "/withdraw", "");
	assert_true(rig_says(&r, "没有有效的同意"));
	rig_get(&r, "/close");
	rig_post(&r, "/close", "");
	assert_true(rig_says(&r, "账号已注销"));
	rig_stop(&r);
}

static void
records_show_nobody_elses_rows(void **state)
{
	struct rig r;
	char first[FC_SESSION_ID_BYTES];

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	memcpy(first, r.session, sizeof(first));
	r.session[0] = '\0';
	rig_get(&r, "/records");
	assert_false(rig_says(&r, "选择刷脸"));
	memcpy(r.session, first, sizeof(first));
	rig_get(&r, "/records");
	assert_true(rig_says(&r, "选择刷脸"));
	rig_stop(&r);
}

static void
the_truth_is_not_served(void **state)
{
	static const char *const paths[] = { "/truth", "/truth.jsonl", "/case",
		"/mutant", "/stay/1", "/steps/1", "/branch", "/voice",
		"/almost", "/agreed", "/later", "/changelog" };
	struct rig r;

	(void)state;
	rig_start(&r, "preticked");
	for (size_t i = 0; i < FA_COUNT(paths); i++) {
		rig_get(&r, paths[i]);
		assert_int_equal(r.reply.status, 404);
	}
	rig_to_ask(&r, "adult");
	assert_false(rig_says(&r, "preticked"));
	assert_false(rig_says(&r, "A191"));
	assert_true(rig_says(&r, "checked"));
	rig_stop(&r);
}

static void
without_demonstration_there_are_no_rendered_people_and_no_known_codes(
	void **state)
{
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	r.o.demo = false;
	rig_to_ask(&r, "adult");
	rig_post(&r, "/act", "event=yes");
	assert_false(rig_says(&r, "演示"));
	rig_post(&r, "/face", "who=self");
	assert_int_equal(r.reply.status, 404);
	rig_get(&r, "/other-ways");
	rig_post(&r, "/choose", "method=sms");
	rig_post(&r, "/answer", "method=sms&code=" FC_APP_DEMO_CODE);
	rig_post(&r, "/choose", "method=document");
	rig_post(&r, "/answer", "method=document&code=11010519491231002X");
	rig_post(&r, "/choose", "method=netid");
	rig_post(&r, "/answer", "method=netid&code=confirmed");
	assert_int_equal(rig_session(&r).state, FC_S_OTHER);
	rig_stop(&r);
}

static void
a_case_that_is_none_is_refused(void **state)
{
	struct fc_app_opts o = { .case_name = FA_STR("nonsense") };
	struct fc_app *app = NULL;
	struct fa_err err;

	(void)state;
	assert_int_equal(fc_app_new(&app, &o, &err), FA_E_NOTFOUND);
	assert_null(app);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_face_is_verified_after_notice_choice_and_consent),
		cmocka_unit_test(each_other_way_works_without_a_face),
		cmocka_unit_test(a_one_time_password_works_once),
		cmocka_unit_test(
			wrong_answers_lead_to_a_person_and_not_to_the_door),
		cmocka_unit_test(refusing_leads_back_to_the_choice),
		cmocka_unit_test(
			a_child_needs_the_code_of_a_guardian_who_may_refuse),
		cmocka_unit_test(who_does_not_say_their_age_counts_as_a_child),
		cmocka_unit_test(
			a_reference_held_elsewhere_needs_its_own_consent),
		cmocka_unit_test(nobody_passes_by_claiming_events),
		cmocka_unit_test(a_form_without_our_token_does_nothing),
		cmocka_unit_test(the_token_of_one_session_does_not_fit_another),
		cmocka_unit_test(
			what_fails_is_said_and_wiped_and_two_tries_are_all),
		cmocka_unit_test(withdrawing_and_closing_need_no_face),
		cmocka_unit_test(who_never_began_can_withdraw_and_close_too),
		cmocka_unit_test(records_show_nobody_elses_rows),
		cmocka_unit_test(the_truth_is_not_served),
		cmocka_unit_test(
			without_demonstration_there_are_no_rendered_people_and_no_known_codes),
		cmocka_unit_test(a_case_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
