/* The Merkle tree of RFC 9162, 2.1, with SHA-256: one digest over many
 * entries (custody lines, verbatim, without line feed), and short proofs that
 * an entry is among them.
 *
 *	leaf  = SHA-256(0x00 || entry)
 *	node  = SHA-256(0x01 || left || right)
 *	empty = SHA-256()
 *
 * The left part of a tree of n > 1 entries has the largest power of two below
 * n. With sha256sum and printf alone a proof can be checked. */
#ifndef FA_EVIDENCE_MERKLE_H
#define FA_EVIDENCE_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_MERKLE_LEVELS 63 /* digests of the longest proof */

struct fa_merkle_hash {
	unsigned char at[FA_HASH_BYTES];
};

/* Hex, lower case; parse is false unless s is 64 hex digits (any case). */
void fa_merkle_hex(char hex[FA_HASH_HEX_BYTES], const struct fa_merkle_hash *h);
bool fa_merkle_parse(struct fa_merkle_hash *out, struct fa_str s);

FA_MUST_CHECK int fa_merkle_leaf(
	struct fa_merkle_hash *out, struct fa_str entry, struct fa_err *err);

/* The root of entries that come one by one, in constant memory: the digests
 * of the full subtrees that the entries so far make, the largest first. */
struct fa_merkle {
	uint64_t n; /* entries so far */
	struct fa_merkle_hash full[FA_MERKLE_LEVELS + 1];
};

void fa_merkle_init(struct fa_merkle *m);
FA_MUST_CHECK int fa_merkle_add(
	struct fa_merkle *m, struct fa_str entry, struct fa_err *err);
/* The root of what was added so far; more may be added afterwards. */
FA_MUST_CHECK int fa_merkle_root(struct fa_merkle_hash *out,
	const struct fa_merkle *m, struct fa_err *err);

struct fa_merkle_proof {
	uint64_t index; /* of the entry, from 0 */
	uint64_t size;  /* of the tree */
	size_t n;
	struct fa_merkle_hash path[FA_MERKLE_LEVELS]; /* from the leaf up */
};

/* The proof for entry index of the tree over leaves[0, n); leaves are what
 * fa_merkle_leaf gave. FA_E_USAGE when index >= n. */
FA_MUST_CHECK int fa_merkle_prove(struct fa_merkle_proof *out,
	const struct fa_merkle_hash *leaves, uint64_t n, uint64_t index,
	struct fa_err *err);
/* Proofs for many trees: all nodes of one tree, in a (about 64 bytes an
 * entry), from which any proof is cut without hashing. */
struct fa_merkle_tree;
FA_MUST_CHECK int fa_merkle_build(struct fa_merkle_tree **out,
	const struct fa_merkle_hash *leaves, uint64_t n, struct fa_arena *a,
	struct fa_err *err);
FA_MUST_CHECK int fa_merkle_cut(struct fa_merkle_proof *out,
	const struct fa_merkle_tree *t, uint64_t index, struct fa_err *err);

/* FA_OK when the proof leads from leaf to root (RFC 9162, 2.1.3.2),
 * FA_E_INPUT with what is wrong otherwise. */
FA_MUST_CHECK int fa_merkle_verify(const struct fa_merkle_proof *p,
	const struct fa_merkle_hash *leaf, const struct fa_merkle_hash *root,
	struct fa_err *err);

#endif
