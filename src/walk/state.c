/* States of the app: when two are the same, and how they become screens. */
#include <stdio.h>
#include <string.h>

#include "flow/fingerprint.h"
#include "walk/internal.h"

#define ID_BYTES 32
#define LAST_TEXTS 64 /* among which a text is looked for once more */

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for the flow of a walk");
}

static bool
is_filled(const struct fa_flow_screen *s)
{
	for (size_t i = 0; i < s->elements_n; i++)
		if (s->elements[i].role == FA_FLOW_INPUT &&
			s->elements[i].text.n > 0 &&
			!fa_walk_fillable(&s->elements[i]))
			return true;
	return false;
}

static unsigned
disabled(const struct fa_flow_screen *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s->elements_n; i++)
		n += s->elements[i].enabled == FA_TRI_NO;
	return n;
}

static bool
is_told_before(const struct fa_flow_screen *s, size_t n)
{
	const struct fa_flow_element *e = &s->elements[n];

	if (e->role != FA_FLOW_TEXT || e->text.n == 0)
		return false;
	for (size_t i = n > LAST_TEXTS ? n - LAST_TEXTS : 0; i < n; i++)
		if (s->elements[i].role == FA_FLOW_TEXT &&
			s->elements[i].visible == e->visible &&
			fa_str_eq(s->elements[i].text, e->text))
			return true;
	return false;
}

/* What a screen says once more is nothing new: an app that says the same at
 * every tap has not gone to another screen each time. */
static int
print_once(char out[FA_FLOW_FINGERPRINT_BYTES], struct fa_walk *w,
	const struct fa_flow_screen *s, struct fa_err *err)
{
	struct fa_flow_screen once = *s;

	once.elements = fa_arena_new(
		&w->scratch, s->elements_n, sizeof(*once.elements));
	if (!once.elements)
		return no_memory(err);
	once.elements_n = 0;
	for (size_t i = 0; i < s->elements_n; i++)
		if (!is_told_before(s, i))
			once.elements[once.elements_n++] = s->elements[i];
	return fa_flow_fingerprint(out, &once, err);
}

/* What is typed into a form, that its user is a child, and what it asks for a
 * check for, an app knows without showing it. A button that can be tapped now
 * is a difference. */
int
fa_walk_key(char out[FA_WALK_KEY_BYTES], struct fa_walk *w,
	const struct fa_flow_screen *s, const struct fa_walk_past *past,
	struct fa_err *err)
{
	char print[FA_FLOW_FINGERPRINT_BYTES], intent[16] = "";
	struct fa_view_screen view;
	int rc = print_once(print, w, s, err);

	if (rc == FA_OK)
		rc = fa_view_screen(&view, w->o->vocab, s, &w->scratch, err);
	if (rc < 0)
		return rc;
	if (past->intent != 0 && fa_walk_asks(&view))
		(void)snprintf(intent, sizeof(intent), " %08x", past->intent);
	(void)snprintf(out, FA_WALK_KEY_BYTES, "%s -%u%s%s%s", print,
		disabled(s), past->child ? " child" : "",
		is_filled(s) ? " filled" : "", intent);
	return FA_OK;
}

uint32_t
fa_walk_find(const struct fa_walk *w, const char *key)
{
	for (uint32_t i = 0; i < w->flow->screens_n; i++)
		if (strcmp(w->screens[i].key, key) == 0)
			return i;
	return FA_FLOW_NONE;
}

static bool
is_same(const struct fa_flow_element *a, const struct fa_flow_element *b)
{
	return a->role == b->role && fa_str_eq(a->text, b->text) &&
		fa_str_eq(a->hint, b->hint) && fa_str_eq(a->label, b->label) &&
		fa_str_eq(a->native_id, b->native_id);
}

uint32_t
fa_walk_same_element(const struct fa_flow_screen *s,
	const struct fa_flow_screen *of, uint32_t at)
{
	const struct fa_flow_element *e = &of->elements[at];
	size_t nth = 0;

	if (at < s->elements_n && is_same(&s->elements[at], e))
		return at;
	for (uint32_t i = 0; i < at; i++)
		nth += is_same(&of->elements[i], e);
	for (uint32_t i = 0; i < s->elements_n; i++)
		if (is_same(&s->elements[i], e) && nth-- == 0)
			return i;
	/* Texts may count seconds. */
	return at < s->elements_n && s->elements[at].role == e->role &&
			s->elements_n == of->elements_n
		? at
		: FA_FLOW_NONE;
}

static bool
dup(struct fa_str *s, struct fa_arena *a)
{
	if (!s->p)
		return true;
	*s = fa_arena_dup(a, *s);
	return s->p != NULL;
}

static bool
dup_links(struct fa_flow_element *e, struct fa_arena *a)
{
	struct fa_flow_link *links =
		fa_arena_new(a, e->links_n, sizeof(*links));

	if (!links)
		return false;
	for (size_t i = 0; i < e->links_n; i++) {
		links[i] = e->links[i];
		if (!dup(&links[i].text, a) || !dup(&links[i].href, a) ||
			!dup(&links[i].doc, a))
			return false;
	}
	e->links = links;
	return true;
}

static bool
dup_element(
	struct fa_flow_element *e, size_t screen, size_t i, struct fa_arena *a)
{
	char id[ID_BYTES];

	(void)snprintf(id, sizeof(id), "s%zu.e%zu", screen, i);
	e->id = fa_arena_dup(a, fa_str_c(id));
	return e->id.p && dup(&e->text, a) && dup(&e->hint, a) &&
		dup(&e->label, a) && dup(&e->native_class, a) &&
		dup(&e->native_id, a) && dup_links(e, a);
}

