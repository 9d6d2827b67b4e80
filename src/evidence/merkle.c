/* Merkle trees after RFC 9162, 2.1. An example with five entries a..e:
 *
 *	            root = H(abcd, e)
 *	           /                 \
 *	     H(ab, cd)                e
 *	     /       \
 *	 H(a, b)   H(c, d)
 *
 * Entries one by one make full subtrees of sizes that are the binary digits of
 * n: here 4 and 1. A new entry is a subtree of size 1; two of one size become
 * one. The root joins what is left, from the right. */
#include "evidence/merkle.h"

#include <string.h>

#define TREE_LEVELS (FA_MERKLE_LEVELS + 1)

static const char digits[] = "0123456789abcdef";

void
fa_merkle_hex(char hex[FA_HASH_HEX_BYTES], const struct fa_merkle_hash *h)
{
	for (size_t i = 0; i < FA_HASH_BYTES; i++) {
		hex[2 * i] = digits[h->at[i] >> 4];
		hex[2 * i + 1] = digits[h->at[i] & 15];
	}
	hex[FA_HASH_HEX_BYTES - 1] = '\0';
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
fa_merkle_parse(struct fa_merkle_hash *out, struct fa_str s)
{
	struct fa_merkle_hash h;

	if (s.n != FA_HASH_HEX_BYTES - 1)
		return false;
	for (size_t i = 0; i < FA_HASH_BYTES; i++) {
		int high = nibble(s.p[2 * i]), low = nibble(s.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		h.at[i] = (unsigned char)(high << 4 | low);
	}
	*out = h;
	return true;
}

/* SHA-256 of a prefix byte and two parts. */
static int
hash(struct fa_merkle_hash *out, const char *prefix, struct fa_str a,
	struct fa_str b, struct fa_err *err)
{
	const struct fa_str parts[] = { { prefix, 1 }, a, b };

	return fa_hash_parts(out->at, parts, FA_COUNT(parts), err);
}

int
fa_merkle_leaf(
	struct fa_merkle_hash *out, struct fa_str entry, struct fa_err *err)
{
	return hash(out, "\0", entry, FA_STR_NONE, err);
}

static int
join(struct fa_merkle_hash *out, const struct fa_merkle_hash *left,
	const struct fa_merkle_hash *right, struct fa_err *err)
{
	struct fa_str l = { (const char *)left->at, FA_HASH_BYTES };
	struct fa_str r = { (const char *)right->at, FA_HASH_BYTES };

	return hash(out, "\1", l, r, err);
}

void
fa_merkle_init(struct fa_merkle *m)
{
	memset(m, 0, sizeof(*m));
}

/* full[k] is the subtree of 2^k entries when bit k of n is set. */
int
fa_merkle_add(struct fa_merkle *m, struct fa_str entry, struct fa_err *err)
{
	struct fa_merkle_hash h;
	size_t k = 0;
	int rc = fa_merkle_leaf(&h, entry, err);

	for (; rc == FA_OK && (m->n >> k & 1) != 0; k++)
		rc = join(&h, &m->full[k], &h, err);
	if (rc < 0)
		return rc;
	m->full[k] = h;
	m->n++;
	return FA_OK;
}

int
fa_merkle_root(struct fa_merkle_hash *out, const struct fa_merkle *m,
	struct fa_err *err)
{
	struct fa_merkle_hash h;
	bool any = false;
	char hex[FA_HASH_HEX_BYTES];
	int rc = FA_OK;

	if (m->n == 0) {
		rc = fa_hash_sha256(hex, FA_STR(""), err);
		return rc < 0 || fa_merkle_parse(out, fa_str_c(hex))
			? rc
			: FA_E_NOMEM;
	}
	for (size_t k = 0; rc == FA_OK && k <= FA_MERKLE_LEVELS; k++) {
		if ((m->n >> k & 1) == 0)
			continue;
		if (any)
			rc = join(&h, &m->full[k], &h, err);
		else
			h = m->full[k];
		any = true;
	}
	if (rc == FA_OK)
		*out = h;
	return rc;
}

/* All nodes, level by level: level k has ceil(n / 2^k) nodes, of which the
 * last is that of the level below when it has no neighbour. The root of
 * RFC 9162 is the one node of the highest level. */
struct fa_merkle_tree {
	uint64_t n;
	size_t levels;
	struct fa_merkle_hash *level[TREE_LEVELS + 1];
};

static uint64_t
above(uint64_t n)
{
	return n / 2 + (n & 1);
}

static int
build_level(struct fa_merkle_hash *to, const struct fa_merkle_hash *from,
	uint64_t n, struct fa_err *err)
{
	int rc = FA_OK;

	for (uint64_t i = 0; rc == FA_OK && i < above(n); i++) {
		if (2 * i + 1 < n)
			rc = join(&to[i], &from[2 * i], &from[2 * i + 1], err);
		else
			to[i] = from[2 * i];
	}
	return rc;
}

int
fa_merkle_build(struct fa_merkle_tree **out,
	const struct fa_merkle_hash *leaves, uint64_t n, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_merkle_tree *t = fa_arena_new(a, 1, sizeof(*t));
	uint64_t here = n;

	if (!t)
		return fa_fail(err, FA_E_NOMEM, "no memory for a Merkle tree");
	t->n = n;
	t->level[0] = fa_arena_new(a, n, sizeof(*leaves));
	if (!t->level[0])
		return fa_fail(err, FA_E_NOMEM, "no memory for a Merkle tree");
	if (n > 0)
		memcpy(t->level[0], leaves, n * sizeof(*leaves));
	while (here > 1) {
		struct fa_merkle_hash *up =
			fa_arena_new(a, above(here), sizeof(*up));
		int rc = up ? build_level(up, t->level[t->levels], here, err)
			    : fa_fail(err, FA_E_NOMEM,
				      "no memory for a Merkle tree");

		if (rc < 0)
			return rc;
		t->level[++t->levels] = up;
		here = above(here);
	}
	*out = t;
	return FA_OK;
}

/* RFC 9162, 2.1.3.1: the neighbours on the way up; who has none goes up as it
 * is. */
int
fa_merkle_cut(struct fa_merkle_proof *out, const struct fa_merkle_tree *t,
	uint64_t index, struct fa_err *err)
{
	uint64_t here = t->n, i = index;

	if (index >= t->n)
		return fa_fail(err, FA_E_USAGE,
			"entry %llu is not in a tree of %llu",
			(unsigned long long)index, (unsigned long long)t->n);
	memset(out, 0, sizeof(*out));
	out->index = index;
	out->size = t->n;
	for (size_t k = 0; k < t->levels; k++) {
		if ((i ^ 1) < here)
			out->path[out->n++] = t->level[k][i ^ 1];
		i /= 2;
		here = above(here);
	}
	return FA_OK;
}

int
fa_merkle_prove(struct fa_merkle_proof *out,
	const struct fa_merkle_hash *leaves, uint64_t n, uint64_t index,
	struct fa_err *err)
{
	struct fa_merkle_tree *t = NULL;
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, SIZE_MAX);
	rc = fa_merkle_build(&t, leaves, n, &a, err);
	if (rc == FA_OK)
		rc = fa_merkle_cut(out, t, index, err);
	fa_arena_done(&a);
	return rc;
}

/* RFC 9162, 2.1.3.2, in its words: fn and sn are where the node that was
 * reached stands on its level, and the last node there. */
int
fa_merkle_verify(const struct fa_merkle_proof *p,
	const struct fa_merkle_hash *leaf, const struct fa_merkle_hash *root,
	struct fa_err *err)
{
	struct fa_merkle_hash r = *leaf;
	uint64_t fn = p->index, sn = p->size - 1;

	if (p->n > FA_MERKLE_LEVELS)
		return fa_fail(err, FA_E_INPUT,
			"the proof has %zu digests, none has more than %d",
			p->n, FA_MERKLE_LEVELS);
	if (p->index >= p->size)
		return fa_fail(err, FA_E_INPUT,
			"the proof is for entry %llu of %llu",
			(unsigned long long)p->index,
			(unsigned long long)p->size);
	for (size_t i = 0; i < p->n; i++) {
		bool is_right = (fn & 1) != 0 || fn == sn;
		int rc;

		if (sn == 0)
			return fa_fail(err, FA_E_INPUT,
				"the proof has %zu digests, expected %zu", p->n,
				i);
		rc = is_right ? join(&r, &p->path[i], &r, err)
			      : join(&r, &r, &p->path[i], err);
		if (rc < 0)
			return rc;
		while (is_right && (fn & 1) == 0 && fn != 0) {
			fn >>= 1;
			sn >>= 1;
		}
		fn >>= 1;
		sn >>= 1;
	}
	if (sn != 0)
		return fa_fail(err, FA_E_INPUT,
			"the proof has only %zu digests", p->n);
	if (memcmp(r.at, root->at, FA_HASH_BYTES) != 0)
		return fa_fail(
			err, FA_E_INPUT, "the proof does not lead to the root");
	return FA_OK;
}
