/* Facts while they are found, and what the questions share. Private to flow.
 *
 * A group is one face check with all that belongs to it: screens that prompt
 * for it, ask consent to it, capture, or offer it among other ways, as far as
 * transitions join them. Law and reports go purpose by purpose; so do groups.
 */
#ifndef FA_FLOW_FIND_H
#define FA_FLOW_FIND_H

#include "flow/facts.h"
#include "flow/graph.h"

#define FA_FIND_MAX 200000 /* facts of a flow */
#define FA_FIND_GROUPS 40
#define FA_FIND_CAPTURES 24 /* of a group that are looked into */

struct fa_group {
	uint32_t *screens;
	uint32_t screens_n;
	uint32_t *captures; /* transitions that succeed */
	uint32_t captures_n;
	uint32_t root; /* the screen of the group that is nearest */
	bool general;  /* only consents that bind general documents */
	bool sole;     /* no other way was found for a capture of it */
	bool other;    /* another way was found, or may be */
};

struct fa_find {
	struct fa_graph *g;
	struct fa_fact *at;
	size_t n, cap;
	struct fa_group *groups;
	uint32_t groups_n;
	bool cut; /* more groups or captures than are looked into */
	/* From the start: without captures, without successful ones, without
	 * captures and other biometrics. */
	struct fa_walked *around, *failing, *plain;
	struct fa_walked *w, *w2; /* for the question at hand */
	struct fa_err *err;
	int rc;
};

/* Adds a fact at a screen with the way of w to it (NULL: the shortest from
 * the start), and the transition last behind it when it is not NONE. The
 * first failure sticks in fd->rc. */
void fa_find_add(struct fa_find *fd, enum fa_fact_kind kind,
	const struct fa_walked *w, uint32_t screen, uint32_t element,
	uint32_t last, struct fa_str note);
struct fa_str fa_find_note(struct fa_find *fd, const char *fmt, ...)
	FA_PRINTF(2, 3);
static inline uint32_t
fa_find_roles(const struct fa_find *fd, uint32_t screen)
{
	return fd->g->v->screens[screen].roles;
}
static inline bool
fa_find_reached(const struct fa_find *fd, uint32_t screen)
{
	return fd->g->home->dist[screen] != UINT32_MAX;
}
/* The first element of a screen that is seen and has one of the controls, or
 * FA_FLOW_NONE. */
uint32_t fa_find_control(
	const struct fa_find *fd, uint32_t screen, uint32_t controls);
/* Screens that a walk reached with one of the marks, the first; or NONE. */
uint32_t fa_find_marked(
	const struct fa_find *fd, const struct fa_walked *w, uint32_t marks);

void fa_find_groups(struct fa_find *fd);
void fa_find_ways(struct fa_find *fd, struct fa_group *gr);
void fa_find_refusals(struct fa_find *fd, struct fa_group *gr);
void fa_find_again(struct fa_find *fd, struct fa_group *gr);
void fa_find_consent(struct fa_find *fd);
void fa_find_notice(struct fa_find *fd);
void fa_find_choice(struct fa_find *fd);
void fa_find_minors(struct fa_find *fd);
void fa_find_rights(struct fa_find *fd);
/* Screens at which a face is captured, by a capture that leaves them; once
 * each. *n is at most FA_FIND_CAPTURES times groups. */
const uint32_t *fa_find_captures(struct fa_find *fd, uint32_t *n);
/* Marks the screens of the group, and those before it: that every way to it
 * passes, or that lead into it. */
void fa_find_before(struct fa_find *fd, const struct fa_group *gr);
void fa_find_unmark(struct fa_find *fd);

#endif
