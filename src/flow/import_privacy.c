/* androidPrivacy.json of uni-app: the first prompt of an app as its developer
 * declares it. A second prompt may follow a refusal; disagreeMode says whether
 * the app goes on without consent. Comments and commas too many are common in
 * it (and keep the prompt from being shown, says the documentation). */
#include "flow/colour.h"
#include "flow/import_text.h"
#include "flow/importers.h"
#include "flow/json_view.h"
#include "flow/markup.h"
#include "flow/xml.h"

#define PAPER 0xffffff
#define HEAD_BYTES 65536

struct prompt {
	struct fa_draft d;
	const struct fa_json *top;    /* the settings, or their template */
	const struct fa_json *styles; /* or NULL */
	uint32_t first, second, home, guest; /* screens, or NONE */
};

static bool
is_on(const struct fa_json *obj, const char *key)
{
	return fa_json_view_tri(obj, key) == FA_TRI_YES;
}

/* Colours of the style members, where they are given; the prompt is white
 * unless they say otherwise. */
static void
set_style(struct prompt *p, struct fa_flow_element *e, const char *name)
{
	struct fa_str back = fa_json_text(p->styles, "backgroundColor");
	struct fa_str fore =
		fa_json_text(fa_json_find(p->styles, name), "color");
	uint32_t bg = PAPER;
	uint32_t fg;

	(void)fa_flow_colour(&bg, back, true, PAPER);
	if (fa_flow_colour(&fg, fore, true, bg))
		fa_draft_style(e, 0, fg, bg);
}

static void
add_text(struct prompt *p, struct fa_str text, const char *style)
{
	struct fa_flow_element *e;

	if (fa_str_trim(text).n == 0)
		return;
	e = fa_draft_element(&p->d, FA_FLOW_TEXT);
	e->text = fa_draft_text(&p->d, text);
	e->visible = FA_TRI_YES;
	e->clickable = FA_TRI_NO;
	if (style != NULL)
		set_style(p, e, style);
}

static void
make_visible(struct prompt *p, size_t from)
{
	struct fa_flow *f = p->d.f;

	if (p->d.rc < 0)
		return;
	for (size_t i = from; i < f->screens[f->screens_n - 1].elements_n; i++)
		f->screens[f->screens_n - 1].elements[i].visible = FA_TRI_YES;
}

/* Rich text: its links open documents. */
static void
add_message(struct prompt *p, struct fa_str text)
{
	static const struct fa_markup_page nothing = { NULL, NULL };
	FA_CLEANUP(fa_markup_free) xmlDoc *doc = NULL;
	struct fa_flow *f = p->d.f;

	if (p->d.rc < 0)
		return;
	p->d.rc = fa_flow_xml_open(p->d.err);
	if (p->d.rc == FA_OK)
		doc = fa_markup_parse(text);
	if (doc == NULL)
		return;
	{
		size_t from = f->screens[f->screens_n - 1].elements_n;

		fa_markup_add(&p->d, doc, &nothing);
		make_visible(p, from);
	}
}

static uint32_t
add_button(struct prompt *p, struct fa_str label, const char *style)
{
	struct fa_flow_element *e = fa_draft_element(&p->d, FA_FLOW_BUTTON);

	e->text = fa_draft_text(&p->d, label);
	e->visible = e->enabled = e->clickable = FA_TRI_YES;
	set_style(p, e, style);
	return fa_draft_last(&p->d);
}

/* Where a refusal leads: the second prompt, the app without consent, or out. */
static void
refuse(struct prompt *p, uint32_t from, uint32_t element)
{
	const struct fa_json *mode = fa_json_find(p->top, "disagreeMode");
	bool guest = is_on(mode, "support");
	struct fa_flow_transition *t;
	uint32_t to = guest ? p->guest : FA_FLOW_NONE;

	if (from == p->first && p->second != FA_FLOW_NONE && !guest)
		to = p->second;
	t = fa_draft_go(&p->d, from, to, FA_FLOW_STATED, FA_FLOW_TAP);
	t->element = element;
	if (to == FA_FLOW_NONE)
		t->effects = FA_FLOW_EFFECT_EXIT;
}

static void
add_actions(struct prompt *p, uint32_t screen, const struct fa_json *from)
{
	const struct fa_json *mode = fa_json_find(p->top, "disagreeMode");
	struct fa_str accept = fa_json_text(from, "buttonAccept");
	struct fa_str no = fa_json_text(from, "buttonRefuse");
	struct fa_flow_transition *t;

	if (fa_str_trim(accept).n == 0)
		accept = screen == p->second ? FA_STR("确定") : FA_STR("同意");
	if (fa_str_trim(no).n > 0)
		refuse(p, screen, add_button(p, no, "buttonRefuse"));
	if (screen == p->first && is_on(mode, "visitorEntry")) {
		uint32_t at =
			add_button(p, FA_STR("游客模式"), "buttonVisitor");

		t = fa_draft_go(
			&p->d, screen, p->guest, FA_FLOW_STATED, FA_FLOW_TAP);
		t->element = at;
	}
	{
		uint32_t at = add_button(p, accept, "buttonAccept");

		t = fa_draft_go(
			&p->d, screen, p->home, FA_FLOW_STATED, FA_FLOW_TAP);
		t->element = at;
	}
	if (is_on(p->top, "backToExit")) {
		t = fa_draft_go(&p->d, screen, FA_FLOW_NONE, FA_FLOW_STATED,
			FA_FLOW_BACK);
		t->effects = FA_FLOW_EFFECT_EXIT;
	}
}

