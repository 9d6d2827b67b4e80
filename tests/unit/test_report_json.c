#include "base/json.h"
#include "fixture_report.h"

static const struct fa_json *
parse(struct fa_str text, struct fa_arena *a)
{
	struct fa_json *json = NULL;
	struct fa_err err;

	assert_int_equal(fa_json_parse(&json, text, a, &err), FA_OK);
	return json;
}

static const struct fa_json *
item(const struct fa_json *array, size_t i)
{
	const struct fa_json *at;

	assert_non_null(array);
	assert_int_equal(array->kind, FA_JSON_ARRAY);
	for (at = array->child; at != NULL && i > 0; at = at->next)
		i--;
	assert_non_null(at);
	return at;
}

static void
assert_text(const struct fa_json *obj, const char *key, const char *want)
{
	struct fa_str got = fa_json_text(obj, key);

	assert_true(fa_str_eq(got, fa_str_c(want)));
}

static void
json_holds_every_document_and_the_totals(void **state)
{
	struct fixture_report x;
	const struct fa_json *json, *docs;

	(void)state;
	fixture_open(&x, "json");
	json = parse(fixture_write_all(&x), &x.arena);
	docs = fa_json_find(json, "documents");
	assert_text(json, "schema", "faceaudit-report/2");
	assert_text(json, "as_of", "2026-11-21");
	assert_text(
		fa_json_find(json, "bundle"), "sha256", fixture_bundle.sha256);
	assert_int_equal(docs->count, 5);
	assert_text(
		item(docs, 2), "error", "looks like a PDF, which is not read");
	assert_null(fa_json_find(item(docs, 2), "score"));
	assert_int_equal(
		fa_json_int(fa_json_find(json, "totals"), "documents", 0), 5);
	assert_int_equal(
		fa_json_int(fa_json_find(json, "totals"), "gating", 0), 3);
	fixture_close(&x);
}

static void
json_evidence_has_place_bytes_and_both_texts(void **state)
{
	struct fixture_report x;
	const struct fa_json *json, *doc, *f, *e;

	(void)state;
	fixture_open(&x, "json");
	json = parse(fixture_write_all(&x), &x.arena);
	doc = item(fa_json_find(json, "documents"), 0);
	assert_text(doc, "name", "隐私/政策 一.html");
	assert_text(doc, "uri",
		"%E9%9A%90%E7%A7%81/%E6%94%BF%E7%AD%96%20%E4%B8%80.html");
	assert_int_equal(
		fa_json_int(fa_json_find(doc, "score"), "hi", 0), 477572620);
	f = item(fa_json_find(doc, "findings"), 0);
	assert_text(f, "obligation", "FRM.10.1.a");
	assert_text(f, "verdict", "violation");
	assert_text(f, "tier", "established");
	assert_int_equal(fa_json_int(f, "confidence", 0), 963);
	assert_text(fa_json_find(f, "source"), "citation",
		"《人脸识别技术应用安全管理办法》第10条第1款");
	e = item(fa_json_find(f, "evidence"), 0);
	assert_int_equal(fa_json_int(e, "line", 0), 12);
	assert_int_equal(fa_json_int(e, "column", 0), 5);
	assert_int_equal(fa_json_int(e, "byte_offset", 0), 2048);
	assert_int_equal(fa_json_int(e, "byte_length", 0), 99);
	assert_text(e, "encoding", "gb18030");
	assert_text(e, "quote",
		"如您<b>不进行人脸识别</b>，"
		"将无法继续使用𠮷祥钱包的全部功能");
	assert_text(e, "text",
		"如您不进行人脸识别，"
		"将无法继续使用𠮷祥钱包的全部功能");
	assert_int_equal(fa_json_find(f, "counter_evidence")->count, 1);
	fixture_close(&x);
}

static void
a_hostile_quote_survives_the_round_trip(void **state)
{
	static const char want[] =
		"\xE2\x80\xAE"
		"safe\x1B[31m\x07\xC2\x9B"
		"2J</script>"
		"<img src=x onerror=alert(1)>\"'&amp; \xE2\x81\xA6"
		"\xE2\x80\x8B"
		"end\r\nnew \xEF\xBF\xBD";
	struct fixture_report x;
	const struct fa_json *json, *f;

	(void)state;
	fixture_open(&x, "json");
	json = parse(fixture_write_all(&x), &x.arena);
	f = item(fa_json_find(
			 item(fa_json_find(json, "documents"), 1), "findings"),
		0);
	assert_text(item(fa_json_find(f, "evidence"), 0), "quote", want);
	fixture_close(&x);
}

static void
each_ndjson_line_is_one_object(void **state)
{
	struct fixture_report x;
	struct fa_str rest;
	size_t lines = 0;

	(void)state;
	fixture_open(&x, "ndjson");
	rest = fixture_write_all(&x);
	while (rest.n > 0) {
		const struct fa_json *json =
			parse(fa_str_cut(&rest, '\n'), &x.arena);

		assert_text(json, "type", lines < 5 ? "document" : "totals");
		lines++;
	}
	assert_int_equal(lines, 6);
	fixture_close(&x);
}

