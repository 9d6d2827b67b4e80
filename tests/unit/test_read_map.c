/* From text back to the original: quotes, visible text, positions; and
 * documents that want to break the reader. */
#include "unit/fixture_read.h"

#include "read/html_extract.h"

static struct fa_range
range_of(const struct reading *r, const char *text)
{
	size_t at = fa_str_find(r->doc.text, fa_str_c(text), 0);

	assert_int_not_equal(at, SIZE_MAX);
	return (struct fa_range){ (uint32_t)at, (uint32_t)(at + strlen(text)) };
}

static void
quotes(struct reading *r, const char *text, const char *quote,
	const char *visible)
{
	struct fa_range range = range_of(r, text);
	struct fa_buf out;

	fa_buf_init(&out, 1 << 16);
	fa_read_quote(&r->doc, fa_doc_raw(&r->doc, range), &out);
	assert_str(fa_buf_str(&out), quote);
	fa_buf_reset(&out);
	fa_read_visible(&r->doc, range, &out);
	assert_str(fa_buf_str(&out), visible);
	fa_buf_done(&out);
}

static void
quotes_are_cut_from_the_original(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("<p>收集您的 <b>人\xe2\x80\x8b臉</b>&#20449;息<br>"
		       "&nbsp;登陸ＡＢ &amp;</p>"),
		FA_FORMAT_HTML);
	assert_str(r.doc.text, "收集您的人脸信息\n登录AB &");
	quotes(&r, "的人脸信", "的 <b>人\xe2\x80\x8b臉</b>&#20449;",
		"的人臉信");
	quotes(&r, "信息\n登录", "&#20449;息<br>&nbsp;登陸", "信息 登陸");
	quotes(&r, "AB &", "ＡＢ &amp;", "ＡＢ &");
	quotes(&r, " ", " ", " ");
	reading_done(&r);
}

static void
quotes_are_decoded(void **state)
{
	struct reading r;

	(void)state;
	/* 人<b>脸</b>Ａ in GBK */
	reading_init(&r,
		FA_STR("<meta charset=gbk>\xc8\xcb<b>\xc1\xb3</b>\xa3\xc1&gt;"),
		FA_FORMAT_HTML);
	assert_int_equal(r.doc.encoding, FA_ENC_GB18030);
	quotes(&r, "人脸A>", "人<b>脸</b>Ａ&gt;", "人脸Ａ>");
	reading_done(&r);
	reading_init(&r, FA_STR("\xff\xfe\xba\x4e \0\x38\x81\r\0\n\0a\0"),
		FA_FORMAT_TEXT);
	quotes(&r, "人脸", "人 脸", "人脸");
	quotes(&r, "a", "a", "a");
	reading_done(&r);
}

static void
markdown_is_quoted_with_its_marks(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r, FA_STR("> 收集**人\n> 脸**&amp;[信息](x)\n"),
		FA_FORMAT_MARKDOWN);
	quotes(&r, "集人脸&信", "集**人\n> 脸**&amp;[信", "集人脸&信");
	reading_done(&r);
}

static void
positions_count_lines_and_code_points(void **state)
{
	/* 3 人, 6 \n, 7 b, 8 \r\n, 10 \r, 11 脸, 14 the end */
	const uint32_t raw[] = { 0, 3, 6, 7, 8, 9, 10, 11, 12, 14, 99 };
	const struct fa_position want[] = { { 1, 1, 1 }, { 1, 1, 1 },
		{ 1, 2, 4 }, { 2, 1, 1 }, { 2, 2, 2 }, { 3, 1, 1 }, { 3, 1, 1 },
		{ 4, 1, 1 }, { 4, 1, 1 }, { 4, 2, 4 }, { 4, 2, 4 } };
	struct fa_position got[FA_COUNT(raw)];
	struct reading r;

	(void)state;
	reading_init(&r, FA_STR("\xef\xbb\xbf人\nb\r\n\r脸"), FA_FORMAT_TEXT);
	fa_read_positions(&r.doc, raw, FA_COUNT(raw), got);
	for (size_t i = 0; i < FA_COUNT(raw); i++) {
		assert_int_equal(got[i].line, want[i].line);
		assert_int_equal(got[i].column, want[i].column);
		assert_int_equal(got[i].byte, want[i].byte);
	}
	reading_done(&r);
}

