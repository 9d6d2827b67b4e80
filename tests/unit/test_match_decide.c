/* From rules that fire to verdicts: precedence, silence, force, scope,
 * precision, limits, memory. */
#include "rig_match.h"

static const struct rig_duty all_verdicts = { "T.1", "T", "gap", "FACE_ID",
	{ { "T.1-v", "violation", "      '强制'\n", "      - '但是'\n" },
		{ "T.1-c", "compliant", "      '自愿'\n", NULL },
		{ "T.1-q", "cannot_tell", "      '可能'\n", NULL } } };

static void
expect_rule(struct rig *r, size_t duty, const char *id)
{
	uint32_t rule = r->match.decisions[duty].rule;
	struct fa_str got =
		rule == FA_RULE_NONE ? FA_STR("none") : r->b->rules[rule].id;

	if (!fa_str_eq(got, fa_str_c(id)))
		fail_msg("%.*s decided, not %s", FA_STR_ARG(got), id);
}

static void
violation_outranks_compliant_outranks_cannot_tell(void **state)
{
	struct rig *r = *state;

	rig_load(r, &all_verdicts, 1);
	rig_expect(r, "刷脸。可能。自愿。强制。", "V 可能。|自愿。|强制。");
	expect_rule(r, 0, "T.1-v");
	rig_expect(r, "刷脸。可能。自愿。", "C 可能。|自愿。");
	expect_rule(r, 0, "T.1-c");
	rig_expect(r, "刷脸。可能。", "Q 可能。");
	expect_rule(r, 0, "T.1-q");
	assert_int_equal(r->match.decisions[0].reason.n, 0);
}

static void
silence_is_a_gap_with_the_rule_that_says_so_or_not_applicable(void **state)
{
	struct rig *r = *state;
	struct rig_duty d = all_verdicts;

	rig_load(r, &d, 1);
	rig_expect(r, "刷脸。", "G");
	expect_rule(r, 0, "T.1-gap");
	rig_clear(r);
	d.silent = "not_applicable";
	rig_load(r, &d, 1);
	rig_expect(r, "刷脸。", "N");
	expect_rule(r, 0, "none");
}

static void
what_was_called_off_decides_nothing(void **state)
{
	struct rig *r = *state;

	rig_load(r, &all_verdicts, 1);
	rig_expect(r, "刷脸。强制,但是。", "G !强制,");
	expect_rule(r, 0, "T.1-gap");
	rig_expect(r, "刷脸。强制,但是。自愿。", "C !强制,|自愿。");
}

static void
instruments_apply_while_they_are_in_force(void **state)
{
	static const struct {
		int32_t as_of;
		const char *want; /* DRAFT, OLD, T */
	} c[] = { { 20191231, "NNN" }, { 20200101, "NGN" }, { 20241231, "NGN" },
		{ 20250101, "NNN" }, { 20250531, "NNN" }, { 20250601, "NNG" },
		{ 20991231, "NNG" } };
	struct rig_duty d[3] = { all_verdicts, all_verdicts, all_verdicts };
	struct rig *r = *state;

	d[1].id = "OLD.1";
	d[1].instrument = "OLD";
	d[2].id = "DRAFT.1";
	d[2].instrument = "DRAFT";
	memset(d[1].rules, 0, sizeof(d[1].rules));
	memset(d[2].rules, 0, sizeof(d[2].rules));
	d[1].rules[0] = (struct rig_rule){ "OLD.1-v", "violation",
		"      '强制'\n", NULL };
	d[2].rules[0] = (struct rig_rule){ "DRAFT.1-v", "violation",
		"      '强制'\n", NULL };
	rig_load(r, d, 3);
	for (size_t i = 0; i < FA_COUNT(c); i++) {
		char got[4] = "";

		rig_read(r, FA_STR("刷脸。"), FA_FORMAT_TEXT);
		rig_match(r, c[i].as_of);
		assert_int_equal(r->match.decisions_n, 3);
		for (size_t k = 0; k < 3; k++)
			got[k] = fa_verdict_letter(
				r->match.decisions[k].verdict);
		assert_string_equal(got, c[i].want);
	}
	rig_text(r, "刷脸。强制。");
	assert_string_equal(rig_show(r, 0), "N"); /* the draft: no hits */
}

