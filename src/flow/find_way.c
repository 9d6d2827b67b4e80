/* FRM.10.1: is there a way around the capture to what lies behind it?
 *
 * For each goal (the screen behind a capture that succeeded) the screens that
 * count as reaching it are: the goal, unless it stands before the capture (a
 * menu one returns to says nothing); a success three steps behind it; a
 * success that another way offered by the group ends on; a success of the same
 * purpose or that looks the same. When one of these is reached from the start
 * without any capture there is another way. When none is, the question is
 * whether something could hide one: a screen around the check (reached from
 * the group without a capture, and not before it) that cannot be seen into or
 * was not tried. Only when nothing could, the face is the sole method.
 *
 * Example: home -> prompt -> camera => paid; prompt -> sms -> paid. Without
 * the capture, paid is reached by sms: another way. Without sms, and with
 * prompt tried completely: sole. With prompt -> ? : unknown. */
#include "flow/find_way.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define BEHIND 3 /* steps behind a goal in which success is the goal */
#define METHODS (BIT(OTHER_METHOD) | BIT(NONFACE) | BIT(NETID) | BIT(BIOMETRIC))

static bool *
new_set(struct fa_find *fd)
{
	bool *set = fa_arena_new(fd->g->a, fd->g->n, sizeof(*set));

	if (!set && fd->rc == FA_OK)
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
	return set;
}

static void
take(const struct fa_walked *w, bool *set)
{
	for (uint32_t i = 0; i < w->n; i++)
		set[w->order[i]] = true;
}

/* Targets of other ways that screens of the group offer. */
static uint32_t
offered_from(const struct fa_ways *x, uint32_t *seeds)
{
	const struct fa_graph *g = x->fd->g;
	uint32_t n = 0;

	for (uint32_t k = 0; k < x->gr->screens_n; k++) {
		uint32_t s = x->gr->screens[k];

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
			uint32_t t = g->out[i], to = g->f->transitions[t].to;

			if ((g->edge[t] & FA_EDGE_METHOD) != 0 &&
				(g->edge[t] & FA_WAY_CAPTURES) == 0 &&
				to != FA_FLOW_NONE &&
				(g->node[to] &
					(FA_NODE_GROUP | FA_NODE_BEFORE)) == 0)
				seeds[n++] = to;
		}
	}
	return n;
}

/* Refusing leads at once to a service that is neither before the
 * check nor the main screen: it may be the same one. */
static bool
refusing_serves(struct fa_ways *x)
{
	struct fa_find *fd = x->fd;
	const struct fa_graph *g = fd->g;

	for (uint32_t k = 0; k < x->gr->screens_n; k++) {
		uint32_t s = x->gr->screens[k];

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
			uint32_t to = g->f->transitions[g->out[i]].to;

			if ((g->edge[g->out[i]] & FA_EDGE_SAYS_NO) == 0 ||
				to == FA_FLOW_NONE || !x->around[to] ||
				(g->node[to] &
					(FA_NODE_GROUP | FA_NODE_BEFORE)) !=
					0 ||
				(g->v->screens[to].signs & FA_SIGN_HOME) != 0)
				continue;
			if ((fa_find_roles(fd, to) & SCR(SUCCESS)) != 0)
				return true;
		}
	}
	return false;
}

static bool
is_seen(const struct fa_flow_element *e)
{
	return e->visible != FA_TRI_NO && e->covered_by == FA_FLOW_NONE;
}

static void
look_for_offers(struct fa_ways *x, uint32_t s)
{
	const struct fa_view_screen *v = &x->fd->g->v->screens[s];
	const struct fa_flow_screen *f = &x->fd->g->f->screens[s];

	for (size_t i = 0; i < f->elements_n; i++) {
		uint32_t c = v->elements[i].controls;

		if (!is_seen(&f->elements[i]))
			continue;
		if ((c & BIT(OFFCHANNEL)) != 0 && x->off == FA_FLOW_NONE)
			x->off = s;
		if ((c & METHODS) != 0 &&
			f->elements[i].role != FA_FLOW_INPUT &&
			x->offer == FA_FLOW_NONE) {
			x->offer = s;
			x->offer_element = (uint32_t)i;
		}
	}
}

