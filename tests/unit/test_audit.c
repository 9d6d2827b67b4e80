/* From bytes to findings: quotes are slices of the original, places are
 * right, errors are results. */
#include "audit/audit.h"
#include "base/utf8.h"
#include "rig_match.h"

static const struct rig_duty duty = {
	"T.1", "T", "gap", "FACE_ID",
	{ { "T.1-c", "compliant", "      '自愿'\n", NULL },
		{ "T.1-v", "violation", "      '强制'\n", "      - '但是'\n" } }
};

static struct fa_result
audit_with(struct rig *r, struct fa_str raw, struct fa_read_opts opts)
{
	struct fa_audit audit = {
		.bundle = r->b, .matcher = r->m, .as_of = RIG_TODAY
	};
	struct fa_result result;

	fa_arena_done(&r->a);
	fa_arena_init(&r->a, (size_t)1 << 30);
	if (fa_audit_document(&result, &audit, raw, &opts, &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
	return result;
}

static struct fa_result
audit(struct rig *r, struct fa_str raw, enum fa_format format)
{
	struct fa_read_opts opts = {
		.name = FA_STR("test"), .format = format, .charset = FA_STR_NONE
	};

	if (!r->m)
		rig_load(r, &duty, 1);
	return audit_with(r, raw, opts);
}

static void
expect_str(struct fa_str got, const char *want)
{
	if (!fa_str_eq(got, fa_str_c(want)))
		fail_msg("\"%.*s\" is not \"%s\"", FA_STR_ARG(got), want);
}

/* Passage, quote in the original encoding, line and column of both ends. */
static void
expect_place(const struct fa_evidence *e, struct fa_str raw, const char *slice,
	uint32_t line, uint32_t column, uint32_t to_line, uint32_t to_column)
{
	expect_str(fa_str_sub(raw, e->raw.from, e->raw.to), slice);
	assert_int_equal(e->from.line, line);
	assert_int_equal(e->from.column, column);
	assert_int_equal(e->to.line, to_line);
	assert_int_equal(e->to.column, to_column);
	assert_false(e->cut);
}

static void
a_quote_is_the_slice_of_the_original(void **state)
{
	struct fa_str raw = FA_STR("请刷脸。一,不得　强 制,二。");
	struct fa_result r = audit(*state, raw, FA_FORMAT_TEXT);
	const struct fa_finding *f = &r.findings[0];

	assert_int_equal(r.findings_n, 1);
	assert_int_equal(f->verdict, FA_VERDICT_VIOLATION);
	assert_int_equal(f->pro_n, 1);
	expect_str(f->pro[0].quote, "不得　强 制,");
	expect_place(&f->pro[0], raw, "不得　强 制,", 1, 7, 1, 14);
	expect_str(f->pro[0].before, "一,");
	expect_str(f->pro[0].after, "二。");
	assert_int_equal(r.scope_evidence_n, 1);
	assert_int_equal(r.scope_of[0], FA_SCOPE_FACE_ID);
	expect_str(r.scope_evidence[0].quote, "请刷脸。");
}

static void
columns_count_code_points_and_lines_end_with_cr_lf_or_both(void **state)
{
	struct fa_str raw = FA_STR("刷脸。\r\n\r\n\xf0\xa0\x80\x80\xf0\x9f\x98"
				   "\x80好,强制。\r\r自愿,好。\n");
	struct fa_result r = audit(*state, raw, FA_FORMAT_TEXT);
	const struct fa_finding *f = &r.findings[0];

	expect_place(&f->pro[0], raw, "强制。", 3, 5, 3, 8);
	assert_int_equal(f->contra_n, 1);
	expect_place(&f->contra[0], raw, "自愿,", 5, 1, 5, 4);
}

static void
markup_inside_a_passage_is_in_the_quote_and_not_in_its_text(void **state)
{
	struct fa_str raw = FA_STR("<p>刷脸。</p>\n<h2>第二<i>章</i></h2>\n"
				   "<p>好,必须<b title='x'>强</b>&#x5236;"
				   "&nbsp;的,二。</p>");
	struct fa_result r = audit(*state, raw, FA_FORMAT_HTML);
	const struct fa_evidence *e = &r.findings[0].pro[0];

	expect_str(e->quote, "必须<b title='x'>强</b>&#x5236;&nbsp;的,");
	expect_place(e, raw, "必须<b title='x'>强</b>&#x5236;&nbsp;的,", 3, 6,
		3, 42);
	expect_str(e->text, "必须强制的,");
	expect_str(e->before, "好,");
	expect_str(e->after, "二。");
	expect_str(e->section, "第二章");
}

static void
a_quote_from_gbk_is_in_utf_8_and_its_range_is_not(void **state)
{
	/* <p>刷脸。</p> LF <p>好，强制的。</p> */
	struct fa_str raw = FA_STR("<meta charset=gbk><p>\xcb\xa2\xc1\xb3"
				   "\xa1\xa3</p>\n<p>\xba\xc3\xa3\xac\xc7\xbf"
				   "\xd6\xc6\xb5\xc4\xa1\xa3</p>");
	struct fa_result r = audit(*state, raw, FA_FORMAT_HTML);
	const struct fa_evidence *e = &r.findings[0].pro[0];

	assert_int_equal(r.encoding, FA_ENC_GB18030);
	expect_str(e->quote, "强制的。");
	expect_place(e, raw, "\xc7\xbf\xd6\xc6\xb5\xc4\xa1\xa3", 2, 6, 2, 10);
	expect_str(e->before, "好，");
}

static void
every_quote_is_the_decoded_slice_of_its_range(void **state)
{
	static const char *const docs[] = {
		"刷脸。强制,自愿。\n\n1. 强制;\n2. 自愿。",
		"# 刷脸\n\n**强**制[自愿](u)。\n\n| 强制 | 自愿 |\n|--|--|\n",
		"<table><tr><td>刷<br>脸<td>强制<td>自&zwnj;愿</table>",
	};
	static const enum fa_format formats[] = { FA_FORMAT_TEXT,
		FA_FORMAT_MARKDOWN, FA_FORMAT_HTML };
	size_t quotes = 0;

	for (size_t i = 0; i < FA_COUNT(docs); i++) {
		struct fa_str raw = fa_str_c(docs[i]);
		struct fa_result r = audit(*state, raw, formats[i]);
		const struct fa_finding *f = &r.findings[0];

		for (size_t k = 0; k < f->pro_n + f->contra_n; k++) {
			const struct fa_evidence *e = k < f->pro_n
				? &f->pro[k]
				: &f->contra[k - f->pro_n];
			struct fa_str slice =
				fa_str_sub(raw, e->raw.from, e->raw.to);

			assert_true(fa_str_eq(slice, e->quote));
			assert_true(e->raw.from < e->raw.to);
			quotes++;
		}
	}
	assert_true(quotes >= 6);
}

static void
context_is_cut_at_code_points(void **state)
{
	for (size_t pad = 0; pad < 4; pad++) {
		struct fa_buf text;
		struct fa_result r;
		const struct fa_evidence *e;

		fa_buf_init(&text, 1 << 20);
		fa_buf_adds(&text, "刷脸。");
		for (int i = 0; i < 200; i++)
			fa_buf_adds(&text, "好");
		fa_buf_add(&text, fa_str_sub(FA_STR("abc"), 0, pad));
		fa_buf_adds(&text, ",强制,");
		fa_buf_add(&text, fa_str_sub(FA_STR("abc"), 0, pad));
		for (int i = 0; i < 200; i++)
			fa_buf_adds(&text, "好");
		r = audit(*state, fa_buf_str(&text), FA_FORMAT_TEXT);
		e = &r.findings[0].pro[0];
		expect_str(e->quote, "强制,");
		assert_true(
			fa_utf8_valid(e->before) && fa_utf8_valid(e->after));
		assert_in_range(e->before.n, 238, 240);
		assert_in_range(e->after.n, 238, 240);
		assert_true(fa_str_ends(e->before, FA_STR(",")));
		fa_buf_done(&text);
	}
}

static void
a_passage_that_is_too_long_is_cut_and_says_so(void **state)
{
	struct fa_buf text;
	struct fa_result r;
	const struct fa_evidence *e;

	fa_buf_init(&text, 1 << 20);
	fa_buf_adds(&text, "刷脸。强制");
	for (int i = 0; i < 1000; i++)
		fa_buf_adds(&text, "好");
	fa_buf_adds(&text, "。");
	r = audit(*state, fa_buf_str(&text), FA_FORMAT_TEXT);
	e = &r.findings[0].pro[0];
	assert_true(e->cut);
	assert_in_range(
		e->quote.n, FA_FINDING_QUOTE_BYTES - 3, FA_FINDING_QUOTE_BYTES);
	assert_true(fa_utf8_valid(e->quote));
	assert_int_equal(e->raw.to - e->raw.from, e->quote.n);
	assert_true(e->after.n > 0);
	fa_buf_done(&text);
}

/* Many comment letters or zeros inside one word; the quote that is left. */
static void
expect_long(struct rig *rig, const char *before, const char *fill,
	const char *after, const char *quote)
{
	struct fa_buf text;
	struct fa_result r;
	const struct fa_evidence *e;

	fa_buf_init(&text, 8 << 20);
	fa_buf_adds(&text, "<p>刷脸。<p>");
	fa_buf_adds(&text, before);
	for (int i = 0; i < 400000; i++)
		fa_buf_adds(&text, fill);
	fa_buf_adds(&text, after);
	r = audit(rig, fa_buf_str(&text), FA_FORMAT_HTML);
	assert_null(r.error.p);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_VIOLATION);
	e = &r.findings[0].pro[0];
	assert_true(e->cut);
	assert_in_range(e->quote.n, 1, 70000);
	if (quote)
		expect_str(e->quote, quote);
	assert_true(fa_str_eq(e->quote,
		fa_str_sub(fa_buf_str(&text), e->raw.from, e->raw.to)));
	fa_buf_done(&text);
}

static void
a_word_with_very_long_markup_inside_is_cut_and_not_an_error(void **state)
{
	struct rig *r = *state;
	struct rig_duty d = duty;

	d.rules[1].find = "      '强制|A强|强B'\n";
	rig_load(r, &d, 1);
	expect_long(r, "A<!--", "x", "-->强", "A");
	expect_long(r, "强<!--", "x", "-->B", "强");
	expect_long(r, "&#x", "0", "5f3a;制。", NULL);
}

static void
what_is_wrong_with_a_document_is_a_result_without_findings(void **state)
{
	struct rig *rig = *state;
	struct fa_read_opts opts = { .name = FA_STR("x.pdf"),
		.format = FA_FORMAT_AUTO,
		.charset = FA_STR_NONE };
	struct fa_result r =
		audit(rig, FA_STR("%PDF-1.7\n\0\0"), FA_FORMAT_AUTO);

	assert_true(r.error.n > 0);
	assert_int_equal(r.findings_n, 0);
	assert_int_equal(r.scope_evidence_n, 0);
	assert_int_equal(r.scopes, 0);
	assert_int_equal(r.score.grade, 'N');
	assert_int_equal(strlen(r.sha256), 64);
	r = audit_with(rig,
		FA_STR("\x7f"
		       "ELF\0\1\2"),
		opts);
	assert_true(r.error.n > 0);
	expect_str(r.name, "x.pdf");
}

static void
an_unknown_charset_is_the_callers_mistake(void **state)
{
	struct rig *r = *state;
	struct fa_read_opts opts = { .name = FA_STR("test"),
		.format = FA_FORMAT_TEXT,
		.charset = FA_STR("klingon") };
	struct fa_audit a;
	struct fa_result result;

	rig_load(r, &duty, 1);
	a = (struct fa_audit){
		.bundle = r->b, .matcher = r->m, .as_of = RIG_TODAY
	};
	fa_arena_init(&r->a, 1 << 20);
	assert_int_equal(fa_audit_document(&result, &a, FA_STR("x"), &opts,
				 &r->a, &r->err),
		FA_E_USAGE);
}

static void
memory_that_runs_out_is_an_error_of_the_document(void **state)
{
	struct rig *r = *state;
	struct fa_read_opts opts = { .name = FA_STR("test"),
		.format = FA_FORMAT_TEXT,
		.charset = FA_STR_NONE };
	struct fa_audit a;
	size_t failed = 0;

	rig_load(r, &duty, 1);
	a = (struct fa_audit){
		.bundle = r->b, .matcher = r->m, .as_of = RIG_TODAY
	};
	for (size_t limit = 0;; limit += 32) {
		struct fa_result x;
		struct fa_arena arena;
		bool has_error;

		fa_arena_init(&arena, limit);
		assert_int_equal(
			fa_audit_document(&x, &a, FA_STR("刷脸。强制,自愿。"),
				&opts, &arena, &r->err),
			FA_OK);
		has_error = x.error.p != NULL;
		if (has_error) {
			assert_int_equal(x.findings_n, 0);
			assert_int_equal(x.scope_evidence_n, 0);
			assert_true(x.error.n > 0);
			failed++;
		}
		fa_arena_done(&arena);
		if (!has_error)
			break;
		assert_true(limit < 8u << 20);
	}
	assert_true(failed > 10);
}

static void
contra_speaks_for_the_other_side(void **state)
{
	struct rig *rig = *state;
	struct fa_result r =
		audit(rig, FA_STR("刷脸。强制,但是。自愿。"), FA_FORMAT_TEXT);

	/* compliant: against it what looked like a violation */
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_COMPLIANT);
	assert_int_equal(r.findings[0].pro_n, 1);
	assert_int_equal(r.findings[0].contra_n, 1);
	expect_str(r.findings[0].contra[0].quote, "强制,");
	/* violation: what complies; not what was called off */
	r = audit(rig, FA_STR("刷脸。强制,但是。自愿。强制。"), FA_FORMAT_TEXT);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_VIOLATION);
	assert_int_equal(r.findings[0].pro_n, 1);
	assert_int_equal(r.findings[0].contra_n, 1);
	expect_str(r.findings[0].contra[0].quote, "自愿。");
	/* gap: nothing for it, and what was called off against it */
	r = audit(rig, FA_STR("刷脸。强制,但是。"), FA_FORMAT_TEXT);
	assert_int_equal(r.findings[0].verdict, FA_VERDICT_GAP);
	assert_int_equal(r.findings[0].pro_n, 0);
	assert_int_equal(r.findings[0].contra_n, 1);
}

