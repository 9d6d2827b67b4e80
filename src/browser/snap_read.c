#include "browser/snap.h"

#include "model/colour.h"

/* While reading: the nodes of all documents in the order of the JSON, and from
 * there to their places in the tree. */
struct reading {
	const struct fa_snap *s;
	struct fa_snap_node *raw;
	struct fa_snap_box *origin; /* of the document of a node */
	uint32_t *first, *next;     /* children */
	uint32_t *base;             /* first node of a document */
	const struct fa_json **docs;
	uint32_t docs_n, n;
	struct fa_arena *a;
	struct fa_err *err;
};

static int
bad(struct fa_err *err, const char *what)
{
	return fa_fail(
		err, FA_E_INPUT, "the browser's snapshot has no %s", what);
}

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a snapshot");
}

static int64_t
number_of(const struct fa_json *v)
{
	const int64_t most = (int64_t)1 << 40;
	int64_t out = 0;

	if (v == NULL)
		return 0;
	if (v->kind == FA_JSON_INT)
		return v->integer > most     ? most * 100
			: v->integer < -most ? -most * 100
					     : v->integer * 100;
	if (v->kind != FA_JSON_NUMBER || !fa_colour_number(v->str, &out))
		return 0;
	return out;
}

static const struct fa_json *
child_of(const struct fa_json *v)
{
	return v == NULL ? NULL : v->child;
}

static const struct fa_json *
next_of(const struct fa_json *v)
{
	return v == NULL ? NULL : v->next;
}

static const struct fa_json *
list_of(const struct fa_json *obj, const char *key)
{
	const struct fa_json *v = fa_json_find(obj, key);

	return v != NULL && v->kind == FA_JSON_ARRAY ? v->child : NULL;
}

static int
read_strings(struct fa_snap *s, const struct fa_json *result,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *all = fa_json_find(result, "strings");
	const struct fa_json *v = child_of(all);

	if (all == NULL || all->kind != FA_JSON_ARRAY)
		return bad(err, "strings");
	s->strings_n = all->count;
	s->strings = fa_arena_new(a, all->count, sizeof(*s->strings));
	if (s->strings == NULL)
		return no_memory(err);
	for (size_t i = 0; v != NULL; v = v->next)
		s->strings[i++] = v;
	return FA_OK;
}

/* An index within the document that begins at base and has n nodes. */
static bool
index_in(const struct fa_json *v, uint32_t n, uint32_t *out)
{
	if (v == NULL || v->kind != FA_JSON_INT || v->integer < 0 ||
		v->integer >= (int64_t)n)
		return false;
	*out = (uint32_t)v->integer;
	return true;
}

static void
read_nodes(struct reading *r, const struct fa_json *nodes, uint32_t base,
	uint32_t n)
{
	const struct fa_json *parent = list_of(nodes, "parentIndex");
	const struct fa_json *type = list_of(nodes, "nodeType");
	const struct fa_json *name = list_of(nodes, "nodeName");
	const struct fa_json *value = list_of(nodes, "nodeValue");
	const struct fa_json *backend = list_of(nodes, "backendNodeId");
	const struct fa_json *attrs = list_of(nodes, "attributes");

	for (uint32_t i = 0; i < n; i++) {
		struct fa_snap_node *node = &r->raw[base + i];
		uint32_t p;

		node->parent = FA_SNAP_NONE;
		if (i > 0) /* a parent stands before its children */
			node->parent = base + (index_in(parent, i, &p) ? p : 0);
		node->type = type != NULL && type->kind == FA_JSON_INT
			? (uint32_t)(type->integer & 15)
			: 0;
		node->name = fa_snap_string(r->s, name);
		node->value = fa_snap_string(r->s, value);
		node->backend = backend != NULL &&
				backend->kind == FA_JSON_INT &&
				backend->integer > 0
			? (uint64_t)backend->integer
			: 0;
		node->attrs = child_of(attrs);
		parent = next_of(parent);
		type = next_of(type);
		name = next_of(name);
		value = next_of(value);
		backend = next_of(backend);
		attrs = next_of(attrs);
	}
}

/* "RareBooleanData", "RareStringData", "RareIntegerData": some nodes by index,
 * with values. */
static void
read_rare(struct reading *r, const struct fa_json *nodes, uint32_t base,
	uint32_t n, const char *key,
	void (*set)(struct reading *r, uint32_t node, const struct fa_json *v))
{
	const struct fa_json *rare = fa_json_find(nodes, key);
	const struct fa_json *index = list_of(rare, "index");
	const struct fa_json *value = list_of(rare, "value");

	for (; index != NULL; index = index->next) {
		uint32_t i;

		if (index_in(index, n, &i))
			set(r, base + i, value);
		value = next_of(value);
	}
}

static void
set_clickable(struct reading *r, uint32_t i, const struct fa_json *v)
{
	(void)v;
	r->raw[i].clickable = true;
}

static void
set_checked(struct reading *r, uint32_t i, const struct fa_json *v)
{
	(void)v;
	r->raw[i].checked = true;
}

static void
set_selected(struct reading *r, uint32_t i, const struct fa_json *v)
{
	(void)v;
	r->raw[i].selected = true;
}

