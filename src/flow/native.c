#include "flow/native.h"

#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

#define LABEL_BYTES 600   /* of a label put together from several texts */
#define BUTTON_RUNES 40   /* of the texts in a tapped container */
#define LABELLED_MAX 400  /* boxes of a screen whose label is looked for */
#define LABEL_LEVELS 3    /* parents of a box that are looked at */
#define PIXELS_MAX 100000 /* of a coordinate */

/* The views in reading order: at[k] is a view, end[k] the place behind its
 * last descendant. */
struct order {
	uint32_t *at, *end;
	uint32_t *place; /* of each view */
	size_t n;
};

enum fa_tri
fa_native_tri(struct fa_str s)
{
	if (fa_str_ieq(s, FA_STR("true")))
		return FA_TRI_YES;
	return fa_str_ieq(s, FA_STR("false")) ? FA_TRI_NO : FA_TRI_UNKNOWN;
}

bool
fa_native_bounds(struct fa_native_view *v, struct fa_str s)
{
	int32_t n[4];
	size_t k = 0;
	size_t i = 0;

	while (k < 4 && i < s.n) {
		size_t from = i;
		bool minus = i > 0 && s.p[i - 1] == '-';
		uint64_t value;

		while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
			i++;
		if (i == from) {
			i++;
			continue;
		}
		if (!fa_num_u64(fa_str_sub(s, from, i), PIXELS_MAX, &value))
			return false;
		n[k++] = minus ? -(int32_t)value : (int32_t)value;
	}
	if (k < 4)
		return false;
	v->has_box = true;
	v->left = n[0];
	v->top = n[1];
	v->right = n[2];
	v->bottom = n[3];
	return true;
}

/* Is part in s, whatever the ASCII case? */
static bool
has(struct fa_str s, const char *part)
{
	struct fa_str p = fa_str_c(part);

	for (size_t i = 0; i + p.n <= s.n; i++) {
		if (fa_str_ieq(fa_str_sub(s, i, i + p.n), p))
			return true;
	}
	return false;
}

static bool
has_any(struct fa_str s, const char *const *parts)
{
	for (; *parts != NULL; parts++) {
		if (has(s, *parts))
			return true;
	}
	return false;
}

/* The part of a class behind its last dot. */
static struct fa_str
tail(struct fa_str s)
{
	size_t n = s.n;

	while (n > 0 && s.p[n - 1] != '.')
		n--;
	return fa_str_sub(s, n, s.n);
}

static bool
is_camera(const struct fa_native_view *v, struct fa_str type)
{
	static const char *const sure[] = { "camera", "previewview", NULL };
	static const char *const surface[] = { "surfaceview", "textureview",
		"xcomponent", "glsurface", NULL };
	static const char *const named[] = { "camera", "preview", "face",
		"liveness", NULL };

	if (has_any(type, sure))
		return !has(type, "button") && !has(type, "image");
	return has_any(type, surface) && has_any(v->id, named);
}

/* Parts of class names, the first one that fits decides. */
static const struct {
	const char *part;
	enum fa_flow_role role;
} types[] = {
	{ "switch", FA_FLOW_SWITCH },
	{ "toggle", FA_FLOW_SWITCH },
	{ "radiobutton", FA_FLOW_RADIO },
	{ "checkbox", FA_FLOW_CHECKBOX },
	{ "edittext", FA_FLOW_INPUT },
	{ "textinput", FA_FLOW_INPUT },
	{ "textfield", FA_FLOW_INPUT },
	{ "textarea", FA_FLOW_INPUT },
	{ "searchfield", FA_FLOW_INPUT },
	{ "autocomplete", FA_FLOW_INPUT },
	{ "webview", FA_FLOW_WEBVIEW },
};

/* Types of HarmonyOS that are too short to be looked for as parts. */
static const struct {
	const char *name;
	enum fa_flow_role role;
} whole[] = {
	{ "radio", FA_FLOW_RADIO },
	{ "web", FA_FLOW_WEBVIEW },
};

