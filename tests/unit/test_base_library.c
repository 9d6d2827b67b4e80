#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/library.h"

#define THREADS 8

struct functions {
	double (*cos)(double);
	double (*sqrt)(double);
};

static const char *const names[] = { "cos", "sqrt" };
static atomic_int made_ready;

static void
make_ready(const void *functions)
{
	const struct functions *f = functions;

	assert_true(f->sqrt(4) > 1.9);
	(void)atomic_fetch_add(&made_ready, 1);
}

static const struct fa_library maths = { "libm.so.6", names, 2, make_ready };

/* Those of a slot are for the life of the program; not of this one. */
static void
forget(struct fa_library_slot *slot)
{
	free(atomic_load(&slot->functions));
}

static void
an_open_library_has_its_functions(void **state)
{
	struct fa_library_slot slot = { .functions = NULL };
	const struct functions *f;
	struct fa_err err;

	(void)state;
	atomic_store(&made_ready, 0);
	assert_null(fa_library_functions(&slot));
	assert_int_equal(fa_library_open(&slot, &maths, &err), FA_OK);
	f = fa_library_functions(&slot);
	assert_non_null(f);
	assert_true(f->cos(0) > 0.9 && f->sqrt(9) > 2.9);
	assert_int_equal(fa_library_open(&slot, &maths, &err), FA_OK);
	assert_ptr_equal(fa_library_functions(&slot), f);
	assert_int_equal(atomic_load(&made_ready), 1);
	forget(&slot);
}

static void
a_library_that_is_missing_is_named(void **state)
{
	const struct fa_library none = { "libnowhere.so.7", names, 2, NULL };
	struct fa_library_slot slot = { .functions = NULL };
	struct fa_err err;

	(void)state;
	for (int again = 0; again < 2; again++) {
		assert_int_equal(
			fa_library_open(&slot, &none, &err), FA_E_UNSUPPORTED);
		assert_non_null(strstr(err.msg, "libnowhere.so.7"));
		assert_null(fa_library_functions(&slot));
	}
}

static void
a_library_without_a_function_is_not_taken(void **state)
{
	static const char *const others[] = { "cos", "fa_no_such_function" };
	const struct fa_library lacks = { "libm.so.6", others, 2, make_ready };
	struct fa_library_slot slot = { .functions = NULL };
	struct fa_err err;

	(void)state;
	atomic_store(&made_ready, 0);
	assert_int_equal(
		fa_library_open(&slot, &lacks, &err), FA_E_UNSUPPORTED);
	assert_non_null(strstr(err.msg, "fa_no_such_function"));
	assert_null(fa_library_functions(&slot));
	assert_int_equal(atomic_load(&made_ready), 0);
}

static void *
open_in_thread(void *slot)
{
	struct fa_err err;

	return fa_library_open(slot, &maths, &err) == FA_OK
		? atomic_load(&((struct fa_library_slot *)slot)->functions)
		: NULL;
}

static void
threads_open_it_once(void **state)
{
	struct fa_library_slot slot = { .functions = NULL };
	pthread_t threads[THREADS];
	void *first = NULL;

	(void)state;
	atomic_store(&made_ready, 0);
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL,
					 open_in_thread, &slot),
			0);
	for (size_t i = 0; i < THREADS; i++) {
		void *got;

		assert_int_equal(pthread_join(threads[i], &got), 0);
		assert_non_null(got);
		first = i == 0 ? got : first;
		assert_ptr_equal(got, first);
	}
	assert_int_equal(atomic_load(&made_ready), 1);
	forget(&slot);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_open_library_has_its_functions),
		cmocka_unit_test(a_library_that_is_missing_is_named),
		cmocka_unit_test(a_library_without_a_function_is_not_taken),
		cmocka_unit_test(threads_open_it_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
