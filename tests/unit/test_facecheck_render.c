/* Rendered people: the same bytes everywhere, and what the numbers promise. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/face/exact.h"
#include "facecheck/face/render.h"

#define FRAMES 3

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fc_studio *st;
	uint8_t pixels[FRAMES * FC_FACE_BYTES], other[FRAMES * FC_FACE_BYTES];
};

static int
setup(void **state)
{
	static struct rig r;

	fa_arena_init(&r.a, FC_STUDIO_BYTES + (1u << 20));
	*state = &r;
	return fc_studio_new(&r.st, &r.a, &r.err);
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_arena_done(&r->a);
	return 0;
}

static uint64_t
fnv(uint64_t h, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 1099511628211u;
	return h;
}

/* Whoever changes how faces look changes this number on purpose; compilers and
 * processors do not. */
static void
a_seed_names_bytes(void **state)
{
	struct rig *r = *state;
	uint64_t h = 14695981039346656037u;

	for (uint32_t i = 0; i < 12; i++) {
		fc_render_face(r->st, 7, i, i % 3, 10 * i, r->pixels, NULL);
		h = fnv(h, r->pixels, FC_FACE_BYTES);
	}
	for (int s = 0; s < FC_SPECIES_COUNT; s++) {
		fc_render_session(r->st, 7, 1, 2, 60, (enum fc_species)s,
			FC_TURN_LEFT, FRAMES, r->pixels);
		h = fnv(h, r->pixels, sizeof(r->pixels));
	}
	assert_int_equal(h, 0x3419fb41bdd465e4u);
}

static void
pictures_do_not_depend_on_what_was_drawn_before(void **state)
{
	struct rig *r = *state;

	fc_render_face(r->st, 1, 2, 3, 50, r->pixels, NULL);
	fc_render_face(r->st, 9, 9, 9, 100, r->other, NULL);
	fc_render_face(r->st, 1, 2, 3, 50, r->other, NULL);
	assert_memory_equal(r->pixels, r->other, FC_FACE_BYTES);
}

static unsigned
difference(const uint8_t *a, const uint8_t *b)
{
	unsigned long sum = 0;

	for (int i = 0; i < FC_FACE_BYTES; i++)
		sum += (unsigned)(a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]);
	return (unsigned)(sum * 100 / FC_FACE_BYTES);
}

static void
seed_person_scene_and_difficulty_each_matter(void **state)
{
	struct rig *r = *state;

	fc_render_face(r->st, 1, 2, 3, 50, r->pixels, NULL);
	fc_render_face(r->st, 2, 2, 3, 50, r->other, NULL);
	assert_true(difference(r->pixels, r->other) > 300);
	fc_render_face(r->st, 1, 3, 3, 50, r->other, NULL);
	assert_true(difference(r->pixels, r->other) > 300);
	fc_render_face(r->st, 1, 2, 4, 50, r->other, NULL);
	assert_true(difference(r->pixels, r->other) > 300);
	fc_render_face(r->st, 1, 2, 3, 90, r->other, NULL);
	assert_true(difference(r->pixels, r->other) > 100);
}

/* Mean of a square around a point. */
static int
around(const uint8_t *p, const float at[2], int reach)
{
	int x = (int)(at[0] + 0.5f), y = (int)(at[1] + 0.5f), sum = 0;

	for (int j = -reach; j <= reach; j++)
		for (int i = -reach; i <= reach; i++)
			sum += p[(y + j) * FC_FACE_WIDTH + x + i];
	return sum / ((2 * reach + 1) * (2 * reach + 1));
}

static void
the_truth_points_at_dark_eyes(void **state)
{
	struct rig *r = *state;
	unsigned darker = 0;

	for (uint32_t i = 0; i < 40; i++) {
		struct fc_truth t;
		float cheek[2];

		fc_render_face(r->st, 3, i, 0, 30, r->pixels, &t);
		assert_true(t.left_eye[0] < t.right_eye[0]);
		assert_true(t.mouth[1] > t.left_eye[1] + 15);
		cheek[0] = t.left_eye[0];
		cheek[1] = t.left_eye[1] + 14;
		darker += around(r->pixels, t.left_eye, 1) <
			around(r->pixels, cheek, 2);
	}
	assert_true(darker >= 38);
}

