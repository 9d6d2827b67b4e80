#include "tools/check_crew.h"

#include <string.h>

#include "base/crew.h"

#define AHEAD 4    /* subjects per thread that are judged before their turn */
#define AT_ONCE 32 /* ... and at least so many, which are few bytes */

#define HELD_BYTES ((size_t)16 << 20) /* of all that were judged before it */

struct worker {
	struct fa_audit audit; /* with a matcher of its own */
	struct fa_read_opts read;
};

/* A subject and what became of it. */
struct task {
	const struct fa_check_subject *subject;
	struct fa_check_judged judged;
};

struct fa_check_crew {
	const struct fa_check_subjects *list;
	struct worker *workers;
	unsigned workers_n;
	struct task *tasks; /* of subject i: i % tasks_n */
	size_t tasks_n;
	size_t put; /* subjects that were put in */
	struct fa_crew *crew;
};

static void
work(void *worker, void *task, struct fa_arena *a)
{
	const struct worker *w = worker;
	struct task *t = task;
	struct fa_check_judged *j = &t->judged;
	struct fa_read_opts read = w->read;

	memset(&j->r, 0, sizeof(j->r));
	read.name = t->subject->path;
	j->rc = fa_check_judge(&j->r, &w->audit, t->subject, &read, a, &j->why);
}

/* The states of the workers, each with a matcher; the owner's is that which
 * the others share their patterns with. */
static int
make_workers(struct fa_check_crew *c, void ***out, const struct fa_audit *audit,
	const struct fa_read_opts *read, unsigned jobs, struct fa_arena *a,
	struct fa_err *err)
{
	void **at = fa_arena_new(a, jobs, sizeof(void *));

	c->workers = fa_arena_new(a, jobs, sizeof(*c->workers));
	if (at == NULL || c->workers == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	for (unsigned k = 0; k < jobs; k++) {
		struct worker *w = &c->workers[k];
		int rc = FA_OK;

		*w = (struct worker){ *audit, *read };
		at[k] = w;
		if (k > 0)
			rc = fa_matcher_share(
				&w->audit.matcher, audit->matcher, err);
		if (rc < 0)
			return rc;
		c->workers_n = k + 1;
	}
	*out = at;
	return FA_OK;
}

static int
make(struct fa_check_crew *c, const struct fa_audit *audit,
	const struct fa_read_opts *read, unsigned jobs, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_crew_how how = { .work = work,
		.jobs = jobs,
		.arena_bytes = FA_CHECK_DOC_BYTES,
		.held_bytes = HELD_BYTES };
	int rc = make_workers(c, &how.workers, audit, read, jobs, a, err);

	how.room =
		(size_t)jobs * AHEAD > AT_ONCE ? (size_t)jobs * AHEAD : AT_ONCE;
	c->tasks_n = how.room;
	c->tasks = fa_arena_new(a, c->tasks_n, sizeof(*c->tasks));
	if (rc == FA_OK && c->tasks == NULL)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for threads");
	if (rc == FA_OK)
		rc = fa_crew_new(&c->crew, &how, a, err);
	return rc;
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
	rc = make(c, audit, read, jobs, a, err);
	if (rc < 0) {
		fa_check_crew_free(c);
		return rc;
	}
	*out = c;
	return FA_OK;
}

/* Fills the crew up when half of it is free: one by one, threads would fall
 * asleep and be woken for each subject. */
static void
fill(struct fa_check_crew *c)
{
	if (fa_crew_room(c->crew) < c->tasks_n / 2)
		return;
	while (fa_crew_room(c->crew) > 0 && c->put < c->list->n) {
		struct task *t = &c->tasks[c->put % c->tasks_n];

		t->subject = &c->list->at[c->put++];
		(void)fa_crew_put(c->crew, t);
	}
}

/* Subjects have the numbers that the crew gives its tasks. */
struct fa_check_judged *
fa_check_crew_take(struct fa_check_crew *c, size_t i)
{
	struct fa_check_judged *j = &c->tasks[i % c->tasks_n].judged;

	if (i > 0)
		fa_crew_give_back(c->crew, i - 1);
	fill(c);
	j->arena = fa_crew_take(c->crew, i);
	return j;
}

void
fa_check_crew_free(struct fa_check_crew *c)
{
	if (c == NULL)
		return;
	fa_crew_free(c->crew);
	for (unsigned k = 1; k < c->workers_n; k++)
		fa_matcher_free(c->workers[k].audit.matcher);
}
