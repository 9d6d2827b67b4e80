/* Acting on a page as a finger does. */
#include "browser/chromium.h"
#include "model/colour.h"
#include "browser/script.h"

#define TOUCH_MS 800      /* real time, until a touch is taken */
#define TOUCH_TIME_MS 500 /* of the page's own, when it is not */
#define START_CPX 1600    /* a label has its box this far in, at most */

struct quad {
	int64_t x0, y0, x1, y1; /* hundredths of a CSS pixel, around it */
};

static int
gone(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOTFOUND, "the element is not there any more");
}

static struct fa_jw *
begin_node(struct fa_chromium *b, const char *method, uint64_t handle)
{
	struct fa_jw *w = fa_cdp_begin(&b->cdp, fa_chromium_session(b), method);

	fa_jw_kint(w, "backendNodeId", (int64_t)(handle & ~FA_LOOK_AT_START));
	return w;
}

static int64_t
number_at(const struct fa_json *v)
{
	int64_t out = 0;

	if (v != NULL && v->kind == FA_JSON_INT)
		return v->integer * 100;
	if (v != NULL && v->kind == FA_JSON_NUMBER)
		(void)fa_colour_number(v->str, &out);
	return out;
}

/* The first box of an element that has an area: eight numbers, four corners. */
static bool
first_quad(const struct fa_json *result, struct quad *q)
{
	const struct fa_json *quads = fa_json_find(result, "quads");
	const struct fa_json *one = quads == NULL ? NULL : quads->child;

	for (; one != NULL; one = one->next) {
		const struct fa_json *v = one->child;

		*q = (struct quad){ INT64_MAX, INT64_MAX, INT64_MIN,
			INT64_MIN };
		for (int i = 0; v != NULL && i < 8; i++, v = v->next) {
			int64_t n = number_at(v);
			int64_t *low = i % 2 == 0 ? &q->x0 : &q->y0;
			int64_t *high = i % 2 == 0 ? &q->x1 : &q->y1;

			*low = n < *low ? n : *low;
			*high = n > *high ? n : *high;
		}
		if (q->x1 - q->x0 >= 100 && q->y1 - q->y0 >= 100)
			return true;
	}
	return false;
}

static int64_t
middle(int64_t from, int64_t to, int64_t most)
{
	if (from < 0)
		from = 0;
	if (to > most)
		to = most;
	return from + (to - from) / 2;
}

/* Brings the element into view, and finds where to tap it. */
static int
find_point(struct fa_chromium *b, uint64_t handle, int64_t *x, int64_t *y,
	struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct quad q;
	int rc;

	(void)begin_node(b, "DOM.scrollIntoViewIfNeeded", handle);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	if (rc == FA_E_INPUT)
		return gone(err);
	if (rc != FA_OK || b->broken)
		return rc;
	(void)begin_node(b, "DOM.getContentQuads", handle);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	if (rc == FA_E_INPUT)
		return gone(err);
	if (rc != FA_OK || b->broken)
		return rc;
	if (!first_quad(result, &q))
		return gone(err);
	if ((handle & FA_LOOK_AT_START) != 0 && q.x1 - q.x0 > 2 * START_CPX)
		q.x1 = q.x0 + 2 * START_CPX;
	*x = middle(q.x0, q.x1, (int64_t)b->opts.width * 100);
	*y = middle(q.y0, q.y1, (int64_t)b->opts.height * 100);
	return FA_OK;
}

static void
add_number(struct fa_jw *w, const char *key, int64_t hundredths)
{
	fa_jw_key(w, key);
	fa_buf_addf(w->out, "%lld.%02lld", (long long)(hundredths / 100),
		(long long)(hundredths % 100));
	w->after_key = false;
}

static uint64_t
touch(struct fa_chromium *b, const char *type, const int64_t *at)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Input.dispatchTouchEvent");

	fa_jw_kstr(w, "type", fa_str_c(type));
	fa_jw_key(w, "touchPoints");
	fa_jw_array(w);
	if (at != NULL) {
		fa_jw_object(w);
		add_number(w, "x", at[0]);
		add_number(w, "y", at[1]);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	return fa_cdp_send(&b->cdp);
}

/* A page may want some of its time before it takes a touch. */
static int
wait_touch(struct fa_chromium *b, uint64_t id, struct fa_err *err)
{
	struct fa_jw *w;
	int rc;

	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(&b->cdp, id, TOUCH_MS, NULL, &b->work, err);
	if (rc != FA_E_LIMIT || b->broken)
		return rc == FA_E_INPUT ? rc : fa_chromium_blame(b, rc, err);
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b),
		"Emulation.setVirtualTimePolicy");
	fa_jw_kstr(w, "policy", FA_STR("advance"));
	fa_jw_kint(w, "budget", TOUCH_TIME_MS);
	(void)fa_cdp_send(&b->cdp);
	return fa_chromium_wait(b, id, NULL, err);
}

static int
tap(struct fa_chromium *b, uint64_t handle, struct fa_err *err)
{
	int64_t at[2] = { -1, -1 };
	int rc = find_point(b, handle, &at[0], &at[1], err);

	if (rc != FA_OK || b->broken)
		return rc;
	if (at[0] < 0 || at[1] < 0)
		return gone(err);
	(void)touch(b, "touchStart", at);
	rc = wait_touch(b, touch(b, "touchEnd", NULL), err);
	/* A tap that closes its page, or is taken back, was one. */
	return rc == FA_E_INPUT ? FA_OK : rc;
}

