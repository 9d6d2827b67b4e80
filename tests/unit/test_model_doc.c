/* Looking things up in a document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "model/doc.h"

static const uint8_t code[] = {
	0xc9,               /* raw 0-10: nothing */
	0x01,               /* two wide characters: 10-12, 12-14 */
	0xe1,               /* newline */
	0xc5, 0x42,         /* three of ASCII: 20-23 */
	0xc6, 0xe2, 2, 5, 1 /* two bytes: 30-35 */
};
static struct fa_block blocks[] = { { .text = { 0, 6 } },
	{ .text = { 7, 12 } } };
static struct fa_sentence sentences[] = { { .text = { 0, 3 } },
	{ .text = { 3, 6 } }, { .text = { 7, 12 } } };

static const struct fa_doc doc = { .text = { "人脸\nabcé", 12 },
	.map = { .code = code, .code_n = sizeof(code), .ascii = 1, .wide = 2 },
	.blocks = blocks,
	.blocks_n = FA_COUNT(blocks),
	.sentences = sentences,
	.sentences_n = FA_COUNT(sentences) };

static void
raw_range_covers_the_cells_of_a_text_range(void **state)
{
	static const struct {
		struct fa_range text, raw;
	} cases[] = {
		{ { 0, 3 }, { 10, 12 } },
		{ { 3, 6 }, { 12, 14 } },
		{ { 4, 5 }, { 12, 14 } },
		{ { 0, 12 }, { 10, 35 } },
		{ { 8, 9 }, { 21, 22 } },
		{ { 8, 11 }, { 21, 35 } },
		{ { 6, 7 }, { 0, 0 } },
		{ { 6, 8 }, { 20, 21 } },
		{ { 3, 7 }, { 12, 14 } },
		{ { 3, 3 }, { 0, 0 } },
		{ { 5, 4 }, { 0, 0 } },
		{ { 0, 13 }, { 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct fa_range raw = fa_doc_raw(&doc, cases[i].text);

		assert_int_equal(raw.from, cases[i].raw.from);
		assert_int_equal(raw.to, cases[i].raw.to);
	}
}

static void
a_document_without_text_has_no_raw_ranges(void **state)
{
	const struct fa_doc empty = { .text = { "", 0 } };
	struct fa_range raw = fa_doc_raw(&empty, (struct fa_range){ 0, 0 });

	(void)state;
	assert_int_equal(raw.from, raw.to);
}

static void
blocks_and_sentences_are_found_by_offset(void **state)
{
	(void)state;
	assert_int_equal(fa_doc_block_at(&doc, 0), 0);
	assert_int_equal(fa_doc_block_at(&doc, 6), 0);
	assert_int_equal(fa_doc_block_at(&doc, 7), 1);
	assert_int_equal(fa_doc_block_at(&doc, 99), 1);
	assert_int_equal(fa_doc_sentence_at(&doc, 2), 0);
	assert_int_equal(fa_doc_sentence_at(&doc, 3), 1);
	assert_int_equal(fa_doc_sentence_at(&doc, 11), 2);
}

static void
names_are_fixed(void **state)
{
	(void)state;
	assert_string_equal(fa_encoding_name(FA_ENC_UTF8), "utf-8");
	assert_string_equal(fa_encoding_name(FA_ENC_GB18030), "gb18030");
	assert_string_equal(fa_encoding_name(FA_ENC_BIG5), "big5");
	assert_string_equal(fa_encoding_name(FA_ENC_UTF16LE), "utf-16le");
	assert_string_equal(fa_encoding_name(FA_ENC_UTF16BE), "utf-16be");
	assert_string_equal(fa_encoding_name(FA_ENC_LATIN1), "windows-1252");
	assert_string_equal(fa_format_name(FA_FORMAT_AUTO), "auto");
	assert_string_equal(fa_format_name(FA_FORMAT_HTML), "html");
	assert_string_equal(fa_format_name(FA_FORMAT_MARKDOWN), "markdown");
	assert_string_equal(fa_format_name(FA_FORMAT_TEXT), "text");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_range_covers_the_cells_of_a_text_range),
		cmocka_unit_test(a_document_without_text_has_no_raw_ranges),
		cmocka_unit_test(blocks_and_sentences_are_found_by_offset),
		cmocka_unit_test(names_are_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
