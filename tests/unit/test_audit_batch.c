/* Judging what a store holds. */
#include "fixture_sweep.h"

#include "store/internal.h"

#define TODAY 20261121
#define BREAKS SWEEP_POLICY "本应用强制刷脸登录。" SWEEP_TAIL
#define MEETS SWEEP_POLICY "您可以自愿刷脸登录。" SWEEP_TAIL
#define SILENT SWEEP_POLICY "您可以刷脸登录。" SWEEP_TAIL
#define FACELESS SWEEP_POLICY "谢谢。" SWEEP_TAIL
#define SHELL "<html><body><div id=app></div><script>x()</script></body></html>"

static void
expect_verdict(struct sweep *x, struct sweep_store *t, const char *key,
	enum fa_verdict verdict)
{
	struct fa_store_app app = sweep_app(x, t, key);

	assert_int_equal(app.verdicts_n, 1);
	assert_int_equal(app.verdicts[0].verdict, verdict);
}

static void
expect_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in\n%s", part, text);
}

static void
a_policy_is_judged_with_its_evidence(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	const char *line;

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 1);
	assert_int_equal(x->counts.fresh, 1);
	assert_int_equal(x->counts.verdicts[FA_VERDICT_VIOLATION], 1);
	expect_verdict(x, t, "app", FA_VERDICT_VIOLATION);
	line = sweep_export(x, t, false, false);
	expect_in(line, "\"outcome\":\"ok\"");
	expect_in(line, "\"text\":\"本应用强制刷脸登录。\"");
	expect_in(line, "\"rule\":\"T.1-v\"");
}

static void
a_document_of_many_targets_is_judged_once_and_never_again(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "one", "http://h/p");
	sweep_target(x, t, "two", "http://h/p");
	sweep_target(x, t, "three", "http://h/q");
	sweep_page(x, t, "a", "http://h/p", MEETS);
	sweep_page(x, t, "a", "http://h/q", MEETS);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 3);
	assert_int_equal(x->counts.documents, 3);
	assert_int_equal(x->counts.fresh, 1);
	assert_int_equal(x->counts.unchanged, 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 3);
	assert_int_equal(x->counts.fresh, 0);
	assert_int_equal(x->counts.unchanged, 3);
	/* Another date is another question. */
	sweep_audit(x, t, TODAY + 1);
	assert_int_equal(x->counts.fresh, 1);
}

static void
an_empty_shell_is_a_missing_document_and_no_silent_one(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct fa_store_app app;
	const char *line;

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", SHELL);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 0);
	assert_int_equal(x->counts.outcomes[FA_OUT_EMPTY_SHELL], 1);
	app = sweep_app(x, t, "app");
	assert_int_equal(app.verdicts_n, 0);
	assert_int_equal(app.outcome, FA_OUT_EMPTY_SHELL);
	line = sweep_export(x, t, false, false);
	expect_in(line, "\"outcome\":\"needs_rendering\"");
	expect_in(line, "\"judged\":false");
	assert_null(strstr(line, "\"score\""));
}

static void
what_looking_gave_is_kept_with_the_url(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct fa_store_target target;
	struct fa_wanted_list l;

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", SHELL);
	sweep_audit(x, t, TODAY);
	assert_int_equal(fa_store_find_target(
				 &target, t->s, FA_STR("app"), &x->a, &x->err),
		1);
	OK(x, fa_store_wanted(&l, t->s, target.id, &x->a, &x->err));
	assert_int_equal(l.n, 1);
	assert_true(l.at[0].inspected);
	assert_int_equal(l.at[0].outcome, FA_OUT_EMPTY_SHELL);
}

