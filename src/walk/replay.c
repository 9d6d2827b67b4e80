/* Doing a step in the browser, and coming back to a screen by the steps that
 * led there. */
#include <string.h>
#include <time.h>

#include "walk/internal.h"

#define INPUTS_MAX 32 /* filled in of one form */
#define HOPS 2        /* tries to come back to a screen */

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
end_by(struct fa_walk *w, struct fa_str why)
{
	w->over = true;
	if (!w->stats.limit.p)
		w->stats.limit = why;
}

bool
fa_walk_is_over(struct fa_walk *w)
{
	if (w->over)
		return true;
	if (w->o->stop && w->o->stop(w->o->ctx)) {
		w->stats.stopped = true;
		w->over = true;
	} else if (w->end_ms == 0) {
		w->end_ms = now_ms() + w->o->time_ms;
	} else if (now_ms() >= w->end_ms) {
		end_by(w, FA_STR("budget: time"));
	} else if (w->stats.replays >= FA_WALK_REPLAYS) {
		end_by(w, FA_STR("budget: replays"));
	}
	return w->over;
}

static void
merge(struct fa_happened *to, const struct fa_happened *h)
{
	to->effects |= h->effects;
	if (h->dialogs.p)
		to->dialogs = h->dialogs;
	to->popup |= h->popup;
	to->camera |= h->camera;
	to->file_chooser |= h->file_chooser;
	to->download |= h->download;
	to->crashed |= h->crashed;
	to->hung |= h->hung;
	to->left |= h->left;
	if (h->left_to.p)
		to->left_to = h->left_to;
	if (to->camera)
		to->effects |= FA_FLOW_EFFECT_CAMERA;
}

/* What the browser cannot do once is the fault of the page; what it cannot do
 * again and again ends the walk with what was seen. */
static int
forgive(enum fa_walk_end *out, const char **why, struct fa_walk *w, int rc,
	const struct fa_err *err)
{
	(void)err;
	if (rc == FA_E_NOMEM)
		return rc;
	if (rc == FA_E_INTERRUPTED) {
		w->stats.stopped = true;
		w->over = true;
	}
	*out = FA_WALK_LOST;
	*why = rc == FA_E_NOTFOUND ? "it was not there any more"
				   : "the browser failed";
	if (rc != FA_E_NOTFOUND && ++w->failures >= FA_WALK_FAILURES)
		end_by(w, FA_STR("the browser fails again and again"));
	return FA_OK;
}

static bool
is_error_page(struct fa_str url)
{
	return fa_str_starts(url, FA_STR("chrome-error:")) ||
		fa_str_starts(url, FA_STR("about:blank"));
}

static int
look(enum fa_walk_end *out, const char **why, struct fa_walk *w, bool wait,
	struct fa_err *err)
{
	struct fa_browser *b = w->o->browser;
	struct fa_happened h;
	int rc = FA_OK;

	memset(&h, 0, sizeof(h));
	memset(&w->look, 0, sizeof(w->look));
	if (!w->happened.crashed && !w->happened.hung &&
		!(w->happened.effects & FA_FLOW_EFFECT_EXIT))
		rc = b->look(b->self, wait, &w->look, &h, &w->scratch, err);
	if (rc < 0)
		return forgive(out, why, w, rc, err);
	w->failures = 0;
	merge(&w->happened, &h);
	*out = FA_WALK_SEEN;
	if (w->happened.crashed || w->happened.hung) {
		*out = FA_WALK_LOST;
		*why = w->happened.crashed ? "the page crashed"
					   : "the page hung";
	} else if (w->happened.effects & FA_FLOW_EFFECT_EXIT) {
		*out = FA_WALK_OUTSIDE;
	} else if (w->happened.left) {
		*out = FA_WALK_LEFT;
	} else if (is_error_page(w->look.screen.url)) {
		*out = FA_WALK_LOST;
		*why = "the page could not be loaded";
	}
	return FA_OK;
}

static int
load(struct fa_walk *w, bool fresh, bool camera, struct fa_err *err)
{
	struct fa_browser *b = w->o->browser;
	struct fa_happened h;
	int rc = fresh ? b->fresh(b->self, err) : b->relaunch(b->self, err);

	memset(&h, 0, sizeof(h));
	if (rc == FA_OK && camera)
		rc = b->camera(b->self, true, err);
	if (rc == FA_OK)
		rc = b->open(b->self, w->o->url, &h, &w->scratch, err);
	merge(&w->happened, &h);
	return rc;
}

