/* FRM.5.1.a and FRM.12: what is told about the face before it is captured, and
 * whether the capture hides what it is. The walks leave out the screens that
 * tell; whether the capture is still reached is the answer. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define HEADINGS 4 /* elements of a document that may be its heading */
#define NAMES 500  /* of documents that are looked for */

/* Is target reached without passing a marked screen, itself included? */
static bool
untold(struct fa_find *fd, uint32_t target, uint32_t no_edges, uint32_t marks,
	bool *known)
{
	struct fa_graph *g = fd->g;
	uint32_t start = g->f->start;

	*known = fa_graph_walk(g, fd->w, &start, 1, no_edges, marks);
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

	if (!untold(fd, s, 0, FA_NODE_TELLS, &known)) {
		if (known)
			fa_find_add(fd, FA_FACT_NOTICE_ON_SCREEN, NULL,
				telling(fd, s), FA_FLOW_NONE, FA_FLOW_NONE,
				FA_STR_NONE);
		return;
	}
	if (!untold(fd, s, FA_EDGE_TOLD, FA_NODE_MENTIONS | FA_NODE_OPAQUE,
		    &known))
		return;
	fa_find_add(fd,
		links_face(fd, s) ? FA_FACT_NOTICE_BEHIND_LINK
				  : FA_FACT_NOTICE_NONE,
		fd->w, s, FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
}

/* A control that does not name the face leads into a capture that does not
 * name it either; nothing before named it. */
static void
judge_hidden(struct fa_find *fd, uint32_t s)
{
	struct fa_graph *g = fd->g;
	uint32_t start = g->f->start;
	const uint32_t no = FA_NODE_NAMES_FACE | FA_NODE_OPAQUE;

	if ((g->node[s] & no) != 0 || (g->node[start] & no) != 0 ||
		!fa_graph_walk(g, fd->w, &start, 1, FA_EDGE_TOLD, no))
		return;
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to != s || t->from == s ||
			!fa_walked_has(fd->w, t->from) ||
			t->action != FA_FLOW_TAP ||
			(g->edge[i] & FA_EDGE_TOLD) != 0 ||
			(fa_graph_controls(g, (uint32_t)i) & BIT(FACE)) != 0)
			continue;
		fa_find_add(fd, FA_FACT_HIDDEN_CAPTURE, fd->w, t->from,
			t->element, (uint32_t)i, FA_STR_NONE);
		return;
	}
}

/* Does a document of the flow bear the name, in its title or a heading? */
static bool
is_opened(const struct fa_find *fd, struct fa_str name)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t s = 0; s < g->n; s++) {
		const struct fa_flow_screen *f = &g->f->screens[s];

		if ((g->node[s] & FA_NODE_DOCUMENT) == 0 ||
			!fa_find_reached(fd, s))
			continue;
		if (fa_str_find(f->title, name, 0) != SIZE_MAX)
			return true;
		for (size_t i = 0; i < f->elements_n && i < HEADINGS; i++)
			if (fa_str_find(f->elements[i].text, name, 0) !=
				SIZE_MAX)
				return true;
	}
	return false;
}

/* Names in 《》 in a text that no document bears. */
static bool
names_unopened(const struct fa_find *fd, struct fa_str text)
{
	const struct fa_str open = FA_STR("《"), close = FA_STR("》");
	size_t at = fa_str_find(text, open, 0);

	while (at != SIZE_MAX) {
		size_t end = fa_str_find(text, close, at);

		if (end == SIZE_MAX ||
			!is_opened(fd, fa_str_sub(text, at + open.n, end)))
			return true;
		at = fa_str_find(text, open, end);
	}
	return false;
}

/* Does a control that opens a document lead to one? */
static bool
opens(const struct fa_find *fd, uint32_t s, uint32_t e)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
		const struct fa_flow_transition *t =
			&g->f->transitions[g->out[i]];

		if (t->element == e && t->to != FA_FLOW_NONE &&
			(g->node[t->to] & FA_NODE_DOCUMENT) != 0)
			return true;
	}
	return false;
}

/* Every document that the screen names or links was opened. */
static bool
has_documents(const struct fa_find *fd, uint32_t s, unsigned *names)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	for (uint32_t i = 0; i < f->elements_n; i++) {
		const struct fa_flow_element *e = &f->elements[i];
		bool named = fa_str_find(e->text, FA_STR("《"), 0) != SIZE_MAX;

		if (named && (*names == 0 || names_unopened(fd, e->text)))
			return false;
		*names -= named;
		if (!named && (v->elements[i].controls & BIT(DOCUMENT)) != 0 &&
			!opens(fd, s, i))
			return false;
		for (size_t k = 0; k < e->links_n; k++)
			if (!opens(fd, s, i) &&
				!is_opened(fd, e->links[k].text))
				return false;
	}
	return true;
}

/* All that is told is here: nothing of the flow is untried, cut or opaque, and
 * each document that is named was opened. */
static void
find_complete(struct fa_find *fd)
{
	const struct fa_graph *g = fd->g;
	const uint32_t gap =
		FA_NODE_OPAQUE | FA_NODE_UNEXPLORED | FA_NODE_UNTRIED;
	unsigned names = NAMES;

	/* What dialogs of the browser say is no text of the flow. */
	for (size_t i = 0; i < g->f->transitions_n; i++)
		if ((g->edge[i] & FA_EDGE_TOLD) != 0)
			return;
	for (uint32_t s = 0; s < g->n; s++)
		if (fa_find_reached(fd, s) &&
			((g->node[s] & gap) != 0 ||
				!has_documents(fd, s, &names)))
			return;
	for (uint32_t i = 0; i < fd->groups_n; i++)
		if (fd->groups[i].captures_n > 0)
			fa_find_add(fd, FA_FACT_NOTICE_COMPLETE, NULL,
				fd->groups[i].root, FA_FLOW_NONE, FA_FLOW_NONE,
				FA_STR_NONE);
}

static bool
captures_behind(
	struct fa_find *fd, uint32_t s, const uint32_t *captures, uint32_t n)
{
	struct fa_graph *g = fd->g;

	/* Out of budget: there may be. */
	if (!fa_graph_walk(g, fd->w, &s, 1, FA_EDGE_TOLD, 0))
		return n > 0;
	for (uint32_t i = 0; i < n; i++)
		if (captures[i] != s && fa_walked_has(fd->w, captures[i]))
			return true;
	return false;
}

/* A screen that is a picture, or did not load, may tell what no other does. */
static void
find_unread(struct fa_find *fd, const uint32_t *captures, uint32_t n)
{
	const struct fa_graph *g = fd->g;

	for (uint32_t s = 0; s < g->n && fd->rc == FA_OK; s++)
		if ((g->node[s] & FA_NODE_OPAQUE) != 0 &&
			fa_find_reached(fd, s) &&
			captures_behind(fd, s, captures, n)) {
			fa_find_add(fd, FA_FACT_NOTICE_UNREAD, NULL, s,
				FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
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
	if (fd->rc == FA_OK)
		find_unread(fd, captures, n);
	if (fd->rc == FA_OK)
		find_complete(fd);
}
