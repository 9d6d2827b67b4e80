/* What rules cost: the work of their patterns on sample documents, counted, not
 * timed, so that the same rules and samples always give the same figures.
 *
 * A pattern is searched for in the sentences that hold a word of each set that
 * it needs. Such a search costs FA_COST_SEARCH_NS, each step of its program
 * FA_COST_STEP_NS; a pattern that PCRE2 has to search for costs
 * FA_COST_REGEX_NS for each. These are rounded means of one core of 2026. */
#ifndef FA_MATCH_COST_H
#define FA_MATCH_COST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/rule.h"

#define FA_COST_SEARCH_NS 50
#define FA_COST_STEP_NS 15
#define FA_COST_REGEX_NS 500

struct fa_cost; /* what was counted so far */

/* Nothing counted yet; lives in a, as b has to. */
FA_MUST_CHECK int fa_cost_new(struct fa_cost **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err);
void fa_cost_done(struct fa_cost *c);

/* Counts the work on a segmented document; a is for the work only. */
FA_MUST_CHECK int fa_cost_add(struct fa_cost *c, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err);
/* Bytes of text of all documents. */
uint64_t fa_cost_bytes(const struct fa_cost *c);

struct fa_rule_cost {
	/* The word set without which the rule finds nothing: of what it asks
	 * for together, the rarest; of its alternatives, the most frequent one.
	 * FA_RULE_NONE: there is none, it looks at every sentence. */
	uint32_t anchor;
	uint64_t looks; /* sentences with a word of it, or of its alternatives'
			 */
	size_t programs, regexes; /* patterns that run as one or the other */
	uint64_t ns;              /* all searches, as if the rule were alone */
};
/* The work of one rule so far. */
void fa_cost_of(struct fa_rule_cost *out, const struct fa_cost *c,
	const struct fa_rule *rule);

#endif
