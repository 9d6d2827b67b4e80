/* The detector. Each point of a scaled picture gets a code: which of its eight
 * neighbours are brighter than the mean of all nine. For each point of the
 * window and each code a table says how much more often faces have it there
 * than other places do (a logarithm); the sum over the window is the evidence.
 * Most windows are given up after the few points that say most. */
#include "facecheck/face/exact.h"
#include "facecheck/face/find.h"

const int fc_window_gate_at[FC_WINDOW_GATES] = { 16, 64 };

#define STRIDE 2 /* of the first search, in points */

void
fc_window_codes(
	uint8_t *codes, const uint8_t *pixels, uint32_t width, uint32_t height)
{
	uint16_t v[FC_FIND_SIDE * FC_FIND_ASPECT];

	memset(codes, 0, (size_t)width * height);
	for (uint32_t y = 1; y + 1 < height; y++) {
		const uint8_t *b = pixels + (size_t)y * width;
		const uint8_t *a = b - width, *c = b + width;
		uint8_t *out = codes + (size_t)y * width;

		for (uint32_t x = 0; x < width; x++)
			v[x] = (uint16_t)(a[x] + b[x] + c[x]);
		for (uint32_t x = 1; x + 1 < width; x++) {
			uint16_t sum = (uint16_t)(v[x - 1] + v[x] + v[x + 1]);
			unsigned code;

			code = b[x - 1] * 9 > sum;
			code = code << 1 | (c[x - 1] * 9 > sum);
			code = code << 1 | (c[x] * 9 > sum);
			code = code << 1 | (c[x + 1] * 9 > sum);
			code = code << 1 | (b[x + 1] * 9 > sum);
			code = code << 1 | (a[x + 1] * 9 > sum);
			code = code << 1 | (a[x] * 9 > sum);
			code = code << 1 | (a[x - 1] * 9 > sum);
			out[x] = (uint8_t)code;
		}
	}
}

bool
fc_window_scale(uint32_t *width, uint32_t *height, float *unit,
	const struct fc_pyramid *p, unsigned step, struct fc_find_scratch *s)
{
	const struct fc_picture *f = p->level;
	uint32_t side = f->width < f->height ? f->width : f->height;
	float goal = FC_FIND_SIDE, scale;
	uint32_t w, h, limit = FC_FIND_SIDE * FC_FIND_ASPECT;
	struct fc_place at = { 0 };

	for (unsigned i = 0; i < step; i++)
		goal /= FC_FIND_RATIO;
	scale = (float)side / goal;
	w = (uint32_t)((float)f->width / scale + 0.5f);
	h = (uint32_t)((float)f->height / scale + 0.5f);
	w = w > limit ? limit : w;
	h = h > limit ? limit : h;
	if (w < FC_WINDOW + 2 || h < FC_WINDOW + 2)
		return false;
	at.dx = scale;
	at.x = at.y = 0.5f * scale - 0.5f;
	fc_patch_cut(s->scaled, w, h, p, &at);
	*width = w;
	*height = h;
	*unit = scale;
	return true;
}

struct search {
	const struct fc_face_model *m;
	uint32_t width, height;
	float unit;
	uint16_t at[FC_WINDOW_POINTS]; /* of the points, in their order */
	const uint8_t *codes;
};

static int32_t
evidence(const struct search *s, uint32_t x, uint32_t y)
{
	const uint8_t *c = s->codes + (size_t)y * s->width + x;
	int32_t sum = 0;
	int i = 0;

	for (int gate = 0; gate < FC_WINDOW_GATES; gate++) {
		for (; i < fc_window_gate_at[gate]; i++)
			sum += s->m->window[i][c[s->at[i]]];
		if (sum < s->m->window_gate[gate])
			return INT32_MIN;
	}
	for (; i < FC_WINDOW_POINTS; i++)
		sum += s->m->window[i][c[s->at[i]]];
	return sum;
}

static void
take(struct fc_spot *out, const struct search *s, uint32_t x, uint32_t y,
	int32_t score)
{
	float mid = (float)x + FC_WINDOW * 0.5f - 0.5f;
	float row = (float)y + FC_WINDOW_EYES_Y;
	float half = FC_WINDOW_EYES_APART * 0.5f;

	out->score = score;
	out->eyes[0] = (mid - half + 0.5f) * s->unit - 0.5f;
	out->eyes[2] = (mid + half + 0.5f) * s->unit - 0.5f;
	out->eyes[1] = out->eyes[3] = (row + 0.5f) * s->unit - 0.5f;
}

/* The points around the best of a coarse search. */
static void
look_closer(struct fc_spot *out, const struct search *s, uint32_t x, uint32_t y)
{
	for (uint32_t v = y > 1 ? y - 1 : 0;
		v <= y + 1 && v + FC_WINDOW <= s->height; v++)
		for (uint32_t u = x > 1 ? x - 1 : 0;
			u <= x + 1 && u + FC_WINDOW <= s->width; u++) {
			int32_t e = evidence(s, u, v);

			if (e > out->score)
				take(out, s, u, v, e);
		}
}

static void
search_scale(struct fc_spot *out, const struct search *s)
{
	int32_t best = INT32_MIN;
	uint32_t bx = 0, by = 0;

	for (uint32_t y = 0; y + FC_WINDOW <= s->height; y += STRIDE)
		for (uint32_t x = 0; x + FC_WINDOW <= s->width; x += STRIDE) {
			int32_t e = evidence(s, x, y);

			if (e > best) {
				best = e;
				bx = x;
				by = y;
			}
		}
	if (best > INT32_MIN)
		look_closer(out, s, bx, by);
}

bool
fc_window_find(struct fc_spot *out, const struct fc_face_model *m,
	const struct fc_pyramid *p, struct fc_find_scratch *scratch)
{
	struct fc_spot best = { { 0 }, INT32_MIN };

	for (unsigned i = 0; i < FC_FIND_STEPS; i++) {
		struct search s;

		s.m = m;
		s.codes = scratch->codes;
		if (!fc_window_scale(
			    &s.width, &s.height, &s.unit, p, i, scratch))
			break;
		fc_window_codes(
			scratch->codes, scratch->scaled, s.width, s.height);
		for (int k = 0; k < FC_WINDOW_POINTS; k++)
			s.at[k] = (uint16_t)(m->order[k] / FC_WINDOW * s.width +
				m->order[k] % FC_WINDOW);
		search_scale(&best, &s);
	}
	if (best.score < m->window_floor)
		return false;
	*out = best;
	return true;
}
