/* What a single character of a pattern may be: itself, in both cases perhaps,
 * one of an escape, one of a class. */
#include <string.h>

#include "rules/program_reader.h"

#define KELVIN 0x212a /* what k and s are, when case is ignored */
#define LONG_S 0x17f

static struct fa_prog_node *
class_node(struct fa_prog_reader *r, const uint64_t *bits)
{
	return fa_prog_node(r, FA_NODE_CLASS, fa_prog_class(r->m, bits));
}

static uint64_t *
new_class(struct fa_prog_reader *r)
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
caseless_node(struct fa_prog_reader *r, uint32_t cp)
{
	uint64_t *bits = new_class(r);

	if (bits == NULL || (cp >= 0x80 && !fa_rune_is_han(cp)))
		return fa_prog_opaque(r);
	fa_prog_class_range(r->m, bits, cp, cp);
	if (is_letter(cp))
		fa_prog_class_range(r->m, bits, cp ^ 0x20, cp ^ 0x20);
	if ((cp | 0x20) == 'k')
		fa_prog_class_range(r->m, bits, KELVIN, KELVIN);
	if ((cp | 0x20) == 's')
		fa_prog_class_range(r->m, bits, LONG_S, LONG_S);
	return class_node(r, bits);
}

struct fa_prog_node *
fa_prog_char(struct fa_prog_reader *r, uint32_t cp)
{
	if (r->caseless && (is_letter(cp) || cp >= 0x80))
		return caseless_node(r, cp);
	return fa_prog_node(r, FA_NODE_SYMBOL, fa_prog_symbol(r->m, cp));
}

/* Adds \d, \s, \w or what is none of them; false for another escape. Without
 * Unicode properties they are ASCII. */
static bool
add_kind(struct fa_prog_reader *r, uint64_t *bits, char kind)
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
escaped_rune(struct fa_prog_reader *r, uint32_t *cp)
{
	static const char names[] = "tnrfae";
	static const char are[] = "\t\n\r\f\a\x1b";
	const char *name;

	*cp = fa_prog_next_rune(r);
	if (!is_letter(*cp) && !(*cp >= '0' && *cp <= '9'))
		return *cp != 0;
	name = strchr(names, (int)*cp);
	if (name == NULL)
		return false;
	*cp = (unsigned char)are[name - names];
	return true;
}

struct fa_prog_node *
fa_prog_read_escape(struct fa_prog_reader *r)
{
	uint64_t *bits = new_class(r);
	uint32_t cp;

	r->at++;
	if (bits != NULL && add_kind(r, bits, fa_prog_peek(r, 0))) {
		r->at++;
		return class_node(r, bits);
	}
	if (fa_prog_peek(r, 0) == 'A') {
		r->at++;
		return fa_prog_node(r, FA_NODE_BEGIN, 0);
	}
	return escaped_rune(r, &cp) ? fa_prog_char(r, cp) : fa_prog_opaque(r);
}

/* One end of a range, or a character. */
static bool
class_rune(struct fa_prog_reader *r, uint32_t *cp)
{
	if (fa_prog_peek(r, 0) == '[' &&
		(fa_prog_peek(r, 1) == ':' || fa_prog_peek(r, 1) == '.' ||
			fa_prog_peek(r, 1) == '='))
		return false;
	if (fa_prog_peek(r, 0) != '\\') {
		*cp = fa_prog_next_rune(r);
		return true;
	}
	r->at++;
	return escaped_rune(r, cp);
}

static bool
class_item(struct fa_prog_reader *r, uint64_t *bits)
{
	uint32_t first, last;

	if (fa_prog_peek(r, 0) == '\\' &&
		add_kind(r, bits, fa_prog_peek(r, 1))) {
		r->at += 2;
		return fa_prog_peek(r, 0) != '-' || fa_prog_peek(r, 1) == ']';
	}
	if (!class_rune(r, &first))
		return false;
	last = first;
	if (fa_prog_peek(r, 0) == '-' && fa_prog_peek(r, 1) != ']') {
		r->at++;
		if (!class_rune(r, &last) || last < first)
			return false;
	}
	fa_prog_class_range(r->m, bits, first, last);
	return true;
}

struct fa_prog_node *
fa_prog_read_class(struct fa_prog_reader *r)
{
	uint64_t *bits = new_class(r);
	bool inverted = fa_prog_peek(r, 1) == '^';
	bool first = true;

	r->at += inverted ? 2 : 1;
	if (bits == NULL || r->caseless)
		return fa_prog_opaque(r);
	for (; first || fa_prog_peek(r, 0) != ']'; first = false)
		if (r->at >= r->src.n || !class_item(r, bits))
			return fa_prog_opaque(r);
	r->at++;
	if (inverted)
		fa_prog_class_invert(r->m, bits);
	return class_node(r, bits);
}

/* [^。！？；!?;\n] or, for a dot, [^\n]. */
struct fa_prog_node *
fa_prog_all_but(struct fa_prog_reader *r, struct fa_str those)
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
