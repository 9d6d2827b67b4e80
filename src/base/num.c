#include "base/num.h"

static unsigned
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

static bool
parse(struct fa_str s, unsigned base, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = digit(s.p[i]);

		if (d >= base || d > max || v > max / base ||
			v * base > max - d)
			return false;
		v = v * base + d;
	}
	*out = v;
	return true;
}

bool
fa_num_u64(struct fa_str s, uint64_t max, uint64_t *out)
{
	return parse(s, 10, max, out);
}

bool
fa_num_hex(struct fa_str s, uint64_t max, uint64_t *out)
{
	return parse(s, 16, max, out);
}
