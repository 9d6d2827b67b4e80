/* Folding of one code point: NFKC by utf8proc, then our tables. Most text is
 * ASCII or Han that NFKC leaves alone, so both have a way around utf8proc. */
#include <string.h>
#include <utf8proc.h>

#include "base/fold_table.h"
#include "base/utf8.h"

#define PAIR_BYTES 6

static uint32_t
far_fold(uint32_t cp)
{
	size_t lo = 0;
	size_t hi = FA_FOLD_FAR;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (fa_fold_far[mid].from == cp)
			return fa_fold_far[mid].to;
		if (fa_fold_far[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return cp;
}

/* Writes what the tables say about cp, else cp. */
static size_t
table_fold(uint32_t cp, char out[4])
{
	size_t n = fa_utf8_put(cp, out);
	struct fa_str page;
	size_t lo = 0;
	size_t hi;

	if (cp < FA_FOLD_FIRST << 8)
		return n;
	if (cp >> 8 > FA_FOLD_LAST)
		return cp < 0x10000 ? n : fa_utf8_put(far_fold(cp), out);
	page = fa_fold_near[(cp >> 8) - FA_FOLD_FIRST];
	hi = page.n / PAIR_BYTES;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const char *pair = page.p + mid * PAIR_BYTES;
		int order = memcmp(pair, out, 3);

		if (order == 0) {
			memcpy(out, pair + 3, 3);
			return 3;
		}
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return fa_utf8_put(far_fold(cp), out);
}

/* Blocks of Han that have no compatibility decomposition. */
static bool
is_plain_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9fff) ||
		(cp >= 0x20000 && cp <= 0x2f7ff) ||
		(cp >= 0x30000 && cp <= 0x3ffff);
}

size_t
fa_rune_fold(uint32_t cp, char out[FA_FOLD_RUNES * 4])
{
	utf8proc_int32_t runes[FA_FOLD_RUNES];
	utf8proc_ssize_t n;
	size_t bytes = 0;
	int bound = 0;

	if (is_plain_han(cp))
		return table_fold(cp, out);
	if (fa_rune_is_ignorable(cp))
		return 0;
	if (cp < 0x80 || cp > 0x10ffff)
		return fa_utf8_put(cp, out);
	n = utf8proc_decompose_char((utf8proc_int32_t)cp, runes, FA_FOLD_RUNES,
		UTF8PROC_COMPAT | UTF8PROC_COMPOSE, &bound);
	if (n > 0 && n <= FA_FOLD_RUNES) {
		n = utf8proc_normalize_utf32(runes, n,
			UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	}
	if (n <= 0 || n > FA_FOLD_RUNES) /* a surrogate */
		return fa_utf8_put(cp, out);
	for (utf8proc_ssize_t i = 0; i < n; i++) {
		if (!fa_rune_is_ignorable((uint32_t)runes[i]))
			bytes += table_fold((uint32_t)runes[i], out + bytes);
	}
	return bytes;
}
