/* The life of a child, from the fork to its one byte. */
#ifndef FC_CHILD_INSIDE_H
#define FC_CHILD_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "facecheck/child/child.h"

/* Steps to a level, in order; which one the kernel refused. */
enum fc_step {
	FC_STEP_NONE,
	FC_STEP_FDS,
	FC_STEP_SECRET,
	FC_STEP_LOCKED,
	FC_STEP_STACK,
	FC_STEP_MEMORY,
	FC_STEP_FILES,
	FC_STEP_LIMITS,
	FC_STEP_CALLS
};
/* Exit status of a child that did not come to its level: this | step. */
#define FC_STEP_FAILED 0x80

struct fc_cell {
	const struct fc_plugin *plugin;
	const void *model;
	const void *object; /* where the plug-in's object begins, or NULL */
	enum fc_level level;
	bool limited; /* no more than the level */
	uint32_t cpu_s;
	int reference_fd, probe_fd, life_fd;
};

/* To be called in the child, at once after fork; does not return. Allocates
 * nothing and takes no lock: the parent may have had threads. */
void fc_cell_run(const struct fc_cell *cell);

#endif
