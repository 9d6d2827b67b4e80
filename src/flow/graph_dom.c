/* Immediate dominators: the last screen that every way from the start to a
 * screen passes before it. Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm": screens in reverse postorder, the dominator of a
 * screen is where those of its predecessors meet, until nothing changes. The
 * rounds are limited: what has not settled by then has no dominator but the
 * start, which only weakens answers. */
#include "flow/graph.h"

#define ROUNDS 64

struct dom {
	uint32_t *number; /* reverse postorder of a screen; UINT32_MAX: none */
	uint32_t *screen; /* by number */
	uint32_t n;
	uint32_t *first, *from; /* predecessors, like g->first and g->out */
};

struct frame {
	uint32_t screen, next;
};

static bool
is_passed(const struct fa_graph *g, size_t transition)
{
	return g->f->transitions[transition].to != FA_FLOW_NONE &&
		(g->edge[transition] & FA_EDGE_UNDO) == 0;
}

/* Depth first with a stack of our own. */
static void
number_screens(struct dom *d, const struct fa_graph *g, struct frame *stack)
{
	uint32_t depth = 1, left = g->n;
	uint32_t *post = d->screen;

	d->n = 0;
	stack[0] = (struct frame){ g->f->start, g->first[g->f->start] };
	d->number[g->f->start] = 0;
	while (depth > 0) {
		struct frame *top = &stack[depth - 1];

		if (top->next < g->first[top->screen + 1]) {
			uint32_t t = g->out[top->next++];
			uint32_t to = g->f->transitions[t].to;

			if (is_passed(g, t) && d->number[to] == UINT32_MAX) {
				d->number[to] = 0;
				stack[depth++] =
					(struct frame){ to, g->first[to] };
			}
			continue;
		}
		post[--left] = top->screen;
		d->n++;
		depth--;
	}
	for (uint32_t i = 0; i < d->n; i++) {
		d->screen[i] = post[left + i];
		d->number[d->screen[i]] = i;
	}
}

static void
sort_back(struct dom *d, const struct fa_graph *g, uint32_t *at)
{
	const struct fa_flow *f = g->f;

	for (size_t i = 0; i < f->transitions_n; i++)
		if (is_passed(g, i))
			d->first[f->transitions[i].to + 1]++;
	for (uint32_t s = 0; s < g->n; s++) {
		d->first[s + 1] += d->first[s];
		at[s] = d->first[s];
	}
	for (size_t i = 0; i < f->transitions_n; i++)
		if (is_passed(g, i))
			d->from[at[f->transitions[i].to]++] =
				f->transitions[i].from;
}

/* Where the dominators of two numbers meet. */
static uint32_t
meet(const uint32_t *idom, uint32_t a, uint32_t b)
{
	while (a != b) {
		while (a > b)
			a = idom[a];
		while (b > a)
			b = idom[b];
	}
	return a;
}

static bool
settle(const struct dom *d, uint32_t *idom)
{
	bool changed = false;

	for (uint32_t i = 1; i < d->n; i++) {
		uint32_t s = d->screen[i], best = UINT32_MAX;

		for (uint32_t k = d->first[s]; k < d->first[s + 1]; k++) {
			uint32_t p = d->number[d->from[k]];

			if (p == UINT32_MAX || idom[p] == UINT32_MAX)
				continue;
			best = best == UINT32_MAX ? p : meet(idom, p, best);
		}
		changed |= idom[i] != best;
		idom[i] = best;
	}
	return changed;
}

int
fa_graph_dominators(struct fa_graph *g, struct fa_err *err)
{
	struct dom d = { 0 };
	struct frame *stack = fa_arena_new(g->a, g->n, sizeof(*stack));
	uint32_t *idom = fa_arena_new(g->a, (size_t)g->n + 1, sizeof(*idom));
	uint32_t *at = fa_arena_new(g->a, (size_t)g->n + 1, sizeof(*at));
	unsigned rounds = 0;

	g->idom = fa_arena_new(g->a, g->n, sizeof(*g->idom));
	d.number = fa_arena_new(g->a, g->n, sizeof(*d.number));
	d.screen = fa_arena_new(g->a, g->n, sizeof(*d.screen));
	d.first = fa_arena_new(g->a, (size_t)g->n + 2, sizeof(*d.first));
	d.from = fa_arena_new(g->a, g->f->transitions_n, sizeof(*d.from));
	if (!stack || !idom || !at || !g->idom || !d.number || !d.screen ||
		!d.first || !d.from)
		return fa_fail(err, FA_E_NOMEM, "no memory for the graph");
	if (g->n == 0)
		return FA_OK;
	for (uint32_t i = 0; i < g->n; i++)
		d.number[i] = idom[i] = g->idom[i] = UINT32_MAX;
	number_screens(&d, g, stack);
	sort_back(&d, g, at);
	idom[0] = 0;
	while (rounds < ROUNDS && settle(&d, idom))
		rounds++;
	for (uint32_t i = 1; i < d.n; i++)
		g->idom[d.screen[i]] = d.screen[rounds < ROUNDS ? idom[i] : 0];
	return FA_OK;
}
