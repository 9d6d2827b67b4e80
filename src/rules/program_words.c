/* Trees that are nothing but words.
 *
 * 不(?:得|能够?) is 不得, 不能够, 不能: these words in this order, which is
 * that in which backtracking tries them. A sequence, a choice and a small
 * repetition of such trees is such a tree, until it becomes too large. A word
 * may be empty, and may stand in the list twice: then the second changes
 * nothing. */
#include <string.h>

#include "base/utf8.h"
#include "rules/program.h"

#define NESTED_WORDS 64  /* inside one element */
#define CLASS_SYMBOLS 16 /* of a class that is read as words */
#define COPIES 3         /* of an element that is repeated */

size_t
fa_prog_list_length(const struct fa_prog_list *l, size_t word)
{
	return l->end[word] - (word > 0 ? l->end[word - 1] : 0);
}

const uint16_t *
fa_prog_list_word(const struct fa_prog_list *l, size_t word)
{
	return l->symbols + (word > 0 ? l->end[word - 1] : 0);
}

struct writer {
	uint16_t *symbols;
	uint32_t *end;
	size_t n, symbols_n;
};

static bool
begin(struct fa_prog_maker *m, struct writer *w, size_t words, size_t symbols)
{
	char *p = fa_prog_new(m, &m->one,
		words * sizeof(*w->end) + symbols * sizeof(*w->symbols), 1);

	*w = (struct writer){ 0 };
	if (p == NULL)
		return false;
	w->end = (uint32_t *)(void *)p;
	w->symbols = (uint16_t *)(void *)(p + words * sizeof(*w->end));
	return true;
}

static void
put(struct writer *w, const struct fa_prog_list *l, size_t word)
{
	size_t n = fa_prog_list_length(l, word);

	if (n > 0)
		memcpy(w->symbols + w->symbols_n, fa_prog_list_word(l, word),
			n * sizeof(*w->symbols));
	w->symbols_n += n;
}

static void
close_word(struct writer *w)
{
	w->end[w->n++] = (uint32_t)w->symbols_n;
}

static struct fa_prog_list
done(const struct writer *w)
{
	return (struct fa_prog_list){ w->symbols, w->end, w->n, 0 };
}

static size_t
total(const struct fa_prog_list *l)
{
	return l->n == 0 ? 0 : l->end[l->n - 1];
}

static size_t
longest(const struct fa_prog_list *l)
{
	size_t most = 0;

	for (size_t i = 0; i < l->n; i++)
		if (fa_prog_list_length(l, i) > most)
			most = fa_prog_list_length(l, i);
	return most;
}

static bool
has_empty(const struct fa_prog_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (fa_prog_list_length(l, i) == 0)
			return true;
	return false;
}

bool
fa_prog_multiply(struct fa_prog_maker *m, const struct fa_prog_list *a,
	const struct fa_prog_list *b, size_t limit, struct fa_prog_list *out)
{
	struct writer w;

	if (a->n * b->n > limit || longest(a) + longest(b) > FA_PROG_WORD ||
		!begin(m, &w, a->n * b->n, total(a) * b->n + total(b) * a->n))
		return false;
	for (size_t i = 0; i < a->n; i++) {
		for (size_t k = 0; k < b->n; k++) {
			put(&w, a, i);
			put(&w, b, k);
			close_word(&w);
		}
	}
	*out = done(&w);
	return true;
}

struct fa_prog_list
fa_prog_list_part(struct fa_prog_maker *m, const struct fa_prog_list *l,
	size_t from, size_t to)
{
	struct writer w;

	if (from == 0 && to == l->n && !has_empty(l))
		return *l;
	if (!begin(m, &w, to - from, total(l)))
		return (struct fa_prog_list){ 0 };
	for (size_t i = from; i < to; i++) {
		if (fa_prog_list_length(l, i) == 0)
			continue;
		put(&w, l, i);
		close_word(&w);
	}
	return done(&w);
}

