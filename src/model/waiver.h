/* What a project accepts: a comment beside a text, an entry of
 * .faceaudit.yaml, an entry of the baseline. A finding under a waiver stays
 * visible and keeps its weight in the score; it no longer gates. */
#ifndef FA_MODEL_WAIVER_H
#define FA_MODEL_WAIVER_H

#include <stdint.h>

#include "base/str.h"

enum fa_waiver_kind {
	FA_WAIVER_INLINE,
	FA_WAIVER_CONFIG,
	FA_WAIVER_BASELINE /* accepted as it was; has no reason of its own */
};

struct fa_waiver {
	enum fa_waiver_kind kind;
	struct fa_str rule;   /* id of a rule, or of an obligation with all
			       * below it */
	struct fa_str reason; /* absent for the baseline */
	int32_t until;        /* last day, YYYYMMDD; 0: no end */
	struct fa_str file;   /* where it is written */
	uint32_t line;        /* 1-based; 0: the file has no lines */
};

/* What is wrong with a waiver; none of these waives, save UNUSED, which found
 * nothing to waive. */
enum fa_waiver_fault {
	FA_WAIVER_EXPIRED,
	FA_WAIVER_UNUSED,
	FA_WAIVER_NO_REASON,
	FA_WAIVER_NO_RULE, /* names none, or one that does not exist */
	FA_WAIVER_NO_DATE  /* "until" is not a date */
};
#define FA_WAIVER_FAULT_COUNT 5

struct fa_waiver_note {
	enum fa_waiver_fault fault;
	struct fa_waiver waiver;
	struct fa_str detail; /* the nearest rule id, what stands for a date;
			       * or absent */
};

/* "inline", "config", "baseline" */
const char *fa_waiver_kind_name(enum fa_waiver_kind k);
/* "expired", "unused", "no-reason", "no-rule", "no-date" */
const char *fa_waiver_fault_name(enum fa_waiver_fault f);

#endif
