/* What persons say of findings. A review is an event of the log and never
 * takes back another one: who changes his mind says so by a later one. */
#ifndef FA_CASE_REVIEWING_H
#define FA_CASE_REVIEWING_H

#include "case/desk.h"

#define FA_REVIEW_NOTE_BYTES 4000

/* A finding that can be reviewed: of the newest judgement in the store, or
 * one that the log tells of. */
struct fa_review_finding {
	char id[FA_CASE_FINDING_ID_BYTES];
	struct fa_str target, obligation, verdict;
	bool stands; /* it is in the newest judgement, or the store holds none
		      * of its kind (a flow) */
	/* What each person said last, by person; superseded ones are left
	 * out. */
	size_t confirmed, rejected, needs_more;
};

struct fa_review_findings {
	struct fa_review_finding *at; /* by id */
	size_t n;
};

/* All findings, in a. */
FA_MUST_CHECK int fa_review_load(struct fa_review_findings *out,
	struct fa_store *s, struct fa_arena *a, struct fa_err *err);
/* The finding of an id, or NULL. */
const struct fa_review_finding *fa_review_find(
	const struct fa_review_findings *l, struct fa_str id);
/* "unreviewed", "confirmed", "rejected", "needs-more", "disputed": confirmed
 * by one and rejected by another. */
const char *fa_review_summary(const struct fa_review_finding *f);

struct fa_review {
	struct fa_str finding;
	struct fa_str state; /* "confirmed", "rejected", "needs-more" */
	struct fa_str note;  /* or absent */
};
bool fa_review_state_known(struct fa_str state);
/* Appends the event, by the desk's actor; *seq (may be NULL) is its number.
 * FA_E_NOTFOUND when there is no such finding. */
FA_MUST_CHECK int fa_review_add(int64_t *seq, struct fa_desk *d,
	const struct fa_review *r, struct fa_err *err);

#endif
