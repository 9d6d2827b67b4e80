/* Units and decoding. Grammar of a unit (Encoding Standard §10.1, §12.1):
 *   GB18030  00-80 | 81-FE 40-7E,80-FE | 81-FE 30-39 81-FE 30-39
 *   Big5     00-7F | 81-FE 40-7E,A1-FE
 *   UTF-16   two bytes, or four for a surrogate pair
 * Anything else is a malformed unit of one byte (two for a lone surrogate). */
#include "read/enc.h"

#include <iconv.h>
#include <string.h>

#include "base/utf8.h"
#include "read/gb18030.h"

#define BIG5 "BIG5-HKSCS"

/* Encoding Standard §9.1, windows-1252, 80-9F. */
static const uint16_t windows1252[32] = { 0x20ac, 0x81, 0x201a, 0x0192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
	0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178 };

static bool
in(char c, unsigned char first, unsigned char last)
{
	unsigned char u = (unsigned char)c;

	return u >= first && u <= last;
}

static size_t
unit_gb(struct fa_str s)
{
	if (!in(s.p[0], 0x81, 0xfe) || s.n < 2)
		return 1;
	if (s.n >= 4 && in(s.p[1], '0', '9') && in(s.p[2], 0x81, 0xfe) &&
		in(s.p[3], '0', '9'))
		return 4;
	return in(s.p[1], 0x40, 0x7e) || in(s.p[1], 0x80, 0xfe) ? 2 : 1;
}

static size_t
unit_big5(struct fa_str s)
{
	if (!in(s.p[0], 0x81, 0xfe) || s.n < 2)
		return 1;
	return in(s.p[1], 0x40, 0x7e) || in(s.p[1], 0xa1, 0xfe) ? 2 : 1;
}

static uint32_t
word16(struct fa_str s, size_t at, enum fa_encoding e)
{
	uint32_t a = (unsigned char)s.p[at];
	uint32_t b = (unsigned char)s.p[at + 1];

	return e == FA_ENC_UTF16LE ? a | b << 8 : a << 8 | b;
}

static size_t
unit_utf16(struct fa_str s, enum fa_encoding e)
{
	if (s.n < 2)
		return 1;
	if (s.n >= 4 && (word16(s, 0, e) & 0xfc00) == 0xd800 &&
		(word16(s, 2, e) & 0xfc00) == 0xdc00)
		return 4;
	return 2;
}

size_t
fa_enc_unit(enum fa_encoding e, struct fa_str s, uint32_t decoded)
{
	uint32_t cp;
	size_t n;

	switch (e) {
	case FA_ENC_UTF8:
		return fa_utf8_next(s, &cp);
	case FA_ENC_GB18030:
	case FA_ENC_BIG5:
		n = e == FA_ENC_BIG5 ? unit_big5(s) : unit_gb(s);
		if (n == 2 && decoded == FA_RUNE_BAD && in(s.p[1], 0, 0x7f))
			return 1;
		return n;
	case FA_ENC_UTF16LE:
	case FA_ENC_UTF16BE:
		return unit_utf16(s, e);
	case FA_ENC_LATIN1:
		break;
	}
	return 1;
}

static void
close_iconv(iconv_t *cd)
{
	if (*cd != (iconv_t)-1)
		(void)iconv_close(*cd);
}

/* The code point of one unit; FA_RUNE_BAD when it has none. Where Big5-HKSCS
 * has a pair of code points (four letters with two accents), the first. */
static uint32_t
convert(iconv_t cd, struct fa_str unit)
{
	char in_bytes[4];
	char out_bytes[16];
	char *ip = in_bytes;
	char *op = out_bytes;
	size_t in_n = unit.n;
	size_t out_n = sizeof(out_bytes);
	uint32_t cp;

	memcpy(in_bytes, unit.p, unit.n);
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &ip, &in_n, &op, &out_n) == (size_t)-1 || in_n > 0)
		return FA_RUNE_BAD;
	(void)iconv(cd, NULL, NULL, &op, &out_n);
	if (op == out_bytes)
		return FA_RUNE_BAD;
	(void)fa_utf8_next(
		(struct fa_str){ out_bytes, (size_t)(op - out_bytes) }, &cp);
	return cp;
}

