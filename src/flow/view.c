/* Screens one by one, then what their transitions add: a screen from which a
 * face check was made to succeed captures; a control whose tap opens the
 * camera on a screen that speaks of a face check captures, whatever it is
 * called; a camera that a control for the face opens captures, though it says
 * nothing itself; what a link to a document opens is one; a declared end is
 * the service. */
#include "flow/view.h"

#include "flow/look.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define PROMPT_CONTROLS 3
#define RETAINS 8 /* screens in a row that talk a refusal over */

int
fa_view_screen(struct fa_view_screen *out, const struct fa_vocab *v,
	const struct fa_flow_screen *s, struct fa_arena *a, struct fa_err *err)
{
	struct fa_view_screen o = { 0 };
	struct fa_look l = { .v = v, .s = s, .out = &o, .a = a };
	int rc;

	o.elements = fa_arena_new(a, s->elements_n, sizeof(*o.elements));
	if (!o.elements)
		return fa_fail(err, FA_E_NOMEM, "no memory for a screen");
	rc = fa_look(&l, err);
	if (rc < 0)
		return rc;
	fa_look_labels(&l);
	fa_look_roles(&l);
	*out = o;
	return FA_OK;
}

static uint32_t
control_of(const struct fa_view *v, const struct fa_flow_transition *t)
{
	return t->element == FA_FLOW_NONE
		? 0
		: v->screens[t->from].elements[t->element].controls;
}

/* Whether some screen that leads to each one, or the control that does, speaks
 * of a face. */
static bool *
led_by_face(const struct fa_view *v, struct fa_arena *a)
{
	const struct fa_flow *f = v->flow;
	bool *led = fa_arena_new(a, f->screens_n, sizeof(*led));

	for (size_t i = 0; led && i < f->transitions_n; i++) {
		const struct fa_flow_transition *t = &f->transitions[i];

		if (t->to != FA_FLOW_NONE && t->from != t->to &&
			((control_of(v, t) & (BIT(FACE) | BIT(CAPTURE))) != 0 ||
				(v->screens[t->from].roles &
					(SCR(CAPTURE) | SCR(FACE_CONSENT))) !=
					0))
			led[t->to] = true;
	}
	return led;
}

static bool
is_face_camera(const struct fa_view *v, const bool *led, uint32_t screen)
{
	const struct fa_view_screen *s = &v->screens[screen];

	if ((s->signs & FA_SIGN_PHOTO) != 0)
		return false;
	return s->face_words || (s->signs & FA_SIGN_CAPTURING) != 0 ||
		led[screen];
}

static void
mark_capture(const struct fa_view *v, const bool *led,
	const struct fa_flow_transition *t)
{
	struct fa_view_screen *s = &v->screens[t->from];

	if ((s->roles & SCR(CAPTURE)) == 0 && !is_face_camera(v, led, t->from))
		return;
	s->roles |= SCR(CAPTURE);
	if (t->element != FA_FLOW_NONE)
		s->elements[t->element].controls |= BIT(CAPTURE);
}

/* The screen behind shows the camera or says how to hold the face: it
 * captures, and what led there only began. */
static bool
begins_only(const struct fa_view_screen *to)
{
	return (to->roles & SCR(CAPTURE)) != 0 &&
		(to->signs & (FA_SIGN_CAMERA | FA_SIGN_CAPTURING)) != 0;
}

static void
take_transition(const struct fa_view *v, const bool *led,
	const struct fa_flow_transition *t)
{
	struct fa_view_screen *to =
		t->to == FA_FLOW_NONE ? NULL : &v->screens[t->to];

	if (t->action == FA_FLOW_FACE && !(to && begins_only(to)))
		mark_capture(v, led, t);
	else if ((t->effects & FA_FLOW_EFFECT_CAMERA) != 0 &&
		t->action == FA_FLOW_TAP &&
		(control_of(v, t) & (BIT(FACE) | BIT(CAPTURE))) != 0)
		mark_capture(v, led, t);
	if (t->action == FA_FLOW_SYSTEM_ALLOW ||
		t->action == FA_FLOW_SYSTEM_DENY) {
		if (v->screens[t->from].roles == 0)
			v->screens[t->from].roles = SCR(PERMISSION);
	}
	if (to && (control_of(v, t) & BIT(DOCUMENT)) != 0 &&
		(to->roles & ~SCR(NONFACE)) == 0)
		to->roles |= SCR(DOCUMENT);
}

/* A screen that speaks of the face and leads on into a check asks for it, also
 * by a control that does not name it (“开始录入”): unless it is a menu, the
 * main screen, or says more than that. */
