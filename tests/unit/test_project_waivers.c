/* Which findings a project accepts. */
#include "fixture_waivers.h"

static const char plain[] = "<p>自愿人脸。</p>\n<p>强制人脸。</p>";

static void
without_waivers_all_stands_and_nothing_is_said(void **state)
{
	struct scene s = { .w = { .whole = true } };

	begin(*state, &s);
	judge(*state, &s, "<p>强制人脸。</p>\n<p>强制刷脸。</p>");
	end(*state, &s);
	expect(*state, &s, "T.1-force/2=stands T.2-gap/0=stands");
	expect_notes(&s, "");
}

static void
a_comment_goes_before_the_settings_and_these_before_the_baseline(void **state)
{
	struct rig *rig = *state;
	static const char with[] =
		"<p>自愿人脸。</p>\n<!-- faceaudit: allow T.1: why -->\n"
		"<p>强制人脸。</p>";
	struct scene s = { .config.waivers_n = 1 };

	s.list[0] = waiver("T.1", NULL, NULL, 0);
	begin(rig, &s);
	remember(rig, &s.baseline, "T.1-force", "强制人脸。", WAIVERS_PATH);
	s.w.baseline = &s.baseline;
	judge(rig, &s, with);
	expect(rig, &s, "T.1-force/1=inline");
	assert_int_equal(s.r.findings[0].waiver->line, 2);
	judge(rig, &s, plain);
	expect(rig, &s, "T.1-force/1=config");
	s.config.waivers_n = 0;
	judge(rig, &s, plain);
	expect(rig, &s, "T.1-force/1=baseline");
	judge(rig, &s, plain);
	expect(rig, &s, "T.1-force/1=stands");
}

static void
what_is_accepted_in_part_becomes_two_findings(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 0 };
	const struct fa_finding *f;

	begin(rig, &s);
	judge(rig, &s,
		"<p>自愿人脸。</p>\n<p>强制人脸。</p> "
		"<!-- faceaudit: allow T.1: why -->\n<p>他们刷脸。</p>");
	expect(rig, &s, "T.1-only/1=stands T.1-force/1=inline");
	f = &s.r.findings[0];
	assert_int_equal(f->tier, FA_TIER_PROBABLE);
	assert_int_equal(f->pro[0].from.line, 3);
	assert_int_equal(f->rules_n, 1);
	f = &s.r.findings[s.r.findings_n - 1];
	assert_int_equal(f->tier, FA_TIER_ESTABLISHED);
	assert_int_equal(f->pro[0].from.line, 2);
	assert_string_equal(f->waiver->reason.p[0] == 'w' ? "w" : "", "w");
	assert_int_equal(s.r.counts[FA_VERDICT_VIOLATION], 1);
}

static void
a_reason_without_a_letter_or_digit_is_none(void **state)
{
	/* A full stop, dashes, what nobody sees, a mark of private use. */
	static const char *const none[] = { ".", "——", "…。", "\u200b",
		"\u3164\ufeff", "\ue000", "？！", "\u3000 -", "※" };
	static const char *const some[] = { "x", "７", "旧", "é", "見備忘" };
	struct rig *rig = *state;

	for (size_t i = 0; i < FA_COUNT(none) + FA_COUNT(some); i++) {
		bool holds = i >= FA_COUNT(none);
		const char *reason = holds ? some[i - FA_COUNT(none)] : none[i];
		struct scene s = { .config.waivers_n = 0 };
		char html[200];

		(void)snprintf(html, sizeof(html),
			"<p>自愿人脸。</p>\n<!-- faceaudit: allow T.1: %s -->"
			"\n<p>强制人脸。</p>",
			reason);
		begin(rig, &s);
		judge(rig, &s, html);
		expect(rig, &s,
			holds ? "T.1-force/1=inline" : "T.1-force/1=stands");
	}
}