static const struct fa_json *
sarif_run(struct fixture_report *x)
{
	const struct fa_json *json;

	fixture_open(x, "sarif");
	json = parse(fixture_write_all(x), &x->arena);
	assert_text(json, "version", "2.1.0");
	return item(fa_json_find(json, "runs"), 0);
}

/* What a report has written once it copies: a line behind others must read
 * like the line of a report of its own. */
static void
assert_line_stands_alone(struct fixture_report *x, const struct fa_result *res)
{
	struct fixture_report own;
	size_t from = x->out.n;

	fixture_open(&own, "ndjson");
	fixture_begin(&own);
	fixture_doc(&own, res);
	fixture_doc(x, res);
	assert_string_equal(fa_buf_str(&x->out).p + from, own.out.p);
	fixture_close(&own);
}

static void
what_is_known_is_told_from_what_only_looks_like_it(void **state)
{
	struct fixture p;
	struct fixture_report x;
	struct fa_finding *f;

	(void)state;
	fixture_open(&x, "ndjson");
	fixture_begin(&x);
	fixture_policy(&p, &x.arena);
	f = &p.res.findings[0];
	for (int again = 0; again < 2; again++) {
		assert_line_stands_alone(&x, &p.res);
		f->confidence++;
		assert_line_stands_alone(&x, &p.res);
		f->tier = FA_TIER_LEAD;
		assert_line_stands_alone(&x, &p.res);
		f->rule = FA_RULE_NONE;
		assert_line_stands_alone(&x, &p.res);
		f->verdict = FA_VERDICT_CANNOT_TELL;
		assert_line_stands_alone(&x, &p.res);
		f->reason = FA_STR("too many matches");
		assert_line_stands_alone(&x, &p.res);
		f->obligation = p.res.findings[1].obligation;
		f->waiver = &fixture_waivers[0];
		assert_line_stands_alone(&x, &p.res);
		fixture_policy(&p, &x.arena);
		f = &p.res.findings[0];
	}
	fixture_close(&x);
}

static void
sarif_results_point_to_rules_and_bytes(void **state)
{
	struct fixture_report x;
	const struct fa_json *run = sarif_run(&x);
	const struct fa_json *res = item(fa_json_find(run, "results"), 0);
	const struct fa_json *rules = fa_json_find(
		fa_json_find(fa_json_find(run, "tool"), "driver"), "rules");
	const struct fa_json *loc, *region;

	(void)state;
	assert_text(run, "columnKind", "unicodeCodePoints");
	assert_text(res, "level", "error");
	assert_text(res, "kind", "fail");
	assert_text(item(rules, (size_t)fa_json_int(res, "ruleIndex", 99)),
		"id", "FRM.10.1.a/only");
	loc = fa_json_find(
		item(fa_json_find(res, "locations"), 0), "physicalLocation");
	region = fa_json_find(loc, "region");
	assert_int_equal(fa_json_int(region, "startColumn", 0), 5);
	assert_int_equal(fa_json_int(region, "endColumn", 0), 38);
	assert_int_equal(fa_json_int(region, "byteOffset", 0), 2048);
	assert_int_equal(fa_json_find(res, "relatedLocations")->count, 2);
	fixture_close(&x);
}

static void
sarif_unknowns_are_open_and_leads_are_notes(void **state)
{
	struct fixture_report x;
	const struct fa_json *run = sarif_run(&x);
	const struct fa_json *results = fa_json_find(run, "results");

	(void)state;
	assert_text(item(results, 1), "ruleId", "FRM.12.D/mislead");
	assert_text(item(results, 1), "level", "note");
	assert_text(item(results, 3), "kind", "open");
	assert_text(item(results, 3), "level", "none");
	/* Four of the policy, four of the hostile one, and five of the one of
	 * which one finding is split by a waiver. */
	assert_int_equal(results->count, 13);
	fixture_close(&x);
}

static void
sarif_reports_what_was_not_judged(void **state)
{
	struct fixture_report x;
	const struct fa_json *run = sarif_run(&x);
	const struct fa_json *inv = item(fa_json_find(run, "invocations"), 0);
	const struct fa_json *notes =
		fa_json_find(inv, "toolExecutionNotifications");

	(void)state;
	assert_false(fa_json_find(inv, "executionSuccessful")->boolean);
	assert_int_equal(fa_json_int(inv, "exitCode", 0), 1);
	assert_text(item(notes, 0), "level", "note");
	assert_text(item(notes, 1), "level", "error");
	assert_int_equal(fa_json_find(run, "artifacts")->count, 5);
	fixture_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_holds_every_document_and_the_totals),
		cmocka_unit_test(json_evidence_has_place_bytes_and_both_texts),
		cmocka_unit_test(a_hostile_quote_survives_the_round_trip),
		cmocka_unit_test(each_ndjson_line_is_one_object),
		cmocka_unit_test(
			what_is_known_is_told_from_what_only_looks_like_it),
		cmocka_unit_test(sarif_results_point_to_rules_and_bytes),
		cmocka_unit_test(sarif_unknowns_are_open_and_leads_are_notes),
		cmocka_unit_test(sarif_reports_what_was_not_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