static void
positions_in_utf16_and_gbk_count_characters(void **state)
{
	struct reading r;
	uint32_t raw[] = { 4, 8 };
	struct fa_position got[2];

	(void)state;
	reading_init(&r, FA_STR("\xff\xfe\xba\x4e\x38\x81\n\0a\0b\0"),
		FA_FORMAT_TEXT);
	fa_read_positions(&r.doc, raw, 2, got);
	assert_int_equal(got[0].column, 2);
	assert_int_equal(got[1].line, 2);
	assert_int_equal(got[1].column, 1);
	reading_done(&r);
	reading_charset(&r, FA_STR("\xc8\xcb\xc1\xb3\n\xc8\xcb\xc1\xb3x"),
		FA_FORMAT_TEXT, FA_STR("gbk"));
	raw[0] = 2;
	raw[1] = 9;
	fa_read_positions(&r.doc, raw, 2, got);
	assert_int_equal(got[0].column, 2);
	assert_int_equal(got[1].line, 2);
	assert_int_equal(got[1].column, 3);
	reading_done(&r);
}

/* For each character of line two of "x\n𠮷人a": columns, and bytes as UTF-8
 * whatever the encoding. */
static void
assert_bytes(struct reading *r, const uint32_t raw[4])
{
	static const uint32_t bytes[] = { 1, 5, 8, 9 };
	struct fa_position got[4];

	assert_int_equal(r->rc, FA_OK);
	fa_read_positions(&r->doc, raw, 4, got);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(got[i].line, 2);
		assert_int_equal(got[i].column, i + 1);
		assert_int_equal(got[i].byte, bytes[i]);
	}
	reading_done(r);
}

static void
byte_columns_are_those_of_the_line_as_utf8(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r, FA_STR("\xef\xbb\xbfx\r\n\xf0\xa0\xae\xb7人a"),
		FA_FORMAT_TEXT);
	assert_bytes(&r, (const uint32_t[]){ 6, 10, 13, 14 });
	/* 𠮷 takes four bytes in GB18030 and two units in UTF-16. */
	reading_charset(&r,
		FA_STR("x\n\x95\x34\xd1\x37\xc8\xcb"
		       "a"),
		FA_FORMAT_TEXT, FA_STR("gb18030"));
	assert_bytes(&r, (const uint32_t[]){ 2, 6, 8, 9 });
	reading_init(&r,
		FA_STR("\xff\xfex\0\n\0\x42\xd8\xb7\xdf\xba\x4e"
		       "a\0"),
		FA_FORMAT_TEXT);
	assert_bytes(&r, (const uint32_t[]){ 6, 10, 12, 14 });
	reading_init(&r,
		FA_STR("\xfe\xff\0x\0\r\xd8\x42\xdf\xb7\x4e\xba\0"
		       "a"),
		FA_FORMAT_TEXT);
	assert_bytes(&r, (const uint32_t[]){ 6, 10, 12, 14 });
}

static void
a_malformed_byte_of_utf8_counts_as_it_stands_in_the_file(void **state)
{
	const uint32_t raw[] = { 1, 4 };
	struct fa_position got[2];
	struct reading r;

	(void)state;
	reading_charset(&r, FA_STR("\xff人a"), FA_FORMAT_TEXT, FA_STR("utf-8"));
	fa_read_positions(&r.doc, raw, 2, got);
	assert_int_equal(got[0].column, 2);
	assert_int_equal(got[0].byte, 2);
	assert_int_equal(got[1].byte, 5);
	reading_done(&r);
}

static void
empty_documents_have_no_text(void **state)
{
	static const struct fa_str inputs[] = { FA_STR_INIT(""),
		FA_STR_INIT(" \n\t\r\n"), FA_STR_INIT("\xef\xbb\xbf"),
		FA_STR_INIT("\xff\xfe"), FA_STR_INIT("<html></html>"),
		FA_STR_INIT("<!--"), FA_STR_INIT("---\n") };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(inputs); i++) {
		struct reading r;

		reading_init(&r, inputs[i], FA_FORMAT_AUTO);
		assert_int_equal(r.rc, FA_OK);
		assert_int_equal(r.doc.text.n, 0);
		assert_int_equal(r.doc.blocks_n, 0);
		reading_done(&r);
	}
}

static void
a_document_beyond_the_limit_is_an_error(void **state)
{
	struct fa_read_opts opts = { .name = FA_STR("x"),
		.format = FA_FORMAT_TEXT,
		.charset = FA_STR_NONE };
	struct fa_str raw = { "", (size_t)FA_DOC_MAX_BYTES + 1 };
	struct fa_doc doc;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(fa_read(&doc, raw, &opts, &a, &err), FA_E_LIMIT);
	fa_arena_done(&a);
}

