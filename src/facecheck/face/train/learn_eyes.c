/* Eyes: a ridge regression from the features of a patch, cut where the eyes
 * are thought to be, to where they are. The second stage learns from what the
 * first one leaves. */
#include "facecheck/face/train/matrix.h"
#include "facecheck/face/train/train.h"

#define JITTERS 2 /* starts of one picture: as found, and a little off */
#define OUTPUTS 4
#define RIDGE 0.02 /* of the mean variance of a feature */
#define FAR 0.25f  /* of the distance of the eyes: this one is lost */

/* Samples: features column by column, so that products of two columns are
 * inner products of bytes, and what they should say. */
struct samples {
	int8_t *columns; /* [FC_HOG_DIMS][room] */
	double (*goal)[OUTPUTS];
	size_t n, room;
};

/* How far the true eyes are from eyes, in the frame of eyes. */
static void
offsets(double out[OUTPUTS], const float eyes[4], const float truth[4])
{
	double dx = (double)eyes[2] - (double)eyes[0];
	double dy = (double)eyes[3] - (double)eyes[1];
	double n = dx * dx + dy * dy;

	for (int e = 0; e < 4; e += 2) {
		double x = (double)truth[e] - (double)eyes[e];
		double y = (double)truth[e + 1] - (double)eyes[e + 1];

		out[e] = (x * dx + y * dy) / n;
		out[e + 1] = (y * dx - x * dy) / n;
	}
}

static void
add_sample(struct samples *s, const struct fc_lesson *l, const float eyes[4],
	const float truth[4], const struct fc_pyramid *p)
{
	fc_eyes_look(eyes, p, l->scratch);
	for (size_t k = 0; k < FC_HOG_DIMS; k++)
		s->columns[k * s->room + s->n] = l->scratch->hog[k];
	offsets(s->goal[s->n], eyes, truth);
	s->n++;
}

/* The stages before this one do their part; the others are still zero. */
static int
take_samples(struct samples *s, const struct fc_lesson *l, struct fa_err *err)
{
	s->n = 0;
	for (size_t i = 0; i < l->train.n; i++) {
		struct fc_picture picture = fc_album_picture(&l->train, i);
		struct fc_dice d = fc_dice_for(FC_TRAIN_SEED, i, 0xe7e5);
		struct fc_pyramid p;
		float truth[4];

		if (!l->train.ok[i])
			continue;
		if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
			return fa_fail(err, FA_E_LIMIT, "picture too large");
		fc_album_eyes(truth, &l->train, i);
		for (int k = 0; k < JITTERS; k++) {
			float eyes[4], off = 0.06f * (float)k;

			memcpy(eyes, l->train.found[i].eyes, sizeof(eyes));
			off *= eyes[2] - eyes[0];
			for (int e = 0; e < 4; e++)
				eyes[e] += off * fc_dice_normal(&d);
			fc_eyes_refine(eyes, l->model, &p, l->scratch);
			add_sample(s, l, eyes, truth, &p);
		}
	}
	return FA_OK;
}

struct fit {
	double *matrix; /* covariance of the features */
	double mean[FC_HOG_DIMS], goal[FC_HOG_DIMS], middle[OUTPUTS];
};

static void
covariance(struct fit *f, const struct samples *s)
{
	const struct fc_kernel *k = fc_kernel_best();
	double n = (double)s->n, trace = 0;

	for (size_t i = 0; i < FC_HOG_DIMS; i++) {
		const int8_t *c = s->columns + i * s->room;
		int32_t sum = 0;

		for (size_t j = 0; j < s->n; j++)
			sum += c[j];
		f->mean[i] = sum / n;
		for (size_t j = 0; j <= i; j++)
			f->matrix[i * FC_HOG_DIMS + j] =
				k->dot(c, s->columns + j * s->room, s->room) /
					n -
				f->mean[i] * f->mean[j];
		trace += f->matrix[i * FC_HOG_DIMS + i];
	}
	for (size_t i = 0; i < FC_HOG_DIMS; i++)
		f->matrix[i * FC_HOG_DIMS + i] += RIDGE * trace / FC_HOG_DIMS;
}

