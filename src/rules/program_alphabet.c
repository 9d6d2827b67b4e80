/* The numbers of characters.
 *
 * All of ASCII and every character that a pattern or a lexicon writes has its
 * own; the rest is one symbol. A range whose ends are not ASCII, [一-龥], cuts
 * the rest in pieces, each with a symbol of its own, so that a class is a set
 * of symbols in any case. */
#include <string.h>

#include "base/utf8.h"
#include "rules/program.h"

#define BMP 0x10000u
#define PAGE 256u

struct named {
	uint64_t bits[BMP / 64];
};

static void
name(struct named *set, uint32_t cp)
{
	if (cp < BMP)
		set->bits[cp / 64] |= UINT64_C(1) << (cp % 64);
}

static bool
is_named(const struct named *set, uint32_t cp)
{
	return (set->bits[cp / 64] >> (cp % 64)) & 1;
}

/* Keeps the cuts in order; there are few. */
static void
add_cut(struct fa_prog_alphabet *x, uint32_t cp)
{
	size_t at = 0;

	while (at < x->cuts_n && x->cut[at] < cp)
		at++;
	if (x->cuts_n == FA_PROG_CUTS || cp >= BMP ||
		(at < x->cuts_n && x->cut[at] == cp))
		return;
	memmove(x->cut + at + 1, x->cut + at,
		(x->cuts_n - at) * sizeof(*x->cut));
	x->cut[at] = cp;
	x->cuts_n++;
}

/* Where a hyphen stands between characters one of which is not ASCII, there
 * may be a range. */
static void
name_all(struct named *set, struct fa_prog_alphabet *x, struct fa_str text)
{
	uint32_t before = 0, hyphen = 0, cp;

	for (size_t at = 0; at < text.n;) {
		at += fa_utf8_next(fa_str_sub(text, at, text.n), &cp);
		name(set, cp);
		if (hyphen != 0 && cp >= 0x80) {
			add_cut(x, hyphen);
			add_cut(x, cp + 1);
		}
		hyphen = cp == '-' ? before : 0;
		before = cp;
	}
}

static void
name_bundle(struct named *set, struct fa_prog_maker *m)
{
	struct fa_prog_alphabet *x = &m->alphabet;
	/* Of gaps, and what folds to k and s when case is ignored. */
	name_all(set, x, FA_STR("。！？；\xe2\x84\xaa\xc5\xbf"));
	for (uint32_t cp = 0; cp < 0x80; cp++)
		name(set, cp);
	for (size_t i = 0; i < m->b->lexicons_n; i++) {
		const struct fa_lexicon *l = &m->b->lexicons[i];

		/* Those without a name repeat what patterns write. */
		for (size_t k = 0; k < l->words_n && l->name.p[0] != '='; k++)
			name_all(set, x, l->words[k]);
	}
	for (size_t i = 0; i < m->b->patterns_n; i++)
		name_all(set, x, m->b->patterns[i].source);
}

static uint16_t
new_symbol(struct fa_prog_alphabet *x, uint32_t first, uint32_t last)
{
	x->first[x->n] = first;
	x->last[x->n] = last;
	return (uint16_t)x->n++;
}

/* A page is written when it holds anything but the symbol of all others. */
static void
number_page(struct fa_prog_alphabet *x, const struct named *set, uint32_t page,
	const uint16_t *rest)
{
	uint16_t *to = x->symbols + x->pages_n * PAGE;
	bool used = false;
	size_t piece = 0;

	for (uint32_t i = 0; i < PAGE; i++) {
		uint32_t cp = page * PAGE + i;

		while (piece < x->cuts_n && x->cut[piece] <= cp)
			piece++;
		to[i] = is_named(set, cp) ? new_symbol(x, cp, cp) : rest[piece];
		used |= to[i] != FA_SYMBOL_OTHER;
	}
	if (used)
		x->page[page] = (uint16_t)x->pages_n++;
}

/* Pieces are numbered from the one before the first cut on. */
static void
number(struct fa_prog_alphabet *x, const struct named *set)
{
	uint16_t rest[FA_PROG_CUTS + 1];

	(void)new_symbol(x, 1, 0); /* FA_SYMBOL_END */
	(void)new_symbol(x, 1, 0); /* FA_SYMBOL_OTHER */
	rest[0] = FA_SYMBOL_OTHER;
	rest[x->cuts_n] = FA_SYMBOL_OTHER;
	for (size_t i = 1; i < x->cuts_n; i++)
		rest[i] = new_symbol(x, x->cut[i - 1], x->cut[i] - 1);
	for (uint32_t i = 0; i < PAGE; i++)
		x->symbols[i] = FA_SYMBOL_OTHER;
	x->pages_n = 1;
	for (uint32_t page = 0; page < BMP / PAGE; page++)
		number_page(x, set, page, rest);
}

