/* How far a check has come: shown on a terminal only, only when it takes long,
 * and only when no report is being printed there. */
#ifndef FA_TOOLS_CHECK_PROGRESS_H
#define FA_TOOLS_CHECK_PROGRESS_H

#include "cli/progress.h"
#include "tools/commands.h"

#define FA_CHECK_PATIENCE_MS 2000 /* before anything is shown */

struct fa_check_progress {
	struct fa_progress line;
	const struct fa_tool *tool;
	bool shown; /* may be */
};

/* printing: a report goes to standard output. */
void fa_check_progress_begin(
	struct fa_check_progress *p, const struct fa_tool *t, bool printing);
void fa_check_progress_step(
	struct fa_check_progress *p, size_t done, size_t all, size_t failed);
/* Clears the line, before messages and at the end. */
void fa_check_progress_clear(struct fa_check_progress *p);

#endif
