/* Height field and skin of a head, row by row. Most of a face is a sum of
 * bells (Gaussian bumps): a bell of two variables is the product of two bells
 * of one, so each needs one table over the columns and one number for the row.
 * What is no bell (outline, bridge of the nose, folds, hair) is written out;
 * what has sharp edges stands in lines.c. */
#include "facecheck/face/head.h"

#include "facecheck/face/exact.h"

#define BELLS_MAX 32
#define MOLES 14
#define BELL_FLOOR 1e-4f /* less is not seen */
#define LATTICE 60       /* points of a noise across the head */
#define NOISES 3

/* What the x of a bell is measured from. */
enum axis { AXIS_PLAIN, AXIS_CENTRE, AXIS_MIRROR };

struct bells {
	int n;
	struct {
		float y, sy, gain;
		float col[FC_HEAD_COLS];
	} of[BELLS_MAX];
};

/* Noise of one scale, prepared for the columns. */
struct grain {
	uint32_t seed;
	float scale, gain;
	int cell[FC_HEAD_COLS];
	float part[FC_HEAD_COLS];
};

struct builder {
	const struct fc_shape *sh;
	struct bells relief, skin;
	struct grain grain[NOISES];
	float hairline[FC_HEAD_COLS];
	float centre[FC_HEAD_COLS]; /* x from the middle of the features */
};

float
fc_lattice(uint32_t seed, int x, int y)
{
	uint32_t h =
		seed ^ (uint32_t)x * 0x9e3779b1u ^ (uint32_t)y * 0x85ebca77u;

	h ^= h >> 15;
	h *= 0x2c1b3c6du;
	h ^= h >> 12;
	h *= 0x297a2d39u;
	h ^= h >> 15;
	return (float)(h >> 8) * (1.0f / 8388608) - 1;
}

static float
ease(float t)
{
	return t * t * (3 - 2 * t);
}

float
fc_noise(uint32_t seed, float x, float y)
{
	int xi = fc_floor(x), yi = fc_floor(y);
	float fx = ease(x - (float)xi), fy = ease(y - (float)yi);
	float a = fc_lattice(seed, xi, yi), b = fc_lattice(seed, xi + 1, yi);
	float c = fc_lattice(seed, xi, yi + 1);
	float d = fc_lattice(seed, xi + 1, yi + 1);
	float top = a + (b - a) * fx, low = c + (d - c) * fx;

	return top + (low - top) * fy;
}

static void
add_bell(struct bells *b, const struct fc_shape *sh, enum axis axis, float x,
	float y, float sx, float sy, float gain)
{
	int k = b->n++;

	b->of[k].y = y;
	b->of[k].sy = sy;
	b->of[k].gain = gain;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float at = fc_head_x(i);

		if (axis != AXIS_PLAIN)
			at -= sh->asym;
		if (axis == AXIS_MIRROR)
			at = fc_abs(at);
		b->of[k].col[i] = fc_bell(at - x, sx);
	}
}

static void
relief_bells(struct bells *b, const struct fc_shape *s)
{
	float wing_y = s->eye_y + s->nose_l - 0.015f;
	float low_y = s->mouth_y + s->lip_low * 0.7f + s->open * 0.10f;

	add_bell(b, s, AXIS_MIRROR, s->eye_x, s->eye_y, 0.13f, 0.085f,
		-s->socket);
	add_bell(b, s, AXIS_MIRROR, s->eye_x * 0.9f,
		s->eye_y - s->brow_h * 0.75f, 0.2f, 0.05f, s->ridge);
	add_bell(b, s, AXIS_MIRROR, s->nose_w * 0.78f, wing_y, 0.035f, 0.04f,
		0.07f);
	add_bell(b, s, AXIS_MIRROR, 0.40f, 0.20f + 0.04f * s->smile, 0.16f,
		0.13f, s->cheek * (1 + 0.8f * s->smile));
	add_bell(b, s, AXIS_CENTRE, 0, 0.86f, 0.16f, 0.10f, s->chin);
	add_bell(b, s, AXIS_CENTRE, 0, 0.88f, 0.03f, 0.06f, -s->cleft);
	add_bell(b, s, AXIS_CENTRE, 0, s->mouth_y - s->lip_up * 0.6f,
		s->mouth_w * 0.6f, s->lip_up * 0.8f, 0.045f);
	add_bell(b, s, AXIS_CENTRE, 0, low_y, s->mouth_w * 0.55f,
		s->lip_low * 0.9f, 0.05f);
	add_bell(b, s, AXIS_CENTRE, 0, s->mouth_y, s->mouth_w * 0.9f, 0.018f,
		-0.02f);
}

