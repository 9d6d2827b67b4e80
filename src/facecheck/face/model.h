/* What was learnt from rendered people when the program was built: constant
 * tables (built by train/). */
#ifndef FC_FACE_MODEL_H
#define FC_FACE_MODEL_H

#include "facecheck/face/hog.h"
#include "facecheck/face/kernel.h"

/* The window of the detector, and where the eyes lie in it. */
#define FC_WINDOW 20 /* points to a side */
#define FC_WINDOW_POINTS (FC_WINDOW * FC_WINDOW)
#define FC_WINDOW_EYES_Y 6.0f
#define FC_WINDOW_EYES_APART 9.0f
#define FC_CODES 256
#define FC_WINDOW_GATES 2
/* After how many points the gates stand. */
extern const int fc_window_gate_at[FC_WINDOW_GATES];

/* The patch that is compared, and where the eyes lie in it. */
#define FC_PATCH_SIDE 64
#define FC_PATCH_EYES_X 20.0f /* the left one */
#define FC_PATCH_EYES_Y 20.0f
#define FC_PATCH_EYES_APART 24.0f
#define FC_EYE_STAGES 2

/* Points that liveness follows, and the distance of an eye from the middle in
 * the patch where it does. */
#define FC_LIVE_COLS 13
#define FC_LIVE_ROWS 14
#define FC_LIVE_STEP 4 /* pixels */
#define FC_LIVE_EYES_Y 24.0f
#define FC_LIVE_HALF_APART 16.0f

static inline int
fc_live_x(int col)
{
	return 44 + FC_LIVE_STEP * (col - FC_LIVE_COLS / 2);
}

static inline int
fc_live_y(int row)
{
	return 16 + FC_LIVE_STEP * row;
}

struct fc_face_model {
	/* Detector: what a pattern at a point of the window says for a face,
	 * in eighths of a bit; the points that say most come first. */
	int8_t window[FC_WINDOW_POINTS][FC_CODES];
	uint16_t order[FC_WINDOW_POINTS];
	int32_t window_gate[FC_WINDOW_GATES]; /* less after some: no face */
	int32_t window_floor;                 /* less after all: no face */
	/* Eyes: from features of a patch to how far they are from where they
	 * were thought to be, in units of their distance. */
	float eyes[FC_EYE_STAGES][4][FC_HOG_DIMS];
	float eyes_off[FC_EYE_STAGES][4];
	/* Features to template. */
	int8_t project[FC_TEMPLATE_DIMS][FC_HOG_DIMS];
	float project_scale[FC_TEMPLATE_DIMS];
	float project_off[FC_TEMPLATE_DIMS];
	/* How far an average face stands out at the points that liveness
	 * follows, in pixels there. */
	float relief[FC_LIVE_ROWS][FC_LIVE_COLS];
	/* A score from here on is the same rendered person. */
	int32_t same;
};
extern const struct fc_face_model fc_face_model_bundled;

#endif
