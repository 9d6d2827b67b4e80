/* From the source of a pattern to a tree.
 *
 *     choice   = sequence { "|" sequence }
 *     sequence = { element [ repeat ] }
 *     element  = char | "\" escape | "[" class "]" | "." | "^" | "$"
 *              | "{" name "}" | "{.." [ digits ] "}"
 *              | "(" [ "?" kind ] choice ")" | "(?i)" | "(?-i)"
 *     kind     = ":" | "=" | "!" | "<=" | "<!" | "i:" | "-i:"
 *     repeat   = ( "?" | "*" | "+" | "{" n [ "," [ m ] ] "}" ) [ "?" ]
 *
 * The pattern has passed the scanner of pattern.c or stands in a bundle whose
 * digest was right; whatever looks odd nevertheless is opaque. */
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "rules/program_reader.h"
#include "rules/rules.h"

#define REPEAT_MAX 9999

static struct fa_prog_node *read_choice(struct fa_prog_reader *r);

static struct fa_prog_node *
repeated(struct fa_prog_reader *r, struct fa_prog_node *child, uint64_t min,
	uint64_t max, bool lazy)
{
	struct fa_prog_node *n = fa_prog_node(r, FA_NODE_REPEAT, 0);

	if (n == NULL || child == NULL)
		return NULL;
	/* PCRE2 10.42 searches for (?=a{0})b as if there had to be an a. */
	if (child->kind >= FA_NODE_LOOK || min > max || max == 0)
		return fa_prog_opaque(r);
	n->min = (uint16_t)min;
	n->max = (uint16_t)max;
	n->lazy = lazy;
	n->child = child;
	return n;
}

static struct fa_prog_node *
read_gap(struct fa_prog_reader *r, size_t close)
{
	struct fa_str digits = fa_str_sub(r->src, r->at + 3, close);
	uint64_t n = FA_RULES_GAP_DEFAULT;

	if (digits.n > 0 && !fa_num_u64(digits, REPEAT_MAX, &n))
		return fa_prog_opaque(r);
	r->at = close + 1;
	return repeated(
		r, fa_prog_all_but(r, FA_STR("。！？；!?;\n")), 0, n, true);
}

static bool
is_han_only(const struct fa_lexicon *l)
{
	uint32_t cp;

	for (size_t i = 0; i < l->words_n; i++)
		for (size_t at = 0; at < l->words[i].n;) {
			at += fa_utf8_next(
				fa_str_sub(l->words[i], at, l->words[i].n),
				&cp);
			if (!fa_rune_is_han(cp))
				return false;
		}
	return true;
}

static struct fa_prog_node *
read_brace(struct fa_prog_reader *r)
{
	size_t close = fa_str_find(r->src, FA_STR("}"), r->at);
	const struct fa_bundle *b = r->m->b;
	size_t i;

	if (close == SIZE_MAX)
		return fa_prog_opaque(r);
	if (fa_prog_peek(r, 1) == '.' && fa_prog_peek(r, 2) == '.')
		return read_gap(r, close);
	i = fa_str_search(b->lexicons, b->lexicons_n, sizeof(*b->lexicons),
		offsetof(struct fa_lexicon, name),
		fa_str_sub(r->src, r->at + 1, close));
	if (i == b->lexicons_n || b->lexicons[i].words_n == 0 ||
		(r->caseless && !is_han_only(&b->lexicons[i])))
		return fa_prog_opaque(r);
	r->at = close + 1;
	return fa_prog_node(r, FA_NODE_LEXICON, (uint32_t)i);
}

enum group { GROUP_PLAIN, GROUP_LOOK, GROUP_OPTION, GROUP_OTHER };

/* Past "(?..." up to what the group holds. */
static enum group
read_kind(struct fa_prog_reader *r, struct fa_prog_node *look)
{
	bool behind = fa_prog_peek(r, 0) == '<';
	char c = fa_prog_peek(r, behind ? 1 : 0);

	if (c == '=' || c == '!') {
		look->behind = behind;
		look->negated = c == '!';
		r->at += behind ? 2 : 1;
		return GROUP_LOOK;
	}
	if (behind || (c == '-' && fa_prog_peek(r, 1) != 'i'))
		return GROUP_OTHER;
	if (c == '-' || c == 'i') {
		r->caseless = c == 'i';
		r->at += c == 'i' ? 1 : 2;
		c = fa_prog_peek(r, 0);
		/* It holds up to the end of the group around it. */
		if (c == ')') {
			r->at++;
			return GROUP_OPTION;
		}
	}
	r->at++;
	return c == ':' ? GROUP_PLAIN : GROUP_OTHER;
}

/* What stands in a group, up to behind its bracket. */
static struct fa_prog_node *
read_inner(struct fa_prog_reader *r, bool caseless)
{
	struct fa_prog_node *inner;

	if (++r->depth > FA_PROG_DEPTH)
		return fa_prog_opaque(r);
	inner = read_choice(r);
	r->depth--;
	r->caseless = caseless;
	if (inner == NULL || fa_prog_peek(r, 0) != ')')
		return fa_prog_opaque(r);
	r->at++;
	return inner;
}

