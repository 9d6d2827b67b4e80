/* Marks inside the lines of Markdown, and of plain text that uses some of
 * them: emphasis, links, code spans, escapes. The text between them goes to
 * the builder with its exact place. */
#ifndef FA_READ_INLINE_H
#define FA_READ_INLINE_H

#include "base/buf.h"
#include "base/scan.h"
#include "read/build.h"

#define FA_INLINE_DEST_BYTES 2048 /* longest link target */

struct fa_inline {
	struct fa_build *b;
	bool markdown;    /* all marks; else only ** __ \. and [text](url) */
	bool definitions; /* of link labels: [text][label] is a link */
	struct fa_scan_set marks; /* where the text is more than text */
	struct fa_buf lines, ops, delims, brackets;
};

void fa_inline_init(struct fa_inline *in, struct fa_build *b, bool markdown);
void fa_inline_done(struct fa_inline *in);
/* One more line of the paragraph: source text [from, to), without its prefix
 * and line end. */
void fa_inline_line(struct fa_inline *in, size_t from, size_t to);
/* The same for a line of which is known that it has none of in->marks. */
void fa_inline_plain(struct fa_inline *in, size_t from, size_t to);
/* Gives the lines to the builder and forgets them; the block stays open. */
FA_MUST_CHECK int fa_inline_flush(struct fa_inline *in, struct fa_err *err);

/* For the files of this module. */
enum fa_inline_kind {
	FA_INLINE_DROP,
	FA_INLINE_LINK,   /* drop, and a link begins */
	FA_INLINE_UNLINK, /* drop, and the link ends */
	FA_INLINE_REF,    /* a character reference */
	FA_INLINE_BREAK   /* drop, and the block ends */
};

struct fa_inline_op {
	size_t from, to;
	enum fa_inline_kind kind;
	int bold;
	struct fa_str href;
};

void fa_inline_add(struct fa_inline *in, const struct fa_inline_op *op);
/* A run of '*' or '_' at from; returns its length. */
size_t fa_inline_delim(
	struct fa_inline *in, size_t from, size_t line_from, size_t line_to);
void fa_inline_match(struct fa_inline *in);
/* An opening bracket at at, of an image or not. */
void fa_inline_open(struct fa_inline *in, size_t at, bool image);
/* A closing bracket at at; returns where to go on. */
size_t fa_inline_close(struct fa_inline *in, size_t at, size_t line_to);

#endif
