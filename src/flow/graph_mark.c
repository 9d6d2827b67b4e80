/* The marks that questions leave out. What a transition does is known by the
 * control that was tapped and by the kinds of the screens at both ends.
 *
 * A capture is the transition, not the screen: other ways may hang off the
 * screen that captures. It is one that was made to succeed; where a screen has
 * none of these (a recording of a real capture), what leaves it by itself or
 * by its capture control for a screen that neither captures nor asks; and a
 * control that names the face whose tap ends on a success. When the screen
 * behind says that the check failed it is an attempt. */
#include "flow/graph.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define METHODS (BIT(OTHER_METHOD) | BIT(NONFACE) | BIT(NETID))

static uint32_t
roles_at(const struct fa_graph *g, uint32_t screen)
{
	return screen == FA_FLOW_NONE ? 0 : g->v->screens[screen].roles;
}

/* Has the screen a capture that was made to succeed? */
static bool
has_simulated(const struct fa_graph *g, uint32_t s)
{
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
		if (g->f->transitions[g->out[i]].action == FA_FLOW_FACE)
			return true;
	return false;
}

static uint32_t
mark_simulated(uint32_t from, uint32_t to)
{
	/* To a screen that captures: it only began. */
	if ((from & SCR(CAPTURE)) == 0 || (to & SCR(CAPTURE)) != 0)
		return 0;
	return (to & SCR(FAILURE)) != 0 && (to & SCR(SUCCESS)) == 0
		? FA_EDGE_ATTEMPT
		: FA_EDGE_CAPTURE;
}

/* On a screen that captures something was handed in, and now a line says that
 * it did not do: whatever the control is called. */
static bool
is_attempt(const struct fa_graph *g, const struct fa_flow_transition *x,
	uint32_t c)
{
	const uint32_t others = BIT(REFUSE) | BIT(LATER) | BIT(BACK) |
		BIT(EXIT) | METHODS | BIT(BIOMETRIC) | BIT(OFFCHANNEL) |
		BIT(DOCUMENT) | BIT(HELP);

	return x->action == FA_FLOW_TAP &&
		(x->effects & FA_FLOW_EFFECT_UPLOAD) != 0 &&
		(c & others) == 0 && (roles_at(g, x->to) & SCR(SUCCESS)) == 0 &&
		(g->v->screens[x->to].signs & FA_SIGN_FAILED) != 0 &&
		(g->v->screens[x->from].signs & FA_SIGN_FAILED) == 0;
}

static uint32_t
mark_capture(const struct fa_graph *g, uint32_t t, bool simulated)
{
	const struct fa_flow_transition *x = &g->f->transitions[t];
	uint32_t from = roles_at(g, x->from), to = roles_at(g, x->to);
	uint32_t c = fa_graph_controls(g, t);
	const uint32_t asks = SCR(CAPTURE) | SCR(PERMISSION) | SCR(CONSENT) |
		SCR(METHODS) | SCR(FACE_PROMPT) | SCR(RETAIN) | SCR(DOCUMENT);
	bool begins = x->action == FA_FLOW_WAIT ||
		(x->action == FA_FLOW_TAP && (c & BIT(CAPTURE)) != 0);

	if (x->action == FA_FLOW_FACE)
		return mark_simulated(from, to);
	if (x->to == FA_FLOW_NONE || x->to == x->from)
		return 0;
	if ((from & SCR(CAPTURE)) != 0 && is_attempt(g, x, c))
		return FA_EDGE_ATTEMPT;
	if ((from & SCR(CAPTURE)) != 0 && begins) {
		if ((to & SCR(FAILURE)) != 0)
			return FA_EDGE_ATTEMPT;
		/* Where a capture was made to succeed, what a tap leads to is
		 * none, unless it succeeded by itself. */
		if ((to & asks) == 0 &&
			(!simulated || (to & SCR(SUCCESS)) != 0))
			return FA_EDGE_CAPTURE;
	}
	if ((from & SCR(CAPTURE)) == 0 && x->action == FA_FLOW_TAP &&
		(c & BIT(FACE)) != 0 && (to & SCR(SUCCESS)) != 0)
		return FA_EDGE_CAPTURE;
	return 0;
}

/* On a screen that asks for the face, a button of unknown meaning beside the
 * one that agrees leads to a screen without the face: the choice against it,
 * whatever it is called (“那就用医保卡”). */
