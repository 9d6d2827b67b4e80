/* For the files of the Markdown reader. */
#ifndef FA_READ_MARKDOWN_H
#define FA_READ_MARKDOWN_H

#include "base/buf.h"
#include "base/str.h"
#include "read/build.h"

#define FA_MARKDOWN_MARKS 64   /* container marks at the start of a line */
#define FA_MARKDOWN_INDENT 200 /* columns of indentation */

/* Appends a copy of text for cmark, byte for byte as long, that has the same
 * blocks but nothing to parse inside them: what cmark does with deep nesting
 * and with unmatched marks takes more than linear time. */
void fa_markdown_mask(struct fa_str text, struct fa_buf *out);
/* Length of the YAML front matter at the start of text, or 0. */
size_t fa_markdown_front(struct fa_str text);
/* Reads the front matter, which is front bytes long: its title into *title,
 * when that is not NULL, its description as a paragraph, and its comments. */
void fa_markdown_front_read(
	struct fa_build *b, size_t front, struct fa_buf *title);

/* What MDX has between the lines of Markdown: modules, and comments that stand
 * on lines of their own. */
struct fa_markdown_gap {
	size_t from, to;
	bool comment;
};

/* Appends the gaps of text behind its front matter, in order. */
void fa_markdown_gaps(struct fa_str text, size_t front, struct fa_buf *out);

#endif
