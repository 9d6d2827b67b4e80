/* The findings of an app as a whole, and their score. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/app.h"

#define RULES 3

struct fixture {
	struct fa_arena a;
	struct fa_err err;
	struct fa_obligation obligation;
	struct fa_rule rules[RULES];
	struct fa_bundle b;
	struct fa_app app;
};

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	fa_arena_init(&f.a, 1u << 20);
	f.obligation = (struct fa_obligation){ .id = FA_STR("T.1"),
		.severity = FA_SEVERITY_HIGH };
	f.rules[1].precision = 950;
	f.rules[2].precision = 720;
	f.b = (struct fa_bundle){ .obligations = &f.obligation,
		.obligations_n = 1,
		.rules = f.rules,
		.rules_n = RULES,
		.loss = { 0, 80, 200, 450, 750 },
		.established = 900,
		.probable = 700 };
	memcpy(f.b.sha256, "0123456789abcdef", 17);
	*state = &f;
	return fa_app_init(&f.app, FA_STR("app"), &f.b, &f.a, &f.err);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fa_arena_done(&f->a);
	return 0;
}

static void
add(struct fixture *f, enum fa_verdict verdict, uint32_t rule)
{
	struct fa_finding finding = { .verdict = verdict,
		.rule = rule,
		.confidence = f->rules[rule].precision };
	struct fa_result r = { .name = FA_STR("doc"),
		.scopes = 1u << rule,
		.findings = &finding,
		.findings_n = 1 };

	assert_int_equal(fa_app_add(&f->app, &r, &f->a, &f->err), FA_OK);
}

static struct fa_result
score(struct fixture *f)
{
	struct fa_result r;

	assert_int_equal(
		fa_app_score(&r, &f->app, &f->b, 20261121, &f->a, &f->err),
		FA_OK);
	assert_int_equal(r.findings_n, 1);
	return r;
}

static void
the_most_certain_violation_stands_for_the_app(void **state)
{
	struct fixture *f = *state;
	struct fa_result r;

	add(f, FA_VERDICT_VIOLATION, 2);
	add(f, FA_VERDICT_VIOLATION, 1);
	add(f, FA_VERDICT_VIOLATION, 2);
	r = score(f);
	assert_int_equal(r.findings[0].rule, 1);
	assert_int_equal(r.findings[0].tier, FA_TIER_ESTABLISHED);
	assert_int_equal(r.scopes, 6);
	/* 10^9 x (10^6 - 450 x 950) / 10^6 */
	assert_int_equal(r.score.hi, 572500000);
}

static void
a_gap_of_one_document_is_not_scored_when_another_complies(void **state)
{
	struct fixture *f = *state;
	struct fa_result r;

	add(f, FA_VERDICT_GAP, 1);
	add(f, FA_VERDICT_COMPLIANT, 2);
	r = score(f);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_COMPLIANT);
	assert_int_equal(r.score.hi, 1000000000);
	assert_int_equal(r.score.grade, 'A');
}

static void
what_is_missing_makes_a_gap_unknown_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	struct fa_result r;

	add(f, FA_VERDICT_GAP, 1);
	fa_app_miss(&f->app, FA_STR("why"));
	r = score(f);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_CANNOT_TELL);
	assert_int_equal(r.findings[0].rule, FA_RULE_NONE);
	assert_true(fa_str_eq(r.findings[0].reason, FA_STR("why")));
	assert_int_equal(r.score.hi, 1000000000);
	assert_int_equal(r.score.lo, 550000000);
	add(f, FA_VERDICT_VIOLATION, 1);
	fa_app_miss(&f->app, FA_STR("why"));
	r = score(f);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_VIOLATION);
}

#define APP_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(the_most_certain_violation_stands_for_the_app),
		APP_TEST(
			a_gap_of_one_document_is_not_scored_when_another_complies),
		APP_TEST(what_is_missing_makes_a_gap_unknown_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
