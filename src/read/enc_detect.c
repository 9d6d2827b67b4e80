/* Which encoding a document has.
 *
 * A byte order mark decides. Otherwise bytes that are UTF-8 with at least one
 * three-byte character are UTF-8 whatever anybody declares: Chinese in
 * another encoding does not pass as UTF-8 by chance, while wrong declarations
 * are common. Then the label from outside, the declaration inside, and last
 * statistics: uchardet, checked by how many two-byte characters fall among
 * the common ones of GB2312 (level 1) and of Big5 (level 1). */
#include <string.h>

#include "base/utf8.h"
#include "read/enc.h"
#include "read/uchardet.h"

#define SAMPLE_BYTES ((size_t)256 << 10) /* that statistics look at */
#define COMMON_PERMILLE 600 /* common characters in running Chinese text */
#define BAD_PERMILLE 50     /* malformed units in damaged Chinese text */
#define UTF8_PER_BAD 50     /* three-byte characters that excuse a bad byte */

struct shape {
	size_t high;  /* bytes above 0x7F */
	size_t wide;  /* characters of three or four bytes */
	size_t multi; /* all multibyte characters */
	size_t bad;
};

/* Counted only when something is bad, and until it is bad enough: else it is
 * enough to know that there are some. */
static struct shape
utf8_shape(struct fa_str s, const struct fa_utf8_look *look)
{
	struct shape shape = { 0 };
	size_t at = 0;
	bool nul;

	if (look->valid) {
		return (struct shape){ .high = look->multi,
			.wide = look->wide,
			.multi = look->multi };
	}

	nul = memchr(s.p, '\0', s.n) != NULL;
	while (at < s.n) {
		uint32_t cp;
		size_t n;

		if ((unsigned char)s.p[at] < 0x80) {
			at++;
			continue;
		}
		/* The rest cannot excuse so many; NULs ask about UTF-16. */
		if (!nul &&
			shape.bad * UTF8_PER_BAD > shape.wide + (s.n - at) / 3)
			break;
		n = fa_utf8_next((struct fa_str){ s.p + at, s.n - at }, &cp);
		shape.high += n;
		if (n >= 3)
			shape.wide++;
		if (n >= 2)
			shape.multi++;
		else if (s.n - at >= 4) /* else perhaps cut at the end */
			shape.bad++;
		at += n;
	}
	return shape;
}

static bool
find_mark(struct fa_enc_pick *out, struct fa_str raw)
{
	if (fa_str_starts(raw, FA_STR("\xef\xbb\xbf")))
		*out = (struct fa_enc_pick){ FA_ENC_UTF8, 3, false };
	else if (fa_str_starts(raw, FA_STR("\x84\x31\x95\x33")))
		*out = (struct fa_enc_pick){ FA_ENC_GB18030, 4, false };
	else if (fa_str_starts(raw, FA_STR("\xff\xfe")))
		*out = (struct fa_enc_pick){ FA_ENC_UTF16LE, 2, false };
	else if (fa_str_starts(raw, FA_STR("\xfe\xff")))
		*out = (struct fa_enc_pick){ FA_ENC_UTF16BE, 2, false };
	else
		return false;
	return true;
}

bool
fa_enc_looks_utf16(struct fa_str s, enum fa_encoding *out)
{
	size_t n = s.n < SAMPLE_BYTES ? s.n & ~(size_t)1 : SAMPLE_BYTES;
	size_t even = 0;
	size_t odd = 0;
	size_t pairs = n / 2;

	if (n == 0 || memchr(s.p, '\0', n) == NULL)
		return false;
	for (size_t i = 0; i < n; i += 2) {
		even += s.p[i] == '\0';
		odd += s.p[i + 1] == '\0';
	}
	/* Chinese with little ASCII (line ends, digits) still has some. */
	if (pairs < 4 || even + odd < pairs / 50 + 2)
		return false;
	if (odd > even * 8) {
		*out = FA_ENC_UTF16LE;
		return true;
	}
	*out = FA_ENC_UTF16BE;
	return even > odd * 8;
}

struct score {
	size_t units, common, bad;
};

/* Level 1 of GB2312 (rows 16-55) and its punctuation (rows 1-3). */
static bool
common_gb(unsigned char lead, unsigned char trail)
{
	return trail >= 0xa1 &&
		((lead >= 0xb0 && lead <= 0xd7) ||
			(lead >= 0xa1 && lead <= 0xa3));
}

/* Level 1 of Big5 (A440-C67E) and its punctuation. */
static bool
common_big5(unsigned char lead, unsigned char trail)
{
	return (lead >= 0xa4 && lead <= 0xc5) || lead == 0xa1 ||
		(lead == 0xc6 && trail <= 0x7e);
}

