/* Source of WeChat mini programs: .wxml with the .js beside it. A button with
 * open-type="agreePrivacyAuthorization" agrees to the privacy guide of the
 * platform (wx.onNeedPrivacyAuthorization); what other controls do is read from
 * their handlers. Nothing is run. */
#include <stddef.h>

#include "flow/importers.h"
#include "flow/json_view.h"
#include "flow/markup.h"
#include "flow/script.h"
#include "flow/xml.h"

#define FACE_API "wx.startFacialRecognitionVerify"
#define FACES_MAX 100 /* face checks; more are taken for the last */

struct wx_page {
	struct fa_str stem; /* name without .wxml */
	struct fa_import_file *file;
	uint32_t screen;
	bool popup; /* asks for agreement to the privacy guide */
};

struct program {
	struct fa_draft d;
	const struct fa_import_source *s;
	struct wx_page *pages; /* in order of their names */
	size_t n;
	uint32_t start;            /* screen */
	uint32_t behind;           /* what a popup uncovers */
	uint32_t face;             /* screen of the first face check */
	uint32_t after[FACES_MAX]; /* of each: where its success leads */
	uint32_t faces;
	bool page_face; /* this page begins one */
	const struct wx_page *page;
	unsigned handlers; /* of the page, looked at so far */
	struct fa_str js;  /* beside the page, without comments; or absent */
};

static struct fa_str
handler_of(const xmlNode *n)
{
	static const char *const names[] = { "bindtap", "catchtap", "bind:tap",
		"catch:tap", "@tap", "@click", "bindchange", "bind:click",
		"bindclick", "bindagreeprivacyauthorization" };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct fa_str s = fa_str_trim(fa_markup_attr(n, names[i]));

		if (s.n > 0)
			return s;
	}
	return FA_STR_NONE;
}

static bool
agrees(const xmlNode *n)
{
	return fa_str_ieq(fa_str_trim(fa_markup_attr(n, "open-type")),
		FA_STR("agreePrivacyAuthorization"));
}

static void
go(struct program *p, uint32_t element, uint32_t to, uint32_t effects)
{
	struct fa_flow_transition *t = fa_draft_go(
		&p->d, p->page->screen, to, FA_FLOW_STATED, FA_FLOW_TAP);

	t->element = element;
	t->effects = effects;
}

static void
gap(struct program *p, uint32_t element, struct fa_str why)
{
	fa_draft_gap(
		&p->d, p->page->screen, FA_FLOW_GAP_UNEXPLORED, element, why.p);
}

/* Is stem the whole name, or its end behind a slash? */
static bool
is_stem(struct fa_str name, struct fa_str stem)
{
	if (stem.n == 0 || !fa_str_ends(name, stem))
		return false;
	return name.n == stem.n || name.p[name.n - stem.n - 1] == '/';
}

/* The page of "/pages/a/a?x=1", from the top or beside this one. */
static uint32_t
page_of(const struct program *p, struct fa_str url)
{
	struct fa_str stem = url;
	size_t query = fa_str_find(url, FA_STR("?"), 0);

	if (query != SIZE_MAX)
		stem = fa_str_sub(url, 0, query);
	while (fa_str_starts(stem, FA_STR("/")) ||
		fa_str_starts(stem, FA_STR("../")))
		stem = fa_str_sub(stem, stem.p[0] == '/' ? 1 : 3, stem.n);
	for (size_t i = 0; i < p->n; i++) {
		if (is_stem(p->pages[i].stem, stem))
			return p->pages[i].screen;
	}
	return FA_FLOW_NONE;
}

/* A face check of its own for each control that begins one: what its success
 * leads to differs. Gives its screen. */
static uint32_t
add_check(struct program *p, const struct fa_script *did)
{
	p->page_face = true;
	if (p->faces == FACES_MAX)
		return p->face + FACES_MAX - 1;
	p->after[p->faces] =
		did->url.p == NULL ? FA_FLOW_NONE : page_of(p, did->url);
	return p->face + p->faces++;
}

/* What happens when the page comes, without a tap. Its conditions are not
 * known. */
