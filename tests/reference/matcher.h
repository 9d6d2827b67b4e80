/* The reference matcher: what src/match has to find, found as plainly as the
 * language of rules allows. It is slow on purpose. Every pattern runs by PCRE2
 * over every sentence of the document, no word is looked for first, no
 * sentence is left out because something rare does not stand in it; regions
 * are gathered anew each time they are asked for. Tests and benchmarks hold
 * the matcher of the product against it; it shares with that one the polarity
 * of clauses, which is an input of matching, and nothing else.
 *
 * It knows no limit but that of PCRE2: where the product gives up for a limit
 * of its own the two differ, and the product says so in limits_hit. */
#ifndef REFERENCE_MATCHER_H
#define REFERENCE_MATCHER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "match/match.h"
#include "model/doc.h"
#include "model/finding.h"
#include "model/rule.h"

struct ref_matcher;

/* Refers to b, which must outlive it. For one thread. */
FA_MUST_CHECK int ref_matcher_new(struct ref_matcher **out,
	const struct fa_bundle *b, struct fa_err *err);
void ref_matcher_free(struct ref_matcher *m);

/* As fa_match, or with a flow as fa_match_flow. limits_hit counts the patterns
 * that PCRE2 gave up on. The result lives in a. */
FA_MUST_CHECK int ref_match(struct fa_match *out, struct ref_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err);

/* As fa_match_rule_fires. */
FA_MUST_CHECK int ref_rule_fires(bool *fires, struct ref_matcher *m,
	uint32_t rule, const struct fa_doc *doc,
	const struct fa_match_flow *flow, struct fa_arena *a,
	struct fa_err *err);

/* Everything that matching decided, one line each, for comparison: two
 * matchers agree when these texts are the same. limits_hit is not part of
 * it. */
void ref_write(struct fa_buf *out, const struct fa_bundle *b,
	const struct fa_match *m);

/* The first line in which two such texts differ, for people. */
void ref_explain(
	struct fa_buf *out, struct fa_str product, struct fa_str reference);

#endif
