/* Structure of a read document: sections (HTML and Markdown headings, numbered
 * headings of plain Chinese text), heads of lists and table cells, sentences,
 * clauses. */
#ifndef FA_SEGMENT_SEGMENT_H
#define FA_SEGMENT_SEGMENT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"

#define FA_SEGMENT_SENTENCE_MAX 4096 /* characters; longer ones are cut */
#define FA_SEGMENT_QUOTE_MAX                                                   \
	120                       /* characters a quote or bracket spans       \
				   * to keep sentence ends inside it */
#define FA_SEGMENT_HEADING_MAX 40 /* characters of a numbered heading */
#define FA_SEGMENT_TITLE_MAX 20   /* characters of an unnumbered one */

/* Sets doc->sections, sentences, clauses and the head and section of every
 * block; blocks of plain text that are headings or list items become such.
 * Sentences tile every block in order without gap or overlap, clauses tile
 * every sentence. The arrays live in a. FA_E_NOMEM is the only failure. */
FA_MUST_CHECK int fa_segment(
	struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

#endif