/* Does an entry hide another way: all of it untried, or a named one? */
static bool
entry_is_open(const struct fa_graph *g, const struct fa_flow_gap *gap)
{
	if ((g->node[gap->screen] & FA_NODE_BEFORE) == 0 ||
		gap->kind == FA_FLOW_GAP_NO_STYLE)
		return false;
	if (gap->kind != FA_FLOW_GAP_UNEXPLORED)
		return true;
	if (gap->element == FA_FLOW_NONE)
		return (g->node[gap->screen] & FA_NODE_UNEXPLORED) != 0;
	return (g->v->screens[gap->screen].elements[gap->element].controls &
		       METHODS) != 0;
}

/* On another way stands a screen on which going on leads to itself: the next
 * page, or a form that was not filled, may look the same. */
static bool
goes_round(const struct fa_ways *x)
{
	const struct fa_graph *g = x->fd->g;

	for (uint32_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to == t->from && t->action == FA_FLOW_TAP &&
			x->offered[t->from] &&
			(fa_graph_controls(g, i) &
				(BIT(NEUTRAL) | BIT(SUBMIT))) != 0)
			return true;
	}
	return false;
}

static bool
survey(struct fa_ways *x)
{
	struct fa_find *fd = x->fd;
	struct fa_graph *g = fd->g;
	uint32_t *seeds =
		fa_arena_new(g->a, g->f->transitions_n + 1, sizeof(*seeds));
	uint32_t n;

	if (!seeds) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return false;
	}
	n = offered_from(x, seeds);
	if (!fa_graph_walk(g, fd->w, seeds, n,
		    FA_WAY_CAPTURES | FA_EDGE_RELAUNCH,
		    FA_NODE_BEFORE | FA_NODE_GROUP | FA_NODE_DOCUMENT))
		return false;
	take(fd->w, x->offered);
	if (!fa_graph_walk(g, fd->w, x->gr->screens, x->gr->screens_n,
		    FA_WAY_CAPTURES | FA_EDGE_RELAUNCH,
		    FA_NODE_BEFORE | FA_NODE_DOCUMENT))
		return false;
	take(fd->w, x->around);
	x->open = fa_find_marked(fd, fd->w,
			  FA_NODE_OPAQUE | FA_NODE_UNEXPLORED) != FA_FLOW_NONE;
	for (uint32_t i = 0; i < fd->w->n; i++)
		look_for_offers(x, fd->w->order[i]);
	for (uint32_t s = 0; s < g->n && x->off == FA_FLOW_NONE; s++)
		if (x->around[s] && (g->node[s] & FA_NODE_GROUP) == 0 &&
			(g->v->screens[s].signs & FA_SIGN_OFFCHANNEL) != 0)
			x->off = s;
	for (size_t i = 0; i < g->f->gaps_n; i++)
		x->open |= entry_is_open(g, &g->f->gaps[i]);
	x->open |= refusing_serves(x) || goes_round(x) || fa_way_beside(x);
	return true;
}

/* Titles tell screens apart that show nothing else; but one that most screens
 * have, those of the check too, is the title of the app. */
static bool
title_tells(const struct fa_graph *g, uint32_t x)
{
	struct fa_str title = g->f->screens[x].title;
	uint32_t same = 0;

	for (uint32_t s = 0; s < g->n; s++)
		same += fa_str_eq(g->f->screens[s].title, title);
	for (uint32_t s = 0; s < g->n && same > g->n / 2; s++)
		if ((g->node[s] & (FA_NODE_BEFORE | FA_NODE_GROUP)) != 0 &&
			fa_str_eq(g->f->screens[s].title, title))
			return false;
	return title.n > 0;
}

