#include "base/utf8.h"
#include "fixture_report.h"
#include "report/wrap.h"

static struct fa_str
write_policy(struct fixture_report *x, const char *writer)
{
	struct fixture policy;

	fixture_begin(x);
	fixture_policy(&policy, &x->arena);
	fixture_doc(x, &policy.res);
	(void)writer;
	return fixture_end(x);
}

static void
text_shows_evidence_counter_evidence_and_remedy(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "text");
	x.report.opts.columns = 200;
	s = write_policy(&x, "text");
	assert_true(fixture_has(s, "等级 D · 得分 6.5..47.7 · 覆盖率 41.46%"));
	assert_true(fixture_has(s,
		"  [高] FRM.10.1.a 有其他方式时不得只用人脸验证 · "
		"确立 0.963 · 触发失败\n"));
	assert_true(fixture_has(
		s, "依据：《人脸识别技术应用安全管理办法》第10条第1款\n"));
	assert_true(fixture_has(s, "原文：隐私/政策 一.html:12:5 §三"));
	assert_true(fixture_has(
		s, "「如您不进行人脸识别，将无法继续使用𠮷祥钱包的全部功能」"));
	assert_true(fixture_has(s, "反证：隐私/政策 一.html:40:1"));
	assert_true(fixture_has(s, "整改：提供短信验证码"));
	assert_true(fixture_has(s, "线索（不计分） 0.510\n"));
	assert_true(fixture_has(s, "全文未见相应表述"));
	assert_true(fixture_has(s, "原因：文中只说“同意”"));
	/* Duties met are a count only. */
	assert_true(fixture_has(s, "合规 1"));
	assert_false(fixture_has(s, "PIPL.15 提供"));
	fixture_close(&x);
}

static void
verbose_text_lists_duties_met(void **state)
{
	struct fixture_report x;

	(void)state;
	fixture_open(&x, "text");
	x.report.opts.verbose = true;
	assert_true(fixture_has(
		write_policy(&x, "text"), "PIPL.15 提供撤回同意的方式"));
	fixture_close(&x);
}

static void
english_text_has_no_chinese_labels(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "text");
	x.report.opts.lang = FA_LANG_EN;
	x.report.opts.columns = 200;
	s = write_policy(&x, "text");
	assert_true(fixture_has(s, "lead (not counted) 0.510"));
	assert_true(fixture_has(s,
		"source: Measures for Face Recognition "
		"Technology, Art. 10(1)"));
	assert_false(fixture_has(s, "违规"));
	assert_false(fixture_has(s, "整改"));
	fixture_close(&x);
}

/* The place and the vector stand on one line whatever the width. */
static bool
may_be_long(struct fa_str line)
{
	return fixture_has(line, "frx-1/") || fixture_has(line, ".html:");
}

static void
lines_fit_the_terminal(void **state)
{
	(void)state;
	for (unsigned columns = 40; columns < 130; columns++) {
		struct fixture_report x;
		struct fa_str rest;

		fixture_open(&x, "text");
		x.report.opts.columns = columns;
		x.report.opts.verbose = true;
		rest = fixture_write_all(&x);
		while (rest.n > 0) {
			struct fa_str line = fa_str_cut(&rest, '\n');

			/* Two closing marks may hang over. */
			assert_true(may_be_long(line) ||
				fa_utf8_columns(line) <= columns + 4);
		}
		fixture_close(&x);
	}
}

static void
wrap(struct fa_buf *out, const char *text, unsigned width)
{
	struct fa_wrap w = { .out = out, .width = width };

	fa_wrap_begin(&w, 0, 2);
	fa_wrap_adds(&w, text, NULL);
	fa_wrap_end(&w);
}

static void
assert_wrap(const char *text, unsigned width, const char *want)
{
	struct fa_buf out;

	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	wrap(&out, text, width);
	assert_string_equal(out.p, want);
	fa_buf_done(&out);
}

static void
chinese_breaks_anywhere_but_before_closing_marks(void **state)
{
	(void)state;
	assert_wrap("人脸识别，技术", 8, "人脸识\n  别，技\n  术\n");
	assert_wrap("人脸（识别）", 7, "人脸\n  （识\n  别）\n");
	assert_wrap("to be or not", 8, "to be or\n  not\n");
	assert_wrap("  a   b  ", 8, "a b\n");
	assert_wrap("abcdefghijk", 6, "abcdef\n  ghij\n  k\n");
	assert_wrap("", 8, "\n");
}

