/* Who is drawn, and how: the numbers behind a picture. */
#include "facecheck/face/exact.h"
#include "facecheck/face/head.h"

#define PERSON_STREAM 0xffffffffu /* no scene has this number */

void
fc_person_draw(struct fc_person *out, uint64_t seed, uint32_t who)
{
	struct fc_dice d = fc_dice_for(seed, who, PERSON_STREAM);

	for (int i = 0; i < FC_PERSON_NUMBERS; i++)
		out->v[i] = fc_dice_normal(&d);
	out->skin = (uint32_t)fc_dice_bits(&d);
	out->glasses = fc_dice_even(&d) < 0.12f;
}

static void
draw_pose(struct fc_scene *s, struct fc_dice *d, float hard)
{
	s->yaw = fc_dice_normal(d) * 0.20f * hard;
	s->pitch = fc_dice_normal(d) * 0.12f * hard;
	s->roll = fc_dice_normal(d) * 0.06f * hard;
	s->scale = 1 + fc_dice_normal(d) * 0.05f * hard;
	s->dx = fc_dice_normal(d) * 3 * hard;
	s->dy = fc_dice_normal(d) * 3 * hard;
}

static void
draw_light(struct fc_scene *s, struct fc_dice *d, float hard)
{
	s->light_side = fc_dice_normal(d) * 0.55f * hard;
	s->light_up = 0.35f + fc_dice_normal(d) * 0.30f * hard;
	s->ambient = fc_clamp(
		0.50f - 0.12f * hard + fc_dice_normal(d) * 0.10f * hard, 0.15f,
		0.8f);
	s->gain =
		fc_clamp(1.05f + fc_dice_normal(d) * 0.12f * hard, 0.5f, 1.6f);
	s->gamma = fc_exp(fc_dice_normal(d) * 0.15f * hard);
	s->blur = 0.45f + fc_abs(fc_dice_normal(d)) * 0.45f * hard;
	s->noise = 1.5f + fc_abs(fc_dice_normal(d)) * 2.5f * hard;
}

static void
draw_expression(struct fc_scene *s, struct fc_dice *d, float hard)
{
	bool wink = fc_dice_even(d) < 0.06f * hard;
	float droop =
		fc_clamp(0.12f * fc_abs(fc_dice_normal(d)) * hard, 0, 0.6f);

	s->open = fc_max(0, fc_dice_normal(d) * 0.45f * hard);
	s->smile = fc_dice_normal(d) * 0.45f * hard;
	s->brow = fc_dice_normal(d) * 0.5f * hard;
	s->lid = wink ? 0.8f : droop;
	s->gaze = fc_dice_normal(d) * 0.6f * hard;
	s->hair = fc_dice_normal(d) * hard;
	s->glasses = fc_dice_even(d) < 0.06f * hard;
}

void
fc_scene_draw(struct fc_scene *out, uint64_t seed, uint32_t who, uint32_t what,
	unsigned difficulty)
{
	struct fc_dice d = fc_dice_for(seed, who, what);
	unsigned capped =
		difficulty > FC_DIFFICULTY_MAX ? FC_DIFFICULTY_MAX : difficulty;
	float hard = (float)capped * 0.01f;

	draw_pose(out, &d, hard);
	draw_light(out, &d, hard);
	draw_expression(out, &d, hard);
	out->seed = (uint32_t)fc_dice_bits(&d);
}

/* Number k of a person as a measure of the face with a mean and a spread. Far
 * tails are cut: nobody has an eye on the cheek. */
static float
measure(const struct fc_person *p, int k, float mean, float spread)
{
	return mean + spread * fc_clamp(p->v[k], -2.4f, 2.4f);
}