/* What the class says; -1: nothing. */
static int
role_of_type(struct fa_str type)
{
	for (size_t i = 0; i < FA_COUNT(types); i++) {
		if (has(type, types[i].part))
			return (int)types[i].role;
	}
	for (size_t i = 0; i < FA_COUNT(whole); i++) {
		if (fa_str_ieq(type, fa_str_c(whole[i].name)))
			return (int)whole[i].role;
	}
	return -1;
}

/* What a view is that can be tapped, when its class does not say. */
static enum fa_flow_role
role_of_tapped(const struct fa_native_view *v, struct fa_str type)
{
	if (fa_str_starts(fa_str_trim(v->text), FA_STR("《")))
		return FA_FLOW_LINK;
	if (v->text.n > 0 || v->desc.n > 0 || has(type, "image") ||
		has(type, "icon"))
		return FA_FLOW_BUTTON;
	return FA_FLOW_CONTAINER;
}

static enum fa_flow_role
role_of(const struct fa_native_view *v)
{
	struct fa_str type = tail(v->type);
	int role = role_of_type(type);

	if (role >= 0)
		return (enum fa_flow_role)role;
	if (v->checkable == FA_TRI_YES)
		return FA_FLOW_CHECKBOX;
	if (v->editable == FA_TRI_YES)
		return FA_FLOW_INPUT;
	if (is_camera(v, type))
		return FA_FLOW_CAMERA;
	if (has(type, "link"))
		return FA_FLOW_LINK;
	if (has(type, "button"))
		return FA_FLOW_BUTTON;
	if (v->clickable == FA_TRI_YES)
		return role_of_tapped(v, type);
	if (has(type, "image") || has(type, "icon"))
		return FA_FLOW_IMAGE;
	return v->text.n > 0 ? FA_FLOW_TEXT : FA_FLOW_CONTAINER;
}

static bool
is_box(enum fa_flow_role r)
{
	return r == FA_FLOW_CHECKBOX || r == FA_FLOW_SWITCH ||
		r == FA_FLOW_RADIO;
}

static uint32_t *
new_list(struct fa_draft *d, size_t n)
{
	uint32_t *p = d->rc < 0 ? NULL : fa_arena_new(d->a, n + 1, sizeof(*p));

	if (p == NULL)
		fa_draft_fail(d, FA_E_NOMEM, "out of memory for a tree");
	return p;
}

/* Walks from one view downwards, without recursion: next is where to go on
 * among the children of each view. */
static void
visit(struct order *o, uint32_t root, const struct fa_native_dump *dump,
	uint32_t *next, const uint32_t *sibling)
{
	uint32_t at = root;

	o->place[at] = (uint32_t)o->n;
	o->at[o->n++] = at;
	for (;;) {
		uint32_t child = next[at];

		if (child != FA_FLOW_NONE) {
			next[at] = sibling[child];
			if (o->place[child] != FA_FLOW_NONE)
				continue;
			o->place[child] = (uint32_t)o->n;
			o->at[o->n++] = child;
			at = child;
			continue;
		}
		o->end[o->place[at]] = (uint32_t)o->n;
		if (at == root)
			return;
		at = dump->views[at].parent;
	}
}

/* Children keep the order in which they stand; what is in a circle is taken
 * up at its first view. */
static void
sort(struct fa_draft *d, struct order *o, const struct fa_native_dump *dump)
{
	uint32_t *next = new_list(d, dump->n);
	uint32_t *sibling = new_list(d, dump->n);

	o->at = new_list(d, dump->n);
	o->end = new_list(d, dump->n);
	o->place = new_list(d, dump->n);
	o->n = 0;
	if (d->rc < 0)
		return;
	for (size_t i = 0; i < dump->n; i++) {
		next[i] = sibling[i] = FA_FLOW_NONE;
		o->place[i] = FA_FLOW_NONE;
	}
	for (size_t i = dump->n; i-- > 0;) {
		uint32_t up = dump->views[i].parent;

		if (up < dump->n && up != i) {
			sibling[i] = next[up];
			next[up] = (uint32_t)i;
		}
	}
	for (size_t i = 0; i < dump->n; i++) {
		uint32_t up = dump->views[i].parent;

		if (up >= dump->n || up == i)
			visit(o, (uint32_t)i, dump, next, sibling);
	}
	for (size_t i = 0; i < dump->n; i++) {
		if (o->place[i] == FA_FLOW_NONE)
			visit(o, (uint32_t)i, dump, next, sibling);
	}
}

