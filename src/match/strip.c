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

#define BLOCK 64     /* bytes that a mask covers */
#define LOOK_AHEAD 4 /* bytes that are read of a character */

int
fa_strip_init(struct fa_strip *s, const struct fa_word_table *t, size_t cap,
	enum fa_simd simd, struct fa_arena *a)
{
	*s = (struct fa_strip){ .t = t, .cap = cap, .simd = simd };
	s->cell = fa_arena_new(a, cap, sizeof(*s->cell));
	s->open = fa_arena_new(a, cap, sizeof(*s->open));
	s->found = fa_arena_new(a, cap * FA_STRIP_FOUND, sizeof(*s->found));
	return s->cell && s->open && s->found ? FA_OK : FA_E_NOMEM;
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
starts_scalar(const unsigned char *p)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < BLOCK / 8; i++) {
		uint64_t x = load64(p + (size_t)i * 8);
		uint64_t first = (~(x >> 7) | x >> 6) & 0x0101010101010101u;

		mask |= (first * 0x0102040810204080u >> 56) << (i * 8);
	}
	return mask;
}

static uint64_t
starts(const struct fa_strip *s, const unsigned char *p)
{
	return s->simd == FA_SIMD_SCALAR ? starts_scalar(p)
					 : fa_strip_starts_avx2(p);
}

/* The class of a character of two bytes, or beyond FA_WORD_NEAR: rare. */
static uint32_t
rare_class(const struct fa_word_table *t, const unsigned char *p)
{
	uint32_t cp;

	(void)fa_utf8_next((struct fa_str){ (const char *)p, LOOK_AHEAD }, &cp);
	return fa_word_class(t, cp);
}

static inline uint32_t
class_at(const struct fa_word_table *t, const unsigned char *p)
{
	uint32_t x = load32(p), lead = x & 0xff;
	uint32_t three = (x & 0x0f) << 12 | (x >> 2 & 0xfc0) | (x >> 16 & 0x3f);

	if ((lead >= 0x80 && lead < 0xe0) || lead >= 0xea)
		return rare_class(t, p);
	return t->near[lead < 0x80 ? lead : three];
}

void
fa_strip_put(
	struct fa_strip *s, struct fa_str text, size_t readable, uint32_t tag)
{
	const struct fa_word_table *t = s->t;
	const unsigned char *p = (const unsigned char *)text.p;
	uint32_t *out = s->cell + s->n;

	tag <<= FA_STRIP_TAG_SHIFT;
	for (size_t at = 0; at < text.n; at += BLOCK) {
		const unsigned char *q = p + at;
		unsigned char copy[BLOCK + LOOK_AHEAD] = { 0 };
		size_t n = text.n - at < BLOCK ? text.n - at : BLOCK;
		uint64_t mask;

		if (readable - at < sizeof(copy)) {
			memcpy(copy, q, readable - at);
			q = copy;
		}
		mask = starts(s, q) & UINT64_MAX >> (BLOCK - n);
		for (; mask != 0; mask &= mask - 1)
			*out++ = tag | class_at(t, q + __builtin_ctzll(mask));
	}
	*out++ = 0;
	s->n = (size_t)(out - s->cell);
}

static void
first_scalar(struct fa_strip *s)
{
	const uint32_t *base = s->t->base;
	const struct fa_word_step *steps = s->t->steps;
	const uint32_t ones = (uint32_t)s->t->ones_n;
	const uint32_t leaves_end = (uint32_t)s->t->leaves_end;
	const uint32_t words_end = (uint32_t)s->t->words_end;
	uint32_t *found = s->found;
	struct fa_strip_open *open = s->open;

	for (uint32_t i = 0; i + 1 < s->n; i++) {
		uint32_t cell = s->cell[i], node = cell & FA_STRIP_NODE;
		struct fa_word_step x =
			steps[base[node] + (s->cell[i + 1] & FA_STRIP_NODE)];
		uint32_t there = x.from == node;

		*found = cell;
		found += node - 1 < ones;
		*found = (cell & ~FA_STRIP_NODE) | x.to;
		found += there & (x.to < words_end);
		*open = (struct fa_strip_open){ i, x.to };
		open += there & (x.to >= leaves_end);
	}
	s->found_n = (size_t)(found - s->found);
	s->open_n = (size_t)(open - s->open);
}

void
fa_strip_first(struct fa_strip *s)
{
	if (s->simd == FA_SIMD_AVX2)
		first_scalar(s);
	else
		first_scalar(s);
}

void
fa_strip_next(struct fa_strip *s, size_t round)
{
	const struct fa_word_table *t = s->t;
	const uint32_t *cell = s->cell;
	size_t found_n = 0, open_n = 0;

	for (size_t i = 0; i < s->open_n; i++) {
		struct fa_strip_open o = s->open[i];
		struct fa_word_step x = t->steps[t->base[o.node] +
			(cell[o.at + round] & FA_STRIP_NODE)];
		size_t there = x.from == o.node;

		s->found[found_n] = (cell[o.at] & ~FA_STRIP_NODE) | x.to;
		found_n += there & (x.to < t->words_end);
		s->open[open_n] = (struct fa_strip_open){ o.at, x.to };
		open_n += there & (x.to >= t->leaves_end);
	}
	s->found_n = found_n;
	s->open_n = open_n;
}