static void
a_turn_to_the_left_moves_the_mouth_to_our_right(void **state)
{
	struct rig *r = *state;
	struct fc_person p;
	struct fc_scene s;
	struct fc_truth straight, turned;

	fc_person_draw(&p, 5, 5);
	fc_scene_draw(&s, 5, 5, 5, 0);
	fc_render(r->st, &p, &s, r->pixels, &straight);
	s.yaw += 0.3f;
	fc_render(r->st, &p, &s, r->pixels, &turned);
	assert_true(turned.mouth[0] > straight.mouth[0] + 5);
	assert_true(turned.right_eye[0] - turned.left_eye[0] <
		straight.right_eye[0] - straight.left_eye[0]);
}

static void
a_session_starts_straight_whatever_is_asked(void **state)
{
	struct rig *r = *state;

	for (int s = 0; s < FC_SPECIES_COUNT; s++) {
		fc_render_session(r->st, 4, 4, 4, 50, (enum fc_species)s,
			FC_TURN_LEFT, FRAMES, r->pixels);
		assert_true(difference(r->pixels,
				    r->pixels + 2 * FC_FACE_BYTES) > 100);
		fc_render_session(r->st, 4, 4, 4, 50, (enum fc_species)s,
			FC_TURN_LEFT, 1, r->other);
		assert_memory_equal(r->pixels, r->other, FC_FACE_BYTES);
	}
}

static void
difficulty_above_the_limit_is_the_limit(void **state)
{
	struct rig *r = *state;

	fc_render_face(r->st, 1, 1, 1, FC_DIFFICULTY_MAX, r->pixels, NULL);
	fc_render_face(r->st, 1, 1, 1, 4000000000u, r->other, NULL);
	assert_memory_equal(r->pixels, r->other, FC_FACE_BYTES);
}

static void
people_with_the_strangest_numbers_stay_in_the_picture(void **state)
{
	struct rig *r = *state;
	struct fc_scene s;
	struct fc_truth t;

	fc_scene_draw(&s, 1, 1, 1, 0);
	for (int sign = -1; sign <= 1; sign += 2) {
		struct fc_person p = { { 0 }, 1, true };

		for (int i = 0; i < FC_PERSON_NUMBERS; i++)
			p.v[i] = (float)sign * (i & 1 ? 1e30f : -1e30f);
		fc_render(r->st, &p, &s, r->pixels, &t);
		assert_true(t.left_eye[0] > 20 && t.right_eye[0] < 124);
	}
}

static void
arithmetic_is_near_to_that_of_libm(void **state)
{
	(void)state;
	for (int i = -2000; i <= 2000; i++) {
		float x = (float)i * 0.01f;
		double e = exp((double)x), s = sin((double)x);

		assert_true(fabs((double)fc_exp(x) - e) < 4e-6 * e);
		assert_true(fabs((double)fc_sin(x) - s) < 4e-6);
		assert_true(fabs((double)fc_cos(x) - cos((double)x)) < 4e-6);
		assert_true(fabs((double)fc_log2(fc_abs(x) + 0.01f) -
				    log2((double)(fc_abs(x) + 0.01f))) < 4e-6);
		assert_int_equal(fc_floor(x), (int)floor((double)x));
	}
	assert_true(fc_exp(-200) <= 0);
	assert_true(fc_pow(0, 0.5f) <= 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_names_bytes),
		cmocka_unit_test(
			pictures_do_not_depend_on_what_was_drawn_before),
		cmocka_unit_test(seed_person_scene_and_difficulty_each_matter),
		cmocka_unit_test(the_truth_points_at_dark_eyes),
		cmocka_unit_test(
			a_turn_to_the_left_moves_the_mouth_to_our_right),
		cmocka_unit_test(a_session_starts_straight_whatever_is_asked),
		cmocka_unit_test(difficulty_above_the_limit_is_the_limit),
		cmocka_unit_test(
			people_with_the_strangest_numbers_stay_in_the_picture),
		cmocka_unit_test(arithmetic_is_near_to_that_of_libm),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
