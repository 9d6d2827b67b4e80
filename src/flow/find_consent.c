/* FRM.6.1, SPC.4.1.2, A191.III: what consent stands before a capture.
 *
 * On every way from the start to a capture there must be a consent that one
 * goes on from: leaving it by refusing, by going back or by another method is
 * no consent. So the walk leaves out the transitions that agree and asks
 * whether the capture is still reached; a way that is found is the evidence.
 * A way through a screen that cannot be seen into shows nothing, since the
 * consent may stand there.
 *
 * Three walks for each capture, each leaving out less: all screens that ask
 * for consent, whatever the answer (reached: none at all), those that name the
 * face (reached: none that names it), those in good form (not reached, opaque
 * screens included: the form is right). */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define WAITS 32  /* ways out by waiting of one screen */
#define BOXES 200 /* ticked boxes that are looked into */

/* Is a permission the only question on the way of w to the capture? */
static uint32_t
permission_on(const struct fa_find *fd, const struct fa_walked *w, uint32_t s)
{
	while (w->by[s] != FA_FLOW_NONE) {
		s = fd->g->f->transitions[w->by[s]].from;
		if ((fa_find_roles(fd, s) & SCR(PERMISSION)) != 0)
			return s;
	}
	return FA_FLOW_NONE;
}

/* The last transition of a way may lead to what is known. */
static void
take_last(struct fa_find *fd, uint32_t target, uint32_t no_edges)
{
	const struct fa_graph *g = fd->g;
	struct fa_walked *w = fd->w;

	for (uint32_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to != target || t->from == target ||
			(g->edge[i] & no_edges) != 0 ||
			!fa_walked_has(w, t->from) ||
			(fa_walked_has(w, target) &&
				w->dist[target] <= w->dist[t->from] + 1))
			continue;
		w->dist[target] = w->dist[t->from] + 1;
		w->by[target] = i;
	}
}

/* The start may itself be what must not be passed. */
static bool
walk_to(struct fa_find *fd, uint32_t target, uint32_t no_edges,
	uint32_t no_nodes, bool *known)
{
	struct fa_graph *g = fd->g;
	uint32_t start = g->f->start;

	*known = fa_graph_walk(g, fd->w, &start, 1,
		no_edges | (g->visited ? FA_EDGE_LATER : 0), no_nodes);
	if (*known && g->visited && (g->node[target] & no_nodes) == 0)
		take_last(fd, target, no_edges);
	return *known && fa_walked_has(fd->w, target) &&
		(g->node[start] & no_nodes) == 0;
}

static uint32_t
element_of(const struct fa_find *fd, uint32_t t)
{
	return t == FA_FLOW_NONE ? FA_FLOW_NONE
				 : fd->g->f->transitions[t].element;
}

static void
add_lack(struct fa_find *fd, enum fa_fact_kind kind, uint32_t s, uint32_t t)
{
	uint32_t p = permission_on(fd, fd->w, s);

	fa_find_add(fd, kind, fd->w, s, element_of(fd, t), t, FA_STR_NONE);
	if (p != FA_FLOW_NONE)
		fa_find_add(fd, FA_FACT_PERMISSION_ONLY, fd->w, p, FA_FLOW_NONE,
			FA_FLOW_NONE, FA_STR_NONE);
}

static void
add_unknown(struct fa_find *fd, uint32_t s, uint32_t t)
{
	fa_find_add(fd, FA_FACT_CONSENT_UNKNOWN, NULL, s, element_of(fd, t), t,
		FA_STR_NONE);
}

/* The last good consent on the shortest way. */
static void
add_good(struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	while ((g->node[s] & FA_NODE_GOOD) == 0) {
		if (g->home->by[s] == FA_FLOW_NONE)
			break;
		s = g->f->transitions[g->home->by[s]].from;
	}
	if ((g->node[s] & FA_NODE_GOOD) != 0)
		fa_find_add(fd, FA_FACT_CONSENT_FORM_OK, NULL, s, FA_FLOW_NONE,
			FA_FLOW_NONE, FA_STR_NONE);
}

/* What going on from a capture would be, if it had been recorded. */
static uint32_t
of_screen(const struct fa_find *fd, uint32_t s)
{
	uint32_t roles = fa_find_roles(fd, s);

	return ((roles & SCR(CONSENT)) != 0 ? FA_EDGE_AGREE : 0) |
		((roles & SCR(FACE_CONSENT)) != 0 ? FA_EDGE_AGREE_FACE : 0) |
		((fd->g->node[s] & FA_NODE_GOOD) != 0 ? FA_EDGE_AGREE_GOOD : 0);
}

