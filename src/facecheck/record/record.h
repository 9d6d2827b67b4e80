/* Processing records (Measures art. 9) without anything biometric: one row per
 * event, each with the SHA-256 of the row before, kept for three years; and
 * the sessions they are about, in one SQLite file. What an account has stands
 * beside them (account.h) and can be erased without a trace; records cannot.
 *
 * The digest of a row is the SHA-256 of these lines, each ended by a line
 * feed, absent ones empty, so that anybody can recompute it from the table
 * records by sqlite3(1) and sha256sum(1):
 *
 *   facecheck record 1, digest of the row before (64 zeros at the beginning),
 *   seq, at_ms, session, before, event, after, facts, text, method, answer,
 *   matcher, level
 *
 * A chain shows that nothing within it was changed; that its end was not cut
 * off shows only who noted the head elsewhere (fc_record_head).
 *
 * A store is used by one thread at a time; several processes may share the
 * file. */
#ifndef FC_RECORD_RECORD_H
#define FC_RECORD_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"
#include "facecheck/machine/machine.h"

#define FC_RECORD_KEEP_DAYS 1096   /* art. 9: three years at least */
#define FC_RECORD_FIELD_BYTES 160  /* of text, method, answer, ... */
#define FC_RECORD_BEGIN FC_E_COUNT /* the event of a session's first row */
#define FC_SESSION_ID_BYTES 33     /* 32 hexadecimal digits and a NUL */
#define FC_SESSION_WAITING 1000    /* given by one call */
#define FC_STORE_BUSY_MS 10000     /* waiting for another process */

struct fc_store;

struct fc_record_row {
	int64_t seq, at_ms; /* UTC; set by the store */
	struct fa_str session;
	uint8_t before, event, after; /* states and event of the machine */
	uint32_t facts;               /* after the event */
	struct fa_str text; /* version and SHA-256 of the notice or consent
			     * that was shown, or absent */
	struct fa_str method, answer, matcher, level; /* or absent */
};

/* Opens the file, which is made (for its owner only) when it is not there.
 * Times of records come from clock. What a crash left of deleted data is
 * removed. FA_E_INPUT for a file that is no store or whose chain is broken. */
FA_MUST_CHECK int fc_store_open(struct fc_store **out, struct fa_str path,
	struct fa_clock clock, struct fa_err *err);
/* For looking only: FA_E_NOTFOUND when there is no file. A broken chain is no
 * failure here, so that it can be looked at. */
FA_MUST_CHECK int fc_store_read(
	struct fc_store **out, struct fa_str path, struct fa_err *err);
void fc_store_close(struct fc_store *s); /* NULL is fine */

/* A session as it stands; kept on disk with every event in one transaction
 * with its record, so that a crash at any moment leaves both or neither.
 * circumstances: of FC_MINOR, FC_REMOTE, FC_LOCKED; account may be absent. The
 * id is 128 random bits. */
FA_MUST_CHECK int fc_session_begin(char id[FC_SESSION_ID_BYTES],
	struct fc_store *s, struct fa_str account, uint32_t circumstances,
	struct fa_err *err);
/* 1 and the session, or 0 when there is none. */
FA_MUST_CHECK int fc_session_get(struct fc_session *out, struct fc_store *s,
	struct fa_str id, struct fa_err *err);
/* 1 and the account (in a), or 0 when the session has none or no more. */
FA_MUST_CHECK int fc_session_account(struct fa_str *out, struct fc_store *s,
	struct fa_str id, struct fa_arena *a, struct fa_err *err);
/* Takes the event by the table: 1 and the session after it, or 0 when the
 * event changes nothing there; nothing is recorded then. row gives what is
 * recorded besides (text, method, answer, matcher, level: UTF-8 on one line of
 * at most FC_RECORD_FIELD_BYTES), or is NULL; its other members are ignored.
 *
 * In the same transaction, a withdrawal drops what is biometric of the
 * account, and a closing everything of it with its ties to sessions. When 1
 * comes back, none of that is in the file or beside it any more. When that
 * could not be done after the event was recorded it is FA_E_IO, and is done by
 * the next deletion or opening.
 *
 * FA_E_NOTFOUND: no such session. */
FA_MUST_CHECK int fc_session_step(struct fc_session *out, struct fc_store *s,
	const struct fc_table *t, struct fa_str id, enum fc_event e,
	const struct fc_record_row *row, struct fa_err *err);
/* Sessions that have been in a state since before a moment, who waits longest
 * first, at most FC_SESSION_WAITING. since_ms: when they came there. fn may
 * call the store; a return other than 0 ends it and is returned. */
FA_MUST_CHECK int fc_session_waiting(struct fc_store *s, enum fc_state state,
	int64_t before_ms,
	int (*fn)(void *ctx, struct fa_str id, int64_t since_ms,
		struct fa_err *err),
	void *ctx, struct fa_err *err);
/* How many there are. */
FA_MUST_CHECK int fc_session_count(int64_t *n, struct fc_store *s,
	enum fc_state state, int64_t before_ms, struct fa_err *err);
/* 1 and when the session came to the state in which it is, or 0 when there is
 * none. */
FA_MUST_CHECK int fc_session_since(int64_t *since_ms, struct fc_store *s,
	struct fa_str id, struct fa_err *err);
/* Forgets sessions that ended before a moment; their records stay. Returns how
 * many, or a failure. */
FA_MUST_CHECK int fc_session_forget(
	struct fc_store *s, int64_t before_ms, struct fa_err *err);

/* Rows in order, from seq on; what r points to ends with the call of fn, which
 * must not call the store. A return other than 0 ends it and is returned. */
FA_MUST_CHECK int fc_record_each(struct fc_store *s, int64_t seq,
	int (*fn)(void *ctx, const struct fc_record_row *r, const char *sha256,
		struct fa_err *err),
	void *ctx, struct fa_err *err);
/* The same for the rows of one session. */
FA_MUST_CHECK int fc_record_of(struct fc_store *s, struct fa_str session,
	int (*fn)(void *ctx, const struct fc_record_row *r, const char *sha256,
		struct fa_err *err),
	void *ctx, struct fa_err *err);
/* Recomputes the chain, and compares each session with its last record:
 * FA_E_INPUT names the first row or session that does not fit. *rows: how many
 * there are. */
FA_MUST_CHECK int fc_record_verify(
	struct fc_store *s, int64_t *rows, struct fa_err *err);
/* Walks every recorded session through the table: FA_E_INPUT names the first
 * row that the table does not allow. With it, no consent is on record that was
 * not given as the table wants it. *sessions: how many were walked. */
FA_MUST_CHECK int fc_record_replay(struct fc_store *s, const struct fc_table *t,
	int64_t *sessions, struct fa_err *err);
/* Number and digest of the last row; 0 and zeros when there is none. */
FA_MUST_CHECK int fc_record_head(struct fc_store *s, int64_t *seq,
	char sha256[FA_HASH_HEX_BYTES], struct fa_err *err);
/* Drops the rows at the beginning that are older than FC_RECORD_KEEP_DAYS, and
 * no others; the chain goes on from the last of them. *rows: how many. */
FA_MUST_CHECK int fc_record_prune(
	struct fc_store *s, int64_t *rows, struct fa_err *err);

/* Name of a row's event; fc_event_name does not know FC_RECORD_BEGIN. */
const char *fc_record_event_name(uint8_t event);

#endif
