/* FRM.7.1 and CHILD.10: where a child's way leads. It begins where the user
 * says so (a control, or a birth date that a walk filled in as a child), never
 * goes back to the question of the age, and never says that it is grown up.
 * When it reaches a capture without going on from a guardian's screen, nobody
 * consented; when only from such screens as the child alone can pass, by a
 * tick or a tap, the child consented in the guardian's place. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define CAPTURES (FA_EDGE_CAPTURE | FA_EDGE_ATTEMPT)
#define NEVER (FA_EDGE_ADULT | FA_EDGE_BACK)

struct child {
	uint32_t *seeds; /* screens behind "I am a child" */
	uint32_t n;
	uint32_t edge; /* the first transition that says so, or NONE */
	bool service;  /* for children: the way begins at the start */
	bool untried;  /* a control that says so was not tried */
};

/* Nobody is asked for an age, and the screens of a check speak to a child. */
static bool
serves_child(const struct fa_find *fd)
{
	for (uint32_t i = 0; i < fd->groups_n; i++)
		for (uint32_t k = 0; k < fd->groups[i].screens_n; k++)
			if ((fd->g->v->screens[fd->groups[i].screens[k]].signs &
				    FA_SIGN_CHILD) != 0)
				return true;
	return (fd->g->v->screens[fd->g->f->start].signs & FA_SIGN_CHILD) != 0;
}

/* An answer to the question of the age that was not tried. */
static bool
is_untried(const struct fa_find *fd)
{
	const struct fa_graph *g = fd->g;

	for (size_t i = 0; i < g->f->gaps_n; i++) {
		const struct fa_flow_gap *gap = &g->f->gaps[i];

		if (gap->kind != FA_FLOW_GAP_UNEXPLORED ||
			(fa_find_roles(fd, gap->screen) & SCR(AGE)) == 0)
			continue;
		if (gap->element == FA_FLOW_NONE ||
			(g->v->screens[gap->screen]
					.elements[gap->element]
					.controls &
				BIT(MINOR)) != 0)
			return true;
	}
	return false;
}

/* In a service for children, forms that were filled in as a child; an identity
 * number elsewhere only happens to tell an age. */
static void
add_forms(struct child *c, const struct fa_find *fd)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->action != FA_FLOW_FILL || t->to == FA_FLOW_NONE ||
			t->to == t->from || !fa_find_reached(fd, t->from) ||
			fa_str_find(t->note, FA_STR("as a child"), 0) ==
				SIZE_MAX)
			continue;
		if (c->edge == FA_FLOW_NONE)
			c->edge = i;
		c->seeds[c->n++] = t->to;
	}
}

static bool
find_child(struct child *c, struct fa_find *fd)
{
	struct fa_graph *g = fd->g;

	c->edge = FA_FLOW_NONE;
	c->seeds =
		fa_arena_new(g->a, g->f->transitions_n + 1, sizeof(*c->seeds));
	if (!c->seeds) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return false;
	}
	for (uint32_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if ((g->edge[i] & FA_EDGE_MINOR) == 0 ||
			!fa_find_reached(fd, t->from))
			continue;
		if (c->edge == FA_FLOW_NONE)
			c->edge = i;
		if (t->to != FA_FLOW_NONE && t->to != t->from)
			c->seeds[c->n++] = t->to;
	}
	c->untried = is_untried(fd);
	if (c->n == 0 && !c->untried && serves_child(fd)) {
		add_forms(c, fd);
		if (c->n == 0)
			c->seeds[c->n++] = g->f->start;
		c->service = true;
	}
	return c->n > 0 || c->untried;
}

/* A capture that the walk reached, the nearest; or NONE. */
static uint32_t
captured(const struct fa_find *fd, const struct fa_walked *w)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t k = 0; k < w->n; k++) {
		uint32_t s = w->order[k];

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
			if ((g->edge[g->out[i]] & CAPTURES) != 0)
				return g->out[i];
		if ((fa_find_roles(fd, s) & SCR(CAPTURE)) != 0 &&
			(g->v->screens[s].signs & FA_SIGN_CAMERA) != 0)
			for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
				return g->out[i];
	}
	return FA_FLOW_NONE;
}

/* The child's own way to the end of transition t, with what leads to it. */
static void
add_child(struct fa_find *fd, enum fa_fact_kind kind, const struct child *c,
	uint32_t t)
{
	const struct fa_flow_transition *x = &fd->g->f->transitions[t];
	size_t at = fd->n;

	fa_find_add(fd, kind, fd->w, x->from, x->element, t, FA_STR_NONE);
	if (fd->rc == FA_OK && c->edge != FA_FLOW_NONE)
		fd->at[at].note = fa_find_note(fd, "as a child by %.*s",
			FA_STR_ARG(
				fd->g->f->screens[fd->g->f->transitions[c->edge]
							  .from]
					.id));
}

static bool
walk(struct fa_find *fd, const struct child *c, uint32_t no_edges,
	uint32_t no_nodes)
{
	return fa_graph_walk(fd->g, fd->w, c->seeds, c->n, NEVER | no_edges,
		FA_NODE_AGE | no_nodes);
}

static void
add_at_age(struct fa_find *fd, enum fa_fact_kind kind, const struct child *c)
{
	const struct fa_flow_transition *x;

	if (c->edge == FA_FLOW_NONE) {
		fa_find_add(fd, kind, NULL, fd->g->f->start, FA_FLOW_NONE,
			FA_FLOW_NONE, FA_STR_NONE);
		return;
	}
	x = &fd->g->f->transitions[c->edge];
	fa_find_add(fd, kind, NULL, x->from, x->element, c->edge, FA_STR_NONE);
}

