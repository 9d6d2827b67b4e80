/* Polarity of the predicate of one clause, without regard to questions,
 * advice and conditions. Private to the polarity of clauses. */
#ifndef FA_MATCH_POLARITY_SCAN_H
#define FA_MATCH_POLARITY_SCAN_H

#include "base/str.h"
#include "model/rule.h"

/* FA_POLARITY_AFFIRMED, NEGATED, or ADVICE when the clause tells the user
 * what not to do. Time is linear in s. */
enum fa_polarity fa_polarity_scan(struct fa_str s);

#endif
