/* What asking for, reading and checking stamps share. Private to stamp*.c. */
#ifndef FA_EVIDENCE_STAMP_PARTS_H
#define FA_EVIDENCE_STAMP_PARTS_H

#include <openssl/bio.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include "evidence/stamp.h"

/* A stamp as libcrypto holds it; all NULL is a good start. */
struct fa_token {
	PKCS7 *p7;
	TS_TST_INFO *tst;
	X509 *signer; /* NULL: its certificate is not at hand */
};

void fa_token_done(struct fa_token *t); /* safe twice */
/* Reads a bare token, or the one in a granted response. FA_E_INPUT. */
FA_MUST_CHECK int fa_token_parse(
	struct fa_token *t, struct fa_str der, struct fa_err *err);
/* The signer's certificate, out of the token or of others (may be NULL): sets
 * t->signer when there is one. */
void fa_token_find_signer(struct fa_token *t, STACK_OF(X509) * others);
/* What it says, in a. FA_E_INPUT where it says it in no way that RFC 3161
 * has. */
FA_MUST_CHECK int fa_token_info(struct fa_stamp_info *out,
	const struct fa_token *t, struct fa_arena *a, struct fa_err *err);

int fa_stamp_no_memory(struct fa_err *err);
/* A copy of what a BIO in memory holds; absent when a is full. */
struct fa_str fa_stamp_copy(BIO *b, struct fa_arena *a);
/* bytes as lower-case hex, in a. */
struct fa_str fa_stamp_hex(
	const unsigned char *p, size_t n, struct fa_arena *a);

#endif
