/* Waiting. The time of a page stands still unless it is given some: timers,
 * countdowns and late dialogs come when we want them to, the same in every run,
 * and no second is waited for. (Emulation.setVirtualTimePolicy; time does not
 * pass while a request of the page is under way.) */
#include "browser/base64.h"
#include "browser/chromium.h"
#include "browser/script.h"

#define STEP_MS 100        /* of the page's time, between two looks */
#define QUIET_AFTER_MS 300 /* and no page is quiet before that */
#define ROUNDS_MAX 40
#define LOOKAHEAD_STEP_MS 250
#define LOOKAHEAD_SLOW_MS 1000 /* the same for pages whose looks take long */
#define SLOW_LOOK_MS 40
#define FRAMES_MS 400   /* real time, until a frame is drawn */
#define NO_FRAMES_MAX 4 /* then nobody waits for them again */
#define STUCK_MS 1500   /* real time: nothing is asked, and time stands */
#define STARVED_TASKS 5000

static bool
is_fault(const struct fa_chromium *b)
{
	return b->broken || b->current < 0;
}

/* Gives the page ms of its time, and waits until they are over, the page is
 * another one, or deadline is reached. */
static int
advance(struct fa_chromium *b, int ms, int64_t deadline, struct fa_err *err)
{
	struct fa_chromium_page *p = fa_chromium_page(b);
	int page = b->current;
	int64_t since = fa_cdp_now_ms();
	struct fa_jw *w;
	int rc;

	p->expired = false;
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b),
		"Emulation.setVirtualTimePolicy");
	fa_jw_kstr(w, "policy",
		p->stuck ? FA_STR("advance")
			 : FA_STR("pauseIfNetworkFetchesPending"));
	fa_jw_kint(w, "budget", ms);
	fa_jw_kint(w, "maxVirtualTimeTaskStarvationCount", STARVED_TASKS);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	while (rc == FA_OK && !is_fault(b) && b->current == page &&
		!p->expired) {
		int64_t now = fa_cdp_now_ms();

		if (b->asked > 0 || p->navigating)
			since = now;
		if (now >= deadline)
			break;
		if (now - since > STUCK_MS) {
			p->stuck = true;
			break;
		}
		rc = fa_chromium_blame(b, fa_cdp_pump(&b->cdp, 20, err), err);
	}
	return rc;
}

/* Lets the page draw: what was begun in this moment is then laid out. */
static int
draw(struct fa_chromium *b, struct fa_err *err)
{
	struct fa_chromium_page *p = fa_chromium_page(b);
	struct fa_jw *w;
	int rc;

	if (p->no_frames >= NO_FRAMES_MAX)
		return FA_OK;
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b), "Runtime.evaluate");
	fa_jw_kstr(w, "expression", fa_str_c(fa_script_frames()));
	fa_jw_kbool(w, "awaitPromise", true);
	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(
		&b->cdp, fa_cdp_send(&b->cdp), FRAMES_MS, NULL, &b->work, err);
	if (rc == FA_E_LIMIT && !b->broken)
		p->no_frames++;
	else if (rc != FA_E_INPUT && rc != FA_OK)
		return fa_chromium_blame(b, rc, err);
	else
		p->no_frames = 0;
	return FA_OK;
}

static uint64_t
ask_snapshot(struct fa_chromium *b)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "DOMSnapshot.captureSnapshot");

	fa_jw_key(w, "computedStyles");
	fa_jw_array(w);
	for (int i = 0; i < FA_SNAP_STYLES; i++)
		fa_jw_str(
			w, fa_str_c(fa_snap_style_name((enum fa_snap_style)i)));
	fa_jw_end(w, ']');
	fa_jw_kbool(w, "includePaintOrder", true);
	fa_jw_kbool(w, "includeBlendedBackgroundColors", true);
	fa_jw_kbool(w, "includeTextColorOpacities", true);
	return fa_cdp_send(&b->cdp);
}

/* Nodes of the page, by the browser's count; what is no longer shown counts,
 * too. */
static int
count_nodes(struct fa_chromium *b, int64_t *n, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	int rc;

	(void)fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Memory.getDOMCounters");
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	*n = fa_json_int(result, "nodes", 0);
	return rc;
}

