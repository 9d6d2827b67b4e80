/* FRM.10.1.b: how long the way around is beside that with the face. Taps are
 * counted from where the two part; typing and waiting are none. A way is
 * costly that takes three times the taps, and three more at least, so that a
 * choice and a button are none. */
#include "flow/find_way.h"

#define COSTLY_TIMES 3
#define COSTLY_MORE 3

uint32_t
fa_way_nearest(const struct fa_ways *x, const struct fa_walked *w)
{
	for (uint32_t i = 0; i < w->n; i++)
		if (x->reaches[w->order[i]])
			return w->order[i];
	return FA_FLOW_NONE;
}

/* Taps on the way of w to screen. */
static unsigned
taps(const struct fa_graph *g, const struct fa_walked *w, uint32_t screen)
{
	unsigned n = 0;

	while (w->by[screen] != FA_FLOW_NONE) {
		const struct fa_flow_transition *t =
			&g->f->transitions[w->by[screen]];

		n += t->action != FA_FLOW_WAIT && t->action != FA_FLOW_FILL &&
			t->action != FA_FLOW_SCROLL;
		screen = t->from;
	}
	return n;
}

/* Where the way of w to screen turns away from the face check. */
static uint32_t
turning(const struct fa_ways *x, const struct fa_walked *w, uint32_t screen)
{
	const struct fa_graph *g = x->fd->g;
	uint32_t last = w->by[screen];

	for (uint32_t s = screen; w->by[s] != FA_FLOW_NONE;) {
		uint32_t t = w->by[s];

		if ((g->node[g->f->transitions[t].from] & FA_NODE_GROUP) != 0)
			return t;
		s = g->f->transitions[t].from;
		last = t;
	}
	return last;
}

void
fa_way_add(struct fa_ways *x, enum fa_fact_kind kind, const struct fa_walked *w,
	uint32_t to, struct fa_str note)
{
	struct fa_find *fd = x->fd;
	uint32_t t = turning(x, w, to);
	size_t at = fd->n;

	fa_find_add(fd, kind, w, to, FA_FLOW_NONE, FA_FLOW_NONE, note);
	if (fd->rc < 0 || t == FA_FLOW_NONE)
		return;
	fd->at[at].place.screen = fd->g->f->transitions[t].from;
	fd->at[at].place.element = fd->g->f->transitions[t].element;
}

/* Does s stand on the shortest way from the start to screen? */
static bool
on_way(const struct fa_graph *g, uint32_t screen, uint32_t s)
{
	while (screen != s) {
		if (g->home->by[screen] == FA_FLOW_NONE)
			return false;
		screen = g->f->transitions[g->home->by[screen]].from;
	}
	return true;
}

/* The screen from which the way with the face and the one around it part: the
 * last of the check that the way around passes, else the last that stands on
 * the way to the check. */
static uint32_t
parting(const struct fa_ways *x, uint32_t goal)
{
	const struct fa_find *fd = x->fd;
	const struct fa_graph *g = fd->g;
	uint32_t to = fa_way_nearest(x, fd->around);

	for (uint32_t s = to; s != FA_FLOW_NONE;) {
		if ((g->node[s] & FA_NODE_GROUP) != 0)
			return s;
		if (s != to && s != goal && on_way(g, x->gr->root, s))
			return s;
		if (fd->around->by[s] == FA_FLOW_NONE)
			return s;
		s = g->f->transitions[fd->around->by[s]].from;
	}
	return x->gr->root;
}

/* Something on the way around could hide a shorter one. */
static bool
is_open(const struct fa_ways *x, const struct fa_walked *w)
{
	return x->open ||
		fa_find_marked(x->fd, w, FA_NODE_OPAQUE | FA_NODE_UNEXPLORED) !=
		FA_FLOW_NONE;
}

void
fa_way_compare(struct fa_ways *x, uint32_t goal)
{
	struct fa_find *fd = x->fd;
	uint32_t root = parting(x, goal), to;
	unsigned face, other;

	if (goal == FA_FLOW_NONE ||
		!fa_graph_walk(fd->g, fd->w, &root, 1, FA_EDGE_MINOR, 0) ||
		!fa_walked_has(fd->w, goal))
		return;
	face = taps(fd->g, fd->w, goal);
	if (!fa_graph_walk(fd->g, fd->w2, &root, 1, FA_WAY_CAPTURES, 0))
		return;
	to = fa_way_nearest(x, fd->w2);
	if (to == FA_FLOW_NONE)
		return;
	other = taps(fd->g, fd->w2, to);
	if (face > 0 && other >= COSTLY_TIMES * face &&
		other >= face + COSTLY_MORE)
		fa_way_add(x,
			is_open(x, fd->w2) ? FA_FACT_OTHER_UNCOMPARED
					   : FA_FACT_OTHER_COSTLY,
			fd->around, fa_way_nearest(x, fd->around),
			fa_find_note(
				fd, "face %u taps, other way %u", face, other));
}
