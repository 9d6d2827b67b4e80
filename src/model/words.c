/* The trie is made of all words of all lexicons, word by word, with a hash
 * table that knows the children of nodes; then the nodes are numbered, the
 * double array is laid out (words_steps.c), and each word lists its lexicons.
 */
#include "model/words.h"

#include <string.h>

#include "base/utf8.h"
#include "model/words_trie.h"

#define SLOTS_MIN 1024
#define SCRATCH_BYTES ((size_t)1 << 30)

struct maker {
	const struct fa_bundle *b;
	struct fa_word_trie trie;
	struct fa_word_table *t;
	uint16_t *near;
	struct fa_word_far *far;
	size_t far_cap;
	uint32_t *which; /* by place in the lexicons: the spot of the word; 0:
			  * it is left out */
	size_t uses_n;   /* of words by lexicons */
	uint32_t *from;  /* by spot: where its list begins in */
	uint32_t *lexicons; /* lists of the lexicons that hold it as a word */
	struct fa_arena *a;
	struct fa_arena scratch;
	struct fa_err *err;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for the word table");
}

static uint32_t *
slot_of(const struct fa_word_trie *t, uint32_t parent, uint32_t cp)
{
	uint64_t h = ((uint64_t)parent << 21 | cp) * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)(h >> 32) & (t->slots_n - 1);

	for (; t->slots[i] != 0; i = (i + 1) & (t->slots_n - 1)) {
		const struct fa_word_spot *s = &t->spots[t->slots[i]];

		if (s->parent == parent && s->cp == cp)
			break;
	}
	return &t->slots[i];
}

/* Room for one more spot, and twice as many slots as spots. */
static int
make_room(struct fa_word_trie *t)
{
	struct fa_word_spot *grown = fa_arena_grow(
		t->a, t->spots, &t->cap, t->n + 1, sizeof(*grown));
	size_t n = t->slots_n * 2;

	if (!grown)
		return FA_E_NOMEM;
	t->spots = grown;
	if (t->n * 2 < t->slots_n)
		return FA_OK;
	n = n < SLOTS_MIN ? SLOTS_MIN : n;
	t->slots = fa_arena_new(t->a, n, sizeof(*t->slots));
	if (!t->slots)
		return FA_E_NOMEM;
	t->slots_n = n;
	for (uint32_t i = 1; i < t->n; i++)
		*slot_of(t, t->spots[i].parent, t->spots[i].cp) = i;
	return FA_OK;
}

/* The child of a spot by a character, made if it is not there; 0: no memory. */
static uint32_t
child_of(struct fa_word_trie *t, uint32_t parent, uint32_t cp)
{
	uint32_t *slot;

	if (make_room(t) < 0)
		return 0;
	slot = slot_of(t, parent, cp);
	if (*slot != 0)
		return *slot;
	*slot = (uint32_t)t->n;
	t->spots[t->n++] = (struct fa_word_spot){
		.cp = cp, .parent = parent, .sibling = t->spots[parent].child
	};
	t->spots[parent].child = *slot;
	t->spots[parent].children_n++;
	return *slot;
}

/* Adds a word of a lexicon; sets *which to its spot, or to 0 when the word is
 * left out. */
static int
add(struct maker *m, struct fa_str word, uint32_t lexicon, uint32_t *which)
{
	struct fa_word_spot *s;
	uint32_t at = 0, cp;
	size_t chars = 0;

	*which = 0;
	if (!fa_utf8_valid(word))
		return FA_OK;
	for (size_t i = 0; i < word.n; chars++) {
		i += fa_utf8_next(fa_str_sub(word, i, word.n), &cp);
		at = child_of(&m->trie, at, cp);
		if (at == 0)
			return no_memory(m->err);
	}
	s = &m->trie.spots[at];
	if (at == 0 || s->last == lexicon + 1)
		return FA_OK;
	s->last = lexicon + 1;
	s->uses_n++;
	*which = at;
	m->uses_n++;
	if (chars > m->t->longest)
		m->t->longest = chars;
	return FA_OK;
}

static int
add_all(struct maker *m)
{
	uint32_t *which;
	size_t total = 0;
	int rc = FA_OK;

	for (size_t i = 0; i < m->b->lexicons_n; i++)
		total += m->b->lexicons[i].words_n;
	m->which = fa_arena_new(&m->scratch, total, sizeof(*which));
	m->trie.a = &m->scratch;
	if (!m->which || make_room(&m->trie) < 0)
		return no_memory(m->err);
	m->trie.n = 1;
	which = m->which;
	for (size_t i = 0; i < m->b->lexicons_n; i++)
		for (size_t k = 0; k < m->b->lexicons[i].words_n && rc == FA_OK;
			k++)
			rc = add(m, m->b->lexicons[i].words[k], (uint32_t)i,
				which++);
	return rc;
}

