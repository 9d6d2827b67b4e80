/* The parts of a DOCX put into one file. The same parts give the same bytes. */
#ifndef FA_CASE_DOCX_H
#define FA_CASE_DOCX_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "report/paper.h"

/* The bytes live in a. Entries carry the time at_us (0: 1980-01-01), cut to
 * two seconds, in UTC. */
FA_MUST_CHECK int fa_docx_zip(struct fa_str *out,
	const struct fa_paper_parts *parts, int64_t at_us, struct fa_arena *a,
	struct fa_err *err);

#endif
