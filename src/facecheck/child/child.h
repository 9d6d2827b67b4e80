/* One verification in a child process of which the kernel lets out one byte.
 *
 * The child has its arena, stack included, in memory that no other process can
 * read (memfd_secret), no files, no network (Landlock), and of all system calls
 * read and exit_group (seccomp). It reads the reference and the probe from two
 * pipes, into which the parent moves them by splice without mapping them,
 * decides, wipes, and exits; its exit status is the verdict. No score leaves:
 * it would help nobody but who climbs it. The matcher is called when both pipes
 * have ended, so that not even how much it reads is seen outside; memory that
 * the child shares with others is made read-only before.
 *
 * Where a kernel lacks a part, the level says so (FC_LEVEL_*), and who asked
 * for a level gets that or nothing. The level is that up to which nothing
 * lacks; parts beyond it are taken all the same where the kernel gives them. */
#ifndef FC_CHILD_CHILD_H
#define FC_CHILD_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "facecheck/face/plugin.h"

/* The exit status of the child. */
enum fc_answer {
	FC_MATCH,
	FC_NO_MATCH,
	FC_POOR, /* not good enough to decide: try another picture */
	FC_NOT_ALIVE,
	FC_BAD_INPUT, /* no picture, or more than the limits allow */
	FC_INTERNAL   /* died, hung, broke a promise */
};
#define FC_ANSWERS 6

enum fc_level {
	FC_LEVEL_NONE,     /* for tests under sanitizers only */
	FC_LEVEL_LIMITS,   /* rlimits, no new privileges, not dumpable */
	FC_LEVEL_SYSCALLS, /* ... seccomp; arena locked, out of core dumps */
	FC_LEVEL_FILES,    /* ... Landlock */
	FC_LEVEL_SECRET    /* ... arena in memfd_secret */
};
#define FC_LEVELS 5

#define FC_CHILD_TIMEOUT_MS 5000 /* then it is killed: INTERNAL */
#define FC_CHILD_TIMEOUT_MAX_MS 600000
#define FC_POOL_MAX 64 /* children that wait, ready */

/* What goes down the pipes, in this order, all little-endian, the reference
 * before the probe: not a byte of the probe is moved before the reference has
 * ended, so that both may come by one descriptor. The matcher is asked for
 * liveness, then to encode the reference, then the probe's first frame, then to
 * compare, as far as the answers let it come.
 *   "FCP1", uint32 frames (1 .. FC_FRAMES_MAX), uint32 width, uint32 height,
 *   uint32 enum fc_turn, then frames * width * height bytes of grey.
 * A reference is the same with one frame and no turn. Width and height are 1 ..
 * FC_PICTURE_SIDE_MAX; nothing follows. */
#define FC_WIRE_HEAD 20
/* Of frames * width * height. Less than sides and frames allow: the arena is
 * locked memory, of which a process is commonly given 8 MiB. */
#define FC_PIXELS_MAX (4u << 20)
/* Bytes that are moved for one side, at most; more is BAD_INPUT. */
#define FC_WIRE_MAX (FC_WIRE_HEAD + FC_PIXELS_MAX)

/* Of a matcher (facecheck-plugin(3)). */
#define FC_TEMPLATE_MAX (64u << 10) /* bytes */
#define FC_SCRATCH_MAX (64u << 20)  /* bytes */
#define FC_STACK_BYTES (256u << 10) /* that its calls have */

struct fc_child_opts {
	const struct fc_plugin *plugin;
	const void *model;
	enum fc_level require; /* fail closed below this */
	unsigned pool;         /* children ready beforehand; 0: none */
	int64_t timeout_ms;    /* 0: FC_CHILD_TIMEOUT_MS */
	/* No more than at_most, if limited: to measure what a level costs, and
	 * for proofs to show that they notice. */
	bool limited;
	enum fc_level at_most;
};

struct fc_children;

/* FA_E_UNSUPPORTED when the kernel does not give the level asked for; the
 * message names what is missing. FA_E_INPUT for a plug-in that breaks the
 * rules of plugin.h or the limits above. *out and what opts point to live until
 * fc_children_free; SIGCHLD must not be ignored meanwhile. */
FA_MUST_CHECK int fc_children_new(struct fc_children **out,
	const struct fc_child_opts *opts, struct fa_err *err);
void fc_children_free(struct fc_children *c); /* NULL is fine */
/* The level that children reach. */
enum fc_level fc_children_level(const struct fc_children *c);
/* What is wanting for a higher level, or NULL; a constant. */
const char *fc_children_lack(const struct fc_children *c);
/* Makes the pool full again. A verification takes a child out of the pool and
 * leaves this to a moment when nobody waits; without it the pool runs dry, and
 * children are made when they are needed. */
FA_MUST_CHECK int fc_children_ready(struct fc_children *c, struct fa_err *err);

/* Verifies: the bytes of reference and probe (as above) come from two file
 * descriptors (pipe, socket or file) and are moved, never read, by this
 * process. With more than one frame, liveness is asked of the matcher, by the
 * turn that the probe itself names. Failures are about this process; what is
 * wrong with the pictures or the child is an answer. Several threads may verify
 * at once. */
FA_MUST_CHECK int fc_children_verify(enum fc_answer *out, struct fc_children *c,
	int reference_fd, int probe_fd, struct fa_err *err);

/* The same for who does not believe what the probe says of itself. */
struct fc_order {
	/* The probe must have the frames that the matcher wants for liveness
	 * and name this turn, else it is BAD_INPUT. Otherwise its own word
	 * counts. */
	bool alive;
	enum fc_turn turn;
};
struct fc_source {
	int fd;
	uint64_t bytes; /* taken from fd, no more; 0: until its end */
};
FA_MUST_CHECK int fc_children_check(enum fc_answer *out, struct fc_children *c,
	const struct fc_order *order, struct fc_source reference,
	struct fc_source probe, struct fa_err *err);

const char *fc_answer_name(enum fc_answer a); /* "no_match" */
const char *fc_level_name(enum fc_level l);   /* "secret" */
int fc_level_parse(const char *s);            /* -1: unknown */

#endif