static void
silence_is_a_gap_only_when_nothing_is_missing(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct fa_store_app app;

	sweep_target(x, t, "whole", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", SILENT);
	sweep_target(x, t, "part", "http://h/q");
	sweep_page(x, t, "a", "http://h/q", SILENT " ");
	sweep_link(x, t, "http://h/q", "http://h/face", FA_ROLE_FACE);
	sweep_end(x, t, "http://h/face", FA_OUT_TIMEOUT, 0);
	sweep_audit(x, t, TODAY);
	expect_verdict(x, t, "whole", FA_VERDICT_GAP);
	expect_verdict(x, t, "part", FA_VERDICT_CANNOT_TELL);
	app = sweep_app(x, t, "part");
	assert_true(fa_str_eq(app.verdicts[0].reason,
		FA_STR("a document was not obtained: face (timeout)")));
	assert_int_equal(x->counts.missing, 1);
}

static void
a_duty_is_met_by_any_document_and_broken_by_any(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct fa_store_app app;

	sweep_target(x, t, "met", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", SILENT);
	sweep_link(x, t, "http://h/p", "http://h/face", FA_ROLE_FACE);
	sweep_page(x, t, "a", "http://h/face", MEETS);
	sweep_target(x, t, "both", "http://h/q");
	sweep_page(x, t, "a", "http://h/q", BREAKS);
	sweep_link(x, t, "http://h/q", "http://h/face", FA_ROLE_FACE);
	sweep_audit(x, t, TODAY);
	expect_verdict(x, t, "met", FA_VERDICT_COMPLIANT);
	expect_verdict(x, t, "both", FA_VERDICT_VIOLATION);
	app = sweep_app(x, t, "met");
	assert_false(app.verdicts[0].contradiction);
	app = sweep_app(x, t, "both");
	assert_true(app.verdicts[0].contradiction);
	expect_in(sweep_export(x, t, false, false),
		"\"counter_evidence\":[{\"url\":\"http://h/face\"");
}

static void
shards_part_the_targets_among_them(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	uint64_t all = 0;

	for (unsigned i = 0; i < 20; i++) {
		char key[16];

		(void)snprintf(key, sizeof(key), "app%u", i);
		sweep_target(x, t, key, "http://h/p");
	}
	sweep_page(x, t, "a", "http://h/p", MEETS);
	for (uint32_t i = 0; i < 3; i++) {
		OK(x, sweep_try(x, t, TODAY, (struct fa_shard){ i, 3 }));
		assert_in_range(x->counts.targets, 1, 19);
		all += x->counts.targets;
	}
	assert_int_equal(all, 20);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.unchanged, 20);
}

static void
an_audit_that_was_stopped_goes_on_where_it_was(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	uint64_t fresh;

	sweep_target(x, t, "a", "http://h/1");
	sweep_target(x, t, "b", "http://h/2");
	sweep_target(x, t, "c", "http://h/3");
	sweep_page(x, t, "a", "http://h/1", MEETS "1");
	sweep_page(x, t, "a", "http://h/2", MEETS "2");
	sweep_page(x, t, "a", "http://h/3", MEETS "3");
	x->stop_after = 3;
	assert_int_equal(sweep_try(x, t, TODAY, (struct fa_shard){ 0, 1 }),
		FA_E_INTERRUPTED);
	assert_int_equal(x->counts.targets, 1);
	fresh = x->counts.fresh;
	x->stop_after = 0;
	/* What is not committed is lost with the connection. */
	fa_store_close(t->s);
	t->s = NULL;
	OK(x, fa_store_open(&t->s, fa_str_c(t->dir), FA_STORE_WRITE, &x->err));
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.targets, 3);
	assert_int_equal(x->counts.unchanged, 1);
	assert_int_equal(x->counts.fresh + fresh, 3);
}

static void
a_changed_text_is_a_change_of_the_source(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	sweep_page(x, t, "a", "http://h/p", MEETS);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.lost, 1);
	expect_verdict(x, t, "app", FA_VERDICT_COMPLIANT);
	expect_in(sweep_export(x, t, false, true),
		"\"changes\":[{\"subject\":\"T.1\",\"kind\":\"lost\","
		"\"cause\":\"source\",\"was\":\"violation\","
		"\"became\":\"compliant\"}]");
	/* And back: what was judged before is found again, and is newer. */
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.gained, 1);
	assert_int_equal(x->counts.fresh, 0);
	expect_verdict(x, t, "app", FA_VERDICT_VIOLATION);
}

static void
another_date_is_a_change_of_the_rules_and_told_from_the_source(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	const char *line;

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, 20250101);
	assert_int_equal(sweep_app(x, t, "app").verdicts_n, 0);
	sweep_page(x, t, "a", "http://h/p", MEETS);
	sweep_audit(x, t, TODAY);
	line = sweep_export(x, t, false, true);
	expect_in(line,
		"{\"subject\":\"T.1\",\"kind\":\"gained\",\"cause\":\"rules\","
		"\"was\":\"not_applicable\",\"became\":\"violation\"}");
	expect_in(line,
		"{\"subject\":\"T.1\",\"kind\":\"lost\",\"cause\":\"source\","
		"\"was\":\"violation\",\"became\":\"compliant\"}");
}

static void
another_reading_of_the_same_bytes_is_a_change_of_the_extractor(void **state)
{
	/* The judgement of an earlier version, which saw no violation. */
	static const char old[] =
		"UPDATE app_judgement SET id = 5, reader = 0;"
		"UPDATE app_document SET app = 5;"
		"UPDATE app_verdict SET app = 5, verdict = 'compliant'";
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	OK(x, fa_db_script(&t->s->db, old, &x->err));
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.gained, 1);
	expect_in(sweep_export(x, t, false, true),
		"\"changes\":[{\"subject\":\"T.1\",\"kind\":\"gained\","
		"\"cause\":\"extractor\",\"was\":\"compliant\","
		"\"became\":\"violation\"}]");
}

static void
a_failed_capture_loses_no_finding(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	sweep_end(x, t, "http://h/p", FA_OUT_TIMEOUT, 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.lost, 0);
	assert_int_equal(x->counts.stand_ins, 1);
	assert_int_equal(x->counts.capture_failed, 1);
	expect_verdict(x, t, "app", FA_VERDICT_VIOLATION);
	expect_in(sweep_export(x, t, false, true),
		"\"changes\":[{\"subject\":\"http://h/p\","
		"\"kind\":\"capture-failed\",\"cause\":\"capture\","
		"\"was\":\"ok\",\"became\":\"timeout\"}]");
}

