/* Pictures of pages as the archive has them. The browser gets the documents
 * that this session captured and nothing else: what a page would have loaded
 * besides was not captured, and its absence is counted. */
#include "case/browse_parts.h"

#include <stdio.h>
#include <string.h>

#define PAGE_BYTES ((size_t)512 << 20) /* memory for one page */
#define BODY_BYTES ((size_t)32 << 20)
#define ATTEMPTS 4 /* at one page */

static const struct fa_session_page *
page_at(const struct fa_session *s, struct fa_str url)
{
	struct fa_str rest = url, plain = fa_str_cut(&rest, '#');

	for (size_t i = s->pages_n; i-- > 0;)
		if (s->pages[i].status == 200 &&
			fa_str_eq(s->pages[i].url, plain))
			return &s->pages[i];
	return NULL;
}

static int
give(struct fa_browse_work *w, struct fa_browser *b,
	const struct fa_net_request *r, const struct fa_session_page *p,
	struct fa_err *err)
{
	struct fa_net_answer answer = { .status = 200 };
	struct fa_buf head FA_CLEANUP(fa_buf_done);
	struct fa_payload payload;
	struct fa_str path;
	struct fa_err why;
	int rc = fa_session_path(&path, w->s, p->file, err);

	fa_buf_init(&head, 1024);
	if (rc < 0)
		return rc;
	fa_buf_addf(&head, "Content-Type: %.*s", FA_STR_ARG(p->media_type));
	if (p->charset.p)
		fa_buf_addf(&head, "; charset=%.*s", FA_STR_ARG(p->charset));
	fa_buf_adds(&head, "\r\n");
	answer.headers = head.rc == 0 ? fa_buf_str(&head) : FA_STR("");
	rc = fa_payload_load(&payload, &w->source, path, p->offset, p->payload,
		BODY_BYTES, &w->net, &why);
	if (rc < 0)
		answer = (struct fa_net_answer){ .error = "Failed" };
	else
		answer.body = payload.body;
	w->missing += rc < 0;
	return b->answer(b->self, r->id, &answer, err);
}

static int
on_request(void *self, struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err)
{
	static const struct fa_net_answer none = { .error = "Failed" };
	struct fa_browse_work *w = self;
	const struct fa_session_page *p = page_at(w->s, r->url);

	fa_arena_reset(&w->net);
	if (p && fa_str_eq(r->method, FA_STR("GET")))
		return give(w, b, r, p, err);
	w->missing++;
	return b->answer(b->self, r->id, &none, err);
}

static int
on_work(void *self, struct fa_browser *b, int64_t max_ms, bool *busy,
	struct fa_err *err)
{
	(void)self;
	(void)b;
	(void)max_ms;
	(void)err;
	*busy = false;
	return FA_OK;
}

static void
on_forget(void *self)
{
	(void)self;
}

/* A browser that fails costs pictures, not the session. */
static int
blame(struct fa_browse_work *w, int rc, const struct fa_err *err)
{
	if (rc == FA_OK || rc == FA_E_NOMEM)
		return rc;
	(void)snprintf(w->said, sizeof(w->said), "%s", err->msg);
	w->why = w->said;
	return FA_OK;
}

static int
take_shot(struct fa_browse_work *w, int32_t y, struct fa_err *err)
{
	char *name = w->names[w->shots_n];
	struct fa_browse_shot *shot = &w->shots[w->shots_n];
	struct fa_str png;
	int rc = w->b.screenshot(w->b.self, &png, &w->a, err);

	rc = blame(w, rc, err);
	if (rc < 0 || w->why)
		return rc;
	if (!png.p) {
		w->why = "the browser gave no picture";
		return FA_OK;
	}
	(void)snprintf(name, FA_BROWSE_NAME_BYTES, "screenshot-%zu.png",
		w->shots_n + 1);
	rc = fa_browse_object(w, fa_str_c(name), FA_STR("image/png"), png, err);
	if (rc < 0)
		return rc;
	shot->y = y;
	(void)snprintf(shot->sha256, sizeof(shot->sha256), "%.*s",
		FA_STR_ARG(w->objs[w->objs_n - 1].sha256));
	w->shots_n++;
	return FA_OK;
}

