/* Eyes, quality, template. */
#include "facecheck/face/find.h"

#include "facecheck/face/exact.h"

#define EYES_SIDE 32 /* of the patch by which eyes are found: half the size */
#define CONTRAST_MIN 14.0f /* mean deviation, grey levels */
#define BURNT_MAX 0.35f    /* part of the patch that is white */
#define DARK_MEAN 28.0f    /* grey level */
#define DETAIL_MIN                                                             \
	0.14f              /* second differences by contrast: sharp ones have  \
			    * 0.2 and more, at 4 pixels of blur 0.04 to 0.14 */
#define TEMPLATE_RMS 32.0f /* of the bytes of a template */

const char *
fc_quality_name(enum fc_quality q)
{
	static const char *const names[FC_QUALITIES] = { "good", "no_face",
		"too_small", "too_dark", "too_bright", "blurred", "cut" };

	return names[q];
}

void
fc_eyes_look(const float eyes[4], const struct fc_pyramid *p,
	struct fc_find_scratch *s)
{
	struct fc_place at = fc_place_by_eyes(eyes, FC_PATCH_EYES_X * 0.5f + 1,
		FC_PATCH_EYES_Y * 0.5f + 1, FC_PATCH_EYES_APART * 0.5f);

	fc_patch_cut(s->patch, EYES_SIDE + 2, EYES_SIDE + 2, p, &at);
	fc_hog(s->hog, s->patch, EYES_SIDE);
}

void
fc_eyes_refine(float eyes[4], const struct fc_face_model *m,
	const struct fc_pyramid *p, struct fc_find_scratch *s)
{
	for (int stage = 0; stage < FC_EYE_STAGES; stage++) {
		float dx = eyes[2] - eyes[0], dy = eyes[3] - eyes[1];
		float off[4];

		fc_eyes_look(eyes, p, s);
		for (int k = 0; k < 4; k++) {
			const float *w = m->eyes[stage][k];
			float sum[4] = { 0 };

			for (int i = 0; i < FC_HOG_DIMS; i += 4)
				for (int l = 0; l < 4; l++)
					sum[l] +=
						w[i + l] * (float)s->hog[i + l];
			off[k] = m->eyes_off[stage][k] +
				((sum[0] + sum[1]) + (sum[2] + sum[3]));
			off[k] = fc_clamp(off[k], -0.5f, 0.5f);
		}
		/* In the frame of the eyes: along, and across. */
		for (int e = 0; e < 4; e += 2) {
			eyes[e] += off[e] * dx - off[e + 1] * dy;
			eyes[e + 1] += off[e] * dy + off[e + 1] * dx;
		}
	}
}

void
fc_face_cut(const float eyes[4], const struct fc_pyramid *p,
	struct fc_find_scratch *s)
{
	struct fc_place at = fc_place_by_eyes(eyes, FC_PATCH_EYES_X + 1,
		FC_PATCH_EYES_Y + 1, FC_PATCH_EYES_APART);

	fc_patch_cut(s->patch, FC_PATCH_SIDE + 2, FC_PATCH_SIDE + 2, p, &at);
}

/* Brightness, contrast, part that is burnt out, and detail of a patch. */
struct look {
	float mean, contrast, burnt, detail;
};

static struct look
look_at(const uint8_t *patch)
{
	const int width = FC_PATCH_SIDE + 2;
	int32_t sum = 0, away = 0, second = 0, white = 0, mean;
	const float n = FC_PATCH_SIDE * FC_PATCH_SIDE;

	for (int y = 1; y <= FC_PATCH_SIDE; y++)
		for (int x = 1; x <= FC_PATCH_SIDE; x++)
			sum += patch[y * width + x];
	mean = sum / (FC_PATCH_SIDE * FC_PATCH_SIDE);
	for (int y = 1; y <= FC_PATCH_SIDE; y++)
		for (int x = 1; x <= FC_PATCH_SIDE; x++) {
			const uint8_t *q = patch + y * width + x;
			int d = *q - mean;
			int l = q[-width] + q[width] + q[-1] + q[1] - 4 * *q;

			away += d < 0 ? -d : d;
			second += l < 0 ? -l : l;
			white += *q >= 250;
		}
	return (struct look){ (float)sum / n, (float)away / n, (float)white / n,
		(float)second / n };
}

static bool
inside(const float eyes[4], const struct fc_picture *picture)
{
	struct fc_place at = fc_place_by_eyes(
		eyes, FC_PATCH_EYES_X, FC_PATCH_EYES_Y, FC_PATCH_EYES_APART);
	const float side = FC_PATCH_SIDE;
	float slack = 0.12f * side * (fc_abs(at.dx) + fc_abs(at.dy));

	for (int i = 0; i < 4; i++) {
		float u = i & 1 ? side : 0, v = i & 2 ? side : 0;
		float x = at.x + u * at.dx - v * at.dy;
		float y = at.y + u * at.dy + v * at.dx;

		if (x < -slack || y < -slack ||
			x > (float)picture->width + slack ||
			y > (float)picture->height + slack)
			return false;
	}
	return true;
}

enum fc_quality
fc_quality_of(const struct fc_spot *f, const struct fc_picture *picture,
	const struct fc_find_scratch *s)
{
	float dx = f->eyes[2] - f->eyes[0], dy = f->eyes[3] - f->eyes[1];
	struct look l = look_at(s->patch);

	if (dx * dx + dy * dy < FC_EYES_MIN * FC_EYES_MIN)
		return FC_QUALITY_SMALL;
	if (!inside(f->eyes, picture))
		return FC_QUALITY_CUT;
	if (l.burnt > BURNT_MAX)
		return FC_QUALITY_BRIGHT;
	if (l.mean < DARK_MEAN || l.contrast < CONTRAST_MIN)
		return FC_QUALITY_DARK;
	if (l.detail < DETAIL_MIN * l.contrast)
		return FC_QUALITY_BLURRED;
	return FC_QUALITY_GOOD;
}

void
fc_project(int8_t out[FC_TEMPLATE_DIMS], const struct fc_face_model *m,
	const int8_t hog[FC_HOG_DIMS])
{
	const struct fc_kernel *k = fc_kernel_best();
	float y[FC_TEMPLATE_DIMS], sum = 1e-6f, scale;

	for (int i = 0; i < FC_TEMPLATE_DIMS; i++) {
		y[i] = (float)k->dot(hog, m->project[i], FC_HOG_DIMS) *
				m->project_scale[i] -
			m->project_off[i];
		sum += y[i] * y[i];
	}
	scale = TEMPLATE_RMS / sqrtf(sum / FC_TEMPLATE_DIMS);
	for (int i = 0; i < FC_TEMPLATE_DIMS; i++) {
		float v = fc_clamp(y[i] * scale, -127, 127);

		out[i] = (int8_t)(v + (v < 0 ? -0.5f : 0.5f));
	}
}