static void
follow_start(struct program *p)
{
	static const char *const names[] = { "onLoad", "onShow", "onReady",
		"attached", "ready", "mounted" };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct fa_script did;
		struct fa_flow_transition *t;
		uint32_t to = FA_FLOW_NONE;

		fa_script_handler(&did, p->js, fa_str_c(names[i]));
		if (did.face)
			to = add_check(p, &did);
		else if (did.url.p != NULL)
			to = page_of(p, did.url);
		if (!did.exits && to == FA_FLOW_NONE)
			continue;
		t = fa_draft_go(&p->d, p->page->screen, to, FA_FLOW_ASSUMED,
			FA_FLOW_WAIT);
		t->effects = did.face        ? FA_FLOW_EFFECT_CAMERA
			: to == FA_FLOW_NONE ? FA_FLOW_EFFECT_EXIT
					     : 0;
		gap(p, FA_FLOW_NONE,
			FA_STR("what comes by itself depends on conditions"));
	}
}

static void
follow(struct program *p, uint32_t element, struct fa_str name)
{
	struct fa_script did;

	if (p->handlers++ >= FA_SCRIPT_HANDLERS) {
		gap(p, element, FA_STR("too many handlers on this page"));
		return;
	}
	fa_script_handler(&did, p->js, name);
	if (!did.found) {
		gap(p, element,
			fa_draft_printf(&p->d,
				"handler %.*s is not in the source",
				FA_STR_ARG(fa_str_sub(name, 0, 100))));
	} else if (did.exits) {
		go(p, element, FA_FLOW_NONE, FA_FLOW_EFFECT_EXIT);
	} else if (did.face) {
		go(p, element, add_check(p, &did), FA_FLOW_EFFECT_CAMERA);
	} else if (did.disagrees || did.agrees) {
		go(p, element, p->behind, 0);
	} else if (did.url.p != NULL && page_of(p, did.url) != FA_FLOW_NONE) {
		go(p, element, page_of(p, did.url), 0);
	} else if (!did.contract) {
		gap(p, element,
			fa_draft_printf(&p->d,
				"what handler %.*s does cannot be read",
				FA_STR_ARG(fa_str_sub(name, 0, 100))));
	}
}

static void
tapped(void *ctx, const xmlNode *n, uint32_t element)
{
	struct program *p = ctx;
	struct fa_str name = handler_of(n);
	struct fa_str url = fa_str_trim(fa_markup_attr(n, "url"));

	if (fa_markup_is(n, "switch") || fa_markup_is(n, "checkbox") ||
		fa_markup_is(n, "radio"))
		return;
	if (agrees(n)) {
		go(p, element, p->behind, 0);
	} else if (fa_str_ieq(fa_markup_attr(n, "open-type"), FA_STR("exit")) &&
		fa_markup_is(n, "navigator")) {
		go(p, element, FA_FLOW_NONE, FA_FLOW_EFFECT_EXIT);
	} else if (fa_markup_is(n, "navigator") && url.n > 0) {
		uint32_t to = page_of(p, url);

		if (to == FA_FLOW_NONE)
			gap(p, element,
				FA_STR("the page is not in the source"));
		else
			go(p, element, to, 0);
	} else if (name.n > 0) {
		follow(p, element, name);
	}
}

static void
load_script(struct program *p)
{
	static const char *const ends[] = { ".js", ".ts" };

	p->js = FA_STR_NONE;
	for (size_t i = 0; i < FA_COUNT(ends) && p->d.rc == FA_OK; i++) {
		struct fa_str name = fa_draft_printf(
			&p->d, "%.*s%s", FA_STR_ARG(p->page->stem), ends[i]);
		size_t at = fa_str_search(p->s->files, p->s->n,
			sizeof(*p->s->files),
			offsetof(struct fa_import_file, name), name);
		struct fa_str text;

		if (at == p->s->n || p->js.p != NULL)
			continue;
		p->d.rc = fa_import_read(
			&text, p->s, &p->s->files[at], p->d.a, p->d.err);
		if (p->d.rc == FA_OK)
			p->js = fa_script_plain(text, p->d.a);
		if (p->d.rc == FA_OK && p->js.p == NULL)
			fa_draft_fail(
				&p->d, FA_E_NOMEM, "out of memory for scripts");
	}
}

