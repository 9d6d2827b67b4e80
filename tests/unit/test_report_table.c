/* Tables for spreadsheets: what others wrote stays text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "report/table.h"

#define BYTES ((size_t)4 << 20)

static const struct fa_column columns[] = { { "name", 10 }, { "n", 8 },
	{ "score", 8 }, { "share", 8 }, { "precision", 8 }, { "date", 12 },
	{ "time", 20 }, { "word", 8 } };

static const char *
row(struct fa_buf *out, const struct fa_cell *at, size_t n)
{
	fa_buf_init(out, BYTES);
	fa_csv_row(out, at, n);
	assert_int_equal(out->rc, FA_OK);
	return out->p;
}

static const char *
cell(struct fa_buf *out, struct fa_str s)
{
	struct fa_cell c = { .kind = FA_CELL_TEXT, .text = s };

	return row(out, &c, 1);
}

static void
a_row_has_typed_cells_and_ends_with_crlf(void **state)
{
	const struct fa_cell at[] = { { FA_CELL_TEXT, FA_STR_INIT("甲"), 0 },
		{ .kind = FA_CELL_INT, .n = -3 },
		{ .kind = FA_CELL_POINTS, .n = 277999999 },
		{ .kind = FA_CELL_HUNDREDTHS, .n = 85 },
		{ .kind = FA_CELL_THOUSANDTHS, .n = 63 },
		{ .kind = FA_CELL_DATE, .n = 20261121 },
		{ .kind = FA_CELL_TIME, .n = INT64_C(1795671600000) },
		{ FA_CELL_WORD, FA_STR_INIT("yes"), 0 },
		{ .kind = FA_CELL_NONE }, { .kind = FA_CELL_DATE } };
	struct fa_buf out;

	(void)state;
	assert_string_equal(row(&out, at, FA_COUNT(at)),
		"\"甲\",-3,27.7,0.85,0.063,2026-11-21,"
		"2026-11-26T05:40:00.000Z,yes,,\r\n");
	fa_buf_done(&out);
}

static void
the_head_begins_with_a_byte_order_mark(void **state)
{
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, BYTES);
	fa_csv_head(&out, columns, 2);
	assert_string_equal(out.p, "\xEF\xBB\xBFname,n\r\n");
	fa_buf_done(&out);
}

static void
what_looks_like_a_formula_is_made_text(void **state)
{
	static const char *const bad[] = { "=1+1", "+1", "-1", "@SUM(A1)",
		"\t=1", "\r=1", "\n=1", " =1", "　=1", "＝1", "＋1", "－1",
		"＠1", "\xE2\x80\x8B=1", "\xEF\xBB\xBF=1" };
	static const char *const good[] = { "", "a=1", "1-2", "'=1", "甲=乙",
		"\"=1" };
	struct fa_buf out;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		assert_true(fa_csv_is_formula(fa_str_c(bad[i])));
		assert_memory_equal(cell(&out, fa_str_c(bad[i])), "\"'", 2);
		fa_buf_done(&out);
	}
	for (size_t i = 0; i < FA_COUNT(good); i++) {
		assert_false(fa_csv_is_formula(fa_str_c(good[i])));
		assert_int_not_equal(cell(&out, fa_str_c(good[i]))[1] == '\'' &&
				good[i][0] != '\'',
			1);
		fa_buf_done(&out);
	}
}

static void
quotes_are_doubled_and_hidden_characters_shown(void **state)
{
	struct fa_buf out;

	(void)state;
	assert_string_equal(cell(&out, FA_STR("a\"b\"")), "\"a\"\"b\"\"\"\r\n");
	fa_buf_done(&out);
	assert_string_equal(cell(&out, FA_STR("a\nb")), "\"a⟨U+000A⟩b\"\r\n");
	fa_buf_done(&out);
	assert_string_equal(
		cell(&out, FA_STR("a\xE2\x80\xAE")), "\"a⟨U+202E⟩\"\r\n");
	fa_buf_done(&out);
	assert_string_equal(cell(&out, FA_STR("\xFF")), "\"\xEF\xBF\xBD\"\r\n");
	fa_buf_done(&out);
}

/* What is plain is copied; it must be what the careful way gives. */
static void
plain_text_needs_no_care(void **state)
{
	static const char *const plain[] = { "", "abc 123", "人脸识别，甲。",
		"《办法》！？（一）" };
	static const char *const other[] = { "<", "a&b", "\"", "'", "\x7F",
		"\x1b", "\xC2\x80", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE4\xBA",
		"\xE4\xBA\x41", "\xED\xA0\x80", "𠮷", "\xE3\x80\x80" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(plain); i++)
		assert_true(fa_text_is_plain(fa_str_c(plain[i])));
	for (size_t i = 0; i < FA_COUNT(other); i++)
		assert_false(fa_text_is_plain(fa_str_c(other[i])));
	assert_false(fa_text_is_plain(FA_STR("a\0b")));
}