static void
a_waiver_for_one_rule_leaves_the_other_of_its_passage(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 1 };
	static const char both[] = "<p>自愿人脸。</p>\n<p>强制刷脸。</p>";

	s.list[0] = waiver("T.1-force", NULL, NULL, 0);
	begin(rig, &s);
	judge(rig, &s, both);
	expect(rig, &s, "T.1-only/1=stands T.1-force/1=config");
	s.list[0] = waiver("T.1-only", NULL, NULL, 0);
	judge(rig, &s, both);
	expect(rig, &s, "T.1-force/1=stands T.1-only/1=config");
	s.list[0] = waiver("T", NULL, NULL, 0);
	judge(rig, &s, both);
	expect(rig, &s, "T.1-force/1=config");
	s.config.waivers_n = 0;
	judge(rig, &s, both);
	expect(rig, &s, "T.1-force/1=stands");
}

static void
one_passage_behind_many_accepted_ones_is_not_hidden(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 1 };
	struct fa_buf html;

	s.list[0] = waiver("T.1", NULL, "旧文", 0);
	begin(rig, &s);
	fa_buf_init(&html, 1 << 20);
	fa_buf_adds(&html, "<p>自愿人脸。</p>\n");
	for (int i = 0; i < 30; i++)
		fa_buf_adds(&html, "<p>旧文强制。</p>\n");
	fa_buf_adds(&html, "<p>新文强制。</p>\n");
	judge(rig, &s, html.p);
	expect(rig, &s, "T.1-force/1=stands T.1-force/8=config");
	assert_int_equal(s.r.findings[0].pro[0].from.line, 32);
	fa_buf_done(&html);
}

static void
score_and_vector_are_those_of_the_document(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 1 };

	s.list[0] = waiver("T", NULL, NULL, 0);
	begin(rig, &s);
	judge(rig, &s, "<p>强制人脸。</p>");
	expect(rig, &s, "T.1-force/1=config T.2-gap/0=config");
	assert_true(s.whole.hi < FA_SCORE_ONE);
	assert_true(s.r.score.hi == s.whole.hi && s.r.score.lo == s.whole.lo);
	assert_true(fa_str_eq(s.r.score.vector, s.whole.vector));
	assert_int_equal(s.r.counts[FA_VERDICT_VIOLATION], 0);
	assert_int_equal(s.r.counts[FA_VERDICT_GAP], 0);
	for (size_t i = 0; i < s.r.findings_n; i++)
		assert_false(fa_score_gates(&s.r.findings[i], rig->b,
			FA_TIER_PROBABLE, FA_SEVERITY_ADVISORY));
	s.config.waivers_n = 0;
	judge(rig, &s, "<p>强制人脸。</p>");
	assert_true(fa_score_gates(&s.r.findings[0], rig->b, FA_TIER_PROBABLE,
		FA_SEVERITY_ADVISORY));
}

static void
a_waiver_holds_on_its_last_day_and_not_on_the_next(void **state)
{
	struct rig *rig = *state;

	for (int32_t today = 20261231; today <= 20270101; today += 8870) {
		struct scene s = { .config.waivers_n = 1, .w.today = today };

		s.list[0] = waiver("T.1", NULL, NULL, 20261231);
		begin(rig, &s);
		judge(rig, &s, plain);
		end(rig, &s);
		expect(rig, &s,
			today == 20261231 ? "T.1-force/1=config"
					  : "T.1-force/1=stands");
		expect_notes(&s,
			today == 20261231
				? ""
				: "expired config .faceaudit.yaml:7 T.1");
	}
}

