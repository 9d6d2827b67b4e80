/* The parts of the proofs, and what they share. */
#ifndef FC_CHILD_PROVER_H
#define FC_CHILD_PROVER_H

#include "facecheck/child/look.h"

enum fc_proof {
	FC_PROOF_CALLS,
	FC_PROOF_CHILD,
	FC_PROOF_CORE,
	FC_PROOF_PARENT,
	FC_PROOF_DIFFERENCE,
	FC_PROOF_FILES,
	FC_PROOF_NETWORK
};

struct fc_prover {
	struct fc_stage stage;
	struct fc_proofs *out;
	struct fa_err *err;
	bool blind; /* tracing is not allowed here */
};

/* One subject with its end. */
struct fc_run {
	struct fc_subject x;
	struct fc_heard heard;
	struct fc_calls calls;
	int64_t packets; /* sent meanwhile; -1: unknown */
	bool network;    /* of its own */
	int files;
};

/* What is seen of a child that holds a face, and of its parent meanwhile. */
struct fc_seen {
	struct fc_found child, parent, core;
	bool held, has_core;
};

void fc_prover_tell(struct fc_prover *p, enum fc_proof which,
	enum fc_proved proved, const char *fmt, ...) FA_PRINTF(4, 5);
/* What a search found, decided against a fault that it must notice. */
enum fc_proved fc_prover_decide(bool control_noticed, bool found);
/* Runs a subject under trace to its end or until it holds; it stays there. */
FA_MUST_CHECK int fc_prover_run(
	struct fc_run *r, struct fc_prover *p, struct fc_subject_opts o);
void fc_prover_end(struct fc_run *r);

FA_MUST_CHECK int fc_prove_memory(struct fc_prover *p, struct fc_seen *good);
FA_MUST_CHECK int fc_prove_parent(
	struct fc_prover *p, const struct fc_seen *during);
FA_MUST_CHECK int fc_prove_difference(struct fc_prover *p);

#endif