static void
a_page_that_became_a_shell_loses_no_finding_either(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_audit(x, t, TODAY);
	sweep_page(x, t, "a", "http://h/p", SHELL);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.lost, 0);
	assert_int_equal(x->counts.stand_ins, 1);
	expect_verdict(x, t, "app", FA_VERDICT_VIOLATION);
}

static void
a_broken_archive_is_an_error_of_one_document(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	char path[640];
	FILE *f;

	sweep_target(x, t, "app", "http://h/p");
	sweep_target(x, t, "next", "http://h/q");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	sweep_page(x, t, "a", "http://h/q", MEETS);
	(void)snprintf(path, sizeof(path), "%s/archive/a.warc.gz", t->dir);
	f = fopen(path, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, 900, SEEK_SET), 0);
	assert_int_equal(fwrite("XXXXXXXX", 1, 8, f), 8);
	assert_int_equal(fclose(f), 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.targets, 2);
	assert_int_equal(x->counts.judged, 1);
	assert_int_equal(sweep_app(x, t, "app").outcome, FA_OUT_NOT_ARCHIVED);
	expect_verdict(x, t, "next", FA_VERDICT_COMPLIANT);
}

static void
an_archive_that_comes_back_is_read_as_if_it_had_never_been_away(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	char path[640], away[640];

	sweep_target(x, t, "app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", BREAKS);
	(void)snprintf(path, sizeof(path), "%s/archive/a.warc.gz", t->dir);
	(void)snprintf(away, sizeof(away), "%s/away", x->dir);
	assert_int_equal(rename(path, away), 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 0);
	assert_int_equal(x->counts.missing, 1);
	expect_in(sweep_export(x, t, false, false), "a.warc.gz: No such file");
	assert_int_equal(sweep_app(x, t, "app").outcome, FA_OUT_NOT_ARCHIVED);
	assert_int_equal(rename(away, path), 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 1);
	expect_verdict(x, t, "app", FA_VERDICT_VIOLATION);
	/* What was judged once stands in for what cannot be read again. */
	assert_int_equal(rename(path, away), 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.judged, 1);
	assert_int_equal(x->counts.lost, 0);
}

static void
a_target_without_a_policy_is_no_clean_one(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "none", NULL);
	sweep_target(x, t, "gone", "http://h/p");
	sweep_end(x, t, "http://h/p", FA_OUT_GONE, 0);
	sweep_audit(x, t, TODAY);
	assert_int_equal(x->counts.targets, 2);
	assert_int_equal(x->counts.judged, 0);
	assert_int_equal(x->counts.outcomes[FA_OUT_NO_URL], 1);
	assert_int_equal(x->counts.outcomes[FA_OUT_GONE], 1);
	assert_int_equal(sweep_app(x, t, "gone").score.grade, 'N');
}

static void
formulas_in_a_list_of_targets_are_no_formulas_in_csv(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	const char *row;

	sweep_target(x, t, "@app", "http://h/p");
	sweep_page(x, t, "a", "http://h/p", FACELESS);
	sweep_audit(x, t, TODAY);
	row = sweep_export(x, t, true, false);
	assert_ptr_equal(strstr(row, "\"'@app\",\"'=应用\",\"\","), row);
	assert_non_null(strstr(row, ",ok,yes,1,0,0,\"http://h/p\","));
}

/* Alone, and with threads that judge ahead. */
#define BOTH(f) SWEEP_TEST(f), SWEEP_CREW_TEST(f)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_policy_is_judged_with_its_evidence),
		BOTH(a_document_of_many_targets_is_judged_once_and_never_again),
		BOTH(an_empty_shell_is_a_missing_document_and_no_silent_one),
		BOTH(what_looking_gave_is_kept_with_the_url),
		BOTH(silence_is_a_gap_only_when_nothing_is_missing),
		BOTH(a_duty_is_met_by_any_document_and_broken_by_any),
		BOTH(shards_part_the_targets_among_them),
		BOTH(an_audit_that_was_stopped_goes_on_where_it_was),
		BOTH(a_changed_text_is_a_change_of_the_source),
		BOTH(another_date_is_a_change_of_the_rules_and_told_from_the_source),
		BOTH(another_reading_of_the_same_bytes_is_a_change_of_the_extractor),
		BOTH(a_failed_capture_loses_no_finding),
		BOTH(a_page_that_became_a_shell_loses_no_finding_either),
		BOTH(a_broken_archive_is_an_error_of_one_document),
		BOTH(an_archive_that_comes_back_is_read_as_if_it_had_never_been_away),
		BOTH(a_target_without_a_policy_is_no_clean_one),
		BOTH(formulas_in_a_list_of_targets_are_no_formulas_in_csv),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
