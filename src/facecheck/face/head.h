/* The head as a height field with a skin, in its own frame: x to our right, y
 * down, z towards the camera; the half height of the face is about 1. */
#ifndef FC_FACE_HEAD_H
#define FC_FACE_HEAD_H

#include "facecheck/face/render.h"

#define FC_HEAD_COLS 152
#define FC_HEAD_ROWS 184
#define FC_HEAD_STEP 0.012f   /* between neighbours */
#define FC_HEAD_X0 -0.906f    /* of column 0 */
#define FC_HEAD_Y0 -1.098f    /* of row 0 */
#define FC_HEAD_OUTSIDE -1.0f /* z where there is no head */

/* Measures of one face in one scene. */
struct fc_shape {
	float eye_x, eye_y, eye_w, eye_h, eye_slant, iris, iris_tone;
	float brow_h, brow_w, brow_thick, brow_slant, brow_arch, brow_dark;
	float nose_l, nose_w, nose_bridge, nose_out, nose_up;
	float mouth_y, mouth_w, lip_up, lip_low, mouth_curve, lip_dark;
	float face_w, jaw_w, chin_w, cheek, forehead, depth;
	float hair_y, hair_side, hair_tone, hair_peak;
	float tone, ridge, socket, chin, bag, fold, beard, asym, philtrum;
	float cleft, open, smile, gaze;
	bool glasses;
	uint32_t skin;
};

struct fc_head {
	float z[FC_HEAD_ROWS][FC_HEAD_COLS];
	float albedo[FC_HEAD_ROWS][FC_HEAD_COLS];
	float half_width[FC_HEAD_ROWS]; /* of the outline */
};

void fc_shape_of(struct fc_shape *out, const struct fc_person *p,
	const struct fc_scene *s);
void fc_head_build(struct fc_head *h, const struct fc_shape *sh);

/* Lines of the face that are not sums of bells, drawn over a row of skin at
 * height y: lips, eyes, brows, glasses. */
void fc_lines_draw(
	float albedo[FC_HEAD_COLS], const struct fc_shape *sh, float y);

/* Smooth noise in -1 .. 1 on a lattice keyed by seed. */
float fc_lattice(uint32_t seed, int x, int y);
float fc_noise(uint32_t seed, float x, float y);

static inline float
fc_head_x(int col)
{
	return FC_HEAD_X0 + FC_HEAD_STEP * (float)col;
}

static inline float
fc_head_y(int row)
{
	return FC_HEAD_Y0 + FC_HEAD_STEP * (float)row;
}

#endif
