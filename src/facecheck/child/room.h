/* The memory of a child in which a face may be: pictures, templates, scratch
 * and the stack of whoever works on them. Pages that are not used cost nothing.
 *
 * Lies in memfd_secret (Linux 5.14: unmapped in the kernel, out of reach of
 * ptrace, /proc/PID/mem and core dumps, cleared by the kernel when released),
 * or is locked and kept out of core dumps, or is plain. */
#ifndef FC_CHILD_ROOM_H
#define FC_CHILD_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facecheck/face/plugin.h"

enum fc_room_kind { FC_ROOM_PLAIN, FC_ROOM_LOCKED, FC_ROOM_SECRET };

struct fc_room {
	enum fc_room_kind kind;
	uint8_t *stack; /* FC_STACK_BYTES; below it nothing is mapped */
	uint8_t *base;  /* == stack */
	size_t bytes;
	uint8_t *reference, *probe; /* pixels */
	uint8_t *templ_a, *templ_b, *scratch;
	size_t templ_bytes, scratch_bytes;
};

/* Made in the child, for good: it ends with the process. false, with *out
 * untouched, when the kernel does not give that kind. */
bool fc_room_make(struct fc_room *out, enum fc_room_kind kind,
	const struct fc_plugin *plugin);
/* Overwrites what the pictures (so many bytes each) and the matcher left. The
 * scratch and the stack of a secret room are left to the kernel, which clears
 * them: to overwrite here what was never used would bring it into being. */
void fc_room_wipe(
	struct fc_room *room, size_t reference_bytes, size_t probe_bytes);

#endif
