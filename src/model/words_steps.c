/* Lays the children of all nodes out in one array, so that none falls on
 * another: nodes with many children first, each at the first base at which all
 * of them find free places; the many nodes with one child then fill the gaps.
 * Nodes of one character come before all others: what the first step of every
 * scan looks at lies close together. */
#include "model/words_trie.h"

struct layout {
	const struct fa_word_trie *trie;
	uint32_t *steps;
	size_t cap;
	bool *is_base; /* by place; nodes without children have 0 */
	size_t is_base_cap;
	size_t end;  /* behind the last place that is taken */
	size_t from; /* where to look for places */
	size_t classes;
	uint32_t *label; /* the classes of one node's children */
	size_t labels;
	uint32_t *base;
	struct fa_arena *a;
};

/* There must be a place for every class behind a base in the taken part. */
static int
make_room(struct layout *l, size_t base)
{
	const size_t old = l->cap, need = base + l->classes + 1;
	uint32_t *steps =
		fa_arena_grow(l->a, l->steps, &l->cap, need, sizeof(*steps));
	bool *is_base = fa_arena_grow(l->trie->a, l->is_base, &l->is_base_cap,
		need, sizeof(*is_base));

	if (!steps || !is_base)
		return FA_E_NOMEM;
	for (size_t i = old; i < l->cap; i++)
		steps[i] = FA_WORD_NO_STEP;
	l->steps = steps;
	l->is_base = is_base;
	if (l->end < need)
		l->end = need;
	return FA_OK;
}

static void
read_labels(struct layout *l, const struct fa_word_spot *s)
{
	l->labels = 0;
	for (uint32_t i = s->child; i != 0; i = l->trie->spots[i].sibling)
		l->label[l->labels++] = l->trie->spots[i].class;
}

static bool
fits(const struct layout *l, size_t base)
{
	if (base < l->end && l->is_base[base])
		return false;
	for (size_t i = 0; i < l->labels; i++)
		if (base + l->label[i] < l->end &&
			l->steps[base + l->label[i]] != FA_WORD_NO_STEP)
			return false;
	return true;
}

static int
place(struct layout *l, const struct fa_word_spot *s)
{
	size_t base, at = l->from;

	read_labels(l, s);
	if (at < l->label[0])
		at = l->label[0];
	while (!fits(l, at - l->label[0]))
		at++;
	base = at - l->label[0];
	if (make_room(l, base) < 0)
		return FA_E_NOMEM;
	for (uint32_t i = s->child; i != 0; i = l->trie->spots[i].sibling) {
		const struct fa_word_spot *c = &l->trie->spots[i];

		l->steps[base + c->class] =
			c->node << FA_WORD_CLASS_BITS | c->class;
	}
	l->is_base[base] = true;
	l->base[s->node] = (uint32_t)base;
	l->from = at;
	return FA_OK;
}

/* Places the nodes of one character, or all others. Where nodes with so many
 * children found no place, others with as many will not either. */
static int
place_all(struct layout *l, bool first, uint32_t *by_size, uint32_t *next,
	size_t most)
{
	const struct fa_word_trie *t = l->trie;

	for (size_t i = t->n; i-- > 1;) {
		size_t n = t->spots[i].children_n;

		if ((t->spots[i].parent == 0) != first)
			continue;
		next[i] = by_size[n];
		by_size[n] = (uint32_t)i;
	}
	for (size_t n = most; n > 0; n--) {
		l->from = 0;
		for (uint32_t i = by_size[n]; i != 0; i = next[i])
			if (place(l, &t->spots[i]) < 0)
				return FA_E_NOMEM;
	}
	for (size_t n = 0; n <= most; n++)
		by_size[n] = 0;
	return FA_OK;
}

int
fa_word_steps(struct fa_word_table *t, const struct fa_word_trie *trie,
	struct fa_arena *a)
{
	struct layout l = { .trie = trie, .a = a, .classes = t->classes_n };
	uint32_t *by_size, *next;
	size_t most = 1;

	for (size_t i = 1; i < trie->n; i++)
		if (trie->spots[i].children_n > most)
			most = trie->spots[i].children_n;
	l.base = fa_arena_new(a, t->nodes_n, sizeof(*l.base));
	l.label = fa_arena_new(trie->a, most, sizeof(*l.label));
	by_size = fa_arena_new(trie->a, most + 1, sizeof(*by_size));
	next = fa_arena_new(trie->a, trie->n, sizeof(*next));
	if (!l.base || !l.label || !by_size || !next || make_room(&l, 0) < 0)
		return FA_E_NOMEM;
	l.is_base[0] = true;
	if (place_all(&l, true, by_size, next, most) < 0 ||
		place_all(&l, false, by_size, next, most) < 0)
		return FA_E_NOMEM;
	t->base = l.base;
	t->steps = l.steps;
	t->steps_n = l.end;
	return FA_OK;
}
