/* The inside of a walk. Private to walk.
 *
 * A state of the app is known by its key (state.c): what it looks like, and
 * the little of its history that a look does not show. Every state that is
 * seen becomes a screen with a list of tries: what can be done there, in the
 * order of their ranks. Trying is depth-first. A screen is only tried out in
 * the state in which it was first seen, which is made again by a fresh context
 * and the steps that led there (replay.c): what an app remembers of other
 * paths cannot mix with this one. */
#ifndef FA_WALK_INTERNAL_H
#define FA_WALK_INTERNAL_H

#include "walk/walk.h"

#define FA_WALK_KEY_BYTES 128
#define FA_WALK_SCRATCH_BYTES ((size_t)256 << 20) /* one look and its acts */
#define FA_WALK_FAILURES 3 /* of the browser in a row; then it is left */

/* Order of trying: what refuses comes before what agrees, captures are last. */
enum fa_walk_rank {
	FA_WALK_RANK_WAIT,
	FA_WALK_RANK_REFUSE,
	FA_WALK_RANK_OTHER, /* another way to verify */
	FA_WALK_RANK_LEAVE, /* exit, back, close */
	FA_WALK_RANK_BOX,
	FA_WALK_RANK_FILL,
	FA_WALK_RANK_PLAIN,
	FA_WALK_RANK_BACK,
	FA_WALK_RANK_AGREE,
	FA_WALK_RANK_FACE,
	FA_WALK_RANK_CAPTURE,
	FA_WALK_RANK_SIMULATE
};

enum fa_walk_fate {
	FA_WALK_TODO,
	FA_WALK_DONE,
	FA_WALK_FAILED,    /* with why: a gap */
	FA_WALK_AS_BEFORE, /* leads where it leads on the screen `like` */
	FA_WALK_DEFERRED   /* a form wants to be filled in first */
};

struct fa_walk_try {
	enum fa_flow_action action;
	enum fa_flow_action base; /* of FACE: what is done with the camera
				   * allowed: TAP, WAIT, LAUNCH ... */
	uint32_t element;         /* of the screen, or FA_FLOW_NONE */
	bool child;               /* FILL: as a child would */
	bool yes; /* TAP: what the browser asks then is answered by "OK" */
	enum fa_walk_rank rank;
	enum fa_walk_fate fate;
	bool again; /* failed once: a busy machine looks like a page that
		     * hangs */
	uint32_t like;
	struct fa_str why;
};

struct fa_walk_step {
	uint32_t from, to;
	struct fa_walk_try what;
};

/* What an app knows and a look does not show. */
struct fa_walk_past {
	bool child;      /* it was told that its user is a child */
	uint32_t intent; /* what the user is about to do: the controls of
			  * rights that were tapped last; 0: none */
};

struct fa_walk_screen {
	char key[FA_WALK_KEY_BYTES];
	struct fa_view_screen view;
	struct fa_walk_step *path;
	size_t path_n;
	struct fa_walk_past past;
	uint32_t base;    /* screen whose boxes or inputs this one has changed,
			   * or FA_FLOW_NONE */
	uint32_t box;     /* the element that was ticked last, if any */
	bool document;    /* nothing but a text: not explored further */
	bool camera_open; /* the camera was asked for at the launch */
	bool not_loaded;  /* its gap is noted */
	struct fa_walk_try *tries;
	size_t tries_n, tries_cap;
};

struct fa_walk {
	const struct fa_walk_opts *o;
	struct fa_arena *a;      /* of the flow */
	struct fa_arena scratch; /* of the look at hand */
	struct fa_look look;
	struct fa_happened happened; /* of the step at hand */
	struct fa_flow *flow;
	struct fa_walk_screen *screens; /* beside flow->screens */
	size_t screens_cap, flow_cap, transitions_cap, gaps_cap, ends_cap;
	struct fa_walk_stats stats;
	uint32_t at; /* the screen in its own state, or FA_FLOW_NONE */
	int64_t end_ms;
	unsigned failures;
	bool over;
};

/* state.c */
FA_MUST_CHECK int fa_walk_key(char out[FA_WALK_KEY_BYTES], struct fa_walk *w,
	const struct fa_flow_screen *s, const struct fa_walk_past *past,
	struct fa_err *err);
uint32_t fa_walk_find(const struct fa_walk *w, const char *key);
/* The element of s that is the same as e, which had the index at. */
uint32_t fa_walk_same_element(const struct fa_flow_screen *s,
	const struct fa_flow_screen *of, uint32_t at);
/* Copies the screen of the look into the flow, with ids; its number. */
FA_MUST_CHECK int fa_walk_add_screen(
	uint32_t *out, struct fa_walk *w, const char *key, struct fa_err *err);
