/* Bundles whose rules nobody would write: those of a bundle, with random
 * conditions over a few of its patterns. */
#ifndef REFERENCE_RULES_H
#define REFERENCE_RULES_H

#include "reference/texts.h"

/* It went through the compiled form and back, as any bundle does that is not
 * built into the program. Lives in a. */
FA_MUST_CHECK int ref_random_rules(struct fa_bundle **out,
	const struct fa_bundle *from, struct ref_dice *d, struct fa_arena *a,
	struct fa_err *err);

#endif
