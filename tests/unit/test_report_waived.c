/* What is accepted stays visible for people and programs, apart from what
 * stands. */
#include "base/json.h"
#include "fixture_report.h"
#include "report/waived.h"

static struct fa_str
write_waived(struct fixture_report *x, const char *writer, enum fa_lang lang)
{
	struct fixture_waived w;

	fixture_open(x, writer);
	x->report.opts.lang = lang;
	x->report.opts.columns = 1000;
	fixture_begin(x);
	fixture_waived(&w, &x->arena);
	fixture_doc(x, &w.base.res);
	x->totals.notes = fixture_notes;
	x->totals.notes_n = FA_COUNT(fixture_notes);
	return fixture_end(x);
}

static void
text_lists_what_is_waived_behind_what_stands(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_waived(&x, "text", FA_LANG_EN);
	size_t standing = fa_str_find(s, FA_STR("violation (1)"), 0);
	size_t waived = fa_str_find(s, FA_STR("waived (3)\n\n"), 0);

	(void)state;
	assert_true(standing != SIZE_MAX && waived != SIZE_MAX);
	assert_true(standing < waived);
	assert_true(fixture_has(s, "inline comment "));
	assert_true(fixture_has(s, "until 2026-12-31"));
	assert_true(fixture_has(s, ", 3 waived"));
	assert_true(fixture_has(s, "waivers to mend (5)\n\n"));
	assert_true(fixture_has(s, "a,b:c%.md:3: the waiver has expired"));
	assert_true(fixture_has(s, "did you mean FRM.9.1"));
	fixture_close(&x);
	fixture_open(&x, "text");
	assert_false(
		fixture_has(write_waived(&x, "text", FA_LANG_ZH), "缺失 ("));
	fixture_close(&x);
}

static void
html_lists_it_escaped(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_waived(&x, "html", FA_LANG_ZH);

	(void)state;
	assert_true(fixture_has(s, "<h3>已豁免 (3)</h3>"));
	assert_true(fixture_has(s, "海外版不上线 @ops &lt;b&gt;x&lt;/b&gt;"));
	assert_true(fixture_has(s, "<code class=\"name\">a,b:c%.md:3</code>"));
	assert_false(fixture_has(s, "未发现违规、缺失或无法判定的事项"));
	fixture_close(&x);
}

static void
json_gives_each_finding_its_waiver_or_null(void **state)
{
	struct fixture_report x;
	struct fa_json *json = NULL;
	const struct fa_json *f, *w;
	struct fa_err err;
	size_t waived = 0;

	(void)state;
	assert_int_equal(
		fa_json_parse(&json, write_waived(&x, "json", FA_LANG_ZH),
			&x.arena, &err),
		FA_OK);
	f = fa_json_find(json, "documents")->child;
	for (f = fa_json_find(f, "findings")->child; f != NULL; f = f->next) {
		w = fa_json_find(f, "waiver");
		assert_non_null(w);
		if (w->kind == FA_JSON_NULL)
			continue;
		waived++;
		assert_false(fa_json_find(f, "gates")->boolean);
		assert_true(fa_json_text(w, "kind").n > 0);
	}
	assert_int_equal(waived, 3);
	assert_int_equal(
		fa_json_int(fa_json_find(json, "totals"), "waived", 0), 3);
	w = fa_json_find(json, "waiver_notes");
	assert_int_equal(w->count, 5);
	assert_true(fa_str_eq(
		fa_json_text(w->child, "until"), FA_STR("2026-01-01")));
	assert_true(
		fa_str_eq(fa_json_text(w->child, "fault"), FA_STR("expired")));
	fixture_close(&x);
}

static void
a_report_without_waivers_speaks_of_none(void **state)
{
	static const char *const writers[] = { "text", "html", "line" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(writers); i++) {
		struct fixture_report x;
		struct fixture p;

		fixture_open(&x, writers[i]);
		fixture_begin(&x);
		fixture_policy(&p, &x.arena);
		fixture_doc(&x, &p.res);
		assert_false(fixture_has(fixture_end(&x), "豁免"));
		fixture_close(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_lists_what_is_waived_behind_what_stands),
		cmocka_unit_test(html_lists_it_escaped),
		cmocka_unit_test(json_gives_each_finding_its_waiver_or_null),
		cmocka_unit_test(a_report_without_waivers_speaks_of_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
