/* From the source of a pattern to a tree.
 *
 *     choice   = sequence { "|" sequence }
 *     sequence = { element [ repeat ] }
 *     element  = char | "\" escape | "[" class "]" | "." | "^" | "$" | "{" name
 * "}" | "{.." [ digits ] "}" | "(" [ "?" kind ] choice ")" | "(?i)" repeat   =
 * ( "?" | "*" | "+" | "{" n [ "," [ m ] ] "}" ) [ "?" ] kind     = ":" | "=" |
 * "!" | "<=" | "<!" | "i:" | "-i:"
 *
 * The pattern has passed the scanner of pattern.c or stands in a bundle whose
 * digest was right; whatever looks odd nevertheless is opaque. */
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "rules/program.h"
#include "rules/rules.h"

#define REPEAT_MAX 9999
#define KELVIN 0x212a /* what k and s are, when case is ignored */
#define LONG_S 0x17f

struct reader {
	struct fa_prog_maker *m;
	struct fa_str src;
	size_t at;
	unsigned depth;
	bool caseless;
};

static struct fa_prog_node *read_choice(struct reader *r);

static struct fa_prog_node *
opaque(struct reader *r)
{
	r->m->opaque = true;
	return NULL;
}

static char
peek(const struct reader *r, size_t i)
{
	return r->at + i < r->src.n ? r->src.p[r->at + i] : '\0';
}

static uint32_t
next_rune(struct reader *r)
{
	uint32_t cp = 0;

	if (r->at < r->src.n)
		r->at += fa_utf8_next(fa_str_sub(r->src, r->at, r->src.n), &cp);
	return cp;
}

static struct fa_prog_node *
new_node(struct reader *r, enum fa_prog_kind kind, uint32_t x)
{
	struct fa_prog_node *n = fa_prog_new(r->m, &r->m->one, 1, sizeof(*n));

	if (n != NULL) {
		n->kind = kind;
		n->x = x;
	}
	return n;
}

static struct fa_prog_node *
class_node(struct reader *r, const uint64_t *bits)
{
	return new_node(r, FA_NODE_CLASS, fa_prog_class(r->m, bits));
}

static uint64_t *
new_class(struct reader *r)
{
	return fa_prog_new(
		r->m, &r->m->one, r->m->class_words, sizeof(uint64_t));
}

static bool
is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

/* A letter in both cases. What else has two is opaque; Chinese has not. */
static struct fa_prog_node *
caseless_node(struct reader *r, uint32_t cp)
{
	uint64_t *bits = new_class(r);

	if (bits == NULL || (cp >= 0x80 && !fa_rune_is_han(cp)))
		return opaque(r);
	fa_prog_class_range(r->m, bits, cp, cp);
	if (is_letter(cp))
		fa_prog_class_range(r->m, bits, cp ^ 0x20, cp ^ 0x20);
	if ((cp | 0x20) == 'k')
		fa_prog_class_range(r->m, bits, KELVIN, KELVIN);
	if ((cp | 0x20) == 's')
		fa_prog_class_range(r->m, bits, LONG_S, LONG_S);
	return class_node(r, bits);
}

static struct fa_prog_node *
char_node(struct reader *r, uint32_t cp)
{
	if (r->caseless && (is_letter(cp) || cp >= 0x80))
		return caseless_node(r, cp);
	return new_node(r, FA_NODE_SYMBOL, fa_prog_symbol(r->m, cp));
}

/* Adds \d, \s, \w or what is none of them; false for another escape. Without
 * Unicode properties they are ASCII. */
static bool
add_kind(struct reader *r, uint64_t *bits, char kind)
{
	uint64_t *own = new_class(r);

	if (own == NULL || kind == '\0' || strchr("dswDSW", kind) == NULL)
		return false;
	if (kind == 's' || kind == 'S') {
		fa_prog_class_range(r->m, own, '\t', '\r');
		fa_prog_class_range(r->m, own, ' ', ' ');
	} else {
		fa_prog_class_range(r->m, own, '0', '9');
	}
	if (kind == 'w' || kind == 'W') {
		fa_prog_class_range(r->m, own, 'A', 'Z');
		fa_prog_class_range(r->m, own, 'a', 'z');
		fa_prog_class_range(r->m, own, '_', '_');
	}
	if (kind < 'a')
		fa_prog_class_invert(r->m, own);
	for (size_t i = 0; i < r->m->class_words; i++)
		bits[i] |= own[i];
	return true;
}

/* The character of \n and the like, or of what stands for itself behind a
 * backslash. */
static bool
escaped_rune(struct reader *r, uint32_t *cp)
{
	static const char names[] = "tnrfae";
	static const char are[] = "\t\n\r\f\a\x1b";
	const char *name;

	*cp = next_rune(r);
	if (!is_letter(*cp) && !(*cp >= '0' && *cp <= '9'))
		return *cp != 0;
	name = strchr(names, (int)*cp);
	if (name == NULL)
		return false;
	*cp = (unsigned char)are[name - names];
	return true;
}

