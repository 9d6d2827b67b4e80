/* What each node is: a control by its kind, or by what it does when tapped. */
#include "model/colour.h"
#include "browser/snap_view.h"

#define BOX_MAX_PX 4800     /* a box to tick is no larger, hundredths */
#define SWITCH_MAX_PX 8000  /* nor a switch wider */
#define IMAGE_MIN_PX 1600   /* smaller pictures are ornaments */
#define PICTURE_MIN_PX 9600 /* a background that may carry text */
#define DELEGATE_RUNES 12

struct name_role {
	const char *name;
	int role;
};

/* WAI-ARIA 1.2, 5.3: widget roles that a finger can do something to. */
static const struct name_role aria_roles[] = {
	{ "button", FA_FLOW_BUTTON },
	{ "link", FA_FLOW_LINK },
	{ "checkbox", FA_FLOW_CHECKBOX },
	{ "menuitemcheckbox", FA_FLOW_CHECKBOX },
	{ "switch", FA_FLOW_SWITCH },
	{ "radio", FA_FLOW_RADIO },
	{ "menuitemradio", FA_FLOW_RADIO },
	{ "tab", FA_FLOW_BUTTON },
	{ "menuitem", FA_FLOW_BUTTON },
	{ "option", FA_FLOW_BUTTON },
	{ "img", FA_FLOW_IMAGE },
	{ "textbox", FA_FLOW_INPUT },
	{ "searchbox", FA_FLOW_INPUT },
	{ "combobox", FA_FLOW_INPUT },
	{ "spinbutton", FA_FLOW_INPUT },
	{ "slider", FA_FLOW_INPUT },
};

static const struct name_role tag_roles[] = {
	{ "BUTTON", FA_FLOW_BUTTON },
	{ "SUMMARY", FA_FLOW_BUTTON },
	{ "TEXTAREA", FA_FLOW_INPUT },
	{ "SELECT", FA_FLOW_INPUT },
	{ "IMG", FA_FLOW_IMAGE },
	{ "CANVAS", FA_FLOW_IMAGE },
	{ "svg", FA_FLOW_IMAGE },
};

/* HTML, 4.10.5.1, states of the type attribute; the others are texts. */
static const struct name_role input_roles[] = {
	{ "checkbox", FA_FLOW_CHECKBOX },
	{ "radio", FA_FLOW_RADIO },
	{ "button", FA_FLOW_BUTTON },
	{ "submit", FA_FLOW_BUTTON },
	{ "reset", FA_FLOW_BUTTON },
	{ "image", FA_FLOW_BUTTON },
	{ "hidden", -1 },
};

/* Parts of class names by which boxes without a role can be told. */
static const struct name_role class_roles[] = {
	{ "checkbox", FA_FLOW_CHECKBOX },
	{ "check-box", FA_FLOW_CHECKBOX },
	{ "check_box", FA_FLOW_CHECKBOX },
	{ "radio", FA_FLOW_RADIO },
	{ "switch", FA_FLOW_SWITCH },
	{ "toggle", FA_FLOW_SWITCH },
};

static int
find_role(const struct name_role *table, size_t n, struct fa_str name, int none)
{
	for (size_t i = 0; i < n; i++)
		if (fa_str_ieq(name, fa_str_c(table[i].name)))
			return table[i].role;
	return none;
}

static bool
has(struct fa_str s, const char *part)
{
	return fa_str_find(s, fa_str_c(part), 0) != SIZE_MAX;
}

static int
input_role(const struct fa_snap *s, uint32_t i)
{
	struct fa_str type = fa_snap_attr(s, i, "type");
	struct fa_str accept = fa_snap_attr(s, i, "accept");

	if (fa_str_ieq(type, FA_STR("file")))
		return fa_snap_attr(s, i, "capture").p != NULL ||
				has(accept, "image") || has(accept, "video")
			? FA_FLOW_CAMERA
			: FA_FLOW_INPUT;
	return find_role(
		input_roles, FA_COUNT(input_roles), type, FA_FLOW_INPUT);
}

