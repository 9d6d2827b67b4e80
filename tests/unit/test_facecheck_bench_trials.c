/* Rates of error from scores, on sets small enough to count by hand and on
 * sets whose true rates are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/bench/trials.h"
#include "facecheck/face/exact.h"

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fc_accuracy acc; /* large */
	struct fc_det det;
	struct fc_tail tail;
};

static int
setup(void **state)
{
	static struct rig r;

	memset(&r, 0, sizeof(r));
	fa_arena_init(&r.a, (size_t)256 << 20);
	*state = &r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_arena_done(&r->a);
	return 0;
}

static void
pairs_are_numbered_without_gap(void **state)
{
	size_t next = 0;

	(void)state;
	for (size_t i = 0; i < 9; i++)
		for (size_t j = i + 1; j < 9; j++)
			assert_int_equal(fc_trial_index(9, i, j), next++);
	assert_int_equal(next, 36);
}

static void
equal_error_rate_is_where_both_errors_meet(void **state)
{
	static const int32_t g[] = { 3, 6, 7, 8, 9 }, m[] = { 1, 2, 4, 5, 6 };
	static const int32_t far[] = { 10, 11 }, near[] = { 1, 2 };
	struct fc_scores s = { g, m, 5, 5 }, apart = { far, near, 2, 2 };
	struct fc_scores wrong = { near, far, 2, 2 };

	(void)state;
	/* Above 5: the genuine 3 is rejected, the impostor 6 accepted. */
	assert_int_equal(fc_eer_ppt(&s), FC_PPT / 5);
	assert_int_equal(fc_eer_ppt(&apart), 0);
	assert_int_equal(fc_eer_ppt(&wrong), FC_PPT);
}

static void
equal_scores_of_all_are_a_coin(void **state)
{
	static const int32_t one[] = { 7, 7, 7, 7 };
	struct fc_scores s = { one, one, 4, 4 };

	(void)state;
	assert_int_equal(fc_eer_ppt(&s), FC_PPT / 2);
}

static void
ties_are_accepted_or_rejected_together(void **state)
{
	static const int32_t g[] = { 5, 5, 5 }, m[] = { 1, 5, 5, 5 };
	struct fc_scores s = { g, m, 3, 4 };

	(void)state;
	/* One false match of four is allowed; any threshold below 5 would give
	 * three. */
	assert_int_equal(fc_fnm_at(&s, FC_PPT / 4), 3);
	assert_int_equal(fc_fnm_at(&s, FC_PPT * 3 / 4), 0);
	assert_int_equal(fc_fnm_at(&s, 0), 3);
	assert_int_equal(fc_fnm_at(&s, FC_PPT), 0);
}

/* Every point of the curve, recounted. */
static void
points_of_the_curve_are_true(void **state)
{
	struct rig *r = *state;
	struct fc_dice d = fc_dice_for(7, 0, 0);
	int32_t *g = fa_arena_new(&r->a, 500, sizeof(*g));
	int32_t *m = fa_arena_new(&r->a, 4000, sizeof(*m));
	struct fc_scores s = { g, m, 500, 4000 };

	for (int i = 0; i < 500; i++)
		g[i] = i * 3 - 200 + (int32_t)(fc_dice_bits(&d) % 3);
	for (int i = 0; i < 4000; i++)
		m[i] = i / 7 - 300;
	fc_det_of(&r->det, &s);
	assert_true(r->det.n > 30);
	for (size_t k = 0; k < r->det.n; k++) {
		uint64_t fm = r->det.at[k].false_matches, fnm = 0;
		int64_t t = fc_threshold_for(&s, fm);
		uint64_t above = 0;

		for (int i = 0; i < 500; i++)
			fnm += g[i] <= t;
		for (int i = 0; i < 4000; i++)
			above += m[i] > t;
		assert_int_equal(above, fm);
		assert_int_equal(fnm, r->det.at[k].false_non_matches);
		if (k > 0) {
			assert_true(fm <= r->det.at[k - 1].false_matches);
			assert_true(fnm >= r->det.at[k - 1].false_non_matches);
		}
	}
	assert_int_equal(r->det.at[r->det.n - 1].false_matches, 0);
}

