#include "flow/colour.h"

#include "base/num.h"
#include "model/colour.h"

/* alpha of 255 */
static uint32_t
over(uint32_t rgb, uint32_t alpha, uint32_t behind)
{
	return fa_colour_blend(rgb, (alpha * 1000 + 127) / 255, behind);
}

bool
fa_flow_colour(uint32_t *out, struct fa_str s, bool front, uint32_t behind)
{
	uint64_t v;
	uint32_t n;

	if (s.n < 4 || s.p[0] != '#' ||
		!fa_num_hex(fa_str_sub(s, 1, s.n), UINT32_MAX, &v))
		return false;
	n = (uint32_t)v;
	if (s.n == 4)
		*out = (n >> 8 & 0xf) * 0x110000 + (n >> 4 & 0xf) * 0x1100 +
			(n & 0xf) * 0x11;
	else if (s.n == 7)
		*out = n;
	else if (s.n == 9)
		*out = front ? over(n & 0xffffff, n >> 24, behind)
			     : over(n >> 8, n & 0xff, behind);
	else
		return false;
	return true;
}
