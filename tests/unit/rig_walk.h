/* A browser that lives in memory: it serves the screens of a sketch, as an app
 * would that is made like that. Boxes are ticked, inputs are filled in, the
 * capture succeeds with a camera only, and what went wrong with real pages can
 * be played. */
#ifndef TEST_RIG_WALK_H
#define TEST_RIG_WALK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "flow/import.h"
#include "flow/json.h"
#include "rules/rules.h"
#include "walk/walk.h"

#define RIG_ELEMENTS 64

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fa_vocab *vocab;
	struct fa_flow *app;
	struct fa_browser browser;
	struct fa_walk_opts o;
	struct fa_walk_stats stats;
	struct fa_flow *seen;
	/* State of the page. */
	uint32_t at, next_start;
	bool toggled[RIG_ELEMENTS];
	char typed[RIG_ELEMENTS][64];
	bool camera, left, outside, crashed, hung;
	/* What happens to go wrong. */
	unsigned fresh_n, acts_n, relaunches_n;
	unsigned shows_other_after; /* fresh starts; 0: never */
	uint32_t other;             /* screen that is shown then */
	bool no_start;
	unsigned retries;     /* taps on "重试" since the fresh start */
	unsigned gives_in_at; /* of them; then the screen of other is shown */
	unsigned fails_after; /* acts; then every call fails; 0: never */
	unsigned stop_after;  /* screens; 0: never */
	unsigned missing;
	unsigned kept;
	char filled[1024]; /* all that was typed */
};

static const struct fa_flow_transition *
rig_transition(const struct rig *r, uint32_t element, bool face)
{
	for (size_t i = 0; i < r->app->transitions_n; i++) {
		const struct fa_flow_transition *t = &r->app->transitions[i];
		bool is_face = t->action == FA_FLOW_FACE;

		if (t->from == r->at && t->element == element &&
			is_face == face &&
			(element != FA_FLOW_NONE || t->action == FA_FLOW_BACK))
			return t;
	}
	return NULL;
}

static const struct fa_flow_transition *
rig_by_action(const struct rig *r, enum fa_flow_action action)
{
	for (size_t i = 0; i < r->app->transitions_n; i++)
		if (r->app->transitions[i].from == r->at &&
			r->app->transitions[i].action == action)
			return &r->app->transitions[i];
	return NULL;
}

static void
rig_show(struct rig *r, uint32_t screen)
{
	r->at = screen;
	memset(r->toggled, 0, sizeof(r->toggled));
	memset(r->typed, 0, sizeof(r->typed));
}

static int
rig_failing(const struct rig *r, struct fa_err *err)
{
	if (r->fails_after > 0 && r->acts_n >= r->fails_after)
		return fa_fail(err, FA_E_IO, "the browser is gone");
	return FA_OK;
}

static int
rig_fresh(void *self, struct fa_err *err)
{
	struct rig *r = self;

	r->fresh_n++;
	r->retries = 0;
	r->camera = r->crashed = r->hung = r->outside = false;
	r->next_start = r->app->start;
	if (r->shows_other_after > 0 && r->fresh_n > r->shows_other_after)
		r->next_start = r->other;
	return rig_failing(r, err);
}

static int
rig_relaunch(void *self, struct fa_err *err)
{
	struct rig *r = self;
	const struct fa_flow_transition *t = rig_by_action(r, FA_FLOW_RELAUNCH);

	r->relaunches_n++;
	r->outside = false;
	r->next_start = t ? t->to : r->app->start;
	return rig_failing(r, err);
}

static int
rig_open(void *self, struct fa_str url, struct fa_happened *h,
	struct fa_arena *a, struct fa_err *err)
{
	struct rig *r = self;

	(void)a;
	(void)h;
	assert_true(fa_str_starts(url, FA_STR("https://")));
	rig_show(r, r->next_start);
	return rig_failing(r, err);
}

static void
rig_element(struct rig *r, struct fa_flow_element *e, size_t i)
{
	bool control = e->role != FA_FLOW_TEXT && e->role != FA_FLOW_IMAGE &&
		e->role != FA_FLOW_CONTAINER;

	if (e->visible == FA_TRI_UNKNOWN)
		e->visible = FA_TRI_YES;
	if (e->enabled == FA_TRI_UNKNOWN)
		e->enabled = FA_TRI_YES;
	e->clickable = control ? FA_TRI_YES : FA_TRI_NO;
	if (r->toggled[i])
		e->checked = e->checked == FA_TRI_YES ? FA_TRI_NO : FA_TRI_YES;
	if (r->typed[i][0])
		e->text = fa_str_c(r->typed[i]);
	else if (e->role == FA_FLOW_INPUT)
		e->text = FA_STR_NONE;
}