static void
shape_eyes(
	struct fc_shape *o, const struct fc_person *p, const struct fc_scene *s)
{
	o->eye_x = measure(p, 0, 0.335f, 0.028f);
	o->eye_y = measure(p, 1, -0.06f, 0.035f);
	o->eye_w = measure(p, 2, 0.135f, 0.017f);
	o->eye_h = measure(p, 3, 0.058f, 0.013f) * (1 - s->lid);
	o->eye_slant = measure(p, 4, 0, 0.10f);
	o->iris = measure(p, 5, 0.056f, 0.005f);
	o->iris_tone = measure(p, 6, 0.28f, 0.12f);
	o->brow_h = measure(p, 7, 0.17f, 0.03f) + 0.05f * s->brow;
	o->brow_w = measure(p, 8, 0.19f, 0.025f);
	o->brow_thick = measure(p, 9, 0.030f, 0.010f);
	o->brow_slant = measure(p, 10, 0.05f, 0.12f);
	o->brow_arch = measure(p, 11, 0.035f, 0.025f);
	o->brow_dark = measure(p, 12, 0.55f, 0.18f);
	o->gaze = s->gaze;
	o->glasses = s->glasses || p->glasses;
}

static void
shape_nose_mouth(
	struct fc_shape *o, const struct fc_person *p, const struct fc_scene *s)
{
	o->nose_l = measure(p, 13, 0.30f, 0.045f);
	o->nose_w = measure(p, 14, 0.125f, 0.022f);
	o->nose_bridge = measure(p, 15, 0.055f, 0.012f);
	o->nose_out = measure(p, 16, 0.23f, 0.05f);
	o->nose_up = measure(p, 17, 0, 0.025f);
	o->mouth_y = measure(p, 18, 0.52f, 0.035f);
	o->mouth_w = measure(p, 19, 0.225f, 0.03f) * (1 + 0.22f * s->smile);
	o->lip_up = measure(p, 20, 0.040f, 0.012f);
	o->lip_low = measure(p, 21, 0.055f, 0.014f);
	o->mouth_curve = measure(p, 22, 0, 0.02f) - 0.06f * s->smile;
	o->lip_dark = measure(p, 23, 0.20f, 0.07f);
	o->philtrum = measure(p, 42, 0.03f, 0.02f);
	o->open = s->open;
	o->smile = s->smile;
}

static void
shape_rest(
	struct fc_shape *o, const struct fc_person *p, const struct fc_scene *s)
{
	o->face_w = measure(p, 24, 0.74f, 0.035f);
	o->jaw_w = measure(p, 25, 0.60f, 0.06f);
	o->chin_w = measure(p, 26, 0.33f, 0.06f);
	o->cheek = measure(p, 27, 0.07f, 0.04f);
	o->hair_y = measure(p, 28, -0.62f, 0.09f) + 0.03f * s->hair;
	o->hair_side = measure(p, 29, 0.10f, 0.05f);
	o->hair_tone = measure(p, 30, 0.25f, 0.16f);
	o->hair_peak = measure(p, 31, 0, 0.12f);
	o->tone = measure(p, 32, 0.62f, 0.10f);
	o->depth = measure(p, 33, 0.80f, 0.06f);
	o->ridge = measure(p, 34, 0.05f, 0.03f);
	o->socket = measure(p, 35, 0.07f, 0.025f);
	o->chin = measure(p, 36, 0.08f, 0.035f);
	o->bag = measure(p, 37, 0.05f, 0.04f);
	o->fold = measure(p, 38, 0.06f, 0.04f);
	o->beard = fc_max(0, measure(p, 39, -0.06f, 0.10f));
	o->forehead = measure(p, 40, 0, 0.05f);
	o->asym = measure(p, 41, 0, 0.015f);
	o->cleft = measure(p, 43, 0, 0.03f);
	o->skin = p->skin;
}

void
fc_shape_of(struct fc_shape *out, const struct fc_person *p,
	const struct fc_scene *s)
{
	shape_eyes(out, p, s);
	shape_nose_mouth(out, p, s);
	shape_rest(out, p, s);
}
