#include "facecheck/bench/stat.h"

#include <assert.h>
#include <math.h>

#define LN2 0.69314718055994530942
#define ROOT_TWO_PI 2.50662827463100050242
#define HALF_LN_TWO_PI 0.91893853320467274178
#define TAIL 0.025 /* of a 95 % interval, on each side */
#define FRACTION_TERMS 2000000
#define HALVINGS 120

/* ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)) with m near 1. */
double
fc_stat_ln(double x)
{
	int e;
	double m = frexp(x, &e), t, t2, sum = 0;

	if (m < 0.70710678118654752) {
		m *= 2;
		e--;
	}
	t = (m - 1) / (m + 1);
	t2 = t * t;
	for (int k = 25; k >= 1; k -= 2)
		sum = sum * t2 + 1.0 / k;
	return e * LN2 + 2 * t * sum;
}

double
fc_stat_exp(double x)
{
	int n = (int)(x / LN2 + (x < 0 ? -0.5 : 0.5));
	double f = x - n * LN2, sum = 1;

	for (int k = 20; k >= 1; k--)
		sum = 1 + sum * f / k;
	return ldexp(sum, n);
}

/* ln of the gamma function for x >= 1: Stirling's series, which wants x above
 * 10; below, the recurrence leads there. */
static double
ln_gamma(double x)
{
	double below = 1, y = x, r;

	while (y < 10) {
		below *= y;
		y++;
	}
	r = 1 / (y * y);
	return (y - 0.5) * fc_stat_ln(y) - y + HALF_LN_TWO_PI +
		(1.0 / 12 -
			r *
				(1.0 / 360 -
					r *
						(1.0 / 1260 -
							r *
								(1.0 / 1680 -
									r / 1188)))) /
		y -
		fc_stat_ln(below);
}

/* The continued fraction of the incomplete beta function (NIST Digital Library
 * of Mathematical Functions, 8.17.22), from its top by Lentz's method. */
static double
beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-290;
	double c = 1, d = 1 - (a + b) * x / (a + 1), f;

	d = 1 / (fabs(d) < tiny ? tiny : d);
	f = d;
	for (int m = 1; m < FRACTION_TERMS; m++) {
		double up = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double down = -(a + m) * (a + b + m) * x /
			((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 + up * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + up / (fabs(c) < tiny ? tiny : c);
		f *= d * c;
		d = 1 + down * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + down / (fabs(c) < tiny ? tiny : c);
		step = d * c;
		f *= step;
		if (fabs(step - 1) < 1e-15)
			break;
	}
	return f;
}

/* Binomial tails are incomplete beta functions: at least k of n at rate p is
 * I_p(k, n - k + 1). The fraction converges fast on one side of the mean only;
 * on the other side, I_p(a, b) = 1 - I_{1-p}(b, a). */
double
fc_stat_at_least(uint64_t k, uint64_t n, double p)
{
	double a = (double)k, b = (double)(n - k) + 1, front;

	assert(k >= 1 && k <= n);
	if (p <= 0)
		return 0;
	if (p >= 1)
		return 1;
	front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) +
		a * fc_stat_ln(p) + b * fc_stat_ln(1 - p);
	if (front < -690)
		return p * (a + b) < a ? 0 : 1;
	front = fc_stat_exp(front);
	if (p < (a + 1) / (a + b + 2))
		return front * beta_fraction(a, b, p) / a;
	return 1 - front * beta_fraction(b, a, 1 - p) / b;
}

/* The rate at which at least k errors have chance: halving the ratio of the
 * ends, since rates of interest span twelve powers of ten. */
static double
rate_with(uint64_t k, uint64_t n, double chance)
{
	double low = 1e-15, high = 1;

	for (int i = 0; i < HALVINGS; i++) {
		double mid = sqrt(low * high);

		if (fc_stat_at_least(k, n, mid) < chance)
			low = mid;
		else
			high = mid;
	}
	return high;
}

int64_t
fc_ppt(uint64_t errors, uint64_t trials)
{
	double whole = (double)FC_PPT;

	if (trials == 0)
		return 0;
	return (int64_t)((double)errors / (double)trials * whole + 0.5);
}

int64_t
fc_rule_of_3_ppt(uint64_t trials)
{
	return trials < 3 ? FC_PPT : fc_ppt(3, trials);
}

struct fc_rate
fc_rate_of(uint64_t errors, uint64_t trials)
{
	struct fc_rate r = { errors, trials, fc_ppt(errors, trials), 0,
		FC_PPT };

	assert(errors <= trials);
	if (errors > 0)
		r.low_ppt = (int64_t)(rate_with(errors, trials, TAIL) *
				(double)FC_PPT +
			0.5);
	if (errors < trials)
		r.high_ppt = (int64_t)(rate_with(errors + 1, trials, 1 - TAIL) *
				(double)FC_PPT +
			0.5);
	return r;
}

/* Chance that a normal number is above x >= 0: its series near the middle, its
 * continued fraction (Laplace) in the tail. */
static double
normal_above(double x)
{
	double density = fc_stat_exp(-0.5 * x * x) / ROOT_TWO_PI;
	double sum = x, term = x, under = x;

	if (x < 2.5) {
		for (int k = 3; k < 120; k += 2) {
			term *= x * x / k;
			sum += term;
		}
		return 0.5 - density * sum;
	}
	for (int k = 200; k >= 1; k--)
		under = x + k / under;
	return density / under;
}

double
fc_stat_deviate(double p)
{
	double q = p > 0.5 ? 1 - p : p, low = 0, high = 8;

	if (q < 1e-15)
		q = 1e-15;
	for (int i = 0; i < 52; i++) {
		double mid = 0.5 * (low + high);

		if (normal_above(mid) > q)
			low = mid;
		else
			high = mid;
	}
	return p > 0.5 ? low : -low;
}
