/* HTML, rich text and WXML as the elements of a screen, by the HTML parser of
 * libxml2: no network, no entities of the document, nothing printed. Only
 * import_*.c and markup*.c include this. */
#ifndef FA_FLOW_MARKUP_H
#define FA_FLOW_MARKUP_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "flow/draft.h"

#define FA_MARKUP_BYTES (2u << 20) /* of a page that are looked at */

/* The tree of valid UTF-8, or NULL when nothing came out of it. */
/* fa_flow_xml_open comes before. */
xmlDoc *fa_markup_parse(struct fa_str text);
void fa_markup_free(xmlDoc **doc);
/* Value of an attribute; absent when it is missing. Lives with the tree. */
struct fa_str fa_markup_attr(const xmlNode *n, const char *name);
bool fa_markup_is(const xmlNode *n, const char *tag);
/* What follows n in reading order inside top: its first child when down, else
 * its next sibling or that of a parent; NULL at the end. */
const xmlNode *fa_markup_next(const xmlNode *n, const xmlNode *top, bool down);
/* Text below n on one line, blanks folded. */
void fa_markup_text(struct fa_buf *b, const xmlNode *n);

/* Is n one whose content is never shown (script, style, head)? */
bool fa_markup_silent(const xmlNode *n);
/* Appends with runs of blanks folded to one. */
void fa_markup_fold(struct fa_buf *b, struct fa_str s);

/* What a page does that its markup shows: called for each element that can be
 * tapped and each link, after it was added. */
struct fa_markup_page {
	void (*tapped)(void *ctx, const xmlNode *n, uint32_t element);
	void *ctx;
};

/* Adds what the page shows to the last screen; sets its title. What is hidden
 * in the markup itself is known to be invisible, else visibility is unknown. */
void fa_markup_add(struct fa_draft *d, const xmlDoc *doc,
	const struct fa_markup_page *page);

#endif
