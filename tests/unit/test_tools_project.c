/* The project behind a check: what is told of its waivers. */
#include "fixture_waivers.h"
#include "tools/check_project.h"

static void
an_unknown_rule_is_told_with_the_nearest_one(void **state)
{
	struct rig *rig = *state;
	struct fa_check_project p = { .changes = false };
	struct fa_report_totals totals = { .errors = 0 };
	struct fa_config_waiver list[2] = { waiver("T.1-forse", NULL, NULL, 0),
		waiver("", NULL, NULL, 0) };
	size_t entries;

	rig_load(rig, duties, FA_COUNT(duties));
	p.config.folder = FA_STR("/p");
	p.config.waivers = list;
	p.config.waivers_n = FA_COUNT(list);
	if (fa_check_project_begin(&p, rig->b, RIG_TODAY, NULL, 0, &rig->rules,
		    &rig->err) < 0 ||
		fa_check_project_end(&p, &totals, &entries, &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
	assert_int_equal(totals.notes_n, 2);
	assert_null(totals.notes[0].detail.p);
	assert_int_equal(totals.notes[1].fault, FA_WAIVER_NO_RULE);
	assert_true(fa_str_eq(totals.notes[1].detail, FA_STR("T.1-force")));
}

static void
what_could_not_be_judged_makes_no_waiver_unused(void **state)
{
	struct rig *rig = *state;
	struct fa_config_waiver w = waiver("T.1", NULL, NULL, 0);

	rig_load(rig, duties, FA_COUNT(duties));
	for (uint32_t errors = 0; errors < 2; errors++) {
		struct fa_check_project p = { .own_paths = true };
		struct fa_report_totals totals = { .errors = errors };
		size_t entries;

		p.config.folder = FA_STR("/p");
		p.config.waivers = &w;
		p.config.waivers_n = 1;
		if (fa_check_project_begin(&p, rig->b, RIG_TODAY, NULL, 0,
			    &rig->rules, &rig->err) < 0 ||
			fa_check_project_end(&p, &totals, &entries, &rig->err) <
				0)
			fail_msg("%s", rig->err.msg);
		assert_int_equal(totals.notes_n, errors == 0 ? 1 : 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(an_unknown_rule_is_told_with_the_nearest_one),
		RIG_TEST(what_could_not_be_judged_makes_no_waiver_unused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
