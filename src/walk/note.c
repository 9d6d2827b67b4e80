/* What is written down of a step. */
#include <string.h>

#include "base/buf.h"
#include "walk/internal.h"

#define NOTE_BYTES 4096
#define DIALOG_BYTES 1024 /* of what dialogs said */

static bool
camera_is_allowed(const struct fa_walk_screen *s)
{
	for (size_t i = 0; i < s->path_n; i++)
		if (s->path[i].what.action == FA_FLOW_FACE)
			return true;
	return false;
}

static void
add_values(struct fa_buf *b, const struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t)
{
	const struct fa_flow_screen *s = &w->flow->screens[from];
	char text[FA_WALK_VALUE_BYTES];

	/* facts of a flow read this word */
	fa_buf_adds(b, t->child ? "filled in as a child:" : "filled in:");
	for (uint32_t i = 0; i < s->elements_n; i++)
		if (fa_walk_fillable(&s->elements[i]))
			fa_buf_addf(b, " %.*s=%.*s",
				FA_STR_ARG(s->elements[i].id),
				FA_STR_ARG(fa_walk_value(
					s, i, t->child, w->o->today, text)
						   .text));
}

static void
add_note(struct fa_buf *b, const struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t)
{
	if (t->action == FA_FLOW_FILL)
		add_values(b, w, from, t);
	if (t->action == FA_FLOW_FACE && t->base != FA_FLOW_TAP)
		fa_buf_addf(b, "camera allowed, then %s",
			fa_flow_action_name(t->base));
	if (w->happened.dialogs.n > 0)
		fa_buf_addf(b, "%sdialog: %.*s", b->n > 0 ? "; " : "",
			FA_STR_ARG(fa_str_sub(
				w->happened.dialogs, 0, DIALOG_BYTES)));
	if (w->happened.left)
		fa_buf_addf(b, "%sto %.*s", b->n > 0 ? "; " : "",
			FA_STR_ARG(fa_str_sub(
				w->happened.left_to, 0, DIALOG_BYTES)));
	if (w->happened.download)
		fa_buf_addf(
			b, "%sa download was stopped", b->n > 0 ? "; " : "");
}

int
fa_walk_note(struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t, struct fa_err *err)
{
	struct fa_flow_transition x = { .from = from,
		.to = to,
		.basis = FA_FLOW_OBSERVED,
		.action = t->action,
		.element = t->element,
		.effects = w->happened.effects,
		.wait_ms = w->look.changed_by_itself ? w->look.after_ms : 0 };
	struct fa_buf note FA_CLEANUP(fa_buf_done);

	fa_buf_init(&note, NOTE_BYTES);
	add_note(&note, w, from, t);
	if (note.n > 0)
		x.note = fa_buf_str(&note);
	if (t->action == FA_FLOW_TAP && w->happened.camera &&
		camera_is_allowed(&w->screens[from]))
		x.action = FA_FLOW_FACE;
	return fa_walk_add_transition(w, &x, err);
}

/* What asked for a camera is done once more with one. */
int
fa_walk_note_capture(struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t, struct fa_err *err)
{
	struct fa_walk_try face = *t;

	if ((!w->happened.camera && !w->happened.file_chooser) ||
		t->action == FA_FLOW_FACE || t->base == FA_FLOW_BACK ||
		camera_is_allowed(&w->screens[from]))
		return FA_OK;
	face.action = FA_FLOW_FACE;
	face.rank = FA_WALK_RANK_SIMULATE;
	face.fate = w->o->simulate ? FA_WALK_TODO : FA_WALK_FAILED;
	face.why = FA_STR("captures are not simulated");
	return fa_walk_add_try(w, from, &face, err);
}

/* What the step tells the app about the age of its user, who can say first
 * that he is a child and then that he is not. */
static void
tell_age(struct fa_walk_past *past, const struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t)
{
	const struct fa_view_screen *v = &w->screens[from].view;
	bool minor = t->child, adult;

	adult = !minor && (v->roles & FA_SCR_BIT(FA_SCR_AGE)) != 0;
	if (t->action != FA_FLOW_FILL) {
		uint32_t c = t->element != FA_FLOW_NONE
			? v->elements[t->element].controls
			: 0;

		minor = (c & FA_CTL_BIT(FA_CTL_MINOR)) != 0;
		adult = (c & FA_CTL_BIT(FA_CTL_ADULT)) != 0;
	}
	if (minor != adult)
		past->child = minor;
}

/* What rights are exercised with: the check that an app asks for then is not
 * the one that it asks for elsewhere, though it looks the same. */
#define RIGHTS                                                                 \
	(FA_CTL_BIT(FA_CTL_CANCEL_ACCOUNT) | FA_CTL_BIT(FA_CTL_WITHDRAW) |     \
		FA_CTL_BIT(FA_CTL_DELETE_FACE))

struct fa_walk_past
fa_walk_past_of(
	const struct fa_walk *w, uint32_t from, const struct fa_walk_try *t)
{
	struct fa_walk_past past = w->screens[from].past;
	uint32_t controls = 0;

	tell_age(&past, w, from, t);
	if (t->element != FA_FLOW_NONE)
		controls = w->screens[from].view.elements[t->element].controls;
	if (controls & RIGHTS)
		past.intent = controls & RIGHTS;
	else if (!fa_walk_asks(&w->screens[from].view))
		past.intent = 0;
	return past;
}
