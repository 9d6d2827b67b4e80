/* steps.txt, one line for what was done on a dump and what came of it:
 *
 *   steps   = line*
 *   line    = ("start" | "complete" | "service") NAME
 *           | NAME ACTION target? (NUMBER "s")? "->" goal FLAGS?
 *   target  = '"' TEXT '"' | "#" ID | X "," Y
 *   goal    = NAME | "!exit" | "!external"
 *   FLAGS   = "{" ("camera" | "upload")* "}"
 *
 * NAME is the name of a dump below the folder, ACTION one of consent-flow/1,
 * TEXT what the element shows, ID its native id or the part behind the last
 * "/", X and Y device pixels. Names with blanks stand in quotes. "#" at the
 * beginning of a line is a comment. */
#include <stddef.h>

#include "base/num.h"
#include "flow/recording.h"

#define SHOWN_BYTES 100
#define WORDS_MAX 12
#define SECONDS_MAX 86400
#define PIXELS_MAX 100000

struct word {
	struct fa_str s;
	bool quoted;
};

struct steps {
	struct fa_draft *d;
	const struct fa_recording_dump *dumps;
	size_t n;
	size_t line;
	bool *complete; /* of each screen */
	struct word words[WORDS_MAX];
	size_t words_n;
};

static void
fail(struct steps *t, const char *what, struct fa_str shown)
{
	fa_draft_fail(t->d, FA_E_INPUT,
		FA_RECORDING_STEPS ", line %zu: %s \"%.*s\"", t->line, what,
		FA_STR_ARG(fa_str_sub(shown, 0, SHOWN_BYTES)));
}

/* Splits at blanks; what stands in quotes is one word. */
static void
split(struct steps *t, struct fa_str s)
{
	t->words_n = 0;
	while ((s = fa_str_trim(s)).n > 0 && t->d->rc == FA_OK) {
		struct word w = { .quoted = s.p[0] == '"' };
		size_t end = 1;

		if (t->words_n == WORDS_MAX) {
			fail(t, "too many words from", s);
			return;
		}
		while (end < s.n &&
			(w.quoted ? s.p[end] != '"'
				  : s.p[end] != ' ' && s.p[end] != '\t'))
			end++;
		if (w.quoted && end == s.n) {
			fail(t, "quote without an end:", s);
			return;
		}
		w.s = fa_str_sub(s, w.quoted ? 1 : 0, end);
		t->words[t->words_n++] = w;
		s = fa_str_sub(s, end + (w.quoted ? 1 : 0), s.n);
	}
}

static uint32_t
screen_of(struct steps *t, struct fa_str name)
{
	size_t i = fa_str_search(t->dumps, t->n, sizeof(*t->dumps),
		offsetof(struct fa_recording_dump, name), name);

	if (i < t->n)
		return t->dumps[i].screen;
	fail(t, "no dump has the name", name);
	return FA_FLOW_NONE;
}

/* Native ids are named whole, or by what stands behind their last slash. */
static bool
has_id(const struct fa_flow_element *e, struct fa_str id)
{
	return e->native_id.n > 0 &&
		(fa_str_eq(e->native_id, id) ||
			fa_str_eq(fa_import_base(e->native_id), id));
}

static bool
shows(const struct fa_flow_element *e, struct fa_str text)
{
	return fa_str_eq(e->text, text) || fa_str_eq(e->label, text) ||
		fa_str_eq(e->hint, text);
}

static bool
parse_point(struct fa_str s, int64_t *x, int64_t *y)
{
	struct fa_str rest = s;
	struct fa_str first = fa_str_cut(&rest, ',');
	uint64_t a, b;

	if (!fa_num_u64(first, PIXELS_MAX, &a) ||
		!fa_num_u64(rest, PIXELS_MAX, &b))
		return false;
	*x = (int64_t)a;
	*y = (int64_t)b;
	return true;
}

static bool
contains(const struct fa_flow_element *e, int64_t x, int64_t y)
{
	return e->has_box && x >= e->box.x && y >= e->box.y &&
		x < (int64_t)e->box.x + e->box.w &&
		y < (int64_t)e->box.y + e->box.h;
}

/* The better of two elements that a target may mean: one that can be tapped,
 * then the smaller. */
static bool
better(const struct fa_flow_element *a, const struct fa_flow_element *b)
{
	bool x = a->clickable == FA_TRI_YES;
	bool y = b->clickable == FA_TRI_YES;

	if (x != y)
		return x;
	return a->has_box && b->has_box &&
		(int64_t)a->box.w * a->box.h < (int64_t)b->box.w * b->box.h;
}

static uint32_t
find_target(struct steps *t, uint32_t screen, const struct word *w)
{
	const struct fa_flow_screen *s = &t->d->f->screens[screen];
	bool id = !w->quoted && w->s.p[0] == '#';
	int64_t x = 0, y = 0;
	uint32_t best = FA_FLOW_NONE;

	if (!w->quoted && !id && !parse_point(w->s, &x, &y)) {
		fail(t, "expected \"text\", #id or x,y, found", w->s);
		return best;
	}
	for (uint32_t i = 0; i < s->elements_n; i++) {
		const struct fa_flow_element *e = &s->elements[i];
		bool hit = w->quoted ? shows(e, w->s)
			: id         ? has_id(e, fa_str_sub(w->s, 1, w->s.n))
				     : contains(e, x, y);

		if (hit &&
			(best == FA_FLOW_NONE || better(e, &s->elements[best])))
			best = i;
	}
	if (best == FA_FLOW_NONE)
		fail(t, "the dump has no element", w->s);
	return best;
}

