/* Static pages: what links and simple handlers say about where they lead. No
 * script is run, no style sheet is read, nothing is fetched. */
#include <stddef.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "flow/importers.h"
#include "flow/markup.h"
#include "flow/script.h"
#include "flow/xml.h"

#define SEGMENTS_MAX 64
#define HEAD_BYTES 4096

struct page_of {
	struct fa_str name;
	uint32_t screen;
};

struct site {
	struct fa_draft d;
	const struct fa_import_source *s;
	struct page_of *pages; /* in order of their names */
	size_t pages_n;
	uint32_t screen; /* that is being filled */
	struct fa_str name;
	bool scripts; /* the page has some */
};

struct segments {
	struct fa_str part[SEGMENTS_MAX];
	size_t n;
};

/* Walks along path; false when it leads out of the folder or too deep. */
static bool
walk(struct segments *to, struct fa_str path)
{
	struct fa_str rest = path;

	while (rest.p != NULL && rest.n > 0) {
		struct fa_str part = fa_str_cut(&rest, '/');

		if (part.n == 0 || fa_str_eq(part, FA_STR(".")))
			continue;
		if (!fa_str_eq(part, FA_STR(".."))) {
			if (to->n == SEGMENTS_MAX)
				return false;
			to->part[to->n++] = part;
		} else if (to->n-- == 0) {
			return false;
		}
	}
	return true;
}

/* "b.html" beside "dir/a.html" is "dir/b.html"; without query and fragment.
 * Absent when it leads out of the folder. */
static struct fa_str
resolve(struct site *t, struct fa_str ref)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };
	struct segments at = { .n = 0 };
	struct fa_str folder = t->name;
	size_t end = 0;

	while (end < ref.n && ref.p[end] != '?' && ref.p[end] != '#')
		end++;
	folder.n = t->name.n - fa_import_base(t->name).n;
	if (ref.n > 0 && ref.p[0] == '/')
		folder.n = 0;
	if (!walk(&at, folder) || !walk(&at, fa_str_sub(ref, 0, end)))
		return FA_STR_NONE;
	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	for (size_t i = 0; i < at.n; i++) {
		if (i > 0)
			fa_buf_addc(&b, '/');
		fa_buf_add(&b, at.part[i]);
	}
	return b.rc < 0 ? FA_STR_NONE : fa_draft_text(&t->d, fa_buf_str(&b));
}

static bool
has_scheme(struct fa_str ref)
{
	if (fa_str_starts(ref, FA_STR("//")))
		return true;
	for (size_t i = 0; i < ref.n; i++) {
		char c = ref.p[i];

		if (c == ':')
			return i > 0;
		if (c == '/' || c == '?' || c == '#')
			return false;
	}
	return false;
}

/* Documents elsewhere are no way out of the service. */
static bool
names_document(const struct fa_flow_element *e)
{
	static const char *const words[] = { "《", "协议", "政策", "隐私",
		"条款", "規則", "规则", "olicy", "erms", "greement" };

	for (size_t i = 0; i < FA_COUNT(words); i++) {
		if (fa_str_find(e->text, fa_str_c(words[i]), 0) != SIZE_MAX)
			return true;
	}
	return false;
}

static void
go_to(struct site *t, uint32_t element, struct fa_str ref,
	enum fa_flow_basis basis)
{
	const struct fa_flow_element *e =
		&t->d.f->screens[t->screen].elements[element];
	struct fa_flow_transition *x;
	struct fa_str name;
	size_t at;

	if (ref.n == 0 || ref.p[0] == '#')
		return;
	if (has_scheme(ref)) {
		x = fa_draft_go(
			&t->d, t->screen, FA_FLOW_NONE, basis, FA_FLOW_TAP);
		x->element = element;
		x->note = FA_STR("external");
		if (!names_document(e))
			fa_draft_end(&t->d, t->screen, FA_FLOW_END_EXTERNAL);
		return;
	}
	name = resolve(t, ref);
	at = name.p == NULL
		? t->pages_n
		: fa_str_search(t->pages, t->pages_n, sizeof(*t->pages),
			  offsetof(struct page_of, name), name);
	if (at == t->pages_n) {
		fa_draft_gap(&t->d, t->screen, FA_FLOW_GAP_UNEXPLORED, element,
			"the page is not among the files");
		return;
	}
	x = fa_draft_go(
		&t->d, t->screen, t->pages[at].screen, basis, FA_FLOW_TAP);
	x->element = element;
}

/* The form around a button. */
static const xmlNode *
form_of(const xmlNode *n)
{
	while (n != NULL && !fa_markup_is(n, "form"))
		n = n->parent;
	return n;
}

