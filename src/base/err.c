#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* A message is shown on terminals and in logs: nothing in it may move the
 * cursor, begin a line, or turn the direction of the text around it. */
static bool
is_unprintable(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 ||
		cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
		(cp >= 0x2066 && cp <= 0x2069);
}

/* Bytes of z[0, n) without the code point that the end of the buffer cut. */
static size_t
whole_runes(const char *z, size_t n)
{
	size_t i = n;
	size_t len;
	uint32_t cp;

	while (i > 0 && n - i < 4) {
		i--;
		if (((unsigned char)z[i] & 0xc0) != 0x80)
			break;
	}
	if (i == n || ((unsigned char)z[i] & 0xc0) != 0xc0)
		return n;
	len = fa_utf8_next((struct fa_str){ z + i, n - i }, &cp);
	return len > 1 && len == n - i ? n : i;
}

static void
make_safe(char *z, size_t n)
{
	size_t in = 0;
	size_t out = 0;

	while (in < n) {
		uint32_t cp = 0;
		size_t len =
			fa_utf8_next((struct fa_str){ z + in, n - in }, &cp);

		if (cp == '\t' || cp == '\n' || cp == '\r') {
			z[out++] = ' ';
		} else if (is_unprintable(cp) ||
			(cp == FA_RUNE_BAD && len == 1)) {
			z[out++] = '?';
		} else {
			memmove(z + out, z + in, len);
			out += len;
		}
		in += len;
	}
	z[out] = '\0';
}

int
fa_fail(struct fa_err *err, int rc, const char *fmt, ...)
{
	/* not err->msg itself: it may be one of the arguments */
	char msg[FA_ERR_MSG_BYTES] = { 0 };
	va_list ap;
	int n;

	assert(rc < 0);
	if (err == NULL)
		return rc;
	va_start(ap, fmt);
	n = vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	if (n < 0) {
		msg[0] = '\0';
		n = 0;
	}
	if ((size_t)n >= sizeof(msg))
		make_safe(msg, whole_runes(msg, sizeof(msg) - 1));
	else
		make_safe(msg, (size_t)n);
	memcpy(err->msg, msg, sizeof(msg));
	err->rc = rc;
	return rc;
}

const char *
fa_rc_name(int rc)
{
	switch (rc) {
	case FA_OK:
		return "ok";
	case FA_E_NOMEM:
		return "nomem";
	case FA_E_LIMIT:
		return "limit";
	case FA_E_INPUT:
		return "input";
	case FA_E_IO:
		return "io";
	case FA_E_USAGE:
		return "usage";
	case FA_E_NOTFOUND:
		return "notfound";
	case FA_E_UNSUPPORTED:
		return "unsupported";
	case FA_E_INTERRUPTED:
		return "interrupted";
	default:
		return "unknown";
	}
}