static void
counted_bins_give_points_that_are_true(void **state)
{
	struct rig *r = *state;
	struct fc_dice d = fc_dice_for(8, 0, 0);
	int32_t g[300];
	uint64_t all = 0;
	struct fc_scores s = { g, NULL, 300, 0 };

	for (int i = 0; i < 300; i++)
		g[i] = 1000 + i * 40;
	r->tail = (struct fc_tail){ .floor = 1000, .shift = 4 };
	r->tail.pairs = 3000000;
	for (size_t b = 0; b < FC_TAIL_BINS; b++) {
		r->tail.bins[b] = fc_dice_bits(&d) % (FC_TAIL_BINS - b);
		all += r->tail.bins[b];
	}
	r->tail.bins[FC_TAIL_BINS - 1] = 0;
	fc_det_of_tail(&r->det, &s, &r->tail);
	assert_true(r->det.n > 10);
	assert_true(r->det.at[0].false_matches <= all);
	for (size_t k = 0; k < r->det.n; k++) {
		uint64_t above = all, fnm = 0;
		size_t edge = 0;

		while (edge < FC_TAIL_BINS &&
			above > r->det.at[k].false_matches)
			above -= r->tail.bins[edge++];
		assert_int_equal(above, r->det.at[k].false_matches);
		for (int i = 0; i < 300; i++)
			fnm += g[i] <= 1000 + ((int32_t)edge << 4);
		assert_int_equal(fnm, r->det.at[k].false_non_matches);
	}
	assert_int_equal(r->det.at[r->det.n - 1].false_matches, 0);
}

/* What lies beyond the last bin is between no two edges: the curve stops. */
static void
the_curve_does_not_go_beyond_what_was_counted(void **state)
{
	struct rig *r = *state;
	int32_t g[] = { 5, 10, 15 };
	struct fc_scores s = { g, NULL, 3, 0 };

	r->tail = (struct fc_tail){ .floor = 0, .shift = 0, .pairs = 1000000 };
	r->tail.bins[3] = 900;
	r->tail.bins[FC_TAIL_BINS - 1] = 50;
	fc_det_of_tail(&r->det, &s, &r->tail);
	assert_true(r->det.n > 0);
	for (size_t k = 0; k < r->det.n; k++)
		assert_true(r->det.at[k].false_matches >= 50);
	/* ... nor below the floor. */
	assert_true(r->det.at[0].false_matches <= 950);
}

#define SUBJECTS 40
#define PICTURES 5
#define ALL (SUBJECTS * PICTURES)

/* People with a normal number each, seen with a normal error. */
static struct fc_trials
people(struct rig *r, float error)
{
	int32_t *scores =
		fa_arena_new(&r->a, ALL * (ALL - 1) / 2, sizeof(*scores));
	bool *failed = fa_arena_new(&r->a, ALL, sizeof(*failed));
	bool *same = fa_arena_new(&r->a, ALL * (ALL - 1) / 2, sizeof(*same));
	struct fc_dice d = fc_dice_for(11, 0, 0);
	float who[SUBJECTS], at[ALL];

	for (int i = 0; i < SUBJECTS; i++)
		who[i] = fc_dice_normal(&d);
	for (int i = 0; i < ALL; i++)
		at[i] = who[i / PICTURES] + error * fc_dice_normal(&d);
	for (size_t i = 0; i < ALL; i++)
		for (size_t j = i + 1; j < ALL; j++) {
			size_t k = fc_trial_index(ALL, i, j);

			scores[k] = (int32_t)(-10000 * fc_abs(at[i] - at[j]));
			same[k] = scores[k] > -500;
		}
	return (struct fc_trials){ SUBJECTS, PICTURES, failed, scores, same };
}

static void
all_pairs_are_counted_once(void **state)
{
	struct rig *r = *state;
	struct fc_trials t = people(r, 0.1f);
	struct fc_scores s;
	uint64_t said = 0;

	assert_int_equal(fc_scores_of(&s, &t, &r->a, &r->err), FA_OK);
	assert_int_equal(s.genuine_n, SUBJECTS * 10);
	assert_int_equal(s.impostor_n, ALL * (ALL - 1) / 2 - SUBJECTS * 10);
	fc_accuracy_of(&r->acc, &t, &s);
	assert_int_equal(r->acc.failed.errors, 0);
	assert_int_equal(r->acc.failed.trials, ALL);
	assert_true(r->acc.says);
	assert_int_equal(r->acc.false_match.trials, s.impostor_n);
	for (size_t n = 0; n < s.impostor_n; n++)
		said += s.impostor[n] > -500;
	assert_int_equal(r->acc.false_match.errors, said);
}

static void
a_picture_without_template_counts_as_failed_and_as_rejected(void **state)
{
	struct rig *r = *state;
	struct fc_trials t = people(r, 0.001f);
	bool failed[ALL] = { false };
	struct fc_scores s;

	failed[7] = true; /* of subject 1: 4 of its 10 pairs */
	t.failed = failed;
	assert_int_equal(fc_scores_of(&s, &t, &r->a, &r->err), FA_OK);
	fc_accuracy_of(&r->acc, &t, &s);
	assert_int_equal(s.genuine_n, SUBJECTS * 10 - 4);
	assert_int_equal(r->acc.failed.errors, 1);
	assert_int_equal(r->acc.at[0].fnmr.ppt, 0);
	assert_int_equal(r->acc.at[0].frr_ppt, fc_ppt(4, SUBJECTS * 10));
}

