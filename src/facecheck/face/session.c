/* A person, or an attack with the picture of one, before the camera for a few
 * frames while asked to turn the head. A head has depth: turned, the nose moves
 * more than the eyes. A print has none, whatever it is bent to. A film shows
 * the depth of the head that was filmed, but the turn of that day. */
#include "facecheck/face/exact.h"
#include "facecheck/face/studio.h"

#define SESSION_STREAM 0x5e55u
#define EYE_LEVEL 70.0f /* pixels from above; prints turn about it */
#define DISTANCE 450.0f /* of the camera from a print, in pixels */

const char *
fc_species_name(enum fc_species s)
{
	static const char *const names[FC_SPECIES_COUNT] = { "live",
		"flat_print", "bent_print", "replay" };

	return names[s];
}

/* How a sheet is held: turned about the vertical, leaning, bent. */
struct sheet {
	float yaw, pitch, roll, bend, dx, dy, scale;
};

/* A point of the sheet, s to the right of the middle and t below it, as the
 * camera sees it. The sheet is a cylinder of curvature bend (1 / pixels). */
static void
sheet_point(const struct sheet *k, float s, float t, float out[2])
{
	float a = s * k->bend;
	float x = fc_abs(k->bend) < 1e-6f ? s : fc_sin(a) / k->bend;
	float z = fc_abs(k->bend) < 1e-6f ? 0 : (fc_cos(a) - 1) / k->bend;
	float cy = fc_cos(k->yaw), sy = fc_sin(k->yaw);
	float cp = fc_cos(k->pitch), sp = fc_sin(k->pitch);
	float x1 = x * cy + z * sy, z1 = z * cy - x * sy;
	float y1 = t * cp - z1 * sp, z2 = t * sp + z1 * cp;
	float near = k->scale * DISTANCE / (DISTANCE - z2);
	float cr = fc_cos(k->roll), sr = fc_sin(k->roll);

	out[0] = (x1 * cr - y1 * sr) * near + k->dx;
	out[1] = (x1 * sr + y1 * cr) * near + k->dy;
}

static float
sample(const uint8_t *p, float x, float y)
{
	float cx = fc_clamp(x, 0, FC_FACE_WIDTH - 1.001f);
	float cy = fc_clamp(y, 0, FC_FACE_HEIGHT - 1.001f);
	int i = (int)cx, j = (int)cy;
	const uint8_t *q = p + j * FC_FACE_WIDTH + i;
	float fx = cx - (float)i, fy = cy - (float)j;
	float top = (float)q[0] + (float)(q[1] - q[0]) * fx;
	float low = (float)q[FC_FACE_WIDTH] +
		(float)(q[FC_FACE_WIDTH + 1] - q[FC_FACE_WIDTH]) * fx;

	return (top + (low - top) * fy - 8) * (1.0f / 235);
}

/* Where on the sheet the camera looks at a pixel: Newton with differences;
 * the surface is smooth, and four steps are more than enough. */
static void
sheet_under(const struct sheet *k, float x, float y, float *s, float *t)
{
	for (int step = 0; step < 4; step++) {
		float at[2], ds[2], dt[2], det, ex, ey;

		sheet_point(k, *s, *t, at);
		sheet_point(k, *s + 0.5f, *t, ds);
		sheet_point(k, *s, *t + 0.5f, dt);
		ex = x - at[0];
		ey = y - at[1];
		ds[0] = (ds[0] - at[0]) * 2;
		ds[1] = (ds[1] - at[1]) * 2;
		dt[0] = (dt[0] - at[0]) * 2;
		dt[1] = (dt[1] - at[1]) * 2;
		det = ds[0] * dt[1] - ds[1] * dt[0];
		if (fc_abs(det) < 0.02f)
			return;
		*s += fc_clamp((ex * dt[1] - ey * dt[0]) / det, -20, 20);
		*t += fc_clamp((ey * ds[0] - ex * ds[1]) / det, -20, 20);
		if (fc_abs(ex) + fc_abs(ey) < 0.005f)
			return;
	}
}

/* One row from the middle of the picture to one side: what is found for a
 * pixel is a good guess for the next one. */
static void
shoot_half(struct fc_studio *st, const struct sheet *k, int y, int step)
{
	float s = 0, t = (float)y - EYE_LEVEL;
	int mid = FC_FACE_WIDTH / 2;

	for (int x = mid; x >= 0 && x < FC_FACE_WIDTH; x += step) {
		sheet_under(k, (float)(x - mid), (float)y - EYE_LEVEL, &s, &t);
		st->image[y][x] =
			sample(st->print, s + (float)mid, t + EYE_LEVEL);
		s += (float)step;
	}
}

/* Photographs st->print as it lies on the sheet. */
static void
shoot_sheet(struct fc_studio *st, const struct sheet *k,
	const struct fc_scene *scene, uint8_t *pixels)
{
	for (int y = 0; y < FC_FACE_HEIGHT; y++) {
		shoot_half(st, k, y, 1);
		shoot_half(st, k, y, -1);
	}
	fc_studio_expose(st, scene, pixels);
}

