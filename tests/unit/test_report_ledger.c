/* What reports say on how far the rules cover the law. */
#include "base/json.h"
#include "fixture_report.h"

static struct fa_str
report(struct fixture_report *x, const char *format, enum fa_lang lang,
	bool verbose)
{
	fixture_open(x, format);
	x->report.opts.lang = lang;
	x->report.opts.verbose = verbose;
	return fixture_write_all(x);
}

static void
html_has_the_ledger_closed_and_grouped_by_law(void **state)
{
	static const char *const parts[] = {
		"<li><a href=\"#ledger\">覆盖清单</a></li>",
		"<section id=\"ledger\" aria-labelledby=\"ledger-h\">",
		"<details class=\"met\"><summary>3 款：自动 1、部分自动 0、",
		"人工 1、外部不可见 1、不适用 0</summary>",
		"<tr><th scope=\"row\"><code>FRM.9.1</code><br>第9条第1款</th>",
		"<td class=\"keep\">外部不可见</td><td class=\"keep\"></td>",
		"<td>索取&lt;评估&gt;报告</td>",
		"<td class=\"keep\">自动</td><td class=\"keep\"><code>",
		"<code>FRM.10.1.a</code><br><code>",
	};
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	s = report(&x, "html", FA_LANG_ZH, false);
	for (size_t i = 0; i < FA_COUNT(parts); i++) {
		if (!fixture_has(s, parts[i]))
			fail_msg("no %s", parts[i]);
	}
	assert_false(fixture_has(s, "<details open"));
	fixture_close(&x);
}

static void
only_the_verbose_text_report_has_one_line(void **state)
{
	static const char line[] =
		"\ncoverage ledger: 3 paragraphs: automated 1, partial 0, "
		"manual 1, out of reach 1,\n  not applicable 0\n";
	struct fixture_report x;

	(void)state;
	assert_true(fixture_has(report(&x, "text", FA_LANG_EN, true), line));
	fixture_close(&x);
	assert_false(fixture_has(
		report(&x, "text", FA_LANG_EN, false), "coverage ledger"));
	fixture_close(&x);
}

static void
json_has_the_totals_of_the_ledger(void **state)
{
	struct fixture_report x;
	struct fa_json *json = NULL;
	const struct fa_json *ledger;
	struct fa_err err;

	(void)state;
	assert_int_equal(
		fa_json_parse(&json, report(&x, "json", FA_LANG_ZH, false),
			&x.arena, &err),
		FA_OK);
	ledger = fa_json_find(json, "ledger");
	assert_non_null(ledger);
	assert_int_equal(fa_json_int(ledger, "paragraphs", -1), 3);
	assert_int_equal(fa_json_int(ledger, "automated", -1), 1);
	assert_int_equal(fa_json_int(ledger, "partial", -1), 0);
	assert_int_equal(fa_json_int(ledger, "manual", -1), 1);
	assert_int_equal(fa_json_int(ledger, "out_of_reach", -1), 1);
	assert_int_equal(fa_json_int(ledger, "not_applicable", -1), 0);
	fixture_close(&x);
}

static void
rules_without_a_ledger_leave_it_out(void **state)
{
	static const char *const formats[] = { "html", "json", "text" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(formats); i++) {
		struct fa_bundle bare = fixture_bundle;
		struct fixture_report x;
		struct fixture policy;

		bare.ledger_n = 0;
		fixture_open(&x, formats[i]);
		x.report.bundle = &bare;
		x.report.opts.verbose = true;
		fixture_begin(&x);
		fixture_policy(&policy, &x.arena);
		fixture_doc(&x, &policy.res);
		fixture_end(&x);
		assert_false(fixture_has(fa_buf_str(&x.out), "ledger"));
		assert_false(fixture_has(fa_buf_str(&x.out), "覆盖清单"));
		fixture_close(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_has_the_ledger_closed_and_grouped_by_law),
		cmocka_unit_test(only_the_verbose_text_report_has_one_line),
		cmocka_unit_test(json_has_the_totals_of_the_ledger),
		cmocka_unit_test(rules_without_a_ledger_leave_it_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
