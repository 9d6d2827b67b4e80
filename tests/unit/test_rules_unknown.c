/* What is named in place of an id that does not exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "rules/rules.h"

static struct fa_obligation obligations[] = {
	{ .id = FA_STR_INIT("FRM.10.1") },
	{ .id = FA_STR_INIT("FRM.10.1.a") },
	{ .id = FA_STR_INIT("FRM.10.2") },
	{ .id = FA_STR_INIT("FRM.5") },
	{ .id = FA_STR_INIT("SPC.10.1") },
	{ .id = FA_STR_INIT("STD.45574.6.1.a") },
};
static struct fa_rule rules[] = {
	{ .id = FA_STR_INIT("FRM.10.1-sole"), .obligation = 0 },
	{ .id = FA_STR_INIT("SCOPE-PHOTO"), .obligation = FA_RULE_NONE },
};
static const struct fa_bundle bundle = {
	.obligations = obligations,
	.obligations_n = FA_COUNT(obligations),
	.rules = rules,
	.rules_n = FA_COUNT(rules),
};

static void
says(const char *word, bool only_obligations, const char *expected)
{
	struct fa_err err;

	assert_int_equal(fa_rules_unknown(&bundle, fa_str_c(word),
				 only_obligations, FA_E_USAGE, &err),
		FA_E_USAGE);
	assert_int_equal(err.rc, FA_E_USAGE);
	assert_string_equal(err.msg, expected);
}

static void
the_case_of_letters_is_a_slip(void **state)
{
	(void)state;
	says("frm.10.2", true,
		"no obligation 'frm.10.2'; did you mean 'FRM.10.2'?");
	says("FRM.10.1-SOLE", false,
		"no rule or obligation 'FRM.10.1-SOLE'; did you mean "
		"'FRM.10.1-sole'?");
}

static void
an_id_without_its_instrument_names_all_that_end_so(void **state)
{
	(void)state;
	says("10.1", true,
		"no obligation '10.1'; did you mean 'FRM.10.1', 'SPC.10.1'?");
	says("10.1-sole", false,
		"no rule or obligation '10.1-sole'; did you mean "
		"'FRM.10.1-sole'?");
	says("45574.6.1.a", true,
		"no obligation '45574.6.1.a'; did you mean "
		"'STD.45574.6.1.a'?");
}

static void
ids_that_begin_so_are_named_at_most_three(void **state)
{
	(void)state;
	says("frm.1", true,
		"no obligation 'frm.1'; did you mean 'FRM.10.1', "
		"'FRM.10.1.a', 'FRM.10.2'?");
	says("s", false,
		"no rule or obligation 's'; did you mean 'SPC.10.1', "
		"'STD.45574.6.1.a', 'SCOPE-PHOTO'?");
}

static void
else_the_nearest_by_edits_is_named(void **state)
{
	(void)state;
	says("FRM.10.1-slo", false,
		"no rule or obligation 'FRM.10.1-slo'; did you mean "
		"'FRM.10.1-sole'?");
	says("10.1-sol", false,
		"no rule or obligation '10.1-sol'; did you mean "
		"'FRM.10.1-sole'?");
}

/* --only takes no rules: that of a rule is what can be asked for. */
static void
where_rules_do_not_count_their_obligation_is_named(void **state)
{
	(void)state;
	says("FRM.10.1-sole", true,
		"no obligation 'FRM.10.1-sole'; did you mean 'FRM.10.1'?");
	says("SCOPE-PHOTOS", true,
		"no obligation 'SCOPE-PHOTOS', see 'faceaudit rules list'");
}

static void
nothing_like_it_points_to_the_list(void **state)
{
	(void)state;
	says("xyzzy-plugh", false,
		"no rule or obligation 'xyzzy-plugh', see 'faceaudit rules "
		"list'");
	says("", false, "no rule or obligation '', see 'faceaudit rules list'");
}

static void
a_part_is_under_its_whole_and_a_longer_number_is_not(void **state)
{
	(void)state;
	assert_true(fa_rules_is_under(FA_STR("FRM.5.1"), FA_STR("FRM.5")));
	assert_true(fa_rules_is_under(FA_STR("FRM.5"), FA_STR("FRM.5")));
	assert_false(fa_rules_is_under(FA_STR("FRM.51"), FA_STR("FRM.5")));
	assert_false(fa_rules_is_under(FA_STR("FRM.5"), FA_STR("")));
	assert_false(fa_rules_is_under(FA_STR("FRM"), FA_STR("FRM.5")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_case_of_letters_is_a_slip),
		cmocka_unit_test(
			an_id_without_its_instrument_names_all_that_end_so),
		cmocka_unit_test(ids_that_begin_so_are_named_at_most_three),
		cmocka_unit_test(else_the_nearest_by_edits_is_named),
		cmocka_unit_test(
			where_rules_do_not_count_their_obligation_is_named),
		cmocka_unit_test(nothing_like_it_points_to_the_list),
		cmocka_unit_test(
			a_part_is_under_its_whole_and_a_longer_number_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
