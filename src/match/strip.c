/* Half of all characters of a policy begin a word of some lexicon, which no
 * branch predictor can foretell. So nothing here decides: every step is made,
 * its result is written to the end of a list, and the list grows by one or by
 * none. And characters are not stepped through, which would make each wait for
 * the length of the one before: a mask tells where they begin in the next 64
 * bytes. */
#include "match/strip.h"

#include <string.h>

#include "base/utf8.h"
#include "match/strip_simd.h"

#define BLOCK FA_STRIP_BLOCK
#define FEW 16 /* are sooner done one by one */

int
fa_strip_init(struct fa_strip *s, const struct fa_word_table *t, size_t cap,
	enum fa_simd simd, struct fa_arena *a)
{
	const size_t room = cap + FA_STRIP_SPARE;

	*s = (struct fa_strip){ .t = t, .cap = cap, .simd = simd };
	s->cell = fa_arena_new(a, room + t->longest, sizeof(*s->cell));
	s->ends = fa_arena_new(a, FA_STRIP_TAGS, sizeof(*s->ends));
	s->open_at = fa_arena_new(a, room, sizeof(*s->open_at));
	s->open_node = fa_arena_new(a, room, sizeof(*s->open_node));
	s->found = fa_arena_new(a, room * FA_STRIP_FOUND, sizeof(*s->found));
	if (!s->cell || !s->ends || !s->open_at || !s->open_node || !s->found)
		return FA_E_NOMEM;
	return FA_OK;
}

void
fa_strip_clear(struct fa_strip *s)
{
	const size_t room = s->cap + FA_STRIP_SPARE;

	memset(s->cell, 0, (room + s->t->longest) * sizeof(*s->cell));
	memset(s->open_at, 0, room * sizeof(*s->open_at));
	memset(s->open_node, 0, room * sizeof(*s->open_node));
}

void
fa_strip_begin(struct fa_strip *s, struct fa_str text)
{
	s->text = text;
	s->n = s->ends_n = 0;
}

static inline uint32_t
load32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		(uint32_t)p[3] << 24;
}

static inline uint64_t
load64(const unsigned char *p)
{
	return load32(p) | (uint64_t)load32(p + 4) << 32;
}

/* One bit per byte of the next 64 that is no continuation byte (10xxxxxx) of
 * UTF-8. The product gathers the lowest bits of eight bytes in the highest
 * byte. */
static uint64_t
starts(const unsigned char *p)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < BLOCK / 8; i++) {
		uint64_t x = load64(p + (size_t)i * 8);
		uint64_t first = (~(x >> 7) | x >> 6) & 0x0101010101010101u;

		mask |= (first * 0x0102040810204080u >> 56) << (i * 8);
	}
	return mask;
}

/* Writes to out where, in the n bytes from p on, characters begin: place is
 * where p is. 64 bytes can be read. Returns how many they are. */
static size_t
list_scalar(uint32_t *out, const unsigned char *p, size_t n, uint32_t place)
{
	uint64_t mask = starts(p) & UINT64_MAX >> (BLOCK - n);
	size_t i = 0;

	for (; mask != 0; mask &= mask - 1)
		out[i++] = place + (uint32_t)__builtin_ctzll(mask);
	return i;
}

void
fa_strip_put(struct fa_strip *s, size_t from, size_t to, uint32_t tag)
{
	tag <<= FA_STRIP_TAG_SHIFT;
	for (size_t at = from; at < to; at += BLOCK) {
		const unsigned char *p = (const unsigned char *)s->text.p + at;
		unsigned char copy[BLOCK] = { 0 };
		size_t n = to - at < BLOCK ? to - at : BLOCK;
		uint32_t place = tag | (uint32_t)at;

		if (s->text.n - at < BLOCK)
			p = memcpy(copy, p, n);
		s->n += s->simd == FA_SIMD_AVX2
			? fa_strip_list_avx2(s->cell + s->n, p, n, place)
			: list_scalar(s->cell + s->n, p, n, place);
	}
	/* Until it is emptied, a place that can be read like all others. */
	s->cell[s->n] = s->n > 0 ? s->cell[s->n - 1] : 0;
	s->ends[s->ends_n++] = (uint32_t)s->n++;
}

static uint32_t
rare_class(const struct fa_word_table *t, const unsigned char *p)
{
	uint32_t cp;

	(void)fa_utf8_next(
		(struct fa_str){ (const char *)p, FA_STRIP_AHEAD }, &cp);
	return fa_word_class(t, cp);
}

static inline uint32_t
class_at(const struct fa_word_table *t, const unsigned char *p)
{
	uint32_t x = load32(p), lead = x & 0xff;
	uint32_t three = (x & 0x0f) << 12 | (x >> 2 & 0xfc0) | (x >> 16 & 0x3f);
	/* Not by the processor's guess: a policy changes between ASCII and
	 * Chinese every few characters. */
	uint32_t is_short = (lead >> 7) - 1;

	if ((lead >= 0x80 && lead < 0xe0) || lead >= 0xea)
		return rare_class(t, p);
	return t->near[(lead & is_short) | (three & ~is_short)];
}

