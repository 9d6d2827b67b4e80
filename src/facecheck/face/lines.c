/* What has sharp edges in a face: lips and teeth, eyes, brows, glasses. Each
 * function touches one row of the skin, and only where it has something. */
#include "facecheck/face/exact.h"
#include "facecheck/face/head.h"

/* Nearness to an edge: 1 on it, falling off to both sides. */
static float
edge(float d, float soft)
{
	float q = d / soft;

	return q * q > 12 ? 0 : fc_exp2(-1.44269504f * q * q);
}

static float
fourth(float x)
{
	return x * x * x * x;
}

static void
lips(float a[FC_HEAD_COLS], const struct fc_shape *s, float y)
{
	if (fc_abs(y - s->mouth_y) > 0.4f)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float t = (fc_head_x(i) - s->asym) / s->mouth_w;
		float arch = 1 - t * t, mid, up, gap, low;

		if (arch <= 0)
			continue;
		mid = s->mouth_y + s->mouth_curve * t * t;
		up = mid - s->lip_up * arch * (1 + 0.175f * fc_cos(t * 6)) -
			s->open * 0.02f;
		gap = s->open * 0.16f * arch;
		low = mid + gap + s->lip_low * arch;
		if (y > mid - 0.004f && y < mid + gap)
			a[i] = gap > 0.02f && y < mid + 0.35f * gap ? 0.80f
								    : 0.12f;
		else if (y > up && y < low)
			a[i] -= s->lip_dark;
		if (gap < 0.01f)
			a[i] -= 0.30f * edge(y - mid, 0.010f);
	}
}

/* One point of an eye: u outwards and v down from its middle. */
static float
eye_point(const struct fc_shape *s, float skin, float u, float v, float side)
{
	float t = u / s->eye_w, arch = 1 - t * t;
	float slant = v + s->eye_slant * u * 0.6f;
	float top = -s->eye_h * arch * 1.1f, low = s->eye_h * 0.75f * arch;
	float a = skin;

	if (slant > top && slant < low) {
		float du = u - side * s->gaze * 0.04f;
		float from = du * du + slant * slant;
		float hx = du - 0.015f * side, hy = slant + 0.018f;

		a = 0.82f;
		if (from < s->iris * s->iris)
			a = s->iris_tone;
		if (from < s->iris * s->iris * 0.2f)
			a = 0.04f;
		if (hx * hx + hy * hy < 0.00012f)
			a = 0.98f;
	}
	a -= 0.42f * edge(slant - top, 0.012f);
	a -= 0.14f * edge(slant - low, 0.010f);
	return a - 0.12f * edge(slant - top + 0.045f, 0.012f);
}

static float
brow_point(const struct fc_shape *s, float skin, float u, float y)
{
	float t = (u - 0.01f) / s->brow_w, arch = 1 - t * t;
	float middle = 0.05f - s->brow_h - s->brow_slant * u * 0.5f -
		s->brow_arch * arch * 1.6f;
	float t2 = t * t;
	float thick = s->brow_thick * (1 - 0.55f * fc_step(-0.2f, 1, t)) *
		(1 - t2 * t2 * t2);
	float q = (y - s->eye_y - middle) / fc_max(thick, 0.004f), cover, dark;

	if (q * q > 4)
		return skin;
	cover = fc_exp(-fourth(q)) *
		(0.85f + 0.15f * fc_noise(s->skin + 9, u * 60, y * 18));
	dark = (1 - s->brow_dark) * 0.55f;
	return skin + ((skin < dark ? skin : dark) - skin) * cover;
}

static void
eyes(float a[FC_HEAD_COLS], const struct fc_shape *s, float y)
{
	float v = y - s->eye_y;

	if (v < -0.5f || v > 0.2f)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = fc_head_x(i) - s->asym;
		float side = x < 0 ? -1 : 1;
		float u = x * side - s->eye_x;

		if (fc_abs(u) < s->eye_w && v > -0.2f)
			a[i] = eye_point(s, a[i], u, v, side);
		if (fc_abs(u - 0.01f) < s->brow_w)
			a[i] = brow_point(s, a[i], u, y);
	}
}

static void
glasses(float a[FC_HEAD_COLS], const struct fc_shape *s, float y)
{
	float w = s->eye_w * 1.45f, v = fc_abs(y - s->eye_y - 0.015f) / 0.13f;
	float vq = fc_pow(v, 3.2f), bar = fc_abs(y - s->eye_y + 0.02f);

	if (v > 1.2f)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		float x = fc_abs(fc_head_x(i) - s->asym);
		float u = fc_abs(x - s->eye_x) / w, q;

		if (u < 1.1f) {
			q = fc_pow(u, 3.2f) + vq;
			if (q > 0.80f && q < 1.25f)
				a[i] = 0.10f;
		}
		if (bar < 0.0145f && (x < s->eye_x - w || x > s->eye_x + w))
			a[i] = 0.11f;
	}
}

void
fc_lines_draw(float albedo[FC_HEAD_COLS], const struct fc_shape *sh, float y)
{
	lips(albedo, sh, y);
	eyes(albedo, sh, y);
	if (sh->glasses)
		glasses(albedo, sh, y);
}