static void
evidence_is_of_the_deciding_rule_first_without_repeats_up_to_a_limit(
	void **state)
{
	struct rig_duty d = { "T.1", "T", "gap", "FACE_ID",
		{ { "T.1-a", "violation", "      '强制'\n", NULL },
			{ "T.1-b", "violation", "      '必须'\n", NULL } } };
	struct rig *rig = *state;
	struct fa_buf text;
	struct fa_result r;

	rig->precision = "measured:\n  rules:\n    T.1-b:\n"
			 "      hits: 9\n      right: 9\n";
	rig_load(rig, &d, 1);
	r = audit(rig, FA_STR("刷脸。强制必须。强制。必须。"), FA_FORMAT_TEXT);
	assert_int_equal(r.findings[0].pro_n, 3);
	expect_str(r.findings[0].pro[0].quote, "强制必须。");
	expect_str(r.findings[0].pro[1].quote, "必须。");
	expect_str(r.findings[0].pro[2].quote, "强制。");
	fa_buf_init(&text, 1 << 16);
	fa_buf_adds(&text, "刷脸。");
	for (int i = 0; i < 30; i++)
		fa_buf_adds(&text, "强制。");
	r = audit(rig, fa_buf_str(&text), FA_FORMAT_TEXT);
	assert_int_equal(r.findings[0].pro_n, FA_FINDING_EVIDENCE_MAX);
	fa_buf_done(&text);
}

