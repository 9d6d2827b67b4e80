/* SPC.4.1.1 and NDR.22.1.5: what lies behind refusing the face, and whether
 * the question comes again.
 *
 * Refusing is tapping what says so; where a group has nothing that says so,
 * going back, closing, or denying the camera. The service goes on when a way
 * from there, without a capture and without agreeing after all, comes to a
 * success, to the main screen, or to a screen with another function: a control
 * that leads neither to the face, nor back to where the check began; or when
 * it leads back into the app that was in use before the question. Refusing
 * ends everything when such a way meets exits, dead ends, blocked screens and
 * the question itself only, all of it tried. What lies between is unknown. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define CAPTURES (FA_EDGE_CAPTURE | FA_EDGE_ATTEMPT)
#define NEAR 3      /* steps behind a refusal that still belong to it */
#define REFUSALS 24 /* of a group that are followed one by one */
#define FOLLOWED 40 /* screens in a row of refusals */

struct refusal {
	uint32_t *edges; /* transitions that refuse */
	uint32_t n;
	bool says_no; /* in so many words */
};

static bool
is_refusal(const struct fa_graph *g, uint32_t t, bool words)
{
	const struct fa_flow_transition *x = &g->f->transitions[t];
	const uint32_t other =
		FA_EDGE_METHOD | FA_EDGE_DOCUMENT | FA_EDGE_RELAUNCH;

	if (words)
		return (g->edge[t] & FA_EDGE_SAYS_NO) != 0;
	return (g->edge[t] & FA_EDGE_REFUSE) != 0 &&
		(g->edge[t] & other) == 0 &&
		(fa_graph_controls(g, t) & BIT(HELP)) == 0 &&
		(x->action == FA_FLOW_TAP || x->action == FA_FLOW_BACK ||
			x->action == FA_FLOW_SYSTEM_DENY);
}

static void
collect(struct refusal *out, const struct fa_graph *g,
	const struct fa_group *gr, bool words)
{
	out->n = 0;
	out->says_no = words;
	for (uint32_t k = 0; k < gr->screens_n; k++) {
		uint32_t s = gr->screens[k];

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
			if (is_refusal(g, g->out[i], words))
				out->edges[out->n++] = g->out[i];
	}
}

static bool
leads_on(const struct fa_find *fd, uint32_t to, uint32_t from)
{
	const uint32_t end = SCR(BLOCKED) | SCR(FAILURE) | SCR(DOCUMENT) |
		SCR(RETAIN) | SCR(PERMISSION);

	return to != FA_FLOW_NONE && to != from &&
		(fd->g->node[to] &
			(FA_NODE_FACE | FA_NODE_GROUP | FA_NODE_BEFORE)) == 0 &&
		(fa_find_roles(fd, to) & end) == 0;
}

/* A control that does something else than this check. */
static bool
is_function(const struct fa_find *fd, uint32_t s, uint32_t e)
{
	const struct fa_graph *g = fd->g;
	const struct fa_flow_element *el = &g->f->screens[s].elements[e];
	const uint32_t none = BIT(BACK) | BIT(EXIT) | BIT(ACCEPT) |
		BIT(REFUSE) | BIT(LATER) | BIT(FACE) | BIT(CAPTURE) |
		BIT(DOCUMENT) | BIT(HELP) | BIT(AGREE_BOX) | BIT(NEUTRAL) |
		BIT(SUBMIT) | BIT(GUARDIAN) | BIT(MINOR) | BIT(ADULT) |
		BIT(OFFCHANNEL);
	uint32_t c = g->v->screens[s].elements[e].controls;
	bool tried = false;

	/* What 我知道了 leads to is looked at by itself. */
	if (!g->v->screens[s].elements[e].tappable || c == BIT(NEUTRAL) ||
		el->role == FA_FLOW_INPUT || el->role == FA_FLOW_CHECKBOX)
		return false;
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
		const struct fa_flow_transition *t =
			&g->f->transitions[g->out[i]];

		if (t->element != e)
			continue;
		tried = true;
		if ((g->edge[g->out[i]] & (CAPTURES | FA_EDGE_REFUSE)) == 0 &&
			leads_on(fd, t->to, s))
			return true;
	}
	return !tried && (c & none) == 0 && el->text.n > 0;
}

