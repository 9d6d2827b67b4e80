#include "walk/walk.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "walk/internal.h"

#define NOTE_BYTES 256

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a walk");
}

/* The picture and the DOM of a screen that is seen now. Without them the
 * screen stays. */
static int
keep(struct fa_walk *w, uint32_t n, struct fa_err *err)
{
	struct fa_browser *b = w->o->browser;
	struct fa_str png = FA_STR_NONE, dom = FA_STR_NONE;
	struct fa_err ignored;

	if (!w->o->keep)
		return FA_OK;
	if (w->o->screenshots &&
		b->screenshot(b->self, &png, &w->scratch, &ignored) < 0)
		png = FA_STR_NONE;
	if (b->dom(b->self, &dom, &w->scratch, &ignored) < 0)
		dom = FA_STR_NONE;
	return w->o->keep(w->o->ctx, &w->flow->screens[n], png, dom, err);
}

static int
note_missing(struct fa_walk *w, uint32_t n, struct fa_err *err)
{
	struct fa_flow_gap gap = { .screen = n,
		.kind = FA_FLOW_GAP_NOT_LOADED,
		.element = FA_FLOW_NONE };

	if (!w->o->missing || w->o->missing(w->o->ctx, &gap.why) == 0 ||
		w->screens[n].not_loaded)
		return FA_OK;
	w->screens[n].not_loaded = true;
	return fa_walk_add_gap(w, &gap, err);
}

static void
fail_all(struct fa_walk *w, uint32_t n, struct fa_str why)
{
	struct fa_walk_screen *s = &w->screens[n];

	for (size_t i = 0; i < s->tries_n; i++)
		if (s->tries[i].fate == FA_WALK_TODO) {
			s->tries[i].fate = FA_WALK_FAILED;
			s->tries[i].why = why;
		}
}

/* The path of a new screen: that of before, and the steps behind it. */
static int
set_path(struct fa_walk *w, uint32_t n, uint32_t before,
	const struct fa_walk_step *steps, size_t steps_n, struct fa_err *err)
{
	struct fa_walk_screen *s = &w->screens[n];
	size_t first = before == FA_FLOW_NONE ? 0 : w->screens[before].path_n;

	s->path = fa_arena_new(w->a, first + steps_n, sizeof(*s->path));
	if (!s->path)
		return no_memory(err);
	if (first > 0)
		memcpy(s->path, w->screens[before].path,
			first * sizeof(*s->path));
	for (size_t i = 0; i < steps_n; i++)
		s->path[first + i] = steps[i];
	s->path_n = first + steps_n;
	if (steps_n > 0)
		s->path[s->path_n - 1].to = n;
	return FA_OK;
}

/* A screen whose boxes or inputs were changed is still the one before. */
static void
set_base(struct fa_walk *w, uint32_t n, const struct fa_walk_step *step)
{
	const struct fa_walk_screen *from = &w->screens[step->from];
	struct fa_walk_screen *s = &w->screens[n];
	enum fa_flow_action action = step->what.action;
	uint32_t same;

	if (action != FA_FLOW_CHECK && action != FA_FLOW_UNCHECK &&
		action != FA_FLOW_FILL && action != FA_FLOW_SCROLL)
		return;
	same = step->what.element == FA_FLOW_NONE
		? FA_FLOW_NONE
		: fa_walk_same_element(&w->flow->screens[n],
			  &w->flow->screens[step->from], step->what.element);
	if (action != FA_FLOW_SCROLL && action != FA_FLOW_FILL &&
		same == FA_FLOW_NONE)
		return;
	s->base = from->base != FA_FLOW_NONE ? from->base : step->from;
	s->box = action == FA_FLOW_CHECK || action == FA_FLOW_UNCHECK
		? same
		: from->box;
}

/* The look at hand is a screen that was not seen before. */
static int
discover(uint32_t *out, struct fa_walk *w, const char *key, uint32_t before,
	const struct fa_walk_step *steps, size_t steps_n,
	const struct fa_walk_past *past, struct fa_err *err)
{
	uint32_t n;
	int rc = fa_walk_add_screen(&n, w, key, err);

	if (rc == FA_OK)
		rc = set_path(w, n, before, steps, steps_n, err);
	if (rc < 0)
		return rc;
	w->screens[n].past = *past;
	w->screens[n].camera_open = steps_n == 0 &&
		(w->happened.camera || w->happened.file_chooser);
	if (steps_n > 0)
		set_base(w, n, &steps[steps_n - 1]);
	rc = keep(w, n, err);
	if (rc == FA_OK)
		rc = fa_walk_choose(w, n, err);
	if (rc == FA_OK && w->screens[n].path_n >= w->o->depth)
		fail_all(w, n, FA_STR("budget: depth"));
	if (rc == FA_OK && w->o->progress)
		w->o->progress(w->o->ctx, w->stats.screens, 0);
	*out = n;
	return rc;
}

