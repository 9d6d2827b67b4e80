/* FRM.5.1.a and FRM.12: what is told about the face before it is captured, and
 * whether the capture hides what it is. The walks leave out the screens that
 * tell; whether the capture is still reached is the answer. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)

/* Is target reached without passing a marked screen, itself included? */
static bool
untold(struct fa_find *fd, uint32_t target, uint32_t marks, bool *known)
{
	struct fa_graph *g = fd->g;
	uint32_t start = g->f->start;

	*known = fa_graph_walk(g, fd->w, &start, 1, 0, marks);
	return *known && fa_walked_has(fd->w, target) &&
		(g->node[start] & marks) == 0 && (g->node[target] & marks) == 0;
}

static bool
links_face(const struct fa_find *fd, uint32_t s)
{
	const struct fa_walked *w = fd->w;

	for (;;) {
		if ((fd->g->v->screens[s].signs & FA_SIGN_FACE_DOC) != 0)
			return true;
		if (w->by[s] == FA_FLOW_NONE)
			return false;
		s = fd->g->f->transitions[w->by[s]].from;
	}
}

static uint32_t
telling(const struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;

	while ((g->node[s] & FA_NODE_TELLS) == 0 &&
		g->home->by[s] != FA_FLOW_NONE)
		s = g->f->transitions[g->home->by[s]].from;
	return s;
}

static void
judge_notice(struct fa_find *fd, uint32_t s)
{
	bool known;

	if (!untold(fd, s, FA_NODE_TELLS, &known)) {
		if (known)
			fa_find_add(fd, FA_FACT_NOTICE_ON_SCREEN, NULL,
				telling(fd, s), FA_FLOW_NONE, FA_FLOW_NONE,
				FA_STR_NONE);
		return;
	}
	if (!untold(fd, s, FA_NODE_MENTIONS | FA_NODE_OPAQUE, &known))
		return;
	fa_find_add(fd,
		links_face(fd, s) ? FA_FACT_NOTICE_BEHIND_LINK
				  : FA_FACT_NOTICE_NONE,
		fd->w, s, FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
}

/* A control that does not name the face leads into a capture that runs at
 * once, or that does not name it either; nothing before named it. */
static void
judge_hidden(struct fa_find *fd, uint32_t s)
{
	struct fa_graph *g = fd->g;
	uint32_t start = g->f->start;
	bool runs = (g->v->screens[s].signs & FA_SIGN_CAMERA) != 0 &&
		fa_find_control(fd, s, BIT(CAPTURE)) == FA_FLOW_NONE;
	const uint32_t no = FA_NODE_NAMES_FACE | FA_NODE_OPAQUE;

	if ((g->node[s] & FA_NODE_OPAQUE) != 0 ||
		((g->node[s] & FA_NODE_NAMES_FACE) != 0 && !runs) ||
		(g->node[start] & no) != 0 ||
		!fa_graph_walk(g, fd->w, &start, 1, 0, no))
		return;
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to != s || t->from == s ||
			!fa_walked_has(fd->w, t->from) ||
			t->action != FA_FLOW_TAP ||
			(fa_graph_controls(g, (uint32_t)i) & BIT(FACE)) != 0)
			continue;
		fa_find_add(fd, FA_FACT_HIDDEN_CAPTURE, fd->w, t->from,
			t->element, (uint32_t)i, FA_STR_NONE);
		return;
	}
}

void
fa_find_notice(struct fa_find *fd)
{
	uint32_t n;
	const uint32_t *captures = fa_find_captures(fd, &n);

	for (uint32_t i = 0; i < n && fd->rc == FA_OK; i++) {
		if ((fd->g->node[captures[i]] & FA_NODE_OPAQUE) != 0)
			continue;
		judge_notice(fd, captures[i]);
		judge_hidden(fd, captures[i]);
	}
}