static bool
goes_on(const struct fa_find *fd, uint32_t s, bool blocked)
{
	const struct fa_graph *g = fd->g;
	const uint32_t no = SCR(BLOCKED) | SCR(RETAIN) | SCR(FAILURE) |
		SCR(DOCUMENT) | SCR(PERMISSION) | SCR(CAPTURE);
	uint32_t roles = fa_find_roles(fd, s);

	if ((roles & SCR(SUCCESS)) != 0)
		return true;
	if ((roles & no) != 0 || (g->node[s] & FA_NODE_FACE) != 0)
		return false;
	if (!blocked && (g->v->screens[s].signs & FA_SIGN_HOME) != 0)
		return true;
	for (uint32_t e = 0; e < g->f->screens[s].elements_n; e++)
		if (is_function(fd, s, e))
			return true;
	return false;
}

/* Neither a face screen nor an end: nothing is known of it. */
static bool
is_plain(const struct fa_find *fd, uint32_t s)
{
	const uint32_t ends = SCR(BLOCKED) | SCR(RETAIN) | SCR(FAILURE) |
		SCR(DOCUMENT) | SCR(PERMISSION);

	return (fd->g->node[s] & (FA_NODE_FACE | FA_NODE_GROUP)) == 0 &&
		(fa_find_roles(fd, s) & ends) == 0 &&
		fd->g->first[s] < fd->g->first[s + 1];
}

/* A screen before the question, and before it or there the app is in use:
 * whoever refuses is back in it. */
static bool
is_back(const struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	const uint32_t no = SCR(BLOCKED) | SCR(RETAIN) | SCR(FAILURE);

	if ((g->node[s] & FA_NODE_BEFORE) == 0 ||
		(fa_find_roles(fd, s) & no) != 0)
		return false;
	for (; s != FA_FLOW_NONE; s = g->idom[s]) {
		if (fa_walked_has(fd->around, s) && goes_on(fd, s, false))
			return true;
		if (g->idom[s] == s)
			return false;
	}
	return false;
}

struct outcome {
	uint32_t on; /* a screen on which the service goes on, or NONE */
	bool open;   /* something was not seen or tried */
	bool blocked, plain;
};

static struct outcome
follow(struct fa_find *fd, const struct refusal *r)
{
	struct fa_graph *g = fd->g;
	struct outcome o = { .on = FA_FLOW_NONE };
	uint32_t *seeds = fa_arena_new(g->a, r->n + 1, sizeof(*seeds));
	uint32_t n = 0;

	if (!seeds) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return o;
	}
	for (uint32_t i = 0; i < r->n; i++)
		if (g->f->transitions[r->edges[i]].to != FA_FLOW_NONE)
			seeds[n++] = g->f->transitions[r->edges[i]].to;
	if (!fa_graph_walk(g, fd->w, seeds, n,
		    CAPTURES | FA_EDGE_RELAUNCH | FA_EDGE_AGREE_FACE, 0)) {
		o.open = true;
		return o;
	}
	for (uint32_t i = 0; i < fd->w->n; i++)
		o.blocked |= (fa_find_roles(fd, fd->w->order[i]) &
				     SCR(BLOCKED)) != 0;
	for (uint32_t i = 0; i < fd->w->n && o.on == FA_FLOW_NONE; i++) {
		uint32_t s = fd->w->order[i];

		o.open |=
			(g->node[s] & (FA_NODE_OPAQUE | FA_NODE_UNTRIED)) != 0;
		o.plain |= is_plain(fd, s);
		if (goes_on(fd, s, o.blocked) || (!o.blocked && is_back(fd, s)))
			o.on = s;
	}
	return o;
}

/* Is refusing untried somewhere in the group? */
static bool
is_untried(const struct fa_find *fd, const struct fa_group *gr)
{
	for (uint32_t i = 0; i < gr->screens_n; i++)
		if ((fd->g->node[gr->screens[i]] &
			    (FA_NODE_OPAQUE | FA_NODE_UNTRIED)) != 0)
			return true;
	return false;
}

static void
add_refusal(struct fa_find *fd, enum fa_fact_kind kind, uint32_t t,
	struct fa_str note)
{
	const struct fa_flow_transition *x = &fd->g->f->transitions[t];

	fa_find_add(fd, kind, NULL, x->from, x->element, t, note);
}

/* Refusing is answered by a screen that says what stays closed. */
static void
find_denied(struct fa_find *fd, const struct refusal *r)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t to = g->f->transitions[r->edges[i]].to;

		if (to != FA_FLOW_NONE &&
			to != g->f->transitions[r->edges[i]].from &&
			(g->node[to] & FA_NODE_BEFORE) == 0 &&
			(fa_find_roles(fd, to) &
				(SCR(BLOCKED) | SCR(FACE_CONSENT) |
					SCR(CAPTURE) | SCR(RETAIN))) ==
				SCR(BLOCKED))
			add_refusal(fd, FA_FACT_REFUSAL_DENIED, r->edges[i],
				FA_STR_NONE);
	}
}

