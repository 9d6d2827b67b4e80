/* From a tree to code.
 *
 * A sequence is cut where it is no longer a list of words (program_words.c): a
 * stretch that is one becomes WORDS or, when the last word is empty, OPTION.
 * Example: 不(?:得|能够?)[^。]{0,9}{face} becomes WORDS {不得 不能够 不能},
 * GREEDY [^。] 0 9, WORDS {face}. */
#include "rules/program.h"

#define WORDS_OF_ONE 16 /* a set with one word before or behind all of it */

static void emit(struct fa_prog_maker *m, struct fa_prog_node *node);

static void
add(struct fa_prog_maker *m, size_t x)
{
	if (m->code.n - m->start >= FA_PROG_CODE || x > UINT16_MAX)
		m->opaque = true;
	else
		fa_prog_add(m, &m->code, (uint16_t)x);
}

/* Place of the next number in the program. */
static size_t
here(const struct fa_prog_maker *m)
{
	return m->code.n - m->start;
}

/* An operation with a target that is set later; gives its place. */
static size_t
add_open(struct fa_prog_maker *m, enum fa_program_op op)
{
	add(m, op);
	add(m, 0);
	return here(m) - 1;
}

static void
set_target(struct fa_prog_maker *m, size_t operand)
{
	if (!fa_prog_failed(m))
		m->code.at[m->start + operand] = (uint16_t)here(m);
}

/* One of several whose targets are the same and not known yet: each holds the
 * place of the one before it, plus one. */
static void
add_linked(struct fa_prog_maker *m, enum fa_program_op op, size_t *open)
{
	size_t at = add_open(m, op);

	if (fa_prog_failed(m))
		return;
	m->code.at[m->start + at] = (uint16_t)*open;
	*open = at + 1;
}

static void
set_linked(struct fa_prog_maker *m, size_t open)
{
	while (!fa_prog_failed(m) && open != 0) {
		size_t at = m->start + open - 1;

		open = m->code.at[at];
		m->code.at[at] = (uint16_t)here(m);
	}
}

static void
add_set(struct fa_prog_maker *m, enum fa_program_op op,
	const struct fa_prog_list *l)
{
	add(m, op);
	add(m, fa_prog_set(m, l));
}

/* The first empty word, or l->n. What comes behind it is tried, too. */
static size_t
find_empty(const struct fa_prog_list *l)
{
	size_t i = 0;

	while (i < l->n && fa_prog_list_length(l, i) > 0)
		i++;
	return i;
}

/* Words before the first empty one, then nothing, then those behind it. */
static void
emit_words(struct fa_prog_maker *m, const struct fa_prog_list *l)
{
	size_t empty = find_empty(l), over = 0, next;
	struct fa_prog_list before = fa_prog_list_part(m, l, 0, empty);
	struct fa_prog_list behind = fa_prog_list_part(m, l, empty, l->n);

	if (fa_prog_failed(m))
		return;
	if (behind.n == 0) {
		if (before.n > 0)
			add_set(m, empty == l->n ? FA_OP_WORDS : FA_OP_OPTION,
				&before);
		return;
	}
	if (before.n > 0) {
		next = add_open(m, FA_OP_SPLIT);
		add_set(m, FA_OP_WORDS, &before);
		add_linked(m, FA_OP_JUMP, &over);
		set_target(m, next);
	}
	next = add_open(m, FA_OP_SPLIT);
	add_linked(m, FA_OP_JUMP, &over);
	set_target(m, next);
	add_set(m, FA_OP_WORDS, &behind);
	set_linked(m, over);
}

/* The node itself, or the only one in a sequence. */
static struct fa_prog_node *
alone(struct fa_prog_node *n)
{
	while (n->kind == FA_NODE_SEQUENCE && n->child != NULL &&
		n->child->next == NULL)
		n = n->child;
	return n;
}

/* One character, whatever it is? */
static bool
is_single(struct fa_prog_node *n)
{
	return n->kind == FA_NODE_CLASS || n->kind == FA_NODE_SYMBOL;
}

