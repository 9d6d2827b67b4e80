/* An audit of a store at work. Private to audit.
 *
 * One thread, the owner, asks the store and writes to it, target by target.
 * Reading and judging a document needs no store: with several jobs, others do
 * that ahead for what the next targets seem to want (batch_ahead.c). The owner
 * does not rely on it. It goes the same way as alone, and where it would judge
 * a document, it takes the judgement that is there: so the store becomes the
 * same for any number of jobs. */
#ifndef FA_AUDIT_BATCH_WORK_H
#define FA_AUDIT_BATCH_WORK_H

#include "audit/app.h"
#include "audit/batch.h"
#include "audit/page.h"
#include "evidence/payload.h"
#include "store/app.h"
#include "store/capture.h"
#include "store/wanted.h"

/* What a thread needs to judge documents, its own. */
struct fa_batch_worker {
	struct fa_audit audit;
	struct fa_payload_source source;
};

/* A document to be read and judged, and what came of it. */
struct fa_batch_task {
	struct fa_store_document d; /* the five that make its id; then all */
	struct fa_page_origin page; /* whose bytes, and how labelled */
	struct fa_str archive;      /* path of the archive that has them */
	/* Made by fa_batch_read: */
	int rc;
	struct fa_err why; /* when rc < 0 */
	struct fa_result result;
	bool judged;
	struct fa_str *sentences; /* d.clauses of them, when judged */
};

/* The keys of the targets of a shard, in order. All zero is a good start, but
 * for the arenas. */
struct fa_batch_keys {
	struct fa_arena a[2]; /* a key outlives the search for the next one */
	unsigned turn;
	struct fa_str key; /* the last one found */
};

struct fa_batch_ahead;

struct fa_batch {
	struct fa_store *s;
	const struct fa_audit *audit;
	const struct fa_batch_opts *opts;
	struct fa_batch_counts *counts;
	struct fa_batch_worker own;   /* of the owner */
	struct fa_batch_ahead *ahead; /* NULL: one job */
	struct fa_arena document; /* of the document at hand, if judged here */
	struct fa_arena target;   /* of the target at hand */
	unsigned uncommitted;     /* documents and targets */
	int64_t committed_ms;
};

/* FA_E_INTERRUPTED when the work was asked to stop. */
FA_MUST_CHECK int fa_batch_check(struct fa_batch *w, struct fa_err *err);

void fa_batch_keys_init(struct fa_batch_keys *k);
void fa_batch_keys_done(struct fa_batch_keys *k);
/* 1 with the next k->key of the shard, or 0 at the end. */
FA_MUST_CHECK int fa_batch_next_key(
	struct fa_batch_keys *k, struct fa_batch *w, struct fa_err *err);

/* batch_read.c: reads and judges t, without the store; worker is a
 * fa_batch_worker, task a fa_batch_task. What it makes lives in a. */
void fa_batch_read(void *worker, void *task, struct fa_arena *a);
/* Is it a document of any role that is judged? */
bool fa_batch_is_document(const struct fa_store_document *d);

/* batch_ahead.c: threads for opts->jobs - 1 documents beside the one of the
 * owner. */
FA_MUST_CHECK int fa_batch_ahead_new(struct fa_batch *w, struct fa_err *err);
void fa_batch_ahead_free(struct fa_batch *w);
/* Lets them begin with what comes next, as far as there is room. What goes
 * wrong here goes wrong again where it matters. */
void fa_batch_look_ahead(struct fa_batch *w);
/* The task t when it was foreseen, done, or NULL; it is to be given back. */
struct fa_batch_task *fa_batch_foreseen(
	struct fa_batch *w, const struct fa_batch_task *t);
void fa_batch_give_back(struct fa_batch *w, struct fa_batch_task *t);
/* The owner is through with a target: what was foreseen for it and not taken
 * is not wanted. */
void fa_batch_pass(struct fa_batch *w);

/* batch_doc.c: sets d, page and archive of t for a capture; texts live in
 * a. */
FA_MUST_CHECK int fa_batch_task(struct fa_batch_task *t, struct fa_batch *w,
	int64_t capture, struct fa_arena *a, struct fa_err *err);
/* 1 when the store knows all of the document d->id and its judgement: *out
 * lives in a. Else 0. */
FA_MUST_CHECK int fa_batch_known(struct fa_store_document *out,
	struct fa_batch *w, const struct fa_store_document *d,
	struct fa_arena *a, struct fa_err *err);
/* What a capture, or a document that was judged before, says as
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
