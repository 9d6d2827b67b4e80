/* What can be tried on a screen, and in which order. */
#include <string.h>

#include "walk/internal.h"

#define BOXES 3 /* of which all sets are ticked; of more, one after another */

#define BITS_REFUSE (FA_CTL_BIT(FA_CTL_REFUSE) | FA_CTL_BIT(FA_CTL_LATER))
#define BITS_OTHER                                                             \
	(FA_CTL_BIT(FA_CTL_OTHER_METHOD) | FA_CTL_BIT(FA_CTL_NONFACE) |        \
		FA_CTL_BIT(FA_CTL_BIOMETRIC) | FA_CTL_BIT(FA_CTL_OFFCHANNEL) | \
		FA_CTL_BIT(FA_CTL_NETID))
#define BITS_LEAVE (FA_CTL_BIT(FA_CTL_EXIT) | FA_CTL_BIT(FA_CTL_BACK))
#define BITS_FACE (FA_CTL_BIT(FA_CTL_FACE) | FA_CTL_BIT(FA_CTL_OS_BIO))
#define BITS_AGREE                                                             \
	(FA_CTL_BIT(FA_CTL_ACCEPT) | FA_CTL_BIT(FA_CTL_NEUTRAL) |              \
		FA_CTL_BIT(FA_CTL_SUBMIT))
#define BITS_FINE                                                              \
	(BITS_REFUSE | BITS_OTHER | BITS_LEAVE | BITS_FACE |                   \
		FA_CTL_BIT(FA_CTL_DOCUMENT) | FA_CTL_BIT(FA_CTL_HELP))

#define ROLES_ASKING                                                           \
	(FA_SCR_BIT(FA_SCR_CONSENT) | FA_SCR_BIT(FA_SCR_FACE_CONSENT) |        \
		FA_SCR_BIT(FA_SCR_BUNDLE) | FA_SCR_BIT(FA_SCR_FACE_PROMPT) |   \
		FA_SCR_BIT(FA_SCR_RETAIN) | FA_SCR_BIT(FA_SCR_GUARDIAN) |      \
		FA_SCR_BIT(FA_SCR_PERMISSION) | FA_SCR_BIT(FA_SCR_CAPTURE))
#define ROLES_MORE                                                             \
	(ROLES_ASKING | FA_SCR_BIT(FA_SCR_METHODS) | FA_SCR_BIT(FA_SCR_AGE) |  \
		FA_SCR_BIT(FA_SCR_NONFACE) |                                   \
		FA_SCR_BIT(FA_SCR_CANCEL_ACCOUNT) |                            \
		FA_SCR_BIT(FA_SCR_WITHDRAW) | FA_SCR_BIT(FA_SCR_SUCCESS))

static bool
is_box(const struct fa_flow_element *e)
{
	return e->role == FA_FLOW_CHECKBOX || e->role == FA_FLOW_RADIO ||
		e->role == FA_FLOW_SWITCH;
}

static bool
is_control(const struct fa_flow_element *e)
{
	return is_box(e) || e->role == FA_FLOW_BUTTON ||
		e->role == FA_FLOW_LINK;
}

static bool
is_above(const struct fa_flow_screen *s, uint32_t above, uint32_t i)
{
	size_t steps = 0;

	while (i != FA_FLOW_NONE && steps++ <= s->elements_n) {
		i = s->elements[i].parent;
		if (i == above)
			return true;
	}
	return false;
}

/* Text that ticks the box beside it when it is tapped. */
static bool
labels_box(const struct fa_flow_screen *s, const struct fa_flow_element *e)
{
	if (is_control(e) || e->text.n == 0)
		return false;
	for (size_t i = 0; i < s->elements_n; i++)
		if (is_box(&s->elements[i]) &&
			fa_str_find(s->elements[i].label, e->text, 0) !=
				SIZE_MAX)
			return true;
	return false;
}

/* Of clickable things within each other one is tapped: the control, or else
 * the innermost. */
static bool
is_shadowed(const struct fa_flow_screen *s, const struct fa_view_screen *v,
	uint32_t i)
{
	const struct fa_flow_element *e = &s->elements[i];

	if (is_control(e))
		return false;
	if (labels_box(s, e))
		return true;
	for (uint32_t k = 0; k < s->elements_n; k++) {
		if (k == i || !v->elements[k].tappable)
			continue;
		if (is_above(s, i, k))
			return true;
		if (is_control(&s->elements[k]) && is_above(s, k, i))
			return true;
	}
	return false;
}

static bool
is_tapped(const struct fa_flow_screen *s, const struct fa_view_screen *v,
	uint32_t i)
{
	const struct fa_flow_element *e = &s->elements[i];

	if (!v->elements[i].tappable || e->role == FA_FLOW_WEBVIEW)
		return false;
	if (e->role == FA_FLOW_INPUT &&
		!fa_str_ends(e->native_class, FA_STR("file")))
		return false;
	return !is_shadowed(s, v, i);
}

