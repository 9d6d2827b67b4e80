#include "flow/graph.h"

#include <string.h>

static int
sort_edges(struct fa_graph *g, struct fa_err *err)
{
	const struct fa_flow *f = g->f;
	uint32_t *at;

	g->first = fa_arena_new(g->a, (size_t)g->n + 2, sizeof(*g->first));
	g->out = fa_arena_new(g->a, f->transitions_n, sizeof(*g->out));
	at = fa_arena_new(g->a, (size_t)g->n + 1, sizeof(*at));
	if (!g->first || !g->out || !at)
		return fa_fail(err, FA_E_NOMEM, "no memory for the graph");
	for (size_t i = 0; i < f->transitions_n; i++)
		g->first[f->transitions[i].from + 1]++;
	for (uint32_t s = 0; s < g->n; s++) {
		g->first[s + 1] += g->first[s];
		at[s] = g->first[s];
	}
	for (size_t i = 0; i < f->transitions_n; i++)
		g->out[at[f->transitions[i].from]++] = (uint32_t)i;
	return FA_OK;
}

static bool
leads_to(const struct fa_graph *g, uint32_t from, uint32_t to)
{
	for (uint32_t i = g->first[from]; i < g->first[from + 1]; i++)
		if (g->f->transitions[g->out[i]].to == to &&
			g->f->transitions[g->out[i]].action != FA_FLOW_BACK)
			return true;
	return false;
}

/* The back key leads to where one came from. That a visit came to the settings
 * from a later screen does not open that screen to who comes from the first
 * one: only the way back to what lies nearer to the start holds for all. */
static void
mark_undo(struct fa_graph *g)
{
	const uint32_t *dist = g->home->dist;
	const struct fa_flow *f = g->f;

	if (g->n == 0)
		return;
	for (size_t i = 0; i < f->transitions_n; i++)
		if (f->transitions[i].action == FA_FLOW_BACK)
			g->edge[i] |= FA_EDGE_UNDO;
	if (!fa_graph_walk(g, g->home, &f->start, 1, 0, 0))
		return;
	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *x = &f->transitions[i];

		if (x->to == FA_FLOW_NONE || dist[x->to] == UINT32_MAX ||
			dist[x->to] <= dist[x->from] ||
			!leads_to(g, x->to, x->from))
			g->edge[i] &= ~FA_EDGE_UNDO;
	}
}

int
fa_graph_new(struct fa_graph *g, const struct fa_view *v, struct fa_arena *a,
	struct fa_err *err)
{
	int rc;

	*g = (struct fa_graph){ .v = v, .f = v->flow, .a = a };
	g->n = (uint32_t)v->flow->screens_n;
	g->walks_left = FA_GRAPH_WALKS;
	g->visited = fa_str_eq(g->f->importer, FA_STR("walk"));
	g->edge = fa_arena_new(a, g->f->transitions_n, sizeof(*g->edge));
	g->node = fa_arena_new(a, g->n, sizeof(*g->node));
	g->home = fa_walked_new(g);
	if (!g->edge || !g->node || !g->home)
		return fa_fail(err, FA_E_NOMEM, "no memory for the graph");
	rc = sort_edges(g, err);
	if (rc < 0)
		return rc;
	fa_graph_mark(g);
	mark_undo(g);
	if (g->n > 0)
		(void)fa_graph_walk(g, g->home, &g->f->start, 1, 0, 0);
	return fa_graph_dominators(g, err);
}

struct fa_walked *
fa_walked_new(struct fa_graph *g)
{
	struct fa_walked *w = fa_arena_new(g->a, 1, sizeof(*w));

	if (!w)
		return NULL;
	w->dist = fa_arena_new(g->a, g->n, sizeof(*w->dist));
	w->by = fa_arena_new(g->a, g->n, sizeof(*w->by));
	w->order = fa_arena_new(g->a, g->n, sizeof(*w->order));
	if (!w->dist || !w->by || !w->order)
		return NULL;
	memset(w->dist, 0xff, g->n * sizeof(*w->dist));
	memset(w->by, 0xff, g->n * sizeof(*w->by));
	return w;
}

static void
reach(struct fa_walked *w, uint32_t screen, uint32_t dist, uint32_t by)
{
	if (w->dist[screen] != UINT32_MAX)
		return;
	w->dist[screen] = dist;
	w->by[screen] = by;
	w->order[w->n++] = screen;
}

