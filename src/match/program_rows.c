#include "match/program_rows.h"

#include <string.h>

#define SLOTS 32       /* for a text of one piece; a power of two */
#define SLOTS_MAX 4096 /* for any text */
#define PIECE FA_ROW_PIECE
#define LINEAR 8 /* children that are looked at one after the other */

struct slot {
	uint64_t tag; /* row and piece, plus one; 0: empty */
	uint64_t bits;
};

struct fa_program_memory {
	uint64_t mask;
	enum fa_simd simd;
	uint8_t *low, *high; /* parts of the symbols, up to a whole piece */
	struct slot slot[];
};

/* ---- decoding ---- */

/* Characters of valid UTF-8: bytes that do not continue one, eight at a time.
 */
static size_t
count(struct fa_str s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t n = 0, i = 0;

	for (; s.n - i >= 8; i += 8) {
		uint64_t x;

		memcpy(&x, s.p + i, sizeof(x));
		n += (((~x >> 7 | x >> 6) & ones) * ones) >> 56;
	}
	for (; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The character that begins at s, and where the next one does. */
static inline uint32_t
next_character(const unsigned char **s)
{
	const unsigned char *p = *s;
	uint32_t lead = *p;

	if (lead >= 0xe0 && lead < 0xf0) { /* most of them */
		*s = p + 3;
		return (lead & 0x0f) << 12 | (p[1] & 0x3fu) << 6 |
			(p[2] & 0x3fu);
	}
	if (lead < 0x80) {
		*s = p + 1;
		return lead;
	}
	if (lead < 0xe0) {
		*s = p + 2;
		return (lead & 0x1f) << 6 | (p[1] & 0x3fu);
	}
	*s = p + 4;
	return UINT32_MAX;
}

/* Reads text into symbols. */
static void
decode(const struct fa_programs *p, struct fa_str text, uint16_t *symbol,
	uint32_t *at)
{
	const unsigned char *begin = (const unsigned char *)text.p;
	const unsigned char *s = begin, *end = begin + text.n;
	size_t n = 0;

	for (; s < end; n++) {
		at[n] = (uint32_t)(s - begin);
		symbol[n] = fa_symbol(p, next_character(&s));
	}
	at[n] = (uint32_t)text.n;
}

/* The parts of a piece of symbols: written so that compilers do many at once.
 */
static void
take_apart(uint8_t *restrict low, uint8_t *restrict high,
	const uint16_t *restrict symbol)
{
	for (size_t i = 0; i < PIECE; i++)
		low[i] = (uint8_t)fa_symbol_low(symbol[i]);
	for (size_t i = 0; i < PIECE; i++)
		high[i] = (uint8_t)fa_symbol_high(symbol[i]);
}

/* All that a text of n characters wants, in one piece: whole pieces of symbols
 * and parts, so that they can be read at once, with FA_SYMBOL_END behind. */
static struct fa_program_memory *
new_memory(uint16_t **symbol, uint32_t **at, size_t n, struct fa_arena *a)
{
	size_t slots = SLOTS, whole = (n / PIECE + 2) * PIECE;
	struct fa_program_memory *m;

	while (slots < SLOTS_MAX && slots / SLOTS * PIECE < n)
		slots *= 2;
	m = fa_arena_raw(a, 1,
		sizeof(*m) + slots * sizeof(*m->slot) + (n + 1) * sizeof(**at) +
			whole * sizeof(**symbol) + whole + whole);
	if (m == NULL)
		return NULL;
	memset(m->slot, 0, slots * sizeof(*m->slot));
	m->mask = slots - 1;
	*at = (uint32_t *)(void *)(m->slot + slots);
	*symbol = (uint16_t *)(void *)(*at + n + 1);
	memset(*symbol + n, 0, (whole - n) * sizeof(**symbol));
	m->low = (uint8_t *)(*symbol + whole);
	m->high = m->low + whole;
	return m;
}

int
fa_runes_decode(struct fa_runes *out, const struct fa_programs *p,
	struct fa_program_scratch *s, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	size_t n = count(text), end = 0;
	uint32_t *at;
	uint16_t *symbol;
	struct fa_program_memory *memory = new_memory(&symbol, &at, n, a);

	if (memory == NULL)
		return fa_fail(
			err, FA_E_NOMEM, "no memory to search a sentence");
	decode(p, text, symbol, at);
	for (; end <= n; end += PIECE)
		take_apart(memory->low + end, memory->high + end, symbol + end);
	/* One more is read, and does not count. */
	memory->low[end] = memory->high[end] = 0;
	memory->simd = fa_program_simd(s);
	*out = (struct fa_runes){ symbol, at, (uint32_t)n, fa_program_serial(s),
		memory };
	return FA_OK;
}

/* ---- words ---- */

/* The child of a node with this symbol; 0: there is none. */
static uint16_t
child_of(const uint16_t *node, uint16_t symbol)
{
	const uint16_t *symbols = node + 2;
	size_t n = node[1], low = 0;

	while (n - low > LINEAR) {
		size_t middle = low + (n - low) / 2;

		if (symbols[middle] <= symbol)
			low = middle;
		else
			n = middle;
	}
	for (; low < n; low++)
		if (symbols[low] == symbol)
			return symbols[node[1] + low];
	return 0;
}

static bool
has(const uint64_t bits[2], uint16_t symbol)
{
	return (bits[0] >> fa_symbol_low(symbol)) &
		(bits[1] >> fa_symbol_high(symbol)) & 1;
}

const uint16_t *
fa_program_words(
	const struct fa_programs *p, uint16_t set, const uint16_t *symbols)
{
	const struct fa_word_set *x = &p->sets[set];
	const uint16_t *trie = p->tries + x->trie;
	const uint16_t *node = trie;
	uint16_t ends = 0;

	if (!has(x->first, symbols[0]))
		return NULL;
	for (;;) {
		uint16_t child = child_of(node, *symbols++);

		if (child == 0)
			break;
		node = trie + child;
		if (node[0] != 0)
			ends = node[0];
		if (node[1] == 0)
			break;
	}
	return ends == 0 ? NULL : trie + ends;
}

bool
fa_program_ends(const struct fa_programs *p, uint16_t set,
	const uint16_t *symbols, uint32_t i)
{
	const struct fa_word_set *x = &p->sets[set];
	const uint16_t *trie = p->tries + x->trie;
	const uint16_t *node = trie;

	if (i < x->shortest || !has(x->first, symbols[i - 1]))
		return false;
	while (i > 0) {
		uint16_t child = child_of(node, symbols[--i]);

		if (child == 0)
			return false;
		node = trie + child;
		if (node[0] != 0)
			return true;
	}
	return false;
}

/* ---- rows ---- */

static uint64_t
class_row(const uint64_t *class, const uint16_t *symbols, uint32_t n)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < n; i++)
		bits |= (class[symbols[i] / 64] >> (symbols[i] % 64) & 1) << i;
	return bits;
}