static void
judge(struct fa_find *fd, const struct fa_group *gr, const struct refusal *r)
{
	struct outcome o = follow(fd, r);

	if (fd->rc < 0)
		return;
	if (o.on != FA_FLOW_NONE && gr->sole && !gr->other)
		find_denied(fd, r);
	if (o.on != FA_FLOW_NONE)
		add_refusal(fd, FA_FACT_REFUSAL_GOES_ON, r->edges[0],
			fa_find_note(fd, "goes on at %.*s",
				FA_STR_ARG(fd->g->f->screens[o.on].id)));
	else if (o.open || is_untried(fd, gr) || (o.plain && !o.blocked))
		add_refusal(
			fd, FA_FACT_REFUSAL_UNKNOWN, r->edges[0], FA_STR_NONE);
	else
		for (uint32_t i = 0; i < r->n; i++)
			add_refusal(fd, FA_FACT_REFUSAL_ENDS, r->edges[i],
				FA_STR_NONE);
}

static bool
new_refusal(struct fa_find *fd, struct refusal *r)
{
	r->edges = fa_arena_new(
		fd->g->a, fd->g->f->transitions_n, sizeof(*r->edges));
	if (r->edges)
		return true;
	fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
	return false;
}

void
fa_find_refusals(struct fa_find *fd, struct fa_group *gr)
{
	struct refusal r;

	if (gr->general || fd->rc < 0 || !new_refusal(fd, &r))
		return;
	collect(&r, fd->g, gr, true);
	if (r.n == 0)
		collect(&r, fd->g, gr, false);
	if (r.n > 0) {
		fa_find_before(fd, gr);
		judge(fd, gr, &r);
		fa_find_unmark(fd);
	} else if (is_untried(fd, gr)) {
		fa_find_add(fd, FA_FACT_REFUSAL_UNKNOWN, NULL, gr->root,
			FA_FLOW_NONE, FA_FLOW_NONE,
			FA_STR("no refusal was tried"));
	}
}

/* A question that stands there of its own: no menu, no form to log in. */
static bool
is_question(const struct fa_find *fd, uint32_t s)
{
	uint32_t roles = fa_find_roles(fd, s);

	return (roles & (SCR(FACE_CONSENT) | SCR(FACE_PROMPT))) != 0 &&
		(roles & (SCR(METHODS) | SCR(NONFACE) | SCR(CAPTURE))) == 0;
}

/* The first transition out of s with a mark, to a screen; or NONE. */
static uint32_t
edge_out(const struct fa_graph *g, uint32_t s, uint32_t mark)
{
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
		if ((g->edge[g->out[i]] & mark) != 0 &&
			g->f->transitions[g->out[i]].to != FA_FLOW_NONE &&
			g->f->transitions[g->out[i]].to != s)
			return g->out[i];
	return FA_FLOW_NONE;
}

/* What comes by itself; on a walk, not what came before the question was
 * first seen. */
static uint32_t
comes_by_itself(const struct fa_graph *g, uint32_t s, uint32_t q)
{
	return g->visited && fa_graph_dominates(g, s, q)
		? FA_FLOW_NONE
		: edge_out(g, s, FA_EDGE_WAIT);
}

/* Follows refusals and what comes by itself from the screen behind t. */
static void
follow_no(struct fa_find *fd, uint32_t q, uint32_t t)
{
	const struct fa_graph *g = fd->g;
	uint32_t s = g->f->transitions[t].to;
	uint32_t seen[FOLLOWED];
	unsigned retains = 0;

	for (unsigned step = 0; step < FOLLOWED; step++) {
		uint32_t next;

		for (unsigned i = 0; i < step; i++)
			if (seen[i] == s)
				step = FOLLOWED;
		if (step == FOLLOWED)
			break;
		seen[step] = s;

		if (step > 0 && is_question(fd, s) &&
			fa_graph_same_question(g, q, s)) {
			add_refusal(fd, FA_FACT_ASKED_AGAIN, t, FA_STR_NONE);
			break;
		}
		if ((fa_find_roles(fd, s) & SCR(RETAIN)) != 0)
			retains++;
		next = comes_by_itself(g, s, q);
		if (next == FA_FLOW_NONE &&
			((fa_find_roles(fd, s) & SCR(RETAIN)) != 0 ||
				(g->node[s] & FA_NODE_FACE) != 0))
			next = edge_out(g, s, FA_EDGE_SAYS_NO);
		if (next == FA_FLOW_NONE)
			break;
		s = g->f->transitions[next].to;
	}
	if (retains >= 2)
		add_refusal(fd, FA_FACT_RETAIN_CHAIN, t,
			fa_find_note(fd, "%u screens talk it over", retains));
}

