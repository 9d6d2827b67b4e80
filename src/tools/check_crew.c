#include "tools/check_crew.h"

#include <pthread.h>
#include <string.h>

#define AHEAD 4 /* subjects per thread that wait to be reported */

struct worker {
	struct fa_check_crew *crew;
	struct fa_matcher *matcher;
	pthread_t thread;
	bool running;
};

struct fa_check_crew {
	const struct fa_check_subjects *list;
	struct fa_audit audit;
	struct fa_read_opts read;
	struct worker *workers;
	unsigned workers_n;
	struct fa_check_judged *slots; /* of subject i: i % slots_n */
	size_t slots_n;

	pthread_mutex_t lock;
	pthread_cond_t room, ready;
	size_t next;     /* subject to be taken up */
	size_t reported; /* subjects whose slots are free again */
	bool stop;
};

/* The next subject to judge; false when there is none. */
static bool
take_up(struct fa_check_crew *c, size_t *i)
{
	bool found = false;

	(void)pthread_mutex_lock(&c->lock);
	while (!c->stop && c->next < c->list->n &&
		c->next >= c->reported + c->slots_n)
		(void)pthread_cond_wait(&c->room, &c->lock);
	if (!c->stop && c->next < c->list->n) {
		*i = c->next++;
		found = true;
	}
	(void)pthread_mutex_unlock(&c->lock);
	return found;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct fa_check_crew *c = w->crew;
	struct fa_audit audit = c->audit;
	size_t i;

	audit.matcher = w->matcher;
	while (take_up(c, &i)) {
		struct fa_check_judged *s = &c->slots[i % c->slots_n];
		struct fa_read_opts read = c->read;

		fa_arena_reset(&s->arena);
		memset(&s->r, 0, sizeof(s->r));
		read.name = c->list->at[i].path;
		s->rc = fa_check_judge(&s->r, &audit, &c->list->at[i], &read,
			&s->arena, &s->why);
		(void)pthread_mutex_lock(&c->lock);
		s->done = true;
		(void)pthread_cond_broadcast(&c->ready);
		(void)pthread_mutex_unlock(&c->lock);
	}
	return NULL;
}

static int
start(struct fa_check_crew *c, struct fa_err *err)
{
	for (unsigned k = 0; k < c->workers_n; k++) {
		struct worker *w = &c->workers[k];
		int rc = fa_matcher_share(&w->matcher, c->audit.matcher, err);

		if (rc < 0)
			return rc;
		w->crew = c;
		if (pthread_create(&w->thread, NULL, work, w) != 0)
			return fa_fail(err, FA_E_LIMIT,
				"cannot start a thread; try --jobs 1");
		w->running = true;
	}
	return FA_OK;
}

int
fa_check_crew_new(struct fa_check_crew **out,
	const struct fa_check_subjects *list, const struct fa_audit *audit,
	const struct fa_read_opts *read, unsigned jobs, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_check_crew *c = fa_arena_new(a, 1, sizeof(*c));
	int rc;

	if (c == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	c->list = list;
	c->audit = *audit;
	c->read = *read;
	c->slots_n = (size_t)jobs * AHEAD;
	c->workers = fa_arena_new(a, jobs, sizeof(*c->workers));
	c->slots = fa_arena_new(a, c->slots_n, sizeof(*c->slots));
	if (c->workers == NULL || c->slots == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	for (size_t i = 0; i < c->slots_n; i++)
		fa_arena_init(&c->slots[i].arena, FA_CHECK_DOC_BYTES);
	c->workers_n = jobs;
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->room, NULL);
	(void)pthread_cond_init(&c->ready, NULL);
	fa_read_begin();
	rc = start(c, err);
	if (rc < 0) {
		fa_check_crew_free(c);
		return rc;
	}
	*out = c;
	return FA_OK;
}

struct fa_check_judged *
fa_check_crew_take(struct fa_check_crew *c, size_t i)
{
	struct fa_check_judged *s = &c->slots[i % c->slots_n];

	(void)pthread_mutex_lock(&c->lock);
	if (i > 0)
		c->slots[(i - 1) % c->slots_n].done = false;
	c->reported = i;
	(void)pthread_cond_broadcast(&c->room);
	while (!s->done)
		(void)pthread_cond_wait(&c->ready, &c->lock);
	(void)pthread_mutex_unlock(&c->lock);
	return s;
}

void
fa_check_crew_free(struct fa_check_crew *c)
{
	if (c == NULL)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->stop = true;
	(void)pthread_cond_broadcast(&c->room);
	(void)pthread_mutex_unlock(&c->lock);
	for (unsigned k = 0; k < c->workers_n; k++) {
		if (c->workers[k].running)
			(void)pthread_join(c->workers[k].thread, NULL);
		fa_matcher_free(c->workers[k].matcher);
	}
	for (size_t i = 0; i < c->slots_n; i++)
		fa_arena_done(&c->slots[i].arena);
	(void)pthread_cond_destroy(&c->ready);
	(void)pthread_cond_destroy(&c->room);
	(void)pthread_mutex_destroy(&c->lock);
}
