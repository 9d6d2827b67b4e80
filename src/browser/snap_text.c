/* Whose text is whose: of a control, of a label, of a paragraph. */
#include "browser/snap_view.h"

bool
fa_view_has_text(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_node *n = &v->s->nodes[i];

	return n->has_layout && n->text.p != NULL && fa_str_trim(n->text).n > 0;
}

static bool
is_control(const struct fa_view *v, uint32_t i)
{
	int role = v->v[i].role;

	return role >= 0 && role != FA_FLOW_CONTAINER && role != FA_FLOW_TEXT &&
		role != FA_FLOW_IMAGE;
}

static bool
is_inline(const struct fa_snap *s, uint32_t i)
{
	const struct fa_snap_node *n = &s->nodes[i];

	return !n->has_layout || n->text.p != NULL ||
		fa_view_style(s, i, FA_SNAP_DISPLAY, "inline") ||
		fa_view_style(s, i, FA_SNAP_DISPLAY, "contents");
}

/* HTML, 4.10.4: the control that a label is for. */
static uint32_t
target_of(const struct fa_view *v, uint32_t label)
{
	const struct fa_snap *s = v->s;
	struct fa_str id = fa_snap_attr(s, label, "for");

	if (id.n > 0) {
		for (uint32_t i = 0; i < s->n; i++)
			if (fa_view_is_box(v, i) &&
				fa_str_eq(fa_snap_attr(s, i, "id"), id))
				return i;
		return FA_SNAP_NONE;
	}
	for (uint32_t i = label + 1; i < s->nodes[label].end; i++)
		if (fa_view_is_box(v, i))
			return i;
	return FA_SNAP_NONE;
}

static void
set_label(struct fa_view *v, uint32_t box, uint32_t root)
{
	if (v->v[box].labelled != FA_SNAP_NONE)
		return;
	v->v[box].labelled = root;
	for (uint32_t i = root; i < v->s->nodes[root].end; i++)
		if (!fa_view_within(v->s, i, box) &&
			v->v[i].label == FA_SNAP_NONE)
			v->v[i].label = box;
}

static uint32_t
by_id(const struct fa_snap *s, struct fa_str id)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (fa_str_eq(fa_snap_attr(s, i, "id"), id))
			return i;
	return FA_SNAP_NONE;
}

/* Whether what stands in root is this box, words and links, and no other
 * control. */
static bool
is_row_of(const struct fa_view *v, uint32_t root, uint32_t box)
{
	for (uint32_t i = root + 1; i < v->s->nodes[root].end; i++) {
		if (fa_view_within(v->s, i, box))
			continue;
		if (is_control(v, i) && v->v[i].role != FA_FLOW_LINK &&
			!(v->v[i].guessed && v->v[i].role == FA_FLOW_BUTTON &&
				is_inline(v->s, i)))
			return false;
	}
	return true;
}

/* A box without a label: the words that stand in its row. A row that is one
 * guessed button is that of the box. A box that is hidden with all around it
 * has no row; what its script draws in its place stands beside it. */
static void
label_by_row(struct fa_view *v, uint32_t box)
{
	uint32_t root = v->s->nodes[box].parent;

	if (root == FA_SNAP_NONE ||
		(!v->s->nodes[box].has_layout && !v->s->nodes[root].has_layout))
		return;
	for (int k = 0; k < FA_VIEW_LABEL_CLIMB && root != FA_SNAP_NONE; k++) {
		if (v->v[root].runes > 0) {
			if (v->v[root].runes <= FA_VIEW_LABEL_RUNES &&
				is_row_of(v, root, box))
				set_label(v, box, root);
			return;
		}
		root = v->s->nodes[root].parent;
	}
}

static void
label_box(struct fa_view *v, uint32_t box)
{
	struct fa_str ids = fa_snap_attr(v->s, box, "aria-labelledby");
	uint32_t root;

	if (v->v[box].labelled == FA_SNAP_NONE && ids.n > 0) {
		root = by_id(v->s, fa_str_trim(ids));
		if (root != FA_SNAP_NONE)
			set_label(v, box, root);
	}
	if (v->v[box].labelled == FA_SNAP_NONE && v->v[box].runes == 0)
		label_by_row(v, box);
}

