/* Model texts: what they may look like, and whose they are. */
#include "fixture_rules.h"

#define RULE_WORDING                                                           \
	"    wording:\n      zh: '您可以改用【其他方式】。'\n"     \
	"      en: 'You can use 【other way】.'\n"
#define DUTY_WORDING                                                           \
	"wording:\n  zh: '另有其他方式。'\n  en: 'There is another way.'\n"

static const char after_title[] = "      en: 'no service after refusal'\n";
static const char after_fix[] = "  en: 'Offer a text message.'\n";

static void
put_both(struct rules *r)
{
	static char text[8192];
	const char *fix = strstr(rule_yaml, after_fix) + strlen(after_fix);
	const char *title =
		strstr(rule_yaml, after_title) + strlen(after_title);

	(void)snprintf(text, sizeof(text), "%.*s%s%.*s%s%s",
		(int)(fix - rule_yaml), rule_yaml, DUTY_WORDING,
		(int)(title - fix), fix, RULE_WORDING, title);
	put(r, "rule.yaml", text);
}

static const char *
zh(const struct fa_text2 *t)
{
	return t != NULL ? t->in[FA_LANG_ZH].p : "";
}

static void
is_wording(const struct fa_bundle *b, const char *rule, const char *expected)
{
	uint32_t i = fa_bundle_rule(b, fa_str_c(rule));
	const struct fa_text2 *t;

	assert_int_not_equal(i, FA_RULE_NONE);
	t = fa_bundle_wording(b, b->rules[i].obligation, i);
	if (expected == NULL) {
		assert_null(t);
		return;
	}
	assert_non_null(t);
	assert_true(fa_str_eq(t->in[FA_LANG_ZH], fa_str_c(expected)));
}

static void
wordings_survive_the_round_trip_and_know_their_lines(void **state)
{
	struct rules *r = *state;
	const struct fa_bundle *b;
	struct fa_bundle *again = NULL;
	struct fa_str first;
	uint32_t sole;

	put_both(r);
	b = loaded(r);
	sole = fa_bundle_rule(b, FA_STR("FRM.10.1-sole"));
	assert_int_equal(b->obligations[0].wording_line, 19);
	assert_int_equal(b->rules[sole].wording_line, 35);
	first = written(r, b);
	assert_int_equal(
		fa_rules_parse_bundle(&again, first, &r->a, &r->err), FA_OK);
	assert_true(fa_str_eq(first, written(r, again)));
	is_wording(again, "FRM.10.1-sole", "您可以改用【其他方式】。");
	is_wording(again, "FRM.10.1-gap", "另有其他方式。");
}

static void
rules_on_documents_inherit_a_wording_and_rules_on_flows_do_not(void **state)
{
	struct rules *r = *state;
	const struct fa_bundle *b;

	put_both(r);
	put(r, "a.yaml",
		"obligation: FRM.6.1\ninstrument: FRM\narticle: '6(1)'\n"
		"kind: duty\nseverity: high\nsilent: not_applicable\n"
		"applies_if:\n  scope: FACE_ID\n"
		"title:\n  zh: '甲'\n  en: 'a'\nwhy:\n  zh: '乙'\n  en: 'b'\n"
		"fix:\n  zh: '丙'\n  en: 'c'\n"
		"wording:\n  zh: '另行征得同意。'\n  en: 'Ask apart.'\n"
		"rules:\n  - id: FRM.6.1-doc\n    verdict: cannot_tell\n"
		"    title:\n      zh: '丁'\n      en: 'd'\n"
		"    find: '{face}'\n"
		"  - id: FRM.6.1-flow\n    judges: flow\n"
		"    verdict: violation\n"
		"    title:\n      zh: '戊'\n      en: 'e'\n"
		"    find: '{refuse}'\n");
	b = loaded(r);
	is_wording(b, "FRM.6.1-doc", "另行征得同意。");
	is_wording(b, "FRM.6.1-flow", NULL);
	assert_string_equal(zh(fa_bundle_wording(b,
				    fa_bundle_obligation(b, FA_STR("FRM.6.1")),
				    FA_RULE_NONE)),
		"另行征得同意。");
}

static void
refused_wording(struct rules *r, const char *wording, const char *message)
{
	static char to[1024];

	(void)snprintf(to, sizeof(to), "%s%s", after_fix, wording);
	refused_edit(r, "rule.yaml", rule_yaml, after_fix, to, message);
}

