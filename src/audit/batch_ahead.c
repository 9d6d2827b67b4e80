/* Judging ahead of the owner of an audit. The owner goes through the targets
 * itself; a second look at the same keys runs before it and puts every
 * document that a target wants first, and that the store does not know, into a
 * crew:
 *
 *     keys:   passed .. at hand ............ seen
 *                        |  tasks in the crew |
 *
 * That is a guess, made of what the store says by then. One that was wrong
 * costs time only: what is not asked for is thrown away when the owner is
 * through with the target, and what was not foreseen the owner judges itself.
 */
#include <assert.h>
#include <stdint.h>

#include "audit/batch_work.h"

#define ROOM 8                          /* tasks for each thread */
#define TARGETS_AHEAD 64                /* looked at before their turn */
#define HELD_BYTES ((size_t)8 << 20)    /* of judged documents that wait */
#define TARGET_BYTES ((size_t)64 << 20) /* to see what one target wants */
#define GIVEN_BYTES ((size_t)1 << 20)   /* of what is known of a document */

/* Where the task with the number n of the crew lies: n % room. */
struct place {
	struct fa_batch_task task;
	struct fa_arena given; /* texts of what the task was given */
	size_t number;
	uint64_t target; /* which wants it, by its place in the order */
	bool in;
};

struct fa_batch_ahead {
	struct fa_arena memory; /* of all but documents */
	struct fa_crew *crew;
	struct fa_batch_worker *workers; /* of all but the owner */
	unsigned workers_n;
	struct place *places;
	size_t room, put;

	struct fa_batch_keys keys;
	bool end;              /* no more keys */
	uint64_t seen, passed; /* targets: by this look, and by the owner */
	struct fa_arena target;
	struct fa_wanted_list wanted; /* by the target seen last; in target */
	size_t wanted_i;
};

static int
make_workers(struct fa_batch_ahead *x, void **states, struct fa_batch *w,
	struct fa_err *err)
{
	unsigned n = w->opts->jobs - 1;

	x->workers = fa_arena_new(&x->memory, n, sizeof(*x->workers));
	if (!x->workers)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	states[0] = &w->own;
	for (; x->workers_n < n; x->workers_n++) {
		struct fa_batch_worker *k = &x->workers[x->workers_n];
		int rc;

		k->audit = *w->audit;
		rc = fa_matcher_share(
			&k->audit.matcher, w->audit->matcher, err);
		if (rc < 0)
			return rc;
		states[x->workers_n + 1] = k;
	}
	return FA_OK;
}

static int
make(struct fa_batch_ahead *x, struct fa_batch *w, struct fa_err *err)
{
	struct fa_crew_how how = { .work = fa_batch_read,
		.jobs = w->opts->jobs,
		.room = (size_t)w->opts->jobs * ROOM,
		.arena_bytes = FA_BATCH_MEMORY_BYTES,
		.held_bytes = HELD_BYTES };
	int rc;

	x->room = how.room;
	x->places = fa_arena_new(&x->memory, x->room, sizeof(*x->places));
	how.workers = fa_arena_new(&x->memory, how.jobs, sizeof(void *));
	if (!x->places || !how.workers)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	for (size_t i = 0; i < x->room; i++)
		fa_arena_init(&x->places[i].given, GIVEN_BYTES);
	rc = make_workers(x, how.workers, w, err);
	if (rc == FA_OK)
		rc = fa_crew_new(&x->crew, &how, &x->memory, err);
	return rc;
}

int
fa_batch_ahead_new(struct fa_batch *w, struct fa_err *err)
{
	struct fa_arena memory;
	struct fa_batch_ahead *x;

	assert(w->opts->jobs <= FA_BATCH_JOBS_MAX);
	fa_arena_init(&memory, SIZE_MAX / 2);
	x = fa_arena_new(&memory, 1, sizeof(*x));
	if (!x)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	x->memory = memory;
	fa_arena_init(&x->target, TARGET_BYTES);
	fa_batch_keys_init(&x->keys);
	w->ahead = x;
	return make(x, w, err);
}

