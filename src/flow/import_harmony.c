/* What `uitest dumpLayout` of HarmonyOS writes: {"attributes": {...},
 * "children": [...]}, every value a string. */
#include "flow/json_view.h"
#include "flow/recording.h"

#define DEPTH_MAX FA_JSON_MAX_DEPTH

struct tree {
	struct fa_arena *a;
	struct fa_native_dump *dump;
	size_t cap;
};

static void
read_view(struct fa_native_view *v, const struct fa_json *attr)
{
	v->type = fa_json_text(attr, "type");
	v->text = fa_json_text(attr, "text");
	if (v->text.n == 0)
		v->text = fa_json_text(attr, "originalText");
	v->desc = fa_json_text(attr, "description");
	v->hint = fa_json_text(attr, "hint");
	v->id = fa_json_text(attr, "id");
	if (v->id.n == 0)
		v->id = fa_json_text(attr, "key");
	v->visible = fa_json_view_tri(attr, "visible");
	v->enabled = fa_json_view_tri(attr, "enabled");
	v->clickable = fa_json_view_tri(attr, "clickable");
	v->checkable = fa_json_view_tri(attr, "checkable");
	v->checked = fa_json_view_tri(attr, "checked");
	(void)fa_native_bounds(v, fa_json_text(attr, "bounds"));
}

static void
set_app(struct fa_native_dump *d, const struct fa_json *attr)
{
	struct fa_str bundle = fa_json_text(attr, "bundleName");
	struct fa_str page = fa_json_text(attr, "pagePath");

	if (page.n == 0)
		page = fa_json_text(attr, "abilityName");
	if (d->app_id.n == 0 && bundle.n > 0)
		d->app_id = bundle;
	if (d->native.n == 0 && page.n > 0)
		d->native = page;
}

/* As deep as the JSON, which its reader has limited to DEPTH_MAX. */
static int
walk(struct tree *t, const struct fa_json *node, uint32_t parent,
	unsigned depth, struct fa_err *err)
{
	const struct fa_json *attr = fa_json_find(node, "attributes");
	const struct fa_json *children = fa_json_find(node, "children");
	struct fa_native_dump *d = t->dump;
	struct fa_native_view *views;
	uint32_t at = (uint32_t)d->n;
	int rc = FA_OK;

	if (depth > DEPTH_MAX || d->n >= FA_FLOW_ELEMENTS_MAX) {
		d->cut = true;
		return FA_OK;
	}
	views = fa_arena_grow(
		t->a, d->views, &t->cap, d->n + 1, sizeof(*views));
	if (views == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a layout");
	d->views = views;
	d->views[d->n] = (struct fa_native_view){ .parent = parent };
	read_view(&d->views[d->n++], attr);
	set_app(d, attr);
	if (children == NULL || children->kind != FA_JSON_ARRAY)
		return FA_OK;
	for (const struct fa_json *c = children->child; c && rc == FA_OK;
		c = c->next)
		rc = walk(t, c, at, depth + 1, err);
	return rc;
}

static int
read_dump(struct fa_native_dump *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct tree t = { .a = a, .dump = out };
	struct fa_json *top;
	int rc = fa_json_parse(&top, text, a, err);

	if (rc < 0)
		return rc;
	if (top->kind == FA_JSON_OBJECT && top->count == 0)
		return FA_OK;
	if (fa_json_find(top, "attributes") == NULL &&
		fa_json_find(top, "children") == NULL)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"has neither attributes nor children, expected a "
			"layout of uitest");
	rc = walk(&t, top, FA_FLOW_NONE, 0, err);
	if (rc == FA_OK && out->n > 0 && out->views[0].has_box) {
		out->w = out->views[0].right - out->views[0].left;
		out->h = out->views[0].bottom - out->views[0].top;
	}
	return rc;
}

static bool
looks_like_dump(struct fa_str text)
{
	return fa_str_find(text, FA_STR("\"attributes\""), 0) != SIZE_MAX &&
		fa_str_find(text, FA_STR("\"children\""), 0) != SIZE_MAX;
}

static const struct fa_recording_kind kind = { "harmony", FA_FLOW_HARMONY,
	fa_recording_is_json, looks_like_dump, read_dump, "application/json" };
FA_RECORDING_IMPORTS(kind)

const struct fa_importer fa_importer_harmony = { "harmony",
	"HarmonyOS uitest dumpLayout, .json, one or a folder, with steps.txt",
	sniff, import };
