/* Draws a head: every point of the height field is turned, lit and put on the
 * picture as corner of two triangles; the nearest surface wins. */
#include "facecheck/face/render.h"

#include "facecheck/face/exact.h"
#include "facecheck/face/studio.h"

#define UNIT_PIXELS 52.0f /* of head units, at scale 1 */
#define CENTRE_X (FC_FACE_WIDTH * 0.5f - 0.5f)
#define CENTRE_Y (FC_FACE_HEIGHT * 0.47f - 0.5f)
#define STEEP 2.5f /* slope of the surface at the outline */
#define FAR -100.0f
#define BLUR_MAX 16 /* pixels to one side */
#define TONES 1024  /* steps of the tone curve */
#define WHITE 1.2f  /* where the curve ends */

/* From head to camera. */
struct camera {
	float r[9], roll_cos, roll_sin, unit, dx, dy;
};

int
fc_studio_new(struct fc_studio **out, struct fa_arena *a, struct fa_err *err)
{
	struct fc_studio *st = fa_arena_new(a, 1, sizeof(*st));

	if (!st)
		return fa_fail(err, FA_E_NOMEM, "no memory for a renderer");
	*out = st;
	return FA_OK;
}

static void
camera_of(struct camera *c, const struct fc_scene *s)
{
	float cy = fc_cos(s->yaw), sy = fc_sin(s->yaw);
	float cp = fc_cos(s->pitch), sp = fc_sin(s->pitch);
	const float r[9] = { cy, sy * sp, sy * cp, 0, cp, -sp, -sy, cy * sp,
		cy * cp };

	memcpy(c->r, r, sizeof(r));
	c->roll_cos = fc_cos(s->roll);
	c->roll_sin = fc_sin(s->roll);
	c->unit = UNIT_PIXELS * s->scale;
	c->dx = CENTRE_X + s->dx;
	c->dy = CENTRE_Y + s->dy;
}

static void
project(const struct camera *c, float x, float y, float z, float out[2])
{
	float u = c->r[0] * x + c->r[1] * y + c->r[2] * z;
	float v = c->r[3] * x + c->r[4] * y + c->r[5] * z;

	out[0] = (c->roll_cos * u - c->roll_sin * v) * c->unit + c->dx;
	out[1] = (c->roll_sin * u + c->roll_cos * v) * c->unit + c->dy;
}

/* Slope between two neighbours two steps apart; where one is off the head the
 * surface falls away to that side. */
static float
slope(float before, float after, float outwards)
{
	if (before <= FC_HEAD_OUTSIDE || after <= FC_HEAD_OUTSIDE)
		return outwards > 0 ? -STEEP : STEEP;
	return (after - before) / (2 * FC_HEAD_STEP);
}

struct lamp {
	float x, y, z, ambient;
};

static float
lit(const struct camera *c, const struct lamp *l, float albedo, float slope_x,
	float slope_y)
{
	float k = 1 / sqrtf(slope_x * slope_x + slope_y * slope_y + 1);
	float nx = -slope_x * k, ny = -slope_y * k;
	float cx = c->r[0] * nx + c->r[1] * ny + c->r[2] * k;
	float cy = c->r[3] * nx + c->r[4] * ny + c->r[5] * k;
	float cz = c->r[6] * nx + c->r[7] * ny + c->r[8] * k;
	float diffuse = fc_max(0, cx * l->x + cy * l->y + cz * l->z);
	float mirror = fc_clamp(2 * diffuse * cz - l->z, 0, 1);
	float m2 = mirror * mirror, m4 = m2 * m2, m8 = m4 * m4;
	float key = 1 - l->ambient;

	return albedo * (l->ambient + key * diffuse * 1.15f) +
		0.10f * m8 * m4 * m2 * key;
}

