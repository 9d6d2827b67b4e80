/* Encodings: how one is found, and what malformed bytes cost. */
#include "unit/fixture_read.h"

#include "read/enc.h"

static enum fa_encoding
found(struct fa_str raw, struct fa_str charset)
{
	struct fa_enc_pick pick;
	struct fa_err err;

	assert_int_equal(fa_enc_detect(&pick, raw, charset, &err), FA_OK);
	return pick.encoding;
}

/* 人脸识别信息，同意。 */
#define GBK                                                                    \
	"\xc8\xcb\xc1\xb3\xca\xb6\xb1\xf0\xd0\xc5\xcf\xa2\xa3\xac\xcd\xac\xd2" \
	"\xe2\xa1\xa3"
/* 人臉辨識資訊，同意。 */
#define BIG5                                                                   \
	"\xa4\x48\xc1\x79\xbf\xeb\xc3\xd1\xb8\xea\xb0\x54\xa1\x41\xa6\x50\xb7" \
	"\x4e\xa1\x43"

static void
labels_of_the_web_are_known(void **state)
{
	static const struct {
		const char *label;
		enum fa_encoding encoding;
	} cases[] = {
		{ "GB2312", FA_ENC_GB18030 },
		{ " gbk\n", FA_ENC_GB18030 },
		{ "GB18030", FA_ENC_GB18030 },
		{ "x-gbk", FA_ENC_GB18030 },
		{ "Big5-HKSCS", FA_ENC_BIG5 },
		{ "utf8", FA_ENC_UTF8 },
		{ "UTF-16", FA_ENC_UTF16LE },
		{ "utf-16be", FA_ENC_UTF16BE },
		{ "ISO-8859-1", FA_ENC_LATIN1 },
	};
	enum fa_encoding e;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		assert_true(fa_enc_by_label(fa_str_c(cases[i].label), &e));
		assert_int_equal(e, cases[i].encoding);
	}
	assert_false(fa_enc_by_label(FA_STR("klingon"), &e));
}

static void
an_unknown_label_from_outside_is_an_error(void **state)
{
	struct reading r;

	(void)state;
	reading_charset(&r, FA_STR("x"), FA_FORMAT_TEXT, FA_STR("klingon"));
	assert_int_equal(r.rc, FA_E_USAGE);
	assert_non_null(strstr(r.err.msg, "klingon"));
	reading_done(&r);
}

static void
a_mark_decides(void **state)
{
	struct fa_str none = FA_STR_NONE;

	(void)state;
	assert_int_equal(
		found(FA_STR("\xef\xbb\xbf" GBK), FA_STR("gbk")), FA_ENC_UTF8);
	assert_int_equal(
		found(FA_STR("\xff\xfe\x3a\x4e"), none), FA_ENC_UTF16LE);
	assert_int_equal(
		found(FA_STR("\xfe\xff\x4e\x3a"), none), FA_ENC_UTF16BE);
}

static void
valid_utf8_wins_over_declarations(void **state)
{
	(void)state;
	assert_int_equal(
		found(FA_STR("<meta charset=gbk>人脸"), FA_STR("big5")),
		FA_ENC_UTF8);
	/* C2A9 is also a character of GBK, which is declared. */
	assert_int_equal(
		found(FA_STR("\xc2\xa9"), FA_STR("gbk")), FA_ENC_GB18030);
	assert_int_equal(
		found(FA_STR("\xc2\xa9 2026"), FA_STR_NONE), FA_ENC_UTF8);
}

static void
declarations_in_the_page_are_read(void **state)
{
	struct fa_str none = FA_STR_NONE;

	(void)state;
	assert_int_equal(found(FA_STR("<meta charset='gb2312'>" BIG5), none),
		FA_ENC_GB18030);
	assert_int_equal(found(FA_STR("<META HTTP-EQUIV=Content-Type "
				      "CONTENT=\"text/html; "
				      "charset=big5\">" GBK),
				 none),
		FA_ENC_BIG5);
	assert_int_equal(
		found(FA_STR("<?xml version='1.0' encoding='gbk'?>" BIG5),
			none),
		FA_ENC_GB18030);
	assert_int_equal(found(FA_STR("<!-- <meta charset=big5> -->"
				      "<meta charset=gbk>" GBK),
				 none),
		FA_ENC_GB18030);
	assert_int_equal(
		found(FA_STR("<meta charset=big5>" BIG5), FA_STR("latin1")),
		FA_ENC_BIG5);
}