void
fa_batch_ahead_free(struct fa_batch *w)
{
	struct fa_batch_ahead *x = w->ahead;
	struct fa_arena memory;

	if (!x)
		return;
	w->ahead = NULL;
	fa_crew_free(x->crew);
	for (unsigned i = 0; i < x->workers_n; i++) {
		fa_payload_done(&x->workers[i].source);
		fa_matcher_free(x->workers[i].audit.matcher);
	}
	for (size_t i = 0; x->places && i < x->room; i++)
		fa_arena_done(&x->places[i].given);
	fa_batch_keys_done(&x->keys);
	fa_arena_done(&x->target);
	memory = x->memory;
	fa_arena_done(&memory);
}

static struct place *
find(struct fa_batch_ahead *x, int64_t document)
{
	for (size_t i = 0; i < x->room; i++)
		if (x->places[i].in && x->places[i].task.d.id == document)
			return &x->places[i];
	return NULL;
}

/* Puts the page that was seen last in, if it has to be judged. */
static void
foresee(struct fa_batch *w, const struct fa_wanted *wanted)
{
	struct fa_batch_ahead *x = w->ahead;
	struct place *p = &x->places[x->put % x->room];
	struct fa_store_document known;
	struct fa_err err;

	if (!fa_role_judged(wanted->role) || !wanted->capture)
		return;
	fa_arena_reset(&p->given);
	if (fa_batch_task(&p->task, w, wanted->capture, &p->given, &err) < 0 ||
		find(x, p->task.d.id) ||
		fa_batch_known(&known, w, &p->task.d, &x->target, &err) != 0)
		return;
	p->in = true;
	p->target = x->seen;
	p->number = fa_crew_put(x->crew, &p->task);
	x->put++;
}

static void
next_target(struct fa_batch *w)
{
	struct fa_batch_ahead *x = w->ahead;
	struct fa_store_target t;
	struct fa_err err;

	x->wanted = (struct fa_wanted_list){ .n = 0 };
	x->wanted_i = 0;
	x->end = fa_batch_next_key(&x->keys, w, &err) != 1;
	if (x->end)
		return;
	fa_arena_reset(&x->target);
	/* What the owner is through with is looked at no more. */
	if (++x->seen <= x->passed)
		return;
	if (fa_store_find_target(&t, w->s, x->keys.key, &x->target, &err) !=
			1 ||
		fa_store_wanted(&x->wanted, w->s, t.id, &x->target, &err) < 0)
		x->wanted.n = 0;
}

void
fa_batch_look_ahead(struct fa_batch *w)
{
	struct fa_batch_ahead *x = w->ahead;

	/* Not for each document that is taken, so that threads are seldom
	 * woken. */
	if (!x || fa_crew_room(x->crew) < x->room / 2)
		return;
	while (fa_crew_room(x->crew) > 0) {
		if (x->wanted_i < x->wanted.n && x->seen > x->passed)
			foresee(w, &x->wanted.at[x->wanted_i++]);
		else if (!x->end && x->seen < x->passed + TARGETS_AHEAD)
			next_target(w);
		else
			break;
	}
}

struct fa_batch_task *
fa_batch_foreseen(struct fa_batch *w, const struct fa_batch_task *t)
{
	struct fa_batch_ahead *x = w->ahead;
	struct place *p = x ? find(x, t->d.id) : NULL;

	/* The same document from another place may be lost there. */
	if (!p || p->task.page.holder.id != t->page.holder.id)
		return NULL;
	(void)fa_crew_take(x->crew, p->number);
	return &p->task;
}

void
fa_batch_give_back(struct fa_batch *w, struct fa_batch_task *t)
{
	struct place *p = find(w->ahead, t->d.id);

	assert(p && &p->task == t);
	fa_crew_give_back(w->ahead->crew, p->number);
	p->in = false;
}

void
fa_batch_pass(struct fa_batch *w)
{
	struct fa_batch_ahead *x = w->ahead;

	if (!x)
		return;
	x->passed++;
	for (size_t i = 0; i < x->room; i++) {
		struct place *p = &x->places[i];

		if (!p->in || p->target > x->passed)
			continue;
		fa_crew_drop(x->crew, p->number);
		p->in = false;
	}
}
