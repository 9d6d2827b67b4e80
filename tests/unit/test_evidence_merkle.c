/* Merkle trees: the roots that others compute for the same entries, and proofs
 * that lead to the root for what is in the tree and for nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/merkle.h"

#define TREES 70

/* Entries and roots that implementations of Certificate Transparency have in
 * their tests. */
static const struct fa_str entries[8] = { FA_STR_INIT(""), FA_STR_INIT("\x00"),
	FA_STR_INIT("\x10"), FA_STR_INIT("\x20\x21"), FA_STR_INIT("\x30\x31"),
	FA_STR_INIT("\x40\x41\x42\x43"),
	FA_STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
	FA_STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d"
		    "\x6e\x6f") };
static const char *const roots[9] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
};

static void
roots_are_those_that_others_compute(void **state)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fa_merkle_hash root;
	struct fa_merkle m;

	(void)state;
	fa_merkle_init(&m);
	for (size_t n = 0; n <= 8; n++) {
		assert_int_equal(fa_merkle_root(&root, &m, NULL), FA_OK);
		fa_merkle_hex(hex, &root);
		assert_string_equal(hex, roots[n]);
		if (n < 8)
			assert_int_equal(
				fa_merkle_add(&m, entries[n], NULL), FA_OK);
	}
}

/* Leaves 0..n and the root over the first n of them. */
static void
make(struct fa_merkle_hash leaves[TREES], struct fa_merkle_hash *root, size_t n)
{
	struct fa_merkle m;

	fa_merkle_init(&m);
	for (size_t i = 0; i < TREES; i++) {
		char text[32];

		(void)snprintf(text, sizeof(text), "entry %zu", i);
		assert_int_equal(
			fa_merkle_leaf(&leaves[i], fa_str_c(text), NULL),
			FA_OK);
		if (i < n)
			assert_int_equal(
				fa_merkle_add(&m, fa_str_c(text), NULL), FA_OK);
	}
	assert_int_equal(fa_merkle_root(root, &m, NULL), FA_OK);
}

static void
each_entry_of_each_tree_is_proven(void **state)
{
	struct fa_merkle_hash leaves[TREES], root;
	struct fa_merkle_proof p, q;
	struct fa_merkle_tree *t;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	for (size_t n = 1; n < TREES; n++) {
		make(leaves, &root, n);
		fa_arena_init(&a, 1u << 20);
		assert_int_equal(
			fa_merkle_build(&t, leaves, n, &a, &err), FA_OK);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(
				fa_merkle_prove(&p, leaves, n, i, &err), FA_OK);
			assert_int_equal(fa_merkle_cut(&q, t, i, &err), FA_OK);
			assert_memory_equal(&p, &q, sizeof(p));
			assert_true(p.n <= 7);
			assert_int_equal(
				fa_merkle_verify(&p, &leaves[i], &root, &err),
				FA_OK);
		}
		fa_arena_done(&a);
	}
}

static void
a_proof_proves_nothing_else(void **state)
{
	struct fa_merkle_hash leaves[TREES], root;
	struct fa_merkle_proof p;

	(void)state;
	for (size_t n = 1; n < TREES; n++) {
		make(leaves, &root, n);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(
				fa_merkle_prove(&p, leaves, n, i, NULL), FA_OK);
			/* Of what is not in the tree, or elsewhere. */
			assert_int_equal(
				fa_merkle_verify(&p, &leaves[n], &root, NULL),
				FA_E_INPUT);
			if (n > 1)
				assert_int_equal(fa_merkle_verify(&p,
							 &leaves[(i + 1) % n],
							 &root, NULL),
					FA_E_INPUT);
		}
	}
}

