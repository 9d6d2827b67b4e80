#include "read/escape.h"

#include "base/num.h"
#include "base/utf8.h"

bool
fa_escape_hex(struct fa_str s, size_t at, unsigned digits, uint32_t *out)
{
	struct fa_str hex = fa_str_sub(s, at, at + digits);
	uint64_t n;

	if (hex.n < digits || !fa_num_hex(hex, UINT32_MAX, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

size_t
fa_escape_utf16(struct fa_str s, size_t at, uint32_t *cp)
{
	uint32_t high, low;

	if (!fa_escape_hex(s, at + 1, 4, &high))
		return 0;
	*cp = high;
	if ((high & ~0x7ffu) != 0xd800)
		return 5;
	*cp = FA_RUNE_BAD;
	if (high >= 0xdc00 || s.n - at < 11 || s.p[at + 5] != '\\' ||
		s.p[at + 6] != s.p[at] || !fa_escape_hex(s, at + 7, 4, &low) ||
		(low & ~0x3ffu) != 0xdc00)
		return 5;
	*cp = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
	return 11;
}

uint32_t
fa_escape_letter(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'v':
		return '\v';
	case 'a':
		return '\a';
	case '0':
		return 0;
	default:
		return (unsigned char)c;
	}
}
