/* A part with paragraphs while it is read. For the files of this reader. */
#ifndef FA_READ_WORD_BODY_H
#define FA_READ_WORD_BODY_H

#include "read/word.h"

#define FA_WORD_CHOICES 16 /* AlternateContent in one another */

/* A paragraph in work; text boxes put one into another. */
struct fa_word_paragraph {
	struct fa_buf text;
	struct fa_buf links; /* struct fa_word_link, places in text */
	struct fa_str style, num;
	unsigned num_level;
	bool numbered, outlined, bold;
	uint8_t outline;
	bool plain; /* holds characters that are not bold */
};

struct fa_word_table {
	uint32_t number, row, column, span;
	bool header, first;
};

struct fa_word_body {
	const struct fa_word_parts *parts;
	struct fa_arena *a;
	struct fa_word_xml x;
	struct fa_buf text, lines, links;
	struct fa_word_paragraph at[FA_WORD_NESTED];
	size_t depth; /* open paragraphs; more are read into the last one */
	size_t deeper;
	struct fa_word_table table[FA_WORD_NESTED];
	size_t tables_open, tables_deeper;
	uint32_t lists, tables;
	struct fa_str list; /* num of the last item */
	bool chosen[FA_WORD_CHOICES];
	size_t choices;
	bool vanished, bold, in_paragraph_properties, in_text;
	size_t link_from;
	struct fa_str href;
	bool broken;
};

/* The innermost open paragraph or table, or NULL. */
struct fa_word_paragraph *fa_word_body_top(struct fa_word_body *b);
struct fa_word_table *fa_word_body_table(struct fa_word_body *b);

/* word_line.c */
void fa_word_begin_paragraph(struct fa_word_body *b);
/* Puts its lines. */
void fa_word_end_paragraph(struct fa_word_body *b);

#endif
