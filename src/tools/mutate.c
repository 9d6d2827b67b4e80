#include "tools/mutate.h"

#include <string.h>

#include "base/utf8.h"

#define LINE_CHARS 7 /* characters in a line of the line-break mutation */

/* Code point at byte *at of s; advances *at. */
static uint32_t
next(struct fa_str s, size_t *at)
{
	uint32_t cp;

	*at += fa_utf8_next(fa_str_sub(s, *at, s.n), &cp);
	return cp;
}

int
fa_mutator_init(struct fa_mutator *m, struct fa_arena *a, struct fa_err *err)
{
	uint32_t *table = fa_arena_new(
		a, FA_MUTATE_LAST - FA_MUTATE_FIRST + 1, sizeof(*table));
	uint32_t cp;

	if (table == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for tables");
	/* The folding table, backwards. */
	for (cp = FA_MUTATE_FIRST; cp <= FA_MUTATE_LAST; cp++) {
		char folded[FA_FOLD_RUNES * 4];
		size_t n = fa_rune_fold(cp, folded);
		uint32_t to;

		if (n == 0 ||
			fa_utf8_next((struct fa_str){ folded, n }, &to) != n)
			continue;
		if (to != cp && to >= FA_MUTATE_FIRST && to <= FA_MUTATE_LAST)
			table[to - FA_MUTATE_FIRST] = cp;
	}
	m->traditional = table;
	return 0;
}

static bool
write_traditional(
	const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	bool changed = false;
	size_t at = 0;

	while (at < s.n) {
		uint32_t cp = next(s, &at);
		uint32_t to = 0;

		if (cp >= FA_MUTATE_FIRST && cp <= FA_MUTATE_LAST)
			to = m->traditional[cp - FA_MUTATE_FIRST];
		fa_buf_add_rune(out, to != 0 ? to : cp);
		changed = changed || to != 0;
	}
	return changed;
}

static bool
write_half_width(
	const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	bool changed = false;
	size_t at = 0;

	(void)m;
	while (at < s.n) {
		uint32_t cp = next(s, &at);
		bool full = cp >= 0xFF01 && cp <= 0xFF5E;

		fa_buf_add_rune(out, full ? cp - 0xFEE0 : cp);
		changed = changed || full;
	}
	return changed;
}

/* Letters and punctuation, not what makes lists, tables and numbers of plain
 * text: another structure is another text. */
static bool
is_widened(uint32_t cp)
{
	return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
		(cp < 0x80 && cp > 0 && strchr(",:;!?()", (int)cp) != NULL);
}

static bool
write_full_width(
	const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	bool changed = false;
	size_t at = 0;

	(void)m;
	while (at < s.n) {
		uint32_t cp = next(s, &at);
		bool half = is_widened(cp);

		fa_buf_add_rune(out, half ? cp + 0xFEE0 : cp);
		changed = changed || half;
	}
	return changed;
}

/* Writes s with insert between any two Han characters that stand side by side;
 * false when there are none. */
static bool
write_between(
	struct fa_str s, uint32_t insert, size_t every, struct fa_buf *out)
{
	bool before = false, changed = false;
	size_t at = 0, count = 0;

	while (at < s.n) {
		uint32_t cp = next(s, &at);
		bool han = fa_rune_is_han(cp);

		if (before && han && ++count % every == 0) {
			fa_buf_add_rune(out, insert);
			changed = true;
		}
		fa_buf_add_rune(out, cp);
		before = han;
	}
	return changed;
}

static bool
write_blanks(const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	(void)m;
	return write_between(s, ' ', 1, out);
}

static bool
write_zero_width(
	const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	(void)m;
	return write_between(s, 0x200B, 1, out);
}

/* Markdown joins the lines of a paragraph. Text with characters that mean
 * something in Markdown would become another text and is left alone. */
static bool
write_lines(const struct fa_mutator *m, struct fa_str s, struct fa_buf *out)
{
	size_t i;

	(void)m;
	for (i = 0; i < s.n; i++)
		if (strchr("\\`*_{}[]<>()#+-.!|~&=:\n\t0123456789", s.p[i]) !=
			NULL)
			return false;
	return write_between(s, '\n', LINE_CHARS, out);
}

const struct fa_mutation fa_mutations[] = {
	{ "half-width", FA_FORMAT_TEXT, write_half_width },
	{ "full-width", FA_FORMAT_TEXT, write_full_width },
	{ "blanks", FA_FORMAT_TEXT, write_blanks },
	{ "zero-width", FA_FORMAT_TEXT, write_zero_width },
	{ "traditional", FA_FORMAT_TEXT, write_traditional },
	{ "line-breaks", FA_FORMAT_MARKDOWN, write_lines },
};

const size_t fa_mutations_n = FA_COUNT(fa_mutations);