static int
rig_look(void *self, bool wait, struct fa_look *out, struct fa_happened *h,
	struct fa_arena *a, struct fa_err *err)
{
	struct rig *r = self;
	const struct fa_flow_transition *t = rig_by_action(r, FA_FLOW_WAIT);
	const struct fa_flow_screen *s;
	struct fa_flow_element *e;

	memset(out, 0, sizeof(*out));
	h->crashed = r->crashed;
	h->hung = r->hung;
	if (r->crashed || r->hung)
		return FA_OK;
	if (wait && t) {
		rig_show(r, t->to);
		out->changed_by_itself = true;
		out->after_ms = t->wait_ms;
	}
	s = &r->app->screens[r->at];
	assert_true(s->elements_n < RIG_ELEMENTS);
	e = fa_arena_new(a, s->elements_n, sizeof(*e));
	out->handle = fa_arena_new(a, s->elements_n, sizeof(*out->handle));
	assert_non_null(e);
	assert_non_null(out->handle);
	for (size_t i = 0; i < s->elements_n; i++) {
		e[i] = s->elements[i];
		rig_element(r, &e[i], i);
		out->handle[i] = i + 1;
	}
	out->screen = *s;
	out->screen.elements = e;
	out->screen.id = out->screen.fingerprint = FA_STR_NONE;
	out->screen.url = r->no_start ? FA_STR("chrome-error://chromewebdata/")
				      : FA_STR("https://app.example/");
	out->settled = true;
	out->page_h = 915;
	return rig_failing(r, err);
}

static void
rig_follow(struct rig *r, const struct fa_flow_transition *t,
	struct fa_happened *h)
{
	if (t->to != FA_FLOW_NONE) {
		rig_show(r, t->to);
	} else if (t->effects & FA_FLOW_EFFECT_EXIT) {
		h->effects |= FA_FLOW_EFFECT_EXIT;
	} else {
		h->left = true;
		h->left_to = FA_STR("https://elsewhere.example/");
	}
}

/* "注销" asks once more. */
static bool
rig_is_refused(const struct fa_flow_element *e, bool yes, struct fa_happened *h)
{
	if (!fa_str_eq(e->text, FA_STR("注销")))
		return false;
	h->dialogs = yes ? FA_STR("confirm (ok): 确定？")
			 : FA_STR("confirm (cancel): 确定？");
	return !yes;
}

static void
rig_tap(struct rig *r, uint32_t i, bool yes, struct fa_happened *h)
{
	const struct fa_flow_element *e = &r->app->screens[r->at].elements[i];
	const struct fa_flow_transition *t = rig_transition(r, i, false);
	const struct fa_flow_transition *face = rig_transition(r, i, true);

	if (rig_is_refused(e, yes, h))
		return;
	if (fa_str_eq(e->text, FA_STR("重试")) && r->gives_in_at > 0 &&
		++r->retries >= r->gives_in_at) {
		rig_show(r, r->other);
		return;
	}
	if (fa_str_eq(e->text, FA_STR("崩溃")))
		h->crashed = r->crashed = true;
	else if (fa_str_eq(e->text, FA_STR("卡死")))
		h->hung = r->hung = true;
	else if (face) {
		h->camera = true;
		if (r->camera)
			rig_follow(r, face, h);
		else if (t)
			rig_follow(r, t, h);
	} else if (t)
		rig_follow(r, t, h);
	else if (e->role == FA_FLOW_CHECKBOX || e->role == FA_FLOW_RADIO ||
		e->role == FA_FLOW_SWITCH)
		r->toggled[i] = !r->toggled[i];
}

static int
rig_act(void *self, enum fa_act what, uint64_t handle, struct fa_str text,
	struct fa_happened *h, struct fa_arena *a, struct fa_err *err)
{
	struct rig *r = self;
	const struct fa_flow_transition *t;
	size_t n = strlen(r->filled);

	(void)a;
	r->acts_n++;
	switch (what) {
	case FA_ACT_TAP:
	case FA_ACT_TAP_YES:
		rig_tap(r, (uint32_t)handle - 1, what == FA_ACT_TAP_YES, h);
		break;
	case FA_ACT_FILL:
		snprintf(r->typed[handle - 1], sizeof(r->typed[0]), "%.*s",
			FA_STR_ARG(text));
		snprintf(r->filled + n, sizeof(r->filled) - n, "%.*s\n",
			FA_STR_ARG(text));
		break;
	case FA_ACT_BACK:
		t = rig_by_action(r, FA_FLOW_BACK);
		if (t)
			rig_follow(r, t, h);
		break;
	default:
		break;
	}
	return rig_failing(r, err);
}

static int
rig_camera(void *self, bool allow, struct fa_err *err)
{
	((struct rig *)self)->camera = allow;
	(void)err;
	return FA_OK;
}

static int
rig_screenshot(
	void *self, struct fa_str *png, struct fa_arena *a, struct fa_err *err)
{
	(void)self;
	(void)a;
	(void)err;
	*png = FA_STR("picture");
	return FA_OK;
}