int
fa_walk_identify(uint32_t *out, struct fa_walk *w, uint32_t before,
	const struct fa_walk_step *steps, size_t steps_n,
	const struct fa_walk_past *past, bool *new, struct fa_err *err)
{
	char key[FA_WALK_KEY_BYTES];
	int rc = fa_walk_key(key, w, &w->look.screen, past, err);

	*new = false;
	if (rc < 0)
		return rc;
	*out = fa_walk_find(w, key);
	if (*out != FA_FLOW_NONE)
		return FA_OK;
	if (w->flow->screens_n >= w->o->screens) {
		w->over = true;
		w->stats.limit = FA_STR("budget: screens");
		return FA_OK;
	}
	*new = true;
	return discover(out, w, key, before, steps, steps_n, past, err);
}

/* After a refusal the app is started again, what it stored kept: does it ask
 * again? from is where the refusal led, or the screen itself. */
static int
relaunch(struct fa_walk *w, uint32_t from, uint32_t refused,
	const struct fa_walk_step *tapped, struct fa_err *err)
{
	struct fa_walk_step steps[2] = { *tapped };
	struct fa_flow_transition x = { .from = from,
		.basis = FA_FLOW_OBSERVED,
		.action = FA_FLOW_RELAUNCH,
		.element = FA_FLOW_NONE };
	struct fa_buf note FA_CLEANUP(fa_buf_done);
	enum fa_walk_end end;
	struct fa_walk_past past = { .child = w->screens[refused].past.child };
	const char *why;
	uint32_t to;
	bool new;
	int rc;

	steps[1].from = from;
	steps[1].what = (struct fa_walk_try){ .action = FA_FLOW_RELAUNCH,
		.base = FA_FLOW_RELAUNCH,
		.element = FA_FLOW_NONE };
	w->at = FA_FLOW_NONE;
	rc = fa_walk_launch(&end, &why, w, false, err);
	if (rc < 0 || end != FA_WALK_SEEN)
		return rc;
	rc = fa_walk_identify(&to, w, refused, steps, 2, &past, &new, err);
	if (rc < 0 || to == FA_FLOW_NONE)
		return rc;
	x.to = to;
	x.effects = w->happened.effects;
	fa_buf_init(&note, NOTE_BYTES);
	fa_buf_addf(&note, "after %.*s of %.*s",
		FA_STR_ARG(w->flow->screens[refused]
				   .elements[tapped->what.element]
				   .id),
		FA_STR_ARG(w->flow->screens[refused].id));
	x.note = fa_buf_str(&note);
	rc = fa_walk_add_transition(w, &x, err);
	if (rc == FA_OK)
		rc = note_missing(w, to, err);
	w->at = new ? to : FA_FLOW_NONE;
	return rc;
}

/* A form that cannot be filled in is tried as it is. */
static void
undefer(struct fa_walk_screen *s)
{
	for (size_t i = 0; i < s->tries_n; i++)
		if (s->tries[i].fate == FA_WALK_DEFERRED)
			s->tries[i].fate = FA_WALK_TODO;
}

/* A question of the browser was answered by "cancel". */
static bool
asked_back(const struct fa_happened *h)
{
	return fa_str_find(h->dialogs, FA_STR("(cancel)"), 0) != SIZE_MAX;
}

/* The same is done once more, and the question answered by "OK". */
static int
add_yes(struct fa_walk *w, uint32_t from, const struct fa_walk_try *t,
	struct fa_err *err)
{
	struct fa_walk_try yes = *t;

	if (t->base != FA_FLOW_TAP || t->yes)
		return FA_OK;
	yes.yes = true;
	yes.fate = FA_WALK_TODO;
	return fa_walk_add_try(w, from, &yes, err);
}

