/* Detector from a file: a cascade of classifiers on local binary patterns in
 * the XML that OpenCV trains and Debian ships in opencv-data. The file is not
 * trusted: whatever it says, nothing outside of the picture is read, and
 * numbers, counts and rectangles beyond the limits are errors. A document type
 * is refused, and with it all entities. */
#ifndef FC_FACE_CASCADE_H
#define FC_FACE_CASCADE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/face/find.h"

#define FC_CASCADE_BYTES_MAX (1u << 20) /* of a file */
#define FC_CASCADE_STAGES_MAX 64
#define FC_CASCADE_WEAK_MAX 4096 /* classifiers, over all stages */
#define FC_CASCADE_FEATURES_MAX 512
#define FC_CASCADE_WINDOW_MIN 8 /* pixels to a side */
#define FC_CASCADE_WINDOW_MAX 64
#define FC_CASCADE_SIDE 256 /* pixels: of larger pictures a smaller size */
#define FC_CASCADE_HITS 256 /* windows that are remembered */

struct fc_cascade;

struct fc_cascade_box {
	int32_t x, y, side; /* pixels; windows are square or made so */
};

/* No part of it means anything after a search. */
struct fc_cascade_scratch {
	uint8_t scaled[FC_CASCADE_SIDE * FC_CASCADE_SIDE];
	uint32_t sums[(FC_CASCADE_SIDE + 1) * (FC_CASCADE_SIDE + 1)];
	int32_t corner[FC_CASCADE_FEATURES_MAX][16];
	struct fc_cascade_box hit[FC_CASCADE_HITS];
};

/* name stands in messages. The result is freed by fc_cascade_free. */
FA_MUST_CHECK int fc_cascade_parse(struct fc_cascade **out, struct fa_str xml,
	const char *name, struct fa_err *err);
/* The first of the known files in a directory. */
FA_MUST_CHECK int fc_cascade_open(
	struct fc_cascade **out, const char *dir, struct fa_err *err);
void fc_cascade_free(struct fc_cascade *c); /* NULL is fine */

/* The place with most windows that agree, at least three of them. */
bool fc_cascade_box_find(struct fc_cascade_box *out, const struct fc_cascade *c,
	const struct fc_pyramid *p, struct fc_cascade_scratch *s);
/* The same, with the eyes where they lie in an average face. */
bool fc_cascade_find(struct fc_spot *out, const struct fc_cascade *c,
	const struct fc_pyramid *p, struct fc_cascade_scratch *s);

#endif
