/* What proofs are made with: faces, pieces of them to look for, and
 * processes that verify and are looked at. Nothing of this is in the memory of
 * the processes that are looked at, except what they take in themselves. */
#ifndef FC_CHILD_STAGE_H
#define FC_CHILD_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "facecheck/child/prove.h"

#define FC_NEEDLES_MAX 32
#define FC_NEEDLE_BYTES 40       /* at most */
#define FC_SCAN_BYTES (1u << 20) /* looked through at a time */

struct fc_needle {
	const uint8_t *p;
	size_t n;
};

/* Memory that processes forked later do not have. */
struct fc_hidden {
	uint8_t *p;
	size_t bytes;
};

struct fc_stage {
	struct fc_prove_opts opts;
	struct fc_hidden hidden;
	size_t wire_bytes;
	const uint8_t *reference; /* a wire, of person 0 */
	const uint8_t *probe[3];  /* wires, of persons 0, 1 and 2 */
	uint8_t *scan;            /* FC_SCAN_BYTES and a needle */
	struct fc_needle needles[FC_NEEDLES_MAX];
	size_t needles_n;
	char dir[64]; /* where subjects work; empty before and after */
};

/* Faults on purpose. */
enum fc_fault {
	FC_FAULT_NONE,
	FC_FAULT_BARE,   /* the child has no protection at all */
	FC_FAULT_KEEPS,  /* the parent reads the probe, and keeps it */
	FC_FAULT_WRITES, /* the child, without protection, writes a file */
	FC_FAULT_SENDS   /* the child, without protection, sends a packet */
};

struct fc_subject_opts {
	enum fc_fault fault;
	bool holds;   /* the child traps with everything in its memory */
	bool network; /* in a network of its own */
};

/* A process that verifies the probe when it is told to, and then waits. */
struct fc_subject {
	pid_t pid;
	int tell, hear; /* pipes */
	int told;       /* the other end of tell, as the subject has it */
	int probe_fd;   /* a file in memory, to be filled before the start */
};

struct fc_heard {
	int32_t rc, answer, level;
	int32_t network; /* 1: it has one of its own */
	char msg[160];
};

FA_MUST_CHECK int fc_hidden_new(
	struct fc_hidden *out, size_t bytes, struct fa_err *err);
void fc_hidden_free(struct fc_hidden *h);

FA_MUST_CHECK int fc_stage_init(struct fc_stage *s,
	const struct fc_prove_opts *opts, struct fa_err *err);
void fc_stage_done(struct fc_stage *s);
/* Files in the directory; removes them. -1: it cannot be read. */
int fc_stage_files(const struct fc_stage *s);

/* Starts a subject, which reports once that it is there. */
FA_MUST_CHECK int fc_subject_start(struct fc_subject *out,
	const struct fc_stage *s, const struct fc_subject_opts *o,
	struct fc_heard *ready, struct fa_err *err);
/* Gives it the probe of a person (0: the same as the reference) and the word
 * to begin. */
FA_MUST_CHECK int fc_subject_begin(struct fc_subject *x,
	const struct fc_stage *s, unsigned person, struct fa_err *err);
/* What it has to say; waits for it. */
FA_MUST_CHECK int fc_subject_hear(
	struct fc_heard *out, struct fc_subject *x, struct fa_err *err);
void fc_subject_end(struct fc_subject *x);

#endif