static struct fa_prog_node *
read_escape(struct reader *r)
{
	uint64_t *bits = new_class(r);
	uint32_t cp;

	r->at++;
	if (bits != NULL && add_kind(r, bits, peek(r, 0))) {
		r->at++;
		return class_node(r, bits);
	}
	if (peek(r, 0) == 'A') {
		r->at++;
		return new_node(r, FA_NODE_BEGIN, 0);
	}
	return escaped_rune(r, &cp) ? char_node(r, cp) : opaque(r);
}

/* One end of a range, or a character. */
static bool
class_rune(struct reader *r, uint32_t *cp)
{
	if (peek(r, 0) == '[' &&
		(peek(r, 1) == ':' || peek(r, 1) == '.' || peek(r, 1) == '='))
		return false;
	if (peek(r, 0) != '\\') {
		*cp = next_rune(r);
		return true;
	}
	r->at++;
	return escaped_rune(r, cp);
}

static bool
class_item(struct reader *r, uint64_t *bits)
{
	uint32_t first, last;

	if (peek(r, 0) == '\\' && add_kind(r, bits, peek(r, 1))) {
		r->at += 2;
		return peek(r, 0) != '-' || peek(r, 1) == ']';
	}
	if (!class_rune(r, &first))
		return false;
	last = first;
	if (peek(r, 0) == '-' && peek(r, 1) != ']') {
		r->at++;
		if (!class_rune(r, &last) || last < first)
			return false;
	}
	fa_prog_class_range(r->m, bits, first, last);
	return true;
}

static struct fa_prog_node *
read_class(struct reader *r)
{
	uint64_t *bits = new_class(r);
	bool inverted = peek(r, 1) == '^';
	bool first = true;

	r->at += inverted ? 2 : 1;
	if (bits == NULL || r->caseless)
		return opaque(r);
	for (; first || peek(r, 0) != ']'; first = false)
		if (r->at >= r->src.n || !class_item(r, bits))
			return opaque(r);
	r->at++;
	if (inverted)
		fa_prog_class_invert(r->m, bits);
	return class_node(r, bits);
}

/* [^。！？；!?;\n] or, for a dot, [^\n]. */
static struct fa_prog_node *
all_but(struct reader *r, struct fa_str those)
{
	uint64_t *bits = new_class(r);
	uint32_t cp;

	if (bits == NULL)
		return NULL;
	for (size_t at = 0; at < those.n;) {
		at += fa_utf8_next(fa_str_sub(those, at, those.n), &cp);
		fa_prog_class_range(r->m, bits, cp, cp);
	}
	fa_prog_class_invert(r->m, bits);
	return class_node(r, bits);
}

static struct fa_prog_node *
repeated(struct reader *r, struct fa_prog_node *child, uint64_t min,
	uint64_t max, bool lazy)
{
	struct fa_prog_node *n = new_node(r, FA_NODE_REPEAT, 0);

	if (n == NULL || child == NULL)
		return NULL;
	/* PCRE2 10.42 searches for (?=a{0})b as if there had to be an a. */
	if (child->kind >= FA_NODE_LOOK || min > max || max == 0)
		return opaque(r);
	n->min = (uint16_t)min;
	n->max = (uint16_t)max;
	n->lazy = lazy;
	n->child = child;
	return n;
}

