/* What an audit found of the cases that serve can show (fc_case_at): read from
 * the results that scripts/audit-facecheck writes, and counted anew. */
#ifndef FC_BENCH_AUDIT_H
#define FC_BENCH_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/bench/stat.h"

#define FC_AUDIT_SCHEMA "facecheck-audit/1"
#define FC_AUDIT_ROWS_MAX 1000

/* Where the wrong of a case shows. */
enum fc_audit_where {
	FC_AUDIT_FLOW,
	FC_AUDIT_DOCUMENT,
	FC_AUDIT_PROOF,
	FC_AUDIT_NOTHING, /* reference and negatives: nothing is wrong */
	FC_AUDIT_WHERE_COUNT
};

struct fc_audit_row {
	struct fa_str name;
	enum fc_audit_where where;
	bool found;   /* something that was planted */
	bool accused; /* of something that is neither planted nor open */
};

struct fc_audit {
	struct fc_audit_row *rows;
	size_t rows_n;
	struct fc_rate missed[FC_AUDIT_NOTHING]; /* by where it shows */
	struct fc_rate missed_all, accused;      /* accused: of lawful ones */
};

/* FA_E_INPUT when text is not such a result or names a case twice. Everything
 * lives in a. */
FA_MUST_CHECK int fc_audit_read(struct fc_audit *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);

#endif