static int
rig_dom(void *self, struct fa_str *html, struct fa_arena *a, struct fa_err *err)
{
	(void)self;
	(void)a;
	(void)err;
	*html = FA_STR("<p>page");
	return FA_OK;
}

static struct fa_str
rig_version(void *self)
{
	(void)self;
	return FA_STR("Rig/1");
}

static bool
rig_stop(void *ctx)
{
	const struct rig *r = ctx;

	return r->stop_after > 0 && r->kept >= r->stop_after;
}

static int
rig_keep(void *ctx, struct fa_flow_screen *s, struct fa_str png,
	struct fa_str dom, struct fa_err *err)
{
	struct rig *r = ctx;

	(void)err;
	assert_true(s->id.n > 0 && png.n > 0 && dom.n > 0);
	r->kept++;
	return FA_OK;
}

static unsigned
rig_missing(void *ctx, struct fa_str *why)
{
	struct rig *r = ctx;
	unsigned n = r->missing;

	r->missing = 0;
	*why = FA_STR("https://app.example/a.js: timeout");
	return n;
}

static inline void
rig_init(struct rig *r, const char *sketch)
{
	struct fa_bundle *b;

	memset(r, 0, sizeof(*r));
	fa_arena_init(&r->a, (size_t)1 << 30);
	if (fa_rules_load(&b, FA_STR("rules"), &r->a, &r->err) < 0 ||
		fa_vocab_new(&r->vocab, b, &r->a, &r->err) < 0 ||
		fa_import_sketch(&r->app, fa_str_c(sketch), &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
	r->browser = (struct fa_browser){ .self = r,
		.fresh = rig_fresh,
		.relaunch = rig_relaunch,
		.open = rig_open,
		.look = rig_look,
		.act = rig_act,
		.camera = rig_camera,
		.screenshot = rig_screenshot,
		.dom = rig_dom,
		.version = rig_version };
	r->o = (struct fa_walk_opts){ .url = FA_STR("https://app.example/"),
		.browser = &r->browser,
		.vocab = r->vocab,
		.screens = FA_WALK_SCREENS,
		.depth = FA_WALK_DEPTH,
		.actions = FA_WALK_ACTIONS,
		.time_ms = 600000,
		.simulate = true,
		.relaunch = true,
		.screenshots = true,
		.width = 412,
		.height = 915,
		.scale_c = 100,
		.today = 20261121,
		.stop = rig_stop,
		.keep = rig_keep,
		.missing = rig_missing,
		.ctx = r };
}

static inline void
rig_done(struct rig *r)
{
	fa_arena_done(&r->a);
}

static inline void
rig_walk(struct rig *r)
{
	if (fa_walk(&r->seen, &r->stats, &r->o, &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
}

/* The screen with this title, the nth of them. */
static inline uint32_t
rig_screen(const struct rig *r, const char *title)
{
	for (uint32_t i = 0; i < r->seen->screens_n; i++)
		if (fa_str_eq(r->seen->screens[i].title, fa_str_c(title)))
			return i;
	fail_msg("no screen %s", title);
	return FA_FLOW_NONE;
}

/* Is there such a transition between screens of these titles? to NULL: to
 * none; element NULL: any. */
static inline const struct fa_flow_transition *
rig_find(const struct rig *r, const char *from, enum fa_flow_action action,
	const char *element, const char *to)
{
	for (size_t i = 0; i < r->seen->transitions_n; i++) {
		const struct fa_flow_transition *t = &r->seen->transitions[i];
		const struct fa_flow_screen *s = &r->seen->screens[t->from];

		if (t->action != action ||
			!fa_str_eq(s->title, fa_str_c(from)) ||
			(t->to == FA_FLOW_NONE) != (to == NULL))
			continue;
		if (to &&
			!fa_str_eq(r->seen->screens[t->to].title, fa_str_c(to)))
			continue;
		if (element &&
			(t->element == FA_FLOW_NONE ||
				fa_str_find(s->elements[t->element].text,
					fa_str_c(element), 0) == SIZE_MAX))
			continue;
		return t;
	}
	return NULL;
}

static inline const struct fa_flow_gap *
rig_gap(const struct rig *r, enum fa_flow_gap_kind kind, const char *why)
{
	for (size_t i = 0; i < r->seen->gaps_n; i++)
		if (r->seen->gaps[i].kind == kind &&
			fa_str_find(r->seen->gaps[i].why, fa_str_c(why), 0) !=
				SIZE_MAX)
			return &r->seen->gaps[i];
	return NULL;
}

/* For who looks at a failure. */
static inline void
rig_dump(const struct rig *r)
{
	struct fa_buf b;

	fa_buf_init(&b, FA_FLOW_JSON_BYTES);
	if (fa_flow_write(r->seen, &b, NULL) == FA_OK)
		fprintf(stderr, "%s\n", b.p);
	fa_buf_done(&b);
}

#endif
