#include "flow/json_screen.h"

#define BOX_MAX 1000000     /* device pixels, either sign */
#define FONT_MAX_CPX 100000 /* hundredths of a CSS pixel */

static const char *const screen_names[] = { "id", "fingerprint", "title",
	"native", "url", "modal", "complete", "evidence", "elements", NULL };
static const char *const element_names[] = { "id", "role", "text", "hint",
	"label", "native_class", "native_id", "box", "visible", "enabled",
	"clickable", "checked", "style", "links", "parent", "covered_by",
	NULL };
static const char *const style_names[] = { "font_px", "fg", "bg", "contrast",
	NULL };
static const char *const link_names[] = { "text", "href", "doc", NULL };

/* "box": [x, y, w, h], w and h not negative. */
static void
read_box(struct fa_flow_element *e, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v)
{
	const struct fa_json *list = fa_field_list(r, at, v, "box", 4);
	struct fa_field_at here = { at, "box", 0 };
	int32_t n[4];
	size_t i = 0;

	if (list == NULL)
		return;
	for (const struct fa_json *m = list->child; m != NULL; m = m->next) {
		int64_t min = i < 2 ? -BOX_MAX : 0;

		if (m->kind != FA_JSON_INT || m->integer < min ||
			m->integer > BOX_MAX)
			break;
		n[i++] = (int32_t)m->integer;
	}
	if (i != 4) {
		fa_field_fail(r, &here, FA_E_INPUT,
			"is not four integers x, y, w, h of at most %d, w and "
			"h not negative",
			BOX_MAX);
		return;
	}
	e->has_box = true;
	e->box = (struct fa_flow_box){ n[0], n[1], n[2], n[3] };
}

static void
read_style(struct fa_flow_element *e, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v)
{
	const struct fa_json *s = fa_json_find(v, "style");
	struct fa_field_at here = { at, "style", 0 };

	if (r->rc < 0 || s == NULL || s->kind == FA_JSON_NULL)
		return;
	fa_field_object(r, &here, s, style_names);
	e->style.font_cpx =
		fa_field_hundredths(r, &here, s, "font_px", 1, FONT_MAX_CPX);
	e->style.fg = fa_field_colour(r, &here, s, "fg");
	e->style.bg = fa_field_colour(r, &here, s, "bg");
	/* WCAG 2.1: the contrast of two colours is 1 to 21. */
	e->style.contrast_c =
		fa_field_hundredths(r, &here, s, "contrast", 100, 2100);
	e->has_style = true;
}

static void
read_links(struct fa_flow_element *e, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v)
{
	const struct fa_json *list =
		fa_field_list(r, at, v, "links", FA_FLOW_ELEMENTS_MAX);
	struct fa_field_at all = { at, "links", 0 };

	if (list == NULL || list->count == 0)
		return;
	e->links = fa_field_new(r, list->count, sizeof(*e->links));
	for (const struct fa_json *m = list->child; m && r->rc == FA_OK;
		m = m->next) {
		struct fa_flow_link *l = &e->links[e->links_n];
		struct fa_field_at here = { &all, NULL, e->links_n++ };

		fa_field_object(r, &here, m, link_names);
		l->text = fa_field_text(r, &here, m, "text");
		l->href = fa_field_text(r, &here, m, "href");
		l->doc = fa_field_text(r, &here, m, "doc");
	}
}

static void
read_element(struct fa_flow_element *e, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v)
{
	fa_field_object(r, at, v, element_names);
	e->id = fa_field_name(r, at, v, "id");
	e->role = (enum fa_flow_role)fa_field_choice(
		r, at, v, "role", fa_flow_role_parse);
	e->text = fa_field_text(r, at, v, "text");
	e->hint = fa_field_text(r, at, v, "hint");
	e->label = fa_field_text(r, at, v, "label");
	e->native_class = fa_field_text(r, at, v, "native_class");
	e->native_id = fa_field_text(r, at, v, "native_id");
	read_box(e, r, at, v);
	e->visible = fa_field_tri(r, at, v, "visible");
	e->enabled = fa_field_tri(r, at, v, "enabled");
	e->clickable = fa_field_tri(r, at, v, "clickable");
	e->checked = fa_field_tri(r, at, v, "checked");
	read_style(e, r, at, v);
	read_links(e, r, at, v);
	e->parent = FA_FLOW_NONE;
	e->covered_by = FA_FLOW_NONE;
}