static struct fa_prog_node *
read_group(struct fa_prog_reader *r)
{
	struct fa_prog_node *look = fa_prog_node(r, FA_NODE_LOOK, 0);
	enum group kind = GROUP_PLAIN;
	bool caseless = r->caseless;

	r->at++;
	if (look == NULL || fa_prog_peek(r, 0) == '*')
		return fa_prog_opaque(r);
	if (fa_prog_peek(r, 0) == '?') {
		r->at++;
		kind = read_kind(r, look);
	}
	if (kind == GROUP_OTHER)
		return fa_prog_opaque(r);
	if (kind == GROUP_OPTION)
		return fa_prog_node(r, FA_NODE_NOTHING, 0);
	if (kind == GROUP_PLAIN)
		return read_inner(r, caseless);
	look->child = read_inner(r, caseless);
	return look->child == NULL ? NULL : look;
}

static struct fa_prog_node *
read_element(struct fa_prog_reader *r)
{
	switch (fa_prog_peek(r, 0)) {
	case '\\':
		return fa_prog_read_escape(r);
	case '[':
		return fa_prog_read_class(r);
	case '(':
		return read_group(r);
	case '{':
		return read_brace(r);
	case '.':
		r->at++;
		return fa_prog_all_but(r, FA_STR("\n"));
	case '^':
		r->at++;
		return fa_prog_node(r, FA_NODE_BEGIN, 0);
	case '$':
		r->at++;
		return fa_prog_node(r, FA_NODE_END, 0);
	case '?':
	case '*':
	case '+':
	case '\0':
		return fa_prog_opaque(r);
	default:
		return fa_prog_char(r, fa_prog_next_rune(r));
	}
}

static bool
read_bounds(struct fa_prog_reader *r, uint64_t *min, uint64_t *max)
{
	size_t close = fa_str_find(r->src, FA_STR("}"), r->at);
	struct fa_str high = fa_str_sub(r->src, r->at + 1, close);
	struct fa_str low = fa_str_cut(&high, ',');

	if (close == SIZE_MAX || !fa_num_u64(low, REPEAT_MAX, min))
		return false;
	*max = high.p == NULL ? *min : FA_PROGRAM_ENDLESS;
	if (high.n > 0 && !fa_num_u64(high, REPEAT_MAX, max))
		return false;
	r->at = close + 1;
	return true;
}

static struct fa_prog_node *
read_repeat(struct fa_prog_reader *r, struct fa_prog_node *element)
{
	uint64_t min = 0, max = FA_PROGRAM_ENDLESS;
	char c = fa_prog_peek(r, 0);
	bool lazy;

	if (c == '{' && fa_prog_peek(r, 1) >= '0' &&
		fa_prog_peek(r, 1) <= '9') {
		if (!read_bounds(r, &min, &max))
			return fa_prog_opaque(r);
	} else if (c == '?' || c == '*' || c == '+') {
		r->at++;
		min = c == '+';
		max = c == '?' ? 1 : FA_PROGRAM_ENDLESS;
	} else {
		return element;
	}
	lazy = fa_prog_peek(r, 0) == '?';
	if (lazy)
		r->at++;
	else if (fa_prog_peek(r, 0) == '+')
		return fa_prog_opaque(r);
	return repeated(r, element, min, max, lazy);
}

static struct fa_prog_node *
read_sequence(struct fa_prog_reader *r)
{
	struct fa_prog_node *all = fa_prog_node(r, FA_NODE_SEQUENCE, 0);
	struct fa_prog_node **last = all == NULL ? NULL : &all->child;

	while (!fa_prog_failed(r->m) && r->at < r->src.n &&
		fa_prog_peek(r, 0) != '|' && fa_prog_peek(r, 0) != ')') {
		struct fa_prog_node *n = read_element(r);

		if (n != NULL)
			n = read_repeat(r, n);
		if (n == NULL)
			return fa_prog_opaque(r);
		*last = n;
		last = &n->next;
	}
	return all;
}

static struct fa_prog_node *
read_choice(struct fa_prog_reader *r)
{
	struct fa_prog_node *first = read_sequence(r);
	struct fa_prog_node *all, **last;

	if (first == NULL || fa_prog_peek(r, 0) != '|')
		return first;
	all = fa_prog_node(r, FA_NODE_CHOICE, 0);
	if (all == NULL)
		return NULL;
	all->child = first;
	last = &first->next;
	while (!fa_prog_failed(r->m) && fa_prog_peek(r, 0) == '|') {
		r->at++;
		*last = read_sequence(r);
		if (*last == NULL)
			return fa_prog_opaque(r);
		last = &(*last)->next;
	}
	return all;
}

struct fa_prog_node *
fa_prog_parse(struct fa_prog_maker *m, struct fa_str source)
{
	struct fa_prog_reader r = { .m = m, .src = source };
	struct fa_prog_node *all = read_choice(&r);

	if (all != NULL && r.at < source.n)
		return fa_prog_opaque(&r);
	return all;
}
