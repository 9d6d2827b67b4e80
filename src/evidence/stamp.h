/* Time stamps (RFC 3161, RFC 5816): asking an authority to sign that it saw a
 * digest, and checking what it signed. Nothing here talks to a network.
 *
 * A stamp is checked at its own time (genTime): the authority's certificate
 * has to be valid then, not now, because certificates end long before cases
 * do, and a stamp that claims a time before its certificate began is refused.
 * Stock `openssl ts -verify` needs -attime for that. Not seen here: that a
 * certificate was revoked (no network), and that the authority lies.
 *
 * What of a custody log is stamped, and the events that tell of it, stand in
 * evidence/anchor.h.
 *
 * A stamp is not an identifier: bytes of it that no signature covers can be
 * changed without harm (copies of certificates). Who refers to a stamp names
 * the SHA-256 of its bytes. */
#ifndef FA_EVIDENCE_STAMP_H
#define FA_EVIDENCE_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_STAMP_BYTES (1u << 20)    /* of a response or token */
#define FA_STAMP_CA_BYTES (8u << 20) /* of a PEM file of certificates */
#define FA_STAMP_QUERY_TYPE "application/timestamp-query"
#define FA_STAMP_REPLY_TYPE "application/timestamp-reply"

enum fa_imprint { FA_IMPRINT_SHA256, FA_IMPRINT_SM3 };
const char *fa_imprint_name(enum fa_imprint i); /* "sha256", "sm3" */

/* A TimeStampReq in DER for a digest (64 hex digits) that was made by the
 * given algorithm, with a random nonce, asking for the certificates. Lives in
 * a. */
FA_MUST_CHECK int fa_stamp_request(struct fa_str *out, enum fa_imprint alg,
	const char *digest, struct fa_arena *a, struct fa_err *err);

struct fa_stamp_info {
	int64_t gen_ms;       /* genTime, UTC */
	char gen_time[32];    /* as RFC 3339, with the digits it has */
	struct fa_str serial; /* hex, lower case */
	struct fa_str policy; /* dotted OID */
	int64_t accuracy_us;  /* of genTime; -1: not said */
	bool ordering;
	struct fa_str tsa;       /* name in the token, else that of the
				  * signer's certificate; RFC 2253, UTF-8 */
	struct fa_str nonce;     /* hex, or absent */
	struct fa_str algorithm; /* of the imprint: "sha256", "sm3" or what
				  * libcrypto calls it */
	struct fa_str imprint;   /* hex, lower case */
	/* Certificate of the signer; absent or 0 when the token has none. */
	struct fa_str cert_subject, cert_issuer, cert_serial; /* hex */
	char cert_sha256[FA_HASH_HEX_BYTES];                  /* of its DER */
	int64_t cert_from_ms, cert_to_ms;                     /* validity */
	struct fa_str chain_pem; /* certificates in the token, or absent */
	struct fa_str sign_alg;  /* "sha256WithRSAEncryption" */
};

/* What the answer of an authority holds: 1 and the stamp's facts, 0 when the
 * authority refused (*why says what it said, in a). FA_E_INPUT when this is no
 * TimeStampResp, or its stamp does not answer request (imprint, nonce).
 * Nothing is trusted yet. Results live in a. */
FA_MUST_CHECK int fa_stamp_response(struct fa_stamp_info *out,
	struct fa_str *why, struct fa_str response, struct fa_str request,
	struct fa_arena *a, struct fa_err *err);
/* The facts of a stamp: a granted TimeStampResp (.tsr) or a bare
 * TimeStampToken, in DER. FA_E_INPUT when it is neither. Nothing is checked
 * beyond its form. */
FA_MUST_CHECK int fa_stamp_parse(struct fa_stamp_info *out, struct fa_str der,
	struct fa_arena *a, struct fa_err *err);

enum fa_stamp_state {
	FA_STAMP_GOOD,
	FA_STAMP_MALFORMED,   /* no stamp at all */
	FA_STAMP_OTHER_DATA,  /* made for another digest */
	FA_STAMP_FORGED,      /* its signature is wrong */
	FA_STAMP_UNSUPPORTED, /* signed by an algorithm that libcrypto lacks:
			       * SM2 with some builds; cannot be told */
	FA_STAMP_NO_CERT,     /* the signer's certificate is not at hand */
	FA_STAMP_UNTRUSTED,   /* signed, but no given certificate vouches */
	FA_STAMP_OUT_OF_TIME, /* genTime lies outside a certificate's life */
	FA_STAMP_WRONG_USE    /* the certificate is not for time stamping */
};
const char *fa_stamp_state_name(enum fa_stamp_state s); /* "good", ... */

struct fa_stamp_check {
	enum fa_stamp_state state;
	char why[256];             /* "" when good */
	struct fa_stamp_info info; /* all zero when malformed */
};

/* Checks a stamp (form as fa_stamp_parse) over a digest at the stamp's own
 * time. ca_pem holds the certificates that are trusted: roots, intermediate
 * ones or the authority's own, each an anchor by itself (openssl:
 * -partial_chain -attime genTime); absent: none, the result is UNTRUSTED at
 * best. A bad stamp is no failure of the function; FA_E_INPUT when ca_pem
 * holds no certificate, FA_E_NOMEM. Results live in a. */
FA_MUST_CHECK int fa_stamp_verify(struct fa_stamp_check *out, struct fa_str der,
	enum fa_imprint alg, const char *digest, struct fa_str ca_pem,
	struct fa_arena *a, struct fa_err *err);

/* FA_OK when pem is what ca_pem above may be, FA_E_INPUT or FA_E_LIMIT when
 * not. */
FA_MUST_CHECK int fa_stamp_check_certs(
	struct fa_str ca_pem, struct fa_err *err);

#endif
