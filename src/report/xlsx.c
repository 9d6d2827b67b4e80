#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "report/common.h"
#include "report/libxlsx.h"
#include "report/table.h"

#define ARENA_BYTES ((size_t)1 << 20)
#define CELL_BYTES ((size_t)4 * FA_XLSX_TEXT_MAX)
#define TEXT_BYTES (1u << 20) /* of a cell before it is cut */
#define NAME_BYTES 32         /* of a sheet; a limit of the format */

enum style {
	STYLE_HEAD,
	STYLE_POINTS,
	STYLE_2,
	STYLE_3,
	STYLE_DATE,
	STYLE_TIME
};
#define STYLES 6

struct fa_xlsx {
	struct fa_arena arena; /* of the object itself */
	struct fa_buf text;
	char path[FA_FILE_PATH_BYTES], temporary[FA_FILE_PATH_BYTES];
	lxw_workbook *book; /* NULL: closed */
	lxw_worksheet *sheet;
	lxw_format *style[STYLES];
	char name[NAME_BYTES];
	const struct fa_column *columns;
	size_t columns_n;
	unsigned part; /* of the sheet, from 1 */
	uint32_t row;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a spreadsheet");
}

static int
check(const struct fa_xlsx *x, lxw_error e, struct fa_err *err)
{
	if (e == LXW_NO_ERROR)
		return FA_OK;
	if (e == LXW_ERROR_MEMORY_MALLOC_FAILED)
		return no_memory(err);
	return fa_fail(
		err, FA_E_IO, "%s: %s", x->path, fa_libxlsx()->lxw_strerror(e));
}

static int
make_styles(struct fa_xlsx *x, struct fa_err *err)
{
	static const char *const formats[STYLES] = { NULL, "0.0", "0.00",
		"0.000", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss" };

	for (int i = 0; i < STYLES; i++) {
		x->style[i] = fa_libxlsx()->workbook_add_format(x->book);
		if (!x->style[i])
			return no_memory(err);
		if (formats[i])
			fa_libxlsx()->format_set_num_format(
				x->style[i], formats[i]);
		fa_libxlsx()->format_set_align(
			x->style[i], LXW_ALIGN_VERTICAL_TOP);
	}
	fa_libxlsx()->format_set_bold(x->style[STYLE_HEAD]);
	fa_libxlsx()->format_set_bg_color(x->style[STYLE_HEAD], 0xE8F1FA);
	fa_libxlsx()->format_set_border(x->style[STYLE_HEAD], LXW_BORDER_THIN);
	return FA_OK;
}

/* A date without which the file would have that of its making. The library
 * only reads what it is given, but does not say so. */
static int
set_facts(struct fa_xlsx *x, const struct fa_xlsx_facts *f, struct fa_err *err)
{
	char title[256], author[256];
	lxw_doc_properties p = { .title = title,
		.author = author,
		.created = (time_t)(f->made_ms / 1000) };

	(void)snprintf(title, sizeof(title), "%s", f->title ? f->title : "");
	(void)snprintf(
		author, sizeof(author), "%s", f->author ? f->author : "");
	return check(
		x, fa_libxlsx()->workbook_set_properties(x->book, &p), err);
}

/* The library opens the file at the very end, and prints when it cannot. */
static int
make_file(const struct fa_xlsx *x, struct fa_err *err)
{
	int fd = open(
		x->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0)
		return fa_fail(
			err, FA_E_IO, "%s: %s", x->path, strerror(errno));
	(void)close(fd);
	return FA_OK;
}

int
fa_xlsx_new(struct fa_xlsx **out, const char *path,
	const struct fa_xlsx_facts *facts, struct fa_err *err)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	struct fa_arena arena;
	struct fa_xlsx *x;
	int n, rc = fa_libxlsx_open(err);

	if (rc < 0)
		return rc;
	fa_arena_init(&arena, ARENA_BYTES);
	x = fa_arena_new(&arena, 1, sizeof(*x));
	if (!x) {
		fa_arena_done(&arena);
		return no_memory(err);
	}
	x->arena = arena;
	fa_buf_init(&x->text, TEXT_BYTES);
	n = snprintf(x->temporary, sizeof(x->temporary), "%s.%ld.tmp", path,
		(long)getpid());
	if (n < 0 || (size_t)n >= sizeof(x->temporary))
		rc = fa_fail(err, FA_E_LIMIT, "the path is too long");
	if (rc == FA_OK)
		(void)snprintf(x->path, sizeof(x->path), "%s", path);
	else
		x->temporary[0] = '\0';
	if (rc == FA_OK)
		rc = make_file(x, err);
	if (rc == FA_OK) {
		x->book =
			fa_libxlsx()->workbook_new_opt(x->temporary, &options);
		rc = x->book ? make_styles(x, err) : no_memory(err);
	}
	if (rc == FA_OK)
		rc = set_facts(x, facts, err);
	if (rc < 0) {
		fa_xlsx_drop(x);
		return rc;
	}
	*out = x;
	return FA_OK;
}

