#include "unit/fixture_diff.h"

#define OBLIGATIONS 3

/* Two versions: clauses, and by obligation N G Q C V as one letter. */
struct rig {
	struct fixture_diff f;
	enum fa_verdict was[OBLIGATIONS], now[OBLIGATIONS];
	enum fa_verdict recorded[OBLIGATIONS];
	struct fa_diff_passage of_a[8], of_b[8];
	struct fa_diff_compared c;
	struct fa_diff_findings found;
};

static void
set_verdicts(enum fa_verdict *v, const char *letters)
{
	for (int i = 0; i < OBLIGATIONS; i++)
		v[i] = (enum fa_verdict)(strchr("NGQCV", letters[i]) - "NGQCV");
}

static void
rig_open(struct rig *r, const char *a, const char *was, const char *b,
	const char *now)
{
	memset(r, 0, sizeof(*r));
	fixture_diff_open(&r->f, a, b);
	set_verdicts(r->was, was);
	set_verdicts(r->now, now);
	r->c = (struct fa_diff_compared){ .diff = &r->f.d,
		.obligations = OBLIGATIONS,
		.a = { .verdicts = r->was, .passages = r->of_a },
		.b = { .verdicts = r->now, .passages = r->of_b },
		.failure = FA_STR("timeout") };
}

static void
rig_old(struct rig *r, uint32_t obligation, uint32_t clause)
{
	r->of_a[r->c.a.passages_n++] =
		(struct fa_diff_passage){ obligation, 5, clause };
}

static void
rig_new(struct rig *r, uint32_t obligation, uint32_t clause)
{
	r->of_b[r->c.b.passages_n++] =
		(struct fa_diff_passage){ obligation, 5, clause };
}

/* A word per finding: state, cause, obligation. */
static void
rig_expect(struct rig *r, const char *want)
{
	struct fa_err err;
	char got[512] = "";

	assert_int_equal(fa_diff_findings(&r->found, &r->c, &r->f.a, &err), 0);
	for (size_t i = 0; i < r->found.n; i++) {
		const struct fa_diff_finding *f = &r->found.at[i];
		size_t n = strlen(got);

		(void)snprintf(got + n, sizeof(got) - n, "%s%s/%s/%u",
			i > 0 ? " " : "", fa_diff_state_name(f->state),
			fa_diff_cause_name(f->cause), (unsigned)f->obligation);
	}
	assert_string_equal(got, want);
}

static void
rig_close(struct rig *r)
{
	fixture_diff_close(&r->f);
}

static void
a_violation_in_an_untouched_clause_is_unchanged(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。|乙。", "VNN", "甲。|乙。|丙。", "VNN");
	rig_old(&r, 0, 1);
	rig_new(&r, 0, 1);
	rig_expect(&r, "unchanged/none/0");
	assert_true(fa_str_eq(r.found.at[0].text, FA_STR("乙。")));
	rig_close(&r);
}

static void
it_is_moved_or_reworded_as_its_clause_is(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "不刷脸就不能使用。|一一。|二二。|我们保存您的脸30日。",
		"VVN", "一一。|二二。|我们保存您的脸60日。|不刷脸就不能使用。",
		"VVN");
	rig_old(&r, 0, 0);
	rig_old(&r, 1, 3);
	rig_new(&r, 0, 3);
	rig_new(&r, 1, 2);
	rig_expect(&r, "reworded/source/1 moved/source/0");
	rig_close(&r);
}

static void
the_same_clause_broken_in_another_way_is_a_new_finding(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。", "VNN", "甲。", "NVN");
	rig_old(&r, 0, 0);
	rig_new(&r, 1, 0);
	rig_expect(&r, "new/source/1 fixed/source/0");
	/* What is fixed still stands there. */
	assert_int_equal(r.found.at[1].b, 0);
	rig_close(&r);
}