/* The step led to a screen. */
static int
saw(uint32_t *out, struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t, struct fa_err *err)
{
	struct fa_walk_step step = { .from = from, .what = *t };
	struct fa_walk_past past = fa_walk_past_of(w, from, t);
	struct fa_happened h = w->happened;
	bool new, quiet;
	int rc = fa_walk_identify(out, w, from, &step, 1, &past, &new, err);

	if (rc < 0 || *out == FA_FLOW_NONE)
		return rc;
	if (t->action != FA_FLOW_WAIT || *out != from)
		rc = fa_walk_note(w, from, *out, t, err);
	if (rc == FA_OK)
		rc = note_missing(w, *out, err);
	if (t->action == FA_FLOW_WAIT && *out != from)
		fa_walk_passes(w, from);
	if (*out == from && t->action == FA_FLOW_FILL)
		undefer(&w->screens[from]);
	quiet = !h.camera && !h.file_chooser && !h.dialogs.n && !h.popup &&
		(h.effects & FA_FLOW_EFFECT_UPLOAD) == 0 &&
		t->action != FA_FLOW_FACE;
	w->at = new || (*out == from && quiet) ? *out : FA_FLOW_NONE;
	if (rc == FA_OK && asked_back(&h))
		rc = add_yes(w, from, t, err);
	return rc < 0 || new ? rc : fa_walk_insist(w, from, *out, t, err);
}

static int
went(struct fa_walk *w, uint32_t from, const struct fa_walk_try *t,
	enum fa_walk_end end, struct fa_err *err)
{
	int rc;

	w->at = FA_FLOW_NONE;
	/* That a page can be left by the back key says nothing about it, and
	 * the browser does not leave its first one. */
	if (t->action == FA_FLOW_BACK && end == FA_WALK_OUTSIDE)
		return fa_walk_stay(w, from, err);
	rc = fa_walk_note(w, from, FA_FLOW_NONE, t, err);
	if (rc == FA_OK && end == FA_WALK_LEFT)
		rc = fa_walk_add_end(w, from, FA_FLOW_END_EXTERNAL, err);
	return rc;
}

/* What was lost is tried once more, but for a crash. */
static int
failed(struct fa_walk *w, uint32_t from, size_t index, bool lost,
	const char *why, struct fa_err *err)
{
	struct fa_walk_try *t = &w->screens[from].tries[index];

	w->at = FA_FLOW_NONE;
	if (lost && !t->again && !w->happened.crashed) {
		t->fate = FA_WALK_TODO;
		t->again = true;
		return FA_OK;
	}
	t->fate = FA_WALK_FAILED;
	t->why = lost ? fa_str_c(why) : w->stats.limit;
	return lost ? note_missing(w, from, err) : FA_OK;
}

/* w->at is the screen `from` in its own state. */
static int
try_one(struct fa_walk *w, uint32_t from, struct fa_walk_try *todo,
	struct fa_err *err)
{
	struct fa_walk_try t = *todo;
	size_t index = (size_t)(todo - w->screens[from].tries);
	struct fa_walk_step step = { .from = from, .to = FA_FLOW_NONE };
	enum fa_walk_end end = FA_WALK_LOST;
	const char *why = "";
	uint32_t to = FA_FLOW_NONE;
	int rc;

	todo->fate = FA_WALK_DONE;
	rc = fa_walk_do(&end, &why, w, from, &t, err);
	if (rc == FA_OK)
		rc = fa_walk_note_capture(w, from, &t, err);
	if (rc < 0)
		return rc;
	if (end == FA_WALK_SEEN)
		rc = saw(&to, w, from, &t, err);
	else if (end != FA_WALK_LOST)
		rc = went(w, from, &t, end, err);
	if (rc < 0)
		return rc;
	if (end == FA_WALK_LOST || (end == FA_WALK_SEEN && to == FA_FLOW_NONE))
		return failed(w, from, index, end == FA_WALK_LOST, why, err);
	if (!w->o->relaunch || !fa_walk_refuses(&w->screens[from], &t))
		return FA_OK;
	step.what = t;
	step.to = to;
	return relaunch(w, to == FA_FLOW_NONE ? from : to, from, &step, err);
}

/* The screen seen last that has something to try, or FA_FLOW_NONE. */
static uint32_t
next_screen(const struct fa_walk *w)
{
	for (size_t i = w->flow->screens_n; i-- > 0;)
		if (fa_walk_next(w, (uint32_t)i))
			return (uint32_t)i;
	return FA_FLOW_NONE;
}

static int
explore(struct fa_walk *w, struct fa_err *err)
{
	int rc = FA_OK;

	while (rc == FA_OK && !fa_walk_is_over(w)) {
		struct fa_walk_try *t = NULL;
		const char *why = "";
		uint32_t n;

		if (w->at != FA_FLOW_NONE)
			t = fa_walk_next(w, w->at);
		if (t) {
			rc = try_one(w, w->at, t, err);
			continue;
		}
		n = next_screen(w);
		if (n == FA_FLOW_NONE)
			break;
		rc = fa_walk_reach(&why, w, n, err);
		if (rc == FA_OK && w->at == FA_FLOW_NONE && !w->over)
			fail_all(w, n, fa_str_c(why));
	}
	return rc;
}

