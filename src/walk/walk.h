/* Explores the consent flow of a web app in a browser and writes down what it
 * saw. Like a careful person with a lot of time: tries what can be tapped,
 * refusals first, and from every screen; comes back to a screen by starting
 * anew and repeating the taps that led there. Stays on the hosts it was given,
 * enters no personal data but made-up one, and never gets around a face check:
 * a capture is made to succeed (enum fa_flow_action FA_FLOW_FACE) only to see
 * what lies behind it, and such a transition says so. */
#ifndef FA_WALK_WALK_H
#define FA_WALK_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "browser/browser.h"
#include "flow/view.h"
#include "model/flow.h"

#define FA_WALK_SCREENS 60
#define FA_WALK_DEPTH 14   /* taps from the start */
#define FA_WALK_TIME_S 180 /* of the whole walk */
#define FA_WALK_ACTIONS 24 /* tried on one screen */
#define FA_WALK_REPLAYS 400

struct fa_walk_opts {
	struct fa_str url;
	struct fa_browser *browser;
	const struct fa_vocab *vocab;
	unsigned screens, depth, actions; /* budgets */
	int64_t time_ms;
	bool simulate; /* see what lies behind a capture */
	bool relaunch; /* see whether a refusal is remembered */
	bool screenshots;
	int32_t width,
		height; /* CSS pixels of the screen, as the browser has */
	uint32_t scale_c;
	int32_t today; /* YYYYMMDD: birth dates that are typed depend on it */
	bool (*stop)(void *ctx);
	/* A screen seen for the first time, its picture (absent: none) and its
	 * DOM, to be put away; sets the evidence of the screen. */
	int (*keep)(void *ctx, struct fa_flow_screen *s, struct fa_str png,
		struct fa_str dom, struct fa_err *err);
	/* How many requests of the page were not answered since the last call,
	 * for a reason that may change what it shows; *why is that of one.
	 * May be NULL. */
	unsigned (*missing)(void *ctx, struct fa_str *why);
	/* Progress: screens seen, actions left. May be NULL. */
	void (*progress)(void *ctx, unsigned screens, unsigned left);
	void *ctx;
};

struct fa_walk_stats {
	unsigned screens, transitions, replays, taps, diverged;
	unsigned unexplored; /* actions that were not tried, in f->gaps */
	bool stopped;        /* by stop; the flow holds what was seen */
	bool unseen;         /* not even the first screen could be had */
	struct fa_str limit; /* budget that ended it, or absent */
};

/* A page that cannot be had, crashes or hangs is no failure: the flow has its
 * gap. Everything lives in a. */
FA_MUST_CHECK int fa_walk(struct fa_flow **out, struct fa_walk_stats *stats,
	const struct fa_walk_opts *o, struct fa_arena *a, struct fa_err *err);
/* The flow of a walk that could not begin, for want of a browser: one screen
 * of which nothing is known, and why. */
FA_MUST_CHECK int fa_walk_unseen(struct fa_flow **out, struct fa_str url,
	struct fa_str why, struct fa_arena *a, struct fa_err *err);

#endif