static void
too_few_pairs_are_said_to_be_too_few(void **state)
{
	struct rig *r = *state;
	struct fc_trials t = people(r, 0.1f);
	struct fc_scores s;

	assert_int_equal(fc_scores_of(&s, &t, &r->a, &r->err), FA_OK);
	fc_accuracy_of(&r->acc, &t, &s);
	/* 19 500 impostors: 3 of them at FMR 1e-4 would need 30 000. */
	assert_true(r->acc.at[2].known);
	assert_false(r->acc.at[3].known);
}

static void
bootstrap_holds_the_rate_and_does_not_depend_on_threads(void **state)
{
	struct rig *r = *state;
	struct fc_trials t = people(r, 0.1f);
	struct fc_accuracy once, twice;
	struct fc_scores s;

	assert_int_equal(fc_scores_of(&s, &t, &r->a, &r->err), FA_OK);
	memset(&once, 0, sizeof(once));
	memset(&twice, 0, sizeof(twice));
	fc_accuracy_of(&once, &t, &s);
	fc_accuracy_of(&twice, &t, &s);
	assert_int_equal(
		fc_bootstrap(&once, &t, &s, 5, 200, 1, &r->a, &r->err), FA_OK);
	assert_int_equal(
		fc_bootstrap(&twice, &t, &s, 5, 200, 3, &r->a, &r->err), FA_OK);
	assert_memory_equal(&once, &twice, sizeof(once));
	assert_true(once.eer.low_ppt < once.eer.ppt);
	assert_true(once.eer.high_ppt > once.eer.ppt);
	for (int k = 0; k < FC_ATS; k++)
		assert_true(
			once.at[k].fnmr.low_ppt <= once.at[k].fnmr.high_ppt);
	assert_int_equal(
		fc_bootstrap(&twice, &t, &s, 6, 200, 1, &r->a, &r->err), FA_OK);
	assert_memory_not_equal(&once, &twice, sizeof(once));
}

/* People whose scores are all alike have no spread; mixed ones have. */
static void
the_spread_is_that_of_people_not_of_pairs(void **state)
{
	struct rig *r = *state;
	struct fc_trials t = people(r, 0.1f);
	int32_t *scores =
		fa_arena_new(&r->a, ALL * (ALL - 1) / 2, sizeof(*scores));
	struct fc_scores s;

	/* Half of the people are never recognised, half always. */
	for (size_t i = 0; i < ALL; i++)
		for (size_t j = i + 1; j < ALL; j++)
			scores[fc_trial_index(ALL, i, j)] =
				i / PICTURES == j / PICTURES
				? (i / PICTURES % 2 ? 100 : -100)
				: 0;
	t.scores = scores;
	assert_int_equal(fc_scores_of(&s, &t, &r->a, &r->err), FA_OK);
	fc_accuracy_of(&r->acc, &t, &s);
	assert_int_equal(r->acc.at[1].fnmr.ppt, FC_PPT / 2);
	assert_int_equal(
		fc_bootstrap(&r->acc, &t, &s, 5, 1000, 2, &r->a, &r->err),
		FA_OK);
	/* Forty coins: 0.5 +- 1.96 * sqrt(0.25 / 40) = 0.35 .. 0.65; were the
	 * four hundred pairs independent it would be 0.45 .. 0.55. */
	assert_in_range(r->acc.at[1].fnmr.low_ppt, FC_PPT * 32 / 100,
		FC_PPT * 38 / 100);
	assert_in_range(r->acc.at[1].fnmr.high_ppt, FC_PPT * 62 / 100,
		FC_PPT * 68 / 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_numbered_without_gap),
		cmocka_unit_test(equal_error_rate_is_where_both_errors_meet),
		cmocka_unit_test(equal_scores_of_all_are_a_coin),
		cmocka_unit_test(ties_are_accepted_or_rejected_together),
		cmocka_unit_test(points_of_the_curve_are_true),
		cmocka_unit_test(counted_bins_give_points_that_are_true),
		cmocka_unit_test(the_curve_does_not_go_beyond_what_was_counted),
		cmocka_unit_test(all_pairs_are_counted_once),
		cmocka_unit_test(
			a_picture_without_template_counts_as_failed_and_as_rejected),
		cmocka_unit_test(too_few_pairs_are_said_to_be_too_few),
		cmocka_unit_test(
			bootstrap_holds_the_rate_and_does_not_depend_on_threads),
		cmocka_unit_test(the_spread_is_that_of_people_not_of_pairs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
