/* Runs the examples that stand in the rule files through the pipeline. */
#ifndef FA_TOOLS_RULES_TEST_H
#define FA_TOOLS_RULES_TEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/rule.h"

#define FA_RULES_TEST_FAILURES 200 /* failures that are printed in full */

struct fa_rules_test {
	size_t rules, examples, runs; /* runs: examples and their mutations */
	size_t wordings;              /* model texts that were judged */
	size_t failed;
};

/* Runs every example of every rule of b: the example is read as a plain-text
 * document and the rule must fire on it, or must not. With mutate, the same
 * must hold for the text in other clothes: half-width and full-width
 * characters, blanks and zero-width characters between characters, Traditional
 * characters, lines broken anywhere. Then every wording is judged, see
 * rules_wording.h. Failures are appended to out, a line each. */
FA_MUST_CHECK int fa_rules_test(struct fa_rules_test *t,
	const struct fa_bundle *b, bool mutate, struct fa_buf *out,
	struct fa_err *err);

#endif