struct fa_prog_list
fa_prog_list_backwards(struct fa_prog_maker *m, const struct fa_prog_list *l)
{
	struct writer w;

	if (!begin(m, &w, l->n, total(l)))
		return (struct fa_prog_list){ 0 };
	for (size_t i = 0; i < l->n; i++) {
		const uint16_t *word = fa_prog_list_word(l, i);

		for (size_t k = fa_prog_list_length(l, i); k > 0; k--)
			w.symbols[w.symbols_n++] = word[k - 1];
		close_word(&w);
	}
	return done(&w);
}

bool
fa_prog_append(struct fa_prog_maker *m, const struct fa_prog_list *a,
	const struct fa_prog_list *b, struct fa_prog_list *out)
{
	struct writer w;

	if (a->n + b->n > FA_PROG_WORDS ||
		!begin(m, &w, a->n + b->n, total(a) + total(b)))
		return false;
	for (size_t i = 0; i < a->n + b->n; i++) {
		if (i < a->n)
			put(&w, a, i);
		else
			put(&w, b, i - a->n);
		close_word(&w);
	}
	*out = done(&w);
	return true;
}

bool
fa_prog_is_large(const struct fa_prog_list *l)
{
	return l->lexicon != 0 && l->n > FA_PROG_SHARED;
}

static const uint32_t zero_end[1];
static const struct fa_prog_list empty_word = { NULL, zero_end, 1, 0 };

static bool
of_symbol(struct fa_prog_maker *m, uint16_t symbol, struct fa_prog_list *out)
{
	struct writer w;

	if (!begin(m, &w, 1, 1))
		return false;
	w.symbols[w.symbols_n++] = symbol;
	close_word(&w);
	*out = done(&w);
	return true;
}

/* The word of the symbols from *node on; *node becomes the last of them. */
static bool
of_symbols(struct fa_prog_maker *m, struct fa_prog_node **node,
	struct fa_prog_list *out)
{
	struct fa_prog_node *c = *node;
	struct writer w;
	size_t n = 0;

	for (; c != NULL && c->kind == FA_NODE_SYMBOL; c = c->next)
		n++;
	if (n > FA_PROG_WORD / 2)
		n = FA_PROG_WORD / 2;
	if (!begin(m, &w, 1, n))
		return false;
	for (c = *node; w.symbols_n < n; c = c->next) {
		w.symbols[w.symbols_n++] = (uint16_t)c->x;
		*node = c;
	}
	close_word(&w);
	*out = done(&w);
	return true;
}

bool
fa_prog_next_words(struct fa_prog_maker *m, struct fa_prog_node **node,
	struct fa_prog_list *out)
{
	if ((*node)->kind == FA_NODE_SYMBOL && !fa_prog_failed(m))
		return of_symbols(m, node, out);
	return fa_prog_words(m, *node, out);
}

static bool
of_class(struct fa_prog_maker *m, uint32_t class, struct fa_prog_list *out)
{
	uint64_t *bits = fa_prog_new(m, &m->one, m->class_words, sizeof(*bits));
	struct writer w;

	if (bits == NULL || !begin(m, &w, CLASS_SYMBOLS, CLASS_SYMBOLS))
		return false;
	fa_prog_class_bits(m, class, bits);
	for (size_t i = 0; i < m->class_words; i++) {
		for (; bits[i] != 0; bits[i] &= bits[i] - 1) {
			if (w.n == CLASS_SYMBOLS)
				return false;
			w.symbols[w.symbols_n++] = (uint16_t)(i * 64 +
				(size_t)__builtin_ctzll(bits[i]));
			close_word(&w);
		}
	}
	*out = done(&w);
	return w.n > 0;
}

