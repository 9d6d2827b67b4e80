/* Tasks lie in a ring in the order in which they were put in:
 *
 *     first ..... next ..... last
 *     |  begun     | waiting  |
 *
 * Numbers only grow; task n lies at n % room. What is begun is in the hands of
 * a thread, done, or out already. Arenas are handed out from the top of a
 * stack, so that few are in use as long as results are taken soon, and those
 * are warm. */
#include "base/crew.h"

#include <assert.h>
#include <pthread.h>

enum state { WAITING, BEGUN, DONE, OUT };

struct entry {
	void *task;
	struct fa_arena *arena; /* from its beginning until it is given back */
	size_t held_bytes;      /* of it, when done and not taken */
	enum state state;
};

struct member {
	struct fa_crew *crew;
	void *worker;
	pthread_t thread;
	bool running;
};

struct fa_crew {
	fa_crew_fn *work;
	struct member *members; /* the first is the owner */
	unsigned members_n;
	struct entry *ring;
	struct fa_arena *arenas; /* as many as places in the ring */
	size_t room;
	size_t held_max;

	pthread_mutex_t lock; /* of all that follows, and of the ring */
	pthread_cond_t more;  /* a task waits, or the end has come */
	pthread_cond_t done;  /* the task that the owner wants is done */
	struct fa_arena **idle;
	size_t idle_n;
	size_t first, next, last;
	size_t held_bytes;
	bool full;     /* too much is held; until half of that is taken */
	size_t wanted; /* number of the task that the owner waits for */
	bool stop;
};

static struct entry *
entry(const struct fa_crew *c, size_t number)
{
	assert(number >= c->first && number < c->last);
	return &c->ring[number % c->room];
}

/* Is there a task to begin that is not wanted yet? Steps over what the owner
 * took up, or dropped, out of turn. */
static bool
has_work(struct fa_crew *c)
{
	while (c->next < c->last && c->ring[c->next % c->room].state != WAITING)
		c->next++;
	return c->next < c->last && !c->full;
}

static void
hold(struct fa_crew *c, struct entry *e)
{
	e->held_bytes = e->arena->used_bytes;
	c->held_bytes += e->held_bytes;
	c->full = c->full || c->held_bytes >= c->held_max;
}

static void
let_go(struct fa_crew *c, struct entry *e)
{
	c->held_bytes -= e->held_bytes;
	e->held_bytes = 0;
	if (!c->full || c->held_bytes > c->held_max / 2)
		return;
	c->full = false;
	(void)pthread_cond_broadcast(&c->more);
}

/* Does a waiting task. The lock is held before and after. */
static void
work_on(struct fa_crew *c, struct member *m, size_t number)
{
	struct entry *e = entry(c, number);

	assert(e->state == WAITING && c->idle_n > 0);
	e->state = BEGUN;
	e->arena = c->idle[--c->idle_n];
	(void)pthread_mutex_unlock(&c->lock);
	fa_arena_reset(e->arena);
	c->work(m->worker, e->task, e->arena);
	(void)pthread_mutex_lock(&c->lock);
	e->state = DONE;
	hold(c, e);
	if (c->wanted == number)
		(void)pthread_cond_signal(&c->done);
}

static void *
run(void *arg)
{
	struct member *m = arg;
	struct fa_crew *c = m->crew;

	(void)pthread_mutex_lock(&c->lock);
	while (!c->stop) {
		if (has_work(c))
			work_on(c, m, c->next++);
		else
			(void)pthread_cond_wait(&c->more, &c->lock);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return NULL;
}

static int
make(struct fa_crew *c, const struct fa_crew_how *how, struct fa_arena *a,
	struct fa_err *err)
{
	c->work = how->work;
	c->room = how->room;
	c->held_max = how->held_bytes;
	c->wanted = SIZE_MAX;
	c->members = fa_arena_new(a, how->jobs, sizeof(*c->members));
	c->ring = fa_arena_new(a, how->room, sizeof(*c->ring));
	c->arenas = fa_arena_new(a, how->room, sizeof(*c->arenas));
	c->idle = fa_arena_new(a, how->room, sizeof(struct fa_arena *));
	if (!c->members || !c->ring || !c->arenas || !c->idle)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	c->members_n = how->jobs;
	for (unsigned i = 0; i < how->jobs; i++)
		c->members[i] =
			(struct member){ .crew = c, .worker = how->workers[i] };
	for (; c->idle_n < how->room; c->idle_n++) {
		fa_arena_init(&c->arenas[c->idle_n], how->arena_bytes);
		c->idle[c->idle_n] = &c->arenas[c->idle_n];
	}
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->more, NULL);
	(void)pthread_cond_init(&c->done, NULL);
	return FA_OK;
}

