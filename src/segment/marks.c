#include "segment/marks.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

/* What a mark is, as bits. */
#define STOP 1u
#define BREAK 2u
#define DELIM 4u
#define LEAD 8u /* of a character of three bytes that may be one */

static const uint8_t kinds[256] = {
	['\n'] = STOP | DELIM,
	['.'] = STOP,
	['!'] = STOP,
	['?'] = STOP,
	[';'] = STOP,
	[','] = BREAK,
	[':'] = BREAK,
	['"'] = DELIM,
	['('] = DELIM,
	[')'] = DELIM,
	['['] = DELIM,
	[']'] = DELIM,
	['{'] = DELIM,
	['}'] = DELIM,
	[0xE2] = LEAD,
	[0xE3] = LEAD,
	[0xE4] = LEAD,
	[0xE5] = LEAD,
	[0xE7] = LEAD,
	[0xE9] = LEAD,
};

static bool
is(const char *p, const char *character)
{
	return memcmp(p, character, 3) == 0;
}

/* “ ” ‘ ’, and 〈 to 】, 〔, 〕 */
static bool
is_delim(const char *p)
{
	unsigned char last = (unsigned char)p[2];

	if (p[1] != '\x80')
		return false;
	if (p[0] == '\xE2')
		return (last & 0xFAu) == 0x98;
	return (last & 0xF8u) == 0x88 || (last & 0xFAu) == 0x90;
}

static bool
is_break(const char *p)
{
	static const char breaks[][4] = { "但", "不", "否", "然", "除" };

	for (size_t i = 0; i < FA_COUNT(breaks); i++)
		if (is(p, breaks[i]))
			return true;
	return false;
}

/* The kind of the character of three bytes at p, whose first one is a LEAD. */
static unsigned
kind_of(const char *p)
{
	if ((unsigned char)p[0] > 0xE3)
		return is_break(p) ? BREAK : 0;
	if (is(p, "。") || is(p, "…") || is(p, "⋯"))
		return STOP;
	return is_delim(p) ? DELIM : 0;
}

/* One word of each map, of the bytes [from, to) of text. */
static void
find_word(
	const struct fa_marks *out, struct fa_str text, size_t from, size_t to)
{
	uint64_t stops = 0, breaks = 0, delims = 0;

	for (size_t i = from; i < to; i++) {
		unsigned kind = kinds[(unsigned char)text.p[i]];
		uint64_t bit = (uint64_t)1 << (i - from);

		if (kind == 0)
			continue;
		if (kind == LEAD)
			kind = text.n - i >= 3 ? kind_of(text.p + i) : 0;
		stops |= kind & STOP ? bit : 0;
		breaks |= kind & BREAK ? bit : 0;
		delims |= kind & DELIM ? bit : 0;
	}
	out->stops[from / 64] = stops;
	out->breaks[from / 64] = breaks;
	out->delims[from / 64] = delims;
}

void
fa_marks_find(const struct fa_marks *out, struct fa_str text, enum fa_simd simd)
{
	size_t from = 0;

	if (simd == FA_SIMD_AVX2)
		from = 64 * fa_marks_find_avx2(out, text);
	for (; from < text.n; from += 64)
		find_word(out, text, from,
			text.n - from < 64 ? text.n : from + 64);
}
