/* SIGINT and SIGTERM ask the work to end after the document at hand; a second
 * one ends the program at once. SIGPIPE is ignored, so that a reader who goes
 * away is a failed write. */
#ifndef FA_TOOLS_SIGNALS_H
#define FA_TOOLS_SIGNALS_H

#include "cli/console.h"

void fa_signals_install(void);
/* FA_EXIT_INTERRUPTED, FA_EXIT_AGAIN (SIGTERM), or FA_EXIT_CLEAN when nobody
 * asked. */
enum fa_exit fa_signals_status(void);

#endif
