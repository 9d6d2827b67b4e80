/* The extractors: one for each format or family of formats. Source that does
 * not parse is read as far as it goes, with what is wrong in b->complaint;
 * FA_E_NOMEM and FA_E_LIMIT are the failures. */
#ifndef FA_READ_EXTRACT_H
#define FA_READ_EXTRACT_H

#include "base/err.h"
#include "model/doc.h"
#include "read/build.h"

#define FA_MARKDOWN_MAX_BYTES (2u << 20) /* longer is read as plain text */

typedef int fa_extract_fn(struct fa_build *b, struct fa_err *err);

/* Plain text, with the few marks of Markdown that policies carry. */
FA_MUST_CHECK int fa_text_extract(struct fa_build *b, struct fa_err *err);
/* The same of pages, which form feeds end: strings of the document are its
 * pages ("p.3"). */
FA_MUST_CHECK int fa_text_extract_pages(struct fa_build *b, struct fa_err *err);
/* Markdown of at most FA_MARKDOWN_MAX_BYTES, and MDX. *too_deep as for HTML;
 * *title becomes what the front matter says, if it does. */
FA_MUST_CHECK int fa_markdown_extract(struct fa_build *b, bool *too_deep,
	struct fa_buf *title, struct fa_err *err);

/* Texts of a user interface. */
FA_MUST_CHECK int fa_android_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_apple_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_plist_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_xcstrings_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_messages_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_properties_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_po_extract(struct fa_build *b, struct fa_err *err);

/* By format: those of the texts of a user interface; NULL for the others. */
extern fa_extract_fn *const fa_extractors[FA_FORMAT_COUNT];

#endif
