/* Extraction of HTML: blocks, structure, hidden text, links, titles. */
#include "unit/fixture_read.h"

static void
check(const struct reading_case *c, size_t n)
{
	reading_check(c, n, FA_FORMAT_HTML);
}

static const struct reading_case block_cases[] = {
	{ "", "" },
	{ "  \n ", "" },
	{ "甲", "P 甲\n" },
	{ "<p>甲<p>乙", "P 甲\nP 乙\n" },
	{ "<div>甲<div>乙</div>丙</div>", "P 甲\nP 乙\nP 丙\n" },
	{ "<h1>甲</h1><h3>乙</h2>丙", "H1 甲\nH3 乙\nP 丙\n" },
	{ "甲<br>乙<br/>丙", "P 甲\nP 乙\nP 丙\n" },
	{ "<h2>第一条<br>定义</h2>", "H2 第一条定义\n" },
	{ "<h2>Art<br>one</h2>", "H2 Art one\n" },
	{ "甲<span>乙</span><b>丙</b>丁", "P 甲乙丙丁\n" },
	{ "a<i>b</i> <b>c</b>\n d", "P ab c d\n" },
	{ "<blockquote>甲<p>乙</blockquote>丙", "Q 甲\nQ 乙\nP 丙\n" },
	{ "<pre>int a;\n  int b;\n甲</pre>", "X int a;\nX int b;\nP 甲\n" },
	{ "<div style='white-space: pre-wrap'>甲\n乙</div>", "P 甲\nP 乙\n" },
	{ "<span style='display:block'>甲</span>乙", "P 甲\nP 乙\n" },
	{ "甲<hr>乙", "P 甲\nP 乙\n" },
	{ "甲</p>乙", "P 甲\nP 乙\n" },
	{ "<p>甲<b>乙</p>丙</b>", "P 甲乙\nP 丙\n" },
	{ "<details><summary>甲</summary>乙</details>", "P 甲\nP 乙\n" },
	{ "<p><b>特别提示：</b></p><p><b>不是标题。</b></p><p><b>一</b>二",
		"H6 特别提示:\nP 不是标题。\nP 一二\n" },
	{ "<p style='font-weight:700'>甲</p><p style='font-weight:400'>乙",
		"H6 甲\nP 乙\n" },
	{ "<b><p>甲</b>乙</p>丙丁", "P 甲乙\nP 丙丁\n" },
};

static void
block_elements_end_blocks(void **state)
{
	(void)state;
	check(block_cases, FA_COUNT(block_cases));
}

static const struct reading_case list_cases[] = {
	{ "<ul><li>甲<li>乙</ul>丙", "I1 甲\nI1 乙\nP 丙\n" },
	{ "<ol><li>甲<ul><li>乙</ul>丙</ol>", "I1o 甲\nI2 乙\nI1o 丙\n" },
	{ "<ul><li><p>甲</p><p>乙</p></li></ul>", "I1 甲\nI1 乙\n" },
	{ "<li>甲", "I1 甲\n" },
	{ "<dl><dt>甲<dd>乙</dl>", "P 甲\nP 乙\n" },
	{ "<ul><li><h3>甲</h3>乙</ul>", "H3 甲\nI1 乙\n" },
};

static void
list_items_keep_nesting_and_order(void **state)
{
	struct reading r;

	(void)state;
	check(list_cases, FA_COUNT(list_cases));
	reading_init(&r, FA_STR("<ul><li>a<li>b</ul><ul><li>c</ul>"),
		FA_FORMAT_HTML);
	assert_int_equal(r.doc.blocks[0].list, r.doc.blocks[1].list);
	assert_int_not_equal(r.doc.blocks[1].list, r.doc.blocks[2].list);
	reading_done(&r);
}

