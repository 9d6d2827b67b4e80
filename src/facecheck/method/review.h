/* Review by a person: the queue of sessions that wait for one. It is not kept
 * but read from the sessions (state HUMAN), so that it cannot disagree with
 * them, whenever a crash comes. Past its deadline a case is neither granted
 * nor refused by itself: it stands first, and is counted for who answers for
 * the service. */
#ifndef FC_METHOD_REVIEW_H
#define FC_METHOD_REVIEW_H

#include "facecheck/method/method.h"
#include "facecheck/record/record.h"

#define FC_REVIEW_MS (24 * 3600000LL) /* what the person is promised */

struct fc_review {
	char session[FC_SESSION_ID_BYTES];
	int64_t since_ms, due_ms; /* UTC */
	bool overdue;
};

/* 1 and who has waited longest, or 0 when nobody waits. A case is overdue when
 * now_ms is after due_ms. */
FA_MUST_CHECK int fc_review_next(struct fc_review *out, struct fc_store *s,
	int64_t now_ms, struct fa_err *err);
/* 1 and the case of a session, or 0 when it does not wait. */
FA_MUST_CHECK int fc_review_find(struct fc_review *out, struct fc_store *s,
	struct fa_str session, int64_t now_ms, struct fa_err *err);
FA_MUST_CHECK int fc_review_count(int64_t *waiting, int64_t *overdue,
	struct fc_store *s, int64_t now_ms, struct fa_err *err);
/* Decides as a reviewer, whose name is recorded as what compared ("human:" and
 * the name): 1 and the session after it, or 0 when it does not wait any more
 * (somebody else decided, or the person left). */
FA_MUST_CHECK int fc_review_decide(struct fc_session *out, struct fc_store *s,
	const struct fc_table *t, struct fa_str session, bool yes,
	struct fa_str reviewer, struct fa_err *err);

#endif
