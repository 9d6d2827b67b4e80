#include "facecheck/face/hog.h"

#include <assert.h>

#include "facecheck/face/exact.h"

#define PAD (FC_HOG_CELLS + 2)
#define QUIET 60.0f /* gradient in a neighbourhood that counts as none */

/* Sector of a gradient among sixteen of 22.5 degrees each, by comparisons:
 * which half, which quarter, which eighth, which half of that. */
static unsigned
sector(int x, int y)
{
	int ax = x < 0 ? -x : x, ay = y < 0 ? -y : y;
	unsigned quarter;

	/* Within a quarter: borders at 22.5, 45 and 67.5 degrees, whose
	 * tangents are about 106/256, 1 and 256/106. */
	if (ay < ax)
		quarter = ay * 256 >= ax * 106;
	else
		quarter = 2 + (ax * 256 < ay * 106);
	if (x >= 0)
		return y >= 0 ? quarter : 15 - quarter;
	return y >= 0 ? 7 - quarter : 8 + quarter;
}

/* Which cells a line of pixels belongs to, and how much to the second one, in
 * units of 1 / (2 * width of a cell). Cell 0 is beyond the edge. */
struct share {
	uint8_t cell[FC_HOG_SIDE_MAX], second[FC_HOG_SIDE_MAX];
};

static void
share_out(struct share *s, int side)
{
	int cell = side / FC_HOG_CELLS;

	for (int i = 0; i < side; i++) {
		int at = 2 * i + 1 + cell; /* from the middle of cell 0 */

		s->cell[i] = (uint8_t)(at / (2 * cell));
		s->second[i] = (uint8_t)(at % (2 * cell));
	}
}

typedef uint32_t hog_sums[PAD][PAD][FC_HOG_DIRECTIONS];

static void
gather(hog_sums sums, const uint8_t *patch, int side)
{
	struct share s;
	int width = side + 2, whole = 2 * side / FC_HOG_CELLS;

	share_out(&s, side);
	for (int y = 0; y < side; y++) {
		const uint8_t *p = patch + (y + 1) * width + 1;
		uint32_t low = s.second[y], up = (uint32_t)whole - low;

		for (int x = 0; x < side; x++) {
			int gx = p[x + 1] - p[x - 1];
			int gy = p[x + width] - p[x - width];
			int ax = gx < 0 ? -gx : gx, ay = gy < 0 ? -gy : gy;
			/* Length of the gradient, within 4 %. */
			uint32_t m = (uint32_t)(ax > ay ? ax * 61 + ay * 25
							: ay * 61 + ax * 25);
			uint32_t right = s.second[x];
			uint32_t left = (uint32_t)whole - right;
			uint32_t *q =
				&sums[s.cell[y]][s.cell[x]][sector(gx, gy)];

			m >>= 3;
			q[0] += m * up * left;
			q[FC_HOG_DIRECTIONS] += m * up * right;
			q += PAD * FC_HOG_DIRECTIONS;
			q[0] += m * low * left;
			q[FC_HOG_DIRECTIONS] += m * low * right;
		}
	}
}

void
fc_hog(int8_t out[FC_HOG_DIMS], const uint8_t *patch, int side)
{
	hog_sums sums = { { { 0 } } };
	float energy[PAD][PAD];
	float unit = 16.0f / (float)(side * side);

	assert(side == 32 || side == 64);
	gather(sums, patch, side);
	for (int j = 0; j < PAD; j++)
		for (int i = 0; i < PAD; i++) {
			uint32_t sum = 0;

			for (int k = 0; k < FC_HOG_DIRECTIONS; k++)
				sum += sums[j][i][k] >> 4;
			energy[j][i] = (float)sum * 16 * unit;
		}
	for (int j = 1; j <= FC_HOG_CELLS; j++)
		for (int i = 1; i <= FC_HOG_CELLS; i++) {
			float around = QUIET, scale;

			for (int o = -1; o <= 1; o++)
				around += energy[j + o][i - 1] +
					energy[j + o][i] + energy[j + o][i + 1];
			scale = unit * 127 * 127 * 4 / around;
			for (int k = 0; k < FC_HOG_DIRECTIONS; k++)
				*out++ = (int8_t)fc_clamp(
					sqrtf((float)sums[j][i][k] * scale), 0,
					127);
		}
}
