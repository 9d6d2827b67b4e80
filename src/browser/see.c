/* Looking: the tree of a page as it is now, and what is made of it. */
#include "base/base64.h"
#include "browser/chromium.h"

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
	if (rc != FA_OK || fa_chromium_is_fault(b) || *too_large)
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

int
fa_chromium_see(struct fa_chromium *b, struct fa_look *out, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_snap s;
	bool too_large = false;
	int rc = snapshot(b, &s, &too_large, err);

	*out = (struct fa_look){ .too_large = too_large };
	out->screen.complete = FA_TRI_NO;
	if (rc != FA_OK || fa_chromium_is_fault(b) || too_large || s.n == 0)
		return rc;
	if (is_error_page(&s)) {
		out->screen.url = fa_arena_dup(a, s.url);
		return FA_OK;
	}
	return fa_snap_look(out, &s, b->opts.width, b->opts.height,
		b->opts.scale_c, a, &b->work, err);
}

int
fa_chromium_see_digest(
	struct fa_chromium *b, uint64_t *digest, struct fa_err *err)
{
	struct fa_look look;
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, FA_CDP_EVENT_BYTES);
	rc = fa_chromium_see(b, &look, &a, err);
	*digest = rc == FA_OK ? fa_snap_digest(&look) : 0;
	fa_arena_done(&a);
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

	if (!fa_chromium_is_fault(b))
		rc = snapshot(b, &s, &too_large, err);
	if (rc != FA_OK)
		return rc;
	if (fa_chromium_is_fault(b) || s.n == 0) {
		*html = FA_STR_NONE;
		return FA_OK;
	}
	return fa_snap_html(html, &s, a, err);
}

int
fa_chromium_screenshot(
	void *self, struct fa_str *png, struct fa_arena *a, struct fa_err *err)
{
	/* How long a picture is waited for, and by how much the page's time is
	 * ahead of ours then. */
	static const struct {
		int wait_ms, more_ms;
	} tries[] = { { 1000, 100 }, { 2000, 1000 }, { 4000, 60000 },
		{ FA_BROWSER_CALL_MS, 0 } };
	struct fa_chromium *b = self;
	const struct fa_json *result = NULL;
	int rc = FA_OK;

	*png = FA_STR_NONE;
	for (size_t i = 0; i < FA_COUNT(tries) && !fa_chromium_is_fault(b);
		i++) {
		struct fa_jw *w = fa_cdp_begin(&b->cdp, fa_chromium_session(b),
			"Page.captureScreenshot");

		fa_jw_kstr(w, "format", FA_STR("png"));
		fa_arena_reset(&b->work);
		rc = fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp),
			tries[i].wait_ms, &result, &b->work, err);
		if (rc == FA_OK)
			return fa_base64_decode(
				png, fa_json_text(result, "data"), a, err);
		if (rc == FA_E_LIMIT && i + 1 < FA_COUNT(tries) && !b->broken)
			rc = fa_chromium_catch_up(b, tries[i].more_ms, err);
		else if (rc != FA_E_INPUT) /* now and then one fails, and the
					    * next does not */
			rc = fa_chromium_blame(b, rc, err);
		if (rc != FA_OK && rc != FA_E_INPUT)
			return rc;
	}
	return FA_OK;
}
