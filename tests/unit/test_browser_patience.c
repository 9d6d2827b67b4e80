/* How long is waited for a page, by a clock and a machine that are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browser/patience.h"

struct world {
	int64_t starved_ms;
	bool owed;
	unsigned asked;
};

static int64_t
starved_ms(void *self)
{
	struct world *w = self;

	w->asked++;
	return w->starved_ms;
}

static bool
owed(void *self)
{
	return ((struct world *)self)->owed;
}

/* Steps of 10 ms until it is over, in each of which the machine keeps the
 * browser waiting for starved of 10 ms; the time that it took. */
static int64_t
run(struct world *w, int64_t limit_ms, int64_t starved, int64_t owed_until)
{
	struct fa_patience_of of = { w, starved_ms, owed };
	struct fa_patience p;
	int64_t now = 1000;

	fa_patience_begin(&p, limit_ms, now);
	do {
		now += 10;
		w->starved_ms += starved;
		w->owed = now - 1000 <= owed_until;
		assert_true(now < 10000000);
	} while (!fa_patience_over(&p, &of, now));
	return now - 1000;
}

static void
on_a_quiet_machine_the_limit_is_the_limit(void **state)
{
	struct world w = { 0 };

	(void)state;
	assert_int_equal(run(&w, 1000, 0, 0), 1000);
	assert_int_equal(w.asked, 2);
	assert_int_equal(run(&w, 1000, 2, 0), 1000);
}

static void
time_without_a_processor_does_not_count_but_has_an_end(void **state)
{
	struct world w = { 0 };

	(void)state;
	assert_int_equal(run(&w, 1000, 9, 0), 1000 * (1 + FA_PATIENCE_TIMES));
}

static void
what_answers_at_once_is_not_asked_about(void **state)
{
	struct world w = { 0 };
	struct fa_patience_of of = { &w, starved_ms, owed };
	struct fa_patience p;

	(void)state;
	fa_patience_begin(&p, 1000, 0);
	assert_false(fa_patience_over(&p, &of, 499));
	assert_int_equal(w.asked, 0);
}

static void
a_document_that_the_net_owes_is_waited_for(void **state)
{
	struct world w = { 0 };

	(void)state;
	assert_int_equal(run(&w, 1000, 0, 20000), 21000);
	/* Not for ever. */
	assert_int_equal(
		run(&w, 1000, 0, INT64_MAX / 2), FA_PATIENCE_NET_MS + 1000);
}

static void
who_does_not_say_is_not_waited_for(void **state)
{
	struct fa_patience_of of = { NULL, NULL, NULL };
	struct fa_patience p;

	(void)state;
	fa_patience_begin(&p, 100, 0);
	assert_false(fa_patience_over(&p, &of, 99));
	assert_true(fa_patience_over(&p, &of, 100));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_quiet_machine_the_limit_is_the_limit),
		cmocka_unit_test(
			time_without_a_processor_does_not_count_but_has_an_end),
		cmocka_unit_test(what_answers_at_once_is_not_asked_about),
		cmocka_unit_test(a_document_that_the_net_owes_is_waited_for),
		cmocka_unit_test(who_does_not_say_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