static bool
turns_away(const struct fa_graph *g, const struct fa_flow_transition *x)
{
	const struct fa_view_screen *v = &g->v->screens[x->from];
	const uint32_t face = SCR(CAPTURE) | SCR(FACE_PROMPT) |
		SCR(FACE_CONSENT) | SCR(PERMISSION) | SCR(DOCUMENT);

	return x->action == FA_FLOW_TAP && x->element != FA_FLOW_NONE &&
		x->to != FA_FLOW_NONE && x->to != x->from &&
		v->elements[x->element].controls == 0 &&
		(v->roles & SCR(FACE_CONSENT)) != 0 &&
		(v->roles & (SCR(CAPTURE) | SCR(METHODS))) == 0 &&
		(roles_at(g, x->to) & face) == 0;
}

static bool
refuses(const struct fa_flow_transition *x, uint32_t c)
{
	const uint32_t away = BIT(REFUSE) | BIT(LATER) | BIT(BACK) | BIT(EXIT) |
		METHODS | BIT(BIOMETRIC) | BIT(OFFCHANNEL) | BIT(DOCUMENT) |
		BIT(HELP);

	if ((c & (BIT(ACCEPT) | BIT(FACE) | BIT(CAPTURE))) != 0)
		return false;
	return (c & away) != 0 || x->action == FA_FLOW_BACK ||
		x->action == FA_FLOW_SYSTEM_DENY ||
		x->action == FA_FLOW_RELAUNCH || x->action == FA_FLOW_LAUNCH;
}

/* Can a face consent be declined, is nothing ticked or bound beside it? */
static bool
is_good_consent(const struct fa_graph *g, uint32_t s)
{
	const struct fa_view_screen *v = &g->v->screens[s];
	const struct fa_flow_screen *f = &g->f->screens[s];
	bool decline = false;

	if ((v->roles & SCR(FACE_CONSENT)) == 0 ||
		(v->roles & SCR(BUNDLE)) != 0 ||
		(v->signs & FA_SIGN_IMPLIED) != 0 ||
		(g->node[s] & FA_NODE_OPAQUE) != 0)
		return false;
	for (size_t i = 0; i < f->elements_n; i++) {
		uint32_t c = v->elements[i].controls;

		decline |= v->elements[i].tappable &&
			(c &
				(BIT(REFUSE) | BIT(LATER) | BIT(BACK) |
					BIT(OTHER_METHOD) | BIT(EXIT))) != 0;
		if ((c & BIT(AGREE_BOX)) != 0 &&
			f->elements[i].checked == FA_TRI_YES)
			return false;
	}
	for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++) {
		const struct fa_flow_transition *t =
			&g->f->transitions[g->out[i]];

		decline |= t->action == FA_FLOW_BACK || turns_away(g, t);
		if (t->action == FA_FLOW_WAIT &&
			(roles_at(g, t->to) & SCR(CAPTURE)) != 0)
			return false;
	}
	return decline;
}

static uint32_t
mark_agree(const struct fa_graph *g, uint32_t t)
{
	const struct fa_flow_transition *x = &g->f->transitions[t];
	uint32_t roles = roles_at(g, x->from), m = 0;

	if ((roles & SCR(GUARDIAN)) != 0)
		m |= FA_EDGE_GUARD |
			((g->v->screens[x->from].signs & FA_SIGN_VERIFIED) != 0
					? FA_EDGE_VERIFIED
					: 0);
	if ((roles & SCR(CONSENT)) != 0)
		m |= FA_EDGE_AGREE;
	if ((roles & SCR(FACE_CONSENT)) != 0)
		m |= FA_EDGE_AGREE_FACE;
	if ((g->node[x->from] & FA_NODE_GOOD) != 0)
		m |= FA_EDGE_AGREE_GOOD;
	return m;
}

static bool
holds(struct fa_str s, struct fa_str what)
{
	return fa_str_find(s, what, 0) != SIZE_MAX;
}

/* Was the form also filled in as a child: then this time it was not. */
static bool
child_beside(const struct fa_graph *g, uint32_t screen)
{
	for (uint32_t i = g->first[screen]; i < g->first[screen + 1]; i++) {
		const struct fa_flow_transition *y =
			&g->f->transitions[g->out[i]];

		if (y->action == FA_FLOW_FILL &&
			holds(y->note, FA_STR("child")))
			return true;
	}
	return false;
}

