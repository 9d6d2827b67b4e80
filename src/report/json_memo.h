/* What JSON reports say again and again in the same words: the explanation of
 * a verdict (titles, message, source, fix, wording), the rule of a passage.
 * It is formatted and escaped when it first occurs; afterwards its members are
 * copied. A memo belongs to one report: one bundle, one language. */
#ifndef FA_REPORT_JSON_MEMO_H
#define FA_REPORT_JSON_MEMO_H

#include "base/arena.h"
#include "base/json.h"

struct fa_report_memo;

/* Members that are known again; not 0. */
enum { FA_REPORT_MEMO_FINDING = 1, FA_REPORT_MEMO_RULE };

/* What decides how members read. Equal keys read the same where the writer
 * stands at the same depth. */
struct fa_report_memo_key {
	uint32_t obligation, rule;
	uint32_t confidence;
	uint8_t kind; /* which members */
	uint8_t verdict, tier;
	uint16_t place; /* set by fa_report_memo_begin */
};

/* Members that are being written. */
struct fa_report_memo_part {
	struct fa_report_memo_key key;
	size_t from; /* in the output */
};

/* The names of where a passage is, and of what it says. */
struct fa_report_memo_forms {
	struct fa_jw_form place, words;
};
struct fa_report_memo_forms *fa_report_memo_forms(struct fa_report_memo *m);

/* The memo lives in a. */
FA_MUST_CHECK int fa_report_memo_new(
	struct fa_report_memo **out, struct fa_arena *a, struct fa_err *err);
/* Writes the members of that key and says true; false when they are to be
 * written now, and then shown to fa_report_memo_end. */
bool fa_report_memo_begin(struct fa_report_memo_part *part,
	struct fa_report_memo *m, struct fa_jw *w,
	struct fa_report_memo_key key);
/* Keeps what was written since. Without memory for it the output fails. */
void fa_report_memo_end(const struct fa_report_memo_part *part,
	struct fa_report_memo *m, struct fa_jw *w);

#endif