static void
what_is_wrong_with_a_waiver_is_told_and_it_waives_nothing(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 3 };

	s.list[0] = waiver("T.9", NULL, NULL, 0);
	s.list[1] = waiver("T.1", NULL, NULL, 0);
	s.list[1].waiver.reason = FA_STR_NONE;
	s.list[2] = waiver("T.1-force", NULL, NULL, 0);
	s.list[2].bad_date = FA_STR("soon");
	begin(rig, &s);
	judge(rig, &s,
		"<p>自愿人脸。</p>\n<!-- faceaudit: allow T.1 -->"
		"<!-- faceaudit: allow T.: x --><!-- faceaudit: alow T.1: x "
		"-->\n<!-- faceaudit: allow T.1 until x: y -->"
		"<!-- faceaudit: allow T.1 until 2020-01-01: y -->\n"
		"<p>强制人脸。</p>");
	end(rig, &s);
	expect(rig, &s, "T.1-force/1=stands");
	expect_notes(&s,
		"no-reason config .faceaudit.yaml:7 T.1|"
		"no-date config .faceaudit.yaml:7 T.1-force|"
		"no-rule config .faceaudit.yaml:7 T.9|"
		"no-rule inline docs/a.html:2 |"
		"no-rule inline docs/a.html:2 T.|"
		"no-reason inline docs/a.html:2 T.1|"
		"expired inline docs/a.html:3 T.1|"
		"no-date inline docs/a.html:3 T.1");
}

static void
a_waiver_is_unused_only_where_its_file_was_judged(void **state)
{
	struct rig *rig = *state;
	static const struct {
		const char *path;
		bool whole;
		const char *notes;
	} table[] = {
		{ "docs/", false, "unused config .faceaudit.yaml:7 T.2" },
		{ "res/", false, "" },
		{ "res/", true, "unused config .faceaudit.yaml:7 T.2" },
		{ NULL, false, "" },
		{ NULL, true, "unused config .faceaudit.yaml:7 T.2" },
	};

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct scene s = { .config.waivers_n = 1,
			.w.whole = table[i].whole };

		s.list[0] = waiver("T.2", table[i].path, NULL, 0);
		begin(rig, &s);
		judge(rig, &s, plain);
		end(rig, &s);
		expect_notes(&s, table[i].notes);
	}
}

static void
a_comment_that_finds_nothing_is_told_in_its_file(void **state)
{
	struct scene s = { .config.waivers_n = 0 };

	begin(*state, &s);
	judge(*state, &s,
		"<p>自愿人脸。</p>\n<p>强制人脸。</p>\n"
		"<!-- faceaudit: allow T.1: x -->\n<p>好。</p>");
	end(*state, &s);
	expect(*state, &s, "T.1-force/1=stands");
	expect_notes(&s, "unused inline docs/a.html:3 T.1");
}

static void
paths_and_quotes_narrow_a_waiver(void **state)
{
	struct rig *rig = *state;
	static const struct {
		const char *path, *quote;
		bool accepted;
	} table[] = {
		{ "docs/a.html", NULL, true },
		{ "docs/", NULL, true },
		{ "*.html", NULL, true },
		{ "/a.html", NULL, false },
		{ "other/", NULL, false },
		{ NULL, "强制人脸", true },
		{ NULL, "强制 人\n脸。", true },
		{ NULL, "强制刷脸", false },
	};

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct scene s = { .config.waivers_n = 1 };

		s.list[0] = waiver("T.1", table[i].path, table[i].quote, 0);
		begin(rig, &s);
		judge(rig, &s, "<p>自愿人脸。</p>\n<p>强制\n人脸。</p>");
		expect(rig, &s,
			table[i].accepted ? "T.1-force/1=config"
					  : "T.1-force/1=stands");
	}
}

static void
silence_is_accepted_for_a_whole_file_only(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 0 };

	begin(rig, &s);
	judge(rig, &s, "<!-- faceaudit: allow T.2: x -->\n<p>人脸。</p>");
	expect(rig, &s, "T.2-gap/0=stands");
	judge(rig, &s, "<!-- faceaudit: allow-file T.2: x -->\n<p>人脸。</p>");
	expect(rig, &s, "T.2-gap/0=inline");
	/* A quote names a passage; silence has none. */
	s.config.waivers_n = 1;
	s.list[0] = waiver("T.2", NULL, "人脸", 0);
	judge(rig, &s, "<p>人脸。</p>");
	expect(rig, &s, "T.2-gap/0=stands");
}

