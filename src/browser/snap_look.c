/* From the view of a page to the elements of a look. */
#include <string.h>

#include "model/colour.h"
#include "browser/snap_view.h"

struct making {
	struct fa_view *v;
	struct fa_look *look;
	uint32_t scale_c;
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_buf buf;
};

enum part {
	PART_ALL,   /* of a control: what stands in it */
	PART_BLOCK, /* of a paragraph */
	PART_LABEL  /* of a box: what labels it */
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a look");
}

static bool
is_part(const struct fa_view *v, uint32_t text, uint32_t of, enum part part)
{
	const struct fa_view_node *t = &v->v[text];

	if (!fa_view_has_text(v, text))
		return false;
	switch (part) {
	case PART_BLOCK:
		return t->block == of;
	case PART_LABEL:
		return t->label == of;
	case PART_ALL:
	default:
		return t->control == of || fa_view_is_box(v, of);
	}
}

/* Blanks in rows become one. */
static void
add_text(struct fa_buf *b, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == ' ' || s.p[i] == '\n' ||
			s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\f';

		if (!blank)
			fa_buf_addc(b, s.p[i]);
		else if (b->n > 0 && b->p[b->n - 1] != ' ')
			fa_buf_addc(b, ' ');
	}
}

/* At most n bytes, whole characters. */
static struct fa_str
cut_at(struct fa_str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && (s.p[n] & 0xc0) == 0x80)
		n--;
	return fa_str_sub(s, 0, n);
}

/* Adds the text of node i, or the blank that a line break is. */
static bool
gather_one(struct making *m, uint32_t i, uint32_t *line)
{
	const struct fa_view *v = m->v;
	/* Blanks may go: one more than fits in the end. */
	struct fa_str text =
		cut_at(v->s->nodes[i].text, 2 * (size_t)FA_FLOW_TEXT_BYTES);

	if (!fa_view_has_text(v, i)) {
		if (text.n > 0 && m->buf.n > 0)
			add_text(&m->buf, text);
		return false;
	}
	if (m->buf.n > 0 && *line != v->v[i].line)
		add_text(&m->buf, FA_STR(" "));
	*line = v->v[i].line;
	add_text(&m->buf, text);
	return true;
}

/* The texts below root that belong to of. What cannot be seen is left out,
 * unless of cannot be seen either. *first: the first of them. */
static int
gather(struct making *m, struct fa_str *out, uint32_t root, uint32_t of,
	enum part part, uint32_t *first)
{
	const struct fa_view *v = m->v;
	bool visible = v->v[of].visible || v->v[root].visible;
	uint32_t line = FA_SNAP_NONE;

	*first = FA_SNAP_NONE;
	*out = FA_STR_NONE;
	fa_buf_reset(&m->buf);
	for (uint32_t i = root; i < v->s->nodes[root].end &&
		m->buf.n <= 2 * (size_t)FA_FLOW_TEXT_BYTES;
		i++) {
		if (fa_view_has_text(v, i) &&
			(!is_part(v, i, of, part) ||
				(visible && !v->v[i].visible)))
			continue;
		if (gather_one(m, i, &line) && *first == FA_SNAP_NONE)
			*first = i;
	}
	if (m->buf.rc != FA_OK)
		return fa_buf_rc(&m->buf, "text", m->err);
	if (*first == FA_SNAP_NONE)
		return FA_OK;
	*out = fa_arena_dup(m->a,
		cut_at(fa_str_trim(fa_buf_str(&m->buf)), FA_FLOW_TEXT_BYTES));
	return out->p == NULL ? no_memory(m->err) : FA_OK;
}

static int
copy(struct making *m, struct fa_str *out, struct fa_str s)
{
	s = cut_at(fa_str_trim(s), FA_FLOW_TEXT_BYTES);
	*out = FA_STR_NONE;
	if (s.n == 0)
		return FA_OK;
	*out = fa_arena_dup(m->a, s);
	return out->p == NULL ? no_memory(m->err) : FA_OK;
}

static int32_t
to_device(int64_t hundredths, uint32_t scale_c)
{
	int64_t v = hundredths * (int64_t)scale_c;

	v = (v + (v < 0 ? -5000 : 5000)) / 10000;
	return v > INT32_MAX    ? INT32_MAX
		: v < INT32_MIN ? INT32_MIN
				: (int32_t)v;
}

