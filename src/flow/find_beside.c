/* Beside the control that leads to a face check may stand one that serves the
 * same end in another way: a card beside "face entry", a code beside "enable
 * face entry". Whether it does is not for a program to say when the words do
 * not; so where the control names the face, or the two share a word, a service
 * behind the other one leaves the question open. Where a door is called by its
 * purpose ("withdraw"), the controls beside it are other functions. */
#include "base/utf8.h"
#include "flow/find_way.h"

#define BESIDE_MAX 64 /* transitions of a screen that are compared */

static struct fa_str
label_of(const struct fa_graph *g, uint32_t t)
{
	const struct fa_flow_transition *x = &g->f->transitions[t];
	const struct fa_flow_element *e;

	if (x->element == FA_FLOW_NONE)
		return FA_STR_NONE;
	e = &g->f->screens[x->from].elements[x->element];
	return e->text.n > 0 ? e->text : e->label;
}

/* Two Chinese characters in a row that both labels have. */
static bool
share_a_word(struct fa_str a, struct fa_str b)
{
	size_t at = 0;

	while (at < a.n) {
		uint32_t x = 0, y = 0;
		size_t n = fa_utf8_next(fa_str_sub(a, at, a.n), &x);
		size_t m = 0;

		if (at + n < a.n)
			m = fa_utf8_next(fa_str_sub(a, at + n, a.n), &y);
		if (m > 0 && fa_rune_is_han(x) && fa_rune_is_han(y) &&
			fa_str_find(b, fa_str_sub(a, at, at + n + m), 0) !=
				SIZE_MAX)
			return true;
		at += n;
	}
	return false;
}

static bool
is_inside(const struct fa_graph *g, uint32_t screen)
{
	return (g->node[screen] & (FA_NODE_BEFORE | FA_NODE_GROUP)) != 0;
}

/* Does the transition lead on towards the check? */
static bool
leads_in(const struct fa_graph *g, uint32_t t)
{
	uint32_t to = g->f->transitions[t].to;

	return to != FA_FLOW_NONE && is_inside(g, to) &&
		to != g->f->transitions[t].from &&
		(g->edge[t] & (FA_EDGE_BACK | FA_EDGE_REFUSE)) == 0;
}

static bool
serves(const struct fa_ways *x, uint32_t t)
{
	const struct fa_graph *g = x->fd->g;
	const uint32_t no = FA_WAY_CAPTURES | FA_EDGE_BACK | FA_EDGE_REFUSE |
		FA_EDGE_DOCUMENT;
	uint32_t to = g->f->transitions[t].to;

	return to != FA_FLOW_NONE && !is_inside(g, to) &&
		(g->edge[t] & no) == 0 &&
		(fa_find_roles(x->fd, to) & FA_SCR_BIT(FA_SCR_SUCCESS)) != 0;
}

static bool
pair_is_open(const struct fa_ways *x, uint32_t in, uint32_t beside)
{
	const struct fa_graph *g = x->fd->g;

	if (!leads_in(g, in) || !serves(x, beside))
		return false;
	return (fa_graph_controls(g, in) & FA_CTL_BIT(FA_CTL_FACE)) != 0 ||
		share_a_word(label_of(g, in), label_of(g, beside));
}

bool
fa_way_beside(const struct fa_ways *x)
{
	const struct fa_graph *g = x->fd->g;

	for (uint32_t s = 0; s < g->n; s++) {
		uint32_t from = g->first[s], to = g->first[s + 1];

		if (!is_inside(g, s))
			continue;
		if (to - from > BESIDE_MAX)
			to = from + BESIDE_MAX;
		for (uint32_t i = from; i < to; i++)
			for (uint32_t k = from; k < to; k++)
				if (pair_is_open(x, g->out[i], g->out[k]))
					return true;
	}
	return false;
}
