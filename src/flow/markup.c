#include "flow/markup.h"

#include <string.h>

#include "flow/xml.h"

/* The page as it is walked: text that has come since the last block, with the
 * links in it. */
struct page {
	struct fa_draft *d;
	const struct fa_markup_page *opts;
	struct fa_buf run;
	const xmlNode *links[64];
	size_t links_n;
	uint32_t label_of;     /* element that the text labels, or NONE */
	const xmlNode *hidden; /* inside of what is hidden */
};

static bool
is_block(const xmlNode *n)
{
	static const char *const tags[] = { "address", "article", "aside",
		"block", "blockquote", "body", "br", "center", "dd", "div",
		"dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2",
		"h3", "h4", "h5", "h6", "header", "hr", "html", "label", "li",
		"main", "nav", "ol", "p", "scroll-view", "section", "swiper",
		"table", "tbody", "td", "th", "tr", "ul", "view" };
	size_t from = 0;
	size_t to = FA_COUNT(tags);

	if (n->type != XML_ELEMENT_NODE)
		return false;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int order = strcmp((const char *)n->name, tags[mid]);

		if (order == 0)
			return true;
		if (order < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return false;
}

static bool
is_hidden(const xmlNode *n)
{
	struct fa_str style = fa_markup_attr(n, "style");

	struct fa_str hidden = fa_markup_attr(n, "hidden");

	/* in WXML the value may be computed */
	if (hidden.p != NULL && !fa_str_starts(hidden, FA_STR("{{")))
		return true;
	for (size_t i = 0; i < style.n; i++) {
		struct fa_str rest = fa_str_sub(style, i, style.n);
		struct fa_str value = rest;
		struct fa_str name = fa_str_trim(fa_str_cut(&value, ':'));

		value = fa_str_trim(value);
		if (fa_str_ieq(name, FA_STR("display")) &&
			fa_str_ieq(fa_str_sub(value, 0, 4), FA_STR("none")))
			return true;
		while (i < style.n && style.p[i] != ';')
			i++;
	}
	return false;
}

/* The attribute with a handler for taps, in HTML, WXML or Vue. */
static bool
has_handler(const xmlNode *n)
{
	static const char *const names[] = { "onclick", "bindtap", "catchtap",
		"bind:tap", "catch:tap", "bindclick", "bind:click", "@tap",
		"@click", "v-on:click" };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		if (fa_markup_attr(n, names[i]).p != NULL)
			return true;
	}
	return false;
}

static bool
type_is(const xmlNode *n, const char *a, const char *b, const char *c)
{
	struct fa_str t = fa_str_trim(fa_markup_attr(n, "type"));

	return fa_str_ieq(t, fa_str_c(a)) ||
		(b != NULL && fa_str_ieq(t, fa_str_c(b))) ||
		(c != NULL && fa_str_ieq(t, fa_str_c(c)));
}

/* The role of an element that stands for itself; -1: none. */
static int
role_of(const xmlNode *n)
{
	static const struct {
		const char *tag;
		enum fa_flow_role role;
	} tags[] = { { "button", FA_FLOW_BUTTON }, { "img", FA_FLOW_IMAGE },
		{ "image", FA_FLOW_IMAGE }, { "cover-image", FA_FLOW_IMAGE },
		{ "textarea", FA_FLOW_INPUT }, { "select", FA_FLOW_INPUT },
		{ "picker", FA_FLOW_INPUT }, { "iframe", FA_FLOW_WEBVIEW },
		{ "web-view", FA_FLOW_WEBVIEW }, { "camera", FA_FLOW_CAMERA },
		{ "checkbox", FA_FLOW_CHECKBOX }, { "radio", FA_FLOW_RADIO },
		{ "switch", FA_FLOW_SWITCH } };

	if (n->type != XML_ELEMENT_NODE)
		return -1;
	if (fa_markup_is(n, "input")) {
		if (type_is(n, "hidden", NULL, NULL))
			return -1;
		if (type_is(n, "checkbox", NULL, NULL))
			return FA_FLOW_CHECKBOX;
		if (type_is(n, "radio", NULL, NULL))
			return FA_FLOW_RADIO;
		if (type_is(n, "submit", "button", "reset"))
			return FA_FLOW_BUTTON;
		if (fa_markup_attr(n, "capture").p != NULL)
			return FA_FLOW_CAMERA;
		return FA_FLOW_INPUT;
	}
	for (size_t i = 0; i < FA_COUNT(tags); i++) {
		if (fa_markup_is(n, tags[i].tag)) {
			return tags[i].role == FA_FLOW_IMAGE && has_handler(n)
				? FA_FLOW_BUTTON
				: (int)tags[i].role;
		}
	}
	if (fa_str_ieq(fa_markup_attr(n, "role"), FA_STR("button")))
		return FA_FLOW_BUTTON;
	return -1;
}