static uint64_t
work_out(const struct fa_programs *p, const struct fa_runes *t, uint16_t row,
	uint32_t piece)
{
	const struct fa_program_memory *m = t->memory;
	size_t from = (size_t)piece * PIECE;
	uint32_t n = t->n - piece * PIECE;
	uint64_t bits;

	if (n > PIECE)
		n = PIECE;
	if (row % 2 == 0) {
		bits = fa_row_words(&p->sets[row / 2], m->low + from,
			m->high + from, n, m->simd);
	} else if (p->few[row / 2].n > 0) {
		bits = fa_row_few(
			&p->few[row / 2], t->symbol + from, n, m->simd);
		bits ^= -(uint64_t)p->few[row / 2].others;
	} else {
		bits = class_row(p->classes + row / 2 * p->class_words,
			t->symbol + from, n);
	}
	return n < PIECE ? bits & ((UINT64_C(1) << n) - 1) : bits;
}

static inline uint64_t
piece_of(const struct fa_programs *p, const struct fa_runes *t, uint16_t row,
	uint32_t piece)
{
	struct fa_program_memory *m = t->memory;
	uint64_t tag = ((uint64_t)piece << 16 | row) + 1;
	struct slot *slot = &m->slot[(row ^ (uint64_t)piece * 37) & m->mask];

	if (slot->tag != tag) {
		slot->bits = work_out(p, t, row, piece);
		slot->tag = tag;
	}
	return slot->bits;
}

static inline uint64_t
filtered(const struct fa_programs *p, const struct fa_runes *t, uint16_t filter,
	uint32_t piece)
{
	const uint16_t *rows;
	uint64_t bits = 0;

	if (filter < FA_PROGRAM_LISTS)
		return piece_of(p, t, (uint16_t)(filter - 1), piece);
	rows = p->filters +
		(size_t)(filter - FA_PROGRAM_LISTS) * (1 + FA_PROGRAM_ROWS);
	for (uint16_t i = 1; i <= rows[0]; i++)
		bits |= piece_of(p, t, rows[i], piece);
	return bits;
}

uint32_t
fa_filter_first(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t filter, uint32_t low, uint32_t high)
{
	uint32_t piece = low / PIECE, at;
	uint64_t bits;

	if (low > high)
		return FA_ROW_NONE;
	if (filter == 0)
		return low;
	if (low >= t->n) /* behind the last character stands nothing */
		return FA_ROW_NONE;
	if (high >= t->n)
		high = t->n - 1;
	bits = filtered(p, t, filter, piece) & (~UINT64_C(0) << (low % PIECE));
	while (bits == 0) {
		if (piece == high / PIECE)
			return FA_ROW_NONE;
		bits = filtered(p, t, filter, ++piece);
	}
	at = piece * PIECE + (uint32_t)__builtin_ctzll(bits);
	return at <= high ? at : FA_ROW_NONE;
}

uint32_t
fa_filter_last(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t filter, uint32_t low, uint32_t high)
{
	uint32_t piece, at;
	uint64_t bits;

	if (low > high)
		return FA_ROW_NONE;
	if (filter == 0)
		return high;
	if (low >= t->n)
		return FA_ROW_NONE;
	if (high >= t->n)
		high = t->n - 1;
	piece = high / PIECE;
	bits = filtered(p, t, filter, piece) &
		(~UINT64_C(0) >> (PIECE - 1 - high % PIECE));
	while (bits == 0) {
		if (piece == low / PIECE)
			return FA_ROW_NONE;
		bits = filtered(p, t, filter, --piece);
	}
	at = piece * PIECE + PIECE - 1 - (uint32_t)__builtin_clzll(bits);
	return at >= low ? at : FA_ROW_NONE;
}

uint32_t
fa_row_run(const struct fa_programs *p, const struct fa_runes *t,
	uint16_t class, uint32_t i, uint32_t max)
{
	uint32_t limit = t->n - i > max ? i + max : t->n;
	uint32_t piece = i / PIECE, at;
	uint16_t row = (uint16_t)(class * 2u + 1);
	uint64_t stops;

	if (i >= limit)
		return limit;
	stops = ~piece_of(p, t, row, piece) & (~UINT64_C(0) << (i % PIECE));
	while (stops == 0) {
		if (++piece * PIECE >= limit)
			return limit;
		stops = ~piece_of(p, t, row, piece);
	}
	at = piece * PIECE + (uint32_t)__builtin_ctzll(stops);
	return at < limit ? at : limit;
}
