/* The areas of a process's memory (proc_pid_maps(5)), without allocating: also
 * for a child between fork and its filter. */
#ifndef FC_CHILD_MAPS_H
#define FC_CHILD_MAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define FC_MAPS_LINE_BYTES 4352 /* numbers, and a path */

struct fc_map {
	uint64_t from, to;
	bool readable, writable, executable, shared;
	struct fa_str path; /* "[heap]", "/usr/lib/x.so", or empty */
};

/* Calls fn for each area in order of addresses until it returns false. false
 * when it did, or the file at path ("/proc/self/maps") cannot be read. */
bool fc_maps_each(const char *path,
	bool (*fn)(void *ctx, const struct fc_map *), void *ctx);

#endif