static bool
holds_face(struct fa_str s)
{
	return fa_str_find(s, FA_STR("startFacialRecognitionVerify"), 0) !=
		SIZE_MAX;
}

/* Does the page show other things at other times? A popup as a whole may. */
static bool
is_conditional(struct fa_str wxml)
{
	static const char *const words[] = { "wx:elif", "wx:else", "wx:for",
		"hidden=\"{{" };
	size_t at = fa_str_find(wxml, FA_STR("wx:if"), 0);

	for (size_t i = 0; i < FA_COUNT(words); i++) {
		if (fa_str_find(wxml, fa_str_c(words[i]), 0) != SIZE_MAX)
			return true;
	}
	return at != SIZE_MAX &&
		fa_str_find(fa_str_sub(wxml, 0, at), FA_STR(">"), 0) !=
		SIZE_MAX;
}

static void
add_page(struct program *p, struct wx_page *page)
{
	struct fa_markup_page opts = { tapped, p };
	FA_CLEANUP(fa_markup_free) xmlDoc *doc = NULL;
	struct fa_flow_screen *s;
	struct fa_str text;

	p->page = page;
	p->page_face = false;
	p->handlers = 0;
	p->d.rc = fa_import_read(&text, p->s, page->file, p->d.a, p->d.err);
	if (p->d.rc == FA_OK)
		p->d.rc = fa_flow_xml_open(p->d.err);
	load_script(p);
	s = fa_draft_screen(&p->d, FA_STR_NONE);
	s->native = fa_draft_text(&p->d, page->stem);
	s->modal = page->popup ? FA_TRI_YES : FA_TRI_UNKNOWN;
	if (p->d.rc < 0)
		return;
	doc = fa_markup_parse(text);
	if (doc != NULL)
		fa_markup_add(&p->d, doc, &opts);
	follow_start(p);
	fa_draft_gap(
		&p->d, page->screen, FA_FLOW_GAP_NO_STYLE, FA_FLOW_NONE, NULL);
	if (doc == NULL)
		fa_draft_gap(&p->d, page->screen, FA_FLOW_GAP_NO_TREE,
			FA_FLOW_NONE, NULL);
	if (!p->page_face && holds_face(p->js))
		fa_draft_gap(&p->d, page->screen, FA_FLOW_GAP_UNEXPLORED,
			FA_FLOW_NONE,
			"a face check begins, how cannot be read");
	if (is_conditional(text))
		gap(p, FA_FLOW_NONE, FA_STR("conditions are not evaluated"));
}

/* The face check of the platform: pages that the source does not hold, and
 * which page its success leads to. */
static void
add_face(struct program *p, uint32_t k)
{
	struct fa_str id = k == 0
		? FA_STR("wechat-face")
		: fa_draft_printf(&p->d, "wechat-face-%u", k + 1);
	struct fa_flow_screen *s = fa_draft_screen(&p->d, id);
	struct fa_flow_element *e;
	uint32_t at = p->face + k;

	s->title = FA_STR("人脸识别");
	s->native = FA_STR(FACE_API);
	e = fa_draft_element(&p->d, FA_FLOW_CAMERA);
	e->visible = FA_TRI_YES;
	fa_draft_gap(&p->d, at, FA_FLOW_GAP_NO_TREE, FA_FLOW_NONE, NULL);
	fa_draft_gap(&p->d, at, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE,
		"pages of the platform");
	if (p->after[k] != FA_FLOW_NONE)
		(void)fa_draft_go(
			&p->d, at, p->after[k], FA_FLOW_STATED, FA_FLOW_FACE);
}

static void
add_behind(struct program *p)
{
	struct fa_flow_screen *s = fa_draft_screen(&p->d, FA_STR("behind"));

	s->title = FA_STR("小程序页面");
	fa_draft_gap(&p->d, p->behind, FA_FLOW_GAP_NO_TREE, FA_FLOW_NONE, NULL);
	fa_draft_gap(&p->d, p->behind, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE,
		"what lies behind the prompt is not in the source");
}

