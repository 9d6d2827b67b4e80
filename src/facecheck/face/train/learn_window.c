/* The detector: patterns are counted at faces and elsewhere, and what the
 * logarithm of the ratio says is the table. A second round counts again where
 * the first one took something else for a face. */
#include "facecheck/face/train/train.h"

#define JITTERS 4    /* windows of one face */
#define ELSEWHERE 24 /* windows of one picture that are none */
#define WEIGHT_MAX 44
#define SIDE (FC_WINDOW + 2)
#define GATE_LOSES 300  /* one face in so many, at each gate */
#define FLOOR_LOSES 100 /* ... at the end */
#define HARD_TIMES 6    /* how much a mistake of the first round counts */

typedef uint32_t code_counts[FC_WINDOW_POINTS][FC_CODES];

struct counts {
	code_counts face, other;
	uint32_t faces, others;
};

static void
add_codes(code_counts counts, const uint8_t *codes, uint32_t stride,
	uint32_t times)
{
	for (int y = 0; y < FC_WINDOW; y++)
		for (int x = 0; x < FC_WINDOW; x++)
			counts[y * FC_WINDOW + x]
			      [codes[(uint32_t)y * stride + (uint32_t)x]] +=
				times;
}

/* The window around a face, a little off. */
static void
count_face(struct counts *c, const struct fc_lesson *l, size_t i,
	const struct fc_pyramid *p, struct fc_dice *d)
{
	struct fc_find_scratch *s = l->scratch;
	float eyes[4], dx, dy, step;
	struct fc_place at = { 0 };

	fc_album_eyes(eyes, &l->train, i);
	dx = eyes[2] - eyes[0];
	dy = eyes[3] - eyes[1];
	step = sqrtf(dx * dx + dy * dy) / FC_WINDOW_EYES_APART *
		(0.91f + 0.18f * fc_dice_even(d));
	at.dx = step;
	at.x = 0.5f * (eyes[0] + eyes[2]) -
		step * (SIDE * 0.5f - 0.5f + fc_dice_even(d) - 0.5f);
	at.y = 0.5f * (eyes[1] + eyes[3]) -
		step * (FC_WINDOW_EYES_Y + 1 + fc_dice_even(d) - 0.5f);
	fc_patch_cut(s->scaled, SIDE, SIDE, p, &at);
	fc_window_codes(s->codes, s->scaled, SIDE, SIDE);
	add_codes(c->face, s->codes + SIDE + 1, SIDE, 1);
	c->faces++;
}

/* Is what a window says near the face? */
static bool
near(const float eyes[4], float x, float y, float apart)
{
	float own = fc_abs(eyes[2] - eyes[0]);
	float dx = fc_abs(x - 0.5f * (eyes[0] + eyes[2]));
	float dy = fc_abs(y - 0.5f * (eyes[1] + eyes[3]));

	return dx < 0.35f * own && dy < 0.35f * own && apart < 1.4f * own &&
		own < 1.4f * apart;
}

static void
count_elsewhere(struct counts *c, const struct fc_lesson *l, size_t i,
	const struct fc_pyramid *p, struct fc_dice *d)
{
	struct fc_find_scratch *s = l->scratch;
	float eyes[4], unit;
	uint32_t w, h;

	fc_album_eyes(eyes, &l->train, i);
	for (unsigned k = 0; k < FC_FIND_STEPS; k++) {
		if (!fc_window_scale(&w, &h, &unit, p, k, s))
			return;
		fc_window_codes(s->codes, s->scaled, w, h);
		for (int t = 0; t < ELSEWHERE / 6; t++) {
			uint32_t x = (uint32_t)(fc_dice_even(d) *
				(float)(w - FC_WINDOW + 1));
			uint32_t y = (uint32_t)(fc_dice_even(d) *
				(float)(h - FC_WINDOW + 1));

			if (near(eyes, unit * ((float)x + FC_WINDOW * 0.5f),
				    unit * ((float)y + FC_WINDOW_EYES_Y),
				    unit * FC_WINDOW_EYES_APART))
				continue;
			add_codes(c->other, s->codes + y * w + x, w, 1);
			c->others++;
		}
	}
}