/* The words of a lexicon, which are looked up once. */
static bool
of_lexicon(struct fa_prog_maker *m, uint32_t lexicon, struct fa_prog_list *out)
{
	const struct fa_lexicon *l = &m->b->lexicons[lexicon];
	struct fa_prog_list *known = &m->lexicon[lexicon];
	uint16_t *symbols;
	uint32_t *end, cp;
	size_t n = 0;

	*out = *known;
	if (known->end != NULL)
		return known->n > 0;
	for (size_t i = 0; i < l->words_n; i++)
		n += l->words[i].n;
	symbols = fa_prog_new(m, &m->work, n, sizeof(*symbols));
	end = fa_prog_new(m, &m->work, l->words_n, sizeof(*end));
	if (m->rc < 0)
		return false;
	n = 0;
	for (size_t i = 0; i < l->words_n; i++) {
		struct fa_str w = l->words[i];

		for (size_t at = 0; at < w.n;) {
			at += fa_utf8_next(fa_str_sub(w, at, w.n), &cp);
			symbols[n++] = fa_prog_symbol(m, cp);
		}
		end[i] = (uint32_t)n;
	}
	*known = (struct fa_prog_list){ symbols, end, l->words_n, lexicon + 1 };
	if (m->opaque || longest(known) > FA_PROG_WORD)
		known->n = 0; /* for the patterns that come after, too */
	*out = *known;
	return known->n > 0;
}

static bool
of_sequence(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out)
{
	struct fa_prog_list all = empty_word;

	bool first = true;

	for (struct fa_prog_node *c = node->child; c; c = c->next) {
		struct fa_prog_list one;

		if (!fa_prog_next_words(m, &c, &one))
			return false;
		if (first)
			all = one; /* perhaps a lexicon and nothing else */
		else if (!fa_prog_multiply(m, &all, &one, NESTED_WORDS, &all))
			return false;
		first = false;
	}
	*out = all;
	return true;
}

static bool
of_choice(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out)
{
	size_t words = 0, symbols = 0;
	struct fa_prog_list one;
	struct writer w;

	for (struct fa_prog_node *c = node->child; c; c = c->next) {
		if (!fa_prog_words(m, c, &one) || fa_prog_is_large(&one))
			return false;
		words += one.n;
		symbols += total(&one);
	}
	if (words > FA_PROG_WORDS || !begin(m, &w, words, symbols))
		return false;
	for (struct fa_prog_node *c = node->child; c; c = c->next) {
		for (size_t i = 0; i < c->words.n; i++) {
			put(&w, &c->words, i);
			close_word(&w);
		}
	}
	*out = done(&w);
	return true;
}

/* x{0,1} is x or nothing; x{1,2} is x, then x{0,1}. */
static bool
of_repeat(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out)
{
	struct fa_prog_list all = empty_word, one;

	if (node->max > COPIES || !fa_prog_words(m, node->child, &one))
		return false;
	for (unsigned i = node->max; i > 0; i--) {
		if (!fa_prog_multiply(m, &one, &all,
			    node->max == 1 ? FA_PROG_WORDS : NESTED_WORDS,
			    &all))
			return false;
		if (i <= node->min)
			continue;
		if (node->lazy ? !fa_prog_append(m, &empty_word, &all, &all)
			       : !fa_prog_append(m, &all, &empty_word, &all))
			return false;
	}
	*out = all;
	return true;
}

static bool
words_of(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out)
{
	if (fa_prog_failed(m))
		return false;
	switch (node->kind) {
	case FA_NODE_NOTHING:
		*out = empty_word;
		return true;
	case FA_NODE_SYMBOL:
		return of_symbol(m, (uint16_t)node->x, out);
	case FA_NODE_CLASS:
		return of_class(m, node->x, out);
	case FA_NODE_LEXICON:
		return of_lexicon(m, node->x, out);
	case FA_NODE_SEQUENCE:
		return of_sequence(m, node, out);
	case FA_NODE_CHOICE:
		return of_choice(m, node, out);
	case FA_NODE_REPEAT:
		return of_repeat(m, node, out);
	case FA_NODE_LOOK:
	case FA_NODE_BEGIN:
	case FA_NODE_END:
		break;
	}
	return false;
}

bool
fa_prog_words(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_list *out)
{
	if (!node->asked)
		node->is_words = words_of(m, node, &node->words);
	node->asked = true;
	*out = node->words;
	return node->is_words;
}
