/* The words of the reports in Chinese and English. */
#ifndef FA_REPORT_LABEL_H
#define FA_REPORT_LABEL_H

#include "model/finding.h"
#include "model/rule.h"

enum fa_label {
	FA_LABEL_GRADE,
	FA_LABEL_SCORE,
	FA_LABEL_COVERAGE,
	FA_LABEL_SCOPES,
	FA_LABEL_SOURCE,
	FA_LABEL_QUOTE,
	FA_LABEL_CONTRA,
	FA_LABEL_WHY,
	FA_LABEL_FIX,
	FA_LABEL_WORDING,
	FA_LABEL_WORDING_GAP,
	FA_LABEL_REASON,
	FA_LABEL_SILENT, /* a gap has no passage */
	FA_LABEL_SILENT_FLOW,
	FA_LABEL_MORE, /* "%u more" comes as number, then this */
	FA_LABEL_GATES,
	FA_LABEL_NOTICE,
	FA_LABEL_PARTIAL,
	FA_LABEL_PARTIAL_N,
	FA_LABEL_LEFT_OUT,
	FA_LABEL_SETTINGS,
	FA_LABEL_EXCLUDED,
	FA_LABEL_IGNORED,
	FA_LABEL_OWN,
	FA_LABEL_DERIVED,
	FA_LABEL_OF_WORD,
	FA_LABEL_OF_PDF,
	FA_LABEL_ERROR,
	FA_LABEL_NONE,
	FA_LABEL_TOTAL,
	FA_LABEL_DOCUMENTS,
	FA_LABEL_ERRORS,
	FA_LABEL_WITH_FACE,
	FA_LABEL_GATING,
	FA_LABEL_COMMA,
	FA_LABEL_COLON,
	FA_LABEL_OPEN, /* around a quote without colour */
	FA_LABEL_CLOSE,
	FA_LABEL_CUT,
	FA_LABEL_AGAINST, /* message of a counter-evidence location */
	FA_LABEL_ALSO,    /* message of a further passage */
	FA_LABEL_CAVEAT,
	FA_LABEL_LEDGER,
	FA_LABEL_PARAGRAPHS, /* behind their number */
	FA_LABEL_USES,
	FA_LABEL_APP,
	FA_LABEL_CONFLICT,
	FA_LABEL_BASIS,
	FA_LABEL_WAY, /* the taps that lead there */
	FA_LABEL_WAIVED,
	FA_LABEL_WAIVED_N, /* behind their number */
	FA_LABEL_WAIVER_NOTES,
	FA_LABEL_RULE,
	FA_LABEL_COUNT
};

const char *fa_label(enum fa_lang lang, enum fa_label l);
const char *fa_label_verdict(enum fa_lang lang, enum fa_verdict v);
const char *fa_label_severity(enum fa_lang lang, enum fa_severity s);
const char *fa_label_tier(enum fa_lang lang, enum fa_tier t);
const char *fa_label_ledger(enum fa_lang lang, enum fa_ledger_status s);
const char *fa_label_scope(enum fa_lang lang, int scope);

#endif
