/* NDR.24 and FRM.6.2: can the account be closed, can consent to the face be
 * withdrawn, and does either need a face? The way begins at the control that
 * says so and does not go back before it. It ends well on a success, or on a
 * switch of the face that now is off. When it does so only past a capture, the
 * right needs a face; when it meets a screen that says no, and all was tried,
 * it is blocked. A way that merely was not drawn to its end shows nothing. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define CAPTURES (FA_EDGE_CAPTURE | FA_EDGE_ATTEMPT)
#define HARDER_TIMES 3
#define HARDER_MORE 3
#define ENTRIES 24 /* controls that are followed */

struct right {
	uint32_t controls;
	uint32_t purpose;
	uint32_t role;
	enum fa_fact_kind needs, works, blocked;
};

static const struct right rights[] = {
	{ BIT(CANCEL_ACCOUNT), 1u << FA_PURPOSE_CANCEL_ACCOUNT,
		SCR(CANCEL_ACCOUNT), FA_FACT_CANCEL_NEEDS_FACE,
		FA_FACT_CANCEL_WORKS, FA_FACT_CANCEL_BLOCKED },
	{ BIT(WITHDRAW) | BIT(DELETE_FACE), 1u << FA_PURPOSE_WITHDRAW_CONSENT,
		SCR(WITHDRAW), FA_FACT_WITHDRAW_NEEDS_FACE,
		FA_FACT_WITHDRAW_WORKS, FA_FACT_WITHDRAW_BLOCKED },
};

/* A switch of the face on the screen is off. */
static bool
is_off(const struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	for (size_t i = 0; i < f->elements_n; i++)
		if (f->elements[i].role == FA_FLOW_SWITCH &&
			f->elements[i].checked == FA_TRI_NO &&
			(v->elements[i].controls & BIT(FACE)) != 0)
			return true;
	return false;
}

static bool
ends_well(const struct fa_find *fd, const struct right *r, uint32_t s)
{
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	if ((r->controls & BIT(WITHDRAW)) != 0 &&
		(is_off(fd, s) ||
			((v->signs & (FA_SIGN_OFF | FA_SIGN_FAILED)) ==
					FA_SIGN_OFF &&
				(v->roles & SCR(BLOCKED)) == 0)))
		return true;
	return (v->roles & SCR(SUCCESS)) != 0 &&
		(v->purposes == 0 || (v->purposes & r->purpose) != 0 ||
			(v->roles & r->role) != 0);
}

static uint32_t
good_end(const struct fa_find *fd, const struct right *r,
	const struct fa_walked *w)
{
	for (uint32_t i = 0; i < w->n; i++)
		if (ends_well(fd, r, w->order[i]))
			return w->order[i];
	return FA_FLOW_NONE;
}

/* The app closes behind a control of this right: done. */
static bool
exits_well(const struct fa_find *fd, const struct right *r,
	const struct fa_walked *w)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t k = 0; k < w->n; k++)
		for (uint32_t i = g->first[w->order[k]];
			i < g->first[w->order[k] + 1]; i++)
			if (g->f->transitions[g->out[i]].to == FA_FLOW_NONE &&
				(fa_graph_controls(g, g->out[i]) &
					r->controls) != 0)
				return true;
	return false;
}

static bool
has_capture(const struct fa_find *fd, const struct fa_walked *w)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t k = 0; k < w->n; k++)
		for (uint32_t i = g->first[w->order[k]];
			i < g->first[w->order[k] + 1]; i++)
			if ((g->edge[g->out[i]] & FA_EDGE_CAPTURE) != 0)
				return true;
	return false;
}

static bool
is_blocked(const struct fa_find *fd, const struct right *r,
	const struct fa_walked *w)
{
	bool withdraws = (r->controls & BIT(WITHDRAW)) != 0;

	for (uint32_t i = 0; i < w->n; i++)
		if ((withdraws &&
			    (fd->g->v->screens[w->order[i]].signs &
				    FA_SIGN_OFFCHANNEL) != 0) ||
			(fa_find_roles(fd, w->order[i]) & SCR(BLOCKED)) != 0)
			return true;
	for (size_t i = 0; i < fd->g->f->ends_n; i++)
		if (fd->g->f->ends[i].kind == FA_FLOW_END_DEAD &&
			!fd->g->visited &&
			fa_walked_has(w, fd->g->f->ends[i].screen))
			return true;
	return false;
}

static unsigned
taps_to(const struct fa_find *fd, uint32_t s)
{
	return fa_find_reached(fd, s) ? fd->g->home->dist[s] : 0;
}