static bool
leads_in(const struct fa_view *v, const struct fa_flow_transition *t)
{
	const uint32_t no = SCR(METHODS) | SCR(SUCCESS) | SCR(SETTINGS) |
		SCR(DOCUMENT) | SCR(AGE) | SCR(GUARDIAN) | SCR(PERMISSION) |
		SCR(CAPTURE) | SCR(FAILURE) | SCR(WITHDRAW) |
		SCR(CANCEL_ACCOUNT) | SCR(NONFACE);
	const uint32_t face =
		SCR(CAPTURE) | SCR(FACE_CONSENT) | SCR(FACE_PROMPT);
	const struct fa_view_screen *s = &v->screens[t->from];
	size_t acts = 0;

	if (t->action != FA_FLOW_TAP || t->to == FA_FLOW_NONE ||
		t->to == t->from || t->from == v->flow->start ||
		(v->screens[t->to].roles & face) == 0 ||
		(s->roles & (no | face)) != 0 ||
		(s->signs & FA_SIGN_MENTIONS) == 0 ||
		(s->signs & (FA_SIGN_HOME | FA_SIGN_PHOTO)) != 0 ||
		(control_of(v, t) & ~(BIT(NEUTRAL) | BIT(SUBMIT))) != 0)
		return false;
	for (size_t i = 0; i < v->flow->screens[t->from].elements_n; i++)
		acts += s->elements[i].tappable;
	return acts <= PROMPT_CONTROLS;
}

static void
mark_prompts(const struct fa_view *v)
{
	for (size_t i = 0; i < v->flow->transitions_n; i++) {
		const struct fa_flow_transition *t = &v->flow->transitions[i];

		if (leads_in(v, t))
			v->screens[t->from].roles |= SCR(FACE_PROMPT);
	}
}

/* Behind a refusal of the face: a screen that is left by refusing once more,
 * or by going back to the question or on to the face, and that names the face
 * or nothing else, talks the refusal over. */
static bool
retains(const struct fa_view *v, uint32_t from, uint32_t to)
{
	const struct fa_flow *f = v->flow;
	const struct fa_view_screen *s = &v->screens[to];
	const uint32_t other = SCR(METHODS) | SCR(NONFACE) | SCR(CAPTURE) |
		SCR(SUCCESS) | SCR(DOCUMENT) | SCR(PERMISSION) | SCR(GUARDIAN) |
		SCR(AGE) | SCR(RETAIN);
	bool again = false, no = false;

	if ((s->roles & other) != 0 || (s->signs & FA_SIGN_HOME) != 0)
		return false;
	for (size_t i = 0; i < f->screens[to].elements_n; i++) {
		uint32_t c = s->elements[i].controls;

		no |= (c & (BIT(REFUSE) | BIT(LATER))) != 0;
		again |= (c & BIT(FACE)) != 0 ||
			((c & BIT(ACCEPT)) != 0 && s->face_words);
	}
	for (size_t i = 0; i < f->transitions_n && no && !again; i++)
		again = f->transitions[i].from == to &&
			f->transitions[i].to == from &&
			f->transitions[i].action == FA_FLOW_TAP;
	return no && again;
}

/* One refusal after another; each pass adds a screen to every row. */
static void
mark_retains(const struct fa_view *v)
{
	const struct fa_flow *f = v->flow;
	const uint32_t asks =
		SCR(FACE_CONSENT) | SCR(FACE_PROMPT) | SCR(RETAIN);
	bool more = true;

	for (unsigned pass = 0; pass < RETAINS && more; pass++) {
		more = false;
		for (size_t i = 0; i < f->transitions_n; i++) {
			const struct fa_flow_transition *t = &f->transitions[i];

			if (t->to == FA_FLOW_NONE || t->to == t->from ||
				t->to == f->start ||
				(v->screens[t->from].roles & asks) == 0 ||
				(v->screens[t->from].roles & SCR(CAPTURE)) !=
					0 ||
				(control_of(v, t) &
					(BIT(REFUSE) | BIT(LATER))) == 0 ||
				!retains(v, t->from, t->to))
				continue;
			v->screens[t->to].roles |= SCR(RETAIN);
			more = true;
		}
	}
}

static void
mark_cameras(const struct fa_view *v, const bool *led)
{
	for (size_t i = 0; i < v->flow->screens_n; i++)
		if ((v->screens[i].signs & FA_SIGN_CAMERA) != 0 &&
			v->screens[i].roles == 0 &&
			is_face_camera(v, led, (uint32_t)i))
			v->screens[i].roles |= SCR(CAPTURE);
}

int
fa_view(struct fa_view *out, const struct fa_vocab *v, const struct fa_flow *f,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_view w = { .flow = f };
	const bool *led;

	w.screens = fa_arena_new(a, f->screens_n, sizeof(*w.screens));
	if (!w.screens)
		return fa_fail(err, FA_E_NOMEM, "no memory for the screens");
	for (size_t i = 0; i < f->screens_n; i++) {
		int rc = fa_view_screen(
			&w.screens[i], v, &f->screens[i], a, err);

		if (rc < 0)
			return rc;
	}
	led = led_by_face(&w, a);
	if (!led)
		return fa_fail(err, FA_E_NOMEM, "no memory for the screens");
	mark_cameras(&w, led);
	for (size_t i = 0; i < f->transitions_n; i++)
		take_transition(&w, led, &f->transitions[i]);
	for (size_t i = 0; i < f->ends_n; i++)
		if (f->ends[i].kind == FA_FLOW_END_SERVICE)
			w.screens[f->ends[i].screen].roles |= SCR(SUCCESS);
	mark_prompts(&w);
	mark_retains(&w);
	*out = w;
	return FA_OK;
}
