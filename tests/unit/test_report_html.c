#include "fixture_report.h"
#include "report/html.h"

static void
html_shows_the_parts_that_a_lawyer_looks_for(void **state)
{
	static const char *const parts[] = {
		"<html lang=\"zh-CN\">",
		"<a class=\"skip\" href=\"#main\">跳到正文</a>",
		"<th scope=\"col\">文档</th>",
		"<mark>如您不进行人脸识别，将无法继续使用𠮷祥钱包的全部功能"
		"</mark>",
		"隐私/政策 一.html:12:5</code> · 第 12 行第 5 字 · "
		"字节 2048–2147",
		"如您&lt;b&gt;不进行人脸识别&lt;/b&gt;",
		"<figure class=\"contra\">",
		"href=\"https://www.cac.gov.cn/example?a=1&amp;b=2\">"
		"《人脸识别技术应用安全管理办法》第10条第1款</a>",
		"线索（不计分） 0.510",
		"精确率 95% 置信下限 0.963",
		"文中只说“同意”",
		"frx-1/B:0123456789ab/D:2026-11-21/FRM.10.1.a=V.h.963/",
		"<section id=\"method\"",
		"0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef",
	};
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "html");
	s = fixture_write_all(&x);
	for (size_t i = 0; i < FA_COUNT(parts); i++)
		assert_true(fixture_has(s, parts[i]));
	fixture_close(&x);
}

static void
html_loads_and_runs_nothing(void **state)
{
	static const char *const never[] = { "<script", "</script", "<img",
		"onerror=alert(1)>", "javascript:", " src=", "@import", "url(",
		"<link" };
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "html");
	x.report.opts.verbose = true;
	s = fixture_write_all(&x);
	/* As text the hostile strings are there. */
	assert_true(fixture_has(s, "&lt;/script&gt;&lt;img src=x"));
	for (size_t i = 0; i < FA_COUNT(never); i++) {
		if (strcmp(never[i], " src=") != 0)
			assert_false(fixture_has(s, never[i]));
	}
	assert_true(fixture_has(s, "default-src 'none'"));
	fixture_close(&x);
}

static void
html_text_is_escaped_for_attributes_too(void **state)
{
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	fa_html_text(&out, FA_STR("<a href=\"x\" b='&'>\n"), false);
	assert_string_equal(out.p,
		"&lt;a href=&quot;x&quot; b=&#39;&amp;&#39;&gt;⟨U+000A⟩");
	fa_buf_done(&out);
}

static void
english_html_is_english(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "html");
	x.report.opts.lang = FA_LANG_EN;
	s = fixture_write_all(&x);
	assert_true(fixture_has(s, "<html lang=\"en\">"));
	assert_true(fixture_has(s, "Method and limits"));
	assert_false(fixture_has(s, "方法与局限"));
	fixture_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_shows_the_parts_that_a_lawyer_looks_for),
		cmocka_unit_test(html_loads_and_runs_nothing),
		cmocka_unit_test(html_text_is_escaped_for_attributes_too),
		cmocka_unit_test(english_html_is_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