static bool
looks_same(const struct fa_graph *g, uint32_t x, uint32_t y, bool titled)
{
	const struct fa_flow_screen *a = &g->f->screens[x];
	const struct fa_flow_screen *b = &g->f->screens[y];

	return fa_str_eq(a->title, b->title) &&
		(titled ||
			(a->fingerprint.n > 0 && a->elements_n > 0 &&
				fa_str_eq(a->fingerprint, b->fingerprint)));
}

static bool
same_success(const struct fa_graph *g, uint32_t goal, uint32_t s)
{
	const struct fa_view_screen *a = &g->v->screens[goal];
	const struct fa_view_screen *b = &g->v->screens[s];

	if ((a->roles & b->roles & SCR(SUCCESS)) == 0)
		return false;
	return (a->purposes & b->purposes) != 0;
}

/* That a consent is withdrawn or an account closed is what somebody else came
 * for, unless the check is for that. */
static bool
is_right(const struct fa_graph *g, uint32_t goal, uint32_t s)
{
	const uint32_t rights = (1u << FA_PURPOSE_CANCEL_ACCOUNT) |
		(1u << FA_PURPOSE_WITHDRAW_CONSENT);
	uint32_t done = g->v->screens[s].purposes & rights;

	return done != 0 &&
		(goal == FA_FLOW_NONE ||
			(g->v->screens[goal].purposes & done) == 0);
}

/* The goal stands before the capture too (a menu): another way counts when it
 * goes on from an offered one to there, not back. The transition, or NONE. */
static uint32_t
leads_to_menu(const struct fa_ways *x, uint32_t goal)
{
	const struct fa_graph *g = x->fd->g;
	const uint32_t no = FA_WAY_CAPTURES | FA_EDGE_REFUSE | FA_EDGE_BACK |
		FA_EDGE_DOCUMENT;

	if (goal == FA_FLOW_NONE)
		return FA_FLOW_NONE;
	for (uint32_t i = 0; i < g->f->transitions_n; i++)
		if (g->f->transitions[i].to == goal &&
			x->offered[g->f->transitions[i].from] &&
			(g->edge[i] & no) == 0)
			return i;
	return FA_FLOW_NONE;
}

/* Successes a few steps behind a goal that is none itself. */
static void
add_behind(struct fa_ways *x, uint32_t goal)
{
	struct fa_find *fd = x->fd;
	const uint32_t no = FA_NODE_BEFORE | FA_NODE_GROUP | FA_NODE_DOCUMENT;

	if (!fa_graph_walk(fd->g, fd->w, &goal, 1,
		    FA_WAY_CAPTURES | FA_EDGE_RELAUNCH | FA_EDGE_BACK, no))
		return;
	for (uint32_t i = 0; i < fd->w->n; i++) {
		uint32_t s = fd->w->order[i];

		if (fd->w->dist[s] <= BEHIND &&
			(fa_find_roles(fd, s) & SCR(SUCCESS)) != 0)
			x->reaches[s] = true;
	}
}

/* Sets x->reaches for a goal; false: there is nothing to reach. */
static bool
find_reaches(struct fa_ways *x, uint32_t goal)
{
	struct fa_find *fd = x->fd;
	struct fa_graph *g = fd->g;
	const uint32_t no = FA_NODE_BEFORE | FA_NODE_GROUP | FA_NODE_DOCUMENT;
	bool own = goal != FA_FLOW_NONE &&
		(g->node[goal] & (FA_NODE_BEFORE | FA_NODE_GROUP)) == 0;
	bool titled = own && title_tells(g, goal), any = false;

	for (uint32_t s = 0; s < g->n; s++) {
		bool done = (fa_find_roles(fd, s) & SCR(SUCCESS)) != 0;

		x->reaches[s] = (g->node[s] & no) == 0 && done &&
			!is_right(g, goal, s) &&
			(x->offered[s] || (own && (same_success(g, goal, s))));
		x->reaches[s] |= own && (g->node[s] & no) == 0 &&
			(s == goal || looks_same(g, goal, s, titled));
	}
	if (own && (fa_find_roles(fd, goal) & SCR(SUCCESS)) == 0)
		add_behind(x, goal);
	for (uint32_t s = 0; s < g->n; s++)
		any |= x->reaches[s];
	return own || any;
}

