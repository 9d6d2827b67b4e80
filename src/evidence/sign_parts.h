/* What making and checking signatures share. Private to sign*.c. */
#ifndef FA_EVIDENCE_SIGN_PARTS_H
#define FA_EVIDENCE_SIGN_PARTS_H

#include <openssl/evp.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"

#define FA_SIGN_KEY_BYTES (1u << 20) /* of a PEM file */

enum fa_sign_kind { FA_SIGN_ED25519, FA_SIGN_RSA };

int fa_sign_no_memory(struct fa_err *err);
/* FA_E_UNSUPPORTED for any other kind of key. */
FA_MUST_CHECK int fa_sign_key_kind(
	enum fa_sign_kind *out, EVP_PKEY *key, struct fa_err *err);
/* SHA-256 of the SubjectPublicKeyInfo. */
FA_MUST_CHECK int fa_sign_keyid(
	char hex[FA_HASH_HEX_BYTES], EVP_PKEY *key, struct fa_err *err);

#endif