/* Is a child asked for consent to the face, whatever comes of it? */
static bool
asks_face(const struct fa_find *fd)
{
	for (uint32_t i = 0; i < fd->w->n; i++)
		if ((fa_find_roles(fd, fd->w->order[i]) & SCR(FACE_CONSENT)) !=
			0)
			return true;
	return false;
}

static void
judge(struct fa_find *fd, const struct child *c)
{
	const uint32_t gap = FA_NODE_OPAQUE | FA_NODE_UNEXPLORED;
	uint32_t t;

	if (!walk(fd, c, FA_EDGE_GUARD, FA_NODE_OPAQUE))
		return;
	t = captured(fd, fd->w);
	if (t != FA_FLOW_NONE) {
		add_child(fd, FA_FACT_MINOR_NO_GUARDIAN, c, t);
		return;
	}
	if (!walk(fd, c, FA_EDGE_VERIFIED, FA_NODE_OPAQUE))
		return;
	t = captured(fd, fd->w);
	if (t != FA_FLOW_NONE) {
		add_child(fd, FA_FACT_MINOR_SELF_GUARDIAN, c, t);
		return;
	}
	if (!walk(fd, c, 0, 0))
		return;
	t = captured(fd, fd->w);
	if (c->untried || fa_find_marked(fd, fd->w, gap) != FA_FLOW_NONE ||
		(t == FA_FLOW_NONE && asks_face(fd)))
		add_at_age(fd, FA_FACT_MINOR_UNKNOWN, c);
	else
		add_at_age(fd,
			t != FA_FLOW_NONE ? FA_FACT_MINOR_GUARDIAN
					  : FA_FACT_MINOR_NO_CAPTURE,
			c);
}

/* Does a screen of the guardian let go: back, out, another way? */
static bool
lets_go(const struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	const uint32_t away = BIT(BACK) | BIT(EXIT) | BIT(OTHER_METHOD);

	if (fa_find_control(fd, s, away) != FA_FLOW_NONE ||
		(g->node[s] & (FA_NODE_OPAQUE | FA_NODE_UNTRIED)) != 0)
		return true;
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
		uint32_t to = g->f->transitions[g->out[i]].to;

		/* Going back to the same question is no answer. */
		if ((g->edge[g->out[i]] & FA_EDGE_BACK) != 0 &&
			(to == FA_FLOW_NONE ||
				(fa_find_roles(fd, to) & SCR(GUARDIAN)) == 0))
			return true;
	}
	return false;
}

/* Can a guardian who is asked for consent say no? Only screens on the child's
 * way are the guardian's: a parent's own consent is not. */
static void
find_refusals(struct fa_find *fd, const struct child *c)
{
	const uint32_t asks = BIT(ACCEPT) | BIT(AGREE_BOX);
	uint32_t silent = FA_FLOW_NONE;
	bool asked = false;

	if (!walk(fd, c, 0, 0))
		return;
	for (uint32_t i = 0; i < fd->w->n && fd->rc == FA_OK; i++) {
		uint32_t s = fd->w->order[i], no;

		if ((fa_find_roles(fd, s) & SCR(GUARDIAN)) == 0)
			continue;
		no = fa_find_control(fd, s, BIT(REFUSE) | BIT(LATER));
		if (no != FA_FLOW_NONE)
			fa_find_add(fd, FA_FACT_GUARDIAN_REFUSAL, NULL, s, no,
				FA_FLOW_NONE, FA_STR_NONE);
		asked |= no != FA_FLOW_NONE || lets_go(fd, s);
		if (no == FA_FLOW_NONE && !lets_go(fd, s)) {
			if (fa_find_control(fd, s, asks) != FA_FLOW_NONE)
				fa_find_add(fd, FA_FACT_GUARDIAN_NO_REFUSAL,
					NULL, s, fa_find_control(fd, s, asks),
					FA_FLOW_NONE, FA_STR_NONE);
			else if (silent == FA_FLOW_NONE &&
				(fd->g->v->screens[s].signs &
					FA_SIGN_VERIFIED) != 0)
				silent = s;
		}
	}
	/* The guardian is checked, and on no screen able to say no. */
	if (silent != FA_FLOW_NONE && !asked)
		fa_find_add(fd, FA_FACT_GUARDIAN_NO_REFUSAL, NULL, silent,
			FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
}

/* Without a word of a child: every screen that asks a guardian. */
static bool
all_screens(struct child *c, struct fa_find *fd)
{
	if (c->n > 0 || !c->seeds)
		return c->n > 0;
	c->seeds[c->n++] = fd->g->f->start;
	return true;
}

void
fa_find_minors(struct fa_find *fd)
{
	struct child c = { 0 };

	if (fd->rc < 0 || fd->groups_n == 0)
		return;
	if (find_child(&c, fd)) {
		if (c.n > 0)
			judge(fd, &c);
		else
			for (uint32_t s = 0; s < fd->g->n; s++)
				if ((fa_find_roles(fd, s) & SCR(AGE)) != 0)
					fa_find_add(fd, FA_FACT_MINOR_UNKNOWN,
						NULL, s, FA_FLOW_NONE,
						FA_FLOW_NONE, FA_STR_NONE);
	}
	if (fd->rc == FA_OK && all_screens(&c, fd))
		find_refusals(fd, &c);
}
