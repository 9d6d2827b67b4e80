/* How far a check went, for all writers: what it left out of folders, and the
 * settings of the project that it went by. Who reads that nothing was found
 * has to see what nobody looked at. */
#ifndef FA_REPORT_EXTENT_H
#define FA_REPORT_EXTENT_H

#include "report/label.h"
#include "report/report.h"
#include "report/wrap.h"

/* What was left out of folders, and how much of it; the next part after *i,
 * which is 0 before the first call. False behind the last one. */
bool fa_report_left_out(enum fa_label *what, uint32_t *n, size_t *i,
	const struct fa_report_totals *t);
/* Two lines, or what there is of them. */
void fa_report_text_extent(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_report_totals *t);
void fa_report_html_extent(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t);

#endif