FA_MUST_CHECK int fa_walk_add_transition(struct fa_walk *w,
	const struct fa_flow_transition *t, struct fa_err *err);
FA_MUST_CHECK int fa_walk_add_gap(
	struct fa_walk *w, const struct fa_flow_gap *g, struct fa_err *err);
FA_MUST_CHECK int fa_walk_add_end(struct fa_walk *w, uint32_t screen,
	enum fa_flow_end_kind kind, struct fa_err *err);

/* choose.c: what can be tried on a screen. */
FA_MUST_CHECK int fa_walk_choose(
	struct fa_walk *w, uint32_t screen, struct fa_err *err);
FA_MUST_CHECK int fa_walk_add_try(struct fa_walk *w, uint32_t screen,
	const struct fa_walk_try *t, struct fa_err *err);
/* The screen n goes away by itself. What can be tapped there and on the screens
 * before it, and is no choice between the ways to go on, is taken to do what it
 * does there: nobody begins something else while a check is under way. */
void fa_walk_passes(struct fa_walk *w, uint32_t n);
/* Does the app ask for consent or for a check here, or do it? */
bool fa_walk_asks(const struct fa_view_screen *v);
/* The next try of a screen, or NULL. */
struct fa_walk_try *fa_walk_next(const struct fa_walk *w, uint32_t screen);
/* Is this the refusal of a consent or of a face check? */
bool fa_walk_refuses(
	const struct fa_walk_screen *s, const struct fa_walk_try *t);

/* fill.c: made-up values. */
struct fa_walk_value {
	struct fa_str text;
	bool age; /* depends on whether a child fills it in */
};
#define FA_WALK_VALUE_BYTES 32
bool fa_walk_fillable(const struct fa_flow_element *e);
/* For the element `at` of s. out holds the text. */
struct fa_walk_value fa_walk_value(const struct fa_flow_screen *s, uint32_t at,
	bool child, int32_t today, char out[FA_WALK_VALUE_BYTES]);

/* replay.c: doing a step, and coming back to a screen. */
enum fa_walk_end {
	FA_WALK_SEEN,    /* w->look shows what came */
	FA_WALK_OUTSIDE, /* the app closed */
	FA_WALK_LEFT,    /* to another host */
	FA_WALK_LOST     /* crashed, hung, not there any more: *why */
};
/* Does t as seen in the look at hand, which is that of the screen from; the
 * new look and what happened are in w. */
FA_MUST_CHECK int fa_walk_do(enum fa_walk_end *out, const char **why,
	struct fa_walk *w, uint32_t from, const struct fa_walk_try *t,
	struct fa_err *err);
/* Opens the app and looks. */
FA_MUST_CHECK int fa_walk_launch(enum fa_walk_end *out, const char **why,
	struct fa_walk *w, bool fresh, struct fa_err *err);
/* Makes the state of a screen again: w->at is it, or FA_FLOW_NONE and *why. */
FA_MUST_CHECK int fa_walk_reach(const char **why, struct fa_walk *w,
	uint32_t screen, struct fa_err *err);
/* Looks whether the screen is still there: then w->at is it. */
FA_MUST_CHECK int fa_walk_stay(
	struct fa_walk *w, uint32_t screen, struct fa_err *err);
/* Time or interruption: w->over. */
bool fa_walk_is_over(struct fa_walk *w);

/* walk.c: which screen is seen now, behind the steps that follow the way to
 * before; a new one is discovered. FA_FLOW_NONE when there may be no more. */
FA_MUST_CHECK int fa_walk_identify(uint32_t *out, struct fa_walk *w,
	uint32_t before, const struct fa_walk_step *steps, size_t steps_n,
	const struct fa_walk_past *past, bool *new, struct fa_err *err);
/* insist.c: t led from a screen to one that was seen before, and is shown now.
 * When that is a check that failed, it is done again. */
FA_MUST_CHECK int fa_walk_insist(struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t, struct fa_err *err);

/* note.c: the transition of the step at hand, and what its use of the camera
 * adds to the tries of its screen. */
FA_MUST_CHECK int fa_walk_note(struct fa_walk *w, uint32_t from, uint32_t to,
	const struct fa_walk_try *t, struct fa_err *err);
FA_MUST_CHECK int fa_walk_note_capture(struct fa_walk *w, uint32_t from,
	const struct fa_walk_try *t, struct fa_err *err);

/* What the app knows behind the step. */
struct fa_walk_past fa_walk_past_of(
	const struct fa_walk *w, uint32_t from, const struct fa_walk_try *t);

/* finish.c: what was not tried, ends, the order of transitions. */
FA_MUST_CHECK int fa_walk_finish(struct fa_walk *w, struct fa_err *err);

#endif
