/* Hits on text to evidence in the original. Private to audit. */
#ifndef FA_AUDIT_EVIDENCE_H
#define FA_AUDIT_EVIDENCE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/finding.h"

/* A passage asked for: filled with quote, context and byte range now, with
 * line and column by fa_evidence_place. */
FA_MUST_CHECK int fa_evidence_cut(struct fa_evidence *out,
	const struct fa_doc *doc, uint32_t rule, uint32_t sentence,
	struct fa_range text, struct fa_arena *a, struct fa_err *err);

/* Lines and columns of n pieces of evidence, in one pass over the document. */
FA_MUST_CHECK int fa_evidence_place(struct fa_evidence **at, size_t n,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

#endif
