/* What a walk says when it cannot see everything. */
#include "rig_walk.h"

static const char chain[] = "== a 甲\n"
			    "[到乙] -> b\n"
			    "[到丁] -> d\n"
			    "== b 乙\n"
			    "[到丙] -> c\n"
			    "== c 丙\n"
			    "[到戊] -> e\n"
			    "== d 丁\n"
			    "好\n"
			    "== e 戊\n"
			    "好\n";

static void
the_budget_of_screens_ends_the_walk_and_leaves_gaps(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.o.screens = 2;
	rig_walk(&r);
	assert_int_equal(r.seen->screens_n, 2);
	assert_true(fa_str_eq(r.stats.limit, FA_STR("budget: screens")));
	assert_non_null(rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "budget: screens"));
	assert_true(r.stats.unexplored > 0);
	rig_done(&r);
}

static void
what_is_too_far_from_the_start_is_seen_and_not_tried(void **state)
{
	const struct fa_flow_gap *gap;
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.o.depth = 2;
	rig_walk(&r);
	assert_int_equal(r.seen->screens_n, 4);
	gap = rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "budget: depth");
	assert_non_null(gap);
	assert_int_equal(gap->screen, rig_screen(&r, "丙"));
	assert_int_equal(gap->element, FA_FLOW_NONE);
	rig_done(&r);
}

static void
actions_beyond_the_budget_of_a_screen_are_gaps(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.o.actions = 2;
	rig_walk(&r);
	assert_non_null(rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "budget: actions"));
	rig_done(&r);
}

static void
no_time_is_a_flow_with_its_gap(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.o.time_ms = 0;
	rig_walk(&r);
	assert_true(r.seen->screens_n >= 1);
	assert_true(r.seen->gaps_n >= 1);
	assert_true(fa_str_eq(r.stats.limit, FA_STR("budget: time")));
	rig_done(&r);
}

static void
a_crash_costs_one_action_and_not_the_walk(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r,
		"== a 甲\n"
		"[崩溃]\n"
		"[卡死]\n"
		"[到乙] -> b\n"
		"== b 乙\n"
		"好\n");
	rig_walk(&r);
	assert_non_null(
		rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "the page crashed"));
	assert_non_null(rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "the page hung"));
	assert_non_null(rig_find(&r, "甲", FA_FLOW_TAP, "到乙", "乙"));
	assert_null(r.stats.limit.p);
	rig_done(&r);
}

static void
an_app_that_shows_something_else_is_tried_again_then_left(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.shows_other_after = 1;
	r.other = 4;
	rig_walk(&r);
	assert_true(r.stats.diverged >= 2);
	assert_non_null(rig_gap(
		&r, FA_FLOW_GAP_UNEXPLORED, "the same steps led elsewhere"));
	rig_done(&r);
}

static void
a_page_that_cannot_be_had_is_a_flow_that_knows_nothing(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.no_start = true;
	r.missing = 1;
	rig_walk(&r);
	assert_true(r.stats.unseen);
	assert_int_equal(r.seen->screens_n, 1);
	assert_int_equal(r.seen->screens[0].complete, FA_TRI_NO);
	assert_non_null(rig_gap(&r, FA_FLOW_GAP_NOT_LOADED, "a.js: timeout"));
	rig_done(&r);
}

static void
a_browser_that_fails_again_and_again_ends_the_walk(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.fails_after = 3;
	rig_walk(&r);
	assert_true(r.seen->screens_n >= 2);
	assert_true(fa_str_starts(r.stats.limit, FA_STR("the browser fails")));
	rig_done(&r);
}

static void
an_interruption_keeps_what_was_seen(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r, chain);
	r.stop_after = 2;
	rig_walk(&r);
	assert_true(r.stats.stopped);
	assert_int_equal(r.seen->screens_n, 2);
	assert_non_null(rig_gap(&r, FA_FLOW_GAP_UNEXPLORED, "interrupted"));
	rig_done(&r);
}

static void
other_hosts_are_ends_and_are_not_visited(void **state)
{
	struct rig r;

	(void)state;
	rig_init(&r,
		"== a 甲\n"
		"[去官网] -> !external\n"
		"[退出应用] -> !exit\n");
	rig_walk(&r);
	assert_int_equal(r.seen->screens_n, 1);
	assert_non_null(rig_find(&r, "甲", FA_FLOW_TAP, "去官网", NULL));
	assert_int_equal(r.seen->ends_n, 1);
	assert_int_equal(r.seen->ends[0].kind, FA_FLOW_END_EXTERNAL);
	assert_true(rig_find(&r, "甲", FA_FLOW_TAP, "退出", NULL)->effects &
		FA_FLOW_EFFECT_EXIT);
	rig_done(&r);
}

static void
a_document_is_opened_once_and_assumed_elsewhere(void **state)
{
	const struct fa_flow_transition *t;
	struct rig r;

	(void)state;
	rig_init(&r,
		"== a 甲\n"
		"(《隐私政策》) -> doc\n"
		"[到乙] -> b\n"
		"== b 乙\n"
		"(《隐私政策》) -> doc\n"
		"[到丙] -> c\n"
		"== c 丙\n"
		"好\n"
		"== doc 隐私政策\n"
		"本政策说明我们如何收集、使用、存储您的个人信息。\n"
		"back -> a\n");
	rig_walk(&r);
	t = rig_find(&r, "甲", FA_FLOW_TAP, "隐私", "隐私政策");
	assert_non_null(t);
	assert_non_null(rig_find(&r, "乙", FA_FLOW_TAP, "隐私", "隐私政策"));
	if (t->basis == FA_FLOW_OBSERVED)
		t = rig_find(&r, "乙", FA_FLOW_TAP, "隐私", "隐私政策");
	assert_int_equal(t->basis, FA_FLOW_ASSUMED);
	assert_int_equal(r.seen->gaps_n, 0);
	rig_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_budget_of_screens_ends_the_walk_and_leaves_gaps),
		cmocka_unit_test(
			what_is_too_far_from_the_start_is_seen_and_not_tried),
		cmocka_unit_test(
			actions_beyond_the_budget_of_a_screen_are_gaps),
		cmocka_unit_test(no_time_is_a_flow_with_its_gap),
		cmocka_unit_test(a_crash_costs_one_action_and_not_the_walk),
		cmocka_unit_test(
			an_app_that_shows_something_else_is_tried_again_then_left),
		cmocka_unit_test(
			a_page_that_cannot_be_had_is_a_flow_that_knows_nothing),
		cmocka_unit_test(
			a_browser_that_fails_again_and_again_ends_the_walk),
		cmocka_unit_test(an_interruption_keeps_what_was_seen),
		cmocka_unit_test(other_hosts_are_ends_and_are_not_visited),
		cmocka_unit_test(
			a_document_is_opened_once_and_assumed_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
