/* Pictures of pages, and where on them a passage stands. A browser drew each
 * page from the archived bytes and wrote down where its texts are
 * (faceaudit-layout/1); the frame around a passage is drawn by the report. */
#include <string.h>

#include "case/facts_parts.h"

#define LAYOUT_BYTES (16u << 20)
#define PIECE_BYTES 12 /* of an element that is a part of a passage */

static int
add_shots(struct fa_facts_page *page, struct fa_facts *x,
	const struct fa_case_event *e, struct fa_err *err)
{
	const struct fa_json *objs = fa_json_find(e->json, "objs");

	page->first = (uint32_t)x->d->pictures_n;
	for (const struct fa_json *j = objs != NULL ? objs->child : NULL;
		j != NULL; j = j->next) {
		struct fa_dossier_picture *p;
		struct fa_str name = fa_json_text(j, "name");

		if (fa_str_eq(name, FA_STR("layout.json")))
			page->layout_sha256 =
				fa_facts_dup(x, fa_json_text(j, "sha256"));
		if (!fa_str_starts(fa_json_text(j, "mime"), FA_STR("image/")))
			continue;
		p = FA_FACTS_ADD(x, x->d->pictures, x->d->pictures_n,
			x->pictures_cap, err);
		if (p == NULL)
			return FA_E_NOMEM;
		p->name = fa_facts_dup(x, name);
		p->shows = page->url;
		p->at_us = e->at_ms * 1000;
		p->parent = FA_DOSSIER_NONE;
		fa_facts_digest_of(&p->digest, fa_json_text(j, "sha256"),
			fa_json_text(j, "sm3"), fa_json_int(j, "bytes", -1));
		page->n++;
	}
	return FA_OK;
}

static int
add_render(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	struct fa_facts *x = ctx;
	struct fa_facts_page *page;

	if (!fa_str_eq(e->op, FA_STR("render")))
		return FA_OK;
	page = FA_FACTS_ADD(x, x->pages, x->pages_n, x->pages_cap, err);
	if (page == NULL)
		return FA_E_NOMEM;
	page->url = fa_facts_dup(
		x, fa_json_text(fa_json_find(e->json, "target"), "url"));
	page->capture = fa_json_int(e->detail, "capture", 0);
	return add_shots(page, x, e, err);
}

/* The bytes of an object of the log, or absent: one that is gone or altered is
 * not used, and the digest of the log stands without it. */
static struct fa_str
object(struct fa_facts *x, struct fa_str sha256, int64_t max)
{
	struct fa_err ignored;
	struct fa_str bytes = FA_STR_NONE;

	for (size_t i = 0; i < x->things.n; i++) {
		const struct fa_case_object *o = &x->things.at[i];

		if (!fa_str_eq(o->sha256, sha256) || o->bytes > max)
			continue;
		if (fa_case_object_read(&bytes, x->c, o, x->a, &ignored) < 0)
			return FA_STR_NONE;
		return bytes;
	}
	return bytes;
}

static void
load_pictures(struct fa_facts *x)
{
	for (size_t i = 0; i < x->d->pictures_n; i++) {
		struct fa_dossier_picture *p = &x->d->pictures[i];

		if (x->picture_bytes > FA_DOSSIER_PICTURES_BYTES)
			return;
		p->bytes = object(x, fa_str_c(p->digest.sha256),
			FA_DOSSIER_PICTURE_BYTES);
		x->picture_bytes += p->bytes.n;
	}
}

static int32_t
number(const struct fa_json *j, const char *key)
{
	int64_t n = fa_json_int(j, key, 0);

	return n < -1000000 || n > 10000000 ? 0 : (int32_t)n;
}

/* Which part of the page each picture shows. */
static void
load_layout(struct fa_facts *x, struct fa_facts_page *page)
{
	struct fa_str text = object(x, page->layout_sha256, LAYOUT_BYTES);
	struct fa_json *tree;
	const struct fa_json *shots;
	struct fa_err ignored;

	if (text.p == NULL || fa_json_parse(&tree, text, x->a, &ignored) < 0)
		return;
	page->layout = tree;
	shots = fa_json_find(tree, "shots");
	for (const struct fa_json *j = shots != NULL ? shots->child : NULL;
		j != NULL; j = j->next)
		for (uint32_t i = page->first; i < page->first + page->n; i++)
			if (fa_str_eq(fa_json_text(j, "sha256"),
				    fa_str_c(
					    x->d->pictures[i].digest.sha256))) {
				x->d->pictures[i].y = number(j, "y");
				x->d->pictures[i].height = number(j, "height");
			}
}