static void
add_class(
	struct fa_prog_maker *m, enum fa_program_op op, struct fa_prog_node *n)
{
	add(m, op);
	add(m,
		n->kind == FA_NODE_CLASS ? n->x
					 : fa_prog_class_of(m, (uint16_t)n->x));
}

static void
emit_run(struct fa_prog_maker *m, struct fa_prog_node *node,
	struct fa_prog_node *of)
{
	add_class(m, node->lazy ? FA_OP_LAZY : FA_OP_GREEDY, of);
	add(m, node->min);
	add(m, node->max);
	add(m, 0);
}

/* The element min times, then as often as max allows, each time with the
 * choice to stop. */
static void
emit_repeat(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	struct fa_prog_node *of = alone(node->child);
	size_t over = 0;

	if (is_single(of)) {
		emit_run(m, node, of);
		return;
	}
	if (node->max == FA_PROGRAM_ENDLESS)
		m->opaque = true;
	for (unsigned i = 0; i < node->max && !fa_prog_failed(m); i++) {
		if (i >= node->min && node->lazy) {
			size_t more = add_open(m, FA_OP_SPLIT);

			add_linked(m, FA_OP_JUMP, &over);
			set_target(m, more);
		} else if (i >= node->min) {
			add_linked(m, FA_OP_SPLIT, &over);
		}
		emit(m, of);
	}
	set_linked(m, over);
}

/* Branches that are words and stand beside each other are one set. */
static void
emit_choice(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	struct fa_prog_node *c = node->child;
	size_t over = 0;

	while (c != NULL && !fa_prog_failed(m)) {
		struct fa_prog_list all = { 0 }, one;
		struct fa_prog_node *first = c;
		size_t other = 0;

		while (c != NULL && fa_prog_words(m, c, &one) &&
			!fa_prog_is_large(&one) &&
			fa_prog_append(m, &all, &one, &all))
			c = c->next;
		if (all.n == 0)
			c = c->next;
		if (c != NULL)
			other = add_open(m, FA_OP_SPLIT);
		if (all.n > 0)
			emit_words(m, &all);
		else
			emit(m, first);
		if (c != NULL) {
			add_linked(m, FA_OP_JUMP, &over);
			set_target(m, other);
		}
	}
	set_linked(m, over);
}

#define NOT_FIXED SIZE_MAX

/* Characters that every match of the node has. */
static size_t
length_of(struct fa_prog_maker *m, struct fa_prog_node *n)
{
	struct fa_prog_list words;
	size_t all = 0;

	if (is_single(n))
		return 1;
	if (n->kind == FA_NODE_LOOK || n->kind == FA_NODE_BEGIN ||
		n->kind == FA_NODE_END || n->kind == FA_NODE_NOTHING)
		return 0;
	if (fa_prog_words(m, n, &words)) {
		for (size_t i = 1; i < words.n; i++)
			if (fa_prog_list_length(&words, i) !=
				fa_prog_list_length(&words, 0))
				return NOT_FIXED;
		return fa_prog_list_length(&words, 0);
	}
	if (n->kind == FA_NODE_REPEAT && n->min == n->max &&
		is_single(alone(n->child)))
		return n->min;
	if (n->kind != FA_NODE_SEQUENCE)
		return NOT_FIXED;
	for (struct fa_prog_node *c = n->child; c; c = c->next) {
		size_t one = length_of(m, c);

		if (one == NOT_FIXED)
			return NOT_FIXED;
		all += one;
	}
	return all;
}

/* One way to look behind: so many characters back, then what follows. */
static void
emit_back(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	size_t other = add_open(m, FA_OP_SPLIT);
	size_t length = length_of(m, node);

	if (length == NOT_FIXED)
		m->opaque = true;
	add(m, FA_OP_BACK);
	add(m, length);
	emit(m, node);
	add(m, FA_OP_DONE);
	set_target(m, other);
}

static void
add_behind(struct fa_prog_maker *m, bool not, const struct fa_prog_list *words)
{
	struct fa_prog_list backwards = fa_prog_list_backwards(m, words);

	if (!fa_prog_failed(m))
		add_set(m, not ? FA_OP_NOT_BEHIND : FA_OP_BEHIND, &backwards);
}

