/* Looks at other processes: their memory, their calls, their network. */
#ifndef FC_CHILD_LOOK_H
#define FC_CHILD_LOOK_H

#include <stdbool.h>

#include "facecheck/child/stage.h"

struct fc_found {
	size_t hits;             /* needles found, each counted once */
	size_t looked_bytes;     /* read */
	size_t unreadable_bytes; /* refused by the kernel, area by area */
	bool refused;            /* refused as a whole to this user */
};

/* Searches all memory of a process; of the areas that cannot be written only
 * those of files are left out. */
FA_MUST_CHECK int fc_look_memory(struct fc_found *out, const struct fc_stage *s,
	pid_t pid, struct fa_err *err);
/* Searches a file. FA_E_NOTFOUND when there is none. */
FA_MUST_CHECK int fc_look_file(struct fc_found *out, const struct fc_stage *s,
	const char *path, struct fa_err *err);

bool fc_look_has_gcore(void);
/* Makes gcore write a core file of a stopped process, searches it and removes
 * it. false: there was none. */
bool fc_look_core(struct fc_found *out, const struct fc_stage *s, pid_t held);

/* All writable memory of a process, area by area. FA_E_UNSUPPORTED where that
 * is not allowed. */
#define FC_AREAS_MAX 512
struct fc_area {
	uint64_t from, to;
	size_t at; /* in the copy */
};
struct fc_copy {
	struct fc_hidden memory;
	struct fc_area area[FC_AREAS_MAX];
	size_t areas, used;
};
FA_MUST_CHECK int fc_look_copy(
	struct fc_copy *out, pid_t pid, struct fa_err *err);

/* Packets that went through the network of a process; -1: unknown. */
int64_t fc_look_packets(pid_t pid);

/* What a traced subject and its children asked of the kernel. */
struct fc_calls {
	unsigned children;   /* that came to their filter */
	unsigned reads;      /* of children, after the filter */
	unsigned ends;       /* exit_group, after the filter */
	unsigned unfiltered; /* children that ended or trapped without one */
	unsigned forbidden;  /* calls of children, after the filter */
	long first_forbidden;
	unsigned parent_calls, parent_forbidden;
	long first_parent;
	pid_t held; /* the child that trapped, stopped; 0: none */
};

/* Traces a subject from its start, which this gives, to its report or until a
 * child traps. FA_E_UNSUPPORTED where tracing is not allowed. */
FA_MUST_CHECK int fc_look_calls(struct fc_calls *out, struct fc_heard *heard,
	struct fc_subject *x, const struct fc_stage *s, struct fa_err *err);
/* Lets go of a held child, which stays stopped. */
void fc_look_release(pid_t held);
/* "read", or "call 123"; into buf. */
const char *fc_call_name(long nr, char buf[24]);

#endif
