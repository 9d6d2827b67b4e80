#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)

static uint32_t
top(uint32_t *parent, uint32_t s)
{
	while (parent[s] != s)
		s = parent[s] = parent[parent[s]];
	return s;
}

static bool
belongs(const struct fa_find *fd, uint32_t s)
{
	uint32_t roles = fa_find_roles(fd, s);

	if ((fd->g->node[s] & FA_NODE_FACE) != 0)
		return fa_find_reached(fd, s);
	return fa_find_reached(fd, s) && (roles & SCR(METHODS)) != 0 &&
		fa_find_control(fd, s, BIT(FACE)) != FA_FLOW_NONE;
}

/* Permission questions join what stands before and behind them. */
static bool
joins(const struct fa_find *fd, uint32_t s)
{
	return belongs(fd, s) ||
		(fa_find_reached(fd, s) &&
			(fa_find_roles(fd, s) & SCR(PERMISSION)) != 0);
}

static void
join(struct fa_find *fd, uint32_t *parent)
{
	const struct fa_flow *f = fd->g->f;

	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *t = &f->transitions[i];

		if (t->to == FA_FLOW_NONE ||
			(fd->g->edge[i] &
				(FA_EDGE_BACK | FA_EDGE_CAPTURE |
					FA_EDGE_ATTEMPT)) != 0 ||
			!joins(fd, t->from) || !joins(fd, t->to))
			continue;
		parent[top(parent, t->from)] = top(parent, t->to);
	}
}

static bool
is_general(const struct fa_find *fd, uint32_t s)
{
	uint32_t roles = fa_find_roles(fd, s);

	return (roles & SCR(BUNDLE)) != 0 &&
		(roles & (SCR(CAPTURE) | SCR(FACE_PROMPT) | SCR(METHODS))) == 0;
}

static void
fill(struct fa_find *fd, struct fa_group *gr, uint32_t *parent, uint32_t id)
{
	struct fa_graph *g = fd->g;

	gr->general = true;
	for (uint32_t s = 0; s < g->n; s++) {
		if (!belongs(fd, s) || top(parent, s) != id)
			continue;
		if (gr->screens_n == 0 ||
			g->home->dist[s] < g->home->dist[gr->root])
			gr->root = s;
		gr->screens[gr->screens_n++] = s;
		gr->general &= is_general(fd, s);
		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
			if ((g->edge[g->out[i]] & FA_EDGE_CAPTURE) == 0)
				continue;
			if (gr->captures_n == FA_FIND_CAPTURES)
				fd->cut = true;
			else
				gr->captures[gr->captures_n++] = g->out[i];
		}
	}
}

static uint32_t
size_of(const struct fa_find *fd, uint32_t *parent, uint32_t id)
{
	uint32_t n = 0;

	for (uint32_t s = 0; s < fd->g->n; s++)
		n += belongs(fd, s) && top(parent, s) == id;
	return n;
}

static void
fail(struct fa_find *fd)
{
	fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
}

/* Groups in order of their first screens. */
void
fa_find_groups(struct fa_find *fd)
{
	uint32_t n = fd->g->n;
	uint32_t *parent = fa_arena_new(fd->g->a, n, sizeof(*parent));
	bool *done = fa_arena_new(fd->g->a, n, sizeof(*done));

	fd->groups =
		fa_arena_new(fd->g->a, FA_FIND_GROUPS, sizeof(*fd->groups));
	if (!parent || !done || !fd->groups) {
		fail(fd);
		return;
	}
	for (uint32_t s = 0; s < n; s++)
		parent[s] = s;
	join(fd, parent);
	for (uint32_t s = 0; s < n && fd->rc == FA_OK; s++) {
		uint32_t id = top(parent, s);
		struct fa_group *gr = &fd->groups[fd->groups_n];

		if (!belongs(fd, s) || done[id])
			continue;
		done[id] = true;
		if (fd->groups_n == FA_FIND_GROUPS) {
			fd->cut = true;
			return;
		}
		gr->screens = fa_arena_new(fd->g->a, size_of(fd, parent, id),
			sizeof(*gr->screens));
		gr->captures = fa_arena_new(
			fd->g->a, FA_FIND_CAPTURES, sizeof(*gr->captures));
		if (!gr->screens || !gr->captures) {
			fail(fd);
			return;
		}
		fill(fd, gr, parent, id);
		fd->groups_n++;
	}
}

const uint32_t *
fa_find_captures(struct fa_find *fd, uint32_t *n)
{
	uint32_t *out = fa_arena_new(
		fd->g->a, FA_FIND_CAPTURES * FA_FIND_GROUPS, sizeof(*out));

	*n = 0;
	if (!out) {
		fail(fd);
		return NULL;
	}
	for (uint32_t i = 0; i < fd->groups_n; i++)
		for (uint32_t k = 0; k < fd->groups[i].captures_n; k++) {
			uint32_t s =
				fd->g->f->transitions[fd->groups[i].captures[k]]
					.from;

			if (*n == 0 || out[*n - 1] != s)
				out[(*n)++] = s;
		}
	return out;
}

void
fa_find_before(struct fa_find *fd, const struct fa_group *gr)
{
	struct fa_graph *g = fd->g;
	uint32_t near = g->home->dist[gr->root];

	for (uint32_t i = 0; i < gr->screens_n; i++)
		g->node[gr->screens[i]] |= FA_NODE_GROUP;
	for (uint32_t i = 0; i < gr->captures_n; i++)
		for (uint32_t s = g->f->transitions[gr->captures[i]].from;
			s != FA_FLOW_NONE && g->idom[s] != s; s = g->idom[s])
			if ((g->node[s] & FA_NODE_GROUP) == 0)
				g->node[s] |= FA_NODE_BEFORE;
	if ((g->node[g->f->start] & FA_NODE_GROUP) == 0)
		g->node[g->f->start] |= FA_NODE_BEFORE;
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to != FA_FLOW_NONE &&
			(g->node[t->to] & FA_NODE_GROUP) != 0 &&
			(g->node[t->from] & FA_NODE_GROUP) == 0 &&
			g->home->dist[t->from] < near)
			g->node[t->from] |= FA_NODE_BEFORE;
	}
}

void
fa_find_unmark(struct fa_find *fd)
{
	for (uint32_t s = 0; s < fd->g->n; s++)
		fd->g->node[s] &=
			~(FA_NODE_GROUP | FA_NODE_BEFORE | FA_NODE_BOX);
}
