/* The custody log of a store: lines of evidence/custody.h in a table to which
 * rows can only be added, in order. Triggers refuse changing and deleting a
 * row, a gap, and a line that does not name its own number and the digest of
 * the line before. That keeps honest programs honest; against others the chain
 * and the anchors stand.
 *
 * A line is on the disk when fa_store_commit has returned (the store always
 * syncs in full): commit after each event, or after a batch where losing the
 * last batch in a power cut is no harm, since it never happened then. */
#ifndef FA_STORE_CUSTODY_H
#define FA_STORE_CUSTODY_H

#include "store/store.h"

struct fa_store_head {
	int64_t seq;                    /* of the last event; 0: none */
	char sha256[FA_HASH_HEX_BYTES]; /* of its line; zeros: none */
};

/* What the next event has to follow. */
FA_MUST_CHECK int fa_store_custody_head(
	struct fa_store_head *out, struct fa_store *s, struct fa_err *err);
/* Appends the line of event seq (head.seq + 1); *out is the new head (may be
 * NULL). FA_E_USAGE when the line does not follow the head. */
FA_MUST_CHECK int fa_store_custody_append(struct fa_store_head *out,
	struct fa_store *s, int64_t seq, struct fa_str line,
	struct fa_err *err);

struct fa_store_custody_row {
	int64_t seq;
	struct fa_str line;             /* verbatim; until fn returns */
	char sha256[FA_HASH_HEX_BYTES]; /* as kept beside it, not computed */
};
typedef int fa_store_custody_fn(
	void *ctx, const struct fa_store_custody_row *row, struct fa_err *err);
/* Calls fn for the events from seq from on, in order; what it returns below 0
 * ends the walk. fn must not append. */
FA_MUST_CHECK int fa_store_custody_each(struct fa_store *s, int64_t from,
	fa_store_custody_fn *fn, void *ctx, struct fa_err *err);
/* The line of one event: 1 and the line (in a), or 0. */
FA_MUST_CHECK int fa_store_custody_line(struct fa_str *out, struct fa_store *s,
	int64_t seq, struct fa_arena *a, struct fa_err *err);

/* Logs of other stores that were joined to this one, each with its own chain.
 * A chain is named by the digest of its first line. */
struct fa_store_chain {
	char id[FA_HASH_HEX_BYTES];
	struct fa_store_head head;
};
typedef int fa_store_chain_fn(
	void *ctx, const struct fa_store_chain *c, struct fa_err *err);
/* By id. */
FA_MUST_CHECK int fa_store_chains(struct fa_store *s, fa_store_chain_fn *fn,
	void *ctx, struct fa_err *err);
FA_MUST_CHECK int fa_store_chain_each(struct fa_store *s, const char *id,
	fa_store_custody_fn *fn, void *ctx, struct fa_err *err);

/* What persons said of findings, in this log and in those joined to it, in
 * which a later word of the same person on the same finding stands beside the
 * earlier one. The last one of each person counts. */
struct fa_store_review {
	char chain[FA_HASH_HEX_BYTES]; /* of a log that was joined; "": own */
	int64_t seq;                   /* of the event in it */
	int64_t t_ms;
	struct fa_str finding;  /* id as given, see faceaudit-review(1) */
	struct fa_str state;    /* "confirmed", "rejected", "needs-more" */
	struct fa_str by, role; /* by: id of the actor; role: or absent */
	struct fa_str note;     /* or absent */
	bool superseded;        /* the same person said something later */
};
typedef int fa_store_review_fn(
	void *ctx, const struct fa_store_review *r, struct fa_err *err);
/* Calls fn for the reviews of a finding, or (absent) of all: of one log in the
 * order of the log, of several by time. */
FA_MUST_CHECK int fa_store_reviews(struct fa_store *s, struct fa_str finding,
	fa_store_review_fn *fn, void *ctx, struct fa_err *err);

#endif
