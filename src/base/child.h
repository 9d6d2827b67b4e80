/* Another program as a step of the work: run without a shell, fed and read
 * through pipes, with limits on time, memory and output, and ended with all
 * that it started in every case. */
#ifndef FA_BASE_CHILD_H
#define FA_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_CHILD_SAID_BYTES 400 /* kept of standard error */

struct fa_child {
	const char *const *argv; /* program, by PATH, and words; NULL ends */
	struct fa_str in;        /* for its standard input */
	size_t out_bytes;        /* of standard output, at most */
	unsigned wall_ms;        /* until it is killed */
	unsigned cpu_s;          /* processor time; 0: no limit */
	size_t memory_bytes;     /* address space; 0: no limit */
	bool environment; /* gets ours; else PATH, HOME and LANG=C.UTF-8 */
};

struct fa_child_end {
	struct fa_str out;
	int status;                     /* exit status; -1: ended by a signal */
	bool late;                      /* killed at the end of its time */
	bool too_much;                  /* killed for its output */
	char said[FA_CHILD_SAID_BYTES]; /* first line of standard error */
};

/* Runs it to its end. That it fails is no failure: see *out, whose text lives
 * in a. FA_E_UNSUPPORTED: there is no such program. */
FA_MUST_CHECK int fa_child_run(struct fa_child_end *out,
	const struct fa_child *c, struct fa_arena *a, struct fa_err *err);

#endif
