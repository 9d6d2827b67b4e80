/* What a face is compared by: in which directions brightness changes, and
 * where. A square patch is cut into 8 x 8 cells; in each, gradients are
 * counted by direction, weighed by their strength and measured against those
 * around, so that light matters little. */
#ifndef FC_FACE_HOG_H
#define FC_FACE_HOG_H

#include <stdint.h>

#define FC_HOG_CELLS 8       /* to a side */
#define FC_HOG_DIRECTIONS 16 /* with sign */
#define FC_HOG_DIMS (FC_HOG_CELLS * FC_HOG_CELLS * FC_HOG_DIRECTIONS)
#define FC_HOG_SIDE_MAX 64

/* patch: (side + 2) squared pixels, of which the outermost only serve
 * gradients; side is 32 or 64. out: 0 .. 127. */
void fc_hog(int8_t out[FC_HOG_DIMS], const uint8_t *patch, int side);

#endif
