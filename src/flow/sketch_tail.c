/* What stands behind an element of a sketch, and how it looks. */
#include "flow/sketch.h"

#define SHOWN_BYTES 100
/* How things look that no flag describes: dark grey on white, 16 px. */
#define PLAIN_CPX 1600
#define SMALL_CPX 1000
#define BIG_CPX 2000
#define PLAIN_FG 0x333333
#define PAPER 0xffffff
#define FAINT_FG 0xbbbbbb
#define STRONG_FG 0xffffff
#define STRONG_BG 0x1a5fd0

static uint32_t
this_screen(const struct fa_sketch *k)
{
	return (uint32_t)k->d.f->screens_n - 1;
}

bool
fa_sketch_is_arrow(struct fa_str s)
{
	return fa_str_starts(s, FA_STR("->")) || fa_str_starts(s, FA_STR("=>"));
}

bool
fa_sketch_is_target(struct fa_str s)
{
	return fa_sketch_is_id(s) || fa_str_eq(s, FA_STR("!exit")) ||
		fa_str_eq(s, FA_STR("!external")) || fa_str_eq(s, FA_STR("?"));
}

/* flags, "-> id", flags; *t is what was found. */
void
fa_sketch_tail(struct fa_sketch *k, struct fa_str s, struct fa_sketch_tail *t)
{
	struct fa_str rest = fa_str_trim(s);
	size_t n = 0;

	*t = (struct fa_sketch_tail){ .goes = false };
	t->flags = fa_sketch_flags(k, &rest);
	if (fa_str_starts(rest, FA_STR("{"))) {
		struct fa_str braces;

		while (n < rest.n && rest.p[n] != '}')
			n++;
		if (n == rest.n)
			fa_sketch_fail(k, "\"{\" without \"}\"");
		braces = fa_str_sub(rest, 0, n + 1);
		t->flags |= fa_sketch_flags(k, &braces);
		rest = fa_str_trim(fa_str_sub(rest, n + 1, rest.n));
	}
	if (rest.n == 0)
		return;
	if (!fa_sketch_is_arrow(rest)) {
		fa_sketch_fail(k,
			"expected \"-> id\" or \"{flags}\", found "
			"\"%.*s\"",
			FA_STR_ARG(fa_str_sub(rest, 0, SHOWN_BYTES)));
		return;
	}
	t->goes = true;
	t->face = rest.p[0] == '=';
	t->to = fa_str_trim(fa_str_sub(rest, 2, rest.n));
	if (!fa_sketch_is_target(t->to))
		fa_sketch_fail(k,
			"expected a screen, \"!exit\", "
			"\"!external\" or \"?\" behind the arrow, found "
			"\"%.*s\"",
			FA_STR_ARG(fa_str_sub(t->to, 0, SHOWN_BYTES)));
}

static void
add_goal(struct fa_sketch *k, size_t transition, struct fa_str to)
{
	struct fa_sketch_goal *grown = fa_arena_grow(k->d.a, k->goals,
		&k->goals_cap, k->goals_n + 1, sizeof(*grown));

	if (grown == NULL) {
		fa_draft_fail(&k->d, FA_E_NOMEM, "out of memory for a sketch");
		return;
	}
	k->goals = grown;
	k->goals[k->goals_n++] =
		(struct fa_sketch_goal){ transition, to, k->line };
}

/* The transition that t describes, or the gap of "?". */
void
fa_sketch_go(struct fa_sketch *k, const struct fa_sketch_tail *t,
	enum fa_flow_action action, uint32_t element, uint32_t wait_ms)
{
	struct fa_flow_transition *x;
	uint32_t from = this_screen(k);

	if (!t->goes || k->d.rc < 0)
		return;
	if (fa_str_eq(t->to, FA_STR("?"))) {
		fa_draft_gap(&k->d, from, FA_FLOW_GAP_UNEXPLORED, element,
			element == FA_FLOW_NONE ? fa_flow_action_name(action)
						: NULL);
		return;
	}
	x = fa_draft_go(&k->d, from, FA_FLOW_NONE, k->basis,
		t->face ? FA_FLOW_FACE : action);
	x->element = element;
	x->wait_ms = wait_ms;
	if (t->flags & FA_SKETCH_CAMERA)
		x->effects |= FA_FLOW_EFFECT_CAMERA;
	if (t->flags & FA_SKETCH_UPLOAD)
		x->effects |= FA_FLOW_EFFECT_UPLOAD;
	if (fa_str_eq(t->to, FA_STR("!exit"))) {
		x->effects |= FA_FLOW_EFFECT_EXIT;
	} else if (fa_str_eq(t->to, FA_STR("!external"))) {
		x->note = FA_STR("external");
		fa_draft_end(&k->d, from, FA_FLOW_END_EXTERNAL);
	} else {
		add_goal(k, k->d.f->transitions_n - 1, t->to);
	}
}

void
fa_sketch_look(struct fa_sketch *k, struct fa_flow_element *e, unsigned flags)
{
	const unsigned known = FA_SKETCH_SMALL | FA_SKETCH_BIG |
		FA_SKETCH_FAINT | FA_SKETCH_STRONG | FA_SKETCH_OFF |
		FA_SKETCH_HIDDEN | FA_SKETCH_CAMERA | FA_SKETCH_UPLOAD;
	uint32_t font = PLAIN_CPX;

	if ((flags & ~known) != 0)
		fa_sketch_fail(k,
			"what stands on a screen may be small, big, "
			"faint, strong, off, hidden, camera or upload only");
	e->visible = flags & FA_SKETCH_HIDDEN ? FA_TRI_NO : FA_TRI_YES;
	e->enabled = flags & FA_SKETCH_OFF ? FA_TRI_NO : FA_TRI_YES;
	if (flags & FA_SKETCH_SMALL)
		font = SMALL_CPX;
	else if (flags & FA_SKETCH_BIG)
		font = BIG_CPX;
	if (flags & FA_SKETCH_STRONG)
		fa_draft_style(e, font, STRONG_FG, STRONG_BG);
	else
		fa_draft_style(e, font,
			flags & FA_SKETCH_FAINT ? FAINT_FG : PLAIN_FG, PAPER);
}