static void
solve(struct fc_lesson *l, struct fit *f, const struct samples *s, int stage,
	int out)
{
	double n = (double)s->n, middle = 0, off;

	for (size_t j = 0; j < s->n; j++)
		middle += s->goal[j][out] / n;
	for (size_t i = 0; i < FC_HOG_DIMS; i++) {
		const int8_t *c = s->columns + i * s->room;
		double sum = 0;

		for (size_t j = 0; j < s->n; j++)
			sum += c[j] * (s->goal[j][out] - middle);
		f->goal[i] = sum / n;
	}
	fc_mat_forward(f->matrix, f->goal, FC_HOG_DIMS);
	fc_mat_backward(f->matrix, f->goal, FC_HOG_DIMS);
	off = middle - fc_mat_dot(f->goal, f->mean, FC_HOG_DIMS);
	for (size_t i = 0; i < FC_HOG_DIMS; i++)
		l->model->eyes[stage][out][i] = (float)f->goal[i];
	l->model->eyes_off[stage][out] = (float)off;
}

/* Moves the eyes of an album to where the finished stages see them. */
static int
refine_all(struct fc_lesson *l, struct fc_album *a, struct fa_err *err)
{
	double sum = 0;
	unsigned good = 0;

	for (size_t i = 0; i < a->n; i++) {
		struct fc_picture picture = fc_album_picture(a, i);
		struct fc_pyramid p;
		float truth[4];
		double off[4], worst = 0;

		if (!fc_pyramid_build(&p, &picture, l->scratch->pyramid))
			return fa_fail(err, FA_E_LIMIT, "picture too large");
		if (!a->ok[i])
			continue;
		fc_album_eyes(truth, a, i);
		fc_eyes_refine(a->found[i].eyes, l->model, &p, l->scratch);
		offsets(off, a->found[i].eyes, truth);
		for (int k = 0; k < 4; k += 2) {
			double e =
				sqrt(off[k] * off[k] + off[k + 1] * off[k + 1]);

			worst = e > worst ? e : worst;
		}
		a->ok[i] = worst < (double)FAR;
		if (!a->ok[i])
			continue;
		good++;
		sum += worst;
	}
	l->report.near_bp = (unsigned)(good * 10000ull / a->n);
	l->report.eyes_error = (unsigned)(good ? 10000 * sum / good : 0);
	return FA_OK;
}

int
fc_learn_eyes(struct fc_lesson *l, struct fa_err *err)
{
	struct samples s = { 0 };
	struct fit *f = fa_arena_new(l->arena, 1, sizeof(*f));
	int rc;

	s.room = (l->train.n * JITTERS + 63) / 64 * 64;
	s.columns = fa_arena_new(l->arena, s.room, FC_HOG_DIMS);
	s.goal = fa_arena_new(l->arena, s.room, sizeof(*s.goal));
	if (f)
		f->matrix = fa_arena_new(l->arena,
			(size_t)FC_HOG_DIMS * FC_HOG_DIMS, sizeof(double));
	if (!f || !f->matrix || !s.columns || !s.goal)
		return fa_fail(err, FA_E_NOMEM, "no memory for samples");
	for (int stage = 0; stage < FC_EYE_STAGES; stage++) {
		rc = take_samples(&s, l, err);
		if (rc < 0)
			return rc;
		covariance(f, &s);
		if (!fc_mat_cholesky(f->matrix, FC_HOG_DIMS))
			return fa_fail(err, FA_E_INPUT,
				"features of the eyes have no variance");
		for (int k = 0; k < OUTPUTS; k++)
			solve(l, f, &s, stage, k);
	}
	rc = refine_all(l, &l->train, err);
	return rc == FA_OK ? refine_all(l, &l->held, err) : rc;
}
