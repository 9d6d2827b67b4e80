/* uiautomator dumps and Appium page sources: <hierarchy> of <node>, or of
 * elements named after their class. The reader of libxml2 goes through the
 * text without building a tree; it has no network, loads no DTD and expands no
 * entities of the document, and one with a document type is refused: no
 * recorder writes any. */
#include <stddef.h>
#include <stdio.h>

#include "flow/recording.h"
#include "flow/xml.h"

#define HEAD_BYTES 4096 /* in which a dump shows what it is */

struct xml {
	xmlTextReader *r;
	struct fa_arena *a;
	struct fa_native_dump *dump;
	size_t cap;
	uint32_t *above; /* view open at each depth */
	size_t above_cap;
	bool hierarchy;
	bool no_memory;
};

static void
free_reader(xmlTextReader **r)
{
	if (*r != NULL)
		fa_flow_xml()->xmlFreeTextReader(*r);
}

static struct fa_str
copy(struct xml *x, const xmlChar *s)
{
	struct fa_str t;

	if (s == NULL)
		return FA_STR_NONE;
	t = fa_arena_dup(x->a, fa_str_c((const char *)s));
	if (t.p == NULL)
		x->no_memory = true;
	return t;
}

static void
set_bounds_part(struct fa_native_view *v, struct fa_str name, struct fa_str s,
	unsigned *parts)
{
	struct fa_native_view one = { .has_box = false };
	char four[64];
	int n;

	/* Appium for iOS: x, y, width and height one by one. */
	n = snprintf(four, sizeof(four), "%.*s,0,0,0",
		FA_STR_ARG(fa_str_sub(s, 0, 20)));
	if (n < 0 || !fa_native_bounds(&one, fa_str_c(four)))
		return;
	if (fa_str_eq(name, FA_STR("x"))) {
		v->left = one.left;
		*parts |= 1;
	} else if (fa_str_eq(name, FA_STR("y"))) {
		v->top = one.left;
		*parts |= 2;
	} else if (fa_str_eq(name, FA_STR("width"))) {
		v->right = one.left;
		*parts |= 4;
	} else {
		v->bottom = one.left;
		*parts |= 8;
	}
	if (*parts == 15) {
		v->has_box = true;
		v->right += v->left;
		v->bottom += v->top;
	}
}

static const struct {
	const char *name;
	size_t offset;
} texts[] = {
	{ "text", offsetof(struct fa_native_view, text) },
	{ "content-desc", offsetof(struct fa_native_view, desc) },
	{ "resource-id", offsetof(struct fa_native_view, id) },
	{ "class", offsetof(struct fa_native_view, type) },
	{ "hint", offsetof(struct fa_native_view, hint) },
	{ "type", offsetof(struct fa_native_view, type) },
	{ "label", offsetof(struct fa_native_view, text) },
	{ "name", offsetof(struct fa_native_view, id) },
};

static const struct {
	const char *name;
	size_t offset;
} states[] = {
	{ "clickable", offsetof(struct fa_native_view, clickable) },
	{ "checkable", offsetof(struct fa_native_view, checkable) },
	{ "checked", offsetof(struct fa_native_view, checked) },
	{ "enabled", offsetof(struct fa_native_view, enabled) },
	{ "visible-to-user", offsetof(struct fa_native_view, visible) },
	{ "displayed", offsetof(struct fa_native_view, visible) },
	{ "visible", offsetof(struct fa_native_view, visible) },
};

static void
set_attribute(struct xml *x, struct fa_native_view *v, struct fa_str name,
	struct fa_str value, unsigned *parts)
{
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		struct fa_str *to =
			(struct fa_str *)(void *)((char *)v + texts[i].offset);

		if (fa_str_eq(name, fa_str_c(texts[i].name)) && value.n > 0) {
			*to = fa_arena_dup(x->a, value);
			x->no_memory |= to->p == NULL;
		}
	}
	for (size_t i = 0; i < FA_COUNT(states); i++) {
		enum fa_tri *to =
			(enum fa_tri *)(void *)((char *)v + states[i].offset);

		if (fa_str_eq(name, fa_str_c(states[i].name)))
			*to = fa_native_tri(value);
	}
	if (fa_str_eq(name, FA_STR("bounds")))
		(void)fa_native_bounds(v, value);
	else if (fa_str_eq(name, FA_STR("x")) || fa_str_eq(name, FA_STR("y")) ||
		fa_str_eq(name, FA_STR("width")) ||
		fa_str_eq(name, FA_STR("height")))
		set_bounds_part(v, name, value, parts);
	else if (fa_str_eq(name, FA_STR("package")) && value.n > 0 &&
		x->dump->app_id.p == NULL)
		x->dump->native = x->dump->app_id = fa_arena_dup(x->a, value);
}

