#include "facecheck/face/live.h"

#include "facecheck/face/exact.h"

#define EYES_X 28.0f
#define EYES_Y FC_LIVE_EYES_Y
#define EYES_APART 32.0f
#define BLOCK 8         /* pixels to a side of what is followed */
#define REACH_X 8       /* pixels */
#define REACH_Y 2       /* pixels */
#define POINTS_MIN 24   /* else nothing can be told */
#define TERMS 7         /* a quadratic in x and y, and the relief of a head */
#define TEXTURE_MIN 120 /* sum of differences in a block */
#define ROUNDS 8        /* of the fit */
#define ASTRAY 0.5      /* pixels off at which a point counts half */
#define RELIEF_MIN 25   /* pixels: what lies further back is an edge */

/* Light changes slowly over a face and moves with the head: what is left when
 * the mean of the surroundings is taken off shows what the skin does. */
void
fc_live_detail(uint8_t detail[FC_LIVE_SIDE * FC_LIVE_SIDE], const float eyes[4],
	const struct fc_pyramid *p, struct fc_live_scratch *s)
{
	struct fc_place at = fc_place_by_eyes(eyes, EYES_X, EYES_Y, EYES_APART);
	const uint8_t *q = s->patch;
	const int n = FC_LIVE_SIDE;

	fc_patch_cut(s->patch, FC_LIVE_SIDE, FC_LIVE_SIDE, p, &at);
	memset(detail, 128, (size_t)n * (size_t)n);
	for (int y = 3; y < n - 3; y++) {
		int column[FC_LIVE_SIDE], sum = 0;

		for (int x = 0; x < n; x++) {
			column[x] = 0;
			for (int o = -3; o <= 3; o++)
				column[x] += q[(y + o) * n + x];
		}
		for (int x = 0; x < 6; x++)
			sum += column[x];
		for (int x = 3; x < n - 3; x++) {
			int d;

			sum += column[x + 3];
			d = 128 + q[y * n + x] - sum / 49;
			detail[y * n + x] = (uint8_t)(d < 0 ? 0
					: d > 255           ? 255
							    : d);
			sum -= column[x - 3];
		}
	}
}

static int
difference(const uint8_t *a, const uint8_t *b)
{
	int sum = 0;

	for (int y = 0; y < BLOCK; y++)
		for (int x = 0; x < BLOCK; x++) {
			int d = a[y * FC_LIVE_SIDE + x] -
				b[y * FC_LIVE_SIDE + x];

			sum += d < 0 ? -d : d;
		}
	return sum;
}

/* A point and where it went. */
struct moved {
	float x, y, dx, weight, relief;
};

/* Between the neighbours of a least value: the foot of two straight slopes. */
static float
between(int before, int least, int after)
{
	int rise = (before > after ? before : after) - least;

	return rise > 0 ? 0.5f * (float)(before - after) / (float)rise : 0;
}

struct best {
	int value, x, y;
};

static void
try(struct best *b, const uint8_t *block, const uint8_t *at, int x, int y)
{
	int d = difference(block, at + y * FC_LIVE_SIDE + x);

	if (d < b->value)
		*b = (struct best){ d, x, y };
}

/* Every second place first, then those around the best. */
static struct best
search(const uint8_t *block, const uint8_t *at)
{
	struct best b = { INT32_MAX, 0, 0 };
	int x, y;

	for (int v = -REACH_Y; v <= REACH_Y; v += 2)
		for (int u = -REACH_X; u <= REACH_X; u += 2)
			try(&b, block, at, u, v);
	x = b.x;
	y = b.y;
	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++)
			try(&b, block, at, u, v);
	return b;
}

static bool
follow(struct moved *m, const uint8_t *first, const uint8_t *second, int x,
	int y)
{
	const int n = FC_LIVE_SIDE, half = BLOCK / 2;
	const uint8_t *a = first + (y - half) * n + x - half;
	const uint8_t *at = second + (y - half) * n + x - half;
	struct best b;
	int texture = 0;

	for (int j = 0; j < BLOCK; j++)
		for (int i = 1; i < BLOCK; i++) {
			int d = a[j * n + i] - a[j * n + i - 1];

			texture += d < 0 ? -d : d;
		}
	if (texture < TEXTURE_MIN)
		return false;
	b = search(a, at);
	if (b.x <= -REACH_X || b.x >= REACH_X || b.value > 2 * texture)
		return false;
	at += b.y * n + b.x;
	m->x = (float)x;
	m->y = (float)y;
	m->dx = (float)b.x +
		between(difference(a, at - 1), b.value, difference(a, at + 1));
	m->weight = (float)texture / (float)(texture + 2 * b.value);
	return true;
}

static void
terms_at(double t[TERMS], const struct moved *m)
{
	double x = ((double)m->x - 44) / 32, y = ((double)m->y - 44) / 32;

	t[0] = 1;
	t[1] = x;
	t[2] = y;
	t[3] = x * x;
	t[4] = x * y;
	t[5] = y * y;
	t[6] = (double)m->relief;
}

/* Gauss on the normal equations; false when they do not tell. */
static bool
solve(double a[TERMS][TERMS + 1])
{
	for (int i = 0; i < TERMS; i++) {
		int top = i;

		for (int j = i + 1; j < TERMS; j++)
			if (a[j][i] * a[j][i] > a[top][i] * a[top][i])
				top = j;
		if (a[top][i] * a[top][i] < 1e-12)
			return false;
		for (int k = 0; k <= TERMS; k++) {
			double t = a[i][k];

			a[i][k] = a[top][k];
			a[top][k] = t;
		}
		for (int j = 0; j < TERMS; j++) {
			double f = a[j][i] / a[i][i];

			for (int k = i; j != i && k <= TERMS; k++)
				a[j][k] -= f * a[i][k];
		}
	}
	return true;
}

/* Weighted least squares, a few times, each time with less weight for points
 * that went astray. */
static bool
fit(double out[TERMS], const struct moved *m, int n)
{
	for (int round = 0; round < ROUNDS; round++) {
		double a[TERMS][TERMS + 1] = { { 0 } };

		for (int p = 0; p < n; p++) {
			double t[TERMS], w = (double)m[p].weight;

			terms_at(t, &m[p]);
			if (round > 0) {
				double off = (double)m[p].dx;

				for (int k = 0; k < TERMS; k++)
					off -= out[k] * t[k];
				w /= 1 + off * off / (ASTRAY * ASTRAY);
			}
			for (int i = 0; i < TERMS; i++) {
				for (int k = 0; k < TERMS; k++)
					a[i][k] += w * t[i] * t[k];
				a[i][TERMS] += w * t[i] * (double)m[p].dx;
			}
		}
		if (!solve(a))
			return false;
		for (int k = 0; k < TERMS; k++)
			out[k] = a[k][TERMS] / a[k][k];
	}
	return true;
}

int32_t
fc_live_turn(const struct fc_face_model *model, const uint8_t *first,
	const uint8_t *second)
{
	struct moved m[FC_LIVE_ROWS * FC_LIVE_COLS];
	double out[TERMS], turn;
	int n = 0;

	for (int j = 0; j < FC_LIVE_ROWS; j++)
		for (int i = 0; i < FC_LIVE_COLS; i++)
			if (model->relief[j][i] > RELIEF_MIN &&
				follow(&m[n], first, second, fc_live_x(i),
					fc_live_y(j)))
				m[n++].relief = model->relief[j][i];
	if (n < POINTS_MIN || !fit(out, m, n))
		return 0;
	turn = out[6] * 1000;
	return turn > 1000 ? 1000 : turn < -1000 ? -1000 : (int32_t)turn;
}
