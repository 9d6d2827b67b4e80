#include "facecheck/face/patch.h"

#include "facecheck/face/exact.h"

#define SMALLEST 32 /* sides below are not halved */

static void
halve(uint8_t *out, const struct fc_picture *in)
{
	uint32_t w = in->width / 2, h = in->height / 2;

	for (uint32_t y = 0; y < h; y++) {
		const uint8_t *a = in->pixels + (size_t)2 * y * in->width;
		const uint8_t *b = a + in->width;

		for (uint32_t x = 0; x < w; x++)
			out[y * w + x] =
				(uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] +
						  b[2 * x + 1] + 2) /
					4);
	}
}

bool
fc_pyramid_build(
	struct fc_pyramid *p, const struct fc_picture *picture, uint8_t *memory)
{
	if (picture->width == 0 || picture->height == 0 ||
		picture->width > FC_PICTURE_SIDE_MAX ||
		picture->height > FC_PICTURE_SIDE_MAX)
		return false;
	p->level[0] = *picture;
	p->n = 1;
	while (p->n < FC_PYRAMID_LEVELS) {
		const struct fc_picture *above = &p->level[p->n - 1];
		struct fc_picture *l = &p->level[p->n];

		if (above->width < 2 * SMALLEST || above->height < 2 * SMALLEST)
			break;
		halve(memory, above);
		*l = (struct fc_picture){ memory, above->width / 2,
			above->height / 2 };
		memory += l->width * l->height;
		p->n++;
	}
	return true;
}

struct fc_place
fc_place_by_eyes(const float eyes[4], float left, float row, float apart)
{
	struct fc_place at;

	at.dx = (eyes[2] - eyes[0]) / apart;
	at.dy = (eyes[3] - eyes[1]) / apart;
	at.x = eyes[0] - left * at.dx + row * at.dy;
	at.y = eyes[1] - left * at.dy - row * at.dx;
	return at;
}

/* Coordinates are counted in 1 / 65536 of a pixel: whole numbers add without
 * rounding, in any order. */
#define ONE 65536

static int32_t
counted(float x)
{
	float limit = 4.0f * FC_PICTURE_SIDE_MAX;

	return (int32_t)(fc_clamp(x, -limit, limit) * ONE);
}

static int32_t
held(int64_t x, int32_t most)
{
	return x < 0 ? 0 : x > most ? most : (int32_t)x;
}

static uint8_t
pixel(const struct fc_picture *l, int32_t x, int32_t y)
{
	uint32_t i = (uint32_t)x >> 16, j = (uint32_t)y >> 16;
	int32_t fx = x >> 8 & 255, fy = y >> 8 & 255;
	const uint8_t *p = l->pixels + (size_t)j * l->width + i;
	uint32_t right = i + 1 < l->width;
	uint32_t down = j + 1 < l->height ? l->width : 0;
	int32_t top = p[0] * 256 + (p[right] - p[0]) * fx;
	int32_t low = p[down] * 256 + (p[down + right] - p[down]) * fx;

	return (uint8_t)((top * 256 + (low - top) * fy + 32768) >> 16);
}

/* The same along a row of the picture, whose two lines are known. */
static void
cut_row(uint8_t *out, uint32_t width, const struct fc_picture *l, int32_t x,
	int32_t dx, int32_t y)
{
	uint32_t j = (uint32_t)y >> 16;
	const uint8_t *a = l->pixels + (size_t)j * l->width;
	const uint8_t *b = j + 1 < l->height ? a + l->width : a;
	int32_t fy = y >> 8 & 255, most = (int32_t)(l->width - 1) * ONE;
	int64_t at = x;

	for (uint32_t i = 0; i < width; i++, at += dx) {
		int32_t c = held(at, most), fx = c >> 8 & 255;
		uint32_t k = (uint32_t)c >> 16, r = k + (k + 1 < l->width);
		int32_t top = a[k] * 256 + (a[r] - a[k]) * fx;
		int32_t low = b[k] * 256 + (b[r] - b[k]) * fx;

		out[i] =
			(uint8_t)((top * 256 + (low - top) * fy + 32768) >> 16);
	}
}

void
fc_patch_cut(uint8_t *out, uint32_t width, uint32_t height,
	const struct fc_pyramid *p, const struct fc_place *at)
{
	float step = sqrtf(at->dx * at->dx + at->dy * at->dy), unit = 1;
	const struct fc_picture *l = p->level;
	int32_t most_x, most_y, x0, y0, dx, dy;

	while (step * unit > 1.9f && l + 1 < p->level + p->n) {
		unit *= 0.5f;
		l++;
	}
	most_x = (int32_t)(l->width - 1) * ONE;
	most_y = (int32_t)(l->height - 1) * ONE;
	/* Pixel centres stay where they are. */
	x0 = counted((at->x + 0.5f) * unit - 0.5f);
	y0 = counted((at->y + 0.5f) * unit - 0.5f);
	dx = counted(at->dx * unit);
	dy = counted(at->dy * unit);
	for (uint32_t j = 0; j < height; j++) {
		int64_t x = x0 - (int64_t)j * dy, y = y0 + (int64_t)j * dx;

		if (dy == 0) {
			cut_row(out, width, l, (int32_t)x, dx, held(y, most_y));
			out += width;
			continue;
		}
		for (uint32_t i = 0; i < width; i++) {
			*out++ = pixel(l, held(x, most_x), held(y, most_y));
			x += dx;
			y += dy;
		}
	}
}