static bool
is_shown(const struct fa_native_view *v)
{
	enum fa_flow_role r = role_of(v);

	return r != FA_FLOW_CONTAINER || v->clickable == FA_TRI_YES ||
		v->desc.n > 0;
}

/* Appends the texts of the views at places from..to; false when one of them is
 * tapped or ticked for itself. */
static bool
gather(struct fa_buf *b, const struct fa_native_dump *dump,
	const struct order *o, uint32_t from, uint32_t to)
{
	bool plain = true;

	for (uint32_t k = from; k < to && b->rc == FA_OK; k++) {
		const struct fa_native_view *v = &dump->views[o->at[k]];

		if (v->visible == FA_TRI_NO)
			continue;
		if (v->clickable == FA_TRI_YES || is_box(role_of(v)))
			plain = false;
		fa_buf_add(b, fa_str_trim(v->text));
	}
	return plain;
}

/* A tapped container is a button when what it holds is short and is not tapped
 * by itself. */
static void
name_container(struct fa_draft *d, struct fa_flow_element *e,
	const struct fa_native_dump *dump, const struct order *o, uint32_t k)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };
	bool plain;

	fa_buf_init(&b, LABEL_BYTES);
	plain = gather(&b, dump, o, k + 1, o->end[k]);
	if (!plain || b.rc < 0 || b.n == 0 ||
		fa_utf8_count(fa_buf_str(&b)) > BUTTON_RUNES)
		return;
	e->role = FA_FLOW_BUTTON;
	e->label = fa_draft_text(d, fa_buf_str(&b));
}

/* The place of the nearest parent of the view at place k, or o->n. */
static uint32_t
place_above(
	const struct fa_native_dump *dump, const struct order *o, uint32_t k)
{
	uint32_t up = dump->views[o->at[k]].parent;
	uint32_t at = up < dump->n ? o->place[up] : FA_FLOW_NONE;

	return at < k ? at : (uint32_t)o->n;
}

static size_t
count_boxes(const struct fa_native_dump *dump, const struct order *o,
	uint32_t from, uint32_t to)
{
	size_t n = 0;

	for (uint32_t k = from; k < to; k++)
		n += is_box(role_of(&dump->views[o->at[k]]));
	return n;
}

/* A box without a text is labelled by the texts around it: those below the
 * nearest parent that has a text and no other box. */
static void
name_box(struct fa_draft *d, struct fa_flow_element *e,
	const struct fa_native_dump *dump, const struct order *o, uint32_t k)
{
	uint32_t up = place_above(dump, o, k);

	for (unsigned i = 0; i < LABEL_LEVELS && up < o->n; i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };

		if (count_boxes(dump, o, up, o->end[up]) != 1)
			return;
		fa_buf_init(&b, LABEL_BYTES);
		(void)gather(&b, dump, o, up, o->end[up]);
		if (b.n > 0 && b.rc == FA_OK)
			e->label = fa_draft_text(d, fa_buf_str(&b));
		if (b.n > 0)
			return;
		up = place_above(dump, o, up);
	}
}

/* Names written 《like this》 in a text are documents it speaks of. */
static void
add_links(struct fa_draft *d, struct fa_flow_element *e)
{
	struct fa_str open = FA_STR("《");
	struct fa_str close = FA_STR("》");
	size_t at = fa_str_find(e->text, open, 0);

	while (at != SIZE_MAX && d->rc == FA_OK) {
		size_t end = fa_str_find(e->text, close, at);

		if (end == SIZE_MAX)
			return;
		fa_draft_link(d, e, fa_str_sub(e->text, at, end + close.n),
			FA_STR_NONE);
		at = fa_str_find(e->text, open, end);
	}
}

