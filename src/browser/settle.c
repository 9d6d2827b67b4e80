/* Waiting. The time of a page stands still unless it is given some: timers,
 * countdowns and late dialogs come when we want them to, the same in every run,
 * and no second is waited for. (Emulation.setVirtualTimePolicy; time does not
 * pass while a request of the page is under way.) */
#include "base/num.h"
#include "browser/chromium.h"
#include "browser/script.h"

#define FIRST_STEP_MS 300 /* of the page's time: no page is quiet before */
#define STEP_MS 100       /* between two looks; nothing changes in the last */
#define ROUNDS_MAX 40
#define DRAWINGS_MAX 4         /* in one round, of a page that wants more */
#define LOOKAHEAD_STEP_MS 250  /* at least, while time passes */
#define LOOKAHEAD_SLOW_MS 1000 /* the same for pages whose looks take long */
#define SLOW_LOOK_MS 40
#define FRAMES_MS 400   /* real time, until a frame is drawn */
#define NO_FRAMES_MAX 4 /* then nobody waits for them again */
#define STUCK_MS 1500   /* real time: nothing is asked, and time stands */
#define STARVED_TASKS 5000
#define CATCH_UP_MAX_MS 600000

bool
fa_chromium_is_fault(const struct fa_chromium *b)
{
	return b->broken || b->current < 0;
}

static bool
is_over(struct fa_chromium *b, struct fa_patience *p)
{
	struct fa_patience_of of = fa_chromium_patience(b);

	return fa_patience_over(p, &of, fa_cdp_now_ms());
}

/* Gives the page ms of its time, and waits until they are over, the page is
 * another one, or deadline is reached. */
static int
advance(struct fa_chromium *b, int ms, struct fa_patience *deadline,
	struct fa_err *err)
{
	struct fa_chromium_page *p = fa_chromium_page(b);
	struct fa_patience stuck;
	int page = b->current;
	struct fa_jw *w;
	int rc;

	fa_patience_begin(&stuck, STUCK_MS, fa_cdp_now_ms());
	p->expired = false;
	p->given_ms += ms;
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b),
		"Emulation.setVirtualTimePolicy");
	fa_jw_kstr(w, "policy",
		p->stuck ? FA_STR("advance")
			 : FA_STR("pauseIfNetworkFetchesPending"));
	fa_jw_kint(w, "budget", ms);
	fa_jw_kint(w, "maxVirtualTimeTaskStarvationCount", STARVED_TASKS);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
	while (rc == FA_OK && !fa_chromium_is_fault(b) && b->current == page &&
		!p->expired) {
		if (b->asked > 0 || p->navigating)
			fa_patience_begin(&stuck, STUCK_MS, fa_cdp_now_ms());
		if (is_over(b, deadline))
			break;
		if (is_over(b, &stuck)) {
			p->stuck = true;
			break;
		}
		rc = fa_chromium_blame(b, fa_cdp_pump(&b->cdp, 20, err), err);
	}
	return rc;
}

/* The threads that draw go by the page's clock, too, but get their appointments
 * by the machine's. One that was late once waits for a moment which the page's
 * clock, standing still, never comes to: no frame is drawn from then on, and
 * who asks for a picture waits for ever. On a busy machine that happens to
 * every second page. It goes on when the page's time has caught up with ours.
 */
