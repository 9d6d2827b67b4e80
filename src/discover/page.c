#include "discover/page.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "discover/xml.h"

/* The longest start of s with at most n bytes that ends on a character if s is
 * UTF-8. */
static struct fa_str
cut(struct fa_str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return fa_str_sub(s, 0, n);
}

static void
close_iconv(iconv_t *cd)
{
	if (*cd != (iconv_t)-1)
		(void)iconv_close(*cd);
}

/* Appends s in UTF-8; what cannot be converted becomes "?". Nothing when iconv
 * lacks the encoding. */
static void
convert(struct fa_buf *out, struct fa_str s, const char *encoding)
{
	FA_CLEANUP(close_iconv) iconv_t cd = iconv_open("UTF-8", encoding);
	char piece[4096];
	/* POSIX has the input as char **, but only reads it. */
	union {
		const char *in;
		char *arg;
	} at = { .in = s.p };
	size_t left = s.n;

	if (cd == (iconv_t)-1)
		return;
	while (left > 0 && out->rc == 0) {
		char *end = piece;
		size_t room = sizeof(piece);
		size_t rc = iconv(cd, &at.arg, &left, &end, &room);
		bool full = rc == (size_t)-1 && errno == E2BIG;

		fa_buf_add(out, (struct fa_str){ piece, sizeof(piece) - room });
		if (rc == (size_t)-1 && !full) {
			fa_buf_addc(out, '?');
			at.arg++;
			left--;
		}
	}
}

/* A copy in which everything but ASCII has become "?": of bytes in no known
 * encoding this keeps the addresses. */
static void
keep_ascii(struct fa_buf *out, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		fa_buf_addc(out, c > 0 && c < 0x80 ? (char)c : '?');
	}
}

int
fa_page_text(struct fa_str *out, const struct fa_discover_page *page,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text = { .rc = 0 };
	struct fa_str s = cut(page->body, FA_PAGE_BYTES);
	enum fa_encoding e = page->doc ? page->doc->encoding : FA_ENC_UTF8;
	struct fa_str copy;
	int rc;

	if (s.n == 0) {
		*out = FA_STR("");
		return FA_OK;
	}
	if (fa_utf8_valid(s) && memchr(s.p, '\0', s.n) == NULL) {
		*out = s;
		return FA_OK;
	}
	fa_buf_init(&text, 4 * s.n);
	if (e != FA_ENC_UTF8)
		convert(&text, s, fa_encoding_name(e));
	copy = fa_buf_str(&text);
	if (copy.n == 0 || !fa_utf8_valid(copy) ||
		memchr(copy.p, '\0', copy.n) != NULL) {
		fa_buf_reset(&text);
		keep_ascii(&text, s);
	}
	rc = fa_buf_rc(&text, "page", err);
	if (rc != FA_OK)
		return rc;
	copy = fa_arena_dup(a, fa_buf_str(&text));
	if (copy.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a page");
	*out = copy;
	return FA_OK;
}

/* libxml2 gets valid UTF-8 only: its decoders complain on standard error, and
 * nothing but global state would keep them from it. */
int
fa_page_tree(xmlDoc **out, const struct fa_discover_page *page,
	struct fa_arena *a, struct fa_err *err)
{
	const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
		HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT;
	struct fa_str text;
	int rc = fa_page_text(&text, page, a, err);

	if (rc == FA_OK)
		rc = fa_discover_xml_open(err);
	if (rc < 0)
		return rc;
	text = cut(text, FA_PAGE_TREE_BYTES);
	*out = text.n == 0 ? NULL
			   : fa_discover_xml()->htmlReadMemory(text.p,
				     (int)text.n, NULL, "utf-8", options);
	return FA_OK;
}

void
fa_page_free_tree(xmlDoc **tree)
{
	if (*tree != NULL)
		fa_discover_xml()->xmlFreeDoc(*tree);
	*tree = NULL;
}

/* Length of "scheme:" at the start of a reference (RFC 3986 3.1), or 0. */
static size_t
scheme_length(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == ':')
			return i > 0 ? i + 1 : 0;
		if (c == '/' || c == '?' || c == '#')
			return 0;
	}
	return 0;
}

struct fa_str
fa_page_href(struct fa_str href)
{
	struct fa_str s = fa_str_trim(href);
	struct fa_str scheme = fa_str_sub(s, 0, scheme_length(s));

	if (s.n == 0 || s.n > FA_PAGE_HREF_BYTES || s.p[0] == '#')
		return FA_STR_NONE;
	if (scheme.n > 0 && !fa_str_ieq(scheme, FA_STR("http:")) &&
		!fa_str_ieq(scheme, FA_STR("https:")))
		return FA_STR_NONE;
	return s;
}

/* On one line, at most FA_PAGE_LABEL_BYTES long. */
static struct fa_str
label(struct fa_str text, struct fa_arena *a)
{
	struct fa_str s = fa_str_trim(text);
	char *p;
	size_t n = 0;

	if (s.n > FA_PAGE_LABEL_BYTES) {
		s.n = FA_PAGE_LABEL_BYTES;
		while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
			s.n--;
	}
	p = fa_arena_new(a, s.n + 1, 1);
	if (p == NULL)
		return FA_STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		bool blank = (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f;

		if (!blank)
			p[n++] = s.p[i];
		else if (n > 0 && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	return (struct fa_str){ p, n };
}

int
fa_page_add(struct fa_references *out, struct fa_str href, enum fa_role role,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	struct fa_reference r = { .role = role };

	for (size_t i = 0; i < out->n; i++) {
		if (fa_str_eq(out->at[i].href, href))
			return FA_OK;
	}
	if (out->n == FA_DISCOVER_LINKS) {
		out->more = true;
		return FA_OK;
	}
	r.href = fa_arena_dup(a, href);
	r.text = label(text, a);
	if (r.href.p == NULL || r.text.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for references");
	out->at[out->n++] = r;
	return FA_OK;
}
