/* Tables for spreadsheets: one row of typed cells, written as CSV or XLSX. Both
 * have the same columns and say the same.
 *
 * Text comes from anywhere and is shown as it is: hidden characters become
 * visible (fa_report_visible), and nothing is ever a formula. In CSV a text
 * that a spreadsheet would take for one begins with an apostrophe; XLSX has
 * cells of type text. */
#ifndef FA_REPORT_TABLE_H
#define FA_REPORT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum fa_cell_kind {
	FA_CELL_NONE,  /* empty */
	FA_CELL_TEXT,  /* of others: made visible and guarded */
	FA_CELL_WORD,  /* one of our own words: not quoted in CSV */
	FA_CELL_TOKEN, /* a digest, a vector, a path of ours */
	FA_CELL_INT,
	FA_CELL_POINTS,      /* score of 10^9 for 100 points: 27.7 */
	FA_CELL_HUNDREDTHS,  /* 85: 0.85 */
	FA_CELL_THOUSANDTHS, /* 963: 0.963 */
	FA_CELL_DATE,        /* YYYYMMDD; 0: empty */
	FA_CELL_TIME         /* ms since 1970 UTC; 0: empty */
};

struct fa_cell {
	enum fa_cell_kind kind;
	struct fa_str text;
	int64_t n;
};

struct fa_column {
	const char *name;
	unsigned width; /* in a spreadsheet, characters */
};

/* CSV (RFC 4180): CRLF at the ends of lines, UTF-8; the head begins with a byte
 * order mark, by which spreadsheets know. */
void fa_csv_head(struct fa_buf *out, const struct fa_column *c, size_t n);
void fa_csv_row(struct fa_buf *out, const struct fa_cell *at, size_t n);
/* Is it made of visible ASCII without & < > " ' and of common Chinese
 * characters and punctuation only, so that any writer can copy it as it is?
 * false says nothing. */
bool fa_text_is_plain(struct fa_str s);
/* Would a spreadsheet take it for a formula? */
bool fa_csv_is_formula(struct fa_str s);

/* XLSX (ECMA-376), by libxlsxwriter: head frozen, filter over all columns.
 * Rows are not kept in memory. The same rows and time give the same bytes. */
struct fa_xlsx;
#define FA_XLSX_ROWS_MAX 1048576 /* of a sheet, its head included */
#define FA_XLSX_TEXT_MAX 32000   /* code points of a cell; longer are cut */

/* What stands in the properties of the file; made_ms is its date. */
struct fa_xlsx_facts {
	const char *title, *author;
	int64_t made_ms;
};
/* Writes to path, which is replaced. The object is to be given to
 * fa_xlsx_end or fa_xlsx_drop. */
FA_MUST_CHECK int fa_xlsx_new(struct fa_xlsx **out, const char *path,
	const struct fa_xlsx_facts *facts, struct fa_err *err);
/* Starts a sheet; rows that do not fit go on in further ones, "NAME 2". */
FA_MUST_CHECK int fa_xlsx_sheet(struct fa_xlsx *x, const char *name,
	const struct fa_column *c, size_t n, struct fa_err *err);
FA_MUST_CHECK int fa_xlsx_row(struct fa_xlsx *x, const struct fa_cell *at,
	size_t n, struct fa_err *err);
/* Writes the file. */
FA_MUST_CHECK int fa_xlsx_end(struct fa_xlsx *x, struct fa_err *err);
void fa_xlsx_drop(struct fa_xlsx *x); /* NULL is fine */

#endif
