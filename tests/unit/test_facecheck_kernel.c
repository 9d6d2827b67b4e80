/* Comparison kernels: the same numbers on every processor; all pairs, once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/face/kernel.h"
#include "facecheck/face/train/matrix.c"

#define TEMPLATES 261 /* four blocks and a bit */

struct rig {
	struct fa_arena a;
	struct fa_err err;
	int8_t templates[TEMPLATES * FC_TEMPLATE_DIMS];
};

static int
setup(void **state)
{
	static struct rig r;
	uint32_t x = 1;

	fa_arena_init(&r.a, 8u << 20);
	for (size_t i = 0; i < sizeof(r.templates); i++) {
		x = x * 1664525 + 1013904223;
		r.templates[i] = (int8_t)((int)(x >> 24) - 128);
		if (r.templates[i] == -128)
			r.templates[i] = 127;
	}
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

static int32_t
plain(const int8_t *a, const int8_t *b, size_t n)
{
	int32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static void
every_kernel_gives_the_inner_product(void **state)
{
	struct rig *r = *state;
	int8_t low[FC_TEMPLATE_DIMS], high[FC_TEMPLATE_DIMS];

	memset(low, -127, sizeof(low));
	memset(high, 127, sizeof(high));
	assert_non_null(fc_kernel_get(0));
	assert_null(fc_kernel_get(FC_KERNELS));
	for (unsigned i = 0; i < FC_KERNELS; i++) {
		const struct fc_kernel *k = fc_kernel_get(i);

		if (!k)
			continue;
		for (size_t n = 64; n <= 2048; n += 64)
			assert_int_equal(
				k->dot(r->templates + n, r->templates + 3, n),
				plain(r->templates + n, r->templates + 3, n));
		assert_int_equal(k->dot(low, high, FC_TEMPLATE_DIMS),
			-127 * 127 * FC_TEMPLATE_DIMS);
		assert_int_equal(k->dot(low, low, FC_TEMPLATE_DIMS),
			127 * 127 * FC_TEMPLATE_DIMS);
	}
}

static void
count_one_by_one(struct fc_tail *t, const struct rig *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			int32_t s = plain(r->templates + i * FC_TEMPLATE_DIMS,
				r->templates + j * FC_TEMPLATE_DIMS,
				FC_TEMPLATE_DIMS);
			int64_t bin = ((int64_t)s - t->floor - 1) >> t->shift;

			t->pairs++;
			if (s <= t->floor)
				continue;
			t->bins[bin < FC_TAIL_BINS ? bin : FC_TAIL_BINS - 1]++;
		}
}

static void
all_pairs_are_counted_once(void **state)
{
	struct rig *r = *state;
	static const size_t sizes[] = { 0, 1, 2, 6, 63, 64, 65, 96, 128, 200,
		TEMPLATES };
	/* Scores spread by about 120,000: a floor in the middle, one in the
	 * tail, one below all. */
	static const int32_t floors[] = { -10, 150000, -9000000 };

	for (size_t i = 0; i < FA_COUNT(sizes); i++)
		for (size_t f = 0; f < FA_COUNT(floors); f++) {
			struct fc_pair_set *s = NULL;
			struct fc_tail want = { floors[f], 8, 0, { 0 } };

			count_one_by_one(&want, r, sizes[i]);
			assert_int_equal(fc_pair_set_new(&s, r->templates,
						 sizes[i], &r->a, &r->err),
				FA_OK);
			for (unsigned k = 0; k < FC_KERNELS; k++) {
				struct fc_tail got = { floors[f], 8, 0, { 0 } };

				if (!fc_kernel_get(k))
					continue;
				for (size_t from = 0; from < sizes[i];
					from += FC_PAIRS_STEP)
					fc_pairs_tail(fc_kernel_get(k), s, from,
						from + FC_PAIRS_STEP < sizes[i]
							? from + FC_PAIRS_STEP
							: sizes[i],
						&got);
				assert_memory_equal(&got, &want, sizeof(got));
			}
			fa_arena_reset(&r->a);
		}
}

static void
a_set_has_a_limit(void **state)
{
	struct rig *r = *state;
	struct fc_pair_set *s = NULL;

	assert_int_equal(fc_pair_set_new(&s, r->templates, FC_SET_MAX + 1,
				 &r->a, &r->err),
		FA_E_LIMIT);
	assert_null(s);
	assert_int_equal(fc_pair_set_new(&s, r->templates, FC_SET_MAX / 2,
				 &r->a, &r->err),
		FA_E_NOMEM);
}

/* Of the training: eigenvectors are orthogonal, and give the matrix again. */
static void
eigenvectors_give_the_matrix_again(void **state)
{
	enum { N = 23 };
	double a[N * N], kept[N * N], q[N * N], values[N], work[2 * N];
	uint32_t x = 5;

	(void)state;
	for (int i = 0; i < N; i++)
		for (int j = 0; j <= i; j++) {
			x = x * 1664525 + 1013904223;
			kept[i * N + j] = kept[j * N + i] =
				(double)(x >> 16) / 65536 - 0.5;
		}
	memcpy(a, kept, sizeof(a));
	assert_true(fc_mat_eigen(a, q, values, work, N));
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			double sum = 0;

			for (int k = 0; k < N; k++)
				sum += values[k] * q[k * N + i] * q[k * N + j];
			assert_true(fabs(sum - kept[i * N + j]) < 1e-12);
		}
	for (int i = 1; i < N; i++)
		assert_true(values[i] <= values[i - 1]);
}

static void
a_factor_solves(void **state)
{
	double a[9] = { 4, 0, 0, 2, 5, 0, -2, 1, 6 }, b[3] = { 0, 23, 18 };
	double none[4] = { 1, 0, 2, 1 };

	(void)state;
	assert_true(fc_mat_cholesky(a, 3));
	fc_mat_forward(a, b, 3);
	fc_mat_backward(a, b, 3);
	assert_true(fabs(4 * b[0] + 2 * b[1] - 2 * b[2]) < 1e-12);
	assert_true(fabs(2 * b[0] + 5 * b[1] + b[2] - 23) < 1e-12);
	assert_true(fabs(-2 * b[0] + b[1] + 6 * b[2] - 18) < 1e-12);
	assert_false(fc_mat_cholesky(none, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kernel_gives_the_inner_product),
		cmocka_unit_test(all_pairs_are_counted_once),
		cmocka_unit_test(a_set_has_a_limit),
		cmocka_unit_test(eigenvectors_give_the_matrix_again),
		cmocka_unit_test(a_factor_solves),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