static void
set_input(struct reading *r, uint32_t i, const struct fa_json *v)
{
	r->raw[i].input = fa_snap_string(r->s, v);
}

static void
set_shadow(struct reading *r, uint32_t i, const struct fa_json *v)
{
	r->raw[i].shadow = fa_snap_string(r->s, v);
}

/* The document of a frame hangs below its element. */
static void
set_content(struct reading *r, uint32_t i, const struct fa_json *v)
{
	uint32_t doc;

	if (!index_in(v, r->docs_n, &doc) || doc == 0 ||
		r->base[doc] == r->base[doc + 1] ||
		r->raw[r->base[doc]].parent != FA_SNAP_NONE)
		return;
	r->raw[r->base[doc]].parent = i;
}

static void
read_box(struct fa_snap_box *out, const struct fa_json *bounds)
{
	const struct fa_json *x = child_of(bounds);
	const struct fa_json *y = next_of(x);
	const struct fa_json *w = next_of(y);

	out->x = number_of(x);
	out->y = number_of(y);
	out->w = number_of(w);
	out->h = number_of(next_of(w));
}

static void
set_layout(struct reading *r, struct fa_snap_node *node,
	const struct fa_json *bounds, const struct fa_json *styles,
	const struct fa_json *paint)
{
	const struct fa_json *style = child_of(styles);

	node->has_layout = true;
	read_box(&node->box, bounds);
	for (size_t i = 0; i < FA_SNAP_STYLES; i++) {
		node->style[i] = fa_snap_string(r->s, style);
		style = next_of(style);
	}
	node->paint = paint != NULL && paint->kind == FA_JSON_INT
		? paint->integer
		: 0;
}

static void
read_layout(struct reading *r, const struct fa_json *layout, uint32_t base,
	uint32_t n)
{
	const struct fa_json *index = list_of(layout, "nodeIndex");
	const struct fa_json *bounds = list_of(layout, "bounds");
	const struct fa_json *text = list_of(layout, "text");
	const struct fa_json *styles = list_of(layout, "styles");
	const struct fa_json *paint = list_of(layout, "paintOrders");
	const struct fa_json *behind =
		list_of(layout, "blendedBackgroundColors");
	const struct fa_json *alpha = list_of(layout, "textColorOpacities");

	for (; index != NULL; index = index->next) {
		uint32_t i;

		if (index_in(index, n, &i) && !r->raw[base + i].has_layout) {
			struct fa_snap_node *node = &r->raw[base + i];
			int64_t opacity = number_of(alpha) * 10;

			set_layout(r, node, bounds, styles, paint);
			node->text = fa_snap_string(r->s, text);
			node->behind = fa_snap_string(r->s, behind);
			node->text_alpha = alpha == NULL ? 1000
				: opacity < 0            ? 0
				: opacity > 1000         ? 1000
							 : (uint32_t)opacity;
		}
		bounds = next_of(bounds);
		text = next_of(text);
		styles = next_of(styles);
		paint = next_of(paint);
		behind = next_of(behind);
		alpha = next_of(alpha);
	}
}

static int
count_nodes(struct reading *r, const struct fa_json *documents, size_t max)
{
	const struct fa_json *d = child_of(documents);
	uint64_t n = 0;

	for (uint32_t i = 0; i < r->docs_n; i++, d = d->next) {
		const struct fa_json *parents =
			fa_json_find(fa_json_find(d, "nodes"), "parentIndex");

		r->docs[i] = d;
		r->base[i] = (uint32_t)n;
		n += parents == NULL ? 0 : parents->count;
		if (n > max)
			return fa_fail(r->err, FA_E_LIMIT,
				"a page of more than %zu nodes", max);
	}
	r->base[r->docs_n] = r->n = (uint32_t)n;
	return FA_OK;
}

static int
make_room(struct reading *r)
{
	r->raw = fa_arena_new(r->a, r->n, sizeof(*r->raw));
	r->first = fa_arena_new(r->a, r->n, sizeof(*r->first));
	r->next = fa_arena_new(r->a, r->n, sizeof(*r->next));
	r->origin = fa_arena_new(r->a, r->n, sizeof(*r->origin));
	if (r->raw == NULL || r->first == NULL || r->next == NULL ||
		r->origin == NULL)
		return no_memory(r->err);
	return FA_OK;
}

static void
read_document(struct reading *r, uint32_t doc)
{
	const struct fa_json *nodes = fa_json_find(r->docs[doc], "nodes");
	uint32_t base = r->base[doc];
	uint32_t n = r->base[doc + 1] - base;

	read_nodes(r, nodes, base, n);
	read_rare(r, nodes, base, n, "isClickable", set_clickable);
	read_rare(r, nodes, base, n, "inputChecked", set_checked);
	read_rare(r, nodes, base, n, "optionSelected", set_selected);
	read_rare(r, nodes, base, n, "inputValue", set_input);
	read_rare(r, nodes, base, n, "textValue", set_input);
	read_rare(r, nodes, base, n, "shadowRootType", set_shadow);
	read_layout(r, fa_json_find(r->docs[doc], "layout"), base, n);
}

