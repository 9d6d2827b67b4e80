/* Snapshots of GKD: {"appId", "activityId", "screenWidth", "appInfo",
 * "device", "nodes": [{"id", "pid", "attr": {...}}]}. */
#include <stdlib.h>

#include "flow/json_view.h"
#include "flow/recording.h"

#define PIXELS_MAX 1000000

struct node_id {
	int32_t id;
	uint32_t view;
};

static int
by_id(const void *a, const void *b)
{
	const struct node_id *x = a;
	const struct node_id *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->view > y->view) - (x->view < y->view);
}

/* The first view with that id, or NONE. */
static uint32_t
find(const struct node_id *ids, size_t n, int32_t id)
{
	size_t from = 0;
	size_t to = n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (ids[mid].id < id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < n && ids[from].id == id ? ids[from].view : FA_FLOW_NONE;
}

static bool
in_range(int32_t n)
{
	return n >= -PIXELS_MAX && n <= PIXELS_MAX;
}

static void
set_box(struct fa_native_view *v, const struct fa_json *attr)
{
	int32_t none = INT32_MIN;

	v->left = fa_json_view_int(attr, "left", none);
	v->top = fa_json_view_int(attr, "top", none);
	v->right = fa_json_view_int(attr, "right", none);
	v->bottom = fa_json_view_int(attr, "bottom", none);
	v->has_box = in_range(v->left) && in_range(v->top) &&
		in_range(v->right) && in_range(v->bottom);
}

static void
read_view(struct fa_native_view *v, const struct fa_json *attr)
{
	v->type = fa_json_text(attr, "name");
	v->text = fa_json_text(attr, "text");
	v->desc = fa_json_text(attr, "desc");
	v->id = fa_json_text(attr, "id");
	if (v->id.n == 0)
		v->id = fa_json_text(attr, "vid");
	v->visible = fa_json_view_tri(attr, "visibleToUser");
	v->enabled = fa_json_view_tri(attr, "enabled");
	v->clickable = fa_json_view_tri(attr, "clickable");
	v->checkable = fa_json_view_tri(attr, "checkable");
	v->checked = fa_json_view_tri(attr, "checked");
	v->editable = fa_json_view_tri(attr, "editable");
	set_box(v, attr);
}

static int
read_nodes(struct fa_native_dump *out, const struct fa_json *nodes,
	struct fa_arena *a, struct fa_err *err)
{
	struct node_id *ids = fa_arena_new(a, nodes->count, sizeof(*ids));
	int32_t *parents = fa_arena_new(a, nodes->count, sizeof(*parents));

	out->views = fa_arena_new(a, nodes->count, sizeof(*out->views));
	if (ids == NULL || parents == NULL || out->views == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a snapshot");
	for (const struct fa_json *n = nodes->child; n != NULL; n = n->next) {
		if (out->n >= FA_FLOW_ELEMENTS_MAX) {
			out->cut = true;
			break;
		}
		ids[out->n] =
			(struct node_id){ fa_json_view_int(n, "id", INT32_MIN),
				(uint32_t)out->n };
		parents[out->n] = fa_json_view_int(n, "pid", -1);
		read_view(&out->views[out->n++], fa_json_find(n, "attr"));
	}
	if (out->n > 1)
		qsort(ids, out->n, sizeof(*ids), by_id);
	for (size_t i = 0; i < out->n; i++)
		out->views[i].parent = parents[i] < 0
			? FA_FLOW_NONE
			: find(ids, out->n, parents[i]);
	return FA_OK;
}

static int
read_dump(struct fa_native_dump *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_json *top;
	const struct fa_json *info, *device, *nodes;
	int rc = fa_json_parse(&top, text, a, err);

	if (rc < 0)
		return rc;
	info = fa_json_find(top, "appInfo");
	device = fa_json_find(top, "device");
	nodes = fa_json_find(top, "nodes");
	if (nodes == NULL || nodes->kind != FA_JSON_ARRAY)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"has no list of nodes, expected a snapshot of GKD");
	out->app_id = fa_json_text(top, "appId");
	out->app_name = fa_json_text(info, "name");
	if (out->app_name.n == 0)
		out->app_name = fa_json_text(top, "appName");
	out->app_version = fa_json_text(info, "versionName");
	if (out->app_version.n == 0)
		out->app_version = fa_json_text(top, "appVersionName");
	out->native = fa_json_text(top, "activityId");
	out->device = fa_json_text(device, "model");
	out->w = fa_json_view_int(top, "screenWidth", 0);
	out->h = fa_json_view_int(top, "screenHeight", 0);
	return read_nodes(out, nodes, a, err);
}

static bool
looks_like_dump(struct fa_str text)
{
	return fa_str_find(text, FA_STR("\"nodes\""), 0) != SIZE_MAX &&
		fa_str_find(text, FA_STR("\"activityId\""), 0) != SIZE_MAX;
}

static const struct fa_recording_kind kind = { "gkd", FA_FLOW_ANDROID,
	fa_recording_is_json, looks_like_dump, read_dump, "application/json" };
FA_RECORDING_IMPORTS(kind)

const struct fa_importer fa_importer_gkd = { "gkd",
	"snapshots of GKD, .json, one or a folder, with steps.txt", sniff,
	import };
