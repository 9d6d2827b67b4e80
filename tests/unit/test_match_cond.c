/* Patterns, regions and condition trees, by what is reported of small texts. */
#include "rig_match.h"

static void
a_hit_that_begins_in_an_earlier_clause_hides_none_behind_it(void **state)
{
	struct rig *r = *state;
	struct fa_unit *u;
	struct fa_phits *h;
	struct fa_scan s;
	uint32_t pattern;

	rig_rule(r, "      '拒绝{..20}{face}'\n", NULL);
	rig_text(r, "拒绝,拒绝刷脸,人脸。");
	pattern = r->b->rules[fa_bundle_rule(r->b, FA_STR("T.1-a"))]
			  .find->pattern;
	assert_int_equal(
		fa_scan_init(&s, r->m, &r->doc, &r->a, &r->err), FA_OK);
	assert_int_equal(fa_scan_pattern(&h, &s, pattern), FA_OK);
	assert_false(h->nowhere);
	assert_int_equal(fa_scan_search(&u, &s, h, pattern, 0), FA_OK);
	assert_int_equal(u->hits_n, 1);
	assert_int_equal(fa_scan_more(&s, h, pattern, u), 1);
	assert_int_equal(fa_scan_more(&s, h, pattern, u), 0);
	assert_int_equal(u->hits_n, 2);
	assert_int_equal(u->hits[0].text.from, 0);
	assert_int_equal(u->hits[1].text.from, 7);
	assert_true(u->hits[0].text.to == u->hits[1].text.to);
	assert_false(h->limited);
}

static void
polarity_is_that_of_the_clause_in_which_the_hit_ends(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '登录{..12}{face}'\n      polarity: negated\n",
		NULL);
	rig_expect(r, "登录时,我们不会刷脸。", "V 登录时,我们不会刷脸。");
	rig_expect(r, "不用登录,可以刷脸。", "N");
	rig_expect(r, "登录时,我们会刷脸。", "N");
}

static void
a_pattern_does_not_cross_sentences(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      in: document\n      match: '登录.{0,5}{face}'\n",
		NULL);
	rig_expect(r, "登录。刷脸。", "N");
	rig_expect(r, "登录,刷脸。", "V 登录,刷脸。");
}

static void
the_passage_is_whole_clauses_and_what_was_found_elsewhere(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '{face}'\n      all:\n        - '密码'\n"
		"        - in: document\n          match: '费用'\n",
		NULL);
	rig_expect(r, "甲方说,可以刷脸登录,也可以用密码,免费。有费用。",
		"V 可以刷脸登录,也可以用密码,|有费用。");
}

static void
all_needs_every_part_and_any_one(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '{face}'\n      all:\n        - '密码'\n"
		"      any:\n        - '短信'\n        - '人工'\n",
		NULL);
	rig_expect(r, "刷脸密码短信。", "V 刷脸密码短信。");
	rig_expect(r, "刷脸密码人工。", "V 刷脸密码人工。");
	rig_expect(r, "刷脸密码。", "N");
	rig_expect(r, "刷脸短信。", "N");
}

static void
none_forbids_and_adds_nothing_to_the_passage(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '{face}'\n      none:\n        - '密码'\n"
		"        - all:\n            - '短信'\n            - '人工'\n",
		NULL);
	rig_expect(r, "刷脸,密码。", "N");
	rig_expect(r, "短信,人工,刷脸。", "N");
	rig_expect(r, "短信,可以刷脸,好。", "V 可以刷脸,");
}

static void
a_branch_that_fails_adds_nothing_to_the_passage(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      any:\n"
		"        - all:\n            - '短信'\n            - '人工'\n"
		"        - '{face}'\n",
		NULL);
	rig_expect(r, "短信,可以刷脸,好。", "V 可以刷脸,");
	rig_expect(r, "短信,人工,可以刷脸。", "V 短信,人工,");
}

static void
a_root_in_clause_tries_each_clause_by_itself(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      in: clause\n      match: '{face}'\n      all:\n"
		"        - '登录'\n",
		NULL);
	rig_expect(r, "可以刷脸登录,也能人脸登录,好。",
		"V 可以刷脸登录,|也能人脸登录,");
	rig_expect(r, "可以刷脸,登录。", "N");
	rig_expect(r, "刷脸,人脸登录。", "V 人脸登录。");
}