/* A box that is not to be seen and drawn by its label is tapped there. */
static void
choose_hit(struct fa_view *v, uint32_t box)
{
	uint32_t root = v->v[box].labelled;

	if (v->v[box].visible)
		return;
	if (root != FA_SNAP_NONE && v->v[root].visible)
		v->v[box].hit = root;
	else if (!v->s->nodes[box].has_layout)
		v->v[box].role = -1;
}

void
fa_view_labels(struct fa_view *v)
{
	for (uint32_t i = 0; i < v->s->n; i++) {
		v->v[i].label = v->v[i].labelled = FA_SNAP_NONE;
		v->v[i].hit = i;
	}
	for (uint32_t i = 0; i < v->s->n; i++) {
		uint32_t box;

		if (!fa_snap_is(v->s, i, "LABEL"))
			continue;
		box = target_of(v, i);
		if (box != FA_SNAP_NONE)
			set_label(v, box, i);
	}
	for (uint32_t i = 0; i < v->s->n; i++) {
		if (!fa_view_is_box(v, i))
			continue;
		label_box(v, i);
		choose_hit(v, i);
	}
}

/* Climbs from a text to the control and the block it stands in. */
static void
place_text(struct fa_view *v, uint32_t i)
{
	struct fa_view_node *o = &v->v[i];
	uint32_t at = v->s->nodes[i].parent;

	for (int depth = 0; at != FA_SNAP_NONE && depth < FA_SNAP_DEPTH_MAX;
		depth++) {
		if (o->control == FA_SNAP_NONE && is_control(v, at))
			o->control = at;
		if (o->line == FA_SNAP_NONE && !is_inline(v->s, at))
			o->line = at;
		if (o->line != FA_SNAP_NONE && o->control != FA_SNAP_NONE)
			break;
		at = v->s->nodes[at].parent;
	}
	o->block = o->line;
	/* The block stands in the control: the text is the control's only. */
	if (o->control != FA_SNAP_NONE && o->line != FA_SNAP_NONE &&
		fa_view_within(v->s, o->line, o->control))
		o->block = FA_SNAP_NONE;
	if (o->label != FA_SNAP_NONE)
		o->block = FA_SNAP_NONE;
}

static void
settle_text(struct fa_view *v, uint32_t i)
{
	struct fa_view_node *o = &v->v[i];
	struct fa_view_node *c;

	if (o->block == FA_SNAP_NONE)
		return;
	if (v->v[o->block].role != FA_FLOW_TEXT) {
		o->block = FA_SNAP_NONE; /* nothing but controls in there */
		return;
	}
	if (o->control == FA_SNAP_NONE)
		return;
	c = &v->v[o->control];
	/* In the middle of a sentence: words that can be tapped. */
	if (c->guessed && c->role == FA_FLOW_BUTTON &&
		is_inline(v->s, o->control))
		c->role = FA_FLOW_LINK;
	if (c->role != FA_FLOW_LINK)
		o->block = FA_SNAP_NONE;
}

void
fa_view_texts(struct fa_view *v)
{
	for (uint32_t i = 0; i < v->s->n; i++) {
		v->v[i].control = v->v[i].block = v->v[i].line = FA_SNAP_NONE;
		if (fa_view_has_text(v, i))
			place_text(v, i);
	}
	for (uint32_t i = 0; i < v->s->n; i++) {
		uint32_t block = v->v[i].block;

		if (block == FA_SNAP_NONE || v->v[i].control != FA_SNAP_NONE)
			continue;
		if (v->v[block].role < 0 ||
			v->v[block].role == FA_FLOW_CONTAINER)
			v->v[block].role = FA_FLOW_TEXT;
	}
	for (uint32_t i = 0; i < v->s->n; i++) {
		settle_text(v, i);
		/* Words to be tapped in a label, too. */
		if (v->v[i].label != FA_SNAP_NONE && v->v[i].guessed &&
			v->v[i].role == FA_FLOW_BUTTON && is_inline(v->s, i))
			v->v[i].role = FA_FLOW_LINK;
	}
}