static void
add_other_way(struct fa_ways *x, uint32_t goal)
{
	struct fa_find *fd = x->fd;
	uint32_t to = fa_way_nearest(x, fd->around);

	x->gr->other = true;
	fa_way_add(x, FA_FACT_OTHER_WAY, fd->around, to, FA_STR_NONE);
	if (fa_way_nearest(x, fd->plain) == FA_FLOW_NONE && !x->open)
		fa_way_add(x, FA_FACT_OTHER_BIOMETRIC, fd->around, to,
			FA_STR_NONE);
	fa_way_compare(x, goal);
}

/* No way around is recorded. */
static void
add_no_way(struct fa_ways *x, uint32_t t, bool goal_known)
{
	struct fa_find *fd = x->fd;
	uint32_t s = fd->g->f->transitions[t].from;
	uint32_t e = fd->g->f->transitions[t].element;
	uint32_t to = fa_way_nearest(x, fd->failing);

	if (!goal_known || x->open || fd->g->walks_left == 0) {
		struct fa_str why = !goal_known
			? FA_STR("what lies behind the check is not recorded")
			: FA_STR("screens around the check are not recorded in "
				 "full");

		if (x->offer != FA_FLOW_NONE)
			fa_find_add(fd, FA_FACT_OTHER_WAY_OFFERED, NULL,
				x->offer, x->offer_element, FA_FLOW_NONE, why);
		else
			fa_find_add(
				fd, FA_FACT_SOLE_UNKNOWN, NULL, s, e, t, why);
		return;
	}
	if (to != FA_FLOW_NONE)
		fa_way_add(x, FA_FACT_OTHER_AFTER_FAILURES, fd->failing, to,
			FA_STR_NONE);
	if (x->off != FA_FLOW_NONE) {
		fa_find_add(fd, FA_FACT_OTHER_OFFCHANNEL, NULL, x->off,
			fa_find_control(fd, x->off, BIT(OFFCHANNEL)),
			FA_FLOW_NONE, FA_STR_NONE);
		return;
	}
	x->gr->sole = true;
	fa_find_add(fd, FA_FACT_SOLE_METHOD, NULL, s, e, t, FA_STR_NONE);
	if (x->offer != FA_FLOW_NONE && to == FA_FLOW_NONE)
		fa_find_add(fd, FA_FACT_OTHER_ENDS_NOWHERE, NULL, x->offer,
			x->offer_element, FA_FLOW_NONE, FA_STR_NONE);
}

/* The switch of the face function. */
static bool
has_switch(const struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	for (size_t i = 0; i < f->elements_n; i++)
		if (f->elements[i].role == FA_FLOW_SWITCH &&
			is_seen(&f->elements[i]) &&
			(v->elements[i].controls &
				(BIT(FACE) | BIT(WITHDRAW))) != 0)
			return true;
	return false;
}

/* To set up the face function is no verification, but for doors. */
static bool
sets_up(const struct fa_ways *x, uint32_t goal)
{
	const struct fa_view_screen *v = x->fd->g->v->screens;
	uint32_t root = x->gr->root;
	uint32_t purposes = goal != FA_FLOW_NONE ? v[goal].purposes : 0;
	bool enrols =
		goal != FA_FLOW_NONE && (v[goal].signs & FA_SIGN_ENROL) != 0;
	bool asks = (v[root].signs & FA_SIGN_ENROL) != 0 &&
		(goal == FA_FLOW_NONE ||
			(x->fd->g->node[goal] &
				(FA_NODE_BEFORE | FA_NODE_GROUP)) != 0 ||
			(v[goal].purposes & v[root].purposes) == 0);

	for (uint32_t i = 0; i < x->gr->screens_n; i++)
		purposes |= v[x->gr->screens[i]].purposes;
	return (goal != FA_FLOW_NONE && has_switch(x->fd, goal)) ||
		((enrols || asks) &&
			(purposes & (1u << FA_PURPOSE_ENTRY)) == 0);
}

