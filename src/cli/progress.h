/* How far long work has come: one line that is drawn over on a terminal, plain
 * lines from time to time in a log. On standard error. */
#ifndef FA_CLI_PROGRESS_H
#define FA_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/console.h"

#define FA_PROGRESS_LOG_MS 10000 /* between two lines of a log */
#define FA_PROGRESS_DRAW_MS 100  /* between two drawings on a terminal */

struct fa_progress {
	const struct fa_console *con;
	const char *what; /* "crawl" */
	const char *unit; /* what is counted: "页" or "pages" */
	bool terminal;
	bool drawn; /* a line stands that must be cleared */
	int64_t begun_ms, told_ms;
	uint64_t begun_done; /* done before this run, at the first show */
	bool counted;        /* begun_done is set */
};

void fa_progress_begin(struct fa_progress *p, const struct fa_console *con,
	const char *what, const char *unit, int64_t now_ms);
/* Shows done out of all (0: not known) with failures, rate and the time that
 * is left at this rate. */
void fa_progress_show(struct fa_progress *p, uint64_t done, uint64_t all,
	uint64_t failed, int64_t now_ms);
/* As much of the line as fits into so many terminal columns. */
struct fa_str fa_progress_clip(struct fa_str line, size_t columns);
/* Clears the line, so that messages can follow. */
void fa_progress_end(struct fa_progress *p);

#endif
