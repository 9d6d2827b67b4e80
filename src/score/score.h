/* Score model frx-1: findings to a score that anyone can recompute
 * (faceaudit-method(7)). Integers only. */
#ifndef FA_SCORE_SCORE_H
#define FA_SCORE_SCORE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/finding.h"
#include "model/rule.h"

#define FA_SCORE_ONE 1000000000LL /* 100 points */

/* Confidence and tier of every finding from the frozen precision of its rule;
 * counts, and the score with its vector, which lives in a. as_of is
 * YYYYMMDD. Each obligation weighs once, however many findings it has and in
 * whatever order; a part (part_of) weighs with its whole. What a flow only
 * declares is never established, what it assumes is a lead. A lead (a violation
 * or gap below the probable tier) is an unknown: it leaves hi alone, lo takes
 * it as total loss, and coverage as undecided. Grade A asks that nothing with a
 * loss is counted, so a breach of an advisory obligation keeps it; N is for a
 * document to which nothing applies. The vector
 *
 *   frx-1/B:<bundle>/D:<as of>[/W:<c,h,m,l,a,established,probable>]
 *   /<id>=<verdict>.<severity>[.<confidence>]... → lo..hi grade cov c
 * names every obligation that applies, and the weights only where they are
 * not those of the model (750,450,200,80,0,900,700). Points are cut to one
 * decimal, coverage to two. FA_E_NOMEM leaves r->score and r->counts. */
FA_MUST_CHECK int fa_score(struct fa_result *r, const struct fa_bundle *b,
	int32_t as_of, struct fa_arena *a, struct fa_err *err);

/* Confidence, tier and counts alone, for findings of which some were accepted
 * since: r->score stays. */
void fa_score_rate(struct fa_result *r, const struct fa_bundle *b);

/* Wilson 95 % lower bound of right/hits in thousandths, rounded down; 0 for
 * hits == 0. Integer arithmetic, z = 1.96. */
uint32_t fa_score_wilson(uint32_t right, uint32_t hits);
/* Upper bound, rounded up; 1000 for hits == 0. */
uint32_t fa_score_wilson_upper(uint32_t right, uint32_t hits);

enum fa_tier fa_score_tier(const struct fa_bundle *b, uint32_t confidence);

/* Is this finding one that gates: a violation or gap of at least this tier
 * and severity that the project does not accept? */
bool fa_score_gates(const struct fa_finding *f, const struct fa_bundle *b,
	enum fa_tier tier, enum fa_severity severity);

#endif