static void
tapped(void *ctx, const xmlNode *n, uint32_t element)
{
	struct site *t = ctx;
	struct fa_str href = fa_str_trim(fa_markup_attr(n, "href"));
	struct fa_str click = fa_markup_attr(n, "onclick");
	struct fa_str ref = fa_script_url(click.p != NULL ? click : href);
	const xmlNode *form = form_of(n);

	if (click.p != NULL || fa_str_starts(href, FA_STR("javascript:"))) {
		if (ref.p != NULL)
			go_to(t, element, fa_draft_text(&t->d, ref),
				FA_FLOW_ASSUMED);
		else
			fa_draft_gap(&t->d, t->screen, FA_FLOW_GAP_UNEXPLORED,
				element, "a script decides");
		return;
	}
	if (href.n > 0) {
		go_to(t, element, fa_draft_text(&t->d, href), FA_FLOW_STATED);
		return;
	}
	if (fa_markup_is(n, "button") || fa_markup_is(n, "input")) {
		struct fa_str action = form != NULL
			? fa_str_trim(fa_markup_attr(form, "action"))
			: FA_STR_NONE;

		if (action.n > 0 &&
			!fa_str_ieq(
				fa_markup_attr(n, "type"), FA_STR("button")) &&
			!fa_str_ieq(fa_markup_attr(n, "type"),
				FA_STR("checkbox")) &&
			!fa_str_ieq(
				fa_markup_attr(n, "type"), FA_STR("radio"))) {
			go_to(t, element, fa_draft_text(&t->d, action),
				FA_FLOW_STATED);
			return;
		}
	}
	if (t->scripts)
		fa_draft_gap(&t->d, t->screen, FA_FLOW_GAP_UNEXPLORED, element,
			"a script may decide");
}

static bool
has_scripts(const xmlDoc *doc)
{
	const xmlNode *top = fa_flow_xml()->xmlDocGetRootElement(doc);

	for (const xmlNode *n = top; n != NULL;
		n = fa_markup_next(n, top, true)) {
		if (fa_markup_is(n, "script"))
			return true;
	}
	return false;
}

static bool
is_named(const struct fa_import_file *f)
{
	return fa_import_ends(f, ".html") || fa_import_ends(f, ".htm") ||
		fa_import_ends(f, ".xhtml");
}

static void
add_gaps(struct site *t, const xmlDoc *doc)
{
	const struct fa_flow_screen *s = &t->d.f->screens[t->screen];

	if (t->d.rc < 0)
		return;
	fa_draft_gap(
		&t->d, t->screen, FA_FLOW_GAP_NO_STYLE, FA_FLOW_NONE, NULL);
	if (doc == NULL || s->elements_n == 0)
		fa_draft_gap(&t->d, t->screen, FA_FLOW_GAP_NO_TREE,
			FA_FLOW_NONE, NULL);
	if (t->scripts)
		fa_draft_gap(&t->d, t->screen, FA_FLOW_GAP_UNEXPLORED,
			FA_FLOW_NONE, "scripts are not run");
	for (uint32_t i = 0; i < s->elements_n; i++) {
		if (s->elements[i].role == FA_FLOW_WEBVIEW)
			fa_draft_gap(
				&t->d, t->screen, FA_FLOW_GAP_WEBVIEW, i, NULL);
	}
}

static void
add_page(struct site *t, struct fa_import_file *f)
{
	struct fa_markup_page opts = { tapped, t };
	FA_CLEANUP(fa_markup_free) xmlDoc *doc = NULL;
	struct fa_flow_screen *s;
	struct fa_str text;

	t->d.rc = fa_import_read(&text, t->s, f, t->d.a, t->d.err);
	if (t->d.rc == FA_OK)
		t->d.rc = fa_flow_xml_open(t->d.err);
	if (t->d.rc < 0)
		return;
	doc = fa_markup_parse(text);
	s = fa_draft_screen(&t->d, FA_STR_NONE);
	t->screen = (uint32_t)t->d.f->screens_n - 1;
	t->name = f->name;
	s->url = fa_draft_text(&t->d, f->name);
	s->complete = text.n > FA_MARKUP_BYTES ? FA_TRI_NO : FA_TRI_UNKNOWN;
	t->scripts = doc != NULL && has_scripts(doc);
	if (doc != NULL)
		fa_markup_add(&t->d, doc, &opts);
	add_gaps(t, doc);
}

static int
sniff(const struct fa_import_source *s, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str head;
	int rc;

	for (size_t i = 0; i < s->n; i++) {
		if (is_named(&s->files[i]))
			return 1;
	}
	if (s->folder || s->n == 0)
		return 0;
	rc = s->load(&s->files[0], a, err);
	if (rc < 0)
		return rc;
	head = fa_str_trim(fa_str_sub(s->files[0].text, 0, HEAD_BYTES));
	return fa_str_ieq(fa_str_sub(head, 0, 14), FA_STR("<!doctype html")) ||
		fa_str_ieq(fa_str_sub(head, 0, 5), FA_STR("<html"));
}

static int
import(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct site t = { .s = s };
	uint32_t start = 0;

	fa_draft_init(&t.d, "html", FA_FLOW_H5, a, err);
	t.pages = fa_arena_new(a, s->n, sizeof(*t.pages));
	if (t.pages == NULL)
		fa_draft_fail(&t.d, FA_E_NOMEM, "out of memory for pages");
	for (size_t i = 0; t.d.rc == FA_OK && i < s->n; i++) {
		if (s->folder && !is_named(&s->files[i]))
			continue;
		if (fa_str_eq(s->files[i].name, FA_STR("index.html")))
			start = (uint32_t)t.pages_n;
		t.pages[t.pages_n] = (struct page_of){ s->files[i].name,
			(uint32_t)t.pages_n };
		t.pages_n++;
	}
	for (size_t i = 0; t.d.rc == FA_OK && i < s->n; i++) {
		if (!s->folder || is_named(&s->files[i]))
			add_page(&t, &s->files[i]);
	}
	if (t.d.rc == FA_OK)
		t.d.f->start = start;
	return fa_draft_done(out, &t.d);
}

const struct fa_importer fa_importer_html = { "html",
	"static pages, one file or a folder; no script is run", sniff, import };
