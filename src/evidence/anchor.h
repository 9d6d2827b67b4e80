/* The events by which a custody log is anchored outside, as `faceaudit stamp`
 * writes them and others read them.
 *
 * checkpoint: {"tree_size":N,"root":HEX,"head":"sha256:HEX"}
 *	Merkle root (evidence/merkle.h) over the N lines before it, and the
 *	digest of the last of them, which is its own "prev". N is seq - 1.
 *
 * tst: one per answer (or lack of one) of an authority:
 *	{"checkpoint":SEQ,"state":"confirmed"|"pending"|"untrusted",
 *	 "authority":URL,"imprint":"sha256"|"sm3","digest":HEX,
 *	 "token_sha256":HEX|null,"gen_time":TEXT|null,"serial":HEX|null,
 *	 "policy":OID|null,"accuracy_us":N|null,"tsa":NAME|null,
 *	 "cert_sha256":HEX|null,"detail":TEXT|null}
 *	confirmed: the stamp was checked with certificates that the operator
 *	trusts. untrusted: nothing is wrong with the stamp as far as can be
 *	told, but no certificate was given to check its authority by, or its
 *	signature cannot be checked; detail says which. pending: there is none
 *yet; detail says why, and the next `faceaudit stamp` asks again. Of the events
 *	with the same checkpoint, authority and imprint the last one counts.
 *	The stamp itself is an object of the event, named "stamp", of the media
 *	type FA_STAMP_REPLY_TYPE. An answer that claims to be a stamp and is
 *	wrong (forged, backdated, by a certificate for something else) leaves
 *	the stamp pending, without a token; it is kept as the object
 *	"refused-stamp".
 *
 * What is stamped are the bytes of the checkpoint's line, verbatim and without
 * line feed: digest is their SHA-256 (by which the next event names the line)
 * or SM3. So a stamp vouches for the root and all that is before it, and
 * `openssl ts -verify -data LINE` checks it with nothing else at hand. */
#ifndef FA_EVIDENCE_ANCHOR_H
#define FA_EVIDENCE_ANCHOR_H

#include "base/buf.h"
#include "base/json.h"
#include "evidence/merkle.h"
#include "evidence/stamp.h"

#define FA_ANCHOR_OBJECT "stamp" /* name of the object of a tst event */
#define FA_ANCHOR_REFUSED "refused-stamp" /* ... that is as good as none */
#define FA_ANCHOR_TEXT_BYTES 1024         /* of what an authority said */

struct fa_checkpoint {
	uint64_t tree_size;
	struct fa_merkle_hash root;
	char head[FA_HASH_HEX_BYTES]; /* digest of line tree_size */
};

enum fa_tst_state { FA_TST_PENDING, FA_TST_UNTRUSTED, FA_TST_CONFIRMED };
const char *fa_tst_state_name(enum fa_tst_state s); /* "pending", ... */

struct fa_tst {
	int64_t checkpoint; /* seq of its event */
	enum fa_tst_state state;
	struct fa_str authority; /* URL */
	enum fa_imprint imprint;
	struct fa_str digest; /* that was to be stamped */
	/* Absent (accuracy_us -1) while pending. */
	struct fa_str token_sha256, gen_time, serial, policy, tsa, cert_sha256;
	int64_t accuracy_us;
	struct fa_str detail; /* why it is pending or untrusted, or absent */
};

/* Appends the detail of an event. */
void fa_checkpoint_write(struct fa_buf *out, const struct fa_checkpoint *c);
void fa_tst_write(struct fa_buf *out, const struct fa_tst *t);
/* Reads it; FA_E_INPUT when a member is missing or malformed. Slices are those
 * of the tree. */
FA_MUST_CHECK int fa_checkpoint_parse(struct fa_checkpoint *out,
	const struct fa_json *detail, struct fa_err *err);
FA_MUST_CHECK int fa_tst_parse(
	struct fa_tst *out, const struct fa_json *detail, struct fa_err *err);

/* What an authority is asked to stamp: the digest of a checkpoint's line. */
FA_MUST_CHECK int fa_anchor_digest(char hex[FA_HASH_HEX_BYTES],
	struct fa_str line, enum fa_imprint alg, struct fa_err *err);

#endif