bool
fa_graph_walk(struct fa_graph *g, struct fa_walked *w, const uint32_t *from,
	uint32_t n, uint32_t no_edges, uint32_t no_nodes)
{
	memset(w->dist, 0xff, g->n * sizeof(*w->dist));
	memset(w->by, 0xff, g->n * sizeof(*w->by));
	w->n = 0;
	no_edges |= FA_EDGE_UNDO;
	if (g->walks_left == 0)
		return false;
	g->walks_left--;
	for (uint32_t i = 0; i < n; i++)
		reach(w, from[i], 0, FA_FLOW_NONE);
	for (uint32_t head = 0; head < w->n; head++) {
		uint32_t s = w->order[head];

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
			uint32_t t = g->out[i];
			uint32_t to = g->f->transitions[t].to;

			if (to != FA_FLOW_NONE &&
				(g->edge[t] & no_edges) == 0 &&
				(g->node[to] & no_nodes) == 0)
				reach(w, to, w->dist[s] + 1, t);
		}
	}
	return true;
}

/* What a place on a screen rests on when no transition is involved. */
static enum fa_flow_basis
basis_of_screen(const struct fa_graph *g, uint32_t screen)
{
	const struct fa_flow *f = g->f;
	enum fa_flow_basis b = f->platform == FA_FLOW_DECLARED
		? FA_FLOW_STATED
		: FA_FLOW_OBSERVED;

	if (fa_str_eq(f->importer, FA_STR("sketch")))
		b = FA_FLOW_STATED;
	for (uint32_t i = g->first[screen]; i < g->first[screen + 1]; i++)
		if (f->transitions[g->out[i]].basis < b)
			b = f->transitions[g->out[i]].basis;
	return b;
}

int
fa_graph_place(struct fa_flow_place *out, struct fa_graph *g,
	const struct fa_walked *w, uint32_t screen, uint32_t last)
{
	bool more = last != FA_FLOW_NONE;
	size_t way = fa_walked_has(w, screen) ? w->dist[screen] : 0;
	size_t n = way + more;
	size_t kept = n > FA_GRAPH_PATH ? FA_GRAPH_PATH : n;
	uint32_t *path = fa_arena_new(g->a, kept, sizeof(*path));
	uint32_t at = screen;

	if (!path)
		return FA_E_NOMEM;
	out->screen = screen;
	out->element = FA_FLOW_NONE;
	out->path = path;
	out->path_n = kept;
	out->basis = FA_FLOW_OBSERVED;
	for (size_t i = n; i > 0; i--) {
		uint32_t t = more && i == n ? last : w->by[at];

		if (n - i < kept)
			path[kept - 1 - (n - i)] = t;
		if (g->f->transitions[t].basis < out->basis)
			out->basis = g->f->transitions[t].basis;
		if (!(more && i == n))
			at = g->f->transitions[t].from;
	}
	if (n == 0)
		out->basis = basis_of_screen(g, screen);
	return FA_OK;
}

uint32_t
fa_graph_controls(const struct fa_graph *g, uint32_t transition)
{
	const struct fa_flow_transition *t = &g->f->transitions[transition];

	return t->element == FA_FLOW_NONE
		? 0
		: g->v->screens[t->from].elements[t->element].controls;
}

bool
fa_graph_dominates(const struct fa_graph *g, uint32_t x, uint32_t screen)
{
	for (uint32_t s = screen; s != FA_FLOW_NONE; s = g->idom[s]) {
		if (s == x)
			return true;
		if (g->idom[s] == s)
			return false;
	}
	return false;
}

/* Dialogs of all kinds are called so. */
static bool
is_any_title(struct fa_str title)
{
	static const char *const any[] = { "提示", "温馨提示", "友情提示",
		"系统提示", "提醒", "温馨提醒", "重要提示", "确认", "notice",
		"tip", "tips", "reminder", "confirm" };

	for (size_t i = 0; i < FA_COUNT(any); i++)
		if (fa_str_ieq(title, fa_str_c(any[i])))
			return true;
	return title.n == 0;
}

/* Every text of one stands in the other. */
static bool
same_texts(const struct fa_flow_screen *a, const struct fa_flow_screen *b)
{
	if (a->elements_n != b->elements_n)
		return false;
	for (size_t i = 0; i < a->elements_n; i++)
		if (!fa_str_eq(a->elements[i].text, b->elements[i].text))
			return false;
	return true;
}

bool
fa_graph_same_question(const struct fa_graph *g, uint32_t x, uint32_t y)
{
	const struct fa_flow_screen *a = &g->f->screens[x];
	const struct fa_flow_screen *b = &g->f->screens[y];
	const uint32_t asks = FA_SCR_BIT(FA_SCR_FACE_CONSENT) |
		FA_SCR_BIT(FA_SCR_FACE_PROMPT) | FA_SCR_BIT(FA_SCR_CAPTURE);
	uint32_t both = g->v->screens[x].roles & g->v->screens[y].roles;

	if (x == y)
		return true;
	if (a->fingerprint.n > 0 && fa_str_eq(a->title, b->title) &&
		fa_str_eq(a->fingerprint, b->fingerprint))
		return true;
	if ((both & asks) == 0 || !fa_str_eq(a->title, b->title))
		return false;
	return !is_any_title(a->title) || same_texts(a, b);
}