static void
begin(struct fa_walk *w)
{
	fa_arena_reset(&w->scratch);
	memset(&w->happened, 0, sizeof(w->happened));
}

int
fa_walk_launch(enum fa_walk_end *out, const char **why, struct fa_walk *w,
	bool fresh, struct fa_err *err)
{
	int rc;

	begin(w);
	rc = load(w, fresh, false, err);
	if (rc < 0)
		return forgive(out, why, w, rc, err);
	return look(out, why, w, false, err);
}

static int
act(struct fa_walk *w, enum fa_act what, uint64_t handle, struct fa_str text,
	struct fa_err *err)
{
	struct fa_browser *b = w->o->browser;
	struct fa_happened h;
	int rc;

	memset(&h, 0, sizeof(h));
	w->stats.taps++;
	rc = b->act(b->self, what, handle, text, &h, &w->scratch, err);
	if (rc == FA_OK)
		merge(&w->happened, &h);
	return rc;
}

struct form {
	uint64_t handle[INPUTS_MAX];
	struct fa_str value[INPUTS_MAX];
	char text[INPUTS_MAX][FA_WALK_VALUE_BYTES];
	size_t n;
};

/* A form is filled in as it is looked at now. */
static int
fill(struct fa_walk *w, bool child, struct fa_err *err)
{
	const struct fa_flow_screen *s = &w->look.screen;
	struct form form = { .n = 0 };
	int rc = FA_OK;

	for (uint32_t i = 0; i < s->elements_n && form.n < INPUTS_MAX; i++) {
		if (!fa_walk_fillable(&s->elements[i]))
			continue;
		form.handle[form.n] = w->look.handle[i];
		form.value[form.n] = fa_walk_value(
			s, i, child, w->o->today, form.text[form.n])
					     .text;
		form.n++;
	}
	begin(w);
	for (size_t i = 0; i < form.n && rc == FA_OK; i++)
		rc = act(w, FA_ACT_FILL, form.handle[i], form.value[i], err);
	return rc;
}

/* The handle of the element in the look at hand. */
static int
tap(struct fa_walk *w, uint32_t from, uint32_t element, bool yes,
	struct fa_err *err)
{
	uint32_t at = fa_walk_same_element(
		&w->look.screen, &w->flow->screens[from], element);
	uint64_t handle;

	if (at == FA_FLOW_NONE)
		return fa_fail(err, FA_E_NOTFOUND, "the element is gone");
	handle = w->look.handle[at];
	begin(w);
	return act(
		w, yes ? FA_ACT_TAP_YES : FA_ACT_TAP, handle, FA_STR_NONE, err);
}

static int
do_action(struct fa_walk *w, uint32_t from, const struct fa_walk_try *t,
	struct fa_err *err)
{
	bool camera = t->action == FA_FLOW_FACE;
	struct fa_browser *b = w->o->browser;
	int rc = camera ? b->camera(b->self, true, err) : FA_OK;

	if (rc < 0)
		return rc;
	switch (t->base) {
	case FA_FLOW_WAIT:
		begin(w);
		return FA_OK;
	case FA_FLOW_FILL:
		return fill(w, t->child, err);
	case FA_FLOW_BACK:
		begin(w);
		return act(w, FA_ACT_BACK, 0, FA_STR_NONE, err);
	case FA_FLOW_SCROLL:
		begin(w);
		return act(w, FA_ACT_SCROLL, 0, FA_STR_NONE, err);
	case FA_FLOW_LAUNCH:
	case FA_FLOW_RELAUNCH:
		begin(w);
		return load(w, false, camera, err);
	default:
		return tap(w, from, t->element, t->yes, err);
	}
}

static bool
goes_by_itself(const struct fa_walk *w, uint32_t n)
{
	for (size_t i = 0; i < w->flow->transitions_n; i++)
		if (w->flow->transitions[i].from == n &&
			w->flow->transitions[i].action == FA_FLOW_WAIT)
			return true;
	return false;
}

/* What a capture or a tap brings may take its time. What a tap was answered by
 * otherwise, or a screen does in any case, is not waited for. */
