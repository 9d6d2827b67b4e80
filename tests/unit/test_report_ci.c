/* Outputs for CI: what they say, in which order, and what they leave out. */
#include <stdio.h>

#include "base/json.h"
#include "fixture_report_flow.h"
#include "report/entry.h"
#include "report/markdown.h"

static const struct fa_json *
parse(struct fa_str text, struct fa_arena *a)
{
	struct fa_json *json = NULL;
	struct fa_err err;

	assert_int_equal(fa_json_parse(&json, text, a, &err), FA_OK);
	return json;
}

/* How often needle occurs in s. */
static size_t
count(struct fa_str s, const char *needle)
{
	struct fa_str what = fa_str_c(needle);
	size_t at = 0;
	size_t n = 0;

	while ((at = fa_str_find(s, what, at)) != SIZE_MAX) {
		n++;
		at += what.n;
	}
	return n;
}

static struct fa_str
write_waived(struct fixture_report *x, const char *writer)
{
	struct fixture_waived w;

	fixture_open(x, writer);
	fixture_begin(x);
	fixture_waived(&w, &x->arena);
	fixture_doc(x, &w.base.res);
	x->totals.notes = fixture_notes;
	x->totals.notes_n = FA_COUNT(fixture_notes);
	return fixture_end(x);
}

static struct fa_str
write_policy(struct fixture_report *x, const char *writer)
{
	struct fixture p;

	fixture_open(x, writer);
	fixture_begin(x);
	fixture_policy(&p, &x->arena);
	fixture_doc(x, &p.res);
	return fixture_end(x);
}

static void
github_shows_the_gravest_of_all_documents_first(void **state)
{
	struct fixture_report x;
	struct fixture p;
	struct fa_str s;
	size_t lead, error;

	(void)state;
	fixture_open(&x, "github");
	fixture_begin(&x);
	fixture_policy(&p, &x.arena);
	p.res.name = FA_STR("first.md");
	p.findings[OB_SOLE].verdict = FA_VERDICT_COMPLIANT;
	fixture_doc(&x, &p.res);
	fixture_policy(&p, &x.arena);
	p.res.name = FA_STR("./second.md");
	fixture_doc(&x, &p.res);
	fixture_broken(&p);
	fixture_doc(&x, &p.res);
	s = fixture_end(&x);
	assert_true(fa_str_starts(s, FA_STR("::error file=scan.pdf,line=1,")));
	error = fa_str_find(
		s, FA_STR("::error file=second.md,line=12,col=5,"), 0);
	lead = fa_str_find(s, FA_STR("::notice file=first.md"), 0);
	assert_true(error != SIZE_MAX && lead != SIZE_MAX && error < lead);
	assert_true(fixture_has(s, "::warning file=first.md,line=1,title="));
	fixture_close(&x);
}

static void
github_says_how_many_it_does_not_show(void **state)
{
	struct fixture_report x;
	struct fixture p;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "github");
	x.report.opts.lang = FA_LANG_EN;
	fixture_begin(&x);
	for (size_t i = 0; i < 12; i++) {
		fixture_policy(&p, &x.arena);
		fixture_doc(&x, &p.res);
	}
	s = fixture_end(&x);
	/* Two errors, a warning and a notice in each. */
	assert_int_equal(count(s, "::error "), 10);
	assert_int_equal(count(s, "::warning "), 10);
	assert_int_equal(count(s, "::notice "), 10);
	assert_true(fixture_has(s,
		"19 more are not shown here (error 14, warning 2, notice 3)"));
	assert_int_equal(s.p[s.n - 1], '\n');
	fixture_close(&x);
}

static void
github_escapes_what_ends_a_property_or_a_command(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_waived(&x, "github");

	(void)state;
	assert_true(fixture_has(s, "::warning file=a%2Cb%3Ac%25.md,line=3,"));
	fixture_close(&x);
	fixture_open(&x, "github");
	s = fixture_write_all(&x);
	while (s.n > 0) {
		struct fa_str line = fa_str_cut(&s, '\n');

		assert_true(fa_str_starts(line, FA_STR("::error ")) ||
			fa_str_starts(line, FA_STR("::warning ")) ||
			fa_str_starts(line, FA_STR("::notice ")));
	}
	fixture_close(&x);
}