/* Columns of a row that lie on the head: first .. last; false: none. */
static bool
extent(const float z[FC_HEAD_COLS], int *first, int *last)
{
	int i = 0, k = FC_HEAD_COLS - 1;

	while (i <= k && z[i] <= FC_HEAD_OUTSIDE)
		i++;
	while (k >= i && z[k] <= FC_HEAD_OUTSIDE)
		k--;
	*first = i;
	*last = k;
	return i <= k;
}

/* Points beyond the outline are drawn in to it, so that the edge of the head
 * is smooth and not as coarse as the grid. */
static void
mesh_row(struct fc_studio *st, int j, const struct camera *c,
	const struct lamp *l)
{
	struct fc_mesh_row *m = &st->mesh[j];
	const float *z = st->head.z[j];
	const float *above = st->head.z[j > 0 ? j - 1 : j];
	const float *below = st->head.z[j < FC_HEAD_ROWS - 1 ? j + 1 : j];
	float y = fc_head_y(j), wide = st->head.half_width[j];
	int first, last;

	m->any = extent(z, &first, &last);
	m->first = first;
	m->last = last;
	if (!m->any)
		return;
	for (int i = 0; i < FC_HEAD_COLS; i++) {
		int k = i < first ? first : i > last ? last : i;
		float x = fc_clamp(fc_head_x(i), -wide, wide), at[2];
		float up = i == k ? z[k] : 0;

		project(c, x, y, up, at);
		m->x[i] = at[0];
		m->y[i] = at[1];
		m->z[i] = c->r[6] * x + c->r[7] * y + c->r[8] * up;
		m->shade[i] = lit(c, l, st->head.albedo[j][k],
			slope(z[k > 0 ? k - 1 : k],
				z[k < FC_HEAD_COLS - 1 ? k + 1 : k], x),
			slope(above[k], below[k], y));
	}
}

struct corner {
	float x, y, z, shade;
};

static float
smallest(float a, float b, float c)
{
	float m = a < b ? a : b;

	return m < c ? m : c;
}

/* Twice the area to the left of the way from a to b, as seen from p. */
static float
turn(const struct corner *a, const struct corner *b, float x, float y)
{
	return (b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x);
}

/* Whole pixels of a range, cut to 0 .. n - 1. */
struct range {
	int from, to;
};

static struct range
pixels_in(float a, float b, float c, int n)
{
	int from = -fc_floor(-smallest(a, b, c));
	int to = fc_floor(-smallest(-a, -b, -c));

	return (struct range){ from < 0 ? 0 : from, to >= n ? n - 1 : to };
}

/* Draws a pixel of a triangle if it lies in it and nothing is nearer. */
static void
dot(struct fc_studio *st, const struct corner t[3], float per, int x, int y)
{
	float p = turn(&t[1], &t[2], (float)x, (float)y) * per;
	float q = turn(&t[2], &t[0], (float)x, (float)y) * per;
	float r = 1 - p - q, z;

	if (smallest(p, q, r) < -1e-4f)
		return;
	z = p * t[0].z + q * t[1].z + r * t[2].z;
	if (z <= st->depth[y][x])
		return;
	st->depth[y][x] = z;
	st->image[y][x] = p * t[0].shade + q * t[1].shade + r * t[2].shade;
}

static void
triangle(struct fc_studio *st, const struct corner t[3])
{
	struct range x = pixels_in(t[0].x, t[1].x, t[2].x, FC_FACE_WIDTH);
	struct range y = pixels_in(t[0].y, t[1].y, t[2].y, FC_FACE_HEIGHT);
	float area;

	if (x.from > x.to || y.from > y.to)
		return;
	area = turn(&t[0], &t[1], t[2].x, t[2].y);
	if (fc_abs(area) < 1e-9f)
		return;
	for (int j = y.from; j <= y.to; j++)
		for (int i = x.from; i <= x.to; i++)
			dot(st, t, 1 / area, i, j);
}

static struct corner
corner_at(const struct fc_mesh_row *m, int i)
{
	return (struct corner){ m->x[i], m->y[i], m->z[i], m->shade[i] };
}