static void
skin_bells(struct bells *b, const struct fc_shape *s)
{
	struct fc_dice d = fc_dice_for(s->skin, 3, 0);
	float base = s->eye_y + s->nose_l;

	add_bell(b, s, AXIS_MIRROR, s->eye_x, s->eye_y + 0.085f, 0.10f, 0.025f,
		-s->bag);
	add_bell(b, s, AXIS_CENTRE, 0, s->mouth_y - 0.09f, 0.016f, 0.05f,
		-s->philtrum);
	add_bell(b, s, AXIS_MIRROR, s->nose_w * 0.55f,
		base + 0.035f - s->nose_up, 0.030f, 0.017f, -0.30f);
	add_bell(b, s, AXIS_CENTRE, 0, base + 0.06f, s->nose_w, 0.015f, -0.08f);
	for (int i = 0; i < MOLES; i++) {
		float x = (fc_dice_even(&d) * 2 - 1) * 0.62f;
		float y = -0.5f + fc_dice_even(&d) * 1.35f;
		float size = 0.008f + 0.016f * fc_dice_even(&d);
		float dark = fc_dice_even(&d);

		add_bell(b, s, AXIS_PLAIN, x, y, size, size,
			-(i < 9 ? 0.05f + 0.12f * dark : 0.25f * dark));
	}
}

/* Adds all bells of one height. */
static void
ring(float row[FC_HEAD_COLS], const struct bells *b, float y)
{
	for (int k = 0; k < b->n; k++) {
		float g = b->of[k].gain * fc_bell(y - b->of[k].y, b->of[k].sy);

		if (fc_abs(g) < BELL_FLOOR)
			continue;
		for (int i = 0; i < FC_HEAD_COLS; i++)
			row[i] += g * b->of[k].col[i];
	}
}

static void
grain_init(struct grain *g, uint32_t seed, float scale, float gain)
{
	g->seed = seed;
	g->scale = scale;
	g->gain = gain;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = (fc_head_x(i) - FC_HEAD_X0) * scale;

		g->cell[i] = fc_floor(x);
		g->part[i] = ease(x - (float)g->cell[i]);
	}
}

static void
grain_row(float row[FC_HEAD_COLS], const struct grain *g, float y)
{
	float lattice[LATTICE];
	int cell = fc_floor(y * g->scale);
	float part = ease(y * g->scale - (float)cell);
	int n = g->cell[FC_HEAD_COLS - 1] + 2;

	for (int k = 0; k < n; k++) {
		float a = fc_lattice(g->seed, k, cell);
		float b = fc_lattice(g->seed, k, cell + 1);

		lattice[k] = g->gain * (a + (b - a) * part);
	}
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float a = lattice[g->cell[i]], b = lattice[g->cell[i] + 1];

		row[i] += a + (b - a) * g->part[i];
	}
}

/* Half width of the outline at height y: forehead above 0, below it cheek
 * bone, jaw and chin. */
static float
half_width(const struct fc_shape *s, float y)
{
	float low, jaw, round;

	if (y < 0) {
		float up = fc_pow(-y / 1.02f, 2.4f + s->forehead * 8);

		return s->face_w * sqrtf(fc_max(0, 1 - up));
	}
	if (y >= 1)
		return 0;
	low = fc_step(0.7f, 1, y);
	jaw = s->face_w + (s->jaw_w - s->face_w) * fc_step(0.1f, 0.72f, y);
	round = y * y * y * y * y;
	return jaw * sqrtf(1 - round) * (1 - low) +
		low * s->chin_w * 2 * sqrtf(1 - y * y);
}

/* The nose between the eyes and its tip: a ridge that widens downwards. */
static void
nose_row(float z[FC_HEAD_COLS], const struct builder *b, float y)
{
	const struct fc_shape *s = b->sh;
	float along = (y - s->eye_y) / s->nose_l;
	float part = fc_clamp(along, 0, 1);
	float width =
		s->nose_bridge + (s->nose_w * 0.62f - s->nose_bridge) * part;
	float out = s->nose_out * fc_step(-0.1f, 1, part) *
		(1 - fc_step(0.96f, 1.28f, along));

	if (y <= s->eye_y - 0.05f || y >= s->eye_y + s->nose_l + 0.12f)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++)
		z[i] += out * fc_bell(b->centre[i], width);
}

/* The fold from the wing of the nose to the corner of the mouth: a groove, and
 * a shade. */
static void
fold_row(float row[FC_HEAD_COLS], const struct builder *b, float y, float wide,
	float gain)
{
	const struct fc_shape *s = b->sh;
	float base = s->eye_y + s->nose_l;
	float at = s->nose_w + 0.05f + 0.30f * fc_clamp(y - base, 0, 0.35f);
	float g = gain * s->fold * (1 + s->smile) *
		fc_step(base - 0.05f, base + 0.08f, y) *
		(1 - fc_step(s->mouth_y, s->mouth_y + 0.1f, y));

	if (fc_abs(g) < BELL_FLOOR)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++)
		row[i] -= g * fc_bell(fc_abs(b->centre[i]) - at, wide);
}

