/* Proofs say why they cannot be made. What they find is tested in
 * tests/facecheck/prove, where there are faults to find. */
#define _GNU_SOURCE
#include "rig_child.h"

#include <sys/wait.h>

#include "facecheck/child/prove.h"

struct studio {
	unsigned poor_person; /* of whom there is no picture */
	unsigned plain_person;
};

static int
picture(void *ctx, uint32_t person, uint32_t take, uint8_t *pixels,
	uint32_t width, uint32_t height)
{
	const struct studio *s = ctx;

	(void)height;
	if (person == s->poor_person)
		return -1;
	standin_picture(pixels, width, person, take);
	if (person == s->plain_person)
		memset(pixels, 99, (size_t)width * width);
	return 0;
}

static bool
is_sanitized(void)
{
	struct fc_children *c = children(&standin, 0, 0);
	bool none = fc_children_level(c) == FC_LEVEL_NONE;

	fc_children_free(c);
	return none;
}

static int
prove(struct fc_proofs *out, struct fa_err *err, struct studio *s,
	uint32_t side, enum fc_level require)
{
	struct fc_prove_opts o = { .plugin = &standin,
		.require = require,
		.picture = picture,
		.ctx = s,
		.width = side,
		.height = side };

	return fc_prove_run(out, &o, err);
}

static void
pictures_that_cannot_be_had_are_named(void **state)
{
	struct studio none = { 1, 99 };
	struct studio plain = { 99, 1 };
	struct fc_proofs p = { .level = FC_LEVEL_FILES };
	struct fa_err err;

	(void)state;
	if (is_sanitized()) {
		assert_int_equal(prove(&p, &err, &none, SIDE, FC_LEVEL_NONE),
			FA_E_UNSUPPORTED);
		assert_non_null(strstr(err.msg, "sanitizer"));
		return;
	}
	assert_int_equal(
		prove(&p, &err, &none, SIDE, FC_LEVEL_NONE), FA_E_INPUT);
	assert_non_null(strstr(err.msg, "cannot be made"));
	assert_int_equal(
		prove(&p, &err, &plain, SIDE, FC_LEVEL_NONE), FA_E_INPUT);
	assert_non_null(strstr(err.msg, "does not encode"));
	assert_int_equal(
		prove(&p, &err, &none, 1025, FC_LEVEL_NONE), FA_E_LIMIT);
	assert_int_equal(prove(&p, &err, &none, 0, FC_LEVEL_NONE), FA_E_LIMIT);
	assert_int_equal(p.level, FC_LEVEL_FILES);
}

static void
the_reference_is_never_refuted(void **state)
{
	struct studio s = { 99, 99 };
	struct fc_proofs p;
	struct fa_err err;

	(void)state;
	if (is_sanitized()) {
		print_message("# left out: built with a sanitizer\n");
		return;
	}
	if (prove(&p, &err, &s, SIDE, FC_LEVEL_LIMITS) != FA_OK)
		fail_msg("%s", err.msg);
	for (int i = 0; i < FC_PROOFS; i++) {
		if (p.result[i].proved == FC_REFUTED)
			fail_msg("%s: %s", p.result[i].name, p.result[i].note);
		assert_true(p.result[i].note[0] != '\0');
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				p.result[i].name, p.result[k].name);
	}
	/* nothing of it is left to wait for */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_string_equal(fc_proved_name(FC_REFUTED), "refuted");
	assert_string_equal(fc_proved_name((enum fc_proved)9), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_that_cannot_be_had_are_named),
		cmocka_unit_test(the_reference_is_never_refuted),
	};

	if (rig_is_in_valgrind())
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