static bool
is_worth_waiting(
	const struct fa_walk *w, uint32_t from, const struct fa_walk_try *t)
{
	const struct fa_happened *h = &w->happened;

	if (t->action == FA_FLOW_FACE)
		return true;
	return t->action == FA_FLOW_TAP && !h->camera && !h->file_chooser &&
		!h->dialogs.n && !h->popup && !h->download &&
		!goes_by_itself(w, from);
}

/* When nothing is seen of the step yet, time passes. */
static int
see_late(enum fa_walk_end *out, const char **why, struct fa_walk *w,
	uint32_t from, struct fa_err *err)
{
	char key[FA_WALK_KEY_BYTES];
	int rc = fa_walk_key(
		key, w, &w->look.screen, &w->screens[from].past, err);

	if (rc < 0 || strcmp(key, w->screens[from].key) != 0)
		return rc;
	return look(out, why, w, true, err);
}

int
fa_walk_do(enum fa_walk_end *out, const char **why, struct fa_walk *w,
	uint32_t from, const struct fa_walk_try *t, struct fa_err *err)
{
	int rc = do_action(w, from, t, err);

	if (rc < 0)
		return forgive(out, why, w, rc, err);
	rc = look(out, why, w, t->base == FA_FLOW_WAIT, err);
	if (rc == FA_OK && *out == FA_WALK_SEEN && is_worth_waiting(w, from, t))
		rc = see_late(out, why, w, from, err);
	return rc;
}

/* Is what is seen the screen n? What is not there yet may come by itself. */
static int
arrived(bool *out, struct fa_walk *w, uint32_t n, bool patient,
	struct fa_err *err)
{
	char key[FA_WALK_KEY_BYTES];
	enum fa_walk_end end = FA_WALK_SEEN;
	const char *why;
	int rc = FA_OK;

	for (int turn = 0; turn < 2; turn++) {
		rc = fa_walk_key(
			key, w, &w->look.screen, &w->screens[n].past, err);
		*out = rc == FA_OK && end == FA_WALK_SEEN &&
			strcmp(key, w->screens[n].key) == 0;
		if (rc < 0 || *out || !patient || turn > 0)
			return rc;
		rc = look(&end, &why, w, true, err);
		if (rc < 0)
			return rc;
	}
	return rc;
}

int
fa_walk_stay(struct fa_walk *w, uint32_t screen, struct fa_err *err)
{
	enum fa_walk_end end;
	const char *why;
	bool there = false;
	int rc;

	begin(w);
	rc = look(&end, &why, w, false, err);
	if (rc == FA_OK && end == FA_WALK_SEEN)
		rc = arrived(&there, w, screen, false, err);
	w->at = there ? screen : FA_FLOW_NONE;
	return rc;
}

static int
follow(bool *out, const char **why, struct fa_walk *w, uint32_t screen,
	struct fa_err *err)
{
	enum fa_walk_end end;
	int rc = fa_walk_launch(&end, why, w, true, err);

	*out = rc == FA_OK && end == FA_WALK_SEEN;
	if (*out)
		rc = arrived(out, w, w->flow->start, true, err);
	for (size_t i = 0; rc == FA_OK && *out && i < w->screens[screen].path_n;
		i++) {
		const struct fa_walk_step *s = &w->screens[screen].path[i];

		if (fa_walk_is_over(w)) {
			*out = false;
			return FA_OK;
		}
		rc = fa_walk_do(&end, why, w, s->from, &s->what, err);
		if (rc < 0 || s->to == FA_FLOW_NONE)
			continue;
		*out = end == FA_WALK_SEEN;
		if (*out)
			rc = arrived(out, w, s->to,
				s->what.base != FA_FLOW_WAIT, err);
	}
	return rc;
}

int
fa_walk_reach(const char **why, struct fa_walk *w, uint32_t screen,
	struct fa_err *err)
{
	bool there = false;
	int rc = FA_OK;

	w->at = FA_FLOW_NONE;
	for (int i = 0; i < HOPS && rc == FA_OK && !there; i++) {
		if (fa_walk_is_over(w))
			return FA_OK;
		*why = "the same steps led elsewhere";
		w->stats.replays++;
		rc = follow(&there, why, w, screen, err);
		if (rc == FA_OK && !there)
			w->stats.diverged++;
	}
	if (there)
		w->at = screen;
	return rc;
}
