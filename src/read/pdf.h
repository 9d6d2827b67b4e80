/* PDF by pdftotext of poppler, as a child process with limits. What is judged
 * is the text that it makes, in the order in which the PDF writes it: that of
 * other modes mixes the lines of columns. Lines are those of that text, and
 * each passage is named after its page. */
#ifndef FA_READ_PDF_H
#define FA_READ_PDF_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "read/build.h"

#define FA_PDF_WALL_MS 30000u
#define FA_PDF_CPU_S 20
#define FA_PDF_MEMORY_BYTES ((size_t)1 << 30)

bool fa_pdf_is(struct fa_str raw);
/* The text of a PDF, in a; pages end in form feeds. FA_E_UNSUPPORTED when
 * pdftotext is missing, the PDF is encrypted, or its pages hold no text;
 * FA_E_INPUT when it is damaged, FA_E_LIMIT when it takes too long or gives
 * more than FA_DOC_MAX_BYTES. */
FA_MUST_CHECK int fa_pdf_text(struct fa_str *out, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err);

#endif
