/* The output folder of DroidBot: utg.js, "var utg = {...}" with nodes and
 * edges, and states/state_*.json with the views of each state. The events stand
 * in the edges; the view that was touched is named by its view_str. */
#include <stddef.h>
#include <stdlib.h>

#include "flow/json_view.h"
#include "flow/recording.h"

struct state {
	struct fa_str name; /* state_str */
	struct fa_import_file *file;
	const struct fa_json *top;
};

struct node {
	struct fa_str id;
	uint32_t screen;      /* or FA_FLOW_NONE: outside of the app */
	struct fa_str *views; /* view_str of each; or NULL */
	size_t views_n;
	uint32_t *element_of;
};

struct bot {
	struct fa_draft d;
	const struct fa_import_source *s;
	struct state *states;
	size_t states_n;
	struct node *nodes;
	size_t nodes_n;
	struct fa_str app; /* its package */
};

static int
by_state(const void *a, const void *b)
{
	const struct state *x = a;
	const struct state *y = b;
	int order = fa_str_cmp(x->name, y->name);

	return order != 0 ? order : fa_str_cmp(x->file->name, y->file->name);
}

static int
by_node(const void *a, const void *b)
{
	const struct node *x = a;
	const struct node *y = b;
	int order = fa_str_cmp(x->id, y->id);

	if (order != 0)
		return order;
	return (x->screen > y->screen) - (x->screen < y->screen);
}

/* The JSON of a file; a state that is broken is none. */
static const struct fa_json *
read_state(struct bot *b, struct fa_import_file *f)
{
	struct fa_json *top = NULL;
	struct fa_str text;
	struct fa_err err;
	int rc;

	b->d.rc = fa_import_read(&text, b->s, f, b->d.a, b->d.err);
	if (b->d.rc < 0)
		return NULL;
	rc = fa_json_parse(&top, text, b->d.a, &err);
	if (rc == FA_E_NOMEM)
		fa_draft_fail(&b->d, rc, "out of memory for states");
	return rc < 0 ? NULL : top;
}

static void
read_states(struct bot *b)
{
	b->states = fa_arena_new(b->d.a, b->s->n, sizeof(*b->states));
	if (b->states == NULL)
		fa_draft_fail(&b->d, FA_E_NOMEM, "out of memory for states");
	for (size_t i = 0; b->d.rc == FA_OK && i < b->s->n; i++) {
		struct fa_import_file *f = &b->s->files[i];
		const struct fa_json *top;
		struct fa_str name;

		if (!fa_str_starts(f->name, FA_STR("states/")) ||
			!fa_import_ends(f, ".json"))
			continue;
		top = read_state(b, f);
		name = fa_json_text(top, "state_str");
		if (name.n > 0)
			b->states[b->states_n++] =
				(struct state){ name, f, top };
	}
	if (b->states_n > 1)
		qsort(b->states, b->states_n, sizeof(*b->states), by_state);
}

/* [[left, top], [right, bottom]] */
static void
set_bounds(struct fa_native_view *v, const struct fa_json *bounds)
{
	int32_t n[4];
	size_t k = 0;

	if (bounds == NULL || bounds->kind != FA_JSON_ARRAY)
		return;
	for (const struct fa_json *p = bounds->child; p != NULL; p = p->next) {
		for (const struct fa_json *c = p->child; c; c = c->next) {
			if (k == 4 || c->kind != FA_JSON_INT ||
				c->integer < -1000000 || c->integer > 1000000)
				return;
			n[k++] = (int32_t)c->integer;
		}
	}
	if (k < 4)
		return;
	v->has_box = true;
	v->left = n[0];
	v->top = n[1];
	v->right = n[2];
	v->bottom = n[3];
}

static void
read_view(struct fa_native_view *v, const struct fa_json *j)
{
	int32_t parent = fa_json_view_int(j, "parent", -1);

	v->type = fa_json_text(j, "class");
	v->text = fa_json_text(j, "text");
	v->desc = fa_json_text(j, "content_description");
	v->id = fa_json_text(j, "resource_id");
	v->visible = fa_json_view_tri(j, "visible");
	v->enabled = fa_json_view_tri(j, "enabled");
	v->clickable = fa_json_view_tri(j, "clickable");
	v->checkable = fa_json_view_tri(j, "checkable");
	v->checked = fa_json_view_tri(j, "checked");
	v->editable = fa_json_view_tri(j, "editable");
	v->parent = parent < 0 ? FA_FLOW_NONE : (uint32_t)parent;
	set_bounds(v, fa_json_find(j, "bounds"));
}

