/* Ways to verify a person without the face. Each works by itself; two need no
 * smartphone (document, human review). Order of listing: national channels
 * first (Measures art. 11). Stubs stand in for networks that a benchmark must
 * not touch and say so. Nothing here keeps anything; see record/account.h. */
#ifndef FC_METHOD_METHOD_H
#define FC_METHOD_METHOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

enum fc_method {
	FC_METHOD_NETID,    /* 国家网络身份认证 (stub: result only) */
	FC_METHOD_SMS,      /* one-time code to a phone (stub) */
	FC_METHOD_CALL,     /* call-back with a code (stub): any telephone */
	FC_METHOD_TOTP,     /* RFC 6238 */
	FC_METHOD_PASSKEY,  /* WebAuthn assertion, ES256 */
	FC_METHOD_DOCUMENT, /* number of an identity document */
	FC_METHOD_HUMAN,    /* review by a person, with a deadline */
	FC_METHOD_COUNT
};

struct fc_method_info {
	const char *name;  /* "totp" */
	const char *title; /* Chinese */
	const char *hint;  /* one sentence in Chinese for who chooses */
	bool needs_smartphone, stub;
};
const struct fc_method_info *fc_method_info(enum fc_method m);
int fc_method_parse(struct fa_str s); /* -1: unknown */

/* RFC 6238 with SHA-1, 30 s, six digits, one step of drift either way; *used
 * is the last step accepted (-1: none), which is not accepted again, nor one
 * before it. False without a secret. */
#define FC_TOTP_SECRET_BYTES 20 /* RFC 4226, 4, R6 */
#define FC_TOTP_SECONDS 30
bool fc_totp_ok(
	struct fa_str secret, struct fa_str code, int64_t now_s, int64_t *used);
/* The code of a step (seconds since 1970 by FC_TOTP_SECONDS); false when the
 * secret is empty or step is below 0. */
bool fc_totp_at(char digits[7], struct fa_str secret, int64_t step);
/* A new secret, and the same in base 32 (RFC 4648, 6) as authenticators take
 * it. */
FA_MUST_CHECK int fc_totp_new(unsigned char secret[FC_TOTP_SECRET_BYTES],
	char base32[33], struct fa_err *err);

/* GB 11643-1999: 18 characters, a date that exists, the check character
 * (ISO 7064 MOD 11-2; x is taken for X). Says nothing about whether the person
 * has it. */
bool fc_document_ok(struct fa_str number);
/* Full years on a date (YYYYMMDD), -1 when the number does not hold or its
 * date is still to come. A year is full on the day after the birthday, and on
 * 1 March for 29 February: who may be a child counts as one. */
int fc_document_age(struct fa_str number, int32_t today);

/* A code of six digits from random bytes, compared in constant time, valid
 * until a moment, with at most FC_CODE_TRIES tries. */
#define FC_CODE_TRIES 5
#define FC_CODE_SECONDS 300
struct fc_code {
	char digits[7];
	int64_t until_s; /* valid before it */
	unsigned tries;  /* left */
};
FA_MUST_CHECK int fc_code_new(
	struct fc_code *out, int64_t now_s, struct fa_err *err);
/* Uses up a try; a code that was right is not right again. */
bool fc_code_ok(struct fc_code *c, struct fa_str typed, int64_t now_s);

/* WebAuthn level 2, 7.2: signature by ES256 over authenticatorData and
 * SHA-256 of clientDataJSON; challenge, origin, rpIdHash, type, presence and
 * verification of the user (so ask for userVerification "required") checked;
 * *counter must grow unless both are 0, and is set when all holds. key is the
 * public point, 65 bytes. 1, 0 (does not hold; *why says which), or a
 * failure. */
#define FC_PASSKEY_KEY_BYTES 65
#define FC_PASSKEY_CLIENT_BYTES 8192 /* longest clientDataJSON */
#define FC_PASSKEY_DATA_BYTES 4096   /* longest authenticatorData */
#define FC_PASSKEY_CHALLENGE_BYTES 32
struct fc_assertion {
	struct fa_str authenticator_data, client_data, signature;
};
FA_MUST_CHECK int fc_passkey_ok(const char **why, struct fa_str key,
	struct fa_str challenge, struct fa_str origin, struct fa_str rp_id,
	const struct fc_assertion *a, uint32_t *counter, struct fa_err *err);
/* The public point in what getPublicKey() of a browser gives for ES256: a
 * SubjectPublicKeyInfo for P-256 (RFC 5480), 91 bytes. False for any other, or
 * when the point is not on the curve. */
bool fc_passkey_key(
	unsigned char key[FC_PASSKEY_KEY_BYTES], struct fa_str spki);
/* Random bytes for a challenge. */
FA_MUST_CHECK int fc_passkey_challenge(
	unsigned char out[FC_PASSKEY_CHALLENGE_BYTES], struct fa_err *err);
/* Base 64 for URLs without padding (RFC 4648, 5), as WebAuthn writes bytes.
 * The result lives in a; absent p: no memory. */
struct fa_str fc_base64url(struct fa_str bytes, struct fa_arena *a);
/* false when s is not that (padding, other characters, bits left over, no
 * memory); *out lives in a. */
bool fc_base64url_read(struct fa_str *out, struct fa_str s, struct fa_arena *a);

/* The stub of the national network identity: an answer that names the session
 * it is for, and itself as a stub ("netid-stub:yes:" and the id). True when
 * the ticket is one for this session; *yes: what it answers. */
#define FC_NETID_BYTES 64
bool fc_netid_read(bool *yes, struct fa_str ticket, struct fa_str session);
/* What the stub's network would answer; false when it does not fit. */
bool fc_netid_answer(
	char ticket[FC_NETID_BYTES], bool yes, struct fa_str session);

#endif
