/* Base 64 with "-" and "_" and without padding (RFC 4648, 5). */
#include "facecheck/method/method.h"

#include <string.h>

static const char letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct fa_str
fc_base64url(struct fa_str bytes, struct fa_arena *a)
{
	size_t n = bytes.n / 3 * 4 + (bytes.n % 3 ? bytes.n % 3 + 1 : 0);
	char *out = fa_arena_new(a, n + 1, 1);
	uint32_t bits = 0;
	unsigned have = 0;
	size_t at = 0;

	if (!out)
		return FA_STR_NONE;
	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (have += 8; have >= 6; have -= 6)
			out[at++] = letters[bits >> (have - 6) & 63];
	}
	if (have)
		out[at++] = letters[bits << (6 - have) & 63];
	return (struct fa_str){ out, at };
}

bool
fc_base64url_read(struct fa_str *out, struct fa_str s, struct fa_arena *a)
{
	char *bytes = fa_arena_new(a, s.n / 4 * 3 + 3, 1);
	uint32_t bits = 0;
	unsigned have = 0;
	size_t at = 0;

	if (!bytes || s.n % 4 == 1)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const char *p = s.p[i] ? strchr(letters, s.p[i]) : NULL;

		if (!p)
			return false;
		bits = bits << 6 | (uint32_t)(p - letters);
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes[at++] = (char)(bits >> have & 0xff);
		}
	}
	/* One text for each value: what is left over must be 0. */
	if (bits & ((1u << have) - 1))
		return false;
	*out = (struct fa_str){ bytes, at };
	return true;
}
