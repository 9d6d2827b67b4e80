/* Parts of the DOCX writer that hold no text of the document. */
#ifndef FA_REPORT_PAPER_DOCX_H
#define FA_REPORT_PAPER_DOCX_H

#include "base/buf.h"
#include "model/rule.h"

#define FA_DOCX_HEAD                                                           \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define FA_DOCX_MAIN                                                           \
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define FA_DOCX_REL                                                            \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* word/styles.xml */
void fa_docx_styles(struct fa_buf *out, enum fa_lang lang);
/* word/numbering.xml: the mark before each paragraph of the style Bullet. */
void fa_docx_bullets(struct fa_buf *out);

#endif