static bool
is_link(const xmlNode *n)
{
	return (fa_markup_is(n, "a") && fa_markup_attr(n, "href").p != NULL) ||
		fa_markup_is(n, "navigator") || has_handler(n);
}

static enum fa_tri
visibility(const struct page *p)
{
	return p->hidden != NULL ? FA_TRI_NO : FA_TRI_UNKNOWN;
}

static struct fa_str
text_of(struct page *p, const xmlNode *n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };

	fa_buf_init(&b, FA_FLOW_TEXT_BYTES);
	fa_markup_text(&b, n);
	return fa_draft_text(p->d, fa_buf_str(&b));
}

static struct fa_str
href_of(struct page *p, const xmlNode *n)
{
	struct fa_str href = fa_markup_attr(n, "href");

	return fa_draft_text(
		p->d, href.p != NULL ? href : fa_markup_attr(n, "url"));
}

static struct fa_flow_element *
element_at(struct page *p, uint32_t at)
{
	struct fa_flow *f = p->d->f;

	return &f->screens[f->screens_n - 1].elements[at];
}

/* The links of the run as elements below its text. */
static void
add_links(struct page *p, uint32_t parent)
{
	for (size_t i = 0; i < p->links_n && p->d->rc == FA_OK; i++) {
		const xmlNode *n = p->links[i];
		struct fa_str text = text_of(p, n);
		struct fa_str href = href_of(p, n);
		struct fa_flow_element *e;

		if (parent != FA_FLOW_NONE)
			fa_draft_link(p->d, element_at(p, parent), text, href);
		e = fa_draft_element(p->d, FA_FLOW_LINK);
		e->text = text;
		e->visible = visibility(p);
		e->clickable = FA_TRI_YES;
		e->parent = parent;
		fa_draft_link(p->d, e, text, href);
		if (p->opts->tapped != NULL && p->d->rc == FA_OK)
			p->opts->tapped(p->opts->ctx, n, fa_draft_last(p->d));
	}
	p->links_n = 0;
}

/* Ends the run: a text, the label of a box, or a lone link. */
static void
flush(struct page *p)
{
	struct fa_str text = fa_draft_text(p->d, fa_buf_str(&p->run));
	bool lone = p->links_n == 1 && fa_str_eq(text, text_of(p, p->links[0]));
	uint32_t parent = FA_FLOW_NONE;

	if (p->d->rc < 0)
		return;
	if (p->label_of != FA_FLOW_NONE && text.n > 0) {
		struct fa_flow_element *e = element_at(p, p->label_of);

		if (e->label.n == 0)
			e->label = text;
		parent = p->label_of;
		p->label_of = FA_FLOW_NONE;
	} else if (text.n > 0 && !lone) {
		struct fa_flow_element *e =
			fa_draft_element(p->d, FA_FLOW_TEXT);

		e->text = text;
		e->visible = visibility(p);
		parent = fa_draft_last(p->d);
	}
	add_links(p, parent);
	fa_buf_reset(&p->run);
}

static void
set_box(struct page *p, struct fa_flow_element *e, const xmlNode *n)
{
	struct fa_str on = fa_markup_attr(n, "checked");

	e->checked = on.p == NULL || fa_str_eq(on, FA_STR("{{false}}")) ||
			fa_str_eq(on, FA_STR("false"))
		? FA_TRI_NO
		: FA_TRI_YES;
	if (fa_str_starts(on, FA_STR("{{")) &&
		!fa_str_eq(on, FA_STR("{{false}}")) &&
		!fa_str_eq(on, FA_STR("{{true}}")))
		e->checked = FA_TRI_UNKNOWN;
	p->label_of = fa_draft_last(p->d);
}

static bool
is_box(enum fa_flow_role role)
{
	return role == FA_FLOW_CHECKBOX || role == FA_FLOW_RADIO ||
		role == FA_FLOW_SWITCH;
}

/* What a control shows: its text, or the value of a button without one. */
static struct fa_str
shown(struct page *p, const xmlNode *n, enum fa_flow_role role)
{
	struct fa_str text = FA_STR_NONE;

	if (role == FA_FLOW_BUTTON || is_box(role))
		text = text_of(p, n);
	if (role == FA_FLOW_BUTTON && text.n == 0)
		text = fa_draft_text(p->d, fa_markup_attr(n, "value"));
	return text;
}

