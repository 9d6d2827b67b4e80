/* Faces of people who do not exist. A person is forty-eight numbers and the
 * seed of a skin; a scene is everything else (pose, light, expression, lens).
 * A height field with a skin is turned, lit and drawn. The same seed gives the
 * same bytes with every compiler and on every machine, so a set of pictures is
 * named by a seed. No photograph, no real person and no model trained on one
 * has a part in this.
 *
 * What they are good for: to rank methods, to catch regressions, to exercise
 * the flow. Rendered people resemble each other more than real ones do: no
 * threshold for real people may be taken from them. */
#ifndef FC_FACE_RENDER_H
#define FC_FACE_RENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "facecheck/face/plugin.h"

#define FC_FACE_WIDTH 144  /* pixels */
#define FC_FACE_HEIGHT 160 /* pixels */
#define FC_FACE_BYTES (FC_FACE_WIDTH * FC_FACE_HEIGHT)
#define FC_PERSON_NUMBERS 48
#define FC_DIFFICULTY_MAX 100 /* hundredths: 35 easy, 70 middling, 100 hard */
#define FC_STUDIO_BYTES (2u << 20)

struct fc_person {
	float v[FC_PERSON_NUMBERS]; /* normal, mean 0, deviation 1 */
	uint32_t skin;              /* seed of spots and texture */
	bool glasses;               /* always worn */
};

struct fc_scene {
	float yaw, pitch, roll;     /* radians; yaw > 0: to our right */
	float scale, dx, dy;        /* 1 and pixels */
	float light_side, light_up; /* radians */
	float ambient, gain, gamma; /* of light, of the camera */
	float open, smile, brow;    /* mouth, brows: about 0 .. 1 */
	float lid, gaze, hair;      /* 1: shut; sideways; hairline */
	float blur, noise;          /* pixels; grey levels */
	bool glasses;               /* worn this time */
	uint32_t seed;              /* of background and noise */
};

/* Where things are in the picture, in pixels from the centre of the first. */
struct fc_truth {
	float left_eye[2], right_eye[2], mouth[2]; /* left: ours */
};

/* What may be before the camera. */
enum fc_species {
	FC_SPECIES_LIVE,
	FC_SPECIES_FLAT,  /* a flat print, turned in the hand */
	FC_SPECIES_BENT,  /* a print bent around a cylinder, turned */
	FC_SPECIES_REPLAY /* a film of the person turning the head, on a
			   * screen: the turn is the one of the recording, which
			   * is the one asked for in half of the cases */
};
#define FC_SPECIES_COUNT 4
const char *fc_species_name(enum fc_species s); /* "flat_print" */

/* Height field and frame buffers, reused from picture to picture. It lives in
 * a and takes less than FC_STUDIO_BYTES; not for two threads at once. */
struct fc_studio;
FA_MUST_CHECK int fc_studio_new(
	struct fc_studio **out, struct fa_arena *a, struct fa_err *err);

/* Person number who of a world; scene number what of that person, with all
 * nuisance scaled by difficulty (0 .. FC_DIFFICULTY_MAX). */
void fc_person_draw(struct fc_person *out, uint64_t seed, uint32_t who);
void fc_scene_draw(struct fc_scene *out, uint64_t seed, uint32_t who,
	uint32_t what, unsigned difficulty);

/* One picture of FC_FACE_WIDTH x FC_FACE_HEIGHT; truth may be NULL. */
void fc_render(struct fc_studio *st, const struct fc_person *p,
	const struct fc_scene *s, uint8_t pixels[FC_FACE_BYTES],
	struct fc_truth *truth);
/* The above in one: picture what of person who. */
void fc_render_face(struct fc_studio *st, uint64_t seed, uint32_t who,
	uint32_t what, unsigned difficulty, uint8_t pixels[FC_FACE_BYTES],
	struct fc_truth *truth);
/* n frames (1 .. FC_FRAMES_MAX) of a person, or of an attack with that
 * person's picture, asked to turn the head: the first frame looks straight
 * ahead, the last one is turned furthest. Session number what; frames stand one
 * after another in pixels. */
void fc_render_session(struct fc_studio *st, uint64_t seed, uint32_t who,
	uint32_t what, unsigned difficulty, enum fc_species species,
	enum fc_turn asked, uint32_t n, uint8_t *pixels);

#endif