static void
set_box(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	const struct fa_snap_node *n = &m->v->s->nodes[m->v->v[i].hit];

	e->has_box = n->has_layout;
	if (!n->has_layout)
		return;
	e->box.x = to_device(n->box.x, m->scale_c);
	e->box.y = to_device(n->box.y, m->scale_c);
	e->box.w = to_device(n->box.w, m->scale_c);
	e->box.h = to_device(n->box.h, m->scale_c);
}

/* The blended background is known where boxes are, texts have none. */
static struct fa_str
behind(const struct fa_snap *s, uint32_t i)
{
	while (i != FA_SNAP_NONE && s->nodes[i].behind.n == 0)
		i = s->nodes[i].parent;
	return i == FA_SNAP_NONE ? FA_STR_NONE : s->nodes[i].behind;
}

static void
set_style(struct making *m, struct fa_flow_element *e, uint32_t text)
{
	const struct fa_snap_node *n;
	struct fa_colour fg;
	struct fa_colour bg = { 0xffffff, 1000 };
	int64_t size;
	struct fa_str px;

	if (text == FA_SNAP_NONE)
		return;
	n = &m->v->s->nodes[text];
	px = n->style[FA_SNAP_FONT_SIZE];
	if (fa_str_ends(px, FA_STR("px")))
		px.n -= 2;
	if (!fa_colour_parse(n->style[FA_SNAP_COLOUR], &fg) ||
		!fa_colour_number(px, &size))
		return;
	if (!fa_colour_parse(behind(m->v->s, text), &bg))
		bg = (struct fa_colour){ 0xffffff, 1000 };
	e->has_style = true;
	e->style.font_cpx = size < 0 ? 0
		: size > 100000      ? 100000
				     : (uint32_t)size;
	e->style.bg = fa_colour_blend(bg.rgb, bg.alpha, 0xffffff);
	e->style.fg = fa_colour_blend(
		fg.rgb, fg.alpha * n->text_alpha / 1000, e->style.bg);
	e->style.contrast_c = fa_colour_contrast(e->style.fg, e->style.bg);
}

static void
set_state(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	const struct fa_view_node *o = &m->v->v[i];
	bool control = o->role != FA_FLOW_TEXT && o->role != FA_FLOW_IMAGE &&
		o->role != FA_FLOW_CONTAINER;

	e->visible = m->v->v[o->hit].visible ? FA_TRI_YES : FA_TRI_NO;
	e->enabled = !control && !o->taps   ? FA_TRI_UNKNOWN
		: fa_view_disabled(m->v, i) ? FA_TRI_NO
					    : FA_TRI_YES;
	e->clickable = o->taps ? FA_TRI_YES : FA_TRI_NO;
	e->checked = fa_view_checked(m->v, i);
}

/* Text of an input is what it holds; of a button, its value. */
static int
set_input_text(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	const struct fa_snap *s = m->v->s;
	struct fa_str v = s->nodes[i].input;

	if (fa_snap_is(s, i, "SELECT"))
		for (uint32_t k = i; k < s->nodes[i].end; k++)
			if (s->nodes[k].selected && k + 1 < s->nodes[k].end)
				v = s->nodes[k + 1].value;
	if (v.p == NULL)
		v = fa_snap_attr(s, i, "value");
	if (fa_str_ieq(fa_snap_attr(s, i, "type"), FA_STR("password")))
		v = FA_STR_NONE;
	return copy(m, &e->text, v);
}

static int
set_hint(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	static const char *const names[] = { "aria-label", "placeholder", "alt",
		"title" };

	for (size_t k = 0; k < FA_COUNT(names); k++) {
		struct fa_str v = fa_snap_attr(m->v->s, i, names[k]);

		if (fa_str_trim(v).n > 0)
			return copy(m, &e->hint, v);
	}
	return FA_OK;
}