static uint32_t
mark_ages(const struct fa_graph *g, const struct fa_flow_transition *x,
	uint32_t c, uint32_t roles)
{
	uint32_t m = 0;

	if ((c & BIT(ADULT)) != 0)
		m |= FA_EDGE_ADULT;
	if ((c & BIT(MINOR)) != 0)
		m |= FA_EDGE_MINOR;
	if (x->action != FA_FLOW_FILL || x->note.n == 0)
		return m;
	if (!holds(x->note, FA_STR("child")))
		m |= (roles & SCR(AGE)) != 0 || child_beside(g, x->from)
			? FA_EDGE_ADULT
			: 0;
	else if ((roles & SCR(AGE)) != 0)
		m |= FA_EDGE_MINOR;
	return m;
}

static uint32_t
mark_plain(const struct fa_flow_transition *x, uint32_t c)
{
	uint32_t m = 0;

	if (x->action == FA_FLOW_WAIT)
		m |= FA_EDGE_WAIT;
	if (x->action == FA_FLOW_CHECK || x->action == FA_FLOW_UNCHECK)
		m |= FA_EDGE_CHECK;
	if ((c & BIT(DOCUMENT)) != 0)
		m |= FA_EDGE_DOCUMENT;
	if ((c & BIT(NEUTRAL)) != 0)
		m |= FA_EDGE_PLAIN;
	return m;
}

/* Dialogs of the browser are no screens; a walk writes into the note of the
 * transition what they asked and what was answered ("confirm (ok): ..."). One
 * that names the face and can be refused is a consent to it. */
static uint32_t
mark_dialog(const struct fa_flow_transition *x)
{
	static const char *const face[] = { "人脸", "刷脸", "面部", "脸部",
		"扫脸", "活体", "人臉", "刷臉", "face", "Face" };
	bool names = false;

	if (!holds(x->note, FA_STR("dialog:")))
		return 0;
	for (size_t i = 0; i < FA_COUNT(face); i++)
		names |= holds(x->note, fa_str_c(face[i]));
	if (holds(x->note, FA_STR("confirm (cancel)")))
		return FA_EDGE_REFUSE |
			(names ? FA_EDGE_SAYS_NO | FA_EDGE_TOLD : 0);
	if (!holds(x->note, FA_STR("confirm (ok)")))
		return names ? FA_EDGE_TOLD : 0;
	return FA_EDGE_AGREE |
		(names ? FA_EDGE_AGREE_FACE | FA_EDGE_AGREE_GOOD | FA_EDGE_TOLD
		       : 0);
}

static uint32_t
marks_of(const struct fa_graph *g, uint32_t t, bool simulated)
{
	const struct fa_flow_transition *x = &g->f->transitions[t];
	uint32_t c = fa_graph_controls(g, t);
	uint32_t m = mark_capture(g, t, simulated);
	bool starts =
		x->action == FA_FLOW_RELAUNCH || x->action == FA_FLOW_LAUNCH;

	m |= mark_ages(g, x, c, roles_at(g, x->from));
	if (refuses(x, c) || turns_away(g, x))
		m |= FA_EDGE_REFUSE;
	else
		m |= mark_agree(g, t);
	if ((c & (BIT(REFUSE) | BIT(LATER))) != 0)
		m |= FA_EDGE_SAYS_NO;
	if ((c & METHODS) != 0 ||
		((m & FA_EDGE_REFUSE) != 0 &&
			(roles_at(g, x->to) & (SCR(NONFACE) | SCR(METHODS))) !=
				0))
		m |= FA_EDGE_METHOD;
	if ((c & (BIT(BIOMETRIC) | BIT(OS_BIO))) != 0)
		m |= FA_EDGE_BIOMETRIC;
	if ((c & BIT(BACK)) != 0 || x->action == FA_FLOW_BACK || starts)
		m |= FA_EDGE_BACK;
	if (starts)
		m |= FA_EDGE_RELAUNCH;
	return m | mark_plain(x, c) | mark_dialog(x);
}

