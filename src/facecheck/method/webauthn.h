/* What a browser says of a passkey: the two pieces that are signed. Private to
 * method, and to its fuzzing. */
#ifndef FC_METHOD_WEBAUTHN_H
#define FC_METHOD_WEBAUTHN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* WebAuthn level 2, 5.8.1. Parts live in the arena. */
struct fc_client_data {
	struct fa_str type, challenge /* bytes */, origin;
	bool cross_origin;
};
/* NULL, or why it cannot be read: a fixed sentence. */
const char *fc_client_data_read(
	struct fc_client_data *out, struct fa_str json, struct fa_arena *a);

/* WebAuthn level 2, 6.1. */
#define FC_AUTH_UP 0x01 /* user present */
#define FC_AUTH_UV 0x04 /* user verified */
#define FC_AUTH_BE 0x08 /* can be backed up (level 3, 6.1) */
#define FC_AUTH_BS 0x10 /* is backed up */
#define FC_AUTH_AT 0x40 /* with a new key: not in an assertion */
#define FC_AUTH_ED 0x80 /* with extensions */
#define FC_AUTH_RP_BYTES 32
struct fc_auth_data {
	struct fa_str rp_id_hash; /* into the input */
	uint8_t flags;
	uint32_t counter;
	struct fa_str extensions; /* CBOR, not looked at; absent without ED */
};
const char *fc_auth_data_read(struct fc_auth_data *out, struct fa_str bytes);

#endif