static enum fa_walk_rank
rank_of(const struct fa_view_screen *v, uint32_t controls)
{
	if (controls & FA_CTL_BIT(FA_CTL_CAPTURE))
		return FA_WALK_RANK_CAPTURE;
	if (controls & BITS_REFUSE)
		return FA_WALK_RANK_REFUSE;
	if (controls & BITS_OTHER)
		return FA_WALK_RANK_OTHER;
	if (controls & BITS_FACE)
		return v->roles & FA_SCR_BIT(FA_SCR_CAPTURE)
			? FA_WALK_RANK_CAPTURE
			: FA_WALK_RANK_FACE;
	if (controls & BITS_LEAVE)
		return FA_WALK_RANK_LEAVE;
	return controls & BITS_AGREE ? FA_WALK_RANK_AGREE : FA_WALK_RANK_PLAIN;
}

int
fa_walk_add_try(struct fa_walk *w, uint32_t screen, const struct fa_walk_try *t,
	struct fa_err *err)
{
	struct fa_walk_screen *s = &w->screens[screen];
	struct fa_walk_try *grown;

	for (size_t i = 0; i < s->tries_n; i++)
		if (s->tries[i].action == t->action &&
			s->tries[i].base == t->base &&
			s->tries[i].element == t->element &&
			s->tries[i].child == t->child &&
			s->tries[i].yes == t->yes)
			return FA_OK;
	grown = fa_arena_grow(
		w->a, s->tries, &s->tries_cap, s->tries_n + 1, sizeof(*grown));
	if (!grown)
		return fa_fail(err, FA_E_NOMEM, "no memory for a walk");
	s->tries = grown;
	s->tries[s->tries_n++] = *t;
	return FA_OK;
}

static int
add(struct fa_walk *w, uint32_t n, enum fa_flow_action action, uint32_t element,
	enum fa_walk_rank rank, struct fa_err *err)
{
	struct fa_walk_try t = { .action = action,
		.base = action,
		.element = element,
		.rank = rank,
		.like = FA_FLOW_NONE };

	return fa_walk_add_try(w, n, &t, err);
}

/* Each set of boxes is ticked in one order, that of the elements. */
static int
add_box(struct fa_walk *w, uint32_t n, uint32_t i, size_t boxes,
	uint32_t *behind, struct fa_err *err)
{
	const struct fa_walk_screen *ours = &w->screens[n];
	const struct fa_flow_element *e = &w->flow->screens[n].elements[i];
	bool is_on = e->checked == FA_TRI_YES;

	if (e->role == FA_FLOW_RADIO && is_on)
		return FA_OK;
	if (ours->box != FA_FLOW_NONE && i <= ours->box)
		return FA_OK;
	if (ours->box != FA_FLOW_NONE && boxes > BOXES && (*behind)++ > 0)
		return FA_OK;
	return add(w, n, is_on ? FA_FLOW_UNCHECK : FA_FLOW_CHECK, i,
		FA_WALK_RANK_BOX, err);
}

/* Has this document been opened on another screen? Its number, or NONE. */
static uint32_t
opened_before(const struct fa_walk *w, uint32_t n, uint32_t i)
{
	const struct fa_flow *f = w->flow;
	const struct fa_flow_element *e = &f->screens[n].elements[i];

	if (!(w->screens[n].view.elements[i].controls &
		    FA_CTL_BIT(FA_CTL_DOCUMENT)))
		return FA_FLOW_NONE;
	for (size_t k = 0; k < f->transitions_n; k++) {
		const struct fa_flow_transition *t = &f->transitions[k];
		const struct fa_flow_element *g;

		if (t->element == FA_FLOW_NONE || t->to == FA_FLOW_NONE ||
			t->action != FA_FLOW_TAP || t->from == n ||
			!w->screens[t->to].document)
			continue;
		g = &f->screens[t->from].elements[t->element];
		if (g->role == e->role && fa_str_eq(g->text, e->text))
			return t->from;
	}
	return FA_FLOW_NONE;
}

static void
set_fate(struct fa_walk *w, uint32_t n, struct fa_walk_try *t, bool form)
{
	const struct fa_walk_screen *ours = &w->screens[n];
	uint32_t controls = ours->view.elements[t->element].controls;
	const struct fa_flow_element *e =
		&w->flow->screens[n].elements[t->element];

	if (form && !(controls & BITS_FINE) && e->role != FA_FLOW_LINK)
		t->fate = FA_WALK_DEFERRED;
	if (ours->base != FA_FLOW_NONE &&
		(controls &
				(FA_CTL_BIT(FA_CTL_DOCUMENT) |
					FA_CTL_BIT(FA_CTL_HELP)) ||
			e->role == FA_FLOW_LINK) &&
		!(controls & (BITS_REFUSE | BITS_OTHER))) {
		t->fate = FA_WALK_AS_BEFORE;
		t->like = ours->base;
	}
}

