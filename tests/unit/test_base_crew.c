/* Threads that work ahead of their owner. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/crew.h"

#define TASKS 500
#define ROOM 16

struct task {
	unsigned given;
	unsigned *made; /* in the arena of the task */
	bool clean;     /* ... which held nothing */
};

struct worker {
	unsigned done;
};

struct rig {
	struct fa_arena a;
	struct fa_crew *crew;
	struct worker workers[FA_CREW_JOBS_MAX];
	void *states[FA_CREW_JOBS_MAX];
	struct task tasks[TASKS];
};

static void
square(void *worker, void *task, struct fa_arena *a)
{
	struct worker *w = worker;
	struct task *t = task;

	t->clean = a->used_bytes == 0;
	t->made = fa_arena_new(a, 1 + t->given % 7, sizeof(*t->made));
	if (t->made)
		*t->made = t->given * t->given;
	w->done++;
}

static void
begin(struct rig *g, unsigned jobs, size_t room)
{
	struct fa_crew_how how = { .work = square,
		.workers = g->states,
		.jobs = jobs,
		.room = room,
		.arena_bytes = 1u << 16,
		.held_bytes = 1u << 20 };
	struct fa_err err;

	memset(g, 0, sizeof(*g));
	fa_arena_init(&g->a, 1u << 20);
	for (unsigned i = 0; i < jobs; i++)
		g->states[i] = &g->workers[i];
	for (unsigned i = 0; i < TASKS; i++)
		g->tasks[i].given = i;
	assert_int_equal(fa_crew_new(&g->crew, &how, &g->a, &err), 0);
}

static void
end(struct rig *g)
{
	fa_crew_free(g->crew);
	fa_arena_done(&g->a);
}

static void
take(struct rig *g, size_t number)
{
	const struct task *t = &g->tasks[number];

	assert_non_null(fa_crew_take(g->crew, number));
	assert_true(t->clean);
	assert_int_equal(*t->made, number * number);
	fa_crew_give_back(g->crew, number);
}

static void
every_task_is_done_once_for_any_number_of_jobs(void **state)
{
	static const unsigned jobs[] = { 1, 2, 3, 8, FA_CREW_JOBS_MAX };

	(void)state;
	for (size_t k = 0; k < sizeof(jobs) / sizeof(*jobs); k++) {
		struct rig g;
		unsigned done = 0;
		size_t put = 0;

		begin(&g, jobs[k], ROOM);
		for (size_t i = 0; i < TASKS; i++) {
			while (put < TASKS && fa_crew_room(g.crew) > 0) {
				assert_int_equal(
					fa_crew_put(g.crew, &g.tasks[put]),
					put);
				put++;
			}
			take(&g, i);
		}
		fa_crew_free(g.crew);
		for (unsigned i = 0; i < jobs[k]; i++)
			done += g.workers[i].done;
		assert_int_equal(done, TASKS);
		fa_arena_done(&g.a);
	}
}

static void
one_job_is_the_owner_alone(void **state)
{
	struct rig g;

	(void)state;
	begin(&g, 1, 2);
	(void)fa_crew_put(g.crew, &g.tasks[0]);
	(void)fa_crew_put(g.crew, &g.tasks[1]);
	assert_int_equal(fa_crew_room(g.crew), 0);
	assert_int_equal(g.workers[0].done, 0);
	take(&g, 0);
	assert_int_equal(g.workers[0].done, 1);
	assert_int_equal(fa_crew_room(g.crew), 1);
	take(&g, 1);
	end(&g);
}

static void
tasks_may_go_out_in_another_order_than_they_came_in(void **state)
{
	struct rig g;

	(void)state;
	begin(&g, 2, 4);
	for (size_t i = 0; i < 4; i++)
		(void)fa_crew_put(g.crew, &g.tasks[i]);
	take(&g, 2);
	take(&g, 1);
	assert_int_equal(fa_crew_room(g.crew), 0);
	take(&g, 0);
	assert_int_equal(fa_crew_room(g.crew), 3);
	(void)fa_crew_put(g.crew, &g.tasks[4]);
	take(&g, 4);
	take(&g, 3);
	assert_int_equal(fa_crew_room(g.crew), 4);
	end(&g);
}

static void
what_is_dropped_before_it_is_begun_is_not_done(void **state)
{
	struct rig g;

	(void)state;
	begin(&g, 1, 3);
	for (size_t i = 0; i < 3; i++)
		(void)fa_crew_put(g.crew, &g.tasks[i]);
	fa_crew_drop(g.crew, 0);
	fa_crew_drop(g.crew, 1);
	assert_int_equal(fa_crew_room(g.crew), 2);
	take(&g, 2);
	assert_int_equal(g.workers[0].done, 1);
	end(&g);
}

static void
what_was_begun_ends_before_the_crew_is_gone(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 50; n++) {
		struct rig g;

		begin(&g, 3, ROOM);
		for (size_t i = 0; i < n % ROOM; i++)
			(void)fa_crew_put(g.crew, &g.tasks[i]);
		end(&g);
		for (size_t i = 0; i < TASKS; i++)
			assert_true(!g.tasks[i].made || g.tasks[i].clean);
	}
}

/* A task that leaves much in its arena: see held_bytes. */
static void
hoard(void *worker, void *task, struct fa_arena *a)
{
	struct worker *w = worker;
	struct task *t = task;

	t->made = fa_arena_new(a, 1u << 20, sizeof(*t->made));
	if (t->made)
		*t->made = t->given * t->given;
	t->clean = true;
	w->done++;
}

static void
what_waits_to_be_taken_has_a_limit_in_bytes_and_still_gets_done(void **state)
{
	static struct worker workers[4];
	void *states[] = { &workers[0], &workers[1], &workers[2], &workers[3] };
	struct fa_crew_how how = { .work = hoard,
		.workers = states,
		.jobs = 4,
		.room = 64,
		.arena_bytes = 8u << 20,
		.held_bytes = 8u << 20 };
	struct task tasks[64];
	struct fa_crew *crew;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1u << 20);
	assert_int_equal(fa_crew_new(&crew, &how, &a, &err), 0);
	for (unsigned i = 0; i < 64; i++) {
		tasks[i] = (struct task){ .given = i };
		(void)fa_crew_put(crew, &tasks[i]);
	}
	for (unsigned i = 0; i < 64; i++) {
		assert_non_null(fa_crew_take(crew, i));
		assert_int_equal(*tasks[i].made, i * i);
		fa_crew_give_back(crew, i);
	}
	fa_crew_free(crew);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_task_is_done_once_for_any_number_of_jobs),
		cmocka_unit_test(one_job_is_the_owner_alone),
		cmocka_unit_test(
			tasks_may_go_out_in_another_order_than_they_came_in),
		cmocka_unit_test(
			what_is_dropped_before_it_is_begun_is_not_done),
		cmocka_unit_test(what_was_begun_ends_before_the_crew_is_gone),
		cmocka_unit_test(
			what_waits_to_be_taken_has_a_limit_in_bytes_and_still_gets_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