static void
add_element(struct fa_draft *d, const struct fa_native_view *v)
{
	struct fa_flow_element *e = fa_draft_element(d, role_of(v));

	e->text = fa_draft_text(d, v->text);
	e->hint = fa_draft_text(d, v->desc.n > 0 ? v->desc : v->hint);
	e->native_class = fa_draft_text(d, v->type);
	e->native_id = fa_draft_text(d, v->id);
	e->visible = v->visible;
	e->enabled = v->enabled;
	e->clickable = v->clickable;
	e->checked = is_box(e->role) ? v->checked : FA_TRI_UNKNOWN;
	if (v->has_box) {
		e->has_box = true;
		e->box = (struct fa_flow_box){ v->left, v->top,
			v->right > v->left ? v->right - v->left : 0,
			v->bottom > v->top ? v->bottom - v->top : 0 };
		if (e->box.w == 0 || e->box.h == 0)
			e->visible = FA_TRI_NO;
	}
	add_links(d, e);
}

void
fa_native_add(struct fa_draft *d, const struct fa_native_dump *dump,
	uint32_t *element_of)
{
	uint32_t *kept = element_of ? element_of : new_list(d, dump->n);
	struct order o = { .n = 0 };
	unsigned named = 0;

	if (d->rc == FA_OK)
		sort(d, &o, dump);
	for (size_t i = 0; d->rc == FA_OK && i < dump->n; i++)
		kept[i] = FA_FLOW_NONE;
	for (uint32_t k = 0; d->rc == FA_OK && k < o.n; k++) {
		const struct fa_native_view *v = &dump->views[o.at[k]];
		struct fa_flow_screen *s = &d->f->screens[d->f->screens_n - 1];
		uint32_t up = place_above(dump, &o, k);
		uint32_t parent = up < o.n ? kept[o.at[up]] : FA_FLOW_NONE;
		struct fa_flow_element *e;

		kept[o.at[k]] = parent; /* for what stands below a view that
					 * is left out */
		if (!is_shown(v))
			continue;
		add_element(d, v);
		if (d->rc < 0)
			return;
		e = &s->elements[s->elements_n - 1];
		e->parent = parent;
		kept[o.at[k]] = fa_draft_last(d);
		if (e->text.n > 0 || named >= LABELLED_MAX)
			continue;
		named += is_box(e->role) || e->role == FA_FLOW_CONTAINER;
		if (is_box(e->role))
			name_box(d, e, dump, &o, k);
		else if (e->role == FA_FLOW_CONTAINER)
			name_container(d, e, dump, &o, k);
	}
}

void
fa_native_gaps(struct fa_draft *d)
{
	struct fa_flow *f = d->f;
	uint32_t at;
	const struct fa_flow_screen *s;
	bool text = false;

	if (d->rc < 0 || f->screens_n == 0)
		return;
	at = (uint32_t)f->screens_n - 1;
	s = &f->screens[at];
	for (size_t i = 0; i < s->elements_n; i++)
		text |= s->elements[i].text.n > 0 || s->elements[i].hint.n > 0;
	if (s->elements_n == 0) {
		fa_draft_gap(d, at, FA_FLOW_GAP_NO_TREE, FA_FLOW_NONE, NULL);
		return;
	}
	if (!text)
		fa_draft_gap(d, at, FA_FLOW_GAP_IMAGE_ONLY, FA_FLOW_NONE, NULL);
	for (uint32_t i = 0; i < s->elements_n; i++) {
		const struct fa_flow_element *e = &s->elements[i];

		if (e->role == FA_FLOW_WEBVIEW && e->text.n == 0 &&
			(i + 1 == s->elements_n ||
				s->elements[i + 1].parent != i))
			fa_draft_gap(d, at, FA_FLOW_GAP_WEBVIEW, i, NULL);
	}
	fa_draft_gap(d, at, FA_FLOW_GAP_NO_STYLE, FA_FLOW_NONE, NULL);
}