void
fa_prog_alphabet_make(struct fa_prog_maker *m)
{
	struct fa_prog_alphabet *x = &m->alphabet;
	struct named *set = fa_prog_new(m, &m->work, 1, sizeof(*set));
	size_t most = BMP + FA_PROG_CUTS + 2;

	x->page = fa_prog_new(m, &m->work, PAGE, sizeof(*x->page));
	x->symbols = fa_prog_new(
		m, &m->work, (BMP / PAGE + 1) * PAGE, sizeof(*x->symbols));
	x->first = fa_prog_new(m, &m->work, most, sizeof(*x->first));
	x->last = fa_prog_new(m, &m->work, most, sizeof(*x->last));
	if (m->rc < 0)
		return;
	name_bundle(set, m);
	number(x, set);
	m->class_words = (x->n + 63) / 64;
}

uint16_t
fa_prog_symbol(struct fa_prog_maker *m, uint32_t cp)
{
	const struct fa_prog_alphabet *x = &m->alphabet;

	if (cp < BMP) {
		uint16_t s = x->symbols[x->page[cp / PAGE] * PAGE + cp % PAGE];

		if (x->first[s] == cp && x->last[s] == cp)
			return s;
	}
	m->opaque = true;
	return FA_SYMBOL_OTHER;
}

static bool
is_cut(const struct fa_prog_alphabet *x, uint32_t cp)
{
	for (size_t i = 0; i < x->cuts_n; i++)
		if (x->cut[i] == cp)
			return true;
	return false;
}

void
fa_prog_class_range(
	struct fa_prog_maker *m, uint64_t *bits, uint32_t first, uint32_t last)
{
	const struct fa_prog_alphabet *x = &m->alphabet;

	if (first == last || last < 0x80) {
		for (uint32_t cp = first; cp <= last; cp++) {
			uint16_t s = fa_prog_symbol(m, cp);

			bits[s / 64] |= UINT64_C(1) << (s % 64);
		}
		return;
	}
	if (!is_cut(x, first) || !is_cut(x, last + 1)) {
		m->opaque = true;
		return;
	}
	for (size_t s = 0; s < x->n; s++)
		if (x->first[s] >= first && x->last[s] <= last &&
			x->first[s] <= x->last[s])
			bits[s / 64] |= UINT64_C(1) << (s % 64);
}

void
fa_prog_class_invert(struct fa_prog_maker *m, uint64_t *bits)
{
	for (size_t i = 0; i < m->class_words; i++)
		bits[i] = ~bits[i];
	bits[0] &= ~(UINT64_C(1) << FA_SYMBOL_END);
	if (m->alphabet.n % 64 != 0)
		bits[m->class_words - 1] &=
			(UINT64_C(1) << (m->alphabet.n % 64)) - 1;
}

uint32_t
fa_prog_class(struct fa_prog_maker *m, const uint64_t *bits)
{
	uint16_t *key =
		fa_prog_new(m, &m->one, m->class_words * 4, sizeof(*key));
	bool fresh;

	if (key == NULL)
		return 0;
	for (size_t i = 0; i < m->class_words * 4; i++)
		key[i] = (uint16_t)(bits[i / 4] >> (i % 4 * 16));
	return fa_prog_intern(m, &m->classes, key, m->class_words * 4, &fresh);
}

uint32_t
fa_prog_class_of(struct fa_prog_maker *m, uint16_t symbol)
{
	uint64_t *bits = fa_prog_new(m, &m->one, m->class_words, sizeof(*bits));

	if (bits == NULL)
		return 0;
	bits[symbol / 64] |= UINT64_C(1) << (symbol % 64);
	return fa_prog_class(m, bits);
}

void
fa_prog_class_bits(
	const struct fa_prog_maker *m, uint32_t class, uint64_t *bits)
{
	const struct fa_prog_entry *e = &m->classes.entry[class];

	for (size_t i = 0; i < m->class_words; i++)
		bits[i] = 0;
	for (size_t i = 0; i < e->n; i++)
		bits[i / 4] |= (uint64_t)m->classes.at[e->at + i]
			<< (i % 4 * 16);
}