static void
add_views(struct bot *b, struct node *n, const struct state *st)
{
	const struct fa_json *views = fa_json_find(st->top, "views");
	struct fa_native_dump dump = { .n = 0 };
	struct fa_flow *f = b->d.f;

	if (f->screen_w == 0) {
		f->screen_w = fa_json_view_int(st->top, "width", 0);
		f->screen_h = fa_json_view_int(st->top, "height", 0);
		if (f->screen_w < 0 || f->screen_h < 0)
			f->screen_w = f->screen_h = 0;
	}
	if (views == NULL || views->kind != FA_JSON_ARRAY)
		return;
	dump.views = fa_arena_new(b->d.a, views->count, sizeof(*dump.views));
	n->element_of =
		fa_arena_new(b->d.a, views->count, sizeof(*n->element_of));
	n->views = fa_arena_new(b->d.a, views->count, sizeof(*n->views));
	if (dump.views == NULL || n->element_of == NULL || n->views == NULL) {
		fa_draft_fail(&b->d, FA_E_NOMEM, "out of memory for views");
		return;
	}
	for (const struct fa_json *v = views->child;
		v != NULL && dump.n < FA_FLOW_ELEMENTS_MAX; v = v->next) {
		n->views[dump.n] = fa_json_text(v, "view_str");
		read_view(&dump.views[dump.n++], v);
	}
	n->views_n = dump.n;
	fa_native_add(&b->d, &dump, n->element_of);
}

static void
add_screen(struct bot *b, struct node *n, const struct fa_json *j)
{
	size_t at = fa_str_search(b->states, b->states_n, sizeof(*b->states),
		offsetof(struct state, name), fa_json_text(j, "state_str"));
	struct fa_flow_screen *s = fa_draft_screen(&b->d, FA_STR_NONE);
	struct fa_str image = fa_json_text(j, "image");
	struct fa_str sha;

	n->screen = (uint32_t)b->d.f->screens_n - 1;
	s->native = fa_draft_text(&b->d, fa_json_text(j, "activity"));
	if (at < b->states_n) {
		const struct fa_import_file *f = b->states[at].file;

		b->d.rc = fa_import_digest(&sha, b->s, f, b->d.a, b->d.err);
		if (b->d.rc == FA_OK)
			fa_draft_evidence(
				&b->d, s, f->name, sha, "application/json");
	}
	if (image.n > 0)
		fa_draft_evidence(&b->d, s, fa_draft_text(&b->d, image),
			FA_STR_NONE, NULL);
	if (at < b->states_n && b->d.rc == FA_OK)
		add_views(b, n, &b->states[at]);
	fa_native_gaps(&b->d);
	fa_draft_gap(
		&b->d, n->screen, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE, NULL);
}

/* The home screen of the phone is outside of the app. */
static bool
is_outside(const struct bot *b, const struct fa_json *j)
{
	struct fa_str package = fa_json_text(j, "package");
	struct fa_str activity = fa_json_text(j, "activity");

	if (fa_str_eq(package, b->app))
		return false;
	return fa_str_find(package, FA_STR("auncher"), 0) != SIZE_MAX ||
		fa_str_find(activity, FA_STR("Launcher"), 0) != SIZE_MAX;
}

static void
read_nodes(struct bot *b, const struct fa_json *nodes)
{
	uint32_t first = FA_FLOW_NONE;

	b->nodes = fa_arena_new(b->d.a, nodes->count, sizeof(*b->nodes));
	if (b->nodes == NULL)
		fa_draft_fail(&b->d, FA_E_NOMEM, "out of memory for nodes");
	for (const struct fa_json *j = nodes->child; j && b->d.rc == FA_OK;
		j = j->next) {
		struct node *n = &b->nodes[b->nodes_n++];

		n->id = fa_json_text(j, "id");
		n->screen = FA_FLOW_NONE;
		if (is_outside(b, j))
			continue;
		add_screen(b, n, j);
		if (first == FA_FLOW_NONE &&
			fa_str_find(fa_json_text(j, "label"), FA_STR("<FIRST>"),
				0) != SIZE_MAX)
			first = n->screen;
	}
	if (first != FA_FLOW_NONE && b->d.rc == FA_OK)
		b->d.f->start = first;
	if (b->nodes_n > 1)
		qsort(b->nodes, b->nodes_n, sizeof(*b->nodes), by_node);
}

/* The element of "view=VIEW_STR(...)" in an event, or NONE. */
static uint32_t
element_of(const struct node *n, struct fa_str event)
{
	size_t at = fa_str_find(event, FA_STR("view="), 0);
	struct fa_str view;
	size_t i = 0;

	if (at == SIZE_MAX || n->views == NULL)
		return FA_FLOW_NONE;
	view = fa_str_sub(event, at + 5, event.n);
	for (i = 0; i < view.n && view.p[i] != '(' && view.p[i] != ')' &&
		view.p[i] != ',';
		i++)
		;
	view = fa_str_sub(view, 0, i);
	for (i = 0; i < n->views_n; i++) {
		if (view.n > 0 && fa_str_eq(n->views[i], view))
			return n->element_of[i];
	}
	return FA_FLOW_NONE;
}

