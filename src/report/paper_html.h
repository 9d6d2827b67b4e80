/* The style sheet of a document in HTML, on the screen and printed. */
#ifndef FA_REPORT_PAPER_HTML_H
#define FA_REPORT_PAPER_HTML_H

#include "base/buf.h"

void fa_paper_html_style(struct fa_buf *out);

#endif