static void
read_screen(struct fa_flow_screen *s, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v)
{
	struct fa_field_at all = { at, "elements", 0 };
	const struct fa_json *list;

	fa_field_object(r, at, v, screen_names);
	s->id = fa_field_name(r, at, v, "id");
	s->fingerprint = fa_field_text(r, at, v, "fingerprint");
	s->title = fa_field_text(r, at, v, "title");
	s->native = fa_field_text(r, at, v, "native");
	s->url = fa_field_text(r, at, v, "url");
	s->modal = fa_field_tri(r, at, v, "modal");
	s->complete = fa_field_tri(r, at, v, "complete");
	list = fa_field_list(r, at, v, "elements", FA_FLOW_ELEMENTS_MAX);
	if (list == NULL)
		return;
	s->elements = fa_field_new(r, list->count, sizeof(*s->elements));
	for (const struct fa_json *m = list->child; m && r->rc == FA_OK;
		m = m->next) {
		struct fa_field_at here = { &all, NULL, s->elements_n };

		read_element(&s->elements[s->elements_n++], r, &here, m);
	}
}

void
fa_flow_read_screens(struct fa_flow *f, struct fa_field_reader *r,
	const struct fa_json *screens)
{
	struct fa_field_at top = { NULL, "screens", 0 };

	f->screens = fa_field_new(r, screens->count, sizeof(*f->screens));
	for (const struct fa_json *m = screens->child; m && r->rc == FA_OK;
		m = m->next) {
		struct fa_field_at here = { &top, NULL, f->screens_n };

		read_screen(&f->screens[f->screens_n++], r, &here, m);
	}
}

/* The element of the same screen that a member names, or NONE. */
static uint32_t
read_sibling(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *v, const char *key,
	const struct fa_flow_ids *elements, uint32_t screen)
{
	const struct fa_flow_id *id = fa_flow_ids_get(elements, r, at, v, key);
	struct fa_field_at here = { at, key, 0 };

	if (id == NULL)
		return FA_FLOW_NONE;
	if (id->screen != screen)
		fa_field_fail(r, &here, FA_E_INPUT,
			"names an element of another screen");
	return id->element;
}

/* Follows parents from each element; what was walked in an earlier round leads
 * to the top, what was walked in this one closes a cycle. */
static void
refuse_cycles(const struct fa_flow_screen *s, struct fa_field_reader *r,
	const struct fa_field_at *all)
{
	size_t *round = fa_field_new(r, s->elements_n, sizeof(*round));

	for (size_t i = 0; r->rc == FA_OK && i < s->elements_n; i++) {
		uint32_t at = (uint32_t)i;

		while (at != FA_FLOW_NONE && round[at] == 0) {
			round[at] = i + 1;
			at = s->elements[at].parent;
		}
		if (at != FA_FLOW_NONE && round[at] == i + 1) {
			struct fa_field_at e = { all, NULL, at };
			struct fa_field_at here = { &e, "parent", 0 };

			fa_field_fail(
				r, &here, FA_E_INPUT, "is a parent of itself");
		}
	}
}

static void
read_evidence(struct fa_flow_screen *s, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *v,
	const struct fa_flow_ids *evidence)
{
	const struct fa_json *list =
		fa_field_list(r, at, v, "evidence", FA_FLOW_TRANSITIONS_MAX);
	struct fa_field_at all = { at, "evidence", 0 };

	if (list == NULL || list->count == 0)
		return;
	s->evidence = fa_field_new(r, list->count, sizeof(*s->evidence));
	for (const struct fa_json *m = list->child; m && r->rc == FA_OK;
		m = m->next) {
		struct fa_field_at here = { &all, NULL, s->evidence_n };
		const struct fa_flow_id *id = m->kind == FA_JSON_STRING
			? fa_flow_ids_find(evidence, m->str)
			: NULL;

		if (id == NULL)
			fa_field_fail(r, &here, FA_E_INPUT,
				"is not the id of any evidence");
		else
			s->evidence[s->evidence_n++] = id->screen;
	}
}

void
fa_flow_read_references(struct fa_flow *f, struct fa_field_reader *r,
	const struct fa_json *screens, const struct fa_flow_ids *elements,
	const struct fa_flow_ids *evidence)
{
	struct fa_field_at top = { NULL, "screens", 0 };
	const struct fa_json *v = screens->child;

	for (size_t i = 0; r->rc == FA_OK && i < f->screens_n;
		i++, v = v->next) {
		struct fa_flow_screen *s = &f->screens[i];
		struct fa_field_at at = { &top, NULL, i };
		struct fa_field_at all = { &at, "elements", 0 };
		const struct fa_json *list = fa_json_find(v, "elements");
		const struct fa_json *m = list ? list->child : NULL;

		for (size_t k = 0; k < s->elements_n; k++, m = m->next) {
			struct fa_field_at here = { &all, NULL, k };

			s->elements[k].parent = read_sibling(
				r, &here, m, "parent", elements, (uint32_t)i);
			s->elements[k].covered_by = read_sibling(r, &here, m,
				"covered_by", elements, (uint32_t)i);
		}
		refuse_cycles(s, r, &all);
		read_evidence(s, r, &at, v, evidence);
	}
}
