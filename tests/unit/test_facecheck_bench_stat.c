/* Intervals and axes of the benchmark, against values that anybody can look up
 * or work out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facecheck/bench/stat.h"

static void
near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within * (fabs(want) + 1e-30)))
		fail_msg("got %.15g, want %.15g", got, want);
}

static void
logarithm_and_exponential_agree_with_the_library(void **state)
{
	(void)state;
	for (double x = 1e-12; x < 1e12; x *= 1.7) {
		if (fabs(x - 1) > 1e-3)
			near(fc_stat_ln(x), log(x), 1e-13);
		near(fc_stat_exp(fc_stat_ln(x)), x, 1e-12);
	}
	near(fc_stat_exp(-600), exp(-600), 1e-12);
	near(fc_stat_exp(0), 1, 0);
}

static void
normal_deviates_are_those_of_the_tables(void **state)
{
	(void)state;
	near(fc_stat_deviate(0.975), 1.959963984540054, 1e-9);
	near(fc_stat_deviate(0.84134474606854293), 1, 1e-9);
	near(fc_stat_deviate(1e-3), -3.090232306167814, 1e-9);
	near(fc_stat_deviate(1e-9), -5.997807015008182, 1e-9);
	near(fc_stat_deviate(0.5) + 1, 1, 1e-9);
	near(fc_stat_deviate(0), fc_stat_deviate(1e-15), 0);
}

/* Sum of binomial terms, term by term. */
static double
at_least_by_hand(unsigned k, unsigned n, double p)
{
	double sum = 0;

	for (unsigned i = k; i <= n; i++)
		sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) -
			lgamma(n - i + 1.0) + i * log(p) +
			(n - i) * log(1 - p));
	return sum;
}

static void
tails_of_the_binomial_are_sums_of_its_terms(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 60; n += 7)
		for (unsigned k = 1; k <= n; k += 3)
			for (double p = 0.01; p < 1; p += 0.14)
				near(fc_stat_at_least(k, n, p),
					at_least_by_hand(k, n, p), 1e-9);
	near(fc_stat_at_least(500, 1000, 0.5), 0.5126125, 1e-6);
	near(fc_stat_at_least(1, 3000000000u, 1e-9), 1 - exp(-3), 1e-4);
}

/* n errors of n, or none: (TAIL)^(1/n) in closed form. */
static void
intervals_at_the_ends_have_their_closed_form(void **state)
{
	struct fc_rate none = fc_rate_of(0, 200), all = fc_rate_of(200, 200);

	(void)state;
	near((double)none.high_ppt, (1 - pow(0.025, 1.0 / 200)) * 1e12, 1e-9);
	assert_int_equal(none.low_ppt, 0);
	assert_int_equal(none.ppt, 0);
	near((double)all.low_ppt, pow(0.025, 1.0 / 200) * 1e12, 1e-9);
	assert_int_equal(all.high_ppt, FC_PPT);
	assert_int_equal(all.ppt, FC_PPT);
}

/* 4 of 10 and 10 of 100, as in textbooks. */
static void
intervals_are_those_of_clopper_and_pearson(void **state)
{
	struct fc_rate a = fc_rate_of(4, 10), b = fc_rate_of(10, 100);

	(void)state;
	near((double)a.low_ppt / 1e12, 0.1215523, 1e-6);
	near((double)a.high_ppt / 1e12, 0.7376219, 1e-6);
	near((double)b.low_ppt / 1e12, 0.0490047, 1e-6);
	near((double)b.high_ppt / 1e12, 0.1762226, 1e-6);
}

/* The interval holds what it promises: for no rate does it miss more often
 * than once in twenty, counted over all outcomes. */
static void
intervals_cover_every_rate(void **state)
{
	struct fc_rate r[41];

	(void)state;
	for (unsigned k = 0; k <= 40; k++)
		r[k] = fc_rate_of(k, 40);
	for (double p = 0.01; p < 1; p += 0.01) {
		double missed = 0;

		for (unsigned k = 0; k <= 40; k++) {
			double here = at_least_by_hand(k, 40, p) -
				(k < 40 ? at_least_by_hand(k + 1, 40, p) : 0);

			if (p * 1e12 < (double)r[k].low_ppt ||
				p * 1e12 > (double)r[k].high_ppt)
				missed += here;
		}
		assert_true(missed <= 0.0500001);
	}
}

static void
no_trials_say_nothing(void **state)
{
	struct fc_rate r = fc_rate_of(0, 0);

	(void)state;
	assert_int_equal(r.ppt, 0);
	assert_int_equal(r.low_ppt, 0);
	assert_int_equal(r.high_ppt, FC_PPT);
	assert_int_equal(fc_rule_of_3_ppt(0), FC_PPT);
	assert_int_equal(fc_rule_of_3_ppt(3000000000u), 1000);
	assert_int_equal(fc_ppt(1, 3), 333333333333);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			logarithm_and_exponential_agree_with_the_library),
		cmocka_unit_test(normal_deviates_are_those_of_the_tables),
		cmocka_unit_test(tails_of_the_binomial_are_sums_of_its_terms),
		cmocka_unit_test(intervals_at_the_ends_have_their_closed_form),
		cmocka_unit_test(intervals_are_those_of_clopper_and_pearson),
		cmocka_unit_test(intervals_cover_every_rate),
		cmocka_unit_test(no_trials_say_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