/* A new start within a few steps behind the refusal; or NONE. */
static uint32_t
new_start(struct fa_find *fd, uint32_t t)
{
	struct fa_graph *g = fd->g;
	uint32_t s = g->f->transitions[t].to;
	uint32_t again = edge_out(g, s, FA_EDGE_RELAUNCH);

	if (again != FA_FLOW_NONE ||
		!fa_graph_walk(g, fd->w, &s, 1,
			CAPTURES | FA_EDGE_RELAUNCH | FA_EDGE_AGREE_FACE,
			FA_NODE_FACE))
		return again;
	for (uint32_t i = 0; i < fd->w->n && again == FA_FLOW_NONE; i++)
		if (fd->w->dist[fd->w->order[i]] <= NEAR)
			again = edge_out(g, fd->w->order[i], FA_EDGE_RELAUNCH);
	return again;
}

/* A question that nobody asked for: it stands there at the start, or comes by
 * itself. A capture that runs at once asks as well. */
static bool
comes_again(const struct fa_find *fd, uint32_t q, uint32_t s)
{
	return (is_question(fd, s) ||
		       (fa_find_roles(fd, s) & SCR(CAPTURE)) != 0) &&
		fa_graph_same_question(fd->g, q, s);
}

/* The app started again after refusal t: does the question stand there? */
static void
look_next_start(struct fa_find *fd, uint32_t q, uint32_t t)
{
	const struct fa_graph *g = fd->g;
	uint32_t again = new_start(fd, t), at, by;

	if (again == FA_FLOW_NONE)
		return;
	at = g->f->transitions[again].to;
	by = edge_out(g, at, FA_EDGE_WAIT);
	if (comes_again(fd, q, at) ||
		(by != FA_FLOW_NONE &&
			comes_again(fd, q, g->f->transitions[by].to)))
		add_refusal(fd, FA_FACT_ASKED_NEXT_START, t, FA_STR_NONE);
	else if ((g->node[at] & FA_NODE_OPAQUE) == 0)
		add_refusal(fd, FA_FACT_NOT_ASKED_AGAIN, t, FA_STR_NONE);
}

/* Closing what came by itself refuses it, and by itself it comes again. */
static void
look_closed(struct fa_find *fd, uint32_t t)
{
	const struct fa_graph *g = fd->g;
	uint32_t q = g->f->transitions[t].from, s = g->f->transitions[t].to;

	for (unsigned step = 0; step < NEAR && s != FA_FLOW_NONE; step++) {
		uint32_t by = comes_by_itself(g, s, q);

		/* To go on from where one was before the question is to ask
		 * for it. */
		if (by == FA_FLOW_NONE && !fa_graph_dominates(g, s, q))
			by = edge_out(g, s, FA_EDGE_BACK | FA_EDGE_PLAIN);
		if (by == FA_FLOW_NONE)
			return;
		s = g->f->transitions[by].to;
		if ((g->edge[by] & FA_EDGE_WAIT) != 0 &&
			comes_again(fd, q, s)) {
			add_refusal(fd, FA_FACT_ASKED_AGAIN, t, FA_STR_NONE);
			return;
		}
	}
}

static void
again_of(struct fa_find *fd, uint32_t t, bool words)
{
	const struct fa_flow_transition *x = &fd->g->f->transitions[t];

	if (x->to == FA_FLOW_NONE)
		return;
	if (x->to == x->from) {
		/* The answer was sent, and the question stands there still. */
		if (words && (x->effects & FA_FLOW_EFFECT_UPLOAD) != 0 &&
			is_question(fd, x->from))
			add_refusal(fd, FA_FACT_ASKED_AGAIN, t, FA_STR_NONE);
		return;
	}
	if (!words) {
		look_closed(fd, t);
		return;
	}
	if (!is_question(fd, x->from))
		return;
	follow_no(fd, x->from, t);
	look_next_start(fd, x->from, t);
}

void
fa_find_again(struct fa_find *fd, struct fa_group *gr)
{
	struct refusal r;
	bool words = true;

	if (fd->rc < 0 || !new_refusal(fd, &r))
		return;
	collect(&r, fd->g, gr, true);
	if (r.n == 0) {
		words = false;
		collect(&r, fd->g, gr, false);
	}
	for (uint32_t i = 0; i < r.n && i < REFUSALS && fd->rc == FA_OK; i++)
		again_of(fd, r.edges[i], words);
}
