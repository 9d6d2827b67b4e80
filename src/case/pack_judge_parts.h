/* Parts of judging a pack that verifying needs, too. Private to case. */
#ifndef FA_CASE_PACK_JUDGE_PARTS_H
#define FA_CASE_PACK_JUDGE_PARTS_H

#include "case/pack_judge.h"
#include "evidence/payload.h"
#include "model/doc.h"
#include "model/finding.h"

/* The body of a document, its content coding removed, and the record that
 * holds it; failures as fa_pack_judge. */
FA_MUST_CHECK int fa_pack_body(struct fa_str *out,
	const struct fa_wacz_record **record, struct fa_payload_source *source,
	const struct fa_pack_doc *d, const struct fa_wacz_index *index,
	const struct fa_pack_files *files, struct fa_arena *a,
	struct fa_err *err);
/* Reads a body as it was judged. */
FA_MUST_CHECK int fa_pack_read(struct fa_doc *doc, const struct fa_pack_doc *d,
	struct fa_str body, struct fa_arena *a, struct fa_err *err);

/* Appends the line on a target: its verdict over all its documents, whose
 * results are those of the plan's documents. *vector lives in a. */
FA_MUST_CHECK int fa_pack_judge_target(struct fa_buf *out,
	struct fa_str *vector, const struct fa_pack_target *t,
	const struct fa_result *results, const struct fa_pack_plan *p,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

#endif
