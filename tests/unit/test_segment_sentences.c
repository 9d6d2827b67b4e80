/* Sentences and clauses. Expected cuts are shown by '|' for sentences and '^'
 * for clauses in a copy of the text. */
#include "base/utf8.h"
#include "fixture_segment.h"

#define HUGE_BYTES 1500000

/* Text with its cuts written out; out has room for cap bytes. */
static void
show(const struct fixture *f, char *out, size_t cap)
{
	size_t i, n = 0;

	for (i = 0; i < f->doc.sentences_n; i++) {
		const struct fa_sentence *s = &f->doc.sentences[i];
		uint32_t c;

		for (c = s->clauses.from; c < s->clauses.to; c++) {
			struct fa_str t = fixture_text(f, f->doc.clauses[c]);

			assert_true(n + t.n + 2 < cap);
			if (c > s->clauses.from)
				out[n++] = '^';
			else if (i > 0)
				out[n++] = '|';
			memcpy(out + n, t.p, t.n);
			n += t.n;
		}
	}
	out[n] = '\0';
}

static void
check(const char *want)
{
	char text[1024], got[1024];
	struct fixture f;
	size_t i, n = 0;

	for (i = 0; want[i]; i++)
		if (want[i] != '|' && want[i] != '^')
			text[n++] = want[i];
	text[n] = '\0';
	fixture_open(&f, text);
	show(&f, got, sizeof(got));
	assert_string_equal(got, want);
	fixture_close(&f);
}

static void
sentences_end_at_marks_with_their_closers(void **state)
{
	(void)state;
	check("我们采集人脸。|我们删除人脸!|是否同意?|甲;|乙");
	check("真的吗?!|是的。”|下一句。)|完");
	check("甲。 |乙。");
}

static void
short_quotes_and_brackets_hold_a_sentence_together(void **state)
{
	(void)state;
	check("请点击“我同意。”完成刷脸。|下一句。");
	check("人脸信息(包括照片;视频。)会删除。|下一句。");
	check("依据《办法。细则》执行。|下一句。");
	check("点击\"同意;继续\"按钮。|下一句。");
	check("(如有疑问请联系我们。)|下一句。");
}

static void
open_brackets_do_not_stop_cutting(void **state)
{
	(void)state;
	check("甲(乙。|丙。|丁");
	check("甲)乙。|“丙。|丁");
	check("((((甲。|乙。");
}

static void
dots_end_english_and_mistyped_sentences_only(void **state)
{
	(void)state;
	check("We use Face ID. |Nothing is stored. |Done");
	check("版本2.4.1已上线，见www.a.com/b.html。");
	check("Example Co., ^Ltd. 运营");
	check("我们会采集您的面部特征.|比对后立即删除.");
	check("联系a.b@c.com或致电。|完");
	check("1.我们采集人脸");
	check("个人信息是指...包括人脸。|完");
}

static void
links_are_not_cut(void **state)
{
	(void)state;
	check("见https://a.cn/x?y=1;z=2!/k 页面。|完");
	check("时间为10:30至11:00。");
	check("共1,000张照片。");
}

static void
clauses_end_at_commas_and_colons(void **state)
{
	(void)state;
	check("如您不同意,^我们不采集人脸。");
	check("人脸信息:^必填");
	check("甲,^乙,^丙。|丁,^戊。");
	check("我们收集(姓名,人脸)并比对,^完成后删除。");
	check("请阅读《甲,乙》与“丙,丁”,^再勾选。");
	check("(如您不同意,^请离开。)");
}

static void
clauses_end_before_conjunctions_that_turn(void **state)
{
	(void)state;
	check("无法刷脸登录^但可用密码登录。");
	check("须完成认证^否则无法提现。");
	check("我们不会采集人脸^除非您同意。");
	check("包括但不限于人脸。");
	check("不但采集人脸还采集声纹。");
	check("误识率不过千分之一。");
	check("采集人脸^不过您可以拒绝。");
	check("但您可以拒绝。");
	check("• 但您可以拒绝。");
}

static char *
filled(size_t n, const char *unit)
{
	size_t i, m = strlen(unit);
	char *p = test_malloc(n + 1);

	for (i = 0; i + m <= n; i += m)
		memcpy(p + i, unit, m);
	memset(p + i, 'x', n - i);
	p[n] = '\0';
	return p;
}

static void
assert_short_sentences(const struct fixture *f)
{
	size_t i;
	uint32_t at = 0;

	for (i = 0; i < f->doc.sentences_n; i++) {
		struct fa_range r = f->doc.sentences[i].text;

		assert_int_equal(r.from, at);
		assert_true(r.to > r.from);
		assert_true(fa_utf8_count(fixture_text(f, r)) <=
			FA_SEGMENT_SENTENCE_MAX);
		at = r.to;
	}
	assert_int_equal(at, f->doc.text.n);
}

static void
endless_sentences_are_cut_in_linear_time(void **state)
{
	static const char *const units[] = { "人", "人,", "(", "“", ")", "(人)",
		"。", " ", "a?b", ".", "《》,", "\"", "但", "在除不", "如您",
		"1.", "(1,2,3)", "   (a)", "!(", "?”", "(((人)))", "\xC2\xA0" };
	struct fixture *f = test_malloc(sizeof(*f));
	size_t i;

	(void)state;
	for (i = 0; i < FA_COUNT(units); i++) {
		char *text = filled(HUGE_BYTES, units[i]);

		fixture_open(f, text);
		assert_short_sentences(f);
		fixture_close(f);
		test_free(text);
	}
	test_free(f);
}

static void
a_long_sentence_is_cut_at_its_last_comma(void **state)
{
	char *text = filled(3 * 6000, "人");
	struct fixture f;

	(void)state;
	memcpy(text + 3000, "xy,", 3);
	fixture_open(&f, text);
	assert_int_equal(f.doc.sentences[0].text.to, 3003);
	assert_int_equal(
		f.doc.sentences[1].text.to, 3003 + 3 * FA_SEGMENT_SENTENCE_MAX);
	fixture_close(&f);
	test_free(text);
}

static void
newlines_inside_a_block_end_sentences(void **state)
{
	struct fa_block block = {
		.kind = FA_BLOCK_CODE, .table = FA_DOC_NONE, .list = FA_DOC_NONE
	};
	struct fa_doc doc = {
		.text = FA_STR("甲\n(乙\n丙)"), .blocks = &block, .blocks_n = 1
	};
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, (size_t)1 << 20);
	block.text.to = (uint32_t)doc.text.n;
	assert_int_equal(fa_segment(&doc, &a, &err), 0);
	assert_int_equal(doc.sentences_n, 3);
	assert_int_equal(doc.sentences[0].text.to, 4);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_at_marks_with_their_closers),
		cmocka_unit_test(
			short_quotes_and_brackets_hold_a_sentence_together),
		cmocka_unit_test(open_brackets_do_not_stop_cutting),
		cmocka_unit_test(dots_end_english_and_mistyped_sentences_only),
		cmocka_unit_test(links_are_not_cut),
		cmocka_unit_test(clauses_end_at_commas_and_colons),
		cmocka_unit_test(clauses_end_before_conjunctions_that_turn),
		cmocka_unit_test(endless_sentences_are_cut_in_linear_time),
		cmocka_unit_test(a_long_sentence_is_cut_at_its_last_comma),
		cmocka_unit_test(newlines_inside_a_block_end_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
