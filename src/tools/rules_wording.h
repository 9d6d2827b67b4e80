/* Judges the model texts of the rules: what people are told to write must
 * itself stand up to the rules. */
#ifndef FA_TOOLS_RULES_WORDING_H
#define FA_TOOLS_RULES_WORDING_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "match/match.h"
#include "model/rule.h"

struct fa_wording_test {
	size_t wordings; /* that were judged */
	size_t failed;   /* that did not do what they are for */
};

/* Judges the Chinese text of every wording of b, on a day on which all
 * instruments are in force that ever are. Placeholders are filled with sample
 * words, and a sentence before it puts it in scope. It must break no
 * obligation. When a rule on documents can find the obligation met, the
 * wording of the obligation, or of a rule on documents, must make its verdict
 * compliant, which the sentence alone must not; else what it claims may need
 * proof, but it may not be a gap. The wording of a rule on flows is also judged
 * as a screen, where ［label］ is a button. When all that holds, the wordings
 * of all obligations in one document must hold as well. Failures are appended
 * to out, a line each. */
FA_MUST_CHECK int fa_rules_wordings(struct fa_wording_test *t,
	const struct fa_bundle *b, struct fa_matcher *m, struct fa_buf *out,
	struct fa_err *err);

/* Appends wording with its placeholders filled. False when one is malformed,
 * as only a bundle in JSON can have. */
bool fa_wording_fill(struct fa_buf *out, struct fa_str wording);

#endif
