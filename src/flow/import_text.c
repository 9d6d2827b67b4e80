#include "flow/import_text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define PIECE_BYTES 4096

static void
close_iconv(iconv_t *cd)
{
	if (*cd != (iconv_t)-1)
		(void)iconv_close(*cd);
}

/* Appends s in UTF-8, a U+FFFD for each byte that is none of the encoding. */
static void
convert(struct fa_buf *out, struct fa_str s, const char *encoding)
{
	FA_CLEANUP(close_iconv) iconv_t cd = iconv_open("UTF-8", encoding);
	char piece[PIECE_BYTES];
	/* POSIX has the input as char **, but only reads it. */
	union {
		const char *in;
		char *arg;
	} at = { .in = s.p };
	size_t left = s.n;

	while (cd != (iconv_t)-1 && left > 0 && out->rc == FA_OK) {
		char *end = piece;
		size_t room = sizeof(piece);
		size_t rc = iconv(cd, &at.arg, &left, &end, &room);
		bool full = rc == (size_t)-1 && errno == E2BIG;

		fa_buf_add(out, (struct fa_str){ piece, sizeof(piece) - room });
		if (rc == (size_t)-1 && !full) {
			fa_buf_add_rune(out, FA_RUNE_BAD);
			at.arg++;
			left--;
		}
	}
}

/* Appends s with what is not UTF-8, and NUL, replaced. */
static void
repair(struct fa_buf *out, struct fa_str s)
{
	while (s.n > 0 && out->rc == FA_OK) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		fa_buf_add_rune(out, cp == 0 ? FA_RUNE_BAD : cp);
		s = fa_str_sub(s, n, s.n);
	}
}

int
fa_import_utf8(struct fa_str *out, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };
	FA_CLEANUP(fa_buf_done) struct fa_buf clean = { .rc = 0 };
	struct fa_str s = raw;
	bool wide = false;
	int rc;

	fa_buf_init(&b, 4 * raw.n + 4);
	fa_buf_init(&clean, 12 * raw.n + 12);
	if (fa_str_starts(s, FA_STR("\xff\xfe")) ||
		fa_str_starts(s, FA_STR("\xfe\xff"))) {
		wide = true;
		convert(&b, fa_str_sub(s, 2, s.n),
			s.p[0] == '\xff' ? "UTF-16LE" : "UTF-16BE");
	} else {
		if (fa_str_starts(s, FA_STR("\xef\xbb\xbf")))
			s = fa_str_sub(s, 3, s.n);
		if (!fa_utf8_valid(s))
			convert(&b, s, "GB18030");
	}
	rc = fa_buf_rc(&b, "text of a recording", err);
	if (rc < 0)
		return rc;
	if (wide || b.n > 0)
		s = fa_buf_str(&b);
	if (b.n == 0 && s.n > 0 && fa_utf8_valid(s) &&
		memchr(s.p, '\0', s.n) == NULL) {
		*out = s;
		return FA_OK;
	}
	repair(&clean, s);
	rc = fa_buf_rc(&clean, "text of a recording", err);
	if (rc < 0)
		return rc;
	s = fa_arena_dup(a, fa_buf_str(&clean));
	if (s.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a text");
	*out = s;
	return FA_OK;
}

/* The end of the comment at at, or at. */
static size_t
comment_end(struct fa_str s, size_t at)
{
	struct fa_str rest = fa_str_sub(s, at, s.n);
	size_t end;

	if (fa_str_starts(rest, FA_STR("//")))
		end = fa_str_find(s, FA_STR("\n"), at);
	else if (fa_str_starts(rest, FA_STR("/*")))
		end = fa_str_find(s, FA_STR("*/"), at + 2);
	else
		return at;
	if (end == SIZE_MAX)
		return s.n;
	return rest.p[1] == '*' ? end + 2 : end;
}

/* The end of the string whose quote is at at; control characters in it become
 * blanks. */
static size_t
string_end(char *p, size_t n, size_t at)
{
	size_t i = at + 1;

	while (i < n && p[i] != '"') {
		if (p[i] == '\\' && i + 1 < n)
			i++;
		if ((unsigned char)p[i] < ' ')
			p[i] = ' ';
		i++;
	}
	return i < n ? i + 1 : n;
}

int
fa_import_relax(struct fa_str *out, struct fa_str json, struct fa_arena *a,
	struct fa_err *err)
{
	char *p = fa_arena_new(a, json.n + 1, 1);
	size_t comma = SIZE_MAX; /* behind which only blanks have come */
	size_t i = 0;

	if (p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a text");
	memcpy(p, json.p, json.n);
	while (i < json.n) {
		size_t end = comment_end(json, i);

		if (end > i) {
			memset(p + i, ' ', end - i);
			i = end;
			continue;
		}
		if ((p[i] == '}' || p[i] == ']') && comma != SIZE_MAX)
			p[comma] = ' ';
		if (p[i] == ',')
			comma = i;
		else if ((unsigned char)p[i] > ' ')
			comma = SIZE_MAX;
		i = p[i] == '"' ? string_end(p, json.n, i) : i + 1;
	}
	*out = (struct fa_str){ p, json.n };
	return FA_OK;
}
