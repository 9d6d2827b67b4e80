/* A cascade in memory; see cascade.h. */
#ifndef FC_FACE_CASCADE_PARTS_H
#define FC_FACE_CASCADE_PARTS_H

#include "base/arena.h"
#include "facecheck/face/cascade.h"

/* A pattern of eight neighbours, looked up in a set of 256: in it, the first
 * leaf counts, else the second. */
struct fc_cascade_weak {
	uint32_t feature;
	uint32_t subset[8];
	float leaf[2];
};

struct fc_cascade_stage {
	uint32_t first, n; /* of its classifiers */
	float threshold;
};

/* The top left of nine equal cells. */
struct fc_cascade_feature {
	uint32_t x, y, w, h;
};

struct fc_cascade {
	struct fa_arena arena;
	uint32_t width, height; /* of the window */
	float eyes[3]; /* left and right by the width, row by the height */
	uint32_t stages_n, weak_n, features_n;
	struct fc_cascade_stage *stages;
	struct fc_cascade_weak *weak;
	struct fc_cascade_feature *features;
};

#endif
