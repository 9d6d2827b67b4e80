/* What can be seen at all, and what hides what. */
#include "model/colour.h"
#include "browser/snap_view.h"

#define FAR ((int64_t)1 << 50)
#define HIDES_MIN 100 /* of 1000: a background that hides */

#define MASK_ALPHA_MIN 150 /* of 1000: a veil over the page */
#define MASK_ALPHA_MAX 950 /* more is a page of its own */

struct clip {
	int64_t x0, y0, x1, y1;
};

/* What is left to the content of a node, and to content that is positioned
 * and so escapes boxes that are not. */
struct clips {
	struct clip flow, positioned;
};

static const struct clip everything = { -FAR, -FAR, FAR, FAR };

bool
fa_view_style(const struct fa_snap *s, uint32_t i, enum fa_snap_style k,
	const char *z)
{
	return fa_str_eq(s->nodes[i].style[k], fa_str_c(z));
}

bool
fa_view_within(const struct fa_snap *s, uint32_t inner, uint32_t outer)
{
	return inner >= outer && inner < s->nodes[outer].end;
}

static struct clip
cut(struct clip c, const struct fa_snap_box *b)
{
	if (b->x > c.x0)
		c.x0 = b->x;
	if (b->y > c.y0)
		c.y0 = b->y;
	if (b->x + b->w < c.x1)
		c.x1 = b->x + b->w;
	if (b->y + b->h < c.y1)
		c.y1 = b->y + b->h;
	return c;
}

static bool
shows(struct clip c, const struct fa_snap_box *b)
{
	c = cut(c, b);
	return c.x1 - c.x0 >= 100 && c.y1 - c.y0 >= 100;
}

static uint32_t
own_opacity(const struct fa_snap_node *n)
{
	int64_t v;

	if (!n->has_layout || n->text.p != NULL ||
		!fa_colour_number(n->style[FA_SNAP_OPACITY], &v))
		return 1000;
	return v < 0 ? 0 : v > 100 ? 1000 : (uint32_t)v * 10;
}

/* A box that is cut to nothing but its content is, of a scroller, is not: one
 * can get there. */
static bool
is_clipping(const struct fa_snap *s, uint32_t i)
{
	return fa_view_style(s, i, FA_SNAP_OVERFLOW, "hidden") ||
		fa_view_style(s, i, FA_SNAP_OVERFLOW, "clip") ||
		fa_snap_is(s, i, "IFRAME");
}

static void
see_one(struct fa_view *v, uint32_t i, struct clips *clips, struct clip page)
{
	const struct fa_snap *s = v->s;
	const struct fa_snap_node *n = &s->nodes[i];
	bool root = n->parent == FA_SNAP_NONE;
	struct clips c = { everything, everything };
	struct fa_view_node *o = &v->v[i];
	bool fixed = fa_view_style(s, i, FA_SNAP_POSITION, "fixed");
	bool absolute = fa_view_style(s, i, FA_SNAP_POSITION, "absolute");
	bool is_static = fa_view_style(s, i, FA_SNAP_POSITION, "static");

	o->opacity = own_opacity(n);
	o->fixed = fixed || fa_view_style(s, i, FA_SNAP_POSITION, "sticky");
	if (!root) {
		o->opacity = o->opacity * v->v[n->parent].opacity / 1000;
		o->fixed = o->fixed || v->v[n->parent].fixed;
		if (!fixed)
			c = clips[n->parent];
		if (absolute)
			c.flow = c.positioned;
	}
	o->visible = n->has_layout && o->opacity >= FA_VIEW_OPACITY_MIN &&
		fa_view_style(s, i, FA_SNAP_VISIBILITY, "visible") &&
		shows(c.flow, &n->box) && shows(page, &n->box);
	if (n->has_layout && is_clipping(s, i))
		c.flow = cut(c.flow, &n->box);
	if (n->has_layout && n->text.p == NULL && !is_static)
		c.positioned = c.flow;
	clips[i] = c;
}

