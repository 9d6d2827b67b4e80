#include "base/utf8.h"

#include <assert.h>
#include <utf8proc.h>

#include "base/attr.h"

struct range {
	uint32_t first, last;
};

/* The CJK blocks; U+3000 is not among them because it is a space, and the
 * Hangul parts of the compatibility blocks are not. */
static const struct range cjk_ranges[] = {
	{ 0x2e80, 0x2fff },   /* radicals, description characters */
	{ 0x3001, 0x312f },   /* punctuation, kana, bopomofo */
	{ 0x3190, 0x33ff },   /* kanbun to squared forms */
	{ 0x3400, 0x4dbf },   /* extension A */
	{ 0x4e00, 0x9fff },   /* unified ideographs */
	{ 0xf900, 0xfaff },   /* compatibility ideographs */
	{ 0xfe10, 0xfe1f },   /* vertical forms */
	{ 0xfe30, 0xfe6f },   /* compatibility forms, small forms */
	{ 0xff01, 0xff9f },   /* full-width ASCII, half-width kana */
	{ 0xffe0, 0xffe6 },   /* full-width signs */
	{ 0x1b000, 0x1b16f }, /* kana supplements */
	{ 0x1f200, 0x1f2ff }, /* enclosed ideographs */
	{ 0x20000, 0x3ffff }, /* ideographic planes */
};

static const struct range han_ranges[] = {
	{ 0x2e80, 0x2fdf },
	{ 0x3005, 0x3005 },
	{ 0x3007, 0x3007 },
	{ 0x3021, 0x3029 },
	{ 0x3038, 0x303b },
	{ 0x3400, 0x4dbf },
	{ 0x4e00, 0x9fff },
	{ 0xf900, 0xfaff },
	{ 0x20000, 0x3ffff },
};

static const struct range space_ranges[] = {
	{ 0x09, 0x0d },
	{ 0x20, 0x20 },
	{ 0x85, 0x85 },
	{ 0xa0, 0xa0 },
	{ 0x1680, 0x1680 },
	{ 0x2000, 0x200a },
	{ 0x2028, 0x2029 },
	{ 0x202f, 0x202f },
	{ 0x205f, 0x205f },
	{ 0x3000, 0x3000 },
};

/* Unicode Default_Ignorable_Code_Point, and the controls. */
static const struct range ignorable_ranges[] = {
	{ 0x00, 0x08 },
	{ 0x0b, 0x0c },
	{ 0x0e, 0x1f },
	{ 0x7f, 0x9f },
	{ 0xad, 0xad },
	{ 0x034f, 0x034f },
	{ 0x061c, 0x061c },
	{ 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },
	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x206f },
	{ 0x3164, 0x3164 },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfff8 },
	{ 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe0fff },
};

static bool
in_ranges(const struct range *r, size_t n, uint32_t cp)
{
	size_t lo = 0;

	while (n > lo) {
		size_t mid = lo + (n - lo) / 2;

		if (cp < r[mid].first)
			n = mid;
		else if (cp > r[mid].last)
			lo = mid + 1;
		else
			return true;
	}
	return false;
}

static size_t
bad(uint32_t *cp)
{
	*cp = FA_RUNE_BAD;
	return 1;
}

static bool
is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* A sequence of four bytes, or a malformed one. */
static size_t
next_four(const unsigned char *p, size_t n, uint32_t *cp)
{
	uint32_t v;

	if (p[0] < 0xf0 || p[0] > 0xf4 || n < 4 || !is_tail(p[1]) ||
		!is_tail(p[2]) || !is_tail(p[3]))
		return bad(cp);
	v = (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 |
		(p[3] & 0x3fu);
	if (v < 0x10000 || v > 0x10ffff)
		return bad(cp);
	*cp = v;
	return 4;
}

/* Less than what so many bytes are for is overlong. */
size_t
fa_utf8_next_multi(struct fa_str s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t v;

	if ((p[0] & 0xf0) == 0xe0 && s.n >= 3 && is_tail(p[1]) &&
		is_tail(p[2])) {
		v = (p[0] & 15u) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
		if (v < 0x800 || (v >= 0xd800 && v <= 0xdfff))
			return bad(cp);
		*cp = v;
		return 3;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf && s.n >= 2 && is_tail(p[1])) {
		*cp = (p[0] & 31u) << 6 | (p[1] & 0x3fu);
		return 2;
	}
	return next_four(p, s.n, cp);
}

size_t
fa_utf8_put(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = FA_RUNE_BAD;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t
fa_utf8_count(struct fa_str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.n; count++) {
		uint32_t cp;

		i += fa_utf8_next((struct fa_str){ s.p + i, s.n - i }, &cp);
	}
	return count;
}

struct fa_str
fa_utf8_beginning(struct fa_str s, size_t bytes)
{
	size_t n = s.n < bytes ? s.n : bytes;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return fa_str_sub(s, 0, n);
}

int
fa_utf8_width(uint32_t cp)
{
	int w;

	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	if (cp > 0x10ffff || fa_rune_is_ignorable(cp))
		return 0;
	w = utf8proc_charwidth((utf8proc_int32_t)cp);
	return w < 0 ? 0 : w > 2 ? 2 : w;
}

/* Whether s begins with a character of three bytes that takes two columns,
 * as far as that is known without a table: 4E00-9FBF and FF01-FF3F. */
static bool
is_full_width(struct fa_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
		return false;
	return (p[0] >= 0xe5 && p[0] <= 0xe8) ||
		(p[0] == 0xe4 && p[1] >= 0xb8) ||
		(p[0] == 0xe9 && p[1] < 0xbf) ||
		(p[0] == 0xef && p[1] == 0xbc && p[2] > 0x80);
}

size_t
fa_utf8_columns(struct fa_str s)
{
	size_t columns = 0;

	for (size_t i = 0; i < s.n;) {
		uint32_t cp;

		if (is_full_width((struct fa_str){ s.p + i, s.n - i })) {
			columns += 2;
			i += 3;
			continue;
		}

		i += fa_utf8_next((struct fa_str){ s.p + i, s.n - i }, &cp);
		columns += (size_t)fa_utf8_width(cp);
	}
	return columns;
}

bool
fa_rune_is_cjk(uint32_t cp)
{
	return cp >= 0x2e80 && in_ranges(cjk_ranges, FA_COUNT(cjk_ranges), cp);
}

bool
fa_rune_is_han(uint32_t cp)
{
	return cp >= 0x2e80 && in_ranges(han_ranges, FA_COUNT(han_ranges), cp);
}

bool
fa_rune_is_space(uint32_t cp)
{
	return in_ranges(space_ranges, FA_COUNT(space_ranges), cp);
}

bool
fa_rune_is_ignorable(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7f)
		return false;
	return in_ranges(ignorable_ranges, FA_COUNT(ignorable_ranges), cp);
}