static void
judge_capture(struct fa_find *fd, uint32_t s, uint32_t t)
{
	struct fa_graph *g = fd->g;
	uint32_t own = t == FA_FLOW_NONE ? of_screen(fd, s) : g->edge[t];
	bool opaque = (g->node[s] & FA_NODE_OPAQUE) != 0, known;

	if ((own & FA_EDGE_AGREE) == 0 && !opaque &&
		(g->node[s] & FA_NODE_CONSENT) == 0 &&
		walk_to(fd, s, FA_EDGE_TOLD, FA_NODE_OPAQUE | FA_NODE_CONSENT,
			&known)) {
		add_lack(fd, FA_FACT_NO_CONSENT, s, t);
		return;
	}
	if ((own & FA_EDGE_AGREE_FACE) == 0 && !opaque &&
		walk_to(fd, s, FA_EDGE_AGREE_FACE, FA_NODE_OPAQUE, &known)) {
		add_lack(fd, FA_FACT_NO_FACE_CONSENT, s, t);
		return;
	}
	if ((own & FA_EDGE_AGREE_FACE) == 0 &&
		(walk_to(fd, s, FA_EDGE_AGREE_FACE, 0, &known) || !known)) {
		add_unknown(fd, s, t);
		return;
	}
	if ((own & FA_EDGE_AGREE_GOOD) != 0 ||
		(!walk_to(fd, s, FA_EDGE_AGREE_GOOD, 0, &known) && known))
		add_good(fd, s);
}

/* Each capture, and each screen that captures though no end of it was
 * recorded. */
static void
judge_group(struct fa_find *fd, const struct fa_group *gr)
{
	for (uint32_t k = 0; k < gr->captures_n; k++)
		judge_capture(fd, fd->g->f->transitions[gr->captures[k]].from,
			gr->captures[k]);
	for (uint32_t k = 0; k < gr->screens_n && gr->captures_n == 0; k++)
		if ((fa_find_roles(fd, gr->screens[k]) & SCR(CAPTURE)) != 0)
			judge_capture(fd, gr->screens[k], FA_FLOW_NONE);
}

static bool
can_decline(const struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	const uint32_t away = BIT(REFUSE) | BIT(LATER) | BIT(BACK) | BIT(EXIT) |
		BIT(OTHER_METHOD) | BIT(AGREE_BOX);

	if (fa_find_control(fd, s, away) != FA_FLOW_NONE)
		return true;
	/* A control of unknown meaning may be one that declines. */
	for (size_t i = 0; i < g->f->screens[s].elements_n; i++)
		if (g->v->screens[s].elements[i].tappable &&
			g->v->screens[s].elements[i].controls == 0 &&
			g->f->screens[s].elements[i].role != FA_FLOW_INPUT)
			return true;
	/* Going back to the same question declines nothing, nor does reading
	 * what it links. */
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
		if ((g->edge[g->out[i]] & (FA_EDGE_REFUSE | FA_EDGE_CHECK)) !=
				0 &&
			(g->edge[g->out[i]] & FA_EDGE_DOCUMENT) == 0 &&
			g->f->transitions[g->out[i]].to != s)
			return true;
	return false;
}

static void
find_decline(struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	const struct fa_flow_screen *f = &g->f->screens[s];

	if ((g->node[s] & (FA_NODE_OPAQUE | FA_NODE_UNTRIED)) == 0 &&
		(fa_find_roles(fd, s) & (SCR(BLOCKED) | SCR(FAILURE))) == 0 &&
		!can_decline(fd, s))
		fa_find_add(fd, FA_FACT_CONSENT_NO_DECLINE, NULL, s,
			fa_find_control(fd, s, BIT(ACCEPT)), FA_FLOW_NONE,
			FA_STR_NONE);
	for (size_t i = 0; i < f->elements_n; i++)
		if (f->elements[i].enabled == FA_TRI_NO &&
			(g->v->screens[s].elements[i].controls &
				(BIT(REFUSE) | BIT(LATER))) != 0)
			fa_find_add(fd, FA_FACT_DECLINE_DISABLED, NULL, s,
				(uint32_t)i, FA_FLOW_NONE, FA_STR_NONE);
}