static struct fa_prog_node *
read_gap(struct reader *r, size_t close)
{
	struct fa_str digits = fa_str_sub(r->src, r->at + 3, close);
	uint64_t n = FA_RULES_GAP_DEFAULT;

	if (digits.n > 0 && !fa_num_u64(digits, REPEAT_MAX, &n))
		return opaque(r);
	r->at = close + 1;
	return repeated(r, all_but(r, FA_STR("。！？；!?;\n")), 0, n, true);
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
read_brace(struct reader *r)
{
	size_t close = fa_str_find(r->src, FA_STR("}"), r->at);
	const struct fa_bundle *b = r->m->b;
	size_t i;

	if (close == SIZE_MAX)
		return opaque(r);
	if (peek(r, 1) == '.' && peek(r, 2) == '.')
		return read_gap(r, close);
	i = fa_str_search(b->lexicons, b->lexicons_n, sizeof(*b->lexicons),
		offsetof(struct fa_lexicon, name),
		fa_str_sub(r->src, r->at + 1, close));
	if (i == b->lexicons_n || b->lexicons[i].words_n == 0 ||
		(r->caseless && !is_han_only(&b->lexicons[i])))
		return opaque(r);
	r->at = close + 1;
	return new_node(r, FA_NODE_LEXICON, (uint32_t)i);
}

enum group { GROUP_PLAIN, GROUP_LOOK, GROUP_OPTION, GROUP_OTHER };

/* Past "(?..." up to what the group holds. */
static enum group
read_kind(struct reader *r, struct fa_prog_node *look)
{
	bool behind = peek(r, 0) == '<';
	char c = peek(r, behind ? 1 : 0);

	if (c == '=' || c == '!') {
		look->behind = behind;
		look->negated = c == '!';
		r->at += behind ? 2 : 1;
		return GROUP_LOOK;
	}
	if (behind || (c == '-' && peek(r, 1) != 'i'))
		return GROUP_OTHER;
	if (c == '-' || c == 'i') {
		r->caseless = c == 'i';
		r->at += c == 'i' ? 1 : 2;
		c = peek(r, 0);
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
read_inner(struct reader *r, bool caseless)
{
	struct fa_prog_node *inner;

	if (++r->depth > FA_PROG_DEPTH)
		return opaque(r);
	inner = read_choice(r);
	r->depth--;
	r->caseless = caseless;
	if (inner == NULL || peek(r, 0) != ')')
		return opaque(r);
	r->at++;
	return inner;
}

static struct fa_prog_node *
read_group(struct reader *r)
{
	struct fa_prog_node *look = new_node(r, FA_NODE_LOOK, 0);
	enum group kind = GROUP_PLAIN;
	bool caseless = r->caseless;

	r->at++;
	if (look == NULL || peek(r, 0) == '*')
		return opaque(r);
	if (peek(r, 0) == '?') {
		r->at++;
		kind = read_kind(r, look);
	}
	if (kind == GROUP_OTHER)
		return opaque(r);
	if (kind == GROUP_OPTION)
		return new_node(r, FA_NODE_NOTHING, 0);
	if (kind == GROUP_PLAIN)
		return read_inner(r, caseless);
	look->child = read_inner(r, caseless);
	return look->child == NULL ? NULL : look;
}

static struct fa_prog_node *
read_element(struct reader *r)
{
	switch (peek(r, 0)) {
	case '\\':
		return read_escape(r);
	case '[':
		return read_class(r);
	case '(':
		return read_group(r);
	case '{':
		return read_brace(r);
	case '.':
		r->at++;
		return all_but(r, FA_STR("\n"));
	case '^':
		r->at++;
		return new_node(r, FA_NODE_BEGIN, 0);
	case '$':
		r->at++;
		return new_node(r, FA_NODE_END, 0);
	case '?':
	case '*':
	case '+':
	case '\0':
		return opaque(r);
	default:
		return char_node(r, next_rune(r));
	}
}

static bool
read_bounds(struct reader *r, uint64_t *min, uint64_t *max)
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
read_repeat(struct reader *r, struct fa_prog_node *element)
{
	uint64_t min = 0, max = FA_PROGRAM_ENDLESS;
	char c = peek(r, 0);
	bool lazy;

	if (c == '{' && peek(r, 1) >= '0' && peek(r, 1) <= '9') {
		if (!read_bounds(r, &min, &max))
			return opaque(r);
	} else if (c == '?' || c == '*' || c == '+') {
		r->at++;
		min = c == '+';
		max = c == '?' ? 1 : FA_PROGRAM_ENDLESS;
	} else {
		return element;
	}
	lazy = peek(r, 0) == '?';
	if (lazy)
		r->at++;
	else if (peek(r, 0) == '+')
		return opaque(r);
	return repeated(r, element, min, max, lazy);
}

static struct fa_prog_node *
read_sequence(struct reader *r)
{
	struct fa_prog_node *all = new_node(r, FA_NODE_SEQUENCE, 0);
	struct fa_prog_node **last = all == NULL ? NULL : &all->child;

	while (!fa_prog_failed(r->m) && r->at < r->src.n && peek(r, 0) != '|' &&
		peek(r, 0) != ')') {
		struct fa_prog_node *n = read_element(r);

		if (n != NULL)
			n = read_repeat(r, n);
		if (n == NULL)
			return opaque(r);
		*last = n;
		last = &n->next;
	}
	return all;
}

static struct fa_prog_node *
read_choice(struct reader *r)
{
	struct fa_prog_node *first = read_sequence(r);
	struct fa_prog_node *all, **last;

	if (first == NULL || peek(r, 0) != '|')
		return first;
	all = new_node(r, FA_NODE_CHOICE, 0);
	if (all == NULL)
		return NULL;
	all->child = first;
	last = &first->next;
	while (!fa_prog_failed(r->m) && peek(r, 0) == '|') {
		r->at++;
		*last = read_sequence(r);
		if (*last == NULL)
			return opaque(r);
		last = &(*last)->next;
	}
	return all;
}

struct fa_prog_node *
fa_prog_parse(struct fa_prog_maker *m, struct fa_str source)
{
	struct reader r = { .m = m, .src = source };
	struct fa_prog_node *all = read_choice(&r);

	if (all != NULL && r.at < source.n)
		return opaque(&r);
	return all;
}
