/* Text in Markdown as code hosts show it (GitHub Flavored Markdown, and what
 * they do to the page afterwards: mentions, references to issues, emoji by
 * name). Nothing that is given can become more than text. */
#ifndef FA_REPORT_MARKDOWN_H
#define FA_REPORT_MARKDOWN_H

#include "base/buf.h"
#include "base/str.h"

/* Text of others, verbatim, on one line in a code span, in which hosts do
 * nothing; hidden characters visible. Nothing when s is empty. */
void fa_md_code(struct fa_buf *out, struct fa_str s);
/* Text of ours and of rules, on one line: as it is, but each word with a sign
 * that means something is a code span. Not for the beginning of a line. */
void fa_md_text(struct fa_buf *out, struct fa_str s);

#endif