void
fa_strip_classify(struct fa_strip *s, size_t from, size_t to)
{
	const struct fa_word_table *t = s->t;
	const unsigned char *p = (const unsigned char *)s->text.p;
	uint32_t *cell = s->cell;

	for (size_t i = from; i < to; i++)
		cell[i] = (cell[i] & ~FA_STRIP_NODE) |
			class_at(t, p + (cell[i] & FA_STRIP_NODE));
}

/* Makes classes of places. Behind the last characters of the text there may be
 * nothing to read. */
static void
classify(struct fa_strip *s)
{
	size_t n = s->n;

	for (; n > 0; n--) {
		uint32_t *x = &s->cell[n - 1];
		size_t at = *x & FA_STRIP_NODE;
		unsigned char copy[FA_STRIP_AHEAD] = { 0 };

		if (s->text.n - at >= FA_STRIP_AHEAD)
			break;
		memcpy(copy, s->text.p + at, s->text.n - at);
		*x = (*x & ~FA_STRIP_NODE) | class_at(s->t, copy);
	}
	if (s->simd == FA_SIMD_AVX2)
		fa_strip_classify_avx2(s, n);
	else
		fa_strip_classify(s, 0, n);
	for (size_t i = 0; i < s->ends_n; i++)
		s->cell[s->ends[i]] = 0;
	for (size_t i = 0; i < FA_STRIP_SPARE; i++)
		s->cell[s->n + i] = 0;
}

/* Where the step from each cell to the next leads: to open_node, 0 for
 * nowhere. */
static void
step_scalar(struct fa_strip *s)
{
	const uint32_t *base = s->t->base, *steps = s->t->steps;
	const uint32_t *cell = s->cell;
	uint32_t *to = s->open_node;
	uint32_t node = cell[0] & FA_STRIP_NODE;

	for (size_t i = 0; i < s->n; i++) {
		uint32_t class = cell[i + 1] & FA_STRIP_NODE;
		uint32_t x = steps[base[node] + class];

		to[i] = (x & FA_WORD_CLASS) == class ? x >> FA_WORD_CLASS_BITS
						     : 0;
		node = class;
	}
}

/* Lists the words of one and of two characters, and what may go on. */
static void
keep_scalar(struct fa_strip *s)
{
	const uint32_t ones = (uint32_t)s->t->ones_n;
	const uint32_t leaves_end = (uint32_t)s->t->leaves_end;
	const uint32_t words_end = (uint32_t)s->t->words_end;
	const uint32_t *cell = s->cell;
	uint32_t *found = s->found;
	size_t open = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t to = s->open_node[i];

		*found = cell[i];
		found += (cell[i] & FA_STRIP_NODE) - 1 < ones;
		*found = (cell[i] & ~FA_STRIP_NODE) | to;
		found += to - 1 < words_end - 1;
		s->open_at[open] = i;
		s->open_node[open] = to;
		open += to >= leaves_end;
	}
	s->found_n = (size_t)(found - s->found);
	s->open_n = open;
}

static void
next_scalar(struct fa_strip *s, size_t round)
{
	const struct fa_word_table *t = s->t;
	size_t found = 0, open = 0;

	for (size_t i = 0; i < s->open_n; i++) {
		uint32_t at = s->open_at[i], node = s->open_node[i];
		uint32_t class = s->cell[at + round] & FA_STRIP_NODE;
		uint32_t x = t->steps[t->base[node] + class];
		uint32_t to = x >> FA_WORD_CLASS_BITS;
		bool there = (x & FA_WORD_CLASS) == class;

		s->found[found] = (s->cell[at] & ~FA_STRIP_NODE) | to;
		found += there & (to < t->words_end);
		s->open_at[open] = at;
		s->open_node[open] = to;
		open += there & (to >= t->leaves_end);
	}
	s->found_n = found;
	s->open_n = open;
}

/* In two passes: what is written to lists would be in the way of what is read
 * from the table. Processors hold loads back that look, by the last bits of
 * their addresses, as though they were of what is about to be written. */
void
fa_strip_first(struct fa_strip *s)
{
	classify(s);
	if (s->simd == FA_SIMD_AVX2) {
		fa_strip_step_avx2(s);
		fa_strip_keep_avx2(s);
	} else {
		step_scalar(s);
		keep_scalar(s);
	}
}

void
fa_strip_next(struct fa_strip *s, size_t round)
{
	if (s->simd == FA_SIMD_AVX2 && s->open_n >= FEW)
		fa_strip_next_avx2(s, round);
	else
		next_scalar(s, round);
}