/* Where cp is in the far characters, or would be. */
static size_t
far_place(const struct fa_word_table *t, uint32_t cp)
{
	size_t lo = 0, hi = t->far_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->far[mid].cp < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

uint32_t
fa_word_class(const struct fa_word_table *t, uint32_t cp)
{
	size_t i;

	if (cp < FA_WORD_NEAR)
		return t->near[cp];
	i = far_place(t, cp);
	return i < t->far_n && t->far[i].cp == cp ? t->far[i].class : 0;
}

static int
add_far(struct maker *m, uint32_t cp, uint32_t class)
{
	size_t at = far_place(m->t, cp);
	struct fa_word_far *grown = fa_arena_grow(
		m->a, m->far, &m->far_cap, m->t->far_n + 1, sizeof(*grown));

	if (!grown)
		return no_memory(m->err);
	memmove(grown + at + 1, grown + at,
		(m->t->far_n - at) * sizeof(*grown));
	grown[at] = (struct fa_word_far){ cp, class };
	m->t->far = m->far = grown;
	m->t->far_n++;
	return FA_OK;
}

/* The class of a spot's character, given now if it has none. */
static int
classify(struct maker *m, struct fa_word_spot *s)
{
	int rc = FA_OK;

	s->class = fa_word_class(m->t, s->cp);
	if (s->class != 0)
		return FA_OK;
	if (m->t->classes_n == FA_WORD_CLASSES_MAX)
		return fa_fail(m->err, FA_E_LIMIT,
			"the words of the rules have more different characters "
			"than %u",
			FA_WORD_CLASSES_MAX);
	s->class = (uint32_t)++m->t->classes_n;
	if (s->cp < FA_WORD_NEAR)
		m->near[s->cp] = (uint16_t)s->class;
	else
		rc = add_far(m, s->cp, s->class);
	return rc;
}

/* First the words of one character, then what else begins words, then what
 * stands in them only. */
static int
classify_all(struct maker *m)
{
	struct fa_word_spot *s = m->trie.spots;
	int rc = FA_OK;

	m->near = fa_arena_new(m->a, FA_WORD_NEAR + 1, sizeof(*m->near));
	if (!m->near)
		return no_memory(m->err);
	m->t->near = m->near;
	for (int words = 1; words >= 0 && rc == FA_OK; words--) {
		for (uint32_t i = s[0].child; i != 0 && rc == FA_OK;
			i = s[i].sibling)
			if ((s[i].uses_n > 0) == words)
				rc = classify(m, &s[i]);
		if (words)
			m->t->ones_n = m->t->classes_n;
	}
	for (size_t i = 1; i < m->trie.n && rc == FA_OK; i++)
		rc = classify(m, &s[i]);
	return rc;
}

enum kind { LEAF, WORD, BEGINNING, KINDS };

static enum kind
kind_of(const struct fa_word_spot *s)
{
	if (s->uses_n == 0)
		return BEGINNING;
	return s->child == 0 ? LEAF : WORD;
}

/* Lists the lexicons of each spot. */
static int
list_lexicons(struct maker *m)
{
	const struct fa_word_spot *s = m->trie.spots;
	const uint32_t *which = m->which;
	uint32_t *from =
		fa_arena_new(&m->scratch, m->trie.n + 2, sizeof(*from));

	m->lexicons =
		fa_arena_new(&m->scratch, m->uses_n, sizeof(*m->lexicons));
	if (!from || !m->lexicons)
		return no_memory(m->err);
	/* Counted two places on, summed, and filled one place on: then from
	 * begins with what it is to hold. */
	for (size_t i = 0; i < m->trie.n; i++)
		from[i + 2] = from[i + 1] + s[i].uses_n;
	for (size_t i = 0; i < m->b->lexicons_n; i++)
		for (size_t k = 0; k < m->b->lexicons[i].words_n; k++, which++)
			if (*which != 0)
				m->lexicons[from[*which + 1]++] = (uint32_t)i;
	m->from = from;
	return FA_OK;
}

static struct fa_str
lexicons_of(const struct maker *m, uint32_t spot)
{
	return (struct fa_str){ (const char *)(m->lexicons + m->from[spot]),
		m->trie.spots[spot].uses_n * sizeof(*m->lexicons) };
}

/* Of the leaves that the same lexicons hold the one that came first: itself
 * when it does. The slots are twice as many as the spots. */
static uint32_t
first_alike(const struct maker *m, uint32_t *slots, uint32_t spot)
{
	size_t n = m->trie.slots_n;
	struct fa_str own = lexicons_of(m, spot);
	size_t i = (size_t)fa_str_hash(own) & (n - 1);

	for (; slots[i] != 0; i = (i + 1) & (n - 1))
		if (fa_str_eq(lexicons_of(m, slots[i]), own))
			return slots[i];
	return slots[i] = spot;
}

/* Words that begin no other and stand in the same lexicons are one to a scan:
 * they are given one number, that of the first. */
static int
merge(struct maker *m, uint32_t *first)
{
	const struct fa_word_spot *s = m->trie.spots;
	uint32_t *slots =
		fa_arena_new(&m->scratch, m->trie.slots_n, sizeof(*slots));

	if (!slots)
		return no_memory(m->err);
	for (uint32_t i = 1; i < m->trie.n; i++)
		first[i] = s[i].parent != 0 && kind_of(&s[i]) == LEAF
			? first_alike(m, slots, i)
			: i;
	return FA_OK;
}

static int
number(struct maker *m)
{
	struct fa_word_spot *s = m->trie.spots;
	size_t n[KINDS] = { 0 }, next[KINDS];
	uint32_t *first = fa_arena_new(&m->scratch, m->trie.n, sizeof(*first));

	if (!first)
		return no_memory(m->err);
	if (merge(m, first) < 0)
		return FA_E_NOMEM;
	for (uint32_t i = 1; i < m->trie.n; i++)
		if (s[i].parent != 0 && first[i] == i)
			n[kind_of(&s[i])]++;
	next[LEAF] = m->t->classes_n + 1;
	next[WORD] = m->t->leaves_end = next[LEAF] + n[LEAF];
	next[BEGINNING] = m->t->words_end = next[WORD] + n[WORD];
	m->t->nodes_n = next[BEGINNING] + n[BEGINNING];
	if (m->t->nodes_n > FA_WORD_NODES_MAX)
		return fa_fail(m->err, FA_E_LIMIT,
			"the words of the rules have %zu different beginnings, "
			"limit %u",
			m->t->nodes_n, FA_WORD_NODES_MAX);
	for (uint32_t i = 1; i < m->trie.n; i++)
		s[i].node = s[i].parent == 0 ? s[i].class
			: first[i] != i      ? s[first[i]].node
					     : (uint32_t)next[kind_of(&s[i])]++;
	return FA_OK;
}

/* Lists the lexicons of each node that is a word. */
static int
list_uses(struct maker *m)
{
	const struct fa_word_spot *s = m->trie.spots;
	const size_t words = m->t->words_end;
	uint32_t *spot = fa_arena_new(&m->scratch, words, sizeof(*spot));
	uint32_t *from = fa_arena_new(m->a, words + 1, sizeof(*from));
	uint32_t *uses = fa_arena_new(m->a, m->uses_n, sizeof(*uses));

	if (!spot || !from || !uses)
		return no_memory(m->err);
	for (uint32_t i = 1; i < m->trie.n; i++)
		if (s[i].uses_n > 0)
			spot[s[i].node] = i;
	for (size_t i = 0; i < words; i++) {
		uint32_t n = s[spot[i]].uses_n;

		from[i + 1] = from[i] + n;
		if (n > 0)
			memcpy(uses + from[i], m->lexicons + m->from[spot[i]],
				n * sizeof(*uses));
	}
	m->t->uses_from = from;
	m->t->uses = uses;
	m->t->uses_n = from[words];
	m->t->lexicons_n = m->b->lexicons_n;
	return FA_OK;
}

static int
make(struct maker *m)
{
	int rc = add_all(m);

	if (rc == FA_OK)
		rc = classify_all(m);
	if (rc == FA_OK)
		rc = list_lexicons(m);
	if (rc == FA_OK)
		rc = number(m);
	if (rc < 0)
		return rc;
	rc = fa_word_steps(m->t, &m->trie, m->a);
	if (rc < 0)
		return no_memory(m->err);
	return list_uses(m);
}

int
fa_word_table_new(const struct fa_word_table **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct maker m = { .b = b, .a = a, .err = err };
	int rc;

	m.t = fa_arena_new(a, 1, sizeof(*m.t));
	if (!m.t)
		return no_memory(err);
	fa_arena_init(&m.scratch, SCRATCH_BYTES);
	rc = make(&m);
	fa_arena_done(&m.scratch);
	if (rc == FA_OK)
		*out = m.t;
	return rc;
}