static uint32_t
marks_of_screen(const struct fa_graph *g, uint32_t s)
{
	const struct fa_view_screen *v = &g->v->screens[s];
	const uint32_t face =
		SCR(CAPTURE) | SCR(FACE_PROMPT) | SCR(FACE_CONSENT);
	uint32_t m = 0;

	if ((v->roles & face) != 0)
		m |= FA_NODE_FACE;
	if ((v->roles & SCR(DOCUMENT)) != 0)
		m |= FA_NODE_DOCUMENT;
	if ((v->roles & SCR(AGE)) != 0)
		m |= FA_NODE_AGE;
	if ((v->roles & SCR(CONSENT)) != 0)
		m |= FA_NODE_CONSENT;
	if ((v->roles & SCR(FAILURE)) != 0)
		m |= FA_NODE_FAILURE;
	if ((v->signs & FA_SIGN_TELLS) != 0 && (v->roles & SCR(DOCUMENT)) == 0)
		m |= FA_NODE_TELLS;
	if ((v->signs & (FA_SIGN_TELLS | FA_SIGN_MENTIONS)) != 0 &&
		(v->roles & SCR(DOCUMENT)) == 0)
		m |= FA_NODE_MENTIONS;
	if ((v->signs & FA_SIGN_NAMES) != 0)
		m |= FA_NODE_NAMES_FACE;
	if ((v->signs & FA_SIGN_OPAQUE) != 0 ||
		g->f->screens[s].complete == FA_TRI_NO)
		m |= FA_NODE_OPAQUE;
	return m;
}

/* The back key and a new start lead to what is known. */
static bool
is_key(struct fa_str why)
{
	return fa_str_eq(why, FA_STR("back")) ||
		fa_str_eq(why, FA_STR("relaunch"));
}

/* What an untried control could not hide: another way. */
static uint32_t
marks_of_gap(const struct fa_graph *g, const struct fa_flow_gap *gap)
{
	const uint32_t known = BIT(DOCUMENT) | BIT(FACE) | BIT(CAPTURE) |
		BIT(ACCEPT) | BIT(EXIT) | BIT(BACK) | BIT(AGREE_BOX) |
		BIT(NEUTRAL);
	uint32_t c;

	switch (gap->kind) {
	case FA_FLOW_GAP_NO_STYLE:
		return 0;
	case FA_FLOW_GAP_UNEXPLORED:
		break;
	default:
		return FA_NODE_OPAQUE;
	}
	if (gap->element == FA_FLOW_NONE && is_key(gap->why))
		return FA_NODE_UNTRIED;
	if (gap->element == FA_FLOW_NONE)
		return FA_NODE_UNEXPLORED | FA_NODE_UNTRIED;
	c = g->v->screens[gap->screen].elements[gap->element].controls;
	return c != 0 && (c & ~known) == 0
		? FA_NODE_UNTRIED
		: FA_NODE_UNEXPLORED | FA_NODE_UNTRIED;
}

/* Transitions of a walk stand in the order in which they were seen. Each
 * screen but the start is found by one; the others lead to what was known. */
static void
mark_later(struct fa_graph *g)
{
	uint32_t s;

	for (s = 0; s < g->n; s++)
		g->node[s] &= ~FA_NODE_BOX;
	if (g->n > 0)
		g->node[g->f->start] |= FA_NODE_BOX;
	for (size_t i = 0; i < g->f->transitions_n; i++) {
		uint32_t to = g->f->transitions[i].to;

		if (to == FA_FLOW_NONE)
			continue;
		if ((g->node[to] & FA_NODE_BOX) != 0)
			g->edge[i] |= FA_EDGE_LATER;
		g->node[to] |= FA_NODE_BOX;
	}
	for (s = 0; s < g->n; s++)
		g->node[s] &= ~FA_NODE_BOX;
}

void
fa_graph_mark(struct fa_graph *g)
{
	for (uint32_t s = 0; s < g->n; s++)
		g->node[s] = marks_of_screen(g, s);
	for (size_t i = 0; i < g->f->gaps_n; i++)
		g->node[g->f->gaps[i].screen] |=
			marks_of_gap(g, &g->f->gaps[i]);
	for (uint32_t s = 0; s < g->n; s++) {
		if (is_good_consent(g, s))
			g->node[s] |= FA_NODE_GOOD;
	}
	for (uint32_t s = 0; s < g->n; s++) {
		bool simulated = has_simulated(g, s);

		for (uint32_t i = g->first[s]; i < g->first[s + 1]; i++)
			g->edge[g->out[i]] = marks_of(g, g->out[i], simulated);
	}
	if (g->visited)
		mark_later(g);
}