static void
a_document_of_another_class_is_not_judged(void **state)
{
	struct rig *r = *state;

	rig_load(r, &all_verdicts, 1);
	rig_expect(r, "强制。", "N");
	rig_expect(r, "人脸是指脸。强制。", "N");
	assert_int_equal(r->match.scopes, FA_SCOPE_BIT(FA_SCOPE_DEFN));
}

static void
the_better_measured_rule_decides_and_the_first_of_equals(void **state)
{
	struct rig_duty d = { "T.1", "T", "gap", "FACE_ID",
		{ { "T.1-a", "violation", "      '甲方'\n", NULL },
			{ "T.1-b", "violation", "      '乙方'\n", NULL },
			{ "T.1-c", "violation", "      '丙方'\n", NULL },
			{ "T.1-d", "compliant", "      '丁方'\n", NULL } } };
	struct rig *r = *state;

	r->precision = "measured:\n  rules:\n"
		       "    T.1-b:\n      hits: 9\n      right: 9\n"
		       "    T.1-c:\n      hits: 9\n      right: 9\n"
		       "    T.1-d:\n      hits: 90\n      right: 90\n";
	rig_load(r, &d, 1);
	rig_text(r, "刷脸。丁方。丙方。乙方。甲方。");
	expect_rule(r, 0, "T.1-b");
	rig_text(r, "刷脸。丙方。甲方。");
	expect_rule(r, 0, "T.1-c");
	rig_text(r, "刷脸。甲方。丁方。");
	expect_rule(r, 0, "T.1-a");
}

static void
hits_beyond_many_that_were_called_off_are_kept(void **state)
{
	struct rig *r = *state;
	struct fa_buf text;
	const struct fa_decision *d;

	rig_load(r, &all_verdicts, 1);
	fa_buf_init(&text, 1 << 20);
	fa_buf_adds(&text, "刷脸。");
	for (int i = 0; i < 200; i++)
		fa_buf_adds(&text, "强制,但是。");
	fa_buf_adds(&text, "强制。");
	rig_text(r, text.p);
	fa_buf_done(&text);
	d = &r->match.decisions[0];
	assert_int_equal(d->verdict, FA_VERDICT_VIOLATION);
	assert_true(d->hits_n < 200);
	assert_false(d->hits[d->hits_n - 1].exculpates);
	assert_int_equal(d->hits[d->hits_n - 1].sentence, 201);
}

/* n times word, as one paragraph, then tail. */
static void
read_many(struct rig *r, const char *word, size_t n, const char *tail)
{
	struct fa_buf text;

	fa_buf_init(&text, 1 << 20);
	fa_buf_adds(&text, "刷脸。");
	for (size_t i = 0; i < n; i++)
		fa_buf_adds(&text, word);
	fa_buf_adds(&text, tail);
	rig_text(r, text.p);
	fa_buf_done(&text);
}

static void
a_pattern_with_too_many_hits_makes_its_duty_cannot_tell(void **state)
{
	struct rig_duty d[2] = {
		{ "T.1", "T", "gap", "FACE_ID",
			{ { "T.1-c", "compliant", "      '自愿'\n", NULL },
				{ "T.1-v", "violation", "      '强制'\n",
					NULL } } },
		{ "T.2", "T", "gap", "FACE_ID",
			{ { "T.2-c", "compliant", "      '人工'\n", NULL } } }
	};
	struct rig *r = *state;

	rig_load(r, d, 2);
	read_many(r, "自愿。", FA_MATCH_HITS_MAX + 1, "人工。");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_CANNOT_TELL);
	expect_rule(r, 0, "none");
	assert_true(fa_str_starts(
		r->match.decisions[0].reason, FA_STR("match_limit")));
	assert_int_equal(r->match.limits_hit, 1);
	assert_string_equal(rig_show(r, 1), "C 人工。");
	read_many(r, "自愿。", FA_MATCH_HITS_MAX + 1, "强制。");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_VIOLATION);
	assert_int_equal(r->match.decisions[0].reason.n, 0);
	/* As many as the limit allows are all of them. */
	read_many(r, "自愿。", FA_MATCH_HITS_MAX, "");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_COMPLIANT);
	assert_int_equal(r->match.limits_hit, 0);
}

