/* The steps of fa_segment, private to this module: markers of numbered
 * blocks, kinds of plain blocks, lists and their heads, sections, sentences
 * and clauses. */
#ifndef FA_SEGMENT_PARTS_H
#define FA_SEGMENT_PARTS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/doc.h"
#include "segment/marks.h"

/* How a block is numbered. The first three are headings of statutes and
 * always outrank the others, in this order. */
enum fa_mark {
	FA_MARK_NONE,
	FA_MARK_CHAPTER,   /* 第一章, 第一编, 第一部分 */
	FA_MARK_SECTION,   /* 第一节 */
	FA_MARK_ARTICLE,   /* 第一条 */
	FA_MARK_HAN,       /* 一、 */
	FA_MARK_HAN_PAREN, /* (一), 一) */
	FA_MARK_DECIMAL,   /* 1. 1、 and 1.1 to 1.1.1.1 by depth */
	FA_MARK_PAREN,     /* (1) */
	FA_MARK_CLOSED,    /* 1) */
	FA_MARK_CIRCLED,   /* circled digits */
	FA_MARK_UPPER,     /* A. */
	FA_MARK_LOWER,     /* a. */
	FA_MARK_ROMAN,     /* II. */
	FA_MARK_BULLET
};

struct fa_marker {
	enum fa_mark mark;
	uint8_t depth;   /* DECIMAL: components, 1 to 4; else 1 */
	uint32_t number; /* the last component; code point of a bullet */
	uint32_t bytes;  /* length, with the blanks behind it */
};

#define FA_MARKER_KEYS 80 /* fa_marker_key is below */

/* What is known of a block before its kind is decided. */
struct fa_lead {
	struct fa_marker marker; /* of paragraphs and headings; else NONE */
	uint32_t chars;          /* capped at FA_LEAD_CHARS */
	bool ends;               /* of those with a marker: holds the end of a
				  * sentence, not ':' '?' */
	bool ends_last;          /* ends with one, or '?' */
	bool colon_last;
	bool listed; /* one of a row of bare numbered lines */
};
#define FA_LEAD_CHARS 64 /* more than any length that is asked for */

/* Order of numbering styles: by first appearance in the document, save that
 * the headings of statutes come first, 1.1 right under 1. and (一) under 一、
 */
struct fa_ranks {
	uint16_t of[FA_MARKER_KEYS]; /* 0: not seen yet */
	uint16_t next;
};

/* Code point at offset at (below s.n); *n is its length. Most are of three
 * bytes, and neither overlong nor surrogates. */
static inline uint32_t
fa_segment_rune(struct fa_str s, size_t at, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	uint32_t cp;

	if (p[0] < 0x80) {
		*n = 1;
		return p[0];
	}
	if (p[0] > 0xE0 && p[0] < 0xED && s.n - at >= 3 &&
		(p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		*n = 3;
		return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
	}
	*n = fa_utf8_next((struct fa_str){ s.p + at, s.n - at }, &cp);
	return cp;
}

/* Characters of well-formed text. */
size_t fa_segment_chars(struct fa_str text);
/* Bytes of the closing quote or bracket at offset at (below s.n), or 0. */
size_t fa_segment_closer(struct fa_str s, size_t at);
struct fa_str fa_segment_text(const struct fa_doc *doc, struct fa_range r);

/* The marker that text begins with, or mark NONE with everything zero.
 * circled tells that the first character is a folded circled digit. */
struct fa_marker fa_marker_parse(struct fa_str text, bool circled);
/* Styles are the same when their keys are; below FA_MARKER_KEYS. All bullets
 * share one key. */
uint32_t fa_marker_key(const struct fa_marker *m);

uint16_t fa_ranks_get(struct fa_ranks *r, const struct fa_marker *m);
/* The same without entering a new style: 0 when not seen. */
uint16_t fa_ranks_find(const struct fa_ranks *r, const struct fa_marker *m);

/* Makes plain blocks headings and list items. */
void fa_kinds_decide(struct fa_doc *doc, struct fa_lead *leads);
/* Sets list, level and head of items, head of cells. */
void fa_lists_link(struct fa_doc *doc, const struct fa_lead *leads);
void fa_cells_link(struct fa_doc *doc);
FA_MUST_CHECK int fa_sections_build(struct fa_doc *doc, struct fa_lead *leads,
	struct fa_arena *a, struct fa_err *err);

/* Of a loose document: its groups are its sections. */
FA_MUST_CHECK int fa_groups_link(
	struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

/* Quotes and brackets of one block that close within FA_SEGMENT_QUOTE_MAX
 * characters: disjoint, ascending, outermost only, delimiters included. */
struct fa_pairs {
	struct fa_range *at;
	size_t n, cap;
};

/* A block while it is cut. Offsets count from the start of text, which holds
 * the block, [start, text.n), and may hold what is before it. next is the
 * first pair that ends behind the last cut; it only moves forward. */
struct fa_cut {
	struct fa_str text;
	size_t start;
	const struct fa_marks *marks; /* of text */
	const struct fa_pairs *pairs; /* of the block */
	size_t next;
};
/* Looks at a block, which cut holds. */
void fa_lead_fill(struct fa_lead *lead, const struct fa_doc *doc, size_t block,
	const struct fa_cut *cut);
/* Replaces the content of p by the pairs of a block. */
FA_MUST_CHECK int fa_pairs_fill(struct fa_pairs *p, const struct fa_cut *block,
	struct fa_arena *a, struct fa_err *err);
/* End of the sentence that begins at from (below text.n). */
size_t fa_cut_sentence(struct fa_cut *c, size_t from);
/* End of the clause that begins at from in the sentence. */
size_t fa_cut_clause(struct fa_cut *c, struct fa_range sentence, size_t from);

#endif