static int
add_taps(struct fa_walk *w, uint32_t n, bool form, struct fa_err *err)
{
	const struct fa_flow_screen *s = &w->flow->screens[n];
	const struct fa_view_screen *v = &w->screens[n].view;
	uint32_t behind = 0;
	size_t boxes = 0;
	int rc = FA_OK;

	for (uint32_t i = 0; i < s->elements_n; i++)
		boxes += is_box(&s->elements[i]) && v->elements[i].tappable;
	for (uint32_t i = 0; i < s->elements_n && rc == FA_OK; i++) {
		struct fa_walk_try t = { .action = FA_FLOW_TAP,
			.base = FA_FLOW_TAP,
			.element = i,
			.like = FA_FLOW_NONE };

		if (!is_tapped(s, v, i))
			continue;
		if (is_box(&s->elements[i])) {
			rc = add_box(w, n, i, boxes, &behind, err);
			continue;
		}
		t.rank = rank_of(v, v->elements[i].controls);
		set_fate(w, n, &t, form);
		rc = fa_walk_add_try(w, n, &t, err);
		if (rc == FA_OK && w->o->simulate &&
			t.rank == FA_WALK_RANK_CAPTURE) {
			t.action = FA_FLOW_FACE;
			t.rank = FA_WALK_RANK_SIMULATE;
			rc = fa_walk_add_try(w, n, &t, err);
		}
	}
	return rc;
}

/* The first input of a form that can be filled in, or NONE. *age: as a child
 * it is filled in otherwise. */
static uint32_t
form_of(const struct fa_walk *w, uint32_t n, bool *age)
{
	const struct fa_flow_screen *s = &w->flow->screens[n];
	char text[FA_WALK_VALUE_BYTES];
	uint32_t first = FA_FLOW_NONE;

	*age = false;
	for (uint32_t i = 0; i < s->elements_n; i++) {
		if (!fa_walk_fillable(&s->elements[i]))
			continue;
		if (first == FA_FLOW_NONE)
			first = i;
		if (fa_walk_value(s, i, false, w->o->today, text).age)
			*age = true;
	}
	return first;
}

static int
add_fills(struct fa_walk *w, uint32_t n, uint32_t first, bool age,
	struct fa_err *err)
{
	struct fa_walk_try t = { .action = FA_FLOW_FILL,
		.base = FA_FLOW_FILL,
		.element = first,
		.rank = FA_WALK_RANK_FILL,
		.like = FA_FLOW_NONE };
	int rc;

	t.child = w->screens[n].past.child;
	rc = fa_walk_add_try(w, n, &t, err);
	t.child = true;
	return rc < 0 || !age ? rc : fa_walk_add_try(w, n, &t, err);
}

static bool
has_disabled(const struct fa_flow_screen *s)
{
	for (size_t i = 0; i < s->elements_n; i++)
		if (s->elements[i].enabled == FA_TRI_NO &&
			s->elements[i].role == FA_FLOW_BUTTON)
			return true;
	return false;
}

/* Beyond its budget of actions a screen has gaps, from the end of its list:
 * what is tried last. */
static void
keep_budget(struct fa_walk *w, struct fa_walk_screen *s)
{
	size_t wanted = 0;

	for (size_t i = 0; i < s->tries_n; i++)
		wanted += s->tries[i].fate == FA_WALK_TODO;
	for (; wanted > w->o->actions; wanted--) {
		struct fa_walk_try *last = NULL;

		for (size_t i = 0; i < s->tries_n; i++)
			if (s->tries[i].fate == FA_WALK_TODO &&
				(s->tries[i].rank == FA_WALK_RANK_PLAIN ||
					s->tries[i].rank == FA_WALK_RANK_BOX))
				last = &s->tries[i];
		for (size_t i = 0; i < s->tries_n && !last; i++)
			if (s->tries[i].fate == FA_WALK_TODO)
				last = &s->tries[i];
		last->fate = FA_WALK_FAILED;
		last->why = FA_STR("budget: actions");
	}
}