/* Not even the first screen can be had: one that is empty says so. */
static int
no_start(struct fa_walk *w, const char *why, struct fa_err *err)
{
	struct fa_flow_gap gap = { .kind = FA_FLOW_GAP_NOT_LOADED,
		.element = FA_FLOW_NONE };
	struct fa_str said = FA_STR_NONE;
	uint32_t n;
	int rc;

	memset(&w->look, 0, sizeof(w->look));
	w->look.screen.url = w->o->url;
	rc = fa_walk_add_screen(&n, w, "", err);
	if (rc < 0)
		return rc;
	w->stats.unseen = true;
	w->flow->screens[n].complete = FA_TRI_NO;
	if (w->o->missing)
		(void)w->o->missing(w->o->ctx, &said);
	gap.why = said.n > 0 ? said : fa_str_c(why);
	return fa_walk_add_gap(w, &gap, err);
}

static int
start(struct fa_walk *w, struct fa_err *err)
{
	enum fa_walk_end end = FA_WALK_LOST;
	const char *why = "";
	struct fa_walk_past past = { .child = false };
	uint32_t n;
	bool new;
	int rc = FA_OK;

	/* What fails once at the start is tried again. */
	for (int i = 0; i < 2 && rc == FA_OK && end != FA_WALK_SEEN; i++) {
		if (fa_walk_is_over(w))
			break;
		rc = fa_walk_launch(&end, &why, w, true, err);
	}
	if (rc < 0)
		return rc;
	if (end != FA_WALK_SEEN)
		return no_start(w,
			end == FA_WALK_LOST           ? why
				: end == FA_WALK_LEFT ? "leads to another host"
						      : "closes at once",
			err);
	rc = fa_walk_identify(&n, w, FA_FLOW_NONE, NULL, 0, &past, &new, err);
	if (rc == FA_OK)
		rc = note_missing(w, n, err);
	w->at = n;
	return rc;
}

static int
set_source(struct fa_walk *w, struct fa_err *err)
{
	const struct fa_walk_opts *o = w->o;
	struct fa_flow *f = w->flow;

	f->platform = FA_FLOW_H5;
	f->importer = FA_STR("walk");
	f->device = fa_arena_dup(w->a, o->browser->version(o->browser->self));
	f->locale = FA_STR("zh-CN");
	f->scale_c = o->scale_c;
	f->screen_w = (int32_t)((int64_t)o->width * o->scale_c / 100);
	f->screen_h = (int32_t)((int64_t)o->height * o->scale_c / 100);
	return f->device.p ? FA_OK : no_memory(err);
}

int
fa_walk(struct fa_flow **out, struct fa_walk_stats *stats,
	const struct fa_walk_opts *o, struct fa_arena *a, struct fa_err *err)
{
	struct fa_walk w;
	int rc;

	assert(o->screens > 0 && o->browser);
	memset(&w, 0, sizeof(w));
	w.o = o;
	w.a = a;
	w.at = FA_FLOW_NONE;
	fa_arena_init(&w.scratch, FA_WALK_SCRATCH_BYTES);
	w.flow = fa_arena_new(a, 1, sizeof(*w.flow));
	rc = w.flow ? set_source(&w, err) : no_memory(err);
	if (rc == FA_OK)
		rc = start(&w, err);
	if (rc == FA_OK && !w.stats.unseen)
		rc = explore(&w, err);
	if (rc == FA_OK)
		rc = fa_walk_finish(&w, err);
	fa_arena_done(&w.scratch);
	if (rc < 0)
		return rc;
	*out = w.flow;
	*stats = w.stats;
	return FA_OK;
}

int
fa_walk_unseen(struct fa_flow **out, struct fa_str url, struct fa_str why,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_flow *f = fa_arena_new(a, 1, sizeof(*f));
	struct fa_flow_screen *s = fa_arena_new(a, 1, sizeof(*s));
	struct fa_flow_gap *gap = fa_arena_new(a, 1, sizeof(*gap));

	if (!f || !s || !gap)
		return no_memory(err);
	s->id = FA_STR("s0");
	s->url = fa_arena_dup(a, url);
	s->complete = FA_TRI_NO;
	*gap = (struct fa_flow_gap){ .kind = FA_FLOW_GAP_NOT_LOADED,
		.element = FA_FLOW_NONE,
		.why = fa_arena_dup(a, why) };
	if (!s->url.p || !gap->why.p)
		return no_memory(err);
	f->platform = FA_FLOW_H5;
	f->importer = FA_STR("walk");
	f->screens = s;
	f->gaps = gap;
	f->screens_n = f->gaps_n = 1;
	*out = f;
	return FA_OK;
}