struct place {
	char dir[32], path[64];
	struct fa_arena a;
	struct fa_err err;
};

static int
set_up(void **state)
{
	static struct place x;

	memset(&x, 0, sizeof(x));
	fa_arena_init(&x.a, BYTES);
	memcpy(x.dir, "/tmp/fa-xlsx-XXXXXX", sizeof("/tmp/fa-xlsx-XXXXXX"));
	assert_non_null(mkdtemp(x.dir));
	(void)snprintf(x.path, sizeof(x.path), "%s/a.xlsx", x.dir);
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *x = *state;

	(void)unlink(x->path);
	assert_int_equal(rmdir(x->dir), 0);
	fa_arena_done(&x->a);
	return 0;
}

static void
write_book(struct place *x, const char *name)
{
	const struct fa_xlsx_facts facts = { "t", "a", INT64_C(1795671600000) };
	const struct fa_cell at[] = { { FA_CELL_TEXT, FA_STR_INIT("=1+1"), 0 },
		{ .kind = FA_CELL_INT, .n = 7 },
		{ .kind = FA_CELL_POINTS, .n = 277000000 },
		{ .kind = FA_CELL_HUNDREDTHS, .n = 85 },
		{ .kind = FA_CELL_THOUSANDTHS, .n = 63 },
		{ .kind = FA_CELL_DATE, .n = 20261121 },
		{ .kind = FA_CELL_TIME, .n = INT64_C(1795671600000) },
		{ FA_CELL_TEXT, FA_STR_INIT("_x000D_ \x1b"), 0 } };
	struct fa_xlsx *w = NULL;

	assert_int_equal(fa_xlsx_new(&w, x->path, &facts, &x->err), FA_OK);
	assert_int_equal(
		fa_xlsx_sheet(w, name, columns, FA_COUNT(columns), &x->err),
		FA_OK);
	for (int i = 0; i < 100; i++)
		assert_int_equal(
			fa_xlsx_row(w, at, FA_COUNT(at), &x->err), FA_OK);
	assert_int_equal(fa_xlsx_end(w, &x->err), FA_OK);
}

static void
the_same_rows_make_the_same_file(void **state)
{
	struct place *x = *state;
	struct fa_str one, two;

	write_book(x, "a");
	assert_int_equal(
		fa_file_read(&one, fa_str_c(x->path), BYTES, &x->a, &x->err),
		FA_OK);
	write_book(x, "a");
	assert_int_equal(
		fa_file_read(&two, fa_str_c(x->path), BYTES, &x->a, &x->err),
		FA_OK);
	assert_true(one.n > 1000);
	assert_memory_equal(one.p, "PK", 2);
	assert_true(fa_str_eq(one, two));
}

static void
a_spreadsheet_that_is_dropped_leaves_nothing(void **state)
{
	struct place *x = *state;
	const struct fa_xlsx_facts facts = { "t", "a", 0 };
	struct fa_xlsx *w = NULL;

	assert_int_equal(fa_xlsx_new(&w, x->path, &facts, &x->err), FA_OK);
	fa_xlsx_drop(w);
	fa_xlsx_drop(NULL);
	assert_int_not_equal(access(x->path, F_OK), 0);
	/* tear_down removes the folder, which must be empty. */
}

static void
a_folder_that_is_missing_is_an_error(void **state)
{
	struct place *x = *state;
	const struct fa_xlsx_facts facts = { "t", "a", 0 };
	struct fa_xlsx *w = NULL;
	char path[64];

	(void)snprintf(path, sizeof(path), "%s/none/a.xlsx", x->dir);
	assert_int_equal(fa_xlsx_new(&w, path, &facts, &x->err), FA_E_IO);
	assert_null(w);
	assert_non_null(strstr(x->err.msg, "none/a.xlsx"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_has_typed_cells_and_ends_with_crlf),
		cmocka_unit_test(the_head_begins_with_a_byte_order_mark),
		cmocka_unit_test(what_looks_like_a_formula_is_made_text),
		cmocka_unit_test(
			quotes_are_doubled_and_hidden_characters_shown),
		cmocka_unit_test(plain_text_needs_no_care),
		T(the_same_rows_make_the_same_file),
		T(a_spreadsheet_that_is_dropped_leaves_nothing),
		T(a_folder_that_is_missing_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
