/* Documents of one app taken together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/app.h"

#define OBLIGATIONS 2
#define PARTS 2 /* of the second one */

struct fixture {
	struct fa_arena a;
	struct fa_err err;
	struct fa_app app;
	struct fa_obligation obligations[OBLIGATIONS + PARTS];
	struct fa_bundle bundle;
};

static int
setup(void **state)
{
	static struct fixture f;

	fa_arena_init(&f.a, 1u << 20);
	f.bundle = (struct fa_bundle){ .obligations = f.obligations,
		.obligations_n = OBLIGATIONS + PARTS };
	for (size_t i = OBLIGATIONS; i < f.bundle.obligations_n; i++)
		f.obligations[i].part_of = &f.obligations[1];
	*state = &f;
	return fa_app_init(&f.app, FA_STR("app"), &f.bundle, &f.a, &f.err);
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
	struct fa_evidence e = { .text = fa_str_c(name), .from = { 3, 4, 0 } };
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

/* A flow with a verdict for each part of the second obligation. */
static void
add_flow(struct fixture *f, const char *name, enum fa_verdict one,
	enum fa_verdict two)
{
	struct fa_finding findings[PARTS] = {
		{ .obligation = OBLIGATIONS, .verdict = one },
		{ .obligation = OBLIGATIONS + 1, .verdict = two },
	};
	struct fa_result r = { .name = fa_str_c(name),
		.findings = findings,
		.findings_n = PARTS };

	assert_int_equal(fa_app_add(&f->app, &r, &f->a, &f->err), FA_OK);
}

static void
the_parts_of_a_flow_count_as_their_whole(void **state)
{
	struct fixture *f = *state;

	add_flow(f, "flow", FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL);
	assert_int_equal(f->app.points[1].verdict, FA_VERDICT_CANNOT_TELL);
	assert_int_equal(f->app.points[2].verdict, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(f->app.points[3].verdict, FA_VERDICT_NOT_APPLICABLE);
	assert_null(f->app.points[1].meets.document.p);
}

static void
a_policy_that_the_flow_belies_is_a_contradiction(void **state)
{
	struct fixture *f = *state;

	add(f, "policy", FA_VERDICT_GAP, FA_VERDICT_COMPLIANT);
	add_flow(f, "flow", FA_VERDICT_COMPLIANT, FA_VERDICT_VIOLATION);
	assert_int_equal(f->app.points[1].verdict, FA_VERDICT_VIOLATION);
	assert_true(fa_app_contradicts(&f->app.points[1]));
	assert_true(
		fa_str_eq(f->app.points[1].breaks.document, FA_STR("flow")));
	assert_true(
		fa_str_eq(f->app.points[1].meets.document, FA_STR("policy")));
}

/* The bundle's only rule leaves to documents what a flow does not show. */
static void
add_deferring(struct fixture *f, bool unread)
{
	static struct fa_rule rule = { .defers = true };
	struct fa_finding finding = { .verdict = FA_VERDICT_CANNOT_TELL,
		.confidence = 700 };
	struct fa_result r = { .name = FA_STR("flow"),
		.unread = unread,
		.findings = &finding,
		.findings_n = 1 };

	f->bundle.rules = &rule;
	f->bundle.rules_n = 1;
	assert_int_equal(fa_app_add(&f->app, &r, &f->a, &f->err), FA_OK);
}

static void
what_a_flow_leaves_to_documents_is_a_gap_when_they_are_silent(void **state)
{
	struct fixture *f = *state;

	add_deferring(f, false);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_CANNOT_TELL);
	add(f, "policy", FA_VERDICT_GAP, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_GAP);
	add_deferring(f, false);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_GAP);
	add(f, "rules", FA_VERDICT_COMPLIANT, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_COMPLIANT);
}

static void
a_flow_with_an_unread_screen_leaves_nothing_to_documents(void **state)
{
	struct fixture *f = *state;

	add_deferring(f, true);
	add(f, "policy", FA_VERDICT_GAP, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(f->app.points[0].verdict, FA_VERDICT_CANNOT_TELL);
}

static void
one_flow_does_not_contradict_itself(void **state)
{
	struct fixture *f = *state;

	add_flow(f, "flow", FA_VERDICT_COMPLIANT, FA_VERDICT_VIOLATION);
	assert_int_equal(f->app.points[1].verdict, FA_VERDICT_VIOLATION);
	assert_false(fa_app_contradicts(&f->app.points[1]));
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
		cmocka_unit_test_setup_teardown(
			the_parts_of_a_flow_count_as_their_whole, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_policy_that_the_flow_belies_is_a_contradiction, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			one_flow_does_not_contradict_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_a_flow_leaves_to_documents_is_a_gap_when_they_are_silent,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_flow_with_an_unread_screen_leaves_nothing_to_documents,
			setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