static int
set_texts(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	const struct fa_view_node *o = &m->v->v[i];
	uint32_t first = FA_SNAP_NONE;
	int rc = FA_OK;

	if (fa_view_is_box(m->v, i)) {
		if (o->labelled != FA_SNAP_NONE)
			rc = gather(m, &e->label, o->labelled, i, PART_LABEL,
				&first);
		else
			rc = gather(m, &e->label, i, i, PART_ALL, &first);
		if (rc == FA_OK && e->label.p == NULL)
			rc = copy(m, &e->label,
				fa_snap_attr(m->v->s, i, "aria-label"));
	} else if (fa_snap_is(m->v->s, i, "INPUT") ||
		o->role == FA_FLOW_INPUT) {
		rc = gather(m, &e->text, i, i, PART_ALL, &first);
		if (rc == FA_OK)
			rc = set_input_text(m, e, i);
	} else if (o->role == FA_FLOW_TEXT) {
		rc = gather(m, &e->text, i, i, PART_BLOCK, &first);
	} else if (o->role != FA_FLOW_CONTAINER) {
		rc = gather(m, &e->text, i, i, PART_ALL, &first);
	}
	if (rc == FA_OK)
		rc = set_hint(m, e, i);
	set_style(m, e, first);
	return rc;
}

/* Where links of an element stand: in it, or in its label. */
static bool
has_link(const struct fa_view *v, uint32_t of, uint32_t link)
{
	if (v->v[link].role != FA_FLOW_LINK)
		return false;
	if (link == of || v->v[link].label == of)
		return true;
	return fa_view_within(v->s, link, of) &&
		(fa_view_is_box(v, of) || v->v[of].role == FA_FLOW_TEXT);
}

static int
set_links(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	const struct fa_view *v = m->v;
	uint32_t root = i;
	size_t n = 0;

	if (fa_view_is_box(v, i) && v->v[i].labelled != FA_SNAP_NONE)
		root = v->v[i].labelled;
	for (uint32_t k = root; k < v->s->nodes[root].end; k++)
		n += has_link(v, i, k);
	if (n == 0)
		return FA_OK;
	e->links = fa_arena_new(m->a, n, sizeof(*e->links));
	if (e->links == NULL)
		return no_memory(m->err);
	for (uint32_t k = root; k < v->s->nodes[root].end; k++) {
		struct fa_flow_link *l = &e->links[e->links_n];
		uint32_t first;
		int rc;

		if (!has_link(v, i, k))
			continue;
		rc = gather(m, &l->text, k, k, PART_ALL, &first);
		if (rc == FA_OK)
			rc = copy(m, &l->href, fa_snap_attr(v->s, k, "href"));
		if (rc != FA_OK)
			return rc;
		e->links_n++;
	}
	return FA_OK;
}

static uint32_t
parent_of(const struct fa_view *v, uint32_t i)
{
	uint32_t p = v->s->nodes[i].parent;

	if (v->v[i].label != FA_SNAP_NONE && v->v[v->v[i].label].role >= 0)
		return v->v[v->v[i].label].element;
	while (p != FA_SNAP_NONE && v->v[p].element == FA_FLOW_NONE)
		p = v->s->nodes[p].parent;
	return p == FA_SNAP_NONE ? FA_FLOW_NONE : v->v[p].element;
}

/* What tells a date from another is often its name alone. */
static int
set_timed(struct making *m, struct fa_flow_element *e, uint32_t i,
	const char *class)
{
	e->native_class = fa_str_c(class);
	if (e->native_id.n > 0)
		return FA_OK;
	return copy(m, &e->native_id, fa_snap_attr(m->v->s, i, "name"));
}

/* Lower case: tags of HTML are written so. */
static int
set_native(struct making *m, struct fa_flow_element *e, uint32_t i)
{
	struct fa_str name = m->v->s->nodes[i].name;
	int rc = copy(m, &e->native_id, fa_snap_attr(m->v->s, i, "id"));
	const char *timed = fa_snap_timed(m->v->s, i);
	char *p;

	if (rc != FA_OK || name.n == 0)
		return rc;
	if (timed != NULL)
		return set_timed(m, e, i, timed);
	p = fa_arena_new(m->a, name.n, 1);
	if (p == NULL)
		return no_memory(m->err);
	for (size_t k = 0; k < name.n; k++)
		p[k] = name.p[k] >= 'A' && name.p[k] <= 'Z'
			? (char)(name.p[k] + 'a' - 'A')
			: name.p[k];
	e->native_class = (struct fa_str){ p, name.n };
	return FA_OK;
}

