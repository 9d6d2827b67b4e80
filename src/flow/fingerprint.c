#include "flow/fingerprint.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

#define VOLATILE_BYTES 16 /* a token this long that holds a digit is an id */

struct hashing {
	struct fa_sha256 *sha;
	struct fa_buf line;
	struct fa_err *err;
	int rc;
};

static void
free_sha(struct fa_sha256 **h)
{
	fa_sha256_free(*h);
}

/* Ends the line and hashes it. */
static void
flush(struct hashing *h)
{
	fa_buf_addc(&h->line, '\n');
	if (h->rc == FA_OK)
		h->rc = fa_buf_rc(&h->line, "fingerprint", h->err);
	if (h->rc == FA_OK)
		h->rc = fa_sha256_add(h->sha, fa_buf_str(&h->line), h->err);
	fa_buf_reset(&h->line);
}

static bool
is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 0xff10 && cp <= 0xff19);
}

/* Runs of digits become one 0, runs of blanks one blank, blanks at the ends
 * and characters without width are dropped. */
static void
add_folded(struct fa_buf *out, struct fa_str s)
{
	bool digit = false;
	bool blank = false;
	bool any = false;

	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, n, s.n);
		if (fa_rune_is_space(cp)) {
			blank = true;
			continue;
		}
		if (fa_rune_is_ignorable(cp) ||
			(is_digit(cp) && digit && !blank))
			continue;
		if (blank && any)
			fa_buf_addc(out, ' ');
		blank = false;
		any = true;
		digit = is_digit(cp);
		fa_buf_add_rune(out, digit ? '0' : cp);
	}
}

static bool
is_token(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '%';
}

/* An address with each token that looks like an id (long, with a digit)
 * folded to a star, and digits folded in the others: "o/8f3a...c1?t=17321"
 * becomes "o/?t=0" with a star behind the slash. */
static void
add_address(struct fa_buf *out, struct fa_str s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t end = at;
		bool digit = false;

		while (end < s.n && is_token(s.p[end])) {
			digit |= is_digit((unsigned char)s.p[end]);
			end++;
		}
		if (end == at) {
			fa_buf_addc(out, s.p[at++]);
			continue;
		}
		if (digit && end - at >= VOLATILE_BYTES)
			fa_buf_addc(out, '*');
		else
			add_folded(out, fa_str_sub(s, at, end));
		at = end;
	}
}

static bool
is_control(enum fa_flow_role r)
{
	return r != FA_FLOW_TEXT && r != FA_FLOW_IMAGE &&
		r != FA_FLOW_CONTAINER && r != FA_FLOW_WEBVIEW;
}

static void
add_element(struct hashing *h, const struct fa_flow_element *e)
{
	bool control = is_control(e->role);

	if (e->visible == FA_TRI_NO)
		return;
	if (!control && e->text.n == 0)
		return;
	if (control) {
		fa_buf_addf(&h->line, "%s %d ", fa_flow_role_name(e->role),
			(int)e->checked);
	}
	if (e->role != FA_FLOW_INPUT)
		add_folded(&h->line, e->text);
	if (control && (e->role == FA_FLOW_INPUT || e->text.n == 0)) {
		fa_buf_addc(&h->line, ' ');
		add_folded(&h->line, e->label.n > 0 ? e->label : e->hint);
	}
	flush(h);
}

int
fa_flow_fingerprint(char out[FA_FLOW_FINGERPRINT_BYTES],
	const struct fa_flow_screen *s, struct fa_err *err)
{
	FA_CLEANUP(free_sha) struct fa_sha256 *sha = NULL;
	FA_CLEANUP(fa_buf_done) struct fa_buf line = { .rc = 0 };
	struct hashing h = { .err = err };
	char hex[FA_HASH_HEX_BYTES];

	h.rc = fa_sha256_new(&sha, err);
	if (h.rc == FA_OK)
		h.rc = fa_sha256_begin(sha, err);
	if (h.rc < 0)
		return h.rc;
	h.sha = sha;
	fa_buf_init(&h.line, (size_t)8 * FA_FLOW_TEXT_BYTES);
	add_address(&h.line, s->url);
	flush(&h);
	add_address(&h.line, s->native);
	flush(&h);
	for (size_t i = 0; h.rc == FA_OK && i < s->elements_n; i++)
		add_element(&h, &s->elements[i]);
	line = h.line;
	if (h.rc == FA_OK)
		h.rc = fa_sha256_end(sha, hex, err);
	if (h.rc < 0)
		return h.rc;
	memcpy(out, hex, FA_FLOW_FINGERPRINT_BYTES - 1);
	out[FA_FLOW_FINGERPRINT_BYTES - 1] = '\0';
	return FA_OK;
}
