/* The reference table keeps every promise, and every fault is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facecheck/machine/mutate.h"

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fc_checker *c;
	struct fc_verdict v;
};

static int
setup(void **state)
{
	static struct rig r;

	fa_arena_init(&r.a, 64u << 20);
	*state = &r;
	return fc_checker_new(&r.c, &r.a, &r.err);
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_arena_done(&r->a);
	return 0;
}

static void
the_reference_keeps_every_promise(void **state)
{
	struct rig *r = *state;
	struct fc_table t;

	fc_table_init(&t);
	assert_int_equal(fc_check(&r->v, r->c, &t, &r->err), FA_OK);
	for (unsigned p = 0; p < FC_P_COUNT; p++)
		if (r->v.broken & 1u << p)
			fail_msg("broken: %s", fc_promise_name(p));
	assert_true(r->v.states > 500);
	assert_true(r->v.transitions > r->v.states);
}

static void
no_other_way_is_three_times_as_long_as_the_face(void **state)
{
	struct rig *r = *state;
	struct fc_table t;

	fc_table_init(&t);
	assert_int_equal(fc_check(&r->v, r->c, &t, &r->err), FA_OK);
	assert_true(r->v.steps_to_done[0] >= 4);
	assert_true(r->v.steps_to_done[1] > 0);
	assert_true(r->v.steps_to_done[1] < 3 * r->v.steps_to_done[0]);
	assert_true(r->v.steps_to_done[2] < 3 * r->v.steps_to_done[0]);
}

static void
every_single_fault_breaks_the_promise_it_is_aimed_at(void **state)
{
	struct rig *r = *state;

	assert_true(fc_mutants_n >= 20);
	for (size_t i = 0; i < fc_mutants_n; i++) {
		const struct fc_mutant *m = &fc_mutants[i];
		enum fc_fate fate;

		assert_int_equal(
			fc_mutant_fate(&fate, &r->v, r->c, m, NULL, &r->err),
			FA_OK);
		if (fate != FC_KILLED || !(r->v.broken & 1u << m->breaks))
			fail_msg("%s is not noticed as %s", m->name,
				fc_promise_name(m->breaks));
	}
}

static void
no_pair_of_faults_hides_both(void **state)
{
	struct rig *r = *state;

	for (size_t i = 0; i < fc_mutants_n; i++)
		for (size_t k = i + 1; k < fc_mutants_n; k++) {
			enum fc_fate fate;

			assert_int_equal(fc_mutant_fate(&fate, &r->v, r->c,
						 &fc_mutants[i], &fc_mutants[k],
						 &r->err),
				FA_OK);
			if (fate == FC_SURVIVED)
				fail_msg("%s and %s hide each other",
					fc_mutants[i].name, fc_mutants[k].name);
		}
}

static void
a_witness_leads_to_the_breach(void **state)
{
	struct rig *r = *state;
	struct fc_session s = { FC_S_START, 0, 0 };
	enum fc_fate fate;
	struct fc_table t;

	for (size_t i = 0; i < fc_mutants_n; i++) {
		const struct fc_mutant *m = &fc_mutants[i];
		struct fc_session kind = { FC_S_START, 0, 0 };

		assert_int_equal(
			fc_mutant_fate(&fate, &r->v, r->c, m, NULL, &r->err),
			FA_OK);
		kind.facts = r->v.witness[m->breaks].facts &
			(FC_MINOR | FC_REMOTE | FC_LOCKED);
		s = kind;
		fc_table_init(&t);
		m->apply(&t);
		for (size_t k = 0; k < r->v.way_n[m->breaks]; k++)
			assert_true(fc_step(&s, &t, s,
				(enum fc_event)r->v.way[m->breaks][k]));
		assert_int_equal(s.state, r->v.witness[m->breaks].state);
		assert_int_equal(s.facts, r->v.witness[m->breaks].facts);
	}
}

static void
a_table_is_equal_to_itself_and_to_none_of_its_mutants(void **state)
{
	struct rig *r = *state;
	struct fc_table a, b;
	bool equal = false;

	fc_table_init(&a);
	fc_table_init(&b);
	assert_int_equal(fc_check_equal(&equal, r->c, &a, &b, &r->err), FA_OK);
	assert_true(equal);
	for (size_t i = 0; i < fc_mutants_n; i++) {
		fc_table_init(&b);
		fc_mutants[i].apply(&b);
		assert_int_equal(
			fc_check_equal(&equal, r->c, &a, &b, &r->err), FA_OK);
		assert_false(equal);
	}
}

static void
an_event_that_no_row_fits_changes_nothing(void **state)
{
	struct fc_session s = { FC_S_START, 0, FC_MINOR }, o = { 9, 9, 9 };
	struct fc_table t;

	(void)state;
	fc_table_init(&t);
	assert_false(fc_step(&o, &t, s, FC_E_IMAGE));
	assert_int_equal(o.state, 9);
	assert_int_equal(o.facts, 9);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(the_reference_keeps_every_promise),
		T(no_other_way_is_three_times_as_long_as_the_face),
		T(every_single_fault_breaks_the_promise_it_is_aimed_at),
		T(no_pair_of_faults_hides_both),
		T(a_witness_leads_to_the_breach),
		T(a_table_is_equal_to_itself_and_to_none_of_its_mutants),
		T(an_event_that_no_row_fits_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