/* The tree of the page, in b->work. too_large: then it has none. */
static int
snapshot(struct fa_chromium *b, struct fa_snap *s, bool *too_large,
	struct fa_err *err)
{
	const struct fa_json *result = NULL;
	int64_t nodes = 0;
	int rc = count_nodes(b, &nodes, err);

	*s = (struct fa_snap){ 0 };
	*too_large = nodes > FA_BROWSER_NODES_MAX;
	if (rc != FA_OK || is_fault(b) || *too_large)
		return rc;
	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(&b->cdp, ask_snapshot(b), FA_BROWSER_CALL_MS, &result,
		&b->work, err);
	if (rc == FA_E_LIMIT && b->cdp.too_large)
		*too_large = true;
	if (rc == FA_E_INPUT) /* between two documents there is none */
		return FA_OK;
	if (rc != FA_OK && !*too_large)
		return fa_chromium_blame(b, rc, err);
	if (*too_large)
		return FA_OK;
	rc = fa_snap_read(s, result, FA_BROWSER_NODES_MAX, &b->work, err);
	if (rc == FA_E_LIMIT || rc == FA_E_NOMEM) {
		*s = (struct fa_snap){ 0 };
		*too_large = true;
		return FA_OK;
	}
	return rc;
}

/* The browser's own page about a failure is no page of the app. */
static bool
is_error_page(const struct fa_snap *s)
{
	return fa_str_starts(s->url, FA_STR("chrome-error:"));
}

static int
look_now(struct fa_chromium *b, struct fa_look *out, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_snap s;
	bool too_large = false;
	int rc = snapshot(b, &s, &too_large, err);

	*out = (struct fa_look){ .too_large = too_large };
	out->screen.complete = FA_TRI_NO;
	if (rc != FA_OK || is_fault(b) || too_large || s.n == 0)
		return rc;
	if (is_error_page(&s)) {
		out->screen.url = fa_arena_dup(a, s.url);
		return FA_OK;
	}
	return fa_snap_look(out, &s, b->opts.width, b->opts.height,
		b->opts.scale_c, a, &b->work, err);
}

static int
digest_now(struct fa_chromium *b, uint64_t *digest, struct fa_err *err)
{
	struct fa_look look;
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, FA_CDP_EVENT_BYTES);
	rc = look_now(b, &look, &a, err);
	*digest = rc == FA_OK ? fa_snap_digest(&look) : 0;
	fa_arena_done(&a);
	return rc;
}

static bool
is_under_way(const struct fa_chromium *b)
{
	return b->asked > 0 || b->pages[b->current].navigating;
}

/* Time, a drawing, a look: what came of it is seen in *digest. */
static int
settle_round(struct fa_chromium *b, int64_t deadline, uint64_t *digest,
	struct fa_err *err)
{
	int page = b->current;
	int rc = advance(b, STEP_MS, deadline, err);

	if (rc == FA_OK && !is_fault(b))
		rc = draw(b, err);
	if (rc == FA_OK && !is_fault(b) && page == b->current)
		rc = digest_now(b, digest, err);
	return rc;
}

int
fa_chromium_settle(struct fa_chromium *b, bool *settled, struct fa_err *err)
{
	int64_t deadline = fa_cdp_now_ms() + FA_BROWSER_SETTLE_MS;
	uint64_t last = 0;
	int page = -1;
	int rc = FA_OK;
	int given = 0;

	*settled = false;
	for (int i = 0; i < ROUNDS_MAX && rc == FA_OK && !is_fault(b); i++) {
		uint64_t digest = 0;

		if (page != b->current) {
			page = b->current;
			given = 0;
			(void)fa_chromium_guard(b, fa_chromium_session(b));
		}
		rc = settle_round(b, deadline, &digest, err);
		given += STEP_MS;
		if (rc != FA_OK || is_fault(b) || page != b->current)
			continue;
		*settled = digest == last && given >= QUIET_AFTER_MS &&
			!is_under_way(b);
		last = digest;
		if (*settled || fa_cdp_now_ms() >= deadline)
			break;
	}
	return rc;
}