static void
undeclared_text_is_guessed(void **state)
{
	struct fa_str none = FA_STR_NONE;

	(void)state;
	assert_int_equal(found(FA_STR(GBK GBK GBK), none), FA_ENC_GB18030);
	assert_int_equal(found(FA_STR(BIG5 BIG5 BIG5), none), FA_ENC_BIG5);
	assert_int_equal(
		found(FA_STR(GBK GBK), FA_STR("iso-8859-1")), FA_ENC_GB18030);
	assert_int_equal(
		found(FA_STR("a\0\n\0b\0c\0d\0e\0"), none), FA_ENC_UTF16LE);
	assert_int_equal(
		found(FA_STR("\0a\0\n\0b\0c\0d\0e"), none), FA_ENC_UTF16BE);
	assert_int_equal(found(FA_STR("Le caf\xe9 est tr\xe8s bon \xe0 Paris, "
				      "l'\xe9t\xe9 d\xe9j\xe0 pass\xe9"),
				 none),
		FA_ENC_LATIN1);
}

static void
reads(struct fa_str raw, const char *charset, enum fa_encoding e, uint32_t bad,
	const char *text)
{
	struct reading r;

	reading_charset(&r, raw, FA_FORMAT_TEXT, fa_str_c(charset));
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.encoding, e);
	assert_int_equal(r.doc.bad_bytes, bad);
	assert_str(r.doc.text, text);
	reading_done(&r);
}

static void
each_encoding_is_decoded(void **state)
{
	(void)state;
	reads(FA_STR("人脸"), NULL, FA_ENC_UTF8, 0, "人脸");
	reads(FA_STR("\xef\xbb\xbf人"), NULL, FA_ENC_UTF8, 0, "人");
	reads(FA_STR(GBK), "gbk", FA_ENC_GB18030, 0, "人脸识别信息,同意。");
	/* four bytes: U+3400 and U+20000 */
	reads(FA_STR("\x81\x39\xee\x39\x95\x32\x82\x36\xc8\xcb"), "gb2312",
		FA_ENC_GB18030, 0, "㐀𠀀人");
	reads(FA_STR("1\x80"), "gbk", FA_ENC_GB18030, 0, "1€");
	reads(FA_STR(BIG5), "big5", FA_ENC_BIG5, 0, "人脸辨识资讯,同意。");
	reads(FA_STR("\xba\x4e\x38\x81\x40\xd8\x00\xdc"), "utf-16le",
		FA_ENC_UTF16LE, 0, "人脸𠀀");
	reads(FA_STR("\xfe\xff\x4e\xba"), NULL, FA_ENC_UTF16BE, 0, "人");
	reads(FA_STR("na\xefve \x93x\x94"), "windows-1252", FA_ENC_LATIN1, 0,
		"naïve “x”");
}

static void
one_bad_byte_costs_one_character(void **state)
{
	(void)state;
	reads(FA_STR("人脸识别信息人脸识别信息人脸识别信息人脸识别信息人脸"
		     "识别信息人脸识别信息人脸识别信息人脸识别信息人脸\xff"
		     "识别"),
		NULL, FA_ENC_UTF8, 1,
		"人脸识别信息人脸识别信息人脸识别信息人脸识别信息人脸识别信息"
		"人脸识别信息人脸识别信息人脸识别信息人脸\xef\xbf\xbd识别");
	reads(FA_STR("\xc8\xcb\xff\xc1\xb3"), "gbk", FA_ENC_GB18030, 1,
		"人\xef\xbf\xbd脸");
	reads(FA_STR("\xc8\xcb\x81<\xc1\xb3"), "gbk", FA_ENC_GB18030, 1,
		"人\xef\xbf\xbd<脸");
	reads(FA_STR("\xc8\xcb\x81"), "gbk", FA_ENC_GB18030, 1,
		"人\xef\xbf\xbd");
	reads(FA_STR("\xa4\x48\xff\xc1\x79"), "big5", FA_ENC_BIG5, 1,
		"人\xef\xbf\xbd脸");
	/* structure without a character, and an ASCII second byte */
	reads(FA_STR("\xa4\x48\x81\x41\xc1\x79"), "big5", FA_ENC_BIG5, 1,
		"人\xef\xbf\xbd"
		"A脸");
	reads(FA_STR("\xba\x4e\x00\xd8\x38\x81\x01"), "utf-16le",
		FA_ENC_UTF16LE, 2, "人\xef\xbf\xbd脸\xef\xbf\xbd");
}