/* What was made of it: "set", "type" or "no". */
static int
call_fill(struct fa_chromium *b, struct fa_str object, struct fa_str text,
	struct fa_str *how, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Runtime.callFunctionOn");
	int rc;

	fa_jw_kstr(w, "functionDeclaration", fa_str_c(fa_script_fill()));
	fa_jw_kstr(w, "objectId", object);
	fa_jw_key(w, "arguments");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kstr(w, "value", text);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_kbool(w, "returnByValue", true);
	fa_jw_kbool(w, "userGesture", true);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	*how = fa_json_text(fa_json_find(result, "result"), "value");
	return rc;
}

static int
insert_text(struct fa_chromium *b, struct fa_str text, struct fa_err *err)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Input.insertText");
	int rc;

	fa_jw_kstr(w, "text", text);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	return rc == FA_E_INPUT ? gone(err) : rc;
}

static int
fill(struct fa_chromium *b, uint64_t handle, struct fa_str text,
	struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct fa_str object;
	struct fa_str how = FA_STR_NONE;
	int rc;

	if (text.p == NULL)
		text = FA_STR("");
	(void)begin_node(b, "DOM.resolveNode", handle);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	if (rc == FA_OK && b->broken)
		return FA_OK;
	object = fa_json_text(fa_json_find(result, "object"), "objectId");
	if (rc == FA_OK && object.n > 0)
		rc = call_fill(b, object, text, &how, err);
	else if (rc == FA_OK)
		return gone(err);
	if (rc == FA_E_INPUT || fa_str_eq(how, FA_STR("no")))
		return gone(err);
	if (rc != FA_OK || b->broken || !fa_str_eq(how, FA_STR("type")))
		return rc;
	return insert_text(b, text, err);
}

/* Back from the first page leaves the app. */
static int
back(struct fa_chromium *b, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	const struct fa_json *entry;
	int64_t at;
	struct fa_jw *w;
	int rc;

	(void)fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Page.getNavigationHistory");
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	if (rc != FA_OK || b->broken)
		return rc;
	at = fa_json_int(result, "currentIndex", 0);
	entry = fa_json_find(result, "entries");
	entry = entry == NULL ? NULL : entry->child;
	for (int64_t i = 1; i < at && entry != NULL; i++)
		entry = entry->next;
	if (at <= 0 || entry == NULL) {
		b->now.effects |= FA_FLOW_EFFECT_EXIT;
		return FA_OK;
	}
	w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Page.navigateToHistoryEntry");
	fa_jw_kint(w, "entryId", fa_json_int(entry, "id", 0));
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	return rc == FA_E_INPUT ? FA_OK : rc;
}

static int
scroll(struct fa_chromium *b, struct fa_err *err)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Runtime.evaluate");
	int rc;

	fa_jw_kstr(w, "expression", fa_str_c(fa_script_scroll()));
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	return rc == FA_E_INPUT ? FA_OK : rc;
}

static int
act(struct fa_chromium *b, enum fa_act what, uint64_t handle,
	struct fa_str text, struct fa_err *err)
{
	switch (what) {
	case FA_ACT_TAP:
	case FA_ACT_TAP_YES:
		return tap(b, handle, err);
	case FA_ACT_FILL:
		return fill(b, handle, text, err);
	case FA_ACT_BACK:
		return back(b, err);
	case FA_ACT_SCROLL:
	default:
		return scroll(b, err);
	}
}

int
fa_chromium_act(void *self, enum fa_act what, uint64_t handle,
	struct fa_str text, struct fa_happened *h, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_chromium *b = self;
	bool settled;
	int rc = FA_OK;

	b->waited = false;
	b->yes = what == FA_ACT_TAP_YES;
	if (!b->broken && b->current >= 0)
		rc = act(b, what, handle, text, err);
	if (rc == FA_OK && !b->broken && b->current >= 0)
		rc = fa_chromium_settle(b, &settled, err);
	if (rc == FA_OK)
		rc = fa_chromium_report(b, h, a, err);
	return rc;
}

static int
navigate(struct fa_chromium *b, struct fa_str url, struct fa_err *err)
{
	struct fa_jw *w =
		fa_cdp_begin(&b->cdp, fa_chromium_session(b), "Page.navigate");
	int rc;

	fa_jw_kstr(w, "url", url);
	fa_chromium_page(b)->navigating = true;
	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp), FA_CHROMIUM_OPEN_MS,
		NULL, &b->work, err);
	if (rc == FA_E_INPUT)
		return fa_fail(err, FA_E_USAGE, "no address of a page: %.*s",
			FA_STR_ARG(fa_str_sub(url, 0, 200)));
	return fa_chromium_blame(b, rc, err);
}

int
fa_chromium_open(void *self, struct fa_str url, struct fa_happened *h,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_chromium *b = self;
	bool settled;
	int rc = FA_OK;

	if (!b->running || b->broken || b->current < 0)
		rc = fa_chromium_fresh(b, err);
	b->waited = false;
	if (rc == FA_OK)
		rc = navigate(b, url, err);
	if (rc == FA_OK && !b->broken && b->current >= 0)
		rc = fa_chromium_settle(b, &settled, err);
	if (rc == FA_OK && !b->broken && b->current >= 0) {
		/* The empty page before it is none. */
		(void)fa_cdp_begin(&b->cdp, fa_chromium_session(b),
			"Page.resetNavigationHistory");
		rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
		if (rc == FA_E_INPUT)
			rc = FA_OK;
	}
	if (rc == FA_OK)
		rc = fa_chromium_report(b, h, a, err);
	return rc;
}
