/* The arithmetic behind intervals and axes: with +, -, *, / and square roots
 * only, in a written order, because the last digit of what libm gives differs
 * from one version to the next and a report must not. */
#ifndef FC_BENCH_STAT_H
#define FC_BENCH_STAT_H

#include <stdint.h>

/* Rates are whole numbers of parts in 10^12, so that they can be compared and
 * printed alike everywhere. */
#define FC_PPT INT64_C(1000000000000)

/* Errors out of trials, with the exact 95 % interval of Clopper and Pearson
 * (Biometrika 26, 1934), which holds whatever the rate if trials do not depend
 * on each other. Without trials: 0 in 0 .. 1. */
struct fc_rate {
	uint64_t errors, trials;
	int64_t ppt, low_ppt, high_ppt;
};
struct fc_rate fc_rate_of(uint64_t errors, uint64_t trials);
/* errors / trials, rounded to the nearest; 0 without trials. */
int64_t fc_ppt(uint64_t errors, uint64_t trials);
/* What a rate is below with 95 % confidence when no error was seen in so many
 * trials (ISO/IEC 19795-1, rule of 3); never above 1. */
int64_t fc_rule_of_3_ppt(uint64_t trials);

double fc_stat_ln(double x);  /* x > 0 */
double fc_stat_exp(double x); /* |x| < 700 */
/* How many deviations from the mean a normal number must lie to be smaller
 * with chance p; p is taken for 1e-15 at least and 1 - 1e-15 at most. */
double fc_stat_deviate(double p);
/* Chance of at least k errors in n trials at rate p; 1 <= k <= n. */
double fc_stat_at_least(uint64_t k, uint64_t n, double p);

#endif
