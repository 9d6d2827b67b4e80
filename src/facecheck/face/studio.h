/* What drawing a picture passes from step to step. */
#ifndef FC_FACE_STUDIO_H
#define FC_FACE_STUDIO_H

#include "facecheck/face/head.h"

/* One point of the head, as the camera sees it. */
struct fc_mesh_row {
	float x[FC_HEAD_COLS], y[FC_HEAD_COLS]; /* pixels */
	float z[FC_HEAD_COLS], shade[FC_HEAD_COLS];
	int first, last; /* columns that lie on the head */
	bool any;
};

struct fc_studio {
	struct fc_head head;
	struct fc_mesh_row mesh[FC_HEAD_ROWS];
	float depth[FC_FACE_HEIGHT][FC_FACE_WIDTH];
	float image[FC_FACE_HEIGHT][FC_FACE_WIDTH]; /* light, about 0 .. 1 */
	float other[FC_FACE_HEIGHT][FC_FACE_WIDTH];
	uint8_t print[FC_FACE_BYTES];
};

/* The camera: blur, gain, gamma, noise, eight bits. Uses st->image. */
void fc_studio_expose(struct fc_studio *st, const struct fc_scene *s,
	uint8_t pixels[FC_FACE_BYTES]);

#endif