static void
only_comments_waive(void **state)
{
	static const char *const attacks[] = {
		"<p>faceaudit: allow T.1: x 强制人脸。</p>",
		"<p title='<!-- faceaudit: allow T.1: x -->'>强制人脸。</p>",
		"<p data-x=\"faceaudit: allow T.1: x\">强制人脸。</p>",
		"<script>// faceaudit: allow T.1: x\n"
		"'<!-- faceaudit: allow-file T.1: x -->'</script>"
		"<p>强制人脸。</p>",
		"<style>/* faceaudit: allow-file T.1: x */</style>"
		"<p>强制人脸。</p>",
		"<textarea><!-- faceaudit: allow T.1: x --></textarea>"
		"<p>强制人脸。</p>",
		"<title><!-- faceaudit: allow-file T.1: x --></title>"
		"<p>强制人脸。</p>",
		"<p>{{ faceaudit: allow-file T.1: x }}强制人脸。</p>",
		"<p>&lt;!-- faceaudit: allow T.1: x --&gt;强制人脸。</p>",
		"<xmp><!-- faceaudit: allow-file T.1: x --></xmp>"
		"<p>强制人脸。</p>",
		"<p>强制人脸。</p> &lt;!-- faceaudit: allow T.1: x -->",
	};

	for (size_t i = 0; i < FA_COUNT(attacks); i++) {
		struct rig *rig = *state;
		struct scene s = { .config.waivers_n = 0 };
		char html[400];

		begin(rig, &s);
		(void)snprintf(
			html, sizeof(html), "<p>自愿。</p>\n%s", attacks[i]);
		judge(rig, &s, html);
		for (size_t k = 0; k < s.r.findings_n; k++)
			if (s.r.findings[k].waiver != NULL)
				fail_msg("%s", html);
		assert_int_equal(s.r.counts[FA_VERDICT_VIOLATION], 1);
	}
}

static void
what_stood_before_a_change_is_taken_off(void **state)
{
	struct rig *rig = *state;
	struct scene s = { .config.waivers_n = 1 };

	s.list[0] = waiver("T.1", "docs/", NULL, 0);
	begin(rig, &s);
	remember(rig, &s.before, "T.1-force", "强制人脸。", "/p");
	s.w.before = &s.before;
	s.w.before_path = FA_STR("/p");
	judge(rig, &s,
		"<p>自愿人脸。</p>\n<p>强制人脸。</p> "
		"<!-- faceaudit: allow T.1: x -->");
	end(rig, &s);
	expect(rig, &s, "");
	/* Nobody looked whether they are of use. */
	expect_notes(&s, "");
	s.config.waivers_n = 0;
	remember(rig, &s.before, "T.1-force", "强制人脸。", "/p");
	judge(rig, &s, "<p>自愿人脸。</p>\n<p>强制人脸。</p><p>强制人脸。</p>");
	expect(rig, &s, "T.1-force/1=stands");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(without_waivers_all_stands_and_nothing_is_said),
		RIG_TEST(
			a_comment_goes_before_the_settings_and_these_before_the_baseline),
		RIG_TEST(what_is_accepted_in_part_becomes_two_findings),
		RIG_TEST(a_waiver_for_one_rule_leaves_the_other_of_its_passage),
		RIG_TEST(one_passage_behind_many_accepted_ones_is_not_hidden),
		RIG_TEST(score_and_vector_are_those_of_the_document),
		RIG_TEST(a_waiver_holds_on_its_last_day_and_not_on_the_next),
		RIG_TEST(
			what_is_wrong_with_a_waiver_is_told_and_it_waives_nothing),
		RIG_TEST(a_reason_without_a_letter_or_digit_is_none),
		RIG_TEST(a_waiver_is_unused_only_where_its_file_was_judged),
		RIG_TEST(a_comment_that_finds_nothing_is_told_in_its_file),
		RIG_TEST(paths_and_quotes_narrow_a_waiver),
		RIG_TEST(silence_is_accepted_for_a_whole_file_only),
		RIG_TEST(only_comments_waive),
		RIG_TEST(what_stood_before_a_change_is_taken_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