static void
judge(struct fa_ways *x, uint32_t t)
{
	uint32_t goal = x->fd->g->f->transitions[t].to, menu;
	bool known;

	known = find_reaches(x, goal);
	menu = known ? FA_FLOW_NONE : leads_to_menu(x, goal);
	if (fa_way_nearest(x, x->fd->around) != FA_FLOW_NONE)
		add_other_way(x, goal);
	else if (menu != FA_FLOW_NONE && x->offer != FA_FLOW_NONE)
		fa_find_add(x->fd, FA_FACT_OTHER_WAY, NULL, x->offer,
			x->offer_element, FA_FLOW_NONE, FA_STR_NONE);
	else if (!sets_up(x, goal))
		add_no_way(x, t, known);
}

/* A capture that stands in another group, behind this one. */
static bool
leads_to_capture(const struct fa_ways *x)
{
	struct fa_find *fd = x->fd;

	if (!fa_graph_walk(fd->g, fd->w, x->gr->screens, x->gr->screens_n,
		    FA_WAY_CAPTURES | FA_EDGE_BACK, 0))
		return false;
	for (uint32_t i = 0; i < fd->groups_n; i++)
		for (uint32_t k = 0; k < fd->groups[i].captures_n; k++)
			if (fa_walked_has(fd->w,
				    fd->g->f->transitions[fd->groups[i]
								  .captures[k]]
					    .from))
				return true;
	return false;
}

/* A prompt or a consent whose capture was not recorded. */
static void
judge_no_capture(struct fa_ways *x)
{
	struct fa_find *fd = x->fd;
	uint32_t s = x->gr->root;
	const uint32_t checks = SCR(CAPTURE) | SCR(FACE_PROMPT);
	bool checked = false;

	for (uint32_t i = 0; i < x->gr->screens_n; i++)
		checked |= (fa_find_roles(fd, x->gr->screens[i]) & checks) != 0;
	if (!checked || leads_to_capture(x))
		return;
	(void)find_reaches(x, FA_FLOW_NONE);
	if (fa_way_nearest(x, fd->around) != FA_FLOW_NONE)
		add_other_way(x, FA_FLOW_NONE);
	else if (sets_up(x, FA_FLOW_NONE))
		return;
	else if (x->offer != FA_FLOW_NONE)
		fa_find_add(fd, FA_FACT_OTHER_WAY_OFFERED, NULL, x->offer,
			x->offer_element, FA_FLOW_NONE, FA_STR_NONE);
	else
		fa_find_add(fd, FA_FACT_SOLE_UNKNOWN, NULL, s, FA_FLOW_NONE,
			FA_FLOW_NONE,
			FA_STR("what lies behind the check is not recorded"));
}

void
fa_find_ways(struct fa_find *fd, struct fa_group *gr)
{
	struct fa_ways x = {
		.fd = fd, .gr = gr, .off = FA_FLOW_NONE, .offer = FA_FLOW_NONE
	};

	if (gr->general && gr->captures_n == 0)
		return;
	x.offered = new_set(fd);
	x.around = new_set(fd);
	x.reaches = new_set(fd);
	if (fd->rc < 0)
		return;
	fa_find_before(fd, gr);
	if (!survey(&x)) {
		x.open = true;
		fa_find_add(fd, FA_FACT_SOLE_UNKNOWN, NULL, gr->root,
			FA_FLOW_NONE, FA_FLOW_NONE,
			FA_STR("the flow is too large to tell"));
	} else if (gr->captures_n == 0) {
		judge_no_capture(&x);
	} else {
		for (uint32_t i = 0; i < gr->captures_n && fd->rc == FA_OK; i++)
			judge(&x, gr->captures[i]);
	}
	fa_find_unmark(fd);
}