static struct fa_str
hint_of(struct page *p, const xmlNode *n)
{
	static const char *const names[] = { "placeholder", "alt",
		"aria-label" };
	struct fa_str hint = FA_STR_NONE;

	for (size_t i = 0; i < FA_COUNT(names) && hint.p == NULL; i++)
		hint = fa_draft_text(p->d, fa_markup_attr(n, names[i]));
	return hint;
}

static void
add_control(struct page *p, const xmlNode *n, enum fa_flow_role role)
{
	bool off = fa_markup_attr(n, "disabled").p != NULL;
	struct fa_flow_element *e;

	/* a picture between a box and its label does not part them */
	if (p->label_of == FA_FLOW_NONE || role != FA_FLOW_IMAGE)
		flush(p);
	e = fa_draft_element(p->d, role);
	e->text = shown(p, n, role);
	e->hint = hint_of(p, n);
	e->native_id = fa_draft_text(p->d, fa_markup_attr(n, "id"));
	e->native_class = fa_draft_text(p->d, fa_markup_attr(n, "class"));
	e->visible = visibility(p);
	/* in WXML the value may be computed */
	e->enabled = off ? FA_TRI_UNKNOWN : FA_TRI_YES;
	e->clickable = role == FA_FLOW_IMAGE ? FA_TRI_NO : FA_TRI_YES;
	if (is_box(role))
		set_box(p, e, n);
	if (p->opts->tapped != NULL && p->d->rc == FA_OK &&
		role != FA_FLOW_IMAGE && role != FA_FLOW_INPUT)
		p->opts->tapped(p->opts->ctx, n, fa_draft_last(p->d));
}

/* A container with a handler is a button when it holds no control. */
static bool
holds_control(const xmlNode *top)
{
	for (const xmlNode *n = fa_markup_next(top, top, true); n != NULL;
		n = fa_markup_next(n, top, true)) {
		int role = role_of(n);

		if ((role >= 0 && role != FA_FLOW_IMAGE) || is_link(n))
			return true;
	}
	return false;
}

static void
add_title(struct page *p, const xmlNode *n)
{
	struct fa_flow *f = p->d->f;
	struct fa_str title = text_of(p, n);

	if (p->d->rc == FA_OK && f->screens[f->screens_n - 1].title.p == NULL)
		f->screens[f->screens_n - 1].title = title;
}

/* An element on the way down; true: what it holds is done. */
static bool
enter_element(struct page *p, const xmlNode *n)
{
	int role = role_of(n);
	bool link = is_link(n);
	bool block = is_block(n);

	if (block)
		flush(p);
	if (p->hidden == NULL && is_hidden(n)) {
		flush(p);
		p->hidden = n;
	}
	if (role < 0 && link && block && !holds_control(n))
		role = FA_FLOW_BUTTON;
	if (role >= 0) {
		add_control(p, n, (enum fa_flow_role)role);
		return true;
	}
	if (link && !block && p->links_n < FA_COUNT(p->links))
		p->links[p->links_n++] = n;
	return false;
}

/* One node on the way down; true: what it holds is done. */
static bool
enter(struct page *p, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
		fa_markup_fold(&p->run, fa_str_c((const char *)n->content));
		return false;
	}
	if (fa_markup_is(n, "title")) {
		add_title(p, n);
		return true;
	}
	if (n->type != XML_ELEMENT_NODE ||
		(fa_markup_silent(n) && !fa_markup_is(n, "head")))
		return true;
	return enter_element(p, n);
}

static void
leave(struct page *p, const xmlNode *n)
{
	if (is_block(n))
		flush(p);
	if (p->hidden == n) {
		flush(p);
		p->hidden = NULL;
	}
}

void
fa_markup_add(struct fa_draft *d, const xmlDoc *doc,
	const struct fa_markup_page *opts)
{
	struct page p = { .d = d, .opts = opts, .label_of = FA_FLOW_NONE };
	const xmlNode *top = fa_flow_xml()->xmlDocGetRootElement(doc);
	const xmlNode *n = top;

	fa_buf_init(&p.run, 2 * FA_FLOW_TEXT_BYTES);
	while (n != NULL && d->rc == FA_OK) {
		bool done = enter(&p, n);

		if (!done && n->type == XML_ELEMENT_NODE &&
			n->children != NULL) {
			n = n->children;
			continue;
		}
		while (n != top && n->next == NULL) {
			leave(&p, n);
			n = n->parent;
		}
		leave(&p, n);
		n = n == top ? NULL : n->next;
	}
	flush(&p);
	fa_buf_done(&p.run);
}
