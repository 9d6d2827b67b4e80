/* Parts of the SARIF writer that two files share. */
#ifndef FA_REPORT_SARIF_H
#define FA_REPORT_SARIF_H

#include "report/common.h"

/* tool.driver: every rule of the bundle with its help (SARIF 2.1.0, 3.19).
 * index[rule] gets its place in driver.rules, or UINT32_MAX for a rule that
 * only finds the scope; obligation_index the same for obligations, which
 * stand for findings that no rule decided. */
void fa_report_sarif_driver(struct fa_jw *w, const struct fa_report *r,
	uint32_t *index, uint32_t *obligation_index);

/* {"text": s}, with hidden characters made visible. */
void fa_report_sarif_message(struct fa_jw *w, const char *key, struct fa_str s);

#endif