int
fa_crew_new(struct fa_crew **out, const struct fa_crew_how *how,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_crew *c = fa_arena_new(a, 1, sizeof(*c));
	int rc;

	assert(how->jobs >= 1 && how->jobs <= FA_CREW_JOBS_MAX);
	assert(how->room >= 1 && how->held_bytes > 0);
	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	rc = make(c, how, a, err);
	if (rc < 0)
		return rc;
	for (unsigned i = 1; i < c->members_n; i++) {
		struct member *m = &c->members[i];

		if (pthread_create(&m->thread, NULL, run, m) != 0) {
			fa_crew_free(c);
			return fa_fail(err, FA_E_LIMIT,
				"cannot start a thread; try --jobs 1");
		}
		m->running = true;
	}
	*out = c;
	return FA_OK;
}

void
fa_crew_free(struct fa_crew *c)
{
	if (!c)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->stop = true;
	(void)pthread_cond_broadcast(&c->more);
	(void)pthread_mutex_unlock(&c->lock);
	for (unsigned i = 0; i < c->members_n; i++)
		if (c->members[i].running)
			(void)pthread_join(c->members[i].thread, NULL);
	for (size_t i = 0; i < c->room; i++)
		fa_arena_done(&c->arenas[i]);
	(void)pthread_cond_destroy(&c->done);
	(void)pthread_cond_destroy(&c->more);
	(void)pthread_mutex_destroy(&c->lock);
}

/* first and last change by the owner's hand only. */
size_t
fa_crew_room(const struct fa_crew *c)
{
	return c->room - (c->last - c->first);
}

size_t
fa_crew_put(struct fa_crew *c, void *task)
{
	size_t number;

	assert(fa_crew_room(c) > 0);
	(void)pthread_mutex_lock(&c->lock);
	number = c->last++;
	*entry(c, number) = (struct entry){ .task = task };
	(void)pthread_cond_signal(&c->more);
	(void)pthread_mutex_unlock(&c->lock);
	return number;
}

/* Until the task is done: does it, or another one, or waits. */
static void
see_done(struct fa_crew *c, size_t number)
{
	struct entry *e = entry(c, number);

	while (e->state != DONE) {
		if (e->state == WAITING) {
			work_on(c, &c->members[0], number);
		} else if (has_work(c)) {
			work_on(c, &c->members[0], c->next++);
		} else {
			c->wanted = number;
			(void)pthread_cond_wait(&c->done, &c->lock);
			c->wanted = SIZE_MAX;
		}
	}
}

struct fa_arena *
fa_crew_take(struct fa_crew *c, size_t number)
{
	struct fa_arena *a;

	(void)pthread_mutex_lock(&c->lock);
	see_done(c, number);
	let_go(c, entry(c, number));
	a = entry(c, number)->arena;
	(void)pthread_mutex_unlock(&c->lock);
	return a;
}

/* Takes it off the ring; the lock is held. */
static void
leave(struct fa_crew *c, size_t number)
{
	struct entry *e = entry(c, number);

	let_go(c, e);
	if (e->arena)
		c->idle[c->idle_n++] = e->arena;
	*e = (struct entry){ .state = OUT };
	while (c->first < c->last && c->ring[c->first % c->room].state == OUT)
		c->first++;
	if (c->next < c->first)
		c->next = c->first;
}

void
fa_crew_give_back(struct fa_crew *c, size_t number)
{
	(void)pthread_mutex_lock(&c->lock);
	assert(entry(c, number)->state == DONE);
	leave(c, number);
	(void)pthread_mutex_unlock(&c->lock);
}

void
fa_crew_drop(struct fa_crew *c, size_t number)
{
	(void)pthread_mutex_lock(&c->lock);
	if (entry(c, number)->state != WAITING)
		see_done(c, number);
	leave(c, number);
	(void)pthread_mutex_unlock(&c->lock);
}
