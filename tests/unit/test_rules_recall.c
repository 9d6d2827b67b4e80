/* Frozen recall: read from precision.yaml, kept in the bundle, told by
 * explain. */
#include "fixture_rules.h"

static const char precision_yaml[] = "measured:\n"
				     "  obligations:\n"
				     "    FRM.10.1:\n"
				     "      gap:\n"
				     "        labelled: 4\n"
				     "        found: 4\n"
				     "      violation:\n"
				     "        labelled: 20\n"
				     "        found: 17\n";

static struct fa_recall
recall(const struct fa_bundle *b, enum fa_verdict v)
{
	uint32_t i = fa_bundle_obligation(b, FA_STR("FRM.10.1"));

	assert_int_not_equal(i, FA_RULE_NONE);
	return b->obligations[i].recall[v];
}

static void
recall_is_read_without_measured_rules(void **state)
{
	struct rules *r = *state;
	const struct fa_bundle *b;

	put(r, "precision.yaml", precision_yaml);
	b = loaded(r);
	assert_int_equal(recall(b, FA_VERDICT_VIOLATION).labelled, 20);
	assert_int_equal(recall(b, FA_VERDICT_VIOLATION).found, 17);
	assert_int_equal(recall(b, FA_VERDICT_GAP).labelled, 4);
	assert_int_equal(recall(b, FA_VERDICT_COMPLIANT).labelled, 0);
	assert_int_equal(b->unmeasured_n, 0);
}

static void
the_bundle_keeps_recall_byte_by_byte(void **state)
{
	struct rules *r = *state;
	struct fa_bundle *again = NULL;
	struct fa_str first;
	struct fa_str second;

	put(r, "precision.yaml", precision_yaml);
	first = written(r, loaded(r));
	assert_true(fa_str_find(first,
			    FA_STR("\"measured\":{\"obligations\":[{\"gap\":"
				   "{\"found\":4,\"labelled\":4},\"id\":"
				   "\"FRM.10.1\",\"violation\":{\"found\":17,"
				   "\"labelled\":20}}],\"rules\":[],"),
			    0) != SIZE_MAX);
	assert_int_equal(
		fa_rules_parse_bundle(&again, first, &r->a, &r->err), FA_OK);
	assert_int_equal(recall(again, FA_VERDICT_VIOLATION).found, 17);
	assert_int_equal(recall(again, FA_VERDICT_GAP).labelled, 4);
	second = written(r, again);
	assert_true(fa_str_eq(first, second));
}

static void
a_bundle_without_recall_does_not_mention_it(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml",
		"measured:\n  rules:\n    FRM.10.1-sole:\n"
		"      hits: 12\n      right: 11\n");
	assert_true(
		fa_str_find(written(r, loaded(r)),
			FA_STR("\"measured\":{\"rules\":["), 0) != SIZE_MAX);
}

static void
what_no_obligation_has_is_left_to_lint(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml",
		"measured:\n  obligations:\n    FRM.99:\n      gap:\n"
		"        labelled: 1\n        found: 0\n");
	assert_int_equal(loaded(r)->unmeasured_n, 1);
	assert_true(fa_str_eq(r->b->unmeasured[0], FA_STR("FRM.99")));
}

static void
wrong_recall_is_refused_with_its_place(void **state)
{
	struct rules *r = *state;

	refused_edit(r, "precision.yaml", precision_yaml, "found: 17",
		"found: 21",
		"precision.yaml:9:9: found is 21, more than the 20 labelled");
	refused_edit(r, "precision.yaml", precision_yaml,
		"violation:", "voilation:",
		"precision.yaml:7:7: unknown key in the measurement of an "
		"obligation: 'voilation'; did you mean 'violation'?");
	refused_edit(r, "precision.yaml", precision_yaml, "found: 17",
		"foun: 17",
		"precision.yaml:9:9: unknown key in a measurement: 'foun'; "
		"did you mean 'found'?");
	refused_edit(r, "precision.yaml", precision_yaml, "        found: 17\n",
		"", "precision.yaml:7:7: a measurement has no 'found'");
	refused_edit(r, "precision.yaml", precision_yaml, "found: 17",
		"found: -1",
		"precision.yaml:9:9: found is not a number from 0 to "
		"1000000000");
}

static void
a_bundle_that_found_more_than_there_was_is_refused(void **state)
{
	struct rules *r = *state;
	struct fa_bundle *b = NULL;
	struct fa_str text;
	struct fa_obligation *o;

	put(r, "precision.yaml", precision_yaml);
	(void)loaded(r);
	o = &r->b->obligations[0];
	o->recall[FA_VERDICT_GAP].found = 5;
	text = written(r, r->b);
	assert_int_equal(
		fa_rules_parse_bundle(&b, text, &r->a, &r->err), FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "bundle has 'found' out of range"));
	assert_null(b);
}

static bool
explains(struct rules *r, const char *id, enum fa_lang lang, const char *line)
{
	struct fa_buf out;
	bool found;

	fa_buf_init(&out, 1 << 20);
	assert_int_equal(
		fa_rules_explain(r->b, fa_str_c(id), lang, &out, &r->err),
		FA_OK);
	found = fa_str_find(fa_buf_str(&out), fa_str_c(line), 0) != SIZE_MAX;
	fa_buf_done(&out);
	return found;
}

static void
a_rule_is_explained_with_the_recall_of_its_verdict(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml", precision_yaml);
	(void)loaded(r);
	assert_true(explains(r, "FRM.10.1-sole", FA_LANG_EN,
		"measured    not measured\n"
		"recall      found 17 of 20 labelled violation; 95 % interval "
		"63.9-94.8 %\n"));
	assert_true(explains(r, "FRM.10.1-gap", FA_LANG_ZH,
		"召回        标注为缺失的文档 4 份，其中判出 4 份；"));
}

static void
an_obligation_is_explained_with_all_that_was_labelled(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml", precision_yaml);
	(void)loaded(r);
	assert_true(explains(r, "FRM.10.1", FA_LANG_EN,
		"recall      found 17 of 20 labelled violation; "));
	assert_true(explains(r, "FRM.10.1", FA_LANG_EN,
		"\n            found 4 of 4 labelled gap; "));
	assert_false(explains(r, "FRM.10.1", FA_LANG_EN, "not measured"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(recall_is_read_without_measured_rules),
		RULES_TEST(the_bundle_keeps_recall_byte_by_byte),
		RULES_TEST(a_bundle_without_recall_does_not_mention_it),
		RULES_TEST(what_no_obligation_has_is_left_to_lint),
		RULES_TEST(wrong_recall_is_refused_with_its_place),
		RULES_TEST(a_bundle_that_found_more_than_there_was_is_refused),
		RULES_TEST(a_rule_is_explained_with_the_recall_of_its_verdict),
		RULES_TEST(
			an_obligation_is_explained_with_all_that_was_labelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
