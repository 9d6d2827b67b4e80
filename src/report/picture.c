#include "report/picture.h"

#define PNG_HEAD_BYTES 24 /* signature, IHDR's length, name, width, height */

static uint32_t
be(const char *p, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static bool
set(struct fa_picture *out, const char *media, uint32_t w, uint32_t h)
{
	if (w == 0 || h == 0 || w > FA_PICTURE_SIDE_MAX ||
		h > FA_PICTURE_SIDE_MAX)
		return false;
	*out = (struct fa_picture){ media, w, h };
	return true;
}

/* Start of frame: C0..CF but for the tables C4, C8 and CC (T.81, B.1). */
static bool
is_frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
		marker != 0xC8 && marker != 0xCC;
}

static bool
read_jpeg(struct fa_picture *out, struct fa_str s)
{
	size_t at = 2;

	while (at + 9 <= s.n && (unsigned char)s.p[at] == 0xFF) {
		unsigned char marker = (unsigned char)s.p[at + 1];
		uint32_t length = be(s.p + at + 2, 2);

		if (marker == 0xFF) {
			at++; /* fill bytes */
			continue;
		}
		if (is_frame(marker))
			return set(out, "image/jpeg", be(s.p + at + 7, 2),
				be(s.p + at + 5, 2));
		/* Scans and bare markers come after the frame. */
		if (marker == 0xDA || marker < 0xC0 || length < 2)
			return false;
		at += 2 + length;
	}
	return false;
}

bool
fa_picture_read(struct fa_picture *out, struct fa_str s)
{
	if (s.n >= PNG_HEAD_BYTES &&
		fa_str_starts(s, FA_STR("\x89PNG\r\n\x1a\n")) &&
		fa_str_eq(fa_str_sub(s, 12, 16), FA_STR("IHDR")))
		return set(out, "image/png", be(s.p + 16, 4), be(s.p + 20, 4));
	if (fa_str_starts(s, FA_STR("\xff\xd8")))
		return read_jpeg(out, s);
	return false;
}

void
fa_picture_data_uri(
	struct fa_buf *out, const struct fa_picture *p, struct fa_str s)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	fa_buf_addf(out, "data:%s;base64,", p->media);
	for (size_t i = 0; i < s.n; i += 3) {
		size_t n = s.n - i < 3 ? s.n - i : 3;
		uint32_t v = be(s.p + i, n) << 8 * (3 - n);
		char four[4] = { digit[v >> 18], digit[v >> 12 & 63],
			n > 1 ? digit[v >> 6 & 63] : '=',
			n > 2 ? digit[v & 63] : '=' };

		fa_buf_add(out, (struct fa_str){ four, sizeof(four) });
	}
}

bool
fa_picture_of(struct fa_picture *out, uint32_t *evidence,
	const struct fa_flow *f, uint32_t screen,
	const struct fa_report_pictures *pictures)
{
	const struct fa_flow_screen *s;

	if (screen >= f->screens_n)
		return false;
	s = &f->screens[screen];
	for (size_t i = 0; i < s->evidence_n; i++) {
		uint32_t e = s->evidence[i];

		if (e < pictures->n && e < f->evidence_n &&
			fa_picture_read(out, pictures->at[e])) {
			*evidence = e;
			return true;
		}
	}
	return false;
}