/* Without a film of its own, a video shows a stream. */
static int
video_role(const struct fa_snap *s, uint32_t i)
{
	if (fa_snap_attr(s, i, "src").n > 0)
		return FA_FLOW_IMAGE;
	for (uint32_t k = i + 1; k < s->nodes[i].end; k++)
		if (fa_snap_is(s, k, "SOURCE"))
			return FA_FLOW_IMAGE;
	return FA_FLOW_CAMERA;
}

static bool
leads_somewhere(struct fa_str href)
{
	return href.n > 0 && href.p[0] != '#' &&
		!fa_str_ieq(fa_str_sub(href, 0, 11), FA_STR("javascript:"));
}

static int
kind_role(const struct fa_snap *s, uint32_t i)
{
	int role = find_role(aria_roles, FA_COUNT(aria_roles),
		fa_str_trim(fa_snap_attr(s, i, "role")), -1);

	if (fa_snap_is(s, i, "INPUT")) {
		int input = input_role(s, i);

		/* A box is one, whatever its role says: but a switch. */
		return role == FA_FLOW_SWITCH || input < 0 ||
				input != FA_FLOW_INPUT
			? (role == FA_FLOW_SWITCH ? role : input)
			: role >= 0 ? role
				    : input;
	}
	if (role >= 0)
		return role;
	if (fa_snap_is(s, i, "A") &&
		leads_somewhere(fa_snap_attr(s, i, "href")))
		return FA_FLOW_LINK;
	if (fa_snap_is(s, i, "VIDEO"))
		return video_role(s, i);
	if (fa_snap_is(s, i, "IFRAME") && s->nodes[i].end == i + 1)
		return FA_FLOW_WEBVIEW;
	return find_role(tag_roles, FA_COUNT(tag_roles), s->nodes[i].name, -1);
}

/* Something happens when it is tapped, as far as the browser or the cursor
 * can tell. A cursor is inherited: the first that has it counts. */
static bool
is_tapped(const struct fa_snap *s, uint32_t i)
{
	const struct fa_snap_node *n = &s->nodes[i];

	if (n->type != 1 || !n->has_layout || fa_snap_is(s, i, "HTML") ||
		fa_snap_is(s, i, "BODY") || fa_snap_is(s, i, "LABEL"))
		return false;
	if (n->clickable)
		return true;
	return fa_view_style(s, i, FA_SNAP_CURSOR, "pointer") &&
		n->parent != FA_SNAP_NONE &&
		!fa_view_style(s, n->parent, FA_SNAP_CURSOR, "pointer");
}

static uint32_t
runes_of(struct fa_str s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] & 0xc0) != 0x80 && s.p[i] != ' ' && s.p[i] != '\n';
	return n;
}

bool
fa_view_is_box(const struct fa_view *v, uint32_t i)
{
	int role = v->v[i].role;

	return role == FA_FLOW_CHECKBOX || role == FA_FLOW_RADIO ||
		role == FA_FLOW_SWITCH;
}

/* A box to tick that only its class names tell of. */
static int
class_role(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_node *n = &v->s->nodes[i];
	struct fa_str names = fa_snap_attr(v->s, i, "class");
	bool tapped = is_tapped(v->s, i) ||
		(n->parent != FA_SNAP_NONE && is_tapped(v->s, n->parent));

	if (names.n == 0 || !tapped || n->box.h > BOX_MAX_PX ||
		n->box.w > SWITCH_MAX_PX || v->v[i].runes > 0 ||
		v->v[i].makers > 0)
		return -1;
	for (size_t k = 0; k < FA_COUNT(class_roles); k++)
		if (has(names, class_roles[k].name) &&
			(class_roles[k].role == FA_FLOW_SWITCH ||
				n->box.w <= BOX_MAX_PX))
			return class_roles[k].role;
	return -1;
}

static bool
is_image(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_box *b = &v->s->nodes[i].box;

	return b->w >= IMAGE_MIN_PX && b->h >= IMAGE_MIN_PX;
}

/* A picture behind nothing: it may carry what is to be read. */
static bool
is_picture(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_node *n = &v->s->nodes[i];

	return n->has_layout && n->type == 1 && n->box.w >= PICTURE_MIN_PX &&
		n->box.h >= PICTURE_MIN_PX && v->v[i].runes == 0 &&
		v->v[i].makers == 0 &&
		has(n->style[FA_SNAP_BACKGROUND_IMAGE], "url(");
}