static void
gitlab_fingerprints_outlive_lines_but_not_words(void **state)
{
	struct fixture_report x, y;
	struct fixture p;
	struct fa_evidence moved = fixture_sole[0];
	struct fa_evidence same[2];
	struct fa_str a = write_policy(&x, "gitlab");
	struct fa_str b;
	size_t at = fa_str_find(a, FA_STR("\"fingerprint\": \""), 0);
	char print[81];

	(void)state;
	memcpy(print, a.p + at, sizeof(print) - 1);
	print[sizeof(print) - 1] = '\0';
	moved.from.line += 100;
	moved.to.line += 100;
	same[0] = same[1] = moved;
	fixture_open(&y, "gitlab");
	fixture_begin(&y);
	fixture_policy(&p, &y.arena);
	p.findings[OB_SOLE].pro = same;
	fixture_doc(&y, &p.res);
	b = fixture_end(&y);
	assert_true(fixture_has(b, print));
	/* The second of two that are equal has a number. */
	assert_int_equal(count(b, print), 2);
	assert_int_equal(count(b, "-2\""), 1);
	fixture_close(&y);
	moved.text = FA_STR("如您不进行人脸验证，将无法继续使用");
	fixture_open(&y, "gitlab");
	fixture_begin(&y);
	fixture_policy(&p, &y.arena);
	p.findings[OB_SOLE].pro = &moved;
	p.findings[OB_SOLE].pro_n = 1;
	fixture_doc(&y, &p.res);
	assert_false(fixture_has(fixture_end(&y), print));
	fixture_close(&y);
	fixture_close(&x);
}

static void
gitlab_severity_is_of_severity_and_tier(void **state)
{
	struct fixture_report x;
	const struct fa_json *at = parse(write_policy(&x, "gitlab"), &x.arena);

	(void)state;
	assert_int_equal(at->count, 4);
	/* high established, twice; a critical lead; medium probable */
	at = at->child;
	assert_true(
		fa_str_eq(fa_json_text(at, "severity"), FA_STR("critical")));
	at = at->next->next;
	assert_true(fa_str_eq(fa_json_text(at, "severity"), FA_STR("info")));
	at = at->next;
	assert_true(fa_str_eq(fa_json_text(at, "severity"), FA_STR("minor")));
	fixture_close(&x);
}

static void
rdjson_counts_bytes_and_leaves_out_what_it_does_not_know(void **state)
{
	struct fixture_report x;
	struct fixture p;
	struct fa_evidence unknown = fixture_sole[0];
	struct fa_str s = write_policy(&x, "rdjsonl");

	(void)state;
	assert_true(fixture_has(s,
		"\"range\":{\"start\":{\"line\":12,\"column\":13},"
		"\"end\":{\"line\":12,\"column\":112}}"));
	fixture_close(&x);
	unknown.from.byte = 0;
	fixture_open(&x, "rdjsonl");
	fixture_begin(&x);
	fixture_policy(&p, &x.arena);
	p.findings[OB_SOLE].pro = &unknown;
	p.findings[OB_SOLE].pro_n = 1;
	fixture_doc(&x, &p.res);
	assert_true(fixture_has(fixture_end(&x),
		"\"range\":{\"start\":{\"line\":12},\"end\":{\"line\":12}}"));
	fixture_close(&x);
}

static void
waived_findings_are_no_annotations_and_notes_are(void **state)
{
	static const char *const writers[] = { "github", "gitlab", "rdjson",
		"rdjsonl", "line" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(writers); i++) {
		struct fixture_report x;
		struct fa_str s = write_waived(&x, writers[i]);

		/* One passage of two stands. */
		assert_int_equal(count(s, "FRM.10.1.a/only"), 1);
		assert_int_equal(count(s, "FRM.12.D/mislead"), 0);
		assert_int_equal(count(s, "FRM.5.2/silent"), 0);
		assert_int_equal(count(s, "waiver-expired"), 1);
		assert_int_equal(count(s, "waiver-unused"), 1);
		assert_int_equal(count(s, "waiver-no-reason"), 1);
		assert_int_equal(count(s, "waiver-no-rule"), 1);
		assert_int_equal(count(s, "waiver-no-date"), 1);
		assert_true(fixture_has(s, "docs/x.md"));
		fixture_close(&x);
	}
}

