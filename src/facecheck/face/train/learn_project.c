/* From features to template: linear discriminants. The spread of the pictures
 * of one person is made round (Cholesky), then the directions are taken in
 * which people differ most, each weighed by how much of it is the person (as
 * in a probabilistic discriminant, where the weight of a direction in the
 * inner product of two templates is b / (1 + 2 b), b the spread between people
 * by that within). There are fewer people than features, so the eigenproblem
 * is solved over people. */
#include "facecheck/face/train/matrix.h"
#include "facecheck/face/train/train.h"

#define DIMS ((size_t)FC_HOG_DIMS)
#define RIDGE 0.05        /* of the mean variance of a feature */
#define BINS 4096         /* of scores, while the threshold is looked for */
#define BIN 512           /* score units */
#define SAME_ONE_IN 10000 /* pairs of different people may pass */

struct spread {
	int8_t *columns; /* [DIMS][room] */
	uint32_t *who;
	size_t n, room, people;
	double *within;         /* [DIMS][DIMS] */
	double *between;        /* [people][DIMS] */
	double *gram, *vectors; /* [people][people] */
	double *values, *work;
	double mean[FC_HOG_DIMS];
};

static int
features_of(struct fc_lesson *l, const struct fc_album *a, size_t i,
	struct fa_err *err)
{
	struct fc_picture picture = fc_album_picture(a, i);
	struct fc_pyramid p;

	if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
		return fa_fail(err, FA_E_LIMIT, "picture too large");
	fc_face_cut(a->found[i].eyes, &p, l->scratch);
	fc_hog(l->scratch->hog, l->scratch->patch, FC_PATCH_SIDE);
	return FA_OK;
}

static int
spread_new(struct spread **out, struct fc_lesson *l, struct fa_err *err)
{
	struct fa_arena *a = l->arena;
	struct spread *s = fa_arena_new(a, 1, sizeof(*s));
	size_t c = l->train.n / l->train.each;

	if (!s)
		return fa_fail(err, FA_E_NOMEM, "no memory for features");
	s->people = c;
	s->room = (l->train.n + 63) / 64 * 64;
	s->columns = fa_arena_new(a, s->room, DIMS);
	s->who = fa_arena_new(a, s->room, sizeof(*s->who));
	s->within = fa_arena_new(a, DIMS * DIMS, sizeof(double));
	s->between = fa_arena_new(a, c * DIMS, sizeof(double));
	s->gram = fa_arena_new(a, c * c, sizeof(double));
	s->vectors = fa_arena_new(a, c * c, sizeof(double));
	s->values = fa_arena_new(a, c, sizeof(double));
	s->work = fa_arena_new(a, 2 * c, sizeof(double));
	if (!s->columns || !s->who || !s->within || !s->between || !s->gram ||
		!s->vectors || !s->values || !s->work)
		return fa_fail(err, FA_E_NOMEM, "no memory for features");
	*out = s;
	return FA_OK;
}

static int
take_features(struct spread *s, struct fc_lesson *l, struct fa_err *err)
{
	for (size_t i = 0; i < l->train.n; i++) {
		int rc;

		if (!l->train.ok[i])
			continue;
		rc = features_of(l, &l->train, i, err);
		if (rc < 0)
			return rc;
		for (size_t k = 0; k < DIMS; k++)
			s->columns[k * s->room + s->n] = l->scratch->hog[k];
		s->who[s->n++] = (uint32_t)(i / l->train.each);
	}
	return s->n > 2 * s->people
		? FA_OK
		: fa_fail(err, FA_E_INPUT, "%zu faces found of %zu people",
			  s->n, s->people);
}

/* Sums by person, then: all products less those of the sums is the spread
 * within; the means of people less the mean of all is that between. */
static void
scatter(struct spread *s, double *count)
{
	const struct fc_kernel *k = fc_kernel_best();
	double n = (double)s->n, trace = 0;

	for (size_t j = 0; j < s->n; j++)
		count[s->who[j]]++;
	for (size_t i = 0; i < DIMS; i++) {
		const int8_t *c = s->columns + i * s->room;

		for (size_t j = 0; j < s->n; j++) {
			s->between[s->who[j] * DIMS + i] += c[j];
			s->mean[i] += c[j] / n;
		}
		for (size_t j = 0; j <= i; j++)
			s->within[i * DIMS + j] =
				k->dot(c, s->columns + j * s->room, s->room) /
				n;
	}
	for (size_t p = 0; p < s->people; p++) {
		const double *sum = s->between + p * DIMS;
		double by = count[p] > 0 ? 1 / (count[p] * n) : 0;

		for (size_t i = 0; i < DIMS; i++)
			for (size_t j = 0; j <= i; j++)
				s->within[i * DIMS + j] -= by * sum[i] * sum[j];
	}
	for (size_t i = 0; i < DIMS; i++)
		trace += s->within[i * DIMS + i];
	for (size_t i = 0; i < DIMS; i++)
		s->within[i * DIMS + i] += RIDGE * trace / (double)DIMS;
	for (size_t p = 0; p < s->people; p++)
		for (size_t i = 0; i < DIMS; i++) {
			double *v = &s->between[p * DIMS + i];

			*v = count[p] > 0 ? (*v / count[p] - s->mean[i]) *
					sqrt(count[p] / n)
					  : 0;
		}
}