int
fa_chromium_catch_up(struct fa_chromium *b, int more_ms, struct fa_err *err)
{
	struct fa_chromium_page *p = fa_chromium_page(b);
	int64_t now = fa_cdp_now_ms();
	int64_t ms = now - p->begun_ms - p->given_ms;
	struct fa_patience deadline;
	bool stuck = p->stuck;
	int rc;

	if (ms < 0 || ms > CATCH_UP_MAX_MS)
		ms = ms < 0 ? 0 : CATCH_UP_MAX_MS;
	fa_patience_begin(&deadline, FA_BROWSER_CALL_MS, now);
	p->stuck = true; /* it goes on, whatever is under way */
	b->waited = false;
	rc = advance(b, (int)ms + more_ms, &deadline, err);
	if (!fa_chromium_is_fault(b))
		fa_chromium_page(b)->stuck = stuck;
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

/* What the script in the page says of it. */
struct state {
	bool known;       /* nothing goes on that it cannot see */
	bool frame;       /* a frame is wanted */
	int64_t timer_ms; /* until the next one; -1: none */
	uint32_t mark;    /* another one: something changed */
};

static int
ask_state(struct fa_chromium *b, struct state *out, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, fa_chromium_session(b), "Runtime.evaluate");
	struct fa_str rest, frame, timer, other;
	uint64_t ms;
	int rc;

	*out = (struct state){ .frame = true };
	fa_jw_kstr(w, "expression", fa_str_c(fa_script_state()));
	fa_jw_kbool(w, "returnByValue", true);
	rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), &result, err);
	if (rc != FA_OK || fa_chromium_is_fault(b))
		return rc == FA_E_INPUT ? FA_OK : rc;
	rest = fa_json_text(fa_json_find(result, "result"), "value");
	frame = fa_str_cut(&rest, ' ');
	timer = fa_str_cut(&rest, ' ');
	other = fa_str_cut(&rest, ' ');
	if (rest.p == NULL)
		return FA_OK;
	out->known = fa_str_eq(other, FA_STR("0"));
	out->frame = fa_str_eq(frame, FA_STR("1"));
	out->timer_ms = fa_num_u64(timer, INT32_MAX, &ms) ? (int64_t)ms : -1;
	out->mark = fa_str_hash(rest);
	return FA_OK;
}

static bool
is_under_way(const struct fa_chromium *b)
{
	return b->asked > 0 || b->pages[b->current].navigating;
}

/* What the last round of waiting saw. */
struct calm {
	struct state state;
	bool has_digest;
	uint64_t digest;
};

/* Frames, as long as some are wanted; at least one after a change. */
static int
draw_all(struct fa_chromium *b, struct state *s, const struct calm *last,
	struct fa_err *err)
{
	bool changed = last == NULL || s->mark != last->state.mark;
	int rc = FA_OK;

	for (int i = 0; i < DRAWINGS_MAX && rc == FA_OK &&
		!fa_chromium_is_fault(b) && (s->frame || (i == 0 && changed));
		i++) {
		rc = draw(b, err);
		if (rc == FA_OK && !fa_chromium_is_fault(b))
			rc = ask_state(b, s, err);
	}
	return rc;
}

/* Time, drawings; then whether anything is another than in the last round,
 * by what the page's script says, or else by a look at all of it. */
static int
settle_round(struct fa_chromium *b, int ms, struct fa_patience *deadline,
	bool first, struct calm *calm, bool *same, struct fa_err *err)
{
	struct calm last = *calm;
	int page = b->current;
	int rc = advance(b, ms, deadline, err);

	*same = false;
	*calm = (struct calm){ .has_digest = false };
	if (rc == FA_OK && !fa_chromium_is_fault(b) && page == b->current)
		rc = ask_state(b, &calm->state, err);
	if (rc == FA_OK && !fa_chromium_is_fault(b) && page == b->current)
		rc = draw_all(b, &calm->state, first ? NULL : &last, err);
	if (rc != FA_OK || fa_chromium_is_fault(b) || page != b->current)
		return rc;
	if (calm->state.known &&
		(first ||
			(last.state.known &&
				calm->state.mark == last.state.mark))) {
		*same = !first;
		return FA_OK;
	}
	rc = fa_chromium_see_digest(b, &calm->digest, err);
	calm->has_digest = rc == FA_OK;
	*same = !first && last.has_digest && calm->digest == last.digest;
	return rc;
}

int
fa_chromium_settle(struct fa_chromium *b, bool *settled, struct fa_err *err)
{
	struct fa_patience deadline;
	struct calm calm = { .has_digest = false };
	bool same = false;
	int page = -1;
	int rc = FA_OK;

	fa_patience_begin(&deadline, FA_BROWSER_SETTLE_MS, fa_cdp_now_ms());
	*settled = false;
	for (int i = 0;
		i < ROUNDS_MAX && rc == FA_OK && !fa_chromium_is_fault(b);
		i++) {
		struct fa_chromium_page *p = fa_chromium_page(b);
		bool first = page != b->current;

		page = b->current;
		if (!p->guarded)
			(void)fa_chromium_guard(b, fa_chromium_session(b));
		p->guarded = true;
		rc = settle_round(b, first ? FIRST_STEP_MS : STEP_MS, &deadline,
			first, &calm, &same, err);
		if (rc != FA_OK || fa_chromium_is_fault(b))
			break;
		if (page != b->current)
			continue;
		*settled = same && !is_under_way(b);
		if (*settled || is_over(b, &deadline))
			break;
	}
	b->waited = true;
	b->settled = *settled;
	return rc;
}