static void
junit_has_a_case_per_obligation_whatever_is_waived(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_waived(&x, "junit");

	(void)state;
	assert_true(fixture_has(
		s, "tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"3\""));
	assert_int_equal(count(s, "<testcase name=\"FRM.10.1.a "), 1);
	assert_int_equal(count(s, "<failure "), 1);
	/* The reason, with what is special to XML escaped. */
	assert_true(fixture_has(s, "有效至 2026-12-31"));
	assert_true(fixture_has(s, "海外版不上线 @ops &lt;b&gt;x&lt;/b&gt;"));
	assert_true(fixture_has(s, "<skipped message=\"已豁免：基线 "));
	fixture_close(&x);
}

static void
junit_leads_fail_no_case_and_are_told(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_policy(&x, "junit");
	size_t out = fa_str_find(s, FA_STR("<system-out>"), 0);

	(void)state;
	assert_true(fixture_has(s, "failures=\"1\""));
	assert_true(fa_str_find(s, FA_STR("FRM.12.D/mislead 违规"), out) !=
		SIZE_MAX);
	assert_true(fixture_has(s,
		"<skipped "
		"message=\"无法判定·高：同意方式不明；文中只说“同意”"));
	fixture_close(&x);
	fixture_open(&x, "junit");
	x.report.opts.fail_never = true;
	assert_true(fixture_has(fixture_write_all(&x), "failures=\"0\""));
	fixture_close(&x);
}

static void
csv_has_a_row_per_passage_with_its_waiver(void **state)
{
	struct fixture_report x;
	struct fa_str s = write_waived(&x, "csv");

	(void)state;
	/* The head; two passages of the violation with their
	 * counter-evidence, each; the lead, the gap, the unknown. */
	assert_int_equal(count(s, "\r\n"), 1 + 2 + 2 + 3);
	assert_int_equal(count(s, ",inline,"), 2);
	assert_true(fixture_has(
		s, ",inline,\"海外版不上线 @ops <b>x</b>\",2026-12-31,"));
	assert_true(fixture_has(s, ",baseline,,,"));
	assert_int_equal(count(s, ",against,"), 2);
	fixture_close(&x);
}

static void
markdown_fits_into_a_comment_and_counts_the_rest(void **state)
{
	struct fixture_report x;
	struct fixture p;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "markdown");
	x.report.opts.lang = FA_LANG_EN;
	fixture_begin(&x);
	for (size_t i = 0; i < 2000; i++) {
		fixture_hostile_policy(&p, &x.arena);
		fixture_doc(&x, &p.res);
		fixture_broken(&p);
		fixture_doc(&x, &p.res);
	}
	s = fixture_end(&x);
	assert_true(s.n < 65536);
	assert_true(fixture_has(s, "### Fails the check (2000)"));
	assert_true(fixture_has(s,
		"### Not judged, not read in full, notes on reading "
		"(4000)"));
	assert_true(fixture_has(s, " more are not listed; "));
	/* One rule found them all: it is said once. */
	assert_int_equal(count(s, "- `FRM.10.1.a/only` violation, "), 1);
	assert_true(fixture_has(s, "  - 1980 more not shown\n"));
	fixture_close(&x);
}

static void
assert_md(const char *in, const char *text, const char *code)
{
	struct fa_buf out;

	fa_buf_init(&out, 1000);
	fa_md_text(&out, fa_str_c(in));
	assert_string_equal(out.p, text);
	fa_buf_reset(&out);
	fa_md_code(&out, fa_str_c(in));
	assert_string_equal(out.p, code);
	fa_buf_done(&out);
}