static const struct reading_case table_cases[] = {
	{ "<table><tr><th>甲<th>乙<tr><td>丙<td>丁</table>戊",
		"T0.0 甲\nT0.1 乙\nC1.0 丙\nC1.1 丁\nP 戊\n" },
	{ "<table><thead><tr><td>甲</thead><tbody><tr><td>乙</table>",
		"T0.0 甲\nC1.0 乙\n" },
	{ "<table><tr><td rowspan=2>甲<td>乙<tr><td>丙<tr><td>丁</table>",
		"C0.0 甲\nC0.1 乙\nC1.1 丙\nC2.0 丁\n" },
	{ "<table><tr><td colspan=2>甲<td>乙</table>", "C0.0 甲\nC0.2 乙\n" },
	{ "<table><tr><td>甲<table><tr><td>乙</table>丙<td>丁</table>",
		"C0.0 甲\nC0.0 乙\nC0.0 丙\nC0.1 丁\n" },
	{ "<table><tr><td>甲</div>乙</td><td><p>丙</table>",
		"C0.0 甲乙\nC0.1 丙\n" },
	{ "<table><td>甲</table>", "C0.0 甲\n" },
	{ "<td>甲<td>乙", "C 甲\nC 乙\n" },
	{ "<table><caption>甲</caption><tr><td>乙<br>丙</table>",
		"P 甲\nC0.0 乙\nC0.0 丙\n" },
};

static void
table_cells_know_row_and_column(void **state)
{
	(void)state;
	check(table_cases, FA_COUNT(table_cases));
}

static const struct reading_case control_cases[] = {
	{ "<button>同意</button><button>拒绝</button>", "B 同意\nB 拒绝\n" },
	{ "<input type=submit value=' 提&#20132; '>甲", "B 提交\nP 甲\n" },
	{ "<input type=text value=甲 placeholder=乙>", "" },
	{ "<input type=checkbox checked>甲<p>乙", "Bx 甲\nP 乙\n" },
	{ "<label><input type=checkbox>甲</label>乙", "B 甲\nP 乙\n" },
	{ "<label>甲<input type=checkbox checked></label>", "Bx 甲\n" },
	{ "<input type=checkbox checked id=a><label for=a>甲</label>乙",
		"Bx 甲\nP 乙\n" },
	{ "<label for=a>甲</label><input type=checkbox id=a checked>乙",
		"Bx 甲\nP 乙\n" },
	{ "<div><input type=checkbox checked><div>甲</div></div><div>乙</div>",
		"Bx 甲\nP 乙\n" },
	{ "<select><option>甲<option selected>乙</select>", "B 甲\nBx 乙\n" },
	{ "<textarea>甲\n乙</textarea>", "B 甲\nB 乙\n" },
	{ "<span role=button>同意</span>甲", "B 同意\nP 甲\n" },
	{ "<div role=checkbox aria-checked=true>甲</div>", "Bx 甲\n" },
	{ "<input type=hidden value=甲><input type=checkbox hidden>乙",
		"P 乙\n" },
};

static void
buttons_and_checkboxes_are_controls(void **state)
{
	(void)state;
	check(control_cases, FA_COUNT(control_cases));
}

static const struct reading_case hidden_cases[] = {
	{ "甲<script>乙</script>丙<style>丁</style>戊", "P 甲丙戊\n" },
	{ "甲<!-- 乙 -->丙<template>丁</template>戊", "P 甲丙戊\n" },
	{ "甲<noscript>乙</noscript>丙<iframe>丁</iframe>", "P 甲丙\n" },
	{ "甲<span hidden>乙</span>丙", "P 甲丙\n" },
	{ "甲<span aria-hidden=true>乙</span>丙", "P 甲乙丙\n" },
	{ "<div style='color:red; DISPLAY : NONE!important'>甲<p>乙</div>丙",
		"P 丙\n" },
	{ "<div style='visibility:hidden'>甲</div>乙", "P 乙\n" },
	{ "<div style=display:none><div>甲</div>乙</div>丙", "P 丙\n" },
	{ "<div style=display:none><b></div>乙", "P 乙\n" },
	{ "<div hidden><table><tr><td></div>甲</table></div>乙", "P 乙\n" },
	{ "甲<span style='display:none'><p>乙</span>丙</p>丁", "P 甲\n" },
	{ "<head><title>甲</title></head>乙", "P 乙\n" },
	{ "<svg><title>甲</title><text>乙</text><desc>丙</desc></svg>丁",
		"P 乙丁\n" },
	{ "甲<video>乙</video><canvas>丙</canvas>丁", "P 甲丁\n" },
	{ "<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>", "P 汉han\n" },
	{ "<script>甲", "" },
	{ "甲<xmp><b></xmp>", "P 甲\nX <b>\n" },
};