/* Withdrawing compared with giving, both from the start of the app: what the
 * two ways share counts for both. */
static void
compare_taps(struct fa_find *fd, uint32_t t, uint32_t steps)
{
	const struct fa_graph *g = fd->g;
	uint32_t from = g->f->transitions[t].from;
	unsigned give = 0, take;

	for (uint32_t i = 0; i < fd->groups_n; i++)
		for (uint32_t k = 0; k < fd->groups[i].captures_n; k++) {
			uint32_t s =
				g->f->transitions[fd->groups[i].captures[k]]
					.from;
			unsigned n = taps_to(fd, s) + 1;

			if (fa_graph_dominates(g, s, from))
				return;
			give = give == 0 || n < give ? n : give;
		}
	/* A nearer control could be where nobody looked. */
	if (fa_find_marked(fd, g->home, FA_NODE_OPAQUE | FA_NODE_UNEXPLORED) !=
		FA_FLOW_NONE)
		return;
	take = taps_to(fd, from) + 1 + steps;
	if (give > 0 && take >= HARDER_TIMES * give &&
		take >= give + HARDER_MORE)
		fa_find_add(fd, FA_FACT_WITHDRAW_HARDER, NULL, from,
			g->f->transitions[t].element, t,
			fa_find_note(fd, "giving %u taps, withdrawing %u", give,
				take));
}

/* What was found of one entry. */
enum found { NOTHING, NEEDS, BLOCKED, WORKS };

static enum found
follow(struct fa_find *fd, const struct right *r, uint32_t t, uint32_t *steps)
{
	struct fa_graph *g = fd->g;
	uint32_t to = g->f->transitions[t].to, end;
	const uint32_t back = FA_EDGE_BACK | FA_EDGE_DOCUMENT;
	bool open, blocked;

	if (!fa_graph_walk(g, fd->w, &to, 1, CAPTURES | back, FA_NODE_BOX))
		return NOTHING;
	end = good_end(fd, r, fd->w);
	if (end != FA_FLOW_NONE || exits_well(fd, r, fd->w)) {
		*steps = end == FA_FLOW_NONE ? 1 : fd->w->dist[end];
		return WORKS;
	}
	open = fa_find_marked(fd, fd->w, FA_NODE_OPAQUE | FA_NODE_UNEXPLORED) !=
		FA_FLOW_NONE;
	blocked = is_blocked(fd, r, fd->w);
	if (open)
		return NOTHING;
	if (has_capture(fd, fd->w))
		return NEEDS;
	return blocked ? BLOCKED : NOTHING;
}

/* Screens that stand before the control are not entered again. */
static void
mark_before(struct fa_find *fd, uint32_t s)
{
	struct fa_graph *g = fd->g;

	for (uint32_t i = 0; i < g->n; i++)
		g->node[i] &= ~FA_NODE_BOX;
	for (; s != FA_FLOW_NONE; s = g->idom[s]) {
		g->node[s] |= FA_NODE_BOX;
		if (g->idom[s] == s)
			break;
	}
}

static void
find_right(struct fa_find *fd, const struct right *r)
{
	struct fa_graph *g = fd->g;
	enum found best = NOTHING;
	uint32_t at = FA_FLOW_NONE, steps = 0;
	unsigned left = ENTRIES;

	for (uint32_t i = 0; i < g->f->transitions_n && left > 0; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];
		uint32_t n = 0;
		enum found f;

		if (t->to == FA_FLOW_NONE || t->to == t->from ||
			!fa_find_reached(fd, t->from) ||
			(fa_graph_controls(g, i) & r->controls) == 0)
			continue;
		left--;
		mark_before(fd, t->from);
		f = follow(fd, r, i, &n);
		if (f > best) {
			best = f;
			at = i;
			steps = n;
		}
	}
	fa_find_unmark(fd);
	if (best == NOTHING)
		return;
	fa_find_add(fd,
		best == WORKS           ? r->works
			: best == NEEDS ? r->needs
					: r->blocked,
		NULL, g->f->transitions[at].from, g->f->transitions[at].element,
		at, FA_STR_NONE);
	if (best == WORKS && (r->controls & BIT(WITHDRAW)) != 0)
		compare_taps(fd, at, steps);
}

void
fa_find_rights(struct fa_find *fd)
{
	if (fd->rc < 0 || fd->groups_n == 0)
		return;
	for (size_t i = 0; i < FA_COUNT(rights); i++)
		find_right(fd, &rights[i]);
}