static void
draw_mesh(struct fc_studio *st)
{
	for (int j = 0; j + 1 < FC_HEAD_ROWS; j++) {
		const struct fc_mesh_row *m = &st->mesh[j], *n = m + 1;
		int i = m->first < n->first ? m->first : n->first;
		int last = m->last > n->last ? m->last : n->last;

		if (!m->any || !n->any)
			continue;
		i = i > 0 ? i - 1 : i;
		for (; i <= last && i + 1 < FC_HEAD_COLS; i++) {
			const struct corner quad[4] = { corner_at(m, i),
				corner_at(m, i + 1), corner_at(n, i),
				corner_at(n, i + 1) };

			triangle(st, quad);
			triangle(st, quad + 1);
		}
	}
}

/* What is behind the head: a wall with soft shadows, a neck, clothes. */
static void
draw_background(struct fc_studio *st, const struct fc_scene *s,
	const struct camera *c, float tone)
{
	struct fc_dice d = fc_dice_for(s->seed, 1, 0);
	float wall = 0.25f + 0.5f * fc_dice_even(&d);
	float slant = (fc_dice_even(&d) - 0.5f) * 0.4f;
	float spots = 0.25f * fc_dice_even(&d);
	float cloth = 0.2f + 0.15f * fc_lattice(s->seed, 1, 2);
	float per = 1 / c->unit;

	for (int y = 0; y < FC_FACE_HEIGHT; y++)
		for (int x = 0; x < FC_FACE_WIDTH; x++) {
			float px = ((float)x - c->dx) * per;
			float py = ((float)y - c->dy) * per;
			float u = c->roll_cos * px + c->roll_sin * py;
			float v = c->roll_cos * py - c->roll_sin * px;
			float neck = 0.42f + fc_max(0, v - 1.15f) * 2.2f;

			st->depth[y][x] = FAR;
			if (v > 0.85f && fc_abs(u) < neck)
				st->image[y][x] = v > 1.2f
					? cloth
					: tone * s->ambient * 1.1f;
			else
				st->image[y][x] = wall +
					slant * (float)y / FC_FACE_HEIGHT;
		}
	for (int y = 0; y < FC_FACE_HEIGHT && spots > 0.02f; y++)
		for (int x = 0; x < FC_FACE_WIDTH; x++)
			st->image[y][x] += spots *
				fc_noise(s->seed + 7, (float)x * 0.045f,
					(float)y * 0.045f);
}

static void
blur_line(const float *in, float *out, int n, int stride, const float *k,
	int reach)
{
	for (int i = 0; i < n; i++) {
		float sum = 0;

		for (int o = -reach; o <= reach; o++) {
			int q = i + o < 0 ? 0 : i + o >= n ? n - 1 : i + o;

			sum += k[o + reach] * in[q * stride];
		}
		out[i * stride] = sum;
	}
}

static void
blur(struct fc_studio *st, float width)
{
	int reach = -fc_floor(-2.5f * width);
	float k[2 * BLUR_MAX + 1], sum = 0;

	if (width < 0.05f)
		return;
	if (reach > BLUR_MAX)
		reach = BLUR_MAX;
	for (int i = -reach; i <= reach; i++)
		sum += k[i + reach] = fc_bell((float)i, width);
	for (int i = 0; i <= 2 * reach; i++)
		k[i] /= sum;
	for (int y = 0; y < FC_FACE_HEIGHT; y++)
		blur_line(
			st->image[y], st->other[y], FC_FACE_WIDTH, 1, k, reach);
	for (int y = 0; y < FC_FACE_HEIGHT; y++)
		for (int x = 0; x < FC_FACE_WIDTH; x++) {
			float v = 0;

			for (int o = -reach; o <= reach; o++) {
				int q = (int)fc_clamp(
					(float)(y + o), 0, FC_FACE_HEIGHT - 1);

				v += k[o + reach] * st->other[q][x];
			}
			st->image[y][x] = v;
		}
}