static void
markdown_text_is_text(void **state)
{
	(void)state;
	assert_md("写明期限 (30 days).", "写明期限 (30 days).",
		"`写明期限 (30 days).`");
	assert_md("请 @all 看 <b> #1", "请 `@all` 看 `<b>` `#1`",
		"`请 @all 看 <b> #1`");
	assert_md("a`b", "``a`b``", "``a`b``");
	assert_md("``", "``` `` ```", "``` `` ```");
	assert_md("见WWW.example.com", "见`WWW.example.com`",
		"`见WWW.example.com`");
	assert_md(" x\n", " x⟨U+000A⟩", "`  x⟨U+000A⟩ `");
	assert_md("![x](y)", "`![x](y)`", "`![x](y)`");
}

static void
the_silence_of_one_document_of_an_app_is_no_entry(void **state)
{
	static const char *const writers[] = { "github", "gitlab", "rdjson",
		"markdown", "junit", "sarif" };
	static struct fa_app_point points[OB_COUNT];
	struct fa_app app = { .name = FA_STR("𠮷祥"),
		.bundle = &fixture_bundle,
		.points = points,
		.points_n = OB_COUNT };

	(void)state;
	points[OB_NOTICE].verdict = FA_VERDICT_COMPLIANT;
	points[OB_WITHDRAW].verdict = FA_VERDICT_GAP;
	points[OB_WITHDRAW].rule = FA_RULE_NONE;
	points[OB_WITHDRAW].confidence = 950;
	points[OB_WITHDRAW].gap_gates = true;
	for (size_t i = 0; i < FA_COUNT(writers); i++) {
		struct fixture_report x;
		struct fixture p;
		struct fa_str s;

		fixture_open(&x, writers[i]);
		x.report.opts.app = true;
		fixture_begin(&x);
		fixture_policy(&p, &x.arena);
		p.res.name = FA_STR("a.md");
		p.findings[OB_SOLE].verdict = FA_VERDICT_COMPLIANT;
		fixture_doc(&x, &p.res);
		p.res.name = FA_STR("b.md");
		fixture_doc(&x, &p.res);
		x.totals.app = &app;
		s = fixture_end(&x);
		if (strcmp(writers[i], "sarif") == 0) {
			assert_int_equal(count(s, "\"kind\": \"fail\""), 2);
			fixture_close(&x);
			continue;
		}
		/* JUnit tells of it, and fails no case. */
		if (strcmp(writers[i], "junit") == 0)
			assert_int_equal(count(s, "<failure "), 1);
		else
			assert_false(fixture_has(s, "FRM.5.2"));
		assert_int_equal(count(s, "未写明如何撤回同意"),
			strcmp(writers[i], "junit") == 0 ? 2 : 1);
		fixture_close(&x);
	}
}

static void
what_was_not_read_whole_is_told(void **state)
{
	static const char *const writers[] = { "github", "gitlab", "rdjson",
		"junit", "csv", "markdown" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(writers); i++) {
		struct fixture_report x;
		struct fixture p;

		fixture_open(&x, writers[i]);
		fixture_begin(&x);
		fixture_clean(&p, &x.arena);
		p.res.notice = FA_STR("nested too deeply");
		fixture_doc(&x, &p.res);
		assert_true(fixture_has(fixture_end(&x), "nested too deeply"));
		fixture_close(&x);
	}
}

static void
a_flow_stands_on_the_first_line_of_its_file(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "rdjsonl");
	s = fixture_write_flows(&x, false);
	assert_true(fixture_has(s, "\"range\":{\"start\":{\"line\":1}}"));
	assert_false(fixture_has(s, "\"column\""));
	fixture_close(&x);
	fixture_open(&x, "github");
	s = fixture_write_flows(&x, false);
	assert_false(fixture_has(s, "col="));
	assert_true(fixture_has(s, "路径："));
	fixture_close(&x);
}

