#include "read/gb18030.h"

#include <string.h>

#include "base/utf8.h"

#define PIECE_BYTES 4096      /* of raw, for which room is made at once */
#define PLANE_1_NUMBER 189000 /* 90308130 */
#define RUNE_BYTES 4          /* longest; of UTF-8 and of a unit */

static bool
is_trail(unsigned char c)
{
	return c >= 0x40 && c <= 0xfe && c != 0x7f;
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lead(unsigned char c)
{
	return c >= 0x81 && c <= 0xfe;
}

/* The code point of a lead and a trail byte. */
static inline uint32_t
of_two(const unsigned char *p)
{
	size_t at = (size_t)p[1] - 0x40 - (p[1] > 0x7f);
	uint32_t cp = p[0] < 0xc0 ? fa_gb_low[p[0] - 0x81][at]
				  : fa_gb_high[p[0] - 0xc0][at];

	for (size_t i = 0; cp == 0 && i < FA_GB_BEYOND; i++) {
		if (fa_gb_beyond[i].unit == (p[0] << 8 | p[1]))
			cp = fa_gb_beyond[i].cp;
	}
	return cp;
}

static uint32_t
of_four(const unsigned char *p)
{
	uint32_t number = ((p[0] - 0x81u) * 10 + (p[1] - 0x30u)) * 1260 +
		(p[2] - 0x81u) * 10 + (p[3] - 0x30u);
	size_t lo = 0;
	size_t hi = FA_GB_RANGES;

	if (number >= PLANE_1_NUMBER) {
		uint32_t cp = number - PLANE_1_NUMBER + 0x10000;

		return cp <= 0x10ffff ? cp : FA_RUNE_BAD;
	}
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (fa_gb_ranges[mid].number <= number)
			lo = mid;
		else
			hi = mid;
	}
	number -= fa_gb_ranges[lo].number;
	return number < fa_gb_ranges[lo].n ? fa_gb_ranges[lo].cp + number
					   : FA_RUNE_BAD;
}

/* A unit that is not ASCII, of n bytes that are left; returns its length. */
static size_t
unit(const unsigned char *p, size_t n, uint32_t *cp)
{
	*cp = p[0] == 0x80 ? 0x20ac : FA_RUNE_BAD;
	if (!is_lead(p[0]) || n < 2)
		return 1;
	if (is_trail(p[1])) {
		*cp = of_two(p);
		return 2;
	}
	if (n < 4 || !is_digit(p[1]) || !is_lead(p[2]) || !is_digit(p[3]))
		return 1;
	*cp = of_four(p);
	return 4;
}

/* Eight bytes of ASCII are copied at once. */
static inline bool
copy_ascii(char *out, const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	memcpy(out, &w, sizeof(w));
	return (w & 0x8080808080808080u) == 0;
}

/* fa_utf8_put, most often for Han. */
static inline size_t
put(uint32_t cp, char *out)
{
	if (cp < 0x800 || cp > 0xffff)
		return fa_utf8_put(cp, out);
	out[0] = (char)(0xe0 | cp >> 12);
	out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[2] = (char)(0x80 | (cp & 0x3f));
	return 3;
}

/* Decodes units from p up to end, or a little beyond, since text_end is where
 * the text ends; out has room. Returns where it stopped. */
static const unsigned char *
piece(char **to, const unsigned char *p, const unsigned char *end,
	const unsigned char *text_end, uint32_t *bad)
{
	char *out = *to;

	while (p < end) {
		size_t left = (size_t)(text_end - p);
		uint32_t cp;
		size_t n;

		if (*p < 0x80) {
			n = left >= 8 && copy_ascii(out, p) ? 8 : 1;
			*out = (char)*p;
			out += n;
			p += n;
			continue;
		}
		n = unit(p, left, &cp);
		*bad += cp == FA_RUNE_BAD && n < 4;
		out += put(cp, out);
		p += n;
	}
	*to = out;
	return p;
}

void
fa_gb_decode(struct fa_buf *out, struct fa_str raw, uint32_t *bad)
{
	const unsigned char *p = (const unsigned char *)raw.p;
	const unsigned char *text_end = p + raw.n;

	while (p < text_end) {
		size_t left = (size_t)(text_end - p);
		size_t n = left < PIECE_BYTES ? left : PIECE_BYTES;
		char *to;

		/* A bad byte becomes three. */
		if (!fa_buf_reserve(out, 3 * n + 2 * RUNE_BYTES))
			return;
		to = out->p + out->n;
		p = piece(&to, p, p + n, text_end, bad);
		out->n = (size_t)(to - out->p);
		out->p[out->n] = '\0';
	}
}