static void
add_prompt(struct prompt *p, const char *id, const struct fa_json *from,
	const char *title)
{
	struct fa_str given = fa_json_text(from, "title");
	struct fa_flow_screen *s = fa_draft_screen(&p->d, fa_str_c(id));

	if (given.n == 0)
		given = fa_str_c(title);
	s->title = fa_draft_text(&p->d, given);
	s->modal = FA_TRI_YES;
	s->complete = FA_TRI_YES;
	add_text(p, given, "title");
	add_message(p, fa_json_text(from, "message"));
}

/* The app behind the prompt, of which nothing is declared. */
static void
add_behind(struct prompt *p, const char *id, const char *title)
{
	struct fa_flow_screen *s = fa_draft_screen(&p->d, fa_str_c(id));
	uint32_t at = (uint32_t)p->d.f->screens_n - 1;

	s->title = fa_str_c(title);
	s->modal = FA_TRI_NO;
	fa_draft_end(&p->d, at, FA_FLOW_END_SERVICE);
	fa_draft_gap(&p->d, at, FA_FLOW_GAP_NO_TREE, FA_FLOW_NONE, NULL);
	fa_draft_gap(&p->d, at, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE,
		"declared settings say nothing of the app itself");
}

/* Screens are numbered before they are made, because buttons lead forward. */
static void
build(struct prompt *p)
{
	const struct fa_json *mode = fa_json_find(p->top, "disagreeMode");
	const struct fa_json *second = fa_json_find(p->top, "second");
	bool guest = is_on(mode, "support") || is_on(mode, "visitorEntry");
	uint32_t n = 1;

	p->first = 0;
	p->second = p->guest = FA_FLOW_NONE;
	if (fa_str_trim(fa_json_text(second, "message")).n > 0)
		p->second = n++;
	p->home = n++;
	if (guest)
		p->guest = n;
	p->styles = fa_json_find(p->top, "styles");
	add_prompt(p, "prompt", p->top, "服务协议和隐私政策");
	add_actions(p, p->first, p->top);
	if (p->second != FA_FLOW_NONE) {
		add_prompt(p, "second", second, "");
		add_actions(p, p->second, second);
	}
	add_behind(p, "app", "应用");
	if (!guest)
		return;
	add_behind(p, "guest", "应用（未同意）");
	(void)fa_draft_go(&p->d, p->guest,
		is_on(mode, "showAlways") ? p->first : p->guest, FA_FLOW_STATED,
		FA_FLOW_RELAUNCH);
}

/* No prompt of the framework: whether the app shows one of its own is not
 * declared here. */
static void
build_none(struct prompt *p)
{
	add_behind(p, "app", "应用");
}

static int
sniff(const struct fa_import_source *s, struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_file *f = s->folder
		? fa_import_find(s, "androidPrivacy.json")
		: &s->files[0];
	struct fa_str head;
	int rc;

	if (f == NULL || s->n == 0)
		return 0;
	if (fa_str_eq(fa_import_base(f->name), FA_STR("androidPrivacy.json")))
		return 1;
	rc = s->load(f, a, err);
	if (rc < 0)
		return rc;
	head = fa_str_sub(f->text, 0, HEAD_BYTES);
	return fa_str_find(head, FA_STR("\"buttonAccept\""), 0) != SIZE_MAX &&
		fa_str_find(head, FA_STR("\"prompt\""), 0) != SIZE_MAX;
}

/* Older projects keep the settings below "privacy", "template". */
static void
find_settings(struct prompt *p, const struct fa_json *top, bool *none)
{
	const struct fa_json *template = fa_json_find(top, "template");

	p->top = template != NULL && template->kind == FA_JSON_OBJECT ? template
								      : top;
	*none = fa_str_eq(fa_json_text(top, "prompt"), FA_STR("none"));
}

static int
import(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_file *f = s->folder
		? fa_import_find(s, "androidPrivacy.json")
		: &s->files[0];
	struct prompt p = { .top = NULL };
	struct fa_json *top = NULL;
	struct fa_str text;
	bool none = false;
	int rc;

	if (f == NULL)
		return fa_fail(err, FA_E_INPUT,
			"%.*s holds no androidPrivacy.json",
			FA_STR_ARG(s->path));
	rc = fa_import_read(&text, s, f, a, err);
	if (rc == FA_OK)
		rc = fa_import_relax(&text, text, a, err);
	if (rc == FA_OK)
		rc = fa_json_parse(&top, text, a, err);
	if (rc == FA_OK && top->kind != FA_JSON_OBJECT)
		rc = fa_fail(err, FA_E_INPUT, "%.*s holds no object",
			FA_STR_ARG(f->name));
	if (rc < 0)
		return rc;
	fa_draft_init(&p.d, "android-privacy", FA_FLOW_ANDROID, a, err);
	find_settings(&p, top, &none);
	if (p.d.rc == FA_OK && none)
		build_none(&p);
	else if (p.d.rc == FA_OK)
		build(&p);
	return fa_draft_done(out, &p.d);
}

const struct fa_importer fa_importer_android_privacy = { "android-privacy",
	"androidPrivacy.json of uni-app, a declared first prompt", sniff,
	import };
