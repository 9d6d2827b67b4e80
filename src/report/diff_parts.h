/* What the writers of comparisons share. Private to them. */
#ifndef FA_REPORT_DIFF_PARTS_H
#define FA_REPORT_DIFF_PARTS_H

#include "report/common.h"
#include "report/diff.h"
#include "report/label.h"

enum fa_diff_word {
	FA_DIFF_W_TITLE,
	FA_DIFF_W_OLD,
	FA_DIFF_W_NEW,
	FA_DIFF_W_FINDINGS,
	FA_DIFF_W_CHANGES,
	FA_DIFF_W_SAME_BYTES,
	FA_DIFF_W_NO_TEXT,
	FA_DIFF_W_NO_CHANGES,
	FA_DIFF_W_NO_FINDINGS,
	FA_DIFF_W_NO_DOCUMENTS,
	FA_DIFF_W_ALONE,
	FA_DIFF_W_NOT_MINIMAL,
	FA_DIFF_W_RETYPED,
	FA_DIFF_W_TECHNICAL,
	FA_DIFF_W_CAUSE,
	FA_DIFF_W_STATE,
	FA_DIFF_W_OBLIGATION,
	FA_DIFF_W_VERDICT,
	FA_DIFF_W_PASSAGE,
	FA_DIFF_W_LAST_SEEN,
	FA_DIFF_W_STILL,
	FA_DIFF_W_CAPTURED,
	FA_DIFF_W_BYTES,
	FA_DIFF_W_KIND,
	FA_DIFF_W_SUMMARY,
	FA_DIFF_W_SILENT,
	FA_DIFF_W_WAS_SILENT,
	FA_DIFF_W_CONTENTS,
	FA_DIFF_W_CAPTION_FINDINGS,
	FA_DIFF_W_CAPTION_CLAUSES,
	FA_DIFF_W_LEGEND,
	FA_DIFF_W_SKIP,
	FA_DIFF_W_METHOD,
	FA_DIFF_W_OUTCOME,
	FA_DIFF_W_OLD_NUMBER,
	FA_DIFF_W_NEW_NUMBER,
	FA_DIFF_W_COUNT
};
const char *fa_diff_word(enum fa_lang lang, enum fa_diff_word w);
const char *fa_diff_kind_word(enum fa_lang lang, const struct fa_diff_row *r);
const char *fa_diff_state_word(enum fa_lang lang, enum fa_diff_state s);
const char *fa_diff_cause_word(enum fa_lang lang, enum fa_diff_cause c);

/* "same 40, reworded 3, ...", without what is 0. */
void fa_diff_counts(
	struct fa_buf *out, enum fa_lang lang, const struct fa_diff *d);
void fa_diff_states(
	struct fa_buf *out, enum fa_lang lang, const struct fa_diff_doc *d);
/* "moved to clause 12", "was clause 3", of a row that moved. */
void fa_diff_put_peer(
	struct fa_buf *out, enum fa_lang lang, const struct fa_diff_row *r);
/* "37 clauses unchanged". */
void fa_diff_put_unchanged(struct fa_buf *out, enum fa_lang lang, size_t n);
/* What was found, in one line; lives in the bundle. */
struct fa_str fa_diff_message(
	const struct fa_diff_report *r, const struct fa_diff_finding *f);
/* Is it a finding of the old version only? */
bool fa_diff_is_past(const struct fa_diff_finding *f);
/* Is it a breach elsewhere in the new version, though not here any more? */
bool fa_diff_still(const struct fa_diff_finding *f);
/* Which rows are shown: changes and the clauses within context of one. The
 * array lives in a. */
FA_MUST_CHECK int fa_diff_shown(bool **out, const struct fa_diff *d,
	uint32_t context, struct fa_arena *a, struct fa_err *err);

/* What pages of comparisons have beside the style of all pages. */
void fa_diff_style(struct fa_buf *out);

#endif
