#include "base/base64.h"

#include <stdint.h>

static const char digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
fa_base64_add(struct fa_buf *out, struct fa_str bytes)
{
	for (size_t i = 0; i < bytes.n; i += 3) {
		struct fa_str s = fa_str_sub(bytes, i, i + 3);
		uint32_t v = 0;
		char four[4];

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (k < s.n ? (unsigned char)s.p[k] : 0u);
		for (size_t k = 0; k < 4; k++)
			four[k] =
				k <= s.n ? digits[v >> (18 - 6 * k) & 63] : '=';
		fa_buf_add(out, (struct fa_str){ four, 4 });
	}
}

int
fa_base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

static size_t
padding(struct fa_str s)
{
	if (s.n < 4 || s.p[s.n - 1] != '=')
		return 0;
	return s.p[s.n - 2] == '=' ? 2 : 1;
}

int
fa_base64_decode(struct fa_str *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	size_t pad = padding(text);
	size_t n = text.n / 4 * 3 - pad;
	char *p;
	uint32_t v = 0;
	size_t at = 0;

	if (text.n % 4 != 0)
		return fa_fail(err, FA_E_INPUT,
			"base64 of %zu characters, expected a multiple of 4",
			text.n);
	p = fa_arena_new(a, n + 3, 1);
	if (p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for base64");
	for (size_t i = 0; i < text.n; i++) {
		bool fill = i >= text.n - pad;
		int digit = fill ? 0 : fa_base64_value(text.p[i]);

		if (digit < 0)
			return fa_fail(err, FA_E_INPUT,
				"no base64 digit at byte %zu", i);
		v = v << 6 | (uint32_t)digit;
		if (i % 4 != 3)
			continue;
		for (int k = 16; k >= 0; k -= 8)
			p[at++] = (char)(unsigned char)(v >> k & 255);
	}
	for (size_t i = n; i < at; i++)
		if (p[i] != 0)
			return fa_fail(err, FA_E_INPUT,
				"base64 with bits behind its end");
	*out = (struct fa_str){ p, n };
	return FA_OK;
}