int
fa_walk_choose(struct fa_walk *w, uint32_t n, struct fa_err *err)
{
	struct fa_walk_screen *ours = &w->screens[n];
	bool age, form, scroll;
	uint32_t first = form_of(w, n, &age);
	int rc = add(w, n, FA_FLOW_WAIT, FA_FLOW_NONE, FA_WALK_RANK_WAIT, err);

	ours->document =
		(ours->view.roles & FA_SCR_BIT(FA_SCR_DOCUMENT)) != 0 &&
		(ours->view.roles & ROLES_MORE) == 0;
	form = first != FA_FLOW_NONE && !ours->document;
	scroll = has_disabled(&w->flow->screens[n]) &&
		w->look.page_h > w->o->height && w->o->height > 0;
	if (rc == FA_OK)
		rc = add_taps(w, n, form, err);
	if (rc == FA_OK && form)
		rc = add_fills(w, n, first, age, err);
	if (rc == FA_OK && scroll)
		rc = add(w, n, FA_FLOW_SCROLL, FA_FLOW_NONE, FA_WALK_RANK_BOX,
			err);
	if (rc == FA_OK && ours->path_n > 0)
		rc = add(w, n, FA_FLOW_BACK, FA_FLOW_NONE, FA_WALK_RANK_BACK,
			err);
	if (rc == FA_OK && ours->camera_open && w->o->simulate) {
		struct fa_walk_try t = { .action = FA_FLOW_FACE,
			.base = FA_FLOW_LAUNCH,
			.element = FA_FLOW_NONE,
			.rank = FA_WALK_RANK_SIMULATE,
			.like = FA_FLOW_NONE };

		rc = fa_walk_add_try(w, n, &t, err);
	}
	if (rc < 0)
		return rc;
	if (ours->document) {
		size_t k = 0;

		for (size_t i = 0; i < ours->tries_n; i++)
			if (ours->tries[i].rank != FA_WALK_RANK_PLAIN &&
				ours->tries[i].rank != FA_WALK_RANK_FACE)
				ours->tries[k++] = ours->tries[i];
		ours->tries_n = k;
	}
	keep_budget(w, ours);
	return FA_OK;
}

/* The screen on the way to n, from the last to the first, where the same
 * control has been tried or will be; FA_FLOW_NONE: none. */
static uint32_t
tried_on_the_way(const struct fa_walk *w, uint32_t n, uint32_t element)
{
	const struct fa_walk_screen *s = &w->screens[n];
	const struct fa_flow_screen *at = &w->flow->screens[n];

	for (size_t k = s->path_n; k-- > 0;) {
		uint32_t p = s->path[k].from, same;

		same = fa_walk_same_element(&w->flow->screens[p], at, element);
		if (same == FA_FLOW_NONE ||
			!fa_str_eq(w->flow->screens[p].elements[same].text,
				at->elements[element].text))
			continue;
		for (size_t i = 0; i < w->screens[p].tries_n; i++)
			if (w->screens[p].tries[i].action == FA_FLOW_TAP &&
				w->screens[p].tries[i].element == same)
				return p;
	}
	return FA_FLOW_NONE;
}

void
fa_walk_passes(struct fa_walk *w, uint32_t n)
{
	struct fa_walk_screen *s = &w->screens[n];

	for (size_t i = 0; i < s->tries_n; i++) {
		struct fa_walk_try *t = &s->tries[i];
		uint32_t like;

		if (t->fate != FA_WALK_TODO || t->action != FA_FLOW_TAP ||
			t->rank != FA_WALK_RANK_PLAIN)
			continue;
		like = tried_on_the_way(w, n, t->element);
		if (like == FA_FLOW_NONE)
			continue;
		t->fate = FA_WALK_AS_BEFORE;
		t->like = like;
	}
}

bool
fa_walk_asks(const struct fa_view_screen *v)
{
	return (v->roles &
		       (ROLES_ASKING | FA_SCR_BIT(FA_SCR_METHODS) |
			       FA_SCR_BIT(FA_SCR_NONFACE))) != 0;
}

struct fa_walk_try *
fa_walk_next(const struct fa_walk *w, uint32_t n)
{
	struct fa_walk_screen *s = &w->screens[n];
	struct fa_walk_try *best = NULL;

	for (size_t i = 0; i < s->tries_n; i++) {
		struct fa_walk_try *t = &s->tries[i];

		if (t->fate != FA_WALK_TODO || (best && t->rank >= best->rank))
			continue;
		if (t->action == FA_FLOW_TAP) {
			uint32_t like = opened_before(w, n, t->element);

			if (like != FA_FLOW_NONE) {
				t->fate = FA_WALK_AS_BEFORE;
				t->like = like;
				continue;
			}
		}
		best = t;
	}
	return best;
}

bool
fa_walk_refuses(const struct fa_walk_screen *s, const struct fa_walk_try *t)
{
	return t->action == FA_FLOW_TAP &&
		(s->view.elements[t->element].controls & BITS_REFUSE) != 0 &&
		(s->view.roles & ROLES_ASKING) != 0;
}
