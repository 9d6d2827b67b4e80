/* Bytes to document: format and encoding detection, HTML, Markdown and plain
 * text extraction, normalisation with a map back to the bytes. Never fetches,
 * never judges. Malformed input never stops a read: one bad byte costs one
 * character. */
#ifndef FA_READ_READ_H
#define FA_READ_READ_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/doc.h"

/* Raised whenever reading, normalising or segmenting gives another text for
 * the same bytes: judgements of stored documents carry it. */
#define FA_READ_VERSION 1

struct fa_read_opts {
	struct fa_str name;    /* path or "-", for messages and its suffix */
	enum fa_format format; /* FA_FORMAT_AUTO: by suffix and content */
	struct fa_str charset; /* label from outside (HTTP), or absent */
	bool derive; /* read DOCX and PDF too: raw of the document is then a
		      * text made of them, and says so in derived */
	bool paged;  /* raw is a view of a file (fa_file_view): what was read of
		      * it is let go */
};

/* Reads raw (at most FA_DOC_MAX_BYTES, else FA_E_LIMIT) into *out: name, raw,
 * encoding, format, text, map, blocks, links, title. *out and all it points
 * to live in a, except name and raw, which must outlive it. A document
 * without text is not an error (text.n == 0). A charset label that is unknown
 * is FA_E_USAGE. Binary content (PDF, ZIP, images; NUL-ridden) is
 * FA_E_UNSUPPORTED with the name of what it looks like; with derive also a PDF
 * or DOCX that cannot be read, and a damaged one FA_E_INPUT. */
FA_MUST_CHECK int fa_read(struct fa_doc *out, struct fa_str raw,
	const struct fa_read_opts *opts, struct fa_arena *a,
	struct fa_err *err);

/* Appends raw bytes decoded to UTF-8, verbatim otherwise (markup, entities
 * and line ends stay). */
void fa_read_quote(
	const struct fa_doc *doc, struct fa_range raw, struct fa_buf *out);
/* Appends what a reader sees of a text range: the original characters (not
 * the folded ones) without markup, on one line. */
void fa_read_visible(
	const struct fa_doc *doc, struct fa_range text, struct fa_buf *out);
/* The same without a copy, as part of doc->raw, where what would be appended
 * stands there byte for byte; else absent. w is a walk over doc->map to
 * the range or to before it. */
struct fa_str fa_read_quote_in(const struct fa_doc *doc, struct fa_range raw);
struct fa_str fa_read_visible_in(
	const struct fa_doc *doc, struct fa_range text, struct fa_map_walk w);
/* Places of n raw offsets in ascending order, in one pass over the bytes. */
void fa_read_positions(const struct fa_doc *doc, const uint32_t *raw, size_t n,
	struct fa_position *out);

#endif
