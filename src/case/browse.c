/* Pictures of pages as the archive has them, with what they load
 * (browse_net.c). */
#include "case/browse_parts.h"

#include <stdio.h>
#include <string.h>

#define PAGE_BYTES ((size_t)512 << 20) /* memory for one page */
#define SAMPLES 400 /* elements by which it is seen how far a page went */
#define ROUNDING 2  /* pixels, where pages are laid out in parts of them */
#define ATTEMPTS 2  /* at one page */

/* A browser that fails costs pictures, not the session. */
static int
blame(struct fa_browse_work *w, int rc, const struct fa_err *err)
{
	if (rc == FA_OK || rc == FA_E_NOMEM)
		return rc;
	(void)snprintf(w->said, sizeof(w->said), "%s", err->msg);
	w->why = w->said;
	w->again = true;
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
		w->again = true;
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

/* The page's fault, if it is one, and what nobody was asked for. */
static void
look_at(struct fa_browse_work *w, const struct fa_happened *h)
{
	w->again = h->crashed || h->hung;
	w->net.left_all += h->refused;
	if (h->crashed)
		w->why = "the page crashed the browser";
	else if (h->hung)
		w->why = "the page hangs";
	else if (h->left)
		w->why = "the page left for another one";
}

/* By how much most of what moved has gone up: a bar at the edge of the screen
 * stays where it is, and what came in between is not what was there before. */
static int32_t
scrolled(const struct fa_look *first, const struct fa_look *now)
{
	int32_t moved[SAMPLES], best = 0;
	size_t n = first->screen.elements_n, step, moved_n = 0, best_n = 0;

	if (now->screen.elements_n < n)
		n = now->screen.elements_n;
	step = n / SAMPLES + 1;
	for (size_t i = 0; i < n && moved_n < SAMPLES; i += step) {
		const struct fa_flow_element *a = &first->screen.elements[i];
		const struct fa_flow_element *b = &now->screen.elements[i];

		if (a->has_box && b->has_box && a->box.w == b->box.w &&
			a->box.h == b->box.h && a->box.y != b->box.y &&
			fa_str_eq(a->text, b->text))
			moved[moved_n++] = a->box.y - b->box.y;
	}
	for (size_t i = 0; i < moved_n; i++) {
		size_t same = 0;

		for (size_t k = 0; k < moved_n; k++)
			same += moved[k] == moved[i];
		if (same > best_n) {
			best_n = same;
			best = moved[i];
		}
	}
	return best;
}

/* How far down text stands. A page that scrolls in a part of it is as high as
 * the screen, and its text is not. */
static int32_t
bottom(const struct fa_look *look)
{
	int32_t low = 0;

	for (size_t i = 0; i < look->screen.elements_n; i++) {
		const struct fa_flow_element *e = &look->screen.elements[i];

		if (e->has_box && e->text.n > 0 && e->box.x < look->page_w &&
			e->box.x + e->box.w > 0 && e->box.y < INT32_MAX / 2 &&
			e->box.y + e->box.h > low)
			low = e->box.y + e->box.h;
	}
	return low;
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
		look_at(w, &h);
	if (rc == FA_OK && !w->why) {
		rc = w->b.look(w->b.self, false, &look, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		look_at(w, &h);
	if (rc < 0 || w->why)
		return rc;
	to = scrolled(&w->look, &look);
	if (to > *y)
		*y = to;
	/* What came as it was scrolled makes the page longer. */
	if (look.page_h > w->look.page_h)
		w->look.page_h = look.page_h;
	to = bottom(&look);
	if (look.page_h > to + *y)
		to = look.page_h - *y;
	if (to + *y > w->bottom)
		w->bottom = to + *y;
	return FA_OK;
}

/* Why there is no further picture, or NULL. */
static const char *
ends(const struct fa_browse_work *w)
{
	if (w->shots_n == FA_BROWSE_SHOTS_MAX)
		return "the page is longer than is pictured";
	if (fa_session_now_ms() - w->begun_ms > FA_BROWSE_PAGE_MS)
		return "the page takes longer than it may";
	return NULL;
}

/* Pictures from top to bottom, as far as the page scrolls. */
static int
take_shots(struct fa_browse_work *w, struct fa_err *err)
{
	int32_t y = 0, height = fa_browse_height(&w->look);
	int rc = take_shot(w, 0, err);

	w->bottom = bottom(&w->look);
	if (w->look.page_h > w->bottom)
		w->bottom = w->look.page_h;
	while (rc == FA_OK && !w->why && y + height + ROUNDING < w->bottom) {
		int32_t before = y;

		w->why = ends(w);
		if (!w->why)
			rc = scroll(&y, w, err);
		if (rc < 0 || w->why || y == before)
			break;
		rc = take_shot(w, y, err);
	}
	w->reached = y + height + ROUNDING >= w->bottom;
	if (rc == FA_OK && !w->why && y + height + ROUNDING < w->look.page_h)
		w->why = "the page does not scroll to its end";
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
		.net = fa_browse_net_browser(&w->net),
		.width = FA_BROWSE_WIDTH,
		.height = FA_BROWSE_HEIGHT,
		.scale_c = 100,
		.language = "zh-CN",
		.no_sandbox = w->o->no_sandbox,
		.memory_bytes = FA_BROWSE_MEMORY_BYTES,
		.whole = true };
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

/* Opens the page in a profile of its own and looks it over. */
static int
load(struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_happened h = { 0 };
	int rc = blame(w, renew(w, err), err);

	if (rc == FA_OK && !w->why) {
		rc = w->b.open(w->b.self, w->page->url, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		look_at(w, &h);
	if (rc == FA_OK && !w->why) {
		rc = w->b.look(w->b.self, false, &w->look, &h, &w->a, err);
		rc = blame(w, rc, err);
	}
	if (rc == FA_OK && !w->why)
		look_at(w, &h);
	return rc;
}

/* What goes wrong with the page stands in w->why. */
static int
attempt(struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_str dom = FA_STR_NONE;
	int rc;

	memset(&w->look, 0, sizeof(w->look));
	fa_browse_net_again(&w->net);
	w->objs_n = w->shots_n = 0;
	w->why = NULL;
	w->again = w->reached = false;
	rc = load(w, err);
	if (rc == FA_OK && !w->why)
		rc = take_shots(w, err);
	if (rc == FA_OK && !w->why && w->look.too_large)
		w->why = "the page is too large to be measured: only its top "
			 "is pictured";
	if (rc == FA_OK && w->shots_n > 0)
		rc = blame(w, w->b.dom(w->b.self, &dom, &w->a, err), err);
	if (rc == FA_OK && dom.p)
		rc = fa_browse_object(
			w, FA_STR("dom.html"), FA_STR("text/html"), dom, err);
	return rc;
}

/* A machine that is busy makes pages hang that would not: once more, in
 * another browser. */
static int
picture(struct fa_browse_work *w, struct fa_err *err)
{
	int rc = attempt(w, err);

	for (int i = 1; i < ATTEMPTS && rc == FA_OK && w->again && !stops(w);
		i++)
		rc = attempt(w, err);
	if (rc == FA_OK)
		rc = fa_browse_net_tell(&w->net, err);
	if (rc == FA_OK && w->shots_n > 0) {
		rc = fa_browse_layout(w, err);
		if (rc == FA_OK)
			rc = fa_browse_tell(w, err);
		w->stats->pages += rc == FA_OK;
		w->stats->shots += w->shots_n;
		w->stats->left_out += w->net.left_all;
	}
	return rc == FA_OK && w->why ? give_up(w, w->why, err) : rc;
}

static bool
is_wanted(const struct fa_browse_work *w, size_t i)
{
	const struct fa_session_page *p = &w->s->pages[i];

	if (p->status != 200 || fa_browse_page_at(w->s, p->url) != p)
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
		if (!is_wanted(w, i))
			continue;
		w->page = &w->s->pages[i];
		if (stops(w))
			return give_up(w,
				"the session was interrupted: this page and "
				"those behind it were not pictured",
				err);
		if (done++ == FA_BROWSE_PAGES_MAX)
			return give_up(w,
				"there are more pages than are pictured in a "
				"session",
				err);
		fa_browse_net_page(&w->net, w->page);
		w->begun_ms = fa_session_now_ms();
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

static int
render(struct fa_browse_work *w, struct fa_err *err)
{
	struct fa_err why;
	int rc = start(w, &why);

	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		return fa_browse_absent(
			w->stats, w->s, "render", FA_STR_NONE, &why, err);
	rc = picture_all(w, err);
	end(w);
	return rc;
}

int
fa_session_render(struct fa_browse_stats *out, struct fa_session *s,
	const struct fa_browse_opts *o, struct fa_err *err)
{
	struct fa_browse_work *w = fa_arena_new(&s->arena, 1, sizeof(*w));
	int rc;

	if (!w)
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	w->stats = out;
	w->s = s;
	w->o = o;
	rc = fa_browse_net_open(&w->net, s, o, err);
	if (rc == FA_OK)
		rc = render(w, err);
	fa_browse_net_done(&w->net);
	return rc;
}
