/* What can be decided on the graph of a flow. Each fact has a name that rules
 * ask for (`fact: sole_method`), a place on a screen and the path that shows
 * it. A fact is only found when the flow shows it: what is not recorded, not
 * explored or opaque weakens to the *_unknown facts, never to a pass and never
 * to an accusation. faceaudit-rules(5) lists the names. */
#ifndef FA_FLOW_FACTS_H
#define FA_FLOW_FACTS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "flow/view.h"
#include "model/fact.h"
#include "model/flow.h"

struct fa_fact {
	enum fa_fact_kind kind;
	struct fa_flow_place place;
	struct fa_str note; /* numbers and names that a report shows, English:
			     * "face 2 taps, other way 7"; or absent */
};

struct fa_facts {
	struct fa_fact *at; /* ordered by kind, then screen, then element */
	size_t n;
	bool face; /* some screen captures a face or asks to */
};

/* Every fact of the flow. Lives in a. */
FA_MUST_CHECK int fa_flow_facts(struct fa_facts *out, const struct fa_view *v,
	struct fa_arena *a, struct fa_err *err);

#endif