static bool
holds(const struct fa_import_file *f, const char *part)
{
	return fa_str_find(f->text, fa_str_c(part), 0) != SIZE_MAX;
}

/* The pages in order of their names. */
static void
list_pages(struct program *p)
{
	p->pages = fa_arena_new(p->d.a, p->s->n, sizeof(*p->pages));
	if (p->pages == NULL)
		fa_draft_fail(&p->d, FA_E_NOMEM, "out of memory for pages");
	for (size_t i = 0; i < p->s->n && p->d.rc == FA_OK; i++) {
		struct fa_import_file *f = &p->s->files[i];

		if (!fa_import_ends(f, ".wxml"))
			continue;
		p->d.rc = p->s->load(f, p->d.a, p->d.err);
		if (p->d.rc < 0)
			return;
		p->pages[p->n] =
			(struct wx_page){ fa_str_sub(f->name, 0, f->name.n - 5),
				f, (uint32_t)p->n,
				holds(f, "agreePrivacyAuthorization") };
		p->n++;
	}
}

/* The first page that app.json lists, else the first popup, else the first. */
static void
find_start(struct program *p)
{
	struct fa_import_file *f = fa_import_find(p->s, "app.json");
	struct fa_json *top = NULL;
	const struct fa_json *pages = NULL;
	struct fa_str text;

	p->start = 0;
	for (size_t i = p->n; i-- > 0;) {
		if (p->pages[i].popup)
			p->start = p->pages[i].screen;
	}
	if (f == NULL || p->d.rc < 0)
		return;
	p->d.rc = fa_import_read(&text, p->s, f, p->d.a, p->d.err);
	if (p->d.rc == FA_OK &&
		fa_json_parse(&top, text, p->d.a, NULL) == FA_OK)
		pages = fa_json_find(top, "pages");
	if (pages != NULL && pages->kind == FA_JSON_ARRAY &&
		pages->child != NULL && pages->child->kind == FA_JSON_STRING) {
		uint32_t at = page_of(p, pages->child->str);

		if (at != FA_FLOW_NONE)
			p->start = at;
	}
}

static int
sniff(const struct fa_import_source *s, struct fa_arena *a, struct fa_err *err)
{
	(void)a;
	(void)err;
	for (size_t i = 0; i < s->n; i++) {
		if (fa_import_ends(&s->files[i], ".wxml"))
			return 1;
	}
	return 0;
}

/* When a popup comes is not in its source: on the first page, it is assumed. */
static void
add_popups(struct program *p)
{
	for (size_t i = 0; p->d.rc == FA_OK && i < p->n; i++) {
		if (p->pages[i].popup)
			(void)fa_draft_go(&p->d, p->start, p->pages[i].screen,
				FA_FLOW_ASSUMED, FA_FLOW_WAIT);
	}
}

static int
import(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct program p = { .s = s };
	bool own;

	fa_draft_init(&p.d, "wechat", FA_FLOW_MINI_PROGRAM, a, err);
	if (p.d.rc == FA_OK)
		list_pages(&p);
	if (p.d.rc == FA_OK && p.n == 0)
		fa_draft_fail(&p.d, FA_E_INPUT, "%.*s holds no .wxml",
			FA_STR_ARG(s->path));
	if (p.d.rc < 0)
		return p.d.rc;
	find_start(&p);
	own = !p.pages[p.start].popup; /* the page that a popup uncovers */
	p.behind = own ? p.start : (uint32_t)p.n;
	p.face = (uint32_t)p.n + !own;
	for (size_t i = 0; p.d.rc == FA_OK && i < p.n; i++)
		add_page(&p, &p.pages[i]);
	if (!own)
		add_behind(&p);
	for (uint32_t k = 0; p.d.rc == FA_OK && k < p.faces; k++)
		add_face(&p, k);
	if (own)
		add_popups(&p);
	if (p.d.rc == FA_OK)
		p.d.f->start = p.start;
	return fa_draft_done(out, &p.d);
}

const struct fa_importer fa_importer_wechat = { "wechat",
	"source of WeChat mini programs, .wxml with .js; nothing is run", sniff,
	import };
