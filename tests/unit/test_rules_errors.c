/* What the loader says about mistakes, message by message. */
#include "fixture_rules.h"

static void
rule_edit(void **state, const char *from, const char *to, const char *message)
{
	refused_edit(*state, "rule.yaml", rule_yaml, from, to, message);
}

static void
a_misspelt_key_is_named_with_the_right_one(void **state)
{
	rule_edit(state, "severity:", "serverity:",
		"rule.yaml:5:1: unknown key in an obligation: 'serverity'; did "
		"you mean 'severity'?");
	rule_edit(state, "verdict: viol", "vrdict: viol",
		"rule.yaml:27:5: unknown key in a rule: 'vrdict'; did you mean "
		"'verdict'?");
	rule_edit(state, "polarity:", "polarty:",
		"rule.yaml:34:7: unknown key in a condition: 'polarty'; did "
		"you mean 'polarity'?");
	rule_edit(state, "obligation:", "Obligation:",
		"rule.yaml:1:1: the first key is 'Obligation'; did you mean "
		"'obligation'?");
}

static void
an_unknown_key_lists_what_is_expected(void **state)
{
	rule_edit(state, "false_positives:", "comment:",
		"rule.yaml:45:5: unknown key in a rule: 'comment'; expected "
		"id, judges, defers, verdict, status, find, unless, "
		"examples, false_positives, title, why, fix or wording");
	refused_edit(*state, "weights.yaml", weights_yaml,
		"weights:", "costs_of_it:",
		"weights.yaml:1:1: the first key is 'costs_of_it'; expected "
		"instruments, weights, measured, lexicons, scope, obligation "
		"or ledger");
}

static void
missing_keys_are_named(void **state)
{
	rule_edit(state, "severity: high\n", "",
		"rule.yaml:1:1: an obligation has no 'severity'");
	rule_edit(state, "    verdict: violation\n", "",
		"rule.yaml:26:5: a rule has no 'verdict'");
	rule_edit(state, "  - id: FRM.10.1-sole\n    verdict", "  - verdict",
		"rule.yaml:26:5: a rule has no 'id'");
	rule_edit(state, "  en: 'Offer another way'\n", "",
		"rule.yaml:10:1: title has no 'en'");
	rule_edit(state,
		"gap:\n  zh: '没有说明其他方式'\n"
		"  en: 'no other way is named'\n",
		"",
		"rule.yaml:6:1: silent: gap needs 'gap' with what is missing");
	rule_edit(state, "silent: gap", "silent: not_applicable",
		"rule.yaml:19:1: 'gap' is for silent: gap only");
}

static void
values_of_a_wrong_kind_are_refused(void **state)
{
	rule_edit(state, "article: '10(1)'", "article:\n  - '10'",
		"rule.yaml:3:1: 'article' is a list; expected a text");
	rule_edit(state,
		"why:\n  zh: '人脸不得为唯一方式。'\n"
		"  en: 'The face must not be the only way.'",
		"why: 'text'",
		"rule.yaml:13:1: 'why' is a text; expected a map");
	rule_edit(state, "      polarity: affirmed",
		"      polarity:\n        - negated",
		"rule.yaml:34:7: 'polarity' is a list; expected a text");
	rule_edit(state, "article: '10(1)'", "article: ''",
		"rule.yaml:3:1: article is empty");
	rule_edit(state, "zh: '提供其他方式'", "zh: no",
		"rule.yaml:11:3: title: no without quotes is not a text in "
		"YAML; write 'no'");
	rule_edit(state, "      - in: near 2\n        match",
		"      - - '短信'\n        - match",
		"rule.yaml:38:9: a condition is a list; write all: or any: "
		"above it");
}

static void
words_of_a_list_are_checked(void **state)
{
	rule_edit(state, "severity: high", "severity: hihg",
		"rule.yaml:5:1: unknown severity 'hihg'; did you mean "
		"'high'?");
	rule_edit(state, "verdict: violation", "verdict: gap",
		"rule.yaml:27:5: unknown verdict 'gap'; expected cannot_tell, "
		"compliant or violation");
	rule_edit(state, "polarity: affirmed", "polarity: never",
		"rule.yaml:34:7: unknown polarity 'never'; expected affirmed, "
		"negated, question, advice or hypothetical");
	rule_edit(state, "- FACE_ID", "- FACEID",
		"rule.yaml:9:7: unknown scope 'FACEID'; did you mean "
		"'FACE_ID'?");
	rule_edit(state, "in: near 2", "in: paragraph",
		"rule.yaml:38:9: unknown region 'paragraph'; expected clause, "
		"sentence, near, block, list, section, document, screen or "
		"path");
	rule_edit(state, "kind: duty", "kind: advice",
		"rule.yaml:4:1: unknown kind 'advice'; expected prohibition, "
		"duty or encouragement");
	rule_edit(state, "status: test", "status: final",
		"rule.yaml:28:5: unknown status 'final'; expected "
		"experimental, test or stable");
	rule_edit(state, "silent: gap", "silent: compliant",
		"rule.yaml:6:1: unknown value of silent 'compliant'; expected "
		"not_applicable or gap");
}

