/* What a passage is known by between versions of a document: the rule that
 * found it and its text, folded as for matching and without blanks, so that
 * moving or wrapping it changes nothing and another word does. */
#ifndef FA_MODEL_FINGERPRINT_H
#define FA_MODEL_FINGERPRINT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

/* rule: its id, or that of an obligation. text: absent for what is missing. */
FA_MUST_CHECK int fa_fingerprint(char hex[FA_HASH_HEX_BYTES],
	struct fa_str rule, struct fa_str text, struct fa_err *err);
/* Does text hold part, both folded as above? An empty part is in no text. */
bool fa_fingerprint_holds(struct fa_str text, struct fa_str part);

#endif