static void
long_runs_of_brackets_wrap_in_linear_time(void **state)
{
	struct fa_buf text, out;

	(void)state;
	fa_buf_init(&text, FIXTURE_OUT_BYTES);
	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	for (unsigned i = 0; i < 200000; i++)
		fa_buf_adds(&text, i % 2 ? "（" : "《");
	wrap(&out, text.p, 80);
	assert_true(out.n > text.n);
	fa_buf_done(&text);
	fa_buf_done(&out);
}

static void
line_output_is_what_editors_expect(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "line");
	s = write_policy(&x, "line");
	assert_true(fa_str_eq(s,
		FA_STR("隐私/政策 一.html:12:5: error: 违规·高："
		       "不刷脸就不能继续使用 [FRM.10.1.a/only]\n"
		       "隐私/政策 一.html:61:9: note: 违规·严重·"
		       "线索（不计分）：以其他名义刷脸 [FRM.12.D/mislead]\n"
		       "隐私/政策 一.html:1:1: warning: 缺失·中："
		       "未写明人脸信息的保存期限 [FRM.5.2/silent]\n"
		       "隐私/政策 一.html:66:1: note: 无法判定·高："
		       "同意方式不明（文中只说“同意”） [FRM.6.1/vague]\n")));
	fixture_close(&x);
}

static void
each_finding_is_one_line_whatever_its_text(void **state)
{
	struct fixture_report x;
	struct fixture policy;
	struct fa_str s;
	size_t lines = 0;

	(void)state;
	fixture_open(&x, "line");
	fixture_begin(&x);
	fixture_hostile_policy(&policy, &x.arena);
	fixture_doc(&x, &policy.res);
	s = fixture_end(&x);
	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n';
	assert_int_equal(lines, 4);
	fixture_close(&x);
}

static void
a_document_that_was_not_judged_says_why(void **state)
{
	struct fixture_report x;
	struct fixture broken;

	(void)state;
	fixture_open(&x, "line");
	fixture_begin(&x);
	fixture_broken(&broken);
	fixture_doc(&x, &broken.res);
	assert_true(fa_str_eq(fixture_end(&x),
		FA_STR("scan.pdf:1:1: error: 未能评判："
		       "looks like a PDF, which is not read [document]\n")));
	fixture_close(&x);
}

static void
a_finding_shows_what_to_write_unless_it_is_met(void **state)
{
	static const char *const formats[] = { "text", "json", "html" };
	static const struct fa_text2 wording =
		T2("可以改用【其他方式】。", "Use 【another way】.");

	(void)state;
	for (size_t i = 0; i < FA_COUNT(formats); i++) {
		struct fixture_report x;
		struct fa_str s;

		fixture_open(&x, formats[i]);
		x.report.opts.columns = 200;
		x.report.opts.verbose = true;
		fixture_obligations[OB_SOLE].wording = wording;
		fixture_obligations[OB_NOTICE].wording =
			(struct fa_text2)T2("保存【期限】。", "【Period】.");
		fixture_obligations[OB_WITHDRAW].wording =
			(struct fa_text2)T2("从略的范文", "Withdraw.");
		s = write_policy(&x, formats[i]);
		assert_true(fixture_has(s, "可以改用【其他方式】。"));
		assert_true(fixture_has(s, "保存【期限】。"));
		assert_false(fixture_has(s, "从略的范文"));
		if (i == 0) {
			assert_true(fixture_has(s,
				"      可改写为（须属实）：可以改用【其他方式】"
				"。\n"));
			assert_true(fixture_has(
				s, "      可补写（须属实）：保存【期限】。\n"));
		}
		if (i == 1)
			assert_true(fixture_has(s, "\"wording\": null"));
		fixture_obligations[OB_SOLE].wording = (struct fa_text2){ 0 };
		fixture_obligations[OB_NOTICE].wording = (struct fa_text2){ 0 };
		fixture_obligations[OB_WITHDRAW].wording =
			(struct fa_text2){ 0 };
		fixture_close(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			text_shows_evidence_counter_evidence_and_remedy),
		cmocka_unit_test(verbose_text_lists_duties_met),
		cmocka_unit_test(english_text_has_no_chinese_labels),
		cmocka_unit_test(lines_fit_the_terminal),
		cmocka_unit_test(
			chinese_breaks_anywhere_but_before_closing_marks),
		cmocka_unit_test(long_runs_of_brackets_wrap_in_linear_time),
		cmocka_unit_test(line_output_is_what_editors_expect),
		cmocka_unit_test(each_finding_is_one_line_whatever_its_text),
		cmocka_unit_test(a_document_that_was_not_judged_says_why),
		cmocka_unit_test(
			a_finding_shows_what_to_write_unless_it_is_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