static int
directions(struct spread *s, struct fa_err *err)
{
	if (!fc_mat_cholesky(s->within, DIMS))
		return fa_fail(err, FA_E_INPUT, "features have no variance");
	for (size_t p = 0; p < s->people; p++)
		fc_mat_forward(s->within, s->between + p * DIMS, DIMS);
	for (size_t p = 0; p < s->people; p++)
		for (size_t q = 0; q <= p; q++)
			s->gram[p * s->people + q] =
				fc_mat_dot(s->between + p * DIMS,
					s->between + q * DIMS, DIMS);
	if (!fc_mat_eigen(s->gram, s->vectors, s->values, s->work, s->people))
		return fa_fail(err, FA_E_INPUT, "eigenvalues do not settle");
	return FA_OK;
}

/* Row k of the projection, in eight bits with a scale. */
static void
put_row(struct fc_face_model *m, const struct spread *s, size_t k, size_t each)
{
	const double *v = s->vectors + k * s->people;
	double b = s->values[k] - 1 / (double)each, row[FC_HOG_DIMS] = { 0 };
	double weight, most = 0, unit, off = 0;

	weight = b > 0 ? sqrt(b / (1 + 2 * b)) : 0;
	for (size_t p = 0; p < s->people; p++)
		for (size_t i = 0; i < DIMS; i++)
			row[i] += v[p] * s->between[p * DIMS + i];
	fc_mat_backward(s->within, row, DIMS);
	for (size_t i = 0; i < DIMS; i++)
		most = fabs(row[i]) > most ? fabs(row[i]) : most;
	unit = most > 0 ? 127 / most : 0;
	for (size_t i = 0; i < DIMS; i++) {
		double q = row[i] * unit;

		m->project[k][i] = (int8_t)(q + (q < 0 ? -0.5 : 0.5));
		off += m->project[k][i] * s->mean[i];
	}
	unit = unit > 0 && s->values[k] > 0
		? weight / (unit * sqrt(s->values[k]))
		: 0;
	m->project_scale[k] = (float)unit;
	m->project_off[k] = (float)(unit * off);
}

struct scores {
	uint64_t same[BINS], other[BINS], sames, others;
};

static void
score_pairs(struct scores *h, const int8_t *templates, const uint32_t *who,
	size_t n)
{
	const struct fc_kernel *k = fc_kernel_best();

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			int32_t s = k->dot(templates + i * FC_TEMPLATE_DIMS,
				templates + j * FC_TEMPLATE_DIMS,
				FC_TEMPLATE_DIMS);
			int32_t bin = s / BIN + BINS / 2;

			bin = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
			if (who[i] == who[j]) {
				h->same[bin]++;
				h->sames++;
			} else {
				h->other[bin]++;
				h->others++;
			}
		}
}

/* From the top: where one in so many pairs of different people lies above, and
 * where both kinds of mistakes are equally frequent. */
static void
judge(struct fc_lesson *l, const struct scores *h)
{
	uint64_t above = 0, missed = h->sames;
	bool set = false;

	for (int b = BINS - 1; b >= 0; b--) {
		above += h->other[b];
		missed -= h->same[b];
		if (!set && above * SAME_ONE_IN > h->others) {
			l->model->same = (b + 1 - BINS / 2) * BIN;
			set = true;
		}
		if (above * h->sames >= missed * h->others) {
			l->report.eer_bp =
				(unsigned)(above * 10000 / h->others);
			return;
		}
	}
}

static int
set_threshold(struct fc_lesson *l, struct fa_err *err)
{
	size_t n = 0;
	int8_t *t = fa_arena_new(l->arena, l->held.n, FC_TEMPLATE_DIMS);
	uint32_t *who = fa_arena_new(l->arena, l->held.n, sizeof(*who));
	struct scores *h = fa_arena_new(l->arena, 1, sizeof(*h));

	if (!t || !who || !h)
		return fa_fail(err, FA_E_NOMEM, "no memory for scores");
	for (size_t i = 0; i < l->held.n; i++) {
		int rc;

		if (!l->held.ok[i])
			continue;
		rc = features_of(l, &l->held, i, err);
		if (rc < 0)
			return rc;
		fc_project(t + n * FC_TEMPLATE_DIMS, l->model, l->scratch->hog);
		who[n++] = (uint32_t)(i / l->held.each);
	}
	score_pairs(h, t, who, n);
	if (h->sames == 0 || h->others == 0)
		return fa_fail(err, FA_E_INPUT, "no pairs to compare");
	judge(l, h);
	return FA_OK;
}

int
fc_learn_project(struct fc_lesson *l, struct fa_err *err)
{
	struct spread *s = NULL;
	double *count;
	int rc = spread_new(&s, l, err);

	if (rc < 0)
		return rc;
	count = fa_arena_new(l->arena, s->people, sizeof(*count));
	if (!count)
		return fa_fail(err, FA_E_NOMEM, "no memory for counts");
	rc = take_features(s, l, err);
	if (rc < 0)
		return rc;
	scatter(s, count);
	rc = directions(s, err);
	if (rc < 0)
		return rc;
	for (size_t k = 0; k < FC_TEMPLATE_DIMS; k++)
		put_row(l->model, s, k, l->train.each);
	l->report.spread_first = s->values[0];
	l->report.spread_last = s->values[FC_TEMPLATE_DIMS - 1];
	return set_threshold(l, err);
}