static bool
dup_screen(struct fa_flow_screen *s, size_t n, struct fa_arena *a)
{
	struct fa_flow_element *elements =
		fa_arena_new(a, s->elements_n, sizeof(*elements));
	char id[ID_BYTES];

	(void)snprintf(id, sizeof(id), "s%zu", n);
	s->id = fa_arena_dup(a, fa_str_c(id));
	if (!elements || !s->id.p || !dup(&s->title, a) ||
		!dup(&s->native, a) || !dup(&s->url, a))
		return false;
	for (size_t i = 0; i < s->elements_n; i++) {
		elements[i] = s->elements[i];
		if (!dup_element(&elements[i], n, i, a))
			return false;
	}
	s->elements = elements;
	s->evidence = NULL;
	s->evidence_n = 0;
	return true;
}

static bool
make_room(struct fa_walk *w)
{
	struct fa_flow *f = w->flow;
	struct fa_flow_screen *screens = fa_arena_grow(w->a, f->screens,
		&w->flow_cap, f->screens_n + 1, sizeof(*screens));
	struct fa_walk_screen *ours = fa_arena_grow(w->a, w->screens,
		&w->screens_cap, f->screens_n + 1, sizeof(*ours));

	if (screens)
		f->screens = screens;
	if (ours)
		w->screens = ours;
	return screens && ours;
}

/* A screen without elements says why nobody can judge it. */
static int
note_unseen(struct fa_walk *w, uint32_t n, struct fa_err *err)
{
	struct fa_flow_gap gap = { .screen = n,
		.kind = FA_FLOW_GAP_NO_TREE,
		.element = FA_FLOW_NONE,
		.why = FA_STR("the page has too many nodes") };

	return w->look.too_large ? fa_walk_add_gap(w, &gap, err) : FA_OK;
}

int
fa_walk_add_screen(
	uint32_t *out, struct fa_walk *w, const char *key, struct fa_err *err)
{
	char print[FA_FLOW_FINGERPRINT_BYTES];
	struct fa_flow_screen s = w->look.screen;
	size_t n = w->flow->screens_n;
	struct fa_walk_screen *ours;
	int rc;

	if (!make_room(w) || !dup_screen(&s, n, w->a))
		return no_memory(err);
	rc = fa_flow_fingerprint(print, &s, err);
	if (rc < 0)
		return rc;
	s.fingerprint = fa_arena_dup(w->a, fa_str_c(print));
	if (!s.fingerprint.p)
		return no_memory(err);
	if (w->look.too_large || !w->look.settled)
		s.complete = FA_TRI_NO;
	ours = &w->screens[n];
	memset(ours, 0, sizeof(*ours));
	(void)snprintf(ours->key, sizeof(ours->key), "%s", key);
	ours->base = ours->box = FA_FLOW_NONE;
	rc = fa_view_screen(&ours->view, w->o->vocab, &s, w->a, err);
	if (rc < 0)
		return rc;
	w->flow->screens[n] = s;
	w->flow->screens_n++;
	w->stats.screens++;
	*out = (uint32_t)n;
	return note_unseen(w, *out, err);
}

static bool
is_known(const struct fa_flow *f, const struct fa_flow_transition *t)
{
	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *u = &f->transitions[i];

		if (u->from == t->from && u->to == t->to &&
			u->action == t->action && u->element == t->element &&
			u->basis >= t->basis &&
			(u->effects & t->effects) == t->effects)
			return true;
	}
	return false;
}

int
fa_walk_add_transition(struct fa_walk *w, const struct fa_flow_transition *t,
	struct fa_err *err)
{
	struct fa_flow *f = w->flow;
	struct fa_flow_transition *grown;

	if (is_known(f, t))
		return FA_OK;
	grown = fa_arena_grow(w->a, f->transitions, &w->transitions_cap,
		f->transitions_n + 1, sizeof(*grown));
	if (!grown)
		return no_memory(err);
	f->transitions = grown;
	grown[f->transitions_n] = *t;
	if (!dup(&grown[f->transitions_n].note, w->a))
		return no_memory(err);
	f->transitions_n++;
	w->stats.transitions++;
	return FA_OK;
}

int
fa_walk_add_gap(
	struct fa_walk *w, const struct fa_flow_gap *g, struct fa_err *err)
{
	struct fa_flow *f = w->flow;
	struct fa_flow_gap *grown = fa_arena_grow(
		w->a, f->gaps, &w->gaps_cap, f->gaps_n + 1, sizeof(*grown));

	if (!grown)
		return no_memory(err);
	f->gaps = grown;
	grown[f->gaps_n] = *g;
	if (!dup(&grown[f->gaps_n].why, w->a))
		return no_memory(err);
	f->gaps_n++;
	if (g->kind == FA_FLOW_GAP_UNEXPLORED)
		w->stats.unexplored++;
	return FA_OK;
}

int
fa_walk_add_end(struct fa_walk *w, uint32_t screen, enum fa_flow_end_kind kind,
	struct fa_err *err)
{
	struct fa_flow *f = w->flow;
	struct fa_flow_end *grown;

	for (size_t i = 0; i < f->ends_n; i++)
		if (f->ends[i].screen == screen && f->ends[i].kind == kind)
			return FA_OK;
	grown = fa_arena_grow(
		w->a, f->ends, &w->ends_cap, f->ends_n + 1, sizeof(*grown));
	if (!grown)
		return no_memory(err);
	f->ends = grown;
	grown[f->ends_n++] = (struct fa_flow_end){ screen, kind };
	return FA_OK;
}
