/* Shortest ways through a flow. */
#ifndef FA_FLOW_PATH_H
#define FA_FLOW_PATH_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/flow.h"

struct fa_flow_ways {
	const struct fa_flow *flow;
	uint32_t *via; /* per screen: the transition by which the shortest way
			* from the start comes in; FA_FLOW_NONE: the start, or
			* out of reach */
};

/* By breadth-first search; of equally short ways the one whose transitions
 * come first. Lives in a. */
FA_MUST_CHECK int fa_flow_ways(struct fa_flow_ways *out,
	const struct fa_flow *f, struct fa_arena *a, struct fa_err *err);
/* The transitions from the start to the screen, in order; lives in a. *n is 0
 * for the start and for what is out of reach. */
FA_MUST_CHECK int fa_flow_way(const uint32_t **out, size_t *n,
	const struct fa_flow_ways *w, uint32_t screen, struct fa_arena *a,
	struct fa_err *err);
/* The weakest basis of the transitions; OBSERVED for none. */
enum fa_flow_basis fa_flow_way_basis(
	const struct fa_flow *f, const uint32_t *path, size_t n);

#endif
