/* All facts of a flow. Here the plain ones, of elements and screens by
 * themselves; each other question has a file of its own (find_*.c). */
#include "flow/facts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define NOTE_BYTES 160

void
fa_find_add(struct fa_find *fd, enum fa_fact_kind kind,
	const struct fa_walked *w, uint32_t screen, uint32_t element,
	uint32_t last, struct fa_str note)
{
	struct fa_fact *grown;

	if (fd->rc < 0)
		return;
	if (fd->n >= FA_FIND_MAX) {
		fd->rc = fa_fail(fd->err, FA_E_LIMIT,
			"more than %d facts in a flow", FA_FIND_MAX);
		return;
	}
	grown = fa_arena_grow(
		fd->g->a, fd->at, &fd->cap, fd->n + 1, sizeof(*grown));
	if (!grown) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return;
	}
	fd->at = grown;
	grown += fd->n;
	*grown = (struct fa_fact){ .kind = kind, .note = note };
	if (fa_graph_place(&grown->place, fd->g, w ? w : fd->g->home, screen,
		    last) < 0) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return;
	}
	grown->place.element = element;
	fd->n++;
}

struct fa_str
fa_find_note(struct fa_find *fd, const char *fmt, ...)
{
	char text[NOTE_BYTES];
	struct fa_str out;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out = fa_arena_dup(fd->g->a, fa_str_c(text));
	if (!out.p && fd->rc == FA_OK)
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
	return out;
}

uint32_t
fa_find_control(const struct fa_find *fd, uint32_t screen, uint32_t controls)
{
	const struct fa_view_screen *v = &fd->g->v->screens[screen];

	for (size_t i = 0; i < fd->g->f->screens[screen].elements_n; i++)
		if ((v->elements[i].controls & controls) != 0)
			return (uint32_t)i;
	return FA_FLOW_NONE;
}

uint32_t
fa_find_marked(
	const struct fa_find *fd, const struct fa_walked *w, uint32_t marks)
{
	for (uint32_t i = 0; i < w->n; i++)
		if ((fd->g->node[w->order[i]] & marks) != 0)
			return w->order[i];
	return FA_FLOW_NONE;
}

static const struct {
	uint32_t controls;
	enum fa_fact_kind kind;
} of_element[] = {
	{ BIT(ACCEPT), FA_FACT_ACCEPT },
	{ BIT(REFUSE) | BIT(LATER), FA_FACT_REFUSE },
	{ BIT(OTHER_METHOD), FA_FACT_OTHER_METHOD },
	{ BIT(FACE) | BIT(CAPTURE), FA_FACT_FACE_CONTROL },
	{ BIT(NEUTRAL), FA_FACT_NEUTRAL },
	{ BIT(AGREE_BOX), FA_FACT_AGREE_BOX },
};

static const struct {
	uint32_t roles;
	enum fa_fact_kind kind;
} of_screen[] = {
	{ SCR(CAPTURE), FA_FACT_CAPTURE },
	{ SCR(FACE_PROMPT), FA_FACT_FACE_PROMPT },
	{ SCR(CONSENT), FA_FACT_CONSENT },
	{ SCR(FACE_CONSENT), FA_FACT_FACE_CONSENT },
	{ SCR(DOCUMENT), FA_FACT_DOCUMENT },
	{ SCR(METHODS), FA_FACT_METHODS },
	{ SCR(RETAIN), FA_FACT_RETAIN },
	{ SCR(BLOCKED), FA_FACT_BLOCKED },
	{ SCR(GUARDIAN), FA_FACT_GUARDIAN },
	{ SCR(AGE), FA_FACT_AGE },
};

static void
find_elements(struct fa_find *fd, uint32_t s)
{
	const struct fa_view_screen *v = &fd->g->v->screens[s];
	size_t n = fd->g->f->screens[s].elements_n;

	for (size_t k = 0; k < FA_COUNT(of_element); k++)
		for (size_t i = 0; i < n && fd->rc == FA_OK; i++)
			if ((v->elements[i].controls &
				    of_element[k].controls) != 0)
				fa_find_add(fd, of_element[k].kind, NULL, s,
					(uint32_t)i, FA_FLOW_NONE, FA_STR_NONE);
}

/* Screens around a face check: its own, and where refusing it leads. */
static void
find_context(struct fa_find *fd)
{
	struct fa_graph *g = fd->g;

	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to != FA_FLOW_NONE &&
			(g->edge[i] & FA_EDGE_SAYS_NO) != 0 &&
			(g->node[t->from] & FA_NODE_FACE) != 0)
			g->node[t->to] |= FA_NODE_BOX;
	}
	for (uint32_t s = 0; s < g->n; s++) {
		if ((g->node[s] & (FA_NODE_FACE | FA_NODE_BOX)) != 0)
			fa_find_add(fd, FA_FACT_FACE_CONTEXT, NULL, s,
				FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
		g->node[s] &= ~FA_NODE_BOX;
	}
}