static void
malformed_wordings_are_refused_with_their_place(void **state)
{
	static const char *const bad[] = { "【甲", "甲】", "】甲【",
		"【甲【乙】】", "【】", "【 甲】" };
	struct rules *r = *state;
	char wording[200];

	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		(void)snprintf(wording, sizeof(wording),
			"wording:\n  zh: '字%s。'\n  en: 'a %s.'\n", bad[i],
			bad[i]);
		refused_wording(r, wording,
			"rule.yaml:19:1: wording has a malformed placeholder; "
			"expected 【, 1 to 40 characters without a blank at "
			"either end, 】");
	}
	refused_wording(r, "wording:\n  zh: '用【甲】。'\n  en: 'Use a.'\n",
		"rule.yaml:19:1: wording has 1 placeholders in zh and 0 in en");
	refused_wording(r,
		"wording:\n  zh: |\n    一行\n    两行\n  en: 'Lines.'\n",
		"rule.yaml:19:1: wording has several lines; expected one "
		"paragraph");
	refused_wording(r, "wording:\n  zh: '用甲。'\n",
		"rule.yaml:19:1: wording has no 'en'");
}

static void
a_rule_that_finds_nothing_wrong_has_no_wording(void **state)
{
	static char text[8192];
	struct rules *r = *state;
	struct fa_bundle *again = NULL;
	struct fa_bundle *b;
	uint32_t sole;

	(void)snprintf(text, sizeof(text), "%s%s", after_title, RULE_WORDING);
	put_edited(r, "rule.yaml", rule_yaml, after_title, text);
	b = (struct fa_bundle *)(uintptr_t)loaded(r);
	sole = fa_bundle_rule(b, FA_STR("FRM.10.1-sole"));
	b->rules[sole].verdict = FA_VERDICT_COMPLIANT;
	assert_int_equal(
		fa_rules_parse_bundle(&again, written(r, b), &r->a, &r->err),
		FA_E_INPUT);
	assert_null(again);
	assert_non_null(strstr(r->err.msg,
		"rule 'FRM.10.1-sole' has a wording, which only a rule with "
		"the verdict violation or cannot_tell may have"));
	put(r, "scope.yaml",
		"scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-a\n"
		"    title:\n      zh: '核验'\n      en: 'check'\n" RULE_WORDING
		"    find: '{face}'\n");
	refused(r,
		"scope.yaml:7:5: rule 'SCOPE-FACE_ID-a' has a wording, which "
		"only a rule with the verdict violation or cannot_tell may "
		"have");
}

static void
placeholders_come_one_after_the_other(void **state)
{
	struct fa_str text = FA_STR("由【公司】于【日期】发布");
	struct fa_placeholder p = { .to = 0 };

	(void)state;
	assert_int_equal(
		fa_rules_placeholder(&p, text, 0), FA_PLACEHOLDER_FOUND);
	assert_true(fa_str_eq(p.name, FA_STR("公司")));
	assert_true(
		fa_str_eq(fa_str_sub(text, p.from, p.to), FA_STR("【公司】")));
	assert_int_equal(
		fa_rules_placeholder(&p, text, p.to), FA_PLACEHOLDER_FOUND);
	assert_true(fa_str_eq(p.name, FA_STR("日期")));
	assert_int_equal(
		fa_rules_placeholder(&p, text, p.to), FA_PLACEHOLDER_NONE);
	assert_int_equal(
		fa_rules_placeholder(&p, FA_STR_NONE, 0), FA_PLACEHOLDER_NONE);
}

static void
explanations_show_the_wording_of_what_is_wrong(void **state)
{
	struct rules *r = *state;
	struct fa_buf out;

	put_both(r);
	(void)loaded(r);
	fa_buf_init(&out, 1u << 20);
	assert_int_equal(fa_rules_explain(r->b, FA_STR("FRM.10.1-sole"),
				 FA_LANG_EN, &out, &r->err),
		FA_OK);
	assert_true(fa_str_ends(fa_buf_str(&out),
		FA_STR("could read  You can use 【other way】.\n")));
	fa_buf_reset(&out);
	assert_int_equal(fa_rules_explain(r->b, FA_STR("FRM.10.1"), FA_LANG_ZH,
				 &out, &r->err),
		FA_OK);
	assert_int_not_equal(fa_str_find(fa_buf_str(&out),
				     FA_STR("可改写为    另有其他方式。\n"), 0),
		SIZE_MAX);
	fa_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			wordings_survive_the_round_trip_and_know_their_lines,
			rules_setup, rules_teardown),
		cmocka_unit_test_setup_teardown(
			rules_on_documents_inherit_a_wording_and_rules_on_flows_do_not,
			rules_setup, rules_teardown),
		cmocka_unit_test_setup_teardown(
			malformed_wordings_are_refused_with_their_place,
			rules_setup, rules_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_that_finds_nothing_wrong_has_no_wording,
			rules_setup, rules_teardown),
		cmocka_unit_test(placeholders_come_one_after_the_other),
		cmocka_unit_test_setup_teardown(
			explanations_show_the_wording_of_what_is_wrong,
			rules_setup, rules_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
