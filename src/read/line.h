/* Lines of plain text and Markdown: where they end, which marks begin them,
 * and pipe tables. */
#ifndef FA_READ_LINE_H
#define FA_READ_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "read/inline.h"

enum fa_line_kind {
	FA_LINE_BLANK,
	FA_LINE_PLAIN,
	FA_LINE_HEADING, /* # .. ###### */
	FA_LINE_ITEM,    /* - * + and bullets */
	FA_LINE_QUOTE,   /* > */
	FA_LINE_ROW,     /* | a | b | */
	FA_LINE_RULE     /* ---- and the like: nothing to read */
};

struct fa_line {
	enum fa_line_kind kind;
	size_t from, to; /* of the content, without marks and blanks */
	size_t indent;   /* columns before the first mark */
	unsigned level;  /* of a heading */
	bool plain;      /* without marks in it; written by those who know */
};

/* The line of text at at, without its end; *next is where the next begins.
 * \n, \r\n and \r end lines. */
struct fa_str fa_line_cut(struct fa_str text, size_t at, size_t *next);
/* What the line text[from, to) is. */
struct fa_line fa_line_classify(struct fa_str text, size_t from, size_t to);
/* "[label]: target" of Markdown: the length up to the colon and with it, or
 * 0. */
size_t fa_line_definition(struct fa_str line);
/* Whether a line begins with a number that stands for an item or heading:
 * "1." "（1）" "①" "一、" "第三条" "a)". */
bool fa_line_is_numbered(struct fa_str line);
/* Whether a line begins something of its own: a number or a short label. */
bool fa_line_begins(struct fa_str line);
/* Whether a line ends a sentence or announces what follows. */
bool fa_line_is_closed(struct fa_str line);
/* "|---|:--:|": the line under the header of a pipe table. */
bool fa_line_is_delimiter(struct fa_str line);
/* Gives a row of a pipe table to the builder, a block for each cell. proto
 * has the table and row numbers and the kind of the cells. */
FA_MUST_CHECK int fa_line_row(struct fa_inline *in, size_t from, size_t to,
	struct fa_block proto, struct fa_err *err);

#endif