/* n bytes of unit, between head and tail. */
static void
read_big(const char *head, const char *unit, const char *tail, size_t n,
	enum fa_format format, struct reading *r, struct fa_buf *in)
{
	fa_buf_init(in, (size_t)FA_DOC_MAX_BYTES);
	fa_buf_adds(in, head);
	while (in->n < n)
		fa_buf_adds(in, unit);
	fa_buf_adds(in, tail);
	reading_init(r, fa_buf_str(in), format);
	assert_int_equal(r->rc, FA_OK);
}

static void
hostile_pages_take_linear_time(void **state)
{
	static const char *const units[] = { "<div>", "<b>", "<p>", "<li>",
		"<ul><li>", "<table><tr><td>", "<a href=x>y", "</div>",
		"<p></b></i></a>", "<b><p></b>", "<!--", "<![CDATA[", "<", "&",
		"&#", "&Countt", "<a b='", "<script>", "<script><!--<script>",
		"<title>", "<svg>", "<td rowspan=65534 colspan=1000>", "<a ",
		"<div style=display:none>", "<input type=checkbox>",
		"<div></span>", "</p>", "<option>", "x<br>", "\xff", "&amp;",
		"<h1>", "<dd>", "<label for=a><input id=a type=checkbox>" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(units); i++) {
		struct reading r;
		struct fa_buf in;

		read_big("<p>", units[i], "人脸", 500000, FA_FORMAT_HTML, &r,
			&in);
		reading_done(&r);
		fa_buf_done(&in);
	}
}

static void
text_behind_deep_nesting_is_read(void **state)
{
	struct reading r;
	struct fa_buf in;

	(void)state;
	read_big("", "<div>", "<p>人脸</p>", 500000, FA_FORMAT_HTML, &r, &in);
	assert_str(r.doc.text, "人脸");
	assert_non_null(r.doc.notice.p);
	reading_done(&r);
	fa_buf_done(&in);
	read_big("<div hidden>", "<i>", "人</div>脸", 3000, FA_FORMAT_HTML, &r,
		&in);
	assert_str(r.doc.text, "脸");
	assert_null(r.doc.notice.p);
	reading_done(&r);
	fa_buf_done(&in);
}

static void
a_page_of_twenty_megabytes_is_read(void **state)
{
	struct reading r;
	struct fa_buf in;

	(void)state;
	read_big("<title>x</title>",
		"<p "
		"class=a>我们会收集您的人脸信息，<b>用于</b>核验&nbsp;。</p>\n",
		"", 20u << 20, FA_FORMAT_HTML, &r, &in);
	assert_true(r.doc.blocks_n > 200000);
	/* text, map and blocks, and nothing else that lasts */
	assert_true(r.a.used_bytes < 3 * in.n);
	reading_done(&r);
	fa_buf_done(&in);
}

static void
one_sentence_of_five_megabytes_is_one_block(void **state)
{
	struct reading r;
	struct fa_buf in;

	(void)state;
	read_big("", "我们收集人脸，", "。", 5u << 20, FA_FORMAT_TEXT, &r, &in);
	assert_int_equal(r.doc.blocks_n, 1);
	reading_done(&r);
	fa_buf_done(&in);
}

static void
a_gbk_page_with_one_bad_byte_keeps_its_text(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("<meta charset=gb2312><p>\xc8\xcb\xc1\xb3\xff</p><p>"
		       "\x81\x30\x81\x30\xca\xb6\xb1\xf0</p>"),
		FA_FORMAT_HTML);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.bad_bytes, 1);
	assert_int_equal(r.doc.blocks_n, 2);
	assert_str(reading_text(&r, 0), "人脸\xef\xbf\xbd");
	quotes(&r, "识别", "识别", "识别");
	reading_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_are_cut_from_the_original),
		cmocka_unit_test(quotes_are_decoded),
		cmocka_unit_test(markdown_is_quoted_with_its_marks),
		cmocka_unit_test(positions_count_lines_and_code_points),
		cmocka_unit_test(positions_in_utf16_and_gbk_count_characters),
		cmocka_unit_test(byte_columns_are_those_of_the_line_as_utf8),
		cmocka_unit_test(
			a_malformed_byte_of_utf8_counts_as_it_stands_in_the_file),
		cmocka_unit_test(empty_documents_have_no_text),
		cmocka_unit_test(a_document_beyond_the_limit_is_an_error),
		cmocka_unit_test(hostile_pages_take_linear_time),
		cmocka_unit_test(text_behind_deep_nesting_is_read),
		cmocka_unit_test(a_page_of_twenty_megabytes_is_read),
		cmocka_unit_test(one_sentence_of_five_megabytes_is_one_block),
		cmocka_unit_test(a_gbk_page_with_one_bad_byte_keeps_its_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
