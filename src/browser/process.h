/* The processes of a browser: started with a pipe to speak over and an empty
 * profile, watched as a group, ended as a group. */
#ifndef FA_BROWSER_PROCESS_H
#define FA_BROWSER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_PROCESS_PATH_BYTES 512
#define FA_PROCESS_ARGS_MAX 48
#define FA_PROCESS_END_MS 3000 /* until a killed group is gone */

struct fa_process {
	pid_t pid; /* also of the group; 0: not running */
	int to, from;
	char folder[FA_PROCESS_PATH_BYTES]; /* profile, home, stderr.txt */
};

/* Runs path with args (NULL at the end; the profile's folder is added as
 * --user-data-dir). Messages go to its file descriptor 3 and come from 4. */
FA_MUST_CHECK int fa_process_start(struct fa_process *p, const char *path,
	const char *const *args, struct fa_err *err);
/* Ends the group and takes the folder away. Safe when it is not running. */
void fa_process_end(struct fa_process *p);

/* What a group of processes holds. */
struct fa_process_group {
	unsigned n;    /* alive */
	size_t bytes;  /* memory of their own */
	pid_t largest; /* but for the leader; 0: none */
};
struct fa_process_group fa_process_look(pid_t group);
/* Milliseconds that its processes have waited for a processor, together; 0
 * where the system does not say. */
int64_t fa_process_starved_ms(pid_t group);

/* What the browser said before it ended, last line first found with word, or
 * the last line; cut to n bytes with a NUL. */
void fa_process_said(const struct fa_process *p, char *line, size_t n);

#endif