static void
a_second_passage_is_new_beside_the_first(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。", "VNN", "甲。|不刷脸就不能使用。", "VNN");
	rig_old(&r, 0, 0);
	rig_new(&r, 0, 0);
	rig_new(&r, 0, 1);
	rig_new(&r, 0, 1); /* by another rule: counts once */
	rig_expect(&r, "new/source/0 unchanged/none/0");
	rig_close(&r);
}

static void
gaps_are_followed_by_their_obligation(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。", "GGC", "乙。", "GCG");
	rig_expect(&r, "new/source/2 unchanged/none/0 fixed/source/1");
	rig_close(&r);
}

static void
a_gap_filled_with_a_violation_is_one_new_finding(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。", "GNN", "乙。", "VNN");
	rig_new(&r, 0, 0);
	rig_expect(&r, "new/source/0");
	assert_int_equal(r.found.at[0].was, FA_VERDICT_GAP);
	rig_close(&r);
}

static void
nothing_is_fixed_by_a_capture_that_failed(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。|乙。", "VGN", "", "NNN");
	rig_old(&r, 0, 1);
	r.c.b.verdicts = NULL;
	r.c.diff = NULL;
	rig_expect(&r, "unknown/capture-failure/0 unknown/capture-failure/1");
	assert_true(fa_str_eq(r.found.at[0].reason, FA_STR("timeout")));
	rig_close(&r);
}

static void
nothing_is_fixed_by_a_version_that_cannot_tell(void **state)
{
	const struct fa_str reasons[OBLIGATIONS] = { FA_STR_INIT("a limit"),
		FA_STR_INIT("a limit"), { NULL, 0 } };
	struct rig r;

	(void)state;
	rig_open(&r, "甲。|乙。", "VGN", "丙。", "QQN");
	rig_old(&r, 0, 1);
	r.c.b.reasons = reasons;
	rig_expect(&r, "unknown/source/0 unknown/source/1");
	assert_true(fa_str_eq(r.found.at[1].reason, FA_STR("a limit")));
	rig_close(&r);
}

static void
what_other_rules_said_before_is_told_apart_from_the_text(void **state)
{
	struct rig r;

	(void)state;
	/* 0: only the rules of now see it; 1: only those of then did;
	 * 2: fixed in the text. */
	rig_open(&r, "甲。|乙。", "VNG", "甲。|丙。", "VNC");
	rig_old(&r, 0, 0);
	rig_new(&r, 0, 0);
	set_verdicts(r.recorded, "NVG");
	r.c.recorded = r.recorded;
	r.c.technical = FA_DIFF_CAUSE_RULES;
	rig_expect(&r, "new/rules/0 fixed/rules/1 fixed/source/2");
	rig_close(&r);
}

static void
a_failed_capture_leaves_what_was_recorded_unknown(void **state)
{
	struct rig r;

	(void)state;
	rig_open(&r, "甲。", "NNN", "", "NNN");
	set_verdicts(r.recorded, "VNN");
	r.c.recorded = r.recorded;
	r.c.technical = FA_DIFF_CAUSE_EXTRACTOR;
	r.c.b.verdicts = NULL;
	r.c.diff = NULL;
	rig_expect(&r, "unknown/capture-failure/0");
	rig_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_violation_in_an_untouched_clause_is_unchanged),
		cmocka_unit_test(it_is_moved_or_reworded_as_its_clause_is),
		cmocka_unit_test(
			the_same_clause_broken_in_another_way_is_a_new_finding),
		cmocka_unit_test(a_second_passage_is_new_beside_the_first),
		cmocka_unit_test(gaps_are_followed_by_their_obligation),
		cmocka_unit_test(
			a_gap_filled_with_a_violation_is_one_new_finding),
		cmocka_unit_test(nothing_is_fixed_by_a_capture_that_failed),
		cmocka_unit_test(
			nothing_is_fixed_by_a_version_that_cannot_tell),
		cmocka_unit_test(
			what_other_rules_said_before_is_told_apart_from_the_text),
		cmocka_unit_test(
			a_failed_capture_leaves_what_was_recorded_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
