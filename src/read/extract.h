/* The extractors of text without HTML. */
#ifndef FA_READ_EXTRACT_H
#define FA_READ_EXTRACT_H

#include "base/err.h"
#include "read/build.h"

#define FA_MARKDOWN_MAX_BYTES (2u << 20) /* longer is read as plain text */

/* Plain text, with the few marks of Markdown that policies carry. */
FA_MUST_CHECK int fa_text_extract(struct fa_build *b, struct fa_err *err);
/* Markdown of at most FA_MARKDOWN_MAX_BYTES. *too_deep as for HTML. */
FA_MUST_CHECK int fa_markdown_extract(
	struct fa_build *b, bool *too_deep, struct fa_err *err);

#endif