static void
a_declared_flow_stands_where_its_source_says_it(void **state)
{
	static const struct fa_source_spot spot = { FA_STR_INIT("./src/p.json"),
		{ 40, 60 }, { 7, 9, 11 }, { 7, 15, 29 } };
	struct fixture_report x;
	struct fixture_flow *f;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "rdjsonl");
	f = fa_arena_new(&x.arena, 1, sizeof(*f));
	assert_non_null(f);
	fixture_begin(&x);
	fixture_flow(f, &x.arena);
	f->pro[1] = f->pro[0];
	f->pro[0].spot = &spot;
	f->base.findings[OB_SOLE].pro_n = 2;
	fixture_doc(&x, &f->base.res);
	s = fixture_end(&x);
	assert_true(fixture_has(s,
		"\"path\":\"src/p.json\",\"range\":{\"start\":"
		"{\"line\":7,\"column\":11},"));
	/* The passage behind it is not found in the source, and does not
	 * inherit its place. */
	s = fa_str_sub(s, fa_str_find(s, FA_STR("src/p.json"), 0), s.n);
	(void)fa_str_cut(&s, '\n');
	s = fa_str_cut(&s, '\n');
	assert_false(fixture_has(s, "src/p.json"));
	assert_true(fixture_has(s, "\"range\":{\"start\":{\"line\":1}}"));
	fixture_close(&x);
}

static void
a_place_in_a_text_that_was_made_of_a_document_is_none_of_it(void **state)
{
	static const char *const writers[] = { "rdjsonl", "github", "gitlab" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(writers); i++) {
		struct fixture_report x;
		struct fixture p;
		struct fa_str s;

		fixture_open(&x, writers[i]);
		fixture_begin(&x);
		fixture_policy(&p, &x.arena);
		p.res.derived = FA_STR("paragraphs");
		fixture_doc(&x, &p.res);
		s = fixture_end(&x);
		assert_false(fixture_has(s, "column"));
		assert_false(fixture_has(s, "col="));
		assert_int_equal(count(s, "拒绝刷脸的用户不能提现"), 1);
		fixture_close(&x);
	}
}

static void
equal_fingerprints_are_counted_over_many(void **state)
{
	struct fa_report_ids ids = { NULL, 0, 0 };
	struct fa_arena a;
	struct fa_err err;
	char hex[FA_HASH_HEX_BYTES] = "";
	uint32_t n;

	(void)state;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	for (unsigned round = 1; round <= 3; round++) {
		for (unsigned i = 0; i < 5000; i++) {
			(void)snprintf(hex, sizeof(hex), "%064u", i);
			assert_int_equal(
				fa_report_ordinal(&n, &ids, hex, &a, &err),
				FA_OK);
			assert_int_equal(n, round);
		}
	}
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			github_shows_the_gravest_of_all_documents_first),
		cmocka_unit_test(github_says_how_many_it_does_not_show),
		cmocka_unit_test(
			github_escapes_what_ends_a_property_or_a_command),
		cmocka_unit_test(
			gitlab_fingerprints_outlive_lines_but_not_words),
		cmocka_unit_test(gitlab_severity_is_of_severity_and_tier),
		cmocka_unit_test(
			rdjson_counts_bytes_and_leaves_out_what_it_does_not_know),
		cmocka_unit_test(
			waived_findings_are_no_annotations_and_notes_are),
		cmocka_unit_test(
			junit_has_a_case_per_obligation_whatever_is_waived),
		cmocka_unit_test(junit_leads_fail_no_case_and_are_told),
		cmocka_unit_test(csv_has_a_row_per_passage_with_its_waiver),
		cmocka_unit_test(
			markdown_fits_into_a_comment_and_counts_the_rest),
		cmocka_unit_test(markdown_text_is_text),
		cmocka_unit_test(
			the_silence_of_one_document_of_an_app_is_no_entry),
		cmocka_unit_test(what_was_not_read_whole_is_told),
		cmocka_unit_test(a_flow_stands_on_the_first_line_of_its_file),
		cmocka_unit_test(
			a_declared_flow_stands_where_its_source_says_it),
		cmocka_unit_test(
			a_place_in_a_text_that_was_made_of_a_document_is_none_of_it),
		cmocka_unit_test(equal_fingerprints_are_counted_over_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
