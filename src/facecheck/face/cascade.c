/* Runs a cascade over a picture at many scales. A feature compares the mean of
 * a cell with those of its eight neighbours; sums over cells come from a table
 * of sums over everything above and to the left. */
#include "facecheck/face/cascade.h"

#include "facecheck/face/cascade_parts.h"
#include "facecheck/face/exact.h"

#define RATIO 1.1f
#define SMALLEST 28 /* pixels: windows below are not looked for */
#define ALIKE 0.2f  /* of the side: boxes this near are one face */
#define AGREE 3     /* boxes at least */

/* One size of the picture, and the sums over it. */
struct view {
	const struct fc_cascade *c;
	struct fc_cascade_scratch *s;
	uint32_t width, height, stride;
	float unit;
};

static void
sum_up(struct view *v)
{
	uint32_t *sums = v->s->sums;
	const uint8_t *p = v->s->scaled;

	v->stride = v->width + 1;
	memset(sums, 0, v->stride * sizeof(*sums));
	for (uint32_t y = 0; y < v->height; y++) {
		const uint32_t *above = sums + y * v->stride;
		uint32_t *row = sums + (y + 1) * v->stride, sum = 0;

		row[0] = 0;
		for (uint32_t x = 0; x < v->width; x++) {
			sum += *p++;
			row[x + 1] = above[x + 1] + sum;
		}
	}
}

static void
corners(struct view *v)
{
	for (uint32_t i = 0; i < v->c->features_n; i++) {
		const struct fc_cascade_feature *f = &v->c->features[i];

		for (uint32_t k = 0; k < 16; k++)
			v->s->corner[i][k] =
				(int32_t)((f->y + k / 4 * f->h) * v->stride +
					f->x + k % 4 * f->w);
	}
}

static uint32_t
cell(const uint32_t *at, const int32_t k[16], int corner)
{
	return at[k[corner]] - at[k[corner + 1]] - at[k[corner + 4]] +
		at[k[corner + 5]];
}

/* The eight neighbours, from the top left one clockwise. */
static unsigned
pattern(const uint32_t *at, const int32_t k[16])
{
	static const uint8_t around[] = { 0, 1, 2, 6, 10, 9, 8, 4 };
	uint32_t middle = cell(at, k, 5);
	unsigned code = 0;

	for (int i = 0; i < 8; i++)
		code = code << 1 | (cell(at, k, around[i]) >= middle);
	return code;
}

static bool
passes(const struct view *v, uint32_t x, uint32_t y)
{
	const uint32_t *at = v->s->sums + y * v->stride + x;
	const struct fc_cascade_weak *w = v->c->weak;

	for (uint32_t i = 0; i < v->c->stages_n; i++) {
		float sum = 0;

		for (uint32_t k = 0; k < v->c->stages[i].n; k++, w++) {
			unsigned p = pattern(at, v->s->corner[w->feature]);

			sum += w->leaf[!(w->subset[p >> 5] >> (p & 31) & 1)];
		}
		if (sum < v->c->stages[i].threshold)
			return false;
	}
	return true;
}

static uint32_t
scan(const struct view *v, uint32_t hits)
{
	uint32_t step = v->unit > 2 ? 1 : 2;

	for (uint32_t y = 0; y + v->c->height <= v->height; y += step)
		for (uint32_t x = 0; x + v->c->width <= v->width; x += step) {
			if (hits == FC_CASCADE_HITS || !passes(v, x, y))
				continue;
			v->s->hit[hits++] = (struct fc_cascade_box){
				(int32_t)((float)x * v->unit + 0.5f),
				(int32_t)((float)y * v->unit + 0.5f),
				(int32_t)((float)v->c->width * v->unit + 0.5f)
			};
		}
	return hits;
}

static int32_t
apart(int32_t a, int32_t b)
{
	return a < b ? b - a : a - b;
}

static bool
alike(const struct fc_cascade_box *a, const struct fc_cascade_box *b)
{
	int32_t side = a->side < b->side ? a->side : b->side;
	int32_t most = (int32_t)((float)side * ALIKE);

	return apart(a->x, b->x) <= most && apart(a->y, b->y) <= most &&
		apart(a->x + a->side, b->x + b->side) <= most &&
		apart(a->y + a->side, b->y + b->side) <= most;
}

/* The box that most others are like, and the mean of those. */
static bool
agree(struct fc_cascade_box *out, const struct fc_cascade_box *hit, uint32_t n)
{
	int32_t most = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct fc_cascade_box sum = { 0 };
		int32_t k = 0;

		for (uint32_t j = 0; j < n; j++) {
			if (!alike(&hit[i], &hit[j]))
				continue;
			sum.x += hit[j].x;
			sum.y += hit[j].y;
			sum.side += hit[j].side;
			k++;
		}
		if (k <= most)
			continue;
		most = k;
		*out = (struct fc_cascade_box){ sum.x / k, sum.y / k,
			sum.side / k };
	}
	return most >= AGREE;
}

bool
fc_cascade_box_find(struct fc_cascade_box *out, const struct fc_cascade *c,
	const struct fc_pyramid *p, struct fc_cascade_scratch *s)
{
	struct fc_pyramid own = *p;
	struct view v = { c, s, 0, 0, 0, 0 };
	struct fc_cascade_box box;
	uint32_t hits = 0;
	unsigned level = 0;

	while (level < p->n &&
		(p->level[level].width > FC_CASCADE_SIDE ||
			p->level[level].height > FC_CASCADE_SIDE))
		level++;
	if (level == p->n)
		return false;
	own.n = 1;
	own.level[0] = p->level[level];
	for (float unit = 1;; unit *= RATIO) {
		struct fc_place at = { 0.5f * unit - 0.5f, 0.5f * unit - 0.5f,
			unit, 0 };

		v.unit = unit;
		v.width = (uint32_t)((float)own.level[0].width / unit);
		v.height = (uint32_t)((float)own.level[0].height / unit);
		if (v.width < c->width + 1 || v.height < c->height + 1)
			break;
		if ((float)c->width * unit < SMALLEST)
			continue;
		fc_patch_cut(s->scaled, v.width, v.height, &own, &at);
		sum_up(&v);
		corners(&v);
		hits = scan(&v, hits);
	}
	if (!agree(&box, s->hit, hits))
		return false;
	*out = (struct fc_cascade_box){ box.x << level, box.y << level,
		box.side << level };
	return true;
}

bool
fc_cascade_find(struct fc_spot *out, const struct fc_cascade *c,
	const struct fc_pyramid *p, struct fc_cascade_scratch *s)
{
	struct fc_cascade_box b;
	float side;

	if (!fc_cascade_box_find(&b, c, p, s))
		return false;
	side = (float)b.side;
	out->eyes[0] = (float)b.x + c->eyes[0] * side;
	out->eyes[2] = (float)b.x + c->eyes[1] * side;
	out->eyes[1] = out->eyes[3] = (float)b.y + c->eyes[2] * side;
	out->score = 0;
	return true;
}
