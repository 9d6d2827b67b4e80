/* What a service must remember of an account so that ways other than the face
 * work: a secret for one-time codes, the public key of a passkey, a telephone
 * number. Values have names; an account exists while it has one.
 *
 * What is dropped, replaced or erased is gone from the disk when the function
 * returns. Three things are needed for that, and the first two, which are what
 * one finds recommended, do not suffice (measured: about one value in a
 * thousand stayed): secure_delete writes zeros over deleted cells; a checkpoint
 * empties the log; and the tables that name people are written anew on zeroed
 * pages, because a tree that is balanced leaves copies of cells behind in the
 * gaps of its pages. The cost is linear in the values of all accounts. What the
 * disk itself keeps of blocks that a file gave back is beyond this program. */
#ifndef FC_RECORD_ACCOUNT_H
#define FC_RECORD_ACCOUNT_H

#include "facecheck/method/method.h"
#include "facecheck/record/record.h"

#define FC_ACCOUNT_BYTES 128        /* longest name of an account, of a value */
#define FC_VALUE_BYTES (64u << 10)  /* largest value */
#define FC_ACCOUNT_TRIES 10         /* failed answers in one way ... */
#define FC_ACCOUNT_TRIES_MS 3600000 /* ... within this time */
/* Codes sent in one session: to a guardian for each capture, to the person by
 * two ways, and two that came too late. */
#define FC_SESSION_CODES 6

/* Sets a value, erasing the one before. What is marked biometric goes with a
 * withdrawal of consent (a verifier that obeys has none). */
FA_MUST_CHECK int fc_account_put(struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_str value, bool biometric,
	struct fa_err *err);
/* 1 and the value (in a), or 0 when there is none. */
FA_MUST_CHECK int fc_account_get(struct fa_str *out, struct fc_store *s,
	struct fa_str account, struct fa_str name, struct fa_arena *a,
	struct fa_err *err);
/* 1: erased; 0: there was none. */
FA_MUST_CHECK int fc_account_drop(struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_err *err);
/* Erases all values of the account and its ties to sessions. 1, or 0 when
 * there were none. Records stay. */
FA_MUST_CHECK int fc_account_erase(
	struct fc_store *s, struct fa_str account, struct fa_err *err);

/* A number that only grows (step of a one-time code, counter of a passkey): 1
 * when it did and is kept, 0 when value is not above what is kept; of two who
 * ask at once with the same value, one gets 0. Absent counts as -1. */
FA_MUST_CHECK int fc_account_advance(struct fc_store *s, struct fa_str account,
	struct fa_str name, int64_t value, struct fa_err *err);
/* 1 and the number, or 0 when there is none. */
FA_MUST_CHECK int fc_account_number(int64_t *out, struct fc_store *s,
	struct fa_str account, struct fa_str name, struct fa_err *err);
/* To be asked before an answer is checked, and counted as one try: 1, or 0
 * when FC_ACCOUNT_TRIES have been made within FC_ACCOUNT_TRIES_MS in this way
 * (RFC 4226, 7.3). Review by a person stays open. */
FA_MUST_CHECK int fc_account_try(struct fc_store *s, struct fa_str account,
	enum fc_method m, struct fa_err *err);
/* The answer was right: tries count from 0 again. */
FA_MUST_CHECK int fc_account_passed(struct fc_store *s, struct fa_str account,
	enum fc_method m, struct fa_err *err);

/* Keeps the code that was sent for a session, instead of the one before. It
 * ends with the state that the session is in: what was sent to a guardian shows
 * nothing of the person, nor of what the guardian thinks of the next attempt.
 * FA_E_NOTFOUND: no such session. FA_E_LIMIT: FC_SESSION_CODES were sent. */
FA_MUST_CHECK int fc_session_code_put(struct fc_store *s, struct fa_str id,
	const struct fc_code *code, struct fa_err *err);
/* 1: it is the code; 0: it is not, or there is none. A try is counted on disk
 * before the answer is known, and a code that was right is gone. */
FA_MUST_CHECK int fc_session_code_try(struct fc_store *s, struct fa_str id,
	struct fa_str typed, struct fa_err *err);

#endif
