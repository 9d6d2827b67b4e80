/* Verifying a pack, unpacked or not, or a case: every digest, the chain of the
 * log, proofs, stamps, the signature; then every quote is cut again from the
 * archived bytes, and these are judged again. Nothing is trusted but what the
 * caller names: authorities of time stamps, and a signer. */
#ifndef FA_CASE_VERIFY_H
#define FA_CASE_VERIFY_H

#include "case/pack.h"

#define FA_VERIFY_SCHEMA "faceaudit-verify/1"
#define FA_VERIFY_CHECKS 24  /* of one report, at most */
#define FA_VERIFY_STAMPS 256 /* told one by one */

enum fa_verify_state {
	FA_VERIFY_OK,
	FA_VERIFY_NONE,       /* there is nothing to check, nor need be */
	FA_VERIFY_UNANCHORED, /* right in itself; nobody else vouches for it */
	FA_VERIFY_CANNOT,     /* not checked, and why */
	FA_VERIFY_FAILED
};
/* Is a check about what follows from the evidence, and can be made from it
 * again (findings, quotes, bodies, lists, index), and not about the evidence?
 */
bool fa_verify_is_derived(const char *id);
/* "ok", "none", "not anchored", "cannot check", "failed". */
const char *fa_verify_state_name(enum fa_verify_state s);

struct fa_verify_check {
	const char *id; /* "chain"; faceaudit-verify(1) lists them */
	enum fa_verify_state state;
	struct fa_str detail; /* one line */
};

struct fa_verify_stamp {
	struct fa_str file; /* of the pack */
	const char *over;   /* "case.wacz", "log" */
	const char *state;  /* fa_stamp_state_name */
	struct fa_str time, tsa, serial, policy, algorithm; /* or absent */
	struct fa_str cert_sha256;                          /* or absent */
};

struct fa_verify_report {
	struct fa_verify_check checks[FA_VERIFY_CHECKS];
	size_t n;
	struct fa_verify_stamp stamps[FA_VERIFY_STAMPS];
	size_t stamps_n;
	/* The worst state of all checks, and of those of the evidence: not of
	 * what was derived from it (fa_verify_is_derived). */
	enum fa_verify_state verdict, evidence;
	/* By a trusted stamp over the container: since when it is as it is,
	 * the earliest; "" when there is none. */
	char since[32];
	int64_t stamped; /* events that a trusted stamp over the log covers */
	bool signed_as_expected; /* by the signer that the caller named */
	struct fa_str case_id, software; /* as the pack says, or absent */
	char wacz_sha256[FA_HASH_HEX_BYTES], wacz_sm3[FA_HASH_HEX_BYTES];
	int64_t events;
	char head[FA_HASH_HEX_BYTES];  /* of the log, or "" */
	char keyid[FA_HASH_HEX_BYTES]; /* of the signature, or "" */
};

struct fa_verify_opts {
	struct fa_str tsa_pem;    /* authorities that are trusted, or absent */
	struct fa_str signer_pem; /* key or certificate that has to have
				   * signed, or absent */
	struct fa_str software, tool_version; /* of this program */
	bool evidence_only;      /* leave out what is derived from it */
	bool (*stop)(void *ctx); /* may be NULL */
	void *ctx;
};

/* Verifies the pack, the folder that one was unpacked to, or the case at path.
 * What is wrong with it stands in the report. FA_E_IO when it cannot be read,
 * FA_E_USAGE when it is nothing of the kind, FA_E_INTERRUPTED, FA_E_NOMEM.
 * Texts live in a. */
FA_MUST_CHECK int fa_verify(struct fa_verify_report *out, struct fa_str path,
	const struct fa_verify_opts *opts, struct fa_arena *a,
	struct fa_err *err);

#endif
