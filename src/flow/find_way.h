/* The question of FRM.10.1 while it is asked of a group. Private to it. */
#ifndef FA_FLOW_FIND_WAY_H
#define FA_FLOW_FIND_WAY_H

#include "flow/find.h"

#define FA_WAY_CAPTURES (FA_EDGE_CAPTURE | FA_EDGE_ATTEMPT)

struct fa_ways {
	struct fa_find *fd;
	struct fa_group *gr;
	bool *offered; /* screens that other ways offered lead to */
	bool *around;  /* screens around the check */
	bool *reaches; /* screens that count as the goal at hand */
	uint32_t off;  /* a screen that leads out of the channel, or NONE */
	uint32_t offer, offer_element; /* another way is offered, or NONE */
	bool open;                     /* something could hide another way */
};

/* The nearest screen of w that counts as the goal, or FA_FLOW_NONE. */
uint32_t fa_way_nearest(const struct fa_ways *x, const struct fa_walked *w);
/* Adds a fact where the way of w to a screen turns away from the check. */
void fa_way_add(struct fa_ways *x, enum fa_fact_kind kind,
	const struct fa_walked *w, uint32_t to, struct fa_str note);
/* FRM.10.1.b: adds OTHER_COSTLY when the way around is far longer, or
 * OTHER_UNCOMPARED when something unexplored may hide a shorter one. */
void fa_way_compare(struct fa_ways *x, uint32_t goal);

/* A control beside the one that leads to the check serves, and perhaps the
 * same end. */
bool fa_way_beside(const struct fa_ways *x);

#endif