static void
link_children(struct reading *r)
{
	for (uint32_t i = 0; i < r->n; i++)
		r->first[i] = r->next[i] = FA_SNAP_NONE;
	for (uint32_t i = r->n; i-- > 0;) {
		uint32_t p = r->raw[i].parent;

		if (p == FA_SNAP_NONE)
			continue;
		r->next[i] = r->first[p];
		r->first[p] = i;
	}
}

/* Boxes of a document are counted from its upper left corner; on the screen
 * it is scrolled, and stands in a frame. */
static void
find_origin(struct reading *r, uint32_t doc, const struct fa_snap_node *frame)
{
	const struct fa_json *d = r->docs[doc];
	uint32_t root = r->base[doc];
	struct fa_snap_box at = { 0, 0, 0, 0 };

	if (frame != NULL) {
		at.x = frame->box.x;
		at.y = frame->box.y;
	}
	at.x -= number_of(fa_json_find(d, "scrollOffsetX"));
	at.y -= number_of(fa_json_find(d, "scrollOffsetY"));
	for (uint32_t i = root; i < r->base[doc + 1]; i++)
		r->origin[i] = at;
}

static uint32_t
document_at(const struct reading *r, uint32_t root)
{
	uint32_t low = 0;
	uint32_t high = r->docs_n;

	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;

		if (r->base[mid] <= root)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Puts raw node i behind those that are placed; at is that of its parent. */
static void
place(struct reading *r, struct fa_snap *s, uint32_t i, uint32_t at)
{
	struct fa_snap_node *to = &s->nodes[s->n];
	uint32_t doc = document_at(r, i);

	if (i == r->base[doc])
		find_origin(r, doc, at == FA_SNAP_NONE ? NULL : &s->nodes[at]);
	*to = r->raw[i];
	to->parent = at;
	to->box.x += r->origin[i].x;
	to->box.y += r->origin[i].y;
	s->n++;
}

/* Depth first, without recursion: the tree may be as deep as it likes. The
 * raw node of a placed one is kept in its end until its subtree ends. */
static void
order(struct reading *r, struct fa_snap *s)
{
	uint32_t at = 0; /* placed node that is open */

	if (r->n == 0)
		return;
	place(r, s, 0, FA_SNAP_NONE);
	s->nodes[0].end = 0;
	while (at != FA_SNAP_NONE) {
		uint32_t raw = s->nodes[at].end;
		uint32_t child = r->first[raw];

		if (child == FA_SNAP_NONE) {
			s->nodes[at].end = s->n;
			at = s->nodes[at].parent;
			continue;
		}
		r->first[raw] = r->next[child];
		place(r, s, child, at);
		at = s->n - 1;
		s->nodes[at].end = child;
	}
}

static void
finish(struct reading *r, struct fa_snap *s)
{
	const struct fa_json *d = r->docs[0];

	s->url = fa_snap_string(s, fa_json_find(d, "documentURL"));
	s->title = fa_snap_string(s, fa_json_find(d, "title"));
	s->page.x = -number_of(fa_json_find(d, "scrollOffsetX"));
	s->page.y = -number_of(fa_json_find(d, "scrollOffsetY"));
	s->page.w = number_of(fa_json_find(d, "contentWidth"));
	s->page.h = number_of(fa_json_find(d, "contentHeight"));
}

int
fa_snap_read(struct fa_snap *out, const struct fa_json *result,
	size_t max_nodes, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *documents = fa_json_find(result, "documents");
	struct fa_snap s = { 0 };
	struct reading r = { .s = &s, .a = a, .err = err };
	int rc = read_strings(&s, result, a, err);

	if (rc != FA_OK)
		return rc;
	if (documents == NULL || documents->kind != FA_JSON_ARRAY ||
		documents->count == 0)
		return bad(err, "documents");
	if (documents->count > FA_SNAP_DOCS_MAX)
		return fa_fail(err, FA_E_LIMIT, "a page of more than %d frames",
			FA_SNAP_DOCS_MAX);
	r.docs_n = (uint32_t)documents->count;
	r.docs = fa_arena_new(a, r.docs_n, sizeof(*r.docs));
	r.base = fa_arena_new(a, (size_t)r.docs_n + 1, sizeof(*r.base));
	if (r.docs == NULL || r.base == NULL)
		return no_memory(err);
	rc = count_nodes(&r, documents, max_nodes);
	if (rc == FA_OK)
		rc = make_room(&r);
	if (rc != FA_OK)
		return rc;
	for (uint32_t i = 0; i < r.docs_n; i++)
		read_document(&r, i);
	for (uint32_t i = 0; i < r.docs_n; i++)
		read_rare(&r, fa_json_find(r.docs[i], "nodes"), r.base[i],
			r.base[i + 1] - r.base[i], "contentDocumentIndex",
			set_content);
	link_children(&r);
	s.nodes = fa_arena_new(a, r.n, sizeof(*s.nodes));
	if (s.nodes == NULL)
		return no_memory(err);
	order(&r, &s);
	finish(&r, &s);
	*out = s;
	return FA_OK;
}