/* Branches that are words are one set; the order is of no matter here. */
static void
emit_behind(struct fa_prog_maker *m, const struct fa_prog_node *node)
{
	struct fa_prog_node *of = alone(node->child);
	bool choice = of->kind == FA_NODE_CHOICE;
	struct fa_prog_list all = { 0 }, one;
	struct fa_prog_node *c;
	size_t to, others = 0;

	for (c = choice ? of->child : of; c; c = choice ? c->next : NULL)
		if (!fa_prog_words(m, c, &one))
			others++;
		else if (!fa_prog_append(m, &all, &one, &all))
			m->opaque = true;
	if (others == 0 && find_empty(&all) == all.n) {
		add_behind(m, node->negated, &all);
		return;
	}
	to = add_open(m, node->negated ? FA_OP_AVOID : FA_OP_LOOK);
	for (c = choice ? of->child : of; c; c = choice ? c->next : NULL)
		if (!fa_prog_words(m, c, &one))
			emit_back(m, c);
	if (find_empty(&all) < all.n) {
		add(m, FA_OP_DONE);
	} else if (all.n > 0) {
		add_behind(m, false, &all);
		add(m, FA_OP_DONE);
	} else {
		add(m, FA_OP_FAIL);
	}
	set_target(m, to);
}

static void
emit_look(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	struct fa_prog_node *of = alone(node->child);
	bool not = node->negated;
	struct fa_prog_list words;
	size_t to;

	if (is_single(of) && node->behind) {
		add_class(m, not ? FA_OP_UNLESS : FA_OP_AFTER, of);
	} else if (is_single(of)) {
		add_class(m, not ? FA_OP_OUT : FA_OP_IN, of);
	} else if (node->behind) {
		emit_behind(m, node);
	} else if (fa_prog_words(m, of, &words) &&
		find_empty(&words) == words.n) {
		add_set(m, not ? FA_OP_NOT : FA_OP_IS, &words);
	} else {
		to = add_open(m, not ? FA_OP_AVOID : FA_OP_LOOK);
		emit(m, of);
		add(m, FA_OP_DONE);
		set_target(m, to);
	}
}

static void
emit_sequence(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	struct fa_prog_list words = { 0 }, one;

	for (struct fa_prog_node *c = node->child; c; c = c->next) {
		bool is_words = fa_prog_next_words(m, &c, &one);

		if (is_words && words.n > 0 &&
			fa_prog_multiply(m, &words, &one,
				words.n == 1 || one.n == 1 ? WORDS_OF_ONE
							   : FA_PROG_PRODUCT,
				&words))
			continue;
		if (words.n > 0)
			emit_words(m, &words);
		words.n = 0;
		if (is_words)
			words = one;
		else
			emit(m, c);
	}
	if (words.n > 0)
		emit_words(m, &words);
}

static void
emit(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	struct fa_prog_list words;

	if (fa_prog_failed(m))
		return;
	if (node->kind != FA_NODE_SEQUENCE && fa_prog_words(m, node, &words)) {
		emit_words(m, &words);
		return;
	}
	switch (node->kind) {
	case FA_NODE_SEQUENCE:
		emit_sequence(m, node);
		break;
	case FA_NODE_CHOICE:
		emit_choice(m, node);
		break;
	case FA_NODE_REPEAT:
		emit_repeat(m, node);
		break;
	case FA_NODE_LOOK:
		emit_look(m, node);
		break;
	case FA_NODE_BEGIN:
		add(m, FA_OP_BEGIN);
		break;
	case FA_NODE_END:
		add(m, FA_OP_END);
		break;
	case FA_NODE_CLASS:
		add_class(m, FA_OP_CHAR, node);
		break;
	case FA_NODE_NOTHING:
	case FA_NODE_SYMBOL:
		break;
	case FA_NODE_LEXICON: /* with a word that has no symbols */
		m->opaque = true;
		break;
	}
}

void
fa_prog_emit(struct fa_prog_maker *m, struct fa_prog_node *node)
{
	emit(m, node);
	add(m, FA_OP_ACCEPT);
}
