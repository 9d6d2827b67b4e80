/* Running another program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/child.h"

#define OUT_BYTES (1u << 20)

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fa_child_end end;
	int rc;
};

static void
run(struct rig *r, const char *script, struct fa_str in, size_t out,
	unsigned wall_ms)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	struct fa_child c = {
		.argv = argv, .in = in, .out_bytes = out, .wall_ms = wall_ms
	};

	memset(r, 0, sizeof(*r));
	fa_arena_init(&r->a, (size_t)64 << 20);
	r->rc = fa_child_run(&r->end, &c, &r->a, &r->err);
}

static void
what_goes_in_comes_out(void **state)
{
	char big[300000];
	struct rig r;

	(void)state;
	memset(big, 'x', sizeof(big));
	run(&r, "cat; echo problem >&2; exit 3",
		(struct fa_str){ big, sizeof(big) }, OUT_BYTES, 60000);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.end.out.n, sizeof(big));
	assert_memory_equal(r.end.out.p, big, sizeof(big));
	assert_int_equal(r.end.status, 3);
	assert_string_equal(r.end.said, "problem");
	assert_false(r.end.late || r.end.too_much);
	fa_arena_done(&r.a);
}

static void
one_that_does_not_read_its_input_is_no_harm(void **state)
{
	char big[300000];
	struct rig r;

	(void)state;
	memset(big, 'x', sizeof(big));
	run(&r, "exit 0", (struct fa_str){ big, sizeof(big) }, OUT_BYTES,
		60000);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.end.status, 0);
	fa_arena_done(&r.a);
}

static void
endless_ones_are_killed_with_what_they_started(void **state)
{
	struct rig r;

	(void)state;
	run(&r, "sleep 1000 & sleep 1000", FA_STR(""), OUT_BYTES, 50);
	assert_int_equal(r.rc, FA_OK);
	assert_true(r.end.late);
	assert_int_equal(r.end.status, -1);
	fa_arena_done(&r.a);
	run(&r, "exec >&- 2>&-; sleep 1000", FA_STR(""), OUT_BYTES, 50);
	assert_int_equal(r.rc, FA_OK);
	assert_true(r.end.late);
	fa_arena_done(&r.a);
}

static void
too_much_output_ends_it(void **state)
{
	struct rig r;

	(void)state;
	run(&r, "yes", FA_STR(""), 100000, 60000);
	assert_int_equal(r.rc, FA_OK);
	assert_true(r.end.too_much);
	assert_false(r.end.late);
	fa_arena_done(&r.a);
}

static void
a_program_that_does_not_exist_is_told(void **state)
{
	const char *const argv[] = { "no-such-program-here", NULL };
	struct fa_child c = {
		.argv = argv, .out_bytes = OUT_BYTES, .wall_ms = 1000
	};
	struct fa_child_end end;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1u << 20);
	assert_int_equal(fa_child_run(&end, &c, &a, &err), FA_E_UNSUPPORTED);
	assert_non_null(strstr(err.msg, "no-such-program-here"));
	fa_arena_done(&a);
}

static void
limits_hold(void **state)
{
	const char *const argv[] = { "sh", "-c", "while :; do :; done", NULL };
	struct fa_child c = { .argv = argv,
		.out_bytes = OUT_BYTES,
		.wall_ms = 60000,
		.cpu_s = 1 };
	struct fa_child_end end;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1u << 20);
	assert_int_equal(fa_child_run(&end, &c, &a, &err), FA_OK);
	assert_int_equal(end.status, -1);
	assert_false(end.late);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(one_that_does_not_read_its_input_is_no_harm),
		cmocka_unit_test(
			endless_ones_are_killed_with_what_they_started),
		cmocka_unit_test(too_much_output_ends_it),
		cmocka_unit_test(a_program_that_does_not_exist_is_told),
		cmocka_unit_test(limits_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