static struct fa_native_view *
add_view(struct xml *x, size_t depth)
{
	struct fa_native_view *views;
	uint32_t *above;

	views = fa_arena_grow(
		x->a, x->dump->views, &x->cap, x->dump->n + 1, sizeof(*views));
	above = fa_arena_grow(
		x->a, x->above, &x->above_cap, depth + 1, sizeof(*above));
	if (views == NULL || above == NULL) {
		x->no_memory = true;
		return NULL;
	}
	x->dump->views = views;
	x->above = above;
	views += x->dump->n;
	*views = (struct fa_native_view){ .parent = FA_FLOW_NONE };
	if (depth > 1)
		views->parent = above[depth - 1];
	above[depth] = (uint32_t)x->dump->n++;
	return views;
}

/* An element that is no view: what stands in it belongs to what is above. */
static void
pass_through(struct xml *x, size_t depth)
{
	uint32_t *above = fa_arena_grow(
		x->a, x->above, &x->above_cap, depth + 1, sizeof(*above));

	if (above == NULL) {
		x->no_memory = true;
		return;
	}
	x->above = above;
	above[depth] = depth > 0 ? above[depth - 1] : FA_FLOW_NONE;
}

static void
read_element(struct xml *x)
{
	struct fa_str name = fa_str_c(
		(const char *)fa_flow_xml()->xmlTextReaderConstName(x->r));
	size_t depth = (size_t)fa_flow_xml()->xmlTextReaderDepth(x->r);
	struct fa_native_view *v;
	unsigned parts = 0;

	if (fa_str_eq(name, FA_STR("hierarchy")) ||
		fa_str_eq(name, FA_STR("AppiumAUT"))) {
		x->hierarchy = true;
		pass_through(x, depth);
		return;
	}
	if (!x->hierarchy || x->dump->n >= FA_FLOW_ELEMENTS_MAX) {
		x->dump->cut |= x->hierarchy;
		pass_through(x, depth);
		return;
	}
	v = add_view(x, depth);
	if (v == NULL)
		return;
	if (!fa_str_eq(name, FA_STR("node")))
		v->type = copy(x, fa_flow_xml()->xmlTextReaderConstName(x->r));
	while (fa_flow_xml()->xmlTextReaderMoveToNextAttribute(x->r) == 1)
		set_attribute(x, v,
			fa_str_c((const char *)fa_flow_xml()
					 ->xmlTextReaderConstName(x->r)),
			fa_str_c((const char *)fa_flow_xml()
					 ->xmlTextReaderConstValue(x->r)),
			&parts);
	x->dump->ios |= fa_str_starts(v->type, FA_STR("XCUIElementType"));
	(void)fa_flow_xml()->xmlTextReaderMoveToElement(x->r);
}

static int
read_dump(struct fa_native_dump *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR |
		XML_PARSE_NOWARNING | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC |
		XML_PARSE_NOCDATA;
	FA_CLEANUP(free_reader) xmlTextReader *r = NULL;
	struct xml x = { .a = a, .dump = out };
	int rc;

	if (fa_str_find(text, FA_STR("<!DOCTYPE"), 0) != SIZE_MAX ||
		fa_str_find(text, FA_STR("<!ENTITY"), 0) != SIZE_MAX)
		return fa_fail(err, FA_E_INPUT,
			"has a document type, which no dump has");
	rc = fa_flow_xml_open(err);
	if (rc < 0)
		return rc;
	r = fa_flow_xml()->xmlReaderForMemory(
		text.p, (int)text.n, NULL, "utf-8", options);
	if (r == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a dump");
	x.r = r;
	while ((rc = fa_flow_xml()->xmlTextReaderRead(r)) == 1 &&
		!x.no_memory) {
		if (fa_flow_xml()->xmlTextReaderNodeType(r) ==
			XML_READER_TYPE_ELEMENT)
			read_element(&x);
	}
	if (x.no_memory)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a dump");
	if (!x.hierarchy)
		return fa_fail(err, rc < 0 ? FA_E_INPUT : FA_E_UNSUPPORTED,
			"has no <hierarchy>, expected a dump of uiautomator");
	out->cut |= rc < 0;
	return FA_OK;
}

static bool
is_named(const struct fa_import_file *f)
{
	return fa_import_ends(f, ".xml") || fa_import_ends(f, ".uix");
}

static bool
looks_like_dump(struct fa_str text)
{
	struct fa_str head = fa_str_sub(text, 0, HEAD_BYTES);

	return fa_str_find(head, FA_STR("<hierarchy"), 0) != SIZE_MAX ||
		fa_str_find(head, FA_STR("<AppiumAUT"), 0) != SIZE_MAX;
}

static const struct fa_recording_kind kind = { "uiautomator", FA_FLOW_ANDROID,
	is_named, looks_like_dump, read_dump, "application/xml" };
FA_RECORDING_IMPORTS(kind)

const struct fa_importer fa_importer_uiautomator = { "uiautomator",
	"uiautomator dumps and Appium sources, .xml or .uix, with steps.txt",
	sniff, import };