static void
weigh(struct fc_face_model *m, const struct counts *c)
{
	float worth[FC_WINDOW_POINTS];
	float faces = (float)c->faces, others = (float)c->others;

	for (int i = 0; i < FC_WINDOW_POINTS; i++) {
		worth[i] = 0;
		m->order[i] = (uint16_t)i;
		for (int k = 0; k < FC_CODES; k++) {
			float f =
				((float)c->face[i][k] + 1) / (faces + FC_CODES);
			float o = ((float)c->other[i][k] + 1) /
				(others + FC_CODES);
			float bits = fc_log2(f / o);
			float w = fc_clamp(8 * bits, -WEIGHT_MAX, WEIGHT_MAX);

			worth[i] += (f - o) * w;
			m->window[i][k] = (int8_t)(w + (w < 0 ? -0.5f : 0.5f));
		}
	}
	/* Tables stand in the order of the points that say most. */
	for (int i = 0; i < FC_WINDOW_POINTS; i++) {
		int best = i;

		for (int j = i + 1; j < FC_WINDOW_POINTS; j++)
			if (worth[j] > worth[best])
				best = j;
		if (best != i) {
			int8_t t[FC_CODES];
			uint16_t o = m->order[i];
			float v = worth[i];

			memcpy(t, m->window[i], sizeof(t));
			memcpy(m->window[i], m->window[best], sizeof(t));
			memcpy(m->window[best], t, sizeof(t));
			m->order[i] = m->order[best];
			m->order[best] = o;
			worth[i] = worth[best];
			worth[best] = v;
		}
	}
}

/* Sums at the face itself, up to each gate. */
static void
sums_at_face(int32_t sums[FC_WINDOW_GATES], const struct fc_lesson *l, size_t i,
	const struct fc_pyramid *p)
{
	struct fc_find_scratch *s = l->scratch;
	float eyes[4], step;
	struct fc_place at = { 0 };
	int32_t sum = 0;
	int k = 0;

	fc_album_eyes(eyes, &l->train, i);
	step = (eyes[2] - eyes[0]) / FC_WINDOW_EYES_APART;
	at.dx = step;
	at.x = 0.5f * (eyes[0] + eyes[2]) - step * (SIDE * 0.5f - 0.5f);
	at.y = 0.5f * (eyes[1] + eyes[3]) - step * (FC_WINDOW_EYES_Y + 1);
	fc_patch_cut(s->scaled, SIDE, SIDE, p, &at);
	fc_window_codes(s->codes, s->scaled, SIDE, SIDE);
	for (int gate = 0; gate < FC_WINDOW_GATES; gate++) {
		for (; k < fc_window_gate_at[gate]; k++) {
			int y = l->model->order[k] / FC_WINDOW + 1;
			int x = l->model->order[k] % FC_WINDOW + 1;

			sum += l->model->window[k][s->codes[y * SIDE + x]];
		}
		sums[gate] = sum;
	}
}

/* The value that one in parts lies below. */
static int32_t
low_value(int32_t *v, size_t n, size_t parts)
{
	for (size_t i = 0; i <= n / parts; i++)
		for (size_t j = i + 1; j < n; j++)
			if (v[j] < v[i]) {
				int32_t t = v[i];

				v[i] = v[j];
				v[j] = t;
			}
	return v[n / parts];
}

static int
set_gates(struct fc_lesson *l, struct fa_err *err)
{
	size_t n = l->train.n;
	int32_t *v = fa_arena_new(l->arena, n * FC_WINDOW_GATES, sizeof(*v));

	if (!v)
		return fa_fail(err, FA_E_NOMEM, "no memory for sums");
	for (size_t i = 0; i < n; i++) {
		struct fc_picture picture = fc_album_picture(&l->train, i);
		int32_t sums[FC_WINDOW_GATES];
		struct fc_pyramid p;

		if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
			return fa_fail(err, FA_E_LIMIT, "picture too large");
		sums_at_face(sums, l, i, &p);
		for (size_t k = 0; k < FC_WINDOW_GATES; k++)
			v[k * n + i] = sums[k];
	}
	for (size_t k = 0; k < FC_WINDOW_GATES; k++)
		l->model->window_gate[k] = low_value(v + k * n, n, GATE_LOSES);
	return FA_OK;
}