/* The camera that takes a picture of a picture. */
static struct fc_scene
second_camera(const struct fc_scene *s, struct fc_dice *d)
{
	struct fc_scene c = *s;

	c.gain = 1;
	c.gamma = fc_exp(0.08f * fc_dice_normal(d));
	c.blur = 0.35f + 0.25f * fc_dice_even(d);
	c.seed = (uint32_t)fc_dice_bits(d);
	return c;
}

/* What a session is made of. */
struct session {
	struct fc_person person;
	struct fc_scene scene; /* looking straight ahead */
	struct sheet sheet;    /* as held for the first frame */
	float turn;            /* of the last frame, radians, with its sign */
	float wobble;
	struct fc_dice dice;
};

static float
direction(enum fc_turn t)
{
	return t == FC_TURN_LEFT ? 1 : t == FC_TURN_RIGHT ? -1 : 0;
}

static void
prepare(struct session *o, enum fc_species species, enum fc_turn asked,
	unsigned difficulty)
{
	struct fc_dice *d = &o->dice;
	float hard = (float)(difficulty > FC_DIFFICULTY_MAX ? FC_DIFFICULTY_MAX
							    : difficulty) *
		0.01f;
	float amount = 0.22f + 0.16f * fc_dice_even(d);
	bool same = fc_dice_even(d) < 0.5f;
	float side = fc_dice_even(d) < 0.5f ? -1 : 1;

	o->scene.yaw *= 0.3f;
	o->scene.lid = fc_clamp(o->scene.lid, 0, 0.3f);
	o->wobble = 0.02f * hard;
	o->turn = direction(asked) * amount;
	o->sheet = (struct sheet){ 0 };
	o->sheet.scale = 1 + 0.05f * fc_dice_normal(d) * hard;
	o->sheet.roll = 0.03f * fc_dice_normal(d) * hard;
	o->sheet.dx = 2 * fc_dice_normal(d) * hard;
	o->sheet.dy = 2 * fc_dice_normal(d) * hard;
	switch (species) {
	case FC_SPECIES_LIVE:
		break;
	case FC_SPECIES_FLAT:
		o->turn *= 1 + 1.2f * fc_dice_even(d);
		break;
	case FC_SPECIES_BENT:
		o->turn *= 1 + 0.6f * fc_dice_even(d);
		o->sheet.bend = side / (90 + 160 * fc_dice_even(d));
		break;
	case FC_SPECIES_REPLAY:
		o->turn *= same ? 1 : -1;
		break;
	}
}

/* One frame of a living head, turned by part of the way. */
static void
shoot_head(struct fc_studio *st, struct session *o, float part, uint8_t *pixels)
{
	struct fc_scene s = o->scene;
	struct fc_dice *d = &o->dice;

	s.yaw += o->turn * part;
	if (part > 0) {
		s.pitch += o->wobble * fc_dice_normal(d);
		s.roll += o->wobble * fc_dice_normal(d);
		s.dx += 50 * o->wobble * fc_dice_normal(d);
		s.dy += 50 * o->wobble * fc_dice_normal(d);
		s.smile += 2 * o->wobble * fc_dice_normal(d);
	}
	fc_render(st, &o->person, &s, pixels, NULL);
}

static void
shoot(struct fc_studio *st, struct session *o, enum fc_species species,
	float part, uint8_t *pixels)
{
	struct sheet k = o->sheet;
	struct fc_scene camera;

	if (species == FC_SPECIES_LIVE) {
		shoot_head(st, o, part, pixels);
		return;
	}
	if (species == FC_SPECIES_REPLAY)
		shoot_head(st, o, part, st->print);
	else
		k.yaw = o->turn * part;
	k.pitch = o->wobble * fc_dice_normal(&o->dice);
	k.roll += o->wobble * fc_dice_normal(&o->dice);
	camera = second_camera(&o->scene, &o->dice);
	shoot_sheet(st, &k, &camera, pixels);
}

void
fc_render_session(struct fc_studio *st, uint64_t seed, uint32_t who,
	uint32_t what, unsigned difficulty, enum fc_species species,
	enum fc_turn asked, uint32_t n, uint8_t *pixels)
{
	struct session o;
	uint32_t background;

	o.dice = fc_dice_for(seed ^ SESSION_STREAM,
		(uint64_t)who << 3 | species, (uint64_t)what << 2 | asked);
	fc_person_draw(&o.person, seed, who);
	fc_scene_draw(&o.scene, seed, who, what, difficulty);
	prepare(&o, species, asked, difficulty);
	background = o.scene.seed;
	if (species == FC_SPECIES_FLAT || species == FC_SPECIES_BENT)
		shoot_head(st, &o, 0, st->print);
	for (uint32_t i = 0; i < n; i++) {
		float part = n > 1 ? (float)i / (float)(n - 1) : 0;

		o.scene.seed = background;
		shoot(st, &o, species, part,
			pixels + (size_t)i * FC_FACE_BYTES);
	}
}
