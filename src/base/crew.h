/* Threads that work ahead of the one that wants the results. That one, the
 * owner, puts tasks in and takes them out; while what it wants is in the hands
 * of another thread it works itself, so that n jobs are n threads and none of
 * them has nothing but waiting to do. Which thread did a task must not be seen
 * in its result: a worker's state is its own, and each task gets an arena that
 * is empty. */
#ifndef FA_BASE_CREW_H
#define FA_BASE_CREW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"

#define FA_CREW_JOBS_MAX 64

struct fa_crew;

/* Does a task with the state of one worker; what it makes lives in a. It fails
 * by what it writes into the task. */
typedef void fa_crew_fn(void *worker, void *task, struct fa_arena *a);

struct fa_crew_how {
	fa_crew_fn *work;
	void **workers; /* one state for each job; the first is the owner's */
	unsigned jobs;  /* 1 .. FA_CREW_JOBS_MAX; 1 starts no thread */
	size_t room;    /* tasks that are in at most; at least 1 */
	size_t arena_bytes; /* limit of the arena of a task */
	/* With so much in the arenas of tasks that are done and not taken,
	 * nobody begins what is not wanted now: the owner is behind, and more
	 * threads would only take memory. */
	size_t held_bytes;
};

/* Starts the threads. The crew lives in a; how->workers must outlive it.
 * FA_E_LIMIT when a thread cannot be started. */
FA_MUST_CHECK int fa_crew_new(struct fa_crew **out,
	const struct fa_crew_how *how, struct fa_arena *a, struct fa_err *err);
/* Ends the threads, which finish what they have in hand. NULL is none. */
void fa_crew_free(struct fa_crew *c);

/* All that follows is for the owner alone. */

/* How many tasks can be put in now. Those that went out free their places in
 * the order in which they were put in. */
size_t fa_crew_room(const struct fa_crew *c);
/* Puts a task in, for which there must be room, and returns its number. The
 * task is the crew's until it is taken out. */
size_t fa_crew_put(struct fa_crew *c, void *task);
/* Takes a task out, done, with its arena, which is the owner's until it is
 * given back by the same number. */
struct fa_arena *fa_crew_take(struct fa_crew *c, size_t number);
void fa_crew_give_back(struct fa_crew *c, size_t number);
/* Takes a task out that nobody wants any more: one that nobody began is not
 * done. */
void fa_crew_drop(struct fa_crew *c, size_t number);

#endif