/* The page's fault, if it is one. */
static const char *
fault(const struct fa_happened *h)
{
	if (h->crashed)
		return "the page crashed the browser";
	if (h->hung)
		return "the page hangs";
	return h->left ? "the page left for another one" : NULL;
}

/* How far the page is scrolled: as far as its elements went up. */
static int32_t
scrolled(const struct fa_look *first, const struct fa_look *now)
{
	size_t n = first->screen.elements_n;

	if (now->screen.elements_n < n)
		n = now->screen.elements_n;
	for (size_t i = n; i-- > 0;) {
		const struct fa_flow_element *a = &first->screen.elements[i];
		const struct fa_flow_element *b = &now->screen.elements[i];

		if (a->has_box && b->has_box && a->box.w == b->box.w &&
			a->box.h == b->box.h && fa_str_eq(a->text, b->text))
			return a->box.y - b->box.y;
	}
	return 0;
}

/* One screen down: how far down that is, or the same y at the end. */
static int
scroll(int32_t *y, struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_happened h = { 0 };
	struct fa_look look;
	int32_t to;
	int rc = w->b.act(
		w->b.self, FA_ACT_SCROLL, 0, FA_STR_NONE, &h, &w->a, err);

	rc = blame(w, rc, err);
	if (rc == FA_OK && !w->why)
		w->why = fault(&h);
	if (rc == FA_OK && !w->why) {
		rc = w->b.look(w->b.self, false, &look, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		w->why = fault(&h);
	if (rc < 0 || w->why)
		return rc;
	to = scrolled(&w->look, &look);
	if (to > *y)
		*y = to;
	return FA_OK;
}

/* Pictures from top to bottom, as far as the page scrolls. */
static int
take_shots(struct fa_browse_work *w, struct fa_err *err)
{
	int32_t y = 0, height = fa_browse_height(&w->look);
	int rc = take_shot(w, 0, err);

	while (rc == FA_OK && !w->why && y + height < w->look.page_h) {
		int32_t before = y;

		if (w->shots_n == FA_BROWSE_SHOTS_MAX) {
			w->why = "the page is longer than is pictured";
			break;
		}
		rc = scroll(&y, w, err);
		if (rc == FA_OK && !w->why && y == before)
			break;
		if (rc == FA_OK && !w->why)
			rc = take_shot(w, y, err);
	}
	return rc;
}

static int
give_up(struct fa_browse_work *w, const char *why, struct fa_err *err)
{
	w->stats->failed++;
	return fa_session_error(
		w->s, "render", w->page->url, fa_str_c(why), err);
}

static bool
stops(const struct fa_browse_work *w)
{
	return w->o->stop && w->o->stop(w->o->ctx);
}

static int
start(struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_browser_opts b = { .program = w->o->program,
		.net = { w, on_request, on_work, on_forget },
		.width = FA_BROWSE_WIDTH,
		.height = FA_BROWSE_HEIGHT,
		.scale_c = 100,
		.language = "zh-CN",
		.no_sandbox = w->o->no_sandbox,
		.memory_bytes = FA_BROWSE_MEMORY_BYTES };
	int rc = fa_chromium_new(&w->b, &b, err);

	w->running = rc == FA_OK;
	w->used = false;
	return rc;
}

static void
end(struct fa_browse_work *w)
{
	if (w->running)
		w->b.close(w->b.self);
	w->running = false;
}

/* A browser of its own for each page: what one page did to it does not reach
 * the next. */
static int
renew(struct fa_browse_work *w, struct fa_err *err)
{
	int rc = FA_OK;

	if (w->running && w->used)
		end(w);
	if (!w->running)
		rc = start(w, err);
	w->used = true;
	return rc < 0 ? rc : w->b.fresh(w->b.self, err);
}

/* Opens the page in a profile of its own and looks it over. What goes wrong
 * with it stands in w->why. */
static int
attempt(struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_happened h = { 0 };
	struct fa_str dom = FA_STR_NONE;
	int rc;

	memset(&w->look, 0, sizeof(w->look));
	w->missing = 0;
	w->objs_n = w->shots_n = 0;
	w->why = NULL;
	rc = blame(w, renew(w, err), err);
	if (rc == FA_OK && !w->why) {
		rc = w->b.open(w->b.self, w->page->url, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		w->why = fault(&h);
	if (rc == FA_OK && !w->why) {
		rc = w->b.look(w->b.self, false, &w->look, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		w->why = fault(&h);
	if (rc == FA_OK && !w->why)
		rc = take_shots(w, err);
	if (rc == FA_OK && w->shots_n > 0)
		rc = blame(w, w->b.dom(w->b.self, &dom, &w->a, err), err);
	if (rc == FA_OK && dom.p)
		rc = fa_browse_object(
			w, FA_STR("dom.html"), FA_STR("text/html"), dom, err);
	return rc;
}

/* A machine that is busy makes pages hang that would not. */
static int
picture(struct fa_browse_work *w, struct fa_err *err)
{
	int rc = attempt(w, err);

	for (int i = 1; i < ATTEMPTS && rc == FA_OK && w->why && !stops(w); i++)
		rc = attempt(w, err);
	if (rc == FA_OK && w->shots_n > 0) {
		rc = fa_browse_layout(w, err);
		if (rc == FA_OK)
			rc = fa_browse_tell(w, err);
		w->stats->pages += rc == FA_OK;
		w->stats->shots += w->shots_n;
	}
	return rc == FA_OK && w->why ? give_up(w, w->why, err) : rc;
}

static bool
is_wanted(const struct fa_browse_work *w, size_t i)
{
	const struct fa_session_page *p = &w->s->pages[i];

	if (p->status != 200 || page_at(w->s, p->url) != p)
		return false;
	return !p->media_type.p ||
		fa_str_ieq(p->media_type, FA_STR("text/html")) ||
		fa_str_ieq(p->media_type, FA_STR("application/xhtml+xml")) ||
		fa_str_ieq(p->media_type, FA_STR("text/plain"));
}

static int
picture_all(struct fa_browse_work *w, struct fa_err *err)
{
	size_t done = 0;
	int rc = FA_OK;

	for (size_t i = 0; i < w->s->pages_n && rc == FA_OK; i++) {
		if (!is_wanted(w, i) || (w->o->stop && w->o->stop(w->o->ctx)))
			continue;
		w->page = &w->s->pages[i];
		if (done++ == FA_BROWSE_PAGES_MAX)
			return give_up(w,
				"there are more pages than are pictured in a "
				"session",
				err);
		fa_arena_init(&w->a, PAGE_BYTES);
		rc = picture(w, err);
		fa_arena_done(&w->a);
	}
	return rc;
}

int
fa_browse_absent(struct fa_browse_stats *out, struct fa_session *s,
	const char *stage, struct fa_str url, const struct fa_err *why,
	struct fa_err *err)
{
	out->no_browser = true;
	(void)snprintf(out->why, sizeof(out->why), "%.*s",
		(int)sizeof(out->why) - 1, why->msg);
	return fa_session_error(s, stage, url, fa_str_c(out->why), err);
}

int
fa_session_render(struct fa_browse_stats *out, struct fa_session *s,
	const struct fa_browse_opts *o, struct fa_err *err)
{
	struct fa_browse_work *w = fa_arena_new(&s->arena, 1, sizeof(*w));
	struct fa_err why;
	int rc;

	if (!w)
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	w->stats = out;
	w->s = s;
	w->o = o;
	rc = start(w, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		return fa_browse_absent(
			out, s, "render", FA_STR_NONE, &why, err);
	fa_arena_init(&w->net, PAGE_BYTES);
	rc = picture_all(w, err);
	end(w);
	fa_payload_done(&w->source);
	fa_arena_done(&w->net);
	return rc;
}