static enum fa_flow_action
action_of(struct fa_str type, struct fa_str event)
{
	static const struct {
		const char *type;
		enum fa_flow_action action;
	} all[] = { { "touch", FA_FLOW_TAP }, { "long_touch", FA_FLOW_TAP },
		{ "click", FA_FLOW_TAP }, { "set_text", FA_FLOW_FILL },
		{ "scroll", FA_FLOW_SCROLL }, { "swipe", FA_FLOW_SCROLL },
		{ "select", FA_FLOW_CHECK }, { "unselect", FA_FLOW_UNCHECK },
		{ "kill_app", FA_FLOW_RELAUNCH } };

	if (fa_str_eq(type, FA_STR("key")))
		return fa_str_find(event, FA_STR("BACK"), 0) != SIZE_MAX
			? FA_FLOW_BACK
			: FA_FLOW_TAP;
	if (fa_str_eq(type, FA_STR("intent")))
		return FA_FLOW_LAUNCH;
	for (size_t i = 0; i < FA_COUNT(all); i++) {
		if (fa_str_eq(type, fa_str_c(all[i].type)))
			return all[i].action;
	}
	return FA_FLOW_TAP;
}

static const struct node *
find_node(const struct bot *b, struct fa_str id)
{
	size_t i = fa_str_search(b->nodes, b->nodes_n, sizeof(*b->nodes),
		offsetof(struct node, id), id);

	return i < b->nodes_n ? &b->nodes[i] : NULL;
}

/* One transition for each event that led along the edge. What the tester did
 * to the phone (force-stop) is not a way of the app. */
static void
read_edge(struct bot *b, const struct fa_json *edge)
{
	const struct node *from = find_node(b, fa_json_text(edge, "from"));
	const struct node *to = find_node(b, fa_json_text(edge, "to"));
	const struct fa_json *events = fa_json_find(edge, "events");

	if (from == NULL || to == NULL || from->screen == FA_FLOW_NONE ||
		events == NULL || events->kind != FA_JSON_ARRAY)
		return;
	for (const struct fa_json *e = events->child; e && b->d.rc == FA_OK;
		e = e->next) {
		struct fa_str event = fa_json_text(e, "event_str");
		struct fa_flow_transition *t;

		if (fa_str_find(event, FA_STR("force-stop"), 0) != SIZE_MAX)
			continue;
		t = fa_draft_go(&b->d, from->screen, to->screen,
			FA_FLOW_OBSERVED,
			action_of(fa_json_text(e, "event_type"), event));
		t->element = element_of(from, event);
		if (to->screen == FA_FLOW_NONE)
			t->effects = FA_FLOW_EFFECT_EXIT;
	}
}

static void
read_graph(struct bot *b, const struct fa_json *utg)
{
	const struct fa_json *nodes = fa_json_find(utg, "nodes");
	const struct fa_json *edges = fa_json_find(utg, "edges");
	struct fa_flow *f = b->d.f;

	if (nodes == NULL || nodes->kind != FA_JSON_ARRAY) {
		fa_draft_fail(&b->d, FA_E_INPUT, "utg.js has no list of nodes");
		return;
	}
	b->app = fa_json_text(utg, "app_package");
	f->app_id = fa_draft_text(&b->d, b->app);
	f->artifact_sha256 =
		fa_draft_text(&b->d, fa_json_text(utg, "app_sha256"));
	f->recorded_at = fa_draft_text(&b->d, fa_json_text(utg, "test_date"));
	f->device =
		fa_draft_text(&b->d, fa_json_text(utg, "device_model_number"));
	read_nodes(b, nodes);
	if (edges == NULL || edges->kind != FA_JSON_ARRAY)
		return;
	for (const struct fa_json *e = edges->child; e && b->d.rc == FA_OK;
		e = e->next)
		read_edge(b, e);
}

/* The object behind "var utg =". */
static void
read_utg(struct bot *b, struct fa_import_file *f)
{
	struct fa_json *utg;
	struct fa_str text;
	size_t at;

	b->d.rc = fa_import_read(&text, b->s, f, b->d.a, b->d.err);
	if (b->d.rc < 0)
		return;
	at = fa_str_find(text, FA_STR("{"), 0);
	if (at == SIZE_MAX) {
		fa_draft_fail(&b->d, FA_E_INPUT, "utg.js holds no object");
		return;
	}
	text = fa_str_trim(fa_str_sub(text, at, text.n));
	if (text.p[text.n - 1] == ';')
		text.n--;
	b->d.rc = fa_json_parse(&utg, text, b->d.a, b->d.err);
	if (b->d.rc == FA_OK)
		read_graph(b, utg);
}

static int
sniff(const struct fa_import_source *s, struct fa_arena *a, struct fa_err *err)
{
	(void)a;
	(void)err;
	return s->folder && fa_import_find(s, "utg.js") != NULL;
}

static int
import(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_file *utg = fa_import_find(s, "utg.js");
	struct bot b = { .s = s };

	if (utg == NULL)
		return fa_fail(err, FA_E_INPUT, "%.*s holds no utg.js",
			FA_STR_ARG(s->path));
	fa_draft_init(&b.d, "droidbot", FA_FLOW_ANDROID, a, err);
	if (b.d.rc == FA_OK)
		read_states(&b);
	if (b.d.rc == FA_OK)
		read_utg(&b, utg);
	return fa_draft_done(out, &b.d);
}

const struct fa_importer fa_importer_droidbot = { "droidbot",
	"an output folder of DroidBot: utg.js and states/", sniff, import };