static void
relief_row(float z[FC_HEAD_COLS], const struct builder *b, float y, float w)
{
	const struct fc_shape *s = b->sh;
	float bumps[FC_HEAD_COLS] = { 0 };
	float arch = 0.55f + 0.45f * sqrtf(fc_max(0, 1 - y * y * 0.92f));

	ring(bumps, &b->relief, y);
	nose_row(bumps, b, y);
	fold_row(bumps, b, y, 0.03f, 0.5f);
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = fc_head_x(i);
		float e = w > 1e-3f ? 1 - (x / w) * (x / w) : -1;

		z[i] = e <= 0 ? FC_HEAD_OUTSIDE
			      : s->depth * fc_pow(e, 0.46f) * arch + bumps[i];
	}
}

static void
beard_row(float a[FC_HEAD_COLS], const struct builder *b, float y)
{
	const struct fc_shape *s = b->sh;
	float full = fc_step(0.30f, 0.55f, y);
	float gap = 0.6f * fc_bell(y - 0.45f, 0.05f);
	float lip = 0.5f * fc_bell(y - (s->mouth_y - 0.09f), 0.035f);

	if (s->beard < BELL_FLOOR || (full < BELL_FLOOR && lip < BELL_FLOOR))
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = b->centre[i];
		float hair = 0.8f +
			0.4f * fc_noise(s->skin + 5, fc_head_x(i) * 40, y * 40);

		a[i] -= s->beard * hair *
			(full * (1 - gap * fc_bell(x, 0.5f)) +
				lip * fc_bell(x, 0.18f));
	}
}

/* Hair covers the skin above the hairline and at the temples, and stands off a
 * little. */
static void
hair_row(float a[FC_HEAD_COLS], float z[FC_HEAD_COLS], const struct builder *b,
	float y)
{
	const struct fc_shape *s = b->sh;
	float edge = s->face_w -
		s->hair_side * (1 - fc_step(-0.3f, 0.35f, y) * 0.9f);
	float sway = 0.02f * fc_noise(s->skin + 12, y * 10, 1.7f);
	float ends = 1 - fc_step(0, 0.30f + s->hair_peak, y);

	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = fc_head_x(i);
		float top = fc_step(
			b->hairline[i] + 0.03f, b->hairline[i] - 0.03f, y);
		float side = ends *
			fc_step(edge - 0.02f, edge + 0.03f, fc_abs(x) + sway);
		float cover = fc_max(top, side), tone;

		if (cover <= 0)
			continue;
		tone = s->hair_tone +
			0.10f * fc_noise(s->skin + 13, x * 34, y * 7);
		a[i] += (tone - a[i]) * cover;
		if (z[i] > FC_HEAD_OUTSIDE)
			z[i] += 0.05f * cover;
	}
}

static void
builder_init(struct builder *b, const struct fc_shape *sh)
{
	b->sh = sh;
	b->relief.n = b->skin.n = 0;
	relief_bells(&b->relief, sh);
	skin_bells(&b->skin, sh);
	grain_init(&b->grain[0], sh->skin, 3, 0.05f);
	grain_init(&b->grain[1], sh->skin + 1, 8, 0.035f);
	grain_init(&b->grain[2], sh->skin + 2, 21, 0.022f);
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = fc_head_x(i);

		b->centre[i] = x - sh->asym;
		b->hairline[i] = sh->hair_y +
			sh->hair_peak * 0.25f * (x * x * 2 - 0.3f) +
			0.03f * fc_noise(sh->skin + 11, x * 9, 3.3f);
	}
}

void
fc_head_build(struct fc_head *h, const struct fc_shape *sh)
{
	struct builder b;

	builder_init(&b, sh);
	for (int j = 0; j < FC_HEAD_ROWS; j++) {
		float y = fc_head_y(j), *a = h->albedo[j];

		h->half_width[j] = half_width(sh, y);
		relief_row(h->z[j], &b, y, h->half_width[j]);
		for (int i = 0; i < FC_HEAD_COLS; i++)
			a[i] = sh->tone;
		for (int k = 0; k < NOISES; k++)
			grain_row(a, &b.grain[k], y);
		ring(a, &b.skin, y);
		fold_row(a, &b, y, 0.018f, 0.5f);
		beard_row(a, &b, y);
		fc_lines_draw(a, sh, y);
		hair_row(a, h->z[j], &b, y);
		for (int i = 0; i < FC_HEAD_COLS; i++)
			a[i] = fc_clamp(a[i], 0.02f, 1);
	}
}