static struct score
score_of(struct fa_str s, enum fa_encoding e)
{
	struct score score = { 0 };
	size_t at = 0;

	while (at < s.n) {
		struct fa_str rest = { s.p + at, s.n - at };
		unsigned char lead = (unsigned char)s.p[at];
		size_t n;

		if (lead < 0x80) {
			at++;
			continue;
		}
		n = fa_enc_unit(e, rest, 0);
		score.units++;
		if (n == 1)
			score.bad++;
		if (n == 2) {
			unsigned char trail = (unsigned char)s.p[at + 1];

			score.common += e == FA_ENC_GB18030
				? common_gb(lead, trail)
				: common_big5(lead, trail);
		}
		at += n;
	}
	return score;
}

static size_t
permille(size_t part, size_t whole)
{
	return whole == 0 ? 0 : part * 1000 / whole;
}

/* fa_uchardet_open comes before. */
static bool
guess_uchardet(struct fa_str s, enum fa_encoding *out)
{
	const struct fa_uchardet *u = fa_uchardet();
	uchardet_t det = u->new ();
	bool ok = false;

	if (det == NULL)
		return false;
	if (u->handle_data(det, s.p, s.n) == 0) {
		u->data_end(det);
		ok = fa_enc_by_label(fa_str_c(u->get_charset(det)), out);
	}
	u->delete (det);
	return ok;
}

static int
guess(enum fa_encoding *out, struct fa_str raw, struct fa_err *err)
{
	struct fa_str s = fa_str_sub(raw, 0, SAMPLE_BYTES);
	struct score gb = score_of(s, FA_ENC_GB18030);
	struct score big5 = score_of(s, FA_ENC_BIG5);
	size_t gb_common = permille(gb.common, gb.units);
	size_t big5_common = permille(big5.common, big5.units);
	enum fa_encoding e;
	int rc;

	if (permille(gb.bad, gb.units) > BAD_PERMILLE)
		gb_common = 0;
	if (permille(big5.bad, big5.units) > BAD_PERMILLE)
		big5_common = 0;
	if (gb_common >= COMMON_PERMILLE && gb_common >= big5_common) {
		*out = FA_ENC_GB18030;
		return FA_OK;
	}
	if (big5_common >= COMMON_PERMILLE) {
		*out = FA_ENC_BIG5;
		return FA_OK;
	}
	rc = fa_uchardet_open(err);
	if (rc < 0)
		return rc;
	if (guess_uchardet(s, &e) && e != FA_ENC_UTF16LE && e != FA_ENC_UTF16BE)
		*out = e;
	else if (permille(gb.bad, gb.units) <= BAD_PERMILLE)
		*out = FA_ENC_GB18030;
	else
		*out = FA_ENC_LATIN1;
	return FA_OK;
}

/* UTF-8 by its bytes alone. With a declaration against it, it takes a
 * character of three bytes: two-byte ones also occur in GBK. */
static bool
is_utf8(const struct shape *shape, bool declared)
{
	if (shape->high == 0)
		return true;
	if (shape->wide > 0)
		return shape->bad * UTF8_PER_BAD <= shape->wide;
	return !declared && shape->multi > 0 && shape->bad == 0;
}

int
fa_enc_detect(struct fa_enc_pick *out, struct fa_str raw, struct fa_str charset,
	struct fa_err *err)
{
	enum fa_encoding outside = FA_ENC_LATIN1;
	enum fa_encoding e = FA_ENC_LATIN1;
	struct fa_utf8_look look = fa_utf8_look(raw, fa_cpu_simd());
	struct shape shape = utf8_shape(raw, &look);
	bool declared = charset.p != NULL;

	if (charset.p != NULL && !fa_enc_by_label(charset, &outside)) {
		return fa_fail(err, FA_E_USAGE,
			"unknown character set \"%.*s\"; known are utf-8, "
			"gb18030, gbk, big5, utf-16le, utf-16be, windows-1252",
			FA_STR_ARG(charset));
	}
	*out = (struct fa_enc_pick){ FA_ENC_UTF8, 0, look.valid };
	if (find_mark(out, raw))
		return FA_OK;
	if (!look.valid || (look.multi && !look.wide))
		declared = fa_enc_declared(raw, &e) || declared;
	if (shape.wide == 0 && fa_enc_looks_utf16(raw, &out->encoding))
		return FA_OK;
	out->encoding = FA_ENC_UTF8;
	if (outside == FA_ENC_UTF16LE || outside == FA_ENC_UTF16BE) {
		out->encoding = outside;
		return FA_OK;
	}
	if (is_utf8(&shape, declared))
		return FA_OK;
	/* Servers send iso-8859-1 for anything: it proves nothing. */
	out->encoding = outside != FA_ENC_LATIN1 ? outside : e;
	return out->encoding == FA_ENC_LATIN1 ? guess(&out->encoding, raw, err)
					      : FA_OK;
}
