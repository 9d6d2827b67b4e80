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

static void
take_transition(const struct fa_view *v, const bool *led,
	const struct fa_flow_transition *t)
{
	struct fa_view_screen *to =
		t->to == FA_FLOW_NONE ? NULL : &v->screens[t->to];

	if (t->action == FA_FLOW_FACE)
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
	*out = w;
	return FA_OK;
}
