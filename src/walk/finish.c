/* The end of a walk: what was not tried becomes gaps, what was tried elsewhere
 * is assumed, and screens without a way on are ends. */
#include <stdio.h>
#include <string.h>

#include "walk/internal.h"

#define NOTE_BYTES 64
#define PASSES 3 /* what is as before may be as before that */

static struct fa_str
limit_of(const struct fa_walk *w)
{
	if (w->stats.limit.p)
		return w->stats.limit;
	return w->stats.stopped ? FA_STR("interrupted") : FA_STR("not tried");
}

/* Takes over what the same control did on the screen t->like. */
static int
assume(bool *found, struct fa_walk *w, uint32_t n, const struct fa_walk_try *t,
	struct fa_err *err)
{
	struct fa_flow *f = w->flow;
	uint32_t element = fa_walk_same_element(
		&f->screens[t->like], &f->screens[n], t->element);
	size_t before = f->transitions_n;
	char note[NOTE_BYTES];
	int rc = FA_OK;

	*found = false;
	(void)snprintf(note, sizeof(note), "as on %.*s",
		FA_STR_ARG(f->screens[t->like].id));
	for (size_t i = 0; i < before && rc == FA_OK; i++) {
		struct fa_flow_transition x = f->transitions[i];

		if (element == FA_FLOW_NONE || x.from != t->like ||
			x.element != element || x.action != FA_FLOW_TAP)
			continue;
		*found = true;
		x.to = x.to == t->like ? n : x.to;
		x.from = n;
		x.element = t->element;
		x.basis = FA_FLOW_ASSUMED;
		x.note = fa_str_c(note);
		rc = fa_walk_add_transition(w, &x, err);
	}
	return rc;
}

static int
assume_all(struct fa_walk *w, struct fa_err *err)
{
	int rc = FA_OK;

	for (uint32_t n = 0; n < w->flow->screens_n; n++) {
		struct fa_walk_screen *s = &w->screens[n];

		for (size_t i = 0; i < s->tries_n && rc == FA_OK; i++) {
			bool found;

			if (s->tries[i].fate != FA_WALK_AS_BEFORE)
				continue;
			rc = assume(&found, w, n, &s->tries[i], err);
			if (found)
				s->tries[i].fate = FA_WALK_DONE;
		}
	}
	return rc;
}

static bool
is_open(const struct fa_walk_try *t)
{
	return t->fate == FA_WALK_TODO || t->fate == FA_WALK_FAILED ||
		t->fate == FA_WALK_AS_BEFORE;
}

/* Does one gap for the whole screen say it all: nothing was tried, for one
 * reason? */
static bool
is_untouched(const struct fa_walk *w, const struct fa_walk_screen *s)
{
	struct fa_str why = FA_STR_NONE;
	bool any = false;

	for (size_t i = 0; i < s->tries_n; i++) {
		const struct fa_walk_try *t = &s->tries[i];
		struct fa_str said =
			t->fate == FA_WALK_FAILED ? t->why : limit_of(w);

		if (!is_open(t)) {
			if (t->fate == FA_WALK_DONE &&
				t->action != FA_FLOW_WAIT)
				return false;
			continue;
		}
		if (any && !fa_str_eq(why, said))
			return false;
		why = said;
		any = true;
	}
	return any;
}

static int
add_gaps(struct fa_walk *w, uint32_t n, struct fa_err *err)
{
	const struct fa_walk_screen *s = &w->screens[n];
	bool whole = is_untouched(w, s);
	int rc = FA_OK;

	for (size_t i = 0; i < s->tries_n && rc == FA_OK; i++) {
		const struct fa_walk_try *t = &s->tries[i];
		struct fa_flow_gap gap = { .screen = n,
			.kind = FA_FLOW_GAP_UNEXPLORED,
			.element = whole ? FA_FLOW_NONE : t->element,
			.why = t->fate == FA_WALK_FAILED ? t->why
							 : limit_of(w) };

		if (!is_open(t))
			continue;
		rc = fa_walk_add_gap(w, &gap, err);
		if (whole)
			break;
	}
	return rc;
}

static bool
leads_on(const struct fa_walk *w, uint32_t n)
{
	const struct fa_flow *f = w->flow;

	for (size_t i = 0; i < f->transitions_n; i++)
		if (f->transitions[i].from == n && f->transitions[i].to != n)
			return true;
	for (size_t i = 0; i < f->gaps_n; i++)
		if (f->gaps[i].screen == n)
			return true;
	return false;
}

/* Whatever leads away from the start leads to n. */
static bool
is_all_behind_start(const struct fa_walk *w, uint32_t n)
{
	const struct fa_flow *f = w->flow;
	bool any = false;

	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *t = &f->transitions[i];

		if (t->from != f->start || t->to == f->start)
			continue;
		if (t->to != n)
			return false;
		any = true;
	}
	return any;
}

static bool
offers_nothing(const struct fa_walk *w, uint32_t n)
{
	const struct fa_walk_screen *s = &w->screens[n];

	for (size_t i = 0; i < s->tries_n; i++)
		if (s->tries[i].action != FA_FLOW_WAIT &&
			s->tries[i].action != FA_FLOW_BACK &&
			s->tries[i].action != FA_FLOW_SCROLL)
			return false;
	return true;
}

/* Nothing of an app was seen behind its first screens, for want of anything
 * that is known as a control: that is not all there is. */
static int
add_mute(struct fa_walk *w, uint32_t n, bool good, struct fa_err *err)
{
	struct fa_flow_gap gap = { .screen = n,
		.kind = FA_FLOW_GAP_UNEXPLORED,
		.element = FA_FLOW_NONE,
		.why = FA_STR("nothing on it could be tapped") };

	if (w->stats.unseen || w->screens[n].document ||
		!offers_nothing(w, n) || leads_on(w, n))
		return FA_OK;
	if (n != w->flow->start && (good || !is_all_behind_start(w, n)))
		return FA_OK;
	return fa_walk_add_gap(w, &gap, err);
}

int
fa_walk_finish(struct fa_walk *w, struct fa_err *err)
{
	int rc = FA_OK;

	for (int i = 0; i < PASSES && rc == FA_OK; i++)
		rc = assume_all(w, err);
	for (uint32_t n = 0; n < w->flow->screens_n && rc == FA_OK; n++) {
		bool good = (w->screens[n].view.roles &
				    FA_SCR_BIT(FA_SCR_SUCCESS)) != 0;

		rc = add_gaps(w, n, err);
		if (rc == FA_OK)
			rc = add_mute(w, n, good, err);
		if (rc == FA_OK && good)
			rc = fa_walk_add_end(w, n, FA_FLOW_END_SERVICE, err);
		else if (rc == FA_OK && !leads_on(w, n))
			rc = fa_walk_add_end(w, n, FA_FLOW_END_DEAD, err);
	}
	return rc;
}