/* What a sheet gets when its last row is known. */
static int
end_sheet(struct fa_xlsx *x, struct fa_err *err)
{
	if (!x->sheet)
		return FA_OK;
	return check(x,
		fa_libxlsx()->worksheet_autofilter(x->sheet, 0, 0, x->row - 1,
			(lxw_col_t)(x->columns_n - 1)),
		err);
}

static int
begin_sheet(struct fa_xlsx *x, struct fa_err *err)
{
	char name[NAME_BYTES];
	lxw_error e = LXW_NO_ERROR;
	int rc = end_sheet(x, err);

	if (rc < 0)
		return rc;
	(void)snprintf(name, sizeof(name), x->part > 1 ? "%.24s %u" : "%.24s",
		x->name, x->part);
	x->sheet = fa_libxlsx()->workbook_add_worksheet(x->book, name);
	if (!x->sheet)
		return fa_fail(err, FA_E_LIMIT,
			"%s: the sheet '%s' cannot be added", x->path, name);
	fa_libxlsx()->worksheet_freeze_panes(x->sheet, 1, 0);
	fa_libxlsx()->worksheet_repeat_rows(x->sheet, 0, 0);
	fa_libxlsx()->worksheet_set_landscape(x->sheet);
	fa_libxlsx()->worksheet_fit_to_pages(x->sheet, 1, 0);
	for (size_t i = 0; i < x->columns_n && e == LXW_NO_ERROR; i++)
		e = fa_libxlsx()->worksheet_set_column(x->sheet, (lxw_col_t)i,
			(lxw_col_t)i, (double)x->columns[i].width, NULL);
	for (size_t i = 0; i < x->columns_n && e == LXW_NO_ERROR; i++)
		e = fa_libxlsx()->worksheet_write_string(x->sheet, 0,
			(lxw_col_t)i, x->columns[i].name, x->style[STYLE_HEAD]);
	x->row = 1;
	return check(x, e, err);
}

int
fa_xlsx_sheet(struct fa_xlsx *x, const char *name, const struct fa_column *c,
	size_t n, struct fa_err *err)
{
	int rc = end_sheet(x, err);

	if (rc < 0)
		return rc;
	(void)snprintf(x->name, sizeof(x->name), "%s", name);
	x->sheet = NULL;
	x->columns = c;
	x->columns_n = n;
	x->part = 1;
	return begin_sheet(x, err);
}

/* "_x000D_" would be read as a control character (ECMA-376, 22.9.2.19). */
static bool
is_escape(struct fa_str s)
{
	if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
		return false;
	for (int i = 2; i < 6; i++)
		if (!strchr("0123456789abcdefABCDEF", s.p[i]))
			return false;
	return true;
}

/* Visible, cut, NUL-terminated. */
static int
shown(struct fa_xlsx *x, const struct fa_cell *c, struct fa_err *err)
{
	struct fa_buf raw FA_CLEANUP(fa_buf_done);
	struct fa_str s = c->text;
	size_t left = FA_XLSX_TEXT_MAX;

	fa_buf_init(&raw, TEXT_BYTES);
	if (s.n <= FA_XLSX_TEXT_MAX && fa_text_is_plain(s) &&
		fa_str_find(s, FA_STR("_x"), 0) == SIZE_MAX) {
		fa_buf_reset(&x->text);
		fa_buf_add(&x->text, s);
		return fa_buf_rc(&x->text, "cell", err);
	}
	fa_report_visible(&raw, s, false);
	s = fa_buf_str(&raw);
	fa_buf_reset(&x->text);
	for (; s.n > 0 && left > 0; left--) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (is_escape(s)) {
			fa_buf_adds(&x->text, "_x005F");
			left = left > 6 ? left - 6 : 1;
		}
		/* Beyond the BMP a character counts twice. */
		if (n == 4 && left > 1)
			left--;
		fa_buf_add(&x->text, fa_str_sub(s, 0, n));
		s = fa_str_sub(s, n, s.n);
	}
	fa_buf_adds(&x->text, s.n > 0 ? " ..." : "");
	if (raw.rc < 0)
		return fa_buf_rc(&raw, "cell", err);
	return fa_buf_rc(&x->text, "cell", err);
}