/* Noise of four even numbers added: near enough to normal, and quick. */
static float
grainy(struct fc_dice *d)
{
	uint64_t b = fc_dice_bits(d);
	int32_t sum = (int32_t)((b & 0xffff) + (b >> 16 & 0xffff) +
		(b >> 32 & 0xffff) + (b >> 48));

	return (float)(sum - 131070) * (1.0f / 37837);
}

void
fc_studio_expose(struct fc_studio *st, const struct fc_scene *s,
	uint8_t pixels[FC_FACE_BYTES])
{
	struct fc_dice d = fc_dice_for(s->seed, 2, 0);
	float tone[TONES + 1];

	blur(st, s->blur);
	for (int i = 0; i <= TONES; i++)
		tone[i] =
			8 + 235 * fc_pow((float)i * (WHITE / TONES), s->gamma);
	for (int y = 0; y < FC_FACE_HEIGHT; y++)
		for (int x = 0; x < FC_FACE_WIDTH; x++) {
			float v =
				fc_clamp(st->image[y][x] * s->gain, 0, WHITE) *
				(TONES / WHITE);
			int i = v >= TONES ? TONES - 1 : (int)v;
			float f = v - (float)i;

			v = tone[i] + (tone[i + 1] - tone[i]) * f +
				s->noise * grainy(&d);
			pixels[y * FC_FACE_WIDTH + x] =
				(uint8_t)fc_clamp(v, 0, 255);
		}
}

/* Height of the surface under a point of the head, for the truth. */
static float
height_at(const struct fc_head *h, float x, float y)
{
	int i = fc_floor((x - FC_HEAD_X0) / FC_HEAD_STEP + 0.5f);
	int j = fc_floor((y - FC_HEAD_Y0) / FC_HEAD_STEP + 0.5f);

	return h->z[j][i];
}

static void
tell(struct fc_truth *t, const struct fc_head *h, const struct fc_shape *sh,
	const struct camera *c)
{
	float l = sh->asym - sh->eye_x, r = sh->asym + sh->eye_x;

	project(c, l, sh->eye_y, height_at(h, l, sh->eye_y), t->left_eye);
	project(c, r, sh->eye_y, height_at(h, r, sh->eye_y), t->right_eye);
	project(c, sh->asym, sh->mouth_y, height_at(h, sh->asym, sh->mouth_y),
		t->mouth);
}

void
fc_render(struct fc_studio *st, const struct fc_person *p,
	const struct fc_scene *s, uint8_t pixels[FC_FACE_BYTES],
	struct fc_truth *truth)
{
	struct fc_shape sh;
	struct camera c;
	struct lamp l;

	fc_shape_of(&sh, p, s);
	camera_of(&c, s);
	l.x = fc_sin(s->light_side) * fc_cos(s->light_up);
	l.y = -fc_sin(s->light_up);
	l.z = fc_cos(s->light_side) * fc_cos(s->light_up);
	l.ambient = s->ambient;
	fc_head_build(&st->head, &sh);
	draw_background(st, s, &c, sh.tone);
	for (int j = 0; j < FC_HEAD_ROWS; j++)
		mesh_row(st, j, &c, &l);
	draw_mesh(st);
	fc_studio_expose(st, s, pixels);
	if (truth)
		tell(truth, &st->head, &sh, &c);
}

void
fc_render_face(struct fc_studio *st, uint64_t seed, uint32_t who, uint32_t what,
	unsigned difficulty, uint8_t pixels[FC_FACE_BYTES],
	struct fc_truth *truth)
{
	struct fc_person p;
	struct fc_scene s;

	fc_person_draw(&p, seed, who);
	fc_scene_draw(&s, seed, who, what, difficulty);
	fc_render(st, &p, &s, pixels, truth);
}