/* How much time passes at once: until the next timer, or all that is left
 * when there is none. */
static int
next_step(const struct state *s, int step, int left)
{
	int64_t ms = s->known ? s->timer_ms : step;

	if (ms < 0 || ms > left)
		ms = left;
	return ms < step && left > step ? step : (int)ms;
}

/* One step; *digest is that of what is seen then, as far as it is needed. */
static int
step_ahead(struct fa_chromium *b, int ms, bool last, struct fa_patience *end,
	struct state *state, uint64_t *digest, struct fa_err *err)
{
	struct state before = *state;
	int rc = advance(b, ms, end, err);

	if (rc == FA_OK && !fa_chromium_is_fault(b))
		rc = ask_state(b, state, err);
	if (rc != FA_OK || fa_chromium_is_fault(b) ||
		(!last && state->known && before.known &&
			state->mark == before.mark))
		return rc;
	return fa_chromium_see_digest(b, digest, err);
}

/* Gives the page its time until something changes. */
static int
look_ahead(struct fa_chromium *b, struct fa_look *out, bool *changed,
	struct fa_err *err)
{
	uint64_t first = fa_snap_digest(out);
	struct fa_patience end;
	int step = LOOKAHEAD_STEP_MS, t = 0;
	int page = b->current;
	struct state state;
	int rc = ask_state(b, &state, err);

	fa_patience_begin(&end, FA_BROWSER_SETTLE_MS, fa_cdp_now_ms());
	*changed = false;
	b->waited = false;
	while (rc == FA_OK && !fa_chromium_is_fault(b) && !*changed &&
		t < FA_BROWSER_LOOKAHEAD_MS) {
		int ms = next_step(&state, step, FA_BROWSER_LOOKAHEAD_MS - t);
		uint64_t digest = first;
		int64_t before = fa_cdp_now_ms();

		t += ms;
		rc = step_ahead(b, ms, t >= FA_BROWSER_LOOKAHEAD_MS, &end,
			&state, &digest, err);
		*changed = rc == FA_OK && !fa_chromium_is_fault(b) &&
			(digest != first || b->current != page);
		out->after_ms = (uint32_t)t;
		if (fa_cdp_now_ms() - before > SLOW_LOOK_MS)
			step = LOOKAHEAD_SLOW_MS;
		if (is_over(b, &end))
			break;
	}
	return rc;
}

static int
look_once(struct fa_chromium *b, struct fa_look *out, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_look look = { 0 };
	bool settled = b->settled;
	int rc = FA_OK;

	/* Time stands still since somebody waited. */
	if (!b->waited)
		rc = fa_chromium_settle(b, &settled, err);
	if (rc == FA_OK && !fa_chromium_is_fault(b))
		rc = fa_chromium_see(b, &look, a, err);
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

	if (!fa_chromium_is_fault(b))
		rc = look_once(b, &look, a, err);
	if (rc == FA_OK && wait && !fa_chromium_is_fault(b) &&
		!look.too_large) {
		rc = look_ahead(b, &look, &changed, err);
		after_ms = look.after_ms;
		if (rc == FA_OK && changed && !fa_chromium_is_fault(b))
			rc = look_once(b, &look, a, err);
	}
	look.changed_by_itself = changed;
	look.after_ms = changed ? after_ms : 0;
	if (fa_chromium_is_fault(b)) {
		look = (struct fa_look){ 0 };
		look.screen.complete = FA_TRI_NO;
	}
	if (rc == FA_OK)
		rc = fa_chromium_report(b, h, a, err);
	if (rc == FA_OK)
		*out = look;
	return rc;
}
