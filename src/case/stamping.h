/* Anchoring the log of a case outside: a checkpoint over what it says so far,
 * and stamps of it from authorities that the caller names. An authority that
 * does not answer, or not well, leaves a stamp pending and is asked again the
 * next time; it keeps nothing else from going on. The events are those of
 * evidence/anchor.h. */
#ifndef FA_CASE_STAMPING_H
#define FA_CASE_STAMPING_H

#include "case/desk.h"
#include "evidence/anchor.h"
#include "fetch/client.h"

#define FA_STAMPING_AUTHORITIES_MAX 16
#define FA_STAMPING_CHECKPOINTS_MAX 1000000

/* One stamp that a checkpoint has, or is to have. */
struct fa_stamp_row {
	int64_t seq; /* of the last event about it; 0: nobody was asked yet */
	struct fa_tst tst;
};

struct fa_checkpoint_row {
	int64_t seq;
	int64_t t_ms;
	struct fa_checkpoint c;
	/* Digests of its line. */
	char sha256[FA_HASH_HEX_BYTES], sm3[FA_HASH_HEX_BYTES];
	struct fa_stamp_row *stamps; /* by first mention */
	size_t stamps_n, stamps_cap;
};

struct fa_anchors {
	struct fa_chain chain;
	struct fa_checkpoint_row *at; /* in order of the log */
	size_t n, cap;
	struct fa_merkle tree; /* over all lines */
	int64_t last_seq;      /* last event but checkpoints and stamps */
};

/* Reads checkpoints and stamps out of the log. FA_E_INPUT when the log is not
 * whole, or a checkpoint does not have the root of the lines before it: such a
 * log is not stamped. Everything lives in a. */
FA_MUST_CHECK int fa_anchors_load(struct fa_anchors *out, struct fa_store *s,
	struct fa_arena *a, struct fa_err *err);

struct fa_stamping_opts {
	const struct fa_str *authorities; /* URLs */
	size_t authorities_n;
	bool sm3;        /* a stamp by an SM3 imprint as well */
	bool retry_only; /* no new checkpoint */
	bool renew; /* a new checkpoint also when only stamps are new, so that
		     * they are stamped themselves */
	struct fa_str tsa_pem; /* certificates that are trusted, or absent */
	struct fa_fetcher fetcher; /* unused without authorities */
	bool (*stop)(void *ctx);   /* may be NULL */
	void *ctx;
};

struct fa_stamping_result {
	int64_t checkpoint; /* newest; 0: there is none */
	bool is_new;
	bool covers_all; /* nothing but stamps happened since */
	/* Stamps that were dealt with, by state. */
	size_t confirmed, untrusted, pending;
};

/* Appends a checkpoint when anything happened since the last one, asks the
 * given authorities for the stamps that they owe to it and to earlier ones
 * that are pending with them, and checks again, with tsa_pem, the stamps whose
 * authority could not be checked. Each outcome is an event, committed at once.
 * FA_E_USAGE when the log is empty; FA_E_INTERRUPTED when stop says so. */
FA_MUST_CHECK int fa_stamping_run(struct fa_stamping_result *out,
	struct fa_desk *d, const struct fa_stamping_opts *o,
	struct fa_err *err);

/* Asks one authority to stamp a digest and checks what comes back. *der is
 * absent, and check->why says why, when no stamp came; else it is the answer,
 * and check what is to be thought of it. Results live in a. */
FA_MUST_CHECK int fa_stamping_ask(struct fa_str *der,
	struct fa_stamp_check *check, const struct fa_stamping_opts *o,
	struct fa_str authority, enum fa_imprint alg, const char *digest,
	struct fa_arena *a, struct fa_err *err);

#endif