/* A listener may sit on a button, or on a box around half the page. */
static int
tapped_role(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap_box *b = &v->s->nodes[i].box;
	const struct fa_view_node *o = &v->v[i];

	int64_t shares = o->runes > 0 || o->images > 0 ? 2 : 4;

	if (o->makers > 0 || o->runes > FA_VIEW_BUTTON_RUNES)
		return FA_FLOW_CONTAINER;
	return b->w * b->h * shares > v->width * v->height ? FA_FLOW_CONTAINER
							   : FA_FLOW_BUTTON;
}

/* A role for what has none by its kind. */
static void
guess(struct fa_view *v, uint32_t i)
{
	struct fa_view_node *o = &v->v[i];
	int by_class = class_role(v, i);

	if (by_class >= 0 || o->taps) {
		o->role = by_class >= 0 ? by_class : tapped_role(v, i);
		o->guessed = true;
	} else if (o->role < 0 && is_picture(v, i)) {
		o->role = FA_FLOW_IMAGE;
	}
}

static void
decide(struct fa_view *v, uint32_t i)
{
	struct fa_view_node *o = &v->v[i];
	const struct fa_snap_node *n = &v->s->nodes[i];

	o->role = n->type == 1 ? kind_role(v->s, i) : -1;
	o->taps = is_tapped(v->s, i);
	if (o->role == FA_FLOW_IMAGE && !is_image(v, i))
		o->role = -1;
	if ((o->role < 0 || o->role == FA_FLOW_IMAGE) && n->has_layout)
		guess(v, i);
	if (!n->has_layout && !fa_view_is_box(v, i))
		o->role = -1;
	if (o->role >= 0 && o->role != FA_FLOW_IMAGE &&
		o->role != FA_FLOW_CONTAINER)
		o->taps = true;
}

static void
pass_up(struct fa_view *v, uint32_t i)
{
	const struct fa_view_node *o = &v->v[i];
	uint32_t p = v->s->nodes[i].parent;

	if (p == FA_SNAP_NONE)
		return;
	v->v[p].runes += o->runes;
	v->v[p].images += o->images + (o->role == FA_FLOW_IMAGE);
	v->v[p].makers +=
		o->makers + (o->role >= 0 && o->role != FA_FLOW_IMAGE);
}

/* One listener around them all tells by such attributes what was tapped;
 * frameworks put some on everything. */
static bool
has_data(const struct fa_snap *s, uint32_t i)
{
	const struct fa_json *v = s->nodes[i].attrs;

	for (; v != NULL && v->next != NULL; v = v->next->next) {
		struct fa_str name = fa_snap_string(s, v);

		if (fa_str_starts(name, FA_STR("data-")) &&
			!fa_str_starts(name, FA_STR("data-v-")))
			return true;
	}
	return false;
}

/* A short text in an element of its own. */
static bool
is_delegate(const struct fa_view *v, uint32_t i)
{
	static const char *const names[] = { "DIV", "SPAN", "LI", "A", "TD" };
	const struct fa_snap_node *n = &v->s->nodes[i];
	bool named = false;

	for (size_t k = 0; k < FA_COUNT(names); k++)
		named |= fa_snap_is(v->s, i, names[k]);
	if (!named || !n->has_layout || !v->v[i].visible || v->v[i].role >= 0 ||
		v->v[i].runes == 0 || v->v[i].runes > DELEGATE_RUNES)
		return false;
	for (uint32_t k = i + 1; k < n->end; k++)
		if (v->s->nodes[k].type == 1)
			return false;
	return has_data(v->s, i);
}

/* Where no control is known at all, but something around listens, what can be
 * told apart there is one. */
static void
delegate(struct fa_view *v)
{
	uint32_t end = 0;

	for (uint32_t i = 0; i < v->s->n; i++)
		if (v->v[i].role >= 0 && v->v[i].role != FA_FLOW_IMAGE &&
			v->v[i].role != FA_FLOW_CONTAINER)
			return;
	for (uint32_t i = 0; i < v->s->n; i++) {
		if (v->s->nodes[i].clickable && v->s->nodes[i].end > end)
			end = v->s->nodes[i].end;
		if (i >= end || !is_delegate(v, i))
			continue;
		v->v[i].role = FA_FLOW_BUTTON;
		v->v[i].guessed = true;
		v->v[i].taps = true;
	}
}