/* Where the model as it is takes something else for the face. */
static void
count_mistakes(struct counts *c, const struct fc_lesson *l, size_t i,
	const struct fc_pyramid *p)
{
	struct fc_find_scratch *s = l->scratch;
	struct fc_spot f;
	float eyes[4], unit, x, y, apart;
	uint32_t w, h;

	fc_album_eyes(eyes, &l->train, i);
	if (!fc_window_find(&f, l->model, p, s))
		return;
	x = 0.5f * (f.eyes[0] + f.eyes[2]);
	y = f.eyes[1];
	apart = f.eyes[2] - f.eyes[0];
	if (near(eyes, x, y, apart))
		return;
	for (unsigned k = 0; k < FC_FIND_STEPS; k++) {
		if (!fc_window_scale(&w, &h, &unit, p, k, s))
			return;
		if (fc_abs(unit * FC_WINDOW_EYES_APART - apart) > 0.01f * apart)
			continue;
		fc_window_codes(s->codes, s->scaled, w, h);
		x = (x + 0.5f) / unit - FC_WINDOW * 0.5f;
		y = (y + 0.5f) / unit - 0.5f - FC_WINDOW_EYES_Y;
		add_codes(c->other,
			s->codes + (uint32_t)(y + 0.5f) * w +
				(uint32_t)(x + 0.5f),
			w, HARD_TIMES);
		c->others += HARD_TIMES;
	}
}

static int
count_round(struct counts *c, const struct fc_lesson *l, int round,
	struct fa_err *err)
{
	for (size_t i = 0; i < l->train.n; i++) {
		struct fc_picture picture = fc_album_picture(&l->train, i);
		struct fc_dice d = fc_dice_for(FC_TRAIN_SEED, i, 0xdec0);
		struct fc_pyramid p;

		if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
			return fa_fail(err, FA_E_LIMIT, "picture too large");
		if (round > 0) {
			count_mistakes(c, l, i, &p);
			continue;
		}
		for (int k = 0; k < JITTERS; k++)
			count_face(c, l, i, &p, &d);
		count_elsewhere(c, l, i, &p, &d);
	}
	return FA_OK;
}

/* What the detector says of all pictures of an album. */
static int
find_all(struct fc_lesson *l, struct fc_album *a, int32_t *scores, size_t *n,
	struct fa_err *err)
{
	*n = 0;
	for (size_t i = 0; i < a->n; i++) {
		struct fc_picture picture = fc_album_picture(a, i);
		struct fc_spot *f = &a->found[i];
		struct fc_pyramid p;
		float eyes[4];

		if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
			return fa_fail(err, FA_E_LIMIT, "picture too large");
		fc_album_eyes(eyes, a, i);
		a->ok[i] = fc_window_find(f, l->model, &p, l->scratch) &&
			near(eyes, 0.5f * (f->eyes[0] + f->eyes[2]), f->eyes[1],
				f->eyes[2] - f->eyes[0]);
		if (a->ok[i])
			scores[(*n)++] = f->score;
	}
	return FA_OK;
}

/* The floor is set where few of the faces that are found lie below. */
static int
set_floor(struct fc_lesson *l, struct fa_err *err)
{
	int32_t *scores =
		fa_arena_new(l->arena, l->train.n + l->held.n, sizeof(*scores));
	size_t n = 0;
	int rc;

	if (!scores)
		return fa_fail(err, FA_E_NOMEM, "no memory for scores");
	l->model->window_floor = INT32_MIN + 1;
	rc = find_all(l, &l->train, scores, &n, err);
	if (rc < 0)
		return rc;
	if (n == 0)
		return fa_fail(err, FA_E_INPUT, "no face was found");
	l->model->window_floor = low_value(scores, n, FLOOR_LOSES);
	rc = find_all(l, &l->held, scores, &n, err);
	l->report.found = (unsigned)(n * 10000 / l->held.n);
	return rc;
}

int
fc_learn_window(struct fc_lesson *l, struct fa_err *err)
{
	struct counts *c = fa_arena_new(l->arena, 1, sizeof(*c));
	int rc = FA_OK;

	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for counts");
	l->model->window_floor = INT32_MIN + 1;
	for (int round = 0; round < 3 && rc == FA_OK; round++) {
		rc = count_round(c, l, round, err);
		if (rc == FA_OK) {
			weigh(l->model, c);
			rc = set_gates(l, err);
		}
	}
	return rc == FA_OK ? set_floor(l, err) : rc;
}
