/* Reports whose first lines need what comes last: what is written meanwhile
 * waits in a fa_spill, and long output is handed on in pieces (r->flush), so
 * that no report stands in memory as a whole. */
#ifndef FA_REPORT_SPOOL_H
#define FA_REPORT_SPOOL_H

#include "base/spill.h"
#include "report/report.h"

/* Hands on what is in out when it is much. */
FA_MUST_CHECK int fa_report_flush(const struct fa_report *r, struct fa_buf *out,
	const char *what, struct fa_err *err);
/* Appends all of s to out, handing it on. */
FA_MUST_CHECK int fa_report_pour(const struct fa_report *r, struct fa_buf *out,
	const struct fa_spill *s, const char *what, struct fa_err *err);

#endif