static void
a_sentence_inside_a_clause_rule_looks_at_the_whole_sentence(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      in: clause\n      match: '{face}'\n      none:\n"
		"        - in: sentence\n          match: '密码'\n",
		NULL);
	rig_expect(r, "刷脸,密码。", "N");
	rig_expect(r, "刷脸,好。密码。", "V 刷脸,");
}

static void
nested_regions_grow_around_the_sentence_under_examination(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '登录'\n      all:\n"
		"        - in: near 1\n          all:\n"
		"            - '{face}'\n"
		"            - in: document\n              match: '费用'\n",
		NULL);
	rig_expect(r, "刷脸。登录。费用。", "V 登录。|费用。");
	rig_expect(r, "刷脸。好。登录。费用。", "N");
	rig_expect(r, "刷脸。登录。好。", "N");
}

static void
scope_conditions_look_for_mentions_in_their_region(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '登录'\n      all:\n"
		"        - in: near 1\n          scope: FACE_ID\n"
		"      none:\n        - scope: DEFN\n",
		NULL);
	rig_expect(r, "可以刷脸。登录。", "V 登录。");
	rig_expect(r, "可以刷脸。好。登录。", "N");
	rig_expect(r, "可以刷脸。登录是指人脸。", "N");
	/* The definitions before and behind must not be taken for its own. */
	rig_expect(
		r, "人脸是指脸。可以刷脸。登录。好。人脸是指脸。", "V 登录。");
}

static void
a_wide_branch_of_any_loses_no_sentence(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      any:\n        - '密码'\n"
		"        - in: near 1\n          match: '短信'\n",
		NULL);
	rig_expect(r, "刷脸。好。短信。密码。好。", "V 好。|短信。|密码。");
	rig_expect(r, "短信。刷脸。", "V 短信。|刷脸。");
	rig_expect(r, "好。刷脸。", "N");
}

static void
a_wide_branch_of_any_leaves_the_choice_to_its_sibling(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      match: '{face}'\n      any:\n        - '密码'\n"
		"        - in: near 1\n          match: '短信'\n",
		NULL);
	rig_expect(r, "刷脸。短信。密码。人脸密码。", "V 刷脸。|人脸密码。");
}

static void
a_scope_beside_a_pattern_in_any_loses_no_sentence(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      any:\n        - '密码'\n        - scope: FACE_ID\n",
		NULL);
	rig_expect(r, "刷脸。好。密码。", "V 刷脸。|密码。");
}

static void
a_root_in_a_wide_region_reports_the_sentences_of_its_patterns(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      in: near 1\n      match: '{face}'\n      all:\n"
		"        - in: near 1\n          match: '短信'\n",
		NULL);
	rig_expect(r, "好,刷脸。有短信。", "V 刷脸。");
	rig_expect(r, "刷脸。好。短信。", "N");
}

static void
unless_calls_a_hit_off_and_leaves_it_on_record(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      match: '{face}'\n",
		"      - '密码'\n      - in: near 1\n        match: '短信'\n");
	rig_expect(r, "刷脸或密码。好。", "N !刷脸或密码。");
	rig_expect(r, "刷脸。短信。", "N !刷脸。");
	rig_expect(r, "刷脸,密码。好。可以刷脸。", "V !刷脸,|可以刷脸。");
}

static void
every_polarity_can_be_asked_for(void **state)
{
	static const struct {
		const char *name, *text;
	} c[] = { { "affirmed", "我们使用刷脸。" },
		{ "negated", "我们不使用刷脸。" },
		{ "question", "可以刷脸吗?" }, { "advice", "请勿刷脸。" },
		{ "hypothetical", "如果您刷脸,我们记录。" } };
	struct rig *r = *state;

	for (size_t i = 0; i < FA_COUNT(c); i++) {
		char find[128];

		rig_clear(r);
		(void)snprintf(find, sizeof(find),
			"      match: '{face}'\n      polarity: %s\n",
			c[i].name);
		rig_rule(r, find, NULL);
		for (size_t k = 0; k < FA_COUNT(c); k++) {
			rig_text(r, c[k].text);
			if ((rig_show(r, 0)[0] == 'V') != (i == k))
				fail_msg("%s: %s", c[i].name, c[k].text);
		}
	}
}

static void
texts_are_matched_as_folded(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      '登录{..12}刷脸'\n", NULL);
	rig_expect(r, "登陸（刷 臉）。", "V 登录(刷脸)。");
}

