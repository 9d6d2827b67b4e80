/* A check that fails again and again: does another way open in the end? What
 * an app counts does not show, so that the same steps have to be done several
 * times, one round of them after the other. */
#include <string.h>

#include "walk/internal.h"

#define ROUNDS 3      /* behind the first failure */
#define ROUND_STEPS 4 /* from the failure to the next one, at most */

struct round {
	struct fa_walk_step steps[ROUND_STEPS];
	size_t n;
};

static uint32_t
roles_of(const struct fa_walk *w, uint32_t n)
{
	return w->screens[n].view.roles;
}

/* Something was tried that can fail: a capture that leads to itself, or the
 * button of a screen that speaks of a failure. */
static bool
may_fail_again(const struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t)
{
	if (t->action != FA_FLOW_TAP && t->action != FA_FLOW_FACE)
		return false;
	if (to == from)
		return t->rank == FA_WALK_RANK_CAPTURE ||
			t->rank == FA_WALK_RANK_SIMULATE;
	return ((roles_of(w, from) | roles_of(w, to)) &
		       FA_SCR_BIT(FA_SCR_FAILURE)) != 0 &&
		t->rank != FA_WALK_RANK_LEAVE &&
		t->rank != FA_WALK_RANK_REFUSE && t->rank != FA_WALK_RANK_OTHER;
}

/* The steps that lead from `to` to `from`, the last ones of the way to it, and
 * t behind them. */
static bool
find_round(struct round *r, const struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t)
{
	const struct fa_walk_screen *s = &w->screens[from];
	size_t k = s->path_n;

	r->n = 0;
	while (to != from && k > 0 && s->path[k - 1].from != to)
		k--;
	if (to != from && (k == 0 || s->path_n - k + 2 > ROUND_STEPS))
		return false;
	for (size_t i = to == from ? s->path_n : k - 1; i < s->path_n; i++)
		r->steps[r->n++] = s->path[i];
	r->steps[r->n++] = (struct fa_walk_step){ from, to, *t };
	return true;
}

/* One step of a round: *seen is the screen that came, FA_FLOW_NONE when the
 * same steps do not get there. */
static int
do_step(uint32_t *seen, bool *new, struct fa_walk *w, uint32_t before,
	const struct fa_walk_step *done, size_t done_n, struct fa_err *err)
{
	const struct fa_walk_step *step = &done[done_n - 1];
	struct fa_walk_past past;
	enum fa_walk_end end;
	const char *why;
	int rc = fa_walk_do(&end, &why, w, step->from, &step->what, err);

	*seen = FA_FLOW_NONE;
	*new = false;
	if (rc < 0 || end != FA_WALK_SEEN)
		return rc;
	past = fa_walk_past_of(w, step->from, &step->what);
	rc = fa_walk_identify(seen, w, before, done, done_n, &past, new, err);
	if (rc == FA_OK && *seen != FA_FLOW_NONE && *seen != step->to)
		rc = fa_walk_note(w, step->from, *seen, &step->what, err);
	return rc;
}

int
fa_walk_insist(struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t, struct fa_err *err)
{
	struct fa_walk_step done[1 + ROUNDS * ROUND_STEPS];
	struct round r;
	size_t n = 0;

	if (!may_fail_again(w, from, to, t) || !find_round(&r, w, from, to, t))
		return FA_OK;
	w->at = FA_FLOW_NONE;
	done[n++] = (struct fa_walk_step){ from, to, *t };
	for (size_t i = 0; i < ROUNDS * r.n && !fa_walk_is_over(w); i++) {
		uint32_t seen;
		bool new;
		int rc;

		done[n++] = r.steps[i % r.n];
		rc = do_step(&seen, &new, w, from, done, n, err);
		if (rc < 0)
			return rc;
		if (new)
			w->at = seen;
		if (seen != r.steps[i % r.n].to)
			return FA_OK;
	}
	return FA_OK;
}