/* FIPS 180-4 and GB/T 32905-2016, annex A: the message "abc". */
static void
digests_are_those_of_the_published_vectors(void **state)
{
	struct fa_result r = audit(*state, FA_STR("abc"), FA_FORMAT_TEXT);

	assert_string_equal(r.sha256,
		"ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(r.sm3,
		"66c7f0f462eeedd9d1f2d46bdc10e4e2"
		"4167c4875cf2f7a2297da02b8f4ba8e0");
	assert_int_equal(r.raw_bytes, 3);
}

static void
digests_that_nobody_shows_are_left_out(void **state)
{
	struct rig *r = *state;
	struct fa_read_opts opts = { .name = FA_STR("test") };
	struct fa_audit a = { .as_of = RIG_TODAY, .no_digests = true };
	struct fa_result x;

	rig_load(r, &duty, 1);
	a.bundle = r->b;
	a.matcher = r->m;
	fa_arena_init(&r->a, 1 << 24);
	assert_int_equal(fa_audit_document(&x, &a, FA_STR("刷脸。"), &opts,
				 &r->a, &r->err),
		FA_OK);
	assert_string_equal(x.sha256, "");
	assert_string_equal(x.sm3, "");
	assert_int_equal(x.raw_bytes, 9);
	assert_int_equal(x.findings_n, 1);
}