static void
near_takes_one_to_five(void **state)
{
	rule_edit(state, "in: near 2", "in: near 6",
		"rule.yaml:38:9: 'in: near 6'; expected near N with N from 1 "
		"to 5");
	rule_edit(state, "in: near 2", "in: near",
		"rule.yaml:38:9: 'in: near'; expected near N with N from 1 to "
		"5");
	rule_edit(state, "in: near 2", "in: near 0",
		"rule.yaml:38:9: 'in: near 0'; expected near N with N from 1 "
		"to 5");
}

static void
ids_follow_their_owner(void **state)
{
	rule_edit(state, "id: FRM.10.1-sole", "id: FRM.10.2-sole",
		"rule.yaml:26:5: rule 'FRM.10.2-sole' does not begin with its "
		"obligation 'FRM.10.1-'");
	rule_edit(state, "obligation: FRM.10.1", "obligation: PIPL.28",
		"rule.yaml:1:1: obligation 'PIPL.28' does not begin with its "
		"instrument 'FRM.'");
	rule_edit(state, "id: FRM.10.1-sole", "id: FRM.10.1-gap",
		"rule.yaml:26:5: the id FRM.10.1-gap belongs to the rule that "
		"is made for silent: gap; choose another one");
}

static void
ids_are_unique_over_all_files(void **state)
{
	struct rules *r = *state;

	put(r, "z.yaml", rule_yaml);
	refused(r,
		"z.yaml:1:1: obligation FRM.10.1 stands already in "
		"rule.yaml, line 1");
	put(r, "z.yaml", lexicon_yaml);
	refused(r,
		"z.yaml:12:3: lexicon both stands already in lexicon.yaml, "
		"line 12");
	put(r, "z.yaml", weights_yaml);
	refused(r, "z.yaml:1:1: weights stand already in weights.yaml");
}

static void
references_name_known_instruments(void **state)
{
	rule_edit(state, "- instrument: PIPL", "- instrument: PILP",
		"rule.yaml:23:5: unknown instrument 'PILP'; did you mean "
		"'PIPL'?");
	rule_edit(state, "- instrument: PIPL", "- instrument: XYZABC",
		"rule.yaml:23:5: unknown instrument 'XYZABC'; "
		"instruments.yaml lists them");
}

static void
dates_and_pages_of_instruments_are_checked(void **state)
{
	struct rules *r = *state;
	const char *name = "instruments.yaml";

	refused_edit(r, name, instruments_yaml, "2025-06-01", "2025-02-30",
		"instruments.yaml:20:5: '2025-02-30' is no date; expected "
		"YYYY-MM-DD");
	refused_edit(r, name, instruments_yaml, "    in_force_from: '2025-06",
		"    in_force_to: '2025-01-01'\n    in_force_from: '2025-06",
		"instruments.yaml:20:5: in_force_to lies before "
		"in_force_from");
	refused_edit(r, name, instruments_yaml, "binding: yes", "binding: 1",
		"instruments.yaml:11:5: binding is '1'; expected yes or no");
	refused_edit(r, name, instruments_yaml, "'https://www.cac", "'www.cac",
		"instruments.yaml:21:5: page is 'www.cac.gov.cn/'; expected "
		"an address that begins with https://");
	refused_edit(r, name, instruments_yaml, "  FRM:", "  frm:",
		"instruments.yaml:12:3: 'frm' is no code of an instrument; "
		"expected A-Z, 0-9, . and -, a letter first");
}

static void
weights_are_thousandths_in_order(void **state)
{
	struct rules *r = *state;
	const char *name = "weights.yaml";

	refused_edit(r, name, weights_yaml, "750", "1001",
		"weights.yaml:2:3: weight is not a number from 0 to 1000");
	refused_edit(r, name, weights_yaml, "  low: 80\n", "",
		"weights.yaml:1:1: weights has no 'low'");
	refused_edit(r, name, weights_yaml, "established: 900",
		"established: 600",
		"weights.yaml:8:3: established lies below probable");
}

static void
lexicons_that_include_each_other_are_refused(void **state)
{
	struct rules *r = *state;

	refused_edit(r, "lexicon.yaml", lexicon_yaml, "    note: '人脸'\n",
		"    include:\n      - 'both'\n",
		"lexicon.yaml:4:9: 'face' includes 'both', which includes it "
		"in turn");
	refused_edit(r, "lexicon.yaml", lexicon_yaml, "- 'refuse'",
		"- 'refuze'",
		"lexicon.yaml:15:9: unknown lexicon 'refuze'; did you mean "
		"'refuse'?");
	refused_edit(r, "lexicon.yaml", lexicon_yaml, "  face:", "  人脸:",
		"lexicon.yaml:2:3: '人脸' is no name of a lexicon; expected "
		"a-z, 0-9 and _, a letter first");
	refused_edit(r, "lexicon.yaml", lexicon_yaml, "- '刷脸'",
		"- \"\\u200b\"",
		"lexicon.yaml:7:9: word consists of invisible characters");
}

