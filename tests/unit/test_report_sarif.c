/* SARIF: what is accepted, and the limits of who reads it. */
#include "base/json.h"
#include "fixture_report.h"
#include "report/sarif.h"

static const struct fa_json *
parse(struct fa_str text, struct fa_arena *a)
{
	struct fa_json *json = NULL;
	struct fa_err err;

	assert_int_equal(fa_json_parse(&json, text, a, &err), FA_OK);
	return fa_json_find(json, "runs")->child;
}

static const struct fa_json *
notifications(const struct fa_json *run, const char *key)
{
	return fa_json_find(fa_json_find(run, "invocations")->child, key);
}

static void
every_result_has_suppressions_and_those_waived_their_reason(void **state)
{
	struct fixture_report x;
	struct fixture_waived w;
	const struct fa_json *run, *r, *s;
	size_t suppressed = 0;

	(void)state;
	fixture_open(&x, "sarif");
	fixture_begin(&x);
	fixture_waived(&w, &x.arena);
	fixture_doc(&x, &w.base.res);
	run = parse(fixture_end(&x), &x.arena);
	for (r = fa_json_find(run, "results")->child; r != NULL; r = r->next) {
		s = fa_json_find(r, "suppressions");
		assert_non_null(s);
		if (s->count == 0)
			continue;
		suppressed++;
		assert_true(fa_str_eq(
			fa_json_text(s->child, "status"), FA_STR("accepted")));
		assert_true(fa_json_text(s->child, "justification").n > 0);
		assert_true(fa_str_eq(fa_json_text(s->child, "kind"),
			suppressed == 3 ? FA_STR("inSource")
					: FA_STR("external")));
	}
	assert_int_equal(suppressed, 3);
	fixture_close(&x);
}

static void
notes_on_waivers_are_configuration_notifications(void **state)
{
	struct fixture_report x;
	const struct fa_json *notes, *n;

	(void)state;
	fixture_open(&x, "sarif");
	notes = notifications(parse(fixture_write_all(&x), &x.arena),
		"toolConfigurationNotifications");
	assert_int_equal(notes->count, FA_COUNT(fixture_notes));
	n = notes->child;
	assert_true(fa_str_eq(fa_json_text(n, "level"), FA_STR("warning")));
	assert_true(fa_str_eq(fa_json_text(fa_json_find(n, "descriptor"), "id"),
		FA_STR("waiver-expired")));
	n = fa_json_find(n, "locations")->child;
	n = fa_json_find(n, "physicalLocation");
	assert_true(fa_str_eq(
		fa_json_text(fa_json_find(n, "artifactLocation"), "uri"),
		FA_STR("a%2Cb%3Ac%25.md")));
	assert_int_equal(
		fa_json_int(fa_json_find(n, "region"), "startLine", 0), 3);
	fixture_close(&x);
}

static void
equal_results_have_fingerprints_of_their_own(void **state)
{
	struct fixture_report x;
	struct fixture p;
	struct fa_finding twice[2];
	const struct fa_json *r;
	struct fa_str a, b;

	(void)state;
	fixture_open(&x, "sarif");
	fixture_begin(&x);
	fixture_policy(&p, &x.arena);
	twice[0] = twice[1] = p.findings[OB_SOLE];
	p.res.findings = twice;
	p.res.findings_n = 2;
	fixture_doc(&x, &p.res);
	r = fa_json_find(parse(fixture_end(&x), &x.arena), "results")->child;
	a = fa_json_text(
		fa_json_find(r, "partialFingerprints"), "ruleAndQuote/v2");
	b = fa_json_text(fa_json_find(r->next, "partialFingerprints"),
		"ruleAndQuote/v2");
	assert_int_equal(a.n, 66);
	assert_true(fa_str_eq(fa_str_sub(a, 0, 64), fa_str_sub(b, 0, 64)));
	assert_false(fa_str_eq(a, b));
	fixture_close(&x);
}

/* Ten policies, as many results as fit, and what is said of the rest. */
static const struct fa_json *
limited(struct fixture_report *x, size_t results, size_t bytes)
{
	struct fa_sarif *st;
	struct fixture p;

	fixture_open(x, "sarif");
	x->report.opts.lang = FA_LANG_EN;
	fixture_begin(x);
	st = x->report.state;
	st->max_results = results;
	st->max_bytes = bytes;
	for (size_t i = 0; i < 10; i++) {
		fixture_policy(&p, &x->arena);
		fixture_doc(x, &p.res);
	}
	return parse(fixture_end(x), &x->arena);
}

static void
beyond_the_limit_the_gravest_results_stay_and_the_cut_is_told(void **state)
{
	struct fixture_report x;
	const struct fa_json *run = limited(&x, 15, FA_SARIF_GZIP_BYTES);
	const struct fa_json *r = fa_json_find(run, "results");
	const struct fa_json *n =
		notifications(run, "toolExecutionNotifications");
	size_t high = 0;

	(void)state;
	assert_int_equal(r->count, 15);
	for (r = r->child; r != NULL; r = r->next) {
		struct fa_str id = fa_json_text(r, "ruleId");

		/* The violation gates, the gap is medium, the lead and the
		 * unknown are left out. */
		assert_true(fa_str_eq(id, FA_STR("FRM.10.1.a/only")) ||
			fa_str_eq(id, FA_STR("FRM.5.2/silent")));
		high += fa_str_eq(id, FA_STR("FRM.10.1.a/only"));
	}
	assert_int_equal(high, 10);
	assert_int_equal(n->count, 1);
	assert_true(fixture_has(
		fa_json_text(fa_json_find(n->child, "message"), "text"),
		"left out: 25 (40)"));
	fixture_close(&x);
}

static void
a_file_that_would_be_too_large_is_cut_by_its_compressed_size(void **state)
{
	struct fixture_report x;
	const struct fa_json *run = limited(&x, 40, 1500);
	const struct fa_json *r = fa_json_find(run, "results");
	const struct fa_json *n =
		notifications(run, "toolExecutionNotifications");

	(void)state;
	assert_true(r->count > 0 && r->count < 40);
	assert_true(fa_str_eq(
		fa_json_text(r->child, "ruleId"), FA_STR("FRM.10.1.a/only")));
	assert_true(fa_str_eq(
		fa_json_text(fa_json_find(n->child, "descriptor"), "id"),
		FA_STR("size-cut")));
	fixture_close(&x);
	run = limited(&x, 40, FA_SARIF_GZIP_BYTES);
	assert_int_equal(fa_json_find(run, "results")->count, 40);
	assert_int_equal(
		notifications(run, "toolExecutionNotifications")->count, 0);
	fixture_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_result_has_suppressions_and_those_waived_their_reason),
		cmocka_unit_test(
			notes_on_waivers_are_configuration_notifications),
		cmocka_unit_test(equal_results_have_fingerprints_of_their_own),
		cmocka_unit_test(
			beyond_the_limit_the_gravest_results_stay_and_the_cut_is_told),
		cmocka_unit_test(
			a_file_that_would_be_too_large_is_cut_by_its_compressed_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