/* From the leaves up, so that a node knows what stands in it. */
void
fa_view_roles(struct fa_view *v)
{
	for (uint32_t i = v->s->n; i-- > 0;) {
		v->v[i].role = -1;
		if (fa_view_has_text(v, i) && v->v[i].visible)
			v->v[i].runes += runes_of(v->s->nodes[i].text);
		decide(v, i);
		pass_up(v, i);
	}
	delegate(v);
	/* Pictures and boxes in what is a control belong to it. */
	for (uint32_t i = 0; i < v->s->n; i++) {
		uint32_t end = v->s->nodes[i].end;
		int role = v->v[i].role;

		if (role < 0 || role == FA_FLOW_CONTAINER ||
			role == FA_FLOW_WEBVIEW)
			continue;
		for (i++; i < end; i++)
			if (v->v[i].role == FA_FLOW_IMAGE ||
				(v->v[i].guessed && fa_view_is_box(v, i)))
				v->v[i].role = -1;
		i--;
	}
}

static enum fa_tri
tri_of(struct fa_str s)
{
	if (fa_str_eq(s, FA_STR("true")))
		return FA_TRI_YES;
	return fa_str_eq(s, FA_STR("false")) ? FA_TRI_NO : FA_TRI_UNKNOWN;
}

/* "is-checked", "van-icon--checked", "on": the last part of a class name. */
static enum fa_tri
class_state(struct fa_str names)
{
	static const char *const yes[] = { "checked", "active", "on",
		"selected", "ticked" };
	static const char *const no[] = { "unchecked", "inactive", "off",
		"unselected", "uncheck" };
	enum fa_tri out = FA_TRI_UNKNOWN;

	while (names.p != NULL) {
		struct fa_str last = fa_str_cut(&names, ' ');

		for (size_t k = last.n; k > 0; k--)
			if (last.p[k - 1] == '-' || last.p[k - 1] == '_') {
				last = fa_str_sub(last, k, last.n);
				break;
			}
		for (size_t k = 0; k < FA_COUNT(yes); k++)
			if (fa_str_ieq(last, fa_str_c(yes[k])))
				out = FA_TRI_YES;
		for (size_t k = 0; k < FA_COUNT(no); k++)
			if (fa_str_ieq(last, fa_str_c(no[k])))
				return FA_TRI_NO;
	}
	return out;
}

enum fa_tri
fa_view_checked(const struct fa_view *v, uint32_t i)
{
	struct fa_str aria = fa_snap_attr(v->s, i, "aria-checked");
	uint32_t p = v->s->nodes[i].parent;
	enum fa_tri t;

	if (!fa_view_is_box(v, i))
		return FA_TRI_UNKNOWN;
	if (fa_snap_is(v->s, i, "INPUT"))
		return v->s->nodes[i].checked ? FA_TRI_YES : FA_TRI_NO;
	if (aria.p != NULL)
		return tri_of(aria);
	t = class_state(fa_snap_attr(v->s, i, "class"));
	if (t == FA_TRI_UNKNOWN && v->v[i].guessed && p != FA_SNAP_NONE)
		t = class_state(fa_snap_attr(v->s, p, "class"));
	return t;
}

bool
fa_view_disabled(const struct fa_view *v, uint32_t i)
{
	const struct fa_snap *s = v->s;
	uint32_t hit = v->v[i].hit;

	if (fa_snap_attr(s, i, "disabled").p != NULL ||
		fa_str_eq(fa_snap_attr(s, i, "aria-disabled"), FA_STR("true")))
		return true;
	if (s->nodes[hit].has_layout &&
		fa_view_style(s, hit, FA_SNAP_POINTER, "none"))
		return true;
	for (uint32_t p = s->nodes[i].parent; p != FA_SNAP_NONE;
		p = s->nodes[p].parent)
		if (fa_snap_is(s, p, "FIELDSET") &&
			fa_snap_attr(s, p, "disabled").p != NULL)
			return true;
	return false;
}