static void
what_is_for_flows_is_refused_in_rules_on_documents(void **state)
{
	rule_edit(state, "in: near 2", "in: screen",
		"rule.yaml:38:9: 'in: screen' is for rules that judge flows");
	rule_edit(state, "        match: '短信验证'", "        fact: capture",
		"rule.yaml:39:9: 'fact' is for rules that judge flows");
	rule_edit(state, "    status: test", "    judges: page",
		"rule.yaml:28:5: unknown subject 'page'; expected document or "
		"flow");
	rule_edit(state, "    status: test", "    defers: documents",
		"rule.yaml:28:5: 'defers: documents' is for a rule that "
		"judges flows with the verdict cannot_tell");
	rule_edit(state,
		"    find:\n      match: '{refuse}{..20}{face}'\n"
		"      polarity: affirmed\n",
		"    judges: flow\n    find:\n      fact: sole_methd\n",
		"rule.yaml:34:7: unknown fact 'sole_methd'; did you mean "
		"'sole_method'?");
}

static void
a_part_names_the_obligation_that_its_id_begins_with(void **state)
{
	rule_edit(state, "instrument: FRM\n",
		"part_of: FRM.10\ninstrument: FRM\n",
		"rule.yaml:2:1: 'FRM.10.1' is a part of 'FRM.10', which is no "
		"obligation that its id begins with");
}

static void
conditions_need_a_part_and_an_anchor(void **state)
{
	rule_edit(state, "        match: '短信验证'\n", "",
		"rule.yaml:38:9: a condition needs match, scope, fact, all, "
		"any or none");
	rule_edit(state,
		"      match: '{refuse}{..20}{face}'\n"
		"      polarity: affirmed\n",
		"",
		"rule.yaml:32:5: 'find' has no pattern whose passage could be "
		"reported: one is needed outside of none: and of regions "
		"wider than the sentence");
	rule_edit(state, "      match: '{refuse}{..20}{face}'\n", "",
		"rule.yaml:33:7: polarity stands beside match only");
	rule_edit(state,
		"    find:\n      match: '{refuse}{..20}{face}'\n"
		"      polarity: affirmed\n",
		"    find:\n      any:\n        - in: block\n"
		"          match: '{face}'\n",
		"rule.yaml:32:5: 'find' has no pattern whose passage could be "
		"reported: one is needed outside of none: and of regions "
		"wider than the sentence");
}

static void
conditions_have_a_limit_of_depth(void **state)
{
	rule_edit(state, "        - '其他方式'\n",
		"        - all:\n"
		"            - all:\n"
		"                - all:\n"
		"                    - all:\n"
		"                        - all:\n"
		"                            - all:\n"
		"                                - all:\n"
		"                                    - '其他方式'\n",
		"rule.yaml:42:35: conditions are nested deeper than 8");
}

static void
an_incomplete_directory_says_what_is_missing(void **state)
{
	struct rules *r = *state;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/weights.yaml", r->dir);
	assert_int_equal(unlink(path), 0);
	refused(r, ": no file whose first key is 'weights'");
	put(r, "weights.yaml", weights_yaml);
	(void)snprintf(path, sizeof(path), "%s/rule.yaml", r->dir);
	assert_int_equal(fa_rules_load(&r->b, fa_str_c(path), &r->a, &r->err),
		FA_E_INPUT);
	assert_non_null(strstr(r->err.msg,
		"expected a directory of rules or a compiled bundle"));
}

static void
measurements_are_checked(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml",
		"measured:\n  rules:\n    FRM.10.1-sole:\n"
		"      hits: 3\n      right: 4\n");
	refused(r, "precision.yaml:5:7: right is 4, more than the 3 hits");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(a_misspelt_key_is_named_with_the_right_one),
		RULES_TEST(an_unknown_key_lists_what_is_expected),
		RULES_TEST(missing_keys_are_named),
		RULES_TEST(values_of_a_wrong_kind_are_refused),
		RULES_TEST(words_of_a_list_are_checked),
		RULES_TEST(near_takes_one_to_five),
		RULES_TEST(ids_follow_their_owner),
		RULES_TEST(ids_are_unique_over_all_files),
		RULES_TEST(references_name_known_instruments),
		RULES_TEST(dates_and_pages_of_instruments_are_checked),
		RULES_TEST(weights_are_thousandths_in_order),
		RULES_TEST(lexicons_that_include_each_other_are_refused),
		RULES_TEST(what_is_for_flows_is_refused_in_rules_on_documents),
		RULES_TEST(a_part_names_the_obligation_that_its_id_begins_with),
		RULES_TEST(conditions_need_a_part_and_an_anchor),
		RULES_TEST(conditions_have_a_limit_of_depth),
		RULES_TEST(an_incomplete_directory_says_what_is_missing),
		RULES_TEST(measurements_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