static lxw_error
put_time(struct fa_xlsx *x, lxw_col_t col, int64_t ms)
{
	int32_t date = fa_date_of_ms(ms - 28800000); /* in UTC */
	int64_t s = ms / 1000 % 86400;
	lxw_datetime t = { .year = date / 10000,
		.month = date / 100 % 100,
		.day = date % 100,
		.hour = (int)(s / 3600),
		.min = (int)(s / 60 % 60),
		.sec = (double)(s % 60) };

	return fa_libxlsx()->worksheet_write_datetime(
		x->sheet, x->row, col, &t, x->style[STYLE_TIME]);
}

static lxw_error
put_date(struct fa_xlsx *x, lxw_col_t col, int64_t date)
{
	lxw_datetime t = { .year = (int)(date / 10000),
		.month = (int)(date / 100 % 100),
		.day = (int)(date % 100) };

	return fa_libxlsx()->worksheet_write_datetime(
		x->sheet, x->row, col, &t, x->style[STYLE_DATE]);
}

/* Shares and points, in hundredths or thousandths of what is shown. */
static lxw_error
put_part(struct fa_xlsx *x, lxw_col_t col, int64_t n, int64_t of,
	enum style style)
{
	return fa_libxlsx()->worksheet_write_number(
		x->sheet, x->row, col, (double)n / (double)of, x->style[style]);
}

static int
put_text(struct fa_xlsx *x, lxw_col_t col, const struct fa_cell *c,
	struct fa_err *err)
{
	int rc = shown(x, c, err);

	if (rc < 0 || x->text.n == 0)
		return rc;
	return check(x,
		fa_libxlsx()->worksheet_write_string(
			x->sheet, x->row, col, x->text.p, NULL),
		err);
}

static int
cell(struct fa_xlsx *x, lxw_col_t col, const struct fa_cell *c,
	struct fa_err *err)
{
	lxw_error e = LXW_NO_ERROR;

	switch (c->kind) {
	case FA_CELL_NONE:
		break;
	case FA_CELL_TEXT:
	case FA_CELL_WORD:
	case FA_CELL_TOKEN:
		return put_text(x, col, c, err);
	case FA_CELL_INT:
		e = fa_libxlsx()->worksheet_write_number(
			x->sheet, x->row, col, (double)c->n, NULL);
		break;
	case FA_CELL_POINTS: /* tenths, rounded down as everywhere */
		e = put_part(x, col, c->n / 1000000, 10, STYLE_POINTS);
		break;
	case FA_CELL_HUNDREDTHS:
		e = put_part(x, col, c->n, 100, STYLE_2);
		break;
	case FA_CELL_THOUSANDTHS:
		e = put_part(x, col, c->n, 1000, STYLE_3);
		break;
	case FA_CELL_DATE:
		e = c->n ? put_date(x, col, c->n) : LXW_NO_ERROR;
		break;
	case FA_CELL_TIME:
		e = c->n ? put_time(x, col, c->n) : LXW_NO_ERROR;
		break;
	}
	return check(x, e, err);
}

int
fa_xlsx_row(struct fa_xlsx *x, const struct fa_cell *at, size_t n,
	struct fa_err *err)
{
	int rc = FA_OK;

	if (x->row == FA_XLSX_ROWS_MAX) {
		x->part++;
		rc = begin_sheet(x, err);
	}
	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = cell(x, (lxw_col_t)i, &at[i], err);
	x->row++;
	return rc;
}

int
fa_xlsx_end(struct fa_xlsx *x, struct fa_err *err)
{
	lxw_workbook *book = x->book;
	int rc = end_sheet(x, err);

	if (rc == FA_OK) {
		x->book = NULL;
		rc = check(x, fa_libxlsx()->workbook_close(book), err);
	}
	if (rc == FA_OK && rename(x->temporary, x->path) != 0)
		rc = fa_fail(err, FA_E_IO, "%s: %s", x->path, strerror(errno));
	fa_xlsx_drop(x);
	return rc;
}

/* Closing is the only way to free what the library holds. */
void
fa_xlsx_drop(struct fa_xlsx *x)
{
	struct fa_arena arena;

	if (!x)
		return;
	if (x->book) {
		if (!x->sheet)
			(void)fa_libxlsx()->workbook_add_worksheet(
				x->book, NULL);
		(void)fa_libxlsx()->workbook_close(x->book);
	}
	if (x->temporary[0])
		(void)unlink(x->temporary);
	fa_buf_done(&x->text);
	arena = x->arena;
	fa_arena_done(&arena);
}
