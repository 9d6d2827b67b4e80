/* How long is waited for a page. A machine that is busy with other things must
 * not look like a page that hangs: time in which the browser waited for a
 * processor does not count, nor does time in which the net still owes the page
 * its document (the net has limits of its own). */
#ifndef FA_BROWSER_PATIENCE_H
#define FA_BROWSER_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

#define FA_PATIENCE_TIMES 4 /* a limit is lengthened so often, at most */
#define FA_PATIENCE_NET_MS                                                     \
	150000 /* for the net, in all: a request's own time, and the longest   \
		* pause that robots.txt may ask for */

struct fa_patience_of {
	void *self;
	/* Milliseconds that it has waited for a processor, ever. */
	int64_t (*starved_ms)(void *self);
	/* Is a document under way? */
	bool (*owed)(void *self);
};

struct fa_patience {
	int64_t limit_ms, end_ms, half_ms, last_ms;
	int64_t owed_ms;    /* that did not count */
	int64_t starved_ms; /* at half time; -1: not asked yet */
	unsigned times;
};

void fa_patience_begin(struct fa_patience *p, int64_t limit_ms, int64_t now);
/* Is it over? To be asked often. */
bool fa_patience_over(
	struct fa_patience *p, const struct fa_patience_of *of, int64_t now);

#endif
