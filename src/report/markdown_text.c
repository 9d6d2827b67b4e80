#include <string.h>

#include "base/utf8.h"
#include "report/common.h"
#include "report/markdown.h"

/* Code spans (GFM 0.29, 6.3): a fence longer than any run of backticks in
 * them; one blank inside each fence is dropped, which keeps a backtick or a
 * blank at the ends. A bar would end a cell of a table, so that a code span of
 * this file must not stand in one. */
void
fa_md_code(struct fa_buf *out, struct fa_str s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;
	size_t run = 0;
	size_t longest = 0;
	bool pad;

	fa_buf_init(&shown, out->max_bytes);
	fa_report_visible(&shown, s, false);
	fa_report_carry(out, &shown);
	if (shown.n == 0)
		return;
	for (size_t i = 0; i < shown.n; i++) {
		run = shown.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	pad = shown.p[0] == '`' || shown.p[0] == ' ' ||
		shown.p[shown.n - 1] == '`' || shown.p[shown.n - 1] == ' ';
	for (size_t i = 0; i <= longest; i++)
		fa_buf_addc(out, '`');
	fa_buf_adds(out, pad ? " " : "");
	fa_buf_add(out, fa_buf_str(&shown));
	fa_buf_adds(out, pad ? " " : "");
	for (size_t i = 0; i <= longest; i++)
		fa_buf_addc(out, '`');
}

/* Bytes of the word at the front of s: ASCII without blanks. */
static size_t
word_bytes(struct fa_str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] > ' ' && s.p[n] < 0x7F)
		n++;
	return n;
}

/* Letters, digits and punctuation that means nothing inside a line. */
static bool
is_harmless(struct fa_str word)
{
	static const char more[] = ",.;()%\"'?+";

	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9'))
			continue;
		if (strchr(more, c) == NULL)
			return false;
	}
	/* GFM 6.9 makes links of such words. */
	for (size_t i = 0; i + 4 <= word.n; i++)
		if ((word.p[i] | 0x20) == 'w' &&
			(word.p[i + 1] | 0x20) == 'w' &&
			(word.p[i + 2] | 0x20) == 'w' && word.p[i + 3] == '.')
			return false;
	return true;
}

void
fa_md_text(struct fa_buf *out, struct fa_str s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;
	struct fa_str rest;

	fa_buf_init(&shown, out->max_bytes);
	fa_report_visible(&shown, s, false);
	fa_report_carry(out, &shown);
	rest = fa_buf_str(&shown);
	while (rest.n > 0) {
		size_t n = word_bytes(rest);
		struct fa_str part = fa_str_sub(rest, 0, n);
		uint32_t cp;

		if (n == 0) {
			n = fa_utf8_next(rest, &cp);
			fa_buf_add(out, fa_str_sub(rest, 0, n));
		} else if (is_harmless(part)) {
			fa_buf_add(out, part);
		} else {
			fa_md_code(out, part);
		}
		rest = fa_str_sub(rest, n, rest.n);
	}
}
