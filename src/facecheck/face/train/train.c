/* Renders people who do not exist and learns from them. Usage: train OUT.c */
#include "facecheck/face/train/train.h"

#include <unistd.h>

#include "facecheck/face/head.h"

#define LESSON_BYTES ((size_t)512 << 20)

struct fc_picture
fc_album_picture(const struct fc_album *a, size_t i)
{
	return (struct fc_picture){ a->pixels + i * FC_FACE_BYTES,
		FC_FACE_WIDTH, FC_FACE_HEIGHT };
}

void
fc_album_eyes(float eyes[4], const struct fc_album *a, size_t i)
{
	const struct fc_truth *t = &a->truth[i];

	eyes[0] = t->left_eye[0];
	eyes[1] = t->left_eye[1];
	eyes[2] = t->right_eye[0];
	eyes[3] = t->right_eye[1];
}

/* From easy to hard, the same for every person. */
static unsigned
difficulty(size_t picture)
{
	static const uint8_t steps[] = { 30, 70, 45, 85, 55, 100 };

	return steps[picture % sizeof(steps)];
}

static int
render(struct fc_album *a, struct fc_lesson *l, size_t first, size_t people,
	size_t each, struct fa_err *err)
{
	size_t n = people * each;
	struct fc_studio *st;
	int rc = fc_studio_new(&st, l->arena, err);

	if (rc < 0)
		return rc;
	a->n = n;
	a->each = each;
	a->pixels = fa_arena_new(l->arena, n, FC_FACE_BYTES);
	a->truth = fa_arena_new(l->arena, n, sizeof(*a->truth));
	a->found = fa_arena_new(l->arena, n, sizeof(*a->found));
	a->ok = fa_arena_new(l->arena, n, sizeof(*a->ok));
	if (!a->pixels || !a->truth || !a->found || !a->ok)
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	for (size_t i = 0; i < n; i++)
		fc_render_face(st, FC_TRAIN_SEED, (uint32_t)(first + i / each),
			(uint32_t)(i % each), difficulty(i % each),
			a->pixels + i * FC_FACE_BYTES, &a->truth[i]);
	return FA_OK;
}

/* The relief of the average person, whose numbers are all 0. */
static int
take_relief(struct fc_lesson *l, struct fa_err *err)
{
	struct fc_person nobody = { 0 };
	struct fc_scene plain = { 0 };
	struct fc_shape sh;
	struct fc_head *h = fa_arena_new(l->arena, 1, sizeof(*h));
	float unit;

	if (!h)
		return fa_fail(err, FA_E_NOMEM, "no memory for a head");
	fc_shape_of(&sh, &nobody, &plain);
	fc_head_build(h, &sh);
	unit = FC_LIVE_HALF_APART / sh.eye_x;
	for (int j = 0; j < FC_LIVE_ROWS; j++)
		for (int i = 0; i < FC_LIVE_COLS; i++) {
			float x = (float)(fc_live_x(i) - 44) / unit;
			float y = sh.eye_y +
				((float)fc_live_y(j) - FC_LIVE_EYES_Y) / unit;
			int col = fc_floor(
				(x - FC_HEAD_X0) / FC_HEAD_STEP + 0.5f);
			int row = fc_floor(
				(y - FC_HEAD_Y0) / FC_HEAD_STEP + 0.5f);

			l->model->relief[j][i] = h->z[row][col] * unit;
		}
	return FA_OK;
}

static int
learn(struct fc_lesson *l, const char *path, struct fa_err *err)
{
	int rc = render(&l->train, l, 0, FC_TRAIN_PEOPLE, FC_TRAIN_EACH, err);

	if (rc == FA_OK)
		rc = render(&l->held, l, FC_TRAIN_PEOPLE, FC_HELD_PEOPLE,
			FC_HELD_EACH, err);
	if (rc == FA_OK)
		rc = take_relief(l, err);
	if (rc == FA_OK)
		rc = fc_learn_window(l, err);
	if (rc == FA_OK)
		rc = fc_learn_eyes(l, err);
	if (rc == FA_OK)
		rc = fc_learn_project(l, err);
	return rc == FA_OK ? fc_lesson_write(l, path, err) : rc;
}

int
main(int argc, char **argv)
{
	struct fa_arena a;
	struct fa_err err = { 0 };
	struct fc_lesson l = { 0 };
	int rc;

	if (argc != 2)
		return 2;
	fa_arena_init(&a, LESSON_BYTES);
	l.arena = &a;
	l.model = fa_arena_new(&a, 1, sizeof(*l.model));
	l.scratch = fa_arena_new(&a, 1, sizeof(*l.scratch));
	if (!l.model || !l.scratch)
		rc = fa_fail(&err, FA_E_NOMEM, "no memory for a model");
	else
		rc = learn(&l, argv[1], &err);
	fa_arena_done(&a);
	if (rc == FA_OK)
		return 0;
	(void)!write(STDERR_FILENO, err.msg, strlen(err.msg));
	(void)!write(STDERR_FILENO, "\n", 1);
	return 1;
}
