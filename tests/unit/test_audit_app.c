/* Documents of one app taken together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/app.h"

#define OBLIGATIONS 2

struct fixture {
	struct fa_arena a;
	struct fa_err err;
	struct fa_app app;
};

static int
setup(void **state)
{
	static struct fixture f;
	struct fa_bundle b = { .obligations_n = OBLIGATIONS };

	fa_arena_init(&f.a, 1u << 20);
	*state = &f;
	return fa_app_init(&f.app, FA_STR("app"), &b, &f.a, &f.err);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fa_arena_done(&f->a);
	return 0;
}

/* A document with one verdict for each obligation. */
static void
add(struct fixture *f, const char *name, enum fa_verdict one,
	enum fa_verdict two)
{
	struct fa_evidence e = { .text = fa_str_c(name), .from = { 3, 4 } };
	struct fa_finding findings[OBLIGATIONS] = {
		{ .obligation = 0, .verdict = one, .pro = &e, .pro_n = 1 },
		{ .obligation = 1, .verdict = two, .pro = &e, .pro_n = 1 },
	};
	struct fa_result r = { .name = fa_str_c(name),
		.findings = findings,
		.findings_n = OBLIGATIONS };

	assert_int_equal(fa_app_add(&f->app, &r, &f->a, &f->err), FA_OK);
}

static void
an_app_meets_what_one_document_meets(void **state)
{
	struct fixture *f = *state;

	add(f, "a", FA_VERDICT_GAP, FA_VERDICT_GAP);
	add(f, "b", FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL);
	assert_int_equal(f->app.documents, 2);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_COMPLIANT);
	assert_int_equal(f->app.points[1].verdict, FA_VERDICT_CANNOT_TELL);
}

static void
an_app_breaks_what_one_document_breaks_in_any_order(void **state)
{
	struct fixture *f = *state;

	add(f, "a", FA_VERDICT_VIOLATION, FA_VERDICT_COMPLIANT);
	add(f, "b", FA_VERDICT_COMPLIANT, FA_VERDICT_VIOLATION);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_VIOLATION);
	assert_int_equal(f->app.points[1].verdict, FA_VERDICT_VIOLATION);
}

static void
both_sides_of_a_contradiction_are_kept_with_their_place(void **state)
{
	struct fixture *f = *state;
	const struct fa_app_point *p = &f->app.points[0];

	add(f, "a", FA_VERDICT_VIOLATION, FA_VERDICT_NOT_APPLICABLE);
	assert_null(p->meets.document.p);
	add(f, "b", FA_VERDICT_COMPLIANT, FA_VERDICT_NOT_APPLICABLE);
	add(f, "c", FA_VERDICT_COMPLIANT, FA_VERDICT_NOT_APPLICABLE);
	assert_true(fa_str_eq(p->breaks.document, FA_STR("a")));
	assert_true(fa_str_eq(p->meets.document, FA_STR("b")));
	assert_true(fa_str_eq(p->meets.text, FA_STR("b")));
	assert_int_equal(p->meets.at.line, 3);
	assert_null(f->app.points[1].breaks.document.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_app_meets_what_one_document_meets, setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_app_breaks_what_one_document_breaks_in_any_order,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			both_sides_of_a_contradiction_are_kept_with_their_place,
			setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