int
fa_facts_pages(struct fa_facts *x, struct fa_err *err)
{
	int rc;

	if (x->c == NULL)
		return FA_OK;
	rc = fa_case_events(x->c, add_render, x, err);
	if (rc < 0)
		return rc;
	load_pictures(x);
	for (size_t i = 0; i < x->pages_n; i++)
		load_layout(x, &x->pages[i]);
	return FA_OK;
}

const struct fa_facts_page *
fa_facts_page_of(const struct fa_facts *x, int64_t capture, struct fa_str url)
{
	const struct fa_facts_page *found = NULL;

	for (size_t i = 0; i < x->pages_n; i++) {
		const struct fa_facts_page *p = &x->pages[i];

		if (capture > 0 && p->capture == capture)
			return p;
		if (p->capture == 0 && fa_str_eq(p->url, url))
			found = p;
	}
	return found;
}

/* ---- where a passage stands ---- */

static bool
is_blank(struct fa_str s, size_t at, size_t *n)
{
	*n = 1;
	if (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\t' ||
		s.p[at] == '\r')
		return true;
	*n = 3; /* U+3000 */
	return at + 3 <= s.n && memcmp(s.p + at, "\xe3\x80\x80", 3) == 0;
}

/* Without blanks: a browser and a reader differ about these. */
static struct fa_str
squeeze(struct fa_facts *x, struct fa_str s)
{
	char *out = fa_arena_new(x->a, s.n + 1, 1);
	size_t n = 0;

	if (out == NULL)
		return FA_STR_NONE;
	for (size_t at = 0; at < s.n;) {
		size_t blank;

		if (is_blank(s, at, &blank))
			at += blank;
		else
			out[n++] = s.p[at++];
	}
	return (struct fa_str){ out, n };
}

static void
widen(struct fa_flow_box *b, bool *has, const struct fa_json *j)
{
	struct fa_flow_box e = { number(j, "x"), number(j, "y"), number(j, "w"),
		number(j, "h") };
	int32_t right, bottom;

	if (!*has) {
		*b = e;
		*has = true;
		return;
	}
	right = b->x + b->w > e.x + e.w ? b->x + b->w : e.x + e.w;
	bottom = b->y + b->h > e.y + e.h ? b->y + b->h : e.y + e.h;
	b->x = b->x < e.x ? b->x : e.x;
	b->y = b->y < e.y ? b->y : e.y;
	b->w = right - b->x;
	b->h = bottom - b->y;
}

/* The element that holds the passage, or those that are parts of it. */
static bool
find_box(struct fa_flow_box *out, struct fa_facts *x,
	const struct fa_json *layout, struct fa_str text)
{
	const struct fa_json *list = fa_json_find(layout, "elements");
	struct fa_str want = squeeze(x, text);
	bool parts = false;

	if (want.n == 0 || list == NULL)
		return false;
	for (const struct fa_json *j = list->child; j != NULL; j = j->next) {
		struct fa_str has = squeeze(x, fa_json_text(j, "text"));
		bool one = false;

		if (fa_str_find(has, want, 0) != SIZE_MAX) {
			widen(out, &one, j);
			return true;
		}
		if (has.n >= PIECE_BYTES &&
			fa_str_find(want, has, 0) != SIZE_MAX)
			widen(out, &parts, j);
	}
	return parts;
}

void
fa_facts_page_place(struct fa_dossier_passage *p, struct fa_facts *x,
	const struct fa_facts_page *page)
{
	struct fa_flow_box box;

	p->picture = FA_DOSSIER_NONE;
	if (page == NULL || page->layout == NULL ||
		!find_box(&box, x, page->layout, p->text))
		return;
	for (uint32_t i = page->first; i < page->first + page->n; i++) {
		const struct fa_dossier_picture *is = &x->d->pictures[i];

		if (box.y < is->y || box.y >= is->y + is->height)
			continue;
		p->picture = i;
		p->has_box = true;
		p->box = box;
		p->box.y -= is->y;
		if (p->box.y + p->box.h > is->height)
			p->box.h = is->height - p->box.y;
	}
}