static void
rule_fires_asks_neither_for_scope_nor_for_force(void **state)
{
	struct rig *r = *state;
	struct rig_duty d = { "DRAFT.1", "DRAFT", "gap", "FACE_ID",
		{ { "DRAFT.1-a", "violation", "      '密码'\n",
			"      - '免费'\n" } } };
	uint32_t rule;
	bool fires = false;

	rig_load(r, &d, 1);
	rule = fa_bundle_rule(r->b, FA_STR("DRAFT.1-a"));
	rig_read(r, FA_STR("密码。"), FA_FORMAT_TEXT);
	assert_int_equal(fa_match_rule_fires(&fires, r->m, rule, &r->doc, NULL,
				 &r->a, &r->err),
		FA_OK);
	assert_true(fires);
	rig_read(r, FA_STR("密码免费。"), FA_FORMAT_TEXT);
	assert_int_equal(fa_match_rule_fires(&fires, r->m, rule, &r->doc, NULL,
				 &r->a, &r->err),
		FA_OK);
	assert_false(fires);
	rule = fa_bundle_rule(r->b, FA_STR("DRAFT.1-gap"));
	assert_int_equal(fa_match_rule_fires(&fires, r->m, rule, &r->doc, NULL,
				 &r->a, &r->err),
		FA_OK);
	assert_false(fires);
}

static void
a_document_without_text_fires_nothing(void **state)
{
	struct rig *r = *state;

	rig_rule(r, "      '密码'\n", NULL);
	rig_expect(r, "", "N");
	rig_expect(r, " \n\n ", "N");
	assert_int_equal(r->match.scopes, 0);
}

/* A word at sentence `at' of n, and another so many sentences behind it. */
static bool
meet(struct rig *r, size_t n, size_t at, size_t behind)
{
	struct fa_buf text;

	fa_buf_init(&text, 1 << 20);
	for (size_t i = 0; i < n; i++)
		fa_buf_adds(&text,
			i == at                    ? "刷脸。"
				: i == at + behind ? "密码。"
						   : "你好。");
	rig_text(r, text.p);
	fa_buf_done(&text);
	return r->match.decisions[0].hits_n > 0;
}

static void
neighbours_are_looked_for_up_to_their_distance_and_to_the_end(void **state)
{
	struct rig *r = *state;

	rig_rule(r,
		"      any:\n        - '短信'\n        - all:\n"
		"            - in: near 3\n              match: '密码'\n"
		"            - in: near 1\n              match: '{face}'\n",
		NULL);
	for (size_t at = 0; at < 130; at++) {
		assert_true(meet(r, 130, at, 4) == (at + 4 < 130));
		assert_false(meet(r, 130, at, 5));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(
			a_hit_that_begins_in_an_earlier_clause_hides_none_behind_it),
		RIG_TEST(polarity_is_that_of_the_clause_in_which_the_hit_ends),
		RIG_TEST(a_pattern_does_not_cross_sentences),
		RIG_TEST(
			the_passage_is_whole_clauses_and_what_was_found_elsewhere),
		RIG_TEST(all_needs_every_part_and_any_one),
		RIG_TEST(none_forbids_and_adds_nothing_to_the_passage),
		RIG_TEST(a_branch_that_fails_adds_nothing_to_the_passage),
		RIG_TEST(a_root_in_clause_tries_each_clause_by_itself),
		RIG_TEST(
			a_sentence_inside_a_clause_rule_looks_at_the_whole_sentence),
		RIG_TEST(
			nested_regions_grow_around_the_sentence_under_examination),
		RIG_TEST(scope_conditions_look_for_mentions_in_their_region),
		RIG_TEST(a_wide_branch_of_any_loses_no_sentence),
		RIG_TEST(a_wide_branch_of_any_leaves_the_choice_to_its_sibling),
		RIG_TEST(a_scope_beside_a_pattern_in_any_loses_no_sentence),
		RIG_TEST(
			a_root_in_a_wide_region_reports_the_sentences_of_its_patterns),
		RIG_TEST(unless_calls_a_hit_off_and_leaves_it_on_record),
		RIG_TEST(every_polarity_can_be_asked_for),
		RIG_TEST(texts_are_matched_as_folded),
		RIG_TEST(rule_fires_asks_neither_for_scope_nor_for_force),
		RIG_TEST(a_document_without_text_fires_nothing),
		RIG_TEST(
			neighbours_are_looked_for_up_to_their_distance_and_to_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
