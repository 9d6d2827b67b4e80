/* What a child gives up before it may see a face, step by step. All is by the
 * kernel and cannot be taken back; none of it allocates memory. */
#ifndef FC_CHILD_SANDBOX_H
#define FC_CHILD_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "facecheck/child/room.h"

/* Where the pipes are in the child. The last says by being open that it lives.
 */
#define FC_FD_REFERENCE 3
#define FC_FD_PROBE 4
#define FC_FD_LIFE 5

/* Keeps these descriptors, as FC_FD_*, and closes all others. */
bool fc_sandbox_fds(int reference_fd, int probe_fd, int life_fd);
/* No core dump, no file content, no further descriptors or processes, so much
 * processor time; no new privileges; not to be traced by its own user. */
bool fc_sandbox_limits(uint32_t cpu_s);
/* Memory that other processes see, but for the room, can be read only from now
 * on; likewise what an object loaded at base (NULL: none) holds in variables.
 */
bool fc_sandbox_memory(const struct fc_room *room, const void *base);
/* No files, no network (Landlock, all that the kernel's version handles), and
 * no new privileges. */
bool fc_sandbox_files(void);
/* Of all system calls only read of the first two FC_FD_* and exit_group are
 * left; any other kills the process (seccomp). */
bool fc_sandbox_calls(void);

#endif
