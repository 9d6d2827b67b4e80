/* What the files of record share. Private to record. */
#ifndef FC_RECORD_INTERNAL_H
#define FC_RECORD_INTERNAL_H

#include "base/buf.h"
#include "facecheck/record/db.h"
#include "facecheck/record/record.h"

struct fc_store {
	struct fa_arena arena; /* in which this lives */
	struct fa_clock clock;
	struct fc_db db;
	struct fa_buf text; /* of one row, for its digest */
	struct fa_sha256 *sha;
	bool residue; /* something was erased; the log may still have it */
};

#define FC_FACTS_BYTES 256 /* all names of facts, commas, NUL */

/* Rows as they stand in the table. */
enum fc_column {
	FC_COL_SEQ,
	FC_COL_AT,
	FC_COL_SESSION,
	FC_COL_BEFORE,
	FC_COL_EVENT,
	FC_COL_AFTER,
	FC_COL_FACTS,
	FC_COL_TEXT,
	FC_COL_METHOD,
	FC_COL_ANSWER,
	FC_COL_MATCHER,
	FC_COL_LEVEL,
	FC_COL_SHA256
};
#define FC_ROW_COLUMNS                                                         \
	"seq, at_ms, session, before, event, after, facts, text, method, "     \
	"answer, matcher, level, sha256"

/* Names of a set of facts, joined by commas; the empty set gives "". */
void fc_facts_write(char out[FC_FACTS_BYTES], uint32_t facts);
/* -1, or the state of that name. */
int fc_state_parse(struct fa_str name);
bool fc_facts_parse(uint32_t *out, struct fa_str text);

/* The digest of a row (record.h) whose sha256 is left out, behind one with the
 * digest before. */
FA_MUST_CHECK int fc_row_digest(char hex[FA_HASH_HEX_BYTES], struct fc_store *s,
	const char *before, const struct fc_record_row *row,
	struct fa_err *err);
/* The row that st stands on; it points into st. FA_E_INPUT when it is not one
 * that this program writes. */
FA_MUST_CHECK int fc_row_read(
	struct fc_record_row *out, sqlite3_stmt *st, struct fa_err *err);
/* The same, whose digest over the one before must be what stands there;
 * before becomes it. */
FA_MUST_CHECK int fc_row_check(struct fc_record_row *out, struct fc_store *s,
	char before[FA_HASH_HEX_BYTES], sqlite3_stmt *st, struct fa_err *err);
/* Adds a row at the end of the chain, within a transaction; seq and at_ms are
 * set. FA_E_USAGE when a field is too long or not one line of UTF-8. */
FA_MUST_CHECK int fc_row_add(struct fc_store *s,
	const struct fc_record_row *row, struct fa_err *err);

/* Within a transaction: drops what the account has (all, or what is
 * biometric); all includes its ties to sessions. Nothing of it is left on the
 * pages of the file, but the log must be emptied after the commit
 * (fc_store_settle). */
FA_MUST_CHECK int fc_people_erase(struct fc_store *s, struct fa_str account,
	bool biometric_only, struct fa_err *err);
/* The same for one value. 1, or 0 when there was none. */
FA_MUST_CHECK int fc_people_drop(struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_err *err);
/* The same for the ties of sessions that are there no more. */
FA_MUST_CHECK int fc_people_untie(struct fc_store *s, struct fa_err *err);
/* Ends the transaction (fc_db_end), then empties the log when something was
 * erased. Returns rc, or the failure. */
FA_MUST_CHECK int fc_store_settle(
	struct fc_store *s, int rc, struct fa_err *err);

#endif