static int
make_element(struct making *m, uint32_t i)
{
	const struct fa_view_node *o = &m->v->v[i];
	struct fa_flow_element *e = &m->look->screen.elements[o->element];
	int rc;

	*e = (struct fa_flow_element){ .role = (enum fa_flow_role)o->role };
	m->look->handle[o->element] = m->v->s->nodes[o->hit].backend;
	if (o->hit != i)
		m->look->handle[o->element] |= FA_LOOK_AT_START;
	e->parent = parent_of(m->v, i);
	e->covered_by = o->covered == FA_SNAP_NONE
		? FA_FLOW_NONE
		: m->v->v[o->covered].element;
	set_box(m, e, i);
	set_state(m, e, i);
	rc = set_texts(m, e, i);
	if (rc == FA_OK)
		rc = set_links(m, e, i);
	if (rc == FA_OK)
		rc = set_native(m, e, i);
	return rc;
}

static uint32_t
number_elements(struct fa_view *v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < v->s->n; i++) {
		v->v[i].element = FA_FLOW_NONE;
		if (v->v[i].role >= 0)
			v->v[i].element = n++;
	}
	return n;
}

static int
make_elements(struct making *m, uint32_t n)
{
	struct fa_flow_screen *screen = &m->look->screen;
	int rc = FA_OK;

	screen->elements = fa_arena_new(m->a, n, sizeof(*screen->elements));
	m->look->handle = fa_arena_new(m->a, n, sizeof(*m->look->handle));
	if (screen->elements == NULL || m->look->handle == NULL)
		return no_memory(m->err);
	screen->elements_n = n;
	screen->modal = FA_TRI_NO;
	for (uint32_t i = 0; rc == FA_OK && i < m->v->s->n; i++) {
		if (fa_view_is_modal(m->v, i))
			screen->modal = FA_TRI_YES;
		if (m->v->v[i].element != FA_FLOW_NONE)
			rc = make_element(m, i);
	}
	return rc;
}

static int32_t
to_px(int64_t hundredths)
{
	return to_device(hundredths, 100);
}

static int
make_look(struct making *m)
{
	struct fa_flow_screen *screen = &m->look->screen;
	const struct fa_snap *s = m->v->s;
	uint32_t n = number_elements(m->v);
	int rc = copy(m, &screen->title, s->title);

	if (rc == FA_OK)
		rc = copy(m, &screen->url, s->url);
	if (rc != FA_OK)
		return rc;
	screen->complete = FA_TRI_YES;
	m->look->page_w = to_px(s->page.w);
	m->look->page_h = to_px(s->page.h);
	if (n > FA_FLOW_ELEMENTS_MAX) {
		m->look->too_large = true;
		screen->complete = FA_TRI_NO;
		return FA_OK;
	}
	return make_elements(m, n);
}

int
fa_snap_look(struct fa_look *out, const struct fa_snap *s, int32_t width,
	int32_t height, uint32_t scale_c, struct fa_arena *a,
	struct fa_arena *scratch, struct fa_err *err)
{
	struct fa_look look = { .settled = true };
	struct fa_view v = { .s = s,
		.width = (int64_t)width * 100,
		.height = (int64_t)height * 100,
		.a = scratch };
	struct making m = {
		.v = &v, .look = &look, .scale_c = scale_c, .a = a, .err = err
	};
	int rc;

	v.v = fa_arena_new(scratch, s->n, sizeof(*v.v));
	if (v.v == NULL)
		return no_memory(err);
	rc = fa_view_see(&v, err);
	if (rc != FA_OK)
		return rc;
	fa_view_roles(&v);
	fa_view_labels(&v);
	fa_view_texts(&v);
	rc = fa_view_cover(&v, err);
	if (rc != FA_OK)
		return rc;
	fa_buf_init(&m.buf, 8 * (size_t)FA_FLOW_TEXT_BYTES + s->n * 4);
	rc = make_look(&m);
	fa_buf_done(&m.buf);
	if (rc == FA_OK)
		*out = look;
	return rc;
}
