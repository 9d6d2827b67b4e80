/* With n hits, r of them right and z = 1.96, the bounds are
 *
 *     (r + z²/2 -+ sqrt(z² r (n - r) / n + z⁴/4)) / (n + z²)
 *
 * Numerator and denominator are scaled by 10⁴, so that z² is exactly 38416
 * and the root is taken of a number scaled by 10⁸. All intermediate values
 * fit 64 bits for any pair of 32-bit counts: the largest is
 * 3.8416e8 * 2^30 + 3.8416e8 * 2^32 / 2 < 2^61.
 *
 * Example: r = 11, n = 12: root = isqrt(384160000 * 11 / 12 + 368947264)
 * = 26854 (rounded up), (129208 - 26854) / 158416 = 0.646: lower bound 646. */
#include "model/wilson.h"

#include <stdbool.h>

#define Z2_E4 38416ull         /* z² */
#define HALF_Z2_E4 19208ull    /* z²/2 */
#define Z2_E8 384160000ull     /* z² */
#define Z4_E8_4TH 368947264ull /* z⁴/4, (z²/2)² */

/* The largest x with x * x <= v. */
static uint64_t
isqrt(uint64_t v)
{
	uint64_t root = 0;

	for (uint64_t bit = 1ull << 62; bit != 0; bit >>= 2) {
		if (v >= root + bit) {
			v -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

/* The root of the formula, scaled by 10⁴ and rounded up. */
static uint64_t
root_up(uint64_t r, uint64_t n)
{
	uint64_t product = r * (n - r);
	uint64_t v = Z2_E8 * (product / n) +
		(Z2_E8 * (product % n) + n - 1) / n + Z4_E8_4TH;
	uint64_t root = isqrt(v);

	return root * root == v ? root : root + 1;
}

uint32_t
fa_wilson_lower(uint32_t right, uint32_t hits)
{
	uint64_t n = hits;
	uint64_t r = right < hits ? right : hits;
	uint64_t centre = 10000 * r + HALF_Z2_E4;
	uint64_t root;

	if (hits == 0)
		return 0;
	root = root_up(r, n);
	if (root >= centre)
		return 0;
	return (uint32_t)(1000 * (centre - root) / (10000 * n + Z2_E4));
}

uint32_t
fa_wilson_upper(uint32_t right, uint32_t hits)
{
	uint64_t n = hits;
	uint64_t r = right < hits ? right : hits;
	uint64_t all = 10000 * n + Z2_E4;
	uint64_t top;

	if (hits == 0)
		return 1000;
	top = 1000 * (10000 * r + HALF_Z2_E4 + root_up(r, n));
	top = (top + all - 1) / all;
	return top > 1000 ? 1000 : (uint32_t)top;
}