static void
an_altered_proof_is_seen(void **state)
{
	struct fa_merkle_hash leaves[TREES], root, other;
	struct fa_merkle_proof p, q;

	(void)state;
	make(leaves, &root, 37);
	assert_int_equal(fa_merkle_prove(&p, leaves, 37, 21, NULL), FA_OK);
	for (size_t i = 0; i < p.n; i++)
		for (size_t k = 0; k < FA_HASH_BYTES; k++) {
			q = p;
			q.path[i].at[k] ^= 1;
			assert_int_equal(
				fa_merkle_verify(&q, &leaves[21], &root, NULL),
				FA_E_INPUT);
		}
	for (uint64_t size = 0; size < TREES; size++)
		for (uint64_t at = 0; at < TREES; at++) {
			int rc;

			q = p;
			q.index = at;
			q.size = size;
			rc = fa_merkle_verify(&q, &leaves[21], &root, NULL);
			/* 37 and neighbours that have the same way up: the
			 * size has to be known, it is part of what is
			 * stamped. */
			if (at != 21)
				assert_int_equal(rc, FA_E_INPUT);
		}
	q = p;
	q.n--;
	assert_int_equal(
		fa_merkle_verify(&q, &leaves[21], &root, NULL), FA_E_INPUT);
	q = p;
	q.path[q.n++] = root;
	assert_int_equal(
		fa_merkle_verify(&q, &leaves[21], &root, NULL), FA_E_INPUT);
	q.n = FA_MERKLE_LEVELS + 1;
	assert_int_equal(
		fa_merkle_verify(&q, &leaves[21], &root, NULL), FA_E_INPUT);
	make(leaves, &other, 38);
	assert_int_equal(
		fa_merkle_verify(&p, &leaves[21], &other, NULL), FA_E_INPUT);
}

static void
an_inner_node_is_no_entry(void **state)
{
	struct fa_merkle_hash leaves[TREES], root, leaf;
	char node[2 * FA_HASH_BYTES];
	struct fa_merkle_proof p;

	(void)state;
	/* The digests of two entries, given as an entry, do not make the root
	 * of a smaller tree: leaves and nodes are hashed apart. */
	make(leaves, &root, 2);
	memcpy(node, leaves[0].at, FA_HASH_BYTES);
	memcpy(node + FA_HASH_BYTES, leaves[1].at, FA_HASH_BYTES);
	assert_int_equal(fa_merkle_leaf(&leaf,
				 (struct fa_str){ node, sizeof(node) }, NULL),
		FA_OK);
	memset(&p, 0, sizeof(p));
	p.size = 1;
	assert_int_equal(fa_merkle_verify(&p, &leaf, &root, NULL), FA_E_INPUT);
}

static void
what_is_outside_the_tree_has_no_proof(void **state)
{
	struct fa_merkle_hash leaves[TREES], root;
	struct fa_merkle_proof p;

	(void)state;
	make(leaves, &root, 3);
	assert_int_equal(fa_merkle_prove(&p, leaves, 3, 3, NULL), FA_E_USAGE);
	assert_int_equal(fa_merkle_prove(&p, leaves, 0, 0, NULL), FA_E_USAGE);
}

static void
digests_are_64_hexadecimal_digits(void **state)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fa_merkle_hash h;

	(void)state;
	assert_true(fa_merkle_parse(&h, fa_str_c(roots[3])));
	fa_merkle_hex(hex, &h);
	assert_string_equal(hex, roots[3]);
	assert_false(fa_merkle_parse(&h, FA_STR("")));
	assert_false(
		fa_merkle_parse(&h, fa_str_sub(fa_str_c(roots[3]), 0, 63)));
	hex[7] = 'g';
	assert_false(fa_merkle_parse(&h, fa_str_c(hex)));
	assert_false(fa_merkle_parse(&h, FA_STR_NONE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_that_others_compute),
		cmocka_unit_test(each_entry_of_each_tree_is_proven),
		cmocka_unit_test(a_proof_proves_nothing_else),
		cmocka_unit_test(an_altered_proof_is_seen),
		cmocka_unit_test(an_inner_node_is_no_entry),
		cmocka_unit_test(what_is_outside_the_tree_has_no_proof),
		cmocka_unit_test(digests_are_64_hexadecimal_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
