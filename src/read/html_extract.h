/* HTML to blocks: tokens go straight into the builder; there is no tree, only
 * a stack of the open elements. */
#ifndef FA_READ_HTML_EXTRACT_H
#define FA_READ_HTML_EXTRACT_H

#include "base/arena.h"
#include "read/build.h"
#include "read/html_lex.h"

#define FA_HTML_DEPTH 4096 /* open elements that are told apart */
#define FA_HTML_COLUMNS 32 /* columns in which rowspan is followed */
#define FA_HTML_HREF_BYTES 4096
#define FA_HTML_TITLE_BYTES 65536 /* of <title> as written */

struct fa_html_table {
	struct fa_html_table *free; /* list of unused ones */
	uint32_t row, column; /* of the next cell; row FA_DOC_NONE: none */
	uint32_t span[FA_HTML_COLUMNS]; /* rows that a cell above still takes */
};

struct fa_html_elem {
	unsigned tag;
	unsigned flags;
	uint32_t same;  /* 1 + index of the next lower one of this tag, or 0 */
	uint32_t scope; /* 1 + index of the innermost FA_TAG_SCOPE, or 0 */
	uint32_t block; /* 1 + index of the innermost FA_TAG_BLOCK, or 0 */
	uint32_t table_at; /* 1 + index of the innermost table, or 0 */
	struct fa_html_table *table;
	struct fa_block ctx; /* what a block of text in here is */
	uint32_t list;
	uint8_t list_depth;
	bool ordered, thead;
	bool hidden; /* this element begins hidden text */
	bool own_bold, bold, pre;
};

/* A preset checkbox, or not, waits for its text. */
struct fa_html_pending {
	bool on, checked;
	size_t at;
};

struct fa_html {
	struct fa_build *b;
	struct fa_arena *a;
	struct fa_html_lex lex;
	struct fa_html_token token;
	size_t base; /* of the lexer's input in the source text */
	struct fa_html_elem *stack;
	size_t depth, cap;
	uint32_t top[FA_TAG_N];     /* 1 + index of the uppermost of each tag */
	uint32_t hidden;            /* open elements that hide */
	uint32_t foreign;           /* open svg and math */
	uint32_t over, over_hidden; /* levels beyond FA_HTML_DEPTH */
	bool too_deep, no_memory;
	struct fa_html_table *unused;

	bool in_title;
	struct fa_buf *title; /* of the page; NULL when not wanted */
	bool in_link;
	uint32_t link_elem; /* 1 + index */
	size_t link_at;
	struct fa_str link_href; /* as written */
	struct fa_html_pending pending;
	struct fa_str label_for;
	size_t label_at, label_end;
};

/* An extractor into b, which lives in b's arena; NULL when memory is out.
 * title collects the text of <title>, or is NULL. */
struct fa_html *fa_html_new(struct fa_build *b, struct fa_buf *title);
/* Extracts source text [from, to). Elements left open are closed. x->too_deep
 * tells that elements were nested deeper than FA_HTML_DEPTH. FA_E_NOMEM
 * only. */
FA_MUST_CHECK int fa_html_extract(
	struct fa_html *x, size_t from, size_t to, struct fa_err *err);
/* Appends text with its character references decoded, as in attributes. */
void fa_html_decode(struct fa_str text, struct fa_buf *out);

/* For the files of the extractor. */
struct fa_html_style {
	bool hidden, block, bold, pre;
};

struct fa_html_style fa_html_style(struct fa_str value);
uint32_t fa_html_number(struct fa_str value, uint32_t fallback, uint32_t max);
struct fa_html_elem *fa_html_top(struct fa_html *x);
void fa_html_open(
	struct fa_html *x, const struct fa_html_token *t, unsigned flags);
void fa_html_pop_to(struct fa_html *x, size_t index, bool quiet);
void fa_html_end(struct fa_html *x, const struct fa_html_token *t);
void fa_html_implied_ends(struct fa_html *x, unsigned tag, unsigned flags);
void fa_html_apply(struct fa_html *x);
void fa_html_end_link(struct fa_html *x);
void fa_html_input(struct fa_html *x, const struct fa_html_token *t);
void fa_html_context(struct fa_html *x, struct fa_html_elem *e,
	const struct fa_html_token *t);
bool fa_html_is_hidden(const struct fa_html *x);

#endif
