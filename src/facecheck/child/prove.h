/* Shows on this machine that nothing of a face is left behind: not by argument
 * but by looking. Each proof is first put to a fault made on purpose, and
 * counts only if it notices. Runs in processes of its own and leaves no file.
 *
 *   calls       what the kernel was asked, by ptrace: of the child nothing but
 *               read and exit_group once it is closed; of the parent no
 *               reading, opening, mapping or sending
 *   child       pieces of pixels and templates, searched in all memory of a
 *               child that holds them
 *   core        ... and in a core file of it (needs gcore)
 *   parent      ... and in all memory of the parent, during and after
 *   difference  all writable memory of parents that verified one face or
 *               another: no byte of it depends on which. Finds what is kept in
 *               whatever form
 *   files       the directory that the parent works in is as before
 *   network     no packet in a network of its own
 *
 * Not proved: that pages of pipes and sockets are overwritten when the kernel
 * frees them (it does when started with init_on_free=1), nor what can be told
 * by the time that a matcher takes. */
#ifndef FC_CHILD_PROVE_H
#define FC_CHILD_PROVE_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "facecheck/child/child.h"

#define FC_PROOFS 7
#define FC_PROVE_NOTE_BYTES 384

enum fc_proved {
	FC_PROVED,  /* the fault was noticed, and nothing was found */
	FC_REFUTED, /* something was found */
	FC_UNPROVEN /* cannot be tried here: the note says why */
};

struct fc_proof_result {
	const char *name; /* "calls"; a constant */
	enum fc_proved proved;
	char note[FC_PROVE_NOTE_BYTES]; /* what was seen, in English */
};

struct fc_prove_opts {
	const struct fc_plugin *plugin;
	const void *model;
	enum fc_level require;
	/* Renders a picture of a person, who is a number, as taken once; called
	 * in a process of its own. 0, or -1. The matcher must be able to encode
	 * it. */
	int (*picture)(void *ctx, uint32_t person, uint32_t take,
		uint8_t *pixels, uint32_t width, uint32_t height);
	void *ctx;
	uint32_t width, height;
};

struct fc_proofs {
	enum fc_level level; /* of the children that were looked at */
	struct fc_proof_result result[FC_PROOFS];
};

/* All proofs. Failures are those of the attempt; what was found is in *out.
 * FA_E_UNSUPPORTED in a program built with a sanitizer or below the level asked
 * for. */
FA_MUST_CHECK int fc_prove_run(struct fc_proofs *out,
	const struct fc_prove_opts *opts, struct fa_err *err);
const char *fc_proved_name(enum fc_proved p); /* "proved" */

#endif