/* It is cut once, and each has its own rule. */
static void
a_passage_of_several_duties_is_the_same_in_all(void **state)
{
	static const struct rig_duty duties[] = {
		{ "T.1", "T", "gap", "FACE_ID",
			{ { "T.1-c", "compliant",
				"      '自愿'"
				"\n",
				NULL } } },
		{ "T.2", "T", "gap", "FACE_ID",
			{ { "T.2-c", "compliant", "      '自愿'\n", NULL } } }
	};
	struct rig *r = *state;
	struct fa_result x;
	struct fa_str raw = FA_STR("# 刷脸\n\n登录时可刷脸，须自愿。\n");
	const struct fa_evidence *a, *b;

	rig_load(r, duties, 2);
	x = audit(r, raw, FA_FORMAT_MARKDOWN);
	assert_int_equal(x.findings_n, 2);
	assert_int_equal(x.findings[0].pro_n, 1);
	assert_int_equal(x.findings[1].pro_n, 1);
	a = x.findings[0].pro;
	b = x.findings[1].pro;
	assert_int_not_equal(a->rule, b->rule);
	assert_true(fa_str_eq(a->quote, FA_STR("登录时可刷脸，须自愿。")) ||
		fa_str_eq(a->quote, FA_STR("须自愿。")));
	assert_true(fa_str_eq(a->quote, b->quote));
	assert_true(fa_str_eq(a->text, b->text));
	assert_true(fa_str_eq(a->section, FA_STR("刷脸")));
	assert_true(fa_str_eq(b->section, FA_STR("刷脸")));
	assert_int_equal(a->from.line, 3);
	assert_int_equal(b->from.line, 3);
	assert_int_equal(b->from.column, a->from.column);
	assert_int_equal(b->to.column, 12);
	assert_int_equal(a->to.column, 12);
	/* Nothing of it had to be copied. */
	assert_ptr_equal(a->quote.p, raw.p + a->raw.from);
	assert_ptr_equal(a->text.p, raw.p + a->raw.from);
}

