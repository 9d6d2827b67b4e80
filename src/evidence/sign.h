/* Signatures over exact bytes with their type: DSSE 1.0 (Dead Simple Signing
 * Envelope), with keys of one's own as PEM files. What is signed is
 *
 *	PAE = "DSSEv1" SP len(type) SP type SP len(payload) SP payload
 *
 * with lengths in decimal. Keys are Ed25519 (RFC 8032), or RSA of at least
 * 2048 bits with RSASSA-PKCS1-v1_5 and SHA-256: both give the same signature
 * each time, so that a pack can be made again byte by byte. Without this
 * program: openssl pkeyutl -verify -rawin (Ed25519), openssl dgst -sha256
 * -verify (RSA). */
#ifndef FA_EVIDENCE_SIGN_H
#define FA_EVIDENCE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_SIGN_ENVELOPE_BYTES (64u << 20) /* of an envelope */
#define FA_SIGN_SIGNATURES_MAX 16          /* of an envelope */
#define FA_SIGN_RSA_BITS 2048              /* at least */

/* Appends the pre-authentication encoding of a payload. */
void fa_sign_pae(struct fa_buf *out, struct fa_str type, struct fa_str payload);

/* Appends an envelope with one signature: {"payloadType":...,"payload":
 * base64,"signatures":[{"keyid":...,"sig":base64}]} and a line feed. keyid is
 * the SHA-256 of the public key (SubjectPublicKeyInfo, DER). key_pem is the
 * private key; FA_E_INPUT when it is none, FA_E_UNSUPPORTED when it is
 * encrypted or of another kind. out is as it was on failure. */
FA_MUST_CHECK int fa_sign_dsse(struct fa_buf *out, struct fa_str type,
	struct fa_str payload, struct fa_str key_pem, struct fa_err *err);

struct fa_sign_result {
	bool good;              /* at least one signature, by this key */
	char why[256];          /* "" when good */
	struct fa_str type;     /* of the payload */
	struct fa_str payload;  /* the bytes that were signed */
	struct fa_str key_kind; /* "ed25519", "rsa-2048" */
	char keyid[FA_HASH_HEX_BYTES];
};

/* Looks for a signature of the given public key (PEM: PUBLIC KEY or
 * CERTIFICATE, the first that comes) in an envelope; keyid is a hint only and
 * never trusted. A signature that is wrong is no failure: good is false.
 * FA_E_INPUT when the envelope or the key is none. Results live in a. */
FA_MUST_CHECK int fa_sign_verify(struct fa_sign_result *out,
	struct fa_str envelope, struct fa_str public_pem, struct fa_arena *a,
	struct fa_err *err);
/* The public half of a private key, as PEM (PUBLIC KEY), to hand over beside
 * the signature; lives in a. */
FA_MUST_CHECK int fa_sign_public(struct fa_str *out, struct fa_str key_pem,
	struct fa_arena *a, struct fa_err *err);

#endif