static uint32_t
convert_cached(iconv_t cd, struct fa_str unit, uint32_t *cache)
{
	size_t i;

	if (unit.n != 2 || cache == NULL)
		return convert(cd, unit);
	i = ((unsigned char)unit.p[0] - 0x81u) * 192u +
		((unsigned char)unit.p[1] - 0x40u);
	if (cache[i] == 0)
		cache[i] = convert(cd, unit);
	return cache[i];
}

/* Appends the ASCII characters at the start of s; returns how many. */
static size_t
add_ascii(struct fa_buf *out, struct fa_str s)
{
	size_t n = 0;

	while (n < s.n && (unsigned char)s.p[n] < 0x80)
		n++;
	if (n > 0)
		fa_buf_add(out, (struct fa_str){ s.p, n });
	return n;
}

static void
add_bad(struct fa_buf *out, uint32_t *bad)
{
	fa_buf_add_rune(out, FA_RUNE_BAD);
	*bad += 1;
}

static int
decode_big5(struct fa_buf *out, struct fa_str raw, uint32_t *cache,
	uint32_t *bad, struct fa_err *err)
{
	FA_CLEANUP(close_iconv) iconv_t cd = iconv_open("UTF-8", BIG5);

	if (cd == (iconv_t)-1) {
		return fa_fail(err, FA_E_UNSUPPORTED,
			"iconv of this system does not know %s", BIG5);
	}
	while (raw.n > 0 && out->rc == FA_OK) {
		size_t n = add_ascii(out, raw);
		uint32_t cp;

		raw = (struct fa_str){ raw.p + n, raw.n - n };
		if (raw.n == 0)
			break;
		n = unit_big5(raw);
		cp = n > 1 ? convert_cached(cd, fa_str_sub(raw, 0, n), cache)
			   : FA_RUNE_BAD;
		*bad += cp == FA_RUNE_BAD;
		fa_buf_add_rune(out, cp);
		n = fa_enc_unit(FA_ENC_BIG5, raw, cp);
		raw = (struct fa_str){ raw.p + n, raw.n - n };
	}
	return FA_OK;
}

static void
decode_utf16(struct fa_buf *out, enum fa_encoding e, struct fa_str raw,
	uint32_t *bad)
{
	while (raw.n > 0 && out->rc == FA_OK) {
		size_t n = unit_utf16(raw, e);
		uint32_t cp = n > 1 ? word16(raw, 0, e) : FA_RUNE_BAD;

		if (n == 4) {
			cp = 0x10000 + ((cp & 0x3ff) << 10) +
				(word16(raw, 2, e) & 0x3ff);
		}
		if (n == 1 || (cp & ~0x7ffu) == 0xd800)
			add_bad(out, bad);
		else
			fa_buf_add_rune(out, cp);
		raw = (struct fa_str){ raw.p + n, raw.n - n };
	}
}

static void
decode_utf8(struct fa_buf *out, struct fa_str raw, uint32_t *bad)
{
	while (raw.n > 0 && out->rc == FA_OK) {
		size_t n = add_ascii(out, raw);
		uint32_t cp;

		raw = (struct fa_str){ raw.p + n, raw.n - n };
		if (raw.n == 0)
			break;
		n = fa_utf8_next(raw, &cp);
		if (n == 1)
			add_bad(out, bad);
		else
			fa_buf_add(out, (struct fa_str){ raw.p, n });
		raw = (struct fa_str){ raw.p + n, raw.n - n };
	}
}

static void
decode_latin1(struct fa_buf *out, struct fa_str raw)
{
	for (size_t i = 0; i < raw.n && out->rc == FA_OK; i++) {
		unsigned char c = (unsigned char)raw.p[i];

		fa_buf_add_rune(out,
			c >= 0x80 && c <= 0x9f ? windows1252[c - 0x80] : c);
	}
}

int
fa_enc_decode(struct fa_buf *out, enum fa_encoding e, struct fa_str raw,
	uint32_t *cache, uint32_t *bad, struct fa_err *err)
{
	switch (e) {
	case FA_ENC_GB18030:
		fa_gb_decode(out, raw, bad);
		break;
	case FA_ENC_BIG5:
		return decode_big5(out, raw, cache, bad, err);
	case FA_ENC_UTF16LE:
	case FA_ENC_UTF16BE:
		decode_utf16(out, e, raw, bad);
		break;
	case FA_ENC_UTF8:
		decode_utf8(out, raw, bad);
		break;
	case FA_ENC_LATIN1:
		decode_latin1(out, raw);
		break;
	}
	return FA_OK;
}
