/* An audit of a store at work. Private to audit. */
#ifndef FA_AUDIT_BATCH_WORK_H
#define FA_AUDIT_BATCH_WORK_H

#include "audit/app.h"
#include "audit/batch.h"
#include "evidence/payload.h"
#include "store/app.h"
#include "store/capture.h"
#include "store/wanted.h"

struct fa_batch {
	struct fa_store *s;
	const struct fa_audit *audit;
	const struct fa_batch_opts *opts;
	struct fa_batch_counts *counts;
	struct fa_payload_source source;
	struct fa_arena document; /* of the document at hand */
	struct fa_arena target;   /* of the target at hand */
	unsigned uncommitted;     /* documents and targets */
	int64_t committed_ms;
};

/* FA_E_INTERRUPTED when the work was asked to stop. */
FA_MUST_CHECK int fa_batch_check(struct fa_batch *w, struct fa_err *err);

/* batch_doc.c: what a capture, or a document that was judged before, says as
 * this program reads it: read, looked at, kept for searching and judged unless
 * all that was done before. *out lives in w->target. What is wrong with the
 * document itself is out->error. */
FA_MUST_CHECK int fa_batch_capture(struct fa_store_document *out,
	struct fa_batch *w, int64_t capture, struct fa_err *err);
FA_MUST_CHECK int fa_batch_again(struct fa_store_document *out,
	struct fa_batch *w, int64_t document, struct fa_err *err);

/* batch_wanted.c: the documents of a target, in w->target. before is the last
 * judgement, or NULL: its documents stand in for those that cannot be
 * obtained any more. wanted gets the outcomes that looking at the pages
 * gave. */
FA_MUST_CHECK int fa_batch_documents(struct fa_store_app *x,
	struct fa_wanted_list *wanted, struct fa_batch *w,
	const struct fa_store_app *before, struct fa_err *err);

/* batch_app.c: sets verdicts, scopes and score of x from x->documents. */
FA_MUST_CHECK int fa_batch_app(
	struct fa_store_app *x, struct fa_batch *w, struct fa_err *err);

/* batch_change.c: writes how now differs from before. */
FA_MUST_CHECK int fa_batch_changes(struct fa_batch *w,
	const struct fa_store_app *before, const struct fa_store_app *now,
	struct fa_err *err);

#endif
