#include "facecheck/face/train/matrix.h"

#include <math.h>

#define SWEEPS_MAX 60 /* for one eigenvalue */
#define TINY 1e-15

double
fc_mat_dot(const double *a, const double *b, size_t n)
{
	double s[4] = { 0 }, rest = 0;
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		for (size_t k = 0; k < 4; k++)
			s[k] += a[i + k] * b[i + k];
	for (; i < n; i++)
		rest += a[i] * b[i];
	return (s[0] + s[1]) + (s[2] + s[3]) + rest;
}

bool
fc_mat_cholesky(double *a, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double *row = a + i * n;

		for (size_t j = 0; j <= i; j++) {
			const double *other = a + j * n;
			double v = row[j] - fc_mat_dot(row, other, j);

			if (j < i)
				row[j] = v / other[j];
			else if (v > 0)
				row[j] = sqrt(v);
			else
				return false;
		}
	}
	return true;
}

void
fc_mat_forward(const double *l, double *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		b[i] = (b[i] - fc_mat_dot(l + i * n, b, i)) / l[i * n + i];
}

void
fc_mat_backward(const double *l, double *b, size_t n)
{
	for (size_t i = n; i-- > 0;) {
		const double *row = l + i * n;

		b[i] /= row[i];
		for (size_t j = 0; j < i; j++)
			b[j] -= row[j] * b[i];
	}
}

/* Householder: a becomes tridiagonal, diagonal d and below it e (e[0] = 0).
 * The reflections are kept: the vector of step i in row i of a, its factor in
 * d[i] until the end. */
static void
reflect_row(double *a, size_t n, size_t i, double *d, double *e)
{
	double *v = a + i * n;
	double alpha = v[i - 1], sigma, beta, half = 0;

	sigma = fc_mat_dot(v, v, i);
	if (sigma - alpha * alpha <= TINY * sigma || sigma <= 0) {
		e[i] = alpha;
		d[i] = 0;
		return;
	}
	beta = alpha > 0 ? -sqrt(sigma) : sqrt(sigma);
	e[i] = beta;
	v[i - 1] = alpha - beta;
	d[i] = 1 / (sigma - alpha * beta); /* 2 / |v|^2 */
	/* p = A v * d; A -= v w' + w v', w = p - (d/2) (p.v) v; p and w lie in
	 * what is still free of e. */
	for (size_t j = 0; j < i; j++)
		e[j] = 0;
	for (size_t j = 0; j < i; j++) {
		const double *row = a + j * n;

		e[j] += d[i] * fc_mat_dot(row, v, j + 1);
		for (size_t k = 0; k < j; k++)
			e[k] += d[i] * row[k] * v[j];
	}
	half = 0.5 * d[i] * fc_mat_dot(e, v, i);
	for (size_t j = 0; j < i; j++)
		e[j] -= half * v[j];
	for (size_t j = 0; j < i; j++)
		for (size_t k = 0; k <= j; k++)
			a[j * n + k] -= v[j] * e[k] + e[j] * v[k];
}

static void
tridiagonal(double *a, size_t n, double *d, double *e, double *factor)
{
	for (size_t i = n - 1; i > 0; i--) {
		double beta;

		reflect_row(a, n, i, d, e);
		factor[i] = d[i];
		beta = e[i];
		d[i] = a[i * n + i];
		e[i] = beta;
	}
	d[0] = a[0];
	factor[0] = 0;
	e[0] = 0;
}

/* Applies the reflections to each row of q, which holds eigenvectors of the
 * tridiagonal matrix. */
static void
unreflect(const double *a, const double *factor, double *q, size_t n)
{
	for (size_t r = 0; r < n; r++) {
		double *row = q + r * n;

		for (size_t i = 1; i < n; i++) {
			const double *v = a + i * n;
			double s = factor[i] * fc_mat_dot(v, row, i);

			for (size_t k = 0; k < i; k++)
				row[k] -= s * v[k];
		}
	}
}

/* One implicit QL step on l .. m; rotations go to the rows of q. */
static void
ql_step(double *d, double *e, double *q, size_t n, size_t l, size_t m)
{
	double g = (d[l + 1] - d[l]) / (2 * e[l]);
	double r = sqrt(g * g + 1), s = 1, c = 1, p = 0;

	g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
	for (size_t i = m; i-- > l;) {
		double f = s * e[i], b = c * e[i];
		double *low = q + i * n, *high = low + n;

		r = sqrt(f * f + g * g);
		e[i + 1] = r;
		if (r <= 0) {
			d[i + 1] -= p;
			e[m] = 0;
			return;
		}
		s = f / r;
		c = g / r;
		g = d[i + 1] - p;
		r = (d[i] - g) * s + 2 * c * b;
		p = s * r;
		d[i + 1] = g + p;
		g = c * r - b;
		for (size_t k = 0; k < n; k++) {
			double x = low[k], y = high[k];

			high[k] = s * x + c * y;
			low[k] = c * x - s * y;
		}
	}
	d[l] -= p;
	e[l] = g;
	e[m] = 0;
}

static bool
settle(double *d, double *e, double *q, size_t n)
{
	for (size_t i = 1; i < n; i++)
		e[i - 1] = e[i];
	e[n - 1] = 0;
	for (size_t l = 0; l < n; l++)
		for (int step = 0;; step++) {
			size_t m = l;

			while (m + 1 < n &&
				fabs(e[m]) >
					TINY * (fabs(d[m]) + fabs(d[m + 1])))
				m++;
			if (m == l)
				break;
			if (step == SWEEPS_MAX)
				return false;
			ql_step(d, e, q, n, l, m);
		}
	return true;
}

static void
swap(double *a, double *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double t = a[i];

		a[i] = b[i];
		b[i] = t;
	}
}

bool
fc_mat_eigen(double *a, double *q, double *values, double *work, size_t n)
{
	double *e = work, *factor = work + n;

	for (size_t i = 0; i < n * n; i++)
		q[i] = i % (n + 1) == 0;
	tridiagonal(a, n, values, e, factor);
	if (!settle(values, e, q, n))
		return false;
	unreflect(a, factor, q, n);
	for (size_t i = 0; i < n; i++) {
		size_t top = i;

		for (size_t j = i + 1; j < n; j++)
			if (values[j] > values[top])
				top = j;
		swap(values + i, values + top, 1);
		if (top != i)
			swap(q + i * n, q + top * n, n);
	}
	return true;
}
