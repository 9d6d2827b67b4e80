/* Sets of words as tries; equal sets are made once. */
#include <stdlib.h>
#include <string.h>

#include "rules/program.h"

struct word {
	const uint16_t *at;
	size_t n;
	uint32_t rank; /* its place in the order in which words are tried */
};

struct trie {
	struct fa_prog_maker *m;
	struct fa_prog_numbers *out;
	size_t root;
	/* The words that end on the way to the node at hand. */
	struct {
		uint16_t length;
		uint32_t rank;
	} on_way[FA_PROG_WORD];
	size_t on_way_n;
	/* Nodes without children at which only a word so long ends. */
	uint16_t leaf[FA_PROG_WORD + 1];
};

static int
by_symbols(const void *va, const void *vb)
{
	const struct word *a = va;
	const struct word *b = vb;
	size_t n = a->n < b->n ? a->n : b->n;

	for (size_t i = 0; i < n; i++)
		if (a->at[i] != b->at[i])
			return a->at[i] < b->at[i] ? -1 : 1;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

/* The place of the next number; one that 16 bits cannot hold is opaque. */
static uint16_t
here(struct trie *t)
{
	size_t place = t->out->n - t->root;

	if (place > UINT16_MAX)
		t->m->opaque = true;
	return (uint16_t)place;
}

/* Writes the lengths of the words on the way, by rank. */
static void
write_ends(struct trie *t)
{
	uint32_t below = 0;

	fa_prog_add(t->m, t->out, (uint16_t)t->on_way_n);
	for (size_t i = 0; i < t->on_way_n; i++) {
		size_t best = t->on_way_n;

		for (size_t k = 0; k < t->on_way_n; k++)
			if (t->on_way[k].rank >= below &&
				(best == t->on_way_n ||
					t->on_way[k].rank <
						t->on_way[best].rank))
				best = k;
		fa_prog_add(t->m, t->out, t->on_way[best].length);
		below = t->on_way[best].rank + 1;
	}
}

/* A node without children for a word of this length, and no shorter one on the
 * way: the same for all such words. */
static uint16_t
leaf_of(struct trie *t, size_t length)
{
	uint16_t node = t->leaf[length];

	if (node == 0) {
		node = here(t);
		fa_prog_add(t->m, t->out, (uint16_t)(node + 2));
		fa_prog_add(t->m, t->out, 0);
		fa_prog_add(t->m, t->out, 1);
		fa_prog_add(t->m, t->out, (uint16_t)length);
		t->leaf[length] = node;
	}
	return node;
}

static size_t
run_of(const struct word *w, size_t n, size_t depth)
{
	size_t k = 1;

	while (k < n && w[k].at[depth] == w[0].at[depth])
		k++;
	return k;
}

/* Writes the node of these words, which share their first depth symbols, and
 * gives its place. Depth is FA_PROG_WORD at most. */
static uint16_t
write_node(struct trie *t, const struct word *w, size_t n, size_t depth)
{
	size_t ended = 0, children = 0, before = t->on_way_n, node;
	uint16_t place;

	while (ended < n && w[ended].n == depth)
		ended++;
	if (ended == n && before == 0)
		return leaf_of(t, depth);
	for (size_t i = ended; i < n; i += run_of(w + i, n - i, depth))
		children++;
	node = t->out->n;
	place = here(t);
	for (size_t i = 0; i < 2 + 2 * children; i++)
		fa_prog_add(t->m, t->out, 0);
	if (fa_prog_failed(t->m))
		return 0;
	t->out->at[node + 1] = (uint16_t)children;
	if (ended > 0) { /* sorted by rank: the others change nothing */
		t->on_way[before].length = (uint16_t)depth;
		t->on_way[before].rank = w[0].rank;
		t->on_way_n++;
		t->out->at[node] = here(t);
		write_ends(t);
	}
	children = 0;
	for (size_t i = ended, k; i < n && !fa_prog_failed(t->m); i += k) {
		size_t entry = node + 2 + children++;
		uint16_t child;

		k = run_of(w + i, n - i, depth);
		child = write_node(t, w + i, k, depth + 1);
		t->out->at[entry] = w[i].at[depth];
		t->out->at[entry + t->out->at[node + 1]] = child;
	}
	t->on_way_n = before;
	return place;
}

static void
add_bits(uint64_t bits[2], uint16_t symbol)
{
	bits[0] |= UINT64_C(1) << fa_symbol_low(symbol);
	bits[1] |= UINT64_C(1) << fa_symbol_high(symbol);
}

static void
describe(struct fa_word_set *set, const struct word *w, size_t n)
{
	set->shortest = UINT16_MAX;
	for (size_t i = 0; i < n; i++) {
		add_bits(set->first, w[i].at[0]);
		if (w[i].n > 1)
			add_bits(set->second, w[i].at[1]);
		else
			set->second[0] = set->second[1] = UINT64_MAX;
		if (w[i].n < set->shortest)
			set->shortest = (uint16_t)w[i].n;
		if (w[i].n > set->longest)
			set->longest = (uint16_t)w[i].n;
	}
}

static void
add_set(struct fa_prog_maker *m, const struct fa_prog_list *l)
{
	struct trie t = { .m = m, .out = &m->tries, .root = m->tries.n };
	struct word *w = fa_prog_new(m, &m->one, l->n, sizeof(*w));
	size_t at = m->sets.entries_n - 1;
	struct fa_word_set *grown = fa_arena_grow(
		&m->work, m->set, &m->sets_cap, at + 1, sizeof(*grown));

	if (grown == NULL) {
		m->rc = FA_E_NOMEM;
		return;
	}
	m->set = grown;
	grown[at] = (struct fa_word_set){ .trie = (uint32_t)t.root };
	if (w == NULL)
		return;
	for (size_t i = 0; i < l->n; i++)
		w[i] = (struct word){ fa_prog_list_word(l, i),
			fa_prog_list_length(l, i), (uint32_t)i };
	qsort(w, l->n, sizeof(*w), by_symbols);
	describe(&grown[at], w, l->n);
	(void)write_node(&t, w, l->n, 0);
	if (m->opaque)
		grown[at].longest = 0;
}

/* The set as one string of numbers: each length, then the symbols. */
static uint32_t
intern(struct fa_prog_maker *m, const struct fa_prog_list *l, bool *fresh)
{
	size_t n = l->n + l->end[l->n - 1];
	uint16_t *key = fa_prog_new(m, &m->one, n, sizeof(*key));
	size_t at = 0;

	*fresh = false;
	if (key == NULL)
		return 0;
	for (size_t i = 0; i < l->n; i++) {
		size_t length = fa_prog_list_length(l, i);

		key[at++] = (uint16_t)length;
		memcpy(key + at, fa_prog_list_word(l, i),
			length * sizeof(*key));
		at += length;
	}
	return fa_prog_intern(m, &m->sets, key, n, fresh);
}

uint32_t
fa_prog_set(struct fa_prog_maker *m, const struct fa_prog_list *l)
{
	uint32_t *known =
		l->lexicon == 0 ? NULL : &m->lexicon_set[l->lexicon - 1];
	uint32_t set;
	bool fresh;

	if (known != NULL && *known != 0)
		return *known - 1;
	set = intern(m, l, &fresh);
	if (fresh)
		add_set(m, l);
	if (fa_prog_failed(m))
		return 0;
	if (m->set[set].longest == 0)
		m->opaque = true; /* too large, as it was the first time */
	else if (known != NULL)
		*known = set + 1;
	return set;
}