static void
find_plain(struct fa_find *fd)
{
	for (uint32_t s = 0; s < fd->g->n && fd->rc == FA_OK; s++) {
		for (size_t k = 0; k < FA_COUNT(of_screen); k++)
			if ((fa_find_roles(fd, s) & of_screen[k].roles) != 0)
				fa_find_add(fd, of_screen[k].kind, NULL, s,
					FA_FLOW_NONE, FA_FLOW_NONE,
					FA_STR_NONE);
		find_elements(fd, s);
	}
	find_context(fd);
}

static int
compare(const void *va, const void *vb)
{
	const struct fa_fact *a = va, *b = vb;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->place.screen != b->place.screen)
		return a->place.screen < b->place.screen ? -1 : 1;
	if (a->place.element != b->place.element)
		return a->place.element < b->place.element ? -1 : 1;
	if (a->place.path_n != b->place.path_n)
		return a->place.path_n < b->place.path_n ? -1 : 1;
	for (size_t i = 0; i < a->place.path_n; i++)
		if (a->place.path[i] != b->place.path[i])
			return a->place.path[i] < b->place.path[i] ? -1 : 1;
	return fa_str_cmp(a->note, b->note);
}

/* In order, and one of each kind at each place. */
static void
sort(struct fa_find *fd)
{
	size_t n = 0;

	if (fd->n > 1)
		qsort(fd->at, fd->n, sizeof(*fd->at), compare);
	for (size_t i = 0; i < fd->n; i++) {
		const struct fa_fact *f = &fd->at[i];
		const struct fa_fact *last = n > 0 ? &fd->at[n - 1] : NULL;

		if (!last || last->kind != f->kind ||
			last->place.screen != f->place.screen ||
			last->place.element != f->place.element)
			fd->at[n++] = *f;
	}
	fd->n = n;
}

static int
prepare(struct fa_find *fd)
{
	const uint32_t all = FA_EDGE_CAPTURE | FA_EDGE_ATTEMPT;
	struct fa_graph *g = fd->g;

	fd->around = fa_walked_new(g);
	fd->failing = fa_walked_new(g);
	fd->plain = fa_walked_new(g);
	fd->w = fa_walked_new(g);
	fd->w2 = fa_walked_new(g);
	if (!fd->around || !fd->failing || !fd->plain || !fd->w || !fd->w2)
		return fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
	(void)fa_graph_walk(g, fd->around, &g->f->start, 1, all, 0);
	(void)fa_graph_walk(
		g, fd->failing, &g->f->start, 1, FA_EDGE_CAPTURE, 0);
	(void)fa_graph_walk(
		g, fd->plain, &g->f->start, 1, all | FA_EDGE_BIOMETRIC, 0);
	return FA_OK;
}

static bool
has_face(const struct fa_graph *g)
{
	for (uint32_t s = 0; s < g->n; s++)
		if ((g->node[s] & FA_NODE_FACE) != 0)
			return true;
	return false;
}

/* More face checks than are looked into: the rest is unknown. */
static void
find_cut(struct fa_find *fd)
{
	const struct fa_str why =
		FA_STR("more face checks than are looked into");
	uint32_t s = fd->groups[0].root;

	fa_find_add(fd, FA_FACT_SOLE_UNKNOWN, NULL, s, FA_FLOW_NONE,
		FA_FLOW_NONE, why);
	fa_find_add(fd, FA_FACT_CONSENT_UNKNOWN, NULL, s, FA_FLOW_NONE,
		FA_FLOW_NONE, why);
	fa_find_add(fd, FA_FACT_REFUSAL_UNKNOWN, NULL, s, FA_FLOW_NONE,
		FA_FLOW_NONE, why);
}

int
fa_flow_facts(struct fa_facts *out, const struct fa_view *v, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_graph g;
	struct fa_find fd = { .g = &g, .err = err };
	int rc = fa_graph_new(&g, v, a, err);

	if (rc == FA_OK && g.n > 0)
		rc = prepare(&fd);
	if (rc < 0)
		return rc;
	if (g.n > 0) {
		find_plain(&fd);
		fa_find_groups(&fd);
		fa_find_consent(&fd);
		fa_find_notice(&fd);
		fa_find_minors(&fd);
		fa_find_rights(&fd);
		for (uint32_t i = 0; i < fd.groups_n; i++) {
			fa_find_ways(&fd, &fd.groups[i]);
			fa_find_refusals(&fd, &fd.groups[i]);
			fa_find_again(&fd, &fd.groups[i]);
		}
		fa_find_choice(&fd);
	}
	if (fd.rc == FA_OK && fd.cut)
		find_cut(&fd);
	if (fd.rc < 0)
		return fd.rc;
	sort(&fd);
	*out = (struct fa_facts){ fd.at, fd.n, has_face(&g) };
	return FA_OK;
}
