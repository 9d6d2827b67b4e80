/* Rows of verdicts, which documents and apps have alike. Private to store. */
#ifndef FA_STORE_VERDICT_H
#define FA_STORE_VERDICT_H

#include "store/internal.h"
#include "store/judge.h"

/* The verdicts that a query gives: obligation, verdict, rule, confidence,
 * tier, reason, contradiction. They live in a. */
FA_MUST_CHECK int fa_store_read_verdicts(struct fa_store_verdict **out,
	size_t *n, struct fa_store *s, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err);
/* Columns from, from + 1 ...: hi, lo, coverage_bp, grade, vector. */
FA_MUST_CHECK int fa_store_read_score(struct fa_score *out, sqlite3_stmt *st,
	int from, struct fa_arena *a, struct fa_err *err);

#endif