static void
read_flag(struct steps *t, struct fa_flow_transition *x, struct fa_str word)
{
	struct fa_str s = word;

	if (s.n > 0 && s.p[0] == '{')
		s = fa_str_sub(s, 1, s.n);
	if (s.n > 0 && s.p[s.n - 1] == '}')
		s = fa_str_sub(s, 0, s.n - 1);
	if (fa_str_eq(s, FA_STR("camera")))
		x->effects |= FA_FLOW_EFFECT_CAMERA;
	else if (fa_str_eq(s, FA_STR("upload")))
		x->effects |= FA_FLOW_EFFECT_UPLOAD;
	else if (s.n > 0)
		fail(t, "flag is not known:", s);
}

static bool
parse_seconds(struct fa_str s, uint32_t *ms)
{
	uint64_t n;

	if (s.n < 2 || s.p[s.n - 1] != 's' ||
		!fa_num_u64(fa_str_sub(s, 0, s.n - 1), SECONDS_MAX, &n))
		return false;
	*ms = (uint32_t)n * 1000;
	return true;
}

/* FROM ACTION target? seconds? "->" goal flags? */
static void
read_step(struct steps *t, size_t arrow)
{
	uint32_t from = screen_of(t, t->words[0].s);
	int action = fa_flow_action_parse(t->words[1].s);
	struct fa_str goal = t->words[arrow + 1].s;
	bool outside =
		!t->words[arrow + 1].quoted && goal.n > 0 && goal.p[0] == '!';
	struct fa_flow_transition *x;
	uint32_t to = FA_FLOW_NONE;

	if (action < 0)
		fail(t, "action is not known:", t->words[1].s);
	if (!outside)
		to = screen_of(t, goal);
	if (t->d->rc < 0)
		return;
	x = fa_draft_go(
		t->d, from, to, FA_FLOW_OBSERVED, (enum fa_flow_action)action);
	for (size_t i = 2; i < arrow; i++) {
		if (t->words[i].quoted ||
			!parse_seconds(t->words[i].s, &x->wait_ms))
			x->element = find_target(t, from, &t->words[i]);
	}
	for (size_t i = arrow + 2; i < t->words_n; i++)
		read_flag(t, x, t->words[i].s);
	if (!outside)
		return;
	if (fa_str_eq(goal, FA_STR("!exit"))) {
		x->effects |= FA_FLOW_EFFECT_EXIT;
	} else if (fa_str_eq(goal, FA_STR("!external"))) {
		x->note = FA_STR("external");
		fa_draft_end(t->d, from, FA_FLOW_END_EXTERNAL);
	} else {
		fail(t, "expected a dump, !exit or !external, found", goal);
	}
}

static void
read_line(struct steps *t)
{
	struct fa_str first = t->words[0].s;
	size_t arrow = 0;

	for (size_t i = 2; i < t->words_n && arrow == 0; i++) {
		if (!t->words[i].quoted &&
			fa_str_eq(t->words[i].s, FA_STR("->")))
			arrow = i;
	}
	if (arrow > 0 && arrow + 1 < t->words_n) {
		read_step(t, arrow);
	} else if (t->words_n != 2 || arrow > 0) {
		fail(t, "expected \"dump action target -> dump\" from", first);
	} else {
		uint32_t screen = screen_of(t, t->words[1].s);

		if (t->d->rc < 0)
			return;
		if (fa_str_eq(first, FA_STR("start")))
			t->d->f->start = screen;
		else if (fa_str_eq(first, FA_STR("complete")))
			t->complete[screen] = true;
		else if (fa_str_eq(first, FA_STR("service")))
			fa_draft_end(t->d, screen, FA_FLOW_END_SERVICE);
		else
			fail(t, "expected start, complete or service, found",
				first);
	}
}

void
fa_steps_read(struct fa_draft *d, struct fa_str text,
	const struct fa_recording_dump *dumps, size_t n)
{
	struct steps t = { .d = d, .dumps = dumps, .n = n };
	struct fa_str rest = text;

	if (d->rc < 0)
		return;
	t.complete =
		fa_arena_new(d->a, d->f->screens_n + 1, sizeof(*t.complete));
	if (t.complete == NULL)
		fa_draft_fail(d, FA_E_NOMEM, "out of memory for steps");
	while (rest.p != NULL && d->rc == FA_OK) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));

		t.line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		split(&t, line);
		if (d->rc == FA_OK)
			read_line(&t);
	}
	for (uint32_t i = 0; d->rc == FA_OK && i < d->f->screens_n; i++) {
		if (!t.complete[i])
			fa_draft_gap(d, i, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE,
				NULL);
	}
}
