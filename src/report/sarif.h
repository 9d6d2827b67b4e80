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

/* The screen and the control of a place (3.28.4, 3.33). */
void fa_report_sarif_place(struct fa_jw *w, const struct fa_flow *flow,
	uint32_t screen, uint32_t element);
/* The taps that lead to each passage of the verdict (3.36); nothing when
 * there are none. */
void fa_report_sarif_paths(struct fa_jw *w, const struct fa_report *r,
	const struct fa_flow *flow, const struct fa_finding *f);

#endif