static void
auditing_twice_gives_the_same(void **state)
{
	struct fa_str raw = FA_STR("刷脸。强制,但是。强制。自愿。");
	struct fa_result r = audit(*state, raw, FA_FORMAT_TEXT);
	struct fa_range at = r.findings[0].pro[0].raw;
	struct fa_score score = r.score;
	char vector[1024], sha256[FA_HASH_HEX_BYTES];

	memcpy(sha256, r.sha256, sizeof(sha256));
	(void)snprintf(
		vector, sizeof(vector), "%.*s", FA_STR_ARG(score.vector));
	r = audit(*state, raw, FA_FORMAT_TEXT);
	assert_string_equal(r.sha256, sha256);
	assert_memory_equal(&r.findings[0].pro[0].raw, &at, sizeof(at));
	assert_true(r.score.hi == score.hi && r.score.lo == score.lo);
	expect_str(r.score.vector, vector);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(a_quote_is_the_slice_of_the_original),
		RIG_TEST(
			columns_count_code_points_and_lines_end_with_cr_lf_or_both),
		RIG_TEST(
			markup_inside_a_passage_is_in_the_quote_and_not_in_its_text),
		RIG_TEST(a_quote_from_gbk_is_in_utf_8_and_its_range_is_not),
		RIG_TEST(every_quote_is_the_decoded_slice_of_its_range),
		RIG_TEST(context_is_cut_at_code_points),
		RIG_TEST(a_passage_that_is_too_long_is_cut_and_says_so),
		RIG_TEST(
			a_word_with_very_long_markup_inside_is_cut_and_not_an_error),
		RIG_TEST(
			what_is_wrong_with_a_document_is_a_result_without_findings),
		RIG_TEST(an_unknown_charset_is_the_callers_mistake),
		RIG_TEST(memory_that_runs_out_is_an_error_of_the_document),
		RIG_TEST(contra_speaks_for_the_other_side),
		RIG_TEST(
			evidence_is_of_the_deciding_rule_first_without_repeats_up_to_a_limit),
		RIG_TEST(digests_are_those_of_the_published_vectors),
		RIG_TEST(digests_that_nobody_shows_are_left_out),
		RIG_TEST(a_passage_of_several_duties_is_the_same_in_all),
		RIG_TEST(auditing_twice_gives_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