static void
find_bundles(struct fa_find *fd, uint32_t s)
{
	const struct fa_view_screen *v = &fd->g->v->screens[s];
	static const char *const names[] = { "the face", "a policy", "terms",
		"marketing", "other data", "children's rules", "sharing" };

	for (size_t i = 0; i < fd->g->f->screens[s].elements_n; i++) {
		uint32_t d = v->elements[i].docs;
		struct fa_str note = FA_STR_NONE;

		if ((d & FA_BIND_FACE) == 0 ||
			(d & ~(uint32_t)(FA_BIND_FACE | FA_BIND_CHILDREN)) == 0)
			continue;
		for (size_t k = 1; k < FA_COUNT(names); k++)
			if ((d & (1u << k)) != 0 && k != 5)
				note = fa_find_note(fd, "%.*s%s%s",
					FA_STR_ARG(note),
					note.n > 0 ? ", " : "the face and ",
					names[k]);
		fa_find_add(fd, FA_FACT_CONSENT_BUNDLED, NULL, s, (uint32_t)i,
			FA_FLOW_NONE, note);
	}
}

/* Marks the screens that show the same box unticked. */
static void
mark_unticked(struct fa_find *fd, const struct fa_flow_element *box)
{
	struct fa_graph *g = fd->g;

	for (uint32_t s = 0; s < g->n; s++) {
		const struct fa_flow_screen *f = &g->f->screens[s];

		g->node[s] &= ~FA_NODE_BOX;
		for (size_t i = 0; i < f->elements_n; i++)
			if (f->elements[i].checked == FA_TRI_NO &&
				f->elements[i].role == box->role &&
				fa_str_eq(f->elements[i].text, box->text) &&
				fa_str_eq(f->elements[i].label, box->label))
				g->node[s] |= FA_NODE_BOX;
	}
}

/* Is the box ticked although nobody ticked it: is its screen reached without
 * passing one where it stands unticked? */
static bool
ticked_at_first(struct fa_find *fd, uint32_t s, uint32_t e)
{
	const struct fa_flow_element *box = &fd->g->f->screens[s].elements[e];
	bool known, found;

	mark_unticked(fd, box);
	found = walk_to(fd, s, FA_EDGE_CHECK, FA_NODE_BOX, &known);
	for (uint32_t i = 0; i < fd->g->n; i++)
		fd->g->node[i] &= ~FA_NODE_BOX;
	return found;
}

static void
find_ticked(struct fa_find *fd)
{
	const struct fa_graph *g = fd->g;
	unsigned left = BOXES;

	for (uint32_t s = 0; s < g->n; s++)
		for (uint32_t i = 0; i < g->f->screens[s].elements_n; i++) {
			const struct fa_flow_element *e =
				&g->f->screens[s].elements[i];
			uint32_t docs = g->v->screens[s].elements[i].docs;

			if (e->checked != FA_TRI_YES || left == 0 ||
				(g->v->screens[s].elements[i].controls &
					BIT(AGREE_BOX)) == 0)
				continue;
			left--;
			if (ticked_at_first(fd, s, i))
				fa_find_add(fd,
					(docs & FA_BIND_FACE) != 0
						? FA_FACT_CONSENT_PRETICKED
						: FA_FACT_GENERAL_PRETICKED,
					NULL, s, i, FA_FLOW_NONE, FA_STR_NONE);
		}
}

/* Waiting leads where agreeing does, or into the capture. What follows a
 * capture that runs is its result. */
static void
find_countdown(struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	unsigned left = WAITS;

	if ((fa_find_roles(fd, s) & (SCR(CAPTURE) | SCR(CONSENT))) ==
		SCR(CAPTURE))
		return;
	for (uint32_t i = g->first[s]; i < g->first[s + 1] && left > 0; i++) {
		uint32_t t = g->out[i], to = g->f->transitions[t].to;
		bool same = false;

		if ((g->edge[t] & FA_EDGE_WAIT) == 0 || to == FA_FLOW_NONE ||
			to == s || fa_graph_same_question(g, s, to))
			continue;
		left--;
		for (uint32_t k = g->first[s]; k < g->first[s + 1]; k++)
			same |= g->f->transitions[g->out[k]].to == to &&
				(fa_graph_controls(g, g->out[k]) &
					(BIT(ACCEPT) | BIT(FACE) |
						BIT(CAPTURE))) != 0;
		if (same || (fa_find_roles(fd, to) & SCR(CAPTURE)) != 0)
			fa_find_add(fd, FA_FACT_COUNTDOWN_CONSENT, NULL, s,
				FA_FLOW_NONE, t,
				g->f->transitions[t].wait_ms > 0
					? fa_find_note(fd, "after %u s",
						  g->f->transitions[t].wait_ms /
							  1000)
					: FA_STR_NONE);
	}
}