static void
a_search_that_gives_up_makes_its_duty_cannot_tell(void **state)
{
	struct rig *r = *state;

	/* With \b it is left to PCRE2, which has limits. */
	rig_rule(r, "      '(?:a|b|ab|aa|aaa|aaaa|aaaaa){1,40}c\\b刷脸'\n", NULL);
	rig_text(r,
		"刷脸。aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,c刷脸。");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_CANNOT_TELL);
	assert_true(r->match.decisions[0].reason.n > 0);
	assert_int_equal(r->match.limits_hit, 1);
	rig_expect(r, "aabc刷脸。", "V aabc刷脸。");
}

static void
a_program_has_no_limit_to_reach(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      '(?:a|b|ab|aa|aaa|aaaa|aaaaa){1,40}c刷脸'\n", NULL);
	rig_text(r,
		"刷脸。aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,c刷脸。");
	assert_int_equal(
		r->match.decisions[0].verdict, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(r->match.limits_hit, 0);
}

static void
a_limit_that_the_rule_need_not_look_at_changes_nothing(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '{face}'\n      all:\n        - '密码'\n"
		"        - in: document\n          match: '自愿'\n",
		NULL);
	read_many(r, "自愿。", FA_MATCH_HITS_MAX + 1, "");
	assert_string_equal(rig_show(r, 0), "N");
	assert_int_equal(r->match.decisions[0].reason.n, 0);
}

static void
hits_of_all_rules_stand_in_text_order(void **state)
{
	struct rig *r = *state;

	rig_load(r, &all_verdicts, 1);
	rig_text(r, "刷脸。强制。可能。自愿。强制。可能,自愿。");
	for (size_t i = 1; i < r->match.decisions[0].hits_n; i++)
		assert_true(r->match.decisions[0].hits[i - 1].text.from <=
			r->match.decisions[0].hits[i].text.from);
	assert_int_equal(r->match.decisions[0].hits_n, 6);
}

static void
memory_that_runs_out_is_an_error_at_every_point(void **state)
{
	struct rig *r = *state;
	struct fa_match found;
	int failed = 0;
	bool fires;

	rig_load(r, &all_verdicts, 1);
	rig_read(r,
		FA_STR("刷脸。可能,自愿。强制,但是。\n\n1. 刷脸;\n2. 强制。"),
		FA_FORMAT_TEXT);
	for (size_t limit = 0;; limit += 16) {
		struct fa_arena a;
		int rc, rc2;

		fa_arena_init(&a, limit);
		rc = fa_match(&found, r->m, &r->doc, RIG_TODAY, &a, &r->err);
		fa_arena_done(&a);
		fa_arena_init(&a, limit);
		rc2 = fa_match_rule_fires(
			&fires, r->m, 0, &r->doc, NULL, &a, &r->err);
		fa_arena_done(&a);
		assert_true(rc2 == FA_OK || rc2 == FA_E_NOMEM);
		if (rc == FA_OK)
			break;
		assert_int_equal(rc, FA_E_NOMEM);
		assert_true(r->err.msg[0] != '\0');
		failed++;
		assert_true(limit < 1 << 20);
	}
	assert_true(failed > 10);
}

static void
judging_twice_gives_the_same(void **state)
{
	struct rig *r = *state;
	char first[RIG_SHOWN];

	rig_load(r, &all_verdicts, 1);
	rig_text(r, "刷脸。强制,但是。强制。自愿。");
	(void)snprintf(first, sizeof(first), "%s", rig_show(r, 0));
	rig_match(r, RIG_TODAY);
	assert_string_equal(rig_show(r, 0), first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(violation_outranks_compliant_outranks_cannot_tell),
		RIG_TEST(
			silence_is_a_gap_with_the_rule_that_says_so_or_not_applicable),
		RIG_TEST(what_was_called_off_decides_nothing),
		RIG_TEST(instruments_apply_while_they_are_in_force),
		RIG_TEST(a_document_of_another_class_is_not_judged),
		RIG_TEST(
			the_better_measured_rule_decides_and_the_first_of_equals),
		RIG_TEST(hits_beyond_many_that_were_called_off_are_kept),
		RIG_TEST(
			a_pattern_with_too_many_hits_makes_its_duty_cannot_tell),
		RIG_TEST(a_search_that_gives_up_makes_its_duty_cannot_tell),
		RIG_TEST(a_program_has_no_limit_to_reach),
		RIG_TEST(
			a_limit_that_the_rule_need_not_look_at_changes_nothing),
		RIG_TEST(hits_of_all_rules_stand_in_text_order),
		RIG_TEST(memory_that_runs_out_is_an_error_at_every_point),
		RIG_TEST(judging_twice_gives_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