int
fa_view_see(struct fa_view *v, struct fa_err *err)
{
	struct clip page = cut(everything, &v->s->page);
	struct clips *clips = fa_arena_new(v->a, v->s->n, sizeof(*clips));

	/* Fixed boxes may lie beside a page that is short. */
	if (page.x1 < v->width)
		page.x1 = v->width;
	if (page.y1 < v->height)
		page.y1 = v->height;
	if (clips == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a look");
	for (uint32_t i = 0; i < v->s->n; i++)
		see_one(v, i, clips, page);
	return FA_OK;
}

/* How much of its own background hides what is behind, of 1000. */
static uint32_t
opacity_of(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_node *n = &v->s->nodes[i];
	struct fa_colour c;
	bool picture = fa_snap_is(v->s, i, "IMG") ||
		fa_snap_is(v->s, i, "VIDEO") || fa_snap_is(v->s, i, "IFRAME");

	if (n->text.p != NULL || !n->has_layout)
		return 0;
	if (picture ||
		(n->style[FA_SNAP_BACKGROUND_IMAGE].n > 0 &&
			!fa_view_style(
				v->s, i, FA_SNAP_BACKGROUND_IMAGE, "none")))
		return v->v[i].opacity;
	if (!fa_colour_parse(n->style[FA_SNAP_BACKGROUND], &c))
		return 0;
	return c.alpha * v->v[i].opacity / 1000;
}

/* A bar that stays when the page is scrolled hides nothing for good. */
static bool
is_bar(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_box *page = &v->s->page;

	return v->v[i].fixed && v->s->nodes[i].box.h * 2 < v->height &&
		page->h > v->height;
}

static bool
hides_others(const struct fa_view *v, uint32_t i)
{
	return v->v[i].visible && opacity_of(v, i) >= HIDES_MIN &&
		!fa_view_style(v->s, i, FA_SNAP_POINTER, "none");
}

static bool
covers(const struct fa_view *v, uint32_t top, uint32_t under)
{
	const struct fa_snap_node *t = &v->s->nodes[top];
	const struct fa_snap_node *u = &v->s->nodes[under];
	int64_t x = u->box.x + u->box.w / 2;
	int64_t y = u->box.y + u->box.h / 2;

	return t->paint > u->paint && x >= t->box.x &&
		x < t->box.x + t->box.w && y >= t->box.y &&
		y < t->box.y + t->box.h && !fa_view_within(v->s, top, under) &&
		!fa_view_within(v->s, under, top) && !is_bar(v, top);
}

/* The element that a covering node belongs to; it becomes one if need be. */
static uint32_t
coverer(struct fa_view *v, uint32_t node, uint32_t under)
{
	uint32_t i = node;

	while (i != FA_SNAP_NONE && !fa_view_within(v->s, under, i)) {
		if (v->v[i].role >= 0)
			return i;
		i = v->s->nodes[i].parent;
	}
	v->v[node].role = FA_FLOW_CONTAINER;
	v->v[node].covers = true;
	return node;
}

int
fa_view_cover(struct fa_view *v, struct fa_err *err)
{
	uint32_t *tops = fa_arena_new(v->a, v->s->n, sizeof(*tops));
	uint64_t makers = 0;
	uint32_t n = 0;

	if (tops == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a look");
	for (uint32_t i = 0; i < v->s->n; i++) {
		v->v[i].covered = FA_SNAP_NONE;
		makers += v->v[i].role >= 0;
		if (hides_others(v, i))
			tops[n++] = i;
	}
	if (makers * n > FA_VIEW_PAIRS_MAX)
		return FA_OK;
	for (uint32_t i = 0; i < v->s->n; i++) {
		uint32_t top = FA_SNAP_NONE;

		if (v->v[i].role < 0 || v->v[i].covers || !v->v[i].visible)
			continue;
		for (uint32_t k = 0; k < n; k++)
			if (covers(v, tops[k], i) &&
				(top == FA_SNAP_NONE ||
					v->s->nodes[tops[k]].paint >
						v->s->nodes[top].paint))
				top = tops[k];
		if (top != FA_SNAP_NONE)
			v->v[i].covered = coverer(v, top, i);
	}
	return FA_OK;
}

/* A veil, or what calls itself a dialog. */
bool
fa_view_is_modal(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_box *b = &v->s->nodes[i].box;
	struct fa_str role = fa_snap_attr(v->s, i, "role");
	uint32_t hides;

	if (!v->v[i].visible || v->s->nodes[i].type != 1)
		return false;
	if (fa_str_eq(role, FA_STR("dialog")) ||
		fa_str_eq(role, FA_STR("alertdialog")) ||
		fa_str_eq(
			fa_snap_attr(v->s, i, "aria-modal"), FA_STR("true")) ||
		fa_snap_is(v->s, i, "DIALOG"))
		return true;
	hides = opacity_of(v, i);
	return v->v[i].fixed && hides >= MASK_ALPHA_MIN &&
		hides <= MASK_ALPHA_MAX && b->w * 10 >= v->width * 8 &&
		b->h * 10 >= v->height * 8;
}