static void
binary_data_is_named(void **state)
{
	static const struct {
		struct fa_str raw;
		const char *what;
	} cases[] = {
		{ FA_STR_INIT("%PDF-1.7\n"), "PDF" },
		{ FA_STR_INIT("PK\003\004xx"), "ZIP" },
		{ FA_STR_INIT("\x89PNG\r\n"), "PNG" },
		{ FA_STR_INIT("\xff\xd8\xff\xe0"), "JPEG" },
		{ FA_STR_INIT("\x1f\x8b\x08"), "gzip" },
		{ FA_STR_INIT("\x7f"
			      "ELF"),
			"ELF" },
		{ FA_STR_INIT("\x01\x02 noise \x03 \xff\x10\x11"), "binary" },
		{ FA_STR_INIT("a\0b\0\0c\0\1\2\0\0\0x"), "binary" },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct reading r;

		reading_init(&r, cases[i].raw, FA_FORMAT_AUTO);
		assert_int_equal(r.rc, FA_E_UNSUPPORTED);
		assert_non_null(strstr(r.err.msg, cases[i].what));
		reading_done(&r);
	}
}

static enum fa_format
format_of(const char *name, const char *content)
{
	struct fa_read_opts opts = { .name = fa_str_c(name),
		.format = FA_FORMAT_AUTO,
		.charset = FA_STR_NONE };
	struct fa_arena a;
	struct fa_doc doc;
	struct fa_err err;
	enum fa_format f;

	fa_arena_init(&a, 1 << 24);
	assert_int_equal(
		fa_read(&doc, fa_str_c(content), &opts, &a, &err), FA_OK);
	f = doc.format;
	fa_arena_done(&a);
	return f;
}

static void
the_format_is_found_by_suffix_and_content(void **state)
{
	(void)state;
	assert_int_equal(format_of("a.HTML", "x"), FA_FORMAT_HTML);
	assert_int_equal(format_of("a.htm", "x"), FA_FORMAT_HTML);
	assert_int_equal(format_of("a.md", "<p>"), FA_FORMAT_MARKDOWN);
	assert_int_equal(format_of("a.txt", "<p>"), FA_FORMAT_TEXT);
	assert_int_equal(
		format_of("a.txt", "\n<!DOCTYPE html><p>"), FA_FORMAT_HTML);
	assert_int_equal(format_of("-", " <div>x"), FA_FORMAT_HTML);
	assert_int_equal(format_of("-", "# x"), FA_FORMAT_TEXT);
	assert_int_equal(format_of("x.php", "<?php"), FA_FORMAT_HTML);
	assert_int_equal(format_of("-", ""), FA_FORMAT_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_the_web_are_known),
		cmocka_unit_test(an_unknown_label_from_outside_is_an_error),
		cmocka_unit_test(a_mark_decides),
		cmocka_unit_test(valid_utf8_wins_over_declarations),
		cmocka_unit_test(declarations_in_the_page_are_read),
		cmocka_unit_test(undeclared_text_is_guessed),
		cmocka_unit_test(each_encoding_is_decoded),
		cmocka_unit_test(one_bad_byte_costs_one_character),
		cmocka_unit_test(binary_data_is_named),
		cmocka_unit_test(the_format_is_found_by_suffix_and_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
