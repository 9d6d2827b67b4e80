/* Does a head turn, or a picture of one? Both frames are laid eye on eye. What
 * is flat, and what is bent like paper, then moves by a smooth field: to second
 * order, a quadratic in x and y. A head moves by its relief as well: the nose
 * stands out and goes further, the sockets lie back. How much of the movement
 * has the form of that relief tells how far a head turned, and to which side;
 * of a print nothing has.
 *
 * Stops prints, flat or bent. Does not stop a mask with a nose, nor a film of
 * the person turning the way that is asked for (half of all films), nor a
 * stream that is injected behind the camera. */
#ifndef FC_FACE_LIVE_H
#define FC_FACE_LIVE_H

#include "facecheck/face/find.h"

#define FC_LIVE_FRAMES 2
#define FC_LIVE_SIDE 88 /* pixels of the patches that are compared */
#define FC_LIVE_MIN 65  /* thousandths, as of fc_live_turn */

struct fc_live_scratch {
	struct fc_find_scratch find;
	uint8_t patch[FC_LIVE_SIDE * FC_LIVE_SIDE];
	uint8_t detail[FC_LIVE_FRAMES][FC_LIVE_SIDE * FC_LIVE_SIDE];
};

/* The patch of a face in which movements are followed: what the skin shows
 * without slow changes of light. Eyes as in struct fc_spot. */
void fc_live_detail(uint8_t detail[FC_LIVE_SIDE * FC_LIVE_SIDE],
	const float eyes[4], const struct fc_pyramid *p,
	struct fc_live_scratch *s);
/* The sine of the angle, in thousandths, by which a head turned from the first
 * patch to the second one, towards our right; near 0 for what is no head. */
int32_t fc_live_turn(const struct fc_face_model *model, const uint8_t *first,
	const uint8_t *second);

#endif
