/* libxlsxwriter, opened when it is needed. */
#ifndef FA_REPORT_LIBXLSX_H
#define FA_REPORT_LIBXLSX_H

#include <xlsxwriter.h>

#include "base/err.h"

#define FA_LIBXLSX_FUNCTIONS(X)                                                \
	X(lxw_strerror)                                                        \
	X(workbook_new_opt)                                                    \
	X(workbook_close)                                                      \
	X(workbook_set_properties)                                             \
	X(workbook_add_format)                                                 \
	X(workbook_add_worksheet)                                              \
	X(format_set_num_format)                                               \
	X(format_set_align)                                                    \
	X(format_set_bold)                                                     \
	X(format_set_bg_color)                                                 \
	X(format_set_border)                                                   \
	X(worksheet_autofilter)                                                \
	X(worksheet_freeze_panes)                                              \
	X(worksheet_repeat_rows)                                               \
	X(worksheet_set_landscape)                                             \
	X(worksheet_fit_to_pages)                                              \
	X(worksheet_set_column)                                                \
	X(worksheet_write_string)                                              \
	X(worksheet_write_number)                                              \
	X(worksheet_write_datetime)

struct fa_libxlsx {
#define FA_LIBXLSX_MEMBER(f) __typeof__(f) *f;
	FA_LIBXLSX_FUNCTIONS(FA_LIBXLSX_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_libxlsx_open(struct fa_err *err);
const struct fa_libxlsx *fa_libxlsx(void); /* NULL before it is open */

#endif