/* A picture of the camera, also one that a dialog lies above; not a control
 * that opens it, unless it is known that it is open. */
static bool
shows_preview(const struct fa_flow_screen *f, bool opened)
{
	for (size_t i = 0; i < f->elements_n; i++)
		if (f->elements[i].role == FA_FLOW_CAMERA &&
			f->elements[i].visible != FA_TRI_NO &&
			(opened || f->elements[i].clickable != FA_TRI_YES))
			return true;
	return false;
}

/* Was the camera opened on the way to the screen? */
static bool
opened_camera(const struct fa_graph *g, uint32_t s)
{
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to == s && t->from != s &&
			(t->effects & FA_FLOW_EFFECT_CAMERA) != 0)
			return true;
	}
	return false;
}

/* The preview runs behind the question, and nobody has agreed before. */
static void
find_preview(struct fa_find *fd, uint32_t s)
{
	bool opened = opened_camera(fd->g, s), known;

	/* A page shows the place of a preview also while it is empty. */
	if ((opened || !fd->g->visited) &&
		(fd->g->node[s] & FA_NODE_OPAQUE) == 0 &&
		(fd->g->v->screens[s].signs & FA_SIGN_PHOTO) == 0 &&
		fa_find_control(fd, s, BIT(ACCEPT) | BIT(AGREE_BOX)) !=
			FA_FLOW_NONE &&
		shows_preview(&fd->g->f->screens[s], opened) &&
		walk_to(fd, s, FA_EDGE_AGREE_FACE, FA_NODE_OPAQUE, &known))
		fa_find_add(fd, FA_FACT_PREVIEW_BEFORE_CONSENT, fd->w, s,
			FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
}

/* The capture runs though nobody tapped. */
static void
find_by_itself(struct fa_find *fd, uint32_t s)
{
	const struct fa_graph *g = fd->g;
	bool camera = (g->v->screens[s].signs & FA_SIGN_CAMERA) != 0;

	if ((fa_find_roles(fd, s) & SCR(CAPTURE)) == 0)
		return;
	if (s == g->f->start && camera)
		fa_find_add(fd, FA_FACT_CAPTURE_BY_ITSELF, NULL, s,
			FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		const struct fa_flow_transition *t = &g->f->transitions[i];

		if (t->to == s && t->from != s &&
			fa_find_reached(fd, t->from) &&
			g->f->screens[t->from].elements_n > 0 &&
			t->action == FA_FLOW_WAIT &&
			(fa_find_roles(fd, t->from) &
				(SCR(CAPTURE) | SCR(PERMISSION) |
					SCR(FAILURE))) == 0)
			fa_find_add(fd, FA_FACT_CAPTURE_BY_ITSELF, NULL,
				t->from, FA_FLOW_NONE, (uint32_t)i,
				FA_STR_NONE);
	}
}

void
fa_find_consent(struct fa_find *fd)
{
	struct fa_graph *g = fd->g;
	unsigned captures = 0;

	for (uint32_t i = 0; i < fd->groups_n && fd->rc == FA_OK; i++)
		judge_group(fd, &fd->groups[i]);
	for (uint32_t s = 0; s < g->n && fd->rc == FA_OK; s++) {
		uint32_t roles = fa_find_roles(fd, s);

		if (!fa_find_reached(fd, s))
			continue;
		if ((roles & (SCR(CONSENT) | SCR(FACE_PROMPT))) != 0)
			find_countdown(fd, s);
		if ((roles & SCR(CAPTURE)) != 0 && captures < BOXES) {
			captures++;
			find_by_itself(fd, s);
		}
		if ((roles & SCR(FACE_CONSENT)) == 0)
			continue;
		if ((g->v->screens[s].signs & FA_SIGN_IMPLIED) != 0)
			fa_find_add(fd, FA_FACT_CONSENT_IMPLIED, NULL, s,
				FA_FLOW_NONE, FA_FLOW_NONE, FA_STR_NONE);
		find_decline(fd, s);
		find_bundles(fd, s);
		find_preview(fd, s);
	}
	find_ticked(fd);
}
