/* Training: from rendered people to the tables of face/model.h. A program of
 * the build; nothing of it is in facecheck. */
#ifndef FC_FACE_TRAIN_TRAIN_H
#define FC_FACE_TRAIN_TRAIN_H

#include "facecheck/face/exact.h"
#include "facecheck/face/find.h"
#include "facecheck/face/render.h"

#define FC_TRAIN_SEED 0x66616365 /* a world of its own */
#define FC_TRAIN_PEOPLE 720
#define FC_TRAIN_EACH 6
#define FC_TRAIN_PICTURES (FC_TRAIN_PEOPLE * FC_TRAIN_EACH)
#define FC_HELD_PEOPLE 400 /* for thresholds, never trained on */
#define FC_HELD_EACH 2
#define FC_HELD_PICTURES (FC_HELD_PEOPLE * FC_HELD_EACH)

/* Rendered pictures in the order of people, and what is known of them. */
struct fc_album {
	uint8_t *pixels;
	struct fc_truth *truth;
	struct fc_spot *found; /* what the detector and later stages say */
	bool *ok;              /* ... and whether that is near the truth */
	size_t n, each;
};

/* What all stages share. */
struct fc_lesson {
	struct fa_arena *arena;
	struct fc_face_model *model; /* grows stage by stage */
	struct fc_find_scratch *scratch;
	struct fc_album train, held;
	struct {
		unsigned found, near_bp; /* held out: of 10,000 */
		unsigned eyes_error; /* mean, 1 / 10,000 of their distance */
		unsigned eer_bp;
		double spread_first, spread_last; /* between by within */
	} report;
};

struct fc_picture fc_album_picture(const struct fc_album *a, size_t i);
/* The true eyes of picture i, as in struct fc_spot. */
void fc_album_eyes(float eyes[4], const struct fc_album *a, size_t i);

FA_MUST_CHECK int fc_learn_window(struct fc_lesson *l, struct fa_err *err);
FA_MUST_CHECK int fc_learn_eyes(struct fc_lesson *l, struct fa_err *err);
FA_MUST_CHECK int fc_learn_project(struct fc_lesson *l, struct fa_err *err);
/* The tables as C source. */
FA_MUST_CHECK int fc_lesson_write(
	const struct fc_lesson *l, const char *path, struct fa_err *err);

#endif
