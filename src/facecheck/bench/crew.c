#include "facecheck/bench/crew.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "facecheck/bench/bench.h"

struct shared {
	const struct fc_crew *crew;
	atomic_size_t next, done;
	atomic_bool failed;
};

struct worker {
	struct shared *s;
	unsigned number;
	int rc;
	struct fa_err err;
	pthread_t thread;
	bool started;
};

static int
piece(struct worker *w, size_t i)
{
	const struct fc_crew *c = w->s->crew;
	int rc = c->one(c->ctx, w->number, i, &w->err);
	size_t done;

	if (rc)
		return rc;
	done = atomic_fetch_add(&w->s->done, 1) + 1;
	if (w->number == 0 && c->between)
		return c->between(c->ctx, done, &w->err);
	return FA_OK;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct shared *s = w->s;

	while (!atomic_load(&s->failed)) {
		size_t i = atomic_fetch_add(&s->next, 1);

		if (i >= s->crew->n)
			break;
		w->rc = piece(w, i);
		if (w->rc) {
			atomic_store(&s->failed, true);
			break;
		}
	}
	return NULL;
}

int
fc_crew_run(const struct fc_crew *c, struct fa_err *err)
{
	struct worker w[FC_BENCH_THREADS_MAX] = { 0 };
	struct shared s = { .crew = c };

	assert(c->threads >= 1 && c->threads <= FC_BENCH_THREADS_MAX);
	atomic_init(&s.next, 0);
	atomic_init(&s.done, 0);
	atomic_init(&s.failed, false);
	for (unsigned i = 0; i < c->threads; i++) {
		w[i].s = &s;
		w[i].number = i;
		if (i > 0)
			w[i].started = pthread_create(&w[i].thread, NULL, work,
					       &w[i]) == 0;
	}
	work(&w[0]);
	for (unsigned i = 1; i < c->threads; i++)
		if (w[i].started)
			pthread_join(w[i].thread, NULL);
	for (unsigned i = 0; i < c->threads; i++)
		if (w[i].rc)
			return fa_fail(err, w[i].rc, "%s", w[i].err.msg);
	return FA_OK;
}

unsigned
fc_crew_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return n > FC_BENCH_THREADS_MAX ? FC_BENCH_THREADS_MAX : (unsigned)n;
}
