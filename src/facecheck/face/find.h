/* From a picture to a face in it: detector, eyes, quality. */
#ifndef FC_FACE_FIND_H
#define FC_FACE_FIND_H

#include "facecheck/face/model.h"
#include "facecheck/face/patch.h"

/* Sides of the smallest and largest picture that the detector looks at, after
 * scaling: a face whose eyes are 0.15 to 0.4 of the shorter side apart. */
#define FC_FIND_SIDE 60  /* pixels: the shorter side, at the finest */
#define FC_FIND_ASPECT 3 /* pictures longer than that are cut */
#define FC_FIND_STEPS 6  /* of scale, FC_FIND_RATIO apart */
#define FC_FIND_RATIO 1.2f

/* Why a picture is not good enough (ISO/IEC 29794-5 speaks of the same
 * components). */
enum fc_quality {
	FC_QUALITY_GOOD,
	FC_QUALITY_NO_FACE,
	FC_QUALITY_SMALL,   /* eyes closer than FC_EYES_MIN */
	FC_QUALITY_DARK,    /* or with too little contrast */
	FC_QUALITY_BRIGHT,  /* burnt out */
	FC_QUALITY_BLURRED, /* no detail */
	FC_QUALITY_CUT      /* part of the face is outside */
};
#define FC_QUALITIES 7
#define FC_EYES_MIN 18.0f                       /* pixels */
const char *fc_quality_name(enum fc_quality q); /* "too_dark" */

/* Memory for the steps below; no part of it means anything afterwards. */
struct fc_find_scratch {
	uint8_t pyramid[FC_PYRAMID_BYTES];
	uint8_t scaled[FC_FIND_SIDE * FC_FIND_SIDE * FC_FIND_ASPECT];
	uint8_t codes[FC_FIND_SIDE * FC_FIND_SIDE * FC_FIND_ASPECT];
	uint8_t patch[FC_PATCH_MAX * FC_PATCH_MAX];
	int8_t hog[FC_HOG_DIMS];
};

/* A face in pixels of the picture: eyes are x, y of the left one (ours), then
 * of the right one. */
struct fc_spot {
	float eyes[4];
	int32_t score;
};

/* The best window of all; false when none looks like a face. The eyes are
 * where they lie in an average face. */
bool fc_window_find(struct fc_spot *out, const struct fc_face_model *m,
	const struct fc_pyramid *p, struct fc_find_scratch *s);
/* The codes of the patterns of a picture, of which the outermost points have
 * none (0). */
void fc_window_codes(
	uint8_t *codes, const uint8_t *pixels, uint32_t width, uint32_t height);
/* The scaled picture number step that the detector looks at, in s->scaled;
 * false when it is too small. *unit: pixels of the picture for one of it. */
bool fc_window_scale(uint32_t *width, uint32_t *height, float *unit,
	const struct fc_pyramid *p, unsigned step, struct fc_find_scratch *s);

/* One stage: cuts the patch at the eyes as they are thought to be, and its
 * features into s->hog. */
void fc_eyes_look(const float eyes[4], const struct fc_pyramid *p,
	struct fc_find_scratch *s);
/* All stages: moves eyes to where they are. */
void fc_eyes_refine(float eyes[4], const struct fc_face_model *m,
	const struct fc_pyramid *p, struct fc_find_scratch *s);

/* The patch that is compared: s->patch, FC_PATCH_SIDE + 2 to a side. */
void fc_face_cut(const float eyes[4], const struct fc_pyramid *p,
	struct fc_find_scratch *s);
/* Whether the face at eyes, cut into s->patch, can be compared. */
enum fc_quality fc_quality_of(const struct fc_spot *f,
	const struct fc_picture *picture, const struct fc_find_scratch *s);
/* Features in s->hog to a template. */
void fc_project(int8_t out[FC_TEMPLATE_DIMS], const struct fc_face_model *m,
	const int8_t hog[FC_HOG_DIMS]);

#endif