/* Gives the page its time until something changes. */
static int
look_ahead(struct fa_chromium *b, struct fa_look *out, bool *changed,
	struct fa_err *err)
{
	uint64_t first = fa_snap_digest(out);
	int64_t end = fa_cdp_now_ms() + FA_BROWSER_SETTLE_MS;
	int step = LOOKAHEAD_STEP_MS;
	int page = b->current;
	int rc = FA_OK;

	*changed = false;
	for (int t = step; t <= FA_BROWSER_LOOKAHEAD_MS && !*changed;
		t += step) {
		uint64_t digest = first;
		int64_t before = fa_cdp_now_ms();

		rc = advance(b, step, end, err);
		if (rc == FA_OK && !is_fault(b))
			rc = digest_now(b, &digest, err);
		if (rc != FA_OK || is_fault(b))
			return rc;
		*changed = digest != first || b->current != page;
		out->after_ms = (uint32_t)t;
		if (fa_cdp_now_ms() - before > SLOW_LOOK_MS)
			step = LOOKAHEAD_SLOW_MS;
		if (fa_cdp_now_ms() >= end)
			break;
	}
	return rc;
}

static int
look_once(struct fa_chromium *b, struct fa_look *out, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_look look = { 0 };
	bool settled = false;
	int rc = fa_chromium_settle(b, &settled, err);

	if (rc == FA_OK && !is_fault(b))
		rc = look_now(b, &look, a, err);
	look.settled = settled;
	if (!settled)
		look.screen.complete = FA_TRI_NO;
	*out = look;
	return rc;
}

int
fa_chromium_look(void *self, bool wait, struct fa_look *out,
	struct fa_happened *h, struct fa_arena *a, struct fa_err *err)
{
	struct fa_chromium *b = self;
	struct fa_look look = { 0 };
	bool changed = false;
	uint32_t after_ms = 0;
	int rc = FA_OK;

	if (!is_fault(b))
		rc = look_once(b, &look, a, err);
	if (rc == FA_OK && wait && !is_fault(b) && !look.too_large) {
		rc = look_ahead(b, &look, &changed, err);
		after_ms = look.after_ms;
		if (rc == FA_OK && changed && !is_fault(b))
			rc = look_once(b, &look, a, err);
	}
	look.changed_by_itself = changed;
	look.after_ms = changed ? after_ms : 0;
	if (is_fault(b)) {
		look = (struct fa_look){ 0 };
		look.screen.complete = FA_TRI_NO;
	}
	if (rc == FA_OK)
		rc = fa_chromium_report(b, h, a, err);
	if (rc == FA_OK)
		*out = look;
	return rc;
}

int
fa_chromium_dom(
	void *self, struct fa_str *html, struct fa_arena *a, struct fa_err *err)
{
	struct fa_chromium *b = self;
	struct fa_snap s = { 0 };
	bool too_large = false;
	int rc = FA_OK;

	if (!is_fault(b))
		rc = snapshot(b, &s, &too_large, err);
	if (rc != FA_OK)
		return rc;
	if (is_fault(b) || s.n == 0) {
		*html = FA_STR_NONE;
		return FA_OK;
	}
	return fa_snap_html(html, &s, a, err);
}

int
fa_chromium_screenshot(
	void *self, struct fa_str *png, struct fa_arena *a, struct fa_err *err)
{
	struct fa_chromium *b = self;

	*png = FA_STR_NONE;
	/* Now and then one fails, and the next does not. */
	for (int i = 0; i < 2 && !is_fault(b); i++) {
		const struct fa_json *result = NULL;
		struct fa_jw *w = fa_cdp_begin(&b->cdp, fa_chromium_session(b),
			"Page.captureScreenshot");
		int rc;

		fa_jw_kstr(w, "format", FA_STR("png"));
		fa_arena_reset(&b->work);
		rc = fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp),
			FA_BROWSER_CALL_MS, &result, &b->work, err);
		if (rc == FA_E_INPUT)
			continue;
		rc = fa_chromium_blame(b, rc, err);
		if (rc != FA_OK || is_fault(b))
			return rc;
		return fa_base64_decode(
			png, fa_json_text(result, "data"), a, err);
	}
	return FA_OK;
}
