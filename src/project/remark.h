/* Waivers in comments:
 *
 *   faceaudit: allow FRM.10.1.b, PIPL.29 until 2026-12-31: the reason
 *   faceaudit: allow-file FRM.5: the reason
 *
 * Punctuation may be full-width. */
#ifndef FA_PROJECT_REMARK_H
#define FA_PROJECT_REMARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct fa_remark_waiver {
	bool whole_file;
	struct fa_str rules;    /* "A, B": not yet taken apart; may be empty */
	int32_t until;          /* 0: no end */
	struct fa_str bad_date; /* what stands for a date; or absent */
	struct fa_str reason;   /* may be empty */
};

/* Takes apart what stands behind the "faceaudit:" of a comment's text, and
 * goes on with *rest: one comment may hold several, one a line. false: no
 * more. A word other than allow and allow-file is an "allow" without rules, so
 * that a mistyped waiver is told and not passed over. The tool's name within a
 * word ("myfaceaudit:") is none. Parts lie in text. */
bool fa_remark_next(struct fa_remark_waiver *out, struct fa_str *rest);
/* The next rule of out->rules. */
bool fa_remark_rule(struct fa_str *rule, struct fa_str *rest);

#endif
