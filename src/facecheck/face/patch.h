/* A picture in several sizes, each half of the one before, and patches cut out
 * of it at any place, size and angle. */
#ifndef FC_FACE_PATCH_H
#define FC_FACE_PATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facecheck/face/plugin.h"

#define FC_PYRAMID_LEVELS 5
/* Of the sizes below the first: a third of the largest picture and a bit. */
#define FC_PYRAMID_BYTES                                                       \
	(FC_PICTURE_SIDE_MAX * FC_PICTURE_SIDE_MAX / 3 +                       \
		2 * FC_PICTURE_SIDE_MAX)
#define FC_PATCH_MAX 66 /* pixels to a side */

struct fc_pyramid {
	struct fc_picture level[FC_PYRAMID_LEVELS];
	unsigned n;
};

/* The first size is the picture itself, which must outlive the pyramid; the
 * others lie in memory, FC_PYRAMID_BYTES. False if a side is 0 or above
 * FC_PICTURE_SIDE_MAX. */
bool fc_pyramid_build(struct fc_pyramid *p, const struct fc_picture *picture,
	uint8_t *memory);

/* Where a patch lies: pixel (i, j) is at x + i * dx - j * dy,
 * y + i * dy + j * dx of the picture. */
struct fc_place {
	float x, y, dx, dy;
};

/* The place at which the eyes come to lie at (left, row) and
 * (left + apart, row) of the patch. */
struct fc_place fc_place_by_eyes(
	const float eyes[4], float left, float row, float apart);
/* Bilinear, from the size that fits; beyond the edge the picture goes on as at
 * the edge. */
void fc_patch_cut(uint8_t *out, uint32_t width, uint32_t height,
	const struct fc_pyramid *p, const struct fc_place *at);

#endif