static void
hidden_text_is_not_text(void **state)
{
	(void)state;
	check(hidden_cases, FA_COUNT(hidden_cases));
}

static const struct reading_case fold_cases[] = {
	{ "人 脸\n识&nbsp;别　信&#x200B;息&shy;", "P 人脸识别信息\n" },
	{ "使用 SDK 时 、后", "P 使用 SDK 时、后\n" },
	{ "ＡＢＣ１２３（甲）", "P ABC123(甲)\n" },
	{ "帳號登陸，其它", "P 账号登录,其他\n" },
	{ "登陆 登<b>陆</b> 登</b>一陆", "P 登录登录登一陆\n" },
	{ "⼈⾯", "P 人面\n" },
	{ "㈠ &NotEqualTilde;", "P (一) \xe2\x89\x82\xcc\xb8\n" },
	{ "a&zwnj;b\tc", "P ab c\n" },
};

static void
text_is_normalised(void **state)
{
	(void)state;
	check(fold_cases, FA_COUNT(fold_cases));
}

static void
nul_bytes_are_dropped(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("<p>人\0脸</p><p>这里还有很多别的文字，所以它"
		       "不是二进制数据，只是混进了一个零字节而已。"
		       "这里还有很多别的文字。</p>"),
		FA_FORMAT_HTML);
	assert_int_equal(r.rc, FA_OK);
	assert_str(reading_text(&r, 0), "人脸");
	reading_done(&r);
}

static void
links_cover_their_text(void **state)
{
	struct reading r;
	const struct fa_link *l;

	(void)state;
	reading_init(&r,
		FA_STR("见<a href=' /p?a=1&amp;b=2 '> 隐私 政策</a>、"
		       "<a name=x>无</a><a href=/y></a>"
		       "<a href=/z><p>甲</p><p>乙</p></a>"
		       "<a href=u>丙<a href=v>丁"),
		FA_FORMAT_HTML);
	assert_int_equal(r.doc.links_n, 4);
	l = r.doc.links;
	assert_str(l[0].href, "/p?a=1&b=2");
	assert_str(fa_str_sub(r.doc.text, l[0].text.from, l[0].text.to),
		"隐私政策");
	assert_str(l[1].href, "/z");
	assert_str(
		fa_str_sub(r.doc.text, l[1].text.from, l[1].text.to), "甲\n乙");
	assert_str(l[2].href, "u");
	assert_str(fa_str_sub(r.doc.text, l[2].text.from, l[2].text.to), "丙");
	assert_str(l[3].href, "v");
	reading_done(&r);
}

static void
title_is_from_the_head_or_the_first_heading(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("<title>\n 隐私 &amp;\n政策 </title><h1>甲</h1>"),
		FA_FORMAT_HTML);
	assert_str(r.doc.title, "隐私 & 政策");
	reading_done(&r);
	reading_init(&r, FA_STR("<p>零</p><h2>ＡＢ政策</h2><h1>乙</h1>"),
		FA_FORMAT_HTML);
	assert_str(r.doc.title, "ＡＢ政策");
	reading_done(&r);
	reading_init(&r, FA_STR("<p>甲</p>"), FA_FORMAT_HTML);
	assert_null(r.doc.title.p);
	reading_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_elements_end_blocks),
		cmocka_unit_test(list_items_keep_nesting_and_order),
		cmocka_unit_test(table_cells_know_row_and_column),
		cmocka_unit_test(buttons_and_checkboxes_are_controls),
		cmocka_unit_test(hidden_text_is_not_text),
		cmocka_unit_test(text_is_normalised),
		cmocka_unit_test(nul_bytes_are_dropped),
		cmocka_unit_test(links_cover_their_text),
		cmocka_unit_test(title_is_from_the_head_or_the_first_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
